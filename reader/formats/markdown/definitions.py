"""Finds link and footnote definitions, which apply to all of a Markdown text.

A long text is parsed in slices, and a link in the first slice may be defined in the last. The
definitions are therefore found first; those that a slice finds itself change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination

from reader.formats.cleaning import clean_lines
from reader.formats.markdown.attributes import is_pandoc
from reader.formats.patterns import pattern

_DEFINITION = pattern(
    r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[(\^?)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(.*)"
)
_FENCE = pattern(r"^[ >\t]{0,12}(`{3,}|~{3,})(.*)$", re.MULTILINE)
_INTERRUPTS = pattern(r"[ \t>]*(?:$|#{1,6}(?:[ \t]|$)|(?:[-*_][ \t]*){3,}$|`{3}|~{3}|=+[ \t]*$)")
_EXAMPLE = pattern(r"^[ \t>]{0,12}\(@([\w-]*)\)(?:[ \t]|$)", re.MULTILINE)
_EXAMPLE_REFERENCE = pattern(r"\(@([\w-]+)\)")
_TITLE_STARTS = ("", '"', "'", "(")
_MAX_LINE = 4096


class Definitions:
    """The definitions of a text."""

    def __init__(
        self,
        references: Mapping[str, Mapping[str, str]],
        labels: Iterable[str],
        examples: Mapping[str, int],
        *,
        is_pandoc: Callable[[], bool],
    ) -> None:
        """Start with the definitions.

        Args:
            references: Link destinations by their normalised labels, in markdown-it's form.
            labels: The labels of footnotes.
            examples: The numbers of pandoc's examples by their labels.
            is_pandoc: Returns whether the text has forms that nothing but pandoc writes.
        """
        self._examples = examples
        self._is_pandoc = is_pandoc
        # Made once, since each paragraph asks for them, and there may be as many as paragraphs.
        self._references = _ReadOnlyDict(references)
        self._footnotes = _ReadOnlyDict({f":{label}": -1 for label in labels})

    def environment(self) -> dict[str, Any]:
        """Return the environment with which markdown-it parses a slice."""
        footnotes = {"refs": self._footnotes, "list": {}}
        return {
            "references": self._references,
            "footnotes": footnotes,
            "is_pandoc": self._is_pandoc,
        }

    def with_numbers(self, content: str) -> str:
        """Return a block's source with the number of an example for each reference to it."""
        if not self._examples or "(@" not in content:
            return content
        return _EXAMPLE_REFERENCE.sub(self._numbered, content)

    def _numbered(self, reference: re.Match[str]) -> str:
        number = self._examples.get(reference[1])
        return f"({number})" if number else reference[0]


class _ReadOnlyDict(dict[str, Any]):
    """A mapping that markdown-it cannot change, so that each slice sees the same."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Ignore the new item."""


class _Fences:
    """Finds the lines of a text inside fenced code, from start to end."""

    def __init__(self, text: str) -> None:
        self._fences = _FENCE.finditer(text) if "```" in text or "~~~" in text else iter(())
        self._next = next(self._fences, None)
        self._open = ""

    def contains(self, offset: int) -> bool:
        """Return whether the line at ``offset`` is code."""
        while self._next is not None and self._next.start() < offset:
            fence, rest = self._next.groups()
            if not self._open:
                if fence[0] == "~" or "`" not in rest:
                    self._open = fence
            elif fence.startswith(self._open) and not rest.strip():
                self._open = ""
            self._next = next(self._fences, None)
        return bool(self._open)


def find_definitions(text: str) -> Definitions:
    """Return the definitions of ``text``, which need not be cleaned.

    Only labels on one line are found, as nearly all are.
    """
    references: dict[str, dict[str, str]] = {}
    footnotes: set[str] = set()
    fences: _Fences | None = None
    position, bracket, last_end = 0, -1, -1
    # One character is found ten times as fast as two, and most texts have few brackets.
    while (bracket := text.find("]", max(bracket + 1, position))) >= 0:
        if not text.startswith(":", bracket + 1):
            continue
        fences, colon = fences or _Fences(text), bracket
        start = text.rfind("\n", position, colon) + 1 or position
        end = text.find("\n", colon)
        end = len(text) if end < 0 else end
        position = end + 1
        if end - start > _MAX_LINE or "[" not in text[start:colon]:
            continue
        match = _DEFINITION.match(clean_lines(text[start:end]))
        if match is None or fences.contains(start):
            continue
        caret, label, rest = match.groups()
        if caret:
            if " " not in label and "\t" not in label:
                footnotes.add(label)
            last_end = end
        elif (last_end == start - 1 or _may_start(text, start)) and (
            destination := _destination(rest, text, end)
        ) is not None:
            references.setdefault(normalizeReference(label), destination)
            last_end = end
    references.pop("", None)
    # The search takes 80 ms for 10 MB; hardly any text asks.
    by_pandoc = cache(partial(is_pandoc, text))
    return Definitions(references, footnotes, _examples(text), is_pandoc=by_pandoc)


def _examples(text: str) -> dict[str, int]:
    """Return the numbers of the examples of a text by their labels."""
    examples: dict[str, int] = {}
    if "@" not in text or "(@" not in text:  # one character is found ten times as fast as two
        return examples
    fences = _Fences(text)
    number = 0
    for match in _EXAMPLE.finditer(text):
        if not fences.contains(match.start()):
            number += 1
            if match[1]:
                examples.setdefault(match[1], number)
    return examples


def _may_start(text: str, start: int) -> bool:
    """Return whether a definition may begin at a line: the line before is not of a paragraph."""
    if start == 0:
        return True
    before = max(text.rfind("\n", 0, start - 1) + 1, start - _MAX_LINE)
    return _INTERRUPTS.match(text[before : start - 1]) is not None


def _destination(rest: str, text: str, end: int) -> dict[str, str] | None:
    if not rest.strip():
        # The destination may stand on the next line.
        line_end = text.find("\n", end + 1)
        rest = clean_lines(text[end + 1 : len(text) if line_end < 0 else line_end]).strip()
        if not rest:
            return None
    result = parseLinkDestination(rest, 0, len(rest))
    if not result.ok:
        return None
    tail = rest[result.pos :]
    if tail.strip() and (not tail[0].isspace() or tail.strip()[:1] not in _TITLE_STARTS):
        return None
    return {"href": result.str, "title": ""}
