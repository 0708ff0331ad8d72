"""The names of tags and speakers in the shell: listed, renamed, merged, and that undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_adding import margin


@pytest.fixture
def library(home: Path) -> Path:
    """A library of two articles with four notes."""
    for name in ("north", "south"):
        (home / f"{name}.md").write_text(f"# The {name}\n\nIt broke. It held.\n", encoding="utf-8")
    for name, quote, tag, speaker in (
        ("north", "It broke.", "fact", "Lucan Prewitt"),
        ("north", "It held.", "facts", "Prewitt"),
        ("south", "It broke.", "fact", "Lucan Prewitt"),
        ("south", "It held.", "quote", ""),
    ):
        margin(home, "annotate", f"{name}.md", "--quote", quote, "--tag", tag, "--speaker", speaker)
    return home


def notes(home: Path, field: str) -> list[Any]:
    listed = json.loads(margin(home, "notes", "--json")[0])
    return sorted(each[field] for each in listed)


def test_tags_are_listed_renamed_and_undone(library: Path) -> None:
    assert margin(library, "tags")[0] == "2  fact\n1  facts\n1  quote\n"
    assert json.loads(margin(library, "tags", "--json")[0])[0] == {
        "name": "fact", "notes": 2, "articles": 2,
    }  # fmt: skip
    dry = margin(library, "tags", "--rename", "FACT", "checked", "--dry-run")
    assert dry == ("", "This changes 2 notes in 2 articles.\n")
    refused = margin(library, "tags", "--rename", "fact", "checked", code=2)[1]
    assert "add --yes" in refused
    assert notes(library, "tags") == [["fact"], ["fact"], ["facts"], ["quote"]]
    done = margin(library, "tags", "--rename", "fact", "checked", "--yes")[1]
    assert "This changes 2 notes in 2 articles.\n" in done
    assert "margin undo" in done
    assert notes(library, "tags") == [["checked"], ["checked"], ["facts"], ["quote"]]
    (step,) = json.loads(margin(library, "undo", "--list", "--json")[0])
    assert (step["notes"], step["complete"]) == (2, True)
    assert margin(library, "undo")[1] == ("Undone: rename the tag “fact” to “checked” (2 notes).\n")
    assert notes(library, "tags") == [["fact"], ["fact"], ["facts"], ["quote"]]
    assert ", undone)" in margin(library, "undo", "--list")[0]
    assert margin(library, "undo", code=1)[1] == "There is nothing to undo.\n"
    merged = json.loads(
        margin(library, "tags", "--merge", "fact", "--into", "facts", "--yes", "--json")[0]
    )
    assert merged == {
        "kind": "tags", "names": ["fact"], "new_name": "facts", "notes": 2, "articles": 2,
        "changed": True,
    }  # fmt: skip


def test_speakers_are_offered_merged_and_remembered(library: Path) -> None:
    out, err = margin(library, "speakers")
    assert out == "2  Lucan Prewitt\n1  Prewitt\n"
    assert "Prewitt (1), Lucan Prewitt (2): surname alone" in err
    assert "margin speakers --merge Prewitt --into 'Lucan Prewitt'" in err
    margin(library, "speakers", "--merge", "Prewitt", "--into", "Lucan Prewitt", "--yes")
    assert margin(library, "speakers") == ("3  Lucan Prewitt  (Prewitt)\n", "")
    (record,) = json.loads(margin(library, "speakers", "--json")[0])
    assert record["other_names"] == ["Prewitt"]
    margin(library, "speakers", "--apart", "Prewitt")
    assert margin(library, "speakers")[0] == "3  Lucan Prewitt\n"
    assert margin(library, "completion", "--values", "speakers")[0] == "Lucan Prewitt\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("tags", "--rename", "x", "y"), "No such tag"),
        (("tags", "--merge", "fact"), "--into"),
        (("speakers", "--into", "x"), "--merge A B --into C"),
        (("tags", "--rename", "fact", "facts"), "merge"),
    ],
)
def test_a_mistake_is_one_sentence(library: Path, words: tuple[str, ...], sentence: str) -> None:
    error = margin(library, *words, code=2)[1]
    assert sentence in error
    assert error.count("\n") == 1
