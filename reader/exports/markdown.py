"""The Markdown writer: a file that anyone can read, on GitHub, in a mail, or in a vault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from reader.core.addresses import file_name, is_web_address
from reader.core.annotation import Annotation, Article
from reader.core.citation import day
from reader.core.text_formatting import one_line
from reader.exported_markdown.blocks import CLAIM_HEADING, OTHER_HEADING
from reader.exported_markdown.record import ArticleRecord, article_lines
from reader.exports.escape import escape_inline, escape_start
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.outline import all_tags, sections
from reader.exports.own_markdown import whole_file
from reader.exports.quotation import (
    block_id,
    evidence_lines,
    is_claim,
    link_target,
    tag_name,
    write_quotation,
)
from reader.exports.spool import Spool, Spooled

CLAIMS: Final = "Claims"
"""The heading above the table of the claims."""
CLAIMS_HEAD: Final = "| Claim | Who | Status | Evidence |\n| --- | --- | --- | --- |"


class _Claim(NamedTuple):
    """A claim in the table on top."""

    words: str
    block_id: str
    cells: str
    """The cells after its words."""


class _Part(NamedTuple):
    """A heading, or a quotation with its note, which is in a spool."""

    text: str | Spooled
    claim: _Claim | None = None
    """What the table says of the quotation, if it is a claim."""


class _Section(NamedTuple):
    """What the text shows of one article; far smaller than the article with its document."""

    title: str
    byline: str
    parts: list[_Part]
    fields: dict[str, str | list[str]]
    tags: set[str]
    query: str
    id: str
    record: Spooled
    """Its lines in the record of the file."""


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the articles' annotations as one Markdown text, in pieces.

    Args:
        items: One article, or several that go into one text, by title; they are taken one at a
            time, so that they need not all be in memory.
        options: What was asked for.
    """
    with Spool() as spool:
        articles = in_order(items, lambda item: _section(item, options, spool))
        parts = list(_body(articles, has_ids=options.has_ids))

        def body() -> Iterator[str]:
            for number, part in enumerate(parts, 1):
                text = part if isinstance(part, str) else spool.text(part)
                yield f"{text}\n\n" if number < len(parts) else f"{text.rstrip()}\n"

        if options.is_known_again or options.has_ids:
            has_fields = options.has_ids or options.has_front_matter
            fields = _fields(articles) if has_fields else {}
            ids = [each.id for each in articles]
            records = (spool.text(each.record) for each in articles)
            query = next((each.query for each in articles), "")
            yield from whole_file(
                fields, body, ids, records, exported=options.exported, query=query
            )
        else:
            yield from body()


def _fields(articles: Sequence[_Section]) -> dict[str, str | list[str]]:
    """Return the fields of the front matter."""
    used = sorted(set().union(*(each.tags for each in articles)))
    own = articles[0].fields if len(articles) == 1 else {"title": "Notes"}
    return {**own, "tags": used}


def _body(articles: Sequence[_Section], *, has_ids: bool) -> Iterator[str | Spooled]:
    """Yield the parts of the text, between which empty lines stand."""
    is_single = len(articles) == 1
    above = [articles[0].title, CLAIMS] if is_single else [CLAIMS]
    body = _Body(above, has_ids=has_ids)
    for article in articles:
        if not is_single:
            body.add_heading("#", article.title)
            body.texts += filter(None, (article.byline,))
        for part in article.parts:
            if isinstance(part.text, str):
                body.add_heading("##", part.text)
            else:
                body.add_quotation(part)
    if is_single:
        yield from filter(None, (f"# {articles[0].title}", articles[0].byline))
    if body.rows:
        yield f"{'##' if is_single else '#'} {CLAIMS}"
        yield "\n".join([CLAIMS_HEAD, *body.rows])
    yield from body.texts


