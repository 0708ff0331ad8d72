"""A vault that others change while Margin updates it: no word is lost, and the next update ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import ExportError
from reader.progress import EXPORTING, Stage
from reader.session import Session
from reader.session.vault_export import VaultFate, VaultUpdate
from tests.session.test_vault_export import (
    in_file,
    library,
    notes_of,
    set_in_library,
    update,
)

OWN = "My own words."


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return library(tmp_path)


def updated_while(session: Session, folder: Path, act: Callable[[Path], object]) -> VaultUpdate:
    """Update the vault; something happens in its folder after Margin looked through it."""
    acts = [act]

    def report(stage: Stage, done: int, total: int) -> None:
        if stage is EXPORTING and acts:
            acts.pop()(folder / "vault")

    return session.update_vault(folder / "vault", report=report)


def file_in(vault: Path) -> Path:
    return next(vault.glob("*.md"))


def put_in_place_of_file(vault: Path, put: Callable[[Path], object]) -> None:
    path = file_in(vault)
    path.rename(vault.parent / "moved away.md")
    put(path)


ACTS: dict[str, Callable[[Path], object]] = {
    "it is moved away": lambda vault: put_in_place_of_file(vault, lambda _: None),
    "it is renamed": lambda vault: file_in(vault).rename(vault / "mine.md"),
    "a folder takes its place": lambda vault: put_in_place_of_file(vault, Path.mkdir),
    "a broken link takes its place": lambda vault: put_in_place_of_file(
        vault, lambda path: path.symlink_to("/nowhere/at all")
    ),
    "a circle of links takes its place": lambda vault: put_in_place_of_file(
        vault, lambda path: path.symlink_to(path)
    ),
    "a file of the person's takes its place": lambda vault: put_in_place_of_file(
        vault, lambda path: path.write_text("Nothing of Margin's.")
    ),
    "bytes take its place": lambda vault: put_in_place_of_file(
        vault, lambda path: path.write_bytes(b"\xff\xfe\x00")
    ),
    "the folder is moved away": lambda vault: vault.rename(vault.with_name("moved")),
    "a file takes the place of the folder": lambda vault: (
        vault.rename(vault.with_name("moved")),
        vault.write_text("a file"),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_happens_to_a_file_meanwhile_loses_no_word(
    session: Session, tmp_path: Path, act: str
) -> None:
    update(session, tmp_path)
    in_file(tmp_path, ("\n\n", f"\n\n{OWN}\n\n"))
    update(session, tmp_path)
    set_in_library(session, 1, note="Changed in the library.")
    done = updated_while(session, tmp_path, ACTS[act])
    assert all(each.remark for each in done.files if each.fate is VaultFate.FAILED)
    texts = [each.read_bytes() for each in tmp_path.glob("[mv]*/*.md") if each.is_file()]
    texts += [each.read_bytes() for each in tmp_path.glob("moved*.md")]
    assert any(OWN.encode() in each for each in texts)
    if (tmp_path / "vault").is_file():
        (tmp_path / "vault").unlink()
    again = update(session, tmp_path)
    assert not [each for each in again.files if each.is_undone]
    assert {each.fate for each in update(session, tmp_path).files} == {VaultFate.UNCHANGED}


@pytest.mark.parametrize("has_files", [False, True])
def test_two_at_once_write_one_file_for_each_article(
    session: Session, tmp_path: Path, has_files: bool
) -> None:
    if has_files:
        update(session, tmp_path)
        in_file(tmp_path, ("On “kept a second book”.", "My new note."), ("\n\n", f"\n\n{OWN}\n\n"))
    other = Session(tmp_path / "library")
    done = updated_while(session, tmp_path, other.update_vault)
    other.save_all()
    assert not [each for each in done.files if each.is_undone]
    (path,) = (tmp_path / "vault").iterdir()
    assert (OWN in path.read_text(encoding="utf-8")) is has_files
    assert [each.note for each in notes_of(session)].count("My new note.") == has_files
    assert {each.fate for each in update(session, tmp_path).files} == {VaultFate.UNCHANGED}


def test_a_file_of_the_name_that_appears_meanwhile_is_left_alone(
    session: Session, tmp_path: Path
) -> None:
    def put(vault: Path) -> None:
        vault.mkdir()
        (vault / "The Quiet Ledger.md").write_text("a file of mine")

    done = updated_while(session, tmp_path, put)
    assert [each.fate for each in done.files] == [VaultFate.NEW]
    assert (tmp_path / "vault/The Quiet Ledger.md").read_text() == "a file of mine"


@pytest.mark.parametrize("target", ["nowhere", "vault"])
def test_a_link_that_leads_nowhere_is_no_folder(
    session: Session, tmp_path: Path, target: str
) -> None:
    (tmp_path / "vault").symlink_to(tmp_path / target)
    with pytest.raises(ExportError, match="is a link that leads nowhere"):
        update(session, tmp_path)


def test_what_a_killed_writer_left_below_is_removed(session: Session, tmp_path: Path) -> None:
    update(session, tmp_path)
    below = tmp_path / "vault/below"
    below.mkdir()
    file_in(tmp_path / "vault").rename(below / "mine.md")
    left = below / ".margin-999999-0123abcd.tmp"
    left.write_bytes(b"half of it")
    os.utime(left, (0, 0))
    update(session, tmp_path)
    assert [each.name for each in below.iterdir()] == ["mine.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_gets_no_second_one(session: Session, tmp_path: Path) -> None:
    update(session, tmp_path)
    path = file_in(tmp_path / "vault")
    path.chmod(0)
    (done,) = update(session, tmp_path).files
    assert (done.path, done.fate, done.remark) == (path, VaultFate.FAILED, "permission is denied")
    (tmp_path / "vault").chmod(0o300)
    with pytest.raises(ExportError, match="permission is denied"):
        update(session, tmp_path)
    (tmp_path / "vault").chmod(0o700)
    path.chmod(0o600)
    assert [each.fate for each in update(session, tmp_path).files] == [VaultFate.UNCHANGED]
