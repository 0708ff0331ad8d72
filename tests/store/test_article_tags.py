"""Merging the tags of an article that were changed on several devices, or in its file by hand."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.annotation import Article, TagChange
from reader.core.document import Metadata
from reader.core.projects import with_projects
from reader.store.merge.merging import merge_article_versions, merge_articles

START, LATER, LAST = (f"2026-11-30T10:00:0{second}.000Z" for second in range(3))
ARTICLE = Article(id="01K", source="/a.txt", source_metadata=Metadata(title="A"), added=START)


def merged(first: Article, second: Article) -> Article:
    both = merge_article_versions(first, second)
    assert both == merge_article_versions(second, first)
    saved = merge_articles(first, second)
    assert saved is not None
    assert saved.tags == both.tags
    return both


def test_additions_on_two_devices_are_both_kept() -> None:
    here = with_projects(ARTICLE, ["Water"], [], LATER)
    there = with_projects(ARTICLE, ["Ports"], [], LAST)
    assert merged(here, there).tags == merged(there, here).tags == ("Water", "Ports")


def test_a_removal_counts_against_a_copy_that_does_not_know_of_it() -> None:
    imported = replace(ARTICLE, tags=("old", "kept"))
    removed = with_projects(imported, [], ["old"], LATER)
    added = with_projects(imported, ["Ports"], [], LATER)
    assert set(merged(removed, added).tags) == {"kept", "Ports"}
    given_again = with_projects(removed, ["old"], [], LAST)
    assert set(merged(given_again, removed).tags) == {"old", "kept"}


def test_a_tag_that_was_changed_in_the_file_by_hand_counts() -> None:
    given_here = with_projects(ARTICLE, ["Water"], [], LATER)
    taken_by_hand = replace(given_here, tags=())
    assert merged(given_here, taken_by_hand).tags == ()
    removed = with_projects(given_here, [], ["Water"], LAST)
    given_by_hand = replace(removed, tags=("Water",))
    assert merged(removed, given_by_hand).tags == ("Water",)
    assert merged(ARTICLE, replace(ARTICLE, tags=("by hand",))).tags == ("by hand",)


def test_the_records_agree_with_the_tags_after_a_merge() -> None:
    odd = replace(ARTICLE, tags=("a",), tag_changes={"b": TagChange(LATER)})
    result = merged(odd, ARTICLE)
    assert result.tags == ("a",)
    assert result.tag_changes["b"].is_removed
