"""Lists of names: a suffix belongs to the name before it."""

from __future__ import annotations

import pytest

from reader.core.author_names import with_suffixes


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Lind, Jan Berg", ["Ana Lind", "Jan Berg"]),
        ("Jan van der Berg, Jr.", ["Jan van der Berg, Jr."]),
        ("Jan Berg, jr, Ana Lind, Ph.D., Imre Dask", ["Jan Berg, jr", "Ana Lind, Ph.D.", "Imre Dask"]),
        ("Jr.", ["Jr."]),
        (" , Ana Lind,, ", ["Ana Lind"]),
        ("Ivo, Iva", ["Ivo", "Iva"]),
    ],
)  # fmt: skip
def test_a_suffix_belongs_to_the_name_before_it(line: str, names: list[str]) -> None:
    assert with_suffixes(line.split(",")) == names
