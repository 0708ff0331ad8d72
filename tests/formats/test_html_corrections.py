"""Corrections are never lost, and what is left out is counted and shown on demand."""

from __future__ import annotations

import pytest

from reader.core.document import Document
from tests.formats.test_html import read
from tests.formats.test_html_completion import PARAGRAPHS
from tests.formats.test_html_containers import made

TEXTS = (
    "Correction, 4 March: an earlier version of this article gave the number of votes as ten to nine.",
    "Correction: It was eleven to nine.",
    "CORRECTION (March 4): The vote was eleven to nine, not ten to nine.",
    "Clarification: the lease was signed in 1987, by the county and not by the town.",
    "Editor’s note: the author is a cousin of one of the traders.",
    "Editors' Note, March 4, 2026: the author is a cousin of one of the traders.",
    "Update, 14:20: The mayor has denied that the contract was signed.",
    "UPDATE — The mayor has denied that the contract was signed.",
    "This article was amended on 4 March 2026. It was eleven to nine.",
    "This story has been updated to include a statement of the mayor.",
    "An earlier version of this story misspelled the name of the clerk.",
    "Amended on 4 March 2026: it was eleven to nine.",
    "Korrektur: Die Abstimmung endete elf zu neun.",
    "Note: This story has been updated with a statement of the mayor.",
    "Anmerkung der Redaktion: Die Autorin ist mit einem Händler verwandt.",
    "In einer früheren Version dieses Artikels war die Zahl der Stimmen falsch.",
    "Dieser Text wurde am 4. März aktualisiert, weil die Zahl der Stimmen falsch war.",
    "Rectificatif : le vote était de onze contre neuf.",
    "Cet article a été modifié le 4 mars, parce que le vote était de onze contre neuf.",
    "Corrección: la votación fue de once contra nueve.",
    "Fe de errores: la votación fue de once contra nueve.",
    "Errata corrige: il voto era di undici a nove.",
    "Correção: a votação foi de onze a nove.",
    "Rectificatie: de stemming was elf tegen negen.",
    "訂正：投票は11対9でした。",
)
ELEMENTS = (
    "<p>{}</p>",
    "<aside><p>{}</p></aside>",
    "<footer><p>{}</p></footer>",
    "<div class='box'>{}</div>",
    "<p><em>{}</em></p>",
    "<header><p>{}</p></header>",
    "<ul><li>{}</li></ul>",
    "<section class='promo'><p>{}</p></section>",
    "<table><tr><td>{}</td></tr></table>",
    "<div><small>{}</small></div>",
)
PLACES = {
    "at the top": "<article><h1>Fish market to move</h1>{0}{1}</article>",
    "at the end": "<article><h1>Fish market to move</h1>{1}{0}</article>",
    "in the middle": "<article><h1>Fish market to move</h1>{1}{0}{2}</article>",
    "beside the article": "<main><article><h1>Fish market to move</h1>{1}</article>{0}</main>",
    "above the article": "<main><h1>Fish market to move</h1>{0}<div class='article-body'>{1}</div></main>",
}  # fmt: skip
BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def corrections(document: Document) -> list[str]:
    return [document.quote(one.range) for one in document.blocks if one.correction]


def placed(box: str, place: str) -> bytes:
    return made(PLACES[place].format(box, BODY, f"<p>{PARAGRAPHS[1]} So it was.</p>"))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_correction_is_kept_shown_as_such_and_named(text: str, place: str) -> None:
    document = read(placed(f"<aside><p>{text}</p></aside>", place))
    assert corrections(document) == [text]
    assert document.metadata.corrections == (text,)


@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_correction_is_kept_in_any_element(element: str, place: str) -> None:
    document = read(placed(element.format(TEXTS[0]), place))
    assert document.text.count(TEXTS[0]) == 1
    assert document.metadata.corrections == (TEXTS[0],)


@pytest.mark.parametrize(
    "box",
    [
        "<aside><h4>Correction</h4><p>The vote was eleven to nine.</p></aside>",
        "<div class='correction'><p>The vote was eleven to nine.</p></div>",
        "<div class='editors-note'>The vote was eleven to nine.</div>",
        "<p><strong>Correction:</strong></p><p>The vote was eleven to nine.</p>",
        "<p><strong>Correction</strong><br>The vote was eleven to nine.</p>",
        "<p><strong>Correction</strong> The vote was eleven to nine.</p>",
        "<h5>Corrections and amplifications</h5><p>The vote was eleven to nine.</p>",
    ],
)
def test_a_correction_may_say_so_beside_its_text(box: str) -> None:
    document = read(placed(box, "at the end"))
    assert any("The vote was eleven to nine." in one for one in corrections(document))
    assert any("The vote was eleven to nine." in one for one in document.metadata.corrections)


