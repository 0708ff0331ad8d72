"""The page: its head, the claims on top, each article, and what lost its place."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, count
from typing import Final, NamedTuple

from reader import __version__, clock
from reader.core.annotation import CLAIM, CONTEXT, QUOTE, Annotation
from reader.core.citation import citation, cite_evidence
from reader.core.claims import STANDARD_NAMES
from reader.core.document import Block, BlockKind, Document
from reader.core.evidence import evidence_in
from reader.core.text_formatting import one_line, page_label
from reader.digests import digest_of_pieces
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.outline import LOST, former_words
from reader.exports.spool import Spool, Spooled
from reader.exports.web_page.text import Marked, TextWriter, escaped, linked
from reader.paths import styles_folder
from reader.safe_text import sanitise_for_file

_ID: Final = re.compile(r'^<meta name="margin-article" content="([^"]*)">$', re.MULTILINE)
_QUERY: Final = re.compile(r'^<meta name="margin-query" content="([^"]*)">$', re.MULTILINE)
_DIGEST: Final = re.compile(r'^<meta name="margin-digest" content="([0-9a-f]+)">\n', re.MULTILINE)
_TAGS: Final = re.compile(r'^<p class="facts tags">(.*)</p>$', re.MULTILINE)
_SAFE: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""A page that may fetch nothing and run nothing."""

_TONES: Final = frozenset((QUOTE, CLAIM, CONTEXT))


class _Section(NamedTuple):
    """What the page shows of one article; its text is in a spool."""

    id: str
    title: str
    language: str
    query: str
    anchor: str
    head: str
    claims: Spooled | None
    """The rows of its claims in the table on top; None where it has none."""
    body: Spooled


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield one page with the articles, by title; it needs no other file, no script and no network.

    Where there is room the notes stand beside their passages; on a narrow screen below them.

    Args:
        items: The articles; they are taken one at a time.
        options: What was asked for.
    """
    numbers = count()
    with Spool() as spool:

        def put(item: ExportedArticle) -> _Section:
            return _section(item, options.tags, f"a{next(numbers)}", spool)

        sections = in_order(items, put)
        head = "".join(_head(sections))
        digest = _digest(chain([head], _page(sections, spool)))
        written = f'<meta name="margin-digest" content="{digest}">'
        yield head.replace("</title>\n", f"</title>\n{written}\n", 1)
        yield from _page(sections, spool)


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a page; none if Margin did not write it."""
    head = text.partition("</head>")[0]
    return [html.unescape(each) for each in _ID.findall(head)] if _DIGEST.search(head) else []


def query_of(text: str) -> str:
    """Return what chose the annotations of a page of Margin's; empty where it names nothing."""
    match = _QUERY.search(text.partition("</head>")[0])
    return html.unescape(match[1]) if match else ""


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a page is as Margin wrote it, by its digest.

    Args:
        text: A page of Margin's.
        annotations: The annotations by id, deleted ones too; the digest is enough.
    """
    match = _DIGEST.search(text)
    return match is not None and match[1] == _digest([text[: match.start()], text[match.end() :]])


def written_digest(text: str) -> str:
    """Return the digest that a file has of what Margin wrote; empty where it has none."""
    return match[1] if (match := _DIGEST.search(text)) else ""


def as_copy(text: str, new: str) -> str:  # noqa: ARG001
    """Return a file of Margin's that is not known as such.

    Args:
        text: The file.
        new: What replaces it.
    """
    return text.replace('<meta name="margin-digest"', '<meta name="margin-copy"', 1)


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether a note of a page of Margin's has one of some tags."""
    shown = {html.unescape(tag) for line in _TAGS.findall(text) for tag in line.split(" · ")}
    return not shown.isdisjoint(map(sanitise_for_file, tags))


def _digest(pieces: Iterable[str]) -> str:
    return digest_of_pieces(pieces)[:16]


@cache
def _style() -> str:
    return (styles_folder() / "exported_page.css").read_text("utf-8")


def _head(sections: Sequence[_Section]) -> Iterator[str]:
    single = sections[0] if len(sections) == 1 else None
    yield f'<!DOCTYPE html>\n<html lang="{escaped(single.language if single else "") or "en"}">\n'
    yield '<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f'<meta name="generator" content="Margin {__version__}">\n'
    for each in sections:
        yield f'<meta name="margin-article" content="{escaped(each.id)}">\n'
    if query := next((each.query for each in sections), ""):
        yield f'<meta name="margin-query" content="{escaped(query)}">\n'
    yield f"<title>{single.title if single else 'Notes'}</title>\n"
    yield f"<style>{_style()}</style>\n</head>\n"


def _page(sections: Sequence[_Section], spool: Spool) -> Iterator[str]:
    yield "<body>\n<main>\n"
    is_single = len(sections) == 1
    if is_single:
        yield sections[0].head
    else:
        links = (f'<li><a href="#{each.anchor}">{each.title}</a></li>' for each in sections)
        yield f"<h1>Notes</h1>\n<nav><ol>{''.join(links)}</ol></nav>\n"
    claims = [each.claims for each in sections if each.claims is not None]
    if claims:
        heads = "<tr><th>Claim</th><th>Who</th><th>Status</th><th>Evidence</th></tr>"
        yield f'<section>\n<h2>Claims</h2>\n<div class="table"><table>\n{heads}\n'
        yield from map(spool.text, claims)
        yield "</table></div>\n</section>\n"
    for each in sections:
        yield f'<article id="{each.anchor}"{_language(each.language)}>\n'
        if not is_single:
            yield each.head
        yield spool.text(each.body)
        yield "</article>\n"
    yield "</main>\n</body>\n</html>\n"


