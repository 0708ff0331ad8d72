"""Identifiers, compared with an implementation that others made."""

from __future__ import annotations

import time

from ulid import ULID

from reader.identifiers import new_id


def test_an_identifier_is_a_ulid_of_the_present_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    known = ULID.from_str(made)
    assert str(known) == made
    assert before <= known.milliseconds <= after


def test_identifiers_sort_by_the_time_they_were_made_and_never_repeat() -> None:
    first = new_id()
    time.sleep(0.002)
    many = {new_id() for _ in range(1000)}
    assert len(many) == 1000
    assert first < min(many)
