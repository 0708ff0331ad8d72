"""A quotation is copied with its speaker and its source, in a named style or by a pattern."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from reader.core.annotation import Article
from reader.core.document import Metadata
from reader.core.overrides import Override
from reader.core.quotation_style import (
    FIELDS,
    STYLES,
    PatternError,
    Quotation,
    check_pattern,
    quotation_text,
)
from reader.exports.escape import escape_inline

MOMENT = "2026-11-30T10:00:00.000Z"
LEDGER = Article(
    "01KLEDGER",
    "/home/a/ledger.txt",
    Metadata(
        "The Quiet Ledger",
        ("Oriel Castane",),
        "Lower Tamsin Courier",
        "2026-03-14",
        url="https://courier.example/ledger_(2)",
    ),
    overrides={"accessed": Override(MOMENT, ("2026-11-30",))},
)
WORDS = Quotation("“A past that changes is not a past.”", "Henrike Solvay")
NOTHING = Article("01KNOTHING", "", Metadata())


def test_the_plain_style() -> None:
    source = "(Henrike Solvay, Lower Tamsin Courier, 14 March 2026)"
    assert (
        quotation_text(WORDS, LEDGER, "plain") == f"“A past that changes is not a past.” {source}"
    )
    assert quotation_text(Quotation("It fell.", page="12"), LEDGER, "plain") == (
        "“It fell.” (Lower Tamsin Courier, 14 March 2026, p. 12)"
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("It fell,", "“It fell”"),
        ("“It fell,”", "“It fell”"),
        ('"It fell",', "“It fell”"),
        ("It fell!", "“It fell!”"),
        ("It fell, and", "“It fell, and”"),
    ],
)
def test_the_comma_of_the_sentence_around_is_no_part_of_a_quotation(words: str, text: str) -> None:
    assert quotation_text(Quotation(words), NOTHING, "plain") == text
    assert quotation_text(Quotation(words), NOTHING, "{words}") == words


def test_without_an_outlet_the_title_is_the_source_and_with_nothing_the_words_stand_alone() -> None:
    untold = Article("01KX", "/a.txt", Metadata("The Quiet Ledger", published="2026-03"))
    assert quotation_text(WORDS, untold, "plain").endswith(
        "(Henrike Solvay, “The Quiet Ledger”, March 2026)"
    )
    assert quotation_text(Quotation("It fell."), NOTHING, "plain") == "“It fell.”"
    assert quotation_text(Quotation("It fell."), NOTHING, "markdown") == "“It fell.”"


def test_the_markdown_styles() -> None:
    assert quotation_text(WORDS, LEDGER, "markdown") == (
        "“A past that changes is not a past.” ([Henrike Solvay, Lower Tamsin Courier, 14 March 2026]"
        "(https://courier.example/ledger_%282%29))"
    )
    text, note = quotation_text(WORDS, LEDGER, "footnote").split("\n\n")
    mark = text.rpartition("”")[2]
    assert note == (
        f"{mark}: Henrike Solvay, in: Oriel Castane, “The Quiet Ledger”, Lower Tamsin Courier, 14"
        " March 2026, https://courier.example/ledger_(2), accessed 30 November 2026."
    )
    other = quotation_text(Quotation("Another."), LEDGER, "footnote")
    assert mark not in other


def test_the_language_of_the_article_gives_the_marks() -> None:
    german = Article("01KX", "", Metadata(site="Der Bote", language="de"))
    assert quotation_text(Quotation("Es fiel „gut“ aus."), german, "plain") == (
        "„Es fiel ‚gut‘ aus.“ (Der Bote)"
    )


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{words}", "It fell."),
        ("{quote} — {speaker}, {outlet}", "“It fell.” — , Lower Tamsin Courier"),
        ("{quote}[ — {speaker}][, {outlet}]", "“It fell.”, Lower Tamsin Courier"),
        ("[[{date}]] {{x}} { quote }", "[14 March 2026] {x} “It fell.”"),
        ("> {words}\n> — {citation}", None),
    ],
)
def test_a_pattern_of_ones_own(pattern: str, text: str | None) -> None:
    check_pattern(pattern)
    made = quotation_text(Quotation("It fell."), LEDGER, pattern)
    assert made == text or (text is None and made.startswith("> It fell.\n> — Oriel Castane, “The"))


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "neither"),
        ("{speaker}", "neither {quote} nor {words}"),
        ("{quote} {speeker}", "did you mean {speaker}?"),
        ("{quote} {}", "no field"),
        ("{quote", "has a { without"),
        ("{quote} }", "has a } without"),
        ("{quote} [{speaker}", r"has a [ without"),
        ("{quote} ]", "has a ] without"),
        ("[a [{quote}]]", "has a ["),
        ("{quote}" + "x" * 500, "500"),
        ("{quote.__class__}", "no field"),
    ],
)
def test_a_wrong_pattern_has_a_reason(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern)
    assert reason in str(caught.value)


def test_the_named_styles_are_patterns_that_can_be_used() -> None:
    for pattern in STYLES.values():
        check_pattern(pattern)


@given(st.text(max_size=40), st.text("{}[]ab", max_size=20))
def test_any_pattern_is_used_or_has_a_reason(words: str, pattern: str) -> None:
    try:
        check_pattern(pattern + "{words}")
    except PatternError:
        return
    text = quotation_text(Quotation(words), LEDGER, pattern + "{words}")
    assert words.strip() in text


def test_every_field_can_be_named() -> None:
    quotation_text(WORDS, LEDGER, "".join(f"{{{name}}}" for name in FIELDS))


@pytest.mark.parametrize("outlet", ["Post\\", "a\\]b", "a [b", "`code", "*Post*"])
def test_a_link_in_a_pattern_is_one_link_whatever_the_outlet(outlet: str) -> None:
    metadata = replace(LEDGER.source_metadata, site=outlet)
    article = replace(LEDGER, source_metadata=metadata)
    text = quotation_text(Quotation("It fell."), article, "{words} {linked}", escape=escape_inline)
    children = MarkdownIt().parseInline(text)[0].children or []
    links = [unquote(str(each.attrGet("href"))) for each in children if each.type == "link_open"]
    assert links == [article.address]
    shown = "".join(each.content for each in children if each.type.startswith("text"))
    assert shown.startswith(f"It fell. {outlet}")
    plain = quotation_text(Quotation("*It*"), article, "{words} {outlet}", escape=escape_inline)
    assert plain == f"*It* {outlet}"
