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
from reader.core.wording import wording_history
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
    assert library.open().notice == (
        "The article has changed: 1 passage lost its place, 1 unchanged."
    )
    library.session.save_all()
    library.write(SHORT.replace("The harbour", "A preface.\n\nThe harbour"))
    assert library.open().notice == "The article has changed: 1 passage unchanged."
    library.session.save_all()
    library.write(TEXT)
    notice = library.open().notice
    assert notice == "The article has changed: 1 passage found its place again, 1 unchanged."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], ""),
        (["same"] * 3, ""),
        (["moved"], "1 passage unchanged."),
        (["moved", "moved", "same", "lost"], "1 passage lost its place, 3 unchanged."),
        (["lost", "lost"], "2 passages lost their place."),
        (["moved", "found", "found"], "2 passages found their place again, 1 unchanged."),
        (["reworded", "moved"], "1 passage has other words now, 1 unchanged."),
        (["reworded", "reworded"], "2 passages have other words now."),
        (["reworded again"], "1 passage has other words now."),
        (["as reworded before", "moved"], "2 passages unchanged."),
        (["as reworded before"], ""),
        (["its own words again"], "1 passage has other words now."),
        (["still lost", "same"], ""),
        (
            ["moved"] * 19 + ["lost"] * 2 + ["reworded", "still lost"],
            "1 passage has other words now, 2 lost their place, 19 unchanged.",
        ),
    ],
)
def test_numbers_and_words_agree(changes: list[str], said: str) -> None:
    there, lost = PlaceState.EXACT, PlaceState.ORPHANED
    sides = {
        "same": (annotation(1), annotation(1)),
        "moved": (annotation(1), annotation(2)),
        "lost": (annotation(1), annotation(2, state=lost)),
        "found": (annotation(1, state=lost), annotation(2, state=there)),
        "reworded": (annotation(1), reads("May", 2)),
        "reworded again": (reads("May", 1), reads("June", 1)),
        "as reworded before": (reads("May", 1), reads("May", 1)),
        "its own words again": (reads("May", 1), annotation(1)),
        "still lost": (annotation(1, state=lost), annotation(2, state=lost)),
    }
    notice = change_notice(sides[change] for change in changes)
    assert notice == (f"The article has changed: {said}" if said else "")


def reads(words: str, number: int) -> Annotation:
    """Return an annotation whose passage has other words now."""
    other = annotation(number, state=PlaceState.EDITED)
    return replace(other, place=replace(other.place, words=words))


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
    assert again.place == replace(lost.place, since=moment)
    library.session.save_all()
    kept = stored.load(article.id).annotations[0]
    assert kept.loss is Loss.REMOVED
    assert time_of(kept, "place") == clock.later("", than=moment)


def test_since_when_a_passage_has_its_words_is_stored(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(day: str) -> None:
        monkeypatch.setattr("reader.clock.now", lambda: f"{day}T10:00:00.000Z")

    def history() -> str:
        found = only(library.open().open_article)
        library.session.save_all()
        return wording_history(found, lambda moment: moment[:10])

    at("2026-11-30")
    library.mark(CLOSED)
    assert history() == ""
    at("2026-12-02")
    library.write(EDITED)
    (old, new) = ("closed in March", "closed early in April,")
    told = f"read “{CLOSED}” on 2026-11-30, “{CLOSED_NOW}” since 2026-12-02"
    assert (old in told, new in told, history()) == (True, True, told)
    at("2026-12-03")
    library.write(EDITED.replace("# The tide tables\n", "# The tide tables\n\nA preface.\n"))
    assert history() == told  # it only moved
    open_article = library.open().open_article
    open_article.accept([only(open_article).id])
    library.session.save_all()
    at("2026-12-04")
    assert history() == told  # it was accepted
    library.write(SHORT.replace(CLOSED, ""))
    at("2026-12-05")
    assert history() == (
        f"read “{CLOSED}” on 2026-11-30, “{CLOSED_NOW}” from 2026-12-02, not there since 2026-12-05"
    )
    at("2026-12-06")
    library.write(TEXT)
    assert history() == told.replace("since", "from") + f", “{CLOSED}” since 2026-12-06"


def test_words_that_a_past_version_did_not_store_are_found(library: Library) -> None:
    library.mark(CLOSED)
    library.write(EDITED)
    found = only(library.open().open_article)
    library.session.save_all()
    (article,) = library.session.articles()
    stored = StoredLibrary(library.folder)
    moment = clock.later("", than=time_of(found, "place"))
    plain = replace(found, place=replace(found.place, words="", since=""))
    stored.save(article.id, annotations=[changed_at(found, plain, moment)])
    again = only(library.open().open_article)
    assert again.place == replace(found.place, since=moment)
    assert again.place.words == CLOSED_NOW
