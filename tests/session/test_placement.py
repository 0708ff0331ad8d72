"""What becomes of places: when the article changes, and when a person puts them right."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Loss, Place, PlaceState
from reader.core.changes import changed_at, time_of
from reader.core.document import TextRange
from reader.core.selectors import selector_history
from reader.session import LoadingArticle, OpenArticle, Session
from reader.session.placement import change_notice
from reader.store.library import Library as StoredLibrary
from tests.ui.stage import annotation

TEXT = """# The tide tables

The harbour kept two clocks that never agreed. It closed in March after the second great storm.

The council met twice in June. Nobody knew why the old ferry had been sold for scrap iron.
"""
EDITED = TEXT.replace("closed in March after", "closed early in April, after")
SHORT = TEXT.replace(" Nobody knew why the old ferry had been sold for scrap iron.", "")

CLOSED = "It closed in March after the second great storm."
CLOSED_NOW = "It closed early in April, after the second great storm."
FERRY = "Nobody knew why the old ferry had been sold for scrap iron."


class Library:
    """An article on disk and its library, opened anew for each look."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tides.md"
        self.folder = folder / "library"
        self.write(TEXT)

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def open(self) -> LoadingArticle:
        self.session = Session(self.folder)
        return self.session.open(str(self.path))

    def mark(self, *passages: str) -> None:
        open_article = self.open().open_article
        for words in passages:
            open_article.mark(where(open_article, words), ["claim"])
        self.session.save_all()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def where(open_article: OpenArticle, words: str) -> TextRange:
    start = open_article.state.document.text.index(words)
    return TextRange(start, start + len(words))


def only(open_article: OpenArticle) -> Annotation:
    (found,) = open_article.state.annotations
    return found


def test_an_article_that_did_not_change_says_nothing(library: Library) -> None:
    library.mark(CLOSED)
    assert library.open().notice == ""


def test_a_change_behind_all_notes_says_nothing(library: Library) -> None:
    library.mark(CLOSED)
    library.write(TEXT + "\nA correction was added in the end.\n")
    assert library.open().notice == ""


def test_what_was_lost_before_is_not_told_again(library: Library) -> None:
    library.mark(CLOSED, FERRY)
    library.write(SHORT)
    assert library.open().notice == "Changed: 1 note lost its place."
    library.session.save_all()
    library.write(SHORT.replace("The harbour", "A preface.\n\nThe harbour"))
    assert library.open().notice == "Changed: 1 note carried over."
    library.session.save_all()
    library.write(TEXT)
    notice = library.open().notice
    assert notice == "Changed: 1 note carried over, 1 found its place again."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], ""),
        (["same"] * 3, ""),
        (["moved"], "1 note carried over."),
        (["moved", "moved", "same", "lost"], "2 notes carried over, 1 lost its place."),
        (["lost", "lost"], "2 notes lost their place."),
        (["moved", "found", "found"], "1 note carried over, 2 found their place again."),
        (["reworded", "moved"], "2 notes carried over."),
    ],
)
def test_numbers_and_words_agree(changes: list[str], said: str) -> None:
    there, lost = PlaceState.EXACT, PlaceState.ORPHANED
    sides = {
        "same": (annotation(1), annotation(1)),
        "moved": (annotation(1), annotation(2)),
        "lost": (annotation(1), annotation(2, state=lost)),
        "found": (annotation(1, state=lost), annotation(2, state=there)),
        "reworded": (annotation(1), annotation(2, state=PlaceState.EDITED)),
    }
    notice = change_notice(sides[change] for change in changes)
    assert notice == (f"Changed: {said}" if said else "")


def test_changed_words_need_a_look_until_they_are_accepted(library: Library) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    open_article = library.open().open_article
    assert only(open_article).needs_review
    open_article.accept([only(open_article).id])
    taken = only(open_article)
    assert not taken.needs_review
    assert taken.selector.exact == CLOSED_NOW
    assert [each.exact for each in selector_history(taken.selector)] == [CLOSED, CLOSED_NOW]
    library.session.save_all()
    assert only(library.open().open_article) == taken
    library.write(EDITED.replace("# The tide tables\n", "# The tide tables\n\nA preface.\n"))
    again = only(library.open().open_article)
    assert not again.needs_review
    assert again.selector == taken.selector


def test_accepting_is_undone(library: Library) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    open_article = library.open().open_article
    before = only(open_article)
    open_article.accept([before.id])
    _, edit = open_article.undo()
    assert edit is not None
    assert edit.label == "new wording"
    assert (only(open_article).selector, only(open_article).place) == (
        before.selector,
        before.place,
    )


