"""The Markdown writer: a file that reads well as it is, and in Obsidian and Logseq."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from reader import clock
from reader.core.annotation import Annotation, Loss, PlaceState
from reader.core.citation import cite_evidence
from reader.core.evidence import evidence_in
from reader.core.selectors import selector_history
from reader.core.text_formatting import former_context, page_label
from reader.core.wording import present_since
from reader.exports.escape import escape_inline, escape_line
from reader.exports.front_matter import export_head
from reader.exports.model import ExportedArticle, order_of
from reader.exports.notes import fit_note
from reader.exports.passage import quote_passage, quote_text
from reader.safe_text import drop_unsafe

LOST = "Lost their place"
"""The heading above annotations whose passages are not in the present text."""

LOSS_SENTENCES = {
    Loss.REMOVED: "The passage was removed.",
    Loss.CHANGED: "The passage changed too much.",
    Loss.AMBIGUOUS: "The passage is in several places that cannot be told apart.",
    Loss.REJECTED: "The place that was found was rejected.",
}
"""What an export says of a lost passage."""

_NOT_IN_ID = re.compile(r"[^A-Za-z0-9-]")


class _Section(NamedTuple):
    """What the text shows of one article; far smaller than the article with its document."""

    order: tuple[str, str]
    title: str
    byline: str
    body: str
    fields: dict[str, str | list[str]]
    tags: set[str]
    query: str


def write(items: Iterable[ExportedArticle], tags: Collection[str], exported: str) -> Iterator[str]:
    """Yield the articles' annotations as one Markdown text, in pieces.

    Args:
        items: One article, or several that go into one text, by title; they are taken one at a
            time, so that they need not all be in memory.
        tags: Only annotations with one of these; with none, all.
        exported: The time of the export: ISO 8601.
    """
    sections = sorted((_section(item, tags) for item in items), key=lambda each: each.order)
    is_single = len(sections) == 1
    fields = sections[0].fields if is_single else {"title": "Notes"}
    used = sorted(set().union(*(each.tags for each in sections)))
    body: list[str] = []
    for each in sections:
        parts = [each.title, "" if is_single else each.byline, each.body]
        body += ["\n\n" if body else "", "\n\n".join(filter(None, parts))]
    body.append("\n")
    ids = [each.order[1] for each in sections]
    query = next((each.query for each in sections), "")
    yield export_head({**fields, "tags": used}, ids, exported, body, query)
    yield from body


def _section(item: ExportedArticle, tags: Collection[str]) -> _Section:
    chosen = item.selected(tags)
    return _Section(
        order_of(item),
        f"# {escape_inline(item.title)}",
        _byline(item).strip("\n"),
        "\n\n".join(part.strip("\n") for part in _body(item, chosen)),
        _article_fields(item),
        _tags(item, chosen),
        item.query,
    )


def tag_name(tag: str) -> str:
    """Return a tag that Obsidian and Logseq accept: no spaces, no punctuation, not a number."""
    words = "-".join(drop_unsafe(tag).split())
    name = "".join(character for character in words if _is_in_tags(character)).strip("-/")
    name = unicodedata.normalize("NFC", name)
    if not name:
        return "untagged"
    return f"_{name}" if all(character.isdigit() for character in name) else name


def _is_in_tags(character: str) -> bool:
    """Return whether a tag may hold a character: letters, marks, digits, emoji and ``_-/``."""
    category = unicodedata.category(character)
    return category[0] in "LMN" or category == "So" or character in "_-/"


def block_id(annotation_id: str) -> str:
    """Return the annotation's block id, without its caret."""
    return "margin-" + _NOT_IN_ID.sub("-", annotation_id)


def _article_fields(item: ExportedArticle) -> dict[str, str | list[str]]:
    """Return the fields of an article; a source that is not a URL has a field of its own."""
    metadata = item.article.metadata
    source = item.article.source
    url = metadata.url or (source if "://" in source else "")
    return {
        "title": item.title,
        "authors": list(metadata.authors),
        "site": metadata.site,
        "url": url,
        "source": "" if source == url else source,
        "published": metadata.published,
        "accessed": item.article.accessed,
        "archive": item.article.archive,
    }


