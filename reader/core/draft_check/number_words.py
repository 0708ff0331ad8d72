"""The words and signs of numbers: English number words, scales, currencies, measures, hedges."""

from __future__ import annotations

from typing import Final

from reader.core.speech.lexicon import words

ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: Final = {
    **dict.fromkeys(("thousand", "k", "tausend", "tsd", "mille", "mil"), 1e3),
    **dict.fromkeys(
        ("million", "m", "mn", "mio", "millionen", "millions", "millón", "millones"), 1e6
    ),
    **dict.fromkeys(("billion", "bn", "mrd", "milliarde", "milliarden", "milliards"), 1e9),
    **dict.fromkeys(("trillion", "tn"), 1e12),
}
PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}

ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
ABBREVIATED: Final = frozenset({"tsd", "mio", "mrd", "mn", "bn"})
"""Scales that a full stop may follow."""

MEASURES: Final = {
    **dict.fromkeys(("m", "metre", "meter", "metro"), ("metre", 1)),
    **dict.fromkeys(("km", "kilometre", "kilometer", "kilometro"), ("metre", 1e3)),
    **dict.fromkeys(("cm", "centimetre", "centimeter", "zentimeter"), ("metre", 1e-2)),
    **dict.fromkeys(("mm", "millimetre", "millimeter"), ("metre", 1e-3)),
    **dict.fromkeys(("kg", "kilo", "kilogram", "kilogramm"), ("kilogram", 1)),
    **dict.fromkeys(("t", "tonne", "ton"), ("kilogram", 1e3)),
    **dict.fromkeys(("°", "°c", "degree", "grad", "degre", "grado"), ("degree", 1)),
}
"""Folded units of measure: what they are called here, and how many of those each is."""

CURRENCIES: Final = {
    **dict.fromkeys(("$", "dollar", "usd"), "$"),
    **dict.fromkeys(("€", "euro", "eur"), "€"),
    **dict.fromkeys(("£", "pound", "gbp"), "£"),
    "¥": "¥",
}
SIGNS: Final = frozenset(CURRENCIES.values())
NO_UNITS: Final = words(
    "of the a an and or to in on at by for from was were is are has have had that which who than "
    "as with but not more less other der die das und von im in le la les de du des et el los y or "
    "per since after before when until about over under out up "
    "auf bei um an zu mit für aus nach als oder sur par dans pour ou con por para como o di il"
)
BEFORE_YEARS: Final = words(
    "in since from by until till of before after during year seit im jahr en desde around"
)
HEDGES: Final = words(
    "about around nearly almost some roughly approximately circa ca etwa rund fast knapp gut env "
    "environ presque casi unos unas"
)

NUMBER_WORDS: Final = frozenset(
    (*ONES, *TENS, *SCALES, *PARTS, *ORDINALS, *(f"{each}s" for each in PARTS))
)
