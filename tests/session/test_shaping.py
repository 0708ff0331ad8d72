"""Articles that were marked when Margin left out joiners and variation selectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.annotation import PlaceState
from reader.core.document import TextRange
from reader.safe_text import drop_shaping
from reader.session import AnnotationRequest, LoadingArticle, Session
from tests.web.server import running, without_proxies

TEXT = """# نامه\u200cای

او گفت که می\u200cخواهم نامه\u200cای بنویسم. روز بعد هیچ\u200cکس نیامد.

The letter closed with ❤\ufe0f and 👩\u200d👩\u200d👧, and the mayor of 葛\U000e0100城 kept it.
"""
QUOTES = (
    "خواهم نامهای بنویسم",
    "with ❤",
    "👩👩👧, and the mayor of 葛",
    "城 kept it",
    "هیچکس نیامد",
)


def marked(session: Session, path: Path) -> LoadingArticle:
    """Mark the text as it was read without joiners; returns what was opened."""
    path.write_text(drop_shaping(TEXT), encoding="utf-8")
    loading = session.open(str(path))
    text = loading.open_article.state.document.text
    for quote in QUOTES:
        start = text.index(quote)
        loading.open_article.mark(TextRange(start, start + len(quote)), ["claim"])
    session.save_all()
    return loading


def assert_kept(loading: LoadingArticle, session: Session) -> None:
    assert loading.question is None
    assert not loading.notice
    state = loading.open_article.state
    assert "می\u200cخواهم" in state.document.text
    result = session.reanchor(state, state.document)
    assert result.notice == ""
    assert len(result.annotations) == len(QUOTES)
    for annotation in result.annotations:
        assert annotation.place.state is PlaceState.EXACT
        assert not annotation.needs_review
        shown = state.document.quote(annotation.range)
        assert drop_shaping(shown) == annotation.selector.exact


def test_a_file_that_is_read_again_keeps_all_places_without_a_word(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "letter.md"
    before = marked(session, path).open_article.state.article
    path.write_text(TEXT, encoding="utf-8")
    again = session.open(str(path))
    assert again.open_article.state.article.id == before.id
    assert_kept(again, session)


def test_a_file_that_moved_is_known_without_a_question(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    before = marked(session, path).open_article.state.article
    path.unlink()
    moved = tmp_path / "moved" / "another name.md"
    moved.parent.mkdir()
    moved.write_text(TEXT + "\n\n", encoding="utf-8")
    again = session.open(str(moved))
    assert again.question is None
    assert again.open_article.state.article.id == before.id
    assert_kept(again, session)


def test_a_page_with_them_is_no_newer_version(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_proxies(monkeypatch)
    with running() as server:
        url = server.serve("/letter.md", drop_shaping(TEXT).encode())
        loading = session.open(url)
        session.save_all()
        server.serve("/letter.md", TEXT.encode())
        assert session.check_for_update(loading.open_article.state.article) is None
        server.serve("/letter.md", TEXT.replace("mayor", "owner").encode())
        assert session.check_for_update(loading.open_article.state.article) is not None


def test_a_quote_without_them_is_annotated_in_a_text_with_them(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "letter.md"
    path.write_text(TEXT, encoding="utf-8")
    for quote in QUOTES:
        made, _ = session.annotate(str(path), AnnotationRequest(quote))
        assert drop_shaping(made.selector.exact) == quote
