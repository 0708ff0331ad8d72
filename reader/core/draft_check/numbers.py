"""Numbers in a text with their units: in digits or in English words, in per cent, of millions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from reader.core.dates import MONTHS
from reader.core.document import TextRange
from reader.core.draft_check.number_words import (
    ABBREVIATED,
    BEFORE_YEARS,
    CURRENCIES,
    HEDGES,
    MEASURES,
    NO_UNITS,
    NUMBER_WORDS,
    ONES,
    ORDINALS,
    PARTS,
    SCALES,
    SIGNS,
    TENS,
)
from reader.core.folding import fold

PER_CENT: Final = "%"
POINT: Final = "point"
YEAR: Final = "year"
ORDINAL: Final = "th"
"""Units that have many spellings."""

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_HUNDRED: Final = 100
_MOST_ROUNDED: Final = 0.05
"""The most that rounding changes, as a share of the number."""

_REACH: Final = 30
"""How many code points before a number the word before it is looked for."""
_MOST_NOUNS: Final = 3
"""How many words after a number may name what is counted: *40 new smart meters*."""

_DIGITS: Final = re.compile(
    r"(?<![\w.,/:–-])(?:(?P<sign>[$€£¥])\s?)?"
    r"(?P<digits>\d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?![\d:/]|(?:st|nd|rd|th|er|e)\b)"
)
_WORDS: Final = re.compile(
    rf"\b(?:{'|'.join((*ONES, *TENS, 'a hundred', 'a thousand', 'a million', 'a billion'))})"
    rf"(?:(?:[\s-]+(?:and[\s-]+)?)(?:{'|'.join((*ONES, *TENS, 'hundred', *SCALES))})\b)*\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four)[\s-]+)?(?P<part>half|third|quarter|fourth|fifth|tenth)s?"
    r"\s+of\b",
    re.IGNORECASE,
)
_BY_SHARE: Final = re.compile(
    r"(?<=\bby\s)(?:(?P<count>a|one|two|three|four)[\s-]+)?"
    r"(?P<part>half|third|quarter|fifth|tenth)s?\b",
    re.IGNORECASE,
)
_COUNT: Final = "|".join((*ONES, r"\d{1,3}"))
_IN: Final = re.compile(
    rf"\b(?P<count>{_COUNT})\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{_COUNT})\b"
    r"(?!\s(?:second|minute|hour|day|night|week|month|year|game|match)s?\b)",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(
    rf"\b(?:(?P<digits>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)}))\b", re.IGNORECASE
)
_AT_LEAST: Final = re.compile(
    r"\b(?:(?<!no )(?<!not )more than|at least|over|above|mehr als|mindestens|über|plus de|au moins"
    r"|más de|al menos)[\s\u00a0]+$",
    re.IGNORECASE,
)
_AT_MOST: Final = re.compile(
    r"\b(?:(?:less|fewer) than|(?:no|not) more than|at most|up to|under|below|weniger als|höchstens"
    r"|bis zu|unter|moins de|au plus|menos de|como máximo)[\s\u00a0]+$",
    re.IGNORECASE,
)
_MOST_BEYOND: Final = 2
"""How many times the number after *more than* the number that is meant may be."""

_RANGE: Final = re.compile(r"\s?(?:to|and|or|bis|und|oder|à|et|ou|a|y|e|o|[–-])\s?", re.IGNORECASE)
_CHANGE: Final = re.compile(r"\b(?:from|von|de|desde|dal?)[\s\u00a0]+$", re.IGNORECASE)
_OF_CURRENCY: Final = re.compile(r"[\s\u00a0](?:d['’]|d[ei]\s|of\s)(?=euro|dollar|pound|€|\$|£)")
_PER_CENT: Final = re.compile(
    r"\s?(?:%|per\s?cent\b|percent\b|prozent\b|pour\s?cent\b|por\s?ciento\b)", re.IGNORECASE
)
_POINT_AND_THREE: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_POINTS: Final = re.compile(
    r"[\s-]?(?:(?:percentage|per\s?cent|percent)[\s-]points?|prozentpunkten?)\b", re.IGNORECASE
)
_NEXT: Final = re.compile(r"[\s\u00a0-]?([€£$¥]|°\s?c?|[^\W\d_]+)", re.IGNORECASE)
_LAST: Final = re.compile(r"([^\W\d_]+)[\s\u00a0]*$")


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
    least: float = 0.0
    """The least that is meant, as with *more than* or in a range; 0 for the value alone."""
    most: float = 0.0
    """The most that is meant; as ``least``."""
    thousands: float = 0.0
    """The value where a point before three digits separates thousands; else 0."""

    def is_of(self, other: Figure) -> bool:
        """Return whether two numbers are of the same thing; a wrong currency is, with its sum."""
        if self._is_in_other_currency(other):
            return self.value == other.value
        if self.unit == other.unit == ORDINAL:
            return not self.nouns.isdisjoint(other.nouns)
        if self.unit or other.unit:
            return self.unit == other.unit
        return not self.nouns.isdisjoint(other.nouns) or not (self.nouns or other.nouns)

    def may_be(self, other: Figure) -> bool:
        """Return whether two numbers may be of the same thing; a number alone may be of any."""
        bare = (each for each in (self, other) if not each.unit and not each.nouns)
        is_counted = {YEAR, ORDINAL}.isdisjoint((self.unit, other.unit))
        return self.is_of(other) or (any(bare) and is_counted)

    def equals(self, other: Figure) -> bool:
        """Return whether two numbers are the same, also where one is rounded and says so."""
        if self._is_in_other_currency(other):
            return False
        if any(one._means(another) for one, another in ((self, other), (other, self))):
            return True
        first, second = self.value, other.value
        if PER_CENT in (self.unit, other.unit) and self.unit != other.unit:
            first, second = (
                each.value * _HUNDRED if each.unit != PER_CENT and each.value < 1 else each.value
                for each in (self, other)
            )
        if abs(first - second) <= 1e-9 * max(abs(first), abs(second), 1):
            return True
        are_bounds = min(self.most, other.most) > 0
        return ((self.is_rough or are_bounds) and _is_rounded(first, second)) or (
            (other.is_rough or are_bounds) and _is_rounded(second, first)
        )

    def _is_in_other_currency(self, other: Figure) -> bool:
        signs = {self.unit, other.unit}
        return len(signs) > 1 and signs <= SIGNS

    def _means(self, other: Figure) -> bool:
        """Return whether another number is inside what this one means, or its other reading."""
        has_bounds = self.most > 0 and not other.most
        is_inside = has_bounds and self.least <= other.value <= self.most
        return is_inside or (
            self.thousands > 0 and self.thousands in (other.value, other.thousands)
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
    return not NUMBER_WORDS.isdisjoint(text.lower().replace("-", " ").split())


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a text in order; those of dates have the month as their noun."""
    found = [*_shares(text), *_ordinals(text)]
    found += (_figure(text, number) for number in _numbers(text))
    found.sort(key=lambda figure: (figure.range.start, -figure.range.end))
    kept: list[Figure] = []
    for figure in found:
        if not kept or figure.range.start >= kept[-1].range.end:
            kept.append(figure)
    return tuple(_with_ranges(text, kept))


