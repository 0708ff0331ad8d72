"""The use cases, on real files and a real library."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from reader import clock
from reader.core.annotation import PlaceState
from reader.core.claims import DISPUTED
from reader.core.document import TextRange
from reader.errors import ExportError, QuoteError, ReaderError, SourceError
from reader.session import (
    AnnotationRequest,
    ArticleRecord,
    OpenArticle,
    SaveState,
    SaveStatus,
    Session,
)

TEXT = """# The tide tables

"The harbour will close," said the keeper. It closed in March. It opened again in May.

## What followed

The council met twice. The council met twice more in June.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "tides.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def passage(open_article: OpenArticle, words: str) -> TextRange:
    start = open_article.state.document.text.index(words)
    return TextRange(start, start + len(words))


def reopened(session: Session, article: Path) -> OpenArticle:
    """Open the article in another session on the same library, as the next day does."""
    return Session(session.folder).open(str(article)).open_article


def test_what_is_marked_is_there_in_the_next_session(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    _, made = open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    open_article.edit(made.id, note="When?", status=DISPUTED, tags=["claim", "dates"])
    session.save_all()
    (found,) = reopened(session, article).state.annotations
    assert found == open_article.state.by_id[made.id]
    assert (found.note, found.status, found.tags) == ("When?", "disputed", ("claim", "dates"))
    assert found.selector.section == "The tide tables"


def test_a_new_claim_is_unchecked_and_a_status_is_one_step(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    _, claim = open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    assert claim.status == "unchecked"
    _, refuted = open_article.mark(passage(open_article, "closed"), ["claim"], "refuted")
    assert refuted.status == "refuted"
    _, quote = open_article.mark(passage(open_article, "It opened again in May."), ["quote"])
    assert quote.status is None
    marked = open_article.state.by_id
    open_article.set_status(quote.id, "half true")
    made = open_article.state.by_id[quote.id]
    assert (made.tags, made.status) == (("quote", "claim"), "half true")
    open_article.set_status(quote.id, "half true")  # changes nothing, and is no step
    _, edit = open_article.undo()
    assert edit is not None
    assert edit.label == "status half true"
    assert open_article.state.by_id[quote.id].tags == ("quote",)
    assert open_article.state.by_id[quote.id].status is None
    assert open_article.state.by_id.keys() == marked.keys()
    session.save_all()
    found = {each.id: each.status for each in reopened(session, article).state.annotations}
    assert found == {claim.id: "unchecked", refuted.id: "refuted", quote.id: None}


def test_the_tag_of_a_claim_brings_its_status_and_takes_it_away(
    session: Session, article: Path
) -> None:
    open_article = session.open(str(article)).open_article
    _, quote = open_article.mark(passage(open_article, "It closed in March."), ["quote"])

    def toggled() -> str | None:
        return open_article.toggle_tag(quote.id, "claim").by_id[quote.id].status

    assert toggled() == "unchecked"
    assert toggled() is None
    assert open_article.set_status(quote.id, "disputed").by_id[quote.id].status == "disputed"
    assert toggled() == "disputed"  # the reader has checked something: that is kept
    assert toggled() == "disputed"


def test_undo_and_redo_reach_the_disk(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    _, made = open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    open_article.edit(made.id, note="one")
    open_article.edit(made.id, note="two")
    open_article.delete([made.id])
    for expected in ("two", "one", ""):
        open_article.undo()
        session.save_all()
        (found,) = reopened(session, article).state.annotations
        assert found.note == expected
    open_article.undo()
    session.save_all()
    assert reopened(session, article).state.annotations == ()
    assert open_article.undo()[1] is None
    for _ in range(3):
        open_article.redo()
    session.save_all()
    assert [each.note for each in reopened(session, article).state.annotations] == ["two"]


def test_a_range_is_changed_and_changed_back(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    _, made = open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    open_article.move(made.id, passage(open_article, "It closed in March. It opened again in May."))
    assert open_article.state.annotations[0].selector.exact.endswith("May.")
    open_article.undo()
    assert open_article.state.annotations[0].selector == made.selector


def test_two_windows_lose_nothing(session: Session, article: Path) -> None:
    other = Session(session.folder)
    here, there = session.open(str(article)).open_article, other.open(str(article)).open_article
    session.save_all()
    here.mark(passage(here, "It closed in March."), ["claim"])
    there.mark(passage(there, "It opened again in May."), ["context"])
    session.save_all()
    other.save_all()
    assert len(reopened(session, article).state.annotations) == 2


def test_a_window_shows_what_another_one_wrote(session: Session, article: Path) -> None:
    other = Session(session.folder)
    here, there = session.open(str(article)).open_article, other.open(str(article)).open_article

    def listen(_: SaveStatus, article_id: str, record: ArticleRecord | None) -> None:
        if record is not None:
            here.merge(record)

    session.writer.listener = listen
    there.mark(passage(there, "It opened again in May."), ["context"])
    other.save_all()
    here.mark(passage(here, "It closed in March."), ["claim"])
    session.save_all()
    assert len(here.state.annotations) == 2


def test_a_failed_save_keeps_the_work_and_is_tried_again(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    session.save_all()
    (session.folder / "articles").rename(session.folder / "moved")
    (session.folder / "articles").write_text("in the way", encoding="utf-8")
    open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    with pytest.raises(ReaderError) as caught:
        session.save_all()
    assert caught.value.message
    assert len(open_article.state.annotations) == 1
    (session.folder / "articles").unlink()
    (session.folder / "moved").rename(session.folder / "articles")
    session.save_all()
    assert len(reopened(session, article).state.annotations) == 1


def test_a_removed_article_does_not_come_back_by_itself(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    trashed = session.removals.remove(open_article.state.article.id)
    open_article.set_position(5, 0.5)
    session.save_all()
    assert session.articles() == []
    session.removals.restore(trashed)
    assert [each.annotations for each in session.articles()] == [1]
    open_article.set_position(9, 0.9)
    session.save_all()
    assert session.articles()[0].progress == 0.9


def test_a_moved_file_is_the_same_article(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    session.save_all()
    moved = article.rename(article.with_name("renamed.md"))
    again = reopened(session, moved)
    assert again.state.article.id == open_article.state.article.id
    assert len(again.state.annotations) == 1


def test_a_source_that_is_gone_opens_from_its_snapshot(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    session.save_all()
    article.unlink()
    loading = Session(session.folder).open(str(article))
    assert loading.open_article.state.document == open_article.state.document
    assert "gone" in loading.notice


def test_a_changed_article_carries_its_notes_over(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    _, kept = open_article.mark(passage(open_article, "It opened again in May."), ["claim"])
    _, lost = open_article.mark(
        passage(open_article, "The council met twice more in June."), ["claim"]
    )
    session.save_all()
    article.write_text(
        TEXT.replace("# The tide tables\n", "# The tide tables\n\nA correction was added.\n")
        .replace(" The council met twice more in June.", ""),
        encoding="utf-8",
    )  # fmt: skip
    loading = Session(session.folder).open(str(article))
    state = loading.open_article.state
    place = state.by_id[kept.id].place
    assert state.document.quote(place.range) == "It opened again in May."
    assert place.start != kept.place.start
    assert state.by_id[lost.id].place.state is PlaceState.ORPHANED
    assert "1 passage lost its place, 1 unchanged" in loading.notice


def test_the_place_where_it_was_left(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    open_article.set_position(40, 1.0, caret=47)
    session.save_all()
    found = reopened(session, article).state.article
    assert (found.position, found.caret, found.progress, found.finished) == (40, 47, 1.0, True)


def test_annotate_marks_the_one_place_of_a_quote(session: Session, article: Path) -> None:
    request = AnnotationRequest("closed  in\nMarch", tags=["claim"], note="Check.")
    annotation, _ = session.annotate(str(article), request)
    assert annotation.selector.exact == "closed in March"
    (found,) = session.annotations()
    assert found.annotation.note == "Check."


@pytest.mark.parametrize("suffix", ["md", "txt", "html", "eml"])
def test_annotate_finds_what_stands_past_the_first_part_of_a_long_file(
    session: Session, tmp_path: Path, suffix: str
) -> None:
    """A quote is looked for in the whole file, and so is what would make it ambiguous."""
    path = tmp_path / f"long.{suffix}"
    lines = [f"Paragraph {n} of a long text says what others say." for n in range(4000)]
    heads = {
        "html": "<!DOCTYPE html><title>Long</title><p>",
        "eml": "From: a@b.example\nSubject: x\n\n",
    }
    between = "</p><p>" if suffix == "html" else "\n\n"
    path.write_text(heads.get(suffix, "") + between.join([*lines, "The end of it."]))
    for number, quote in enumerate(["Paragraph 3999 of a long text", "The end of it."], 1):
        annotation, _ = session.annotate(str(path), AnnotationRequest(quote, note="Late."))
        assert annotation.selector.exact == quote
        assert len(session.annotations()) == number
    with pytest.raises(QuoteError, match=r"4000 times"):
        session.annotate(str(path), AnnotationRequest("of a long text says"))
    found = Session(session.folder).open(str(path))
    for document in found.rest:
        found.open_article.reanchor(session.reanchor(found.open_article.state, document))
    state = found.open_article.state
    assert [state.document.quote(each.range) for each in state.annotations] == [
        "Paragraph 3999 of a long text", "The end of it.",
    ]  # fmt: skip
    assert {each.place.state for each in state.annotations} == {PlaceState.EXACT}


def test_edits_within_one_millisecond_keep_their_order(
    session: Session, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is later than what it changed, even when the clock stands still or goes back."""
    monkeypatch.setattr(clock, "now", lambda: "2026-03-05T12:00:00.999Z")
    open_article = session.open(str(article)).open_article
    _, made = open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    moments = [made.modified]
    for number in range(3):
        open_article.edit(made.id, note=f"note {number}")
        moments.append(open_article.state.by_id[made.id].modified)
    monkeypatch.setattr(clock, "now", lambda: "2026-03-05T11:00:00.000Z")
    open_article.edit(made.id, note="after the clock went back")
    moments.append(open_article.state.by_id[made.id].modified)
    assert moments == sorted(set(moments))
    for position in (10, 20):
        before = open_article.state.article.changed.get("position", "")
        open_article.set_position(position, 0.1)
        assert open_article.state.article.changed["position"] > before
    session.save_all()
    state = reopened(session, article).state
    assert state.annotations[0].note == "after the clock went back"
    assert state.article.position == 20


@pytest.mark.parametrize(
    ("quote", "said"),
    [("The council met", "is there 2 times"), ("never written", "does not contain these words")],
)
def test_annotate_says_why_not(session: Session, article: Path, quote: str, said: str) -> None:
    with pytest.raises(QuoteError) as caught:
        session.annotate(str(article), AnnotationRequest(quote))
    assert said in caught.value.message
    assert session.annotations() == []


def test_context_tells_places_apart(session: Session, article: Path) -> None:
    request = AnnotationRequest("The council met twice", suffix=" more")
    annotation, _ = session.annotate(str(article), request)
    assert TEXT.count("The council met twice") == 2
    assert annotation.selector.suffix.startswith(" more in June")


@pytest.mark.parametrize("name", ["missing.md", "."])
def test_what_is_no_article_is_told_in_a_sentence(
    session: Session, tmp_path: Path, name: str
) -> None:
    with pytest.raises(SourceError) as caught:
        session.open(str(tmp_path / name))
    assert "\n" not in caught.value.message
    assert not session.folder.exists()


def test_export_of_nothing_is_told(session: Session) -> None:
    with pytest.raises(ExportError):
        session.export([])


def test_a_large_article_comes_in_parts(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("# Long\n\n" + "A sentence of some words. " * 20_000, encoding="utf-8")
    loading = session.open(str(path))
    first = loading.open_article.state.document
    assert not first.is_complete
    _, early = loading.open_article.mark(TextRange(5, 30), ["quote"])
    assert early.selector.snapshot == ""
    for document in loading.rest:
        if document.is_complete:
            loading.open_article.reanchor(session.reanchor(loading.open_article.state, document))
    session.save_all()
    state = loading.open_article.state
    assert state.document.text.startswith(first.text)
    assert state.by_id[early.id].selector.snapshot == state.document.digest
    (found,) = reopened(session, path).state.annotations
    assert found.selector.snapshot == state.document.digest


def test_saving_is_not_on_the_thread_that_marks(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    threads: set[str] = set()
    session.writer.listener = lambda *_: threads.add(threading.current_thread().name)
    open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    session.save_all()
    assert threads == {"margin-writer"}


def test_a_save_is_told_when_it_begins_and_when_it_is_done(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    session.save_all()
    states: list[SaveState] = []
    session.writer.listener = lambda status, *_: states.append(status.state)
    open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    session.writer.close()
    assert states == [SaveState.SAVING, SaveState.SAVED]


def test_an_article_file_is_plain_json(session: Session, article: Path) -> None:
    open_article = session.open(str(article)).open_article
    open_article.mark(passage(open_article, "It closed in March."), ["claim"])
    session.save_all()
    (file,) = (session.folder / "articles").glob("*.json")
    record = json.loads(file.read_text(encoding="utf-8"))
    assert list(record["annotations"]) == [open_article.state.annotations[0].id]


def test_a_format_that_a_person_names_is_kept(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("# No heading\n\n* a *star*\n", encoding="utf-8")
    found = session.open(str(path)).open_article
    assert found.state.document.text.startswith("No heading")
    _, made = found.mark(passage(found, "star"), ["claim"])
    session.save_all()
    plain = session.open(str(path), read_as="text").open_article.state
    assert plain.document.text.startswith("# No heading")
    assert plain.document.quote(plain.by_id[made.id].range) == "star"
    session.save_all()
    path.write_text("# No heading\n\n* a *star* and more\n", encoding="utf-8")
    again = session.open(str(path)).open_article.state
    assert (again.article.read_as, again.document.text[0]) == ("text", "#")
    session.save_all()
    assert session.open(str(path), read_as="text").open_article.state.document == again.document
    assert session.open(str(path), read_as="").open_article.state.document.text[0] == "N"
    assert session.read(str(path), read_as="text").text[0] == "#"
    with pytest.raises(SourceError, match="use markdown, text"):
        session.open(str(path), read_as="paper")


def test_undo_leaves_alone_what_another_window_changed_since(
    session: Session, article: Path
) -> None:
    open_article = session.open(str(article)).open_article
    _, made = open_article.mark(passage(open_article, "It closed in March."), ["quote"])
    open_article.set_status(made.id, "disputed")
    session.save_all()
    other_session = Session(session.folder)
    other = other_session.open(str(article)).open_article
    other.edit(made.id, speaker="The keeper", note="Ask.")
    other_session.save_all()
    record = session.record(open_article.state.article.id)
    assert record is not None
    open_article.merge(record)
    open_article.undo()
    (found,) = open_article.state.annotations
    assert (found.tags, found.status) == (("quote",), None)
    assert (found.speaker, found.note) == ("The keeper", "Ask.")
    session.save_all()
    assert reopened(session, article).state.by_id[made.id] == found
