"""F1 and time on the pages of Zyte's article-extraction-benchmark, beside trafilatura alone.

Usage: python -m tests.benchmarks.extraction FOLDER, where FOLDER is a checkout of that set.
"""

from __future__ import annotations

import gzip
import importlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from reader.core.document import BlockKind, Document
from reader.errors import SourceError
from reader.formats import Carriage, read_document


def main(folder: Path) -> None:
    """Print a line for each reading of the pages."""
    sys.path.insert(0, str(folder))
    measure: Any = importlib.import_module("evaluate")
    trafilatura: Any = importlib.import_module("trafilatura")
    matches: dict[str, list[Any]] = {"trafilatura": [], "margin": [], "margin, text only": []}
    spent: dict[str, list[float]] = {"trafilatura": [], "margin": []}
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, page in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        # trafilatura remembers strings it has trimmed: whoever is second has it easier.
        start = time.process_time()
        document = read(data, page.get("url", ""))
        middle = time.process_time()
        alone = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
        spent["margin"].append(middle - start)
        spent["trafilatura"].append(time.process_time() - middle)
        texts = {
            "trafilatura": alone.text if alone else "",
            "margin": document.text if document else "",
            "margin, text only": text_only(document) if document else "",
        }
        for one, text in texts.items():
            matches[one].append(measure.string_shingle_matching(page["articleBody"], text))
    for one, found in matches.items():
        figures = measure.metrics_from_tp_fp_fns(found)
        took = f"{statistics.mean(spent[one]) * 1000:.1f} ms a page" if one in spent else ""
        print(one, *(f"{key} {value:.3f}" for key, value in figures.items()), took)


def read(data: bytes, url: str) -> Document | None:
    """Return the article of a page; None where there is none."""
    try:
        return read_document(data, kind="html", carriage=Carriage(url=url))
    except SourceError:
        return None


def text_only(document: Document) -> str:
    """Return a text without its title, pictures and captions, which the set does not hold."""
    kept: list[str] = []
    before = None
    for index, block in enumerate(document.blocks):
        is_caption = block.tight and before is BlockKind.IMAGE
        is_title = index == 0 and block.kind is BlockKind.HEADING
        before = block.kind
        if block.kind is not BlockKind.IMAGE and not is_caption and not is_title:
            kept.append(document.quote(block.range))
    return "\n".join(kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
