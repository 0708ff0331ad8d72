"""Files of JSON that a person edited: known by a digest of each item, and kept as a copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.claims import SUPPORTED
from reader.exports import ExportedArticle, claim_review, hypothesis, json_lines, linked_data
from reader.exports.model import Update
from reader.exports.registry import find_format
from tests.exports.test_interchange import ITEMS, LEDGER, exported, mark
from tests.imports.reading import read

SIGNED = {
    "jsonl": json_lines.SIGNED,
    "webannotation": linked_data.SIGNED,
    "hypothesis": hypothesis.SIGNED,
    "claimreview": claim_review.SIGNED,
}
FORMATS = [*SIGNED]
DIGESTS = {"digest", "schema:sha256", "valueReference"}
NEW = (
    ExportedArticle(LEDGER, (mark(1, "it was so", note="No.", status=SUPPORTED),), None),
    *ITEMS[1:],
)
"""What the library has later."""


def parsed(text: str, name: str) -> Any:
    return [json.loads(line) for line in text.splitlines()] if name == "jsonl" else json.loads(text)


def dumped(content: Any, name: str, **form: Any) -> str:
    if name == "jsonl":
        return "".join(json.dumps(each, separators=(",", ":")) + "\n" for each in content)
    return json.dumps(content, **form)


def updated(name: str, previous: str, new: str) -> Update[str]:
    update = find_format(name).update
    assert update is not None
    return update(previous, new)


def copy_of(name: str, previous: str, new: str) -> str:
    copy = updated(name, previous, new).edited
    assert copy is not None
    return copy


def texts_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where the texts of a value are, but for digests."""
    places = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in places:
        if isinstance(each, dict | list):
            yield from texts_in(each)
        elif isinstance(each, str) and key not in DIGESTS:
            yield value, key


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_any_edit_is_kept_as_a_copy(name: str, data: st.DataObject) -> None:
    format_ = find_format(name)
    content = parsed(exported(name, *ITEMS), name)
    items = content if name == "jsonl" else content[SIGNED[name].items]
    holder, key = data.draw(st.sampled_from([*texts_in(items)]))
    holder[key] += "edited by hand"
    previous, new = dumped(content, name, indent=1), exported(name, *NEW)
    if not format_.article_ids(previous):
        return  # without its mark the file is a person's, and never overwritten
    assert format_.is_own is not None
    assert not format_.is_own(previous, {})
    assert updated(name, previous, new).content == new
    copy = copy_of(name, previous, new)
    assert "edited by hand" in copy
    assert not format_.article_ids(copy)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_was_only_set_in_other_lines_is_not_edited(name: str) -> None:
    previous = dumped(parsed(exported(name, *ITEMS), name), name)
    assert updated(name, previous, exported(name, *NEW)).edited is None
    assert updated(name, previous, exported(name, *ITEMS)).content == previous


@pytest.mark.parametrize("name", FORMATS[:3])
def test_an_import_reads_a_copy(name: str) -> None:
    previous = exported(name, *ITEMS).replace("Was *it*?", "Was it?")
    copy = read(copy_of(name, previous, exported(name, *NEW)))
    assert copy.kind == name
    assert sorted(note.note for note in copy.notes) == ["", "Was it?"]


def test_lines_of_the_first_version_have_no_digests_and_are_not_taken_for_edited() -> None:
    lines = parsed(exported("jsonl", *ITEMS), "jsonl")
    for line in lines:
        del line["digest"]
    assert updated("jsonl", dumped(lines, "jsonl"), exported("jsonl", *ITEMS)).edited is None


def test_what_lost_its_digest_is_taken_for_edited() -> None:
    written = exported("hypothesis", ExportedArticle(LEDGER, (mark(1, "a"),), None))
    content = json.loads(written)
    del content["rows"][0]["margin"]["digest"]
    new = exported("hypothesis", ExportedArticle(LEDGER, (mark(1, "b"),), None))
    assert copy_of("hypothesis", json.dumps(content), new)
