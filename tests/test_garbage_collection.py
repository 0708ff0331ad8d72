"""Pausing the search for garbage."""

from __future__ import annotations

import gc

import pytest

from reader.garbage_collection import paused_collection


@paused_collection()
def _fail() -> None:
    assert not gc.isenabled()
    with paused_collection():
        assert not gc.isenabled()
    assert not gc.isenabled()
    raise KeyError


def test_garbage_is_looked_for_again_after_every_pause() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError):
        _fail()
    assert gc.isenabled()


def test_what_was_turned_off_before_stays_off() -> None:
    gc.disable()
    try:
        with paused_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
