"""Sources are corrected in the shell, and quotations are printed with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_adding import margin

TEXT = "# The tides of {0}\n\n“It broke in March,” said Ann Lee of {0}. Nobody knew why.\n"


@pytest.fixture
def articles(home: Path) -> Path:
    """A home with three articles in the library."""
    for name in ("north", "south", "west"):
        (home / f"{name}.md").write_text(TEXT.format(name), encoding="utf-8")
        margin(
            home, "annotate", f"{name}.md", "--quote", "It broke in March", "--speaker", "Ann Lee"
        )
    return home


def test_several_articles_are_corrected_at_once_and_given_back(articles: Path) -> None:
    out, _ = margin(
        articles, "edit", "north", "south.md", "--outlet", "The Courier", "--published",
        "14 March 2026", "--author", "Ada Brisk", "--author", "Oriel Castane",
    )  # fmt: skip
    assert [line.split("  ", 1)[1] for line in out.splitlines()] == [
        f"Ada Brisk, Oriel Castane, “The tides of {name}”, The Courier, 14 March 2026"
        for name in ("north", "south")
    ]
    (edited,) = json.loads(margin(articles, "edit", "north", "--outlet", "", "--json")[0])
    assert (edited["site"], edited["published"]) == ("", "2026-03-14")
    assert edited["corrected"] == ["authors", "published"]
    exported = margin(articles, "export", "--article", "south")[0]
    assert "Ada Brisk, Oriel Castane · The Courier · 14 March 2026" in exported.splitlines()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Nothing to change: Name what to set: --title, --author, --outlet,"),
        (("--published", "14 March"), "Published not understood: “14 March” has no year;"),
        (("--accessed", "03/04/2026"), "may be 4 March 2026 or 3 April 2026"),
        (
            ("--url", "courier.example"),
            "Address not understood: “courier.example” is no web address",
        ),
        (("--archive", "ftp://a.example/"), "Archived at not understood: "),
        (("--title", "x" * 1001), "Title too long"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_changed(
    articles: Path, options: tuple[str, ...], sentence: str
) -> None:
    given = ("--outlet", "Post", *options) if options else ()
    out, err = margin(articles, "edit", "north", *given, code=2)
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1
    assert {each["site"] for each in json.loads(margin(articles, "library", "--json")[0])} == {""}


def test_an_article_that_is_not_there_changes_none(articles: Path) -> None:
    err = margin(articles, "edit", "north", "nowhere", "--outlet", "Post", code=2)[1]
    assert "No such article" in err
    assert "More than one article" in margin(articles, "edit", "tides", "--outlet", "P", code=2)[1]
    for nothing in ("", " "):  # as an empty variable of a script
        err = margin(articles, "edit", nothing, "--outlet", "Post", code=2)[1]
        assert "No such article" in err
    assert {each["site"] for each in json.loads(margin(articles, "library", "--json")[0])} == {""}


def test_quotations_are_printed_with_speaker_and_source(articles: Path) -> None:
    margin(articles, "edit", "north", "--outlet", "The Courier", "--published", "2026-03")
    out, _ = margin(articles, "notes", "--article", "north", "--cite")
    assert out == "“It broke in March” (Ann Lee, The Courier, March 2026)\n\n"
    margin(articles, "config", "set", "quotation_style", "{words} — {speaker}")
    assert margin(articles, "notes", "--cite")[0] == "It broke in March — Ann Lee\n\n" * 3
    err = margin(articles, "config", "set", "quotation_style", "{words} {who}", code=2)[1]
    assert "quotation_style names {who}, which is no field" in err
    assert margin(articles, "notes", "--cite", "--query", "zzz", code=1)[0] == ""
