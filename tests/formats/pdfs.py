"""Makes PDF files for the tests and the samples: text at positions, in standard fonts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 "
    "556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 "
    "722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 "
    "556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 "
    "260 334 584"
)
WIDTHS = [int(one) for one in _WIDTHS.split()]
"""The widths of Helvetica's characters from the space on, in thousandths of the size."""

PAGE = (420.0, 595.0)
"""The size of A5, in points."""


class Piece(NamedTuple):
    """A text at a position."""

    x: float
    y: float
    size: float
    text: str
    is_bold: bool = False
    is_sideways: bool = False


class Picture(NamedTuple):
    """A grey picture, as a scanned page is one."""

    left: float
    bottom: float
    right: float
    top: float


class Link(NamedTuple):
    """The area of a link to an address, or to a page by its index."""

    left: float
    bottom: float
    right: float
    top: float
    target: str | int


def width(text: str, size: float) -> float:
    """Return the width of a text, in points."""
    return sum(map(_width, text)) * size / 1000


def _width(letter: str) -> int:
    if " " <= letter < "\x7f":
        return WIDTHS[ord(letter) - 32]
    return 1000 if east_asian_width(letter) == "W" else 500


def wrap(text: str, size: float, room: float, indent: float = 0.0) -> Iterator[str]:
    """Yield the lines of a paragraph; long words are split at the ends of lines."""
    line, left = "", room - indent
    for word in text.split():
        joined = f"{line} {word}".lstrip()
        if width(joined, size) <= left:
            line = joined
            continue
        cut = next(
            (
                cut
                for cut in range(len(word) - 3, 3, -1)
                if word.isalpha()
                and word[cut - 1] in "aeiou"
                and width(f"{line} {word[:cut]}-", size) <= left
            ),
            0,
        )
        yield f"{line} {word[:cut]}-" if cut else line
        line, left = word[cut:], room
    if line:
        yield line


def pdf(
    pages: Sequence[Iterable[Piece | Picture]],
    *,
    info: dict[str, str] | None = None,
    contents: Sequence[tuple[str, int]] = (),
    links: Sequence[Sequence[Link]] = (),
    fields: Sequence[tuple[float, float, float, float, str]] = (),
    annotations: Sequence[Sequence[str]] = (),
    labels: str = "",
    extra: str = "",
    is_encrypted: bool = False,
) -> bytes:
    """Return a PDF.

    Args:
        pages: The text of each page, and its pictures. Text that Windows' Latin alphabet lacks is
            set in a font of its own, which says which letters its codes mean.
        info: Title, Author and so on.
        contents: Titles and the numbers of their pages, from 0.
        links: The links of each page.
        fields: The form fields of the first page: left, bottom, right, top and the text.
        annotations: The annotations of each page, as ``marked`` makes them; ``@0`` in one stands
            for the page's first annotation.
        labels: The numbers of the pages, as the entries of a number tree.
        extra: More entries of the trailer.
        is_encrypted: Whether it is encrypted, with an empty password that opens it.
    """
    key = _KEY if is_encrypted else b""
    objects: list[bytes] = [b"", b""]

    def add(body: str | bytes) -> int:
        objects.append(body.encode("cp1252") if isinstance(body, str) else body)
        return len(objects)

    fonts = [
        add(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    pages = [list(pieces) for pieces in pages]
    texts = [one.text for pieces in pages for one in pieces if isinstance(one, Piece)]
    codes = {letter: code for code, letter in enumerate(sorted(set("".join(texts))), 1)}
    if not all(map(_is_latin, texts)):
        fonts.append(_add_font(add, codes))
    named = "".join(f"/F{number} {font} 0 R" for number, font in enumerate(fonts))
    kids: list[int] = []
    first = len(objects) + 2 + len(fields)
    made: list[bytes] = []
    first_made = len(objects) + 2 * len(pages) + len(fields) + 1
    for number, pieces in enumerate(pages):
        content = "".join(_shown(one, codes) for one in pieces).encode("cp1252")
        content = _encrypted(content, key, len(objects) + 1)
        stream = add(b"<</Length %d>>stream\n%sendstream" % (len(content), content))
        listed = "".join(
            _annotation(one, first) for one in (links[number] if number < len(links) else ())
        )
        if not number:
            listed += "".join(_field(add, fonts[0], one) for one in fields)
        own = annotations[number] if number < len(annotations) else ()
        start = first_made + len(made)
        made += (_with_references(one, start) for one in own)
        listed += "".join(f" {start + place} 0 R" for place in range(len(own)))
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]:g} {PAGE[1]:g}]/Contents "
                f"{stream} 0 R{listed and f'/Annots[{listed}]'}"
                f"/Resources<</Font<<{named}>>>>>>"
            )
        )
    objects += made
    outline = _add_contents(add, contents, kids, len(objects))
    numbering = f"/PageLabels<</Nums[{labels}]>>" if labels else ""
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{outline}{numbering}>>".encode()
    listed = " ".join(f"{one} 0 R" for one in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>".encode()
    entries = "".join(f"/{key}({_escaped(value)})" for key, value in (info or {}).items())
    facts = "" if is_encrypted else f"/Info {add(f'<<{entries}>>')} 0 R"
    return _file(objects, f"{facts}{extra}{_ENCRYPTION if is_encrypted else ''}")


def marked(pieces: Sequence[Piece], words: str, entries: str = "", kind: str = "Highlight") -> str:
    """Return an annotation of the words that stand in one piece or go on over several.

    Args:
        pieces: Lines of a page, in their order.
        words: The words, with ``|`` at the ends of lines.
        entries: More entries of the annotation, such as ``/Contents(why?)``.
        kind: Its subtype.
    """
    parts = words.split("|")
    first = next(at for at, one in enumerate(pieces) if parts[0] in one.text)
    boxes = []
    for piece, part in zip(pieces[first:], parts, strict=False):
        left = piece.x + width(piece.text[: piece.text.index(part)], piece.size)
        right = left + width(part, piece.size)
        boxes.append((left, piece.y - 0.2 * piece.size, right, piece.y + 0.8 * piece.size))
    quads = " ".join(f"{x:f} {t:f} {r:f} {t:f} {x:f} {b:f} {r:f} {b:f}" for x, b, r, t in boxes)
    edges = [
        f(side) for f, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
    ]
    area = " ".join(f"{edge:f}" for edge in edges)
    return f"<</Type/Annot/Subtype/{kind}/Rect[{area}]/QuadPoints[{quads}]{entries}>>"


def _with_references(annotation: str, start: int) -> bytes:
    """Return an annotation with the object numbers of others, which follow each other."""
    return re.sub(r"@(\d+)", lambda at: f"{start + int(at[1])} 0 R", annotation).encode("latin-1")


def page_of(
    content: bytes, resources: str, forms: Sequence[tuple[str, bytes]], head: str = ""
) -> bytes:
    """Return a PDF of one page with the given content.

    Args:
        content: The instructions that draw the page.
        resources: More entries of its resources; its font is F0.
        forms: The entries and the content of its streams, from object 6 on.
        head: More entries of the content's stream.
    """
    streams = [(head, content), *forms]
    stored = [
        b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode(), len(data), data)
        for entries, data in streams
    ]
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]:g} {PAGE[1]:g}]/Contents 4 0 R"
        f"/Resources<</Font<</F0 5 0 R>>{resources}>>>>"
    )
    return _file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page.encode(),
            stored[0],
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *stored[1:],
        ],
        "",
    )