def test_another_range_keeps_what_was_marked_first(library: Library) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    open_article = library.open().open_article
    open_article.move(only(open_article).id, where(open_article, "closed early in April"))
    now = only(open_article)
    assert now.place.state is PlaceState.EXACT
    assert [each.exact for each in selector_history(now.selector)] == [
        CLOSED,
        "closed early in April",
    ]


def test_what_a_person_refused_stays_lost_until_its_very_words_are_back(library: Library) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    open_article = library.open().open_article
    open_article.refuse_place(only(open_article).id)
    assert only(open_article).is_orphaned
    library.session.save_all()
    library.write(EDITED.replace("# The tide tables\n", "# The tide tables\n\nA preface.\n"))
    loading = library.open()
    assert only(loading.open_article).is_orphaned
    hint = loading.open_article.state.document.quote(only(loading.open_article).range)
    assert hint == CLOSED_NOW
    assert "lost" not in loading.notice
    library.session.save_all()
    library.write(TEXT)
    back = only(library.open().open_article)
    assert back.place.state is PlaceState.EXACT
    assert not back.place.refused


def test_the_lost_is_put_back_by_hand_and_follows_its_new_place(library: Library) -> None:
    library.mark(FERRY)
    library.write(SHORT)
    open_article = library.open().open_article
    lost = only(open_article)
    assert lost.is_orphaned
    open_article.move(lost.id, where(open_article, "\nThe council met twice in June."))
    put = only(open_article)
    assert put.place.state is PlaceState.BY_HAND
    assert open_article.state.document.quote(put.range) == "The council met twice in June."
    assert put.selector == lost.selector
    open_article.undo()
    assert only(open_article).place == lost.place
    open_article.redo()
    library.session.save_all()
    library.write(SHORT.replace("# The tide tables\n", "# The tide tables\n\nA preface.\n"))
    open_article = library.open().open_article
    assert only(open_article).place.state is PlaceState.BY_HAND
    assert (
        open_article.state.document.quote(only(open_article).range)
        == "The council met twice in June."
    )


def test_what_a_person_says_counts_against_a_place_found_by_a_clock_that_ran_ahead(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    with monkeypatch.context() as ahead:
        ahead.setattr("reader.clock.now", lambda: "2099-01-01T00:00:00.000Z")
        open_article = library.open().open_article
        library.session.save_all()
    open_article.refuse_place(only(open_article).id)
    library.session.save_all()
    assert only(library.open().open_article).is_orphaned


TWICE = "The clocks never agreed, and nobody minded at all.\n"


@pytest.mark.parametrize(
    ("passage", "now", "loss"),
    [
        (FERRY, SHORT, Loss.REMOVED),
        (
            FERRY,
            TEXT.replace(
                FERRY, "Somebody wrote that the old ferry was painted white and sails again in May."
            ),
            Loss.CHANGED,
        ),
        (FERRY, TEXT.replace(FERRY, f"{FERRY}\n\n{FERRY}\n\n").replace("June.", "May."), None),
    ],
)
def test_why_a_passage_was_lost_is_stored(
    library: Library, passage: str, now: str, loss: Loss | None
) -> None:
    library.mark(passage)
    library.write(now)
    assert only(library.open().open_article).loss is loss
    library.session.save_all()
    assert only(library.open().open_article).loss is loss


def test_a_place_that_the_reader_rejected_says_so(library: Library) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    open_article = library.open().open_article
    assert only(open_article).loss is None
    open_article.refuse_place(only(open_article).id)
    assert only(open_article).loss is Loss.REJECTED
    library.session.save_all()
    library.write(EDITED + "\nMore.\n")
    assert only(library.open().open_article).loss is Loss.REJECTED


def test_why_a_passage_was_lost_is_found_for_libraries_that_did_not_store_it(
    library: Library,
) -> None:
    library.mark(FERRY)
    library.write(SHORT)
    lost = only(library.open().open_article)
    library.session.save_all()
    (article,) = library.session.articles()
    moment = clock.later("", than=time_of(lost, "place"))
    place = Place(*lost.range, PlaceState.ORPHANED)
    unexplained = changed_at(lost, replace(lost, place=place), moment)
    stored = StoredLibrary(library.folder)
    stored.save(article.id, annotations=[unexplained])
    again = only(library.open().open_article)
    assert again.loss is Loss.REMOVED
    assert again.place == lost.place
    library.session.save_all()
    kept = stored.load(article.id).annotations[0]
    assert kept.loss is Loss.REMOVED
    assert time_of(kept, "place") == clock.later("", than=moment)
