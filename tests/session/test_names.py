"""Renaming and merging the names of tags and speakers over a whole library, and undoing that."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article
from reader.core.document import Metadata
from reader.core.query.parsing import parse
from reader.errors import ReaderError
from reader.session import Session
from reader.session.batch_changes import NoteId
from reader.session.names import NameKind
from reader.store.library import Library
from tests.store.examples import ARTICLE, annotation

TAGS, SPEAKERS = NameKind.TAGS, NameKind.SPEAKERS

ARTICLES = [
    replace(
        ARTICLE,
        id=f"01K000000000000000000000{number:02}",
        source=f"/texts/{number}.md",
        source_metadata=Metadata(title=f"Story {number}"),
    )
    for number in range(6)
]
NAMES = ("Lucan Prewitt", "Prewitt", "Mr. Prewitt", "lucan prewitt", "Dr. Solvay", "")


def notes_of(number: int) -> list[Annotation]:
    """Return the notes of an article: each speaker once, and the tags fact, facts and claim."""
    tags = [
        ("fact",),
        ("facts", "quote"),
        ("claim", "facts"),
        ("quote",),
        ("fact", "facts"),
        ("x",),
    ]
    return [
        replace(
            annotation(10 * number + at),
            tags=tags[at],
            speaker=NAMES[at],
            note=f"note {number} {at}",
            status="disputed" if at == 2 else None,
        )
        for at in range(len(NAMES))
    ]


def fill(folder: Path) -> Path:
    library = Library(folder)
    for number, article in enumerate(ARTICLES):
        library.save(article.id, article=article, annotations=notes_of(number))
    library.close()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "library")


def stored(folder: Path, articles: list[Article] = ARTICLES) -> dict[str, tuple[Any, ...]]:
    """Return what is on disk of each note."""
    library = Library(folder)
    records = [library.load(article.id) for article in articles]
    library.close()
    return {
        each.id: (each.tags, each.speaker, each.status, each.note)
        for record in records
        for each in record.annotations
    }


def speakers(folder: Path) -> set[str]:
    return {speaker for _, speaker, _, _ in stored(folder).values()}


def test_names_are_counted_with_notes_and_articles(folder: Path) -> None:
    session = Session(folder)
    tags = session.names.counts(TAGS)
    assert [(each.name, each.notes, each.articles) for each in tags] == [
        ("facts", 18, 6), ("fact", 12, 6), ("quote", 12, 6), ("claim", 6, 6), ("x", 6, 6),
    ]  # fmt: skip
    assert {each.name: each.notes for each in session.names.counts(SPEAKERS)} == dict.fromkeys(
        filter(None, NAMES), 6
    )


def test_tags_are_merged_in_their_places_and_undone_by_another_program(folder: Path) -> None:
    before = stored(folder)
    session = Session(folder)
    plan = session.names.plan_merge(TAGS, ["Fact "], "facts")
    assert plan.sentence == "This changes 12 notes in 6 articles."
    session.names.apply(plan)
    tags = [each[0] for each in stored(folder).values()]
    assert tags[:6] == [
        ("facts",), ("facts", "quote"), ("claim", "facts"), ("quote",), ("facts",), ("x",),
    ]  # fmt: skip
    undone = Session(folder).stored_steps.undo()
    assert undone is not None
    assert (undone.label, len(undone.step.changed), undone.kept) == (f"undone: {plan.label}", 12, 0)
    assert stored(folder) == before
    assert Session(folder).stored_steps.undo() is None


def test_a_tag_that_becomes_claim_makes_claims_and_back(folder: Path) -> None:
    before = stored(folder)
    session = Session(folder)
    session.names.apply(session.names.plan_merge(TAGS, ["fact", "facts"], "claim"))
    found = list(stored(folder).values())
    assert [(each[0], each[2]) for each in found[:3]] == [
        (("claim",), "unchecked"), (("claim", "quote"), "unchecked"), (("claim",), "disputed"),
    ]  # fmt: skip
    session.stored_steps.undo()
    assert stored(folder) == before


def test_speakers_are_merged_in_all_their_spellings_and_remembered(folder: Path) -> None:
    before = stored(folder)
    session = Session(folder)
    likely = session.names.likely_merges(session.names.counts(SPEAKERS))
    assert {each.name: each.main_name for each in likely} == dict.fromkeys(
        ["Prewitt", "Mr. Prewitt", "lucan prewitt"], "Lucan Prewitt"
    )
    plan = session.names.plan_merge(SPEAKERS, ["PREWITT", "mr. prewitt"], "Lucan Prewitt")
    session.names.apply(plan)
    plan = session.names.plan_rename(SPEAKERS, "lucan prewitt", "Lucan Prewitt")
    session.names.apply(plan)
    assert speakers(folder) == {"Lucan Prewitt", "Dr. Solvay", ""}
    (count, *_) = session.names.counts(SPEAKERS)
    assert (count.name, count.notes, count.other_names) == (
        "Lucan Prewitt", 24, ("Mr. Prewitt", "Prewitt"),
    )  # fmt: skip
    assert session.names.speakers.main_name("Prewitt") == "Lucan Prewitt"
    later = Session(folder)
    assert later.stored_steps.undo() is not None
    assert later.stored_steps.undo() is not None
    assert stored(folder) == before
    assert later.names.speakers.main_name("Prewitt") == "Prewitt"
    assert later.names.likely_merges(later.names.counts(SPEAKERS)) == likely


def test_undo_leaves_alone_what_was_changed_since(folder: Path) -> None:
    session = Session(folder)
    session.names.apply(session.names.plan_merge(SPEAKERS, ["Prewitt"], "Lucan Prewitt"))
    first = NoteId(ARTICLES[0].id, notes_of(0)[1].id)
    other = Session(folder)
    other.batch_changes.apply("", [first], lambda each: replace(each, speaker="Anna Prewitt"))
    other.names.set_apart("Prewitt")
    undone = session.stored_steps.undo()
    assert undone is not None
    assert (len(undone.step.changed), undone.kept) == (5, 1)
    assert stored(folder)[first.id][1] == "Anna Prewitt"
    assert session.names.speakers.is_apart("Prewitt")


def test_a_file_that_cannot_be_changed_keeps_all_as_it_is(folder: Path) -> None:
    path = sorted(folder.glob("articles/*.json"))[3]
    tables = json.loads(path.read_bytes())
    tables["schema"]["article"]["version"] += 1
    path.write_text(json.dumps(tables))
    before = stored(folder)
    session = Session(folder)
    with pytest.raises(ReaderError, match="later version"):
        session.names.apply(session.names.plan_merge(TAGS, ["fact"], "facts"))
    assert stored(folder) == before
    assert session.stored_steps.undo() is None


@pytest.mark.parametrize(
    ("kind", "name", "new_name", "sentence"),
    [
        (TAGS, "nothing", "facts", "there are: facts"),
        (SPEAKERS, "Nobody", "Somebody", "No note has the speaker 'Nobody'"),
        (TAGS, "fact", "facts", "already, of 18 notes"),
        (TAGS, "claim", "assertion", "keeps its name"),
        (TAGS, "fact", " ", "Write the name"),
        (TAGS, "fact", "a, b", "comma"),
        (SPEAKERS, "Prewitt", "x" * 201, "at most 200"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    folder: Path, kind: NameKind, name: str, new_name: str, sentence: str
) -> None:
    with pytest.raises(ReaderError, match=sentence):
        Session(folder).names.plan_rename(kind, name, new_name)


MERGE = """
import sys
from pathlib import Path
from reader.session import Session
from reader.session.names import NameKind

