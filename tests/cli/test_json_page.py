"""The page on JSON names every field that the commands print, and no other one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reader.core.annotation import ArticleState, Loss, PlaceState
from reader.core.claims import STANDARD_NAMES
from tests.cli.test_adding import margin
from tests.generated_docs import ROOT

PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
TEXT = "# Tides\n\nThe harbour kept two clocks. Nobody knew why, [they say](https://a.example/).\n"


def fields(section: str) -> set[str]:
    """Return the fields in the first table of a section."""
    after = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    table = re.split(r"\n\n", after.partition("| --- | --- |\n")[2])[0]
    return {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "tides.md").write_text(TEXT, encoding="utf-8")
    margin(tmp_path, "annotate", "tides.md", "--quote", "Nobody knew why")
    return tmp_path


def printed(home: Path, *arguments: str) -> Any:
    return json.loads(margin(home, *arguments)[0])


def test_the_fields_of_annotations(home: Path) -> None:
    (note,) = printed(home, "notes", "--json")
    assert set(note) == fields("margin notes")
    made = printed(home, "annotate", "tides.md", "--quote", "two clocks", "--json")
    assert set(made) == fields("margin notes")
    query = ("--query", "knew")
    line = json.loads(margin(home, "export", "--format", "jsonl", *query)[0].splitlines()[0])
    assert set(line) == fields("margin notes") | fields("margin export --format jsonl")
    exported, _ = printed(home, "export", "--json", "--query", "knew OR clocks")
    assert set(exported) == set(line)
    (file,) = printed(home, "export", "-o", "notes.md", "--json")
    assert set(file) == fields("margin export -o")
    assert set(printed(home, "export", "--to", "vault", "--json")) == fields("margin export --to")


def test_the_fields_of_articles(home: Path) -> None:
    (article,) = printed(home, "library", "--json")
    assert set(article) == fields("margin library")
    (found,) = printed(home, "search", "knew", "--json")
    assert set(found) == fields("margin search") | fields("margin library")
    (excerpt,) = found["excerpts"]
    assert set(excerpt) == {"start", "end", "section", "page", "text", "found"}
    assert all(f"`{name}`" in PAGE.partition("An excerpt has")[2] for name in excerpt)
    (added,) = printed(home, "add", "--with-annotations", "tides.md", "--json")
    assert set(added) == fields("margin add")
    (edited,) = printed(home, "edit", "tides", "--outlet", "The Post", "--json")
    assert set(edited) == fields("margin edit")
    document = printed(home, "text", "tides.md", "--json")
    assert set(document) == fields("margin text")
    named = set(re.findall(r"`(\w+)`", PAGE.partition("\n| `metadata` |")[2].partition("\n")[0]))
    assert set(document["metadata"]) == named
    assert {name for span in document["spans"] for name in span} == {
        "kind", "start", "end", "target"
    }  # fmt: skip


def test_the_fields_of_maintenance(home: Path) -> None:
    assert set(printed(home, "backup", "-o", "a.zip", "--json")) == fields("margin backup")
    assert set(printed(home, "restore", "a.zip", "--json")) == fields("margin restore")
    (library,) = home.glob("**/articles")
    (library / "damaged-000000.json").write_text("{", encoding="utf-8")
    findings = json.loads(margin(home, "doctor", "--json", code=1)[0])
    assert all(set(each) == fields("margin doctor") for each in findings)
    assert findings


@pytest.mark.parametrize("value", [*PlaceState, *Loss, *sorted(STANDARD_NAMES), *ArticleState])
def test_every_value_is_named(value: str) -> None:
    assert f"`{value}`" in PAGE


def test_the_fields_of_names_and_of_what_is_undone(home: Path) -> None:
    (tag,) = printed(home, "tags", "--json")
    assert set(tag) == fields("margin tags")
    margin(home, "annotate", "tides.md", "--quote", "two clocks", "--speaker", "Prewitt")
    (speaker,) = printed(home, "speakers", "--json")
    assert set(speaker) == fields("margin tags") | fields("margin speakers")
    margin(home, "tags", "--rename", "quote", "said", "--yes")
    assert set(printed(home, "undo", "--json")) == fields("margin undo")
