"""Articles for later: add them without reading, set their state, find the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.addresses import canonical_address, is_web_address
from reader.core.annotation import Annotation, Article, ArticleState
from reader.core.changes import changed_at, time_of, with_state
from reader.core.document import Document, Metadata
from reader.core.seen_texts import with_seen_text
from reader.core.text_formatting import counted
from reader.errors import GivenUp, ReaderError, SourceError
from reader.session.archived_copies import ArchivedCopy, read_copy
from reader.session.article_records import new_article, with_source
from reader.session.identity import identify
from reader.session.sources import STANDARD_INPUT, Source, Watch, address_of, fetch

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.session.writer import SaveWriter
    from reader.store.library import ArticleSummary, Library

AT_ONCE = 4
"""How many articles are fetched at once."""

POLL_SECONDS = 0.1
"""The longest wait of the main thread for a fetched article, in seconds: Python handles a signal,
such as that of ctrl+c, only when the wait ends."""


class AddRequest(NamedTuple):
    """An article to add."""

    source: str
    """A path, a URL, or ``-`` for standard input."""
    added: str = ""
    """When it was saved in another program: ISO 8601, UTC, with milliseconds; empty for now."""
    tags: tuple[str, ...] = ()
    """Its tags in the other program."""
    is_archived: bool = False
    """Whether it was archived in the other program."""
    copy: ArchivedCopy | None = None
    """The article itself; None to fetch it."""
    is_whole: bool = False
    """True for all text of a page, False for its article."""


class AddResult(NamedTuple):
    """The outcome of adding one article."""

    source: str
    """The path or URL as it was given."""
    article_id: str = ""
    """The ULID of the article; empty where adding failed."""
    title: str = ""
    """The title of the article; may be empty."""
    is_new: bool = False
    """Whether the article is new in the library."""
    error: ReaderError | None = None
    """Why adding failed; None where it did not."""
    embedded_notes: int = 0
    """The number of notes that the file holds, as the highlights of a PDF, where it was read."""


class Expanded(NamedTuple):
    """Requests with the files of folders in place of these."""

    requests: tuple[AddRequest, ...]
    """The articles to add."""
    remarks: tuple[str, ...]
    """A sentence on each thing that is left out of a folder."""
    folders: frozenset[str]
    """The sources that were folders."""


class Queue:
    """The articles of one library that are saved for later."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Serve a library."""
        self._library = library
        self._writer = writer
        self._saving = threading.Lock()

    def next_unread(self) -> ArticleSummary | None:
        """Return the unread article that was added first, or None where there is none.

        What was imported without a text, and has no source that can be read, is left out.
        """
        unread = [
            each
            for each in self._library.articles()
            if each.state is ArticleState.UNREAD and _can_be_read(each)
        ]
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

    def add(self, request: AddRequest, watch: Watch) -> AddResult:
        """Add one article; returns once it is on disk.

        An article that the library has is neither changed nor fetched, and an archived copy that
        can be read is not fetched either.

        Raises:
            ReaderError: It cannot be read or saved.
            GivenUp: ``watch`` cancelled.
        """
        source = request.source
        stored = None if source == STANDARD_INPUT else self._find(address_of(source))
        if stored is not None and self._library.has_snapshot(stored.snapshot):
            return AddResult(source, stored.id, stored.metadata.title)
        is_whole = request.is_whole or (stored is not None and stored.is_whole)
        read_as = stored.read_as if stored is not None else ""
        fetched, document = self._read(request, watch, is_whole=is_whole, read_as=read_as)
        with self._saving:  # another thread may be adding the same text
            stored = stored or self._same(fetched, document)
            if stored is not None and self._library.has_snapshot(stored.snapshot):
                return AddResult(source, stored.id, stored.metadata.title)
            article = with_source(
                stored or self._with_request(request, new_article(fetched, document)), fetched
            )
            article = replace(article, source_metadata=document.metadata, snapshot=document.digest)
            article = with_seen_text(article, document.digest, request.added or clock.now())
            self._library.write_snapshot(document)
            placed = self._first_places(stored, document)
            kept = self._library.save(article.id, article=article, annotations=placed).article
        return AddResult(
            source,
            kept.id,
            kept.metadata.title,
            is_new=stored is None,
            embedded_notes=document.metadata.embedded_notes,
        )

    def _first_places(self, stored: Article | None, document: Document) -> list[Annotation]:
        """Return the annotations that waited for the text of an article, with their places."""
        if stored is None:
            return []
        from reader.session.first_places import with_first_places  # noqa: PLC0415  (rarely needed)

        annotations = self._library.load(stored.id).annotations
        waiting = [each for each in annotations if each.is_waiting]
        placed = with_first_places(waiting, document)
        return [
            changed_at(before, after, clock.later(clock.now(), than=time_of(before, "place")))
            for before, after in zip(waiting, placed, strict=True)
        ]

    def with_files(
        self, requests: Sequence[AddRequest], on_found: Callable[[int], object] = lambda _: None
    ) -> Expanded:
        """Return requests with the files of folders in place of these; see ``folders.files_in``.

        Args:
            requests: The articles and the folders to add.
            on_found: Called now and then with how many files were found in a folder; may raise to
                end the search.
        """
        from reader.session.folders import files_in, is_folder  # noqa: PLC0415  (the reader does without)

        expanded: list[AddRequest] = []
        remarks: list[str] = []
        folders: list[str] = []
        for request in requests:
            source = request.source
            if source == STANDARD_INPUT or is_web_address(source) or not is_folder(source):
                expanded.append(request)
                continue
            found = files_in(source, self._library.folder, on_found)
            folders.append(source)
            expanded += [request._replace(source=file) for file in found.files]
            remarks += [*found.problems, *filter(None, [found.left_out])]
            if not found.files:
                remarks.append(f"{source} holds no file that Margin reads.")
        return Expanded(tuple(expanded), tuple(remarks), frozenset(folders))

    def add_all(
        self,
        requests: Iterable[AddRequest],
        on_start: Callable[[str], object] = str,
        cancelled: Callable[[], bool] = lambda: False,
        on_progress: Callable[[str, int, int | None], None] | None = None,
    ) -> Iterator[AddResult]:
        """Add many articles, ``AT_ONCE`` at a time, each address once.

        Args:
            requests: The articles to add.
            on_start: Called on another thread with each source that is started.
            cancelled: Called now and then; returns whether to cancel the unfinished ones.
            on_progress: Called on another thread with a source, the bytes received, and the total
                where it is known.

        Yields:
            The outcomes in the order in which they finish, without cancelled ones.
        """
        stop = threading.Event()
        if self._library.lists.is_behind:  # each article is looked up
            self._library.lists.update()

        def add(request: AddRequest) -> AddResult:
            on_start(request.source)
            progress = partial(on_progress, request.source) if on_progress is not None else None
            try:
                return self.add(request, Watch(progress, lambda: stop.is_set() or cancelled()))
            except ReaderError as error:
                return AddResult(request.source, error=error)

        with closing(_in_parallel(add, _without_repeats(requests), cancelled, stop)) as done:
            yield from (result for result in done if not isinstance(result.error, GivenUp))

    def _read(
        self, request: AddRequest, watch: Watch, *, is_whole: bool, read_as: str
    ) -> tuple[Source, Document]:
        from reader.formats import read_document  # noqa: PLC0415  (the reader may do without)

        if request.copy is not None:
            try:
                return read_copy(request.source, request.copy)
            except SourceError:
                pass  # fetch the page instead
        fetched = fetch(request.source, watch)
        fetched.is_whole, fetched.read_as = is_whole, read_as
        document = read_document(fetched.data, name=fetched.name, kind=read_as, info=fetched.info)
        return fetched, document

    def _find(self, address: str) -> Article | None:
        url = address if is_web_address(address) else ""
        return self._library.finder.first(source=address, url=url)

    def _same(self, fetched: Source, document: Document) -> Article | None:
        """Return the article that a source is, or one with its text where there are several."""
        found = identify(self._library, fetched, document).article
        finder = self._library.finder
        return found or finder.first(source_digest=fetched.digest, digest=document.digest)

    def _with_request(self, request: AddRequest, article: Article) -> Article:
        article = replace(article, added=request.added or article.added, tags=request.tags)
        if request.is_archived:
            article = with_state(article, ArticleState.ARCHIVED, article.added)
        return article


