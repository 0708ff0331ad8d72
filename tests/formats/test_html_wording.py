"""Words in elements that extractors delete stay in their sentence, and explanations do not."""

from __future__ import annotations

import re

import pytest

from reader.core.document import BlockKind
from reader.formats import read_document
from tests.formats.test_html import blocks, read
from tests.formats.test_html_completion import PARAGRAPHS
from tests.formats.test_html_containers import made

SENTENCE = "The council calls it quay money and has asked for it since the spring of 1987."
TOLD = "What a trader pays for a day on the quay, whatever the catch was."


def article(inside: str) -> bytes:
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    return made(f"<article><h1>Fish market to move</h1>{first}{inside}{''.join(rest)}</article>")


@pytest.mark.parametrize(
    "word",
    [
        "<button type='button' class='glossary-term' aria-describedby='g'>quay money</button>",
        "<button><b>quay money</b></button>",
        "<span><button>quay money</button></span>",
        "<span class='button'>quay money</span>",
        "<span class='menu-item'>quay money</span>",
        "<a role='button' href='#'>quay money</a>",
        "<time>quay money</time>",
        "<abbr title='x'>quay money</abbr>",
        f"<span class='tooltip'>quay money<span class='tooltiptext' role='tooltip'>{TOLD}</span></span>",
        f"<span class='t'>quay money<span class='tooltip-content'>{TOLD}</span></span>",
        f"<span class='box'><span class='word'>quay money</span><span class='info'><span class='note'>{TOLD} <a href='/g'>All terms</a></span><img class='close' src='x.svg' alt='Close'></span></span>",
        f"<span class='g'>quay money<small class='glossary-definition'>{TOLD}</small></span>",
        f"<span class='tooltip'> quay money <span class='tooltiptext'>{TOLD}</span> </span>",
        f"<button popovertarget='d'>quay money</button><span popover id='d'>{TOLD}</span>",
        f"quay money<span data-tooltip-content>{TOLD}</span>",
        "<span class='t'>quay money<span class='tooltip'>a fee for a day on the quay</span></span>",
    ],
)  # fmt: skip
def test_a_word_stays_in_its_sentence(word: str) -> None:
    source = SENTENCE.replace("quay money", word)
    document = read(article(f"<p>{source}</p>"))
    assert SENTENCE in blocks(document, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    "sentence",
    [
        "They call it <span class='tooltip'>quay money, as they did in 1987</span> and pay.",
        "They call it <span class='definition-text'>quay money, as they did in 1987</span> and pay.",
        "They call it sea<span class='term'>money</span> and pay it in the spring.",
    ],
)
def test_the_word_that_is_explained_stays(sentence: str) -> None:
    assert re.sub("<[^>]*>", "", sentence) in read(article(f"<p>{sentence}</p>")).text


@pytest.mark.parametrize(
    "sentence",
    [
        "<button>Quay money</button> is what they call it.",
        "They call it <button>quay money</button>.",
        "They asked for <button>quay money</button>, <button>harbour money</button> and fees.",
    ],
)
def test_buttons_that_are_words_are_shown_in_every_format(sentence: str) -> None:
    words = sentence.replace("<button>", "").replace("</button>", "")
    assert words in read(article(f"<p>{sentence}</p>")).text
    mail = f"From: a@e.org\nSubject: Fees\nContent-Type: text/html\n\n<p>{sentence}</p>"
    assert words in read_document(mail.encode(), name="a.eml").text


@pytest.mark.parametrize(
    "control",
    [
        "<p>They call it quay money. <button>Copy link</button></p>",
        "<p><button>Copy link</button></p>",
        "<p>Share: <button>Copy link</button> <button>Print</button></p>",
        "<div><button>Copy link</button><button>Print</button></div>",
    ],
)
def test_buttons_that_are_controls_are_not_shown(control: str) -> None:
    assert "Copy link" not in read(article(control)).text


@pytest.mark.parametrize(
    "heading",
    [
        "<h3><button aria-expanded='true'>What the lease says</button></h3><div><p>{}</p></div>",
        "<div><button class='accordion-header' aria-controls='p'>What the lease says</button><div id='p'><p>{}</p></div></div>",
        "<div><div><button aria-expanded='false' aria-controls='p'>What the lease says</button></div><div id='p' hidden><p>{}</p></div></div>",
        "<details><summary><button>What the lease says</button></summary><p>{}</p></details>",
    ],
)  # fmt: skip
def test_the_headings_of_an_accordion_are_shown(heading: str) -> None:
    prose = "The lease of 1987 names the old market first, as long as it stands."
    text = read(article(heading.format(prose))).text
    assert text.index("What the lease says") < text.index(prose)


ENTRIES = (
    ("19:42", "Vote is over", "The council voted eleven to nine for the northern quay."),
    ("19:10", "A long break", "The session stands still while the clerk looks for the letters."),
    ("18:31", "Traders speak", PARAGRAPHS[1]),
    ("18:02", "Doors open", "Good evening."),
    ("17:40", "Before the session", PARAGRAPHS[0]),
)


@pytest.mark.parametrize(
    "form",
    [
        "<article class='e'><header><time>{0}</time><h3>{1}</h3></header><p>{2}</p></article>",
        "<section class='post'><h2><time>{0}</time> {1}</h2><p>{2}</p></section>",
        "<div class='entry'><div class='head'><time>{0}</time><h3>{1}</h3></div><p>{2}</p></div>",
        "<div class='entry'><p class='when'><time>{0}</time></p><h3>{1}</h3><p>{2}</p></div>",
        "<h3><time>{0}</time> {1}</h3><p>{2}</p>",
        "<h3>{1}</h3><p><time>{0}</time></p><p>{2}</p>",
        "<section><time>{0}</time><h2>{1}</h2><p>{2}</p></section>",
        "<section><header><h2>{1}</h2><time>{0}</time></header><p>{2}</p></section>",
        "<article><header><h2>{1}</h2><p><time>{0}</time></p></header><p>{2}</p></article>",
        "<div class='e'><p><strong><time>{0}</time> {1}</strong></p><p>{2}</p></div>",
    ],
)
@pytest.mark.parametrize("holder", ["<article>{}</article>", "<section class='live'>{}</section>"])
def test_entries_keep_their_times_and_headings(form: str, holder: str) -> None:
    inside = "".join(form.format(*entry) for entry in ENTRIES)
    document = read(made(f"<main><h1>Live: vote</h1>{holder.format(inside)}</main>"))
    assert [time for time, *_ in ENTRIES if time not in document.text] == []
    places = [document.text.find(part) for entry in ENTRIES for part in (entry[1], entry[2])]
    assert -1 not in places
    assert places == sorted(places)
    assert [entry[0] for entry in ENTRIES if entry[0] not in document.text] == []


@pytest.mark.parametrize(
    "head",
    [
        "<header><h1>Fish market to move</h1><p>{}</p></header>",
        "<header><h1>Fish market to move</h1><p class='standfirst'>{}</p><p class='byline'>By Jane Doe.</p></header>",
        "<header><div><h1>Fish market to move</h1></div><div class='dek'>{}</div></header>",
        "<div class='head'><h1>Fish market to move</h1><h2>{}</h2></div>",
    ],
)  # fmt: skip
def test_a_standfirst_outside_of_the_article_is_kept(head: str) -> None:
    standfirst = "Eleven voted for the northern quay, and nobody had asked the traders."
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    text = read(made(f"{head.format(standfirst)}<article>{body}</article>")).text
    assert text.count(standfirst) == 1
    assert "By Jane Doe" not in text
