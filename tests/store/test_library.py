"""Saved changes are in the library when it is opened again, whichever window saved them."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article
from reader.core.changes import changed_at
from reader.core.document import Metadata
from reader.errors import StoreError
from reader.store.doctor.doctor import examine
from reader.store.files.migrations import CURRENT_SCHEMA
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from reader.store.library import Library
from reader.store.library_merge import merge_library
from reader.store.merge.merging import merge_annotations
from tests.store import strategies
from tests.store.examples import ARTICLE, LATER, NOW, OTHER, annotation, document


def only_file(library: Library) -> Path:
    (path,) = (library.folder / "articles").iterdir()
    return path


def tables(path: Path) -> dict[str, dict[str, dict[str, object]]]:
    content: dict[str, dict[str, dict[str, object]]] = json.loads(path.read_text("utf-8"))
    return content


def test_reading_an_empty_library_makes_no_file(library: Library) -> None:
    assert library.articles() == []
    assert library.annotations() == []
    assert library.problems == []
    assert library.finder.first(url="https://example.org", source="/a", digest="0") is None
    assert not library.has_article(ARTICLE.id)
    assert not library.has_snapshot("0" * 64)
    with pytest.raises(StoreError, match="has no article"):
        library.load(ARTICLE.id)
    assert not library.folder.exists()


def test_an_article_s_file_is_named_by_its_title(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    library.save(OTHER.id, article=OTHER)
    names = sorted(path.name for path in (library.folder / "articles").iterdir())
    assert names == ["the-quiet-ledger-aaaaaa.json", "港-harbour-bbbbbb.json"]


@pytest.mark.parametrize(
    "title", ["", "///", "..", "a" * 5000, "漢" * 5000, "😀", "con\x00trol\n", "a\ud800b"]
)
def test_any_title_makes_a_name(library: Library, title: str) -> None:
    article = msgspec.structs.replace(ARTICLE, source_metadata=Metadata(title=title))
    library.save(article.id, article=article)
    assert Library(library.folder).has_article(article.id)


def test_two_articles_never_share_a_file(library: Library) -> None:
    twin = Article(
        "01K9999999999999999AAAAAAA",
        source="/other",
        source_metadata=Metadata(ARTICLE.metadata.title),
    )
    library.save(ARTICLE.id, article=ARTICLE)
    library.save(twin.id, article=twin)
    assert library.load(ARTICLE.id).article == ARTICLE
    assert library.load(twin.id).article == twin


edits = st.lists(st.lists(strategies.any_annotation(), max_size=3), max_size=6)


@given(strategies.any_article(), edits)
@settings(deadline=None, max_examples=25)
def test_any_sequence_of_edits_can_be_saved_and_loaded(
    article: Article, steps: list[list[Annotation]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.save(article.id, article=article)
        for step in steps:
            returned = library.save(article.id, annotations=step)
            assert Library(Path(folder)).load(article.id) == returned
        record = Library(Path(folder)).load(article.id)
        assert record.article == article
        assert record.annotations == merge_annotations(*steps)
        library.close()


def test_clearing_a_field_clears_it_on_disk(library: Library) -> None:
    noted = annotation(1, note="a note")
    library.save(ARTICLE.id, article=ARTICLE, annotations=[noted])
    cleared = changed_at(noted, annotation(1, modified=LATER), LATER)
    library.save(ARTICLE.id, annotations=[cleared])
    (saved,) = Library(library.folder).load(ARTICLE.id).annotations
    assert (saved.note, saved.superseded) == ("", cleared.superseded)


def test_the_file_is_sorted_and_indented_and_holds_its_schema(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(2), annotation(1)])
    text = only_file(library).read_text("utf-8")
    content = json.loads(text)
    assert text == json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert content["schema"] == {"article": {"version": CURRENT_SCHEMA}}
    assert list(content["annotations"]) == [annotation(1).id, annotation(2).id]


def test_only_the_owner_may_read_the_library(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    library.save(ARTICLE.id, annotations=[annotation(2)])
    library.write_snapshot(document("Text."))
    library.articles()
    library.removals.remove(ARTICLE.id)
    for folder, _, files in os.walk(library.folder):
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
        for name in files:
            assert stat.S_IMODE((Path(folder) / name).stat().st_mode) == 0o600, name


def test_nothing_is_written_when_nothing_has_changed(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    before = only_file(library).stat()
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    assert only_file(library).stat() == before


def test_unknown_fields_and_tables_survive_every_save(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1), annotation(2)])
    path = only_file(library)
    content = tables(path)
    content["cards"] = {"01KCARD": {"due": LATER}}
    content["article"][ARTICLE.id]["mood"] = "calm"
    content["annotations"][annotation(1).id]["colour"] = "#ff8800"
    content["schema"]["article"]["writer"] = "another"
    path.write_text(json.dumps(content), "utf-8")
    edited = msgspec.structs.replace(ARTICLE, progress=0.5)
    library.save(
        ARTICLE.id, article=edited, annotations=[annotation(2, modified=LATER, note="edited")]
    )
    saved = tables(path)
    assert saved["cards"] == content["cards"]
    assert saved["schema"] == content["schema"]
    assert saved["article"][ARTICLE.id] == {**content["article"][ARTICLE.id], "progress": 0.5}
    assert saved["annotations"][annotation(1).id] == content["annotations"][annotation(1).id]
    assert saved["annotations"][annotation(2).id]["note"] == "edited"


def test_two_libraries_on_one_folder_see_each_other(library: Library) -> None:
    other = Library(library.folder)
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    assert other.load(ARTICLE.id).annotations == (annotation(1),)
    other.save(ARTICLE.id, annotations=[annotation(2)])
    assert library.load(ARTICLE.id).annotations == (annotation(1), annotation(2))
    merged = library.save(ARTICLE.id, annotations=[annotation(3)])
    assert merged.annotations == (annotation(1), annotation(2), annotation(3))
    assert [each.annotations for each in other.articles()] == [3]
    other.close()


def test_an_older_copy_does_not_overwrite_a_newer_one(library: Library) -> None:
    newer = annotation(1, modified=LATER, note="newer")
    library.save(ARTICLE.id, article=ARTICLE, annotations=[newer])
    assert library.save(ARTICLE.id, annotations=[annotation(1)]).annotations == (newer,)


def test_articles_are_found_by_each_key(library: Library) -> None:
    other = msgspec.structs.replace(OTHER, snapshot="d" * 64, source_digest="b" * 64)
    library.save(ARTICLE.id, article=ARTICLE)
    library.save(OTHER.id, article=other)
    for each in (library, Library(library.folder)):
        assert each.finder.first(url="https://example.org/ledger") == ARTICLE
        assert each.finder.first(source="/texts/ledger.md") == ARTICLE
        assert (
            each.finder.first(digest="d" * 64) == each.finder.first(source_digest="b" * 64) == other
        )
        assert each.finder.first(url="https://example.org/ledger", digest="d" * 64) == ARTICLE
        assert each.finder.first(url="https://example.org/no", digest="d" * 64) == other
        assert each.finder.first(url="https://example.org/no") is None
        assert each.finder.first() is None
        each.close()


def test_an_article_is_found_under_its_new_source_only(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    moved = msgspec.structs.replace(ARTICLE, source="/elsewhere/ledger.md")
    Library(library.folder).save(ARTICLE.id, article=moved)
    assert library.finder.first(source="/texts/ledger.md") is None
    assert library.finder.first(source="/elsewhere/ledger.md") == moved


def test_an_article_that_another_program_added_is_found(library: Library) -> None:
    assert library.finder.first(url="https://example.org/ledger") is None
    Library(library.folder).save(ARTICLE.id, article=ARTICLE)
    assert library.finder.first(url="https://example.org/ledger") == ARTICLE


def test_a_renamed_file_is_the_same_article(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    path = only_file(library)
    path.rename(path.with_name("by hand.json"))
    assert library.load(ARTICLE.id).annotations == (annotation(1),)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    assert only_file(library).name == "by hand.json"


def test_a_file_s_name_need_not_be_utf_8(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    path = only_file(library)
    try:
        path.rename(path.with_name(os.fsdecode(b"caf\xe9.json")))
        damaged = path.with_name(os.fsdecode(b"b\xe4d.json"))
        damaged.write_text("{", "utf-8")
    except OSError:
        pytest.skip("this file system has names in UTF-8 alone")
    fresh = Library(library.folder)
    assert [each.file for each in fresh.articles()] == ["caf\ufffd.json"]
    (problem,) = fresh.problems
    assert problem.isprintable()
    fresh.save(ARTICLE.id, annotations=[annotation(2)])
    assert len(fresh.annotations()) == 2
    fresh.removals.restore(fresh.removals.remove(ARTICLE.id))
    restored = fresh.finder.first(source=ARTICLE.source)
    assert restored is not None
    assert restored.id == ARTICLE.id
    assert not fresh.has_article("\udcff")
    fresh.close()


def test_the_lists_show_every_article_and_annotation(library: Library) -> None:
    library.save(
        ARTICLE.id,
        article=ARTICLE,
        annotations=[
            annotation(1, tag="quote"),
            annotation(2, tag="claim"),
            annotation(3, tag="claim", modified=LATER, deleted=LATER),
        ],
    )
    library.save(OTHER.id, article=OTHER, annotations=[annotation(4, tag="quote")])
    harbour, ledger = library.articles()
    assert (harbour.id, harbour.title, harbour.annotations) == (OTHER.id, "港 Harbour", 1)
    assert (ledger.id, ledger.site, ledger.opened) == (ARTICLE.id, "Example", NOW)
    assert (ledger.counts, ledger.annotations) == ({"quote": 1, "claim": 1}, 2)
    assert ledger.file == "the-quiet-ledger-aaaaaa.json"
    listed = [(each.article_id, each.annotation) for each in library.annotations()]
    assert listed == [
        (OTHER.id, annotation(4, tag="quote")),
        (ARTICLE.id, annotation(2, tag="claim")),
        (ARTICLE.id, annotation(1, tag="quote")),
    ]
    assert library.annotations()[0].article_title == "港 Harbour"


def test_a_removed_article_is_in_the_trash_and_can_be_restored(library: Library) -> None:
    text, shared = document("Only here."), document("Shared.")
    mine = msgspec.structs.replace(ARTICLE, snapshot=text.digest)
    library.write_snapshot(text)
    library.write_snapshot(shared)
    library.save(mine.id, article=mine, annotations=[annotation(1, snapshot=shared.digest)])
    theirs = msgspec.structs.replace(OTHER, snapshot=shared.digest)
    library.save(theirs.id, article=theirs)

    trashed = library.removals.remove(mine.id)

    assert trashed.parent == library.folder / "trash"
    assert [each.id for each in library.articles()] == [OTHER.id]
    assert not library.has_article(mine.id)
    assert library.finder.first(source=mine.source) is None
    assert not library.has_snapshot(text.digest)
    assert library.has_snapshot(shared.digest)
    library.removals.restore(trashed)
    assert library.load(mine.id).annotations == (annotation(1, snapshot=shared.digest),)
    assert library.has_snapshot(text.digest)
    assert not trashed.exists()
    assert len(library.articles()) == 2


def test_articles_that_change_while_they_are_removed_take_their_new_texts_along(
    library: Library,
) -> None:
    old, new = document("Before."), document("After.")
    mine = msgspec.structs.replace(ARTICLE, snapshot=old.digest)
    library.write_snapshot(old)
    library.write_snapshot(new)
    library.save(mine.id, article=mine)
    library.save(OTHER.id, article=OTHER)

    def changed_in_another_window() -> Iterator[str]:
        yield from (mine.id, "01KNOSUCHARTICLE", OTHER.id)
        present = msgspec.structs.replace(mine, snapshot=new.digest, opened=LATER)
        Library(library.folder).save(mine.id, article=present)

    trashed = library.removals.remove_all(changed_in_another_window(), "both")

    assert library.articles() == []
    assert not library.has_snapshot(new.digest)
    library.removals.restore(trashed)
    assert library.load(mine.id).article.snapshot == new.digest
    assert library.has_snapshot(new.digest)
    assert len(library.articles()) == 2


def test_restoring_never_overwrites(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    trashed = library.removals.remove(ARTICLE.id)
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(2)])
    with pytest.raises(StoreError, match="exists again"):
        library.removals.restore(trashed)
    assert library.load(ARTICLE.id).annotations == (annotation(2),)
    with pytest.raises(StoreError, match="no removed article"):
        library.removals.restore(library.folder / "trash" / "nothing")
    with pytest.raises(StoreError, match="has no article"):
        library.removals.remove(OTHER.id)


def test_an_open_article_is_written_again_after_another_window_removed_it(
    library: Library,
) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    Library(library.folder).removals.remove(ARTICLE.id)
    record = library.save(ARTICLE.id, annotations=[annotation(2)])
    assert record == (ARTICLE, (annotation(1), annotation(2)))
    assert Library(library.folder).load(ARTICLE.id) == record


def test_two_windows_that_open_a_new_article_at_once_add_it_once(library: Library) -> None:
    other = Library(library.folder)
    mine = ARTICLE
    theirs = msgspec.structs.replace(ARTICLE, id="01KTHEIRS", progress=0.5)
    assert (
        library.finder.first(source=mine.source) is other.finder.first(source=mine.source) is None
    )
    library.save(mine.id, article=mine, annotations=[annotation(1)])
    record = other.save(theirs.id, article=theirs, annotations=[annotation(2)])
    assert record.article == msgspec.structs.replace(mine, progress=0.5)
    other.save(theirs.id, annotations=[annotation(3)])
    other.save(theirs.id, article=theirs)
    assert other.has_article(theirs.id)
    assert other.load(theirs.id) == library.load(mine.id)
    assert library.load(mine.id).annotations == (annotation(1), annotation(2), annotation(3))
    assert [each.id for each in library.articles()] == [mine.id]
    other.close()


def test_a_digest_in_an_article_file_is_not_used_as_a_path(library: Library) -> None:
    outside = library.folder.parent / "mine.json.gz"
    outside.write_bytes(b"mine")
    hostile = msgspec.structs.replace(ARTICLE, snapshot="../../mine")
    library.save(hostile.id, article=hostile)
    assert not library.has_snapshot(hostile.snapshot)
    with pytest.raises(StoreError, match="does not name a snapshot"):
        next(library.read_snapshot(hostile.snapshot))
    library.removals.remove(hostile.id)
    assert outside.read_bytes() == b"mine"


def test_annotations_of_an_unknown_article_are_refused(library: Library) -> None:
    with pytest.raises(StoreError, match="has no article"):
        library.save(ARTICLE.id, annotations=[annotation(1)])


def test_the_library_writes_and_reads_snapshots(library: Library) -> None:
    text = document("One.", "Two.")
    library.write_snapshot(text)
    assert library.has_snapshot(text.digest)
    assert list(library.read_snapshot(text.digest)) == [text]


def test_lone_surrogates_do_not_stop_a_save(library: Library) -> None:
    odd = msgspec.structs.replace(ARTICLE, source="/caf\udce9.md")
    library.save(odd.id, article=odd, annotations=[annotation(1, note="\ud800")])
    article = library.finder.first(source="/caf\udce9.md")
    assert article is not None
    assert article.source == "/caf\ufffd.md"
    assert library.load(odd.id).annotations[0].note == "\ufffd"


@pytest.mark.parametrize("length", [200, 246, 250])
def test_a_file_with_a_long_name_is_saved_merged_repaired_and_removed(
    library: Library, length: int
) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    (path,) = library.paths.articles.iterdir()
    long_path = path.with_name("x" * length + ".json")
    path.rename(long_path)
    library = Library(library.folder)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    assert len(library.load(ARTICLE.id).annotations) == 2
    copy = path.with_name(path.name)
    copy.write_bytes(long_path.read_bytes())
    assert len(library.articles()) == 1
    (kept,) = library.paths.articles.iterdir()
    kept.rename(long_path)
    long_path.write_bytes(b"{")
    assert len(Library(library.folder).articles()) <= 1
    long_path.write_bytes(b"{")
    for finding in [*examine(library.folder, is_repairing=True)]:
        assert "could not be repaired" not in finding.problem
    fresh = Library(library.folder)
    fresh.save(ARTICLE.id, article=ARTICLE)
    fresh.removals.restore(fresh.removals.remove(ARTICLE.id))
    assert len(fresh.articles()) == 1


@pytest.mark.parametrize(
    "article_id", ["/../../x", "../../../../x", "a/b", "", ".", "\0\0", "x" * 5_000, "é" * 300]
)
def test_an_article_of_another_library_may_have_any_id(
    library: Library, tmp_path: Path, article_id: str
) -> None:
    other = tmp_path / "other" / "articles"
    other.mkdir(parents=True)
    tables = {"article": {article_id: to_record(ARTICLE)}}
    (other / "x.json").write_bytes(encode_tables(tables))
    report = merge_library(library, other.parent)
    assert report.added == bool(article_id)
    assert len(report.problems) == (not article_id)
    assert {path.parent for path in tmp_path.rglob("*.json")} <= {library.paths.articles, other}


def test_annotations_of_two_articles_with_one_id_are_both_listed(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1, note="first")])
    library.save(OTHER.id, article=OTHER, annotations=[annotation(1, note="second")])
    everything = {(ARTICLE.id, "first"), (OTHER.id, "second")}
    listed = [*library.annotations(), *library.lists.annotations()]
    assert len(listed) == 4
    assert {(each.article_id, each.annotation.note) for each in listed} == everything
