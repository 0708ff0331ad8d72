"""What an export costs in each format, and by a template, in libraries of growing sizes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from typing import Final

from reader.session.export_formats import own_formats
from tests.benchmarks.growth import SIZES, Bench, Cost, Work, measured

TEMPLATE: Final = "quotes"
"""The template that is measured."""


def exporting(runs: int, sizes: Sequence[int] = SIZES) -> str:
    """Measure an export of all notes to one file in every format, and to a folder by a template.

    Args:
        runs: How often what is short is measured.
        sizes: The numbers of articles in the libraries; each article has ten notes.
    """
    return measured(WORKS, runs, sizes)


def _to_file(name: str, suffix: str, bench: Bench) -> Cost:
    path = bench.home / f"notes{suffix}"
    path.unlink(missing_ok=True)
    return bench.run("export", "--format", name, "-o", path)


def _by_template(bench: Bench) -> Cost:
    path = bench.home / "quotes.md"
    path.unlink(missing_ok=True)
    return bench.run("export", "--template", TEMPLATE, "-o", path)


def _to_folder(bench: Bench) -> Cost:
    folder = bench.home / "exported"
    shutil.rmtree(folder, ignore_errors=True)
    return bench.run("export", "--template", TEMPLATE, "-o", folder)


WORKS: Final[dict[str, Work]] = {
    **{
        f"`--format {each.name}`": partial(_to_file, each.name, each.suffixes[0])
        for each in own_formats()
    },
    f"`--template {TEMPLATE}`": _by_template,
    f"`--template {TEMPLATE} -o FOLDER`": _to_folder,
}
"""What is measured, by its name; each goes to one file, but for the last."""
