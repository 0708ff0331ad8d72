"""Recognises single lines of plain text: a heading, an item, a rule, a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_HEADING = 90
"""The longest heading, in code points."""
MAX_HEADING_WORDS = 13
MAX_TITLE = 160
"""The longest title, in code points."""
PROSE_LENGTH = 80
"""A longer line is prose, whatever its last character; in code points."""

_RULE = re.compile(r"\s*(?:(?:[*\-_=~•·#+—–.◦☆★✦⁂❦]\s*){3,}|[⁂❦☙✦]|\*|#)\s*")
_ITEM = re.compile(
    r"(\s*)(?:([•◦▪‣·●○■□–*+-])|(\(?\d{1,4}[.)]|\(?[a-zA-Z][)]|[☐☑☒✓✔]))(?:[ \t\u00a0]+)(?=\S)"
)
_DIVISIONS = (
    "chapter|part|book|volume|canto|act|scene|section|letter|appendix|stave|kapitel|teil|buch|band"
    "|akt|szene|chapitre|partie|livre|tome|acte|scène|capítulo|parte|libro|acto|escena"
)
_ORDINALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|first|second|third|last|eins|zwei|drei|premier|première"
    "|deux|trois|primero|primera|uno|dos|tres"
)
_LONE_PARTS = (
    "prologue|epilogue|preface|foreword|introduction|contents|afterword|acknowledge?ments|appendix"
    "|prolog|epilog|vorwort|nachwort|einleitung|prólogo|epílogo|avant-propos|conclusion|abstract"
    "|references|bibliography|notes|summary"
)
_CHAPTER = re.compile(
    rf"(?:{_DIVISIONS})\s+(?:[ivxlcdm]+|\d{{1,4}}|the \w+"
    rf"|(?:(?:twenty|thirty|forty|fifty)-?)?(?:{_ORDINALS})|twenty|thirty|forty|fifty)\b"
    r"[.:]?(?:\s*[—–:.-]?\s*\S.{0,80})?"
    rf"|(?:{_LONE_PARTS})\.?"
    r"|第[一二三四五六七八九十百千\d]{1,5}[章回節节部篇](?:\s*\S.{0,40})?",
    re.IGNORECASE,
)
_UPPER_PARTS = re.compile(
    r"(?:part|book|volume|teil|buch|band|partie|livre|tome|parte|libro)\b", re.IGNORECASE
)
_ROMAN = re.compile(r"(?:[IVXLC]{1,7}|\d{1,3})\.?")
_ENDS = (".", "!", ":", ";", ",", "…", "。", "！", "：", "；", "，", "、", "...")
_QUESTIONS = ("?", "？")
_CLOSING = "\"'”’»›)]}」』）*_"
_DIALOGUE = (
    "—",
    "–",
    "-",
    "―",
    "…",
    "...",
    "&",
    "@",
    "©",
    "|",
    "/",
    ">",
    "<",
    "{",
    "}",
    "=",
    "\\",
    "$ ",
    "+",
    "~",
    "http",
    "www.",
)
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
_LINKING = re.compile(r"[=<>{}\\|]|https?:|\S@\S|\s{3,}|\d\d:\d\d:\d\d")


class ListItem(NamedTuple):
    """The marker of a list item's line."""

    marker: str
    """The marker as it is shown."""
    length: int
    """The length of the marker with the spaces around it, in code points."""
    indent: int
    """The number of spaces before the marker."""
    is_numbered: bool
    """Whether the marker is a number or a letter that counts."""


def is_rule(line: str) -> bool:
    """Return whether a line only separates the text above it from the text below."""
    if len(line) > 200 or _RULE.fullmatch(line) is None:
        return False
    return "+" not in line or not ("-" in line or "=" in line)  # else it frames a table


def underline_level(line: str) -> int:
    """Return the level of the heading that a line of signs underlines: 2, 3, or 0 for none."""
    match = _UNDERLINE.fullmatch(line) if len(line) <= 200 else None
    return 0 if match is None else 2 if match[1][0] in "=*" else 3


def read_item(line: str) -> ListItem | None:
    """Return the marker of a list item; None if the line is none."""
    match = _ITEM.match(line)
    if match is None:
        return None
    indent, bullet, number = match.groups()
    if bullet == "–" and indent == "" and line[match.end()].islower():
        return None
    marker = "•" if bullet else number
    marker = {"✓": "☑", "✔": "☑", "☒": "☑"}.get(marker, marker)
    is_numbered = bool(number) and number[-1] in ".)"
    return ListItem(marker, match.end(), len(indent.expandtabs(4)), is_numbered)


def chapter_level(line: str) -> int:
    """Return the level of a chapter's line, or 0 if it is none."""
    stripped = line.strip()
    if len(stripped) > MAX_HEADING or _CHAPTER.fullmatch(stripped) is None:
        return 0
    if stripped[:1].islower() or (stripped.endswith(".") and len(stripped.split()) > 8):
        return 0
    return 2


def is_part(line: str) -> bool:
    """Return whether a chapter's line names a part of a work, with chapters below it."""
    return _UPPER_PARTS.match(line.strip()) is not None


def is_section_number(line: str) -> bool:
    """Return whether a line is only a number, as above a section."""
    return _ROMAN.fullmatch(line.strip()) is not None


def is_all_caps(line: str) -> bool:
    """Return whether a line is in capitals, as headings on typewriters were."""
    stripped = line.strip()
    if not 4 <= len(stripped) <= MAX_HEADING or not stripped.isupper():
        return False
    letters = sum(map(str.isalpha, stripped))
    return (
        letters >= 4
        and letters * 2 >= len(stripped)
        and not stripped.endswith((",", ";", ":", "!"))
    )


def ends_sentence(line: str) -> bool:
    """Return whether a line ends in punctuation, but not in a question mark."""
    core = line.rstrip(_CLOSING)
    return core.endswith(_ENDS)


def is_question(line: str) -> bool:
    """Return whether a line ends in a question mark."""
    return line.rstrip(_CLOSING).endswith(_QUESTIONS)


def is_prose(line: str) -> bool:
    """Return whether a line reads as running text."""
    return len(line) > PROSE_LENGTH or ends_sentence(line)


def may_be_heading(line: str) -> bool:
    """Return whether a single line could be a heading: short, no sentence, no dialogue."""
    if len(line) > MAX_HEADING or line[0].isspace() or ends_sentence(line):
        return False
    if line.startswith(_DIALOGUE) or not any(map(str.isalpha, line)):
        return False
    words = line.count(" ") + 1
    if words > MAX_HEADING_WORDS or _LINKING.search(line):
        return False
    # Text in double quotation marks is speech, and so is a question in any.
    if line[0] in '"“„«':
        return False
    return not is_question(line) or (words <= 12 and line[0] not in "'‘")


def may_be_title(line: str) -> bool:
    """Return whether the first line could be the title."""
    stripped = line.strip()
    if not stripped or len(stripped) > MAX_TITLE or stripped.startswith(_DIALOGUE):
        return False
    if not any(map(str.isalnum, stripped)) or _LINKING.search(stripped):
        return False
    core = stripped.rstrip(_CLOSING)
    if core.endswith((",", ";", ":", "，", "；", "：")):
        return False
    if core.endswith((".", "。", "…")):
        return is_all_caps(stripped) or core.endswith(("...", "…"))
    return stripped.count(" ") < 26
