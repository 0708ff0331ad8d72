"""Days are those of the reader's time zone, wherever a day is shown or asked for."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import clock
from reader.cli import main
from reader.core.annotation import Annotation, Place, Selector
from reader.session.versions import Version
from reader.ui.dialogs.note_editor.passage import origin_of

EVENING = "2026-03-10T03:00:00.000Z"
"""The evening of the ninth in Los Angeles, the tenth in UTC."""

MORNING = "2026-03-09T20:00:00.000Z"
"""The ninth in UTC, the morning of the tenth in Tokyo."""


@pytest.fixture(
    params=[("America/Los_Angeles", EVENING, "2026-03-09"), ("Asia/Tokyo", MORNING, "2026-03-10")]
)
def moment(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    """A time near midnight, and its day in the zone that the machine is in."""
    zone, moment, day = request.param
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    yield moment, day
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def library(moment: tuple[str, str], home: Path, tmp_path: Path) -> str:
    """A library whose one article has every one of its times at the moment; returns the day."""
    article = tmp_path / "tides.txt"
    article.write_text("The tide tables.\n\nThey were kept in the office.\n")
    assert main(["annotate", str(article), "--quote", "kept in the office"]) == 0
    (file,) = (home / ".local/share/margin/articles").iterdir()
    text = re.sub(r'"20\d\d-\d\d-\d\dT[\d:.]+Z"', f'"{moment[0]}"', file.read_text())
    # Annotating from the shell is no reading: nobody has opened the article.
    file.write_text(text.replace('"added":', f'"opened": "{moment[0]}", "added":'))
    return moment[1]


def days_in(text: str) -> set[str]:
    return set(re.findall(r"20\d\d-\d\d-\d\d", text))


def test_lists_show_local_days(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for command in ("notes", "library"):
        assert main([command]) == 0
        assert days_in(capsys.readouterr().out) == {library}, command


def test_since_takes_local_days(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    day = int(library[-2:])
    assert main(["notes", "--since", f"2026-03-{day - 1:02}"]) == 0
    assert main(["notes", "--since", library]) == 0
    assert main(["notes", "--since", f"2026-03-{day + 1:02}"]) == 1


def test_since_compares_times_however_they_are_written(
    library: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = (home / ".local/share/margin/articles").iterdir()
    written = file.read_text()
    for created, code in (("2026-03-12T01:00:00+14:00", 1), ("2026-03-11T23:00:00-11:00", 0)):
        file.write_text(re.sub(r'("created": )"[^"]*"', rf'\1"{created}"', written))
        assert main(["notes", "--since", "2026-03-12T00:00+00:00"]) == code, created


@pytest.mark.parametrize("word", ["soon", "2026-02-30", "", "9999", "0001-01-01T00:00+14:00"])
def test_what_is_no_day_is_refused(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["notes", "--since", word])
    assert "argument --since: “" in capsys.readouterr().err


def test_the_editor_and_old_versions_show_local_days(moment: tuple[str, str]) -> None:
    at, day = moment
    note = Annotation("A", Selector("words"), Place(0, 5), ("quote",), at, at)
    assert days_in(origin_of(note)) == {day}
    assert Version("digest", at, frozenset()).day == day


def test_the_trash_shows_local_minutes(
    library: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = (home / ".local/share/margin/articles").iterdir()
    file.with_name(f"{file.stem} (1).json").write_bytes(file.read_bytes())
    before = datetime.now().replace(second=0, microsecond=0)
    assert main(["library"]) == 0
    capsys.readouterr()
    assert main(["trash"]) == 0
    shown = capsys.readouterr().out[: len("2026-01-31 09:05")]
    assert before <= datetime.strptime(shown, "%Y-%m-%d %H:%M") <= datetime.now()
    assert main(["trash", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["removed"].endswith("Z")


@pytest.mark.parametrize("day", ["2026-03-09", "2026-12-31", "0001-01-01", "9999-12-31"])
def test_a_day_alone_is_that_day_everywhere(moment: tuple[str, str], day: str) -> None:
    assert clock.local_day(day) == day


@given(st.text().filter(lambda text: not text.startswith(tuple("0123456789"))))
def test_text_that_is_no_time_is_shown_as_it_is(text: str) -> None:
    assert clock.local_day(text) == clock.local_minute(text) == text
