"""Reads the files of an import, and recognises their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from reader.core.text_formatting import counted
from reader.errors import SourceError
from reader.formats import clean_line
from reader.imports.archive import is_archive
from reader.imports.model import BadRow, GivenFile, ImportedSource, Remark
from reader.imports.registry import FORMATS, ImportFormat, recognise
from reader.paths import typed_path
from reader.progress import LOOKING, Report, reported
from reader.session.folders import is_folder, visible_files
from reader.session.importing.embedded import (
    EMBEDDED,
    read_document_notes,
    recognise_document,
)
from reader.session.importing.unpacked import Unpacked, unpacked_in
from reader.session.sources import STANDARD_INPUT, Source, fetch

if TYPE_CHECKING:
    from reader.store.library import Library

KINDS: Final = {**FORMATS, **EMBEDDED}
"""Every kind of file that holds notes, by its name."""

_START: Final = 1_000_000
"""How many bytes of a file that is too large tell its kind."""

_MOST_BAD_ROWS: Final = 1_000
"""How many rows of a file that cannot be read are kept."""


class FileContent(NamedTuple):
    """What is in a file of another program."""

    name: str
    """Its path as it was given."""
    kind: ImportFormat
    """Its kind."""
    sources: list[ImportedSource]
    """Its sources, as they were read."""
    bad_rows: tuple[BadRow, ...]
    """What could not be read of it."""
    remarks: tuple[str, ...]
    """Sentences on what else of it is not imported."""


class _Known(NamedTuple):
    """A source whose kind is known."""

    source: Source
    """The source."""
    file: GivenFile
    """The same as a file to import."""
    kind: ImportFormat
    """Its kind."""


def read_file(path: str, library: Library, kind: str = "") -> FileContent:
    """Read a file of another program, or a document with notes.

    Args:
        path: Its path; ``-`` for standard input.
        library: The library, which may have the document.
        kind: The name of its kind; empty to recognise it.

    Raises:
        SourceError: It cannot be read, or is of no kind that Margin knows.
        StoreError: The library cannot be read.
    """
    fetched = fetch(path)
    file = GivenFile(fetched.data, Path(path).name if path != STANDARD_INPUT else "Standard input")
    known = _kind_of(file, kind)
    if known is None:
        raise _unknown(file, path)
    return _content_of(_Known(fetched, file, known), path, library)


def read_all(
    paths: Iterable[str], kind: str, library: Library, report: Report
) -> Iterator[FileContent]:
    """Yield what is in some files, and in those files of folders that are of a known kind.

    Args:
        paths: The paths of files and folders; ``-`` for standard input.
        kind: The name of their kind; empty to recognise each.
        library: The library, which may have a document, and whose folder is left out.
        report: Called before each file of a folder; may raise to end the work.

    Raises:
        SourceError: A file cannot be read, or is of no kind that Margin knows; or a folder has none
            that is.
        StoreError: The library cannot be read.
    """
    if kind and kind not in KINDS:
        raise SourceError(
            "No such kind", f"{kind!r} is no kind of file; choose one of {', '.join(KINDS)}."
        )
    for path in dict.fromkeys(paths):
        if path == STANDARD_INPUT or not is_folder(path):
            yield read_file(path, library, kind)
            continue
        problems: list[str] = []
        files = list(visible_files(typed_path(path), library.folder, problems))
        found = list(_contents(typed_path(path), files, kind, library, report))
        if problems or not found:
            raise SourceError(
                "Not imported",
                problems[0] if problems else f"{path} holds no file of a kind that Margin imports.",
            )
        yield from found


def _contents(
    folder: Path, files: Sequence[Path], kind: str, library: Library, report: Report
) -> Iterator[FileContent]:
    """Yield what is in those files of a folder that hold notes; unpacked archives come first."""
    archives = [] if kind else [*unpacked_in(folder, files)]
    parts: list[Unpacked | Path] = [*archives, *files]
    read: set[Path] = set()
    for each in reported(parts, LOOKING, report):
        if isinstance(each, Unpacked):
            content = _read_unpacked(each, library)
            read |= each.files if content is not None else set()
        else:
            content = _read_in_folder(each, library, kind) if each not in read else None
        if content is not None:
            yield content


def _read_unpacked(archive: Unpacked, library: Library) -> FileContent | None:
    """Read what a browser has unpacked; None where it is no archive with notes."""
    try:
        fetched = Source(archive.folder, Path(archive.folder).name, archive.packed())
    except SourceError as error:
        return _left_out(archive.folder, KINDS[archive.kind], error)
    return _with_notes(fetched, archive.folder, library, "", is_sure=False)


def _read_in_folder(path: Path, library: Library, kind: str) -> FileContent | None:
    """Read a file of a folder; None for one of no known kind, or without notes.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        fetched = fetch(str(path))
    except SourceError as error:
        if not (start := _start_of(path)):
            raise
        known = _kind_of(GivenFile(start, path.name), kind)  # it is too large
        return _left_out(str(path), known, error) if known is not None else None
    return _with_notes(fetched, str(path), library, kind, is_sure=True)