def _can_be_read(article: ArticleSummary) -> bool:
    if article.snapshot or is_web_address(article.source):
        return True
    return bool(article.source) and Path(article.source).exists()


class ReadingList(NamedTuple):
    """A list of articles from another program."""

    requests: Sequence[AddRequest]
    """The articles."""
    notes: int
    """How many notes the file holds besides, which adding the articles does not import."""
    remarks: tuple[str, ...] = ()
    """Sentences on entries that are left out."""


def read_list(path: str) -> ReadingList:
    """Return the articles in a list from another program; see ``reader.imports.links``.

    Raises:
        SourceError: The file cannot be read, or lists no article.
    """
    from reader.imports.links import ArchivedCopies, Link, read_links  # noqa: PLC0415  (only for lists)

    fetched = fetch(path)
    name = fetched.name or "Standard input"
    links = read_links(fetched.data, name)
    if not links:
        raise SourceError("Nothing to add", f"{path} contains no web address.")

    copies = ArchivedCopies(fetched.data, name)

    def copy(link: Link) -> ArchivedCopy | None:
        if not link.copy:
            return None
        authors = (link.author,) if link.author else ()
        stored = Metadata(title=link.title, authors=authors, published=link.published, url=link.url)
        return ArchivedCopy(link.copy, partial(copies.read, link.copy), stored)

    requests = [
        AddRequest(each.url, each.added, each.tags, each.is_archived, copy(each)) for each in links
    ]
    remarks = (
        (links.without_address, "Left out: {} without a web address."),
        (links.beyond, "Left out: {} beyond the most that a list may have."),
    )
    return ReadingList(
        requests,
        _count_notes(fetched.data, name),
        tuple(words.format(counted(count, "article")) for count, words in remarks if count),
    )


