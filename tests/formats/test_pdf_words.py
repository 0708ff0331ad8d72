"""PDF: hyphens at the ends of lines in short texts, and headings with spaces between letters."""

from __future__ import annotations

import pytest

from reader.formats import read_document
from reader.formats.pdf.hyphens import join
from tests.formats.pdfs import Piece, pdf, width

ENGLISH = frozenset("the council of the quay and the lease that was read to them with care".split())
FRENCH = frozenset("le conseil et les marchands que une lettre dans la salle".split())
GERMAN = frozenset("der rat und die händler in der halle was".split())


@pytest.mark.parametrize(
    "word",
    [
        "weather-dependent", "well-known", "vice-president", "self-employed", "so-called", "twenty-five",
        "thirty-one", "e-mail", "x-ray", "long-standing", "long-term", "then-mayor", "non-native",
        "ex-president", "co-founder", "mother-in-law", "editor-in-chief", "state-owned", "half-empty",
        "high-ranking", "low-cost", "full-scale", "first-class", "second-largest", "three-year",
        "re-elected", "pre-existing", "co-operate", "part-time", "market-driven", "cross-examined",
        "all-party", "old-fashioned", "ill-equipped", "early-morning", "now-closed", "Anglo-Saxon",
        "government-funded", "attorney-general", "five-storey", "short-lived", "fact-checker",
    ],
)  # fmt: skip
def test_a_compound_of_english_keeps_its_hyphen(word: str) -> None:
    for at, sign in enumerate(word):
        if sign == "-":
            assert join(f"and the {word[: at + 1]}", f"{word[at + 1 :]} was", ENGLISH) == (
                f"and the {word} was"
            )


@pytest.mark.parametrize(
    "parts",
    [
        "estab-lishment", "under-standing", "every-where", "some-thing", "news-paper", "high-way",
        "high-lighted", "self-ish", "well-ness", "four-teen", "six-ty", "new-born", "new-comer",
        "part-ner", "part-nership", "ex-ample", "ex-pected", "so-ciety", "so-lution", "ten-sion",
        "ten-ant", "inde-pendent", "in-dependent", "inter-dependent", "un-known", "over-all",
        "short-age", "short-fall", "long-est", "long-hand", "half-way", "cross-roads", "co-lumn",
        "re-sult", "re-port", "pre-sent", "con-trolled", "de-based", "re-named", "low-er", "old-est",
        "vice-roy", "now-here", "near-by", "then-ce", "non-sense", "one-self", "two-fold", "mid-dle",
        "man-age", "coun-cil", "mar-ket", "har-bour", "mer-chant", "gov-ernment", "pub-lished",
    ],
)  # fmt: skip
def test_a_word_that_the_typesetter_parted_is_joined(parts: str) -> None:
    before, after = parts.split("-")
    assert join(f"and the {before}-", f"{after} was", ENGLISH) == f"and the {before}{after} was"


def test_the_words_of_the_text_come_first() -> None:
    assert join("a non-", "linear one", ENGLISH | {"nonlinear"}) == "a nonlinear one"
    assert join("a non-", "linear one", ENGLISH | {"nonpolar"}) == "a nonlinear one"
    assert join("an har-", "bour one", ENGLISH | {"har-bour"}) == "an har-bour one"
    assert join("a well-", "known one", ENGLISH | {"wellknown"}) == "a wellknown one"


@pytest.mark.parametrize(
    ("before", "after", "words", "joined"),
    [
        ("la grand-", "mère", FRENCH, "la grand-mère"),
        ("il est peut-", "être", FRENCH, "il est peut-être"),
        ("elle-", "même", FRENCH, "elle-même"),
        ("le con-", "seil", FRENCH, "le conseil"),
        ("les mar-", "chands", FRENCH, "les marchands"),
        ("der Vor-", "sitzende", GERMAN, "der Vorsitzende"),
        ("die Selbst-", "ständigen", GERMAN, "die Selbstständigen"),
        ("E-", "mail", GERMAN, "E-mail"),
    ],
)
def test_other_languages(before: str, after: str, words: frozenset[str], joined: str) -> None:
    assert join(before, after, words) == joined


def spaced(text: str, size: float, letter: float, word: float, y: float = 520) -> list[Piece]:
    """Return a text with a piece for each letter, with gaps as shares of the size."""
    pieces, x = [], 40.0
    for part in text.split(" "):
        for one in part:
            pieces.append(Piece(x, y, size, one))
            x += width(one, size) + letter * size
        x += (word - letter) * size
    return pieces


BODY = [
    Piece(40, 480 - 13 * n, 10, line)
    for n, line in enumerate(
        ("The council of the port met again in the old hall on Tuesday", "evening and read the lease to the end.")
    )
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "THE FISH MARKET",
        "CONTENTS",
        "ABSTRACT",
        "The Fish Market",
        "ANNUAL REPORT 2026",
        "ÜBER DEN HAFEN",
        "A NEW QUAY",
    ],
)
@pytest.mark.parametrize(("letter", "word"), [(0.4, 1.0), (0.5, 1.4), (0.7, 1.6), (0.9, 2.2)])
@pytest.mark.parametrize("size", [8, 11])
def test_a_heading_with_spaces_between_letters_is_words(
    text: str, letter: float, word: float, size: float
) -> None:
    document = read_document(pdf([[*spaced(text, size, letter, word), *BODY]]))
    assert document.text.startswith(f"{text}\n")


@pytest.mark.parametrize("text", ["T H E   F I S H   M A R K E T", "C O N T E N T S"])
def test_spaces_may_be_typed(text: str) -> None:
    document = read_document(pdf([[Piece(40, 520, 14, text), *BODY]]))
    joined = " ".join(part.replace(" ", "") for part in text.split("   "))
    assert document.text.startswith(f"{joined}\n")


@pytest.mark.parametrize(
    "text",
    ["A B C D E F", "x y z a b c", "J R R Tolkien wrote", "a b c d", "P Q R S T"],
)
def test_single_letters_elsewhere_stay_apart(text: str) -> None:
    document = read_document(pdf([[Piece(40, 520, 10, text), *BODY]]))
    assert document.text.startswith(text)
