"""Accepting and turning down suggested quotations: undo, files, two windows, changed texts."""

from __future__ import annotations

from pathlib import Path

from reader.core.document import TextRange
from reader.core.suggestions import is_declined, key_of
from reader.session import OpenArticle, Session

TEXT = "“It broke,” said Ann Lee.\n\n“It fell,” said Bob Ray.\n"


def opened(folder: Path, text: str = TEXT) -> tuple[Session, OpenArticle]:
    article = folder / "tides.md"
    article.write_text(text, encoding="utf-8")
    session = Session(folder / "library")
    return session, session.open(str(article)).open_article


def place_of(article: OpenArticle, words: str) -> TextRange:
    start = article.state.document.text.index(words)
    return TextRange(start, start + len(words))


def declined(article: OpenArticle) -> list[str]:
    verdicts = article.state.article.suggestions
    return [words for words in ("It broke,", "It fell,") if is_declined(verdicts, words)]


def test_several_quotations_are_one_edit(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    quotations = [
        (place_of(article, "It broke,"), "Ann Lee"),
        (place_of(article, "It fell,"), ""),
    ]
    article.mark_quotations(quotations)
    session.save_all()
    stored = [each.annotation for each in Session(session.folder).annotations()]
    assert {(each.selector.exact, each.speaker, each.tags) for each in stored} == {
        ("It broke,", "Ann Lee", ("quote",)),
        ("It fell,", "", ("quote",)),
    }
    article.undo()
    session.save_all()
    assert Session(session.folder).annotations() == []
    article.mark_quotations([])
    assert article.undo()[1] is None


def test_turning_down_is_kept_and_undone(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    article.decline(place_of(article, "It broke,"))
    article.decline(place_of(article, "It broke,"))  # once is enough
    session.save_all()
    _, again = opened(tmp_path)
    assert declined(again) == ["It broke,"]
    _, edit = article.undo()
    assert edit is not None
    assert edit.label == "turn down"
    session.save_all()
    assert declined(opened(tmp_path)[1]) == []
    article.redo()
    session.save_all()
    assert declined(opened(tmp_path)[1]) == ["It broke,"]


def test_it_stays_turned_down_where_the_text_changes_around_it(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    article.decline(place_of(article, "It fell,"))
    session.save_all()
    _, changed = opened(tmp_path, f"It rained.\n\n{TEXT}")
    assert declined(changed) == ["It fell,"]


def test_two_windows_keep_what_both_turned_down(tmp_path: Path) -> None:
    here, mine = opened(tmp_path)
    mine.mark(place_of(mine, "It broke,"), ["claim"])
    here.save_all()
    there, theirs = opened(tmp_path)
    mine.decline(place_of(mine, "It broke,"))
    theirs.decline(place_of(theirs, "It fell,"))
    here.save_all()
    there.save_all()
    record = here.record(mine.state.article.id)
    assert record is not None
    mine.merge(record)
    assert declined(mine) == ["It broke,", "It fell,"]
    theirs.undo()
    there.save_all()
    mine.set_position(3, 0.5)
    here.save_all()
    assert declined(opened(tmp_path)[1]) == ["It broke,"]


def test_the_file_holds_digests_alone(tmp_path: Path) -> None:
    session, article = opened(tmp_path)
    article.decline(place_of(article, "It fell,"))
    session.save_all()
    (path,) = (session.folder / "articles").glob("*.json")
    assert key_of("It fell,") in path.read_text(encoding="utf-8")
