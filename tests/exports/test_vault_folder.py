"""A folder that is kept up to date in which a person writes, too."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace as with_values
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article
from reader.core.document import Metadata
from reader.exports import FORMATS, ExportedArticle, ExportOptions
from reader.exports.leftovers import Leftover, Unbacked
from reader.exports.vault_file import VaultFate, VaultFile
from reader.exports.vault_folder import VaultFolder
from reader.exports.vault_memory import VaultMemory
from tests.exports.test_interchange import LEDGER, OTHER, WHEN, mark

KEPT = [name for name, each in FORMATS.items() if each.form is not None]
"""The formats that can be kept up to date."""

LATER = "2026-12-01T12:00:00.000Z"
ARTICLE = replace(LEDGER, source_metadata=Metadata("The Ledger"))
NOTES = (
    mark(1, "It was so.", note="Was it?", speaker="Imre Dask", status="disputed"),
    mark(5, "And then not.", note="A second note"),
)


def item(*notes: Annotation, article: Article = ARTICLE) -> ExportedArticle:
    return ExportedArticle(article, notes, None)


def folder_of(
    folder: Path, name: str, *, is_dry: bool = False, exported: str = WHEN, format_: Any = None
) -> VaultFolder:
    format_ = format_ or FORMATS[name]
    form = format_.form
    assert form is not None
    options = ExportOptions(exported, has_ids=format_.can_have_ids)
    memory = VaultMemory(None, folder, b"")
    return VaultFolder(folder, format_, form, options, memory, is_dry=is_dry)


def update(folder: Path, name: str, *items: ExportedArticle, **options: Any) -> list[VaultFile]:
    vault = folder_of(folder, name, **options)
    return [vault.update(each) for each in items]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in files(folder)}


def files(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


@pytest.fixture(params=KEPT)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_only_what_changed_is_written(tmp_path: Path, name: str) -> None:
    first = update(tmp_path, name, item(*NOTES), item(mark(1, "x"), article=OTHER))
    assert [(each.fate, each.what) for each in first] == [("new", "2 new"), ("new", "1 new")]
    stats = {each: each.stat() for each in files(tmp_path)}
    again = update(tmp_path, name, item(*NOTES), item(mark(1, "x"), article=OTHER), exported=LATER)
    assert [each.fate for each in again] == ["unchanged", "unchanged"]
    assert {each: each.stat().st_mtime_ns for each in files(tmp_path)} == {
        each: stat.st_mtime_ns for each, stat in stats.items()
    }
    third = update(tmp_path, name, item(NOTES[1]), item(mark(1, "x"), article=OTHER))
    assert [(each.fate, each.what) for each in third] == [("changed", "1 gone"), ("unchanged", "")]
    assert b"It was so" not in (tmp_path / third[0].path).read_bytes()


def test_a_persons_words_stay_where_they_are(tmp_path: Path, name: str) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    text = file.path.read_text(encoding="utf-8")
    at = text.index("A second note")
    start = text.index("It was so")
    begin = text.rindex("\n", 0, text.rindex("\n", 0, start)) + 1
    edited = (
        f"{text[:begin]}\nMy introduction\n\n{text[begin:at]}A second note\n\nMy end, in my words\n"
    )
    edited += text[at + len("A second note") :]
    file.path.write_text(edited, encoding="utf-8")
    changed = (NOTES[0], replace(NOTES[1], status="refuted"), mark(9, "A third one"))
    (again,) = update(tmp_path, name, item(*changed))
    assert (again.fate, again.what) == (VaultFate.CHANGED, "1 new")
    new = again.path.read_text(encoding="utf-8")
    places = [
        new.index(each)
        for each in ("My introduction", "Was it?", "A second note", "My end, in my words")
    ]
    assert places == sorted(places)
    assert "refuted" in new
    assert "A third one" in new
    assert [each.fate for each in update(tmp_path, name, item(*changed))] == ["unchanged"]


FIELDS = {
    "markdown": ("---\n", "aliases:\n  - Mine\n"),
    "org": (":PROPERTIES:\n", ":ROAM_ALIASES: Mine\n"),
    "logseq": ("", "alias:: Mine\n"),
}


def test_a_persons_fields_stay_and_margins_follow_the_library(tmp_path: Path, name: str) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    start, field = FIELDS[name]
    text = file.path.read_text(encoding="utf-8")
    file.path.write_text(text.replace(start, start + field, 1), encoding="utf-8")
    assert update(tmp_path, name, item(*NOTES))[0].fate == VaultFate.UNCHANGED
    article = replace(ARTICLE, source_metadata=Metadata("The Ledger", site="The Courier"))
    (again,) = update(tmp_path, name, item(*NOTES, article=article))
    new = again.path.read_text(encoding="utf-8")
    assert field in new
    assert "The Courier" in new


def test_a_new_title_renames_the_file_unless_a_person_named_it(tmp_path: Path, name: str) -> None:
    update(tmp_path, name, item(*NOTES), item(mark(1, "x"), article=OTHER))
    suffix = FORMATS[name].suffixes[0]
    (tmp_path / f"Notes{suffix}").rename(tmp_path / f"mine{suffix}")
    (tmp_path / f"The Report{suffix}").write_text("a file of mine")
    renamed = [
        replace(each, source_metadata=Metadata(title))
        for each, title in ((ARTICLE, "The Report"), (OTHER, "Other notes"))
    ]
    before = contents(tmp_path)
    plan = update(
        tmp_path, name, item(*NOTES, article=renamed[0]), item(mark(1, "x"), article=renamed[1]),
        is_dry=True,
    )  # fmt: skip
    assert contents(tmp_path) == before
    done = update(
        tmp_path, name, item(*NOTES, article=renamed[0]), item(mark(1, "x"), article=renamed[1])
    )
    assert done == plan
    assert done[0].renamed_from == tmp_path / f"The Ledger{suffix}"
    assert done[0].path.name == f"The Report {ARTICLE.id[-6:].lower()}{suffix}"
    assert done[1].renamed_from is None
    assert sorted(contents(tmp_path)) == sorted(
        [done[0].path.name, f"mine{suffix}", f"The Report{suffix}"]
    )
    assert (tmp_path / f"The Report{suffix}").read_text() == "a file of mine"


def test_files_that_a_person_moved_are_found_and_copies_are_left_alone(
    tmp_path: Path, name: str
) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    below = tmp_path / "read" / file.path.name
    below.parent.mkdir()
    file.path.rename(below)
    hidden = tmp_path / ".trash" / file.path.name
    hidden.parent.mkdir()
    hidden.write_bytes(below.read_bytes())
    copy = tmp_path / "read" / f"A copy{below.suffix}"
    copy.write_bytes(below.read_bytes())
    before = contents(tmp_path)
    (again,) = update(tmp_path, name, item(NOTES[0]))
    assert again.path == below
    assert copy.name in again.remark
    after = contents(tmp_path)
    assert {key for key in before if before[key] != after[key]} == {f"read/{below.name}"}


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The inodes of the files and folders that were made durable."""
    inodes: set[int] = set()
    sync = os.fsync

    def noting(descriptor: int) -> None:
        inodes.add(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    return inodes


@pytest.mark.parametrize("title", ["The Ledger", "The Report"])
def test_the_names_in_all_folders_that_were_written_are_durable(
    tmp_path: Path, name: str, synced: set[int], title: str
) -> None:
    files = update(tmp_path, name, item(*NOTES), item(mark(1, "x"), article=OTHER))
    folders = [tmp_path / each for each in ("", "read", "linked", "elsewhere")]
    for folder in folders[1:]:
        folder.mkdir()
    files[0].path.rename(folders[1] / files[0].path.name)
    link = folders[2] / files[1].path.name
    files[1].path.rename(folders[3] / f"file{link.suffix}.kept")
    link.symlink_to(folders[3] / f"file{link.suffix}.kept")
    synced.clear()
    vault = folder_of(tmp_path, name)
    vault.update(item(NOTES[0], article=replace(ARTICLE, source_metadata=Metadata(title))))
    vault.update(item(mark(2, "y"), article=OTHER))
    vault.close()
    assert [each.stat().st_ino in synced for each in folders] == [False, True, False, True]


def test_a_folder_in_which_nothing_was_written_is_not_made_durable(
    tmp_path: Path, name: str, synced: set[int]
) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    below = tmp_path / "read" / file.path.name
    below.parent.mkdir()
    file.path.rename(below)
    synced.clear()
    left = Unbacked("it is not in this library", {}, is_known=False)
    gone = Unbacked("gone", {each.id: each for each in NOTES})
    for known, is_dry, are_synced in (
        (left, False, False), (gone, True, False), (gone, False, True)
    ):  # fmt: skip
        vault = folder_of(tmp_path, name, is_dry=is_dry)
        assert len(list(vault.clear({ARTICLE.id: known}.get))) == 1
        vault.close()
        assert (below.parent.stat().st_ino in synced) == are_synced
        assert tmp_path.stat().st_ino not in synced


def test_a_file_that_another_program_writes_meanwhile_keeps_what_it_wrote(
    tmp_path: Path, name: str
) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    format_ = FORMATS[name]
    edits = iter([b"\nwritten meanwhile\n"])

    def write(items: Any, options: ExportOptions) -> Iterator[str]:
        for edit in edits:  # after the file was read, before it is replaced
            with file.path.open("ab") as opened:
                opened.write(edit)
        yield from format_.write(items, options)

    vault = folder_of(tmp_path, name, format_=with_values(format_, write=write))
    assert vault.update(item(NOTES[0])).fate == VaultFate.CHANGED
    text = file.path.read_text(encoding="utf-8")
    assert "written meanwhile" in text
    assert "A second note" not in text
    edits = iter([b"\nand as the title changed\n"])
    renamed = replace(ARTICLE, source_metadata=Metadata("The Report"))
    vault = folder_of(tmp_path, name, format_=with_values(format_, write=write))
    done = vault.update(item(*NOTES, article=renamed))
    assert (done.fate, done.renamed_from) == (VaultFate.CHANGED, file.path)
    assert list(files(tmp_path)) == [done.path]
    text = done.path.read_text(encoding="utf-8")
    assert "written meanwhile" in text
    assert "and as the title changed" in text
    assert "A second note" in text


def test_ends_of_lines_stay_as_they_are_and_no_bytes_are_lost(tmp_path: Path, name: str) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    file.path.write_bytes(file.path.read_bytes().replace(b"\n", b"\r\n") + b"mine\r\n")
    assert update(tmp_path, name, item(NOTES[0]))[0].fate == VaultFate.CHANGED
    data = file.path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    file.path.write_bytes(data + b"caf\xe9\r\n")
    assert folder_of(tmp_path, name).edited([ARTICLE.id]) == {}
    (failed,) = update(tmp_path, name, item(*NOTES))
    assert (failed.fate, failed.remark) == (VaultFate.FAILED, "it is not UTF-8 text")
    assert file.path.read_bytes() == data + b"caf\xe9\r\n"


def test_what_a_killed_writer_left_is_removed(tmp_path: Path, name: str) -> None:
    left = tmp_path / ".margin-999999999-0123abcd.tmp"
    left.write_text("half")
    os.utime(left, (0, 0))
    update(tmp_path, name, item(*NOTES), is_dry=True)
    assert left.exists()
    update(tmp_path, name, item(*NOTES))
    assert not left.exists()


def test_links_stay_links_and_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (file,) = update(tmp_path / "vault", name, item(*NOTES))
    elsewhere = tmp_path / f"elsewhere{file.path.suffix}"
    file.path.rename(elsewhere)
    file.path.symlink_to(elsewhere)
    assert update(tmp_path / "vault", name, item(NOTES[0]))[0].fate == VaultFate.CHANGED
    assert file.path.is_symlink()
    assert b"A second note" not in elsewhere.read_bytes()
    if os.geteuid():
        elsewhere.chmod(0o444)
        (failed,) = update(tmp_path / "vault", name, item(*NOTES))
        assert (failed.fate, failed.remark) == (VaultFate.FAILED, "it is read-only")
    taken = tmp_path / "file"
    taken.write_text("")
    (failed,) = update(taken, name, item(*NOTES))
    assert failed.fate == VaultFate.FAILED


def test_names_that_a_file_system_may_not_tell_apart_are_not_used_twice(
    tmp_path: Path, name: str
) -> None:
    articles = [
        replace(each, source_metadata=Metadata(title))
        for each, title in ((LEDGER, "Water"), (OTHER, "WATER"))
    ]
    done = update(tmp_path, name, *(item(mark(1, "x"), article=each) for each in articles))
    assert len({each.path.name.casefold() for each in done}) == 2


def gone(folder: Path, name: str, **options: Any) -> list[Leftover]:
    known = {each.id: each for each in NOTES}
    return list(
        folder_of(folder, name, **options).clear(lambda _: Unbacked("its notes are gone", known))
    )


def test_what_is_gone_is_taken_out_and_a_persons_words_stay(tmp_path: Path, name: str) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    text = file.path.read_bytes()
    assert [each.outcome for each in gone(tmp_path, name, is_dry=True)] == ["removed"]
    assert [each.outcome for each in gone(tmp_path, name)] == ["removed"]
    file.path.write_bytes(text.rstrip(b"\n") + b"\n\nMine, at the end.\n")
    assert [each.outcome for each in gone(tmp_path, name, is_dry=True)] == ["emptied"]
    assert [each.outcome for each in gone(tmp_path, name)] == ["emptied"]
    left = file.path.read_text(encoding="utf-8")
    assert "Mine, at the end." in left
    assert "It was so" not in left
    replaced = FORMATS[name].update
    assert replaced is not None
    assert "It was so" in replaced(left, text.decode()).content
    assert gone(tmp_path, name) == []
    (again,) = update(tmp_path, name, item(*NOTES))
    assert again.path == file.path
    new = file.path.read_text(encoding="utf-8")
    assert "Mine, at the end." in new
    assert "It was so" in new


def test_a_note_that_the_library_lost_stays_in_its_file(tmp_path: Path, name: str) -> None:
    (file,) = update(tmp_path, name, item(*NOTES))
    text = file.path.read_bytes()
    known = {NOTES[0].id: NOTES[0]}
    (left,) = folder_of(tmp_path, name).clear(lambda _: Unbacked("its notes are gone", known))
    assert (left.outcome, file.path.read_bytes()) == ("left", text)
    assert left.reason.startswith("the library does not have 1 of its annotations")
    vault = folder_of(tmp_path, name)
    done = vault.update(item(NOTES[0]), known)
    assert (done.fate, file.path.read_bytes()) == (VaultFate.CONFLICT, text)
    assert done.sentence.startswith("the library does not have 1 of its annotations; ")
    assert folder_of(tmp_path, name).update(item(NOTES[0])).fate == VaultFate.CHANGED


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.sampled_from(KEPT))
def test_no_word_of_a_person_is_lost_in_any_number_of_rounds(
    tmp_path_factory: pytest.TempPathFactory, choose: random.Random, name: str
) -> None:
    folder = tmp_path_factory.mktemp("vault")
    notes = list(NOTES)
    words: set[str] = set()
    for number in range(4):
        notes = changed(notes, choose, number)
        update(folder, name, item(*notes))
        (path,) = files(folder)
        assert words <= set(re.findall(r"mine\d+x\d+", path.read_text(encoding="utf-8")))
        assert [each.fate for each in update(folder, name, item(*notes))] == ["unchanged"]
        lines = path.read_text(encoding="utf-8").split("\n")
        for place in range(choose.randint(0, 3)):
            word = f"mine{number}x{place}"
            words.add(word)
            at = choose.randrange(body_start(lines, name), len(lines))
            if choose.random() < 0.5 and lines[at].strip():
                lines[at] += f" {word}" if is_free(lines[at], name) else f"\n{word}"
            else:
                lines[at:at] = choose.choice([[word], ["", word, ""]])
        path.write_text("\n".join(lines), encoding="utf-8")


def changed(notes: list[Annotation], choose: random.Random, number: int) -> list[Annotation]:
    """Return the notes of a library after some work with it."""
    kept = [each for each in notes if choose.random() < 0.8]
    kept = [replace(each, note=f"now {number}") if choose.random() < 0.3 else each for each in kept]
    return [*kept, mark(choose.randint(0, 9), f"new in {number}", note=f"note {number}")]


def body_start(lines: list[str], name: str) -> int:
    """Return the first line that is of no field; a person who breaks these breaks the file."""
    ends = {"markdown": "---", "org": ":END:", "logseq": ""}
    return lines.index(ends[name], 1) + 1


def is_free(line: str, name: str) -> bool:
    """Return whether a person's words in a line are not taken back into the library."""
    form = FORMATS[name].form
    assert form is not None
    return not form.is_margins(line) and not line.startswith(("<!-- ", "-->", "{", "["))
