"""Rewrites a page's tree so that all of its content is plain HTML, before it is read.

Ruby, formulas, drawings, alternatives of a switch, and lines of verse or of a title that are
blocks of their own become elements that every reader of HTML knows.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from reader.formats.joining import ends_unspaced, reading_after
from reader.formats.tree.elements import BLOCKS, attribute, local_name
from reader.formats.tree.formula import formula_text

MAX_LINE: Final = 200
"""The longest line of verse or of a title, in characters; longer ones are prose."""

_HANDLED: Final = ("{*}ruby", "{*}svg", "{*}switch")
_VERSE = re.compile(
    r"(?:^|[\s:_-])(?:poem|poetry|stanza|strophe|verse|line-?group|line-?block|lg)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_LINE_NUMBERS = etree.XPath("descendant::*[local-name()='span' and contains(@class, 'l')]")
_LINE_NUMBER = re.compile(
    r"(?:^|\s)(?:linenos?|lnum|line-?num(?:ber)?s?)(?:$|[\s-])", re.IGNORECASE
)
_FILE_NAME = re.compile(r"[^\s?#]*\.(?:avif|gif|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)
_NO_WORDS = re.compile(
    r"not available|unavailable|no alt|^(?:math|equation|formula|image)\W*$", re.IGNORECASE
)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_TEXT: Final = ("defs", "desc", "metadata", "script", "style", "symbol", "title")


def normalise(root: Any) -> None:
    """Change a tree so that all of its content is text in elements of HTML.

    Args:
        root: The root of a page, or a drawing that is a page.
    """
    _describe_formulas(root)
    _part_line_numbers(root)
    has_drawings = next(root.iter("{*}svg"), None) is not None
    length = _length(next(root.iter("{*}body"), root)) if has_drawings else 0
    for image in root.iter("{*}img"):
        if _FILE_NAME.fullmatch(image.get("alt") or ""):
            del image.attrib["alt"]
    for element in list(root.iter(*_HANDLED)):
        if element is not root and element.getparent() is None:
            continue
        match local_name(element):
            case "ruby":
                _spell_out(element)
            case "svg":
                _show_drawing(element, length)
            case _:
                _choose(element)
    for element in list(root.iter("{*}div", "{*}section", "{*}blockquote", "{*}hgroup")):
        if local_name(element) == "hgroup":
            _join_title(element)
        elif _VERSE.search(f"{element.get('class') or ''} {attribute(element, 'type')}"):
            _join_lines(element)


# Formulas


def _describe_formulas(root: Any) -> None:
    """Describe every formula by its author's words, or else by its own text.

    Programs that make books give the same words to all formulas; such words are ignored.
    """
    texts = {
        formula: formula_text(formula)
        for formula in root.iter("{*}math")
        if next(formula.iterancestors("{*}math"), None) is None
    }
    described: dict[str, set[str]] = {}
    for formula, text in texts.items():
        described.setdefault((formula.get("alttext") or "").strip(), set()).add(text)
    for formula, text in texts.items():
        words = (formula.get("alttext") or "").strip()
        if text and (not words or len(described[words]) > 1 or _NO_WORDS.search(words)):
            formula.set("alttext", text)


def _part_line_numbers(root: Any) -> None:
    """Drop the line numbers of code, and separate those of a poem from its words."""
    for number in _LINE_NUMBERS(root):
        if not _LINE_NUMBER.search(number.get("class")):
            continue
        if next(number.iterancestors("{*}pre"), None) is not None:
            _drop(number)
        else:
            number.text = f" {number.text or ''}"


# Titles


def _join_title(group: Any) -> None:
    """Make one heading of a title's lines: ``I`` and ``Of the Nature of Flatland``."""
    heading, *others = [line for line in group if isinstance(line.tag, str)] or [None]
    if heading is None or local_name(heading) not in _HEADINGS:
        return
    for line in others:
        if len("".join(line.itertext())) > MAX_LINE or local_name(line) not in ("p", *_HEADINGS):
            return
    for line in others:
        etree.SubElement(heading, _qualified(heading, "br"))
        part = etree.SubElement(heading, _qualified(heading, "span"))
        part.text = line.text
        if identifier := line.get("id"):
            part.set("id", identifier)  # links lead to it
        part.extend(list(line))
        _drop(line)


# Ruby


def _spell_out(ruby: Any) -> None:
    """Put the readings of a word after it, in brackets, since they are printed too."""
    readings: list[str] = []
    for part in list(ruby):
        name = local_name(part)
        if name in ("rt", "rtc"):
            readings += [
                "".join(reading.itertext()).strip()
                for reading in (part if name == "rtc" and len(part) else [part])
            ]
        if name in ("rt", "rtc", "rp"):
            _drop(part)
    readings = [reading for reading in readings if reading]
    if not readings:
        return
    _append(ruby, reading_after(("" if ends_unspaced(readings[-1]) else " ").join(readings)))


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _drop(element: Any) -> None:
    """Remove an element with its content, but not the text after it."""
    element.clear(keep_tail=True)
    element.tag = _qualified(element, "span")


