"""Names of one person as two articles write them."""

from __future__ import annotations

import pytest

from reader.core.speech.same_person import may_be_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Henrike Solvay", "Dr. Solvay"),
        ("Henrike Solvay", "Henrike"),
        ("H. Solvay", "Henrike Solvay"),
        ("Prof. Dr. Henrike Solvay", "henrike solvay"),
        ("José Núñez", "Jose Nunez"),
        ("Martin Luther King Jr.", "Martin King"),
        ("Ludwig van der Berg", "van der Berg"),
        ("Mayor Brandt", "Ilse Brandt"),
        ("Prewitt, the chair", "Lucan Prewitt"),
        ("Bürgermeisterin Ilse Brandt", "Ilse Brandt"),
        ("Werftleiter Brook", "Hannes Brook"),
        ("Oberbürgermeisterin Brandt", "Ilse Brandt"),
        ("Hr. Brook", "Hannes Brook"),
        ("Anna Richter", "Richter"),
        ("Hans Mueller", "Hans Müller"),
        ("Lars Oeberg", "Lars Öberg"),
        ("Aase Lund", "Åse Lund"),
        ("Queen Margit", "Margit Lund"),
        ("Anna Costa", "Anna Costa-Reis"),
        ("Ann OBrien", "Ann-Marie O’Brien"),
        ("Bea Castell", "Beatrice Castell"),
        ("Transport Minister Nordby", "Kari Nordby"),
        ("Union leader Varga", "Josef Varga"),
        ("Treasurer de Groot", "Wim de Groot"),
        ("President-elect Hale", "Jonas Hale"),
        ("the mayor", "Ilse Brandt"),
        ("Nobody", "Ilse Brandt"),
        ("Karl’s mother", "Ilse Brandt"),
        ("Niemand", "Ilse Brandt"),
        ("Many of them", "Ilse Brandt"),
        ("The board", "Lucan Prewitt"),
        ("", "Ilse Brandt"),
    ],
)
def test_may_be_the_same(one: str, other: str) -> None:
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Henrike Solvay", "Lucan Prewitt"),
        ("Solvay", "Prewitt"),
        ("Ilse Brandt", "Karl Brandt"),
        ("I. Brandt", "Karl Brandt"),
        ("Dr. Solvay", "Dr. Prewitt"),
        ("Werftleiter Brook", "Werftleiter Hansen"),
        ("Baker", "Ilse Brandt"),
        ("Anna Baker", "Karl Baker"),
        ("Minister Nordby", "Transport Minister Novak"),
        ("Al Baker", "Alan Cook"),
        ("Anna Weinrichter", "Karl Weinrichter"),
    ],
)
def test_are_two_people(one: str, other: str) -> None:
    assert not may_be_same(one, other)
    assert not may_be_same(other, one)
