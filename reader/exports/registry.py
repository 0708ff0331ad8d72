"""The formats that Margin exports to: each is one file of this package, and one row here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.errors import ExportError
from reader.exports import (
    bibtex,
    csl_json,
    csv_table,
    front_matter,
    hypothesis,
    json_lines,
    linked_data,
    markdown,
    ris,
    taking_out,
    web_page,
)
from reader.exports.model import ExportedArticle, Update

Writer = Callable[[Iterable[ExportedArticle], Collection[str], str], Iterator[str]]
"""Takes the articles, the tags to keep (none: all) and the time; yields the text in pieces."""


class ExportFormat(NamedTuple):
    """A format of export, with everything that the rest of Margin needs to know about it."""

    name: str
    """The name on the command line."""
    title: str
    """The name that is shown."""
    suffixes: tuple[str, ...]
    """How its files may end, in lower case with the full stop; new files get the first."""
    write: Writer
    """Yields the text of an export."""
    article_ids: Callable[[str], list[str]]
    """Takes the text of a file; returns the ids of the articles that Margin exported to it, and
    none if Margin did not write it."""
    update: Callable[[str, str], Update] | None = None
    """Takes what a file of Margin's holds, and what is exported; returns what the file should
    hold. None: the file is replaced whole."""
    is_own: Callable[[str, Mapping[str, Annotation]], bool] | None = None
    """Takes what a file of Margin's holds, and the annotations by id that are no longer exported;
    tells whether all of it is as Margin wrote it. None: that is never known."""
    without: Callable[[str, Mapping[str, Annotation]], str] | None = None
    """Takes the same; returns the file without these annotations, with a person's words. None: such
    a file is left as it is."""
    shows_tag: Callable[[str, Collection[str]], bool] | None = None
    """Takes what a file holds, and tags; tells whether the file shows one of them. None: never."""
    query_of: Callable[[str], str] | None = None
    """Takes the text of a file of Margin's; returns what chose its annotations, as ``query`` of
    ``ExportedArticle``. None: the format does not say, and each export replaces any other, which is
    right for one that holds no annotations."""
    lays_out_notes: bool = False
    """Whether it shows notes as they will be read, and needs them as documents."""
    is_of_sources: bool = False
    """Whether it holds the articles that have annotations, and not the annotations."""

    def is_of(self, text: str, query: str) -> bool:
        """Return whether a file of Margin's may be replaced by what a query chose."""
        return self.query_of is None or self.query_of(text) == query


_ROWS = (
    ExportFormat(
        "markdown", "Markdown", (".md", ".markdown", ".txt"),
        markdown.write, front_matter.article_ids, front_matter.update,
        taking_out.is_own, taking_out.without_annotations, taking_out.shows_tag,
        front_matter.query_of,
    ),
    ExportFormat(
        "jsonl", "JSON Lines", (".jsonl", ".ndjson"), json_lines.write, json_lines.article_ids,
        is_own=json_lines.is_own, shows_tag=json_lines.shows_tag,
        query_of=json_lines.query_of,
    ),
    ExportFormat(
        "html", "HTML", (".html", ".htm"), web_page.write, web_page.article_ids,
        is_own=web_page.is_own, shows_tag=web_page.shows_tag, query_of=web_page.query_of,
        lays_out_notes=True,
    ),
    ExportFormat(
        "webannotation", "Web Annotations", (".jsonld", ".json"), linked_data.write,
        linked_data.article_ids, is_own=linked_data.is_own, shows_tag=linked_data.shows_tag,
        query_of=linked_data.query_of,
    ),
    ExportFormat(
        "hypothesis", "Hypothesis", (".json",), hypothesis.write, hypothesis.article_ids,
        is_own=hypothesis.is_own, shows_tag=hypothesis.shows_tag, query_of=hypothesis.query_of,
    ),
    ExportFormat(
        "csv", "CSV", (".csv",), csv_table.write, csv_table.article_ids,
        is_own=csv_table.is_own, shows_tag=csv_table.shows_tag, query_of=csv_table.query_of,
    ),
    ExportFormat(
        "bibtex", "BibTeX", (".bib",), bibtex.write, bibtex.article_ids,
        is_own=bibtex.is_own, is_of_sources=True,
    ),
    ExportFormat(
        "ris", "RIS", (".ris",), ris.write, ris.article_ids,
        is_own=ris.is_own, is_of_sources=True,
    ),
    ExportFormat(
        "csl", "CSL-JSON", (".json",), csl_json.write, csl_json.article_ids,
        is_own=csl_json.is_own, is_of_sources=True,
    ),
)  # fmt: skip

FORMATS = {each.name: each for each in _ROWS}
"""Every format by its name; the first is the one that is used unless another is asked for."""


def find_format(name: str) -> ExportFormat:
    """Return the format called ``name``; the first one for an empty name.

    Raises:
        ExportError: There is no such format; the message lists those that there are.
    """
    if not name:
        return _ROWS[0]
    if name not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise ExportError("Unknown format", f"“{name}” is not a format of export: choose {known}.")
    return FORMATS[name]


def render(
    items: Iterable[ExportedArticle],
    *,
    tags: Collection[str] = (),
    exported: str,
    format_name: str = "",
) -> str:
    """Return the annotations of articles as one text, those of each article in its order.

    Args:
        items: The articles; they are taken one at a time.
        tags: Only annotations with one of these; with none, all.
        exported: The time of the export: ISO 8601.
        format_name: The name of a format; empty for the first.

    Raises:
        ExportError: There is no such format.
    """
    return "".join(find_format(format_name).write(items, tags, exported))
