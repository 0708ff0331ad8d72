"""One annotation in Markdown: the passage with its attribution, what is known of it, the note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final, NamedTuple

from reader import clock
from reader.core.addresses import percent_encoded
from reader.core.annotation import CLAIM, Annotation
from reader.core.citation import cite_evidence
from reader.core.evidence import Evidence, evidence_in
from reader.core.text_formatting import one_line, page_label
from reader.exported_markdown.attribution import (
    LEAD,
    MARKED,
    NOTED,
    PASSAGE_LINK,
    SEPARATOR,
    as_part,
    read_attribution,
)
from reader.exported_markdown.notes import note_of
from reader.exported_markdown.parts import digests_of, stored_parts, stored_tags, tags_by_name
from reader.exported_markdown.plain import quoted_words
from reader.exported_markdown.record import NoteRecord
from reader.exports.escape import escape_inline
from reader.exports.in_sentence import quote_in_sentence
from reader.exports.model import ExportedArticle
from reader.exports.notes import fitted
from reader.exports.outline import former_words
from reader.exports.passage import quote_passage, quote_text
from reader.exports.text_fragment import passage_address
from reader.safe_text import drop_unsafe, sanitise_for_file

_LONGEST: Final = 160
"""The most code points of a passage on one line."""
_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9-]")
_AUTOLINK: Final = re.compile(r"https?://[^\s<>|\\`]+", re.IGNORECASE)
_IN_TARGETS: Final = re.compile(r"[\s<>()\[\]\\|`]")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")


class WrittenQuotation(NamedTuple):
    """An annotation as Markdown."""

    text: str
    """The quotation with its note, without empty lines at its ends."""
    record: NoteRecord
    """What the record of the file says of it."""
    words: str
    """The passage on one line, for a table; one of a few words in its sentence."""


def write_quotation(
    item: ExportedArticle, annotation: Annotation, *, has_id: bool
) -> WrittenQuotation:
    """Return an annotation as Markdown: a block quote that is all Margin's, then the note.

    Only what was said begins with ``> ``; what Margin adds stands right at the sign, so that a
    search by lines finds the words of others and nothing else.

    Args:
        item: The article.
        annotation: One of its annotations.
        has_id: Whether a block id follows the quote, for links in a vault.
    """
    passage, is_within = _passage(item, annotation)
    attribution = attribution_of(item, annotation)
    facts = [attribution, former_words(item, annotation, _escaped), *evidence_lines(annotation)]
    quote = "\n>\n".join(filter(None, (passage, *(f">{fact}" for fact in facts if fact))))
    note = fitted(annotation.note)
    # Obsidian takes an id on a line of its own as that of the block above it, so the id follows
    # the quote: a link to it shows the passage.
    parts = [quote, f"^{block_id(annotation.id)}" if has_id else "", note.text]
    lines = [line.removeprefix(">").removeprefix(" ") for line in passage.split("\n")]
    record = _record(annotation, lines, attribution, note.text, is_item=note.is_item)
    return WrittenQuotation(
        "\n\n".join(filter(None, parts)),
        record._replace(is_within=is_within),
        lines[0] if is_within else escape_inline(one_line(annotation.selector.exact, _LONGEST)),
    )


@lru_cache(maxsize=1000)
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


def is_claim(annotation: Annotation) -> bool:
    """Return whether an annotation stands among the claims: it is tagged so, or has a status."""
    return CLAIM in annotation.tags or bool(annotation.status and annotation.status.strip())


def attribution_of(item: ExportedArticle, annotation: Annotation) -> str:
    """Return the line below a quotation: speaker, tags, status, page, days, link to the passage."""
    noted = annotation.changed.get("note", "") if annotation.note.strip() else ""
    marked, changed = _day(annotation.created), _day(noted)
    parts = (
        as_part(escape_inline(annotation.speaker)),
        " ".join(f"#{name}" for name in dict.fromkeys(map(tag_name, annotation.tags or ("",)))),
        as_part(escape_inline(annotation.status or "")),
        escape_inline(page_label(annotation.selector.page)),
        f"{MARKED}{escape_inline(marked)}" if marked else "",
        f"{NOTED}{escape_inline(changed)}" if changed not in ("", marked) else "",
        _link(item, annotation),
    )
    return LEAD + SEPARATOR.join(filter(None, parts))


def evidence_lines(annotation: Annotation) -> list[str]:
    """Return a line for each piece of evidence of an annotation."""
    return [_evidence_line(each) for each in evidence_in(annotation.links)]


def _evidence_line(evidence: Evidence) -> str:
    within = evidence.words + evidence.title + evidence.target
    escaped = partial(escape_inline, within=within)

    def shown(text: str) -> str:
        address = percent_encoded(text) if text == evidence.target else text
        return f"<{address}>" if _AUTOLINK.fullmatch(address) else escaped(text)

    return cite_evidence(evidence, shown)


def link_target(address: str) -> str:
    """Return an address as the target of a Markdown link."""
    encoded = percent_encoded(sanitise_for_file(address.strip()), _IN_TARGETS)
    return _ENTITY.sub("&amp;", encoded)


def _link(item: ExportedArticle, annotation: Annotation) -> str:
    """Return a link to the passage on its page; empty for a text that has no address."""
    address, document = item.article.address, item.document
    if not address or annotation.is_orphaned:
        return ""
    selector = annotation.selector
    words, before, after = selector.exact, selector.prefix, selector.suffix
    if document is not None and document.quote(annotation.range).strip():
        start, end = annotation.range
        words, before, after = (
            document.quote(annotation.range),
            document.text[max(start - 64, 0) : start],
            document.text[end : end + 64],
        )
    return f"[{PASSAGE_LINK}]({link_target(passage_address(address, words, before, after))})"


def _passage(item: ExportedArticle, annotation: Annotation) -> tuple[str, bool]:
    """Return the passage as a block quote, and whether it is strong words of a sentence."""
    quote = ""
    if item.document is not None and not annotation.is_orphaned:
        language = item.article.metadata.language
        if quote := quote_in_sentence(item.document, annotation.range, language):
            return quote, True
        quote = quote_passage(item.document, annotation.range)
    return quote or quote_text(annotation.selector.exact), False


def _escaped(text: str, paragraph: str) -> str:
    return escape_inline(text, within=paragraph)


def _record(
    annotation: Annotation, passage: Sequence[str], attribution: str, note: str, *, is_item: bool
) -> NoteRecord:
    """Return what the record says of an annotation: its parts, and how they are read back."""
    names = tags_by_name(annotation.tags, tag_name)
    if not annotation.tags:
        names[tag_name("")] = []
    names = {name: tags for name, tags in names.items() if tags != [name]}
    read = read_attribution(attribution)
    stored = stored_parts(annotation)
    present: dict[str, str | tuple[str, ...]] = {
        "note": note_of(note.split("\n"), is_item=is_item),
        "tags": stored_tags(read.tags, names) if read else (),
        "speaker": read.speaker if read else "",
        "status": read.status if read else "",
    }
    digests = digests_of(stored | {"quote": quoted_words(passage)})
    differing = {part: value for part, value in present.items() if value != stored[part]}
    read_back = digests_of(differing).items()
    shown = {part: digest for part, digest in read_back if digest != digests[part]}
    return NoteRecord(annotation.id, digests, shown, names, is_item)


def _day(moment: str) -> str:
    return clock.day_in_words(moment, names_year=True) if moment else ""
