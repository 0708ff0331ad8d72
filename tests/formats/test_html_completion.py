"""What stands in an article's own container is of the article, and a widget is not."""

from __future__ import annotations

import lxml.html
import pytest

from tests.formats.test_html import read

PARAGRAPHS = (
    (
        "The harbour council met on Tuesday evening to decide whether the old fish market should be "
        "rebuilt or moved to the northern quay."
    ),
    (
        "Several traders said they had not been asked, and that the plan they saw in the newspaper was "
        "different from the one shown to them in spring."
    ),
    (
        "A decision is expected before the end of the month, according to the clerk, who said that all "
        "letters received until Friday will be read."
    ),
    (
        "The northern quay has no roof, and the traders would have to carry their boxes some two hundred "
        "steps from the boats to the stalls."
    ),
)
FRAMES = {
    "article": "<main><article>{}</article></main><footer><p>Copyright 2026</p></footer>",
    "body": "{}",
    "div": "<div>{}</div>",
    "content": "<div id='wrap'><div class='post-content'>{}</div></div>",
}
LINK = "<a href='https://e.org/l'>On Friday the council named three traders, who would not leave the quay.</a>"
BELONGS = {
    "a paragraph that is a link": f"<p>{LINK}</p>",
    "a strong link in a box": f"<div class='para'><p><strong>{LINK}</strong></p></div>",
    "two links under a heading": f"<h2>Who left the quay</h2><p>{LINK}</p><p>{LINK.replace('three', 'four')}</p>",
    "a list": "<ul><li>Nothing had been decided at all in spring.</li><li>In June a plan was drawn.</li></ul>",
    "an ordered list": "<ol><li>Nothing had been decided at all.</li><li>A plan was drawn in June.</li></ol>",
    "terms": "<dl><dt>Spring</dt><dd>Nothing had been decided at all.</dd><dt>June</dt><dd>A plan was drawn.</dd></dl>",
    "a list of links that is announced": "<p>These are the minutes of the council:</p><ul><li><a href='/a'>Minutes of March</a></li><li><a href='/b'>Minutes of June</a></li></ul>",
    "a list of sources": "<h2>Sources</h2><ul><li><a href='https://a.example/1'>Minutes of the council, March</a></li><li><a href='https://b.example/2'>Letter of the traders</a></li></ul>",
    "a table": "<table><tr><th>Month</th><th>Stalls that were let</th></tr><tr><td>March</td><td>14</td></tr></table>",
    "a box": "<aside><h3>What the lease says</h3><p>The lease of 1987 names the old market first, as long as it stands.</p></aside>",
    "a box with a name": "<div class='infobox'><h3>What the lease says</h3><p>The lease of 1987 names the old market first.</p></div>",
    "details": "<details><summary>What the lease says</summary><p>The lease of 1987 names the old market first.</p></details>",
    "a quotation": "<blockquote><p>Nobody asked us about the northern quay at any time.</p></blockquote>",
    "loose text": "Nobody asked the traders about the northern quay at any time.",
    "loose text in a box": "<div>Nobody asked the traders about the northern quay at any time.</div>",
    "tasks": "<ul><li><input type='checkbox'> Ask the traders about it.</li><li><input type='checkbox' checked> Measure the quay.</li></ul>",
    "a short sentence": "<p>Nobody asked.</p>",
    "a dated sentence": "<p>On <time datetime='2026-03-03'>Tuesday, 3 March 2026</time>, the hall was closed.</p>",
    "a short link": "<p><a href='https://e.org/l'>The mayor denied it.</a></p>",
    "a list of words": "<ul><li>herring</li><li>cod and plaice</li><li>eels</li></ul>",
    "a menu, which is a list": "<menu><li>Nothing had been decided at all in spring.</li><li>In June a plan was drawn.</li></menu>",
    "a small table with a time": "<table><tr><td>Closed</td><td><time>3 March 2026</time></td></tr></table>",
    "a box with strong words over it": "<aside><strong>What it says</strong><p>The lease of 1987 names the old market first.</p></aside>",
    "a set of fields without one": "<fieldset><legend>What it says</legend><p>The lease of 1987 names the old market first.</p></fieldset>",
    "details with a list": "<details><summary>What the lease says</summary><ul><li>The old market is first.</li><li>The quay is second.</li></ul></details>",
    "notes without references": "<section><p>1. The lease of 1987 is kept in the archive of the county.</p></section>",
}  # fmt: skip
WIDGETS = {
    "related links": "<div class='related'><h3>Related</h3><ul><li><a href='/x'>Harbour fees rise again</a></li></ul></div>",
    "related links without a name": "<div><h3>Related stories</h3><ul><li><a href='/x'>Harbour fees rise again</a></li></ul></div>",
    "a label and a link": "<p>Also read: <a href='/x'>Harbour fees rise again</a></p>",
    "a strong label": "<p><strong>READ MORE: <a href='/x'>Harbour fees rise again</a></strong></p>",
    "a label in German": "<p>Lesen Sie auch: <a href='/x'>Harbour fees rise again</a></p>",
    "a label in French": "<p>Lire aussi : <a href='/x'>Harbour fees rise again</a></p>",
    "a teaser": "<div><a href='/x'><img src='x.jpg'></a><h3><a href='/x'>Harbour fees rise again</a></h3><p>The fees rise for the third time in a row.</p></div>",
    "a row of links": "<ul><li><a href='/x'>Harbour fees rise again</a></li><li><a href='/y'>Nets are dear</a></li></ul>",
    "a sign-up box": "<div class='box'><p>Harbour fees rise again, and more in your inbox.</p><form><input type='email'><button>Go</button></form></div>",
    "a sentence that asks to sign up": "<p>Sign up for our newsletter to read when Harbour fees rise again.</p>",
    "share buttons": "<div class='share'><a href='#'>Harbour fees rise again</a> <a href='#'>Tweet</a></div>",
    "an advertisement": "<div class='ad-slot'><p>Harbour fees rise again? We insure your boat today.</p></div>",
    "comments": "<div id='comments'><p>I knew it: Harbour fees rise again, said one reader.</p></div>",
    "an author's card": "<div class='author-bio'><p>Jane Doe wrote Harbour fees rise again and other books.</p></div>",
    "a menu": "<nav><a href='/x'>Harbour fees rise again</a></nav>",
}  # fmt: skip


