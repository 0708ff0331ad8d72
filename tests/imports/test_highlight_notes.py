"""Notes in Markdown that quote from sources: those that programs write, and those of people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.dates import moment_text
from reader.imports.highlight_notes.reader import read_note
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.registry import recognise
from tests.imports import highlight_notes as samples

ALL = {
    name: text for name, text in vars(samples).items() if name.isupper() and isinstance(text, str)
}
ADDRESS = "https://harbour.example/quiet"


def read(text: str | bytes) -> ImportedSource:
    (source,) = sources_of(text)
    return source


def sources_of(text: str | bytes) -> list[ImportedSource]:
    return [each for each in items(text) if isinstance(each, ImportedSource)]


def items(text: str | bytes) -> list[ImportItem]:
    return [*read_note(GivenFile(text.encode() if isinstance(text, str) else text, "note.md"))]


def facts(note: ImportedNote) -> dict[str, Any]:
    names = (each for each in note.__struct_fields__ if each != "row")
    return {name: value for name in names if (value := getattr(note, name))}


def quotes(text: str) -> list[tuple[str, str]]:
    return [(note.quote, note.note) for note in read(text).notes]


def test_readwise_in_obsidian() -> None:
    source = read(samples.READWISE)
    assert (source.title, source.authors, source.url) == (
        "The Quiet Harbour",
        ("Ida Moor",),
        ADDRESS,
    )
    assert source.tags == ("articles", "literature-note")
    assert [facts(note) for note in source.notes] == [
        {
            "quote": "Forty ships came, as the office said.",
            "note": "Who counted?\nAnd when?",
            "tags": ("blue", "two words"),
            "key": "01gyvt3qvbgw4drp9w9971br8y",
        },
        {"quote": "Nobody was asked.", "position": "Location 305"},
        {"quote": "A third one without a place"},
        {"quote": "(Ships left.)", "page": "5"},
        {"quote": "Ships left again.", "note": "Hm.", "page": "12"},
    ]
    assert [note.row for note in source.notes] == [19, 23, 24, 26, 27]


def test_readwise_in_logseq() -> None:
    source = read(samples.LOGSEQ_READWISE)
    assert (source.title, source.authors, source.url) == (
        "The Quiet Harbour",
        ("Ida Moor",),
        ADDRESS,
    )
    assert source.tags == ("favorite", "swift")
    assert [facts(note) for note in source.notes] == [
        {
            "quote": "Forty ships\nwere counted.",
            "note": "Thread",
            "tags": ("blue",),
            "key": "01hvx0vd0aswp9vcdeq3c60twf",
        },
        {"quote": "Nobody was asked."},
    ]


def test_the_highlights_of_a_pdf_in_logseq() -> None:
    source = read(samples.LOGSEQ)
    assert source.title == "The Quiet Harbour"
    assert [facts(note) for note in source.notes] == [
        {
            "quote": "Forty ships were counted in the first week.",
            "note": "Who counted them?\n\nAnd why?\n\nA deeper thought",
            "colour": "yellow",
            "created": "2023-07-15T18:08:56.000Z",
            "page": "4",
            "key": "64b2e0b5-8223-486e-9e65-3b4b07cd2687",
        },
        {"quote": "A heading", "page": "5", "key": "64b2e0b5-8223-486e-9e65-3b4b07cd2688"},
    ]


def test_the_properties_of_a_block_belong_to_its_highlight() -> None:
    text = (
        "title:: The Quiet Harbour\n\n- > Forty ships\n  id:: 64b2e0b5-8223\n  page:: 7\n  color:: red\n"
        "  tags:: war and peace, [[two words]]\n  speaker:: [[Ida Moor]]\n  status:: disputed\n\t- Who?\n"
    )
    assert [facts(note) for note in read(text).notes] == [
        {
            "quote": "Forty ships",
            "note": "Who?",
            "tags": ("war and peace", "two words"),
            "colour": "red",
            "speaker": "Ida Moor",
            "status": "disputed",
            "page": "7",
            "key": "64b2e0b5-8223",
        }
    ]


def test_the_path_of_a_pdf_counts_where_it_is_absolute() -> None:
    text = samples.LOGSEQ.replace("../assets/The", "file:///home/ida/The")
    assert read(text).path == "/home/ida/The_Quiet_Harbour_1672928773587_0.pdf"
    assert read(samples.LOGSEQ).path == ""


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("file:///home/ida/My%20Paper.pdf", "/home/ida/My Paper.pdf"),
        ("FILE:///home/ida/My%20Paper.pdf", "/home/ida/My Paper.pdf"),
        ("file://localhost/home/ida/paper.pdf", "/home/ida/paper.pdf"),
        ("[My Paper](file:///home/ida/My%20Paper.pdf)", "/home/ida/My Paper.pdf"),
        ("[My Paper](/home/ida/My Paper.pdf)", "/home/ida/My Paper.pdf"),
        ("/home/ida/100%25.pdf", "/home/ida/100%25.pdf"),
        ("file:paper.pdf", ""),
        ("file://[/paper.pdf", ""),
        ("papers/paper.pdf", ""),
    ],
)
def test_the_address_of_a_file_is_decoded_to_its_path(value: str, path: str) -> None:
    assert read(f"---\ntitle: Harbour\nfile: {value}\n---\n> one\n").path == path


def test_kindle_highlights_in_obsidian() -> None:
    source = read(samples.KINDLE)
    assert (source.title, source.authors) == ("The Quiet Harbour: A History", ("Ida Moor",))
    first, second = source.notes
    assert (first.quote, first.note) == ("Forty ships were counted.", "My own thought about it.")
    assert first.position == "Location 926"
    assert (second.quote, second.note, second.colour) == ("Nobody was asked.", "", "pink")
    assert second.section == "Chapter 1: The Big Picture"
    assert first.key
    assert first.key != second.key


def test_other_templates_of_kindle_highlights() -> None:
    source = read(samples.KINDLE_QUOTES)
    assert source.title.startswith("How to Count Ships: A practical guide to counting, weighing, a")
    assert source.authors == ("Ida Moor", "Bo Lind")
    first, second = source.notes
    assert (first.quote, first.note, first.position) == (
        "Forty ships were counted,", "Who counted?", "Location 499",
    )  # fmt: skip
    assert (second.quote, second.position) == ("Nobody was asked.", "Location 500")
    moved = read(samples.KINDLE_QUOTES.replace("Nobody was", "They were not")).notes[1]
    assert second.key == moved.key != first.key
    first, second = read(samples.KINDLE_HEADINGS).notes
    assert (first.quote, first.note, first.position) == (
        "Forty ships were counted.", "", "Location 260",
    )  # fmt: skip
    assert (second.quote, second.note) == ("Nobody was asked.", "Who would?\n\nNot I.")


def test_readwise_mirror_in_obsidian() -> None:
    source = read(samples.READWISE_MIRROR)
    assert (source.title, source.authors, source.url) == (
        "The Quiet Harbour",
        ("Ida Moor",),
        ADDRESS,
    )
    assert [(note.quote, note.note) for note in source.notes] == [
        ("Forty ships: they came.", "Who ==> counted"),
        ("Nobody was asked,\nnot even once", ""),
        ("Ships left.", "When?"),
    ]
    assert source.notes[2].tags == ("blue", "old")
    assert len({note.key for note in source.notes}) == 3


def test_hypothesis_in_obsidian() -> None:
    source = read(samples.HYPOTHESIS)
    assert (source.title, source.authors, source.url) == ("The Quiet Harbour", (), ADDRESS)
    assert [facts(note) for note in source.notes] == [
        {"note": "All of it is dull."},
        {
            "quote": "Forty ships.",
            "note": "Who counted?",
            "tags": ("ships", "two words"),
            "modified": "2022-11-28T15:39:07.000Z",
            "key": "vZIMBm7vEe2dM1Pvr-6B4Q",
        },
        {
            "quote": "No one asked.",
            "modified": "2022-11-28T15:39:22.000Z",
            "key": "xrwOlG7vEe2Xys88_FJyKw",
        },
    ]


def test_omnivore_in_obsidian() -> None:
    source = read(samples.OMNIVORE)
    assert (source.title, source.authors, source.url) == (
        "The Quiet Harbour",
        ("Ida Moor",),
        ADDRESS,
    )
    assert [facts(note) for note in source.notes] == [
        {
            "quote": "Forty ships were counted.",
            "note": "Who counted?",
            "tags": ("ships",),
            "key": "0d675a7b-7b3e-4f6e-a271-14cfd10202ed",
        },
        {"quote": "Nobody was asked.", "key": "0d675a7b-7b3e-4f6e-a271-14cfd10202ee"},
    ]


def test_annotations_that_zotero_exports() -> None:
    source = read(samples.ZOTERO)
    assert source.title == "Moor and Lind, 2020"
    assert [facts(note) for note in source.notes] == [
        {
            "quote": "Forty ships were counted",
            "note": "Is that so?",
            "page": "45",
            "position": "PDF page 69",
            "key": "537H37EL",
        },
        {
            "quote": "Nobody was asked",
            "page": "46",
            "position": "PDF page 70",
            "key": "537H37EM",
        },
    ]


def test_a_note_of_zotero_cites_several_works() -> None:
    text = samples.ZOTERO + (
        "\n“Ships left” ([Castane, 2021, p. 3](zotero://select/groups/12/items/ABCD2345)) "
        "([pdf](zotero://open-pdf/groups/12/items/EFGH2345?page=3&annotation=JKLM2345))\n"
    )
    sources = sources_of(text)
    assert [(each.title, len(each.notes)) for each in sources] == [
        ("Moor and Lind, 2020", 2),
        ("Castane, 2021", 1),
    ]


def test_annotations_of_zotero_in_obsidian() -> None:
    source = read(samples.ZOTERO_INTEGRATION)
    assert (source.title, source.authors) == ("The Quiet Harbour", ("Ida Moor", "Bo Lind"))
    assert [facts(note) for note in source.notes] == [
        {
            "quote": "Forty ships are assumed:",
            "note": "Surely not.",
            "colour": "red",
            "page": "5",
            "key": "MS9XXLBT",
        },
        {"quote": "Nobody was asked", "colour": "purple", "page": "4", "key": "AUFKX5WP"},
        {"quote": "Ships left.", "colour": "#5fb236", "page": "2"},
    ]


def test_what_a_person_writes() -> None:
    source = read(samples.BY_HAND)
    assert (source.title, source.url) == ("The Quiet Harbour", ADDRESS)
    first, second, third, fourth = source.notes
    assert (first.quote, first.note) == (
        "Forty ships were counted.",
        "Who counted?\n\n- in port\n- at sea",
    )
    assert (second.quote, second.note) == ("Nobody was asked.", "— Ida Moor")
    assert second.key
    assert (third.quote, third.prefix, third.suffix) == (
        "marked words", "Text with ", " in it and others.",
    )  # fmt: skip
    assert fourth.quote == "others"


def test_a_doi_is_an_address() -> None:
    for doi in ("10.9999/quiet", "https://doi.org/10.9999/quiet", '"10.9999/quiet"'):
        assert read(f"---\ndoi: {doi}\n---\n> one\n").url == "https://doi.org/10.9999/quiet"
    assert read(f"---\ndoi: 10.9999/quiet\nurl: {ADDRESS}\n---\n> one\n").url == ADDRESS


def test_a_heading_may_link_to_the_source() -> None:
    source = read(f"# [The [Quiet] Harbour]({ADDRESS})\n\n> one\n")
    assert (source.title, source.url) == ("The [Quiet] Harbour", ADDRESS)


FLASHCARDS = """- Highlights first synced by [[Readwise]] [[x]]
\t- -
\t\t- one #flashcard
\t\t  id:: 1
\t\t- tags:: [[a]]
\t\t- ([Location 2](https://readwise.io/to_kindle?location=2))
\t- -
\t- -
\t\t- two"""
VIEWED = """## Highlights

one
[View Highlight](https://read.readwise.io/read/01jn)



two
[View Highlight](https://read.readwise.io/read/01jo)"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> one\n\nmine", [("one", "mine")]),
        ("> one\nmine", [("one", "mine")]),
        ("> one\n> more\n>\n> and more\n\nmine\n\nmine too", [("one more\nand more", "mine\n\nmine too")]),
        ("> one\n\n---\n\nnot mine", [("one", "")]),
        ("> one\n\n## Next\n\nnot mine", [("one", "")]),
        ("not mine\n\n> one", [("one", "")]),
        ("> “one”", [("one", "")]),
        ("> “one” and “two”", [("“one” and “two”", "")]),
        ("> *one* [two](https://b.example) `three`", [("one two three", "")]),
        ("> [!quote] Moor\n> one", [("one", "")]),
        ("> [!QUOTE]- Moor\n> one", [("one", "")]),
        ("> [!info]\n> no quotation", []),
        ("> one\n\n> [!info] Mine\n> what I think", [("one", "what I think")]),
        ("> [!quote] one", [("one", "")]),
        ("> [!note] Page 5\n> \n> one\n> \n> ---\n> mine ^ABCD2345a5", [("one", "mine")]),
        ("> [!note] Page 5\n> \n> one\n\nmine", [("one", "mine")]),
        ("> [!tldr]- one [x](https://read.readwise.io/read/01abc)\n>> [!info] **Note**:\n> mine",
         [("one", "**Note**:\nmine")]),
        ("> [!info]- Metadata\n> pdf:: [a.pdf](zotero://select/library/items/V2M9YNV7)", []),
        ("> [!annotation-yellow] Image\n> ![[images/image-3.png|300]]\n> [[2024-05-20#22:23]]", []),
        ('<mark style="background: #ffd400">Quote</mark>  \n> one  \n', [("one", "")]),
        ("## Highlights\n- ![](https://a.example/x.png)\n- one", [("one", "")]),
        (FLASHCARDS, [("one", ""), ("two", "")]),
        (VIEWED, [("one", ""), ("two", "")]),
        ("- > one\n\t- mine", [("one", "mine")]),
        ("- > one\n  > more\n\t- mine", [("one more", "mine")]),
        ("a ==one== b", [("one", "")]),
        ("a <mark>one</mark> b", [("one", "")]),
        ("> one\n\n%% hidden %%\n\n<!-- hidden -->\n\nmine", [("one", "mine")]),
        ("- > one\n\t- ```c\n\t  if (x)\n\t      y;\n\t  ```", [("one", "```c\nif (x)\n    y;\n```")]),
        ("> one\n\n```\n> code\n```", [("one", "```\n> code\n```")]),
        ("## Highlights\n- one\n- two\n  more", [("one", ""), ("two more", "")]),
        ("## Highlights\n* one\n    * Note: mine", [("one", "mine")]),
        ("## Highlights from July 26, 2021\n- one", [("one", "")]),
        ("## Tasks\n- one", []),
        ("> one\n\nTags: #a #[[b c]]", [("one", "")]),
    ],
)  # fmt: skip
def test_what_is_a_quotation_and_what_a_note(body: str, expected: list[tuple[str, str]]) -> None:
    text = f"---\ntitle: The Quiet Harbour\n---\n{body}\n"
    notes = [(note.quote, note.note) for source in sources_of(text) for note in source.notes]
    assert notes == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("author: Ida Moor and Bo Lind", ("Ida Moor", "Bo Lind")),
        ('author: "[[Ida Moor]]"', ("Ida Moor",)),
        ("author: [[Ida Moor]], [[Bo Lind]]", ("Ida Moor", "Bo Lind")),
        ("authors:\n  - Ida Moor\n  - Bo Lind", ("Ida Moor", "Bo Lind")),
        ("authors: [Ida Moor, Bo Lind]", ("Ida Moor", "Bo Lind")),
        ("author: |\n  Ida Moor", ("Ida Moor",)),
        ("author:", ()),
        ("kindle-author: Ida Moor", ("Ida Moor",)),
        ("author: Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
        ("author: Jan Berg, Jr. and Ida Moor", ("Jan Berg, Jr.", "Ida Moor")),
        ("author: Moor, Ida", ("Ida Moor",)),
        ("author: Moor, Ida and Lind, Bo", ("Ida Moor", "Bo Lind")),
        ("author: Moor, Ida, and Bo Lind", ("Ida Moor", "Bo Lind")),
        ("author: Moor, Ida; Lind, Bo", ("Ida Moor", "Bo Lind")),
        ("author: Ida Moor; Bo Lind", ("Ida Moor", "Bo Lind")),
        ("author: Ida Moor, Bo Lind, and Cy Dask", ("Ida Moor", "Bo Lind", "Cy Dask")),
        ("author: Ida Moor, Bo Lind & Cy Dask", ("Ida Moor", "Bo Lind", "Cy Dask")),
        ("author: Moor y Lind", ("Moor", "Lind")),
        ('author: \'"Ida Moor", "Bo Lind"\'', ("Ida Moor", "Bo Lind")),
        ("author: Nacre, Ebb, Flow", ("Nacre", "Ebb", "Flow")),
        ("author: Unknown", ()),
        ("author: Ida Moor, Ida Moor", ("Ida Moor",)),
        ("authors:\n  - Moor, Ida\n  - Lind, Bo\n  - Moor, Ida", ("Ida Moor", "Bo Lind")),
        ("authors: [\"Moor, Ida\", 'Lind, Bo', Cy Dask]", ("Ida Moor", "Bo Lind", "Cy Dask")),
        ('authors: ["Ida Moor, Bo Lind]', ("Ida Moor", "Bo Lind")),
        ("authors: [Ida 'Ebb' Moor, Bo Lind, ]", ("Ida 'Ebb' Moor", "Bo Lind")),
    ],
)
def test_authors_in_front_matter_that_may_be_no_yaml(front: str, expected: tuple[str, ...]) -> None:
    assert read(f"---\n{front}\nx: [unclosed\n---\n> one\n").authors == expected


def test_passages_that_are_links_to_zotero_and_notes_without_a_passage() -> None:
    source = read(samples.ZOTERO_LINKED)
    assert source.title == "Moor, 2020"
    found = [(each.quote, each.note, each.page, each.colour, each.key) for each in source.notes]
    assert found == [
        ("Forty ships came", "Who counted?", "3", "", "EZFZEMQV"),
        ("Nobody was asked", "", "4", "#ff6666", "WD3P2JKD"),
        ("", "On the page", "5", "", "WD3P2JKY"),
        ("", "Of the picture", "6", "", "WD3P2JKZ"),
    ]


def test_a_linked_passage_with_brackets_and_a_linked_citation() -> None:
    source = read(
        "“Not this”\n\n[“Forty \\[sic\\] ships”](zotero://open-pdf/library/items/A?page=3&annotation=B&rects=1,2)"
        " [(Moor, 2020, p. 3)](zotero://select/library/items/C?locator=3) Who counted?\n"
    )
    (note,) = source.notes
    assert (source.title, note.quote, note.note) == (
        "Moor, 2020", "Forty [sic] ships", "Who counted?",
    )  # fmt: skip


def test_callouts_of_templates_for_zotero() -> None:
    found = [
        (each.quote, each.note, each.page, each.colour)
        for each in read(samples.ZOTERO_CALLOUTS).notes
    ]
    assert found == [("Forty ships", "", "5", "#ffd400"), ("Nobody was asked", "", "6", "")]
    own = "---\ntitle: x\n---\n> [!cite]\n> one two\n"
    assert quotes(own) == [("one two", "")]


def test_raindrop_in_obsidian() -> None:
    source = read(samples.RAINDROP)
    assert (source.title, source.url) == ("The Quiet Harbour", ADDRESS)
    assert source.tags == ("sea", "two-words")
    first, second = source.notes
    assert (first.quote, first.note, first.colour) == (
        "Forty ships came and went.", "Who counted?", "",
    )  # fmt: skip
    assert (second.quote, second.note, second.colour) == ("Nobody was asked.", "", "blue")
    assert first.modified == moment_text(datetime(2026, 1, 10, 17, 17, 19))


def test_notes_on_the_whole_page_and_their_tags() -> None:
    note, mark = read(
        "---\nurl: https://harbour.example/quiet\n---\n# The Quiet Harbour\n\n## Page Notes\n"
        "On all of it — [Updated on 2026-03-05 10:00:00](https://hyp.is/abc/harbour.example) — Group: #Public\n"
        "- Tags: #sea\n- a point\n- another\n\n## Highlights\n"
        "- Forty ships — [Updated on 2026-03-05 10:11:12](https://hyp.is/F1x/harbour.example) — Group: #Public\n"
    ).notes  # fmt: skip
    assert (note.note, note.tags) == ("On all of it\n\n- a point\n- another", ("sea",))
    assert (mark.quote, mark.key) == ("Forty ships", "F1x")


def test_tags_of_the_whole_page_need_no_note() -> None:
    text = "# Tides\n\n## Page notes\n\nTags: sea, law\n\n## Highlights\n\n> Ebb.\n"
    assert [(each.note, each.tags) for each in read(text).notes] == [("", ("sea", "law")), ("", ())]


def test_a_note_on_the_whole_page_stays_beside_several_works() -> None:
    text = f"# Tides\n\n## Page notes\n\nOn all.\n\n## Highlights\n\n{TWO_WORKS}"
    sources = sources_of(text)
    assert [(each.title, [note.note for note in each.notes]) for each in sources] == [
        ("Tides", ["On all."]),
        ("Moor, 2020", [""]),
        ("Lind, 2021", [""]),
    ]


def test_areas_of_pictures_are_counted() -> None:
    assert Remark("Left out: 1 picture.") in items(samples.LOGSEQ)


def test_pictures_without_a_comment_are_counted_and_comments_below_are_kept() -> None:
    link = "([pdf](zotero://open-pdf/library/items/V?page={0}&annotation=K{0}))"
    text = (
        f"# Tides\n\n[image] {link.format(1)}\n\nA *map*.\n\n[image] {link.format(2)}\n\n"
        f"“Ebb” {link.format(3)}\n"
    )
    assert [(each.note, each.key) for each in read(text).notes] == [("A *map*.", "K1"), ("", "K3")]
    assert Remark("Left out: 1 picture.") in items(text)


TWO_WORKS = """\
“One” ([Moor, 2020](zotero://select/library/items/A)) ([pdf](zotero://open-pdf/library/items/V?page=1&annotation=K))

“Two” ([Lind, 2021](zotero://select/library/items/B)) ([pdf](zotero://open-pdf/library/items/W?page=1&annotation=L))
"""


def test_a_work_that_some_passages_do_not_cite_is_the_source_of_the_note() -> None:
    source = read(
        "---\ntitle: The Quiet Harbour\n---\n"
        "“Forty ships” ([Moor, 2020, p. 3](zotero://select/library/items/IJGQ3J8A)) "
        "([pdf](zotero://open-pdf/library/items/8SU8CCQA?page=1&annotation=EZFZEMQV)) Who?\n\n"
        "> Nobody [Page 4](zotero://open-pdf/library/items/8SU8CCQA?page=2&annotation=WD3P2JKE)\n"
    )
    assert source.title == "The Quiet Harbour"
    assert [(each.quote, each.page) for each in source.notes] == [
        ("Forty ships", "3"),
        ("Nobody", "4"),
    ]


@pytest.mark.parametrize("name", ALL)
def test_line_ends_marks_and_encodings_change_nothing(name: str) -> None:
    text = ALL[name]
    plain = read(text)
    assert read(text.replace("\n", "\r\n")) == plain
    assert read(b"\xef\xbb\xbf" + text.encode()) == plain
    assert read(text.encode("utf-16")) == plain


def test_the_key_of_a_block_stays_when_its_words_change() -> None:
    before = "---\nurl: https://a.example\n---\n> one two ^abc123\n"
    assert read(before).notes[0].key == read(before.replace("two", "three")).notes[0].key
    other = before.replace("a.example", "b.example")
    assert read(before).notes[0].key != read(other).notes[0].key


@given(
    st.sampled_from(sorted(ALL)), st.integers(0, 2000), st.binary(max_size=12), st.integers(0, 40)
)
def test_damaged_notes_never_fail(name: str, place: int, piece: bytes, cut: int) -> None:
    data = ALL[name].encode()
    file = GivenFile(data[:place] + piece + data[place + cut :], "x.md")
    list(read_note(file))
    recognise(file)


@given(st.text(alphabet="->#*= \n\t[]()!^:|`%<mark/`zotero:abc", max_size=200))
def test_any_markup_is_read(text: str) -> None:
    list(read_note(GivenFile(text.encode(), "x.md")))


PIECES = [
    "> ", "==a", "[", "[a](", "[a](b", "<mark>", "<mark>a</mark>", "%%", "<!--", "- ", "\t- a\n", "#a ",
    "[[", "[[a|", "`", "a:: b\n", "((((", "— ", "> > ", "[!", "^a ", "```\n", "*a", "==", "a: b\n", "--- ", "==a==\n> b\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_note_is_read_to_its_end(piece: str) -> None:
    text = f"---\ntitle: x\n---\n> one\n\n{piece * 20_000}"
    assert list(read_note(GivenFile(text.encode(), "x.md")))


def test_a_picture_of_zotero_is_left_out_unless_it_has_a_comment() -> None:
    picture = (
        "[image] ([pdf](zotero://open-pdf/library/items/VGHZA9HX?page=69&annotation=AAAA{}))  \n"
        "([Moor, 2020, p. 45](zotero://select/library/items/IJGQ3J8A)){}\n\n"
    )
    text = (
        "# Annotations\n\n" + picture.format(1, "") + picture.format(2, " The *harbour*.")
        + "“Forty ships” ([Moor, 2020, p. 46](zotero://select/library/items/IJGQ3J8A))"
        " ([pdf](zotero://open-pdf/library/items/VGHZA9HX?page=70&annotation=AAAA3))\n"
    )  # fmt: skip
    assert [(note.quote, note.note, note.key) for note in read(text).notes] == [
        ("", "The *harbour*.", "AAAA2"),
        ("Forty ships", "", "AAAA3"),
    ]
