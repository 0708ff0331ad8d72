"""``--whole``: all of a page's text, in the shell and in the reader."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_adding import margin

INDEX = "<!DOCTYPE html><title>Index</title><form><input></form><ul>" + "".join(
    f'<li><a href="/{number}">Story number {number}</a></li>' for number in range(60)
)


def test_a_page_without_an_article_is_printed_whole_when_asked(home: Path) -> None:
    (home / "index.html").write_text(INDEX)
    out, err = margin(home, "text", "index.html", code=2)
    assert out == ""
    assert "No article found" in err
    assert "margin --whole index.html" in err
    out, _ = margin(home, "text", "index.html", "--whole")
    assert out.count("Story number") == 60


def test_a_whole_page_takes_the_place_of_its_article(home: Path) -> None:
    from reader.session import Session

    page = home / "page.html"
    words = "The harbour office keeps a book of every vessel that is longer than an oar. "
    page.write_text(
        "<!DOCTYPE html><body><nav><a href='/'>Home page</a></nav>"
        f"<article><h1>Vessels</h1><p>{words * 3}</p><p>{words * 2}</p></article></body>"
    )
    session = Session(home / "library")
    assert "Home page" not in session.open(str(page)).open_article.state.document.text
    assert "Home page" in session.open(str(page), is_whole=True).open_article.state.document.text
    session.writer.close()
