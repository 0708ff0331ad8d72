"""What a person changes in exported Markdown is read back exactly, and nothing else is touched."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, PlaceState, Selector
from reader.core.document import Block, BlockKind, Document, Metadata, TextRange
from reader.core.selectors import describe
from reader.digests import part_digest, text_digest
from reader.exported_markdown.parts import PARTS
from reader.exports import FORMATS, ExportedArticle, ExportOptions
from reader.exports.quotation import tag_name
from reader.formats.markdown.reader import read as read_text
from reader.imports.margin_markdown import read as read_markdown
from reader.imports.margin_markdown.copied import is_copied
from reader.imports.model import GivenFile, ImportedNote, Remark
from tests.exports import documented
from tests.exports.documented import EXAMPLE
from tests.exports.rendering import render
from tests.exports.test_escape import lines
from tests.exports.test_notes import notes
from tests.formats.made_markdown import made_markdown
from tests.imports.reading import Reading, read

WHEN = "2026-11-22T12:00:00.000Z"
ARTICLE = Article("01JD0000000000000000000A01", "https://x.example/a", Metadata("Tides", ("Ana",)))
TABLE = Document("a\tb\n1\t2", (Block(BlockKind.TABLE, 0, 7, header_rows=1),))


def annotation(number: int, quote: str = "", **values: object) -> Annotation:
    made = Annotation(
        f"01JD0000000000000000000B{number:02}",
        Selector(quote or f"Passage {number} of the text."),
        Place(number, number + 1),
        ("quote",),
        WHEN,
        WHEN,
    )
    return replace(made, **values)


def written(*annotations: Annotation, has_ids: bool = False) -> str:
    return render([ExportedArticle(ARTICLE, annotations, None)], exported=WHEN, has_ids=has_ids)


def edited_parts(note: ImportedNote) -> dict[str, object]:
    """Return the parts of a note that are not as Margin wrote them."""
    return {
        part: getattr(note, part)
        for part in PARTS
        if part_digest(getattr(note, part)) != note.base[part]
    }


def remarks(text: str) -> list[str]:
    return [
        each.message
        for each in read_markdown(GivenFile(text.encode(), "a.md"))
        if isinstance(each, Remark)
    ]


def edits(reading: Reading) -> dict[str, dict[str, object]]:
    """Return what was edited, by the keys of the notes."""
    assert reading.kind == "markdown"
    found = {each.key: edited_parts(each) for each in reading.notes}
    return {key: parts for key, parts in found.items() if parts}


tag_lists = st.lists(lines, max_size=3, unique=True).map(tuple)
hostile = st.builds(
    annotation,
    st.integers(0, 99),
    lines,
    note=notes,
    tags=tag_lists,
    speaker=lines,
    status=st.none() | lines | st.sampled_from(["p. 12", "marked 3 May 2026", "note of me", "[a"]),
    place=st.builds(Place, st.integers(0, 9), st.just(9), st.sampled_from([*PlaceState])),
)


@given(st.lists(hostile, max_size=4, unique_by=lambda each: each.id), st.booleans())
@example([annotation(1, tags=("a b", "a-b", "!"))], False)
@example([annotation(1, note="> quoted"), annotation(2, " ")], False)
@example([annotation(1, speaker="p. 3 · #claim", status="— #quote")], False)
def test_what_nobody_changed_is_read_as_it_was(
    annotations: list[Annotation], has_ids: bool
) -> None:
    found = read(written(*annotations, has_ids=has_ids))
    assert found.bad_rows == []
    assert edits(found) == {}
    by_key = {each.key: each for each in found.notes}
    assert by_key.keys() == {each.id for each in annotations}
    for each in annotations:
        note = by_key[each.id]
        assert sorted(note.tags) == sorted(each.tags)
        # What lists and terminals cannot show is not written to a file.
        for part in ("speaker", "status"):
            shown = getattr(note, part)
            assert part_digest(shown) in (note.base[part], part_digest(getattr(each, part) or ""))


@pytest.mark.parametrize(
    "passage",
    [
        "One.\nTwo.", "— Ana · #claim", "— Ana · marked 3 May 2026", "a | b", "1. one\n2. two",
        "**strong** and `code`", "[link](x)", "\\*", "&amp;", "·", "^margin-1", "### Claim 1",
        "<!-- Margin reads -->", "nine",
    ],
)  # fmt: skip
def test_a_passage_is_read_as_the_words_that_it_shows(passage: str) -> None:
    (note,) = read(written(annotation(1, passage))).notes
    assert part_digest(note.quote) == part_digest(passage)


def test_a_table_and_a_sentence_are_read_as_the_words_of_the_passage() -> None:
    item = ExportedArticle(ARTICLE, (annotation(1, place=Place(0, 7)),), TABLE)
    assert read(render([item], exported=WHEN)).notes[0].quote == "a b\n1 2"
    note = read(render([EXAMPLE], exported=WHEN)).notes[1]
    assert (note.prefix, note.quote) == ("The ledger was kept for ", "nine years")
    assert note.suffix == ", until the fire."


FIRST_FORM = """---
title: "Tides"
authors:
  - "Ana Lind"
