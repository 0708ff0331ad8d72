"""Claims: which status an annotation has when its tags change."""

from __future__ import annotations

import pytest

from reader.core.claims import STANDARD_STATUSES, status_with_tags


@pytest.mark.parametrize(
    ("status", "before", "tags", "result"),
    [
        (None, (), ("claim",), "unchecked"),
        (None, (), ("quote", "claim"), "unchecked"),
        (None, (), ("quote",), None),
        ("refuted", (), ("claim",), "refuted"),
        ("misleading", (), ("claim",), "misleading"),
        (None, ("quote",), ("quote", "claim"), "unchecked"),
        (None, ("claim",), ("claim", "money"), None),
        ("unchecked", ("quote", "claim"), ("quote",), None),
        ("disputed", ("quote", "claim"), ("quote",), "disputed"),
        ("misleading", ("quote", "claim"), ("quote",), "misleading"),
        ("unchecked", ("quote",), ("context",), "unchecked"),
    ],
)
def test_a_new_claim_is_unchecked_and_what_was_checked_is_kept(
    status: str | None, before: tuple[str, ...], tags: tuple[str, ...], result: str | None
) -> None:
    assert status_with_tags(status, tags, before) == result


def test_the_four_can_be_told_apart_by_name_key_sign_and_colour() -> None:
    for field in ("name", "key", "sign", "colour"):
        assert len({getattr(each, field) for each in STANDARD_STATUSES}) == len(STANDARD_STATUSES)
