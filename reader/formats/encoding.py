"""Decodes bytes as text: finds their encoding, and refuses bytes that are not text."""

from __future__ import annotations

import codecs
import importlib
import unicodedata
from collections import Counter
from typing import Any

from reader.errors import SourceError
from reader.formats.cleaning import normalise_newlines, strip_escapes
from reader.formats.cyrillic import cyrillic_encoding
from reader.formats.patterns import pattern
from reader.safe_text import REPLACEMENT

_MARKS = (
    # UTF-32 before UTF-16, since the mark of UTF-32 begins with the mark of UTF-16.
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ISO_2022_JP = pattern(rb"\x1b(?:\$[@B]|\([IJ]|\$\(D)")

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x00asm", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"ID3", "a sound file"),
    (b"RIFF", "a picture, sound or film file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_SNIFFED = 65536
"""The number of bytes that decide between text and binary data."""

_READ_AS = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")

_WESTERN = pattern(
    r"cp125[0247]|latin_1|iso8859_(?:1|2|3|4|9|10|13|14|15|16)|mac_|cp(?:437|8\d\d)|hp_"
)
_EASTERN = (
    "Polish Czech Hungarian Slovak Slovene Croatian Romanian Turkish Lithuanian Latvian Estonian"
)
_EASTERN_LATIN = frozenset(_EASTERN.split())


_BLANK_LE = pattern(rb"[ \n\r]\0")
_BLANK_BE = pattern(rb"\0[ \n\r]")


def read_text(data: bytes, name: str = "", charset: str = "") -> str:
    r"""Decode ``data``, with ``\n`` at the end of lines and without escape sequences.

    Args:
        data: The bytes of a file.
        name: The name of the source in errors.
        charset: The encoding that an HTTP header or the like names; may be wrong.

    Raises:
        SourceError: The bytes are not text.
    """
    return strip_escapes(normalise_newlines(decode(data, name, charset)))


def decode(data: bytes, name: str = "", charset: str = "") -> str:
    """Decode ``data`` in its most likely encoding.

    The order of attempts: a byte order mark, ISO-2022-JP by its escapes, UTF-16 by its zero bytes,
    strict UTF-8, ``charset``, UTF-8 with a few faults, a guess by the statistics of languages,
    Windows-1252.

    Raises:
        SourceError: The bytes are not text; the message names what they look like.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    _refuse_signature(data, name)
    has_escapes = b"\x1b" in data  # ten times as fast as the search for the pattern
    if has_escapes and _ISO_2022_JP.search(data) and (text := _strictly(data, "iso2022_jp_2")):
        return text
    sample = data[:_SNIFFED]
    if b"\0" in sample and (encoding := _wide_encoding(sample)):
        return data.decode(encoding, "replace")
    if charset.lower().startswith("utf-16") and (text := _strictly(data, charset)):
        return text
    _refuse_binary(sample, name)
    text = _strictly(data, "utf-8")
    if text is None and charset:
        # Servers that call everything Latin-1 send Windows-1252 in the cases that are right.
        text = _strictly(data, _READ_AS.get(charset.lower().replace("_", "-"), charset))
    return _decode_unmarked(data) if text is None else text


def _refuse_signature(data: bytes, name: str) -> None:
    kind = next((what for magic, what in _SIGNATURES if data.startswith(magic)), "")
    if not kind and data[4:8] == b"ftyp":
        kind = "a film or a picture"
    if not kind and data.startswith((b"BM", b"MZ")) and b"\0" in data[:64]:
        kind = "a picture" if data.startswith(b"BM") else "a program"
    if kind == "a rich text document":
        raise SourceError("Not a plain text", f"{_named(name)} is {kind}: read it as rtf.")
    # Letters alone prove nothing: a text may begin with "ID3" or "RIFF".
    if kind and (not data[:512].isascii() or b"\0" in data[:_SNIFFED] or kind.startswith("a PDF")):
        raise SourceError("Not a text", f"{_named(name)} looks like {kind}, not like text.")


def _refuse_binary(sample: bytes, name: str) -> None:
    # A text has no zero bytes and few control characters, which are shown as signs.
    controls = len(sample) - len(sample.translate(None, bytes(_CONTROLS)))
    zeros = sample.count(0)
    if (controls > 16 and controls * 20 > len(sample)) or (
        zeros > 4 and zeros * 1000 > len(sample)
    ):
        raise SourceError(
            "Not a text", f"{_named(name)} holds binary data, which cannot be shown as text."
        )


_CONTROLS = [code for code in range(0x20) if code not in (0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B)]


def _named(name: str) -> str:
    return name or "The source"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None  # other bytes, or an encoding that Python does not know


def _wide_encoding(sample: bytes) -> str:
    """Return UTF-16 or UTF-32 if the positions of zero bytes show it, else an empty string."""
    quarters = [sample[place::4].count(0) for place in range(4)]
    size = max(len(sample) // 4, 1)
    filled = [count > 0.4 * size for count in quarters]
    if filled == [False, True, True, True]:
        return "utf-32-le"
    if filled == [True, True, True, False]:
        return "utf-32-be"
    even, odd = quarters[0] + quarters[2], quarters[1] + quarters[3]
    if odd > 0.6 * size and even * 20 < odd:
        return "utf-16-le"
    if even > 0.6 * size and odd * 20 < even:
        return "utf-16-be"
    return _wide_script(sample)


def _wide_script(sample: bytes) -> str:
    """Return UTF-16 if a sample decodes as text of one or two scripts, else an empty string.

    Letters outside Latin have no zero byte, but the spaces and line ends between them have one,
    and only in the right byte order.
    """
    even = sample[: len(sample) // 2 * 2]
    for encoding, blank in (("utf-16-le", _BLANK_LE), ("utf-16-be", _BLANK_BE)):
        if any(match.start() % 2 == 0 for match in blank.finditer(even)) and _is_of_few_scripts(
            even.decode(encoding, "replace")
        ):
            return encoding
    return ""


def _is_of_few_scripts(text: str) -> bool:
    """Return whether a text looks written by people: letters of scripts that occur together."""
    scripts = Counter(
        "CJK"
        if (character >= "\u3000" and character <= "\u9fff") or character >= "\uac00"
        else ord(character) >> 8
        for character in text
        if character.isalpha()
    )
    plain = sum(
        character.isspace() or unicodedata.category(character)[0] in "LPNSM" for character in text
    )
    usual = sum(count for _, count in scripts.most_common(2))
    return bool(usual) and plain >= 0.98 * len(text) and usual >= 0.95 * scripts.total()


def _decode_unmarked(data: bytes) -> str:
    """Decode bytes that are not strict UTF-8 and have no byte order mark."""
    text = data.decode("utf-8", "replace")
    faults = text.count(REPLACEMENT)
    if (len(data) - len(text)) > 20 * faults:
        # Most characters outside ASCII are right: a damaged UTF-8 file, not another encoding.
        return text
    guess = cyrillic_encoding(data) or _guess(data)
    text = _strictly(data, guess) or "" if guess else ""
    return text or data.decode("cp1252", "replace")


def _guess(data: bytes) -> str:
    """Return the encoding that the statistics of languages suggest, or an empty string."""
    charset_normalizer: Any = importlib.import_module("charset_normalizer")
    first = next(place for place, byte in enumerate(data) if byte > 0x7F)
    start = max(data.rfind(b"\n", 0, first), first - 2048, 0)
    best = charset_normalizer.from_bytes(data[start : start + 16384]).best()
    if best is None:
        return ""
    encoding = str(best.encoding)
    # Latin encodings differ in a few letters: the most common is the best guess, unless the
    # language needs another one.
    if _WESTERN.match(encoding) and best.language not in _EASTERN_LATIN:
        return "cp1252"
    return encoding
