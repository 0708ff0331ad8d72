"""Articles of many kinds read as they did: what changes is looked at.

``python -m tests.formats.test_baselines`` writes the baselines again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from reader.core.document import Document
from reader.formats import read_document
from tests.formats.made_books import made_book
from tests.formats.made_markdown import made_markdown
from tests.formats.made_pages import made_page
from tests.formats.made_pdfs import made_pdf
from tests.formats.made_texts import made_docx, made_mail, made_odt, made_rtf, made_text

FOLDER = Path(__file__).with_name("baselines")
SAMPLES = Path(__file__).parents[2] / "sample_articles"

MADE: Mapping[str, tuple[Callable[[int], bytes], int]] = {
    "made.pdf": (made_pdf, 40),
    "made.html": (made_page, 24),
    "made.txt": (made_text, 24),
    "made.md": (made_markdown, 24),
    "made.epub": (made_book, 16),
    "made.eml": (made_mail, 16),
    "made.docx": (made_docx, 12),
    "made.odt": (made_odt, 12),
    "made.rtf": (made_rtf, 12),
}
"""What makes the articles of each kind, and how many."""

INPUTS: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{number:02}-{name}": partial(make, number)
        for name, (make, count) in MADE.items()
        for number in range(count)
    },
    **{
        path.name: path.read_bytes for path in sorted(SAMPLES.iterdir()) if path.name != "README.md"
    },
}


def described(document: Document) -> str:
    """Return all that is known of a document, a line for each block, span and mark."""
    facts = document.metadata
    lines = [f"{facts.title} | {', '.join(facts.authors)} | {facts.published} | {facts.language}"]
    for block in document.blocks:
        more = [
            f"{name}={value!r}"
            for name in (
                "level",
                "nest",
                "marker",
                "tight",
                "language",
                "label",
                "residue",
                "aligns",
                "header_rows",
            )
            if (value := getattr(block, name))
        ]
        lines.append(" ".join(["", block.kind.value, *more]))
        lines += [f"  {_short(line)}" for line in document.quote(block.range).split("\n")]
    for span in document.spans:
        lines.append(
            f"{span.kind.value} {span.start} {_short(document.quote(span.range))!r} {span.target}".rstrip()
        )
    lines += [f"{mark.kind.value} {mark.offset} {mark.name}" for mark in document.marks]
    return "\n".join(lines) + "\n"


def _short(line: str) -> str:
    """Return the ends of a long line and its length, so that baselines can be looked through."""
    return line if len(line) <= 90 else f"{line[:45]} …{len(line)}… {line[-35:]}"


def read(name: str) -> str:
    return described(read_document(INPUTS[name](), name=name))


@pytest.mark.parametrize("name", INPUTS)
def test_an_article_reads_as_it_did(name: str) -> None:
    assert read(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_an_article_for_each_baseline() -> None:
    assert {path.name.removesuffix(".txt") for path in FOLDER.glob("*.txt")} == INPUTS.keys()


def main() -> None:
    """Write the baselines."""
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for name in INPUTS:
        (FOLDER / f"{name}.txt").write_text(read(name), encoding="utf-8")
    sys.exit()


if __name__ == "__main__":
    main()
