"""What is kept for later: adding articles without reading them, and where each one stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.addresses import canonical_address, is_web_address
from reader.core.annotation import Article, ArticleState
from reader.core.changes import with_state
from reader.core.document import Document, Metadata
from reader.errors import GivenUp, ReaderError, SourceError
from reader.session.article_loader import as_found, new_article
from reader.session.identity import recognise
from reader.session.sources import STANDARD_INPUT, Source, Watch, address_of, fetch

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.session.writer import SaveWriter
    from reader.store.library import ArticleSummary, Library

AT_ONCE = 4
"""How many articles are fetched at the same time."""

POLL_SECONDS = 0.1
"""How often the thread that waits for them runs at least, in seconds. A signal that comes as it
begins to wait wakes it only then: Python handles signals between two steps of the main thread."""


class Copy(NamedTuple):
    """An article as another program kept it."""

    name: str
    """What its file is called, from which the kind is told."""
    read: Callable[[], bytes]
    """Returns the file, or raises ``SourceError``."""
    metadata: Metadata
    """What the other program knew of the article."""


class Wanted(NamedTuple):
    """An article to keep for later."""

    source: str
    """A path, a URL, or ``-`` for standard input."""
    added: str = ""
    """When a person kept it elsewhere: ISO 8601, UTC, with milliseconds; empty for now."""
    tags: tuple[str, ...] = ()
    """The tags that it had there."""
    is_archived: bool = False
    """Whether it was done with there."""
    copy: Copy | None = None
    """The article itself; None where it must be fetched."""
    is_whole: bool = False
    """Whether all of a page's text is wanted, and not its article alone."""


class Added(NamedTuple):
    """What became of one that was to be kept."""

    source: str
    """The path or URL, as it was given."""
    article_id: str = ""
    """The article's ULID; empty where it failed."""
    title: str = ""
    """The article's title; may be empty."""
    is_new: bool = False
    """Whether the library did not have it."""
    error: ReaderError | None = None
    """Why it could not be kept."""


class Queue:
    """The articles of one library that are kept for later."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Serve a library."""
        self._library = library
        self._writer = writer

    def next_unread(self) -> ArticleSummary | None:
        """Return the unread article that was added first, or None where there is none."""
        unread = [each for each in self._library.articles() if each.state is ArticleState.UNREAD]
        return min(unread, key=lambda each: (each.added, each.id), default=None)

    def set_state(self, article_id: str, state: ArticleState | None) -> ArticleState | None:
        """Set an article's state by hand; returns once the change is on disk.

        Args:
            article_id: Which article.
            state: The state; None derives it from the reading again.

        Returns:
            The state that was set by hand before, for undoing the change.

        Raises:
            StoreError: It could not be saved.
        """
        self._writer.flush()
        article = self._library.load(article_id).article
        moment = clock.later(clock.now(), than=article.changed.get("state_by_hand", ""))
        self._library.save(article_id, article=with_state(article, state, moment))
        return article.manual_state

    def add(self, wanted: Wanted, watch: Watch) -> Added:
        """Keep one article; returns once it is on disk.

        What the library has is left as it is, and is not fetched again; nor is an article that came
        with its text, as long as that can be read.

        Raises:
            ReaderError: It cannot be read or saved.
            GivenUp: ``watch`` said so.
        """
        source = wanted.source
        known = None if source == STANDARD_INPUT else self._find(address_of(source))
        if known is not None and self._library.has_snapshot(known.snapshot):
            return Added(source, known.id, known.metadata.title)
        is_whole = wanted.is_whole or (known is not None and known.is_whole)
        read_as = known.read_as if known is not None else ""
        found, document = self._read(wanted, watch, is_whole=is_whole, read_as=read_as)
        known = known or recognise(self._library, found, document).article
        if known is not None and self._library.has_snapshot(known.snapshot):
            return Added(source, known.id, known.metadata.title)
        article = as_found(known or self._made(wanted, new_article(found, document)), found)
        article = replace(article, metadata=document.metadata, snapshot=document.digest)
        self._library.write_snapshot(document)
        kept = self._library.save(article.id, article=article).article
        return Added(source, kept.id, kept.metadata.title, is_new=known is None)

    def add_all(
        self,
        wanted: Iterable[Wanted],
        begun: Callable[[str], object] = str,
        cancelled: Callable[[], bool] = lambda: False,
        came: Callable[[str, int, int | None], None] | None = None,
    ) -> Iterator[Added]:
        """Keep many articles, ``AT_ONCE`` at a time, each address once.

        Args:
            wanted: What to keep.
            begun: Told each source when its turn comes, on a thread of its own.
            cancelled: Asked now and then whether to give up those that are not done.
            came: Told of each source how many bytes have come, and how many there are where that is
                known, on a thread of its own.

        Yields:
            What became of each, in the order in which they are done; nothing of those given up.
        """
        stop = threading.Event()

        def add(each: Wanted) -> Added:
            begun(each.source)
            progress = partial(came, each.source) if came is not None else None
            try:
                return self.add(each, Watch(progress, lambda: stop.is_set() or cancelled()))
            except ReaderError as error:
                return Added(each.source, error=error)

        with closing(_side_by_side(add, _each_once(wanted), cancelled, stop)) as done:
            yield from (each for each in done if not isinstance(each.error, GivenUp))

    def _read(
        self, wanted: Wanted, watch: Watch, *, is_whole: bool, read_as: str
    ) -> tuple[Source, Document]:
        from reader.formats import read_document  # noqa: PLC0415  (the reader may do without)

        if wanted.copy is not None:
            try:
                return _read_copy(wanted.source, wanted.copy)
            except SourceError:
                pass  # the page may still be there
        found = fetch(wanted.source, watch)
        found.is_whole, found.read_as = is_whole, read_as
        document = read_document(found.data, name=found.name, kind=read_as, carriage=found.carriage)
        return found, document

    def _find(self, address: str) -> Article | None:
        url = address if is_web_address(address) else ""
        return self._library.find(source=address, url=url)

    def _made(self, wanted: Wanted, article: Article) -> Article:
        article = replace(article, added=wanted.added or article.added, tags=wanted.tags)
        if wanted.is_archived:
            article = with_state(article, ArticleState.ARCHIVED, article.added)
        return article


