"""A file that Margin wrote is known again, and what a person did to it is seen."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from hypothesis import given

from reader.exported_markdown.record import ArticleRecord, article_lines
from reader.exports.front_matter import Fields
from reader.exports.own_markdown import (
    article_ids,
    as_copy,
    is_edited,
    is_own,
    updated,
    whole_file,
    without_empty,
)
from reader.exports.updating import update
from tests.exports.test_front_matter import values
from tests.work import work


def parsed(markdown: str) -> dict[str, object]:
    head = markdown.removeprefix("---\n").partition("\n---\n")[0]
    loaded: dict[str, object] = yaml.safe_load(head)
    return loaded


def written(
    title: str = "T", body: str = "text\n", when: str = "now", *, ids: Sequence[str] = ("01ABC",)
) -> str:
    return whole({"title": title, "tags": ["a", "b"]}, body, when, ids)


def plain(body: str = "text\n", when: str = "now") -> str:
    """Return a file without a front matter, as it is outside a vault."""
    return whole({}, body, when, ["01ABC"])


def whole(fields: Fields, body: str, when: str, ids: Sequence[str]) -> str:
    records = [article_lines(ArticleRecord(each, ())) for each in ids]
    return "".join(whole_file(fields, lambda: [body], ids, records, exported=when, query=""))


OLD = """---
title: "Tides"
margin-id: "01ABC"
exported: "2026-11-22T12:00:00.000Z"
margin-digest: "42753c601228-982d9e3eb996"
---

text
"""
"""A file of the first form, whose ids and digests are all in its front matter."""


def test_a_file_of_the_first_form_is_known_and_brought_up_to_date() -> None:
    assert article_ids(OLD) == ["01ABC"]
    assert not is_edited(OLD)
    assert is_own(OLD, {})
    assert is_edited(OLD + "mine\n")
    for new in (plain(), written("Tides")):
        assert updated(OLD, new) == new
        assert update(OLD, new) == (new, None)
        assert update(OLD + "mine\n", new) == (new, as_copy(OLD + "mine\n"))
    kept = updated(OLD.replace("margin-id", "rating: 5\nmargin-id"), plain())
    assert kept.startswith("---\nrating: 5\n---\n")
    assert kept.endswith(plain())


@given(values, values)
def test_the_article_is_known_by_its_id(title: str, body: str) -> None:
    assert article_ids(written(title, body)) == ["01ABC"]
    assert article_ids(written(title, body).replace("\n", "\r\n")) == ["01ABC"]
    assert article_ids(written(title, body, ids=["01ABC", "01ABD"])) == ["01ABC", "01ABD"]
    assert article_ids(plain(body)) == ["01ABC"]


@given(values)
def test_other_texts_have_no_id(body: str) -> None:
    assert article_ids(body) == []
    assert article_ids("---\ntitle: a\n---\n\nmargin-id: 01ABC\n") == []
    assert article_ids("---\nmargin-id: 01ABC\nnever closed\n" + body.replace("---", "")) == []


def test_an_id_is_known_however_an_editor_writes_it() -> None:
    assert article_ids("---\nmargin-id: 01ABC\n---\n") == ["01ABC"]
    assert article_ids("---\ntags: [a]\nmargin-id: '01ABC'\nmine: 1\n---\n") == ["01ABC"]


@given(values, values, values)
def test_the_time_alone_changes_nothing(title: str, body: str, other: str) -> None:
    first = written(title, body)
    assert updated(first, written(title, body, "later")) == first
    changed = written(title, body + "x" + other, "later")
    assert updated(first, changed) == changed
    assert not is_edited(first)


def test_what_a_person_did_to_an_export_is_known_and_kept() -> None:
    # As Obsidian writes properties back: quotation marks gone, a property added.
    head, fence, rest = written().partition("\n---\n")
    first = head.replace('"', "") + "\nrating: 5\nseen:\n  - x" + fence + rest
    assert not is_edited(first)
    assert updated(first, written(when="later")) == first
    merged = updated(first, written(body="more\n", when="later"))
    assert parsed(merged)["rating"] == 5
    assert parsed(merged)["seen"] == ["x"]
    assert "\nmore\n" in merged
    assert article_ids(merged) == ["01ABC"]
    assert not is_edited(merged)
    assert not is_edited(first.replace("\n", "\r\n"))
    assert is_edited(first + "my own thought\n")
    assert updated(first + "my own thought\n", written(when="later")).endswith("thought\n")


def test_a_field_of_a_person_stays_where_margin_writes_no_front_matter() -> None:
    first = "---\nrating: 5\n---\n\n" + plain()
    assert not is_edited(first)
    assert updated(first, plain(when="later")) == first
    merged = updated(first, plain("more\n"))
    assert parsed(merged) == {"rating": 5}
    assert article_ids(merged) == ["01ABC"]
    assert is_own(plain("more\n"), {})
    assert not is_own(merged, {})


def test_empty_headings_are_found_in_time_that_grows_with_the_lines() -> None:
    def lines(count: int) -> list[str]:
        return ["## Fire", *[""] * count] * 5

    assert without_empty([*lines(1), "Mine.", "## Fire"], {"## Fire"})[-2:] == ["", "Mine."]
    small, large = lines(100), lines(1_000)
    most = 15 * work(lambda: without_empty(small, {"## Fire"}))
    assert work(lambda: without_empty(large, {"## Fire"})) < most


def test_a_copy_is_no_longer_margins() -> None:
    assert article_ids(as_copy(written())) == []
    assert article_ids(as_copy(plain())) == []
    assert article_ids(as_copy(OLD)) == []
    assert parsed(as_copy(written()))["margin-copy-of"] == "01ABC"
