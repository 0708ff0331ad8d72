"""Web pages as sites build them: made at random, the same for the same number."""

from __future__ import annotations

import json
from random import Random

from tests.formats.made_pdfs import prose, sentence


def made_page(seed: int) -> bytes:
    """Return a page with an article, and with what sites put around and into it."""
    chance = Random(seed)
    title = sentence(chance).rstrip(".?!")
    holder = chance.choice(
        ("article", "main", "div class='post-content'", "div id='content'", "section")
    )
    parts = [f"<h1>{title}</h1>" if chance.random() < 0.8 else ""]
    if chance.random() < 0.6:
        parts.append(
            "<p class='byline'>By <a rel='author' href='/jane'>Jane Doe</a>, <time datetime='2024-03-12'>12 March 2024</time></p>"
        )
    if chance.random() < 0.3:
        parts.append(f"<p class='standfirst'>{sentence(chance)}</p>")
    notes: list[str] = []
    parts += [part(chance, notes) for _ in range(chance.randint(8, 16))]
    if notes:
        parts.append(
            "<ol class='footnotes'>"
            + "".join(
                f"<li id='n{n}'>{text} <a href='#r{n}'>↩</a></li>"
                for n, text in enumerate(notes, 1)
            )
            + "</ol>"
        )
    kind = holder.split()[0]
    article = f"<{holder}>{''.join(parts)}</{kind}>"
    return (
        f"<!DOCTYPE html><html lang='{chance.choice(('en', 'en-GB', 'de'))}'><head>{_head(chance, title)}</head><body>"
        f"{_around(chance)}{article}{_aside(chance)}<footer><p>© 2024 The Tidewick Times. All rights reserved.</p></footer>"
        "<script>track('page')</script></body></html>"
    ).encode()


def _head(chance: Random, title: str) -> str:
    parts = [f"<title>{title}{chance.choice((' | The Tidewick Times', ' - Tidewick', ''))}</title>"]
    if chance.random() < 0.5:
        parts.append("<meta property='og:site_name' content='The Tidewick Times'>")
    if chance.random() < 0.5:
        parts.append(
            "<meta name='author' content='Jane Doe'><meta property='article:published_time' content='2024-03-12T10:00:00+01:00'>"
        )
    if chance.random() < 0.4:
        data = {"@context": "https://schema.org", "@type": chance.choice(("NewsArticle", ["Article"])), "headline": title,
                "author": chance.choice(({"@type": "Person", "name": "Jane Doe"}, [{"name": "Jane Doe"}, {"name": "Ben Oake"}], "Jane Doe")),
                "datePublished": "2024-03-12", "publisher": {"name": "The Tidewick Times"}}  # fmt: skip
        graph = (
            {"@graph": [{"@type": "WebSite", "name": "x"}, data]} if chance.random() < 0.5 else data
        )
        parts.append(f"<script type='application/ld+json'>{json.dumps(graph)}</script>")
    if chance.random() < 0.4:
        parts.append("<link rel='canonical' href='https://example.org/news/wall'>")
    return "".join(parts)


def _around(chance: Random) -> str:
    links = "".join(
        f"<li><a href='/{n}'>{sentence(chance)[:18]}</a></li>" for n in range(chance.randint(4, 9))
    )
    cookie = "<div class='cookie'>We use cookies to store your choices. <button>Accept all</button></div>"
    return f"<header><nav><ul>{links}</ul></nav></header>" + (
        cookie if chance.random() < 0.5 else ""
    )


def _aside(chance: Random) -> str:
    cards = "".join(
        f"<div class='card'><h3><a href='/{n}'>{sentence(chance)[:30]}</a></h3><p>{sentence(chance)}</p></div>"
        for n in range(3)
    )
    comments = f"<section id='comments'><h2>Comments</h2><p>{sentence(chance)}</p></section>"
    return f"<aside class='related'><h2>More stories</h2>{cards}</aside>" + (
        comments if chance.random() < 0.5 else ""
    )


def part(chance: Random, notes: list[str]) -> str:
    """Return a part of an article; the text of a note is added to ``notes``."""
    match chance.choice("ppppphqlotfcndbesxa"):
        case "p":
            return f"<p>{prose(chance)}</p>"
        case "h":
            return f"<h{chance.randint(2, 4)}>{sentence(chance)[:40]}</h2>"
        case "q":
            cite = f"<footer>— {sentence(chance)[:14]}</footer>" if chance.random() < 0.5 else ""
            return f"<blockquote><p>{prose(chance, 3)}</p>{cite}</blockquote>"
        case "l":
            return (
                "<ul>"
                + "".join(f"<li>{sentence(chance)}</li>" for _ in range(3))
                + f"<li>outer<ul><li>{sentence(chance)}</li></ul></li></ul>"
            )
        case "o":
            start = chance.choice(("", " start='4'", " type='a'", " reversed"))
            return (
                f"<ol{start}>"
                + "".join(f"<li><p>{sentence(chance)}</p></li>" for _ in range(3))
                + "</ol>"
            )
        case "t":
            rows = "".join(
                f"<tr><td>{sentence(chance)[:10]}</td><td align='right'>{n}</td><td{' rowspan=2' if n == 1 else ''}>x</td></tr>"
                for n in range(3)
            )
            return f"<table><caption>{sentence(chance)}</caption><thead><tr><th>Year</th><th colspan='2'>Books</th></tr></thead><tbody>{rows}</tbody></table>"
        case "f":
            return f"<figure><img src='/x.jpg' alt='{sentence(chance)[:20]}'><figcaption>{sentence(chance)} <span>Photo: Doe</span></figcaption></figure>"
        case "c":
            return (
                "<pre><code class='language-python'>def wall(n):\n    return n + 1\n</code></pre>"
            )
        case "n":
            notes.append(sentence(chance))
            return f"<p>{prose(chance)}<sup id='r{len(notes)}'><a href='#n{len(notes)}'>{len(notes)}</a></sup> {sentence(chance)}</p>"
        case "d":
            return f"<div>{prose(chance)}<br><br>{prose(chance)}</div>"
        case "b":
            return f"<p><strong>{sentence(chance)}</strong> <em>{sentence(chance)}</em> <a href='/wall#top'>{sentence(chance)[:20]}</a> <code>x</code> <s>gone</s></p>"
        case "e":
            return f"<p>{sentence(chance)} H<sub>2</sub>O, 10<sup>6</sup>, <q>quoted</q>, <abbr title='x'>abbr</abbr>&nbsp;&mdash; <mark>marked</mark>.</p>"
        case "s":
            return f"<p>{prose(chance)}</p><div class='share'><a href='/s'>Share</a> <a href='/t'>Tweet</a></div><p class='ad'>Advertisement</p>"
        case "x":
            return f"<dl><dt>{sentence(chance)[:12]}</dt><dd>{sentence(chance)}</dd></dl><hr>"
    return f"<aside class='pullquote'><p>{sentence(chance)}</p></aside><p>{prose(chance)}</p>"
