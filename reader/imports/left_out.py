"""Says what a reader leaves out of a file on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reader.core.text_formatting import counted
from reader.imports.model import Remark


def left_out(counts: Mapping[str, int]) -> Iterator[Remark]:
    """Yield ``Left out: 2 bookmarks and 1 deleted note.`` if anything is left out.

    Args:
        counts: How many there are of each, by its noun in the singular.
    """
    parts = [counted(count, noun) for noun, count in counts.items() if count]
    if parts:
        most = ", ".join(parts[:-1])
        yield Remark(f"Left out: {most}{' and ' if most else ''}{parts[-1]}.")
