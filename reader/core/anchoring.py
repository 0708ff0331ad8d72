"""Find a passage again after its document has changed: the inverse of ``describe``.

Where the text that the passage was marked on is at hand, the two texts are compared once and every
passage is carried over: its range becomes that of the words that are match of it. What the
comparison cannot settle, and every passage whose text is lost, is searched for by its words and
its context. What is then not found has lost its place, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property

from msgspec import structs

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.alignment_words import Vocabulary, Words
from reader.core.anchoring_matches import Match, match_passage
from reader.core.anchoring_search import QuoteFinder, rank
from reader.core.annotation import Annotation, Place, PlaceState, Selector
from reader.core.document import Document, TextRange
from reader.core.selectors import CONTEXT_LENGTH, section_title, trimmed_range

CARRIED = 0.64
"""How sure it must be that what the comparison match of a passage is its place."""

FOUND_BESIDE = 0.85
"""How good a place that the search found must be, where the comparison did not lead there."""

FOUND = 0.6
"""The same where the old text is lost."""

ELSEWHERE = 0.5
"""Where less than this share of its context stands around it, a passage has moved."""

TELLING = 8
"""A passage of so many words that stands word for word in one place only needs no context."""

TOO_CLOSE = 0.05
"""Two places whose ranks differ by less than this cannot be told apart."""

HARDLY = 0.2
"""A passage of which less than this share is match was removed, not changed."""

LONGEST_HINT = 400
"""How long, in code points, a hint at the place of a lost passage may be."""


class Loss(StrEnum):
    """Why a passage has no place."""

    REMOVED = "removed"
    """Hardly a word of it is match where it stood, and it stands nowhere else."""
    CHANGED = "changed too much"
    """Something of it is match, too little to be sure."""
    AMBIGUOUS = "ambiguous"
    """It stands in several places, and nothing tells which one was meant."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A passage that was found."""

    range: TextRange
    """Where it is now."""
    state: PlaceState
    """``EXACT``, ``MOVED`` or ``EDITED``; typography, case and white space are no edit."""
    score: float
    """How like the passage this is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Orphaned:
    """A passage that was not found."""

    reason: Loss
    """Why not."""
    hint: TextRange | None = None
    """The nearest place, which may be empty; ``None`` where there is no telling."""


class Anchoring:
    """Finds the passages of one old text, or of a lost one, in one document."""

    def __init__(self, document: Document, old_text: str | None = None) -> None:
        """Prepare; the texts are compared when the first passage needs it.

        Args:
            document: The document as it is now.
            old_text: The text that the passages were marked on; ``None`` where it is lost.
        """
        self._document = document
        self._old_text = old_text

    @cached_property
    def _alignment(self) -> Alignment:
        return Alignment.between(self._old_text or "", self._document.text)

    @cached_property
    def _finder(self) -> QuoteFinder:
        if self._old_text is not None:
            return QuoteFinder(self._alignment.new)
        return QuoteFinder(Words(self._document.text, Vocabulary()))

    def find(self, selector: Selector) -> Anchored | Orphaned:
        """Find one passage.

        Args:
            selector: What was marked; its offsets count only where they fit the old text.

        Returns:
            Its place in the document, or why it has none.
        """
        text, range_ = self._document.text, TextRange(selector.start, selector.end)
        if not selector.exact.strip():
            return Orphaned(Loss.REMOVED)
        if selector.snapshot == self._document.digest and _stands(selector, text):
            return Anchored(range_, PlaceState.EXACT, 1.0)
        if self._old_text is None or not _stands(selector, self._old_text):
            return self._search(selector)
        if self._old_text == text:
            return Anchored(range_, PlaceState.EXACT, 1.0)
        return self._carry(selector)

    def _carry(self, selector: Selector) -> Anchored | Orphaned:
        """Find a passage whose old text is known."""
        alignment = self._alignment
        passage = TextRange(selector.start, selector.end)
        words = alignment.old.touching(*passage)
        if not words:
            return self._search_literally(selector)
        match = match_passage(passage, alignment.old, alignment.new, alignment.to_new)
        if match and not match.place.is_empty and match.certainty >= CARRIED:
            has_moved = any(alignment.has_moved[word] for word in words)
            return _anchored(match, has_moved)
        free = [match for match in self._finder.find(selector) if self._is_free(match, words)]
        lost = Orphaned(_loss(match), _hint(match) or self._gap(words))
        return self._best(selector, free, lost)

    def _is_free(self, match: Match, words: range) -> bool:
        """Tell whether the comparison leaves most of a place to the passage of ``words``."""
        owners = self._alignment.to_old[match.words.start : match.words.stop]
        taken = sum(owner != UNPAIRED and owner not in words for owner in owners)
        return rank(match) >= FOUND_BESIDE and 2 * taken < len(owners)

    def _gap(self, words: range) -> TextRange:
        """Return what stands now between the words that stood before and after a passage."""
        alignment = self._alignment
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
        found = self._finder.find(selector)
        nearest = found[0] if found else None
        good = [match for match in found if _is_good(match)]
        return self._best(selector, good, Orphaned(_loss(nearest), _hint(nearest)))

    def _cuts_words(self, selector: Selector, start: int) -> bool:
        """Tell whether a quote at ``start`` is a part of a word on a side without context."""
        end = start + len(selector.prefix) + len(selector.exact) + len(selector.suffix)
        words = self._finder.words
        return (not selector.prefix and words.is_inside_word(start)) or (
            not selector.suffix and words.is_inside_word(end)
        )

    def _search_literally(self, selector: Selector) -> Anchored | Orphaned:
        """Find a passage of characters that no word is made of and that are not seen."""
        text, exact = self._document.text, selector.exact
        only = _only_place(selector.prefix + exact + selector.suffix, text)
        start = only + len(selector.prefix) if only is not None else _only_place(exact, text)
        if start is None:
            return Orphaned(Loss.AMBIGUOUS if exact in text else Loss.REMOVED)
        place = TextRange(start, start + len(exact))
        state = PlaceState.MOVED if only is None else PlaceState.EXACT
        return Anchored(place, state, 1.0)

    def _best(
        self, selector: Selector, candidates: list[Match], lost: Orphaned
    ) -> Anchored | Orphaned:
        """Return the first of ``candidates``, which are best first, unless another is as good."""
        if not candidates:
            return lost
        best = candidates[0]
        rivals = [
            match
            for match in candidates
            if match is best
            or (rank(best) - rank(match) < TOO_CLOSE and not match.place.overlaps(best.place))
        ]
        if len(rivals) > 1:
            rivals = [match for match in rivals if self._is_in_section(match.place, selector)]
        if len(rivals) != 1:
            return Orphaned(Loss.AMBIGUOUS, best.place)
        return _anchored(rivals[0], rivals[0].context < ELSEWHERE)

    def _is_in_section(self, place: TextRange, selector: Selector) -> bool:
        return section_title(self._document, place.start) == selector.section


def find_all(
    annotations: Iterable[Annotation],
    document: Document,
    text_of: Callable[[str], str | None],
    *,
    seen: str = "",
) -> list[Anchored | Orphaned | None]:
    """Find the passages of an article's annotations in its document, all at once.

    A passage is looked for on the text that it was marked on; where that is lost, on the text
    that the document had when it was last seen; where that is lost, too, by its words alone.
    A passage that was put back by hand is always carried over from the text last seen.

    Args:
        annotations: The annotations, made on any version of the document.
        document: The document as it is now, complete.
        text_of: Gives the text with a digest, or ``None`` where no snapshot of it is kept;
            called at most once for each digest, and not for the document's own.
        seen: Digest of the text that the annotations' present places refer to; empty where
            that is not known.

    Returns:
        For each annotation what became of its passage; ``None`` where its place stays as it is:
        of one that is deleted, or was put by hand in this very text.
    """
    texts = cache(lambda digest: document.text if digest == document.digest else text_of(digest))
    anchorings = cache(lambda digest: Anchoring(document, texts(digest) if digest else None))
    results: list[Anchored | Orphaned | None] = []
    for annotation in annotations:
        selector, state = annotation.selector, annotation.place.state
        if annotation.is_deleted or (state is PlaceState.BY_HAND and seen == document.digest):
            results.append(None)
            continue
        last_text = texts(seen) if _is_carried_from_its_place(annotation, seen, texts) else None
        if last_text is None:
            results.append(anchorings(selector.snapshot).find(selector))
            continue
        result = anchorings(seen).find(_selector_at(annotation, last_text, seen))
        if isinstance(result, Anchored) and state is PlaceState.EDITED:
            result = replace(result, state=state)
        results.append(result)
    return results


def _is_carried_from_its_place(
    annotation: Annotation, seen: str, texts: Callable[[str], str | None]
) -> bool:
    """Tell whether a passage is looked for from where it was last, not from where it was marked."""
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
    """Give every annotation its place in a document; ``find_all`` has the arguments.

    Returns:
        The annotations in the same order, each with its new place; the place of one that was
        not found is ``ORPHANED``, its range the nearest place. One that was put back by hand
        stays ``BY_HAND`` wherever its words went.
    """
    results = find_all(annotations, document, text_of, seen=seen)
    return [
        annotation if result is None else _placed(annotation, result, document)
        for annotation, result in zip(annotations, results, strict=True)
    ]


def _placed(annotation: Annotation, result: Anchored | Orphaned, document: Document) -> Annotation:
    """Return the annotation at the place that was found for it."""
    if isinstance(result, Anchored):
        by_hand = annotation.place.state is PlaceState.BY_HAND
        place = Place(*result.range, PlaceState.BY_HAND if by_hand else result.state)
    else:
        start = document.clamp(annotation.place.start)
        place = Place(*(result.hint or (start, start)), PlaceState.ORPHANED)
    return structs.replace(annotation, place=place)


def _selector_at(annotation: Annotation, text: str, digest: str) -> Selector:
    """Return a selector for the present place of an annotation in ``text``."""
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


def _stands(selector: Selector, text: str) -> bool:
    """Tell whether the passage stands in ``text`` where its offsets say."""
    return selector.start >= 0 and text[selector.start : selector.end] == selector.exact


def _only_place(quote: str, text: str) -> int | None:
    """Return where ``quote`` stands in ``text``, if it does so exactly once."""
    first = text.find(quote)
    return first if first >= 0 and text.find(quote, first + 1) < 0 else None


def _is_good(match: Match) -> bool:
    """Tell whether a place is good enough where there is only the search to go by."""
    return rank(match) >= FOUND or (match.is_verbatim and len(match.words) >= TELLING)


def _anchored(match: Match, has_moved: bool) -> Anchored:
    if not match.is_verbatim:
        state = PlaceState.EDITED
    else:
        state = PlaceState.MOVED if has_moved else PlaceState.EXACT
    return Anchored(match.place, state, match.likeness)


def _loss(match: Match | None) -> Loss:
    """Return why a passage of which ``match`` is match is lost."""
    return Loss.CHANGED if match and match.recall >= HARDLY else Loss.REMOVED


def _hint(match: Match | None) -> TextRange | None:
    """Return the nearest place of a passage of which ``match`` is match."""
    return match.place if match and match.recall >= HARDLY else None
