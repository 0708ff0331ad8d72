"""Reading what a link leads to: nothing is kept before that is asked for, or something marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.session import LoadingArticle, Session


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "other.md"
    source.write_text("# Other\n\nSome words.\n", encoding="utf-8")
    return source


def visit(session: Session, source: Path) -> tuple[LoadingArticle, str]:
    loading = session.visit(str(source))
    return loading, loading.open_article.state.article.id


def test_a_visit_leaves_nothing_behind(session: Session, source: Path) -> None:
    loading, article_id = visit(session, source)
    loading.open_article.set_position(5, 0.5)
    assert session.writer.flush()
    assert session.unsaved_articles.holds(article_id)
    assert session.articles() == []
    assert not list(session.folder.rglob("*.json*"))


def test_the_first_mark_keeps_the_article_as_it_was_read(session: Session, source: Path) -> None:
    loading, article_id = visit(session, source)
    loading.open_article.set_position(5, 0.5)
    loading.open_article.mark(TextRange(0, 5), ["claim"])
    assert not session.unsaved_articles.holds(article_id)
    assert session.writer.flush()
    (kept,) = session.articles()
    assert (kept.id, kept.annotations, kept.progress) == (article_id, 1, 0.5)
    source.unlink()
    again = session.open_article(article_id).open_article.state
    assert again.document.text == "Other\nSome words."
    loading.open_article.set_position(6, 0.7)
    session.save_all()
    assert session.articles()[0].progress == 0.7


def test_it_is_kept_when_asked_for(session: Session, source: Path) -> None:
    _, article_id = visit(session, source)
    session.unsaved_articles.keep(article_id)
    session.unsaved_articles.keep(article_id)
    session.save_all()
    assert [each.id for each in session.articles()] == [article_id]
    assert not session.unsaved_articles.holds(article_id)


def test_an_article_of_the_library_is_saved_as_always(session: Session, source: Path) -> None:
    known = session.open(str(source)).open_article.state.article
    session.save_all()
    loading, article_id = visit(session, source)
    assert article_id == known.id
    assert not session.unsaved_articles.holds(article_id)
    loading.open_article.set_position(5, 0.5)
    session.save_all()
    assert session.articles()[0].progress == 0.5


def test_what_nothing_leads_back_to_is_let_go(session: Session, source: Path) -> None:
    _, first = visit(session, source)
    _, second = visit(session, source)
    session.unsaved_articles.forget(except_for={second})
    assert not session.unsaved_articles.holds(first)
    assert session.unsaved_articles.holds(second)


def test_where_there_is_no_file_the_other_address_is_opened(
    session: Session, source: Path, tmp_path: Path
) -> None:
    missing = str(tmp_path / ("x" * 300))
    loading = session.visit(missing, str(source))
    assert loading.open_article.state.article.source == str(source)
