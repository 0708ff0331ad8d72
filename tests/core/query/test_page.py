"""The page on queries shows queries that are understood."""

from __future__ import annotations

import re

import pytest

from reader.core.query.parsing import parse
from tests.core.query.query_strategies import NOW
from tests.generated_docs import ROOT

PAGE = (ROOT / "docs/notes.md").read_text(encoding="utf-8")


def code_in(section: str, column: int) -> list[str]:
    """Return what the first table of a section has as code in one of its columns."""
    after = PAGE.partition(f"{section}\n")[2].partition("\n## ")[0]
    rows = [line for line in after.splitlines() if line.startswith("| ")][2:]
    cells = [cells[column] for row in rows if len(cells := row.split("|")) > column + 1]
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("query", code_in("# Asking the notes", 2) + code_in("## Fields", 4))
def test_the_queries_of_the_page_are_understood(query: str) -> None:
    assert parse(query, NOW).faults == ()


@pytest.mark.parametrize("date", code_in("## Dates", 1))
def test_the_dates_of_the_page_are_understood(date: str) -> None:
    for field in ("on", "before", "after", "until", "published"):
        assert parse(f"{field}:{date}", NOW).faults == ()
