"""Find a passage again after its document has changed: the inverse of ``describe``.

Where the text that was annotated is known, it is compared with the present text once, and each
passage is mapped to its partners in that comparison. A passage that the comparison does not find,
or whose old text is lost, is searched for by its words and its context. A passage that neither
finds is orphaned, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from msgspec import structs

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.alignment_words import Vocabulary, Words
from reader.core.anchoring_matches import Match, match_passage
from reader.core.anchoring_search import QuoteFinder, certainty, rank
from reader.core.annotation import Annotation, Loss, Place, PlaceState, Selector
from reader.core.document import Document, TextRange
from reader.core.selectors import CONTEXT_LENGTH, section_title, trimmed_range
from reader.core.shaping import ShapingMapper, differ_by_shaping
from reader.core.words import word_around

MIN_CERTAINTY = 0.64
"""The least certainty of a match by comparison, see ``Match.certainty``."""

MIN_SEARCH_CERTAINTY = 1.15
"""The least certainty of a match by search where the old text is lost, see ``certainty``."""

MIN_RANK_AFTER_COMPARISON = 0.85
"""The least rank of a match by search where the comparison did not find the passage."""

MOVED_CONTEXT = 0.5
"""A passage that has less than this share of its context around it has moved."""

RANK_MARGIN = 0.05
"""Two places whose ranks differ by less than this are equally good."""

MIN_RECALL = 0.2
"""A passage of which less than this share matches was removed, not changed."""

LONGEST_HINT = 400
"""The most code points of a hint at the place of an orphaned passage."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A passage that was found."""

    range: TextRange
    """Its range in the present text."""
    state: PlaceState
    """``EXACT``, ``MOVED`` or ``EDITED``; typography, case and white space do not matter."""
    score: float
    """How well the range matches the passage, 0 to 1; 1 is verbatim."""


@dataclass(frozen=True, slots=True)
class Orphaned:
    """A passage that was not found."""

    reason: Loss
    """Why it was not found."""
    hint: TextRange | None = None
    """The nearest place, which may be empty; ``None`` where it is unknown."""


