"""Decodes a page, drops the data inside it, and makes a tidy tree of it."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from reader.errors import SourceError
from reader.formats.cleaning import clean, clean_line, normalise_newlines, strip_escapes
from reader.formats.encoding import decode
from reader.formats.html.wording import opened_parts, put_words_right
from reader.formats.tree.elements import BLOCKS
from reader.formats.tree.note_placing import place_notes

MAX_PAGE = 50_000_000
"""The largest page that is read, in bytes without the pictures and fonts inside it."""

MAX_PARAGRAPH = 65536
"""The longest paragraph, in characters; a longer text is split at a space, so that its layout is
fast."""

MIN_WITHOUT_SCRIPTS = 400
"""The shortest text for browsers without scripts that is the page's own, in letters; a shorter one
is only a hint."""

MAX_HIDDEN = 10
"""The most hidden elements around a hidden element that may be the article."""

MIN_HIDDEN = 300
"""The shortest hidden element that may be the article, in letters, if the page shows little else.
"""

_MOSTLY = 2
_NEVER_HIDDEN = ("body", "html", "main", "article")
_PAYLOAD = re.compile(rb"(?i)data:[\w.+/-]{0,80}(?:;[\w=.+-]{1,80}){0,4},[^\"'\s)>\\]{64,}")
_META_CHARSET = re.compile(
    rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}?encoding\s*=\s*"
    rb"[\"']([\w.:-]{2,40})"
)
_HEAD = 16384
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_CONTROL_REFERENCES = re.compile(
    r"(?i)&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f])|x0*fff[ef]|6553[45])"
    r"(?![0-9a-f]);?"
)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
# Labels that browsers decode differently from Python.
_BROWSER_ENCODINGS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_OTHER_NAMES = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-euc-jp": "euc_jp",
    "windows-874": "cp874",
    "koi8-ru": "koi8-u",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-user-defined": "cp1252",
    "unicode-1-1-utf-8": "utf-8",
}
_FEW_FAULTS = 50
_FEW_ZEROS = 50

_NESTING = re.compile(
    r"(?i)</?(?!(?:html|head|body|meta|title|script|style|h[1-6]|br|p|img)\b)([a-z][\w-]*)[^<>]*>"
)
_HIDDEN = etree.XPath(
    ".//*[@hidden or @popover"
    " or @style[contains(., 'display:none') or contains(., 'display: none')]"
    " or @class[contains(., 'sr-only') or contains(., 'screen-reader-text')"
    " or contains(., 'visually-hidden') or contains(., 'visuallyhidden')"
    " or contains(., 'mw-editsection')]]"
    " | .//*[@aria-hidden='true' and (self::span or self::a or self::i)]"
)
_CAPTIONS = etree.XPath(
    ".//*[@class and contains(@class, 'caption') and not(self::figcaption) and not(.//img)"
    " and not(ancestor::figure)]"
)
_REACH = 3  # the levels of elements between a picture and the parent of its caption
DROPPED = "margin-dropped"
"""The name of elements that are removed together, since lxml copies a text to append to it."""

# Names that programs write where a person wrote nothing: "IMG_2041.jpg", "0225-harbour-01".
_FILE_NAME = re.compile(
    r"(?i)[\w.-]+\.(?:png|jpe?g|gif|webp|svg|avif)|(?=\S*\d|\S*_)[^\W_]+(?:[-_][^\W_]+){2,}"
)
_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-url")
_PERMALINKS = frozenset(("#", "¶", "§", "🔗", "🔗\ufe0e"))


def decode_page(data: bytes, charset: str = "", name: str = "") -> str:
    """Decode a page.

    A byte order mark comes first, then bytes that are certainly UTF-8, then ``charset``, then the
    charset that the page states, then a guess.

    Args:
        data: The bytes of the page.
        charset: The charset that an HTTP header or the header of a part states.
        name: The name of the page in errors.

    Raises:
        SourceError: The bytes are not text.
    """
    if 0 < data.count(b"\0") * _FEW_ZEROS < len(data) and not _is_marked(data):
        # Browsers ignore a few zero bytes; many of them mean another encoding, or no text.
        data = data.replace(b"\0", b"")
    for label in (charset, _declared(data)):
        codec = _codec(label)
        if codec and codec not in ("utf-8", "iso2022_jp") and not _is_marked(data):
            text = data.decode(codec, "replace")
            faults = text.count("\ufffd")
            if faults * _FEW_FAULTS <= len(text) and not _is_utf8(data):
                return text
    return decode(data, name)


def _declared(data: bytes) -> str:
    match = _META_CHARSET.search(data, 0, _HEAD)
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""


def _codec(label: str) -> str:
    """Return Python's name for the encoding that browsers use for a label; empty if unknown."""
    lower = label.strip().strip("\"'").lower()
    if lower in _OTHER_NAMES:
        return _OTHER_NAMES[lower]
    try:
        codec = codecs.lookup(lower)
    except (LookupError, ValueError):
        return ""
    # UTF-16 and UTF-32 are recognised by their bytes; other codecs of Python are not charsets.
    if codec.name.startswith(("utf-16", "utf-32", "utf-7")) or not codec._is_text_encoding:
        return ""
    return _BROWSER_ENCODINGS.get(codec.name, codec.name)


