"""Where the links of a document lead: inside it, to a file, to the web, or nowhere that is safe."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from msgspec.structs import replace

from reader.core.addresses import canonical_address, is_web_address
from reader.core.document import Block, BlockKind, Document, Span, SpanKind, TextRange

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
"""A scheme has two letters or more: one letter and a colon is a drive."""

_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, invisible and turning characters, halves of characters, line breaks: none of them
stands in an address, and each of them can make it look like another one."""


class InternalLink(NamedTuple):
    """A place of the document itself."""

    target: str
    """``#`` and a label; ``#`` alone is the start."""


class ExternalLink(NamedTuple):
    """Another article."""

    address: str
    """An absolute path, or a URL without its fragment."""
    fragment: str = ""
    """``#`` and the label of the place in it; empty for its start."""
    otherwise: str = ""
    """The URL that it is where there is no file at ``address``; empty for none."""

    @property
    def url(self) -> str:
        """The URL with its fragment, for a browser; empty where it is a file."""
        return f"{self.address}{self.fragment}" if is_web_address(self.address) else self.otherwise


class RefusedLink(NamedTuple):
    """Nowhere that Margin goes."""

    reason: str
    """One sentence that says why."""


Destination = InternalLink | ExternalLink | RefusedLink
"""Where a link leads."""


def links_in(document: Document, start: int, end: int) -> list[Span]:
    """Return the links and footnote marks that share a code point with ``start:end``, in order."""
    kinds = (SpanKind.LINK, SpanKind.FOOTNOTE)
    return [span for span in document.spans_in(start, end) if span.kind in kinds and span.target]


def link_at(document: Document, offset: int) -> Span | None:
    """Return the innermost link or footnote mark around the character at ``offset``."""
    return min(
        links_in(document, offset, offset + 1),
        key=lambda span: span.end - span.start,
        default=None,
    )


def destination(target: str, *, source: str, url: str = "") -> Destination:
    """Return where a link leads.

    Only paths and web addresses are followed. A web page leads to no file of the computer that it
    is read on, but for files beside it where it was saved with them. The disk is not looked at.

    Args:
        target: What the link says, as the article wrote it.
        source: The absolute path or URL that the article was opened from; empty for neither.
        url: The article's canonical URL; empty where it has none.
    """
    if any(unicodedata.category(each) in _UNSAFE_CATEGORIES for each in target.strip()):
        return RefusedLink("This link holds characters that no address has, so it is not followed.")
    target = target.strip()
    if target.startswith("#"):
        return InternalLink(target)
    try:
        return _destination(target, source, url)
    except ValueError:
        return RefusedLink(f"This link leads to no valid address: {target}")


def place_in(document: Document, target: str) -> int | None:
    """Return the offset that ``#label`` leads to, written plainly or percent-encoded.

    Returns:
        An offset; None where the document has no such place, or has not been read so far.
    """
    for written in (target, unquote(target)):
        if (place := document.place_of(written)) is not None:
            return place
    return 0 if target in ("#", "#top") else None


def note_blocks(document: Document, place: int) -> Sequence[Block]:
    """Return the blocks of the footnote at ``place``; none where no footnote begins there."""
    index = document.block_index(place)
    if index < 0 or document.blocks[index].kind is not BlockKind.FOOTNOTE:
        return ()
    nest = document.blocks[index].nest
    last = index + 1
    while nest and last < len(document.blocks) and _belongs(document.blocks[last], nest):
        last += 1
    return document.blocks[index:last]


def note_range(document: Document, place: int) -> TextRange | None:
    """Return the range of the footnote at ``place``; None where no footnote begins there."""
    blocks = note_blocks(document, place)
    return TextRange(blocks[0].start, blocks[-1].end) if blocks else None


def note_document(document: Document, place: int) -> Document:
    """Return the footnote at ``place`` as a document of its own, without its mark.

    Its offsets count from the start of its text; see ``note_range`` for where that is.
    """
    blocks = note_blocks(document, place)
    if not blocks:
        return Document("", ())
    start, end, depth = blocks[0].start, blocks[-1].end, len(blocks[0].nest)
    kept = [
        replace(each, start=each.start - start, end=each.end - start, nest=each.nest[depth:])
        for each in blocks
    ]
    kept[0] = replace(kept[0], kind=BlockKind.PARAGRAPH, marker="", level=0, label="")
    spans = [
        replace(each, start=each.start - start, end=each.end - start)
        for each in document.spans_in(start, end)
    ]
    return Document(document.text[start:end], tuple(kept), tuple(spans), metadata=document.metadata)


def _belongs(block: Block, nest: tuple[int, ...]) -> bool:
    """Tell whether a block is a later part of the footnote whose container is ``nest``."""
    return block.nest[: len(nest)] == nest and block.kind is not BlockKind.FOOTNOTE


def _destination(target: str, source: str, url: str) -> Destination:
    scheme = _SCHEME.match(target)
    is_page = is_web_address(source)
    if is_web_address(target):
        return _on_the_web(target, source, url)
    if scheme and scheme[1].lower() == "file":
        if is_page or is_web_address(url):
            return RefusedLink("A web page’s link to a file of this computer is not followed.")
        return _file(urlsplit(target).path, urlsplit(target).fragment, source)
    if scheme:
        return RefusedLink(f"Margin follows links to articles, and this is a {scheme[1]}: link.")
    if target.startswith("\\\\"):
        return RefusedLink("A link to another computer’s files is not followed.")
    if target.startswith("//") and not is_page:
        return _on_the_web(f"https:{target}", source, url)
    if target.startswith("/") and url and not is_page:
        return _on_the_web(urljoin(url, target), source, url)
    if is_page:
        return _on_the_web(urljoin(source, target), source, url)
    if not source:
        return RefusedLink("This text came without a folder of its own, so the link leads nowhere.")
    parts = urlsplit(target)
    led = _file(parts.path, parts.fragment, source)
    if isinstance(led, ExternalLink) and is_web_address(url):
        return led._replace(otherwise=urljoin(url, target))
    return led


def _on_the_web(address: str, source: str, url: str) -> Destination:
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError(address)
    _ = parts.port  # raises where it is no number
    page, fragment = parts._replace(fragment="").geturl(), _fragment(parts.fragment)
    here = {canonical_address(each) for each in (source, url) if is_web_address(each)}
    if fragment and canonical_address(page) in here:
        return InternalLink(fragment)
    return ExternalLink(page, fragment)


def _file(path: str, fragment: str, source: str) -> Destination:
    path = unquote(path, errors="strict")
    if any(unicodedata.category(each) in _UNSAFE_CATEGORIES for each in path):
        return RefusedLink("This link holds characters that no address has, so it is not followed.")
    folder = PurePath(source).parent.as_posix() if source else "/"
    address = str(PurePath(posixpath.normpath(posixpath.join(folder, path))))
    if address == source:
        return InternalLink(_fragment(fragment) or "#")
    return ExternalLink(address, _fragment(fragment))


def _fragment(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""
