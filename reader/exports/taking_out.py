"""Takes what Margin wrote out of an exported Markdown file, which a person may have edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from reader.core.annotation import Annotation
from reader.exported_markdown.blocks import find_blocks
from reader.exported_markdown.file import parse_file
from reader.exported_markdown.matching import matched
from reader.exports import old_markdown
from reader.exports.escape import escape_inline
from reader.exports.markdown import CLAIMS, CLAIMS_HEAD
from reader.exports.outline import LOST
from reader.exports.own_markdown import emptied, without_empty, without_lines
from reader.exports.quotation import tag_name

_TAG: Final = re.compile(r"(?<!\S)#([^\s#,;]+)")
_OLD_FACTS: Final = re.compile(r"#[^\s#]")


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether an annotation in a file has one of some tags."""
    names = {tag_name(tag) for tag in tags}
    file = parse_file(text)
    if file.found is None:
        facts = filter(_OLD_FACTS.match, file.body)
        return any(not names.isdisjoint(_TAG.findall(line)) for line in facts)
    return any(not names.isdisjoint(each.attribution.tags) for each in find_blocks(file.body))


def without_annotations(text: str, annotations: Mapping[str, Annotation]) -> str:
    """Return a file without its annotations; its front matter and a person's words stay.

    What goes is the table of the claims, each quotation with its heading, and each note that nobody
    has changed. A heading of Margin's goes if nothing stands under it any more.

    Args:
        text: A file that Margin exported to.
        annotations: The annotations by id, deleted ones too.
    """
    file = parse_file(text)
    if file.found is None:
        return old_markdown.without_annotations(text, file, annotations)
    gone = lines_of_claims(file.body)
    if not any(article.notes for article in file.found.record.articles):
        return text
    for block, record, values, _ in matched(file):
        gone.update(range(block.start, block.end) if record else ())
        if record and not record.is_edited("note", values.digests["note"]):
            gone.update(block.note)
    titles = {each.selector.section for each in annotations.values()} | {LOST}
    headings = {f"## {escape_inline(' '.join(title.split()))}" for title in titles}
    return emptied(file, without_empty(without_lines(file.body, gone), headings))


def lines_of_claims(lines: Sequence[str]) -> set[int]:
    """Return the lines of the table of the claims, and of its heading."""
    head = _cells(CLAIMS_HEAD.split("\n")[0])
    rows = (at for at, line in enumerate(lines) if line.startswith("|") and _cells(line) == head)
    start = next(rows, len(lines))
    end = start
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    above = [at for at in range(max(start - 3, 0), min(start, len(lines))) if lines[at].strip()][
        -1:
    ]
    is_heading = end > start and bool(above) and lines[above[0]].lstrip("#").strip() == CLAIMS
    return {*range(start, end), *(above if is_heading else ())}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
