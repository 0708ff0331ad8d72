"""Folders are added whole: every file that Margin reads, once, whatever links lead where."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reader.errors import GivenUp
from reader.paths import sample_articles_folder
from reader.session import Session
from reader.session.folders import files_in, is_folder
from reader.session.queue import AddRequest

TEXT = "# {0}\n\nThe harbour of {0} closed in March, and nobody knew why.\n"


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or TEXT.format(path.stem), encoding="utf-8")
    return path


def names(folder: Path, library: Path) -> list[str]:
    return [str(Path(each).relative_to(folder)) for each in files_in(str(folder), library).files]


def test_every_file_of_a_known_kind_is_found_in_order(tmp_path: Path) -> None:
    folder, library = tmp_path / "articles", tmp_path / "library"
    for name in (
        "b.md",
        "a.TXT",
        "deep/er/c.html",
        "deep/d.eml",
        "README",
        "z/e.epub",
        "f.warc.gz",
    ):
        write(folder / name)
    write(folder / "photo.jpg")
    write(folder / "data.csv")
    (folder / "program").write_bytes(b"\x7fELF\0\0")
    found = files_in(str(folder), library)
    assert names(folder, library) == [
        "README", "a.TXT", "b.md", "f.warc.gz", "deep/d.eml", "deep/er/c.html", "z/e.epub"
    ]  # fmt: skip
    assert found.others == {".jpg": 1, ".csv": 1, "": 1}
    assert found.left_out == (
        "3 files of other kinds were left out (without a suffix 1, .csv 1, .jpg 1)."
    )


def test_hidden_files_parts_of_pages_and_the_library_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    library = folder / "library"
    for name in (
        ".hidden.md", ".git/a.md", "Page.html", "Page_files/x.html", "Seite.htm",
        "Seite-Dateien/y.html", "library/articles/z.txt", "Page notes/kept.md", "Other_files/kept.md",
    ):  # fmt: skip
        write(folder / name)
    assert names(folder, library) == [
        "Page.html", "Seite.htm", "Other_files/kept.md", "Page notes/kept.md"
    ]  # fmt: skip
    assert names(folder / ".git", library) == ["a.md"]


def test_links_that_go_round_in_circles_end(tmp_path: Path) -> None:
    folder, library = tmp_path / "articles", tmp_path / "library"
    write(folder / "deep/a.md")
    (folder / "deep/up").symlink_to(folder)
    (folder / "deep/self").symlink_to(folder / "deep")
    (folder / "gone.md").symlink_to(folder / "nowhere")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    write(tmp_path / "elsewhere/b.md")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / "pipe.txt")
    assert names(folder, library) == ["deep/a.md", "linked/b.md"]


def test_a_folder_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    found = files_in(str(tmp_path / "none"), tmp_path / "library")
    assert found.files == ()
    assert "none could not be read because" in found.problems[0]
    assert not is_folder(str(tmp_path / "none"))
    assert not is_folder("a\0b")
    assert is_folder("~")


def added(session: Session, *sources: Path) -> list[bool]:
    queue = session.queue
    expanded = queue.with_files([AddRequest(str(source)) for source in sources])
    results = list(queue.add_all(expanded.requests))
    assert not [each.error for each in results if each.error]
    return sorted(each.is_new for each in results)


def test_the_same_text_under_two_names_is_one_article(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    for name in ("a.md", "b.md", "deep/c.md", "deep/d.txt", "e.md"):
        write(folder / name, TEXT.format("Tidemark"))
    write(folder / "other.md")
    session = Session(tmp_path / "library")
    assert added(session, folder) == [False] * 4 + [True] * 2
    assert added(session, folder) == [False] * 6
    assert len(Session(session.folder).articles()) == 2
    shutil.move(folder, tmp_path / "moved")
    assert added(session, tmp_path / "moved") == [False] * 6


def test_the_sample_articles_are_added_once_each(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(sample_articles_folder(), folder)
    session = Session(tmp_path / "library")
    queue = session.queue
    expanded = queue.with_files([AddRequest(str(folder))])
    results = list(queue.add_all(expanded.requests))
    good = [each for each in results if each.error is None]
    assert len(good) > 10
    assert len(Session(session.folder).articles()) == len({each.article_id for each in good})
    assert not any(each.is_new for each in queue.add_all(expanded.requests))


def test_the_search_can_be_ended(tmp_path: Path) -> None:
    write(tmp_path / "articles/a.md")

    def end(_: int) -> None:
        raise GivenUp("Given up", "Nothing was added.")

    with pytest.raises(GivenUp):
        files_in(str(tmp_path / "articles"), tmp_path / "library", end)
