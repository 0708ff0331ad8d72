"""Libraries of a given size for the benchmarks: articles with their texts, sources and notes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple
from unittest.mock import patch

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import (
    CLAIM,
    CONTEXT,
    QUOTE,
    Annotation,
    Article,
    Place,
    Selector,
)
from reader.core.claims import STANDARD_STATUSES
from reader.core.document import Document, Metadata, TextRange
from reader.core.selectors import describe
from reader.formats import read_document
from reader.identifiers import to_ulid
from reader.store.files.migrations import with_schema
from reader.store.files.paths import ARTICLES, SNAPSHOTS, LibraryPaths
from reader.store.files.records import to_record
from reader.store.files.snapshots import Snapshots
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE, encode_tables
from tests.benchmarks.articles import TITLE, article

NOTES: Final = 10
"""The number of notes on an article."""

_FORMAT: Final = 2
"""Counts the changes of what is made here, so that no older library is taken from the cache."""

_SIZE: Final = 6_000
"""The bytes of an article."""

_TEMPLATES: Final = 12
"""How many texts there are; the articles made from one differ in their titles."""

_TENTH: Final = 10
"""Every tenth article has a deleted note; there are a tenth as many removed articles."""

SITES: Final = (
    "The Harbour Post",
    "Lower Tamsin Courier",
    "Tidal Gazette",
    "Radio Quay",
    "The Weir",
)
"""The outlets of the articles."""

SPEAKERS: Final = tuple(
    f"{first} {last}"
    for first in ("Ada", "Lucan", "Henrike", "Tomas", "Oluwaseun", "Mei", "Ingrid", "Pablo")
    for last in ("Prewitt", "Solvay", "Marsh", "Quint", "Okafor")
)
"""Who says the passages of quotes and claims."""

PROJECTS: Final = ("water", "harbour fund", "elections")
"""The projects that every other article belongs to."""

RARE: Final = "embankment"
"""A word that every 997th note has, and no text."""

_RARE_EVERY: Final = 997

_FIRST_TIME: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""When the first article was added; the others follow, an hour apart."""


def title(number: int) -> str:
    """Return the title of an article."""
    return f"Article {number:07d}"


def passage(number: int) -> str:
    """Return words that stand once in an article, and that no note is on."""
    return title(number)


def source(home: Path, number: int) -> Path:
    """Return the path of an article's source."""
    return home / "sources" / f"{number:07d}.md"


def write_source(home: Path, number: int) -> Path:
    """Write the source of an article, which need not be in the library, and return its path."""
    path = source(home, number)
    path.write_bytes(_text_of(number))
    return path


def library_of(count: int) -> Path:
    """Return a home folder with the sources of some articles, and a ``library`` with them.

    It is made when it is first asked for, and kept among the temporary files. It is not to be
    changed: use a ``copy``.

    Args:
        count: The number of articles, each with ``NOTES`` notes.
    """
    home = Path(tempfile.gettempdir()) / f"margin-growth-{_FORMAT}-{count}"
    if not home.is_dir():
        unfinished = Path(tempfile.mkdtemp(prefix="margin-growth-"))
        make_library(unfinished, home, count)
        unfinished.rename(home)
    return home


@contextmanager
def copy(home: Path) -> Iterator[Path]:
    """Make a copy of a home folder, and delete it at the end.

    The files are hard links, because Margin replaces a file and never writes into it; only the
    index is copied.
    """
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="margin-growth-copy-") as name:
        work = Path(name) / "home"
        shutil.copytree(home, work, copy_function=_link, symlinks=True)
        yield work


def _link(path: str, target: str) -> str:
    if Path(path).parent.name == "cache":
        return str(shutil.copy2(path, target))
    os.link(path, target)
    return target


class _Template(NamedTuple):
    """A text that articles are made from."""

    data: bytes
    """The source of article 0."""
    document: Document
    """The document of article 0."""
    selectors: tuple[Selector, ...]
    """The passages of its notes."""


_templates: dict[int, _Template] = {}


def _template(number: int) -> _Template:
    seed = number % _TEMPLATES
    if seed not in _templates:
        data = article(_SIZE, seed + 1).replace(TITLE, title(0), 1).encode()
        document = read_document(data, name="article.md")
        room = len(document.text) // (NOTES + 1)
        starts = [document.text.index(" ", room * (place + 1)) + 1 for place in range(NOTES)]
        selectors = tuple(describe(document, TextRange(start, start + 90)) for start in starts)
        _templates[seed] = _Template(data, document, selectors)
    return _templates[seed]


