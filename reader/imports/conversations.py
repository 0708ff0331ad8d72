"""Joins the replies of other people to the notes that they answer, with the names of their authors.

Margin knows one person. What others wrote becomes a part of the note, with their names before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from reader.imports.model import ImportedNote, ImportedSource
from reader.imports.values import moment_in

NOBODY: Final = "\0"
"""The owner of notes of which each is signed, whoever wrote it."""


class Contribution(NamedTuple):
    """What a person wrote: a note, or a reply to one."""

    source: ImportedSource
    """What it is about, without notes."""
    note: ImportedNote
    """The note, or the text of the reply."""
    author: str = ""
    """The name of who wrote it; may be empty."""
    answers: tuple[str, ...] = ()
    """For a reply, the ids of what it answers, the first note of the conversation first."""
    is_reply: bool = False
    """Whether it is a reply, although what it answers may not be known."""


def joined(contributions: Sequence[Contribution], owner: str = "") -> Iterator[ImportedSource]:
    """Yield the sources with their notes; each reply is a part of the note that it answers.

    A reply to what the file does not hold is a note of its own, on the whole source.

    Args:
        contributions: All of a file, in its order. Those of one source may stand apart.
        owner: The name of the person whose notes these are; empty if it is not known, which means
            the only author of all that is no reply.
    """
    first_notes = (each for each in contributions if not each.answers and not each.is_reply)
    authors = {each.author for each in first_notes if each.author}
    if not owner and len(authors) == 1:
        owner = authors.pop()
    by_id = {each.note.key: each for each in contributions if each.note.key}
    roots = _roots(by_id)
    replies: defaultdict[str, list[Contribution]] = defaultdict(list)
    firsts: list[Contribution] = []
    for each in contributions:
        root = roots.get(each.note.key) or _answered(each, by_id)
        if root and root != each.note.key:
            replies[root].append(each)
        else:
            firsts.append(each)
    by_source: dict[tuple[str, str], list[ImportedNote]] = {}
    sources: dict[tuple[str, str], ImportedSource] = {}
    for each in firsts:
        source = each.source
        key = (source.article or source.url or source.path, source.title if not source.url else "")
        sources.setdefault(key, source)
        note = _signed(each, owner)
        answers = sorted(replies.get(each.note.key, ()), key=lambda reply: reply.note.created)
        by_source.setdefault(key, []).append(_with_replies(note, answers, by_id))
    for key, source in sources.items():
        yield replace(source, notes=tuple(by_source[key]))


def _roots(by_id: Mapping[str, Contribution]) -> dict[str, str]:
    """Return the id of the note that begins the conversation of each contribution.

    Replies that answer each other in a circle begin with the one of the smallest id.
    """
    roots: dict[str, str] = {}
    for first in by_id:
        path: dict[str, None] = {}
        current = first
        while current not in roots and current not in path:
            path[current] = None
            current = _answered(by_id[current], by_id) or current
        if current in path:
            walked = [*path]
            circle = walked[walked.index(current) :]
            roots[current] = min(circle)
        roots |= dict.fromkeys(path, roots[current])
    return roots


def _answered(contribution: Contribution, by_id: Mapping[str, Contribution]) -> str:
    """Return the id of the first note that a contribution answers and the file holds."""
    return next((each for each in contribution.answers if each in by_id), "")


def _signed(contribution: Contribution, owner: str) -> ImportedNote:
    """Return a note with the name of its author before it, unless that is the owner's."""
    note = contribution.note
    if contribution.is_reply or contribution.answers:
        return replace(note, note=_reply(contribution, ""))
    if contribution.author in ("", owner):
        return note
    return replace(note, note=f"**{_name(contribution.author)}**\n\n{note.note}".rstrip())


def _with_replies(
    note: ImportedNote, replies: Sequence[Contribution], by_id: Mapping[str, Contribution]
) -> ImportedNote:
    if not replies:
        return note
    parts = [note.note] if note.note else []
    tags = dict.fromkeys(note.tags)
    for each in replies:
        answered = next((by_id[key] for key in reversed(each.answers) if key in by_id), None)
        is_nested = answered is not None and bool(answered.answers)
        parts.append(_reply(each, answered.author if answered and is_nested else ""))
        tags |= dict.fromkeys(each.note.tags)
    modified = max(note.modified, *(moment_in(each.note.modified) for each in replies))
    return replace(note, note="\n\n".join(parts), tags=tuple(tags), modified=modified)


def _reply(reply: Contribution, answered: str) -> str:
    """Return the text of a reply below a line that names its author and its day."""
    by = f" by {_name(reply.author)}" if reply.author else ""
    to = f" to {_name(answered)}" if answered else ""
    day = f", {moment[:10]}" if (moment := moment_in(reply.note.created)) else ""
    return f"**Reply{by}{to}{day}**\n\n{reply.note.note}".rstrip()


def _name(author: str) -> str:
    """Return a name as it stands between two asterisks on one line of Markdown."""
    return " ".join(author.replace("*", "").split())
