"""E-mail: reads the texts of a message, or of the messages of an archive (mbox), in order.

The header becomes metadata and a few lines, and attachments are named. A message inside a message
is read where it stands.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from typing import Final

from reader.core.document import BlockKind, Document, Metadata, Span
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, SliceSchedule, title_from_name
from reader.formats.mail import header as mail_header
from reader.formats.mail.page import make_readable, target_of
from reader.formats.mail.parts import HtmlPart, Letter, open_letter
from reader.formats.mail.text import PlainPart
from reader.formats.message_policy import POLICY
from reader.formats.plain.reader import read as read_plain
from reader.formats.tree.blocks import TreeReader

MAX_MESSAGES: Final = 5000
"""The most messages of an archive that are read."""

FIRST_SLICE: Final = 8192
"""Code points of text in the first part."""

LARGEST_SLICE: Final = 262_144
"""The most code points of text between two parts."""

_BETWEEN = re.compile(rb"(?:\A|\n)From [^\n]{1,300}\d{4}[^\n]{0,40}\n(?=[!-9;-~]{1,76}:)")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HIDDEN: Final = {
    "encrypted": "is encrypted: open it in the mail program that has the key, and save its text",
    "tnef": "keeps its text in winmail.dat, which only Outlook reads: ask for it as plain text",
}


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a message, or an archive of messages, that grows; the last one is complete.

    Args:
        data: The bytes of a message as it was sent, or of an archive of a mail program.
        name: Its name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: It holds no text, hides it, or is nested too deeply.
    """
    data = data.replace(b"\r\n", b"\n")
    starts = [match.start() for match in _BETWEEN.finditer(data)]
    is_archive = len(starts) > 1 and starts[0] == 0
    writer = _Writer(DocumentBuilder(), name)
    metadata = Metadata(title=title_from_name(name) or "Messages")
    slices = SliceSchedule(writer.builder, first_slice or FIRST_SLICE, LARGEST_SLICE)
    for letter in _letters(data, starts, name) if is_archive else (_letter(data, name),):
        if not is_archive:
            metadata = mail_header.metadata(letter.message, title_from_name(name) or "Message")
        for _ in writer.write(letter, level=1, first_slice=first_slice):
            if slices.advance():
                yield writer.builder.document(metadata, is_complete=False)
    if is_archive and len(starts) > MAX_MESSAGES:
        writer.leave_out(len(starts) - MAX_MESSAGES)
    if not writer.has_text:
        label = name or "The source"
        hidden = next((_HIDDEN[one] for one in _HIDDEN if one in writer.seals), "")
        what = hidden or "is a message without text"
        raise SourceError("Nothing to read", f"{label} {what}.")
    yield writer.builder.document(metadata, is_complete=True)


def _letters(data: bytes, starts: list[int], name: str) -> Iterator[Letter]:
    """Yield the messages of an archive, each parsed when it is needed."""
    for start, end in zip(starts[:MAX_MESSAGES], [*starts[1:], len(data)], strict=False):
        yield _letter(_ESCAPED.sub(rb"\1", data[start:end].lstrip(b"\n")), name)


def _letter(data: bytes, name: str) -> Letter:
    try:
        return open_letter(email.message_from_bytes(data, policy=POLICY))
    except RecursionError as error:
        message = (
            f"{name or 'The source'} has messages inside messages, nested too deeply to be read."
        )
        raise SourceError("Not a readable message", message) from error


class _Writer:
    """Writes messages into one document."""

    def __init__(self, builder: DocumentBuilder, name: str) -> None:
        self.builder = builder
        self.has_text = False
        self.seals: set[str] = set()
        self._name = name
        self._texts = 0

    def write(self, letter: Letter, *, level: int, first_slice: int) -> Iterator[None]:
        """Add a message: its subject, its header lines, its texts, its attachments."""
        fallback = title_from_name(self._name) if level == 1 and not self._texts else ""
        title = mail_header.first(letter.message, "subject") or fallback or "Message"
        label = self.builder.unique_label(title)
        self.builder.add(BlockKind.HEADING, title, level=min(level, 6), label=label)
        if lines := mail_header.shown_lines(letter.message):
            self.builder.add(BlockKind.VERSE, "\n".join(lines), residue=True)
        for piece in letter.pieces:
            if isinstance(piece, Letter):
                yield from self.write(piece, level=level + 1, first_slice=first_slice)
            elif isinstance(piece, HtmlPart):
                make_readable(piece.root)
                before = len(self.builder)
                TreeReader(self.builder, resolve=target_of, label_of=_no_label).read(piece.root)
                self.has_text = self.has_text or len(self.builder) > before
                yield
            else:
                yield from self._plain(piece, first_slice)
        self.seals |= letter.seals
        if letter.attached:
            names = ", ".join(letter.attached)
            self.builder.add(BlockKind.PARAGRAPH, f"Attached: {names}", residue=True)
            self.has_text = self.has_text or not letter.seals
        yield

    def leave_out(self, count: int) -> None:
        """Add a line that says how many messages are left out."""
        sentence = f"{count:,} more messages are in the file; {MAX_MESSAGES:,} are shown."
        self.builder.add(BlockKind.PARAGRAPH, sentence, residue=True)

    def _plain(self, plain_part: PlainPart, first_slice: int) -> Iterator[None]:
        for text, is_foot in ((plain_part.text, False), (plain_part.foot, True)):
            if not text.strip():
                continue
            self.has_text = True
            self._texts += 1
            done = 0
            for document in read_plain(text, self._name, 0 if is_foot else first_slice):
                self._copy(document, done, is_foot=is_foot)
                done = len(document.blocks)
                yield

    def _copy(self, document: Document, first: int, *, is_foot: bool) -> None:
        """Add the blocks of a text from the index ``first`` on."""
        # Several texts may each have a note [1]: a prefix keeps their labels apart.
        prefix = f"{self._texts}-" if self._texts > 1 else ""
        for block in document.blocks[first:]:
            spans = [
                Span(
                    one.kind,
                    one.start - block.start,
                    one.end - block.start,
                    _prefixed(one.target, prefix),
                )
                for one in reversed(document.spans_in(block.start, block.end))
            ]
            is_title = is_foot and block.kind is BlockKind.HEADING
            kind = BlockKind.PARAGRAPH if is_title else block.kind
            self.builder.add(
                kind,
                document.quote(block.range),
                spans,
                level=0 if is_title else block.level,
                nest=block.nest,
                marker=block.marker,
                tight=block.tight,
                language=block.language,
                label=f"{prefix}{block.label}" if block.label else "",
                residue=block.residue or is_foot,
                aligns=block.aligns,
                header_rows=block.header_rows,
            )


def _no_label(_identifier: str) -> str:
    """Return no label: the identifiers of a message's HTML are only for styles."""
    return ""


def _prefixed(target: str, prefix: str) -> str:
    return f"#{prefix}{target[1:]}" if target.startswith("#") else target
