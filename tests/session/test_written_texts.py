"""The record of what templates wrote: kept for the next export, and harmless where it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.exports.templates import WrittenText
from reader.session import written_texts
from reader.session.written_texts import WrittenTexts

TEXT = WrittenText("quotes.md.j2", ("01A", "01B"), "is:open", ("claim",))


def test_what_was_added_is_there_the_next_time_beside_what_another_process_added(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cache" / "written.json"
    with WrittenTexts(file) as record:
        assert record.find("a") is None
        with WrittenTexts(file) as other:
            other.add("b", TEXT._replace(query=""))
        record.add("a", TEXT)
        assert record.find("a") == TEXT
    with WrittenTexts(file) as record:
        assert record.find("a") == TEXT
        assert record.find("b") == TEXT._replace(query="")


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_texts, "MOST_TEXTS", 2)
    file = tmp_path / "written.json"
    for name in "abc":
        with WrittenTexts(file) as record:
            record.add(name, TEXT)
    assert [WrittenTexts(file).find(name) is not None for name in "abc"] == [False, True, True]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60) | st.sampled_from([b"[[1]]", b"{}", b'[["a","b",[],"",[1]]]', b"null"])
)
def test_a_damaged_record_knows_nothing_and_is_replaced(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "written.json"
    file.write_bytes(data)
    with WrittenTexts(file) as record:
        assert record.find("a") is None
        record.add("a", TEXT)
    assert WrittenTexts(file).find("a") == TEXT


def test_where_it_cannot_be_written_the_export_goes_on(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with WrittenTexts(tmp_path / "cache" / "written.json") as record:
        record.add("a", TEXT)
    assert (tmp_path / "cache").read_text() == "a file"
