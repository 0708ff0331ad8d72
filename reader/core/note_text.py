"""The plain text of a note in Markdown: its lines without the signs of the markup."""

from __future__ import annotations

import re

from reader.safe_text import sanitise

MOST_LENGTH = 8_000
"""The most code points of a note that are made plain: more than a large window shows."""

_FENCE_OR_RULE = re.compile(r" {0,3}(?:`{3,}[^`]*|~{3,}.*|(?:[-*_] *){3,}|=+ *)")
_PREFIXES = re.compile(r"(?:[ \t]*>)+[ \t]?")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+(?:\[([ xX])\][ \t]+)?")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\s]*(?:[ \t]+[^()\n]*)?\)|\[[^\[\]\n]*\])")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_ELEMENT = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s([^<>\n]*))?/?>")
# No pattern looks further than the next sign of its kind, so that none takes quadratic time.
_EMPHASIS = {
    "*": re.compile(r"(?<![*\\])\*{1,3}(?![*\s])([^*\n]+?)(?<![\s\\])\*{1,3}(?!\*)"),
    "_": re.compile(r"(?<![\w\\])_{1,3}(?![_\s])([^_\n]+?)(?<![\s\\_])_{1,3}(?!\w)"),
    "~~": re.compile(r"(?<!\\)~~(?!\s)([^~\n]+?)(?<!\s)~~"),
}
_MARKUP = re.compile(r"[-*_~`\[<>\\#+=]")
"""Matches a character without which a line has no markup."""

_HIDING = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\{\{([^{}\n]+)\}\}")
"""Matches words in double braces, and code, in which braces mean nothing."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_note(markdown: str, most: int = MOST_LENGTH) -> str:
    """Return a note as plain text that is safe to show, without empty lines.

    Signs of headings, emphasis, quotations, links, code and hidden words are left out; items of
    lists begin with a sign. What is no markup stays as it is.

    Args:
        markdown: The note.
        most: The most code points of it to read; a longer note is cut there, and ends with ``…``.
    """
    text = sanitise(markdown[:most]).replace("\t", "    ")
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    text = without_braces(text)
    lines = [line for line in map(_plain_line, text.split("\n")) if line]
    return "\n".join(lines) + ("…" if len(markdown) > most else "")


def holds_note(text: str, note: str) -> bool:
    """Return whether the paragraphs of a note are in a text, one after another."""
    paragraphs, wanted = _paragraphs(text), _paragraphs(note)
    return any(
        paragraphs[start : start + len(wanted)] == wanted
        for start in range(len(paragraphs) - len(wanted) + 1)
    )


def joined_notes(text: str, note: str) -> str:
    """Return a text with a note behind it as a paragraph."""
    return f"{text.rstrip()}\n\n{note}" if text.strip() else note


def _paragraphs(note: str) -> list[str]:
    """Return the paragraphs of a note, without white space at the ends of their lines."""
    lines = "\n".join(line.rstrip() for line in note.splitlines())
    return [each.strip("\n") for each in lines.split("\n\n") if each.strip("\n")]


def words_in_braces(markdown: str) -> list[str]:
    """Return what stands in double braces in a note, in its order; code is left out."""
    if "{{" not in markdown:
        return []
    return [match[2] for match in _HIDING.finditer(markdown) if match[2]]


def without_braces(markdown: str) -> str:
    """Return a note without its double braces, which hide words in a review; code stays."""
    if "{{" not in markdown:
        return markdown
    return _HIDING.sub(lambda match: match[2] or match[0], markdown)


def _plain_line(line: str) -> str:
    """Return a line without its markup; empty where it is nothing else."""
    if not _MARKUP.search(line):
        return line.rstrip()
    line = _PREFIXES.sub("", line, count=1) if _PREFIXES.match(line) else line
    if _FENCE_OR_RULE.fullmatch(line):
        return ""
    line = _HEADING.sub("", line, count=1) if _HEADING.match(line) else line
    item = _ITEM.match(line)
    sign = ""
    if item is not None:
        line = line[item.end() :]
        sign = item[1] + {None: "• ", " ": "☐ "}.get(item[2], "☑ ")
    return (sign + _without_marks(line)).rstrip()


def _without_marks(line: str) -> str:
    """Return a line without the marks of emphasis, links and code."""
    if "`" not in line:
        return _plain_words(line)
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(line):
        parts += [_plain_words(line[end : code.start()]), code[2].strip() or code[2]]
        end = code.end()
    return "".join([*parts, _plain_words(line[end:])])


def _plain_words(words: str) -> str:
    if "[" in words:
        words = _IMAGE_OR_LINK.sub(r"\1", words)
    if "<" in words:
        words = _ELEMENT.sub(_without_element, _ADDRESS.sub(r"\1", words))
    for sign, pattern in _EMPHASIS.items():
        if sign in words:
            words = pattern.sub(r"\1", words)
    return _ESCAPED.sub(r"\1", words) if "\\" in words else words


def _without_element(element: re.Match[str]) -> str:
    """Return nothing for an element of HTML; what has no attributes of one, as in a <b and c>."""
    attributes = (element[1] or "").rstrip("/ ")
    return element[0] if attributes and "=" not in attributes else ""
