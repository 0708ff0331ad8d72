"""Archives with articles and their highlights, imported whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from reader.core.annotation import PlaceState
from reader.errors import SourceError
from reader.progress import LOOKING
from reader.session import Session
from reader.session.importing import unpacked
from tests.imports import test_databases, test_pocket
from tests.imports.reading import archive
from tests.imports.test_omnivore import HTML, packed
from tests.session.importing.files import imported, notes_of


def test_highlights_are_placed_in_the_texts_of_the_archive(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "omnivore.zip"
    highlights = (
        "> Tides keep no books. \n\n#sea\n\nIs it?\n\n> gone from the page \n\nOn all\n\n\n\n"
    )
    path.write_bytes(packed(**{"highlights/the-quiet-ledger.md": highlights}))
    made = imported(session, str(path))
    assert (made.new_articles, made.new_notes) == (2, 3)
    placed = [(each.selector.exact, each.place.state, each.note) for each in notes_of(session)]
    assert ("Tides keep no books.", PlaceState.EXACT, "Is it?") in placed
    assert ("gone from the page", PlaceState.ORPHANED, "") in placed
    assert imported(session, str(path)).step_id == ""


def test_a_text_that_is_damaged_is_told_and_its_notes_are_kept(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "omnivore.zip"
    data = packed(**{"highlights/the-quiet-ledger.md": "> Tides keep no books. "})
    start = data.index(b"content/the-quiet-ledger.html") + len("content/the-quiet-ledger.html")
    path.write_bytes(data[:start] + b"\xff" * 8 + data[start + 8 :])
    made = imported(session, str(path))
    assert [each for each in made.remarks if "the-quiet-ledger.html" in each]
    assert [each.selector.exact for each in notes_of(session)] == ["Tides keep no books."]


def test_an_archive_that_was_unpacked_is_read_like_the_archive(
    session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "omnivore"
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        archive.extractall(folder)
    (folder / "own.md").write_text("---\nurl: https://a.example/ships\n---\n> Forty ships.\n")
    (tmp_path / "omnivore.zip").write_bytes(packed())
    whole, unpacked, own = (
        file
        for path in (tmp_path / "omnivore.zip", folder)
        for file in session.importing.plan([str(path)]).files
    )
    assert [each.title for each in unpacked.sources] == [each.title for each in whole.sources]
    assert [len(each.notes) for each in unpacked.sources] == [
        len(each.notes) for each in whole.sources
    ]
    assert unpacked.bad_rows == whole.bad_rows
    assert [each.address for each in own.sources] == ["https://a.example/ships"]


def test_a_table_of_pocket_and_its_highlights_in_a_folder_are_one(
    session: Session, tmp_path: Path
) -> None:
    (tmp_path / "pocket" / "annotations").mkdir(parents=True)
    (tmp_path / "pocket" / "part_000000.csv").write_text(test_pocket.TABLE)
    (tmp_path / "pocket" / "annotations" / "part_000000.json").write_text(
        json.dumps(test_pocket.HIGHLIGHTS)
    )
    (file,) = session.importing.plan([str(tmp_path / "pocket")]).files
    assert len(file.sources) == 3


HIGHLIGHT = "---\nurl: https://a.example/ships\n---\n> Forty ships.\n"


def written(folder: Path, files: Mapping[str, str | bytes]) -> str:
    """Write files into a folder by their paths in it; return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(folder)


