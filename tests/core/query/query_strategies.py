"""Random trees of queries, and random notes and articles that they may ask for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from reader.core.folding import fold
from reader.core.query.dates import Bounds, day_after
from reader.core.query.facts import ArticleFacts, NoteFacts, SourceFacts
from reader.core.query.fields import FIELDS, Kind
from reader.core.query.tree import (
    WORDS,
    Match,
    Node,
    Term,
    Within,
    all_of,
    any_of,
    negated,
)

NOW = datetime(2026, 11, 30, 14, 0)
STATUSES = ("unchecked", "supported", "disputed", "refuted", "to call")

NAMES = ("Lucan Prewitt", "Prewitt", "Dr. Solvay", "李明", "Anna Møller", "OR", "a,b", 'the "Ox"')
"""Names with what the language has signs for."""

_ODD = st.text("abOR ()\"-=,:.\\“”»é字\u00ad#'", min_size=1, max_size=8)
_VALUES = st.one_of(st.sampled_from(NAMES), _ODD, st.text(max_size=6)).map(
    lambda text: " ".join("".join(filter(str.isprintable, text)).split())
)
values = _VALUES.filter(lambda text: bool(fold(text).strip()))
"""Values that a query may have: on one line, with something to look for."""

_BARE = st.sampled_from(
    ["a", "prewitt", "12,600", "f(x)", "f(x", "it's", "x-y", "x\\y", "字", "a=b"]
)
_DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(date.isoformat)
_ANY_DAYS = st.tuples(_DAYS, _DAYS).map(lambda days: (min(days), day_after(max(days))))
_MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: f"{moment:%Y-%m-%dT%H:%M}:00.000Z"
)


def _terms(kind: Kind, name: str) -> st.SearchStrategy[Node]:
    field = st.just(name)
    match kind:
        case Kind.TAG:
            return st.builds(Term, field, values)
        case Kind.STATUS:
            return st.builds(Term, field, st.sampled_from([*STATUSES, "open", "none"]))
        case Kind.CHOICE:
            choices = next(each.choices for each in FIELDS if each.name == name)
            return st.builds(Term, field, st.sampled_from([each.name for each in choices]))
        case Kind.DATE:
            return st.one_of(
                _ANY_DAYS.map(lambda days: Within(name, *days)),
                st.builds(lambda day: Within(name, first=day), _DAYS),
                st.builds(lambda day: Within(name, end=day), _DAYS),
            )
        case _:
            ways = [Match.PART, Match.PHRASE, *([] if kind is Kind.TEXT else [Match.WHOLE])]
            bare = _BARE.filter(lambda text: kind is Kind.TEXT or "," not in text)
            return st.one_of(
                st.builds(Term, field, values, st.sampled_from(ways)),
                st.builds(Term, field, bare, st.just(Match.PART)),
            )


_PARSED_DATES = {"marked", "published", "added", "opened"}
leaves: st.SearchStrategy[Node] = st.one_of(
    _terms(Kind.TEXT, WORDS),
    *(
        _terms(field.kind, field.name)
        for field in FIELDS
        if field.kind is not Kind.DATE or field.name in _PARSED_DATES
    ),
)

trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        parts.map(negated),
        st.lists(parts, min_size=2, max_size=4).map(all_of),
        st.lists(parts, min_size=2, max_size=3).map(any_of),
    ),
    max_leaves=8,
)
"""Trees in the form that queries are parsed to."""

_TEXTS = st.lists(
    st.sampled_from(["a", "b", "prewitt", "26", "per cent", "字字", "1926", "f(x)", "relied", "-"]),
    max_size=5,
).map(" ".join)
_NAME_LISTS = st.lists(st.sampled_from(NAMES).map(fold), max_size=2).map(tuple)
_TIMES = st.one_of(st.just(""), _MOMENTS)

sources = st.builds(
    SourceFacts,
    title=_TEXTS,
    sites=_NAME_LISTS,
    authors=_NAME_LISTS,
    projects=_NAME_LISTS,
    published=st.one_of(st.none(), _ANY_DAYS.map(lambda days: Bounds(*days))),
    added=_TIMES,
    opened=_TIMES,
    state=st.sampled_from(["unread", "reading", "finished", "archived"]),
    text=_TEXTS,
)

_TEXT_LISTS = st.lists(_TEXTS, min_size=1, max_size=2).map(tuple)


def notes_of(source: SourceFacts) -> st.SearchStrategy[NoteFacts]:
    """Return notes of an article."""
    flag = st.booleans()
    return st.builds(
        NoteFacts,
        source=st.just(source),
        passages=_TEXT_LISTS,
        note=_TEXTS,
        speakers=_NAME_LISTS,
        tags=st.lists(st.sampled_from(["claim", "quote", "a", "or"]), max_size=2).map(tuple),
        status=st.sampled_from(["", *STATUSES]),
        marked=_TIMES,
        **dict.fromkeys(
            (
                "is_open", "is_changed", "is_orphaned", "is_overlapping", "is_due", "is_deleted",
                "has_link", "has_draft",
            ),
            flag,
        ),
    )  # fmt: skip


notes = sources.flatmap(notes_of)

articles = sources.flatmap(
    lambda source: st.builds(
        ArticleFacts,
        source=st.just(source),
        notes=st.lists(notes_of(source), max_size=3).map(tuple),
    )
)


def days_before(days: int) -> str:
    """Return a day before the present one."""
    return (NOW.date() - timedelta(days=days)).isoformat()
