"""The words that Markdown of Margin's shows: without escapes, quotation signs and markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_ESCAPED = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_FENCE = re.compile(r"(`{3,}|~{3,})")
_STRONG = re.compile(r"(?<!\\)\*\*")
_MARKERS = re.compile(r"(?:>[ ]?|-[ ](?:\[[ xX]\][ ])?|[*+][ ]|\d{1,9}[.)][ ])+")
_BREAK = re.compile(r"([-*_])(?:[ \t]*\1){2,}")
"""A thematic break, which formatters of Markdown write with other signs."""
_SHOWN_BREAK = "*"
"""What stands for a thematic break; digests in files that Margin wrote are of it."""
_RULE = re.compile(r"[|:\- ]+")
_BAR = re.compile(r"(?<!\\)\|")


def plain(markdown: str) -> str:
    """Return a line of Markdown with its escapes and entities as the characters they show."""
    if "\\" not in markdown and "&" not in markdown:
        return markdown
    return _ESCAPED.sub(lambda match: match[1] or html.unescape(match[2]), markdown)


def quoted_words(lines: Iterable[str]) -> str:
    """Return the words of a passage, which may hold paragraphs, lists, tables and code.

    Args:
        lines: The lines of its block quote, without the signs of that.
    """
    words: list[str] = []
    fence = ""
    for line in lines:
        bare = line.strip()
        if fence:
            fence = "" if closes_fence(bare, fence) else fence
            words += [line] if fence else []
            continue
        if _BREAK.fullmatch(bare):
            words.append(_SHOWN_BREAK)
            continue
        bare = _MARKERS.sub("", bare, count=1) if _MARKERS.match(bare) else bare
        opening = _FENCE.match(bare)
        if opening:
            fence = opening[0]
        elif bare.startswith("|"):
            is_rule = _RULE.fullmatch(bare) is not None
            words += (
                []
                if is_rule
                else [" ".join(plain(cell.strip()) for cell in _BAR.split(bare)).strip()]
            )
        else:
            words.append(plain(_STRONG.sub("", bare)))
    return "\n".join(words).strip()


def strong_words(lines: Sequence[str]) -> tuple[str, str, str]:
    """Return what stands before the first strong words of some lines, these, and what follows.

    All three are empty where no words are strong.
    """
    parts = _STRONG.split(" ".join(line.strip() for line in lines), maxsplit=2)
    if len(parts) < 3:
        return "", "", ""
    before, words, after = map(plain, parts)
    return before, words.strip(), after


def closes_fence(line: str, fence: str) -> bool:
    """Return whether a line ends the code block that ``fence`` began."""
    trimmed = line.rstrip(" \t")
    body = trimmed.lstrip(" ")
    return len(trimmed) - len(body) <= 3 and body.startswith(fence) and not body.strip(fence[0])
