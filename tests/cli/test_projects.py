"""Projects in the shell: given when articles are added and later, listed, renamed, exported."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_adding import margin


def names(home: Path, *options: str) -> list[str]:
    return [each["title"] for each in json.loads(margin(home, "library", "--json", *options)[0])]


def test_a_story_of_several_articles_is_listed_and_exported(home: Path) -> None:
    for name in ("north", "south", "west"):
        (home / f"{name}.md").write_text(f"# The {name}\n\nIt broke in March.\n", encoding="utf-8")
    margin(home, "add", "north.md", "--project", "Water meters")
    margin(home, "add", "north.md", "south.md", "--project", "water meters", "--project", "Ports")
    assert json.loads(margin(home, "projects", "--json")[0]) == [
        {"name": "Ports", "articles": 2},
        {"name": "Water meters", "articles": 2},
    ]
    margin(home, "add", "west.md")
    out, _ = margin(
        home,
        "edit",
        "west",
        "south",
        "--project",
        "PORTS",
        "--no-project",
        "Water meters",
        "--json",
    )
    assert [each["tags"] for each in json.loads(out)] == [["Ports"], ["Ports"]]
    renaming = ("projects", "--rename", "ports", "Harbours")
    assert "add --yes" in margin(home, *renaming, code=2)[1]
    assert margin(home, *renaming, "--dry-run")[1] == "This changes 3 articles.\n"
    assert margin(home, *renaming, "--yes")[1] == "This changes 3 articles.\n"
    assert margin(home, "projects")[0] == "3  Harbours\n1  Water meters\n"
    assert names(home, "--project", "water METERS") == names(home, "--tag", "Water meters")
    for name in ("north", "west"):
        margin(home, "annotate", f"{name}.md", "--quote", "It broke in March.", "--tag", "claim")
    listed = margin(home, "library", "--project", "water meters")[0]
    assert "unread · 1 note · 1 open claim · Water meters" in listed
    exported = margin(home, "export", "--project", "Water meters", "--format", "jsonl")[0]
    assert [json.loads(line)["title"] for line in exported.splitlines()] == ["The north"]
    margin(home, "export", "--project", "harbours", "-o", "story/")
    assert len(list((home / "story").iterdir())) == 2


def test_a_project_that_is_not_there_is_one_sentence(home: Path) -> None:
    assert "No article belongs to a project" in margin(home, "projects", code=1)[1]
    for words in (("export", "--project", "x"), ("projects", "--rename", "x", "y")):
        sentence = margin(home, *words, code=2)[1]
        assert "'x' is none of the library’s projects; no article belongs to one yet." in sentence
    assert "No project named" in margin(home, "add", "a.md", "--project", " ", code=2)[1]
