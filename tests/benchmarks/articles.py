"""Articles of a given size for the benchmarks; they are the same in every run."""

from __future__ import annotations

import random
from pathlib import Path

TITLE = "A long article"
"""The heading that every article begins with."""

SIZES = {"10 KB": 10_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
"""The sizes to measure, in bytes."""

WORDS = (
    "the of and to a in is that it was for on are as with they be at one have this from by had "
    "not but what all were when we there can an your which their said if do will each about how "
    "up out them then she many some so these would other into has more her two like him see "
    "time could no make than first been its who now people my made over did down only way find "
    "use may water long little very after words called just where most know minister harbour "
    "council river station figures report tide winter ledger engine letter margin evidence "
    "season village"
).split()


def article(size: int, seed: int = 1) -> str:
    """Return Markdown of about ``size`` bytes: headings, prose, quotes and lists."""
    rng = random.Random(seed)
    parts = [f"# {TITLE}\n"]
    length, index = 0, 0
    while length < size:
        index += 1
        part = _paragraph(rng) + "\n"
        if index % 12 == 0:
            part = f"## Section {index // 12}\n\n{part}"
        if index % 7 == 0:
            part += f"\n> {_paragraph(rng)}\n"
        if index % 9 == 0:
            part += f"\n- {_sentence(rng)}\n- *{_sentence(rng)}*\n"
        parts.append(part)
        length += len(part) + 1
    return "\n".join(parts)[:size]


def write_article(path: Path, size: int) -> Path:
    """Write an article of ``size`` bytes, and return its path."""
    path.write_text(article(size), encoding="utf-8")
    return path


def _paragraph(rng: random.Random) -> str:
    return " ".join(_sentence(rng) for _ in range(rng.randint(3, 7)))


def _sentence(rng: random.Random) -> str:
    words = rng.choices(WORDS, k=rng.randint(6, 22))
    return " ".join(words).capitalize() + "."
