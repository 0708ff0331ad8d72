"""The screen that the app begins with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.screen import Screen

from reader.session import LoadingArticle
from reader.ui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.core.draft_check.checked import CheckedDraft
    from reader.session.reviewing import ReviewRequest


class FirstScreen(NamedTuple):
    """The screen that the app begins with."""

    screen_type: type[Screen[None]]
    """Its type."""
    make: Callable[[], Screen[None]]
    """Makes it."""

    @property
    def sheets(self) -> list[str]:
        """Its style sheets."""
        paths = self.screen_type.CSS_PATH
        return [str(path) for path in paths] if isinstance(paths, list) else [str(paths)]


def first_screen(
    loading_article: LoadingArticle | None, review: ReviewRequest | None, check: CheckedDraft | None
) -> FirstScreen:
    """Return the screen that the app begins with; no other one is imported."""
    if loading_article is not None:
        return FirstScreen(ReadingScreen, partial(ReadingScreen, loading_article))
    if review is not None:
        from reader.ui.review.screen import ReviewScreen  # noqa: PLC0415  (when it is shown)

        return FirstScreen(ReviewScreen, partial(ReviewScreen, review))
    if check is not None:
        from reader.ui.checking.screen import CheckingScreen  # noqa: PLC0415  (when it is shown)

        return FirstScreen(CheckingScreen, partial(CheckingScreen, check))
    from reader.ui.library.screen import LibraryScreen  # noqa: PLC0415  (when it is shown)

    return FirstScreen(LibraryScreen, LibraryScreen)
