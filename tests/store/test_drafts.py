"""Drafts: a note that is being written is kept under the id of its annotation, and nowhere else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.claims import DISPUTED
from reader.store.files.drafts import Draft, Drafts

ID = "01K0000000000000000AAAAAAA"
DRAFT = Draft("Half a thought — ", ("claim", "money"), "Ada One", DISPUTED, "2026-11-22")

texts = st.text(st.characters(exclude_categories=["Cs"]))
drafts = st.builds(
    Draft,
    note=texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    speaker=texts,
    status=st.none() | texts,
    written=texts,
)


@given(drafts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_draft_is_read_as_it_was_written(tmp_path: Path, draft: Draft) -> None:
    kept = Drafts(tmp_path / "drafts")
    kept.write(ID, draft)
    assert Drafts(tmp_path / "drafts").read(ID) == draft


def test_each_annotation_has_its_last_draft_until_that_is_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    kept = Drafts(folder)
    kept.drop(ID)
    assert kept.read(ID) is None
    assert not folder.exists()
    kept.write(ID, DRAFT)
    kept.write("other", replace(DRAFT, note="another"))
    kept.write(ID, replace(DRAFT, note="a whole thought"))
    assert kept.read(ID) == replace(DRAFT, note="a whole thought")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept.drop(ID)
    assert kept.read(ID) is None
    assert [each.name for each in folder.iterdir()] == ["other.json"]


@pytest.mark.parametrize(
    "name", ["", "../outside", "..", "a/b", "/outside", "a.b", "a b", "é", "a\n", "a\0", "a" * 65]
)
def test_an_id_that_is_no_name_of_a_file_has_no_draft(tmp_path: Path, name: str) -> None:
    kept = Drafts(tmp_path / "library" / "drafts")
    kept.write("a", DRAFT)
    outside = tmp_path / "library" / "outside.json"
    outside.write_bytes((tmp_path / "library" / "drafts" / "a.json").read_bytes())
    before = sorted(tmp_path.rglob("*"))
    kept.write(name, DRAFT)
    assert kept.read(name) is None
    kept.drop(name)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("content", [b"", b"{}", b"[1", b"null", b"\xff", b'{"note": "\xff"}'])
def test_a_draft_that_cannot_be_read_is_none_and_is_written_over(
    tmp_path: Path, content: bytes
) -> None:
    kept = Drafts(tmp_path)
    (tmp_path / f"{ID}.json").write_bytes(content)
    assert kept.read(ID) is None
    kept.write(ID, DRAFT)
    assert kept.read(ID) == DRAFT


@pytest.mark.parametrize(
    ("left", "read"),
    [
        (b"written there\n", "written there"),
        (b"\xef\xbb\xbfone\r\ntwo\rthree\r\n\r\n", "one\ntwo\nthree"),
        (b"caf\xe9", "caf\ufffd"),
        (b"", ""),
    ],
)
def test_what_another_program_left_belongs_to_the_draft(
    tmp_path: Path, left: bytes, read: str
) -> None:
    kept = Drafts(tmp_path / "drafts")
    kept.write(ID, DRAFT)
    path = kept.write_text(ID, DRAFT.note)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept.read(ID) == replace(DRAFT, note=DRAFT.note.rstrip())
    path.write_bytes(left)
    assert kept.read_text(ID) == read
    assert kept.read(ID) == replace(DRAFT, note=read)
    kept.drop_text(ID)
    assert kept.read(ID) == DRAFT
    kept.write_text(ID, "again")
    kept.drop(ID)
    assert not list((tmp_path / "drafts").iterdir())


def test_a_name_that_is_no_file_s_is_not_written_for_another_program(tmp_path: Path) -> None:
    kept = Drafts(tmp_path / "drafts")
    with pytest.raises(OSError, match="id"):
        kept.write_text("../up", "words")
    assert kept.read_text("../up") is None
