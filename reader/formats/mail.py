"""E-mail: a message's subject and text; its header is metadata, its attachments are named."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from typing import Any, Final, NamedTuple

from reader.core.document import BlockKind, Document, Metadata, Span
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.encoding import read_text
from reader.formats.plain_text import read as read_plain
from reader.formats.tree_blocks import TreeReader
from reader.formats.xml_tree import parse_page

MAX_PARTS: Final = 2000
"""Parts of a message that are looked at."""

_FLOWED = re.compile(r"^(?!>|-- $)([^\n]*) \n(?=[^\n>])", re.MULTILINE)
_MUCH: Final = 4
"""How many times longer a message's HTML is than its plain text where that is only a hint."""

_FAULTS = (MessageError, ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError)


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a message that grows; the last one is complete.

    Args:
        data: The bytes of a message as it was sent.
        name: Its name or path.
        first_slice: Code points of text behind the first part; 0 for what suits.

    Raises:
        SourceError: It holds no text, or is too deeply nested.
    """
    label = name or "The source"
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part, _ in zip(message.walk(), range(MAX_PARTS), strict=False)]
    except RecursionError as error:
        message_text = f"{label} has messages within messages, too deep to be read."
        raise SourceError("Not a readable message", message_text) from error
    metadata = _metadata(message, name)
    builder = DocumentBuilder()
    content = _sort(parts)
    builder.add(
        BlockKind.HEADING, metadata.title, level=1, label=builder.unique_label(metadata.title)
    )
    for _ in _body(content, name, first_slice, builder):
        yield builder.document(metadata, is_complete=False)
    if content.attached:
        attached = ", ".join(content.attached)
        builder.add(BlockKind.PARAGRAPH, f"Attached: {attached}", residue=True)
    if len(builder) < 2:
        raise SourceError("Nothing to read", f"{label} is a message without text.")
    yield builder.document(metadata, is_complete=True)


class _Content(NamedTuple):
    """What a message is made of."""

    plain: Message | None
    """Its plain text."""
    page: Message | None
    """Its HTML."""
    attached: list[str]
    """The names of what is attached."""


def _body(
    content: _Content, name: str, first_slice: int, builder: DocumentBuilder
) -> Iterator[None]:
    """Add the text of a message, from its HTML where its plain text says much less."""
    text = _text(content.plain) if content.plain is not None else ""
    root = parse_page(_payload(content.page)) if content.page is not None else None
    shown = "" if root is None else " ".join("".join(root.itertext("p", "td", "li")).split())
    if root is not None and (not text.strip() or len(shown) > _MUCH * len(text)):
        TreeReader(builder, label_of=_no_label).read(root)
        return
    done = 0
    for document in read_plain(text, name, first_slice) if text.strip() else ():
        _copy(document, done, builder)
        done = len(document.blocks)
        yield


def _no_label(_identifier: str) -> str:
    """Leave the identifiers of a message's HTML out: they are for its looks."""
    return ""


def _copy(document: Document, first: int, builder: DocumentBuilder) -> None:
    """Add the blocks of a document from the one with the index ``first``."""
    for block in document.blocks[first:]:
        spans = [
            Span(one.kind, one.start - block.start, one.end - block.start, one.target)
            for one in reversed(document.spans_in(block.start, block.end))
        ]
        builder.add(
            block.kind,
            document.quote(block.range),
            spans,
            level=block.level,
            nest=block.nest,
            marker=block.marker,
            tight=block.tight,
            language=block.language,
            label=block.label,
            residue=block.residue,
            aligns=block.aligns,
            header_rows=block.header_rows,
        )


def _sort(parts: list[Message]) -> _Content:
    """Return the parts of a message that are read, and the names of the others."""
    plain: Message | None = None
    page: Message | None = None
    attached: list[str] = []
    for part in parts:
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        file_name = _file_name(part)
        if file_name or part.get_content_disposition() == "attachment":
            attached.append(file_name or kind)
        elif kind == "text/plain" and plain is None:
            plain = part
        elif kind == "text/html" and page is None:
            page = part
    return _Content(plain, page, attached)


def _file_name(part: Message) -> str:
    try:
        return clean_line(_header(part.get_filename() or ""))[:200]
    except _FAULTS:
        return ""


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    """Return the plain text of a part, its soft line ends (RFC 3676) undone."""
    data = _payload(part)
    charset = str(part.get_param("charset") or "")
    try:
        text = data.decode(charset) if re.fullmatch(r"[\w.:-]{1,40}", charset) else ""
    except (LookupError, UnicodeDecodeError):
        text = ""
    try:
        text = read_text(text.encode("utf-8") if text else data)
    except (SourceError, UnicodeEncodeError):
        return ""
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _FLOWED.sub(r"\1 ", text)
    return text


def _header(value: Any) -> str:
    """Return a header's text, its encoded words (RFC 2047) decoded."""
    pieces: list[str] = []
    try:
        for piece, charset in decode_header(str(value)):
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            try:
                pieces.append(piece.decode(charset or "utf-8"))
            except (LookupError, UnicodeDecodeError):
                pieces.append(piece.decode("cp1252", "replace"))
    except _FAULTS:
        return clean_line(str(value))
    return clean_line("".join(pieces))[:1000]


def _metadata(message: Message, name: str) -> Metadata:
    senders = email.utils.getaddresses([_header(one) for one in message.get_all("from", [])])
    authors = [clean_line(shown or address) for shown, address in senders]
    return Metadata(
        title=_header(message.get("subject", "")) or title_from_name(name) or "Message",
        authors=tuple(one for one in authors if one),
        site=_header(message.get("list-id", "")).partition("<")[0].strip(' "'),
        published=_date(message.get("date", "")),
        language=_header(message.get("content-language", ""))[:40],
        identifier=_header(message.get("message-id", "")).strip("<> "),
    )


def _date(value: Any) -> str:
    try:
        moment = email.utils.parsedate_to_datetime(str(value))
    except (*_FAULTS, OverflowError):
        return ""
    return moment.isoformat()
