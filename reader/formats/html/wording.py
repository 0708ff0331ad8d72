"""Puts the words of a page into their sentences: words in buttons in, explanations of words out."""

from __future__ import annotations

import re
from typing import Any

from reader.formats.tree.buttons import is_text
from reader.formats.tree.elements import BLOCKS

_PARTS = r"[-_]*(?:text|content|body|inner|note|info|def(?:inition)?|description)(?![a-z])"
_TOOLTIP = re.compile(rf"(?i)(?:tool-?tip|popover|tippy|hover-?card){_PARTS}")
_GLOSSARY = re.compile(rf"(?i)(?:glossary|term|definition){_PARTS}")
_TIP = re.compile(r"(?i)tool-?tip|popover|tippy|hover-?card|pop-?up")
_TOGGLE = re.compile(r"(?i)accordion|toggle|collaps|expand|faq")
_MIN_WORDS = 4
_PANEL = 40
_LABEL = 40
_MORE = re.compile(
    r"[^\w]*(?:(?:read|show|see|view|load) (?:the )?(?:more|all|full (?:story|article|text)|rest)|"
    r"continue(?: reading)?|expand|more|full (?:story|article|text)|weiterlesen|"
    r"mehr (?:lesen|anzeigen)|(?:lire|afficher|voir) (?:la suite|plus)|"
    r"(?:leer|ver|mostrar) más|(?:leggi|mostra) (?:tutto|di più)|(?:ler|ver|leia) mais|"
    r"lees (?:meer|verder)|続きを読む|阅读全文|展开)[^\w]*",
    re.IGNORECASE,
)


def put_words_right(root: Any, dropped: str) -> None:
    """Show the buttons of a page that are words or headings, and take tooltips out of sentences.

    Args:
        root: The page.
        dropped: The name for elements that are to be removed.
    """
    for button in list(root.iter("button")):
        if is_text(button):
            button.tag = "span"
        elif _opens_panel(button):
            button.tag = "h3"
    for element in root.iter("span", "div", "small", "aside"):
        if element.get("role") == "tooltip" or _is_explanation(element):
            element.tag = dropped


def _opens_panel(button: Any) -> bool:
    """Return whether a button is the heading of a text that it opens."""
    names = f"{button.get('class') or ''} {button.get('data-toggle') or ''}"
    controls = button.get("aria-controls") is not None or button.get("aria-expanded") is not None
    if not (controls or _TOGGLE.search(names)) or not "".join(button.itertext()).strip():
        return False
    parent = button.getparent()
    panel = button.getnext()
    if panel is None and parent is not None and parent.tag in ("div", "header", "li"):
        panel = parent.getnext()
    if panel is None or panel.tag not in ("div", "section", "p"):
        return False
    text = "".join(panel.itertext())
    linked = sum(len("".join(link.itertext())) for link in panel.iter("a"))
    return len(text.strip()) >= _PANEL and linked * 2 < len(text)


def _is_explanation(element: Any) -> bool:
    """Return whether an element inside a sentence explains the word before it."""
    name, parent = element.get("class") or "", element.getparent()
    names = " ".join((name, *element.keys()))
    if parent is None or (parent.tag in BLOCKS and element.tag in BLOCKS):
        return False
    before = _text_before(element)
    if not before:
        return False
    text = "".join(element.itertext()).strip()
    is_long = len(text.split(None, _MIN_WORDS)) > _MIN_WORDS
    is_sentence = is_long and text[:1].isupper()
    if _TOOLTIP.search(names) is not None:
        return is_sentence or not before[-1].isspace() or element.tag != "span"
    if _GLOSSARY.search(names) is not None:
        return not before[-1].isspace() or element.tag != "span"
    # A sentence, or the text of a tooltip, that is glued to a word.
    is_tip = is_long and text[:1].isalpha() and _TIP.search(names) is not None
    return before[-1].islower() and (is_tip or (is_sentence and bool(name)))


def _text_before(element: Any) -> str:
    """Return the text right before an element, up to the border of a block."""
    inner = element
    for parent in element.iterancestors():
        sibling = inner.getprevious()
        if sibling is not None:
            if sibling.tag in BLOCKS or sibling.tag == "br":
                return sibling.tail or ""
            return (sibling.tail or "") or "".join(sibling.itertext())
        if parent.text:
            return str(parent.text)
        if parent.tag in BLOCKS:
            break
        inner = parent
    return ""


def opened_parts(root: Any, hidden: list[Any]) -> set[Any]:
    """Return the hidden elements that a reader opens: the rest of a text, panels of an accordion.

    Args:
        root: The page.
        hidden: Its hidden elements.
    """
    controlled = {
        name
        for control in root.iter("button", "a", "summary", "h2", "h3", "h4", "div", "span")
        if (name := control.get("aria-controls") or _fragment(control))
    }
    return {
        element
        for element in hidden
        if (element.get("id") in controlled or _is_behind_more(element)) and _is_part(element)
    }


def _fragment(control: Any) -> str:
    is_toggle = control.get("aria-expanded") or control.get("data-toggle")
    href = control.get("data-target") or control.get("href") or ""
    return href[1:] if is_toggle and href.startswith("#") else ""


def _is_behind_more(element: Any) -> bool:
    """Return whether a control beside an element shows more of a text."""
    for sibling in (element.getprevious(), element.getnext()):
        if sibling is None or sibling.tag not in ("a", "button", "span", "p", "div"):
            continue
        text = " ".join("".join(sibling.itertext()).split())
        if len(text) <= _LABEL and _MORE.fullmatch(text):
            return True
    return False


def _is_part(element: Any) -> bool:
    """Return whether an element holds prose and no form or menu."""
    text = "".join(element.itertext()).strip()
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    if len(text) < _PANEL or linked * 3 > len(text):
        return False
    if (element.get("role") or "") in ("dialog", "menu", "tooltip", "alert", "alertdialog"):
        return False
    return next(element.iter("form", "input", "nav"), None) is None
