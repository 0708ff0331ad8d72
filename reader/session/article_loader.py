"""Open an article, from its source or from the library's copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.addresses import is_web_address
from reader.core.annotation import Article
from reader.core.document import Document
from reader.core.text_formatting import one_line
from reader.errors import SourceError, StoreError
from reader.session.article_records import (
    TITLE_LENGTH,
    new_article,
    seen_now,
    with_source,
    without_version,
)
from reader.session.loading_article import LoadingArticle, Question
from reader.session.open_article import OpenArticle, Save, discard
from reader.session.reading_state import AnchoringResult, ReadingState
from reader.session.reanchoring import Placing, reanchor
from reader.session.sources import (
    UNWATCHED,
    Source,
    Watch,
    address_of,
    fetch,
    stamp_of,
)
from reader.session.stored_documents import StoredDocuments
from reader.session.unidentified import UnidentifiedArticle

if TYPE_CHECKING:
    from reader.session.identity import Candidate
    from reader.session.writer import SaveWriter
    from reader.store.library import Library


MOST_AT_ONCE = 200
"""The most annotations of a changed article that are placed before its first screen."""


class ArticleLoader:
    """Opens articles of one library."""

    def __init__(
        self, library: Library, documents: StoredDocuments, writer: SaveWriter, save: Save
    ) -> None:
        """Open the articles of a library.

        Args:
            library: The library.
            documents: Its documents.
            writer: Writes the changes, and holds them back while an article is not identified.
            save: Takes the changes of the articles that are opened.
        """
        self._library = library
        self._documents = documents
        self._writer = writer
        self._save = save

    def open(self, source: str, watch: Watch = UNWATCHED) -> LoadingArticle:
        """Open a source and read what its first screens need.

        A web page is opened from the library's copy, if there is one, without asking the server.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Reports progress, and may cancel.

        Raises:
            SourceError: The source is missing or not a text, and the library has no copy.
            GivenUp: ``watch`` cancelled.
        """
        if is_web_address(source):
            return self._open_page(source, self._stored_page(address_of(source)), watch)
        address = address_of(source)
        stored = self._find_soon(address)
        if stored is not None and (loading := self._load_unread(address, stored)) is not None:
            return loading
        try:
            fetched = fetch(source)
        except SourceError:
            stored = stored or (self._library.finder.first(source=address) if address else None)
            if stored is None or not self._library.has_snapshot(stored.snapshot):
                raise
            return self._load_snapshot(stored, is_gone=True)
        return self._load_unchanged(fetched, stored) or self._load_source(fetched, stored, watch)

    def _find_soon(self, address: str) -> Article | None:
        """Find an article by its address, unless the library would have to be searched for it."""
        stored = self._library.finder.first_indexed(source=address)
        if stored is None and address and not self._library.lists.is_behind:
            stored = self._library.finder.first(source=address)
        return stored

    def _load_unread(self, address: str, stored: Article) -> LoadingArticle | None:
        """Open the snapshot of a file whose stamp is that of the bytes that were read last.

        Returns:
            The article; None where the file has to be read.
        """
        with suppress(OSError, StoreError):
            status = Path(address).stat()
            stamp = stamp_of(status)
            if stamp and self._library.finder.digest_with(address, stamp) == stored.source_digest:
                loading = self._load_snapshot(seen_now(stored))
                return loading._replace(expected_length=status.st_size)
        return None

    def _load_unchanged(self, fetched: Source, stored: Article | None) -> LoadingArticle | None:
        """Open the snapshot of a source that has not changed; None where it has to be read."""
        if stored is None or stored.source_digest != fetched.digest:
            return None
        try:
            loading = self._load_snapshot(seen_now(stored))._replace(
                expected_length=len(fetched.data)
            )
        except StoreError:
            return None  # the snapshot is damaged
        if _lacks_page_numbers(fetched.data, loading.open_article.state):
            return None
        self._note_stamp(fetched)
        return loading

    def _note_stamp(self, fetched: Source) -> None:
        """Remember the stamp of a file that was read, so that it need not be read again."""
        if fetched.stamp:
            self._library.finder.note_stamp(fetched.address, fetched.stamp, fetched.digest)

    def open_as(
        self,
        source: str,
        watch: Watch = UNWATCHED,
        *,
        is_whole: bool | None = None,
        read_as: str | None = None,
    ) -> LoadingArticle:
        """Open a source with a given format or extent, whatever the library has stored.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Reports progress, and may cancel.
            is_whole: True for all text of a page, False for its article; None as stored.
            read_as: The format of the source, empty to detect it; None as stored.

        Raises:
            NoArticleError: The article was requested, but none can be found on the page.
            SourceError: The source is missing or not a text.
            GivenUp: ``watch`` cancelled.
        """
        address = address_of(source)
        url = address if is_web_address(source) else ""
        stored = self._library.finder.first(source=address, url=url) if address else None
        present = (stored.is_whole, stored.read_as) if stored is not None else (False, "")
        wanted = (
            present[0] if is_whole is None else is_whole,
            present[1] if read_as is None else read_as,
        )
        if wanted == present:
            return self.open(source, watch)
        fetched = fetch(source, watch)
        fetched.is_whole, fetched.read_as = wanted
        return self._load_source(fetched, stored, watch)

    def reload(
        self, article: Article, watch: Watch = UNWATCHED, *, is_whole: bool
    ) -> LoadingArticle:
        """Read the source of an article again and re-anchor its annotations.

        Args:
            article: The article, which need not be in the library.
            watch: Reports progress, and may cancel.
            is_whole: True for all text of the page, False for its article.

        Raises:
            NoArticleError: The article was requested, but none can be found on the page.
            SourceError: The source is missing or not a text.
            GivenUp: ``watch`` cancelled.
        """
        fetched = fetch(article.source, watch)
        fetched.is_whole = is_whole
        return self._load_source(fetched, self._stored(article), watch)

    def open_text(self, text: str, *, is_whole: bool | None = None) -> LoadingArticle:
        """Open a text without an address; the library may identify it as one of its articles.

        Args:
            text: The text, which may be the HTML of a page.
            is_whole: True for all text of a page, False for its article; None for the default.

        Raises:
            SourceError: It contains no readable text.
        """
        fetched = Source("", "", text.encode("utf-8", "replace"))
        fetched.is_whole = is_whole
        return self._load_source(fetched, None)

    def open_article(self, article_id: str, watch: Watch = UNWATCHED) -> LoadingArticle:
        """Open an article of the library by its id; its source may be missing.

        Raises:
            ReaderError: Neither its source nor its snapshot can be read.
            GivenUp: ``watch`` cancelled.
        """
        article = self._library.load(article_id).article
        if is_web_address(article.source):
            return self._open_page(article.source, article, watch)
        if article.source and Path(article.source).exists():
            return self.open(article.source, watch)
        if not article.snapshot:
            raise _without_text(article)
        return self._load_snapshot(article, is_gone=bool(article.source))

    def open_update(self, article: Article, fetched: Source) -> LoadingArticle:
        """Open what ``PageUpdates.check`` returned, and re-anchor the article's annotations."""
        return self._load_source(fetched, self._stored(article))

    def _stored(self, article: Article) -> Article:
        """Return the library's version of an article, or the article itself where it has none."""
        record = self._library.record(article.id)
        return record.article if record else article

    def stored_copy(self, source: str) -> Document | None:
        """Return the library's copy of a page; None where it has none."""
        stored = self._stored_page(address_of(source)) if is_web_address(source) else None
        return self._documents.read(stored.snapshot) if stored is not None else None

    def _stored_page(self, address: str) -> Article | None:
        return self._library.finder.first(source=address, url=address)

    def _open_page(self, source: str, stored: Article | None, watch: Watch) -> LoadingArticle:
        """Open the library's copy of a page, or fetch the page where there is none."""
        if stored is not None and self._library.has_snapshot(stored.snapshot):
            try:
                return self._load_snapshot(stored)._replace(is_copy=True)
            except StoreError:
                pass  # the snapshot is damaged: fetch the page
        return self._load_source(fetch(source, watch), stored, watch)

    def reanchor(
        self, state: ReadingState, document: Document, placing: Placing | None = None
    ) -> AnchoringResult:
        """Find the places of the annotations in a complete document.

        Safe on any thread; ``OpenArticle.reanchor`` takes the result on the interface's thread.

        Args:
            state: The article as it is being read.
            document: The document.
            placing: Follows the work where there are many annotations.
        """
        stored = self._library.record(state.article.id)
        every = {each.id: each for each in (stored.annotations if stored else ())}
        annotations = (every | dict(state.by_id)).values()
        return reanchor(
            document,
            state.article,
            annotations,
            self._documents.text,
            own=state.by_id,
            placing=placing,
        )

    def _load_snapshot(self, article: Article, *, is_gone: bool = False) -> LoadingArticle:
        """Open an article from its snapshot."""
        notice = f"{article.source} is gone; this is the library's copy." if is_gone else ""
        parts = self._library.read_snapshot(article.snapshot, upto=article.caret)
        return self._start_loading(article, next(parts), parts, notice, is_unchanged=True)

    def _load_source(
        self,
        fetched: Source,
        stored: Article | None,
        watch: Watch = UNWATCHED,
        *,
        is_new: bool = False,
    ) -> LoadingArticle:
        """Parse a source that is new or has changed.

        Args:
            fetched: The source.
            stored: The article of the source; None where it is not identified yet.
            watch: May cancel, after the first part is read and before anything is saved.
            is_new: Whether the reader said that it is no article of the library.
        """
        from reader.formats import read_parts  # noqa: PLC0415  (a snapshot opens without it)
        from reader.session.identity import identify  # noqa: PLC0415  (as above)

        if fetched.is_whole is None:
            fetched.is_whole = stored is not None and stored.is_whole
        if fetched.read_as is None:
            fetched.read_as = stored.read_as if stored is not None else ""
        parts = read_parts(fetched.data, name=fetched.name, kind=fetched.read_as, info=fetched.info)
        first = next(parts)
        watch.check(fetched.address)
        if stored is None and not is_new and self._library.lists.is_behind:
            stored = self._library.finder.named(with_source(new_article(fetched, first), fetched))
            if stored is None:
                return self._load_unidentified(fetched, first, parts)
            if (unchanged := self._load_unchanged(fetched, stored)) is not None:
                return unchanged
        if stored is None and not is_new:
            stored, candidates = identify(self._library, fetched, first)
            if candidates:
                return self._ask(fetched, first, candidates)
        if stored is None:
            stored = new_article(fetched, first)
        article = with_source(stored, fetched)
        self._note_stamp(fetched)
        loading = self._start_loading(article, first, parts)
        return loading._replace(expected_length=len(fetched.data))

    def _load_unidentified(
        self, fetched: Source, first: Document, rest: Iterator[Document]
    ) -> LoadingArticle:
        """Open a source before the library, which is not indexed yet, is searched for it."""
        article = with_source(new_article(fetched, first), fetched)
        unidentified = UnidentifiedArticle(
            self._writer,
            article.id,
            partial(self._search, article.id, fetched, first),
            partial(self._drop_copy, article.id),
        )
        state = ReadingState(without_version(article), first)
        open_article = OpenArticle(state, self._save, whole=article)
        if first.is_complete:
            open_article.reanchor(reanchor(first, article, (), self._documents.text))
        return LoadingArticle(
            open_article, rest, expected_length=len(fetched.data), unidentified=unidentified
        )

    def _search(self, own_id: str, fetched: Source, first: Document) -> LoadingArticle | None:
        """Search the library for a source; None where it has no such article.

        Its annotations may have been saved meanwhile, as those of a new article with ``own_id``.
        """
        from reader.session.identity import identify  # noqa: PLC0415  (a snapshot opens without it)

        stored = self._library.finder.first(source=fetched.address) if fetched.address else None
        if stored is not None and stored.id != own_id:
            return self._load_unchanged(fetched, stored) or self._load_source(fetched, stored)
        stored, candidates = identify(self._library, fetched, first, own_id=own_id)
        if candidates:
            return self._ask(fetched, first, candidates)
        return self._load_source(fetched, stored) if stored is not None else None

    def _drop_copy(self, article_id: str, found_id: str) -> None:
        """Move an article to the trash if another one has all of its annotations."""
        self._writer.flush()
        with suppress(StoreError):  # then both stay
            copy, found = self._library.load(article_id), self._library.load(found_id)
            taken = {each.id: each.modified for each in found.annotations}
            is_taken = all(taken.get(each.id, "") >= each.modified for each in copy.annotations)
            if is_taken and copy.article.id != found.article.id:
                self._library.removals.remove(article_id)

    def _ask(
        self, fetched: Source, first: Document, candidates: tuple[Candidate, ...]
    ) -> LoadingArticle:
        """Return the article to show while the reader is asked; nothing of it is saved."""

        def answer(article_id: str) -> LoadingArticle:
            stored = self._library.load(article_id).article if article_id else None
            return self._load_source(fetched, stored, is_new=stored is None)

        state = ReadingState(new_article(fetched, first), first)
        open_article = OpenArticle(state, discard)
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
        record = self._library.record(article.id)
        stored = {each.id: each for each in record.annotations} if record else {}
        is_waited_for = any(each.is_waiting for each in stored.values())
        has_changed = not is_unchanged and article.snapshot not in ("", first.digest)
        if (has_changed or is_waited_for) and first.is_complete and len(stored) > MOST_AT_ONCE:
            first, rest = replace(first, is_complete=False), iter((first,))
        # Where the text has changed, annotations are shown only once they are re-anchored.
        is_placed = first.is_complete or is_unchanged or not (article.snapshot or is_waited_for)
        begun = article if is_unchanged else without_version(article)
        state = ReadingState(begun, first, stored if is_placed else {})
        reason = self._library.read_only_reason(article.id) if record else ""
        open_article = OpenArticle(
            state,
            self._save,
            is_unchanged=is_unchanged,
            whole=article,
            read_only_reason=reason,
            is_placed=is_placed,
        )
        if first.is_complete:
            anchoring = reanchor(first, article, stored.values(), self._documents.text)
            open_article.reanchor(anchoring)
            notice = "\n".join(filter(None, (notice, anchoring.notice)))
        elif not reason:
            self._save(article.id, article=begun)
        return LoadingArticle(open_article, rest, notice)


def _without_text(article: Article) -> SourceError:
    """Return the error for an article that was imported without its text."""
    name = one_line(article.metadata.title, TITLE_LENGTH) or article.source or article.id
    return SourceError(
        "No text yet",
        f"“{name}” was imported without its text; open its file, and the notes find their places.",
    )


def _lacks_page_numbers(data: bytes, kept: ReadingState) -> bool:
    """Return whether a PDF was stored by a version that did not know page numbers."""
    if not data.startswith(b"%PDF-") or kept.article.read_as not in {"", "pdf"}:
        return False
    return not kept.document.page_at(len(kept.document.text))
