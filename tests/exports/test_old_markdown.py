"""Of a file of the first form, what Margin wrote around a block id goes; a person's words stay."""

from __future__ import annotations

import pytest

from reader.core.annotation import Annotation, Place, Selector
from reader.exports.quotation import block_id
from reader.exports.taking_out import without_annotations

WHEN = "2026-11-22T12:00:00.000Z"
ID = "01JD00000000000000000000A1"
END = f"^{block_id(ID)}"
MARKED = Annotation(
    ID, Selector("It closed in March, for good."), Place(0, 29), ("claim", "sea"), WHEN, WHEN,
    note="Check this.\n\nTwice.",
)  # fmt: skip


def rest(text: str, annotation: Annotation | None = MARKED) -> list[str]:
    """Return the lines that stay of a file, without the empty ones."""
    known = {ID: annotation} if annotation else {}
    return [line for line in without_annotations(text, known).split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("above", "stays"),
    [
        ("> It closed in March, for good.", []),
        ("> It closed in\n> March, for good.", []),
        ("> *It* closed \\in March, for good!", []),
        ("> Mine.\n\n> It closed in March, for good.", ["> Mine."]),
        ("> It closed in March, for good.\n\n> Mine.", ["> Mine."]),
        ("> It closed in March, for good.\n\nMine.", ["Mine."]),
        ("> It closed in April.", []),  # a passage that a person changed stands right above
        ("> Mine.\n\n> It closed in April.", ["> Mine."]),
        ("> It closed in April.\n\nMine.", ["> It closed in April.", "Mine."]),
        ("Mine.", ["Mine."]),
        ("", []),
    ],
)
def test_the_passage_above_goes(above: str, stays: list[str]) -> None:
    assert rest(f"{above}\n\n{END}\n\n#claim #sea\n") == stays


@pytest.mark.parametrize(
    ("below", "stays"),
    [
        ("#claim #sea", []),
        ("#claim #sea · disputed", []),
        ("#claim #seaside", []),  # the first line of tags, where none is exactly that
        ("Mine.\n\n#claim #sea", ["Mine."]),
        ("Mine.\n\n#other", ["Mine.", "#other"]),
        ("#claim #sea\n\nCheck this.\n\nTwice.", []),
        ("#claim #sea\n\nMine.\n\nCheck this.\n\nTwice.", ["Mine."]),
        ("#claim #sea\n\nCheck this.  \n\nTwice.\n\nMine.", ["Mine."]),
        ("#claim #sea\n\nCheck this.\n\nThrice.", ["Check this.", "Thrice."]),
        ("#claim #sea\n\nWhen it was marked it read: “It shut.”", []),
        (
            "#claim #sea\n\nWhen it was marked it read: “It.” (on 30 Nov 2026; as above since 2 Dec)",
            [],
        ),
        ("#claim #sea\n\nIt stood under “Tides”.", []),
        ("#claim #sea\n\nThe passage was removed.", []),
        ("#claim #sea\n\nThe passage was removed. It stood under “Tides”.", []),
        ("#claim #sea\n\nIt stood under “Tides”. Not found since 2 Dec 2026.", []),
        ("#claim #sea\n\nThe passage was removed by me.", ["The passage was removed by me."]),
        ("#claim #sea\n\nMine.\n\nIt stood under “Tides”.", ["Mine.", "It stood under “Tides”."]),
    ],
)
def test_the_details_below_go(below: str, stays: list[str]) -> None:
    assert rest(f"> It closed in March, for good.\n\n{END}\n\n{below}\n") == stays


def test_of_an_annotation_that_is_not_known_what_looks_like_one_goes() -> None:
    text = f"Mine.\n\n> It closed.\n\n{END}\n\n#claim\n\nAlso mine.\n"
    assert rest(text, None) == ["Mine.", "Also mine."]
    assert rest("> It closed.\n\n#claim\n", None) == ["> It closed.", "#claim"], "there is no id"


def test_a_heading_goes_with_the_last_that_stands_under_it() -> None:
    marked = Annotation(
        ID, Selector("It closed.", section="The  tide tables"), Place(0, 10), ("claim",), WHEN, WHEN
    )  # fmt: skip
    one = f"> It closed.\n\n{END}\n\n#claim\n"
    assert rest(f"# A\n\n## The tide tables\n\n{one}", marked) == ["# A"]
    assert rest(f"# A\n\n## The tide tables\n\n{one}\nMine.\n", marked) == [
        "# A", "## The tide tables", "Mine.",
    ]  # fmt: skip
    assert rest(f"# A\n\n## Mine\n\n{one}\n## The tide tables\n", marked) == ["# A", "## Mine"]
