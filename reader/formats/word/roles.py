"""The meaning of the styles of word processors, by their names.

Word and LibreOffice use the English names of their own styles in most languages. Other programs,
and people who define styles, use names in their own language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final

MAX_ANCESTORS: Final = 20
"""The most styles in a chain of styles that are based on each other."""

LONGEST_HEADING: Final = 300
"""The longest heading, in code points; a longer paragraph is running text, whatever its style."""

LONGEST_OUTLINE: Final = 150
"""The longest heading by outline level alone, in code points: clauses of contracts have outline
levels too."""


class Role(StrEnum):
    """The meaning of a paragraph; a heading also has a level."""

    BODY = ""
    HEADING = "heading"
    OUTLINE = "outline"
    """A heading by its outline level, unless it reads like running text."""
    TITLE = "title"
    SUBTITLE = "subtitle"
    QUOTE = "quote"
    CODE = "code"
    CAPTION = "caption"
    TABLE_HEAD = "table head"
    CONTENTS = "contents"
    """A line of a table of contents or of an index, with page numbers of the printed document."""


_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nadpis|"
    r"nagłówek|заголовок|заглавие|επικεφαλίδα|başlık|címsor|titlu|标题|標題|見出し|제목)"
    r"\s*([1-9])(?:\s+(?:char|zchn|car))?"
)
_CONTENTS = re.compile(
    r"(?:toc|contents|index|illustration index|figure index|table index|object index|user index|"
    r"verzeichnis|tm|inhopg) (?:[0-9]{1,2}|heading|separator)"
    r"|table of figures|table of authorities|toc[0-9]|contents heading"
)
_NAMES: Final = {
    Role.TITLE: "title|titel|titre|título|titulo|titolo|otsikko|название|标题|표제|表題",
    Role.SUBTITLE: "subtitle|untertitel|sous-titre|subtítulo|sottotitolo|ondertitel|underrubrik",
    Role.QUOTE: (
        "quote|intense quote|block text|quotations|quotation|block quotation|block quote|"
        "blockquote|zitat|intensives zitat|citation|citation intense|cita|cita destacada|citação|"
        "citazione|citazione intensa|citaat|duidelijk citaat|citat|starkt citat|sitat|lainaus|"
        "cytat|citát|idézet|цитата|выделенная цитата|引用|引用文|明显引用|인용|alıntı"
    ),
    Role.CODE: (
        "preformatted text|html preformatted|source code|code|code block|plain text|verbatim|"
        "listing|quelltext|html vorformatiert|macro text|preformatted"
    ),
    Role.CAPTION: (
        "caption|illustration|drawing|figure|table|image caption|table caption|beschriftung|"
        "légende|didascalia|leyenda|bijschrift|bildtext|podpis|название объекта|题注|図表番号"
    ),
    Role.TABLE_HEAD: "table heading|table header|tabellenüberschrift",
}
_ROLES: Final = {name: role for role, names in _NAMES.items() for name in names.split("|")}


def role_of_name(name: str) -> tuple[Role, int] | None:
    """Return the role and the heading level that a style's name shows; None if it shows none."""
    folded = " ".join(name.casefold().replace("_20_", " ").replace("-", " ").split())
    if match := _HEADING.fullmatch(folded):
        return Role.HEADING, int(match[1])
    if role := _ROLES.get(folded) or _ROLES.get(name.casefold()):
        return role, 0
    if _CONTENTS.fullmatch(folded):
        return Role.CONTENTS, 0
    return None


def role_of_style(
    style: str, name_of: Callable[[str], str], parent_of: Callable[[str], str]
) -> tuple[Role, int]:
    """Return the role of a style by its name, or by the names of the styles that it is based on.

    Args:
        style: The style's key.
        name_of: Returns the name of a style by its key.
        parent_of: Returns the key of the style that a style is based on, or an empty string.
    """
    for _ in range(MAX_ANCESTORS):
        if not style:
            break
        if found := role_of_name(name_of(style)):
            return found
        style = parent_of(style)
    return Role.BODY, 0
