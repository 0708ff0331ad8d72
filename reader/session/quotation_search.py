"""Looking for the quotations of a draft in the texts of all articles, also in earlier versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from reader.core.annotation import Annotation, Article
from reader.core.draft_check.checked import CheckedQuotation, QuotationSource
from reader.core.draft_check.matching import Comparison, SearchedText
from reader.core.draft_check.pieces import parts_of, pieces_of
from reader.core.draft_check.quotations import DraftQuotation, is_clear
from reader.core.draft_check.verdicts import QuotationVerdict
from reader.core.draft_check.wordings import seen, without_notes
from reader.core.folding import fold
from reader.core.speech import Speech, read_speech
from reader.core.speech.finding import may_be_speech
from reader.core.speech.same_person import may_be_same
from reader.core.text_formatting import one_line
from reader.session.quotation_texts import LibraryTexts
from reader.session.versions import Version, known_versions

if TYPE_CHECKING:
    from reader.core.document import TextRange
    from reader.store.library import ArticleRecord

MOST_VERSIONS: Final = 10
"""The most earlier versions of an article that are asked for the words of a quotation."""

_KEPT_SPEECH: Final = 64


class _Found(NamedTuple):
    """A text of an article that has a quotation, or something like it."""

    record: ArticleRecord
    digest: str
    comparison: Comparison
    speaker: str
    is_sure: bool
    says_other: bool

    @property
    def article(self) -> Article:
        return self.record.article

    @property
    def is_present(self) -> bool:
        return self.digest == self.article.snapshot

    @property
    def rank(self) -> tuple[tuple[int, float], bool, bool]:
        """What is sorted by, the nearest to the quotation first."""
        return self.comparison.rank, not self.is_present, self.says_other


class QuotationSearch:
    """Looks for the quotations of one draft."""

    def __init__(self, texts: LibraryTexts) -> None:
        """Search texts, which are prepared for the quotations."""
        self._texts = texts
        self._speech = lru_cache(_KEPT_SPEECH)(self._read_speech)

    def check(self, quotation: DraftQuotation, line: int) -> CheckedQuotation:
        """Return what is found out about a quotation."""
        best = self._best(quotation, quotation.words)
        further: Sequence[_Found] = ()
        if best is None or best.comparison.diff is not None:
            parts = self._joined(quotation, best)
            best, further = (parts[0], parts[1:]) if parts else (best, ())
        if best is None:
            return CheckedQuotation(quotation, line, QuotationVerdict.NOWHERE)
        if (newer := self._in_file(quotation, best)) is not None:
            return newer._replace(line=line)
        versions = self._versions(best.record)
        other, since = self._other_version(best, quotation.words, versions)
        return CheckedQuotation(
            quotation,
            line,
            _verdict(best, is_reworded=bool(other)),
            self._source(best, versions, since),
            best.says_other,
            other,
            tuple(self._source(each, self._versions(each.record), "") for each in further),
        )

    def _joined(self, quotation: DraftQuotation, best: _Found | None) -> list[_Found]:
        """Return the sources of a quotation whose parts are from several places; else none.

        Args:
            quotation: The quotation.
            best: The text that is most like all of it; None where none is.
        """
        parts = parts_of(quotation.words)
        has_ellipsis = len(pieces_of(quotation.words)) > 1
        if not parts or (best is not None and best.comparison.alike == 1.0 and not has_ellipsis):
            return []
        sources: list[_Found] = []
        for part in parts:
            found = self._best(quotation, part)
            if found is None or not found.comparison.has_all_words:
                return []
            sources.append(found)
        comparison = sources[0].comparison._replace(grade=QuotationVerdict.JOINED)
        return [sources[0]._replace(comparison=comparison), *sources[1:]]

    def _in_file(self, quotation: DraftQuotation, found: _Found) -> CheckedQuotation | None:
        """Return a quotation that only the file of an article has, which has changed meanwhile."""
        if found.comparison.grade is QuotationVerdict.VERBATIM:
            return None
        document = self._texts.changed_file(found.article.id)
        if document is None:
            return None
        text = SearchedText(without_notes(document))
        comparison = text.compare(quotation.words)
        if comparison.grade is not QuotationVerdict.VERBATIM:
            return None
        source = QuotationSource(
            found.article,
            document.digest,
            comparison,
            _words_of(text.text, comparison),
            is_unread=True,
        )
        other = self._reworded(found.digest, quotation.words)
        return CheckedQuotation(quotation, 0, QuotationVerdict.NEWER, source, other_version=other)

    # Texts

    def _best(self, quotation: DraftQuotation, words: str) -> _Found | None:
        """Return the text that has words, or what is most like them; None where none has."""
        best: _Found | None = None
        for found in self._all(quotation, words):
            if best is None or found.rank < best.rank:
                best = found
            if best.rank[0][0] == 0 and best.is_present and not best.says_other:
                break
        return best

    def _all(self, quotation: DraftQuotation, words: str) -> Iterator[_Found]:
        for digest in self._texts.nearest(words):
            comparison = self._texts.compare(digest, words)
            if comparison.grade is QuotationVerdict.NOWHERE:
                continue
            for article_id in self._texts.owners.get(digest, ()):
                record = self._texts.record(article_id)
                if record is None or self._texts.is_own_article(article_id):
                    continue
                yield self._with_speaker(quotation, record, digest, comparison)
                if digest != record.article.snapshot:
                    yield from self._in_present(quotation, words, record)

    def _in_present(
        self, quotation: DraftQuotation, words: str, record: ArticleRecord
    ) -> Iterator[_Found]:
        """Yield the present text of an article of which an earlier one was found."""
        digest = record.article.snapshot
        comparison = self._texts.compare(digest, words)
        if comparison.grade is not QuotationVerdict.NOWHERE:
            yield self._with_speaker(quotation, record, digest, comparison)

    # Speakers

    def _with_speaker(
        self,
        quotation: DraftQuotation,
        record: ArticleRecord,
        digest: str,
        comparison: Comparison,
    ) -> _Found:
        """Return a comparison with the place, of several with the same words, that fits best.

        That is one with the draft's speaker, else one with another, else one without any.
        """
        here = [comparison]
        here += [comparison._replace(places=(copy,)) for copy in comparison.copies]
        found = [self._said(quotation, record, digest, each) for each in here]
        return min(found, key=lambda each: (not each.speaker, each.says_other))

    def _said(
        self,
        quotation: DraftQuotation,
        record: ArticleRecord,
        digest: str,
        comparison: Comparison,
    ) -> _Found:
        """Return a comparison with who says the words at its place."""
        if comparison.grade is QuotationVerdict.CUT:
            said = [self._speaker(record, digest, place) for place in comparison.places]
            sure = [speaker for speaker, is_sure in said if is_sure]
            if not all(may_be_same(*pair) for pair in pairwise(sure)):
                comparison = comparison._replace(grade=QuotationVerdict.JOINED)
        speaker, is_sure = self._speaker(record, digest, comparison.place)
        says_other = (
            is_sure
            and quotation.is_sure
            and not may_be_same(quotation.speaker, speaker)
            and not self._is_namesake(one_line(quotation.speaker), digest, comparison.place)
            and not _is_source(quotation.speaker, record.article)
        )
        return _Found(record, digest, comparison, speaker, is_sure, says_other)

    def _speaker(self, record: ArticleRecord, digest: str, place: TextRange) -> tuple[str, bool]:
        """Return who says a passage, and whether that is sure: as the reader has it, else found."""
        for annotation in record.annotations:
            if annotation.speaker and not annotation.is_deleted:
                marked = _range_in(annotation, record.article, digest)
                if marked is not None and _is_most_in(place, marked):
                    return annotation.speaker, True
        document = self._texts.document(digest)
        if document is None or not may_be_speech(document, place):
            return "", False
        speech = self._speech(digest)
        said = speech.within(place) if speech is not None else None
        if said is None or not said.speaker:
            return "", False
        return said.speaker, is_clear(said, document.text)

    def _is_namesake(self, name: str, digest: str, place: TextRange) -> bool:
        """Return whether a text has but a surname at a passage, and the whole name elsewhere."""
        document, speech = self._texts.document(digest), self._speech(digest)
        said = speech.within(place) if speech is not None else None
        if document is None or said is None or said.attribution.mention is None:
            return False
        surname = document.quote(said.attribution.mention)
        is_whole = name.endswith(f" {surname}") and " " not in surname
        return is_whole and " ".join(name.split()[-2:]) in document.text

    def _read_speech(self, digest: str) -> Speech | None:
        document = self._texts.document(digest)
        return read_speech(document) if document is not None else None

    # Versions

    def _versions(self, record: ArticleRecord) -> list[Version]:
        live = [each for each in record.annotations if not each.is_deleted]
        return known_versions(record.article, live)

    def _other_version(
        self, found: _Found, words: str, versions: Sequence[Version]
    ) -> tuple[str, str]:
        """Return what another version has in place of words, and since when they are there."""
        if not found.is_present:
            return self._reworded(found.article.snapshot, words), ""
        other, since = "", ""
        if found.comparison.grade is QuotationVerdict.VERBATIM and len(versions) > 1:
            for version in versions[:MOST_VERSIONS]:
                if self._texts.compare(version.digest, words).grade is QuotationVerdict.VERBATIM:
                    since = version.first
                else:
                    other = other or self._reworded(version.digest, words)
        return other, since

    def _reworded(self, digest: str, words: str) -> str:
        """Return what a text has in place of words; empty where it has nothing like them."""
        text, comparison = self._texts.text(digest), self._texts.compare(digest, words)
        is_other = comparison.grade is QuotationVerdict.OTHER_WORDS
        return _words_of(text.text, comparison) if text is not None and is_other else ""

    def _source(self, found: _Found, versions: Sequence[Version], since: str) -> QuotationSource:
        text = self._texts.text(found.digest)
        version = next((each for each in versions if each.digest == found.digest), None)
        has_versions = len(versions) > 1 and version is not None
        return QuotationSource(
            found.article,
            found.digest,
            found.comparison,
            _words_of(text.text, found.comparison) if text is not None else "",
            found.speaker,
            found.is_sure,
            first_seen=since or (version.first if version and has_versions else ""),
            last_seen=version.last if version and has_versions else "",
        )


def _verdict(found: _Found, *, is_reworded: bool) -> QuotationVerdict:
    grade = found.comparison.grade
    if grade is not QuotationVerdict.VERBATIM:
        return grade
    if not found.is_present:
        return QuotationVerdict.OLDER
    if found.says_other:
        return QuotationVerdict.OTHER_SPEAKER
    return QuotationVerdict.NEWER if is_reworded else grade


def _range_in(annotation: Annotation, article: Article, digest: str) -> TextRange | None:
    """Return the range of an annotation in a text of its article; None where it is not known."""
    if digest == article.snapshot:
        return None if annotation.is_orphaned else annotation.range
    selector = annotation.selector
    place = replace(annotation.place, start=selector.start, end=selector.end)
    return place.range if selector.snapshot == digest else None


def _is_most_in(place: TextRange, marked: TextRange) -> bool:
    """Return whether at least half of a place is in a marked passage."""
    shared = min(place.end, marked.end) - max(place.start, marked.start)
    return 2 * shared >= place.end - place.start


def _is_source(speaker: str, article: Article) -> bool:
    """Return whether a draft names the article, its outlet or an author as the speaker."""
    name = fold(speaker).removeprefix("the ")
    metadata = article.metadata
    names = (metadata.site, metadata.title, *metadata.authors)
    return any(name and name in fold(each) for each in names)


def _words_of(text: str, comparison: Comparison) -> str:
    return " … ".join(one_line(seen(text[slice(*place)])) for place in comparison.places)
