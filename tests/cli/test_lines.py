"""What the shell prints for people: the lines of a note and of an article."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reader import clock
from reader.cli import main
from reader.paths import library_folder

TEXT = "# The tide tables\n\nIt closed in March. It opened again in May.\n\nThe council met.\n"


@pytest.fixture
def article(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "tides.md"
    path.write_text(TEXT)
    return path


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    capsys.readouterr()
    assert main(list(words)) == 0
    return capsys.readouterr().out.splitlines()


def test_a_note_names_its_section_where_the_article_has_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tides.md"
    path.write_text(f"{TEXT}\n## The harbour\n\nIt was dark.\n")
    printed(capsys, "annotate", str(path), "--quote", "It was dark")
    *_, origin, _ = printed(capsys, "notes")
    assert origin.startswith("  The tide tables · The harbour · ")


@pytest.mark.parametrize(
    ("options", "facts"),
    [
        ([], "quote"),
        (["--tag", "claim", "--tag", "dates"], "claim, dates · unchecked"),
        (["--speaker", "A. Keeper"], "quote · A. Keeper"),
        (["--status", "disputed"], "quote · disputed"),
        (["--speaker", "A. Keeper", "--status", "supported"], "quote · A. Keeper · supported"),
    ],
)
def test_a_note_has_its_facts_its_passage_and_its_article(
    article: Path, options: list[str], facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (identifier,) = printed(
        capsys,
        "annotate",
        str(article),
        "--quote",
        "It closed",
        "--note",
        "Why?\n\nWhen?",
        *options,
    )
    head, passage, *note, origin, between = printed(capsys, "notes")
    assert between == ""
    assert head == f"[{facts}] {identifier}"
    assert passage == "  “It closed”"
    assert note == ["  Why?", "  ", "  When?"]
    assert origin.startswith("  The tide tables · ")
    assert origin.count(" · ") == 1


def test_a_lost_note_says_so_and_where_it_was(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, "annotate", str(article), "--quote", "It opened again in May.")
    article.write_text(TEXT.replace(" It opened again in May.", " Nothing else is known."))
    printed(capsys, "annotate", str(article), "--quote", "Nothing else is known.")
    lines = printed(capsys, "notes")
    lost = next(line for line in lines if "lost its place" in line)
    assert lost.startswith("[quote · lost its place")
    assert any("It closed in March" in line for line in lines if not line.startswith("["))


def test_a_note_says_what_its_passage_read_and_reads_now(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, "annotate", str(article), "--quote", "It opened again in May.")
    article.write_text(TEXT.replace("opened again in May", "opened again in June"))
    printed(capsys, "annotate", str(article), "--quote", "It closed")
    today = clock.day_in_words(clock.now())
    assert (
        f"  It read “It opened again in May.” on {today}, “It opened again in June.” since {today}."
    ) in printed(capsys, "notes")


def test_an_article_has_its_title_its_state_and_its_source(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = article.with_name("other.md")
    other.write_text("# Another one\n\nWords.\n")
    printed(capsys, "add", str(other))
    for quote in ("It closed", "It opened"):
        printed(capsys, "annotate", str(article), "--quote", quote)
    lines = printed(capsys, "library")
    records = {
        record["title"]: record
        for record in json.loads("\n".join(printed(capsys, "library", "--json")))
    }
    for title, source, notes in (
        ("The tide tables", article, "2 notes"),
        ("Another one", other, "0 notes"),
    ):
        at = lines.index(title)
        facts = lines[at + 1]
        assert f" · {notes}" in facts
        assert facts.startswith(f"  {records[title]['state']}")
        assert facts.endswith(f" · {records[title]['id']}")
        assert lines[at + 2] == f"  {source}"


@pytest.mark.parametrize("width", [20, 40, 72])
def test_a_text_is_printed_in_lines_of_a_width(
    article: Path, width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, "text", str(article), "--width", str(width))
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()) == " ".join(TEXT.replace("# ", "").split())
    assert not any(line != line.rstrip() for line in lines)


def test_the_blocks_of_a_text_are_records(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# One\n\nText.\n\n1. first\n\n```python\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    record = json.loads("\n".join(printed(capsys, "text", str(path), "--json")))
    kinds = [
        (
            block["kind"],
            block.get("level"),
            block.get("marker"),
            block.get("language"),
            block.get("header_rows"),
        )
        for block in record["blocks"]
    ]
    assert kinds == [
        ("heading", 1, None, None, None),
        ("paragraph", None, None, None, None),
        ("item", 1, "1.", None, None),
        ("code", None, None, "python", None),
        ("table", None, None, None, 1),
    ]
    first = record["blocks"][0]
    assert record["text"][first["start"] : first["end"]] == "One"


def test_notes_that_two_libraries_changed_are_told_of(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (identifier,) = printed(
        capsys, "annotate", str(article), "--quote", "It closed", "--note", "one"
    )
    here, there = library_folder(), tmp_path / "other"
    shutil.copytree(here, there)
    for folder, note in ((here, "here"), (there, "there")):
        (path,) = (folder / "articles").glob("*.json")
        record = json.loads(path.read_text())
        fields = record["annotations"][identifier]
        moment = fields["modified"].replace("20", "21", 1)
        fields |= {"note": note, "modified": moment, "changed": {"note": moment}}
        path.write_text(json.dumps(record))
    capsys.readouterr()
    assert main(["merge", str(there)]) == 0
    assert "1 note" in capsys.readouterr().err
    assert main(["merge", str(there)]) == 0
    assert "1 note" not in capsys.readouterr().err


def test_an_unknown_status_is_named_with_the_known_ones_and_a_kept_one_is_found(
    article: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = home / ".config/margin/settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[[statuses]]\nname = "half true"\n')
    printed(capsys, "annotate", str(article), "--quote", "It closed", "--status", "half true")
    settings.unlink()
    assert len(printed(capsys, "notes", "--status", "Half  True")) == 4
    for options in (["bogus"], ["bogus", "--json"], ["half true", "--status", "bogus"]):
        assert main(["notes", "--status", *options]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "'bogus' is none of unchecked, supported, disputed, refuted;" in err
        assert len(err.splitlines()) == 1
    assert main(["notes", "--status", "refuted"]) == 1
    assert "No note was found." in "".join(capsys.readouterr())
