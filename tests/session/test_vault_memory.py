"""What is known of a vault's files: it spares work, and changes nothing of what an update does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace as with_values
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from reader.core.document import Metadata
from reader.exports import FORMATS, ExportedArticle, ExportOptions
from reader.exports.vault_memory import VaultMemory
from reader.session import Session
from reader.session.vault_export import VaultFate, VaultUpdate
from reader.store.files.paths import LibraryPaths
from reader.store.library import Library
from tests.session.test_vault_export import annotate, in_file, library, set_in_library, update

QUOTE = "was closed"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = library(tmp_path)
    for _ in range(2):
        update(session, tmp_path)
    return session


def file_of(folder: Path) -> Path:
    return next((folder / "vault").rglob("*.md"))


def memory(folder: Path) -> Path:
    return LibraryPaths(folder / "library").vaults


def forgetful(session: Session, folder: Path) -> VaultUpdate:
    """Return the plan of a program that knows nothing of the files."""
    shutil.rmtree(memory(folder), ignore_errors=True)
    return update(session, folder, is_dry=True)


def test_what_is_unchanged_is_not_rendered(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    markdown = FORMATS["markdown"]

    def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
        for item in items:
            rendered.append(item.article.id)
            yield from markdown.write([item], options)

    monkeypatch.setitem(FORMATS, "markdown", with_values(markdown, write=write))
    for is_dry in (True, False):
        done = session.update_vault(tmp_path / "vault", format_name="markdown", is_dry=is_dry)
        assert [each.fate for each in done.files] == [VaultFate.UNCHANGED]
    assert not rendered
    annotate(session, tmp_path, QUOTE)
    for fate in (VaultFate.CHANGED, VaultFate.UNCHANGED):
        done = session.update_vault(tmp_path / "vault", format_name="markdown")
        assert [each.fate for each in done.files] == [fate]
    assert len(rendered) == 1


def edit_unseen(_: Session, folder: Path) -> None:
    """Change words of a note in a file in place, and leave its size and its time as they were."""
    path = file_of(folder)
    before = path.stat()
    with path.open("r+b") as file:
        data = file.read().replace(b"On \xe2\x80\x9ckept", b"At \xe2\x80\x9ckept", 1)
        file.seek(0)
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def edit_both(session: Session, folder: Path) -> None:
    set_in_library(session, 0, note="Changed here.")
    in_file(folder, ("On “kept a second book”.", "Changed there."))


def rename_in_library(session: Session, folder: Path) -> None:
    (article,) = session.articles()
    stored = Library(folder / "library")
    present = stored.load(article.id).article
    stored.save(article.id, article=replace(present, source_metadata=Metadata("Another title")))


def lose_text(_: Session, folder: Path) -> None:
    shutil.rmtree(LibraryPaths(folder / "library").snapshots)


CHANGES: dict[str, Callable[[Session, Path], object]] = {
    "nothing": lambda *_: None,
    "an edit that keeps size and time": edit_unseen,
    "a paragraph": lambda _, folder: in_file(folder, ("\n\n", "\n\nMy own words.\n\n")),
    "an edited passage": lambda _, folder: in_file(folder, ("burned", "buried")),
    "a note": lambda session, _: set_in_library(session, 1, note="Changed."),
    "both": edit_both,
    "a new note": lambda session, folder: annotate(session, folder, QUOTE),
    "a title": rename_in_library,
    "a lost text": lose_text,
    "a file with another name": lambda _, folder: file_of(folder).rename(folder / "vault/mine.md"),
    "a moved file": lambda _, folder: shutil.move(file_of(folder), _made(folder / "vault/below")),
    "a copy": lambda _, folder: shutil.copy(file_of(folder), folder / "vault/copy.md"),
    "a deleted file": lambda _, folder: file_of(folder).unlink(),
    "an emptied file": lambda _, folder: file_of(folder).write_bytes(b""),
    "a removed article": lambda session, _: [
        session.removals.remove(each.id) for each in session.articles()
    ],
}


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_has_the_same_effect_as_if_nothing_were_known(
    session: Session, tmp_path: Path, change: str
) -> None:
    CHANGES[change](session, tmp_path)
    plan = update(session, tmp_path, is_dry=True)
    assert plan == forgetful(session, tmp_path)
    done = update(session, tmp_path)
    assert (done.files, done.gone, done.taken) == (plan.files, plan.gone, plan.taken)
    after = update(session, tmp_path, is_dry=True)
    assert after == forgetful(session, tmp_path)
    assert {each.fate for each in after.files} <= {VaultFate.UNCHANGED, VaultFate.CONFLICT}


@pytest.mark.parametrize("damage", [b"", msgspec.msgpack.encode(["of", 4]), None])
def test_a_damaged_record_only_costs_time(
    session: Session, tmp_path: Path, damage: bytes | None
) -> None:
    (record,) = memory(tmp_path).iterdir()
    record.write_bytes(record.read_bytes()[:-3] if damage is None else damage)
    in_file(tmp_path, ("On “kept a second book”.", "My new note."))
    plan = update(session, tmp_path, is_dry=True)
    assert plan == forgetful(session, tmp_path)
    assert plan.taken


def test_other_options_are_another_record(session: Session, tmp_path: Path) -> None:
    for tags in (["quote"], ["missing"]):
        plan = session.update_vault(tmp_path / "vault", tags=tags, is_dry=True)
        shutil.rmtree(memory(tmp_path), ignore_errors=True)
        assert plan == session.update_vault(tmp_path / "vault", tags=tags, is_dry=True)
        update(session, tmp_path)


def test_records_of_other_folders_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(20):
        vault = VaultMemory(tmp_path / "cache", tmp_path / str(number), b"")
        vault.remember(tmp_path / str(number) / "file.md", "article", b"stamp", b"digest")
        vault.save()
    assert len(list((tmp_path / "cache").iterdir())) <= 16
