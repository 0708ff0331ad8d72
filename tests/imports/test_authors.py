"""The names of authors as programs list them."""

from __future__ import annotations

import pytest

from reader.imports.authors import names_between_commas, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oriel Castane", ["Oriel Castane"]),
        ("Castane, Oriel", ["Oriel Castane"]),
        ("Castane, Oriel;Dask, Imre", ["Oriel Castane", "Imre Dask"]),
        ("Castane, Oriel; Dask, Imre; Castane, Oriel", ["Oriel Castane", "Imre Dask"]),
        ("Oriel Castane\nImre Dask", ["Oriel Castane", "Imre Dask"]),
        ("Oriel Castane & Imre Dask", ["Oriel Castane", "Imre Dask"]),
        ("Oriel Castane and Imre Dask", ["Oriel Castane", "Imre Dask"]),
        ("Castane, Oriel und Dask, Imre", ["Oriel Castane", "Imre Dask"]),
        ("Board of Standards and Practices", ["Board of Standards and Practices"]),
        ("Castane, Oriel, Ph.D.", ["Castane, Oriel, Ph.D."]),
        ("（安·兰）", ["安·兰"]),
        ("(美)米切", ["(美)米切"]),
        ("Unknown", []),
        ("Inconnu(e)", []),
        ("Unknown;Oriel Castane", ["Oriel Castane"]),
        ("( （Oriel Castane ） )", ["Oriel Castane"]),
        ("(" * 200_000 + "Oriel Castane" + ")" * 200_000, ["Oriel Castane"]),
        ("(", ["("]),
        ("( )", []),
        (" ; ", []),
        ("", []),
    ],
)
def test_names_are_parted(text: str, names: list[str]) -> None:
    assert names_in(text) == tuple(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oriel Castane, Imre Dask", ["Oriel Castane", "Imre Dask"]),
        ("Castane, Oriel", ["Oriel Castane"]),
        ("Oriel Castane", ["Oriel Castane"]),
        ("Nacre", ["Nacre"]),
        ("N/A", []),
        ("", []),
        ("Martin Dask, Jr., Oriel Castane", ["Martin Dask, Jr.", "Oriel Castane"]),
        ("Oriel Castane; Imre Dask", ["Oriel Castane", "Imre Dask"]),
        ("Castane, Oriel Ann; van Dask, Imre Bo", ["Oriel Ann Castane", "Imre Bo van Dask"]),
        ("Oriel Castane\nImre Dask", ["Oriel Castane", "Imre Dask"]),
        ("\nOriel Castane, Imre Dask\n", ["Oriel Castane", "Imre Dask"]),
        ("Oriel Castane, Nacre, Imre Dask", ["Oriel Castane", "Nacre", "Imre Dask"]),
        ("Nacre, Ebb, Flow, Ebb", ["Nacre", "Ebb", "Flow"]),
        ("Castane, Oriel, Ph.D.", ["Castane, Oriel, Ph.D."]),
    ],
)
def test_names_between_commas_are_parted(text: str, names: list[str]) -> None:
    assert names_between_commas(text) == tuple(names)
