"""Two libraries that were edited separately are merged, in either direction."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import changed_at
from reader.core.selectors import supersede
from reader.errors import StoreError
from reader.store.files.migrations import CURRENT_SCHEMA
from reader.store.library import Library
from reader.store.library_merge import MergeReport, merge_library
from tests.store.examples import ARTICLE, LATER, OTHER, annotation, document

LAST = "2026-11-22T10:00:09.000Z"


@pytest.fixture
def other(library: Library) -> Library:
    """A copy of the library with an article, an annotation and a snapshot."""
    text = document("A passage.", title="The Quiet Ledger")
    library.write_snapshot(text)
    marked = annotation(1, note="first", snapshot=text.digest)
    library.save(ARTICLE.id, article=replace(ARTICLE, snapshot=text.digest), annotations=[marked])
    shutil.copytree(library.folder, library.folder.with_name("other"))
    return Library(library.folder.with_name("other"))


def noted(library: Library, note: str, moment: str) -> None:
    before = library.load(ARTICLE.id).annotations[0]
    after = replace(before, note=note)
    library.save(
        ARTICLE.id, annotations=[replace(changed_at(before, after, moment), modified=moment)]
    )


def everything(library: Library) -> dict[str, tuple[Annotation, ...]]:
    return {each.id: library.load(each.id).annotations for each in library.articles()}


def test_both_libraries_hold_everything_after_a_merge_in_each_direction(
    library: Library, other: Library
) -> None:
    noted(library, "here", LATER)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    noted(other, "there", LAST)
    other.save(ARTICLE.id, annotations=[annotation(3)])
    text = document("Another text.")
    other.write_snapshot(text)
    other.save(
        OTHER.id,
        article=replace(OTHER, snapshot=text.digest),
        annotations=[annotation(4, snapshot=text.digest)],
    )
    before = sorted(path.read_bytes() for path in other.folder.glob("articles/*.json"))
    report = merge_library(library, other.folder)
    assert report == MergeReport(added=1, merged=1, snapshots=1, conflicting_edits=1)
    assert before == sorted(path.read_bytes() for path in other.folder.glob("articles/*.json"))
    assert merge_library(other, library.folder).merged == 1
    assert everything(library) == everything(other)
    assert len(everything(library)[ARTICLE.id]) == 3
    assert "here" in everything(library)[ARTICLE.id][0].note
    assert "there" in everything(library)[ARTICLE.id][0].note
    assert library.has_snapshot(text.digest)
    assert merge_library(library, other.folder) == MergeReport(unchanged=2)


def test_a_removed_annotation_stays_removed(library: Library, other: Library) -> None:
    before = library.load(ARTICLE.id).annotations[0]
    dead = changed_at(before, replace(before, deleted=LATER), LATER)
    library.save(ARTICLE.id, annotations=[replace(dead, modified=LATER)])
    merge_library(library, other.folder)
    merge_library(other, library.folder)
    assert library.annotations() == other.annotations() == []


def test_a_removed_article_stays_removed_on_both_sides(library: Library, other: Library) -> None:
    library.removals.remove(ARTICLE.id)
    assert merge_library(library, other.folder).kept_removed == 1
    assert library.articles() == []
    assert merge_library(other, library.folder).kept_removed == 1
    assert other.articles() == []
    assert len(list(other.folder.glob("trash/*/articles/*.json"))) == 1


def test_an_article_that_was_annotated_after_its_removal_elsewhere_comes_back(
    library: Library, other: Library
) -> None:
    library.removals.remove(ARTICLE.id)
    noted(other, "new", LATER)
    assert merge_library(other, library.folder).kept_removed == 0
    assert merge_library(library, other.folder).added == 1
    assert everything(library) == everything(other)


def test_an_article_that_both_libraries_added_becomes_one(library: Library, other: Library) -> None:
    twin = replace(OTHER, id="01K0000000000000000CCCCCCC")
    library.save(OTHER.id, article=OTHER, annotations=[annotation(2)])
    other.save(twin.id, article=twin, annotations=[annotation(3)])
    assert merge_library(library, other.folder) == MergeReport(merged=1, unchanged=1)
    assert [each.id for each in library.load(OTHER.id).annotations] == [
        annotation(2).id,
        annotation(3).id,
    ]


def test_what_cannot_be_merged_is_reported_and_the_rest_is_merged(
    library: Library, other: Library
) -> None:
    other.save(OTHER.id, article=OTHER)
    newer = other.folder / "articles" / "newer.json"
    newer.write_text(json.dumps({"schema": {"article": {"version": CURRENT_SCHEMA + 1}}}))
    newer.with_name("damaged.json").write_bytes(b"{")
    report = merge_library(library, other.folder)
    assert report.added == 1
    assert len(report.problems) == 2
    with pytest.raises(StoreError, match="no folder of articles"):
        merge_library(library, Path("/nowhere"))


def test_the_snapshots_of_earlier_selectors_are_copied(library: Library, other: Library) -> None:
    first, second = document("An earlier passage."), document("A later passage.")
    for text in (first, second):
        other.write_snapshot(text)
    before = other.load(ARTICLE.id).annotations[0]
    selector = before.selector
    for text in (first, second, document("The present passage.")):
        described = replace(selector, earlier=(), snapshot=text.digest)
        selector = supersede(selector, described, text.digest)
    after = replace(before, selector=selector)
    other.save(ARTICLE.id, annotations=[replace(changed_at(before, after, LATER), modified=LATER)])
    assert merge_library(library, other.folder).snapshots == 2
    assert library.has_snapshot(first.digest)
    assert library.has_snapshot(second.digest)


def test_a_damaged_snapshot_is_reported_and_not_copied(library: Library, other: Library) -> None:
    text = document("Another text.")
    other.write_snapshot(text)
    other.save(OTHER.id, article=replace(OTHER, snapshot=text.digest))
    (other.folder / "snapshots" / f"{text.digest}.json.gz").write_bytes(b"no gzip")
    report = merge_library(library, other.folder)
    assert (report.added, report.snapshots, len(report.problems)) == (1, 0, 1)
    assert not library.has_snapshot(text.digest)
