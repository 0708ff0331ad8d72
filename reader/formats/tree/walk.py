"""One walk through a tree of lxml, without recursion, for every reader of markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

from lxml import etree

End: TypeAlias = Callable[[], None] | None
"""What is done when an element ends; None for nothing."""

Started: TypeAlias = End | Literal["skip"]
"""The same, or that nothing inside the element is read."""


def walk(
    root: Any, start: Callable[[Any], Started], text: Callable[[str], None] | None = None
) -> Iterator[int]:
    """Walk through a tree in the order of its text.

    Args:
        root: Where to begin; it is started and ended too, and the text behind it is not read.
        start: Called with each element when it begins.
        text: Called with each text; comments and processing instructions have none. None where
            ``start`` reads the texts.

    Yields:
        How many elements are open, each time one has ended.
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
