"""The formats that Margin exports to: each is one file of this package, and one row here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from reader.core.annotation import Annotation
from reader.errors import ExportError
from reader.exported_outlines.logseq import read_logseq
from reader.exported_outlines.org import read_org
from reader.exports import (
    anki,
    bibtex,
    claim_review,
    csl_json,
    csv_table,
    hypothesis,
    json_lines,
    linked_data,
    logseq,
    markdown,
    markdown_parts,
    org,
    own_markdown,
    plain_text,
    ris,
    taking_out,
    updating,
    web_page,
)
from reader.exports.file_parts import FileForm
from reader.exports.model import Content, ExportedArticle, ExportOptions, Update


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


@dataclass(frozen=True)
class ExportFormat(Generic[Content]):
    """A format of export, with everything that the rest of Margin needs to know about it."""

    name: str
    """The name on the command line."""
    title: str
    """The name that is shown."""
    suffixes: tuple[str, ...]
    """How its files may end, in lower case with the full stop; new files get the first."""
    write: Callable[[Iterable[ExportedArticle], ExportOptions], Iterator[Content]]
    """Takes the articles, and what was asked for; yields what a file holds, in pieces."""
    article_ids: Callable[[Content], list[str]]
    """Takes what a file holds; returns the ids of the articles that Margin exported to it, and
    none if Margin did not write it."""
    update: Callable[[Content, Content], Update[Content]] | None = None
    """Takes what a file of Margin's holds, and what is exported; returns what the file should
    hold. None: the file is replaced whole."""
    is_own: Callable[[Content, Mapping[str, Annotation]], bool] | None = None
    """Takes what a file of Margin's holds, and the annotations by id that are no longer exported;
    tells whether all of it is as Margin wrote it. None: that is never known."""
    without: Callable[[Content, Mapping[str, Annotation]], Content] | None = None
    """Takes the same; returns the file without these annotations, with a person's words. None: such
    a file is left as it is."""
    shows_tag: Callable[[Content, Collection[str]], bool] | None = None
    """Takes what a file holds, and tags; tells whether the file shows one of them. None: never."""
    query_of: Callable[[Content], str] | None = None
    """Takes what a file of Margin's holds; returns what chose its annotations, as ``query`` of
    ``ExportedArticle``. None: the format does not say, and each export replaces any other, which is
    right for one that holds no annotations."""
    lays_out_notes: bool = False
    """Whether it shows notes as they will be read, and needs them as documents."""
    can_have_ids: bool = False
    """Whether it has a form with an id at each passage, for vaults."""
    is_of_sources: bool = False
    """Whether it holds the articles that have annotations, and not the annotations."""
    leaves_out: Callable[[Annotation, ExportOptions], str] | None = None
    """Tells which annotations it cannot hold: ``without the status of a claim``; empty for one that
    it can. None: it holds all."""
    lacks: Callable[[ExportOptions], str] | None = None
    """Returns a sentence on what the settings lack; empty for nothing. None: it needs none."""
    form: FileForm | None = None
    """How its files are parted into what is Margin's and what is a person's; None for a format that
    cannot be kept up to date in a vault."""
    read: Callable[[bytes], Content] = _decoded  # type: ignore[assignment]  # the one for texts
    """Takes the bytes of a file; returns what it holds. Binary formats have ``bytes``."""

    @property
    def is_binary(self) -> bool:
        """Whether its files hold bytes that are no text."""
        return isinstance(self.read(b""), bytes)

    def is_of(self, content: Content, query: str) -> bool:
        """Return whether a file of Margin's may be replaced by what a query chose."""
        return self.query_of is None or self.query_of(content) == query

    def article_of(self, data: bytes, query: str) -> str:
        """Return the id of the article that a file is of, if a query chose its annotations.

        Args:
            data: The bytes of the file.
            query: What chose the annotations; empty for all of them.

        Returns:
            The id; empty for a file of several articles, or of none.
        """
        content = self.read(data)
        ids = self.article_ids(content) if content else []
        return ids[0] if len(ids) == 1 and self.is_of(content, query) else ""

    def whole(self, items: Iterable[ExportedArticle], options: ExportOptions) -> Content:
        """Return all that is written of articles, those of each one in the order of its text.

        Args:
            items: The articles; they are taken one at a time.
            options: What was asked for.
        """
        return self.read(b"").join(self.write(items, options))