def _is_marked(data: bytes) -> bool:
    return data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return b"\x1b" not in data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def without_payloads(data: bytes, name: str = "") -> bytes:
    """Drop the pictures and fonts inside a page, which are ``data:`` addresses.

    Raises:
        SourceError: The rest is larger than ``MAX_PAGE``.
    """
    if b"data:" in data:
        data = _PAYLOAD.sub(b"data:,", data)
    if len(data) > MAX_PAGE:
        raise SourceError(
            "Page too large",
            f"{name or 'The page'} has over {MAX_PAGE // 1_000_000} MB of markup; "
            "save its text and open that.",
        )
    return data


_HEAD_TAGS = frozenset(("title", "meta", "link", "style", "script", "base", "noscript", "template"))
"""The elements of a page's head; others that stand there belong to its text."""


def parse_page(text: str) -> Any:
    """Return the tree of a page: ``html``, always with a ``body``; None if there is nothing.

    Nothing is fetched, only the entities of characters are expanded, and no more than some 2,000
    levels of elements are kept: a deeper page is read as paragraphs.
    """
    source = strip_escapes(normalise_newlines(text))
    # Browsers show nothing for these, and no tree accepts them once they were read from it.
    source = _CONTROL_REFERENCES.sub("", _CONTROLS.sub("", source))
    source = _XML_DECLARATION.sub("", source[:1000], count=1) + source[1000:]
    root, is_too_deep = _parse(source)
    if is_too_deep:
        # The parser stops there, and the text matters more than its nesting.
        root, _ = _parse(_NESTING.sub(_flat, source))
    return root if root is not None and _has_body(root) else None


def _has_body(root: Any) -> bool:
    """Return whether a page has a body, after adding one if its tag was left out.

    HTML5 allows that. The parser is older, and leaves an ``article`` or ``main`` that comes first
    in the head.
    """
    if root.find("body") is not None:
        return True
    if (frames := root.find("frameset")) is not None:
        frames.tag = "body"
        return True
    head = root.find("head")
    stray = [each for each in head if each.tag not in _HEAD_TAGS] if head is not None else []
    if stray:
        root.append(root.makeelement("body"))
        root.find("body").extend(stray)
    return bool(stray)


# The extractor needs elements of this class. The classes of lxml.html, one for each kind of
# element, would cost a call from C to Python for each access.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)


