"""Versions are called by their days, and by their times where the days are the same."""

from __future__ import annotations

import pytest

from reader import clock
from reader.session.versions import Version
from reader.ui.version_names import last_seen, seen_in_words, time_in_words


def version(last: str, first: str = "", digest: str = "a") -> Version:
    return Version(digest, last, frozenset(), first)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-15T12:31:00Z", "2026-11-15T12:37:00Z", "{first} to {time}"),
        ("2026-11-15T12:31:00Z", "2026-11-17T12:37:00Z", "{first} to {last}"),
        ("2026-11-15T12:31:00Z", "2026-11-15T12:31:40Z", "{first}"),
        ("", "2026-11-15T12:31:00Z", "{last}"),
        ("once, ever", "never, ever", "once, ever to never, ever"),
    ],
)
def test_a_day_is_named_once(first: str, last: str, words: str) -> None:
    names = {"first": time_in_words(first), "last": time_in_words(last)}
    names["time"] = clock.local_minute(last)[-5:]
    assert seen_in_words(version(last, first)) == words.format_map(names)


def test_the_time_is_named_where_two_versions_share_the_day() -> None:
    noon = version("2026-11-15T12:31:00Z")
    later = version("2026-11-15T12:37:00Z", digest="b")
    other_day = version("2026-11-20T12:37:00Z", digest="c")
    time = clock.local_minute(noon.last)[-5:]
    assert last_seen(noon, [noon, other_day]) == noon.day
    assert last_seen(noon, [noon, later]) == f"{noon.day}, {time}"
    assert last_seen(version("once"), [version("once", digest="d")]) == "once"
