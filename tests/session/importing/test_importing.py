"""Importing notes: planned first, then made; twice is once; and undone as one step."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reader.core.annotation import Place, PlaceState
from reader.digests import part_digest
from reader.errors import SourceError
from reader.imports.model import ImportedNote, ImportedSource
from reader.session import AnnotationRequest, Session, sources
from reader.session.importing import ArticleFate, Fate
from reader.session.writer import SaveWriter
from reader.store.lists import Lists
from tests.imports import test_databases, test_hypothesis, test_omnivore, test_wallabag
from tests.imports.test_kindle_clippings import TEXT as KINDLE_CLIPPINGS
from tests.session.importing.files import (
    ARTICLE,
    TEXT,
    ULID,
    edit,
    imported,
    notes_of,
    row,
    write_rows,
)


def fates(session: Session, *paths: str) -> list[Fate]:
    return [
        note.fate for source in session.importing.plan(paths).sources() for note in source.notes
    ]


def test_a_plan_changes_nothing_and_says_what_becomes_of_each_note(
    session: Session, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.jsonl", row(1), row(2, quote="nobody read it"), row(3, 7))
    plan = session.importing.plan([path])
    assert [each.fate for each in plan.sources()] == [ArticleFate.NEW] * 2
    assert plan.counts[Fate.NEW] == 3
    assert plan.new_articles == 2
    assert session.articles() == []
    made = session.importing.make(plan)
    assert (made.new_notes, made.new_articles) == (3, 2)
    assert [each.id for each in notes_of(session)] == [ULID.format(each) for each in (1, 2, 3)]
    assert all(each.is_waiting and not each.is_orphaned for each in notes_of(session))


def test_what_is_imported_twice_is_there_once(session: Session, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", row(1, tags=["claim"], status="disputed"), row(2))
    imported(session, path)
    before = notes_of(session)
    plan = session.importing.plan([path])
    assert not plan.changes
    assert plan.counts == {Fate.SAME: 2}
    assert session.importing.make(plan).step_id == ""
    assert notes_of(session) == before
    assert before[0].status == "disputed"


def test_into_the_library_that_it_came_from_nothing_is_changed(
    session: Session, tmp_path: Path
) -> None:
    article = tmp_path / "ledger.md"
    article.write_text(TEXT, encoding="utf-8")
    request = AnnotationRequest("Nobody asked who wrote it", tags=["claim"], note="Who?")
    note, _ = session.annotate(str(article), request)
    out = tmp_path / "out"
    out.mkdir()
    session.export(None, target=out, format_name="jsonl")
    path = str(next(out.iterdir()))
    assert fates(session, path) == [Fate.SAME]
    edit(session, note.id, note="Who, and when?", tags=("quote",))
    assert not session.importing.plan([path]).changes
    other = Session(tmp_path / "other")
    imported(other, path)
    (copy,) = notes_of(other)
    assert (copy.id, copy.note, copy.tags, copy.status) == (
        note.id,
        "Who?",
        ("claim",),
        "unchecked",
    )


def test_a_note_finds_its_place_in_a_text_of_the_library(session: Session, tmp_path: Path) -> None:
    article = tmp_path / "ledger.md"
    article.write_text(TEXT, encoding="utf-8")
    loading = session.open(str(article))
    session.save_all()
    rows = [
        row(1, url="", source=str(article)),
        row(2, url="", source=str(article), quote="The town kept a second book.", start=150),
        row(3, url="", source=str(article), quote="Nobody wondered who it was that wrote it"),
        row(4, url="", source=str(article), quote="Not a word of this"),
    ]
    made = imported(session, write_rows(tmp_path / "a.jsonl", *rows))
    assert made.new_articles == 0
    exact, second, _, lost = notes_of(session)
    text = loading.open_article.state.document.text
    assert text[slice(*exact.range)] == "Nobody asked who wrote it"
    assert exact.selector.snapshot
    assert second.range.start == text.rindex("The town kept")
    assert lost.place.state is PlaceState.ORPHANED


def test_a_change_there_is_taken_and_a_change_here_stays(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    imported(session, write_rows(path, row(1, note="old"), row(2, note="old"), row(3, note="old")))
    edit(session, ULID.format(2), note="mine", tags=("quote", "mine"))
    edit(session, ULID.format(3), note="mine")
    rows = [row(1, note="new", tags=["fact"]), row(2, note="old"), row(3, note="new")]
    assert fates(session, write_rows(path, *rows)) == [Fate.CHANGED, Fate.SAME, Fate.CONFLICT]
    imported(session, str(path))
    first, second, third = notes_of(session)
    assert (first.note, first.tags) == ("new", ("fact",))
    assert (second.note, second.tags) == ("mine", ("quote", "mine"))
    assert "mine" in third.note
    assert "new" in third.note
    assert fates(session, str(path)) == [Fate.SAME] * 3


def test_what_was_deleted_here_stays_deleted(session: Session, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", row(1), row(2))
    imported(session, path)
    edit(session, ULID.format(1), deleted="2026-11-30T10:00:00.000Z")
    assert fates(session, path) == [Fate.DELETED, Fate.SAME]
    imported(session, path)
    assert [each.id for each in notes_of(session)] == [ULID.format(2)]


def test_an_import_is_undone_and_made_again(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    imported(session, write_rows(path, row(1, note="old")))
    before = notes_of(session)
    made = imported(session, write_rows(path, row(1, note="new"), row(2), row(3, 7)))
    assert len(session.articles()) == 2
    undone = session.stored_steps.undo(made.step_id)
    assert undone is not None
    assert undone.notes == 3
    assert [(each.id, each.note) for each in notes_of(session)] == [(before[0].id, "old")]
    assert len(session.articles()) == 1
    redone = session.stored_steps.redo(made.step_id)
    assert redone is not None
    assert [each.note for each in notes_of(session)] == ["new", "", ""]
    session.stored_steps.undo(made.step_id)
    again = imported(session, str(path))
    assert (again.new_notes, again.changed_notes) == (2, 1)
    assert [each.note for each in notes_of(session)] == ["new", "", ""]


def test_undoing_leaves_alone_what_was_changed_since(session: Session, tmp_path: Path) -> None:
    made = imported(session, write_rows(tmp_path / "a.jsonl", row(1), row(2), row(3, 7)))
    edit(session, ULID.format(1), note="mine")
    undone = session.stored_steps.undo(made.step_id)
    assert undone is not None
    assert undone.kept == 1
    assert [(each.id, each.note) for each in notes_of(session)] == [(ULID.format(1), "mine")]
    assert len(session.articles()) == 1


def test_undoing_leaves_alone_what_was_reviewed_or_put_in_its_place_since(
    session: Session, tmp_path: Path
) -> None:
    made = imported(session, write_rows(tmp_path / "a.jsonl", row(1), row(2), row(3)))
    edit(session, ULID.format(1), review={"due": "2026-12-01T10:00:00.000Z"})
    edit(session, ULID.format(2), place=Place(0, 5, PlaceState.BY_HAND))
    undone = session.stored_steps.undo(made.step_id)
    assert undone is not None
    assert undone.kept == 2
    assert {each.id for each in notes_of(session)} == {ULID.format(1), ULID.format(2)}


def test_an_import_is_made_again_without_what_the_trash_has_lost(
    session: Session, tmp_path: Path
) -> None:
    imported(session, write_rows(tmp_path / "a.jsonl", row(1)))
    made = imported(session, write_rows(tmp_path / "b.jsonl", row(2), row(3, 7)))
    session.stored_steps.undo(made.step_id)
    shutil.rmtree(session.folder / "trash")
    redone = session.stored_steps.redo(made.step_id)
    assert redone is not None
    assert {each.id for each in notes_of(session)} == {ULID.format(1), ULID.format(2)}


def test_a_file_of_no_known_kind_is_named(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Imre,\n", encoding="utf-8")
    with pytest.raises(SourceError, match="jsonl") as error:
        session.importing.plan([str(path)])
    assert str(path) in error.value.message


def test_bad_rows_are_told_and_the_rest_is_imported(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_rows(path, row(1))
    path.write_text(path.read_text() + "{broken\n" + '{"schema": "margin-annotation-1"}\n')
    plan = session.importing.plan([str(path)])
    assert [each.row for each in plan.files[0].bad_rows] == [2, 3]
    assert session.importing.make(plan).new_notes == 1


def test_texts_from_outside_are_cleaned(session: Session, tmp_path: Path) -> None:
    hostile = "a\x1b[31mred\x00\u202e word\r\nnext"
    rows = row(1, quote=hostile, note=hostile, tags=["A,\u202e B", " "], title=hostile)
    imported(session, write_rows(tmp_path / "a.jsonl", rows))
    (note,) = notes_of(session)
    for text in (note.selector.exact, note.note, *note.tags, session.articles()[0].title):
        assert text.isprintable() or "\n" in text
        assert not set(text) & set("\x1b\x00\u202e\x07\r")
    assert note.tags == ("a b",)


def test_edits_of_a_file_of_margins_own_are_taken_back(session: Session, tmp_path: Path) -> None:
    imported(session, write_rows(tmp_path / "a.jsonl", row(1, note="old"), row(2, note="old")))
    edit(session, ULID.format(2), note="mine")
    base = {"note": part_digest("old"), "quote": part_digest("Nobody asked who wrote it")}

    def source(number: int, **parts: Any) -> ImportedSource:
        note = ImportedNote(key=ULID.format(number), tags=("quote",), base=base, **parts)
        return ImportedSource(article=ARTICLE.format(0), notes=(note,))

    edits = [source(1, note="new"), source(2, note="new"), source(1), source(9, note="unknown")]
    taken = session.importing.take_edits([*edits[:2], edits[3]], "edits in Vault")
    assert [each.fate for each in taken.notes] == [Fate.CHANGED, Fate.CONFLICT]
    first, second = notes_of(session)
    assert first.note == "new"
    assert "mine" in second.note
    assert "new" in second.note
    again = session.importing.take_edits([*edits[:2], edits[3]], "edits in Vault")
    assert (again.made.step_id, notes_of(session)) == ("", [first, second])
    session.stored_steps.undo(taken.made.step_id)
    assert [each.note for each in notes_of(session)] == ["old", "mine"]
    edited = source(1, note="old", quote="Nobody knew who wrote it")
    taken = session.importing.take_edits([edited], "edits in Vault")
    assert [each.fate for each in taken.notes] == [Fate.EDITED_PASSAGE]
    assert (taken.made.step_id, len(session.stored_steps.all())) == ("", 2)


def test_an_article_without_a_title_is_called_by_its_address(
    session: Session, tmp_path: Path
) -> None:
    imported(session, write_rows(tmp_path / "a.jsonl", row(title="")))
    (found,) = session.articles()
    assert found.title == "https://example.org/ledger"


def test_edits_in_a_spreadsheet_are_taken_back(session: Session, tmp_path: Path) -> None:
    notes = [
        row(number, note="old", tags=["claim", "sea"], status="unchecked") for number in (1, 2)
    ]
    imported(session, write_rows(tmp_path / "a.jsonl", *notes))
    session.save_all()
    table = tmp_path / "a.csv"
    text = session.export(None, format_name="csv")
    assert isinstance(text, str)
    edit(session, ULID.format(2), note="mine")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    for cells in rows:
        cells[head.index("Note")] = (
            "new" if cells[head.index("Annotation")] == ULID.format(1) else "old"
        )
        cells[head.index("Tags")] = "claim"
        cells[head.index("Status")] = "refuted"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *rows])
    assert fates(session, str(table)) == [Fate.CHANGED, Fate.CHANGED]
    imported(session, str(table))
    first, second = notes_of(session)
    assert (first.note, first.tags, first.status) == ("new", ("claim",), "refuted")
    assert (second.note, second.tags, second.status) == ("mine", ("claim",), "refuted")


def test_what_was_removed_from_the_library_stays_removed(session: Session, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", row(1), row(3, 7))
    imported(session, path)
    first = next(each.id for each in session.articles() if each.title == "The Quiet Ledger")
    session.removals.remove(first)
    grown = write_rows(tmp_path / "b.jsonl", row(1), row(2), row(3, 7))
    removed, known = session.importing.plan([grown]).sources()
    assert (removed.fate, removed.left_out) == (ArticleFate.REMOVED, 2)
    assert known.fate is ArticleFate.KNOWN
    imported(session, grown)
    assert len(session.articles()) == 1
    session.deletions.bring_back(session.deletions.find(removed.removal))
    assert imported(session, grown).new_notes == 1


def test_two_devices_that_import_the_same_file_have_the_same_articles_and_notes(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "clippings.txt"
    path.write_text(KINDLE_CLIPPINGS, encoding="utf-8")
    other = Session(tmp_path / "other")
    for each in (session, other):
        imported(each, str(path))
    assert [each.id for each in session.articles()] == [each.id for each in other.articles()]
    assert [each.id for each in notes_of(session)] == [each.id for each in notes_of(other)]


def test_notes_of_another_library_keep_all_of_their_parts(session: Session, tmp_path: Path) -> None:
    evidence = {"relation": "supports", "kind": "address", "target": "https://example.org/study"}
    given = row(
        1,
        tags=["claim", "own"],
        note="Who?",
        speaker="Imre Dask",
        status="half-true",
        evidence=[{**evidence, "seen": "2026-02-01"}],
        earlier=["Nobody asked who wrote that"],
        wordings=[
            {"words": "Nobody asked who wrote that", "since": "2026-03-01T10:00:00.000Z"},
            {"words": "Nobody asked who wrote it", "since": "2026-04-01T10:00:00.000Z"},
        ],
        section="The second book",
        page="45",
    )
    imported(session, write_rows(tmp_path / "a.jsonl", given))
    (lines,) = [str(session.export(None, format_name="jsonl"))]
    record = json.loads(lines)
    for field in ("id", "article", "quote", "earlier", "wordings", *"note speaker status".split()):
        assert record[field] == given[field]
    for field in ("tags", "section", "page", "created", "modified", "url", "authors"):
        assert record[field] == given[field]
    assert record["evidence"][0].items() >= given["evidence"][0].items()


def test_notes_on_nothing_that_has_a_name_are_kept_under_the_name_of_their_file(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "Interview with Imre.json"
    selector = {"type": "TextQuoteSelector", "exact": "no books"}
    annotations = [
        {"type": "Annotation", "id": f"#{number}", "body": [], "target": {"selector": [selector]}}
        for number in (1, 2)
    ]
    path.write_text(json.dumps(annotations), encoding="utf-8")
    assert imported(session, str(path)).new_notes == 2
    assert [each.title for each in session.articles()] == ["Interview with Imre"]


def test_the_rest_of_very_many_bad_rows_is_counted(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row(1)) + "\n" + "broken\n" * 1_003, encoding="utf-8")
    plan = session.importing.plan([str(path)])
    assert (plan.bad_rows, plan.files[0].remarks) == (1_000, ("3 more rows cannot be read.",))


def test_a_file_of_a_folder_that_is_too_large_is_told(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_SOURCE_BYTES", 1_000)
    folder = tmp_path / "given"
    folder.mkdir()
    large = folder / "KoboReader.sqlite"
    large.write_bytes(test_databases.KOBO)
    (folder / "film.mp4").write_bytes(b"\0" * 2_000)
    rows = write_rows(folder / "a.jsonl", row(1))
    files = {each.name: each for each in session.importing.plan([str(folder)]).files}
    assert files.keys() == {rows, str(large)}
    (remark,) = files[str(large)].remarks
    assert remark.startswith(f"It is left out. {large} has over ")


def test_a_plan_looks_at_the_library_once_after_what_was_done_is_written(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    updates, flushes = Lists.update, SaveWriter.flush

    def update(lists: Lists) -> None:
        done.append("update")
        updates(lists)

    def flush(writer: SaveWriter, timeout: float | None = None) -> bool:
        done.append("flush")
        return flushes(writer, timeout)

    monkeypatch.setattr(Lists, "update", update)
    monkeypatch.setattr(SaveWriter, "flush", flush)
    session.importing.plan([write_rows(tmp_path / "a.jsonl", row(1))])
    assert done == ["flush", "update"]
    done.clear()
    session.importing.plan_documents([write_rows(tmp_path / "a.jsonl", row(1))])
    assert done == ["flush", "update"]


def test_what_was_done_between_a_plan_and_its_making_stays(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.md"
    path.write_text(TEXT, encoding="utf-8")
    rows = write_rows(tmp_path / "a.jsonl", row(1, url="", source=str(path), created=""))
    plan = session.importing.plan([rows])
    imported(session, rows)
    session.open(str(path))
    session.save_all()
    (before,) = notes_of(session)
    assert before.has_place
    edit(session, before.id, note="mine")
    session.importing.make(plan)
    (after,) = notes_of(session)
    assert (after.note, after.place, after.versions) == ("mine", before.place, ())
    (article,) = session.articles()
    assert article.snapshot


def test_sources_without_an_address_of_the_web_stay_apart(session: Session, tmp_path: Path) -> None:
    rows = [
        test_hypothesis.row(
            each, uri=f"urn:x-pdf:{each}", document={}, target=[{"selector": words}]
        )
        for each, words in enumerate([[test_hypothesis.EXACT]] * 2)
    ]
    path = tmp_path / "hypothesis.json"
    path.write_text(test_hypothesis.answer(*rows), encoding="utf-8")
    assert imported(session, str(path)).new_articles == 2
    assert fates(session, str(path)) == [Fate.SAME, Fate.SAME]


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ([test_omnivore.NODE], "Left out: 1 empty note."),
        ([test_wallabag.ENTRY], "Left out: 1 empty note."),
        (
            {
                "list": {
                    "1": {
                        "item_id": "1",
                        "given_url": "https://a.example/",
                        "annotations": [{"quote": "a"}, {"quote": ""}],
                    }
                }
            },
            "Left out: 1 empty note.",
        ),
        (
            [{"user_book_id": 1, "title": "a", "highlights": [{"text": "a", "is_discard": True}]}],
            "Left out: 1 discarded highlight.",
        ),
        (
            [test_hypothesis.row(1, created="yesterday", updated="")],
            "Left out: 1 unreadable date.",
        ),
        (
            [test_wallabag.ENTRY | {"created_at": "soon", "annotations": []}],
            "Left out: 1 unreadable date.",
        ),
        ([test_hypothesis.row(1, tags=["sea", "x" * 101])], "Left out: 1 overlong tag."),
        (
            [test_wallabag.ENTRY | {"tags": ["x" * 101, " "], "annotations": []}],
            "Left out: 1 overlong tag.",
        ),
        (
            [test_hypothesis.row(1), test_hypothesis.row(2, deleted=True)],
            "Left out: 1 deleted annotation.",
        ),
        (
            [test_hypothesis.row(1, text="a"), test_hypothesis.row(1, text="b")],
            "Left out: 1 repeated note.",
        ),
    ],
)
def test_what_is_left_out_of_a_file_is_told(
    session: Session, tmp_path: Path, content: Any, remark: str
) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    (file,) = session.importing.plan([str(path)]).files
    assert remark in file.remarks
