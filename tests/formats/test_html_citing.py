"""Title, authors and date of a page, as a reader would cite them."""

from __future__ import annotations

import json

import pytest

from tests.formats.test_html import read
from tests.formats.test_html_completion import PARAGRAPHS

BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def page(head: str, top: str = "<h1>Fish market to move</h1>", over: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{over}<article>{top}{BODY}</article></body></html>".encode()


@pytest.mark.parametrize(
    "head",
    [
        "<title>Fish market to move</title>",
        "<title>Fish market to move | The Tidewick Times</title>",
        "<title>Fish market to move - News - Tidewick Times</title>",
        "<title>The Tidewick Times: Fish market to move</title>",
        "<title>Tidewick » Harbour » Fish market to move</title>",
        "<title>The Tidewick Times</title>",
        "<title>Fish market to move – page 2</title>",
        "<title>x</title><meta property='og:title' content='Fish market to move | Tidewick'>",
        "<title>x</title><meta property='og:title' content='FISH MARKET TO MOVE — Tidewick'>",
        "",
    ],
)
@pytest.mark.parametrize(
    "over", ["", "<header><h1><a href='/'>The Tidewick Times</a></h1></header>"]
)
def test_the_title_is_the_headline(head: str, over: str) -> None:
    assert read(page(head, over=over)).metadata.title == "Fish market to move"


@pytest.mark.parametrize(
    ("over", "top"),
    [
        ("<h1>Local news</h1>", "<h2>Fish market to move</h2>"),
        ("<header><h1>Harbour and quay news</h1></header>", "<h2>Fish market to move</h2>"),
        ("<h1>Business &amp; Money</h1>", ""),
        ("<h1>Business and money</h1>", "<div class='title'>Fish market to move</div>"),
        ("<h1>The Times of Tidewick</h1>", "<h2 itemprop='headline'>Fish market to move</h2>"),
        ("", "<h2>Fish market to move</h2>"),
    ],
)
@pytest.mark.parametrize("more", ["", " | The Tidewick Times"])
def test_the_name_of_a_section_is_no_title(over: str, top: str, more: str) -> None:
    title = read(page(f"<title>Fish market to move{more}</title>", top, over)).metadata.title
    assert title == f"Fish market to move{'' if '<h2' in top else more}"


@pytest.mark.parametrize(
    "sign",
    [
        "<a class='headerlink' href='#fish'>¶</a>",
        " <a href='#fish'><span>#</span></a>",
        "<span><a href='#fish'>§</a></span>",
    ],
)
@pytest.mark.parametrize("place", ["{0} Fish market to move", "Fish market to move{0}"])
def test_the_sign_of_a_permalink_is_no_part_of_the_title(sign: str, place: str) -> None:
    document = read(page("<title>x</title>", f"<h1 id='fish'>{place.format(sign)}</h1>"))
    assert document.metadata.title == "Fish market to move"
    assert document.text.startswith("Fish market to move\n")


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>Fish market | Times</title>", "", "Fish market | Times"),
        ("<title>a</title><meta property='og:title' content='Why the fish market moves'>", "<h1>Fish market to move</h1>", "Why the fish market moves"),
        ("<title>Fish market to move to-day</title><meta property='og:title' content='Fish market to move to-day'>", "<h1>Fish market to move</h1>", "Fish market to move to-day"),
    ],
)  # fmt: skip
def test_a_stated_title_that_is_another_stays(head: str, top: str, title: str) -> None:
    assert read(page(head, top)).metadata.title == title


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("By Jane Doe", ("Jane Doe",)),
        ("Jane Doe View author archive", ("Jane Doe",)),
        ("View all posts by Jane Doe", ("Jane Doe",)),
        ("Jane Doe, Editor", ("Jane Doe",)),
        ("Jane Doe, Senior Political Correspondent", ("Jane Doe",)),
        ("Jane Doe May 3, 2024", ("Jane Doe",)),
        ("Jane Doe Follow", ("Jane Doe",)),
        ("Jane Doe | Follow @jane", ("Jane Doe",)),
        ("Jane Doe and Ben Oake", ("Jane Doe", "Ben Oake")),
        ("By Jane Doe, Ben Oake and Eva Lund", ("Jane Doe", "Ben Oake", "Eva Lund")),
        ("Jane Doe; Ben Oake", ("Jane Doe", "Ben Oake")),
        ("Jane Doe & Ben Oake", ("Jane Doe", "Ben Oake")),
        ("Von Jürgen Groß und Eva Lund", ("Jürgen Groß", "Eva Lund")),
        ("Zeige alle Beiträge von Eva Lund", ("Eva Lund",)),
        ("Jane Doe Link Copied", ("Jane Doe",)),
        ("Lesedauer: 4 Minuten", ()),
        ("Editor", ()),
        ("Follow", ()),
        ("May", ()),
        ("https://example.org/jane", ()),
        ("Last updated January 7, 2025", ()),
        ("Anne-Marie von der Heide", ("Anne-Marie von der Heide",)),
        ("Doris May", ("Doris May",)),
    ],
)
def test_authors_are_names_alone(stated: str, authors: tuple[str, ...]) -> None:
    data = {"@type": "NewsArticle", "headline": "Fish market to move", "author": {"name": stated}}
    for head in (
        f"<meta name='author' content='{stated}'>",
        f"<script type='application/ld+json'>{json.dumps(data)}</script>",
    ):
        assert read(page(f"<title>Fish</title>{head}")).metadata.authors == authors


