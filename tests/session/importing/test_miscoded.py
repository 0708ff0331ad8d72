"""What a spreadsheet that does not write UTF-8 leaves of a text is no edit of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.session import AnnotationRequest, Session
from reader.session.importing import Fate
from reader.session.importing.miscoded import is_miscoded
from tests.session.importing.files import imported, notes_of


@given(st.text())
def test_a_text_is_no_miscoded_form_of_itself(text: str) -> None:
    assert not is_miscoded(text, text)


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("??? r\u00e9sum\u00e9", "\u65e5\u672c\u8a9e r\u00e9sum\u00e9"),
        ("rÃ©sumÃ©", "résumé"),
        ("â€œsoâ€\x9d", "“so”"),
        ("Gr??e", "Gr\u0151\u0151e"),
    ],
)
def test_what_windows_makes_of_a_text_is_known(text: str, original: str) -> None:
    assert is_miscoded(text, original)


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("resume", "résumé"),
        ("rèsumé", "résumé"),
        ("?", "a"),
        ("?? r", "日本語 r"),
        ("a", ""),
        ("", "é"),
    ],
)
def test_an_edit_is_none_of_these(text: str, original: str) -> None:
    assert not is_miscoded(text, original)


def test_a_table_saved_in_windows_1252_takes_only_what_was_edited(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    (tmp_path / "a.txt").write_text(
        "Das Haus in \u0141\u00f3d\u017a ist gro\u00df. Und weg.\n", encoding="utf-8"
    )
    request = AnnotationRequest(
        "Das Haus in \u0141\u00f3d\u017a ist gro\u00df.",
        tags=["claim", "\u65e5\u672c"],
        note="\u65e5\u672c \u00e9",
        speaker="Ana \u0141ind",
        status="disputed",
    )
    session.annotate(str(tmp_path / "a.txt"), request)
    target = tmp_path / "out.csv"
    session.export(None, target=target, format_name="csv")
    text = target.read_bytes().decode("utf-8").replace(",disputed,", ",refuted,")
    target.write_bytes(text.encode("cp1252", "replace"))
    before = notes_of(session)[0]
    plan = session.importing.plan([str(target)])
    (note,) = [note for source in plan.sources() for note in source.notes]
    assert (note.fate, note.parts) == (Fate.CHANGED, ("status",))
    imported(session, str(target))
    after = notes_of(session)[0]
    assert (after.note, after.speaker, after.status) == (before.note, before.speaker, "refuted")
    assert after.tags == before.tags
