"""The comments of a DOCX: who wrote what about which words, with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from reader.formats.cleaning import clean, clean_line
from reader.formats.tree.elements import attribute, local_name
from reader.formats.word.comments import MAX_COMMENTS, MAX_TEXT, Comment, moment_in

_HIDDEN: Final = frozenset({"del", "movefrom", "ppr", "rpr", "annotationref", "instrtext"})
_SPACES: Final = {"tab": "\t", "br": "\n", "cr": "\n"}


def comments_of(part: Callable[[str], Any | None]) -> list[Comment]:
    """Return the comments of a document, in the order of the file.

    Args:
        part: Returns the root of the part of a kind, such as ``comments``; None if it is missing.
    """
    root = part("comments")
    if root is None:
        return []
    extended = _by_id(part("commentsExtended"), "paraId")
    durable = {
        key: attribute(one, "durableId")
        for key, one in _by_id(part("commentsIds"), "paraId").items()
    }
    times = _by_id(part("commentsExtensible"), "durableId")
    comments: list[Comment] = []
    for element in root.iter("{*}comment"):
        if len(comments) >= MAX_COMMENTS:
            break
        paragraph = next(
            (
                name
                for one in reversed(list(element.iter("{*}p")))
                if (name := attribute(one, "paraId"))
            ),
            "",
        )
        more = extended.get(paragraph)
        identifier = durable.get(paragraph, "")
        time = times.get(identifier) if identifier else None
        written = (attribute(time, "dateUtc") if time is not None else "") or attribute(
            element, "date"
        )
        comments.append(
            Comment(
                attribute(element, "id"),
                paragraph,
                clean_line(attribute(element, "author"))[:200],
                _text_of(element),
                moment_in(written),
                attribute(more, "paraIdParent") if more is not None else "",
                more is not None and attribute(more, "done") in ("1", "true"),
                identifier,
            )
        )
    return comments


def _text_of(comment: Any) -> str:
    """Return the text of a comment, with an empty line between its paragraphs."""
    paragraphs: list[str] = []
    room = MAX_TEXT
    for paragraph in comment.iter("{*}p"):
        pieces = list(_pieces(paragraph))
        text = clean("".join(pieces)[:room]).strip()
        room -= len(text)
        if text:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the texts of a paragraph without what was deleted from it."""
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        name = local_name(element)
        if name in _HIDDEN:
            continue
        if name == "t":
            yield element.text or ""
        elif name in _SPACES:
            yield _SPACES[name]
        else:
            waiting.extend(reversed(element))


def _by_id(root: Any | None, name: str) -> dict[str, Any]:
    """Return the elements of a part by an attribute of theirs."""
    if root is None:
        return {}
    return {
        key: one
        for one in root.iter()
        if isinstance(one.tag, str) and (key := attribute(one, name))
    }
