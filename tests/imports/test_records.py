"""What is looked up in the JSON of other programs, whatever kind of value stands there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.json_values import string_in
from reader.imports.records import (
    first_entries,
    list_in,
    listed_records,
    records_in,
    text_in,
    texts_in,
    value_in,
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=9,
)
"""Values of JSON."""


@given(values)
def test_a_value_of_another_kind_is_as_if_it_was_missing(value: Any) -> None:
    record = {"a": value}
    assert list_in(record, "a") == (value if isinstance(value, list) else [])
    assert string_in(record, "a") == (value if isinstance(value, str) else "")
    assert text_in(record, "a") == string_in(record, "a").strip()
    assert listed_records(list_in(record, "a")) == listed_records(value)
    assert records_in(value) == ([value] if isinstance(value, dict) else listed_records(value))
    assert all(isinstance(each, dict) for each in first_entries(value, ("a", "b")))
    assert all(each.strip() == each != "" for each in texts_in(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 17 ", "17"), (17, "17"), (0, "0"), (-3, "-3"), (10**30, "1" + "0" * 30),
        (True, ""), (1.5, ""), (None, ""), ([17], ""), ({"a": 17}, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_whole_number_counts_as_a_text(value: object, text: str) -> None:
    assert value_in({"a": value}, "a") == text
    assert value_in({}, "a") == ""


def test_the_first_field_that_holds_something_counts() -> None:
    record = {"a": " ", "b": 4, "c": " tides "}
    assert text_in(record, "a", "b", "c", "d") == "tides"
    assert first_entries({"a": [], "b": [{"x": 1}, 2]}, ("a", "b")) == [{"x": 1}, {}]