def _with_ranges(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield figures; of those that a range is made of, as *150 to 200 patients*, both mean all."""
    least: float | None = None
    for at, figure in enumerate(figures):
        following = figures[at + 1] if at + 1 < len(figures) else None
        if least is not None:
            yield figure._replace(least=least, most=figure.value)
            least = None
        elif following is not None and _begins_range(text, figure, following):
            is_change = _CHANGE.search(
                text, max(0, figure.range.start - _REACH), figure.range.start
            )
            alike = figure._replace(unit=following.unit, nouns=following.nouns)
            if not is_change:
                alike = alike._replace(least=figure.value, most=following.value)
                least = figure.value
            yield alike
        else:
            yield figure


def _begins_range(text: str, figure: Figure, following: Figure) -> bool:
    """Return whether a bare number is the lower end of a range."""
    return (
        not (figure.unit or figure.nouns)
        and bool(following.unit or following.nouns)
        and following.unit not in (YEAR, ORDINAL)
        and figure.value < following.value
        and _RANGE.fullmatch(text, figure.range.end, following.range.start) is not None
    )


def _ordinals(text: str) -> Iterator[Figure]:
    """Yield numbers such as *12th* and *third* with the words after them; dates have none."""
    for match in _ORDINAL.finditer(text):
        nouns = _nouns(text, match.end())
        if nouns:
            value = float(match["digits"] or ORDINALS[match["word"].lower()])
            yield Figure(TextRange(*match.span()), value, ORDINAL, frozenset(nouns))


def _shares(text: str) -> Iterator[Figure]:
    """Yield fractions in words, such as *two thirds of*, *by a half* and *one in three*."""
    for match in _IN.finditer(text):
        count, whole = (_small(match[each]) for each in ("count", "whole"))
        if 0 < count < whole:
            yield _share(TextRange(*match.span()), count / whole)
    for match in (*_SHARE.finditer(text), *_BY_SHARE.finditer(text)):
        count = {"two": 2, "three": 3, "four": 4}.get((match["count"] or "").lower(), 1)
        end = match.end("part") + text.startswith("s", match.end("part"))
        yield _share(TextRange(match.start(), end), count / PARTS[match["part"].lower()])


def _share(place: TextRange, share: float) -> Figure:
    """Return a fraction in words, which means about so many per cent."""
    value = round(_HUNDRED * share)
    least, most = value * (1 - _MOST_ROUNDED), value * (1 + _MOST_ROUNDED)
    return Figure(place, value, PER_CENT, is_rough=True, least=least, most=most)


def _small(word: str) -> int:
    """Return the value of digits or of a word."""
    return int(word) if word.isdecimal() else ONES[word.lower()]


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
    figure = _bare_figure(text, number)
    before = max(0, number.start - _REACH), number.start
    if _AT_LEAST.search(text, *before):
        return figure._replace(least=figure.value, most=_MOST_BEYOND * figure.value)
    if _AT_MOST.search(text, *before):
        return figure._replace(least=figure.value / _MOST_BEYOND, most=figure.value)
    return figure


def _bare_figure(text: str, number: _Number) -> Figure:
    """Return a number with its unit or with the words after it."""
    start, end, value, sign, digits = number
    before = _LAST.search(text, max(0, start - _REACH), start)
    word_before = before[1].lower() if before else ""
    is_rough = word_before in HEDGES
    thousands = float(digits.replace(".", "")) if _POINT_AND_THREE.fullmatch(digits) else 0.0
    scale, end = _scale(text, number)
    value *= scale
    for pattern, unit in ((_POINTS, POINT), (_PER_CENT, PER_CENT)):
        if match := pattern.match(text, end):
            return Figure(TextRange(start, match.end()), value, unit, is_rough=is_rough)
    of_currency = _OF_CURRENCY.match(text, end) if scale > 1 else None
    at = of_currency.end() if of_currency else end
    following = _NEXT.match(text, at)
    noun = _noun(following[1]) if following else ""
    if sign or noun in CURRENCIES:
        end = end if sign or following is None else following.end()
        unit = CURRENCIES[sign or noun]
        return Figure(TextRange(start, end), value, unit, is_rough=is_rough, thousands=thousands)
    if _is_year(digits) and (word_before in BEFORE_YEARS | MONTHS.keys() or not noun):
        return Figure(TextRange(start, end), value, YEAR, is_rough=is_rough)
    if noun and following is not None:
        end = following.end()
    nouns = _nouns(text, at)
    if nouns and nouns[0] in MEASURES:
        nouns[0], factor = MEASURES[nouns[0]]
        value, thousands = value * factor, thousands * factor
    place = TextRange(start, end)
    return Figure(place, value, "", frozenset(nouns), is_rough, thousands=thousands)


def _scale(text: str, number: _Number) -> tuple[float, int]:
    """Return what the word after digits multiplies them by, and where the number then ends."""
    following = _NEXT.match(text, number.end)
    if following is None or not number.digits:
        return 1, number.end
    word = following[1].lower()
    is_metre = word == "m" and not number.sign and following.start(1) > number.end
    if word not in SCALES or is_metre:
        return 1, number.end
    end = following.end()
    return SCALES[word], end + (word in ABBREVIATED and text.startswith(". ", end))


def _nouns(text: str, at: int) -> list[str]:
    """Return the words after a number that may name what is counted."""
    nouns: list[str] = []
    while len(nouns) < _MOST_NOUNS and (following := _NEXT.match(text, at)):
        noun = _noun(following[1])
        if not noun:
            break
        nouns.append(noun)
        at = following.end()
    return nouns


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
        if word in ONES:
            part += ONES[word]
        elif word in TENS:
            part += TENS[word]
        elif word == "a":
            part += 1
        elif word == "hundred":
            part = max(part, 1) * _HUNDRED
        elif word in SCALES:
            total, part = total + max(part, 1) * SCALES[word], 0.0
    return total + part


def _noun(word: str) -> str:
    """Return what is counted in the singular; empty for a word that names nothing."""
    folded = fold(word)
    if folded in NO_UNITS:
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
