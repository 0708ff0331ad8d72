"""The files with notes that Margin imports: each kind is one file of this package, and one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reader.imports import (
    hypothesis,
    instapaper,
    omnivore,
    pocket,
    raindrop,
    readwise,
    wallabag,
    webannotation,
)
from reader.imports.model import GivenFile, ImportItem


class ImportFormat(NamedTuple):
    """A kind of file with notes, with everything that the rest of Margin needs to know about it."""

    name: str
    """The name on the command line, and in what a note remembers of its origin; never changes."""
    title: str
    """The name that is shown: ``Kindle's My Clippings.txt``."""
    recognises: Callable[[GivenFile], bool]
    """Tells by the content whether a file is of this kind."""
    read: Callable[[GivenFile], Iterator[ImportItem]]
    """Yields the sources of a file with their notes, what cannot be read, and remarks; raises
    ``SourceError`` for a file that is damaged as a whole. A source may come several times."""
    is_general: bool = False
    """Whether any text of a person may be of this kind: in a folder such a file counts only where
    it says more of its source than a title."""


_ROWS: tuple[ImportFormat, ...] = (
    ImportFormat("hypothesis", "Hypothesis", hypothesis.recognises, hypothesis.read),
    ImportFormat(
        "webannotation", "W3C Web Annotations", webannotation.recognises, webannotation.read
    ),
    ImportFormat("readwise", "Readwise", readwise.recognises, readwise.read),
    ImportFormat("raindrop", "Raindrop", raindrop.recognises, raindrop.read),
    ImportFormat("instapaper", "Instapaper", instapaper.recognises, instapaper.read),
    ImportFormat("omnivore", "Omnivore", omnivore.recognises, omnivore.read),
    ImportFormat("pocket", "Pocket", pocket.recognises, pocket.read),
    ImportFormat("wallabag", "Wallabag", wallabag.recognises, wallabag.read),
)

FORMATS = {each.name: each for each in _ROWS}
"""Every kind by its name."""


def recognise(file: GivenFile) -> ImportFormat | None:
    """Return the kind of a file, the first in order that knows it; None where none does."""
    return next((each for each in _ROWS if each.recognises(file)), None)