def _tags(item: ExportedArticle, annotations: Iterable[Annotation]) -> set[str]:
    """Return the tags of an article and of annotations."""
    names = {tag_name(tag) for tag in item.article.tags}
    return names.union(tag_name(tag) for annotation in annotations for tag in annotation.tags)


def _byline(item: ExportedArticle) -> str:
    """Return the line on the origin of one article of several; empty if nothing is known."""
    metadata = item.article.metadata
    source = metadata.url or item.article.source
    facts = [", ".join(metadata.authors), metadata.site, metadata.published, source]
    return escape_line(" · ".join(filter(str.strip, facts)))


def _body(item: ExportedArticle, annotations: Sequence[Annotation]) -> list[str]:
    """Return the annotations by section, then those that have lost their place."""
    parts: list[str] = []
    section = ""
    for annotation in annotations:
        if annotation.is_orphaned:
            continue
        heading = " ".join(annotation.selector.section.split()) or item.title
        if heading != (section or item.title):
            parts.append(f"## {escape_inline(heading)}")
            section = heading
        parts.extend(_annotation(item, annotation))
    lost = [annotation for annotation in annotations if annotation.is_orphaned]
    if lost:
        parts.append(f"## {LOST}")
    for annotation in lost:
        parts.extend(_annotation(item, annotation))
    return parts


def _annotation(item: ExportedArticle, annotation: Annotation) -> list[str]:
    """Return an annotation's passage, block id, facts, evidence and note."""
    # Obsidian takes an id on a line of its own as that of the block above it, so the id follows
    # the quote: a link to it shows the passage.
    parts = [_passage(item, annotation), f"^{block_id(annotation.id)}"]
    facts = [" ".join(f"#{tag_name(tag)}" for tag in annotation.tags)]
    if annotation.speaker.strip():
        facts.append(f"Speaker: {escape_inline(annotation.speaker)}")
    if annotation.status and annotation.status.strip():
        facts.append(f"Status: {escape_inline(annotation.status)}")
    if page := page_label(annotation.selector.page):
        facts.append(escape_inline(page))
    parts.append(" · ".join(facts))
    parts.extend(_history(item, annotation))
    parts.extend(evidence_lines(annotation))
    parts.append(fit_note(annotation.note))
    return [part for part in parts if part.strip()]


def evidence_lines(annotation: Annotation) -> list[str]:
    """Return a line for each piece of evidence of an annotation."""
    lines = []
    for each in evidence_in(annotation.links):
        within = each.words + each.title + each.target
        lines.append(cite_evidence(each, partial(escape_inline, within=within)))
    return lines


def _passage(item: ExportedArticle, annotation: Annotation) -> str:
    quote = ""
    if item.document is not None and not annotation.is_orphaned:
        quote = quote_passage(item.document, annotation.range)
    return quote or quote_text(annotation.selector.exact)


def _history(item: ExportedArticle, annotation: Annotation) -> list[str]:
    """Return the line on the former words or context of a passage that changed or was lost."""
    selector = annotation.selector
    if annotation.is_orphaned:
        within = selector.section + selector.prefix + selector.suffix
        context = former_context(selector, lambda text: escape_inline(text, within=within))
        reason = LOSS_SENTENCES[annotation.loss] if annotation.loss else ""
        since = f"Not found since {_day(annotation.place.since)}." if annotation.place.since else ""
        return [" ".join(filter(None, (reason, context, since)))]
    is_changed = annotation.place.state in (PlaceState.EDITED, PlaceState.BY_HAND)
    if (is_changed or selector.earlier) and item.document is not None:
        present = " ".join(item.document.quote(annotation.range).split())
        former = " ".join(selector_history(selector)[0].exact.split())
        if present != former:
            since = present_since(annotation)
            times = f"on {_day(annotation.created)}; as above since {_day(since)}" if since else ""
            when = f" ({times})" if times else ""
            return [f"When it was marked it read: “{escape_inline(former)}”{when}"]
    return []


def _day(moment: str) -> str:
    return clock.day_in_words(moment, names_year=True)
