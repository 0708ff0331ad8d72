"""LoadingArticle: from a source or the library's copy of it to an article that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.addresses import is_web_address
from reader.core.annotation import Article, ArticleState
from reader.core.changes import with_state
from reader.core.document import Document
from reader.errors import SourceError, StoreError
from reader.identifiers import new_id
from reader.session.identity import Candidate, recognise
from reader.session.open_article import AnchoringResult, OpenArticle, ReadingState, metadata_of
from reader.session.reanchoring import reanchored
from reader.session.sources import (
    STANDARD_INPUT,
    UNWATCHED,
    Source,
    Watch,
    address_of,
    fetch,
    fetch_newer,
)

if TYPE_CHECKING:
    from reader.session.unsaved_articles import UnsavedArticles
    from reader.session.writer import SaveWriter
    from reader.store.library import ArticleRecord, Library


class Question(NamedTuple):
    """Which article a source is, where only a person can tell."""

    title: str
    """The title of what is being opened; may be empty."""
    candidates: tuple[Candidate, ...]
    """The articles of the library that it may be, the likeliest first."""
    answer: Callable[[str], LoadingArticle]
    """Opens the source as the article with an id; as a new one where that is empty."""


class LoadingArticle(NamedTuple):
    """An article whose first part is there, and the rest of it on its way."""

    open_article: OpenArticle
    """The open article, with at least its first screens."""
    rest: Iterator[Document]
    """Ever longer prefixes of the document, the last one complete; empty where the first part
    was the whole. May be taken on another thread."""
    notice: str = ""
    """One sentence to show, or nothing."""
    expected_length: int = 10_000_000
    """About how long the whole text is, in code points, for showing progress; a guess where it
    cannot be known."""
    question: Question | None = None
    """What must be answered first; until then nothing of this opening is kept."""
    is_copy: bool = False
    """Whether it is the library's copy of a page on the web, of which there may be a newer
    version; see ``Session.newer_version``."""


class ArticleLoader:
    """Opens articles of one library."""

    def __init__(self, library: Library, writer: SaveWriter | UnsavedArticles) -> None:
        self._library = library
        self._writer = writer

    def open(self, source: str, watch: Watch = UNWATCHED) -> LoadingArticle:
        """Open a source, as far as its first screens need.

        A page on the web that the library has is opened from there, without asking the server.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Looks on while it is fetched and read.

        Raises:
            SourceError: The source is missing or not a text, and the library has no copy.
            GivenUp: ``watch`` said so.
        """
        if is_web_address(source):
            return self._open_page(source, self._known_page(address_of(source)), watch)
        known = None if source == STANDARD_INPUT else self._library.find(source=address_of(source))
        try:
            found = fetch(source)
        except SourceError:
            if known is None or not self._library.has_snapshot(known.snapshot):
                raise
            return self._load_snapshot(known, is_gone=True)
        if known and known.source_digest == found.digest:
            try:
                loading = self._load_snapshot(known)._replace(expected_length=len(found.data))
            except StoreError:
                pass  # a damaged snapshot: the source is there, and is read anew
            else:
                if not _lacks_pages(found.data, loading.open_article.state):
                    return loading
        return self._load_source(found, known, watch)

    def open_as(
        self,
        source: str,
        watch: Watch = UNWATCHED,
        *,
        is_whole: bool | None = None,
        read_as: str | None = None,
    ) -> LoadingArticle:
        """Open a source in a way of one's own, whichever way the library has it in.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Looks on while a page is fetched.
            is_whole: Whether all of a page's text is wanted, and not its article; None for what was
                read of it until now.
            read_as: The format that it is in, empty to find out; None as until now.

        Raises:
            NoArticleError: Its article is wanted, and none can be told from the rest.
            SourceError: The source is missing or not a text.
            GivenUp: ``watch`` said so.
        """
        address = address_of(source)
        url = address if is_web_address(source) else ""
        known = self._library.find(source=address, url=url) if address else None
        present = (known.is_whole, known.read_as) if known is not None else (False, "")
        wanted = (
            present[0] if is_whole is None else is_whole,
            present[1] if read_as is None else read_as,
        )
        if wanted == present:
            return self.open(source, watch)
        found = fetch(source, watch)
        found.is_whole, found.read_as = wanted
        return self._load_source(found, known, watch)

    def open_again(
        self, article: Article, watch: Watch = UNWATCHED, *, is_whole: bool
    ) -> LoadingArticle:
        """Read the source of an article anew, with its annotations carried over.

        Args:
            article: The article, which may be one that the library does not have.
            watch: Looks on while a page is fetched.
            is_whole: Whether all of the page's text is wanted, and not its article.

        Raises:
            NoArticleError: Its article is wanted, and none can be told from the rest.
            SourceError: The source is missing or not a text.
            GivenUp: ``watch`` said so.
        """
        found = fetch(article.source, watch)
        found.is_whole = is_whole
        return self._load_source(found, self._as_kept(article), watch)

    def open_text(self, text: str, *, is_whole: bool | None = None) -> LoadingArticle:
        """Open a text that has no address; one that the library holds already is that article.

        Args:
            text: The text, which may be a page's source.
            is_whole: Whether all of a page's text is wanted, and not its article.

        Raises:
            SourceError: It holds nothing that can be read.
        """
        found = Source("", "", text.encode("utf-8", "replace"))
        found.is_whole = is_whole
        return self._load_source(found, None)

    def open_article(self, article_id: str, watch: Watch = UNWATCHED) -> LoadingArticle:
        """Open an article of the library by its id; its source may be gone.

        Raises:
            ReaderError: Neither its source nor its snapshot can be read.
            GivenUp: ``watch`` said so.
        """
        article = self._library.load(article_id).article
        if is_web_address(article.source):
            return self._open_page(article.source, article, watch)
        if article.source and Path(article.source).exists():
            return self.open(article.source, watch)
        return self._load_snapshot(article, is_gone=bool(article.source))

    def newer_version(self, article: Article, watch: Watch = UNWATCHED) -> Source | None:
        """Ask the server whether a page that was read now says something else.

        Args:
            article: The page's article, which may be one that the library does not have.
            watch: Looks on meanwhile.

        Returns:
            The page with another text, for ``open_newer``; None where there is nothing new.

        Raises:
            SourceError: The server cannot be asked, or has no article there any more.
        """
        from reader.formats import read_document  # noqa: PLC0415  (a snapshot opens without it)

        article = self._as_kept(article)
        found = fetch_newer(article, watch)
        if not found.is_unchanged and found.digest != article.source_digest:
            document = read_document(
                found.data, name=found.name, kind=found.read_as or "", carriage=found.carriage
            )
            if document.digest != article.snapshot:
                return found
        self._keep_marks(article, found)
        return None

    def open_newer(self, article: Article, found: Source) -> LoadingArticle:
        """Open what ``newer_version`` found, with the article's annotations carried over."""
        return self._load_source(found, self._as_kept(article))

    def _as_kept(self, article: Article) -> Article:
        """Return an article as the library has it; as it is where the library does not."""
        record = self._record(article.id)
        return record.article if record else article

    def _keep_marks(self, asked: Article, found: Source) -> None:
        """Keep how the server marks a text that is unchanged, to be asked about next time."""
        if not self._library.has_article(asked.id):
            return
        present = self._library.load(asked.id).article
        marked = as_found(present, found)
        if marked != present and present.snapshot == asked.snapshot:
            self._library.save(asked.id, article=marked)

    def kept_copy(self, source: str) -> Document | None:
        """Return the library's copy of a page, or None where it has none."""
        known = self._known_page(address_of(source)) if is_web_address(source) else None
        return self.snapshot(known.snapshot) if known is not None else None

    def _known_page(self, address: str) -> Article | None:
        return self._library.find(source=address, url=address)

    def _open_page(self, source: str, known: Article | None, watch: Watch) -> LoadingArticle:
        """Open a page: the library's copy where there is one, else what the server has."""
        if known is not None and self._library.has_snapshot(known.snapshot):
            try:
                return self._load_snapshot(known)._replace(is_copy=True)
            except StoreError:
                pass  # a damaged snapshot: the page is fetched anew
        return self._load_source(fetch(source, watch), known, watch)

    def reanchor(self, state: ReadingState, document: Document) -> AnchoringResult:
        """Find the annotations' places in a document that is now complete.

        Safe on any thread; ``Reading.settle`` takes the result on the interface's.
        """
        stored = self._record(state.article.id)
        every = {each.id: each for each in (stored.annotations if stored else ())}
        annotations = (every | dict(state.by_id)).values()
        return reanchored(document, state.article, annotations, self._text_of)

    def snapshot(self, digest: str) -> Document | None:
        """Return a document that the library keeps, or None where it is missing or damaged."""
        if not digest:
            return None
        try:
            document = None
            for document in self._library.read_snapshot(digest):  # noqa: B007
                pass
        except StoreError:
            return None
        return document

    def _text_of(self, digest: str) -> str | None:
        document = self.snapshot(digest)
        return None if document is None else document.text

    def _load_snapshot(self, article: Article, *, is_gone: bool = False) -> LoadingArticle:
        """Open an article from its snapshot."""
        notice = f"{article.source} is gone; this is the library's copy." if is_gone else ""
        parts = self._library.read_snapshot(article.snapshot, upto=article.position)
        return self._start_loading(article, next(parts), parts, notice, is_unchanged=True)

    def _load_source(
        self,
        found: Source,
        known: Article | None,
        watch: Watch = UNWATCHED,
        *,
        is_new: bool = False,
    ) -> LoadingArticle:
        """Parse a source that is new, or is not what it was.

        Args:
            found: The source.
            known: The article that it is, where that is known.
            watch: Asked, once the first part is read and before any of it is kept.
            is_new: Whether it is known to be no article of the library.
        """
        from reader.formats import read_parts  # noqa: PLC0415  (a snapshot opens without it)

        if found.is_whole is None:
            found.is_whole = known is not None and known.is_whole
        if found.read_as is None:
            found.read_as = known.read_as if known is not None else ""
        parts = read_parts(found.data, name=found.name, kind=found.read_as, carriage=found.carriage)
        first = next(parts)
        watch.ask(found.address)
        if known is None and not is_new:
            known, candidates = recognise(self._library, found, first)
            if candidates:
                return self._asking(found, first, candidates)
        if known is None:
            known = new_article(found, first)
        article = as_found(known, found)
        loading = self._start_loading(article, first, parts)
        return loading._replace(expected_length=len(found.data))

    def _asking(
        self, found: Source, first: Document, candidates: tuple[Candidate, ...]
    ) -> LoadingArticle:
        """Return what can be shown while a person is asked; nothing of it is kept."""

        def answer(article_id: str) -> LoadingArticle:
            known = self._library.load(article_id).article if article_id else None
            return self._load_source(found, known, is_new=known is None)

        state = ReadingState(new_article(found, first), first)
        open_article = OpenArticle(state, lambda *_, **__: None)
        question = Question(first.metadata.title, candidates, answer)
        return LoadingArticle(open_article, iter(()), question=question)

    def _start_loading(
        self,
        article: Article,
        first: Document,
        rest: Iterator[Document],
        notice: str = "",
        *,
        is_unchanged: bool = False,
    ) -> LoadingArticle:
        record = self._record(article.id)
        known = {each.id: each for each in record.annotations} if record else {}
        article = _opened_now(article)
        # Where the text changed, no place is shown before it is known where it is now.
        is_placed = first.is_complete or is_unchanged or not article.snapshot
        begun = article if is_unchanged else _not_all_there(article)
        state = ReadingState(begun, first, known if is_placed else {})
        open_article = OpenArticle(
            state, self._writer.submit, is_unchanged=is_unchanged, whole=article
        )
        if first.is_complete:
            anchoring = reanchored(first, article, known.values(), self._text_of)
            open_article.reanchor(anchoring)
            notice = "\n".join(filter(None, (notice, anchoring.notice)))
        else:
            self._writer.submit(article.id, article=begun)
        return LoadingArticle(open_article, rest, notice)

    def _record(self, article_id: str) -> ArticleRecord | None:
        return self._library.load(article_id) if self._library.has_article(article_id) else None


