"""``margin stats``: the numbers of a library, as text with plots and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.cli.streams import APPROXIMATE


def printed(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["stats", *words]) == code
    return capsys.readouterr().out


def test_an_empty_library_has_nothing_to_count(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "0 notes · 0 articles" in printed(capsys, code=1)
    assert json.loads(printed(capsys, "--json", code=1))["retention"]["all"]["share"] is None


def test_a_library_is_counted(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "tides.txt"
    path.write_text("The tide tables\n\nWords of the tide tables. And some more of them.\n")
    mark = ["annotate", str(path), "--tag", "claim", "--speaker", "Prewitt"]
    assert main([*mark, "--quote", "Words of"]) == 0
    assert main([*mark, "--quote", "some more", "--status", "supported"]) == 0
    for columns in ("40", "80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        text = printed(capsys)
        assert max(map(len, text.splitlines())) <= min(int(columns), 100)
        for words in ("2 notes · 1 article", "Marks by week", "1 open claim", "Prewitt  2 ▇▇▇"):
            assert words in text
    assert "\x1b[" not in text
    plain = text.encode("ascii", APPROXIMATE).decode()
    assert "Prewitt  2 ###" in plain
    assert "?" not in plain
    assert "\x1b[1mMarks by week" in printed(capsys, "--color", "always")
    values = json.loads(printed(capsys, "--json", "--weeks", "2"))
    assert [week["marks"] for week in values["weeks"]] == [0, 2]
    assert values["open_claims"][0] == {"age": "under a week", "claims": 1}
    assert values["speakers"] == [{"name": "Prewitt", "notes": 2}]
    assert values["sources"] == [{"name": "The tide tables", "notes": 2}]
    assert values["due"]["overdue"] == 0


@pytest.mark.parametrize("weeks", ["0", "521", "x", "-1", "1.5", "²"])
def test_a_wrong_number_of_weeks_is_refused(weeks: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["stats", "--weeks", weeks])
    assert "weeks are 1 to 520" in capsys.readouterr().err
