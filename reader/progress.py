"""How far long work on many files has come, and ending it between two of its steps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple, TypeVar

Item = TypeVar("Item")


class Stage(NamedTuple):
    """A part of the work, which does the same with many things."""

    doing: str
    """What it does: ``checking``."""
    things: str
    """What it does that with, in the plural: ``articles``."""


INDEXING: Final = Stage("indexing", "articles")
EXPORTING: Final = Stage("exporting", "articles")
MERGING: Final = Stage("merging", "articles")
LOOKING: Final = Stage("looking for notes in", "files")
PLANNING: Final = Stage("looking up", "sources")
IMPORTING: Final = Stage("importing the notes of", "articles")
CHANGING: Final = Stage("changing the notes of", "articles")
REMOVING: Final = Stage("removing", "articles")
PACKING: Final = Stage("packing", "files")
UNPACKING: Final = Stage("unpacking", "files")
RESTORING: Final = Stage("restoring", "files")
VERIFYING: Final = Stage("verifying", "files")
CHECKING_RIGHTS: Final = Stage("checking the rights of", "files")
CHECKING_ARTICLES: Final = Stage("checking", "articles")
CHECKING_TEXTS: Final = Stage("checking", "texts")
SEARCHING_TEXTS: Final = Stage("looking for the texts of", "articles")
CHECKING_QUOTATIONS: Final = Stage("checking", "quotations")
CHECKING_PLACES: Final = Stage("checking the passages of", "articles")

CHECKS: Final = (
    CHECKING_RIGHTS,
    CHECKING_ARTICLES,
    CHECKING_TEXTS,
    SEARCHING_TEXTS,
    CHECKING_PLACES,
    VERIFYING,
)
"""The stages of checking a library."""

Report = Callable[[Stage, int, int], object]
"""Takes a stage, how many of its things are done, and how many there are. It may raise: that ends
the work between two things, and what is done stays."""


def unreported(stage: Stage, done: int, total: int) -> None:
    """Report nothing."""


def reported(items: Collection[Item], stage: Stage, report: Report) -> Iterator[Item]:
    """Yield the things of a stage; report before each one, and when all are done."""
    for done, item in enumerate(items):
        report(stage, done, len(items))
        yield item
    report(stage, len(items), len(items))
