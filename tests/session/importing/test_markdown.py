"""Exported Markdown that a person edited is imported: edits are taken, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.core.annotation import Annotation
from reader.session import AnnotationRequest, Session
from reader.session.importing import Fate
from tests.session.importing.files import edit, imported, notes_of

TEXT = "# Tides\n\nThe gate was shut in March. Nobody had the key, she said.\n"


@pytest.fixture
def exported(session: Session, tmp_path: Path) -> Path:
    """A file with a claim that has everything, and a bare quote of two words."""
    article = tmp_path / "tides.md"
    article.write_text(TEXT)
    claim = AnnotationRequest(
        "The gate was shut in March.",
        tags=["claim", "my own"],
        note="# Why\n\nAsk the keeper.",
        speaker="Ana Lind",
        status="disputed",
    )
    session.annotate(str(article), claim)
    session.annotate(
        str(article),
        AnnotationRequest("the key", tags=["quote"], status="refuted", note="The \u200fdoor."),
    )
    target = tmp_path / "out.md"
    session.export(None, target=target)
    return target


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) >= 1, old
        start = text.index("\n> ")
        text = text[:start] + text[start:].replace(old, new, 1)
    path.write_text(text, "utf-8")


def kept_copies(session: Session, path: Path) -> list[Path | None]:
    """Export to a file, and return the copy of its former content, if there is one."""
    written = session.export(None, target=path)
    assert isinstance(written, list)
    return [each.kept for each in written]


def fates(session: Session, path: Path) -> list[Fate]:
    plan = session.importing.plan([str(path)])
    assert not plan.files[0].bad_rows
    return [note.fate for source in plan.sources() for note in source.notes]


def test_a_file_that_nobody_edited_changes_nothing(session: Session, exported: Path) -> None:
    before = notes_of(session)
    assert fates(session, exported) == [Fate.SAME, Fate.SAME]
    edit(session, before[0].id, note="Other words.", tags=("quote",))
    assert fates(session, exported) == [Fate.SAME, Fate.SAME]


@pytest.mark.parametrize(
    ("pair", "part", "value"),
    [
        (("Ask the", "I asked the"), "note", "# Why\n\nI asked the keeper."),
        (("### Why\n\nAsk the keeper.\n", ""), "note", ""),
        (("Ana Lind", "Bo Berg"), "speaker", "Bo Berg"),
        (("Ana Lind · ", ""), "speaker", ""),
        (("disputed", "refuted"), "status", "refuted"),
        (("#my-own", "#my-own #sea"), "tags", ("claim", "my own", "sea")),
        (("#claim #my-own", "#my-own"), "tags", ("my own",)),
        (("#claim #my-own · ", ""), "tags", ("claim", "my own")),
    ],
)
def test_an_edit_is_taken_and_the_rest_stays(
    session: Session, exported: Path, pair: tuple[str, str], part: str, value: object
) -> None:
    before = notes_of(session)
    change(exported, pair)
    imported(session, str(exported))
    after = notes_of(session)
    assert getattr(after[0], part) == value
    parts: list[Callable[[Annotation], object]] = [
        lambda each: each.note, lambda each: each.speaker, lambda each: each.status,
        lambda each: each.tags,
    ]  # fmt: skip
    same = [each(after[0]) == each(before[0]) for each in parts]
    assert same.count(False) == (value != getattr(before[0], part))
    assert [each(after[1]) for each in parts] == [each(before[1]) for each in parts]
    # Exported once more, the file has the same, and nothing is left to take, nor to keep.
    assert kept_copies(session, exported) == [None]
    assert fates(session, exported) == [Fate.SAME, Fate.SAME]


def test_what_a_formatter_writes_otherwise_is_no_change(session: Session, exported: Path) -> None:
    (first, _) = notes_of(session)
    edit(session, first.id, note="* Ask *her*\n* then me\n\n***")
    session.export(None, target=exported)
    change(exported, ("* Ask *her*", "- Ask _her_"), ("* then", "- then"), ("***", "---"))
    assert fates(session, exported) == [Fate.SAME, Fate.SAME]
    change(exported, ("then me", "then him"))
    assert fates(session, exported) == [Fate.CHANGED, Fate.SAME]


def test_a_formatted_note_that_grew_in_the_library_is_no_conflict(
    session: Session, exported: Path
) -> None:
    (first, _) = notes_of(session)
    edit(session, first.id, note="* Ask *her*\n* then me")
    session.export(None, target=exported)
    change(exported, ("* Ask *her*", "- Ask _her_"), ("* then", "- then"))
    edit(session, first.id, note="* Ask *her*\n* then me\n\nShe knew.")
    assert fates(session, exported) == [Fate.SAME, Fate.SAME]
    change(exported, ("then me", "then him"))
    assert fates(session, exported) == [Fate.CONFLICT, Fate.SAME]


def test_an_edited_passage_is_named_and_not_taken(session: Session, exported: Path) -> None:
    change(exported, ("shut in March", "shut in May"))
    assert fates(session, exported) == [Fate.EDITED_PASSAGE, Fate.SAME]
    imported(session, str(exported))
    assert notes_of(session)[0].selector.exact == "The gate was shut in March."
    change(exported, ("Ask the", "I asked the"))
    imported(session, str(exported))
    assert kept_copies(session, exported) != [None]  # the words that were not taken are kept


def test_a_note_that_both_changed_keeps_both(session: Session, exported: Path) -> None:
    (first, _) = notes_of(session)
    edit(session, first.id, note="Words of here.")
    change(exported, ("Ask the", "Words of there, ask the"))
    assert fates(session, exported) == [Fate.CONFLICT, Fate.SAME]
    imported(session, str(exported))
    note = notes_of(session)[0].note
    assert "Words of here." in note
    assert "Words of there" in note


def test_a_quotation_that_is_gone_from_the_file_stays_in_the_library(
    session: Session, exported: Path
) -> None:
    text = exported.read_text("utf-8")
    start = text.index("### Claim 1")
    exported.write_text(text[:start] + text[text.index("### Claim 2") :], "utf-8")
    plan = session.importing.plan([str(exported)])
    assert list(plan.files[0].remarks) == [
        "1 quotation of “Tides” is no longer in the file; nothing is deleted for that."
    ]
    imported(session, str(exported))
    assert len(notes_of(session)) == 2


def test_an_article_without_a_title_in_the_file_has_that_of_the_library(
    session: Session, exported: Path
) -> None:
    text = exported.read_text("utf-8")
    exported.write_text(text.replace("# Tides", "", 1), "utf-8")
    (source,) = session.importing.plan([str(exported)]).sources()
    assert source.title == "Tides"
