"""The package for Anki, read back as Anki reads it: a zip with a database of notes and cards."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.errors import ExportError
from reader.exports import FORMATS, ExportedArticle, ExportOptions, anki
from reader.safe_text import DIRECTION_MARKS, unsafe_pattern

WHEN = "2026-11-22T12:00:00.000Z"
LATER = "2026-11-23T12:00:00.000Z"
ARTICLE = Article(
    "01JD0000000000000000000A01", "/home/ana/x.txt",
    Metadata("The Quiet: Ledger", (), "The Courier", url="https://c.example/a?b&c"),
)  # fmt: skip
FORMAT = FORMATS["anki"]


def mark(number: int, words: str, **fields: Any) -> Annotation:
    values = {"tags": ("a claim",), "created": WHEN, "modified": WHEN, **fields}
    return Annotation(f"01JD0000000000000000000B0{number}", Selector(words), Place(number, number + 1), **values)  # fmt: skip


def package(*annotations: Annotation, article: Article = ARTICLE, query: str = "") -> bytes:
    item = ExportedArticle(article, annotations, None, query)
    written = FORMAT.whole([item], ExportOptions(LATER))
    assert isinstance(written, bytes)
    return written


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        assert members.testzip() is None
        assert json.loads(members.read("media")) == {}
        database = members.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        yield connection


def notes(data: bytes) -> dict[str, tuple[list[str], str, int]]:
    with opened(data) as connection:
        rows = connection.execute("SELECT guid, flds, tags, mod FROM notes ORDER BY id").fetchall()
    return {guid: (fields.split("\x1f"), tags.strip(), mod) for guid, fields, tags, mod in rows}


def test_the_words_that_a_note_hides_are_hidden_and_without_any_the_note_is_asked() -> None:
    hiding = mark(
        1,
        "It was 26 per cent,\nsaid Dask",
        note="Ask {{26 per cent}} of {{Dask}}",
        speaker="Imre Dask",
    )
    asking = mark(2, "Nobody counts", note="Why <b>not</b>?", status="disputed")
    bare = mark(3, "Nothing else", speaker="Ana Lind")
    read = notes(package(hiding, asking, bare))
    assert list(read) == [hiding.id, asking.id, bare.id]
    fields, tags, _ = read[hiding.id]
    assert fields[0] == "It was {{c1::26 per cent}},<br>said {{c1::Dask}}"
    assert fields[1] == "Ask 26 per cent of Dask"
    assert fields[2:] == [
        "Imre Dask",
        '<a href="https://c.example/a?b&amp;c">“The Quiet: Ledger”, The Courier, https://c.example/a?b&amp;c</a>',
        ARTICLE.id,
        hiding.id,
    ]
    assert tags == "a_claim"
    fields, tags, _ = read[asking.id]
    assert fields[0] == 'Nobody counts<div class="answer">{{c1::Why &lt;b&gt;not&lt;/b&gt;?}}</div>'
    assert fields[1] == ""
    assert tags == "a_claim status&#58;&#58;disputed".replace("&#58;", ":")
    assert "{{c1::Ana Lind}}" in read[bare.id][0][0]


def test_there_is_one_deck_with_a_card_for_each_note_and_ids_that_stay() -> None:
    first, again = package(mark(1, "a"), mark(2, "b")), package(mark(1, "other words"))
    for data, count in ((first, 2), (again, 1)):
        with opened(data) as database:
            (cards,) = database.execute("SELECT count(*) FROM cards").fetchone()
            assert cards == count
            models, decks = map(
                json.loads, database.execute("SELECT models, decks FROM col").fetchone()
            )
            (model,) = (each for each in models.values() if each["name"] == "Margin")
            assert model["type"] == 1
            assert [each["name"] for each in model["flds"]][-2:] == ["Article", "Annotation"]
            names = {each["name"]: each["id"] for each in decks.values()}
            assert names.keys() == {"Default", "Margin::The Quiet: Ledger"}
            assert {row[0] for row in database.execute("SELECT did FROM cards")} == {names["Margin::The Quiet: Ledger"]}  # fmt: skip
            assert {row[0] for row in database.execute("SELECT mid FROM notes")} == {
                int(model["id"])
            }
    assert notes(first).keys() > notes(again).keys()


def test_anki_takes_a_note_that_was_changed_later_and_only_that() -> None:
    read = notes(package(mark(1, "a"), mark(2, "b", modified=LATER)))
    assert [mod for _, _, mod in read.values()] == [1795348800, 1795435200]


def test_the_same_notes_are_the_same_bytes_and_update_nothing() -> None:
    before = package(mark(1, "a"))
    assert package(mark(1, "a")) == before
    assert anki.update(before, package(mark(1, "a"))).content == before
    changed = package(mark(1, "a", note="more"))
    assert anki.update(before, changed).content == changed
    assert FORMAT.is_own is not None
    assert FORMAT.is_own(before, {})
    buffer = io.BytesIO(before)
    with zipfile.ZipFile(buffer, "a") as members, pytest.warns(UserWarning, match="Duplicate"):
        members.writestr("collection.anki2", b"mine")
    assert not FORMAT.is_own(buffer.getvalue(), {})


def test_a_package_says_what_is_in_it() -> None:
    data = package(mark(1, "a"), query="tag:claim is:open")
    assert anki.article_ids(data) == [ARTICLE.id]
    assert anki.query_of(data) == "tag:claim is:open"
    assert anki.shows_tag(data, ["a claim"])
    assert not anki.shows_tag(data, ["quote"])


@given(st.binary(max_size=80), st.integers(0, 4000))
def test_no_other_file_is_taken_for_a_package(junk: bytes, at: int) -> None:
    data = package(mark(1, "a"))
    for each in (junk, data[:at], data[:at] + junk + data[at + len(junk) :]):
        ids = anki.article_ids(each)
        assert ids in ([], [ARTICLE.id])
        anki.query_of(each)
        anki.is_own(each, {})


@given(st.text(max_size=30), st.text("{}:[]c1&<>\\$ x", max_size=30))
def test_no_text_makes_a_field_a_sound_or_hidden_words_of_its_own(
    any_text: str, signs: str
) -> None:
    for text in (any_text, signs):
        annotation = mark(1, f"x{text}", note=text, speaker=text, tags=(text,), status=text or None)
        article = replace(ARTICLE, source_metadata=Metadata(text), tags=(text,))
        (fields, tags, _) = next(iter(notes(package(annotation, article=article)).values()))
        joined = "".join(fields)
        inside = joined.split("{{c1::")
        assert joined.count("{{") == joined.count("}}") == len(inside) - 1
        assert all("::" not in part.split("}}")[0] for part in inside[1:])
        assert "[" not in joined
        marks = re.sub(f"[{DIRECTION_MARKS}]", "", joined + tags)
        assert not unsafe_pattern().search(marks)


def test_without_genanki_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ExportError, match=r"Anki needs one more package: .* genanki"):
        package(mark(1, "a"))
