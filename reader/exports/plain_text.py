"""The plain text writer: quotations with who said them, where, and the notes, as for a mail."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, unquote

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.citation import citation, cite_evidence
from reader.core.document import Metadata
from reader.core.evidence import evidence_in
from reader.core.note_text import without_braces
from reader.core.quotation_marks import quoted
from reader.core.selectors import former_context, selector_history
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import are_alike
from reader.digests import digest_of_pieces
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.spool import Spool, Spooled
from reader.safe_text import sanitise_for_file

_BREAK: Final = "* * *"
"""Stands between two annotations."""

_APART: Final = "\n\n\n"
"""Stands between two articles."""

_SIGNATURE: Final = "-- "
"""The line above what programs for mail take for a signature (RFC 3676, section 4.3)."""

_FOOT: Final = re.compile(
    r"(?P<body>.*\n)\n-- ?\nExported by Margin\nmargin-id: (?P<ids>[^\n]*)\n"
    r"margin-tags: ?(?P<tags>[^\n]*)\n"
    r"(?:margin-query: (?P<query>[^\n]*)\n)?margin-digest: (?P<digest>\w+)\n",
    re.DOTALL,
)


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the articles' annotations as text without markup, a paragraph on a line.

    Args:
        items: The articles, in any order; they are taken one at a time.
        options: What was asked for. Where the file must be known again, its last lines say what
            it holds.
    """
    tags: set[str] = set()
    queries = {""}

    with Spool() as spool:

        def put(item: ExportedArticle) -> tuple[str, Spooled]:
            chosen = item.selected(options.tags)
            tags.update(tag for each in chosen for tag in each.tags)
            queries.add(item.query)
            return item.article.id, spool.put(_article(item, chosen))

        articles = in_order(items, put)

        def body() -> Iterator[str]:
            for number, (_, place) in enumerate(articles):
                yield _APART if number else ""
                yield spool.text(place)
            yield "\n"

        yield from body()
        if options.is_known_again:
            ids = [each for each, _ in articles]
            yield _foot(_digest(body()), ids, sorted(tags), max(queries))


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if it is not Margin's."""
    foot = _FOOT.fullmatch(text)
    return _names(foot["ids"]) if foot else []


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    foot = _FOOT.fullmatch(text)
    return (foot["query"] or "") if foot else ""


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether an annotation in a file of Margin's has one of some tags."""
    foot = _FOOT.fullmatch(text)
    return foot is not None and not set(tags).isdisjoint(_names(foot["tags"]))


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it, by its digest.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, which the file does not name.
    """
    foot = _FOOT.fullmatch(text)
    return foot is not None and foot["digest"] == _digest([foot["body"]])


def written_digest(text: str) -> str:
    """Return what a file says of what Margin wrote; empty where it says nothing.

    That is its digest, which is of the text alone, and the ids, the tags and the query.
    """
    foot = _FOOT.fullmatch(text)
    said = foot.groupdict("") if foot else {}
    return "\n".join(said[each] for each in ("digest", "ids", "tags", "query") if said)


def as_copy(text: str, new: str) -> str:  # noqa: ARG001
    """Return a file of Margin's that is not known as such.

    Args:
        text: The file.
        new: What replaces it; it has no ids that two files must not have.
    """
    body, foot, rest = text.rpartition("\nmargin-id:")
    return f"{body}\nmargin-copy-of:{rest}" if foot else text


def _foot(digest: str, ids: Sequence[str], tags: Sequence[str], query: str) -> str:
    lines = [
        _SIGNATURE,
        "Exported by Margin",
        f"margin-id: {_line_of(ids)}",
        f"margin-tags: {_line_of(tags)}",
        *([f"margin-query: {query}"] if query else []),
        f"margin-digest: {digest}",
    ]
    return "".join(f"{line}\n" for line in ["", *lines])


def _line_of(names: Sequence[str]) -> str:
    return " ".join(quote(each, safe="", errors="replace") for each in names)


def _names(line: str) -> list[str]:
    return list(map(unquote, line.split()))


def _digest(body: Iterable[str]) -> str:
    return digest_of_pieces(body)[:12]


def _article(item: ExportedArticle, chosen: Sequence[Annotation]) -> str:
    """Return the title, the source, and some annotations of an article."""
    title = sanitise_for_file(item.title)
    source = sanitise_for_file(citation(item.article))
    bare = citation(Article("", "", Metadata(item.title)))
    head = f"{title}\n{source}" if source not in (title, sanitise_for_file(bare)) else title
    language = _language(item)
    annotations = (_annotation(item, each, language) for each in chosen)
    return sanitise_for_file(f"{head}\n\n" + f"\n\n{_BREAK}\n\n".join(annotations))


def _language(item: ExportedArticle) -> str:
    """Return the language of the quotation marks: as the article states, else as it reads."""
    from reader.core.speech.language_choice import lexicon_for  # noqa: PLC0415  (77 ms)

    stated = item.article.metadata.language
    text = item.document.text if item.document else ""
    return stated or (lexicon_for("", text).code if text else "")


def _annotation(item: ExportedArticle, annotation: Annotation, language: str) -> str:
    words = _present_words(item, annotation)
    parts = [
        quoted(words, language),
        _attribution(item, annotation),
        _history(annotation, words),
        *map(cite_evidence, evidence_in(annotation.links)),
        without_braces(annotation.note).strip("\n"),
    ]
    return "\n\n".join(part for part in parts if part.strip())


def _present_words(item: ExportedArticle, annotation: Annotation) -> str:
    if item.document is None or annotation.is_orphaned:
        return annotation.selector.exact.strip()
    words = item.document.quote(annotation.range).strip()
    return words or annotation.selector.exact.strip()


def _attribution(item: ExportedArticle, annotation: Annotation) -> str:
    """Return the line below a passage: who said it, where it stands, what is found out."""
    selector = annotation.selector
    section = one_line(selector.section)
    facts = (
        one_line(annotation.speaker),
        f"under “{section}”" if section not in ("", item.title) else "",
        page_label(selector.page),
        f"claim: {one_line(annotation.status)}" if annotation.status else "",
    )
    line = ", ".join(filter(None, facts))
    return f"— {line}" if line else ""


def _history(annotation: Annotation, words: str) -> str:
    """Return a sentence on a passage that was lost, or whose words have changed."""
    if annotation.is_orphaned:
        since = annotation.place.since
        when = f" since {clock.day_in_words(since, names_year=True)}" if since else ""
        context = former_context(annotation.selector)
        return f"This passage is not in the article any more{when}. {context}".strip()
    marked = selector_history(annotation.selector)[0].exact
    if are_alike(marked, words):
        return ""
    return f"When it was marked it read: “{one_line(marked)}”"
