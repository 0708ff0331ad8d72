"""Tables and drawings of signs in plain text and mail stay as they stand; what is signed is text."""

from __future__ import annotations

from textwrap import indent

import pytest

from reader.core.document import BlockKind, Document
from reader.formats import read_document, read_parts
from tests.formats.test_mail import message
from tests.formats.test_properties import assert_sound

PROSE = (
    "The first gauge was set into the wall by the old lock, and it was read\n"
    "by hand twice a day for almost ninety years, until the lock was closed\n"
    "and the wall was taken down.\n"
)
FIGURES = {
    "grid": "+-------+--------+\n| Month | Stalls |\n+-------+--------+\n| March |     14 |\n+-------+--------+",
    "grid-head": "+-------+--------+\n| Month | Stalls |\n+=======+========+\n| March | 14     |\n+-------+--------+",
    "drawing": "+-------+        +-------+\n| lock  |------->| basin |\n+-------+        +-------+\n    |                |\n    v                v\n  river            quay",
    "arrows": "A --> B --> C\n|           |\n+-----------+",
    "columns": "Month     Stalls   Fee\n-----     ------   ---\nMarch         14   40\nApril          9   60",
    "narrow": "Month  Fee\n-----  ---\nMarch   40\nMay      6",
    "line-below": "Month        Stalls\n-------------------\nMarch            14\nApril             9",
    "between-lines": "-------------------\nMonth        Stalls\n-------------------\nMarch            14\n-------------------",
    "rst": "=====  =====  =======\n  A      B    A and B\n=====  =====  =======\nFalse  False  False\nTrue   False  False\n=====  =====  =======",
    "psql": " month | stalls \n-------+--------\n March |     14\n April |      9",
    "org": "| Month | Stalls |\n|-------+--------|\n| March |     14 |",
    "pipes": "| Month | Stalls |\n|-------|-------:|\n| March |     14 |",
    "box": "╔═══════╦════════╗\n║ Month ║ Stalls ║\n╠═══════╬════════╣\n║ March ║     14 ║\n╚═══════╩════════╝",
    "sum": "Rent for the winter:  40.00\nFee of the harbour:   60.00\n---------------------------\nTo pay:              100.00",
    "tabs": "Month\tStalls\tFee\n-----\t------\t---\nMarch\t14\t40",
    "totals": "March            14\nApril             9\n===================\nAll              23",
    "set-in": "      lock\n    +-----+\n    |     |\n    +-----+\n      quay",
}  # fmt: skip


def read(text: str) -> Document:
    document = read_document(text.encode(), kind="text")
    assert_sound(document)
    return document


def as_shown(figure: str) -> str:
    lines = [line.expandtabs(8).rstrip() for line in figure.split("\n")]
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines)
    return "\n".join(line[margin:] for line in lines)


def figures_of(document: Document) -> list[str]:
    return [document.quote(one.range) for one in document.blocks if one.kind is BlockKind.CODE]


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize("margin", ["", "    "])
@pytest.mark.parametrize("lead", ["", "Here are the numbers:\n"])
def test_a_figure_is_one_block_of_its_lines(figure: str, margin: str, lead: str) -> None:
    if lead and figure.startswith(("Month", "Rent", "March", "---")) and not margin:
        return  # the line above may be of the table, or its heading
    text = f"Notes on the gauge\n\n{PROSE}\n{lead}{indent(figure, margin)}\n\n{PROSE}"
    document = read(text)
    assert figures_of(document) == [as_shown(indent(figure, margin))]
    kinds = [one.kind for one in document.blocks]
    assert BlockKind.RULE not in kinds
    paragraphs = [
        document.quote(one.range) for one in document.blocks if one.kind is BlockKind.PARAGRAPH
    ]
    joined = PROSE.strip().replace("\n", " ")
    assert [one for one in paragraphs if one == joined] == [joined, joined]
    for first in (1, 40, 200):
        *_, last = read_parts(text.encode(), kind="text", first_slice=first)
        assert last == document


@pytest.mark.parametrize(
    ("lead", "is_figure"),
    [
        ("The stalls were let in spring.", True),
        ("The numbers of the stalls\nthat were let in spring.", True),
        ("The stalls were let in spring:", True),
        ("The stalls", False),
        ("They were let in spring.\nThe stalls", False),
        ("They were let in spring.\n\nThe stalls", False),
    ],
)
@pytest.mark.parametrize(
    "rest",
    [
        "Month     Stalls   Fee\nMarch         14   40\nApril          9   60",
        "Rent for the winter:  40.00\nTo pay:               40.00",
    ],
)
def test_a_line_of_signs_begins_a_figure_only_below_the_end_of_a_sentence(
    lead: str, is_figure: bool, rest: str
) -> None:
    """Elsewhere it underlines a heading."""
    figure = f"-----------------\n{rest}"
    document = read(f"Notes on the gauge\n\n{PROSE}\n{lead}\n{figure}\n\n{PROSE}")
    last = lead.rsplit("\n", maxsplit=1)[-1]
    kinds = {document.quote(one.range): one.kind for one in document.blocks}
    assert figures_of(document) == ([figure] if is_figure else [])
    assert kinds[last] is (BlockKind.PARAGRAPH if is_figure else BlockKind.HEADING)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_figure_in_mail_and_in_what_mail_quotes(figure: str) -> None:
    lead = "Dear desk,\n\nhere are the numbers:\n\n"
    plain = read_document(message(f"{lead}{figure}\n\nRegards\n").as_bytes())
    assert figures_of(plain) == [as_shown(figure)]
    quoted = read_document(message(f"{lead}{indent(figure, '> ')}\n\nRegards\n").as_bytes())
    assert [one.nest for one in quoted.blocks if one.kind is BlockKind.CODE] == [(0,)]
    assert figures_of(quoted) == [as_shown(figure)]


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in ("set-in", "sum")])
def test_a_figure_where_each_line_is_a_paragraph(name: str) -> None:
    long = "A paragraph on one line, as news sites have them when their text is copied. " * 4
    text = f"The market\n\n{long}\n{long}\n{FIGURES[name]}\n{long}\n"
    document = read(text)
    assert figures_of(document) == [as_shown(FIGURES[name])]
    for first in (1, 300, 700):
        *_, last = read_parts(text.encode(), kind="text", first_slice=first)
        assert last == document


