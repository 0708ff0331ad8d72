"""The texts of a library that a draft's quotations are compared with: finding and reading them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.core.draft_check.candidates import PhraseFinder, nearest_texts, phrases_of
from reader.core.draft_check.matching import NOTHING, Comparison, SearchedText
from reader.core.draft_check.pieces import parts_of
from reader.core.draft_check.wordings import without_notes
from reader.errors import StoreError
from reader.session.sources import read_changed_file

if TYPE_CHECKING:
    from reader.core.document import Document
    from reader.store.library import ArticleRecord, Library

MOST_TEXTS: Final = 8
"""The most texts that a quotation is compared with: those that share most with it."""

MOST_READ: Final = 5_000
"""Up to how many texts are read whole for the phrases of quotations, which takes 0.3 ms each."""

MOST_NEAR: Final = 200
"""How many texts are read for each quotation where there are more: those that may have most."""

_KEPT: Final = 256
_KEPT_COMPARISONS: Final = 1_024


class LibraryTexts:
    """The texts of all articles, also earlier ones, without the draft itself."""

    def __init__(
        self,
        library: Library,
        snapshot: Callable[[str], Document | None],
        draft: str,
        digest: str,
    ) -> None:
        """Look up which article has which texts.

        Args:
            library: The library, whose index is up to date.
            snapshot: Returns the document with a digest; None if the library does not have it.
            draft: The address of the draft; may be empty.
            digest: The digest of the draft.
        """
        self._library = library
        self.owners = library.lists.owners_of_texts()
        """The ids of the articles that have each text, by digests."""
        at_address = library.lists.articles_at(draft) if draft else ()
        self._own = {*self.owners.get(digest, ()), *(each.id for each in at_address)}
        self._nearest: dict[str, list[str]] = {}
        self.document = lru_cache(_KEPT)(snapshot)
        """Returns the document with a digest; None if the library does not have it."""
        self.text = lru_cache(_KEPT)(self._searched)
        """Returns the text with a digest, to be searched; None as above."""
        self.compare = lru_cache(_KEPT_COMPARISONS)(self._compare)
        """Returns how the text with a digest has words."""
        self.record = lru_cache(_KEPT)(self._load)
        """Returns the record of an article; None where it cannot be read."""
        self.changed_file = lru_cache(_KEPT)(self._read_file)
        """Returns what the file of an article has now; None where it has not changed."""

    def nearest(self, words: str) -> Sequence[str]:
        """Return the digests of the texts to compare with words that were prepared."""
        return self._nearest.get(words, ())

    def _compare(self, digest: str, words: str) -> Comparison:
        text = self.text(digest)
        return text.compare(words) if text is not None else NOTHING

    def is_own_article(self, article_id: str) -> bool:
        """Return whether an article of the library is the draft."""
        return article_id in self._own

    def prepare(self, quotations: Sequence[str]) -> None:
        """Find for each quotation the texts that it is compared with."""
        wanted = [*quotations, *(part for each in quotations for part in parts_of(each))]
        phrases = {words: phrases_of(words) for words in wanted}
        having = self._texts_with(phrases)
        for words, of in phrases.items():
            found = {phrase: having.get(phrase, ()) for phrase in of}
            self._nearest[words] = nearest_texts(found, len(self.owners), MOST_TEXTS)

    def _texts_with(self, phrases: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Return for each phrase the digests of the texts that have it.

        Args:
            phrases: The phrases of each quotation.
        """
        finder = PhraseFinder({each for of in phrases.values() for each in of})
        having: dict[str, list[str]] = {}
        for digest, text in self._library.texts.read(self._texts_to_read(phrases)):
            for phrase in finder.find(text):
                having.setdefault(phrase, []).append(digest)
        return having

    def _texts_to_read(self, phrases: Mapping[str, Sequence[str]]) -> Collection[str]:
        """Return the texts to look for phrases in.

        They are all; of many, those that may have a whole quotation, and those that may have most.
        """
        if len(self.owners) <= MOST_READ or not phrases:
            return self.owners if phrases else ()
        library, wanted = self._library, {each for of in phrases.values() for each in of}
        having = library.text_updates.answer(lambda: library.texts.having(wanted))
        chosen: dict[str, None] = {}
        for of in phrases.values():
            found = {phrase: having[phrase] for phrase in of if phrase in having}
            chosen |= dict.fromkeys(nearest_texts(found, len(self.owners), MOST_NEAR))
            if found:
                chosen |= dict.fromkeys(set.intersection(*found.values()))
        return chosen.keys() & self.owners.keys() if having else self.owners

    def _searched(self, digest: str) -> SearchedText | None:
        document = self.document(digest)
        return SearchedText(without_notes(document)) if document is not None else None

    def _load(self, article_id: str) -> ArticleRecord | None:
        try:
            return self._library.load(article_id)
        except StoreError:
            return None

    def _read_file(self, article_id: str) -> Document | None:
        record = self.record(article_id)
        return read_changed_file(record.article) if record is not None else None
