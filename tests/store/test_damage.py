"""A damaged file costs at most its own article, and nothing where a good copy exists."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.store.files.migrations import CURRENT_SCHEMA, migrate, schema_of
from reader.store.files.records import to_record
from reader.store.files.tables import Tables
from reader.store.library import Library
from reader.store.repair.salvage import salvage
from tests.store import strategies
from tests.store.examples import ARTICLE, LATER, OTHER, annotation, document

DAMAGES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"\x00" * 4096,
    b'{"article": 1}',
    b'{"article": {}}',
    b'{"article": {"01K": {}}}',
    b"[" * 100_000,
)


@pytest.fixture
def path(library: Library) -> Path:
    """The file of an article with two annotations, saved one after the other."""
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    library.save(ARTICLE.id, annotations=[annotation(2)])
    (path,) = (library.folder / "articles").iterdir()
    return path


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("is_listed", [True, False])
def test_the_last_good_copy_replaces_a_damaged_file(
    library: Library, path: Path, damage: bytes, is_listed: bool
) -> None:
    path.write_bytes(damage)
    if is_listed:
        assert [each.id for each in library.articles()] == [ARTICLE.id]
    record = library.load(ARTICLE.id)
    assert record.annotations == (annotation(1),)
    (problem,) = library.problems
    assert str(path) in problem
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == damage
    assert aside.name in problem
    assert [each.id for each in library.articles()] == [ARTICLE.id]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("has_copy", [True, False])
def test_an_open_article_is_saved_completely(
    library: Library, path: Path, damage: bytes, has_copy: bool
) -> None:
    path.write_bytes(damage)
    if not has_copy:
        shutil.rmtree(library.folder / "previous")
    library.save(ARTICLE.id, annotations=[annotation(3)])
    assert Library(library.folder).load(ARTICLE.id) == (
        ARTICLE,
        (annotation(1), annotation(2), annotation(3)),
    )
    assert ("good copy" if has_copy else "written again") in library.problems[0]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_without_a_copy_is_reported_and_the_file_stays(
    library: Library, path: Path, damage: bytes
) -> None:
    library.save(OTHER.id, article=OTHER)
    shutil.rmtree(library.folder / "previous")
    path.write_bytes(damage)
    fresh = Library(library.folder)
    with pytest.raises(StoreError) as caught:
        fresh.load(ARTICLE.id)
    assert "\n" not in caught.value.message
    assert [each.id for each in fresh.articles()] == [OTHER.id]
    assert any(str(path) in problem for problem in fresh.problems)
    assert path.read_bytes() == damage


def test_a_repaired_file_is_no_longer_a_problem(library: Library, path: Path) -> None:
    good = path.read_bytes()
    shutil.rmtree(library.folder / "previous")
    path.write_bytes(b"{")
    assert library.articles() == []
    assert len(library.problems) == 1
    path.write_bytes(good)
    assert len(library.articles()) == 1
    assert library.problems == []


@pytest.mark.parametrize("has_copy", [True, False])
@pytest.mark.parametrize(
    "damage",
    [
        lambda good: good[:-10],
        lambda good: good + good[-40:],
        lambda good: good + b"\x00" * 512,
        lambda good: good.replace(b'"schema"', b'"schema', 1),
        lambda good: b"\x00" * 16 + good,
    ],
    ids=["cut", "old end", "zeros after", "a quote lost", "zeros before"],
)
def test_readable_records_are_recovered_and_that_is_reported_once(
    library: Library, path: Path, damage: Callable[[bytes], bytes], has_copy: bool
) -> None:
    good = path.read_bytes()
    damaged = damage(good)
    path.write_bytes(damaged)
    if not has_copy:
        shutil.rmtree(library.folder / "previous")
    library.close()
    fresh = Library(library.folder)
    record = fresh.load(ARTICLE.id)
    assert record == (ARTICLE, (annotation(1), annotation(2)))
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == damaged
    fresh.articles()
    fresh.articles()
    (problem,) = fresh.problems
    assert aside.name in problem
    later = Library(library.folder)
    assert len(later.articles()) == 1
    assert later.problems == []
    later.close()
    fresh.close()


def test_records_before_the_damage_are_recovered_with_an_article_from_the_text(
    library: Library,
) -> None:
    text = document("A passage.", title="The Quiet Ledger")
    library.write_snapshot(text)
    several = [annotation(each, snapshot=text.digest) for each in range(3)]
    article = msgspec.structs.replace(ARTICLE, snapshot=text.digest)
    library.save(ARTICLE.id, article=article, annotations=several)
    (path,) = (library.folder / "articles").glob("*.json")
    good = path.read_bytes()
    path.write_bytes(good[: good.index(several[2].id.encode()) + 40])
    fresh = Library(library.folder)
    (listed,) = fresh.articles()
    assert (listed.title, listed.annotations) == ("The Quiet Ledger", 2)
    assert fresh.load(listed.id).annotations == tuple(several[:2])
    fresh.close()


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_every_record_before_a_cut_is_recovered(data: st.DataObject) -> None:
    several = [annotation(each) for each in range(4)]
    tables = {
        "annotations": {each.id: to_record(each) for each in several},
        "article": {ARTICLE.id: to_record(ARTICLE)},
    }
    text = json.dumps(tables, indent=2)
    cut = data.draw(st.integers(0, len(text)))
    recovered = salvage(text[:cut].encode()).get("annotations", {})
    for each in several:
        record = json.dumps(to_record(each), indent=2).replace("\n", "\n    ")
        assert (each.id in recovered) == (text.index(record) + len(record) <= cut)


def test_a_bad_record_is_left_out_and_stays_in_the_file(library: Library, path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    bad = {**content["annotations"][annotation(1).id], "tags": "not a list"}
    content["annotations"][annotation(1).id] = bad
    path.write_text(json.dumps(content), "utf-8")
    assert library.load(ARTICLE.id).annotations == (annotation(2),)
    library.save(ARTICLE.id, annotations=[annotation(2, modified=LATER, note="edited")])
    saved = json.loads(path.read_text("utf-8"))
    assert saved["annotations"][annotation(1).id] == bad
    library.articles()
    assert any(annotation(1).id in problem for problem in library.problems)


def test_a_later_version_s_file_is_read_and_not_written(library: Library, path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    content["schema"]["article"]["version"] = CURRENT_SCHEMA + 1
    content["article"][ARTICLE.id]["novelty"] = True
    path.write_text(json.dumps(content), "utf-8")
    before = path.read_bytes()
    assert library.load(ARTICLE.id).annotations == (annotation(1), annotation(2))
    assert "later version" in library.read_only_reason(ARTICLE.id)
    with pytest.raises(StoreError, match=re.escape(library.read_only_reason(ARTICLE.id))):
        library.save(ARTICLE.id, annotations=[annotation(3)])
    assert path.read_bytes() == before


def test_a_file_of_this_version_may_be_written(library: Library, path: Path) -> None:
    assert path.exists()
    assert library.read_only_reason(ARTICLE.id) == ""
    assert library.read_only_reason(OTHER.id) == ""


def test_another_article_s_file_is_never_merged_into(library: Library, path: Path) -> None:
    other = Library(library.folder)
    other.save(OTHER.id, article=OTHER, annotations=[annotation(7)])
    theirs = next(each for each in path.parent.iterdir() if each != path)
    path.write_bytes(theirs.read_bytes())
    with pytest.raises(StoreError):
        library.save(ARTICLE.id, annotations=[annotation(3)])
    with pytest.raises(StoreError, match="has no article"):
        library.load(ARTICLE.id)
    assert path.read_bytes() == theirs.read_bytes()


def test_files_that_exchanged_their_names_are_not_confused(library: Library, path: Path) -> None:
    library.save(OTHER.id, article=OTHER, annotations=[annotation(7)])
    theirs = next(each for each in path.parent.iterdir() if each != path)
    between = path.with_name("between.json")
    path.rename(between)
    theirs.rename(path)
    between.rename(theirs)
    assert library.load(OTHER.id).annotations == (annotation(7),)
    library.save(ARTICLE.id, annotations=[annotation(3)])
    assert len(library.load(ARTICLE.id).annotations) == 3


def test_a_file_without_a_schema_gets_one(library: Library, path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    del content["schema"]
    path.write_text(json.dumps(content), "utf-8")
    library.save(ARTICLE.id, annotations=[annotation(3)])
    assert json.loads(path.read_text("utf-8"))["schema"] == {"article": {"version": CURRENT_SCHEMA}}


def test_steps_lead_from_one_schema_to_the_next() -> None:
    def rename(tables: Tables) -> Tables:
        return {
            ("article" if name == "articles" else name): table for name, table in tables.items()
        }

    def add(tables: Tables) -> Tables:
        return {**tables, "cards": {}}

    first: Tables = {"articles": {"01K": {}}, "schema": {"article": {"version": 1, "by": "x"}}}
    upgraded = migrate(first, {1: rename, 2: add})
    assert upgraded == {
        "article": {"01K": {}},
        "cards": {},
        "schema": {"article": {"version": 3, "by": "x"}},
    }
    assert migrate(upgraded, {1: rename, 2: add}) == upgraded
    assert schema_of({}) == 1


def test_an_empty_database_is_no_article(library: Library, path: Path) -> None:
    shutil.rmtree(library.folder / "previous")
    path.write_bytes(b"{}")
    fresh = Library(library.folder)
    assert fresh.articles() == []
    assert "holds no article" in fresh.problems[0]
    record = library.save(ARTICLE.id, annotations=[msgspec.structs.replace(annotation(3))])
    assert record.annotations == (annotation(1), annotation(2), annotation(3))


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_any_content_of_a_file_is_read_or_reported(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1), annotation(2)])
        library.save(OTHER.id, article=OTHER)
        library.close()
        path = next(Path(folder, "articles").glob("the-quiet*"))
        content = json.loads(path.read_text("utf-8"))
        place = content
        for _ in range(data.draw(st.integers(0, 4))):
            key = data.draw(st.sampled_from(sorted(place)))
            if not isinstance(place[key], dict) or not place[key]:
                break
            place = place[key]
        place[data.draw(st.sampled_from(sorted(place)))] = data.draw(strategies.json_values)
        path.write_text(json.dumps(content), "utf-8")
        fresh = Library(Path(folder))
        assert OTHER.id in {each.id for each in fresh.articles()}
        assert isinstance(fresh.annotations(), list)
        with contextlib.suppress(StoreError):
            fresh.load(ARTICLE.id)
        with contextlib.suppress(StoreError):
            fresh.save(ARTICLE.id, annotations=[annotation(3)])
        assert isinstance(fresh.problems, list)
        fresh.close()