@pytest.mark.parametrize(
    "top",
    [
        "<h1>Fish</h1><p>By Jane Doe <time datetime='2022-10-11'>10/11/2022</time></p>",
        "<h1>Fish</h1><p><span itemprop='datePublished' content='2022-10-11T10:00:00Z'>10/11/2022</span></p>",
        "<header><h1>Fish</h1><time datetime='2022-10-11T09:30'>Tuesday</time></header>",
        "<h1>Fish</h1><time class='updated' datetime='2022-12-24'>24/12</time><time datetime='2022-10-11'>11/10</time>",
        "<h1>Fish</h1><meta itemprop='datePublished' content='2022-10-11'><p>10/11/2022</p>",
    ],
)  # fmt: skip
def test_the_date_is_the_machine_readable_one(top: str) -> None:
    side = "<aside class='related'><time datetime='2023-01-01'>New Year</time></aside>"
    metadata = read(page("<title>Fish</title>", top, side)).metadata
    assert metadata.published[:10] == "2022-10-11"
    assert "published" not in metadata.guessed


@pytest.mark.parametrize(
    "top",
    [
        "<h1>Fish</h1><p>14 March 2026</p>",
        "<h1>Fish</h1><div class='date'>March 14, 2026</div>",
        "<h1>Fish</h1><time>14 March 2026</time>",
        "<h1>Fish</h1><p class='byline'>By Jane Doe, 14th March 2026</p>",
        "<h1>Fish</h1><p>Published: Mar 14, 2026 | Updated: Mar 15, 2026</p>",
        "<h1>Fish</h1><p>Updated Mar 15, 2026</p><p>Published Mar 14, 2026</p>",
        "<header><p>Saturday 14 March 2026 10.30 GMT</p><h1>Fish</h1></header>",
        "<p>Copyright March 13, 2020</p><h1>Fish</h1><p>14.03.2026</p>",
        "<h1>Fisch</h1><p>14. März 2026</p>",
        "<h1>Poisson</h1><p>14 mars 2026, 10h30</p>",
        "<h1>Pez</h1><p>14 de marzo de 2026</p>",
        "<h1>Рыба</h1><p>14 марта 2026</p>",
        "<h1>魚</h1><p>2026年3月14日</p>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<div>{}</div>", "<header>{}</header>"])
def test_the_date_beside_the_headline_is_a_guess(top: str, around: str) -> None:
    metadata = read(page("<title>Fish</title>", around.format(top))).metadata
    assert metadata.published == "2026-03-14"
    assert "published" in metadata.guessed


@pytest.mark.parametrize(
    "top",
    [
        "<h1>Fish</h1><p>The lease was signed on 3 May 1987.</p>",
        "<h1>Fish</h1><p>Updated 14 March 2026</p>",
        "<h1>Fish</h1><aside class='related'><p>14 March 2026</p></aside>",
        "<h1>Fish of 2026</h1>",
        "<h1>Fish</h1><p>Chapter 4 of the plan for 2026</p>",
    ],
)
def test_another_date_is_not_guessed(top: str) -> None:
    assert read(page("<title>Fish</title>", top)).metadata.published == ""


def test_guesses_are_named() -> None:
    top = "<h1>Fish market to move</h1><p class='byline'>By <span class='author'>Jane Doe</span>, March 3, 2024</p>"
    metadata = read(page("<title>Fish market to move</title>", top)).metadata
    assert metadata.authors == ("Jane Doe",)
    assert "authors" in metadata.guessed
    assert "title" not in metadata.guessed
