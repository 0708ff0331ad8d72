"""Books as programs make them: made at random, the same for the same number."""

from __future__ import annotations

from random import Random

from tests.formats.books import book
from tests.formats.made_pages import part
from tests.formats.made_pdfs import prose, sentence


def made_book(seed: int) -> bytes:
    """Return an EPUB of a few parts, whose contents lead to headings, fragments, or neither."""
    chance = Random(seed)
    pages: dict[str, str] = {}
    entries: list[str] = []
    printed: list[str] = []
    points: list[str] = []
    back: list[str] = []
    for number in range(chance.randint(2, 5)):
        name = f"part{number}.xhtml"
        title = sentence(chance).rstrip(".?!")[:36]
        body = [_title(chance, title)]
        inner: list[str] = []
        for place in range(chance.randint(2, 5)):
            identifier = f"s{place}"
            within = sentence(chance)[:24]
            body.append(_section(chance, identifier, within))
            if chance.random() < 0.5:
                target = f"{name}#{identifier}" if chance.random() < 0.9 else f"{name}#gone"
                inner.append(f"<li><a href='{target}'>{within}</a></li>")
                points.append(_point(within, target))
            if chance.random() < 0.4:
                printed.append(f"<li><a href='{name}#p{place}'>{len(printed) + 1}</a></li>")
                body.append(f"<p>{sentence(chance)} <span id='p{place}'/>{sentence(chance)}</p>")
            if chance.random() < 0.4:
                back.append(sentence(chance))
                count = len(back)
                body.append(
                    f"<p>{sentence(chance)}<a epub:type='noteref' id='b{count}' "
                    f"href='notes.xhtml#n{count}'>{count}</a> {sentence(chance)}</p>"
                )
        pages[name] = "".join(body)
        shown = title if chance.random() < 0.7 else f"Chapter {number + 1}: {title}"
        nested = f"<ol>{''.join(inner)}</ol>" if inner else ""
        entries.append(f"<li><a href='{name}'>{shown}</a>{nested}</li>")
        points.append(_point(shown, name))
    if back:
        notes = "".join(
            f"<aside epub:type='footnote' id='n{n}'><p>{text} "
            f"<a href='part0.xhtml#b{n}'>↩</a></p></aside>"
            for n, text in enumerate(back, 1)
        )
        pages["notes.xhtml"] = f"<h2>Notes</h2>{notes}"
    navigation = (
        f"<nav epub:type='toc'><h1>Contents</h1><ol>{''.join(entries)}</ol></nav>"
        f"<nav epub:type='page-list'><ol>{''.join(printed)}</ol></nav>"
    )
    facts = (
        "<dc:title>{}</dc:title><dc:creator>Ada Keeper</dc:creator><dc:language>en</dc:language>"
    )
    metadata = facts.format(sentence(chance).rstrip(".?!")[:30])
    if chance.random() < 0.3:
        return book(pages, metadata=metadata, ncx=f"<navMap>{''.join(points)}</navMap>")
    return book(pages, metadata=metadata, navigation=navigation)


def _title(chance: Random, title: str) -> str:
    first, _, rest = title.partition(" ")
    return chance.choice((
        f"<h1>{title}</h1>",
        f"<h2>{first}<br/>{rest}</h2>",
        f"<p class='title'>{title}</p>",
        f"<p>{first}</p><h1>{rest}</h1>",
        "",
    ))  # fmt: skip


def _section(chance: Random, identifier: str, title: str) -> str:
    head = chance.choice((f"<h2 id='{identifier}'>{title}</h2>", f"<h3><a id='{identifier}'></a>{title}</h3>", f"<div id='{identifier}'></div>", f"<p id='{identifier}'>{prose(chance, 3)}</p>"))  # fmt: skip
    wrapped = chance.choice(("section", "div", ""))
    parts = "".join(part(chance, []) for _ in range(chance.randint(1, 3)))
    parts = (
        parts.replace("<br>", "<br/>")
        .replace("<hr>", "<hr/>")
        .replace("&nbsp;", "&#160;")
        .replace("&mdash;", "—")
    )
    parts = parts.replace(" reversed", "").replace("rowspan=2", "rowspan='2'")
    for level in "234":
        parts = parts.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    parts = parts.replace(".jpg' alt='", ".jpg' title='x' alt='").replace(
        "'><figcaption>", "'/><figcaption>"
    )
    return f"<{wrapped}>{head}{parts}</{wrapped}>" if wrapped else head + parts


def _point(title: str, target: str) -> str:
    return (
        f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{target}'/></navPoint>"
    )