_ROWS = (
    ExportFormat(
        "markdown", "Markdown", (".md", ".markdown", ".txt"),
        markdown.write, own_markdown.article_ids, updating.update,
        own_markdown.is_own, taking_out.without_annotations, taking_out.shows_tag,
        own_markdown.query_of, can_have_ids=True, form=markdown_parts.FORM,
    ),
    ExportFormat(
        "jsonl", "JSON Lines", (".jsonl", ".ndjson"), json_lines.write, json_lines.article_ids,
        updating.keeping_edited_items(json_lines.SIGNED), is_own=json_lines.is_own,
        shows_tag=json_lines.shows_tag,
        query_of=json_lines.query_of,
    ),
    ExportFormat(
        "html", "HTML", (".html", ".htm"), web_page.write, web_page.article_ids,
        updating.keeping_edited(web_page.written_digest, web_page.is_own, web_page.as_copy),
        is_own=web_page.is_own, shows_tag=web_page.shows_tag, query_of=web_page.query_of,
        lays_out_notes=True,
    ),
    ExportFormat(
        "org", "Org", (".org",), org.write, org.article_ids,
        updating.keeping_unread(
            updating.keeping_edited(org.written_digest, org.is_own, org.as_copy), read_org
        ),
        org.is_own,
        shows_tag=org.shows_tag, query_of=org.query_of, lays_out_notes=True, form=org.FORM,
    ),
    ExportFormat(
        "text", "Plain text", (".txt",), plain_text.write, plain_text.article_ids,
        updating.keeping_edited(plain_text.written_digest, plain_text.is_own, plain_text.as_copy),
        plain_text.is_own, shows_tag=plain_text.shows_tag, query_of=plain_text.query_of,
    ),
    ExportFormat(
        "logseq", "Logseq", (".md",), logseq.write, logseq.article_ids,
        updating.keeping_unread(
            updating.keeping_edited(logseq.written_digest, logseq.is_own, logseq.as_copy),
            read_logseq,
        ),
        logseq.is_own, shows_tag=logseq.shows_tag, query_of=logseq.query_of, form=logseq.FORM,
    ),
    ExportFormat(
        "webannotation", "Web Annotations", (".jsonld", ".json"), linked_data.write,
        linked_data.article_ids, updating.keeping_edited_items(linked_data.SIGNED),
        is_own=linked_data.is_own, shows_tag=linked_data.shows_tag,
        query_of=linked_data.query_of,
    ),
    ExportFormat(
        "hypothesis", "Hypothesis", (".json",), hypothesis.write, hypothesis.article_ids,
        updating.keeping_edited_items(hypothesis.SIGNED),
        is_own=hypothesis.is_own, shows_tag=hypothesis.shows_tag, query_of=hypothesis.query_of,
    ),
    ExportFormat(
        "csv", "CSV", (".csv",), csv_table.write, csv_table.article_ids,
        csv_table.update, csv_table.is_own, shows_tag=csv_table.shows_tag,
        query_of=csv_table.query_of,
    ),
    ExportFormat(
        "claimreview", "ClaimReview", (".jsonld", ".json"), claim_review.write,
        claim_review.article_ids, updating.keeping_edited_items(claim_review.SIGNED),
        is_own=claim_review.is_own, query_of=claim_review.query_of,
        leaves_out=claim_review.leaves_out, lacks=claim_review.lacks,
    ),
    ExportFormat(
        "anki", "Anki", (".apkg",), anki.write, anki.article_ids, anki.update, anki.is_own,
        shows_tag=anki.shows_tag, query_of=anki.query_of, lays_out_notes=True, read=bytes,
    ),
    ExportFormat(
        "bibtex", "BibTeX", (".bib",), bibtex.write, bibtex.article_ids,
        updating.keeping_edited(bibtex.written_digest, bibtex.is_own, bibtex.as_copy),
        is_own=bibtex.is_own, is_of_sources=True,
    ),
    ExportFormat(
        "ris", "RIS", (".ris",), ris.write, ris.article_ids,
        updating.keeping_edited(ris.written_digest, ris.is_own, ris.as_copy),
        is_own=ris.is_own, is_of_sources=True,
    ),
    ExportFormat(
        "csl", "CSL-JSON", (".json",), csl_json.write, csl_json.article_ids,
        updating.keeping_edited(csl_json.written_digest, csl_json.is_own, csl_json.as_copy),
        is_own=csl_json.is_own, is_of_sources=True,
    ),
)  # fmt: skip

FORMATS: dict[str, ExportFormat[Any]] = {each.name: each for each in _ROWS}
"""Every format by its name; the first is the one that is used unless another is asked for."""


def as_bytes(content: str | bytes) -> bytes:
    """Return what a file holds as its bytes."""
    return content if isinstance(content, bytes) else content.encode("utf-8")


def find_format(name: str) -> ExportFormat[Any]:
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