class Anchoring:
    """Finds passages of one old text, which may be lost, in one document."""

    def __init__(self, document: Document, old_text: str | None = None) -> None:
        """Keep both texts; they are compared when the first passage needs it.

        Args:
            document: The document as it is now.
            old_text: The text that was annotated; ``None`` where it is lost.
        """
        self._document = document
        self._old_text = old_text

    @cached_property
    def alignment(self) -> Alignment:
        """The old text, or none, compared with the document's."""
        return Alignment.between(self._old_text or "", self._document.text)

    @cached_property
    def _finder(self) -> QuoteFinder:
        if self._old_text is not None:
            return QuoteFinder(self.alignment.new)
        return QuoteFinder(Words(self._document.text, Vocabulary()))

    @cached_property
    def _shaping(self) -> ShapingMapper | None:
        if self._old_text is not None and differ_by_shaping(self._old_text, self._document.text):
            return ShapingMapper(self._old_text, self._document.text)
        return None

    def find(self, selector: Selector) -> Anchored | Orphaned:
        """Find one passage.

        Args:
            selector: Describes the passage; its offsets count only where they fit the old text.

        Returns:
            Its place in the document, or why it was not found.
        """
        text, passage = self._document.text, TextRange(selector.start, selector.end)
        if not selector.exact.strip():
            return Orphaned(Loss.REMOVED)
        if selector.snapshot == self._document.digest and _offsets_fit(selector, text):
            return Anchored(passage, PlaceState.EXACT, 1.0)
        if self._old_text is None or not _offsets_fit(selector, self._old_text):
            around = selector.prefix + selector.exact + selector.suffix
            start = len(selector.prefix)
            passage = TextRange(start, start + len(selector.exact))
            return self._in_whole_words(self._search(selector), around, passage)
        if self._old_text == text:
            return Anchored(passage, PlaceState.EXACT, 1.0)
        if self._shaping is not None:
            return Anchored(TextRange(*map(self._shaping.map, passage)), PlaceState.EXACT, 1.0)
        return self._in_whole_words(self._compare(selector), self._old_text, passage)

    def _in_whole_words(
        self, result: Anchored | Orphaned, old_text: str, passage: TextRange
    ) -> Anchored | Orphaned:
        """Widen a place to whole words, so that it cuts no word where the passage cut none.

        Args:
            result: The place that was found.
            old_text: The text that the passage was made on, at least the context around it.
            passage: The passage in ``old_text``.
        """
        if isinstance(result, Orphaned):
            return result
        text, (start, end) = self._document.text, result.range
        if (word := word_around(text, start)) and not word_around(old_text, passage.start):
            start = word.start
        if (word := word_around(text, end)) and not word_around(old_text, passage.end):
            end = word.end
        if (start, end) == result.range:
            return result
        return replace(result, range=TextRange(start, end), state=PlaceState.EDITED)

    def _compare(self, selector: Selector) -> Anchored | Orphaned:
        """Find a passage whose old text is known."""
        alignment = self.alignment
        passage = TextRange(selector.start, selector.end)
        words = alignment.old.touching(*passage)
        if not words:
            return self._search_literally(selector)
        match = match_passage(passage, alignment.old, alignment.new, alignment.to_new)
        if match and not match.place.is_empty and match.certainty >= MIN_CERTAINTY:
            has_moved = any(alignment.has_moved[word] for word in words)
            return _anchored(match, has_moved)
        free = [match for match in self._finder.find(selector) if self._is_free(match, words)]
        not_found = Orphaned(_loss(match), _hint(match) or self._gap(words))
        return self._best(selector, free, not_found)

    def _is_free(self, match: Match, words: range) -> bool:
        """Return whether a match is good, and few of its words belong to other passages."""
        owners = self.alignment.to_old[match.words.start : match.words.stop]
        taken = sum(owner != UNPAIRED and owner not in words for owner in owners)
        return rank(match) >= MIN_RANK_AFTER_COMPARISON and 2 * taken < len(owners)

    def _gap(self, words: range) -> TextRange:
        """Return the range between the present places of the words around a removed passage."""
        alignment = self.alignment
        before, after = words.start - 1, words.stop
        while before >= 0 and not alignment.is_in_order(before):
            before -= 1
        while after < len(alignment.old) and not alignment.is_in_order(after):
            after += 1
        new = alignment.new
        start = new.ends[alignment.to_new[before]] if before >= 0 else 0
        end = new.starts[alignment.to_new[after]] if after < len(alignment.old) else len(new.text)
        return trimmed_range(new.text, start, end if end - start <= LONGEST_HINT else start)

    def _search(self, selector: Selector) -> Anchored | Orphaned:
        """Find a passage whose old text is lost."""
        around = selector.prefix + selector.exact + selector.suffix
        only = _only_place(around, self._document.text)
        if only is not None and not self._cuts_words(selector, only):
            start = only + len(selector.prefix)
            place = TextRange(start, start + len(selector.exact))
            return Anchored(place, PlaceState.EXACT, 1.0)
        if not Words(selector.exact, Vocabulary()):
            return self._search_literally(selector)
        matches = self._finder.find(selector)
        nearest = matches[0] if matches else None
        good = [each for each in matches if certainty(each) >= MIN_SEARCH_CERTAINTY]
        return self._best(selector, good, Orphaned(_loss(nearest), _hint(nearest)))

    def _cuts_words(self, selector: Selector, start: int) -> bool:
        """Return whether a quote at ``start`` cuts a word on a side where it has no context."""
        end = start + len(selector.prefix) + len(selector.exact) + len(selector.suffix)
        words = self._finder.words
        return (not selector.prefix and words.is_inside_word(start)) or (
            not selector.suffix and words.is_inside_word(end)
        )

    def _search_literally(self, selector: Selector) -> Anchored | Orphaned:
        """Find a passage without words, such as signs that the comparison does not number."""
        text, exact = self._document.text, selector.exact
        only = _only_place(selector.prefix + exact + selector.suffix, text)
        start = only + len(selector.prefix) if only is not None else _only_place(exact, text)
        if start is None:
            return Orphaned(Loss.AMBIGUOUS if exact in text else Loss.REMOVED)
        place = TextRange(start, start + len(exact))
        state = PlaceState.MOVED if only is None else PlaceState.EXACT
        return Anchored(place, state, 1.0)

    def _best(
        self, selector: Selector, candidates: list[Match], not_found: Orphaned
    ) -> Anchored | Orphaned:
        """Return the first of ``candidates``, which are best first, unless another is as good."""
        if not candidates:
            return not_found
        best = candidates[0]
        rivals = [
            match
            for match in candidates
            if match is best
            or (rank(best) - rank(match) < RANK_MARGIN and not match.place.overlaps(best.place))
        ]
        if len(rivals) > 1:
            rivals = [match for match in rivals if self._is_in_section(match.place, selector)]
        if len(rivals) != 1:
            return Orphaned(Loss.AMBIGUOUS, best.place)
        return _anchored(rivals[0], rivals[0].context() < MOVED_CONTEXT)

    def _is_in_section(self, place: TextRange, selector: Selector) -> bool:
        return section_title(self._document, place.start) == selector.section