# Drawings


def _show_drawing(svg: Any, length: int) -> None:
    """Replace a drawing by its name, or by its text if it is the page or has no name.

    Args:
        svg: The drawing.
        length: The number of characters of the page, including the drawing.
    """
    if any(local_name(one) == "svg" for one in svg.iterancestors()):
        return
    name = svg.get("aria-label") or _child_text(svg, "title") or _child_text(svg, "desc")
    is_page = _length(svg) == length
    if is_page or (not name and svg.find(".//{*}text") is not None):
        _show_text(svg, name if is_page else "")
    elif name:
        image = etree.Element(_qualified(svg, "img"), alt=name)
        image.tail = svg.tail
        svg.getparent().replace(svg, image)


def _child_text(svg: Any, name: str) -> str:
    found = next((one for one in svg if local_name(one) == name), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _length(element: Any) -> int:
    return sum(len(piece.strip()) for piece in element.itertext())


def _show_text(svg: Any, name: str) -> None:
    """Turn a drawing into a paragraph with a line for each of its texts."""
    for element in list(svg.iterdescendants("{*}image", *(f"{{*}}{one}" for one in _NO_TEXT))):
        if element.getparent() is not None:
            _drop(element)
    for element in list(svg.iterdescendants()):
        match local_name(element):
            case "text":
                for span in element.iterdescendants("{*}tspan"):
                    _part_lines(span)
                line_end = etree.Element(_qualified(svg, "br"))
                line_end.tail, element.tail = element.tail, None
                element.tag = _qualified(svg, "span")
                element.addnext(line_end)
            case "foreignobject":
                element.tag = _qualified(svg, "div")
            case "a":
                element.set("href", attribute(element, "href"))
    is_block = svg.getparent() is None or local_name(svg.getparent()) in BLOCKS
    svg.tag = _qualified(svg, "div" if is_block else "span")
    if name:
        image = etree.Element(_qualified(svg, "img"), alt=name)
        image.tail, svg.text = svg.text, None
        holder = etree.Element(_qualified(svg, "p"))
        holder.append(image)
        svg.insert(0, holder)


def _part_lines(span: Any) -> None:
    """Put a space before a piece of text that has a position of its own, as a line has."""
    if span.get("y") is None and span.get("dy") is None:
        return
    before = span.getprevious()
    while before is not None and not isinstance(before.tag, str) and not before.tail:
        before = before.getprevious()
    if before is None:
        text = span.getparent().text or ""
    else:
        inside = "".join(before.itertext()) if isinstance(before.tag, str) else ""
        text = inside + (before.tail or "")
    if not text.strip() or text[-1].isspace() or text.endswith("-"):
        return
    if before is None:
        span.getparent().text = text + " "
    else:
        before.tail = (before.tail or "") + " "


def _qualified(element: Any, name: str) -> str:
    """Return the name of an element of XHTML, or of HTML if there are no namespaces."""
    return f"{{http://www.w3.org/1999/xhtml}}{name}" if "}" in element.tag else name


# Switches


def _choose(switch: Any) -> None:
    """Keep one alternative: a formula or a page, or else the default."""
    cases = [case for case in switch if local_name(case) == "case"]
    chosen = next((case for case in cases if _is_readable(case)), None)
    if chosen is None:
        chosen = next((case for case in switch if local_name(case) == "default"), None)
    for case in list(switch):
        if case is not chosen and chosen is not None:
            _drop(case)


def _is_readable(case: Any) -> bool:
    namespace = case.get("required-namespace") or ""
    return namespace in ("http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1999/xhtml")


# Verse


def _join_lines(element: Any) -> None:
    """Make one paragraph of lines that are blocks of their own."""
    lines = [one for one in element if isinstance(one.tag, str)]
    if len(lines) < 2 or (element.text or "").strip():
        return
    for line in lines:
        is_leaf = not any(local_name(inner) in BLOCKS for inner in line.iterdescendants())
        is_line = local_name(line) in ("div", "p") and is_leaf and not (line.tail or "").strip()
        length = len("".join(line.itertext()))
        if not is_line or not 0 < length <= MAX_LINE or line.find(".//{*}br") is not None:
            return
    for line in lines:
        line.tag = _qualified(line, "span")
        if line is not lines[-1]:
            line_end = etree.Element(_qualified(line, "br"))
            line_end.tail, line.tail = line.tail, None
            line.addnext(line_end)
