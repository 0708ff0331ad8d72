"""Snapshots return whole documents, from the front, and never a wrong document."""

from __future__ import annotations

import gzip
import tempfile
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from reader.core.document import Document
from reader.core.units import Units
from reader.errors import StoreError
from reader.store.files.snapshots import FIRST_SLICE, Snapshots
from tests.store import strategies
from tests.store.examples import document

LONG = document(*(f"Paragraph {number}. " + "word " * 60 for number in range(20_000)))


def read_all(snapshots: Snapshots, digest: str, upto: int = 0) -> list[Document]:
    return list(snapshots.read(digest, upto=upto))


@given(strategies.any_document() | strategies.any_document(stretch=5_000))
@settings(deadline=None, max_examples=60)
def test_a_document_survives(original: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        snapshots = Snapshots(Path(folder))
        snapshots.write(original)
        parts = read_all(snapshots, original.digest)
        assert parts[-1] == original
        assert parts[-1].digest == original.digest
        for part in parts[:-1]:
            assert_begins(original, part)
        snapshots.verify(original.digest)


def assert_begins(whole: Document, part: Document) -> None:
    assert not part.is_complete
    assert whole.text.startswith(part.text)
    assert part.blocks == whole.blocks[: len(part.blocks)]
    assert part.blocks[-1].end == len(part.text)
    assert part.spans == whole.spans[: len(part.spans)]
    assert all(span.start >= len(part.text) for span in whole.spans[len(part.spans) :])
    assert part.marks == whole.marks[: len(part.marks)]
    assert all(mark.offset > len(part.text) for mark in whole.marks[len(part.marks) :])
    assert part.metadata == whole.metadata


def test_a_long_document_is_read_in_parts_that_double(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    snapshots.write(LONG)
    parts = read_all(snapshots, LONG.digest)
    lengths = [len(part.text) for part in parts]
    assert FIRST_SLICE <= lengths[0] < 2 * FIRST_SLICE
    assert all(after >= 2 * before for before, after in pairwise(lengths[:-1]))
    assert parts[-1] == LONG
    for part in parts[:-1]:
        assert_begins(LONG, part)


def test_the_first_part_reaches_the_given_offset(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    snapshots.write(LONG)
    upto = len(LONG.text) // 2
    first = next(snapshots.read(LONG.digest, upto=upto))
    assert upto <= len(first.text) < len(LONG.text)
    assert read_all(snapshots, LONG.digest, upto=10**9) == [LONG]


def test_a_snapshot_is_one_json_document(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    snapshots.write(LONG)
    whole = msgspec.json.decode(gzip.decompress(snapshots.path(LONG.digest).read_bytes()))
    assert whole["digest"] == LONG.digest
    assert "".join(piece["text"] for piece in whole["slices"]) == LONG.text


def test_a_snapshot_is_written_once(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    original = document("One.", "Two.")
    snapshots.write(original)
    before = snapshots.path(original.digest).stat()
    snapshots.write(original)
    assert snapshots.path(original.digest).stat() == before
    assert [path.name for path in tmp_path.iterdir()] == [f"{original.digest}.json.gz"]
    assert before.st_mode & 0o777 == 0o600


@pytest.mark.parametrize("length", [0, 1, 20, 400, 5_000, 20_000, -1, -8])
def test_a_cut_snapshot_is_reported(tmp_path: Path, length: int) -> None:
    snapshots = Snapshots(tmp_path)
    snapshots.write(LONG)
    path = snapshots.path(LONG.digest)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(StoreError, match="cannot be understood") as caught:
        read_all(snapshots, LONG.digest)
    assert str(path) in caught.value.message


def test_every_flipped_byte_is_reported_or_does_no_harm(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    original = document("One paragraph.", "Another paragraph.", title="Title")
    snapshots.write(original)
    path = snapshots.path(original.digest)
    content = path.read_bytes()
    reported = 0
    for position in range(len(content)):
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        path.write_bytes(damaged)
        try:
            assert read_all(snapshots, original.digest) == [original]
        except StoreError:
            reported += 1
    assert reported > len(content) // 2


def test_another_document_under_the_same_name_is_reported(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    one, other = document("One."), document("Other.")
    snapshots.write(one)
    snapshots.path(one.digest).rename(snapshots.path(other.digest))
    assert not snapshots.has(one.digest)
    with pytest.raises(StoreError):
        read_all(snapshots, other.digest)


def test_verifying_finds_a_text_that_does_not_match_its_digest(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    original = document("One.")
    snapshots.write(original)
    path = snapshots.path(original.digest)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"One", b"Two")))
    with pytest.raises(StoreError, match="its text does not match its name"):
        snapshots.verify(original.digest)


def test_a_missing_snapshot_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is not there"):
        read_all(Snapshots(tmp_path), "0" * 64)
    assert not Snapshots(tmp_path).has("")


def test_lone_surrogates_keep_their_offsets(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    original = document("a\ud800b", title="t\udfff")
    snapshots.write(original)
    assert read_all(snapshots, original.digest)[0].text == "a\ufffdb"


def test_the_number_of_words_is_kept_and_estimated_for_a_snapshot_without_it(
    tmp_path: Path,
) -> None:
    snapshots = Snapshots(tmp_path)
    snapshots.write(LONG)
    words = Units(LONG).words()
    assert snapshots.words(LONG.digest) == words
    path = snapshots.path(LONG.digest)
    content = gzip.decompress(path.read_bytes()).replace(b'"words":%d,' % words, b"")
    path.write_bytes(gzip.compress(content))
    assert read_all(snapshots, LONG.digest)[-1] == LONG
    assert snapshots.words(LONG.digest) == pytest.approx(words, rel=0.3)
    path.write_bytes(b"damaged")
    assert snapshots.words(LONG.digest) == snapshots.words("../x") == snapshots.words("") == 0
