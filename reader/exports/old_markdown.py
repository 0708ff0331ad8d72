"""Takes what Margin wrote out of a Markdown file of its first form, which has ids and no record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from reader.core.annotation import Annotation
from reader.core.citation import cite_evidence
from reader.core.evidence import evidence_in
from reader.exported_markdown.file import MarkdownFile
from reader.exports.escape import escape_inline
from reader.exports.notes import fit_note
from reader.exports.outline import LOSS_SENTENCES, LOST
from reader.exports.own_markdown import emptied, without_empty, without_lines
from reader.exports.quotation import block_id, tag_name

_BLOCK_ID = re.compile(r"\^(margin-[A-Za-z0-9-]+)\s*")
_FACTS = re.compile(r"#[^\s#]")
_HISTORY = re.compile(
    r"(When it was marked it read: “.*”( \(on [^()]*\))?"
    rf"|({'|'.join(map(re.escape, LOSS_SENTENCES.values()))})?\s*"
    r"(It stood (under|after|before) “.*”\.)?\s*(Not found since [^.]*\.)?)\s*"
)


def without_annotations(
    text: str, file: MarkdownFile, annotations: Mapping[str, Annotation]
) -> str:
    """Return a file without its annotations; its front matter and a person's words stay.

    An annotation is what Margin writes around its block id: the passage, the tags, the former
    words, the note as the library has it. A person may have written between these. A heading goes
    if it is that of an annotation's section, and nothing stands under it any more.

    Args:
        text: A file that Margin exported to.
        file: Its parts.
        annotations: The annotations by id, deleted ones too.
    """
    lines = file.body
    by_block = {block_id(key): annotation for key, annotation in annotations.items()}
    blocks = [
        (at, found[1]) for at, line in enumerate(lines) if (found := _BLOCK_ID.fullmatch(line))
    ]
    if not blocks:
        return text
    ends = [0, *(at for at, _ in blocks), len(lines)]
    gone: set[int] = set()
    for number, (at, name) in enumerate(blocks):
        annotation = by_block.get(name)
        gone.add(at)
        gone.update(_passage(lines, range(ends[number], at), annotation))
        gone.update(_details(lines, range(at + 1, ends[number + 2]), annotation))
    titles = {each.selector.section for each in annotations.values()} | {LOST}
    headings = {f"## {escape_inline(' '.join(title.split()))}" for title in titles}
    return emptied(file, without_empty(without_lines(lines, gone), headings))


def _passage(lines: Sequence[str], where: range, annotation: Annotation | None) -> range:
    """Return the lines of the passage above a block id: the quote with its words, or the last."""
    quotes: list[range] = []
    for at in where:
        if not lines[at].startswith(">"):
            continue
        if quotes and quotes[-1].stop == at:
            quotes[-1] = range(quotes[-1].start, at + 1)
        else:
            quotes.append(range(at, at + 1))
    words = _letters(annotation.selector.exact) if annotation else ""
    same = [each for each in quotes if words == _letters("".join(lines[each.start : each.stop]))]
    if same:
        return same[-1]
    is_last = quotes and not any(line.strip() for line in lines[quotes[-1].stop : where.stop])
    return quotes[-1] if is_last else range(0)


def _details(lines: Sequence[str], where: range, annotation: Annotation | None) -> set[int]:
    """Return the lines below a block id that Margin wrote: tags, former words, evidence, note."""
    found: set[int] = set()
    tags = " ".join(f"#{tag_name(tag)}" for tag in annotation.tags) if annotation else ""
    facts = [at for at in where if tags and f"{lines[at]} ".startswith(f"{tags} ")]
    facts = facts or _next(lines, where, _FACTS.match)
    found.update(facts[:1])
    below = range(facts[0] + 1, where.stop) if facts else where
    found.update(_next(lines, below, _HISTORY.fullmatch))
    evidence = _evidence_lines(annotation) if annotation else ()
    found.update(at for at in below if lines[at].rstrip() in evidence)
    note = fit_note(annotation.note).strip("\n").split("\n") if annotation else [""]
    note = [line.rstrip() for line in note]
    for at in where if any(note) else ():
        if [line.rstrip() for line in lines[at : at + len(note)]] == note:
            found.update(range(at, at + len(note)))
            break
    return found


def _evidence_lines(annotation: Annotation) -> list[str]:
    return [
        cite_evidence(each, partial(escape_inline, within=each.words + each.title + each.target))
        for each in evidence_in(annotation.links)
    ]


def _next(lines: Sequence[str], where: range, fits: Callable[[str], object]) -> list[int]:
    """Return the first line that is not empty, if it fits; else nothing."""
    filled = [at for at in where if lines[at].strip()][:1]
    return [at for at in filled if fits(lines[at])]


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without markup."""
    return "".join(filter(str.isalnum, text))
