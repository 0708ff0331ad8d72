"""Puts text into a page that its file holds apart: in shadow roots and in frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from reader.formats.html.page import decode_page, parse_page, without_payloads
from reader.formats.tree.elements import BLOCKS

MAX_FRAMES = 100
"""The most frames of a page that are read, with those inside other frames."""

_MAX_DEPTH = 4


class Frame(NamedTuple):
    """The page of a frame in a saved file."""

    data: bytes
    """Its bytes."""
    charset: str
    """The charset that the file states."""


def unwrap_shadow_roots(root: Any) -> None:
    """Put the content of shadow roots in the place of their templates.

    Servers and SingleFile write a shadow root as ``template shadowrootmode``. Elements of its host
    go to the slots with their names, as browsers show them.
    """
    for template in list(root.iter("template")):
        if template.get("shadowrootmode") is None and template.get("shadowroot") is None:
            continue
        host = template.getparent()
        if host is None:
            continue
        is_block = next(template.iterdescendants(*BLOCKS), None) is not None
        template.tag = "div" if is_block else "span"
        slots = list(template.iter("slot"))
        if not slots and not "".join(template.itertext()).strip():
            continue
        _fill_slots(host, template, slots)


def _fill_slots(host: Any, template: Any, slots: list[Any]) -> None:
    loose = f"{host.text or ''}{template.tail or ''}"
    host.text = template.tail = None
    for element in [one for one in host if one is not template]:
        name = element.get("slot") or ""
        slot = next((one for one in slots if (one.get("name") or "") == name), None)
        if slot is None:
            loose = f"{loose} {element.tail or ''}"
            host.remove(element)
            continue
        if slot.get("data-filled") is None:
            slot.set("data-filled", "")
            slot.text = None
            for fallback in list(slot):
                slot.remove(fallback)
        slot.append(element)
    slot = next((one for one in slots if not one.get("name")), None)
    if slot is not None and loose.strip():
        slot.text = f"{loose} {slot.text or ''}"


def open_frames(root: Any, base: str, frames: Mapping[str, Frame]) -> None:
    """Put the text of frames in their place, where the file holds it.

    Args:
        root: The page.
        base: The address that relative addresses start from.
        frames: The pages of frames in the file, by their addresses.
    """
    opener = _Opener(base, frames)
    opener.open_in(root, 0)


class _Opener:
    def __init__(self, base: str, frames: Mapping[str, Frame]) -> None:
        self._base = base
        self._frames = frames
        self._count = 0

    def open_in(self, tree: Any, depth: int) -> None:
        for frame in list(tree.iter("iframe", "frame")):
            if self._count >= MAX_FRAMES or depth >= _MAX_DEPTH:
                return
            page = self._page(frame)
            body = page.find("body") if page is not None else None
            if body is None:
                continue
            self._count += 1
            unwrap_shadow_roots(page)
            self.open_in(body, depth + 1)
            frame.tag = "div"
            frame.text = body.text
            for child in list(frame):
                frame.remove(child)
            frame.extend(list(body))

    def _page(self, frame: Any) -> Any:
        if source := frame.get("srcdoc"):
            return parse_page(source)
        address = (frame.get("src") or "").strip()
        found = self._find(address) if address and self._frames else None
        if found is None:
            return None
        return parse_page(decode_page(without_payloads(found.data), found.charset))

    def _find(self, address: str) -> Frame | None:
        for one in (address, urldefrag(address)[0], _joined(self._base, address)):
            if found := self._frames.get(one):
                return found
        return None


def _joined(base: str, address: str) -> str:
    try:
        return urldefrag(urljoin(base, address))[0]
    except ValueError:
        return ""
