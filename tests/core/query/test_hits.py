"""The words of a query are found again in the texts that have them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document
from reader.core.folding import fold
from reader.core.query.hits import IN_NOTES, excerpts, hits_in, words_of
from reader.core.query.matching import holds
from reader.core.query.parsing import parse
from reader.core.query.tree import Match, Term
from tests.core.query.query_strategies import NOW, values


def found(query: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits_in(text, words_of(parse(query, NOW).tree))]


def test_words_and_phrases_are_found_as_they_stand() -> None:
    text = "The Café relied in “good  faith” on 26 per cent; in 1926 it relied on 2,6."
    assert found("CAFE rel", text) == ["Café", "rel", "rel"]
    assert found('"good faith" "26"', text) == ["good  faith", "26"]
    assert found("26", text) == ["26", "26"]
    assert found("relied elie ied", text) == ["relied", "relied"]
    assert found("nowhere", text) == []


def test_what_is_left_out_or_asked_of_other_fields_is_not_lit() -> None:
    text = "relied in good faith"
    assert found("-relied speaker:good text:faith in:in", text) == ["faith"]
    assert found("relied OR (good faith)", text) == ["relied", "good", "faith"]
    terms = words_of(parse("relied note:good text:faith", NOW).tree, IN_NOTES)
    assert [term.value for term in terms] == ["relied", "good"]


@given(st.text(max_size=40), values, st.sampled_from(list(Match)))
def test_a_text_that_holds_a_value_has_a_place_for_it(text: str, value: str, match: Match) -> None:
    term = Term("", value, match)
    around = f"{text} {value}" if match is not Match.WHOLE else text
    hits = hits_in(around, [term])
    assert bool(hits) == holds(fold(around).strip(), term.folded, match)
    assert all(first.end < second.start for first, second in pairwise(hits))
    for hit in hits:
        assert term.folded in fold(around[hit.start : hit.end])


def test_excerpts_are_paragraphs_with_their_section_the_best_of_many() -> None:
    filler = "and so it went on for a long time with nothing said about it at all " * 4
    lines = [
        "Tides",
        f"{filler}. The meter was new. {filler}",
        "Per cent",
        "26 per cent of a parameter.",
    ]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH) * 2
    blocks = tuple(
        Block(kind, start, start + len(line))
        for kind, start, line in zip(kinds, starts, lines, strict=True)
    )
    document = Document(text, blocks)

    def shown(query: str, most: int) -> list[tuple[str, str]]:
        found, _ = excerpts(document, words_of(parse(query, NOW).tree), most)
        assert all(each.text == "".join(each.parts) for each in found)
        assert all(text[each.start : each.end].strip() for each in found)
        return [(each.section, "|".join(each.parts)) for each in found]

    (first, second) = shown("meter", 5)
    assert first[0] == "Tides"
    assert first[1].startswith("…")
    assert "The |meter| was new." in first[1]
    assert first[1].endswith("…")
    assert second == ("Per cent", "26 per cent of a para|meter|.")
    assert shown("26 per cent", 1) == [("Per cent", "|26| |per| |cent| of a parameter.")]
    assert shown("meter", 1) == [first]
    assert excerpts(document, words_of(parse("meter", NOW).tree), 0) == ([], 2)


def test_a_paragraph_is_shown_before_a_heading_and_words_without_spaces_with_what_follows() -> None:
    body = "その図書館には、本棚がない。" * 40
    text = f"川の図書館\n{body}"
    heading = Block(BlockKind.HEADING, 0, 5)
    document = Document(text, (heading, Block(BlockKind.PARAGRAPH, 6, len(text))))
    ((excerpt, *_), count) = excerpts(document, words_of(parse('"図書館"', NOW).tree), 1)
    assert count > 1
    assert excerpt.start > heading.end
    assert len(excerpt.text) > 50
    assert excerpt.text.endswith("…")
    for long in ("e" * 9_000, "e " * 9_000):
        document = Document(long, (Block(BlockKind.PARAGRAPH, 0, len(long)),))
        ((excerpt, *_), _) = excerpts(document, [Term("", "e")], 1)
        assert len(excerpt.text) < 600
