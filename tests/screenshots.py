"""``make screenshots``: draws the README's pictures from the real program.

Each picture is an SVG that the program made of itself. Where ``rsvg-convert`` is installed
(Debian: librsvg2-bin, with fonts-firacode and fonts-noto-cjk), a PNG lies beside it.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len

from reader.config import Settings
from reader.core.annotation import ArticleState
from reader.paths import sample_articles_folder
from reader.session import AnnotationRequest, Session
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED
from reader.ui.app import MarginApp

CELL_WIDTH = 12.2
"""The width of a cell in Textual's SVG, in its own units."""

PAUSE_SECONDS = 0.3
"""How long the program may take after each key, in seconds."""

LEDGER = "the-quiet-ledger.txt"
FERRY = "the-night-ferry.html"
ESSAY = "the-long-way-to-tell-time.md"


class Picture(NamedTuple):
    """A screen to draw."""

    name: str
    """The file's name without its ending."""
    source: str
    """The sample article; empty for the library."""
    keys: Sequence[str]
    """What is pressed first."""
    size: tuple[int, int] = (100, 32)
    """Columns and lines."""
    theme: str = "margin-dark"
    """The theme."""
    annotations: Sequence[AnnotationRequest] = ()
    """What is marked in the article before."""


CHECKED = (
    AnnotationRequest(
        "7,900 of the town's 12,600 meters were replaced",
        tags=["claim"],
        status="refuted",
        speaker="Henrike Solvay",
        note="12,480, says the board's own list of 3 March.",
    ),
    AnnotationRequest(
        "relied in good faith on a certified product.",
        tags=["claim"],
        status="unchecked",
        speaker="Lucan Prewitt",
        note="Ask for the **certificate**.\n\n- Which laboratory?\n- What was *not* tested?",
    ),
    AnnotationRequest("neutral across the customer base", tags=["quote"], speaker="Perpetua Lang"),
    AnnotationRequest(
        "suffered a net loss of more than 40 marks.",
        tags=["claim"],
        status="disputed",
        speaker="Perpetua Lang",
        note="Two of four auditors: cannot be checked.",
    ),
    AnnotationRequest(
        "They have told us the answer and burned the question,",
        tags=["quote"],
        speaker="Imre Dask",
    ),
)
"""What a fact-checker marked in the ledger."""


PICTURES = (
    Picture("reading", LEDGER, [">", ">"], size=(124, 37), annotations=CHECKED),
    Picture("details", FERRY, ["i"]),
    Picture(
        "reading-light",
        ESSAY,
        ["}", "}", ")", "2", ")", ")", "3", "}", ")", "1", "}", ")", "v", ")", ")"],
        theme="margin-light",
    ),
    Picture(
        "note",
        LEDGER,
        ["}", "}", "}", ")", "2", "enter", *"Which month?", "enter", *"Ask the clerk."],
    ),
    Picture(
        "annotations",
        ESSAY,
        ["}", "}", ")", "2", ")", ")", "3", "}", ")", "1", "a"],
        size=(120, 32),
    ),
    Picture("review", LEDGER, ["R", "v", "n"], size=(92, 26), annotations=CHECKED),
    Picture("library", "", [], size=(124, 24)),
    Picture("notes", LEDGER, ["R", "j"], size=(140, 36), annotations=CHECKED),
)
"""The README's pictures."""


async def draw(picture: Picture, folder: Path, library: Path, articles: Path) -> Path:
    """Draw one picture of an article of a folder; returns its SVG."""
    session = Session(library)
    source = str(articles / picture.source) if picture.source else ""
    for annotation in picture.annotations:
        session.annotate(source, annotation)
    opening = session.open(source) if source else None
    app = MarginApp(session, Settings(theme=picture.theme), opening)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(PAUSE_SECONDS)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause(PAUSE_SECONDS / 3)
        await pilot.pause(PAUSE_SECONDS * 3)
        svg = app.export_screenshot(title="Margin")
    session.writer.close()
    path = folder / f"{picture.name}.svg"
    path.write_text(without_addresses(placed_by_word(svg)), encoding="utf-8")
    return path


def placed_by_word(svg: str) -> str:
    """Give every word its own place.

    Textual stretches each run of text to its width; what ignores ``textLength``, such as
    ``rsvg-convert``, would draw the words beside their background.
    """

    def placed(found: re.Match[str]) -> str:
        attributes, text = found.group(1), html.unescape(found.group(2))
        left = re.search(r'\bx="([\d.]+)"', attributes)
        assert left is not None
        attributes = re.sub(r' textLength="[\d.]+"', "", attributes)
        cells, words = 0, []
        for word in re.findall(r"[ \xa0]+|[^ \xa0]+", text):
            if word.strip():
                x = f'x="{float(left.group(1)) + cells * CELL_WIDTH:.1f}"'
                words.append(f"<text{_at(x, attributes)}>{html.escape(word)}</text>")
            cells += cell_len(word)
        return "".join(words)

    return re.sub(r"<text((?: [^>]*)? textLength=[^>]*)>([^<]*)</text>", placed, svg)


def _at(x: str, attributes: str) -> str:
    return re.sub(r'\bx="[^"]*"', x, attributes, count=1)


def without_addresses(svg: str) -> str:
    """Leave out the web fonts: a picture fetches nothing."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def fill(library: Path, articles: Path) -> None:
    """Put some articles with notes into a library, for the pictures of lists."""
    session = Session(library)
    for name in ("the-bridge-inspector.md", "kawa-no-toshokan.md", LEDGER, ESSAY):
        path = articles / name
        document = session.read(str(path))
        told = [each for each in document.blocks if each.kind == "paragraph" and not each.residue]
        for tag, block in zip(("quote", "claim", "context"), told[2::2], strict=False):
            words = document.quote(block.range)
            session.annotate(str(path), AnnotationRequest(words, tags=[tag]))
    for name in (FERRY, "the-ferrywomans-ledger.epub"):
        session.queue.add(AddRequest(str(articles / name)), UNWATCHED)
    ids = {Path(each.source).name: each.id for each in session.articles()}
    session.queue.set_state(ids["the-bridge-inspector.md"], ArticleState.FINISHED)
    session.projects.change([ids[LEDGER], ids["the-bridge-inspector.md"]], given=["Water meters"])
    session.projects.change([ids[FERRY], ids["the-bridge-inspector.md"]], given=["Ferries"])
    session.writer.close()


def main() -> int:
    """Draw every picture into the folder that is named."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["MARGIN_CONFIG"] = os.devnull
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}  # whatever draws them
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as name:
            # A home of nobody's, so that no picture names a folder of the machine.
            os.environ["HOME"] = name
            articles = Path(name) / "articles"
            shutil.copytree(sample_articles_folder(), articles)
            library = Path(name) / "library"
            if not picture.source:
                fill(library, articles)
            svg = asyncio.run(draw(picture, folder, library, articles))
        if shutil.which("rsvg-convert"):
            png = svg.with_suffix(".png")
            subprocess.run(["rsvg-convert", svg, "-o", png], check=True)
        print(svg)
    return 0


if __name__ == "__main__":
    sys.exit(main())