def _count_notes(data: bytes, name: str) -> int:
    """Return how many notes a file holds; 0 where it is of no kind with notes."""
    from reader.imports.model import GivenFile, ImportedSource  # noqa: PLC0415  (only for lists)
    from reader.imports.registry import recognise  # noqa: PLC0415  (as above)

    file = GivenFile(data, name)
    kind = recognise(file)
    with suppress(SourceError):  # its articles could be read
        items = kind.read(file) if kind is not None else ()
        return sum(len(each.notes) for each in items if isinstance(each, ImportedSource))
    return 0


def _in_parallel(
    add: Callable[[AddRequest], AddResult],
    requests: Iterator[AddRequest],
    cancelled: Callable[[], bool],
    stop: threading.Event,
) -> Generator[AddResult]:
    """Call ``add`` on threads, ``AT_ONCE`` at a time; yield the results as they finish.

    Args:
        add: Adds one article.
        requests: The articles to add.
        cancelled: Called now and then; returns whether to start no more of them.
        stop: Set when the caller stops iterating, so that running calls end.
    """
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait  # noqa: PLC0415

    running: set[Future[AddResult]] = set()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="margin-add") as pool:
        try:
            while True:
                while len(running) < AT_ONCE and not cancelled():
                    request = next(requests, None)
                    if request is None:
                        break
                    running.add(pool.submit(add, request))
                if not running:
                    return
                done, running = wait(running, POLL_SECONDS, FIRST_COMPLETED)
                yield from (future.result() for future in done)
        finally:
            stop.set()


def _without_repeats(requests: Iterable[AddRequest]) -> Iterator[AddRequest]:
    seen: set[str] = set()
    for request in requests:
        key = _address_or_name(request.source)
        if key not in seen:
            seen.add(key)
            yield request


def _address_or_name(source: str) -> str:
    """Return the canonical address of a source, or the source itself where it has none."""
    try:
        return canonical_address(address_of(source))
    except SourceError:
        return source
