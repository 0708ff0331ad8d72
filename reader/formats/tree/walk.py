"""Walks through trees of lxml without recursion, for all readers of markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

from lxml import etree

End: TypeAlias = Callable[[], None] | None
"""The function to call at the end of an element, if any."""

Started: TypeAlias = End | Literal["skip"]
"""The same, or ``skip`` to leave out the content of the element."""


def walk(
    root: Any, start: Callable[[Any], Started], text: Callable[[str], None] | None = None
) -> Iterator[int]:
    """Walk through a tree in the order of its text.

    Args:
        root: Where to begin. It is started and ended too; the text after it is not read.
        start: Called at the start of each element.
        text: Called with each text outside comments and processing instructions. None if ``start``
            reads the texts.

    Yields:
        The number of open elements, each time an element has ended.
    """
    ends: list[End] = []
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            end = start(element)
            if end == "skip":
                events.skip_subtree()
                end = None
            elif text is not None and element.text:
                text(element.text)
            ends.append(end)
            continue
        if event == "end" and (close := ends.pop()) is not None:
            close()
        if text is not None and element is not root and element.tail:
            text(element.tail)
        yield len(ends)
