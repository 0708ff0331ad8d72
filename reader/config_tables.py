"""The tables of the settings file: the reader's own tags, statuses and saved searches."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, NoReturn

import msgspec

from reader.config_faults import Faults, one_of, shown
from reader.core.addresses import is_web_address
from reader.core.annotation import STANDARD_TAGS, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus, Rating, ReviewPublisher
from reader.core.saved_searches import STANDARD_SEARCHES, SavedSearch

_DEFAULT_GLYPH: Final = "●"
_DEFAULT_SIGN: Final = "◊"
_DEFAULT_COLOUR: Final = "#b48ead"
_NAMED_COLOURS: Final = tuple(each.colour for each in (*STANDARD_TAGS, *STANDARD_STATUSES))
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_DIGITS: Final = "123456789"
_FREE_KEY: Final = "free"
"""Stands for a key that no other entry has, until all of them are known."""

_TAG_FIELDS: Final = Tag.__struct_fields__
_RATING_FIELDS: Final = ("rating_value", "worst_rating", "best_rating")
_STATUS_FIELDS: Final = ("name", "key", "sign", "colour", *_RATING_FIELDS, "alternate_name")
_SEARCH_FIELDS: Final = (*SavedSearch.__struct_fields__, "hidden")


_COLOURS: Final = "import_colours"
_PUBLISHER: Final = "claim_review"
PUBLISHER_FIELDS: Final = ("publisher", "publisher_url", "address")
"""The names of the settings on who publishes reviews of claims, as ``ReviewPublisher`` has them."""


class _Kind(NamedTuple):
    """What is written in tables of one name."""

    table: str
    """The name of the tables."""
    noun: str
    """What one of them describes, with its article."""
    example: str
    """The name of one, for a message."""
    fields: Sequence[str]
    """The keys of a table."""
    keys: Sequence[str]
    """The keys of the keyboard that an entry can have."""
    key_advice: str
    """Says so, in a message."""


_TAGS: Final = _Kind(
    "tags", "a tag", "figure", _TAG_FIELDS, _DIGITS, 'a digit in quotes, "1" to "9"'
)
_STATUSES: Final = _Kind(
    "statuses",
    "a status",
    "misleading",
    _STATUS_FIELDS,
    "abcdefghijklmnopqrstuvwxyz",
    'a small letter in quotes, "a" to "z"',
)
_SEARCHES: Final = _Kind(
    "searches",
    "a saved search",
    "mine",
    _SEARCH_FIELDS,
    tuple(f"f{number}" for number in range(2, 13)),
    'a function key in quotes, "f2" to "f12"',
)


def read_tags(value: Any, faults: Faults) -> tuple[Tag, ...]:
    """Return the standard tags as the tables change them, then the person's own.

    Args:
        value: The value of ``tags`` in the file.
        faults: Raises the error for a fault.
    """
    entries = _Entries(_TAGS, value, faults)
    tags = {tag.name: tag for tag in STANDARD_TAGS}
    for index, name, fields in entries.named():
        base = tags.get(name) or Tag(name, _FREE_KEY, _DEFAULT_GLYPH, _DEFAULT_COLOUR)
        tags[name] = Tag(
            name,
            entries.key(fields, index, base.key),
            entries.sign("glyph", fields, index, base.glyph),
            entries.colour(fields, index, base.colour),
        )
    entries.check_keys({tag.name: tag.key for tag in tags.values()})
    free = iter(sorted(set(_DIGITS) - {tag.key for tag in tags.values()}))
    return tuple(
        msgspec.structs.replace(tag, key=next(free, "")) if tag.key == _FREE_KEY else tag
        for tag in tags.values()
    )


def read_statuses(value: Any, faults: Faults) -> tuple[ClaimStatus, ...]:
    """Return the standard statuses as the tables change them, then the person's own.

    Args:
        value: The value of ``statuses`` in the file.
        faults: Raises the error for a fault.
    """
    entries = _Entries(_STATUSES, value, faults)
    statuses = {status.name: status for status in STANDARD_STATUSES}
    for index, name, fields in entries.named():
        base = statuses.get(name) or ClaimStatus(name, _FREE_KEY, _DEFAULT_SIGN, _DEFAULT_COLOUR)
        statuses[name] = ClaimStatus(
            name,
            entries.key(fields, index, base.key),
            entries.sign("sign", fields, index, base.sign),
            entries.colour(fields, index, base.colour),
            _rating(entries, name, fields, index, base.rating),
        )
    entries.check_keys({status.name: status.key for status in statuses.values()})
    return _with_free_letters(statuses.values())


def read_searches(value: Any, statuses: Collection[str], faults: Faults) -> tuple[SavedSearch, ...]:
    """Return the standard searches as the tables change them, then the reader's own.

    Args:
        value: The value of ``searches`` in the file.
        statuses: The names of the statuses that queries may ask for.
        faults: Raises the error for a fault.
    """
    entries = _Entries(_SEARCHES, value, faults)
    searches = {search.name: search for search in STANDARD_SEARCHES}
    for index, name, fields in entries.named():
        base = searches.get(name) or SavedSearch(fields["name"].strip(), "")
        is_hidden = entries.switch("hidden", fields, index)
        query = base.query if is_hidden else entries.words("query", fields, index, base.query)
        if query != base.query:
            _check_query(entries, query, statuses, index)
        searches[name] = SavedSearch(base.name, query, entries.key(fields, index, base.key))
        if is_hidden:
            del searches[name]
    entries.check_keys({name: search.key for name, search in searches.items()})
    return tuple(searches.values())


def read_publisher(value: Any, faults: Faults) -> ReviewPublisher:
    """Return who publishes reviews of claims.

    Args:
        value: The value of ``claim_review`` in the file.
        faults: Raises the error for a fault.
    """
    if not isinstance(value, dict):
        faults.fail("claim_review", 'must be a table, as in: [claim_review] publisher = "The Desk"')
    faults.check_names(value, PUBLISHER_FIELDS, _PUBLISHER)
    texts = {name: value.get(name, "") for name in PUBLISHER_FIELDS}
    for name, text in texts.items():
        if not isinstance(text, str) or not (text == "" or text.isprintable()):
            faults.fail(name, f"is {shown(text)}; it must be some words in quotes", _PUBLISHER)
        if text and name != "publisher" and not is_web_address(text):
            example = "https://desk.example/" + ("{id}" if name == "address" else "")
            fault = f"is {shown(text)}; it must be a web address such as {example}"
            faults.fail(name, fault, _PUBLISHER)
    address = texts["address"]
    if address and (re.findall(r"\{[^}]*\}?|\}", address) != ["{id}"]):
        fault = f"is {shown(address)}; it must have {{id}} once, and no other braces"
        faults.fail("address", fault, _PUBLISHER)
    return ReviewPublisher(*(text.strip() for text in texts.values()))


def read_colours(value: Any, faults: Faults) -> dict[str, str]:
    """Return the tags of the colours of imported notes; tables in the table have dotted names.

    Args:
        value: The value of ``import_colours`` in the file.
        faults: Raises the error for a fault.
    """
    example = f'must be a table, as in: [{_COLOURS}] blue = "claim"'
    if not isinstance(value, dict):
        faults.fail(_COLOURS, example)
    tags: dict[str, str] = {}
    for name, tag in value.items():
        named = tag if isinstance(tag, dict) else {"": tag}
        for colour, each in named.items():
            if not isinstance(each, str) or "," in each or (each and not each.isprintable()):
                fault = f"is {shown(each)}; it must be a tag in quotes, or empty for none"
                table = f"{_COLOURS}.{name}" if colour else _COLOURS
                faults.fail(colour or name, fault, table)
            key = f"{name}.{colour}" if colour else name
            tags[key] = " ".join(each.split()).casefold()
    return tags


def _check_query(entries: _Entries, query: str, statuses: Collection[str], index: int) -> None:
    """Make sure that all of a query is understood."""
    from datetime import datetime  # noqa: PLC0415  (only for searches of one's own)

    from reader.core.query.parsing import parse  # noqa: PLC0415  (as above)

    if faults := parse(query, datetime.now(), statuses=statuses).faults:
        entries.fail("query", f"is {shown(query)}: {faults[0].message.removesuffix('.')}", index)


def _with_free_letters(statuses: Iterable[ClaimStatus]) -> tuple[ClaimStatus, ...]:
    """Give each status without a key the first letter of its name that no other status has."""
    statuses = tuple(statuses)
    taken = {status.key for status in statuses}
    keyed = []
    for status in statuses:
        if status.key == _FREE_KEY:
            letters = (each for each in status.name if each in _STATUSES.keys and each not in taken)
            status = msgspec.structs.replace(status, key=next(letters, ""))  # noqa: PLW2901
            taken.add(status.key)
        keyed.append(status)
    return tuple(keyed)


def _rating(
    entries: _Entries, name: str, fields: Mapping[str, Any], index: int, base: Rating | None
) -> Rating | None:
    """Return the rating that a table gives; None where there is no value."""
    known = base or Rating(math.nan, name[:1].upper() + name[1:])
    value, worst, best = (
        entries.number(field, fields, index, default)
        for field, default in zip(
            _RATING_FIELDS, (known.value, known.worst, known.best), strict=True
        )
    )
    label = entries.words("alternate_name", fields, index, known.name)
    given = [field for field in (*_RATING_FIELDS[1:], "alternate_name") if field in fields]
    if math.isnan(value):
        if given:
            entries.fail(given[0], "needs a rating_value, which is missing", index)
        return None
    if not worst < best:
        at_fault = next((each for each in given if each in _RATING_FIELDS), "rating_value")
        entries.fail(at_fault, "leaves worst_rating no less than best_rating", index)
    if not worst <= value <= best:
        if "rating_value" in fields:
            fault = f"is {value:g}; it must be from {worst:g} to {best:g}"
            entries.fail("rating_value", fault, index)
        fault = f"leaves rating_value {value:g} outside {worst:g} to {best:g}"
        entries.fail(given[0], fault, index)
    return Rating(value, label, worst, best)


class _Entries:
    """The tables of one name, and the checks of their values."""

    def __init__(self, kind: _Kind, value: Any, faults: Faults) -> None:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            example = f'[[{kind.table}]] name = "{kind.example}"'
            faults.fail(kind.table, f"must be tables, as in: {example}")
        self._kind = kind
        self._tables: list[dict[str, Any]] = value
        self._faults = faults

    def fail(self, key: str, fault: str, index: int) -> NoReturn:
        """Raise the error for a fault of one of the tables."""
        self._faults.fail(key, fault, self._kind.table, index)

    def named(self) -> Iterable[tuple[int, str, Mapping[str, Any]]]:
        """Yield the number of each table, the name in it, and its values."""
        names: set[str] = set()
        for index, fields in enumerate(self._tables):
            self._faults.check_names(fields, self._kind.fields, self._kind.table, index)
            value = fields.get("name")
            if not isinstance(value, str) or not value.strip() or not value.isprintable():
                advice = f"{self._kind.noun} must have a name"
                if isinstance(value, str) and value.strip():
                    advice = "it must have printable characters only"
                self.fail("name", f"is {shown(value)}; {advice}", index)
            name = value.strip().lower()
            if name in names:
                self.fail("name", f"is {shown(name)}, which is there twice", index)
            names.add(name)
            yield index, name, fields

    def key(self, fields: Mapping[str, Any], index: int, default: str) -> str:
        """Return the key of the keyboard."""
        key = fields.get("key", default)
        if "key" in fields and key not in ("", *self._kind.keys):
            advice = f'it must be {self._kind.key_advice}, or "" for none'
            self.fail("key", f"is {shown(key)}; {advice}", index)
        return str(key)

    def words(self, field: str, fields: Mapping[str, Any], index: int, default: str) -> str:
        """Return some words on one line."""
        words = fields.get(field, default or None)
        if not isinstance(words, str) or not words.strip() or not words.isprintable():
            self.fail(field, f"is {shown(words)}; it must be some words", index)
        return words.strip()

    def switch(self, field: str, fields: Mapping[str, Any], index: int) -> bool:
        """Return true or false, which is the default."""
        value = fields.get(field, False)
        if not isinstance(value, bool):
            self.fail(field, f"is {shown(value)}; it must be true or false", index)
        return value

    def sign(self, field: str, fields: Mapping[str, Any], index: int, default: str) -> str:
        """Return a sign of one cell."""
        sign = fields.get(field, default)
        if sign != default and not _is_one_cell(sign):
            self.fail(field, f"is {shown(sign)}; it must be one character of one cell", index)
        return str(sign)

    def colour(self, fields: Mapping[str, Any], index: int, default: str) -> str:
        """Return a colour, or the name of one."""
        colour = fields.get("colour", default)
        if not isinstance(colour, str) or not (
            colour in _NAMED_COLOURS or _COLOUR.fullmatch(colour)
        ):
            advice = f'it can be {one_of(_NAMED_COLOURS)}, or a colour such as "#ff8800"'
            self.fail("colour", f"is {shown(colour)}; {advice}", index)
        return str(colour)

    def number(self, field: str, fields: Mapping[str, Any], index: int, default: float) -> float:
        """Return a number."""
        value = fields.get(field, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if field in fields and not (is_number and math.isfinite(value)):
            self.fail(field, f"is {shown(value)}; it must be a number", index)
        return value if field in fields else default

    def check_keys(self, keys: Mapping[str, str]) -> None:
        """Make sure that no two entries have the same key.

        Args:
            keys: The keys by the names of the entries.
        """
        taken: dict[str, str] = {}
        for name, key in keys.items():
            if key in {"", _FREE_KEY}:
                continue
            rival = taken.setdefault(key, name)
            if rival != name:
                index = next(
                    at
                    for at, table in enumerate(self._tables)
                    if str(table["name"]).strip().lower() in {name, rival} and "key" in table
                )
                self.fail("key", f"is {shown(key)} for both {rival} and {name}", index)


def _is_one_cell(sign: object) -> bool:
    from reader.core.cells import cell_width  # noqa: PLC0415  (not needed for the standard tags)

    return isinstance(sign, str) and len(sign) == 1 and sign.isprintable() and cell_width(sign) == 1
