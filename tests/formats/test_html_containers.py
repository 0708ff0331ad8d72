"""An article in several containers, in a table that lays out a page, or of a few sentences."""

from __future__ import annotations

import json

import pytest

from reader.core.document import BlockKind
from reader.errors import NoArticleError
from tests.formats.test_html import blocks, read
from tests.formats.test_html_completion import PARAGRAPHS

ADVERT = "<div class='ad-break'><p>Buy a boat before Sunday and save half of its price.</p></div>"
MORE = tuple(
    f"{paragraph} The clerk of the town wrote it down as number {number} of the minutes."
    for number in range(3)
    for paragraph in PARAGRAPHS
)
CHUNKS = {
    "rows of a grid": "<div class='grid'><div class='body body__container'>{}</div></div>",
    "parts with a name": "<div class='article-chunk chunk-{n}'>{}</div>",
    "sections": "<section>{}</section>",
    "sections with a heading": "<section class='part'><h2>Part {n}</h2>{}</section>",
    "bare boxes": "<div>{}</div>",
    "content of a post": "<div class='post-content'>{}</div>",
    "an article each": "<article class='piece'>{}</article>",
    "bodies": "<div itemprop='articleBody'>{}</div>",
    "two levels": "<div class='row'><div class='col'><div class='article-body'>{}</div></div></div>",
    "the rest behind a button": "<div class='article-content {n}'>{}</div>",
}
AROUND = {
    "article": "<article><h1>Fish market to move</h1>{}</article>",
    "main": "<main id='m'><div class='wide'><h1>Fish market to move</h1>{}</div></main>",
    "box": "<div class='page'><h1>Fish market to move</h1><div class='story'>{}</div></div>",
}
MENU = "<header><nav><a href='/'>Home</a> <a href='/n'>News</a></nav></header>"
FOOT = "<footer><p>Copyright 2026 The Tidewick Times</p><p><a href='/p'>Privacy</a></p></footer>"


def made(body: str, head: str = "", clutter: str = MENU, foot: str = FOOT) -> bytes:
    start = f"<!DOCTYPE html><html lang='en'><head><title>Fish market to move</title>{head}</head>"
    return f"{start}<body>{clutter}{body}{foot}</body></html>".encode()


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("kind", CHUNKS)
def test_an_article_in_parts_is_whole(kind: str, around: str) -> None:
    parts = [
        CHUNKS[kind]
        .replace("{n}", str(n))
        .replace("{}", "".join(f"<p>{one}</p>" for one in MORE[4 * n : 4 * n + 4]))
        for n in range(3)
    ]
    text = read(made(AROUND[around].format(ADVERT.join(parts)))).text
    assert [one for one in MORE if one not in text] == []
    assert "Buy a boat" not in text
    assert "Copyright" not in text


SHORT = {
    "a correction": ("<article><h1>Correction</h1>{}</article>", 2),
    "in main": ("<main><h1>Fish market to move</h1>{}</main>", 2),
    "in a box": ("<div class='article-body'><h1>Fish market to move</h1>{}</div>", 2),
    "as articleBody": ("<div class='wrap'><h1>Fish market</h1><div itemprop='articleBody'>{}</div></div>", 3),
    "below a title": ("<div><h1>Fish market to move</h1>{}</div>", 2),
    "one sentence": ("<article><h1>Fish market to move</h1>{}</article>", 1),
}  # fmt: skip
SENTENCES = (
    "The council voted eleven to nine, not ten to nine.",
    "We regret the error.",
    "The vote was on Tuesday.",
)


@pytest.mark.parametrize("kind", SHORT)
def test_a_short_article_is_read(kind: str) -> None:
    around, count = SHORT[kind]
    inside = "".join(f"<p>{one}</p>" for one in SENTENCES[:count])
    links = "".join(f"<li><a href='/{n}'>Another story, number {n}</a></li>" for n in range(9))
    side = f"<aside class='related'><h2>More stories</h2><ul>{links}</ul></aside>"
    document = read(made(around.format(inside) + side))
    assert blocks(document, BlockKind.PARAGRAPH) == list(SENTENCES[:count])
    assert "Another story" not in document.text


def test_a_short_text_of_linked_data_is_read() -> None:
    body = "\n\n".join(SENTENCES)
    data = {"@type": "NewsArticle", "headline": "Fish market to move", "articleBody": body}
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    document = read(made("<div id='app'></div>", head))
    assert blocks(document, BlockKind.PARAGRAPH) == list(SENTENCES)


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><a href='/a'>A first story</a></li><li><a href='/b'>A second story</a></li></ul>",
        "<main><h1>Search</h1><form><input name='q'><button>Search</button></form></main>",
        "<article><h2><a href='/a'>A story</a></h2></article><article><h2><a href='/b'>B</a></h2></article>",
        "<main><p>Loading</p></main>",
    ],
)
def test_a_page_without_an_article_still_says_so(body: str) -> None:
    with pytest.raises(NoArticleError):
        read(made(body))


TABLES = {
    "one column": "<table width='600'><tr><td>{}</td></tr></table>",
    "a menu beside it": "<table><tr><td><a href='/'>Home</a><br><a href='/n'>News</a></td><td>{}</td></tr></table>",
    "rows": "<table><tr><td colspan='2'><h1>Fish market to move</h1></td></tr><tr><td>&nbsp;</td><td>{}</td></tr></table>",
    "nested": "<table><tr><td width='100'>&nbsp;</td><td><table><tr><td>{}</td></tr></table></td></tr></table>",
    "for looks": "<table role='presentation'><tr><td>1</td><td>{}</td></tr></table>",
}  # fmt: skip


@pytest.mark.parametrize("paragraphs", ["<p>{}</p>", "{}<br><br>", "<div>{}</div>"])
@pytest.mark.parametrize("kind", TABLES)
def test_a_page_in_a_table_reads_as_paragraphs(kind: str, paragraphs: str) -> None:
    inside = "".join(paragraphs.format(one) for one in MORE[:6])
    document = read(made(TABLES[kind].format(inside), foot="", clutter=""))
    assert [one for one in MORE[:6] if one not in blocks(document, BlockKind.PARAGRAPH)] == []
    assert blocks(document, BlockKind.TABLE) == []


def test_a_table_of_data_with_long_cells_stays_a_table() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{one}</td></tr>" for n, one in enumerate(MORE[:3]))
    table = f"<table><tr><th>Number</th><th>Minute</th></tr>{rows}</table>"
    inside = "".join(f"<p>{one}</p>" for one in MORE[4:8])
    document = read(made(f"<article><h1>Minutes</h1>{inside}{table}{inside}</article>"))
    assert len(blocks(document, BlockKind.TABLE)) == 1
