"""Projects: their names, counting them, giving and taking them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Article
from reader.core.document import Metadata
from reader.core.projects import (
    ProjectCount,
    count_projects,
    distinct_projects,
    project_key,
    with_projects,
)

LATER, LAST = "2026-11-30T10:00:01.000Z", "2026-11-30T10:00:02.000Z"
ARTICLE = Article(id="01K", source="/a.txt", source_metadata=Metadata(title="A"))

names = st.sampled_from(("Water", "water", "WATER ", "Ports", "Élections", "elections"))


@given(st.lists(names, max_size=4), st.lists(names, max_size=3), st.lists(names, max_size=3))
def test_what_is_given_is_there_once_and_what_is_taken_is_gone(
    tags: list[str], given_names: list[str], taken: list[str]
) -> None:
    before = replace(ARTICLE, tags=tuple(dict.fromkeys(tags)))
    after = with_projects(before, given_names, taken, LATER)
    keys = {project_key(tag) for tag in after.tags}
    wanted = {project_key(name) for name in given_names}
    assert wanted <= keys
    assert keys == ({*map(project_key, tags)} - {*map(project_key, taken)}) | wanted
    if after.tags == before.tags:
        assert after is before
    only_given = with_projects(before, given_names, [], LATER)
    assert with_projects(only_given, given_names, [], LAST) is only_given
    assert len(distinct_projects(after.tags)) == len(keys)


def test_projects_are_counted_once_for_each_article_in_the_letters_of_most() -> None:
    tags = [("Water", "Ports"), ("water", "WATER"), ("Water",), (" ",), ()]
    assert count_projects(tags) == [ProjectCount("Water", 3), ProjectCount("Ports", 1)]
    assert distinct_projects(("b", "a", "B")) == ("b", "a")
