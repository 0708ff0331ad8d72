"""The pages of notes: in the shell, as JSON, and in the export."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_adding import margin
from tests.formats.books import book

CHAPTER = """<h1>The ferry</h1><p>It was sold in June.
<span epub:type="pagebreak" id="p12" title="12"/>Nobody knew why it went.</p>"""


def test_a_note_on_a_book_has_its_page(home: Path) -> None:
    (home / "ferry.epub").write_bytes(book({"c.xhtml": CHAPTER}))
    for quote in ("It was sold in June.", "Nobody knew why it went."):
        margin(home, "annotate", "ferry.epub", "--quote", quote, "--tag", "claim")
    notes = json.loads(margin(home, "notes", "--json")[0])
    pages = {note["quote"]: note["page"] for note in notes}
    assert pages == {"It was sold in June.": "", "Nobody knew why it went.": "12"}
    listed = margin(home, "notes")[0]
    assert listed.count(" · p. 12 · ") == 1
    exported = margin(home, "export")[0]
    assert exported.count(">— #claim · unchecked · p. 12 · marked ") == 1
    assert exported.count(">— #claim · unchecked · marked ") == 1
