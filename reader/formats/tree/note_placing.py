"""Moves notes from inside of a sentence behind its paragraph, and shows notes that are hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from reader.formats.tree.elements import BLOCKS, is_hidden, local_name
from reader.formats.tree.notes import BODY_TYPES, Notes, types_of

MAX_NOTES: Final = 5000
"""The most notes of a page that are moved, since each looks through the text around it."""

_HOLDS_NOTE: Final = frozenset(
    ("span", "small", "i", "em", "font", "aside", "div", "section", "p", "li", "dd", "td")
)
_INLINE: Final = frozenset(("span", "small", "i", "em", "font", "aside", "div", "section"))
"""Elements that hold a note inside a sentence."""

_PARAGRAPHS: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "figcaption"))
_NAMED: Final = re.compile(
    r"(?:^|[\s_-])(?:(?:side|margin|foot|end)-?notes?|inline-notes?)(?:[\s_-]|$)", re.IGNORECASE
)
_CALLED_NOTE: Final = re.compile(r"(?:^|\s)(?:note|fn|annotation)(?:\s|$)", re.IGNORECASE)
_GROUP: Final = re.compile(r"(?:^|[\s_-])(?:foot|end|rear)?-?notes?(?:[\s_-]|$)", re.IGNORECASE)
_TOGGLE: Final = re.compile(r"(?:^|\s)(?:margin|sidenote|footnote)-toggle(?:\s|$)", re.IGNORECASE)
_HIDING: Final = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important)?\s*;?", re.IGNORECASE
)
_ENDS: Final = (".", "!", "?", ":", "…", "。", "！", "？")
_LEAST_LETTERS: Final = 6
"""The fewest letters of a note that is recognised by its name or its number."""


def place_notes(root: Any) -> None:
    """Change a tree so that notes part no sentence, and none that a number leads to is hidden.

    A note without a number in the text gets one.

    Args:
        root: The root of a page.
    """
    links = [link for link in root.iter("{*}a") if (link.get("href") or "").startswith("#")]
    numbers = {link.get("href")[1:]: link for link in links if Notes.is_reference(link)}
    notes = list(islice(_find_notes(root, numbers), MAX_NOTES))
    if not notes:
        return
    for toggle in [one for one in root.iter("{*}label") if _TOGGLE.search(one.get("class") or "")]:
        _take_out(toggle)
    led_to = {link.get("href")[1:] for link in links}
    behind: dict[Any, Any] = {}
    unnumbered = 0
    for count, note in enumerate(notes, 1):
        block = _shown_in(note)
        block = _block_around(note) if block is None else block
        if block is None:
            continue
        if not note.get("id"):
            note.set("id", f"margin-note-{count}")
        if note.get("id") not in led_to:
            unnumbered += _add_number(note, unnumbered + 1)
        _take_out(note)
        note.tag = note.tag[: len(note.tag) - len(local_name(note))] + "aside"
        note.set("role", "doc-footnote")
        before = behind.get(block, block)
        parent = before.getparent()
        parent.insert(parent.index(before) + 1, note)
        behind[block] = note


def _find_notes(root: Any, numbers: dict[str, Any]) -> Iterator[Any]:
    """Yield the notes that may have to be moved or shown, none of them inside another one."""
    inside: Any = None
    for element in root.iter(*(f"{{*}}{name}" for name in _HOLDS_NOTE)):
        if not element.keys() or (inside is not None and inside in element.iterancestors()):
            continue
        if _is_note(element, numbers):
            inside = element
            yield element


def _is_note(element: Any, numbers: dict[str, Any]) -> bool:
    types = types_of(element, with_class=False)
    if not types.isdisjoint(BODY_TYPES) and "note" not in types:
        return local_name(element) not in ("li", "dd", "td")
    link = numbers.get(element.get("id") or "")
    is_inline = local_name(element) in _INLINE
    if link is not None and _letters(element) >= _LEAST_LETTERS:
        is_beside = is_inline and _paragraph_of(link) is not None
        return _is_unseen(element) or (is_beside and _paragraph_of(link) is _paragraph_of(element))
    name = element.get("class") or ""
    if not is_inline or not (
        _NAMED.search(name) or (_CALLED_NOTE.search(name) and _is_glued(element))
    ):
        return False
    paragraph = _paragraph_of(element)
    own = len("".join(element.itertext()).strip())
    return (
        paragraph is not None
        and _letters(element) >= _LEAST_LETTERS
        and len("".join(paragraph.itertext()).strip()) > own
    )


def _is_glued(element: Any) -> bool:
    """Return whether the words of an element follow a word or a number without a space."""
    before, parent = element.getprevious(), element.getparent()
    text = (parent.text if before is None else before.tail) or ""
    if not text and before is not None:
        text = "".join(before.itertext())
    words = "".join(element.itertext())
    return bool(text) and not text[-1].isspace() and words[:1].isupper() and " " in words.strip()


def _letters(element: Any) -> int:
    """Return the letters of an element outside its links, up to some more than are asked for."""
    count = 0
    for inner in element.iter():
        if local_name(inner) != "a" and isinstance(inner.tag, str):
            count += sum(map(str.isalpha, inner.text or ""))
        if inner is not element:
            count += sum(map(str.isalpha, inner.tail or ""))
        if count > _LEAST_LETTERS:
            break
    return count


def _paragraph_of(element: Any) -> Any:
    """Return the paragraph or the heading around an element; None where there is none."""
    return next((one for one in element.iterancestors() if local_name(one) in _PARAGRAPHS), None)


def _is_unseen(element: Any) -> bool:
    return is_hidden(element) or any(map(is_hidden, element.iterancestors()))


def _shown_in(note: Any) -> Any:
    """Let a note be seen; return the hidden element behind which it must stand, if any."""
    _show(note)
    outer = None
    for around in note.iterancestors():
        if not is_hidden(around):
            continue
        names = f"{around.get('class') or ''} {' '.join(types_of(around, with_class=False))}"
        if _GROUP.search(names):
            _show(around)
        else:
            outer = around
    return outer


def _show(element: Any) -> None:
    element.attrib.pop("hidden", None)
    if style := element.get("style"):
        element.set("style", _HIDING.sub("", style))


def _block_around(note: Any) -> Any:
    """Return the element behind which a note has to stand; None where it parts no text."""
    tables = [one for one in note.iterancestors() if local_name(one) == "table"]
    if tables:
        return tables[-1]
    if (paragraph := _paragraph_of(note)) is not None:
        return paragraph
    top = note
    while top.getparent() is not None and local_name(top.getparent()) not in BLOCKS:
        top = top.getparent()
    if top.getparent() is None:
        return None
    if top is note and (joined := _join(note)) is not None:
        return joined
    before = top.getprevious()
    text_before = (top.getparent().text if before is None else before.tail) or ""
    follows_inline = before is not None and local_name(before) not in BLOCKS
    if not text_before.strip() and not follows_inline:
        return None
    last = top
    for sibling in top.itersiblings():
        if local_name(sibling) in BLOCKS:
            break
        last = sibling
    if last is note:  # the text behind it has no element of its own
        if not (note.tail or "").strip():
            return None
        last = note.makeelement(note.tag[: len(note.tag) - len(local_name(note))] + "span")
        last.tail, note.tail = note.tail, None
        note.getparent().insert(note.getparent().index(note) + 1, last)
    return last


def _join(note: Any) -> Any:
    """Join a paragraph with the text behind a note that ended it; return the paragraph."""
    paragraph = note.getprevious()
    rest = note.tail or ""
    if paragraph is None or local_name(paragraph) != "p" or (paragraph.tail or "").strip():
        return None
    words = "".join(paragraph.itertext()).rstrip()
    if not rest.strip() or words.endswith(_ENDS):
        return None
    note.tail = None
    _append_text(paragraph, rest)
    for sibling in list(note.itersiblings()):
        if local_name(sibling) in BLOCKS:
            break
        paragraph.append(sibling)
    return paragraph


def _add_number(note: Any, number: int) -> bool:
    """Put a link to a note before it; return whether a number was made for it."""
    prefix = note.tag[: len(note.tag) - len(local_name(note))]
    link = note.makeelement(f"{prefix}a", {"role": "doc-noteref", "href": f"#{note.get('id')}"})
    before = note.getprevious()
    if before is not None and local_name(before) == "sup" and not (before.tail or len(before)):
        link.text, before.text = before.text, None
        before.append(link)
        return False
    link.text = str(number)
    note.getparent().insert(note.getparent().index(note), link)
    return True


def _take_out(element: Any) -> None:
    """Remove an element, but not the text behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    element.tail = None
    parent.remove(element)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def _append_text(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
