"""``margin check`` prints what is wrong with the quotations of a draft, for people and editors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli import main
from tests.hostile_text import HOSTILE

SAMPLES = Path(__file__).parents[2] / "sample_articles"
RIGHT = "The board “relied in good faith on a certified product,” said Lucan Prewitt.\n"
WRONG = "# A draft\n\nThe board “relied on good faith in a certified product,” they say.\n"


@pytest.fixture(autouse=True)
def _article(home: Path) -> None:
    assert main(["add", str(SAMPLES / "the-quiet-ledger.txt")]) == 0


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["check", *map(str, words)])
    out = capsys.readouterr()
    return code, out.out, out.err


def write(folder: Path, text: str, name: str = "draft.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_printed_where_all_is_verbatim(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = write(tmp_path, RIGHT)
    assert printed(capsys, draft) == (0, "", "1 quotation: 1 verbatim.\n")


def test_all_names_speaker_source_and_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = printed(capsys, write(tmp_path, RIGHT), "--all")
    first, second = out.splitlines()
    assert code == 0
    assert first.endswith(
        "draft.md:1: verbatim: “relied in good faith on a certified product,” (Lucan Prewitt)"
    )
    assert re.fullmatch(r"    Lucan Prewitt · The Quiet Ledger · seen \d+ \w+ \d{4}", second)


def test_lines_begin_as_editors_read_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = write(tmp_path, WRONG)
    code, out, err = printed(capsys, draft)
    assert code == 1
    first, source, own, _ = out.splitlines()
    quotation = "relied on good faith in a certified product,"
    assert first == f"{draft}:3: with other words: “{quotation}” (The board?)"
    assert source == "    source: “relied [-in-] good faith [-on-] a certified product”"
    assert own == "    draft:  “relied {+on+} good faith {+in+} a certified product”"
    assert err == "1 quotation: 0 verbatim, 1 to look at.\n"


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drafts = [write(tmp_path, RIGHT, "a.md"), write(tmp_path, WRONG, "b.md")]
    code, out, err = printed(capsys, *drafts, "--json")
    assert (code, err) == (1, "")
    first, second = json.loads(out)
    assert [first["draft"], first["problems"], second["problems"]] == [str(drafts[0]), 0, 1]
    (right,), (wrong,) = first["quotations"], second["quotations"]
    assert (right["verdict"], right["verbatim"], right["line"]) == ("verbatim", True, 1)
    assert right["source"]["speaker"] == "Lucan Prewitt"
    assert (wrong["verdict"], wrong["line"]) == ("other-words", 3)
    assert wrong["source"]["words"] == "relied in good faith on a certified product"
    assert wrong["source"]["source_only"] == ["in", "on"]
    assert wrong["source"]["draft_only"] == ["on", "in"]


def test_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "check", "-"],
        input=WRONG,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.partition(": with")[0]) == (1, "-:3")


def test_no_quotation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = write(tmp_path, "Nothing “quoted” here.\n")
    assert printed(capsys, draft) == (0, "", "No quotation of four words or more was found.\n")


@pytest.mark.parametrize("words", [["missing.md"], ["."], ["a.md", "missing.md"]])
def test_what_is_no_draft(
    words: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, RIGHT, "a.md")
    code, _, err = printed(capsys, *words)
    assert code == 2
    assert err.startswith("margin: ")
    assert "Traceback" not in err


def test_hostile_text_is_shown_harmlessly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = write(tmp_path, f"“relied in good {HOSTILE} faith on a certified product”\n")
    code, out, _ = printed(capsys, draft, "--all", "--color", "never")
    assert code == 1
    assert "\x1b" not in out
    assert out.splitlines()[0].startswith(f"{draft}:1: ")


def test_the_draft_and_the_library_stay_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    draft = write(tmp_path, WRONG)
    files = [*home.rglob("articles/*.json"), *home.rglob("snapshots/*"), draft]
    before = [file.read_bytes() for file in files]
    printed(capsys, draft)
    assert [file.read_bytes() for file in files] == before
    assert sorted(home.rglob("articles/*.json")) == [
        each for each in files if "articles" in each.parts
    ]