session = Session(Path(sys.argv[1]))
def stop(stage, done, total):
    if done == 3:
        print("here", flush=True)
        sys.stdin.readline()
session.names.apply(session.names.plan_merge(NameKind.TAGS, ["fact"], "facts"), stop)
"""


def killed_in_the_middle(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", MERGE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()


def facts(folder: Path) -> int:
    return sum("fact" in tags for tags, *_ in stored(folder).values())


def test_a_merge_that_was_killed_goes_on_and_one_undo_takes_all_back(folder: Path) -> None:
    before = stored(folder)
    killed_in_the_middle(folder)
    assert facts(folder) == 6
    assert [each[1:] for each in stored(folder).values()] == [each[1:] for each in before.values()]
    session = Session(folder)
    plan = session.names.plan_merge(TAGS, ["fact"], "facts")
    assert plan.sentence == "This changes 6 notes in 3 articles."
    session.names.apply(plan)
    assert facts(folder) == 0
    session.stored_steps.undo()
    assert stored(folder) == before
    assert session.stored_steps.undo() is None


def test_a_merge_that_was_killed_can_be_taken_back(folder: Path) -> None:
    before = stored(folder)
    killed_in_the_middle(folder)
    undone = Session(folder).stored_steps.undo()
    assert undone is not None
    assert (len(undone.step.changed), undone.kept) == (6, 0)
    assert stored(folder) == before


def test_a_tag_that_another_program_wrote_in_capitals_is_reached_in_any_case(
    folder: Path,
) -> None:
    session = Session(folder)
    first = NoteId(ARTICLES[0].id, notes_of(0)[0].id)
    session.batch_changes.apply(
        "", [first], lambda each: replace(each, tags=("Fact", "x\ny\x1b, z"))
    )
    session.names.apply(session.names.plan_rename(TAGS, "FACT", "fact"))
    assert stored(folder)[first.id][0] == ("fact", "x\ny\x1b, z")
    plan = session.names.plan_rename(TAGS, "x\ny\x1b, z", "z")
    assert "\n" not in plan.label
    session.names.apply(plan)
    assert stored(folder)[first.id][0] == ("fact", "z")
    with pytest.raises(ReaderError, match="has this name already"):
        session.names.plan_rename(TAGS, "fact", "fact")


RENAME = """
import sys
from pathlib import Path
from reader.session import Session
from reader.session.names import NameKind