class Anchorer:
    """Finds the passages of an article's annotations in its document; compares each text once."""

    def __init__(self, document: Document, text_of: Callable[[str], str | None]) -> None:
        """Compare nothing yet.

        Args:
            document: The document as it is now, complete.
            text_of: Returns the text with a digest, or ``None`` where no snapshot of it exists;
                called at most once for each digest, and never for the document's own.
        """
        self._document = document
        self._texts = cache(
            lambda digest: document.text if digest == document.digest else text_of(digest)
        )
        self._anchorings = cache(
            lambda digest: Anchoring(document, self._texts(digest) if digest else None)
        )

    def find(self, annotation: Annotation, *, seen: str = "") -> Anchored | Orphaned | None:
        """Find a passage; see ``find_all``."""
        selector, state = annotation.selector, annotation.place.state
        if state is PlaceState.BY_HAND and seen == self._document.digest:
            return None
        starts_from_place = _starts_from_place(annotation, seen, self._texts)
        last_text = self._texts(seen) if starts_from_place else None
        if last_text is None:
            return self._anchorings(selector.snapshot).find(selector)
        result = self._anchorings(seen).find(_selector_at(annotation, last_text, seen))
        if isinstance(result, Anchored) and state is PlaceState.EDITED:
            return replace(result, state=state)
        return result

    def alignment_with(self, digest: str) -> Alignment:
        """Return the text with ``digest`` compared with the document's, once for all purposes."""
        return self._anchorings(digest).alignment

    def place(self, annotation: Annotation, *, seen: str = "") -> Annotation:
        """Return an annotation with its place in the document; see ``anchor_all``."""
        result = self.find(annotation, seen=seen)
        return annotation if result is None else _placed(annotation, result, self._document)


def find_all(
    annotations: Iterable[Annotation],
    document: Document,
    text_of: Callable[[str], str | None],
    *,
    seen: str = "",
) -> list[Anchored | Orphaned | None]:
    """Find the passages of an article's annotations in its document, all at once.

    A passage is compared from the text that was annotated; where that is lost, from the text that
    was last seen; where both are lost, it is searched for by its words. A passage that was placed
    by hand is always compared from the text last seen.

    Args:
        annotations: The annotations, made on any version of the document.
        document: As for ``Anchorer``.
        text_of: As for ``Anchorer``.
        seen: Digest of the text that the annotations' places refer to; empty where unknown.

    Returns:
        The result for each annotation, also for a deleted one, which may be brought back; ``None``
        where its place does not change, because it was placed by hand in this same text.
    """
    anchorer = Anchorer(document, text_of)
    return [anchorer.find(annotation, seen=seen) for annotation in annotations]


def _starts_from_place(
    annotation: Annotation, seen: str, texts: Callable[[str], str | None]
) -> bool:
    """Return whether to compare from the annotation's last place, not from its selector."""
    if not seen or annotation.is_orphaned:
        return False
    if annotation.place.state is PlaceState.BY_HAND:
        return True
    snapshot = annotation.selector.snapshot
    return not snapshot or texts(snapshot) is None


def anchor_all(
    annotations: Sequence[Annotation],
    document: Document,
    text_of: Callable[[str], str | None],
    *,
    seen: str = "",
) -> list[Annotation]:
    """Return the annotations with their places in a document; see ``find_all`` for the arguments.

    Returns:
        The annotations in the same order, each with its new place. A passage that was not found
        becomes ``ORPHANED``, and its range is the nearest place. A passage that was placed by
        hand stays ``BY_HAND`` when it is found.
    """
    anchorer = Anchorer(document, text_of)
    return [anchorer.place(annotation, seen=seen) for annotation in annotations]


def _placed(annotation: Annotation, result: Anchored | Orphaned, document: Document) -> Annotation:
    """Return the annotation with the place of a result."""
    if isinstance(result, Anchored):
        by_hand = annotation.place.state is PlaceState.BY_HAND
        place = Place(*result.range, PlaceState.BY_HAND if by_hand else result.state)
    else:
        start = document.clamp(annotation.place.start)
        place = Place(*(result.hint or (start, start)), PlaceState.ORPHANED, loss=result.reason)
    return structs.replace(annotation, place=place)


def _selector_at(annotation: Annotation, text: str, digest: str) -> Selector:
    """Return a selector that describes the annotation's place in ``text``."""
    start, end = annotation.place.start, annotation.place.end
    return structs.replace(
        annotation.selector,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        start=start,
        end=end,
        snapshot=digest,
    )


def _offsets_fit(selector: Selector, text: str) -> bool:
    """Return whether ``text`` has the passage at the selector's offsets."""
    return selector.start >= 0 and text[selector.start : selector.end] == selector.exact


def _only_place(quote: str, text: str) -> int | None:
    """Return the offset of ``quote`` in ``text`` if it occurs exactly once, else ``None``."""
    first = text.find(quote)
    return first if first >= 0 and text.find(quote, first + 1) < 0 else None


def _anchored(match: Match, has_moved: bool) -> Anchored:
    if not match.is_verbatim:
        state = PlaceState.EDITED
    else:
        state = PlaceState.MOVED if has_moved else PlaceState.EXACT
    return Anchored(match.place, state, match.word_score)


def _loss(match: Match | None) -> Loss:
    """Return why a passage with this best match was not found."""
    return Loss.CHANGED if match and match.recall >= MIN_RECALL else Loss.REMOVED


def _hint(match: Match | None) -> TextRange | None:
    """Return the nearest place of a passage with this best match."""
    return match.place if match and match.recall >= MIN_RECALL else None