def test_a_text_may_be_a_figure_alone() -> None:
    for figure in FIGURES.values():
        assert figures_of(read(figure)) == [as_shown(figure)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("One paragraph.\n\n---------\n\nAnother one.\n", "paragraph rule paragraph"),
        ("One paragraph.\n\n* * *\n\nAnother one.\n", "paragraph rule paragraph"),
        ("One paragraph.\n\n-=-=-=-\n\nAnother one.\n", "paragraph rule paragraph"),
        (
            "Begin here now.\n\nThe ledger\n----------\n\nText of it.\n",
            "paragraph heading paragraph",
        ),
        ("Begin here now.\n\nThe ledger\n==========\nText of it.\n", "paragraph heading paragraph"),
    ],
)
def test_a_line_of_signs_alone_is_a_rule_and_below_a_heading_underlines(
    text: str, kinds: str
) -> None:
    assert " ".join(str(one.kind.value) for one in read(text).blocks) == kinds


SIGNED = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Dear desk,

the points are:

- - the lease
- - the letter

- -----BEGIN a line with hyphens
From the first day.

- --
Clerk
-----BEGIN PGP SIGNATURE-----
Version: GnuPG v2

aGVyZSBhIHNpZ25hdHVyZSB3b3VsZCBzdGFuZA==
=Qm9P
-----END PGP SIGNATURE-----
"""


def shown(document: Document) -> list[str]:
    return [document.quote(one.range) for one in document.blocks if not one.residue]


def residue(document: Document) -> str:
    return "\n".join(document.quote(one.range) for one in document.blocks if one.residue)


def test_a_signed_message_is_what_was_signed() -> None:
    document = read_document(message(SIGNED).as_bytes())
    assert shown(document)[1:] == [
        "Dear desk,", "the points are:", "the lease", "the letter",
        "-----BEGIN a line with hyphens\nFrom the first day.",
    ]  # fmt: skip
    for words in ("Clerk", "-----BEGIN PGP SIGNATURE-----", "=Qm9P"):
        assert words in residue(document)
    assert "Hash:" not in document.text
    assert "SIGNED MESSAGE" not in document.text


@pytest.mark.parametrize(
    "text",
    [
        "Before it.\n\n" + SIGNED + "\nAfter it.\n",
        "Before it.\n\n"
        + SIGNED.replace("Hash: SHA256\n", "Hash: SHA1\nComment: no\n")
        + "\nAfter it.\n",
        "Before it.\n\n" + SIGNED.replace("Hash: SHA256\n", "") + "\nAfter it.\n",
        "Before it.\n\n" + SIGNED + SIGNED + "\nAfter it.\n",
        "Before it.\n\n"
        + SIGNED
        + "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nbWFkZQ\n-----END PGP PUBLIC KEY BLOCK-----\n\nAfter it.\n",
    ],
)
def test_signed_plain_text_and_what_stands_around_it(text: str) -> None:
    for document in (read(text), read_document(message(text).as_bytes())):
        kept = shown(document)
        assert "Before it." in kept
        assert "After it." in kept
        assert "the lease" in kept
        assert not [one for one in kept if "BEGIN PGP" in one or "Hash" in one or "bWFkZQ" in one]
        assert "=Qm9P" in residue(document)


def test_a_signed_message_that_is_quoted() -> None:
    text = "I agree.\n\n" + indent(SIGNED, "> ", lambda _: True)
    document = read_document(message(text).as_bytes())
    quoted = " ".join(shown(document))
    assert "> -" not in quoted
    assert "- the lease - the letter" in quoted
    assert "BEGIN PGP" not in quoted


@pytest.mark.parametrize(
    "text",
    [
        "He wrote -----BEGIN PGP SIGNED MESSAGE----- and no more.",
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nIt ends here.",
        "-----BEGIN PGP SIGNATURE-----\nno end\n",
        "- - dash\n- - dash\n",
    ],
)
def test_armour_that_is_not_whole_loses_no_words(text: str) -> None:
    words = {"wrote", "more.", "ends", "here.", "no", "end", "dash"} & set(text.split())
    document = read_document(f"Words of it.\n\n{text}".encode(), kind="text")
    assert words <= set(document.text.split())