def made(inserted: str, frame: str, place: int) -> str:
    parts = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    parts.insert(place, inserted)
    inside = FRAMES[frame].format("<h1>Fish market to move</h1>" + "".join(parts))
    head = "<head><title>Fish market to move</title></head>"
    return read(f"<!DOCTYPE html><html>{head}<body>{inside}</body></html>".encode()).text


def words(source: str) -> list[str]:
    return "".join(
        f" {text} " for text in lxml.html.fromstring(f"<div>{source}</div>").itertext()
    ).split()


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize("kind", BELONGS)
def test_what_stands_between_paragraphs_is_kept(kind: str, place: int, frame: str) -> None:
    text = made(BELONGS[kind], frame, place)
    assert [word for word in words(BELONGS[kind]) if word not in text] == []
    assert all(paragraph in text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("place", [1, 2, 4])
@pytest.mark.parametrize("kind", WIDGETS)
def test_widgets_are_left_out(kind: str, place: int, frame: str) -> None:
    text = made(WIDGETS[kind], frame, place)
    assert "Harbour fees rise again" not in text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("frame", ["article", "content"])
@pytest.mark.parametrize(
    "last",
    [
        f"<p>{LINK}</p>",
        "<ul><li>Nothing had been decided at all in spring.</li><li>In June a plan was drawn.</li></ul>",
        "<p>Sources:</p><ul><li><a href='/m'>Minutes of March</a></li><li><a href='/l'>The lease</a></li></ul>",
        "<h2>Notes</h2><ol><li>The lease of 1987, page 4.</li><li>Minutes of March.</li></ol>",
        "<footer><p>The lease of 1987 is kept in the archive of the county.</p></footer>",
        "<aside><p>The lease of 1987 is kept in the archive of the county.</p></aside>",
        "<aside><p>The lease of 1987 is kept in the archive of the county.</p><p>It was signed in the old hall.</p></aside>",
        "<aside><h3>What it says</h3><ul><li>No stall may be moved in winter.</li><li>The council must ask all.</li></ul></aside>",
        "Nobody asked the traders about the northern quay at any time.",
    ],
)
def test_prose_at_the_end_is_kept(last: str, frame: str) -> None:
    text = made(last, frame, 4)
    assert [word for word in words(last) if word not in text] == []
    assert "Copyright" not in text


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("beside", ["<p>Nobody asked.</p>", f"<p>{PARAGRAPHS[3]}</p>"])
@pytest.mark.parametrize("length", [1, 4, 12])
def test_a_picture_in_a_box_is_kept_with_its_caption_of_any_length(
    frame: str, beside: str, length: int
) -> None:
    """The words of the caption are no part of the text around the picture."""
    caption = " ".join(f"This is the quay of {year}." for year in range(1900, 1900 + length))
    figure = (
        f"<figure><img src='a.jpg' alt='A grey morning'><figcaption>{caption}</figcaption></figure>"
    )
    first, second, third, _ = (f"<p>{each}</p>" for each in PARAGRAPHS)
    body = frame.format(f"{first}<div>{figure}{beside}</div>{second}{third}")
    document = read(f"<html><body>{body}</body></html>".encode())
    shown = [document.quote(one.range) for one in document.blocks]
    at = shown.index("A grey morning")
    assert shown[at - 1 : at + 2] == [PARAGRAPHS[0], "A grey morning", caption]
