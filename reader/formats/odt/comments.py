"""The comments of an OpenDocument text: who wrote what about which words, with the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from reader.formats.cleaning import clean, clean_line
from reader.formats.tree.elements import attribute, local_name
from reader.formats.word.comments import MAX_COMMENTS, MAX_TEXT, Comment, moment_in

_OFFICE: Final = ":office:"
"""In the namespace of a comment; formulas have elements of the same name."""
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 80


def elements_of(body: Any) -> list[Any]:
    """Return the elements of the comments in a body, without those of what was deleted."""
    found: list[Any] = []
    for element in body.iter("{*}annotation"):
        if len(found) >= MAX_COMMENTS:
            break
        if _OFFICE in element.tag and not any(
            local_name(one) == "tracked-changes" for one in element.iterancestors()
        ):
            found.append(element)
    return found


def comments_of(elements: list[Any]) -> list[Comment]:
    """Return what comments say, in the order of the text.

    An answer names the comment that it answers, as LibreOffice writes it.
    """
    return [_comment(number, element) for number, element in enumerate(elements)]


def ends_of(body: Any, elements: list[Any]) -> Mapping[Any, int]:
    """Return the elements at which the words of comments end, with the numbers of these."""
    numbers = {
        name: number
        for number, element in enumerate(elements)
        if (name := attribute(element, "name"))
    }
    ends = {}
    for element in body.iter("{*}annotation-end"):
        number = numbers.pop(attribute(element, "name"), None)
        if number is not None:
            ends[element] = number
    return ends


def _comment(number: int, element: Any) -> Comment:
    facts = {
        local_name(one): "".join(one.itertext()).strip()
        for one in element
        if isinstance(one.tag, str)
    }
    date = facts.get("date", "")
    return Comment(
        str(number),
        attribute(element, "name"),
        clean_line(facts.get("creator", ""))[:200],
        _text_of(element),
        moment_in(date),
        attribute(element, "parent-name"),
        attribute(element, "resolved") == "true",
        date,  # to parts of a second, and programs give comments other names
    )


def _text_of(comment: Any) -> str:
    """Return the text of a comment, with an empty line between its paragraphs."""
    paragraphs: list[str] = []
    room = MAX_TEXT
    for paragraph in comment.iter("{*}p", "{*}h"):
        text = clean("".join(_pieces(paragraph))[:room]).strip()
        room -= len(text)
        if text:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the texts of a paragraph; white space that is meant has elements of its own."""
    waiting: list[Any] = [paragraph]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            yield _SPACES.sub(" ", element)
            continue
        match local_name(element):
            case "s":
                count = attribute(element, "c")
                number = int(count) if count.isdecimal() and len(count) < 6 else 1
                yield " " * min(number, _MOST_SPACES)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case _:
                for child in reversed(element):
                    waiting += [child.tail or ""]
                    waiting += [child] if isinstance(child.tag, str) else []
                waiting.append(element.text or "")
