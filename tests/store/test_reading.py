"""The bounds of an article file: its bytes, its values, its levels, and keys that stand twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.errors import DamagedFileError
from reader.store.files.reading import (
    DEEPEST,
    LARGEST_FILE,
    MOST_VALUES,
    count_keys,
    decode_tables,
    oversize,
)

PATH = Path("tides.json")

values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)  # fmt: skip


def keys_of(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(keys_of, value.values()))
    return sum(map(keys_of, value)) if isinstance(value, list) else 0


@given(st.dictionaries(st.text(max_size=3), values, max_size=4))
def test_the_keys_of_all_levels_are_counted(value: dict[str, Any]) -> None:
    assert count_keys(value) == keys_of(value)


@pytest.mark.parametrize("nests_in", ["lists", "objects", "both"])
def test_levels_are_counted_up_to_the_deepest(nests_in: str) -> None:
    def nested(levels: int) -> dict[str, Any]:
        value: Any = {"inmost": 1}
        for level in range(levels - 2):
            is_list = nests_in == "lists" or (nests_in == "both" and level % 2)
            value = [0, value, "x"] if is_list else {"a": value, "b": 1}
        return {"outmost": value}

    assert count_keys(nested(DEEPEST)) == keys_of(nested(DEEPEST))
    assert count_keys(nested(DEEPEST + 1)) is None
    tables = {"article": {"1": nested(DEEPEST - 1)}}
    with pytest.raises(DamagedFileError, match="nest too deeply"):
        decode_tables(json.dumps(tables).encode(), PATH)
    tables = {"article": {"1": nested(DEEPEST - 2)}}
    assert decode_tables(json.dumps(tables).encode(), PATH) == tables


@pytest.mark.parametrize("sign", [b",", b"[", b"{"])
def test_a_file_has_a_greatest_number_of_values(sign: bytes) -> None:
    assert oversize(sign * MOST_VALUES + b"   ") == ""
    assert oversize(sign * (MOST_VALUES + 1)) == "it has over 1,000,000 values"


def test_a_file_has_a_greatest_length() -> None:
    assert oversize(b" " * LARGEST_FILE) == ""
    assert oversize(b" " * (LARGEST_FILE + 1)) == "it has over 16 MB"


@pytest.mark.parametrize(
    "record",
    [
        '{"a": 1, "a": 2}',
        '{"a": [{"b": 1, "b": 1}]}',
        '{"a": [[{"b": 1, "c": 1, "b": 1}]]}',
        '{"a": {"b": {"c": 1, "c": {}}}}',
    ],
)
def test_a_key_that_stands_twice_is_found_on_every_level(record: str) -> None:
    key = "a" if '"b"' not in record else "c" if '"c": {}' in record else "b"
    with pytest.raises(DamagedFileError, match=f"the key '{key}' twice"):
        decode_tables(f'{{"article": {{"1": {record}}}}}'.encode(), PATH)


def test_words_that_look_like_keys_are_none() -> None:
    record = {"note": 'He wrote "a": 1, "a": 2.', "list": ['"a":', '"a":']}
    tables = {"article": {"1": record}}
    assert decode_tables(json.dumps(tables).encode(), PATH) == tables