def _lacks_pages(data: bytes, kept: ReadingState) -> bool:
    """Tell whether a PDF's text was kept before the pages of its kind were known."""
    if not data.startswith(b"%PDF-") or kept.article.read_as not in {"", "pdf"}:
        return False
    return not kept.document.page_at(len(kept.document.text))


def _not_all_there(article: Article) -> Article:
    """Return an article whose new text has not been kept yet: no mark of that version counts.

    Else the old text would pass for the new one where the reader is left before all is read.
    """
    return replace(article, source_digest="", etag="", last_modified="")


def as_found(article: Article, found: Source) -> Article:
    """Return an article with where its source is now, and which version of it that is.

    A copy does not take the place of what it was made from: a page on the web stays one though a
    saved file of it is opened, and so does a file that is still where it was.
    """
    page = found.page
    if not _takes_the_place(article.source, found.address):
        return article if article.source_digest == found.digest else _not_all_there(article)
    if page is not None and found.is_unchanged:
        return replace(
            article,
            etag=page.etag or article.etag,
            last_modified=page.last_modified or article.last_modified,
        )
    return replace(
        article,
        source=found.address or article.source,
        source_digest=found.digest,
        etag=page.etag if page else "",
        last_modified=page.last_modified if page else "",
        is_whole=bool(found.is_whole),
        read_as=found.read_as or "",
    )


def _takes_the_place(known: str, address: str) -> bool:
    """Tell whether what is at an address is what an article is from now on."""
    if not known or known == address:
        return True
    if not address:
        return False
    if is_web_address(known):
        return is_web_address(address)
    return not Path(known).exists()


def new_article(found: Source, first: Document) -> Article:
    """Return an article that the library does not have yet."""
    metadata = metadata_of(first, found.address)
    return Article(id=new_id(), source=found.address, metadata=metadata, added=clock.now())


def _opened_now(article: Article) -> Article:
    """Return an article as it is once it is opened: no longer unread, whoever said so."""
    moment = clock.now()
    if article.manual_state is ArticleState.UNREAD:
        article = with_state(article, None, moment)
    return replace(article, opened=moment)