url: "https://x.example/a"
tags:
  - "claim"
margin-id: "01JD0000000000000000000A01"
exported: "2026-11-22T12:00:00.000Z"
margin-digest: "BODY"
---

# Tides

## The tables

> It closed in March,
> for good.

^margin-01JD0000000000000000000B01

#claim #my-sea · Speaker: Ana \\*One\\* · Status: refuted · p. 12

When it was marked it read: “It shut.”

Refuted by https://town.example/a (seen 30 November 2026)

Supports the view.

### Why

Twice.

> Nothing more.

^margin-01JD0000000000000000000B02

#quote

## Lost their place

> It is gone.

^margin-01JD0000000000000000000B03

#quote

The passage was removed. It stood under “Tides”.
"""
"""A file as the first versions of Margin wrote it."""
_BODY = FIRST_FORM.partition('BODY"\n---\n')[2]
FIRST_FORM = FIRST_FORM.replace("BODY", f"{'0' * 12}-{text_digest([_BODY])}")


def test_a_file_of_the_first_form_is_read_by_its_ids() -> None:
    (source,) = read(FIRST_FORM).sources
    assert (source.article, source.title, source.url) == (
        ARTICLE.id,
        "Tides",
        "https://x.example/a",
    )
    first, second, third = source.notes
    assert first.key == "01JD0000000000000000000B01"
    assert first.quote.split() == "It closed in March, for good.".split()
    assert first.note == "Supports the view.\n\n# Why\n\nTwice."
    assert (first.tags, first.speaker, first.status) == (
        ("claim", "my-sea"),
        "Ana *One*",
        "refuted",
    )
    assert (second.note, third.note, third.quote) == ("", "", "It is gone.")


def test_only_a_file_of_the_first_form_that_was_edited_is_compared() -> None:
    assert edits(read(FIRST_FORM)) == {}
    assert all(note.base for note in read(FIRST_FORM).notes)
    edited = read(FIRST_FORM.replace("Twice.", "Thrice.")).notes
    assert not any(note.base for note in edited)
    assert {note.modified for note in edited} == {WHEN}
    assert edited[0].note.endswith("Thrice.")


def test_a_file_that_lost_its_record_is_read_by_its_ids() -> None:
    text = written(*FOUR, has_ids=True).partition("<!-- Margin")[0]
    found = read(text)
    assert found.kind == "markdown"
    assert [note.key for note in found.notes] == [each.id for each in FOUR]
    assert [note.note for note in found.notes] == [each.note for each in FOUR]
    assert [note.speaker for note in found.notes] == [each.speaker for each in FOUR]
    assert not any(note.base for note in found.notes)


ODD_BLOCKS = [
    "> — Ana · #claim", "> > — Ana · #claim", ">— Ana · #claim", "> >— Ana · #claim", "```\n— Ana · #claim\n\n— Bo · #x\n```",
    "- ```\n  — Ana · #claim\n\n  — Bo · #x\n  ```", "— Ana · marked 3 May 2026", "### Claim 3",
    "^margin-1", "| — a · #b | c |\n| - | - |\n| d | e |", "1. — Ana · #b", "<!-- Margin reads -->",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_passages_of_any_text_are_read_as_they_were(seed: int) -> None:
    chance = Random(seed)
    blocks = made_markdown(seed).decode().split("\n\n")
    for each in ODD_BLOCKS:
        blocks.insert(chance.randrange(len(blocks) + 1), each)
    *_, document = read_text("\n\n".join(blocks), "a.md", 0)
    annotations = []
    for number in range(8):
        start = chance.randrange(len(document.text))
        length = chance.choice((3, 12, 40, 400))
        selector = describe(document, TextRange(start, start + length))
        place = Place(selector.start, selector.end)
        note = chance.choice(("", "Note.", *ODD_BLOCKS))
        annotations.append(
            annotation(number, selector.exact or "x", selector=selector, place=place, note=note)
        )
    item = ExportedArticle(ARTICLE, tuple(annotations), document)
    for has_ids in (False, True):
        found = read(render([item], exported=WHEN, has_ids=has_ids))
        assert (edits(found), found.bad_rows, len(found.notes)) == ({}, [], len(annotations))


class Edit(NamedTuple):
    """What a person writes into one part of a note."""

    part: str
    old: str
    new: str
    value: object


words = st.text(st.sampled_from("abc é字-#'"), min_size=1, max_size=12).map(str.strip)
plain_words = words.filter(lambda text: text and text[0].isalpha() and "#" not in text)
OF_NOTES = [
    "One.",
    "- a\n- b",
    "> mine",
    "```\n# x\n> — Bo · #b\n```",
    "| a |\n| --- |\n| b |",
    "",
]
notes_by_hand = st.lists(st.sampled_from(OF_NOTES) | plain_words, max_size=3).map("\n\n".join)


@st.composite
def one_edit(draw: st.DrawFn) -> Edit:
    part = draw(st.sampled_from(["note", "tags", "speaker", "status"]))
    if part == "note":
        new = draw(notes_by_hand)
        return Edit(part, "Note 2.", new, new)
    if part == "tags":
        tags = draw(st.lists(plain_words.map(tag_name), min_size=1, max_size=3, unique=True))
        tags = [each for each in tags if each != "untagged"] or ["x"]
        return Edit(part, "#claim #sea", " ".join(f"#{each}" for each in tags), tuple(tags))
    new = draw(plain_words)
    return Edit(part, {"speaker": "Ana Two", "status": "disputed"}[part], new, new)


def reflowed(text: str) -> str:
    """Return a file whose long lines of quotes an editor broke."""
    broken = []
    for line in text.split("\n"):
        is_quote = line.startswith("> ") and len(line) > 40
        width = textwrap.wrap(line[2:], 38, break_long_words=False, break_on_hyphens=False)
        broken += [f"> {each}" for each in width] if is_quote else [line]
    return "\n".join(broken)


def moved(text: str) -> str:
    """Return a file whose second quotation stands at its end."""
    head, *blocks = text.partition("<!-- Margin")[0].split("### Claim ")
    record = "<!-- Margin" + text.partition("<!-- Margin")[2]
    return (
        head + "".join(f"### Claim {each}" for each in (blocks[0], *blocks[2:], blocks[1])) + record
    )


CHANGES: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "a mark at the start": lambda text: f"\ufeff{text}",
    "reflowed": reflowed,
    "moved": moved,
    "spaces at the ends": lambda text: text.replace("\n\n", "  \n\n"),
    "a heading is left": lambda text: text.replace("### Claim 3", "### Claim 9\n\n### Claim 3"),
    "more empty lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "a space after each sign": lambda text: re.sub(r"(?m)^>(?=[^ \n])", "> ", text),
    "other dashes": lambda text: text.replace(">— Ana", "> -- Ana"),
    "own text": lambda text: (
        text.replace("### Claim 3", "## Mine\n\nOwn text.\n\n> own quote\n\n### Claim 3") + "\nMine.\n"
    ),
    "one is gone": lambda text: text.replace(
        text[text.index("### Claim 3") : text.index("### Claim 4")], ""
    ),
    "formatted": lambda text: (
        text.replace("| Claim |", "| Claim                      |")
    ),
    "own front matter": lambda text: (
        text if text.startswith("---") else f"---\nrating: 5\n---\n\n{text}"
    ),
}  # fmt: skip

FOUR = [
    annotation(
        number,
        tags=("claim", "sea"),
        speaker=f"Ana {name}",
        status=status,
        note=f"Note {number}.",
    )
    for number, name, status in (
        (1, "One", "refuted"), (2, "Two", "disputed"), (3, "Three", "refuted"), (4, "Four", "open"),
    )
]  # fmt: skip


def in_second(text: str, edit: Edit) -> str:
    """Return a file with an edit in the second note."""
    start = text.index("> Passage 2 of")
    return text[:start] + text[start:].replace(edit.old, edit.new, 1)


OF_HEADINGS = {"moved", "own text", "one is gone", "a heading is left"}
"""The changes that need the headings of claims, which files with ids do not have."""


@given(
    one_edit(), st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True), st.booleans()
)
def test_an_edit_is_read_exactly_and_nothing_else(
    edit: Edit, changes: list[str], has_ids: bool
) -> None:
    if has_ids:
        changes = [each for each in changes if each not in OF_HEADINGS]
    text = in_second(written(*FOUR, has_ids=has_ids), edit)
    for each in changes:
        text = CHANGES[each](text)
    found = read(text)
    assert found.bad_rows == []
    expected = part_digest(edit.value)  # type: ignore[arg-type]
    edited = edits(found)
    is_same = expected == part_digest(
        getattr(FOUR[1], edit.part) if edit.part != "tags" else FOUR[1].tags
    )
    # Under a heading of a person's own, that nothing is left of the note may be by mistake.
    is_parted = edit.part == "note" and not edit.value and "own text" in changes
    assert any("its note stays" in each for each in remarks(text)) is is_parted
    assert edited.keys() == (set() if is_same or is_parted else {FOUR[1].id})
    for parts in edited.values():
        assert parts.keys() == {edit.part}
        assert part_digest(parts[edit.part]) == expected  # type: ignore[arg-type]
    assert len(found.notes) == (3 if "one is gone" in changes else 4)


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_of_the_form_is_an_edit(change: str) -> None:
    text = CHANGES[change](written(*FOUR))
    assert edits(read(text)) == {}
    gone = "1 quotation of “Tides” is no longer in the file; nothing is deleted for that."
    assert remarks(text) == ([gone] if change == "one is gone" else [])


@given(st.text(), st.integers(0, 3000), st.integers(0, 400))
def test_no_damage_is_an_exception(noise: str, at: int, length: int) -> None:
    text = render([EXAMPLE], exported=documented.WHEN, has_ids=length % 2 == 0)
    damaged = text[:at] + noise + text[at + length :]
    list(read_markdown(GivenFile(damaged.encode("utf-8", "surrogatepass"), "a.md")))
    list(read_markdown(GivenFile(noise.encode("utf-8", "surrogatepass"), "a.md")))


def test_an_edited_passage_is_seen_and_the_rest_of_its_note_is_read() -> None:
    text = written(*FOUR).replace("Passage 2 of", "Passage two of").replace("Note 2.", "Mine.")
    assert edits(read(text)) == {
        FOUR[1].id: {"quote": "Passage two of the text.", "note": "Mine."},
    }


def test_of_the_same_words_each_note_is_known_by_its_other_parts() -> None:
    twice = [replace(each, selector=FOUR[0].selector) for each in FOUR]
    assert edits(read(written(*twice))) == {}
    assert edits(read(moved(written(*twice)))) == {}
    text = moved(written(*twice).replace("Note 2.", "Mine."))
    assert edits(read(text)) == {FOUR[1].id: {"note": "Mine."}}


def test_what_a_person_quotes_in_the_same_form_is_left_out_and_named() -> None:
    text = written(*FOUR).replace("### Claim 3", "> Mine.\n>\n>— Ana · #claim\n\n### Claim 3")
    found = read(text)
    assert edits(found) == {}
    line = text[: text.index("> Mine.")].count("\n") + 1
    assert [(each.row, each.message) for each in found.bad_rows] == [
        (line, "Margin did not write a quotation with these words; it is left out")
    ]


def test_a_note_without_tags_keeps_them() -> None:
    text = in_second(written(*FOUR), Edit("tags", "#claim #sea · ", "", ()))
    (line,) = (at for at, each in enumerate(text.split("\n"), 1) if "> Passage 2" in each)
    assert remarks(text) == [f"Line {line}: a note needs a tag, so its tags stay."]
    assert edits(read(text)) == {FOUR[1].id: {"tags": ()}}


def test_a_status_alone_is_told_from_a_speaker_by_the_record() -> None:
    only_status = annotation(1, tags=("claim",), status="refuted")
    text = written(only_status).replace("#claim · ", "")
    assert edits(read(text)) == {only_status.id: {"tags": ()}}
    named = annotation(1, tags=("claim",), speaker="refuted")
    assert edits(read(written(named).replace(" · #claim", ""))) == {named.id: {"tags": ()}}


def test_quotes_that_an_editor_joined_are_parted_by_their_words() -> None:
    bare = [replace(each, note="") for each in FOUR]
    links = bare[0]
    text = written(links, *bare[1:], has_ids=True)
    for each in bare:
        text = text.replace(f"\n\n^margin-{each.id}\n\n>", "\n>\n>")
    found = read(text)
    assert [note.key for note in found.notes] == [each.id for each in bare]
    assert edits(found) == {}


@pytest.mark.parametrize("has_ids", [False, True])
def test_the_table_of_the_claims_may_be_edited_instead(*, has_ids: bool) -> None:
    text = written(*FOUR, has_ids=has_ids)
    text = text.replace("| Ana Two | disputed |", "| Bo \\*B\\* | refuted |", 1)
    assert edits(read(text)) == {FOUR[1].id: {"speaker": "Bo *B*", "status": "refuted"}}
    # Where both were edited, the attribution holds.
    text = text.replace("· disputed ·", "· supported ·", 1)
    assert edits(read(text)) == {FOUR[1].id: {"speaker": "Bo *B*", "status": "supported"}}


def test_what_was_copied_is_read_by_its_attributions() -> None:
    words = "The gate was shut in March."
    place = annotation(5, "was shut", place=Place(9, 17), speaker="Bo Berg", note="# Why\n\nAsk.")
    document = Document(words, (Block(BlockKind.PARAGRAPH, 0, len(words)),))
    other = replace(ARTICLE, id="01JD0000000000000000000A02", source_metadata=Metadata("Gates"))
    items = [ExportedArticle(ARTICLE, (*FOUR,), None), ExportedArticle(other, (place,), document)]
    options = ExportOptions(WHEN, is_known_again=False)
    for order in (items, items[:1]):
        text = FORMATS["markdown"].whole(order, options)
        assert "<!-- Margin" not in text
        assert is_copied(text.replace(">— ", "> — "))
        found = read(text)
        assert found.kind == "markdown"
        notes_of = {each.title: each.notes for each in found.sources}
        tides = [
            (each.quote, each.note, each.tags, each.speaker, each.status)
            for each in notes_of["Tides"]
        ]
        assert tides == [
            (each.selector.exact, each.note, each.tags, each.speaker, each.status) for each in FOUR
        ]
    (gate,) = {
        each.title: each for each in read(FORMATS["markdown"].whole(items, options)).sources
    }["Gates"].notes
    assert (gate.quote, gate.note, gate.speaker) == ("was shut", "# Why\n\nAsk.", "Bo Berg")
    assert (gate.prefix, gate.suffix) == ("The gate ", " in March.")
    assert {each.url for each in read(text).sources} == {"https://x.example/a"}
    assert not is_copied(text.replace("#claim", "claim").replace("#quote", "quote"))


@pytest.mark.parametrize(
    "shown",
    [
        "**Ana Two**",
        "_Ana Two_",
        "***Ana Two***",
        "[[Ana Two]]",
        "[[people/ana|Ana Two]]",
        "[Ana Two](https://a.example)",
    ],
)
def test_a_speaker_may_be_strong_or_a_link(shown: str) -> None:
    text = written(*FOUR)
    assert ">— Ana Two · " in text
    assert edits(read(text.replace(">— Ana Two · ", f">— {shown} · "))) == {}
    other = shown.replace("Ana Two", "Bo")
    changed = edits(read(text.replace(">— Ana Two · ", f">— {other} · ")))
    assert changed == {FOUR[1].id: {"speaker": "Bo"}}


@pytest.mark.parametrize("tags", ["#claim #sea side", "#claim harbour", "#claim # #sea"])
def test_what_is_not_all_tags_is_named_and_takes_nothing_away(tags: str) -> None:
    text = written(*FOUR)
    assert "Two · #claim #sea ·" in text
    text = text.replace("Two · #claim #sea ·", f"Two · {tags} ·")
    assert [parts for key, parts in edits(read(text)).items() if set(parts) - {"tags"}] == []
    assert [note.tags for note in read(text).notes if note.key == FOUR[1].id] == [()]
    (remark,) = remarks(text)
    assert f"“{tags}” is not all tags, so its tags stay" in remark


@pytest.mark.parametrize("heading", ["# Mine", "## Mine", "## Mine\n\n### More", "---\n\n## Mine"])
def test_a_note_below_a_heading_of_ones_own_stays_and_is_named(heading: str) -> None:
    noted = annotation(1, note="A note.")
    text = written(noted, annotation(2))
    (remark,) = remarks(text.replace("A note.", f"{heading}\n\nA note."))
    assert "its note stays" in remark
    assert edits(read(text.replace("A note.", f"{heading}\n\nA note."))) == {}
    assert edits(read(text.replace("A note.\n", f"A note.\n\n{heading}\n\nMine.\n"))) == {}
    # Where the note is gone, and nothing stands below the heading, it was taken away.
    assert edits(read(text.replace("A note.", ""))) == {noted.id: {"note": ""}}


@pytest.mark.parametrize("rule", ["---", "***", "* * *"])
def test_a_rule_below_a_note_parts_it_from_the_next(rule: str) -> None:
    text = written(annotation(1, note="A note."), annotation(2), annotation(3, note="Mine\n\n---"))
    parted = text.replace("\n\n> ", f"\n\n{rule}\n\n> ")
    assert edits(read(parted)) == {}


@pytest.mark.parametrize("sign", ["[!quote]", "[!NOTE]- Ana said"])
def test_a_quotation_may_be_a_callout(sign: str) -> None:
    text = written(*FOUR)
    assert edits(read(text.replace("\n\n> ", f"\n\n> {sign}\n> "))) == {}


def test_a_row_of_the_table_whose_bars_lost_their_escapes_says_nothing_wrong() -> None:
    claims = [
        annotation(1, "It was | so | then, all the way.", tags=("claim",), speaker="Ana"),
        annotation(2, "It was so and so, all the way.", tags=("claim",), speaker="Ana | Bo"),
    ]
    text = written(*claims)
    assert edits(read(text)) == {}
    table, rest = text.split("\n\n### Claim 1", 1)
    broken = table.replace("\\|", "|")
    assert edits(read(f"{broken}\n\n### Claim 1{rest}")) == {}
    edited = broken.replace("| Ana |", "| Bea |")
    assert edits(read(f"{edited}\n\n### Claim 1{rest}")) == {claims[0].id: {"speaker": "Bea"}}


@pytest.mark.parametrize("rule", ["---", "***", "___", "- - -"])
def test_a_rule_of_a_passage_may_have_other_signs(rule: str) -> None:
    words = "One.\n* * *\nTwo."
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, 4),
        Block(BlockKind.RULE, 5, 10),
        Block(BlockKind.PARAGRAPH, 11, 15),
    )
    passage = annotation(1, words, place=Place(0, 15))
    item = ExportedArticle(ARTICLE, (passage,), Document(words, blocks))
    text = render([item], exported=WHEN)
    assert "\n> * * *\n" in text
    assert edits(read(text.replace("> * * *", f"> {rule}"))) == {}


def test_what_formatters_write_otherwise_is_the_same() -> None:
    odd = [
        annotation(1, tags=("1984",), note="<div>\nopen"),
        annotation(2, "1. one", tags=("claim",), speaker="A_B"),
    ]
    text = written(*odd)
    for old, new in (("#_1984", "#\\_1984"), ("- <div>", "* <div>"), ("A_B", "A\\_B")):
        assert old in text
        text = text.replace(old, new)
    assert edits(read(text)) == {}
