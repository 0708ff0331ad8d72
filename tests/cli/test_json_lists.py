"""Lists in JSON are printed as they come, and are what they are as one value."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.cli.output import print_json, print_json_list
from reader.safe_text import safe_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def printed(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.TextIOWrapper:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(VALUES, max_size=4))
def test_a_list_is_printed_as_one_value_is(monkeypatch: pytest.MonkeyPatch, values: Any) -> None:
    outputs = []
    for print_values in (print_json, print_json_list):
        stream = printed(monkeypatch, "utf-8")
        print_values(values)
        stream.seek(0)
        outputs.append(stream.read())
    assert outputs[0] == outputs[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES | st.text(st.sampled_from('a\x1b\u202e\ud800\U000e0041\n"\\é')))
def test_json_is_that_of_python_with_escapes(monkeypatch: pytest.MonkeyPatch, value: Any) -> None:
    stream = printed(monkeypatch, "utf-8")
    print_json(value)
    stream.seek(0)
    assert stream.read() == safe_json(value, indent=2) + "\n"


def test_an_encoding_that_lacks_a_letter_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = printed(monkeypatch, "ascii")
    assert print_json_list(["plain", "ß"]) == 2
    stream.seek(0)
    assert stream.read() == '[\n  "plain",\n  "\\u00df"\n]\n'


def test_each_value_is_printed_before_the_next_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = printed(monkeypatch, "utf-8")
    lengths = []

    def values() -> Iterator[int]:
        for value in range(3):
            stream.flush()
            lengths.append(stream.tell())
            yield value

    print_json_list(values())
    assert lengths == [0, len("[\n  0"), len("[\n  0,\n  1")]