def _section(item: ExportedArticle, tags: Collection[str], anchor: str, spool: Spool) -> _Section:
    chosen = item.selected(tags)
    article = item.article
    title = escaped(item.title)
    placed = [each for each in chosen if _is_visible(item.document, each)]
    notes = {each.id: _note(item, each, anchor) for each in chosen}
    lines = [] if item.document is None else [*_text(item, item.document, placed, notes, anchor)]
    if others := [each for each in chosen if each not in placed]:
        lines += _without_place(others, notes, anchor, has_text=item.document is not None)
    claims = [_claim_row(each, anchor) for each in chosen if CLAIM in each.tags or each.status]
    return _Section(
        article.id,
        title,
        article.metadata.language,
        item.query,
        anchor,
        f'<header>\n<h1 dir="auto">{title}</h1>\n'
        f'<p class="facts" dir="auto">{citation(article, linked)}</p>\n</header>\n',
        spool.put("".join(claims)) if claims else None,
        spool.put("".join(lines)),
    )


def _is_visible(document: Document | None, annotation: Annotation) -> bool:
    if document is None or annotation.is_orphaned:
        return False
    return not annotation.range.is_empty and bool(document.quote(annotation.range).strip())


def _without_place(
    annotations: Iterable[Annotation], notes: Mapping[str, str], anchor: str, *, has_text: bool
) -> Iterator[str]:
    yield f"<section>\n<h2>{LOST if has_text else 'Passages'}</h2>\n"
    for each in annotations:
        quote = escaped(each.selector.exact).replace("\n", "<br>")
        yield f'<div class="passage">\n{notes[each.id]}<blockquote id="{_key(anchor, each)}">'
        yield f'<p dir="auto">{quote}</p></blockquote>\n</div>\n'
    yield "</section>\n"


def _language(language: str) -> str:
    return f' lang="{escaped(language)}"' if language else ""


def _text(
    item: ExportedArticle,
    document: Document,
    placed: Sequence[Annotation],
    notes: Mapping[str, str],
    anchor: str,
) -> Iterator[str]:
    marked = [
        Marked(each.place.start, each.place.end, _key(anchor, each), _tone(each)) for each in placed
    ]
    beside: dict[int, str] = {}
    for each in placed:
        index = document.block_index(each.place.start)
        beside[index] = beside.get(index, "") + notes[each.id]

    def notes_of(block: Block) -> str:
        return beside.get(document.block_index(block.start), "")

    title = _title_block(item, document)
    is_marked = title is not None and any(each.start < title.end for each in marked)
    return TextWriter(
        document,
        marked,
        prefix=anchor,
        beside=notes_of,
        without=None if is_marked else title,
    ).blocks()


def _title_block(item: ExportedArticle, document: Document) -> Block | None:
    """Return the heading that is the title, at the start of the text; None where there is none."""
    first = next((each for each in document.blocks if not each.residue), None)
    if first is None or first.kind is not BlockKind.HEADING:
        return None
    return first if one_line(document.text[first.start : first.end]) == item.title else None


def _key(anchor: str, annotation: Annotation) -> str:
    return f"{anchor}-m-{re.sub('[^A-Za-z0-9-]', '-', annotation.id)}"


def _tone(annotation: Annotation) -> str:
    """Return the classes of the colour of an annotation: a tag's, and over it a status's."""
    tone = annotation.tags[0] if annotation.tags and annotation.tags[0] in _TONES else "other"
    is_known = annotation.status in STANDARD_NAMES
    return f"{tone} {annotation.status}" if is_known else tone


def _note(item: ExportedArticle, annotation: Annotation, anchor: str) -> str:
    """Return the note of an annotation, with what is known of the passage."""
    key = _key(anchor, annotation)
    about = " · ".join(filter(None, (annotation.speaker.strip(), annotation.status or "")))
    about = about or ", ".join(annotation.tags)
    facts = (page_label(annotation.selector.page), _day(annotation.created))
    lines = [
        f'<aside role="note" class="note {_tone(annotation)}" id="{key}-note">',
        f'<p dir="auto"><a class="about" href="#{key}">{escaped(one_line(about))}</a></p>',
        *_written(item, annotation, key),
        *(f"<p>{cite_evidence(each, linked)}</p>" for each in evidence_in(annotation.links)),
        *_former(item, annotation),
        f'<p class="facts tags">{" · ".join(map(escaped, annotation.tags))}</p>',
        f'<p class="facts">{" · ".join(escaped(fact) for fact in facts if fact)}</p>',
        "</aside>",
    ]
    return "\n".join(lines) + "\n"


def _written(item: ExportedArticle, annotation: Annotation, key: str) -> Iterator[str]:
    """Yield what the reader wrote: laid out where the note was read, else line by line."""
    document = item.notes.get(annotation.id)
    if document is not None:
        yield from TextWriter(document, prefix=f"{key}-n", lowest_heading=4).blocks()
    elif annotation.note.strip():
        yield f"<p>{'<br>'.join(map(escaped, annotation.note.strip().splitlines()))}</p>"


def _former(item: ExportedArticle, annotation: Annotation) -> Iterator[str]:
    if words := former_words(item, annotation, lambda text, _: escaped(one_line(text))):
        yield f"<p>{words}</p>"


def _claim_row(annotation: Annotation, anchor: str) -> str:
    words = one_line(annotation.selector.exact)
    evidence = "<br>".join(cite_evidence(each, linked) for each in evidence_in(annotation.links))
    cells = (
        f'<a href="#{_key(anchor, annotation)}">{escaped(words)}</a>',
        escaped(annotation.speaker),
        escaped(annotation.status or ""),
        evidence,
    )
    return "<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>\n"


def _day(moment: str) -> str:
    return clock.day_in_words(moment, names_year=True)
