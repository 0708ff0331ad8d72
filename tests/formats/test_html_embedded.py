"""Text in shadow roots and frames is read, and what a style rule hides is not."""

from __future__ import annotations

import html
import plistlib

import pytest

from reader.formats import read_document
from tests.formats.test_html import read
from tests.formats.test_html_completion import PARAGRAPHS
from tests.formats.test_html_containers import made
from tests.formats.test_saved_pages import URL, mhtml, quoted

BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
ARTICLE = f"<article><h1>Fish market to move</h1>{BODY}</article>"
TABLE = "<table><tr><th>Month</th><th>Stalls</th></tr><tr><td>March</td><td>14</td></tr></table>"


@pytest.mark.parametrize(
    "name", ["shadowrootmode='open'", "shadowrootmode='closed'", "shadowroot='open'"]
)
@pytest.mark.parametrize(
    "around",
    [
        "<site-app><template {}>{}</template></site-app>",
        "<site-app><template {0}><article-page><template {0}>{1}</template></article-page></template></site-app>",
        "<main><site-app><template {}><style>p{{color:red}}</style><div>{}</div></template></site-app></main>",
        "<site-app><template {0}><slot></slot></template>{1}</site-app>",
        "<site-app><template {0}><div><slot name='a'>Nothing</slot></div></template><div slot='a'>{1}</div></site-app>",
    ],
)  # fmt: skip
def test_an_article_in_shadow_roots_is_read(around: str, name: str) -> None:
    text = read(made(around.format(name, ARTICLE))).text
    assert [one for one in PARAGRAPHS if text.count(one) != 1] == []
    assert "Nothing" not in text


def test_a_part_of_an_article_in_a_shadow_root_stays_in_its_place() -> None:
    table = f"<data-table><template shadowrootmode='open'>{TABLE}</template></data-table>"
    word = "<my-term><template shadowrootmode='open'><b>quay money</b></template></my-term>"
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    sentence = f"<p>The council calls it {word} and has asked for it since 1987.</p>"
    text = read(
        made(f"<article><h1>Fish market</h1>{first}{table}{sentence}{''.join(rest)}</article>")
    ).text
    assert "The council calls it quay money and has asked" in text
    assert text.index(PARAGRAPHS[0]) < text.index("March") < text.index(PARAGRAPHS[1])


@pytest.mark.parametrize("tag", ["iframe", "frame"])
def test_a_frame_whose_text_is_in_the_page_is_read(tag: str) -> None:
    inside = html.escape(f"<html><body>{ARTICLE}</body></html>")
    body = f'<iframe srcdoc="{inside}"></iframe>'
    text = read(made(body)).text
    assert [one for one in PARAGRAPHS if text.count(one) != 1] == []
    inner = html.escape(f"<p>It was never cancelled, says the clerk of the county.</p>{TABLE}")
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    text = read(
        made(
            f'<article><h1>Fish</h1>{first}<iframe srcdoc="{inner}"></iframe>{"".join(rest)}</article>'
        )
    ).text
    assert (
        text.index(PARAGRAPHS[0])
        < text.index("never cancelled")
        < text.index("March")
        < text.index(PARAGRAPHS[1])
    )


def part(body: str, more: str) -> tuple[str, bytes]:
    head = f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n{more}"
    return head, quoted(body.encode())


@pytest.mark.parametrize(
    ("frame", "more"),
    [
        ("<iframe src='cid:frame-1@mhtml.blink'></iframe>", "Content-ID: <frame-1@mhtml.blink>"),
        (
            "<iframe src='inner.html'></iframe>",
            f"Content-Location: {URL.rpartition('/')[0]}/inner.html",
        ),
    ],
)
def test_the_frames_of_a_saved_page_are_read(frame: str, more: str) -> None:
    outer = made(f"<div>{frame}</div>").decode()
    data = mhtml([part(outer, f"Content-Location: {URL}"), part(f"<body>{ARTICLE}</body>", more)])
    text = read_document(data).text
    assert [one for one in PARAGRAPHS if text.count(one) != 1] == []


@pytest.mark.parametrize(
    "page",
    [
        "<body><iframe src='in.html'></iframe></body>",
        "<frameset cols='20%,80%'><frame src='menu.html'><frame src='in.html'></frameset>",
    ],
)
def test_the_frames_of_a_webarchive_are_read(page: str) -> None:
    def resource(body: str, name: str) -> dict[str, object]:
        return {"WebResourceData": body.encode(), "WebResourceMIMEType": "text/html",
                "WebResourceTextEncodingName": "UTF-8", "WebResourceURL": f"https://e.org/{name}"}  # fmt: skip

    inner = {"WebMainResource": resource(f"<body>{ARTICLE}</body>", "in.html")}
    outer = {
        "WebMainResource": resource(f"<html>{page}</html>", ""),
        "WebSubframeArchives": [inner],
    }
    text = read_document(plistlib.dumps(outer)).text
    assert [one for one in PARAGRAPHS if text.count(one) != 1] == []


