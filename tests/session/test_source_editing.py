"""Facts about sources that a person wrote: checked, kept, merged, found."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.overrides import SOURCE_FIELDS
from reader.errors import ReaderError
from reader.session import OpenArticle, Session
from reader.session.source_editing import (
    joined_authors,
    read_value,
    read_values,
    split_authors,
)
from tests.hostile_text import HOSTILE

TEXT = "# Teh tides\n\nThe harbour closed in March. Nobody knew why.\n"
OUTLET = {"site": ("The Courier",), "title": ("The tides",)}


def opened(folder: Path, text: str = TEXT) -> tuple[Session, OpenArticle]:
    source = folder / "tides.md"
    source.write_text(text, encoding="utf-8")
    session = Session(folder / "library")
    loading = session.open(str(source)).identified()
    article = loading.open_article
    article.reanchor(session.reanchor(article.state, article.state.document))
    session.save_all()
    return session, article


def test_what_a_person_wrote_is_kept_when_the_file_is_read_again(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    session.source_editing.edit([article.state.article.id], OUTLET)
    _, again = opened(tmp_path, TEXT.replace("Teh tides", "Tidse").replace("March", "May"))
    assert again.state.document.metadata.title == "Tidse"
    assert again.state.article.metadata.title == "The tides"
    (listed,) = Session(session.folder).articles()
    assert (listed.title, listed.site) == ("The tides", "The Courier")
    again.edit_source({"title": ()})
    assert again.state.article.metadata.title == "Tidse"


def test_the_open_article_and_the_shell_change_different_fields(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    elsewhere = Session(session.folder)
    elsewhere.source_editing.edit([article.state.article.id], OUTLET)
    article.edit_source({"published": ("2026-03-14",)})
    article.set_position(3, 0.5)
    session.save_all()
    record = elsewhere.record(article.state.article.id)
    assert record is not None
    metadata = record.article.metadata
    assert (metadata.title, metadata.site, metadata.published) == (
        "The tides", "The Courier", "2026-03-14"
    )  # fmt: skip
    article.merge(record)
    assert article.state.article.metadata == metadata


def test_an_article_is_found_by_the_title_that_was_written(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    session.source_editing.edit([article.state.article.id], OUTLET)
    assert session.find_article("the tides").title == "The tides"
    with pytest.raises(ReaderError):
        session.find_article("teh tides")


def test_a_moved_file_is_still_known_by_its_own_title(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    session.source_editing.edit([article.state.article.id], {"title": ("Another name",)})
    (tmp_path / "tides.md").rename(tmp_path / "elsewhere.md")
    changed = tmp_path / "elsewhere.md"
    changed.write_text(TEXT + "\nA line more.\n", encoding="utf-8")
    loading = Session(session.folder).open(str(changed)).identified()
    assert loading.question is not None
    assert loading.question.candidates[0].article_id == article.state.article.id


def test_a_change_can_be_undone_with_what_was_there_before(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    ids = [article.state.article.id]
    session.source_editing.edit(ids, {"title": ("First",)})
    (change,) = session.source_editing.edit(ids, OUTLET)
    assert change.before == {"title": ("First",), "site": ()}
    (undone,) = session.source_editing.edit(ids, change.before)
    assert (undone.article.metadata.title, undone.article.metadata.site) == ("First", "")


def test_a_removed_article_has_the_title_that_was_written(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    session.source_editing.edit([article.state.article.id], OUTLET)
    session.removals.remove(article.state.article.id)
    assert [each.title for each in session.deletions.every()] == ["The tides"]


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("title", "  The \n tides ", ("The tides",)),
        ("title", "", ()),
        ("authors", "A. Oake, B. Low and C. Rye", ("A. Oake", "B. Low", "C. Rye")),
        ("authors", "Oake, A.; Low, B.", ("Oake, A.", "Low, B.")),
        ("authors", "Oake, Low and Sons;", ("Oake, Low and Sons",)),
        ("authors", "A. Oake, A. Oake,", ("A. Oake",)),
        ("published", "14 March 2026", ("2026-03-14",)),
        ("accessed", "2026-03", ("2026-03",)),
        ("url", " https://Post.example/a b#c ".replace(" b", ""), ("https://post.example/a",)),
        ("archive", "https://web.archive.org/web/1/http://a.example/", None),
    ],
)
def test_values_are_read(name: str, text: str, values: tuple[str, ...] | None) -> None:
    assert read_value(name, text) == ((text,) if values is None else values)


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("published", "14 March", "has no year"),
        ("accessed", "soon", "no date"),
        ("url", "post.example/a", "no web address"),
        ("url", "javascript:alert(1)", "no web address"),
        ("url", "https://me:secret@post.example/", "password"),
        ("url", "https://", "no host"),
        ("archive", "https://a.example/a b", "white space"),
        ("title", "x" * 1001, "1,000"),
    ],
)
def test_what_cannot_be_is_one_sentence(name: str, text: str, part: str) -> None:
    with pytest.raises(ReaderError) as caught:
        read_values({name: text})
    assert part in caught.value.message
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    "names",
    [
        ("A",),
        ("A", "B"),
        ("Oake, A.",),
        ("Oake, A.", "B"),
        ("R and D",),
        ("A", "B, Jr."),
        ("A", "Jr."),
    ],
)
def test_authors_are_read_as_they_are_shown(names: tuple[str, ...]) -> None:
    assert split_authors(joined_authors(names)) == names


def test_hostile_text_is_harmless(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    texts = {field.name: HOSTILE for field in SOURCE_FIELDS[:3]}
    (change,) = session.source_editing.edit([article.state.article.id], read_values(texts))
    title = change.article.metadata.title
    assert "\x1b" not in title
    assert "\n" not in title
    assert "\u202e" not in title
