"""Plain text: the corpus of articles, and the kinds of single lines."""

from __future__ import annotations

from textwrap import dedent

import pytest

from reader.core.document import Block, BlockKind, Document
from reader.formats import read_document, read_parts
from reader.formats.plain.byline import read_byline, read_date
from reader.formats.plain.lines import MAX_HEADING, chapter_level
from reader.formats.plain.residue import is_residue
from tests.formats.corpus import SAMPLES, Sample, text_of

SIGNS = {
    BlockKind.VERSE: "| ",
    BlockKind.ITEM: "* ",
    BlockKind.QUOTE: "> ",
    BlockKind.RULE: "= ",
    BlockKind.PARAGRAPH: "",
}


def read(text: str, name: str = "") -> Document:
    return read_document(text.encode(), kind="text", name=name)


def shown(document: Document, block: Block) -> str:
    text = document.text[block.start : block.end].replace("\n", "/")
    if block.residue:
        return f"~ {text}"
    if block.kind is BlockKind.HEADING:
        return f"{'#' * block.level} {text}"
    return SIGNS[block.kind] + text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_corpus(sample: Sample) -> None:
    document = read(text_of(sample), name="a_file.txt")
    lines = [shown(document, block) for block in document.blocks]
    assert lines == dedent(sample.expected).splitlines()
    assert document.metadata.title == (sample.title or "A file")
    assert document.metadata.authors == sample.authors
    assert document.metadata.published == sample.published


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_corpus_in_parts(sample: Sample) -> None:
    data = text_of(sample).encode()
    whole = read_document(data, kind="text")
    for first in (1, 7, 100):
        *_, last = read_parts(data, kind="text", first_slice=first)
        assert last == whole


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_corpus_with_other_line_ends(sample: Sample, end: str) -> None:
    text = text_of(sample)
    assert read(text.replace("\n", end)) == read(text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_corpus_loses_no_word(sample: Sample) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalpha, text))

    assert letters(read(text_of(sample)).text) == letters(text_of(sample))


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Share this article",
        "Share on Facebook",
        "Facebook Twitter Email",
        "Read more: The bridges that never were",
        "More on this story",
        "Related topics",
        "Skip to main content",
        "(opens in new window)",
        "Image caption, The old bridge",
        "Image source, Getty Images",
        "Getty Images",
        "Photograph: Jane Doe/Reuters",
        "The quay in winter. Photograph: Jane Doe/The Paper",
        "Jane Doe/AFP/Getty Images",
        "Jane Doe via Getty Images",
        "© 2024 The Paper",
        "Sign up for our morning newsletter",
        "Sign up to First Thing, our free daily newsletter",
        "Subscribe now",
        "This site uses cookies to make it work better",
        "Accept all cookies",
        "Follow us on Instagram",
        "3 hours ago",
        "Updated 12 March 2024, 10:00 GMT",
        "5 min read",
        "34 comments",
        "No comments",
        "Most read",
        "Lesen Sie auch: Die Brücken",
        "Werbung",
        "vor 3 Stunden",
        "Bild: Jan Weber / dpa",
        "12 Kommentare",
        "Aller au contenu",
        "il y a 3 heures",
        "S’abonner",
        "hace 2 horas",
        "Suscríbete",
        "Política de cookies",
        "Copyright The Paper. All rights reserved.",
        "Published 14 March, 6.02 a.m.",
    ],
)
def test_residue(line: str) -> None:
    assert is_residue(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Share this.",
        "What the engineers found",
        "End of an era",
        "A city in search of itself",
        "The comments that cost a minister her post",
        "Live and let live",
        "Follow the money",
        "Home at last",
        "Save the river",
        "Published and be damned",
        "Closing the gap",
        "Image problems",
        "More than a game",
        "Print is not dead",
        "Read my lips",
        "Advertising in wartime",
        "Three years on",
        "Either/or",
        "He wrote it down, and nobody read it",
        "Photographs of the dead",
        "By the river",
        "The rights are reserved.",
        "She was published on 14 March, at 6 a.m.",
    ],
)
def test_no_residue(line: str) -> None:
    assert not is_residue(line)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By JANE DOE", ("Jane Doe",)),
        ("By Jane Doe and Omar van der Berg", ("Jane Doe", "Omar van der Berg")),
        ("By Jane Doe, Bo Li & Ana Sá", ("Jane Doe", "Bo Li", "Ana Sá")),
        ("By Jane Doe in Leeds", ("Jane Doe",)),
        ("By Jane Doe, BBC News", ("Jane Doe",)),
        ("By Jane Doe, political editor", ("Jane Doe",)),
        ("Von Anna Berg und Jan Weber", ("Anna Berg", "Jan Weber")),
        ("Par Jean-Luc d’Arc", ("Jean-Luc d’Arc",)),
        ("By the river", ()),
        ("By Friday it was over.", ()),
        ("Jane Doe", ()),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...]) -> None:
    assert read_byline(line) == authors


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("12 March 2024", "2024-03-12"),
        ("March 12th, 2024", "2024-03-12"),
        ("Tuesday 12 March 2024, 10:00 GMT", "2024-03-12"),
        ("2024-03-12", "2024-03-12"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("1er février 2024", "2024-02-01"),
        ("31 February 2024", ""),
        ("On 12 March 2024 the council voted.", ""),
        ("Some time in March", ""),
    ],
)
def test_datelines(line: str, published: str) -> None:
    assert read_date(line) == published