@pytest.mark.parametrize(
    "text",
    [
        "Correction of the books took the clerk three days and nights.",
        "<em>Correction</em> of the books took the clerk three days and nights.",
        "Updates to the plan are sent to the traders every month.",
        "The council said that this article of the lease was amended in 1990.",
        "Updating the plan took the clerk three days and nights.",
    ],
)
def test_an_ordinary_sentence_is_no_correction(text: str) -> None:
    document = read(placed(f"<p>{text}</p>", "in the middle"))
    assert text.replace("<em>", "").replace("</em>", "") in document.text
    assert corrections(document) == []


def test_a_correction_in_a_teaser_or_a_comment_is_not_of_the_article() -> None:
    teaser = f"<div class='related'><p><a href='/x'>{TEXTS[0]}</a></p></div>"
    comment = f"<div id='comments'><p>{TEXTS[2]}</p></div>"
    document = read(made(f"<article><h1>Fish</h1>{BODY}</article>{teaser}{comment}"))
    assert corrections(document) == []


RELATED = "<aside class='related'><h3>Related</h3><p>Nets are dear this year, say the fishermen of the town.</p></aside>"


@pytest.mark.parametrize(
    "clutter",
    [RELATED, f"<div>{RELATED}</div>", "<div class='ad'>Nets are dear this year, say the fishermen of the town.</div>"],
)  # fmt: skip
def test_what_is_left_out_is_counted_and_dimmed_in_its_place(clutter: str) -> None:
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    page = made(f"<article><h1>Fish market to move</h1>{first}{clutter}{''.join(rest)}</article>")
    article, whole = read(page), read(page, whole=True)
    assert "Nets are dear" not in article.text
    assert article.metadata.left_out >= 11
    assert 0 < article.metadata.left_out_share < 34
    dim = [whole.quote(one.range) for one in whole.blocks if one.residue]
    shown = [whole.quote(one.range) for one in whole.blocks if not one.residue]
    assert any("Nets are dear" in one for one in dim)
    assert "Copyright 2026 The Tidewick Times" in dim
    assert [one for one in PARAGRAPHS if one not in shown] == []
    assert shown == [article.quote(one.range) for one in article.blocks]
    assert (
        whole.text.index(PARAGRAPHS[0]) < whole.text.index("Nets") < whole.text.index(PARAGRAPHS[1])
    )


@pytest.mark.parametrize(
    "loose",
    ["Share this", "Share <b>this</b> now", "<b>Share</b> this", "<a href='/x'>Share</a>"],
)
def test_loose_text_that_is_left_out_is_dimmed_in_its_place(loose: str) -> None:
    first, *rest = (f"<p>{one}</p>" for one in PARAGRAPHS)
    page = made(
        f"<article><h1>Fish</h1>{loose}{first}<div>{loose}{''.join(rest)}{loose}</div></article>"
    )
    whole = read(page, whole=True)
    shown = [whole.quote(one.range) for one in whole.blocks if not one.residue]
    assert [one for one in PARAGRAPHS if one not in shown] == []
    assert whole.text.count("Share") == 3


FOOT_OF_PAGE = "<main><article><h1>Fish market to move</h1>{1}</article></main><footer>{0}<p>Copyright Tidewick Times</p></footer>"


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("Correction, 4 March: an earlier version of this article gave ten votes to nine.", True),
        ("This article was amended on 4 March 2026. It was eleven to nine.", True),
        ("Correction: the vote was eleven to nine. An earlier version said ten to nine.", True),
        ("Dieser Text wurde am 4. März aktualisiert, weil eine Zahl falsch war.", True),
        ("Corrections: to report an error in an article, write to desk@tidewick.example.", False),
        ("Updated: the terms of use of this site are valid from 1 January on.", False),
    ],
)
def test_the_foot_of_a_page_keeps_what_names_a_change(line: str, is_kept: bool) -> None:
    document = read(made(FOOT_OF_PAGE.format(f"<p>{line}</p>", BODY)))
    assert (line in document.text) is is_kept
