"""Checking a draft against the library: its quotations in all texts, its figures in all claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from reader.core.annotation import CLAIM
from reader.core.draft_check.checked import CheckedDraft, CheckedFigure, CheckedQuotation
from reader.core.draft_check.figures import MarkedClaim, figures_otherwise
from reader.core.draft_check.quotations import quotations_in
from reader.core.draft_check.verdicts import QuotationVerdict
from reader.core.offset_mapper import OffsetMapper
from reader.progress import CHECKING_QUOTATIONS, Report, unreported
from reader.session.quotation_search import QuotationSearch
from reader.session.quotation_texts import LibraryTexts
from reader.session.sources import UNWATCHED, Watch, address_of, fetch

if TYPE_CHECKING:
    from reader.core.document import Document
    from reader.session.writer import SaveWriter
    from reader.store.library import Library

MOST_AT_ONCE: Final = 500
"""How many claims are read at once; more take long to look up together."""

_NO_PROBLEMS_OF_TITLES: Final = frozenset({QuotationVerdict.NOWHERE, QuotationVerdict.SIGNS})
"""What is left out where a title was found so: titles have capitals of their own."""

SAVE_SECONDS: Final = 2.0
"""How long a check waits for changes that are being saved, in seconds."""


class DraftChecking:
    """Checks drafts; safe on any thread, and slow, so not for that of the interface."""

    def __init__(
        self, library: Library, writer: SaveWriter, snapshot: Callable[[str], Document | None]
    ) -> None:
        """Serve a library; touches no disk yet.

        Args:
            library: The library.
            writer: What saves to it.
            snapshot: Returns the document with a digest; None if the library does not have it.
        """
        self._library = library
        self._writer = writer
        self._snapshot = snapshot

    def check(
        self,
        source: str,
        watch: Watch = UNWATCHED,
        *,
        read_as: str = "",
        report: Report = unreported,
    ) -> CheckedDraft:
        """Check a draft; nothing is saved.

        Where the draft is an article of the library itself, that one is not searched.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Reports progress of reading the draft, and may cancel that.
            read_as: The format of the draft; empty to detect it.
            report: Called before each quotation; may raise to end the check.

        Raises:
            SourceError: The draft is missing or not a text.
            StoreError: The library's folder cannot be read.
            GivenUp: ``watch`` cancelled.
        """
        from reader.formats import read_document, source_lines  # noqa: PLC0415  (for drafts alone)

        fetched = fetch(source, watch)
        document = read_document(fetched.data, name=fetched.name, kind=read_as, info=fetched.info)
        lines = source_lines(fetched.data, name=fetched.name, kind=read_as, info=fetched.info)
        line_of = _line_finder(document, lines)
        self._writer.flush(SAVE_SECONDS)
        self._library.lists.update()
        quotations = quotations_in(document)
        texts = LibraryTexts(self._library, self._snapshot, address_of(source), document.digest)
        texts.prepare([each.words for each in quotations])
        search = QuotationSearch(texts)
        checked: list[CheckedQuotation] = []
        for done, quotation in enumerate(quotations):
            report(CHECKING_QUOTATIONS, done, len(quotations))
            found = search.check(quotation, line_of(quotation.range.start))
            if not (quotation.is_title and found.verdict in _NO_PROBLEMS_OF_TITLES):
                checked.append(found)
        figures = figures_otherwise(document, self._claims(texts.is_own_article))
        return CheckedDraft(
            source,
            document,
            tuple(checked),
            tuple(CheckedFigure(each, line_of(each.range.start)) for each in figures),
            read_as,
        )

    def _claims(self, is_own_article: Callable[[str], bool]) -> Iterator[MarkedClaim]:
        """Yield the claims of the library, without those marked in the draft itself."""
        lists = self._library.lists
        for page in lists.annotation_keys():
            ids = [
                key.id for key in page if CLAIM in key.tags and not is_own_article(key.article_id)
            ]
            for start in range(0, len(ids), MOST_AT_ONCE):
                for each in lists.annotations_with(ids[start : start + MOST_AT_ONCE]):
                    yield MarkedClaim(each.annotation, each.article_id, each.article_title)


def _line_finder(document: Document, lines: str | None) -> Callable[[int], int]:
    """Return what gives the line of an offset of a draft, from 1.

    Args:
        document: The draft.
        lines: Its source as it is edited; None for a format whose lines are the paragraphs.
    """
    if lines is None:
        return lambda offset: document.block_index(offset) + 1
    mapper = OffsetMapper(document.text, lines)
    return lambda offset: lines.count("\n", 0, mapper.map(offset)) + 1
