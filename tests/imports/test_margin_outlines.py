"""What a person changes in exported outlines is read back exactly, and nothing else is touched."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Place, PlaceState
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.core.text_formatting import one_line
from reader.digests import part_digest
from reader.errors import SourceError
from reader.exported_markdown.parts import PARTS
from reader.exported_outlines.org_notes import markdown_of
from reader.exports import ExportedArticle
from reader.exports.org_text import note_text
from reader.formats import read_document
from reader.imports.model import GivenFile, ImportedNote
from reader.imports.registry import recognise
from tests.exports.rendering import render
from tests.imports.reading import Reading, read
from tests.imports.test_margin_markdown import ARTICLE, WHEN, annotation, hostile
from tests.work import work

FORMATS = ("org", "logseq")
OTHER = replace(ARTICLE, id="01JD0000000000000000000A02")
LINKS = linked(
    (),
    [
        Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://town.example/a", seen="2026-11-30"),
        Evidence(Relation.SUPPORTS, TargetKind.ANNOTATION, "01JD0000000000000000000B02", words="x"),
    ],
)
NOTE = "Is *it* so?\n\n- one\n- two\n\n```python\n# x\n\n* y\n```"
THREE = [
    annotation(1, note="First.", tags=("claim", "fact-check"), speaker="Ana Lind"),
    annotation(
        2, note=NOTE, tags=("claim", "sea"), speaker="Imre Dask", status="disputed", links=LINKS
    ),
    annotation(3, note="Third.", place=Place(0, 1, PlaceState.ORPHANED)),
]


def written(name: str, *annotations: Annotation) -> str:
    notes = {}
    for each in annotations:
        with contextlib.suppress(SourceError):  # a note without words
            text = f"\n{each.note}".encode("utf-8", "replace")
            notes[each.id] = read_document(text, kind="markdown")
    item = ExportedArticle(ARTICLE, annotations, None, notes=notes)
    return render([item], exported=WHEN, format_name=name)


def edited_parts(note: ImportedNote) -> dict[str, object]:
    return {
        part: re.sub(r"\n{3,}", "\n\n", value) if isinstance(value, str) else value
        for part in PARTS
        if part_digest(value := getattr(note, part)) != note.base[part]
    }


def edits(reading: Reading, name: str) -> dict[str, dict[str, object]]:
    assert reading.kind == name
    found = {each.key[-1]: edited_parts(each) for each in reading.notes}
    return {key: parts for key, parts in found.items() if parts}


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(hostile, max_size=4, unique_by=lambda each: each.id))
@example([annotation(1, tags=("a b", "a-b", "!", "a, b"))])
@example([annotation(1, note="It stood there.", links=LINKS)])
@example(
    [annotation(1, note="Refuted by https://town.example/a (seen 30 November 2026)", links=LINKS)]
)
@example([annotation(1, note="{{hidden}} #+begin_quote\n\n#+end_quote", speaker=":a:")])
def test_what_nobody_changed_is_read_as_it_was(name: str, annotations: list[Annotation]) -> None:
    found = read(written(name, *annotations))
    assert found.bad_rows == []
    assert edits(found, name) == {}
    by_key = {each.key: each for each in found.notes}
    assert by_key.keys() == {each.id for each in annotations}
    for each in annotations:
        assert sorted(by_key[each.id].tags) == sorted(each.tags)


def of_many_articles(name: str, count: int) -> str:
    """Return a file of as many articles as notes."""
    items = [
        ExportedArticle(
            replace(ARTICLE, id=f"01JD0000000000000000{number:06}"), (annotation(number),), None
        )
        for number in range(count)
    ]
    return render(items, exported=WHEN, format_name=name)


@pytest.mark.parametrize("name", FORMATS)
def test_reading_many_articles_takes_time_that_grows_with_the_file(name: str) -> None:
    few, many = (of_many_articles(name, count) for count in (50, 400))
    assert len(read(many).sources) == 400
    assert sum(len(each.notes) for each in read(many).sources) == 400
    assert work(lambda: read(many)) < 10 * work(lambda: read(few))


@pytest.mark.parametrize("name", FORMATS)
def test_what_recognised_a_file_is_not_done_twice_to_read_it(name: str) -> None:
    text = of_many_articles(name, 50).encode()
    fresh, known = GivenFile(text, "file"), GivenFile(text, "file")
    kind = recognise(known)
    assert kind is not None
    assert 2 * work(lambda: list(kind.read(known))) < work(lambda: list(kind.read(fresh)))


CHANGES: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "a mark at the start": lambda text: f"\ufeff{text}",
    "more empty lines": lambda text: re.sub(r"\n\n(?=\w)", "\n\n\n", text),
    "own heading": lambda text: (
        text + ("\n* Mine\n\nMy own text.\n" if "#+title" in text else "- Mine\n\t- My own text.\n")
    ),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_that_only_an_editor_changed_has_no_edits(
    name: str, change: str, encoding: str
) -> None:
    data = CHANGES[change](written(name, *THREE)).encode(encoding)
    found = read(data)
    assert (edits(found, name), found.bad_rows, len(found.notes)) == ({}, [], 3)


words = st.text(st.sampled_from("abc é字-'"), min_size=1, max_size=12).map(str.strip)
plain_words = words.filter(lambda text: text[:1].isalpha() and len(text) > 1)


@given(
    note=st.none() | st.lists(plain_words, max_size=3).map("\n\n".join),
    tags=st.none() | st.lists(plain_words, min_size=1, max_size=3),
    speaker=st.none() | st.just("") | plain_words,
    status=st.none() | st.just("") | plain_words,
    quote=st.none() | plain_words,
    change=st.sampled_from([*CHANGES]),
)
def test_each_edit_of_org_is_read_and_nothing_else(  # noqa: PLR0917  (what a person may edit)
    note: str | None,
    tags: list[str] | None,
    speaker: str | None,
    status: str | None,
    quote: str | None,
    change: str,
) -> None:
    text = written("org", *THREE)
    expected: dict[str, object] = {}
    if note is not None:
        text = text.replace("First.", note)
        expected["note"] = note
    if tags is not None:
        names = list(dict.fromkeys(re.sub(r"[^\w@#%]+", "_", each).strip("_") for each in tags))
        text = text.replace(":claim:fact_check:", f":{':'.join(['fact_check', *names])}:")
        expected["tags"] = tuple(dict.fromkeys(("fact-check", *names)))
    if speaker is not None:
        text = text.replace(":SPEAKER:  Ana Lind\n", f":SPEAKER: {speaker}\n" if speaker else "")
        expected["speaker"] = speaker
    if status is not None:
        text = text.replace("Lind\n", f"Lind\n:STATUS: {status}\n") if speaker is None else text
        expected |= {"status": status} if status and speaker is None else {}
    if quote is not None:
        text = text.replace("Passage 1 of the text.\n#", f"{quote}\n#")
        expected["quote"] = quote
    found = edits(read(CHANGES[change](text)), "org")
    assert found == ({"1": expected} if expected else {})


@given(
    note=st.none() | plain_words,
    block=st.none() | plain_words,
    tags=st.none() | st.lists(plain_words, min_size=1, max_size=3, unique=True),
    speaker=st.none() | st.just("") | plain_words,
    quote=st.none() | plain_words,
    change=st.sampled_from([*CHANGES]),
)
def test_each_edit_of_a_page_is_read_and_nothing_else(  # noqa: PLR0917  (what a person may edit)
    note: str | None,
    block: str | None,
    tags: list[str] | None,
    speaker: str | None,
    quote: str | None,
    change: str,
) -> None:
    text = written("logseq", *THREE)
    expected: dict[str, object] = {}
    if note is not None or block is not None:
        below = f"\n\t- {block}\n\t  collapsed:: true\n\t\t- within" if block else ""
        text = text.replace("- First.", f"- {note or 'First.'}{below}")
        expected["note"] = (note or "First.") + (f"\n\n{block}\n- within" if block else "")
    if tags is not None:
        shown = [tags[0], *(f"[[{each}]]" for each in tags[1:])]
        text = text.replace("tags:: claim, fact-check", f"tags:: claim, {', '.join(shown)}")
        expected["tags"] = tuple(dict.fromkeys(("claim", *tags)))
    if speaker is not None:
        line = "  speaker:: Ana Lind\n"
        text = text.replace(line, f"  speaker:: [[{speaker}]]\n" if speaker else "")
        expected["speaker"] = speaker
    if quote is not None:
        text = text.replace("> Passage 1 of the text.", f"> {quote}")
        expected["quote"] = quote
    found = edits(read(CHANGES[change](text)), "logseq")
    assert found == ({"1": expected} if expected else {})


@pytest.mark.parametrize(
    "markdown",
    [
        "- one\n- two\n  - three",
        "1. one\n2. two\n\n> quoted\n\n**strong** and `code`",
        "```python\n# x\n- y\n```",
        "```\nopen",
        "<div>\n\n- open",
        "status:: mine\n\n#+BEGIN_QUERY",
        "It rose by {{26 per cent}} in {{May}}.",
        "| a |\n| --- |\n| b |",
    ],
)
def test_a_note_of_which_a_word_was_added_in_logseq_is_else_the_same(markdown: str) -> None:
    text = written("logseq", annotation(1, note=f"{markdown}\n\nLast."))
    (note,) = read(text.replace("Last.", "Last words.")).notes
    assert note.note == f"{markdown}\n\nLast words."
    assert note.base["note"] == part_digest(f"{markdown}\n\nLast.")


def test_what_logseq_does_to_a_page_is_no_edit() -> None:
    text = written("logseq", *THREE)
    head, _, body = text.partition("\n\n")
    as_block = "- " + head.replace("\n", "\n  ") + "\n" + body
    spaces = body.replace("\t", "  ")
    noted = body.replace("\t- Third.", "\t- Third.\n\t  id:: 6650f0a1-1111-4222-8333-abcdefabcdef")
    for changed in (as_block, f"{head}\n\n{spaces}", f"{head}\n\n{noted}"):
        assert changed != text
        assert (edits(read(changed), "logseq"), len(read(changed).notes)) == ({}, 3)


def test_the_note_of_a_passage_with_evidence_is_what_follows_it() -> None:
    text = written("org", *THREE)
    edited = text.replace("- two", "- two\n- [X] three").replace("(seen 30", "(seen on 30")
    assert edits(read(edited), "org") == {
        "2": {"note": NOTE.replace("- two", "- two\n- [x] three")}
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\nRefuted by [[", "\n  Refuted\n  by [["),
        lambda text: re.sub(r"(?m)^(?=[A-Z-])", "    ", text.replace("#+title", "#+title")),
        lambda text: text.replace("\n\nIs ", "\nIs "),
        lambda text: text.replace("** “Passage 2", "* TODO “Passage 2").replace("#+begin_quote", "#+BEGIN_QUOTE"),
        lambda text: text.replace(":END:\n#+begin", ":END:\n:LOGBOOK:\n- Note taken\n:END:\n#+begin"),
        lambda text: text.replace("#+begin_quote\nPassage 3", "My own.\n\n#+begin_quote\nPassage 3"),
    ],
)  # fmt: skip
def test_what_emacs_does_to_a_file_is_no_edit(change: Callable[[str], str]) -> None:
    changed = change(written("org", *THREE))
    assert changed != written("org", *THREE)
    assert edits(read(changed), "org") == {}


def test_the_exact_tags_may_be_edited_where_they_stand() -> None:
    text = written("org", *THREE).replace("claim, fact-check", "claim, fact-check, old boats")
    assert edits(read(text), "org") == {"1": {"tags": ("claim", "fact-check", "old boats")}}


def test_what_is_damaged_is_left_out_and_named() -> None:
    text = written("org", *THREE)
    for old, new in (("#+end_quote\n\nFirst", "\nFirst"), (":MARGIN_WAS: ", ":MARGIN_WAS: x")):
        found = read(text.replace(old, new, 1))
        assert [each.key[-1] for each in found.notes] == ["2", "3"]
        assert len(found.bad_rows) == 1
    twice = text + text[text.index("* “Passage 1") : text.index("* “Passage 2")]
    assert [each.row for each in read(twice).bad_rows] == [text.count("\n") + 1]
    (source,) = read(text.replace(":ID:       01JD0000000000000000000B01\n", "")).sources
    assert [each.key[-1] for each in source.notes] == ["2", "3"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_several_articles_is_read_as_these(name: str) -> None:
    items = [
        ExportedArticle(ARTICLE, (annotation(1, note="One."),), None),
        ExportedArticle(OTHER, (annotation(2, note="Two."),), None),
    ]
    text = render(items, exported=WHEN, format_name=name).replace("Two.", "Three.")
    found = read(text)
    assert [source.article for source in found.sources] == [ARTICLE.id, OTHER.id]
    assert edits(found, name) == {"2": {"note": "Three."}}


def in_section(number: int, section: str) -> Annotation:
    mark = annotation(number)
    return replace(mark, selector=replace(mark.selector, section=section))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "section", ["TODO list", "DONE", "a*b", r"a\*b", "#1 of 2", "A & B", "x_y_z"]
)
def test_the_section_is_read_as_its_words(name: str, section: str) -> None:
    marks = in_section(1, ""), in_section(2, section)
    found = read(written(name, *marks))
    assert [each.section for each in found.notes] == ["", section]


@given(st.text(st.sampled_from("ab *_\\#&<>[]`~:;!|$^=-1."), min_size=1, max_size=12))
@example("TODO")
def test_any_section_of_a_page_is_read_as_it_was(section: str) -> None:
    (note,) = read(written("logseq", in_section(1, section))).notes
    assert note.section == one_line(section)


@pytest.mark.parametrize("name", FORMATS)
def test_the_title_of_one_of_several_articles_is_no_section(name: str) -> None:
    items = [
        ExportedArticle(ARTICLE, (in_section(1, ""), in_section(2, "Harbours")), None),
        ExportedArticle(OTHER, (in_section(3, ""), in_section(4, "TODO list")), None),
    ]
    found = read(render(items, exported=WHEN, format_name=name))
    assert [each.section for each in found.notes] == ["", "Harbours", "", "TODO list"]


@pytest.mark.parametrize("name", FORMATS)
@given(st.text(max_size=300))
@example("h=%FF t=%ED%A0%80")
def test_any_text_is_read_without_an_error(name: str, text: str) -> None:
    whole = written(name, *THREE)
    read(whole.replace("01JD0000000000000000000B01", text).encode("utf-8", "replace"))
    was = re.compile(r"(MARGIN_WAS:|B01@0) \S+ ")
    read(was.sub(lambda found: f"{found[1]} - {text} ", whole).encode("utf-8", "replace"))
    for each in (text, whole[: len(text) * 9] + text, whole.replace("First.", text)):
        read(each.encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "markdown",
    [
        "Is *it* **so**, ~~no~~? See [the page](https://x.org/a%5Bb) or <https://x.org>.",
        "Code `a=b` and ``a`b``, `~c~`.",
        "- one\n- two\n  - three\n- [ ] open\n- [x] done",
        "3. three\n4. four",
        "```python\n* no heading\n#+end_src\n```",
        "```\nplain\n\ncode\n```",
        "Before.\n\n> quoted words",
        "| a | b |\n| --- | --- |\n| c | d |",
        "One.\n\n---\n\nTwo.",
        "snake_case, 2 * 3 * 4, $5 and $6, {{hidden}}, a/b/c",
        r"\*not so* and mid*dle*",
    ],
)
def test_a_note_that_became_org_becomes_the_same_markdown(markdown: str) -> None:
    org = note_text(read_document(f"\n{markdown}".encode(), kind="markdown"))
    assert markdown_of(org.split("\n")) == markdown
