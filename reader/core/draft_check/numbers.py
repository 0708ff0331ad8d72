"""Numbers in a text with their units: in digits or in English words, in per cent, of millions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.core.dates import MONTHS
from reader.core.document import TextRange
from reader.core.folding import fold
from reader.core.speech.lexicon import words

PER_CENT: Final = "%"
POINT: Final = "point"
YEAR: Final = "year"
"""Units that have many spellings."""

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_HUNDRED: Final = 100
_MOST_ROUNDED: Final = 0.05
"""The most that rounding changes, as a share of the number."""

_REACH: Final = 30
"""How many code points before a number the word before it is looked for."""
_MOST_NOUNS: Final = 3
"""How many words after a number may name what is counted: *40 new smart meters*."""

_ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES: Final = {
    **dict.fromkeys(("thousand", "k", "tausend", "tsd", "mille", "mil"), 1e3),
    **dict.fromkeys(
        ("million", "m", "mn", "mio", "millionen", "millions", "millón", "millones"), 1e6
    ),
    **dict.fromkeys(("billion", "bn", "mrd", "milliarde", "milliarden", "milliards"), 1e9),
    **dict.fromkeys(("trillion", "tn"), 1e12),
}
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}

_CURRENCIES: Final = {
    **dict.fromkeys(("$", "dollar", "usd"), "$"),
    **dict.fromkeys(("€", "euro", "eur"), "€"),
    **dict.fromkeys(("£", "pound", "gbp"), "£"),
    "¥": "¥",
}
_NO_UNITS: Final = words(
    "of the a an and or to in on at by for from was were is are has have had that which who than "
    "as with but not more less other der die das und von im in le la les de du des et el los y or "
    "per since after before when until about over under out up"
)
_BEFORE_YEARS: Final = words(
    "in since from by until till of before after during year seit im jahr en desde around"
)
_HEDGES: Final = words(
    "about around nearly almost some roughly approximately over under circa ca etwa rund fast env "
    "environ presque casi unos unas"
)

_DIGITS: Final = re.compile(
    r"(?<![\w.,/:–-])(?:(?P<sign>[$€£¥])\s?)?"
    r"(?P<digits>\d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?![\d:/]|(?:st|nd|rd|th|er|e)\b)"
)
_WORDS: Final = re.compile(
    rf"\b(?:{'|'.join((*_ONES, *_TENS, 'a hundred', 'a thousand', 'a million', 'a billion'))})"
    rf"(?:(?:[\s-]+(?:and[\s-]+)?)(?:{'|'.join((*_ONES, *_TENS, 'hundred', *_SCALES))})\b)*\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four)[\s-]+)?(?P<part>half|third|quarter|fourth|fifth|tenth)s?"
    r"\s+of\b",
    re.IGNORECASE,
)
_PER_CENT: Final = re.compile(
    r"\s?(?:%|per\s?cent\b|percent\b|prozent\b|pour\s?cent\b|por\s?ciento\b)", re.IGNORECASE
)
_POINTS: Final = re.compile(
    r"[\s-]?(?:(?:percentage|per\s?cent|percent)[\s-]points?|prozentpunkten?)\b", re.IGNORECASE
)
_NEXT: Final = re.compile(r"[\s\u00a0-]?([€£$¥]|[^\W\d_]+)")
_LAST: Final = re.compile(r"([^\W\d_]+)[\s\u00a0]*$")


_NUMBER_WORDS: Final = frozenset(
    (*_ONES, *_TENS, *_SCALES, *_PARTS, *(f"{each}s" for each in _PARTS))
)


class Figure(NamedTuple):
    """A number of a text."""

    range: TextRange
    """The number with its unit."""
    value: float
    """Its value."""
    unit: str
    """A percentage, a year or the sign of a currency; empty for what nouns name, or nothing."""
    nouns: frozenset[str] = frozenset()
    """The folded words after it, one of which names what is counted."""
    is_rough: bool = False
    """Whether a word such as *about* precedes it."""

    def is_of(self, other: Figure) -> bool:
        """Return whether two numbers are of the same thing."""
        if self.unit or other.unit:
            return self.unit == other.unit
        return not self.nouns.isdisjoint(other.nouns) or not (self.nouns or other.nouns)

    def may_be(self, other: Figure) -> bool:
        """Return whether two numbers may be of the same thing; a number alone may be of any."""
        bare = (each for each in (self, other) if not each.unit and not each.nouns)
        return self.is_of(other) or (any(bare) and YEAR not in (self.unit, other.unit))

    def equals(self, other: Figure) -> bool:
        """Return whether two numbers are the same, also where one is rounded and says so."""
        first, second = self.value, other.value
        if PER_CENT in (self.unit, other.unit) and self.unit != other.unit:
            first, second = (
                each.value * _HUNDRED if each.unit != PER_CENT and each.value < 1 else each.value
                for each in (self, other)
            )
        if abs(first - second) <= 1e-9 * max(abs(first), abs(second), 1):
            return True
        return (self.is_rough and _is_rounded(first, second)) or (
            other.is_rough and _is_rounded(second, first)
        )


class _Number(NamedTuple):
    """A number as it is written."""

    start: int
    end: int
    value: float
    sign: str = ""
    """The sign of a currency before it."""
    digits: str = ""
    """Its digits; empty where it is in words."""


def may_have_figures(text: str) -> bool:
    """Return quickly whether a text may have numbers."""
    if any(map(str.isdecimal, text)):
        return True
    return not _NUMBER_WORDS.isdisjoint(text.lower().replace("-", " ").split())


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a text in order; those of dates have the month as their noun."""
    found = [*_shares(text), *(_figure(text, number) for number in _numbers(text))]
    found.sort(key=lambda figure: (figure.range.start, -figure.range.end))
    kept: list[Figure] = []
    for figure in found:
        if not kept or figure.range.start >= kept[-1].range.end:
            kept.append(figure)
    return tuple(kept)


