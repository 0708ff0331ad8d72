"""The characters of symbol fonts, which word processors write as codes of the font."""

from __future__ import annotations

from typing import Final

_SYMBOL: Final = (
    " !∀#∃%&∍()*+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~�"
    "��������������������������������"
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
)
_WINGDINGS: Final = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•",
    0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: int) -> str:
    """Return the character for a code of a symbol font.

    Args:
        font: The font's name, which may be that of a font of letters.
        code: 32 to 255, or the same plus U+F000, where such fonts stand in Unicode.

    Returns:
        The character, or an empty string if Unicode has none or the font is another one.
    """
    code_in_font = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    folded = font.casefold()
    if folded.startswith("wingdings"):
        return _WINGDINGS.get(code_in_font, "") if folded == "wingdings" else ""
    if not folded.startswith("symbol"):
        return ""
    if 0x20 <= code_in_font <= 0xFF and (character := _SYMBOL[code_in_font - 0x20]) != "\ufffd":
        return character
    return ""


def is_symbol_font(font: str) -> bool:
    """Return whether the name of a font is that of a symbol font."""
    return font.casefold().startswith(("symbol", "wingdings", "webdings"))