session = Session(Path(sys.argv[1]))
plan = session.names.plan_merge(NameKind(sys.argv[2]), [sys.argv[3]], sys.argv[4])
print("planned", flush=True)
sys.stdin.readline()
session.names.apply(plan)
session.writer.close()
"""


def test_two_programs_that_rename_at_once_keep_what_each_did(folder: Path) -> None:
    def begun(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", RENAME, str(folder), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )

    before = stored(folder)
    programs = [
        begun("tags", "fact", "facts"),
        begun("speakers", "Prewitt", "Lucan Prewitt"),
        begun("speakers", "Mr. Prewitt", "Lucan Prewitt"),
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == b"planned\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(b"\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
        assert program.returncode == 0
    assert facts(folder) == 0
    assert speakers(folder) == {"Lucan Prewitt", "lucan prewitt", "Dr. Solvay", ""}
    session = Session(folder)
    assert session.names.speakers.other_names("Lucan Prewitt") == ("Mr. Prewitt", "Prewitt")
    assert [each.is_complete for each in session.stored_steps.all()] == [True] * 3
    for _ in programs:
        assert session.stored_steps.undo() is not None
    assert stored(folder) == before


def test_another_name_of_a_speaker_is_completed_and_found_in_queries(folder: Path) -> None:
    session = Session(folder)
    session.names.apply(session.names.plan_merge(SPEAKERS, ["Prewitt"], "Bobby Tables"))
    assert ("Prewitt", 6) in session.queries.values("speaker")
    query = 'speaker:"prewitt" -speaker:lucan -speaker:mr'
    tree = parse(query, datetime(2026, 11, 22)).tree
    assert {each.speaker for each in session.queries.all_notes(tree)} == {"Bobby Tables"}
