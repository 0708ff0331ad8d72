"""The docs name what is there: every module, every key, and files that exist."""

from __future__ import annotations

import re

import pytest

from tests.generated_docs import PARTS, ROOT, pattern

PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
)
"""Every page of the docs."""

LINK = re.compile(r"\]\((?![a-z]+:|#)([^)\s#]+)")
"""The target of a link to a file of the repository, without its fragment."""

MODULE = re.compile(r"`(?:reader/|styles/|tests/)?((?:[a-z_]+/)+[a-z_]+\.(?:py|toml|tcss))`")
"""A file of the code, as the docs name it; ``reader/`` may be left out."""


@pytest.mark.parametrize("name", PARTS)
def test_what_comes_from_the_code_is_what_the_code_says(name: str) -> None:
    file, make = PARTS[name]
    match = pattern(name).search((ROOT / file).read_text(encoding="utf-8"))
    assert match, f"{file} has no <!-- {name} --> and <!-- /{name} -->"
    assert match[1] == make(), "written by: make docs"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    path = ROOT / page
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    missing = [each for each in targets if not (path.parent / each).exists()]
    assert missing == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/extending.md"])
def test_every_file_of_the_code_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {match[0].strip("`") for match in MODULE.finditer(text)}
    assert named
    assert [name for name in named if not _is_there(name)] == []


def _is_there(name: str) -> bool:
    return name.isupper() or any((ROOT / top / name).exists() for top in ("", "reader", "tests"))


def test_the_tests_that_hold_attacks_exist() -> None:
    text = (ROOT / "docs/safety.md").read_text(encoding="utf-8")
    table = text.split("## Attacks tried and held")[1].split("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([a-z_/]+)`", row[3])}
    assert len(named) > 20
    for name in named:
        folder, _, module = name.rpartition("/")
        assert (ROOT / "tests" / folder / f"test_{module}.py").exists(), name
