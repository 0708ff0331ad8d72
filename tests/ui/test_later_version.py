"""An article file that a later version of Margin wrote: it is read, and nothing of it is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.session import Session
from reader.store.files.migrations import CURRENT_SCHEMA
from reader.ui.commands import READING, changes_annotations, commands_of
from tests.ui.reading_app import opened

TIDES = "# Tides\n\nThe harbour kept two clocks. Nobody knew why.\n\nIt closed in March.\n"


@pytest.fixture(autouse=True)
def _later_file(tmp_path: Path) -> Iterator[None]:
    """Write an article file with one annotation as a later version would; it must not change."""
    source = tmp_path / "article.md"
    source.write_text(TIDES, encoding="utf-8")
    session = Session(tmp_path / "library")
    session.open(str(source)).open_article.mark(TextRange(8, 36), ["claim"])
    assert session.writer.close()
    (path,) = (tmp_path / "library" / "articles").glob("*.json")
    content = json.loads(path.read_text("utf-8"))
    content["schema"]["article"]["version"] = CURRENT_SCHEMA + 1
    path.write_text(json.dumps(content), "utf-8")
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before


async def test_it_is_said_at_once_and_no_key_marks_what_cannot_be_saved(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.until(lambda: "later version" in " ".join(reader.lines), "the reason")
        reader.app.clear_notifications()
        annotations = reader.annotations
        assert len(annotations) == 1
        reader.go_to("The harbour")
        for key in ("1", "enter", "d", "r", "p", "c", "u"):
            await reader.press(key)
            await reader.until(
                lambda: any("later version" in each.message for each in reader.app._notifications),
                "the reason",
            )
            assert reader.app.screen is reader.screen
            reader.app.clear_notifications()
        assert reader.annotations == annotations
        await reader.press("y")
        await reader.until(lambda: "copy" in reader.message, "the copy")
        assert "not saved" not in reader.status


def test_every_command_on_annotations_is_held_back() -> None:
    held = {each.id for each in commands_of(READING) if changes_annotations(each.id)}
    assert {"tag.1", "annotation.open", "annotation.delete", "compare", "undo", "redo"} <= held
    assert not {"copy", "copy.words", "annotations", "search", "export", "back", "select"} & held