def _text_of(number: int) -> bytes:
    return _template(number).data.replace(title(0).encode(), title(number).encode())


def make_library(folder: Path, home: Path, count: int) -> None:
    """Write sources, and a ``library`` of articles that were opened from them.

    Args:
        folder: An empty folder.
        home: Where the folder will be when the library is used.
        count: The number of articles.
    """
    paths = LibraryPaths(folder / "library")
    (folder / "sources").mkdir()
    for path in (paths.folder, paths.articles, paths.snapshots, paths.previous, paths.trash):
        path.mkdir(mode=0o700)
    snapshots = Snapshots(paths.snapshots)
    umask = os.umask(0o077)
    try:
        with patch("os.fsync"):  # a library that can be made again need not survive a crash
            for number in range(count):
                name, content = _article_file(snapshots, home, number)
                write_source(folder, number)
                (paths.articles / name).write_bytes(content)
                os.link(paths.articles / name, paths.previous / name)
            for number in range(count, count + max(1, count // _TENTH)):
                _remove(paths, home, number)
    finally:
        os.umask(umask)


def _remove(paths: LibraryPaths, home: Path, number: int) -> None:
    """Write an article into the trash, as if it had been removed."""
    moment = (_FIRST_TIME + timedelta(hours=number)).strftime("%Y%m%dT%H%M%S%f")
    removal = paths.trash / f"article-{number}-{moment}"
    (removal / SNAPSHOTS).mkdir(parents=True)
    (removal / ARTICLES).mkdir()
    name, content = _article_file(Snapshots(removal / SNAPSHOTS), home, number)
    (removal / ARTICLES / name).write_bytes(content)


def _article_file(snapshots: Snapshots, home: Path, number: int) -> tuple[str, bytes]:
    """Write the text of an article; return the name and the content of its file."""
    template = _template(number)
    text = template.document.text.replace(title(0), title(number))
    metadata = Metadata(
        title=title(number),
        authors=(SPEAKERS[number % len(SPEAKERS)],),
        site=SITES[number % len(SITES)],
        published=(_FIRST_TIME + timedelta(hours=number)).date().isoformat(),
    )
    document = Document(text, template.document.blocks, template.document.spans, metadata)
    snapshots.write(document)
    moment = clock.iso(_FIRST_TIME + timedelta(hours=number))
    identity = to_ulid(1 << 120 | number)
    values = Article(
        identity,
        str(source(home, number)),
        metadata,
        snapshot=document.digest,
        source_digest=sha256(_text_of(number)).hexdigest(),
        added=moment,
        opened=moment,
        progress=0.5,
        tags=(PROJECTS[number // 2 % len(PROJECTS)],) if number % 2 else (),
    )
    notes = [
        _note(number * (NOTES + 1) + place, selector, document, moment)
        for place, selector in enumerate(template.selectors)
    ]
    if number % _TENTH == 0:
        last = number * (NOTES + 1) + NOTES
        notes.append(replace(_note(last, template.selectors[0], document, moment), deleted=moment))
    tables = {
        ARTICLE_TABLE: {identity: to_record(values)},
        ANNOTATION_TABLE: {note.id: to_record(note) for note in notes},
    }
    name = f"article-{number:07d}-{identity[-6:].lower()}.json"
    return name, encode_tables(with_schema(tables))


def _note(number: int, selector: Selector, document: Document, moment: str) -> Annotation:
    exact = document.text[selector.start : selector.end]
    tag = (QUOTE, CLAIM, CONTEXT)[number % 3]
    rare = f" Ask at the {RARE}." if number % _RARE_EVERY == 0 else ""
    return Annotation(
        id=to_ulid(1 << 121 | number),
        selector=replace(
            selector, exact=exact, section=document.metadata.title, snapshot=document.digest
        ),
        place=Place(selector.start, selector.end),
        tags=(tag,),
        created=moment,
        modified=moment,
        note=f"Who says so, and when? See also page {number % 100} of the minutes.{rare}",
        speaker="" if tag == CONTEXT else SPEAKERS[number // 3 % len(SPEAKERS)],
        status=STANDARD_STATUSES[number // 3 % 4].name if tag == CLAIM else None,
    )
