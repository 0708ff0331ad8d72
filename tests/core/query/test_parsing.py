"""Any text is a query; what is printed is parsed to the same tree; mistakes have a place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.core.folding import fold
from reader.core.query.fields import FIELDS, field_named
from reader.core.query.lexing import MOST_LENGTH, is_quote
from reader.core.query.parsing import MOST_DEPTH, MOST_TERMS, Query, parse
from reader.core.query.printing import print_query
from reader.core.query.tree import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Match,
    Node,
    Not,
    Term,
    Within,
    asks_for,
    leaves,
)
from tests.core.query.query_strategies import NOW, STATUSES, trees


def query(text: str) -> Query:
    return parse(text, NOW, statuses=STATUSES)


def tree(text: str) -> Node:
    parsed = query(text)
    assert not parsed.faults, parsed.faults
    return parsed.tree


def word(value: str, match: Match = Match.PART) -> Term:
    return Term("", value, match)


@example(Not(AllOf((word("Lucan Prewitt"), word(")"), word("f(x")))))
@given(trees)
def test_what_is_printed_is_parsed_to_the_same_tree(tree: Node) -> None:
    assert query(print_query(tree)) == Query(tree)


def test_a_word_that_opens_a_parenthesis_is_printed_so_that_it_takes_nothing_after_it() -> None:
    for parts in (("f(x", "a b"), ("f(x", "y"), ("a", "f(x")):
        node = AnyOf(tuple(Term("speaker", part) for part in parts))
        for printed in (node, Not(AllOf((node, word("f(x"))))):
            assert query(print_query(printed)) == Query(printed)


PIECES = (
    "a", "relied", '"', "“", "”", "(", ")", "-", " ", "OR", "AND", "NOT", "tag:", "speaker:", "is:",
    "open", "status:", "marked:", ">=", "2026-03", "..", "*", "7d", "99999y", ",", "=", ":", "\\",
    "spekaer:", "on:", "published:", "before:", "text:", "\x00", "\ud800", "\u202e", "\n", "字", "：",
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_is_a_query_that_is_printed_and_parsed_again(text: str) -> None:
    parsed = query(text)
    assert query(print_query(parsed.tree)) == Query(parsed.tree)
    for fault in parsed.faults:
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message.endswith((".", "?"))
        assert fault.message.isprintable()
    assert list(parsed.faults) == sorted(parsed.faults, key=lambda fault: fault.start)


def test_words_side_by_side_must_all_hold() -> None:
    assert tree("relied good faith") == AllOf((word("relied"), word("good"), word("faith")))
    assert tree("  ") == tree("") == EVERYTHING
    assert tree("relied AND good") == tree("relied good")


@pytest.mark.parametrize("text", ['"good faith"', "“good faith”", "„good  faith“", "»good faith«"])
def test_quotation_marks_of_any_kind_make_a_phrase(text: str) -> None:
    assert tree(text) == word("good faith", Match.PHRASE)


def test_a_straight_mark_may_hold_curly_ones_and_escaped_ones() -> None:
    assert tree('"said “no” twice"') == word("said “no” twice", Match.PHRASE)
    assert tree(r'"a \"b\" c:\\d"') == word(r'a "b" c:\d', Match.PHRASE)


def test_a_phrase_that_is_not_closed_or_has_a_star_may_go_on() -> None:
    assert query('"good fai').tree == tree('"good fai"*') == word("good fai")
    assert tree('speaker:"lucan p"*,solvay') == AnyOf(
        (Term("speaker", "lucan p"), Term("speaker", "solvay"))
    )
    assert tree('"fai*"') == word("fai*", Match.PHRASE)


def test_every_mark_that_folds_to_a_straight_one_opens_a_phrase() -> None:
    for char in map(chr, range(0x10000)):
        assert is_quote(char) == (fold(char) == '"'), char


def test_or_binds_less_than_standing_side_by_side() -> None:
    a, b, c = map(word, "abc")
    assert tree("a OR b c") == AnyOf((a, AllOf((b, c))))
    assert tree("(a OR b) c") == AllOf((AnyOf((a, b)), c))
    assert tree("a or b") == AllOf((a, word("or"), b))
    assert tree("ORa a") == AllOf((word("ORa"), a))


def test_a_hyphen_or_not_leaves_out_a_term_a_phrase_or_a_group() -> None:
    a, b = word("a"), word("b")
    assert tree("-a") == tree("NOT a") == Not(a)
    assert tree("--a") == tree("NOT -a") == a
    assert tree("-(a b)") == Not(AllOf((a, b)))
    assert tree('-"a b"') == Not(word("a b", Match.PHRASE))
    assert tree("-tag:x,y") == Not(AnyOf((Term("tag", "x"), Term("tag", "y"))))
    assert tree("well-known") == word("well-known")


def test_commas_are_alternatives_in_fields_but_not_in_texts() -> None:
    assert tree("tag:claim,quote") == tree("tag:claim OR tag:quote")
    assert tree('speaker:"Prewitt, Lucan",solvay') == AnyOf(
        (Term("speaker", "Prewitt, Lucan", Match.PHRASE), Term("speaker", "solvay"))
    )
    assert tree("12,600") == word("12,600")
    assert tree("text:12,600") == Term("text", "12,600")


def test_an_equals_sign_asks_for_the_whole_name() -> None:
    assert tree("speaker:=prewitt") == Term("speaker", "prewitt", Match.WHOLE)
    assert tree('site:="The Times"') == Term("site", "The Times", Match.WHOLE)


def test_fields_have_other_names_and_any_case() -> None:
    assert tree("Speaker:prewitt") == tree("WHO:prewitt") == tree("speaker：prewitt")
    for field in FIELDS:
        assert all(field_named(name) is field for name in (field.name, *field.aliases))


def test_what_only_looks_like_a_field_is_a_word() -> None:
    assert tree("12:30") == word("12:30")
    assert tree("https://example.org/a") == word("https://example.org/a")
    assert tree("Memo: buy") == AllOf((word("Memo:"), word("buy")))
    assert tree('"spekaer:x"') == word("spekaer:x", Match.PHRASE)


def test_parentheses_inside_a_word_belong_to_it() -> None:
    assert tree("f(x) b") == AllOf((word("f(x)"), word("b")))
    assert tree("(f(x) OR b)") == AnyOf((word("f(x)"), word("b")))


def test_dates_without_a_field_of_their_own_mean_what_is_asked_for() -> None:
    assert tree("before:2026-03") == Within("marked", end="2026-03-01")
    parsed = parse("before:2026-03", NOW, is_for_articles=True)
    assert parsed.tree == Within("added", end="2026-03-01")
    assert asks_for(tree("on:2026"), "marked")


@pytest.mark.parametrize(
    ("text", "words", "place", "rest"),
    [
        ("spekaer:prewitt x", "did you mean speaker:?", "spekaer", "x"),
        ("x tga: y", "did you mean tag:?", "tga", "x y"),
        ("zzz:1 x", "There is no field zzz:; the fields are tag, speaker,", "zzz", "x"),
        ("x speaker: y", "speaker: has no value; write it without a space", "speaker:", "x y"),
        ("status:refutd x", "did you mean status:refuted?", "refutd", "x"),
        ("status:zzz x", "it is one of unchecked, supported,", "zzz", "x"),
        ("is:opn,changed", "did you mean is:open?", "opn", "is:changed"),
        ("on:smarch x", "“smarch” is no date that Margin understands", "smarch", "x"),
        ("on:2026-02-30 x", "is no date that Margin understands", "2026-02-30", "x"),
        ("after:99999y x", "is no date that Margin understands", "99999y", "x"),
        ("marked:2026-03..2026-01 x", "ends before it begins", "2026-03..2026-01", "x"),
        ('x "good faith', "This quotation mark is not closed", '"', 'x "good faith"*'),
        ('x "', "This quotation mark is not closed", '"', "x"),
        ('x "" y', "There is nothing to look for here", '""', "x y"),
        ("OR x", "OR has no term before it.", "OR", "x"),
        ("x OR", "OR has no term after it.", "OR", "x"),
        ("(x OR) y", "OR has no term after it.", "OR", "x y"),
        ("x OR AND y", "AND has no term before it.", "AND", "x OR y"),
        ("x - y", "This - leaves nothing out", "-", "x y"),
        ("x NOT", "NOT has no term after it.", "NOT", "x"),
        ("x (y", "This parenthesis is not closed", "(", "x y"),
        ("x) y", "This parenthesis closes nothing", ")", "x y"),
        ("x () y", "There is nothing between these parentheses.", "()", "x y"),
    ],
)  # fmt: skip
def test_a_mistake_has_a_sentence_and_a_place_and_the_rest_is_asked(
    text: str, words: str, place: str, rest: str
) -> None:
    parsed = query(text)
    (fault,) = parsed.faults
    assert words in fault.message
    assert text[fault.start : fault.end] == place
    assert parsed.tree == tree(rest)


def test_what_may_still_be_typed_is_marked_as_unfinished() -> None:
    for text in ("tag:", "x OR", "x -", '"a', "(a", "is:cha", "on:2", "NOT", "("):
        assert all(fault.is_unfinished for fault in query(text).faults), text
        assert query(text).faults, text
    for text in ("spekaer:x", "tag: x", "OR x", "is:cha x", "on:smarch x", "a )"):
        assert not any(fault.is_unfinished for fault in query(text).faults), text


def test_huge_queries_are_cut_with_a_sentence() -> None:
    for text in (
        "(" * 100_000, "((a " * 30_000, "-" * 100_000, '"' * 100_001, "a " * 60_000, "tga: " * 20_000,
        "x" * 100_000, "a OR " * 20_000, "tag:" + "a," * 50_000, "on:" + "9" * 100_000, "-(" * 50_000,
    ):  # fmt: skip
        parsed = query(text)
        assert parsed.faults, text[:10]
        assert len(leaves(parsed.tree)) <= MOST_TERMS
        assert all(len(fault.message) < 400 for fault in parsed.faults)
    deep = "a OR (b " * 60 + ")" * 60
    assert any(f"{MOST_DEPTH} deep" in fault.message for fault in query(deep).faults)
    assert MOST_LENGTH < 100_000


def test_control_characters_and_marks_of_direction_are_not_repeated() -> None:
    parsed = query("sp\x1b[31m\u202e:x is:\u202eopn\x9b OR")
    assert parsed.faults
    assert all(fault.message.isprintable() for fault in parsed.faults)