def test_tabs_and_form_feeds() -> None:
    document = read("one\ttwo three.\x0cAnother page of it.\n\n\tverse\n\t\tdeeper\n\nend.")
    assert document.text == "one two three.\nAnother page of it.\nverse\n    deeper\nend."


def test_addresses_are_links() -> None:
    document = read("See https://example.org/a?b=c, and (http://x.y/z).")
    assert [span.target for span in document.spans] == ["https://example.org/a?b=c", "http://x.y/z"]
    assert [document.quote(span.range) for span in document.spans] == [
        "https://example.org/a?b=c",
        "http://x.y/z",
    ]


def test_nested_items() -> None:
    text = "What is left:\n\n- one\n  - inner\n    goes on\n- two\n\n9. nine\n10. ten\n"
    document = read(text)
    items = [(one.marker, one.level, one.nest, one.tight) for one in document.blocks[1:]]
    assert items == [
        ("•", 1, (2,), False),
        ("◦", 2, (2, 2), True),
        ("•", 1, (2,), True),
        ("9.", 1, (4,), False),
        ("10.", 1, (4,), True),
    ]


def test_the_shape_is_decided_from_the_beginning() -> None:
    wrapped = "A line of running text that is as long as lines are that somebody had\nwrapped by hand.\n\n"
    data = (wrapped * 2000 + "short\nlines\nat\nthe\nend\n").encode()
    document = read_document(data, kind="text")
    assert document.blocks[0].end == len(wrapped) - 2
    assert document.blocks[-1].kind is BlockKind.VERSE


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Chapter the " + "x" * (MAX_HEADING - 12), 2),
        ("Chapter the " + "x" * (MAX_HEADING - 11), 0),
        ("Chapter Two: the men who went out to sea.", 0),  # nine words and a full stop
        ("Chapter Two: the men who went to sea.", 2),
        ("Chapter Two: the men who went out to sea", 2),
        ("chapter Two", 0),
        ("Chapters of it", 0),
    ],
)
def test_the_line_of_a_chapter_is_no_sentence(line: str, level: int) -> None:
    assert chapter_level(line) == level
    assert chapter_level(f"  {line} ") == level


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_of_short_lines_above_a_text_the_last_is_its_heading_unless_it_is_the_third(
    count: int,
) -> None:
    """Three short lines or more in a row are a list, as of other articles."""
    prose = "The harbour closed in March, and nobody said for how long it would be closed."
    shorts = ["The boats", "The nets", "The lights", "The quay"][:count]
    document = read("\n\n".join(["The Closed Harbour", prose, prose, *shorts, prose]))
    last = document.blocks[-2]
    assert document.quote(last.range) == shorts[-1]
    assert (last.kind is BlockKind.HEADING) == (count < 3)
    assert {one.kind for one in document.blocks[3:-2]} <= {BlockKind.PARAGRAPH}