SECRET = "Summary for machines: this sentence is never shown to a reader of the page at all."


@pytest.mark.parametrize(
    "style",
    [
        ".s{display:none}",
        ".s { display : none !important; }",
        "p.a, div.s{visibility:hidden}",
        "article .s{display:none}",
        "article > .s{color:red;display:none}",
        "#s{display:none}",
        ".s{position:absolute;width:1px;height:1px;overflow:hidden}",
        ".s{position:absolute;clip:rect(0,0,0,0)}",
        ".s{position:absolute;left:-9999px}",
        "@media screen{.s{display:none}}",
        "@supports (display:grid){.s{display:none}}",
        ".s{display:block}.s{display:none}",
        ".x,.s{display:none}.y{display:block}",
        "/* .s{display:block} */.s{display:none}",
        "<!-- .s{display:none} -->",
        "[data-s]{display:none}",
        "div[data-s='a b'].s{display:none}",
        "@media (min-width:48em){.s{display:none}}",
        "@media print, screen and (min-width: 300px){.s{display:none}}",
        "@media (width >= 600px){.s{display:none}}",
        ".s{content-visibility:hidden}",
        ".s *{display:none}",
        ".post, article{ color:red; & .s{display:none} }",
        "article{ .s{display:none} }",
    ],
)
def test_what_a_style_rule_hides_is_hidden(style: str) -> None:
    box = f"<div class='s' id='s' data-s='a b'><p>{SECRET}</p></div>"
    body = ARTICLE.replace("</h1>", f"</h1>{box}")
    assert "Summary for machines" not in read(made(body, f"<style>{style}</style>")).text


@pytest.mark.parametrize(
    "style",
    [
        "@media print{.s{display:none}}",
        "@media (max-width:600px){.s{display:none}}",
        ".s{display:none}.s{display:block}",
        ".s{display:none}article .s{display:block}",
        ".s{display:block!important}.s{display:none}",
        ".s:hover{display:none}",
        ".no-js .s{display:none}",
        ".s::before{display:none}",
        "p{display:none}",
        ".t{display:none}",
        ".s{display:none}@media (min-width:768px){.s{display:block}}",
        "@media (min-width:3000px){.s{display:none}}",
        "@media screen and (max-width:40em){.s{display:none}}",
        "@media (prefers-reduced-motion){.s{display:none}}",
        "[data-t], [class=t]{display:none}",
        ".t{ .s{display:none} }",
        "*{display:none}",
    ],
)
def test_what_no_style_rule_hides_for_all_is_shown(style: str) -> None:
    box = f"<div class='s' id='s'><p>{SECRET}</p></div>"
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    body = f"<article><h1>Fish market to move</h1>{first}{box}{''.join(rest)}</article>"
    text = read(made(body, f"<style>{style}</style>")).text
    assert "Summary for machines" in text
    assert [one for one in PARAGRAPHS if one not in text] == []


@pytest.mark.parametrize(
    "style",
    [
        "display:none!important",
        "DISPLAY : none",
        "visibility:hidden",
        "position:absolute;left:-9999px",
        "position: absolute; clip: rect(0 0 0 0)",
        "position:absolute;width:1px;height:1px;overflow:hidden",
    ],
)
def test_what_its_own_style_hides_is_hidden(style: str) -> None:
    box = f"<p style='{style}'>{SECRET}</p>"
    body = ARTICLE.replace("</h1>", f"</h1>{box}")
    assert "Summary for machines" not in read(made(body)).text


def test_an_element_that_its_own_style_shows_is_shown() -> None:
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    box = f"<p class='s' style='display: block'>{SECRET}</p>"
    body = f"<article><h1>Fish market to move</h1>{first}{box}{''.join(rest)}</article>"
    assert "Summary for machines" in read(made(body, "<style>.s{display:none}</style>")).text


def test_a_note_that_a_rule_hides_is_shown_if_something_refers_to_it() -> None:
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    reference = "<p>The lease is old.<sup><a href='#n1'>1</a></sup></p>"
    note = "<div class='notes'><p id='n1'>1. It was signed in 1987 by the county.</p></div>"
    body = f"<article><h1>Fish</h1>{first}{reference}{''.join(rest)}{note}</article>"
    text = read(made(body, "<style>.notes{display:none}</style>")).text
    assert "It was signed in 1987 by the county." in text