def _shown(one: Piece | Picture, codes: dict[str, int]) -> str:
    if isinstance(one, Picture):
        matrix = (
            f"{one.right - one.left:g} 0 0 {one.top - one.bottom:g} {one.left:g} {one.bottom:g}"
        )
        return f"q {matrix} cm BI /W 1 /H 1 /CS /G /BPC 8 ID @ EI Q\n"
    place = f"{one.x:.2f} {one.y:.2f}"
    place = f"0 1 -1 0 {place} Tm" if one.is_sideways else f"{place} Td"
    if _is_latin(one.text):
        font, shown = int(one.is_bold), f"({_escaped(one.text)})"
    else:
        font, shown = 2, f"<{''.join(f'{codes[letter]:04x}' for letter in one.text)}>"
    return f"BT /F{font} {one.size:g} Tf {place} {shown} Tj ET\n"


def _is_latin(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _add_font(add: Callable[[str | bytes], int], codes: dict[str, int]) -> int:
    """Add a font for letters of any script, with codes of its own, as programs embed them."""
    meant = "".join(
        f"1 beginbfchar <{code:04x}> <{letter.encode('utf-16-be').hex()}> endbfchar\n"
        for letter, code in codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{meant}endcmap end end\n"
    )
    to_unicode = add(f"<</Length {len(cmap)}>>stream\n{cmap}endstream")
    widths = " ".join(str(int(1000 * width(letter, 1))) for letter in codes)
    descriptor = add(
        "<</Type/FontDescriptor/FontName/Margin/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        "/Ascent 900/Descent -200/CapHeight 700/StemV 80>>"
    )
    descendant = add(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Margin/CIDSystemInfo<</Registry(Adobe)"
        f"/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 500"
        f"/W[1[{widths}]]>>"
    )
    return add(
        "<</Type/Font/Subtype/Type0/BaseFont/Margin/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
    )


def _annotation(link: Link, first: int) -> str:
    area = f"[{' '.join(f'{edge:f}' for edge in link[:4])}]"  # PDF has no exponents.
    if isinstance(link.target, int):
        goal = f"/Dest[{first + 2 * link.target} 0 R/Fit]"
    else:
        goal = f"/A<</S/URI/URI({_escaped(link.target)})>>"
    return f"<</Type/Annot/Subtype/Link/Rect{area}{goal}>>"


def _field(add, font, field) -> str:  # type: ignore[no-untyped-def]
    left, bottom, right, top, text = field
    shown = f"/Tx BMC BT /F0 9 Tf 2 4 Td ({_escaped(text)}) Tj ET EMC"
    form = add(
        f"<</Type/XObject/Subtype/Form/BBox[0 0 {right - left:g} {top - bottom:g}]"
        f"/Resources<</Font<</F0 {font} 0 R>>>>/Length {len(shown)}>>stream\n{shown}\nendstream"
    )
    area = f"[{left:g} {bottom:g} {right:g} {top:g}]"
    return (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/F 4/V({_escaped(text)})/Rect{area}"
        f"/AP<</N {form} 0 R>>>>"
    )


# Encryption with 40 bits, as the first versions of PDF have it

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_OWNER = b"\x41" * 32
_KEY = hashlib.md5(_PADDING + _OWNER + b"\xfc\xff\xff\xff" + b"\0" * 16).digest()[:5]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    other = 0
    for one in range(256):
        other = (other + state[one] + key[one % len(key)]) % 256
        state[one], state[other] = state[other], state[one]
    result = bytearray()
    one = other = 0
    for byte in data:
        one = (one + 1) % 256
        other = (other + state[one]) % 256
        state[one], state[other] = state[other], state[one]
        result.append(byte ^ state[(state[one] + state[other]) % 256])
    return bytes(result)


_ENCRYPTION = (
    f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{_OWNER.hex()}>/U<{_rc4(_KEY, _PADDING).hex()}>>>"
    f"/ID[<{'00' * 16}><{'00' * 16}>]"
)


def _encrypted(content: bytes, key: bytes, number: int) -> bytes:
    if not key:
        return content
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return _rc4(own, content)


def _add_contents(add, contents, kids, count) -> str:  # type: ignore[no-untyped-def]
    if not contents:
        return ""
    root, first = count + 1, count + 2
    last = first + len(contents) - 1
    add(f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(contents)}>>")
    for place, (title, page) in enumerate(contents):
        number = first + place
        before = f"/Prev {number - 1} 0 R" if place else ""
        after = f"/Next {number + 1} 0 R" if number < last else ""
        add(
            f"<</Title({_escaped(title)})/Parent {root} 0 R{before}{after}/Dest[{kids[page]} 0 R/Fit]>>"
        )
    return f"/Outlines {root} 0 R"


def _escaped(text: str) -> str:
    return re.sub(r"([\\()])", r"\\\1", text)


def _file(objects: list[bytes], trailer: str) -> bytes:
    data = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n".encode()
    data += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(data)


class Setter:
    """Sets paragraphs in columns, page after page."""

    def __init__(self, columns: int, *, size: float = 9.0, head: str = "") -> None:
        """Begin on the first page.

        Args:
            columns: The number of columns of a page.
            size: The size of running text.
            head: The header of every page but the first.
        """
        self._columns = columns
        self._size = size
        self._head = head
        self.pages: list[list[Piece]] = []
        self._gap = 22.0
        self._column = 0
        self._floor = 50.0
        self._new_page()

    @property
    def _room(self) -> float:
        return (PAGE[0] - 80 - self._gap * (self._columns - 1)) / self._columns

    @property
    def _x(self) -> float:
        return 40 + self._column * (self._room + self._gap)

    def _new_page(self) -> None:
        number = len(self.pages) + 1
        self.pages.append([Piece(PAGE[0] / 2 - 5, 24, 8, str(number))])
        if self._head and number > 1:
            self.pages[-1].append(Piece(40, PAGE[1] - 30, 8, f"{self._head} {number}"))
        self._column, self._top = 0, PAGE[1] - 56
        self._y = self._top

    def across(self, text: str, size: float, *, is_bold: bool = False) -> None:
        """Set text over the whole width, above the columns of the first page."""
        for line in wrap(text, size, PAGE[0] - 80):
            self.pages[-1].append(Piece(40, self._y, size, line, is_bold))
            self._y -= size * 1.3
        self._y -= 6
        self._top = self._y

    def heading(self, text: str) -> None:
        """Set a heading in bold."""
        self._y -= 6
        self._line(text, self._size + 2, is_bold=True)

    def paragraph(self, text: str, *, is_indented: bool = True) -> None:
        """Set a paragraph."""
        indent = 10.0 if is_indented else 0.0
        for number, line in enumerate(wrap(text, self._size, self._room, indent)):
            self._line(line, self._size, indent=0.0 if number else indent)

    def _line(self, text: str, size: float, *, indent: float = 0.0, is_bold: bool = False) -> None:
        if self._y < self._floor:
            self._column += 1
            self._y = self._top
            if self._column == self._columns:
                self._new_page()
        self.pages[-1].append(Piece(self._x + indent, self._y, size, text, is_bold))
        self._y -= size * 1.25