def _start_of(path: Path) -> bytes:
    """Return the first bytes of a file; none of one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_START)
    except OSError:
        return b""


def _with_notes(
    fetched: Source, path: str, library: Library, kind: str, *, is_sure: bool
) -> FileContent | None:
    """Return what is in a source; None for one of no known kind, or without notes.

    Args:
        fetched: The source.
        path: Its path.
        library: The library.
        kind: The name of its kind; empty to recognise it.
        is_sure: Whether bad rows are of notes that cannot be read, and not of something else.
    """
    file = GivenFile(fetched.data, Path(path).name)
    known = _kind_of(file, kind)
    if known is None:
        return None
    try:
        content = _content_of(_Known(fetched, file, known), path, library)
    except SourceError as error:
        return _left_out(path, known, error)
    if known.is_general and not kind:
        content = content._replace(sources=list(filter(_says_more, content.sources)))
    has_notes = any(each.notes for each in content.sources)
    return content if has_notes or (is_sure and content.bad_rows) else None


def _left_out(path: str, kind: ImportFormat, error: SourceError) -> FileContent:
    return FileContent(path, kind, [], (), (f"It is left out. {error.message}",))


def _says_more(source: ImportedSource) -> bool:
    """Return whether a source has more than a title, or a note of it leads back to its place."""
    if source.url or source.authors or source.isbn or source.path:
        return True
    return any(note.key or note.page or note.position for note in source.notes)


def read_document(path: str, library: Library) -> FileContent | None:
    """Read the notes of a document; return None for a file that is of no such kind.

    Args:
        path: Its path or its web address.
        library: The library, which may have the document.

    Raises:
        SourceError: It cannot be read.
        StoreError: The library cannot be read.
    """
    fetched = fetch(path)
    file = GivenFile(fetched.data, Path(path).name)
    known = recognise_document(file)
    return _content_of(_Known(fetched, file, known), path, library) if known is not None else None


def _kind_of(file: GivenFile, kind: str) -> ImportFormat | None:
    return KINDS.get(kind) if kind else recognise_document(file) or recognise(file)


def _unknown(file: GivenFile, path: str) -> SourceError:
    """Return the error for a file of no kind that Margin knows.

    Raises:
        SourceError: It is an archive that is damaged.
    """
    if is_archive(file.data):
        count = counted(len(file.archive.names), "file")  # or it is damaged
        return SourceError(
            "Not imported",
            f"{path} is an archive of {count}, and of no kind that Margin imports as a whole."
            " Unpack it, and import what is in it.",
        )
    return SourceError(
        "Not imported",
        f"{path} is of no kind that Margin recognises by its content. If it is one of these,"
        f" margin import --as names it: {', '.join(KINDS)}. A list of addresses is added"
        " with margin add --from.",
    )


def _content_of(given: _Known, path: str, library: Library) -> FileContent:
    fetched, file, known = given
    sources: list[ImportedSource] = []
    bad_rows: list[BadRow] = []
    remarks: dict[str, None] = {}
    is_document = known.name in EMBEDDED
    items = read_document_notes(file, fetched, library) if is_document else known.read(file)
    for each in items:
        if isinstance(each, BadRow):
            bad_rows.append(each)
        elif isinstance(each, Remark):
            remarks[clean_line(each.message)] = None
        else:
            sources.append(_named(each, file.name))
    if (more := len(bad_rows) - _MOST_BAD_ROWS) > 0:
        remarks[f"{counted(more, 'more row')} cannot be read."] = None
    return FileContent(path, known, sources, tuple(bad_rows[:_MOST_BAD_ROWS]), tuple(remarks))


def _named(source: ImportedSource, name: str) -> ImportedSource:
    """Return a source; one that nothing identifies has the name of its file as its title."""
    if source.article or source.url or source.path or source.isbn or source.title.strip():
        return source
    return replace(source, title=Path(name).stem)
