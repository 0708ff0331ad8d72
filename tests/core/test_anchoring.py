"""A passage is found at its right place or is orphaned; it is never put at a wrong place."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from reader.core.anchoring import (
    Anchored,
    Anchoring,
    Orphaned,
    anchor_all,
)
from reader.core.annotation import Annotation, Loss, Place, PlaceState, Selector
from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.selectors import describe
from tests.core import strategies

WORDS = [
    "the",
    "a",
    "tide",
    "harbour",
    "wall",
    "it",
    "leaks",
    "nine",
    "million",
    "who",
    "pays",
    "—",
]
NO_TEXTS: dict[str, str] = {}
TYPOGRAPHY = str.maketrans(
    {"’": "'", "“": '"', "”": '"', "—": "--", " ": "\u00a0", "f": "\uff46", "…": "..."}
)

ARTICLE = """\
The harbour wall
The harbour wall was built in 1911, and for a hundred years nobody asked who would mend it.
“It’s not the sea that breaks walls,” says Maud Ferrier, who ran the ferry — “it’s the accounts.”
The council’s survey of 2019 found forty cracks, nine of them wide enough for a hand.
Costs
Mending the wall would cost nine million, the council says; leaving it would cost the town.
Half of the money is to come from the county, which has not yet been asked.
The fish market, which pays a tenth of the town’s rates, has said that it will not wait…
What happens next
A public meeting is called for the third of May in the net loft above the ice house.
"""


def document_of(text: str) -> Document:
    blocks, position = [], 0
    for line in text.split("\n"):
        kind = BlockKind.PARAGRAPH if line.endswith((".", "…", "”")) else BlockKind.HEADING
        blocks.append(Block(kind, position, position + len(line)))
        position += len(line) + 1
    return Document(text, tuple(blocks))


def passage_of(text: str, quote: str) -> TextRange:
    start = text.index(quote)
    return TextRange(start, start + len(quote))


def anchor(
    selector: Selector, document: Document, old_text: str | None = None
) -> Anchored | Orphaned:
    """Find a passage; without the old text, by its words alone."""
    return Anchoring(document, old_text).find(selector)


def compared(old: str, new: str, quote: str) -> Anchored | Orphaned:
    """Annotate ``quote`` in ``old`` and find it in ``new`` by comparison."""
    selector = describe(document_of(old), passage_of(old, quote))
    return anchor(selector, document_of(new), old)


def searched(old: str, new: str, quote: str) -> Anchored | Orphaned:
    """Annotate ``quote`` in ``old`` and find it in ``new`` by search."""
    return anchor(describe(document_of(old), passage_of(old, quote)), document_of(new))


def found(result: Anchored | Orphaned, new: str) -> str:
    assert isinstance(result, Anchored), result
    return new[result.range.start : result.range.end]


few_words = st.lists(st.sampled_from([*WORDS, "\n", "."]), max_size=40).map(" ".join)
documents = st.one_of(strategies.documents(), few_words.map(document_of))


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Document, Selector]:
    document = draw(documents)
    offsets = st.integers(0, len(document.text))
    return document, describe(document, TextRange(draw(offsets), draw(offsets)))


@given(annotated())
def test_in_the_same_document_every_passage_is_itself(case: tuple[Document, Selector]) -> None:
    document, selector = case
    result = anchor(selector, document)
    if selector.exact:
        place = TextRange(selector.start, selector.end)
        assert result == Anchored(place, PlaceState.EXACT, 1.0)
    else:
        assert result == Orphaned(Loss.REMOVED)


@given(annotated())
def test_without_a_digest_the_comparison_finds_every_passage(
    case: tuple[Document, Selector],
) -> None:
    document, selector = case
    text = document.text
    result = anchor(structs.replace(selector, snapshot=""), document, text)
    if selector.exact:
        assert isinstance(result, Anchored)
        assert result.range == (selector.start, selector.end)
        assert result.state is PlaceState.EXACT


@given(annotated())
def test_without_the_old_text_a_passage_that_is_unique_is_found(
    case: tuple[Document, Selector],
) -> None:
    document, selector = case
    result = anchor(structs.replace(selector, snapshot=""), document)
    around = selector.prefix + selector.exact + selector.suffix
    text = document.text
    if selector.exact and text.find(around) == text.rfind(around):
        assert isinstance(result, Anchored)
        assert result.range == (selector.start, selector.end)


@given(annotated(), documents, st.booleans())
def test_any_two_texts_give_a_range_of_the_new_one(
    case: tuple[Document, Selector], document: Document, compare: bool
) -> None:
    old, selector = case
    anchoring = Anchoring(document, old.text if compare else None)
    result = anchoring.find(selector)
    assert result == Anchoring(document, old.text if compare else None).find(selector)
    place = result.range if isinstance(result, Anchored) else result.hint
    if place is not None:
        assert 0 <= place.start <= place.end <= len(document.text)
    if isinstance(result, Anchored):
        assert not result.range.is_empty
        assert 0 < result.score <= 1


@given(annotated(), st.integers(0, 10**6), st.booleans())
def test_whatever_happens_to_its_lines_a_passage_gets_a_range_of_the_text_or_none(
    case: tuple[Document, Selector], seed: int, compare: bool
) -> None:
    old, selector = case
    chance = random.Random(seed)
    lines = old.text.split("\n")
    edits = (
        lambda: chance.sample(lines, len(lines)),
        lambda: [line for line in lines if chance.random() < 0.7],
        lambda: lines + lines,
        lambda: [" ".join(w for w in line.split(" ") if chance.random() < 0.8) for line in lines],
    )
    new = document_of("\n".join(chance.choice(edits)()))
    result = Anchoring(new, old.text if compare else None).find(selector)
    place = result.range if isinstance(result, Anchored) else result.hint
    assert place is None or 0 <= place.start <= place.end <= len(new.text)
    if isinstance(result, Anchored):
        assert new.quote(result.range).strip()


@given(annotated())
def test_what_is_added_around_a_text_moves_no_passage(case: tuple[Document, Selector]) -> None:
    old, selector = case
    added = "Zusatz\n"
    new = Document(f"{added}{old.text}\nSchluss", old.blocks)
    result = anchor(selector, new, old.text)
    if isinstance(result, Anchored):
        assert result.range == (selector.start + len(added), selector.end + len(added))
        assert result.state is PlaceState.EXACT
    else:
        # Only a passage without words may occur in too many places to tell them apart.
        assert not any(char.isalnum() for char in selector.exact)


@given(st.integers(0, 10**6))
def test_typography_is_no_edit(seed: int) -> None:
    chance = random.Random(seed)
    new = "".join(c.translate(TYPOGRAPHY) if chance.random() < 0.5 else c for c in ARTICLE)
    old = document_of(ARTICLE)
    index = chance.choice([i for i, block in enumerate(old.blocks) if not block.range.is_empty])
    selector = describe(old, old.blocks[index].range)
    for result in (
        anchor(selector, document_of(new), ARTICLE),
        anchor(selector, document_of(new)),
    ):
        assert found(result, new) == new.split("\n")[index]
        assert isinstance(result, Anchored)
        assert result.state is PlaceState.EXACT


def test_a_passage_is_found_after_text_was_added_before_it() -> None:
    quote = "forty cracks, nine of them"
    new = "A correction was made.\n" + ARTICLE
    result = compared(ARTICLE, new, quote)
    assert found(result, new) == quote
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EXACT


def test_a_passage_in_a_block_that_moved_is_found_there() -> None:
    lines = ARTICLE.split("\n")
    moved = lines.pop(3)
    new = "\n".join([*lines[:-1], moved, ""])
    quote = "found forty cracks, nine of them wide enough"
    result = compared(ARTICLE, new, quote)
    assert found(result, new) == quote
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.MOVED
    assert found(searched(ARTICLE, new, quote), new) == quote


def test_an_edited_passage_is_found_with_its_new_words() -> None:
    old = "Mending the wall would cost nine million, the council says"
    edited = "Mending the old wall would cost eleven million, the council says"
    new = ARTICLE.replace(old, edited)
    for result in (compared(ARTICLE, new, old), searched(ARTICLE, new, old)):
        assert found(result, new) == edited
        assert isinstance(result, Anchored)
        assert result.state is PlaceState.EDITED
        assert 0.7 < result.score < 1


def test_a_removed_passage_is_orphaned_and_the_hint_is_its_old_place() -> None:
    quote = "The council’s survey of 2019 found forty cracks, nine of them wide enough for a hand."
    new = ARTICLE.replace(quote + "\n", "")
    result = compared(ARTICLE, new, quote)
    place = new.index("Costs\n") - 1
    assert result == Orphaned(Loss.REMOVED, TextRange(place, place))
    assert searched(ARTICLE, new, quote) == Orphaned(Loss.REMOVED, None)


def test_a_rewritten_passage_is_orphaned_and_the_hint_is_the_new_wording() -> None:
    old = "Half of the money is to come from the county, which has not yet been asked."
    rewritten = "Who pays the other half is open: nobody at county hall will say."
    new = ARTICLE.replace(old, rewritten)
    result = compared(ARTICLE, new, old)
    assert isinstance(result, Orphaned)
    assert result.hint is not None
    assert result.hint.overlaps(passage_of(new, rewritten))


def test_of_several_copies_the_one_in_the_passage_s_context_is_taken() -> None:
    quote = "the council says"
    copies = f"In May, {quote}, work begins.\nIn June, {quote}, it ends.\nBut {quote} little else."
    for number, line in enumerate(copies.split("\n")):
        start = copies.index(line) + line.index(quote)
        old = document_of(copies)
        selector = describe(old, TextRange(start, start + len(quote)))
        new = "New first line.\n" + copies.replace("June", "July")
        for old_text in (copies, None):
            result = anchor(selector, document_of(new), old_text)
            assert isinstance(result, Anchored)
            assert new.count("\n", 0, result.range.start) == number + 1
            assert found(result, new) == quote


def test_copies_without_context_or_section_are_ambiguous() -> None:
    selector = Selector("It leaks, they say, a little.")
    line = "It leaks, they say, a little."
    result = anchor(selector, document_of(f"{line}\nThe wall.\n{line}"))
    assert result == Orphaned(Loss.AMBIGUOUS, TextRange(0, len(line)))


def test_the_section_tells_copies_apart() -> None:
    new = "Walls\nIt leaks.\nRoofs\nIt leaks."
    result = anchor(Selector("It leaks.", section="Roofs"), document_of(new))
    assert isinstance(result, Anchored)
    assert result.range.start == new.rindex("It leaks.")


def annotation_of(document: Document, quote: str, number: int = 0) -> Annotation:
    selector = describe(document, passage_of(document.text, quote))
    place = Place(selector.start, selector.end)
    return Annotation(f"{number:026}", selector, place, ("quote",), "", "")


def test_all_annotations_of_an_article_find_their_place_at_once() -> None:
    first = document_of(ARTICLE)
    second = document_of("Preface.\n" + ARTICLE.replace("forty cracks", "sixty cracks"))
    third = document_of(second.text.replace("Half of the money is to come from the county, ", ""))
    kept = annotation_of(first, "nobody asked who would mend it")
    newer = annotation_of(second, "sixty cracks")
    lost = annotation_of(first, "Half of the money is to come from the county")
    texts = {first.digest: first.text, second.digest: second.text}
    asked: list[str] = []

    def text_of(digest: str) -> str | None:
        asked.append(digest)
        return texts.get(digest)

    placed = anchor_all([kept, newer, lost], third, text_of, seen=second.digest)
    assert sorted(asked) == sorted(texts)
    assert [third.quote(each.range) for each in placed[:2]] == [kept.selector.exact, "sixty cracks"]
    assert [each.place.state for each in placed] == [
        PlaceState.EXACT,
        PlaceState.EXACT,
        PlaceState.ORPHANED,
    ]
    assert [each.selector for each in placed] == [kept.selector, newer.selector, lost.selector]
    assert anchor_all(placed, first, text_of)[2].place == lost.place


def test_without_a_snapshot_the_text_last_seen_is_compared() -> None:
    first, second = document_of(ARTICLE), document_of(ARTICLE.replace("forty", "nearly sixty"))
    third = document_of(second.text.replace("The council’s survey of 2019 found", "In it were"))
    annotation = annotation_of(first, "found forty cracks, nine of them wide enough")
    (seen,) = anchor_all([annotation], second, {first.digest: first.text}.get)
    assert seen.place.state is PlaceState.EDITED
    texts = {second.digest: second.text}
    (placed,) = anchor_all([seen], third, texts.get, seen=second.digest)
    assert third.quote(placed.range) == "nearly sixty cracks, nine of them wide enough"
    (again,) = anchor_all([seen], second, NO_TEXTS.get, seen=second.digest)
    assert again == seen


def test_a_passage_annotated_while_its_document_was_read_keeps_its_place() -> None:
    text = "It leaks.\n" * 9
    whole = document_of(text)
    selector = describe(whole, TextRange(30, 39), snapshot="")
    annotation = Annotation("", selector, Place(30, 39), ("claim",), "", "")
    assert anchor_all([annotation], whole, NO_TEXTS.get, seen=whole.digest) == [annotation]
    longer = document_of("A first line.\n" + text)
    (placed,) = anchor_all([annotation], longer, {whole.digest: text}.get, seen=whole.digest)
    assert placed.range == (44, 53)


def test_a_passage_placed_by_hand_stays_there() -> None:
    first = document_of(ARTICLE)
    second = document_of(ARTICLE.replace("nobody asked who would mend it", "silence reigned"))
    place = Place(*passage_of(second.text, "silence reigned"), PlaceState.BY_HAND)
    annotation = structs.replace(
        annotation_of(first, "nobody asked who would mend it"), place=place
    )
    texts = {first.digest: first.text, second.digest: second.text}
    assert anchor_all([annotation], second, texts.get, seen=second.digest) == [annotation]
    third = document_of("Preface.\n" + second.text)
    (placed,) = anchor_all([annotation], third, texts.get, seen=second.digest)
    assert placed.place.state is PlaceState.BY_HAND
    assert third.quote(placed.range) == "silence reigned"


def test_a_deleted_annotation_follows_its_passage_because_it_may_be_brought_back() -> None:
    annotation = structs.replace(annotation_of(document_of(ARTICLE), "forty"), deleted="2025-01-01")
    longer = document_of("Preface.\n" + ARTICLE)
    (placed,) = anchor_all([annotation], longer, NO_TEXTS.get)
    assert placed.deleted == "2025-01-01"
    assert longer.quote(placed.range) == "forty"


def test_one_word_over_and_over_takes_no_more_than_a_moment() -> None:
    old = document_of("la " * 30_000 + "end.")
    new = document_of("la " * 29_000 + "stop. " + "la " * 900 + "end.")
    anchoring = Anchoring(new, old.text)
    for start in range(0, 60_000, 3_000):
        result = anchoring.find(describe(old, TextRange(start, start + 30)))
        assert isinstance(result, Anchored) or result.reason is Loss.AMBIGUOUS
        assert anchoring.find(describe(old, TextRange(start, start + 30))) == result


def test_a_passage_that_cuts_words_cuts_them_again() -> None:
    quote = "rbour wall was bui"
    new = "Preface.\n" + ARTICLE.replace("nobody asked", "no one ever asked")
    assert found(compared(ARTICLE, new, quote), new) == quote


def test_new_words_at_a_passage_s_edge_belong_to_it_while_they_are_few() -> None:
    quote = "Mending the wall would cost nine million, the council says; leaving it"
    new = ARTICLE.replace("Mending the wall", "Repairing the wall")
    assert found(compared(ARTICLE, new, quote), new) == quote.replace("Mending", "Repairing")
    much = ARTICLE.replace("Mending the wall", "What the engineers had proposed for the wall")
    assert found(compared(ARTICLE, much, quote), much) == quote.removeprefix("Mending ")


def test_signs_without_words_are_found_where_they_stand_alone() -> None:
    old = "One part.\n* * *\nAnother part."
    new = f"Preface.\n{old}"
    assert found(compared(old, new, "* * *"), new) == "* * *"
    assert searched(old, "One part. Another part.", "* * *") == Orphaned(Loss.REMOVED)


def test_a_quote_without_context_is_not_found_inside_a_word() -> None:
    assert anchor(Selector("cat"), document_of("To concatenate.")) == Orphaned(Loss.REMOVED)
    document = document_of("To concatenate a cat.")
    result = anchor(Selector("cat"), document)
    assert isinstance(result, Anchored)
    assert result.range == (17, 20)
    result = anchor(Selector("図書館"), document_of("この図書館は川の上に建っている。"))
    assert isinstance(result, Anchored)


def test_offsets_that_do_not_fit_the_old_text_do_not_count() -> None:
    quote = "forty cracks"
    start = ARTICLE.index(quote) - len(ARTICLE)
    for offsets in ((start, start + len(quote)), (10**9, 10**9 + 5), (7, 3)):
        selector = Selector(quote, start=offsets[0], end=offsets[1])
        result = anchor(selector, document_of(ARTICLE), ARTICLE)
        assert found(result, ARTICLE) == quote