@pytest.mark.parametrize(
    "files",
    [
        {"pocket/part_000000.csv": test_pocket.TABLE, "vault/annotations/a.md": HIGHLIGHT},
        {"pocket/part_000000.csv": test_pocket.TABLE, "pocket/annotations/a.md": HIGHLIGHT},
        {"part_000000.csv": test_pocket.TABLE, "vault/annotations/a.md": HIGHLIGHT},
        {"metadata_x.json": "{}", "site/content/b.md": HIGHLIGHT},
        {"metadata_x.json": "{}", "content/b.md": HIGHLIGHT, "highlights/c.html": HTML},
        {"app/metadata_x.json": "[]", "highlights/b.md": HIGHLIGHT},
        {"AEAnnotation_x.sqlite": b"", "BKLibrary_x.sqlite": b"", "b.md": HIGHLIGHT},
    ],
)
def test_files_that_make_no_archive_are_read_one_by_one(
    session: Session, tmp_path: Path, files: Mapping[str, str | bytes]
) -> None:
    plan = session.importing.plan([written(tmp_path / "given", files)])
    with_notes = [each for file in plan.files for each in file.sources if each.notes]
    assert [each.address for each in with_notes] == ["https://a.example/ships"]
    assert "omnivore" not in [each.kind for each in plan.files]


def test_a_file_of_a_folder_of_which_no_row_can_be_read_is_told(
    session: Session, tmp_path: Path
) -> None:
    table = "Highlight,Title\n,Tides\n"
    files: dict[str, str | bytes] = {"readwise.csv": table, "b.md": HIGHLIGHT}
    plan = session.importing.plan([written(tmp_path / "given", files)])
    assert [(each.kind, len(each.bad_rows)) for each in plan.files] == [
        ("obsidian", 0),
        ("readwise", 1),
    ]


def test_each_folder_with_an_archive_is_one(session: Session, tmp_path: Path) -> None:
    highlights = {"highlights/the-quiet-ledger.md": "> Tides keep no books. "}
    for name in ("first", "second"):
        with zipfile.ZipFile(io.BytesIO(packed(**highlights))) as archive:
            archive.extractall(tmp_path / "exports" / name)
    reports: list[int] = []
    plan = session.importing.plan(
        [str(tmp_path / "exports")],
        report=lambda stage, _, total: reports.append(total) if stage is LOOKING else None,
    )
    assert [(each.name, each.kind) for each in plan.files] == [
        (str(tmp_path / "exports" / name), "omnivore") for name in ("first", "second")
    ]
    assert reports


@pytest.mark.parametrize("notes", ["AEAnnotation/", ""])
@pytest.mark.parametrize("above", ["", "Documents/", "backup/Data/Documents/"])
def test_the_databases_of_apple_books_stay_together(
    session: Session, tmp_path: Path, notes: str, above: str
) -> None:
    books = "BKLibrary/" if notes else ""
    files: dict[str, str | bytes] = {
        f"{above}{notes}AEAnnotation_v1_local.sqlite": test_databases.APPLE,
        f"{above}{books}BKLibrary-1.sqlite": test_databases.LIBRARY,
        f"{above}{notes}AEAnnotation_v1_local.sqlite-wal": b"",
        "own.md": HIGHLIGHT,
    }
    plan = session.importing.plan([written(tmp_path / "given", files)])
    titles = {each.title for file in plan.files for each in file.sources}
    assert "The Quiet Ledger" in titles
    assert sorted(each.kind for each in plan.files) == ["apple-books", "obsidian"]


def test_an_unpacked_archive_that_is_too_large_leaves_the_rest_of_the_folder(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "given"
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        archive.extractall(folder / "omnivore")
    written(folder, {"own.md": HIGHLIGHT})
    monkeypatch.setattr(unpacked, "MAX_SOURCE_BYTES", 300)
    left_out, own = session.importing.plan([str(folder)]).files
    assert (left_out.name, left_out.kind) == (str(folder / "omnivore"), "omnivore")
    assert left_out.sources == ()
    assert left_out.remarks[0].startswith("It is left out. The files in ")
    assert [each.address for each in own.sources] == ["https://a.example/ships"]


def test_an_archive_that_is_damaged_or_of_no_kind_is_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "omnivore.zip"
    path.write_bytes(packed()[:700])
    with pytest.raises(SourceError, match="is not an archive that can be read"):
        session.importing.plan([str(path)])
    path.write_bytes(archive({"a.txt": "a", "b.txt": "b"}))
    with pytest.raises(SourceError, match="is an archive of 2 files, and of no kind"):
        session.importing.plan([str(path)])
