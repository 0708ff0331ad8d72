r"""RTF: the content and structure of documents in any language, and hostile files."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Document, SpanKind
from reader.errors import SourceError
from reader.formats import read_document, read_parts
from reader.formats.rtf import parser as rtf_module
from tests.formats.test_properties import assert_sound

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}"
    r"{\f1\fnil\fcharset204{\*\panose 020f}Arial Cyr{\*\falt Arial};}{\f2\fnil\fcharset128 Mincho;}"
    r"{\f3\ftech\fcharset2 Symbol;}{\f4\fcharset161 Greek;}{\f5\fcharset178 Arabic;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql\snext0 Normal;}{\s1\outlinelevel0 heading 1;}"
    r"{\s2\outlinelevel1\sbasedon0 heading 2;}{\s3 Quote;}{\s4\sbasedon3 My Quote;}{\s5 Source Code;}"
    r"{\*\cs6\additive Emphasis;}{\s7 toc 1;}{\s8\ls2\ilvl0 List Number;}}"
    r"{\*\listtable{\list{\listlevel\levelnfc23\levelstartat1{\leveltext\'01\'b7;}{\levelnumbers;}}"
    r"\listid7}{\list{\listlevel\levelnfc0\levelstartat4{\leveltext\'02\'00.;}{\levelnumbers\'01;}}"
    r"{\listlevel\levelnfc4\levelstartat1{\leveltext\'03(\'01);}{\levelnumbers\'02;}}\listid8}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}"
    r"{\listoverride\listid8\listoverridecount0\ls2}}"
    r"{\info{\title Minutes}{\author Ada One;Ben Two}{\creatim\yr2026\mo3\dy2\hr10}"
    r"{\doccomm not said}}{\header\pard a page's head\par}\deflang1031 "
)


def rtf(body: str, head: str = HEAD) -> bytes:
    return (head + body + "}").encode("latin-1")


def read(body: str) -> Document:
    document = read_document(rtf(body))
    assert_sound(document)
    return document


def lines(body: str) -> list[str]:
    document = read(body)
    return [f"{block.marker} {document.quote(block.range)}".strip() for block in document.blocks]


BODY = (
    r"\pard\plain\s1 First matter\par\pard\plain It was {\b agreed} by all{\super\chftn}"
    r"{\footnote\pard\plain{\super\chftn} By hand.}, {\i mostly}, see "
    r'{\field{\*\fldinst{HYPERLINK "https://example.org/minutes"}}{\fldrslt{\ul the file}}}.\par'
    r"\pard\plain\s4 What is not written down is not so.\par"
    r"\pard\plain\ls1{\listtext\f3\'b7\tab}one\par\ls1{\listtext\f3\'b7\tab}two\par"
    r"\pard\plain\ls2\ilvl0 first\par\pard\plain\ls2\ilvl1 within\par\pard\plain\ls2\ilvl0 second\par"
    r"\trowd\trhdr\cellx1000\cellx2000\pard\intbl Year\cell Books\cell\row"
    r"\trowd\cellx1000\cellx2000\pard\intbl 2024\cell 311\cell\row"
    r"\pard\plain\s5 x = 1\par y\par\pard\plain At the end{\super\chftn}"
    r"{\footnote\ftnalt\pard A last word.\par}.\par"
    r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv The reading room}}}{\shprslt\par old\par}}\par"
)


def test_styles_notes_lists_and_tables_are_what_they_were() -> None:
    document = read(BODY)
    assert [
        (block.kind.value, block.level, block.marker, document.quote(block.range))
        for block in document.blocks
    ] == [
        ("heading", 1, "", "First matter"),
        ("paragraph", 0, "", "It was agreed by all[1], mostly, see the file."),
        ("quote", 1, "", "What is not written down is not so."),
        ("item", 1, "•", "one"),
        ("item", 1, "•", "two"),
        ("item", 1, "4.", "first"),
        ("item", 2, "(a)", "within"),
        ("item", 1, "5.", "second"),
        ("table", 0, "", "Year\tBooks\n2024\t311"),
        ("code", 0, "", "x = 1\ny"),
        ("paragraph", 0, "", "At the end[i]."),
        ("image", 0, "", "The reading room"),
        ("footnote", 0, "[1]", "By hand."),
        ("footnote", 0, "[i]", "A last word."),
    ]
    assert document.blocks[8].header_rows == 1
    quotes = {span.kind: document.quote(span.range) for span in document.spans}
    assert quotes[SpanKind.STRONG] == "agreed"
    assert quotes[SpanKind.EMPHASIS] == "mostly"
    links = [span.target for span in document.spans if span.kind is SpanKind.LINK]
    assert links == ["https://example.org/minutes"]
    notes = [span for span in document.spans if span.kind is SpanKind.FOOTNOTE]
    assert document.place_of(notes[0].target) == document.text.index("By hand.")
    metadata = document.metadata
    assert (metadata.title, metadata.authors) == ("Minutes", ("Ada One", "Ben Two"))
    assert (metadata.published, metadata.language) == ("2026-03-02", "de-DE")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"caf\'e9", "café"),
        (r"\f1 \'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"\f2 \'93\'fa\'96\'7b\'8c\'ea", "日本語"),
        (r"\f2 \'93\'fa\'96{}", "日�"),
        (r"\f4 \'ea\'e1\'eb\'e7", "καλη"),
        (r"\f5 \'d3\'e1\'c7\'e3", "سلام"),
        (r"\f3 a", "α"),
        (r"\u8364?20", "€20"),
        (r"\uc2\u26085\'93\'fa\u26412ab.", "日本."),
        (r"\uc0\u8364 20", "€20"),
        (r"{\uc2\u26085{}xy}", "日xy"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u128512?", "😀"),
        (r"a\u-10179?b", "ab"),
        (r"a\u99999999999?b", "a?b"),
        (r"a\~b\_c\-d", "a\u00a0b\u2011cd"),
        (r"\ldblquote a\rdblquote\emdash b", "“a”—b"),
        (r"\{a\\b\}", "{a\\b}"),
        (r"{\upr{caf?}{\*\ud{caf\u233\'e9}}}", "café"),
        ("raw caf\xe9", "raw café"),
        (r"a\line b", "a\nb"),
        (r"x{\super 2} and H{\sub 2}O", "x² and H₂O"),
        (r'{\field{\*\fldinst SYMBOL 97 \\f "Symbol"}{\fldrslt}}', "α"),
    ],
)
def test_characters_are_read_in_their_encodings(source: str, text: str) -> None:
    assert read(rf"\pard {source}\par").text == text


def test_the_encoding_of_the_file_holds_where_a_font_says_none() -> None:
    head = r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fnil\fcharset0 Arial;}}\f0 "
    assert read_document(rtf(r"\'cf\'f0\par", head)).text == "Пр"
    assert read_document(rtf(r"\'8e\par", r"{\rtf1\mac ")).text == "é"
    assert read_document(b"{\\rtf1\\ansi\\ansicpg65001 caf\xc3\xa9\\par}").text == "café"


@pytest.mark.parametrize(
    "source",
    [
        r"{\v hidden}", r"{\deleted gone}", r"{\*\atnid A}{\*\annotation\pard a comment\par}",
        r"{\*\unknown words}", r"{\pict\pngblip 89504e47}", r"{\xe{an entry}}", r"{\footer a foot\par}",
        r"{\*\bkmkstart here}{\*\bkmkend here}", r"{\object{\*\objdata 0105}}",
        r"{\field{\*\fldinst TOC \\o}{\fldrslt Contents 1\par More 2}}", r"{\v\footnote a note}",
        r"{\pict\bin12 }}}}}}}}}}}}}",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_left_out(source: str) -> None:
    assert read(rf"\pard Kept{source}.\par").text == "Kept."


def test_lines_of_contents_are_left_out() -> None:
    assert lines(r"\pard\s7 First matter\tab 3\par\pard\s1 First matter\par") == ["First matter"]


def test_headings_are_told_by_style_and_outline_level() -> None:
    document = read(
        r"\pard\s2 By style\par\pard\outlinelevel2 By level\par"
        r"\pard\s1{\listtext 1.2\tab}Numbered\par\pard\outlinelevel0 "
        + "words " * 100
        + r"\par\pard Text\par"
    )
    assert [block.level for block in document.blocks] == [2, 3, 1, 0, 0]
    assert "1.2 Numbered" in document.text


@pytest.mark.parametrize("word", ["outlinelevel", "s", "ls", "ilvl", "f", "lang", "fi"])
def test_a_property_without_its_number_changes_nothing(word: str) -> None:
    (block,) = read(rf"\pard\plain\{word} Only text.\par").blocks
    assert (block.kind.value, block.level, block.marker) == ("paragraph", 0, "")


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (r"\pard Words.\par", "de-DE"),  # of the document
        (r"\pard\lang1036 Des mots.\par", "fr-FR"),
        (r"\pard\lang1036 Des mots, {\lang2057 a word}.\par", "fr-FR"),
        (r"\pard{\lang1036 Un mot} {\lang2057 and then many words}.\par", "en-GB"),
        (r"\pard\lang1036 Un mot. {\lang0 And more of no language.}\par", "fr-FR"),
        (r"\pard\lang1036 Un mot. {\lang And more of no language.}\par", "fr-FR"),
        (r"\pard\lang1024 Words.\par", "de-DE"),  # "no proofing" is no language
    ],
)
def test_the_language_is_that_of_most_text(body: str, language: str) -> None:
    assert read(body).metadata.language == language


def test_numbers_go_on_behind_what_stands_between() -> None:
    body = (
        r"\pard\s8 a\par\pard Between.\par\pard\s8 b\par\pard\ls2\ilvl1 deep\par"
        r"\pard\ls2\ilvl0 c\par\pard\ls2\ilvl1 deep again\par"
    )
    assert lines(body) == ["4. a", "Between.", "5. b", "(a) deep", "6. c", "(a) deep again"]


def test_typed_bullets_and_old_lists_are_items() -> None:
    assert lines(r"\pard\fi-360\li720 \bullet\tab one\par\pard{\pntext\'b7\tab}two\par") == [
        "• one",
        "• two",
    ]


def test_cells_reach_over_columns_and_rows() -> None:
    body = (
        r"\trowd\cellx3000\pard\intbl Wide\cell\row"
        r"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\intbl tall\cell b\cell c\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2010\cellx3000\intbl\cell e\cell f\cell\row\pard End\par"
    )
    assert read(body).text == "Wide\t\t\ntall\tb\tc\n\te\tf\nEnd"


def test_tables_stand_in_cells_of_tables() -> None:
    body = (
        r"\trowd\cellx5000\pard\intbl Outer\par\itap2 a\nestcell b\nestcell"
        r"{\*\nesttableprops\trowd\cellx900\cellx1900\nestrow}\pard\intbl after\cell\row\pard End\par"
    )
    assert lines(body) == ["Outer", "a\tb", "after", "End"]


def test_links_lead_to_bookmarks() -> None:
    document = read(
        r'\pard{\field{\*\fldinst HYPERLINK \\l "here"}{\fldrslt to it}}\par'
        r"\pard A {\*\bkmkstart here}place{\*\bkmkend here}.\par"
    )
    (link,) = document.spans
    assert document.place_of(link.target) == document.text.index("place")


def test_a_text_box_does_not_part_a_sentence() -> None:
    box = r"{\shp{\*\shpinst{\shptxt\pard In a box.\par}}}"
    assert lines(rf"\pard Before {box}and after.\par") == ["Before and after.", "In a box."]


def test_a_name_is_not_needed() -> None:
    assert read_document(b"\xef\xbb\xbf  " + rtf("Text"), name="minutes.doc").text == "Text"
    assert read_document(rb"{\rtf1 Cut sho", name="x").text == "Cut sho"


def test_parts_grow_into_the_whole() -> None:
    data = rtf("".join(rf"\pard Paragraph {n} has some words.\par " for n in range(2000)))
    parts = list(read_parts(data, first_slice=500))
    assert len(parts) > 2
    for before, after in pairwise(parts):
        assert after.blocks[: len(before.blocks)] == before.blocks
    assert parts[-1] == read_document(data)


def error(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="minutes.rtf", kind="rtf")
    return caught.value.message


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no text" in error(rtf(""))
    assert "does not begin" in error(b"Some text.")
    monkeypatch.setattr(rtf_module, "MAX_TOKENS", 10_000)
    assert error(rtf(r"\b" * 20_000)).startswith("minutes.rtf holds more than 10,000 control words")


HOSTILE = {
    "groups": "{" * 100_000 + "x",
    "closed groups": "{" * 100_000 + "x" + "}" * 100_000,
    "brackets": "}" * 1000 + "x",
    "cells": r"\trowd\intbl x\cell" * 20_000,
    "nested tables": "".join(rf"\itap{depth} x\nestcell " for depth in range(1, 3000)),
    "notes": r"x{\footnote " * 3000,
    "boxes": r"{\shp{\*\shpinst{\shptxt x" * 3000,
    "fields": r'{\field{\*\fldinst HYPERLINK "a"}{\fldrslt x' * 3000,
    "instructions": r"{\field{\*\fldinst " * 3000 + "x",
    "styles": r"{\stylesheet"
    + "".join(rf"{{\s{n}\sbasedon{n + 1} a;}}" for n in range(30_000))
    + "}x",
    "fonts": r"{\fonttbl" + "".join(rf"{{\f{n} a;}}" for n in range(30_000)) + "}x",
    "binary": r"x\bin99999999999 ",
    "long numbers": r"x\b" + "9" * 100_000,
    "long words": "x\\" + "b" * 100_000,
    "ends in a backslash": "x\\",
    "ends in hex": r"x\'f",
    "fallbacks": r"\uc99999 x\u65 " * 20_000,
    "surrogates": r"\u-10179?" * 20_000 + "x",
    "looks": r"{\b x}{\i y}" * 20_000,
    "one line": "x" * 10**6,
    "a short line each": "x\\par\n" * 20_000,
    "code": r"\pard\s5 x\par " * 20_000,
    "items": r"\pard\ls2\ilvl1 x\par " * 20_000,
    "depths": "".join(rf"\pard\ls2\ilvl{n} x\par " for n in range(3000)),
    "bookmarks": r"{\*\bkmkstart a}" * 20_000 + "x",
    "zeros": "x\0\x07" * 10_000,
}


@pytest.mark.parametrize("place", ["footnote", "footnote\\ftnalt", "shp{\\shptxt"])
def test_a_file_cut_off_in_a_note_or_a_box_shows_it_once(place: str) -> None:
    document = read_document((HEAD + rf"Words.{{\{place} Remark").encode())
    assert_sound(document)
    assert document.text.count("Words.") == document.text.count("Remark") == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end(name: str) -> None:
    try:
        assert_sound(read_document(rtf(HOSTILE[name])))
    except SourceError as fault:
        assert name in ("instructions", "brackets"), fault  # noqa: PT017 (one of them holds no text)


PIECES = st.sampled_from(
    [
        "{", "}", "{", "}", r"\par ", r"\pard ", "words ", r"\'e9", r"\'", r"\u8364?", r"\u-10179?", r"\bin3 ",
        r"{\*", r"\footnote ", r"\field", r"\fldinst ", 'HYPERLINK "x"', r"\fldrslt ", r"\trowd ", r"\cellx9 ",
        r"\intbl ", r"\cell ", r"\row ", r"\itap2 ", r"\nestcell ", r"\nestrow ", r"\s1 ", r"\ls2 ", r"\ilvl1 ",
        r"{\listtext 1.\tab}", r"\shp ", r"\shptxt ", r"\pict ", r"\sp ", r"\sn wzDescription", r"\sv ", r"\v ",
        r"\stylesheet ", r"\fonttbl ", r"\f9 ", r"\info ", r"\title ", r"\upr ", r"\line ", r"\tab ", "\\", "\0",
        r"\clvmgf ", r"\clvmrg ", r"\clmrg ", r"\page ", r"\outlinelevel0 ", r"\listtable ", r"\list ",
        r"\listlevel ", r"\leveltext ", r"\uc0 ", r"\b ", r"\b0 ", r"\super ", r"\*\bkmkstart a",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join), st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_control_words_give_a_document_or_an_error(body: str, has_head: bool) -> None:
    check(rtf(body) if has_head else rtf(body, r"{\rtf1 "))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(rtf(BODY))
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(damaged))


def check(data: bytes) -> None:
    try:
        document = read_document(data, kind="rtf")
    except SourceError:
        return
    assert_sound(document)


def test_a_font_without_a_number_is_the_first() -> None:
    head = r"{\rtf1\ansi\deff1{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset0 B;}}\f1 "
    assert read_document(rtf(r"\'cf\f \'cf\f1 \'cf\par", head)).text == "ÏПÏ"


VIEW = r"{\pict{\*\picprop{\sp{\sn wzDescription}{\sv The view}}}\pngblip 8950}"
SHAPE = r"{\shp{\*\shpinst{\sp{\sn %s}{\sv %s}}%s}}"


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (VIEW, [("image", "The view")]),
        (f"Before {VIEW} it.", [("paragraph", "Before The view it.")]),
        (SHAPE % ("wzDescription", "A box", ""), [("image", "A box")]),
        (SHAPE % ("pib", VIEW, ""), [("image", "The view")]),
        (
            SHAPE % ("wzDescription", "A box", r"{\sp{\sn pib}{\sv " + VIEW + "}}"),
            [("image", "The view")],
        ),
        (SHAPE % ("wzName", "A name", ""), []),
        (r"{\pict\pngblip 8950}", []),
        (r"{\v " + VIEW + "}", []),
        (r"{\v " + SHAPE % ("wzDescription", "A box", "") + "}", []),
        (r"{\pict{\*\picprop{\sp{\sn wzName}{\sv A name}}}\pngblip 8950}", []),
    ],
)
def test_pictures_are_their_descriptions(body: str, blocks: list[tuple[str, str]]) -> None:
    document = read(rf"\pard {body}\par After.\par")
    assert [(each.kind.value, document.quote(each.range)) for each in document.blocks] == [
        *blocks, ("paragraph", "After."),
    ]  # fmt: skip
    pictures = [document.quote(span.range) for span in document.spans if span.kind.value == "image"]
    assert pictures == [name for name in ("The view", "A box") if name in document.text]


def test_a_picture_in_a_link_leads_where_that_leads() -> None:
    field = r'{\field{\*\fldinst HYPERLINK "https://a.example/"}{\fldrslt ' + VIEW + "}}"
    document = read(rf"\pard {field} {VIEW}\par")
    (link,) = (span for span in document.spans if span.kind.value == "link")
    assert (document.quote(link.range), link.target) == ("The view", "https://a.example/")
    assert link.start == 0


@pytest.mark.parametrize("depth", [10, 998, 1000, 1200, 5000])
def test_groups_of_any_depth_end_where_they_began(depth: int) -> None:
    body = r"\pard plain {\b bold " + "{" * depth + "x" + "}" * depth + " still} plain.\\par"
    document = read(body)
    assert document.text == "plain bold x still plain."
    assert [document.quote(span.range) for span in document.spans] == ["bold x still"]