def _parse(source: str) -> tuple[Any, bool]:
    """Return the tree of a page, or None, and whether its nesting is too deep to be read."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, False
    fault = parser.error_log.last_error
    is_too_deep = fault is not None and fault.type_name == "ERR_RESOURCE_LIMIT"
    return (root if root is not None and root.tag == "html" else None), is_too_deep


def _flat(tag: re.Match[str]) -> str:
    return "<p>" if tag[1].lower() in BLOCKS else " "


def tidy(root: Any) -> None:
    """Remove hidden content from a tree, and bring pictures into the form that HTML defines.

    Call it after the scripts were read. Pictures that scripts load get their source, and captions
    that only have a class become ``figcaption``.
    """
    for element in root.iter("noscript"):
        text = "".join(element.itertext()).strip()
        if len(text) >= MIN_WITHOUT_SCRIPTS and "<" not in text:
            element.tag = "div"
    etree.strip_elements(
        root, "script", "style", "svg", "template", "noscript", "iframe", "link", with_tail=False
    )
    place_notes(root)
    put_words_right(root, DROPPED)
    _drop_hidden(root)
    _name_captions(root)
    for image in root.iter("img"):
        image.set("src", clean_line(_source(image)))
        alternative = image.get("alt")
        if alternative is None:
            image.set("alt", clean_line(image.get("title") or ""))
        elif _FILE_NAME.fullmatch(alternative.strip()):
            image.set("alt", "")
    remove_dropped(root)


def drop_permalinks(root: Any) -> None:
    """Remove the signs in headings that link to the headings themselves."""
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for link in heading.iter("a"):
            if "".join(link.itertext()).strip() in _PERMALINKS:
                link.tag = DROPPED
    remove_dropped(root)


def remove_dropped(root: Any) -> None:
    """Remove the elements named ``DROPPED`` from a tree, but not the text after them."""
    etree.strip_elements(root, DROPPED, with_tail=False)


def _name_captions(root: Any) -> None:
    """Make figures of elements that hold a picture, its caption and little else."""
    frames = {
        frame for image in root.iter("img") for frame in islice(image.iterancestors(), _REACH)
    }
    lengths: dict[Any, int] = {}
    for caption in _CAPTIONS(root):
        frame = caption.getparent()
        if frame not in frames or frame.tag not in ("div", "p", "span", "center", "dl"):
            continue
        if frame not in lengths:
            lengths[frame] = _length(frame)
        if lengths[frame] < 2 * _length(caption) + 200:
            frame.tag, caption.tag = "figure", "figcaption"


def _drop_hidden(root: Any) -> None:
    """Remove hidden elements, except an article that scripts would show."""
    hidden = [element for element in _HIDDEN(root) if element.tag not in _NEVER_HIDDEN]
    opened = opened_parts(root, hidden) if hidden else set()
    for element in opened:
        element.attrib.pop("style", None)
        element.attrib.pop("hidden", None)
    hidden = [element for element in hidden if element not in opened]
    all_hidden = set(hidden)
    prose = [
        element for element in hidden if not _is_deep(element, all_hidden) and _is_prose(element)
    ]
    if prose:
        letters = sum(_letters(element) for element in prose)
        if letters > _MOSTLY * (_letters(root) - letters):
            for element in prose:
                element.attrib.pop("style", None)
                element.attrib.pop("hidden", None)
            shown = set(prose)
            hidden = [element for element in hidden if element not in shown]
    for element in hidden:
        element.tag = DROPPED
    remove_dropped(root)


def _is_deep(element: Any, hidden: set[Any]) -> bool:
    """Return whether there are too many hidden elements around an element for an article."""
    around = (each for each in element.iterancestors() if each in hidden)
    return next(islice(around, MAX_HIDDEN, None), None) is not None


def _is_prose(element: Any) -> bool:
    """Return whether an element holds a longer text and no form or menu."""
    letters = _letters(element)
    if letters < MIN_HIDDEN or next(element.iter("form", "input", "button"), None) is not None:
        return False
    return sum(map(_letters, element.iter("a"))) * 3 < letters


def _letters(element: Any) -> int:
    return len("".join("".join(element.itertext()).split()))


def part_long_texts(root: Any) -> None:
    """Split texts that are too long for one paragraph by two line breaks, which end paragraphs."""
    for element in list(root.iter()):
        if element.tag == "pre":
            continue
        if element.text and len(element.text) > MAX_PARAGRAPH:
            first, *rest = _parts(clean(element.text))
            element.text = first
            for place, part in enumerate(rest):
                element.insert(2 * place, _break())
                element.insert(2 * place + 1, _break(part))
        if element.tail and len(element.tail) > MAX_PARAGRAPH:
            first, *rest = _parts(clean(element.tail))
            element.tail = None
            for part in reversed(rest):
                element.addnext(_break(part))
                element.addnext(_break())
            element.tail = first


def _break(tail: str = "") -> Any:
    element = etree.Element("br")
    element.tail = tail
    return element


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    while len(text) - start > MAX_PARAGRAPH:
        end = text.rfind(" ", start + MAX_PARAGRAPH // 2, start + MAX_PARAGRAPH)
        end = end if end > 0 else start + MAX_PARAGRAPH
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]


def _length(element: Any) -> int:
    return sum(map(len, element.itertext()))


def _source(image: Any) -> str:
    """Return the address of a picture, even if a script would load it later."""
    for name in _LAZY_SOURCES:
        if source := image.get(name):
            return str(source)
    source = image.get("src") or ""
    if source and not source.startswith("data:"):
        return str(source)
    first = (image.get("srcset") or image.get("data-srcset") or "").strip().partition(" ")[0]
    return "" if first.startswith("data:") else str(first.rstrip(","))
