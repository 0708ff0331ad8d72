"""The inputs of ``make fuzz``: every format has some, and they are recognised as that format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.formats import KINDS, read_document
from tests.formats.test_properties import assert_sound
from tests.fuzzing.inputs import MAX_INPUT, SUFFIXES, inputs, seeds
from tests.fuzzing.trying import read


@pytest.mark.parametrize("kind", KINDS)
def test_the_seeds_of_every_format_are_read(kind: str) -> None:
    assert seeds(kind)
    for seed in seeds(kind):
        assert_sound(read_document(seed, name=f"seed{SUFFIXES[kind]}", kind=kind))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_some_inputs_of_every_format_give_a_document_or_a_sentence(
    kind: str, data: st.DataObject
) -> None:
    made = data.draw(inputs(kind))
    assert len(made) < 4 * MAX_INPUT
    read(made, f"input{SUFFIXES[kind]}", kind, 0, False)
