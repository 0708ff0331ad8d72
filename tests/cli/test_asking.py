"""Commands print what a query asks for; a mistake in it has a sentence and a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.cli.parser import parse

LEDGER = """# The Quiet Ledger

The chair said that the board relied in good faith on it. A survey found it in 26 per cent of 63 towns.

“A past that changes is not a past,” said Dr. Solvay.
"""
FERRY = "# The Night Ferry\n\nYou cannot plan for people whom you have not counted. It closed in 1926.\n"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A library of two articles with four notes."""
    for name, text in (("ledger.md", LEDGER), ("ferry.md", FERRY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ledger, ferry = str(tmp_path / "ledger.md"), str(tmp_path / "ferry.md")
    for words in (
        [ledger, "--quote", "relied in good faith", "--tag", "claim", "--speaker", "Lucan Prewitt",
         "--note", "Ask for the certificate."],
        [ledger, "--quote", "26 per cent of 63", "--tag", "claim", "--status", "disputed"],
        [ledger, "--quote", "A past that changes is not a past", "--speaker", "Dr. Solvay"],
        [ferry, "--quote", "It closed in 1926", "--tag", "context"],
    ):  # fmt: skip
        assert main(["annotate", *words]) == 0
    assert main(["edit", "ledger", "--project", "Water", "--published", "2026-03-14"]) == 0
    assert main(["edit", "ferry", "--outlet", "The Courier", "--published", "2025"]) == 0
    capsys.readouterr()
    return tmp_path


RELIED, SURVEY, PAST, CLOSED = (
    "relied in good faith", "26 per cent of 63", "A past that changes is not a past", "It closed in 1926",
)  # fmt: skip


def quotes(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[str]:
    """Return the passages of the notes that a command finds, in their order."""
    assert main(["notes", *words, "--json"]) == code
    return [note["quote"] for note in json.loads(capsys.readouterr().out)]


ASKED: list[tuple[list[str], list[str]]] = [
    (['"26"'], [SURVEY]),
    (["26"], [CLOSED, SURVEY]),
    (["26", "--sort", "relevance"], [SURVEY, CLOSED]),
    (["status:open"], [RELIED]),
    (["status:open,disputed"], [SURVEY, RELIED]),
    (["--status", "open", "--status", "disputed"], [SURVEY, RELIED]),
    (["speaker:solvay", "published:2026-03"], [PAST]),
    (["--speaker", "solvay"], [PAST]),
    (["good", "faith", "-tag:quote"], [RELIED]),
    (["-tag:claim", "-solvay"], [CLOSED]),
    (["--query", "-tag:claim"], [CLOSED, PAST]),
    (["--query=certificate", "relied"], [RELIED]),
    (["--tag", "quote", "--tag", "context"], [CLOSED, PAST]),
    (["(tag:quote OR tag:context)", "in:ledger"], [PAST]),
    (["in:ledger", "--sort", "oldest"], [RELIED, SURVEY, PAST]),
    (["in:ledger", "--sort", "place"], [RELIED, SURVEY, PAST]),
    (["--since", "today", "--until", "today", "site:courier"], [CLOSED]),
    (["--article", "ferry", "is:unread"], [CLOSED]),
    (["project:water", "has:note"], [RELIED]),
    (["text:survey", "-status:none"], [SURVEY, RELIED]),
    ([], [CLOSED, PAST, SURVEY, RELIED]),
]


def test_notes_are_those_that_words_and_options_ask_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, found in ASKED:
        assert quotes(capsys, *words) == found, words


def test_a_saved_search_is_asked_by_its_name(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = home / ".config/margin/settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        '[[searches]]\nname = "Both"\nquery = "speaker:solvay OR survey OR speaker:prewitt"\n'
        '[[searches]]\nname = "open claims"\nhidden = true\n'
    )
    assert quotes(capsys, "--saved", "this week", "--sort", "oldest") == [
        RELIED, SURVEY, PAST, CLOSED
    ]  # fmt: skip
    assert quotes(capsys, "--saved", " both", "--sort", "oldest") == [RELIED, PAST]
    assert quotes(capsys, "--saved", "BOTH", "tag:claim") == [RELIED]
    target = tmp_path / "out"
    assert main(["export", "--saved", "both", "-o", str(target)]) == 0
    (path,) = target.iterdir()
    assert path.name.startswith("The Quiet Ledger (")
    assert SURVEY not in path.read_text()
    capsys.readouterr()
    for name in ("open claims", "nothing"):
        assert main(["notes", "--saved", name]) == 2
        told = capsys.readouterr().err
        assert f"'{name}' is none of the saved searches (changed since marked, " in told
        assert "this week, Both)" in told


def test_what_nothing_answers_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notes", "nowhere"]) == 1
    assert capsys.readouterr() == ("", "No note was found.\n")
    assert main(["library", "nowhere"]) == 1
    assert quotes(capsys, "--until", "yesterday", code=1) == []


def test_a_mistake_has_its_place_and_the_rest_is_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["notes", "字 OR tag:claim", "spekaer:x", "status:opne"]) == 2
    out, err = capsys.readouterr()
    assert RELIED in out
    assert PAST not in out
    assert err.splitlines() == [
        "margin: There is no field spekaer:; did you mean speaker:?",
        "  字 OR tag:claim spekaer:x status:opne",
        "                  ^^^^^^^",
        "margin: “opne” is no value of status:; did you mean status:open?",
        "  字 OR tag:claim spekaer:x status:opne",
        "                                   ^^^^",
        "margin: what was understood: 字 OR tag:claim",
    ]


def test_a_query_of_which_nothing_was_understood_finds_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in ("notes", "library"):
        assert main([command, "spekaer:prewitt"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("margin: There is no field spekaer:")
        assert len(err.splitlines()) == 3


def test_many_mistakes_and_a_huge_query_take_a_few_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for query in ("spekaer:x " * 40, "(" * 100_000, "\x1b[31m\u202e:" * 9_000, "x" * 90_000 + ' "'):
        assert main(["notes", f"tag:claim {query}"]) == 2
        _, err = capsys.readouterr()
        assert len(err.splitlines()) < 20
        assert max(map(len, err.splitlines())) < 300
        assert not {"\x1b", "\u202e"} & set(err)


def test_articles_are_those_that_words_and_options_ask_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def titles(*words: str) -> list[str]:
        main(["library", *words, "--json"])
        return sorted(article["title"] for article in json.loads(capsys.readouterr().out))

    ledger, ferry = "The Quiet Ledger", "The Night Ferry"
    assert titles("status:open") == [ledger]
    assert titles("-status:open") == [ferry]
    assert titles("the") == titles("has:note", "OR", "ferry") == [ferry, ledger]
    assert titles("text:survey") == titles("project:water") == [ledger]
    assert titles("published:2025", "--state", "unread") == [ferry]
    assert titles("--tag", "water", "is:unread") == titles("--project", "WATER") == [ledger]
    assert titles("--tag", "wat") == []


def test_an_export_has_exactly_the_notes_of_its_query(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--query", "tag:claim -status:open", "--json"]) == 0
    (note,) = json.loads(capsys.readouterr().out)
    assert note["quote"] == SURVEY
    assert main(["export", "--query", "nowhere"]) == 1
    capsys.readouterr()
    assert main(["export", "--query", "tag:claim is:opn", "-o", str(library / "out.md")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "did you mean is:open?" in err
    assert "Not exported: Correct the query" in err
    assert not (library / "out.md").exists()


def test_deleted_notes_are_printed_where_they_are_asked_for(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (file, *_) = (home / ".local/share/margin/articles").glob("*erry*.json")
    record = json.loads(file.read_text())
    (annotation,) = record["annotations"].values()
    annotation |= {"deleted": "2026-11-30T10:00:00.000Z", "modified": "2026-11-30T10:00:00.000Z"}
    file.write_text(json.dumps(record))
    assert quotes(capsys, "closed", code=1) == []
    assert quotes(capsys, "closed", "is:deleted") == [CLOSED]
    assert main(["notes", "is:deleted", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["deleted"] == "2026-11-30T10:00:00.000Z"
    assert main(["notes", "is:deleted"]) == 0
    assert "[context · deleted 2026-11-30]" in capsys.readouterr().out


def test_only_words_of_a_query_may_begin_with_a_hyphen() -> None:
    assert parse(["notes", "-tag:a", "--json", "-b c"]).words == ["-tag:a", "-b c"]
    for before in (["--library", "x"], ["--library=x"]):
        parsed = parse([*before, "notes", "-tag:a"])
        assert (parsed.words, str(parsed.library)) == (["-tag:a"], "x")
    assert parse(["export", "--query", "-tag:a"]).query == "-tag:a"
    assert parse(["notes", "a", "--", "-h", "--json"]).words == ["a", "-h", "--json"]
    for words in (["trash", "-tag:a"], ["notes", "--tagg", "x"], ["export", "-tag:a"]):
        with pytest.raises(SystemExit):
            parse(words)


def test_a_search_shows_where_the_words_stand_and_the_notes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", '"26"', "cent"]) == 0
    title, _, section, place, note, passage, *rest = capsys.readouterr().out.splitlines()
    assert title == section.strip() == "The Quiet Ledger"
    assert "A survey found it in 26 per cent of 63 towns." in place
    assert "disputed" in note
    assert passage == f"    “{SURVEY}”"
    assert rest == [""]
    assert main(["search", "night OR counted"]) == 0
    title, _, section, place, more, *_ = capsys.readouterr().out.splitlines()
    assert title == section.strip() == "The Night Ferry"  # no place of its own
    assert "whom you have not counted." in place
    assert more == "    and 1 more place"
    assert main(["search", "faith", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["title"] == "The Quiet Ledger"
    assert found["places"] == 1
    (excerpt,) = found["excerpts"]
    assert (excerpt["found"], excerpt["section"]) == (["faith"], "The Quiet Ledger")
    assert [each["quote"] for each in found["notes"]] == [RELIED]


def test_a_search_finds_articles_without_notes_and_notes_without_words_in_the_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", "counted"]) == 0
    assert "whom you have not counted." in capsys.readouterr().out
    assert main(["search", "certificate"]) == 0
    out = capsys.readouterr().out
    assert "Ask for the certificate." in out
    assert "The Night Ferry" not in out
    assert main(["search", "nowhere"]) == 1
    assert capsys.readouterr() == ("", "Nothing was found.\n")
    assert main(["search", "nowhere", "--json"]) == 1
    assert main(["search", "spekaer:x"]) == 2
    assert main(["search"]) == 2
    assert "Name words" in capsys.readouterr().err
