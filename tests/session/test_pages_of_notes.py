"""Notes know the printed page that they are on, also those made before pages were known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation
from reader.core.changes import changed_at
from reader.core.document import TextRange
from reader.paths import sample_articles_folder
from reader.session import Session
from reader.store.library import Library
from reader.store.merge.merging import merge_annotations

pytest.importorskip("pypdfium2")

PAPER = sample_articles_folder() / "what-a-margin-remembers.pdf"


@pytest.fixture
def old_library(tmp_path: Path) -> tuple[Path, Annotation]:
    """A library from before pages were known, with a note on the second page."""
    session = Session(tmp_path / "library")
    open_article = session.open(str(PAPER)).open_article
    document, article_id = open_article.state.document, open_article.state.article.id
    start = next(mark.offset for mark in document.marks if mark.name == "2")
    _, made = open_article.mark(TextRange(start + 40, start + 90), ["claim"])
    assert made.selector.page == "2"
    assert session.writer.close()
    library = Library(tmp_path / "library")
    next((tmp_path / "library" / "snapshots").glob("*.gz")).unlink()
    library.write_snapshot(replace(document, marks=()))
    moment = clock.later(made.modified, than=made.modified)
    bare = changed_at(made, replace(made, selector=replace(made.selector, page="")), moment)
    library.save(article_id, annotations=[replace(bare, modified=moment)])
    (stored,) = library.load(article_id).annotations
    assert stored.selector.page == ""
    library.close()
    shutil.rmtree(tmp_path / "library" / "cache")  # it had no stamps of files then
    return tmp_path / "library", stored


def test_a_note_gets_its_page_when_it_is_opened_again(old_library: tuple[Path, Annotation]) -> None:
    folder, before = old_library
    session = Session(folder)
    state = session.open(str(PAPER)).open_article.state
    (annotation,) = state.annotations
    assert (annotation.selector.page, annotation.modified) == ("2", before.modified)
    assert session.writer.close()
    again = Session(folder)
    kept = again.open(str(PAPER)).open_article.state
    assert kept.document.page_at(len(kept.document.text)) == "2"
    assert [each.annotation.selector.page for each in again.annotations()] == ["2"]


def test_what_a_person_did_meanwhile_counts_for_more(old_library: tuple[Path, Annotation]) -> None:
    folder, before = old_library
    (paged,) = Session(folder).open(str(PAPER)).open_article.state.annotations
    moment = clock.later("", than=clock.later("", than=before.modified))
    other = replace(before, selector=replace(before.selector, exact="Selected anew"))
    other = replace(changed_at(before, other, moment), modified=moment)
    for pair in ((paged, other), (other, paged)):
        (merged,) = merge_annotations(pair[:1], pair[1:])
        assert merged.selector.exact == "Selected anew"
    (merged,) = merge_annotations([before], [paged])
    assert merged.selector.page == "2"


def test_a_file_that_is_called_a_paper_and_is_none_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "paper.pdf"
    saved.write_text("<!DOCTYPE html><title>Saved</title><article><p>Not a PDF at all.</article>")
    for _ in range(2):
        session = Session(tmp_path / "library")
        assert "Not a PDF" in session.open(str(saved)).open_article.state.document.text
        assert session.writer.close()
        # From here on its text comes from the library.
        monkeypatch.setattr("reader.formats.read_parts", None)
