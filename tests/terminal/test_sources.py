"""A source is corrected in a real terminal, and what was written is there the next time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import SAMPLES, margin

LEDGER = SAMPLES / "the-quiet-ledger.txt"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_the_outlet_and_the_day_are_written_and_stay(home: Path, size: tuple[int, int]) -> None:
    with Terminal([*MARGIN, LEDGER], size=size, home=home) as terminal:
        terminal.wait_for("The Quiet Ledger")
        terminal.send("i")
        terminal.wait_for("found in the text")
        terminal.send("f")
        terminal.wait_for("add the year")
        terminal.send(*"2026", "enter")
        terminal.wait_for("14 March 2026")
        terminal.send("e")
        terminal.wait_for("tab next")
        terminal.send("tab", "tab", *"The Courier", "enter")
        terminal.wait_for(lambda screen: "The Courier" in screen and "next field" not in screen)
        terminal.send("escape", "q")
        assert terminal.wait() == 0
    (article,) = json.loads(margin(home, "edit", "ledger", "--accessed", "today", "--json").stdout)
    assert (article["site"], article["published"]) == ("The Courier", "2026-03-14")
    assert article["corrected"] == ["site", "published", "accessed"]
    with Terminal([*MARGIN, LEDGER], size=size, home=home) as terminal:
        terminal.wait_for("The Quiet Ledger")
        terminal.send("i")
        terminal.wait_for("The Courier")
        terminal.send("escape", "q")
        assert terminal.wait() == 0
