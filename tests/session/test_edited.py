"""Articles as edits leave them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.session.edited import with_position
from tests.store.examples import ARTICLE


@given(st.integers(0, 1000), st.floats(0, 1), st.integers(0, 100))
def test_the_same_place_is_no_change(position: int, progress: float, distance: int) -> None:
    article = with_position(ARTICLE, position, progress, position + distance)
    assert with_position(article, position, progress, position + distance) is article
    assert article.finished == (progress >= 1.0)
