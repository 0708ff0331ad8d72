"""``margin diff`` prints what changed between two versions, and ends as ``diff`` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from tests.hostile_text import HOSTILE

FIRST = """# The tide tables

The crossing took nearly two hours. Nobody minded.

A paragraph that is going to be taken out of here.

## Costs

The wall cost 7,900 marks. It stands. Nobody asked.
"""
SECOND = FIRST.replace("nearly two hours", "about 90 minutes")
THIRD = (
    SECOND.replace("A paragraph that is going to be taken out of here.\n\n", "").replace(
        "7,900", "8,120"
    )
    + "\nOne paragraph more.\n"
)


@pytest.fixture
def article(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article that was read on 28 and 30 November, and has changed since."""
    path = tmp_path / "tides.md"
    for day, text in (("2026-11-28", FIRST), ("2026-11-30", SECOND)):
        monkeypatch.setattr("reader.clock.now", lambda day=day: f"{day}T12:00:00.000Z")
        path.write_text(text, encoding="utf-8")
        assert main(["annotate", str(path), "--quote", "Nobody minded.", "--tag", "quote"]) == 0
    monkeypatch.setattr("reader.clock.now", lambda: "2026-12-02T12:00:00.000Z")
    path.write_text(THIRD, encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(list(map(str, words)))
    out = capsys.readouterr()
    return code, out.out, out.err


def test_since_the_version_before_the_file_as_it_is_now(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = printed(capsys, "diff", article)
    assert (code, err) == (1, "")
    head, lines = out.splitlines()[:2], out.splitlines()[2:]
    assert head == [
        "--- The tide tables  2026-11-30 12:00",
        "+++ The tide tables  2026-12-02 12:00",
    ]
    assert lines == [
        "@@ The tide tables @@",
        "- A paragraph that is going to be taken out of here.",
        "@@ Costs @@",
        "~ The wall cost [-7,900-] {+8,120+} marks. …",
        "+ One paragraph more.",
    ]


def test_nothing_is_saved(article: Path, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    files = sorted(home.rglob("articles/*.json"))
    before = [file.read_bytes() for file in files]
    printed(capsys, "diff", article)
    assert [file.read_bytes() for file in files] == before


@pytest.mark.parametrize(
    ("options", "has", "lacks"),
    [
        (("--from", "28 Nov"), "[-nearly two hours-] {+about 90 minutes+}", "-----"),
        (("--from", "2026-11-29"), "[-nearly two hours-]", "-----"),
        (("--from", "saturday", "--to", "30 Nov"), "[-nearly two hours-]", "7,900"),
        (("--from", "30 Nov", "--to", "28 Nov"), "[-about 90 minutes-]", "7,900"),
        (("--from", "30 Nov"), "[-7,900-]", "two hours"),
    ],
)
def test_two_versions_are_named_by_their_days(
    article: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    has: str,
    lacks: str,
) -> None:
    code, out, _ = printed(capsys, "diff", "tide", *options)
    assert code == 1
    assert has in out
    assert lacks not in out


def test_versions_with_the_same_words_are_no_difference(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = printed(capsys, "diff", article, "--from", "now")
    assert (code, out) == (0, "")
    assert "one version" in err
    article.write_text(SECOND.replace("It stands", "IT STANDS"), encoding="utf-8")
    code, out, err = printed(capsys, "diff", article)
    assert (code, out) == (0, "")
    assert "have the same words" in err
    assert printed(capsys, "diff", article, "--json")[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "1 Nov"), "It has the versions of 2026-11-28 12:00, 2026-11-30 12:00, 2026-12"),
        (("--from", "soon"), "--from: “soon” is no date that Margin understands"),
        (("--to", "12/11/2026"), "--to: “12/11/2026” may be 12 November 2026 or 11 December"),
        (("--from", "0001-01-01"), "--from: “0001-01-01” is too early or too late"),
        (("--to", "0001-01-01T00:00+14:00"), "--to: “0001-01-01T00:00+14:00” is too early or"),
        (("--to", "9999-12-31T23:00-14:00"), "--to: “9999-12-31T23:00-14:00” is too early or"),
    ],
)
def test_trouble_is_one_sentence_and_code_2(
    article: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    code, out, err = printed(capsys, "diff", article, *words)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_an_unknown_article_is_trouble(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = printed(capsys, "diff", "nothing of the kind")
    assert code == 2
    assert "No article of the library is called" in err


def test_json_has_both_versions_and_every_change(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = printed(capsys, "diff", article, "--from", "28 Nov", "--json")
    record = json.loads(out)
    assert code == 1
    assert (record["title"], record["source"]) == ("The tide tables", str(article))
    assert record["from"]["first"] == record["from"]["last"] == "2026-11-28T12:00:00.000Z"
    assert (record["from"]["annotations"], record["to"]["annotations"]) == (1, 0)
    assert [tuple(change.values()) for change in record["changes"]] == [
        ("changed", "nearly two hours", "about 90 minutes", "The tide tables"),
        ("removed", "A paragraph that is going to be taken out of here.", "", "The tide tables"),
        ("changed", "7,900", "8,120", "Costs"),
        ("added", "", "One paragraph more.", "Costs"),
    ]


def test_colours_are_there_when_asked_for(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coloured = printed(capsys, "diff", article, "--color", "always")[1]
    assert "\x1b[31m[-7,900-]\x1b[0m" in coloured
    assert "\x1b" not in printed(capsys, "diff", article, "--color", "always", "--no-color")[1]
    assert "\x1b" not in printed(capsys, "diff", article)[1]


def test_a_moved_paragraph_is_told_once(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved = "A paragraph that is going to be taken out of here."
    article.write_text(SECOND.replace(f"{moved}\n\n", "") + f"\n{moved}\n", encoding="utf-8")
    out = printed(capsys, "diff", article)[1]
    assert out.splitlines()[2:] == ["@@ Costs @@", f"> {moved}"]
    (change,) = json.loads(printed(capsys, "diff", article, "--json")[1])["changes"]
    assert (change["kind"], change["old"], change["new"]) == ("moved", moved, moved)


def test_what_a_terminal_would_obey_is_shown(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text(SECOND + f"\nA word {HOSTILE} more.\n", encoding="utf-8")
    out = printed(capsys, "diff", article)[1]
    assert "\x1b" not in out
    assert "more." in out
