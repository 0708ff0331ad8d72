"""Counts the cost of reading, which is the same on any machine, however busy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from lxml import etree


class _Counted(etree.ElementBase):  # type: ignore[misc]  # lxml has no types
    """An element that counts the children and the characters that lxml visits for it."""

    seen = 0

    def __len__(self) -> int:
        length: int = super().__len__()
        _Counted.seen += length
        return length

    @property
    def text(self) -> Any:
        """The text before the first child."""
        return _look_at(etree._Element.text.__get__(self))

    @text.setter
    def text(self, text: Any) -> None:
        etree._Element.text.__set__(self, _look_at(text))

    @property
    def tail(self) -> Any:
        """The text after the element."""
        return _look_at(etree._Element.tail.__get__(self))

    @tail.setter
    def tail(self, text: Any) -> None:
        etree._Element.tail.__set__(self, _look_at(text))


def _look_at(text: Any) -> Any:
    _Counted.seen += len(text or "")
    return text


def work(read: Callable[[], object]) -> int:
    """Return the number of Python's instructions, and of the nodes that lxml visits.

    Args:
        read: The function to measure.
    """
    etree.set_element_class_lookup(etree.ElementDefaultClassLookup(element=_Counted))
    _Counted.seen = 0
    try:
        return _instructions(read) + _Counted.seen
    finally:
        etree.set_element_class_lookup(None)


if sys.version_info >= (3, 12):
    # A trace function that asks for instructions gets them only from a function's next call on.

    def _instructions(read: Callable[[], object]) -> int:
        count = 0

        def look(_code: CodeType, _offset: int) -> None:
            nonlocal count
            count += 1

        monitoring = sys.monitoring
        tool, instruction = monitoring.PROFILER_ID, monitoring.events.INSTRUCTION
        monitoring.use_tool_id(tool, __name__)
        monitoring.register_callback(tool, instruction, look)
        monitoring.set_events(tool, instruction)
        try:
            read()
        finally:
            monitoring.set_events(tool, monitoring.events.NO_EVENTS)
            monitoring.register_callback(tool, instruction, None)
            monitoring.free_tool_id(tool)
        return count

else:

    def _instructions(read: Callable[[], object]) -> int:
        count = 0

        def look(frame: FrameType, event: str, _argument: Any) -> Any:
            nonlocal count
            if event == "call":
                frame.f_trace_opcodes = True
                frame.f_trace_lines = False
            else:
                count += 1
            return look

        before = sys.gettrace()
        sys.settrace(look)
        try:
            read()
        finally:
            sys.settrace(before)
        return count
