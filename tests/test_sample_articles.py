"""The sample articles hold what the README, the other tests and a first start rely on."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from reader.core.document import BlockKind, Document, MarkKind, SpanKind
from reader.formats import SourceInfo, read_document
from tests.make_samples import ABSTRACT, PAPER, SAMPLES

FOLDER = Path(__file__).parent.parent / "sample_articles"
WORDS = {
    "the-quiet-ledger.txt": (1400, 1900),
    "the-long-way-to-tell-time.md": (2200, 2700),
    "the-bridge-inspector.md": (1000, 1400),
    "the-lamplighters-almanac.txt": (1200, 1700),
    "a-note-on-margins.txt": (60, 100),
}
JAPANESE = "kawa-no-toshokan.md"
ARTICLES = [*WORDS, JAPANESE]
PAGES = {"the-night-ferry.html": (600, 900), "the-orchard-on-the-roof.mhtml": (300, 500)}


def read(name: str) -> str:
    return (FOLDER / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", ARTICLES)
def test_holds_only_what_a_terminal_can_show(name: str) -> None:
    text = read(name)
    odd = {character for character in text if unicodedata.category(character)[0] == "C"} - {"\n"}
    assert not odd
    assert text.endswith("\n")
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("name", "bounds"), WORDS.items())
def test_is_as_long_as_its_kind(name: str, bounds: tuple[int, int]) -> None:
    least, most = bounds
    assert least <= len(read(name).split()) <= most


def test_every_article_is_described_and_named_here() -> None:
    present = {path.name for path in FOLDER.iterdir() if path.is_file()} - {"README.md"}
    assert present == {*ARTICLES, *PAGES, *SAMPLES}
    readme = read("README.md")
    assert "CC0" in readme
    assert all(f"`{name}`" in readme for name in present)


def test_the_news_analysis_is_one_paragraph_a_line_with_residue() -> None:
    lines = read("the-quiet-ledger.txt").rstrip("\n").split("\n")
    assert all(line.strip() == line and line for line in lines), "no blank lines, no indentation"
    for residue in ("Skip to content", "Advertisement", "Share this", "Related", "Back to top"):
        assert residue in lines
    assert any(line.startswith("Read more: ") for line in lines)
    assert any("Photo: " in line for line in lines)
    headings = [line for line in lines if len(line) < 60 and line[-1] not in '.!"”']
    assert any(line.islower() and not line.endswith("?") for line in headings)
    assert "who keeps the count?" in headings
    assert sum(len(line.split()) > 30 for line in lines) > 20


def test_the_news_analysis_has_what_is_marked_and_what_misleads() -> None:
    text = read("the-quiet-ledger.txt")
    for piece in ("U.S. ", "Mr. ", "Dr. ", " 4.3 million", '." ', '," ', "per cent"):
        assert piece in text
    assert text.count('" said ') + text.count('," ') > 5


def test_the_japanese_article_is_of_wide_characters() -> None:
    text = read(JAPANESE)
    wide = sum(unicodedata.east_asian_width(character) == "W" for character in text)
    assert 800 <= wide <= 1500
    assert all(mark in text for mark in "「」。、？（）")


def test_the_classic_text_is_wrapped_with_an_indented_verse() -> None:
    lines = read("the-lamplighters-almanac.txt").split("\n")
    assert max(map(len, lines)) <= 72
    assert sum(60 < len(line) <= 72 for line in lines) > 70
    assert sum(line.startswith("CHAPTER ") for line in lines) == 4
    verse = lines.index("    Two hundred lamps and six I light")
    assert lines[verse + 1].startswith("      ")


def document(name: str) -> Document:
    return read_document((FOLDER / name).read_bytes(), name=name)


def texts(name: str, *kinds: BlockKind, residue: bool = False) -> list[str]:
    article = document(name)
    return [
        article.quote(block.range)
        for block in article.blocks
        if block.kind in kinds and block.residue == residue
    ]


def test_the_news_analysis_parses_to_headings_paragraphs_and_residue() -> None:
    name = "the-quiet-ledger.txt"
    assert texts(name, BlockKind.HEADING) == [
        "The Quiet Ledger",
        "a system that forgot",
        "who keeps the count?",
        "the man with the green book",
        "What it would cost to do better",
        "Three claims, and what is known of them",
        "what the town does next",
    ]
    residue = texts(name, BlockKind.PARAGRAPH, residue=True)
    assert {"Skip to content", "Advertisement", "Share this", "Related", "Back to top"} <= set(
        residue
    )
    assert any(text.startswith("Read more: ") for text in residue)
    assert sum("Credit: " in text or "Photo: " in text for text in residue) == 2
    assert not any("Wend" in text for text in residue)


def test_the_essay_has_every_kind_of_block_and_span_of_markdown() -> None:
    article = document("the-long-way-to-tell-time.md")
    assert {block.kind for block in article.blocks} == set(BlockKind) - {BlockKind.VERSE}
    assert {span.kind for span in article.spans} >= set(SpanKind) - {SpanKind.IMAGE}
    assert article.metadata.authors == ("Ismene Halloran", "Pell Varga")
    markers = {block.marker for block in article.blocks if block.kind is BlockKind.ITEM}
    assert {"☐", "☑", "1."} <= markers
    assert max(len(block.nest) for block in article.blocks) == 2


def test_the_others_parse_to_what_they_are() -> None:
    verse = texts("the-lamplighters-almanac.txt", BlockKind.VERSE)
    assert "But one I light that none has bought,\n  And none will ever pay," in "\n".join(verse)
    paragraphs = texts("the-lamplighters-almanac.txt", BlockKind.PARAGRAPH)
    assert any("agreed that the Corporation ought to know." in text for text in paragraphs)
    assert document(JAPANESE).metadata.language == "ja"
    assert len(texts("the-bridge-inspector.md", BlockKind.HEADING)) == 5
    assert texts("a-note-on-margins.txt", BlockKind.HEADING) == ["A note on margins"]


@pytest.mark.parametrize(("name", "bounds"), PAGES.items())
def test_the_pages_hold_an_article_and_more(name: str, bounds: tuple[int, int]) -> None:
    article = document(name)
    least, most = bounds
    assert least <= len(article.text.split()) <= most
    assert article.metadata.title == texts(name, BlockKind.HEADING)[0]
    assert article.metadata.authors
    assert {BlockKind.QUOTE, BlockKind.ITEM, BlockKind.IMAGE} <= {
        one.kind for one in article.blocks
    }
    whole = read_document((FOLDER / name).read_bytes(), name=name, info=SourceInfo(is_whole=True))
    assert len(whole.text) > len(article.text)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_made_by_a_script_is_what_it_makes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == SAMPLES[name]()


def test_the_tale_has_its_contents_as_outline_and_its_notes() -> None:
    name = "the-ferrywomans-ledger.epub"
    tale = document(name)
    levels = [(b.level, tale.quote(b.range)) for b in tale.blocks if b.kind is BlockKind.HEADING]
    assert levels == [
        (1, "The Crossing"),
        (1, "The Bridge"),
        (2, "What the engineers were told"),
        (2, "What the ledger said"),
        (1, "Afterwards"),
        (1, "Notes"),
    ]
    assert len(texts(name, BlockKind.FOOTNOTE)) == 2
    assert texts(name, BlockKind.IMAGE)[0].startswith("The landing at Low Sarn")
    assert tale.metadata.authors == ("Ismene Halloran",)
    references = [span for span in tale.spans if span.kind is SpanKind.FOOTNOTE]
    for span, begins in zip(references, ("The green ledger", "A sounding"), strict=True):
        place = tale.place_of(span.target)
        assert place is not None
        assert tale.text[place:].startswith(begins)


def test_the_paper_is_read_by_columns_without_its_heads() -> None:
    name = "what-a-margin-remembers.pdf"
    paper = document(name)
    written = [ABSTRACT, *(text for _, *section in PAPER for text in section)]
    assert texts(name, BlockKind.PARAGRAPH)[1:] == written
    assert texts(name, BlockKind.HEADING)[1:] == [heading for heading, *_ in PAPER]
    pages = [mark.name for mark in paper.marks if mark.kind is MarkKind.PAGE]
    assert pages == ["1", "2"]


def test_the_findings_are_numbered_through() -> None:
    name = "the-matter-of-the-noon-bell.odt"
    findings = [b.marker for b in document(name).blocks if b.level == 1 and b.marker[:1].isdigit()]
    assert findings == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert len(texts(name, BlockKind.FOOTNOTE)) == 2
    assert document(name).metadata.authors == ("Oda Venn",)


def test_the_minutes_are_what_the_styles_say() -> None:
    name = "minutes-of-the-reading-room.docx"
    assert len(texts(name, BlockKind.QUOTE)) == 1
    assert [b.marker for b in document(name).blocks if b.level == 2 and b.marker] == ["◦", "◦"]
    assert texts(name, BlockKind.TABLE)[0].startswith("Month\tVisitors")