def _shares(text: str) -> Iterator[Figure]:
    """Yield fractions in words, such as *two thirds of*."""
    for match in _SHARE.finditer(text):
        count = {"two": 2, "three": 3, "four": 4}.get((match["count"] or "").lower(), 1)
        value = round(_HUNDRED * count / _PARTS[match["part"].lower()])
        end = match.end("part") + (text[match.end("part")] == "s")
        yield Figure(TextRange(match.start(), end), value, PER_CENT, is_rough=True)


def _numbers(text: str) -> Iterator[_Number]:
    for match in _DIGITS.finditer(text):
        digits = match["digits"]
        yield _Number(*match.span(), _value(digits), match["sign"] or "", digits)
    for match in _WORDS.finditer(text):
        value = _spoken(re.split(r"[\s-]+", match[0].lower()))
        if value is not None:
            yield _Number(*match.span(), value)


def _figure(text: str, number: _Number) -> Figure:
    """Return a number with what stands around it."""
    start, end, value, sign, digits = number
    before = _LAST.search(text, max(0, start - _REACH), start)
    word_before = before[1].lower() if before else ""
    is_rough = word_before in _HEDGES
    following = _NEXT.match(text, end)
    if following and following[1].lower() in _SCALES and digits:
        value *= _SCALES[following[1].lower()]
        end = following.end()
        following = _NEXT.match(text, end)
    for pattern, unit in ((_POINTS, POINT), (_PER_CENT, PER_CENT)):
        if match := pattern.match(text, end):
            return Figure(TextRange(start, match.end()), value, unit, is_rough=is_rough)
    noun = _noun(following[1]) if following else ""
    if sign or noun in _CURRENCIES:
        end = end if sign or following is None else following.end()
        return Figure(TextRange(start, end), value, _CURRENCIES[sign or noun], is_rough=is_rough)
    if _is_year(digits) and (word_before in _BEFORE_YEARS | MONTHS.keys() or not noun):
        return Figure(TextRange(start, end), value, YEAR, is_rough=is_rough)
    nouns: list[str] = []
    while noun and following is not None and len(nouns) < _MOST_NOUNS:
        nouns.append(noun)
        last, following = following.end(), _NEXT.match(text, following.end())
        end = last if len(nouns) == 1 else end
        noun = _noun(following[1]) if following else ""
    return Figure(TextRange(start, end), value, "", frozenset(nouns), is_rough)


def _is_year(digits: str) -> bool:
    is_whole = digits.isdecimal() and len(digits) == len("2026")
    return is_whole and _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def _value(digits: str) -> float:
    """Return the value of digits with separators of thousands and of decimals."""
    plain = re.sub("['’\u00a0\u202f\u2009 ]", "", digits)
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        decimal = max(",.", key=plain.rfind)
        plain = plain.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif commas > 1 or points > 1 or re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain):
        plain = plain.replace(",", "").replace(".", "")
    return float(plain.replace(",", "."))


def _spoken(parts: list[str]) -> float | None:
    """Return the value of a number in words; None for a lone *one*, which is mostly a pronoun."""
    if parts == ["one"]:
        return None
    total, part = 0.0, 0.0
    for word in parts:
        if word in _ONES:
            part += _ONES[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "a":
            part += 1
        elif word == "hundred":
            part = max(part, 1) * _HUNDRED
        elif word in _SCALES:
            total, part = total + max(part, 1) * _SCALES[word], 0.0
    return total + part


def _noun(word: str) -> str:
    """Return what is counted in the singular; empty for a word that names nothing."""
    folded = fold(word)
    if folded in _NO_UNITS:
        return ""
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded


def _is_rounded(rough: float, exact: float) -> bool:
    """Return whether a number is another one, rounded to the digits that it is written with."""
    step = 1.0
    while rough % step > 1e-9 and step > 1e-6:
        step /= 10
    while rough and rough % (step * 10) == 0:
        step *= 10
    return abs(rough - exact) <= min(step / 2, _MOST_ROUNDED * rough) * (1 + 1e-9)
