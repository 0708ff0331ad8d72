"""The command that compares two versions of an article: as lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.cli.library import session_of
from reader.cli.output import (
    ADDED,
    DIFFERENT,
    FACTS,
    FAINT,
    OK,
    REMOVED,
    TITLE,
    Line,
    Parts,
    print_json,
    print_lines,
    print_message,
)
from reader.cli.pager import paging

if TYPE_CHECKING:
    import argparse

    from reader.core.article_diff import Change, Part
    from reader.core.document import TextRange
    from reader.session.version_choice import VersionDiff
    from reader.session.versions import Version

SIGNS = {"added": "+", "removed": "-", "moved": ">", "changed": "~"}
"""What the line of a paragraph begins with."""

MARKS = {"added": ("{+", "+}"), "removed": ("[-", "-]"), "moved": ("{>", "<}")}
"""What stands around words in the line of a paragraph that has others, too."""

LOOKS = {"added": ADDED, "removed": REMOVED, "moved": FACTS}
"""How words look on a terminal."""


def diff(options: argparse.Namespace) -> int:
    """Print what differs between two versions; the exit code is 1 if something does."""
    session = session_of(options)
    article = session.find_article(options.article)
    found = session.versions.diff(article.id, options.since or "", options.until or "")
    if options.json:
        print_json(diff_record(found))
    elif not found.diff.changes:
        print_message(_nothing(found))
    else:
        with paging():
            print_lines(diff_lines(found), colour=options.color)
    return DIFFERENT if found.diff.changes else OK


def diff_lines(found: VersionDiff) -> Iterator[str | Line | Parts]:
    """Yield the names of the versions, then a line for each paragraph that differs.

    Of a paragraph only the sentences with changes are there, and where its section is another one
    than before, the heading precedes it.
    """
    from reader.core.selectors import section_title
    from reader.core.units import Units

    title = found.article.metadata.title or found.article.source
    yield Line(f"--- {title}  {_time(found.earlier)}", TITLE)
    yield Line(f"+++ {title}  {_time(found.later)}", TITLE)
    document, section = found.diff.document, ""
    units = Units(document)
    for changes in _by_paragraphs(found):
        start = changes[0].range.start
        heading = " ".join(section_title(document, start).split())
        if heading != section:
            section = heading
            yield Line(f"@@ {heading} @@", FACTS)
        block = document.blocks[document.block_index(start)]
        sentences: list[TextRange] = []
        for change in changes:
            for sentence in units.sentences_in(change.range) or [change.range]:
                if not sentences or sentence.start >= sentences[-1].end:
                    sentences.append(sentence)
        yield Parts(tuple(_paragraph(found, changes, sentences, block.range)))


def _by_paragraphs(found: VersionDiff) -> Iterator[list[Change]]:
    from itertools import groupby

    document = found.diff.document
    for _, group in groupby(
        found.diff.changes, key=lambda change: document.block_index(change.range.start)
    ):
        yield list(group)


def _paragraph(
    found: VersionDiff, changes: list[Change], sentences: list[TextRange], block: TextRange
) -> Iterator[Line]:
    """Yield the parts of the line of a paragraph."""
    parts = [part for change in changes for part in change.parts]
    kinds = {part.kind for part in parts}
    whole = found.diff.document.quote(block).split()
    words = " ".join(found.diff.document.quote(part.range) for part in parts).split()
    if len(kinds) == 1 and words == whole:
        kind = str(kinds.pop())
        yield Line(f"{SIGNS[kind]} {' '.join(whole)}", LOOKS[kind])
        return
    yield Line(f"{SIGNS['changed']} ", FAINT)
    at = block.start
    for index, sentence in enumerate(sentences):
        if sentence.start > at and found.diff.document.text[at : sentence.start].strip():
            yield Line(" … " if index else "… ", FAINT)
        elif index:
            yield Line(" ", "")
        yield from _sentence(found, parts, sentence)
        at = sentence.end
    if found.diff.document.text[at : block.end].strip():
        yield Line(" …", FAINT)


def _sentence(found: VersionDiff, parts: list[Part], sentence: TextRange) -> Iterator[Line]:
    """Yield a sentence with marks around the words that differ."""
    text, at = found.diff.document.text, sentence.start
    for (start, end), kind in parts:
        first, last = max(start, sentence.start), min(end, sentence.end)
        if first >= last:
            continue
        opening, closing = MARKS[kind]
        yield Line(_on_one_line(text[at:first]), "")
        yield Line(f"{opening}{_on_one_line(text[first:last])}{closing}", LOOKS[kind])
        at = last
    yield Line(_on_one_line(text[at : sentence.end]), "")


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def diff_record(found: VersionDiff) -> dict[str, Any]:
    """Return two versions and what differs between them."""
    return {
        "article": found.article.id,
        "title": found.article.metadata.title,
        "source": found.article.source,
        "from": _version_record(found.earlier),
        "to": _version_record(found.later),
        "changes": [_change_record(found, change) for change in found.diff.changes],
    }


def _version_record(version: Version) -> dict[str, Any]:
    return {
        "digest": version.digest,
        "first": version.first,
        "last": version.last,
        "annotations": len(version.annotation_ids),
    }


def _change_record(found: VersionDiff, change: Change) -> dict[str, Any]:
    from reader.core.selectors import section_title

    document = found.diff.document
    if change.kind == "moved":
        old = new = " ".join(document.quote(change.range).split())
    else:
        old, new = (found.diff.words(change, is_old=is_old) for is_old in (True, False))
    section = " ".join(section_title(document, change.range.start).split())
    return {"kind": str(change.kind), "old": old, "new": new, "section": section}


def _nothing(found: VersionDiff) -> str:
    if found.earlier.digest == found.later.digest:
        return f"Margin found one version, of {_time(found.later)}, and none to compare it with."
    return f"The versions of {_time(found.earlier)} and {_time(found.later)} have the same words."


def _time(version: Version) -> str:
    return clock.local_minute(version.last if not version.is_present else version.first)
