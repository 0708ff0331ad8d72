"""Resolve the links of a document: to a place in it, a file or a web page, or to nothing safe."""

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
"""A scheme has two letters or more; one letter and a colon are a drive."""

_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, format characters, surrogates and line breaks: no address contains them, and each of
them can make an address look like another one."""


class InternalLink(NamedTuple):
    """A link to a place in the same document."""

    target: str
    """``#`` and a label; ``#`` alone is the start of the document."""


class ExternalLink(NamedTuple):
    """A link to another article."""

    address: str
    """An absolute path, or a URL without its fragment."""
    fragment: str = ""
    """``#`` and the label of a place in it; empty for its start."""
    otherwise: str = ""
    """The URL to open if there is no file at ``address``; empty for none."""

    @property
    def url(self) -> str:
        """The URL with its fragment, for a browser; empty for a file without a URL."""
        return f"{self.address}{self.fragment}" if is_web_address(self.address) else self.otherwise


class RefusedLink(NamedTuple):
    """A link that Margin does not follow."""

    reason: str
    """The reason, as one sentence for the reader."""


Destination = InternalLink | ExternalLink | RefusedLink
"""What a link leads to."""


def links_in(document: Document, start: int, end: int) -> list[Span]:
    """Return the links and footnote references that overlap ``start:end``, in order."""
    kinds = (SpanKind.LINK, SpanKind.FOOTNOTE)
    return [span for span in document.spans_in(start, end) if span.kind in kinds and span.target]


def link_at(document: Document, offset: int) -> Span | None:
    """Return the innermost link or footnote reference at ``offset``, or None."""
    return min(
        links_in(document, offset, offset + 1),
        key=lambda span: span.end - span.start,
        default=None,
    )


def destination(target: str, *, source: str, url: str = "") -> Destination:
    """Return what a link leads to, without reading the disk.

    Only paths and web addresses are followed. A link of a web page never leads to a file of this
    computer, except a relative link of a saved page, which leads to a file beside the page.

    Args:
        target: The target as written in the article.
        source: The absolute path or URL that the article was opened from; empty for neither.
        url: The article's canonical URL; empty where it has none.
    """
    if _has_unsafe_characters(target.strip()):
        return RefusedLink(
            "Margin does not follow this link: it has characters that no address contains."
        )
    target = target.strip()
    if target.startswith("#"):
        return InternalLink(target)
    try:
        return _destination(target, source, url)
    except ValueError:
        return RefusedLink(f"This link has no valid address: {target}")


def place_in(document: Document, target: str) -> int | None:
    """Return the offset that ``#label``, plain or percent-encoded, leads to.

    Returns:
        An offset; None where the document has no such label, or is not yet read up to it.
    """
    for name in (target, unquote(target)):
        if (place := document.place_of(name)) is not None:
            return place
    return 0 if target in ("#", "#top") else None


def note_blocks(document: Document, place: int) -> Sequence[Block]:
    """Return the blocks of the footnote that begins at ``place``; empty where none does."""
    index = document.block_index(place)
    if index < 0 or document.blocks[index].kind is not BlockKind.FOOTNOTE:
        return ()
    nest = document.blocks[index].nest
    last = index + 1
    while nest and last < len(document.blocks) and _belongs(document.blocks[last], nest):
        last += 1
    return document.blocks[index:last]


def note_range(document: Document, place: int) -> TextRange | None:
    """Return the range of the footnote that begins at ``place``; None where none does."""
    blocks = note_blocks(document, place)
    return TextRange(blocks[0].start, blocks[-1].end) if blocks else None


def note_document(document: Document, place: int) -> Document:
    """Return the footnote at ``place`` as a document without the footnote's marker.

    Its offsets count from the start of ``note_range``.
    """
    blocks = note_blocks(document, place)
    if not blocks:
        return Document("", ())
    start, end, depth = blocks[0].start, blocks[-1].end, len(blocks[0].nest)
    shifted = [
        replace(block, start=block.start - start, end=block.end - start, nest=block.nest[depth:])
        for block in blocks
    ]
    shifted[0] = replace(shifted[0], kind=BlockKind.PARAGRAPH, marker="", level=0, label="")
    spans = tuple(
        replace(span, start=span.start - start, end=span.end - start)
        for span in document.spans_in(start, end)
    )
    return Document(document.text[start:end], tuple(shifted), spans, metadata=document.metadata)


def _belongs(block: Block, nest: tuple[int, ...]) -> bool:
    """Return whether a block continues the footnote whose container is ``nest``."""
    return block.nest[: len(nest)] == nest and block.kind is not BlockKind.FOOTNOTE


def _destination(target: str, source: str, url: str) -> Destination:
    scheme = _SCHEME.match(target)
    is_page = is_web_address(source)
    if is_web_address(target):
        return _on_the_web(target, source, url)
    if scheme and scheme[1].lower() == "file":
        if is_page or is_web_address(url):
            return RefusedLink(
                "Margin does not follow links from web pages to files on this computer."
            )
        return _file(urlsplit(target).path, urlsplit(target).fragment, source)
    if scheme:
        return RefusedLink(f"Margin follows links to articles; this is a {scheme[1]}: link.")
    if target.startswith("\\\\"):
        return RefusedLink("Margin does not follow links to files on another computer.")
    if target.startswith("//") and not is_page:
        return _on_the_web(f"https:{target}", source, url)
    if target.startswith("/") and url and not is_page:
        return _on_the_web(urljoin(url, target), source, url)
    if is_page:
        return _on_the_web(urljoin(source, target), source, url)
    if not source:
        return RefusedLink("This text has no folder, so this relative link leads nowhere.")
    parts = urlsplit(target)
    link = _file(parts.path, parts.fragment, source)
    if isinstance(link, ExternalLink) and is_web_address(url):
        return link._replace(otherwise=urljoin(url, target))
    return link


def _on_the_web(address: str, source: str, url: str) -> Destination:
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError(address)
    _ = parts.port  # raises ValueError if it is not a number
    page, fragment = parts._replace(fragment="").geturl(), _fragment(parts.fragment)
    own = {canonical_address(address) for address in (source, url) if is_web_address(address)}
    if fragment and canonical_address(page) in own:
        return InternalLink(fragment)
    return ExternalLink(page, fragment)


def _file(path: str, fragment: str, source: str) -> Destination:
    path = unquote(path, errors="strict")
    if _has_unsafe_characters(path):
        return RefusedLink(
            "Margin does not follow this link: it has characters that no address contains."
        )
    folder = PurePath(source).parent.as_posix() if source else "/"
    address = str(PurePath(posixpath.normpath(posixpath.join(folder, path))))
    if address == source:
        return InternalLink(_fragment(fragment) or "#")
    return ExternalLink(address, _fragment(fragment))


def _has_unsafe_characters(text: str) -> bool:
    return any(unicodedata.category(character) in _UNSAFE_CATEGORIES for character in text)


def _fragment(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""