class _Body:
    """The headings and quotations in their order, and the rows of the claims that lead to them."""

    def __init__(self, headings: Iterable[str], *, has_ids: bool) -> None:
        """Begin below some headings."""
        self._has_ids = has_ids
        self._anchors = _Anchors()
        for each in headings:
            self._anchors.take(each)
        self._is_below_claim = False
        self.texts: list[str | Spooled] = []
        self.rows: list[str] = []

    def add_heading(self, signs: str, heading: str) -> None:
        """Add the heading of an article or a section."""
        self.texts.append(f"{signs} {heading}")
        self._anchors.take(heading)
        self._is_below_claim = False

    def add_quotation(self, part: _Part) -> None:
        """Add a quotation: a claim with a heading to lead to, unless its block id does."""
        claim = part.claim
        if claim is not None:
            anchor = f"^{claim.block_id}"
            if not self._has_ids:
                heading = f"{CLAIM_HEADING}{len(self.rows) + 1}"
                self.texts.append(heading)
                anchor = self._anchors.take(heading.lstrip("# "))
            self.rows.append(f"| [{claim.words}](#{anchor}) | {claim.cells} |")
        elif self._is_below_claim and not self._has_ids:
            self.texts.append(OTHER_HEADING)
        self._is_below_claim = claim is not None
        self.texts.append(part.text)


class _Anchors:
    """The anchors that GitHub gives to headings, in their order.

    See https://github.com/Flet/github-slugger, which has GitHub's rules.
    """

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def take(self, heading: str) -> str:
        """Return the anchor of the next heading."""
        letters = (each for each in heading.casefold() if each.isalnum() or each in " -_")
        plain = anchor = "".join(letters).replace(" ", "-")
        while anchor in self._taken:
            anchor = f"{plain}-{self._taken[plain]}"
            self._taken[plain] += 1
        self._taken[anchor] += 1
        return anchor


def _section(item: ExportedArticle, options: ExportOptions, spool: Spool) -> _Section:
    chosen = item.selected(options.tags)
    records = []
    parts: list[_Part] = []
    for heading, under in sections(item, chosen):
        parts += [_Part(escape_inline(heading))] if heading else []
        for annotation in under:
            written = write_quotation(item, annotation, has_id=options.has_ids)
            claim = _claim(annotation, written.words) if is_claim(annotation) else None
            parts.append(_Part(spool.put(written.text), claim))
            records.append(written.record)
    return _Section(
        escape_inline(item.title),
        _byline(item.article),
        parts,
        _article_fields(item),
        _tags(item, chosen),
        item.query,
        item.article.id,
        spool.put(article_lines(ArticleRecord(item.article.id, tuple(records)))),
    )


def _claim(annotation: Annotation, words: str) -> _Claim:
    cells = (
        escape_inline(annotation.speaker),
        escape_inline(annotation.status or ""),
        "; ".join(evidence_lines(annotation)),
    )
    return _Claim(_in_link(words), block_id(annotation.id), " | ".join(cells))


def _in_link(markdown: str) -> str:
    """Return Markdown for the text of a link.

    A closing bracket would end it, and an escaped one is LaTeX to Logseq.
    """
    return markdown.replace("]", "&#93;")


def _article_fields(item: ExportedArticle) -> dict[str, str | list[str]]:
    """Return the fields of an article; one without an address has the name of its file."""
    article = item.article
    metadata = article.metadata
    return {
        "title": item.title,
        "authors": list(metadata.authors),
        "site": metadata.site,
        "url": article.address,
        "source": "" if article.address else file_name(article.source),
        "published": metadata.published,
        "accessed": article.accessed,
        "archive": article.archive,
    }


def _tags(item: ExportedArticle, annotations: Iterable[Annotation]) -> set[str]:
    """Return the tags of an article and of annotations."""
    return set(map(tag_name, all_tags(item, annotations)))


def _byline(article: Article) -> str:
    """Return the line on the origin of an article; empty if nothing is known."""
    metadata = article.metadata
    site, address = one_line(metadata.site), article.address
    outlet = escape_inline(site)
    if address:
        outlet = _linked(site or _host(address), address)
    elif not site:
        outlet = escape_inline(file_name(article.source))
    facts = (
        escape_inline(", ".join(filter(None, map(one_line, metadata.authors)))),
        outlet,
        escape_inline(day(metadata.published)),
        f"accessed {escape_inline(day(article.accessed))}" if article.accessed else "",
        _linked("archived copy", article.archive) if is_web_address(article.archive) else "",
    )
    return escape_start(" · ".join(filter(None, facts)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _linked(text: str, address: str) -> str:
    return f"[{_in_link(escape_inline(text))}]({link_target(address)})"