def read_list(path: str) -> Sequence[Wanted]:
    """Return the articles that a file lists; see ``reader.imports.links`` for its kinds.

    Raises:
        SourceError: It cannot be read, or lists none.
    """
    from reader.imports import Copies, Link, read_links  # noqa: PLC0415  (only for lists)

    found = fetch(path)
    name = found.name or "Standard input"
    links = read_links(found.data, name)
    if not links:
        raise SourceError("Nothing to add", f"{path} holds no web address that could be read.")

    copies = Copies(found.data, name)

    def copy(link: Link) -> Copy | None:
        if not link.copy:
            return None
        authors = (link.author,) if link.author else ()
        known = Metadata(title=link.title, authors=authors, published=link.published, url=link.url)
        return Copy(link.copy, partial(copies.read, link.copy), known)

    return [Wanted(each.url, each.added, each.tags, each.is_archived, copy(each)) for each in links]


def _side_by_side(
    add: Callable[[Wanted], Added],
    wanted: Iterator[Wanted],
    cancelled: Callable[[], bool],
    stop: threading.Event,
) -> Generator[Added]:
    """Call ``add`` on threads, ``AT_ONCE`` at a time; give what they return as they are done.

    Args:
        add: Adds one.
        wanted: Those to add.
        cancelled: Asked now and then whether to begin with no more of them.
        stop: Set once nobody takes what they return, so that those under way end.
    """
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait  # noqa: PLC0415

    under_way: set[Future[Added]] = set()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="margin-add") as pool:
        try:
            while True:
                while len(under_way) < AT_ONCE and not cancelled():
                    one = next(wanted, None)
                    if one is None:
                        break
                    under_way.add(pool.submit(add, one))
                if not under_way:
                    return
                done, under_way = wait(under_way, POLL_SECONDS, FIRST_COMPLETED)
                yield from (each.result() for each in done)
        finally:
            stop.set()


def _each_once(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    seen: set[str] = set()
    for each in wanted:
        key = _address_or_name(each.source)
        if key not in seen:
            seen.add(key)
            yield each


def _address_or_name(source: str) -> str:
    """Return what a source is known by; as it was given where that cannot be, told in its turn."""
    try:
        return canonical_address(address_of(source))
    except SourceError:
        return source


def _read_copy(url: str, copy: Copy) -> tuple[Source, Document]:
    """Read a copy. All of its text is the article: the other program has left out the rest."""
    from reader.formats import clean_line, read_document  # noqa: PLC0415  (only for lists)

    found = Source(address_of(url), copy.name, copy.read())
    document = read_document(
        found.data, name=found.name, carriage=found.carriage._replace(whole=True)
    )
    said, told = document.metadata, copy.metadata
    metadata = replace(
        said,
        title=clean_line(told.title) or said.title,
        authors=tuple(filter(None, map(clean_line, told.authors))) or said.authors,
        published=said.published or clean_line(told.published),
        url=said.url or told.url,
    )
    return found, replace(document, metadata=metadata)
