"""Reads the metadata of a page: JSON-LD first, then Open Graph and ``meta``."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from reader.core.document import Metadata
from reader.formats.cleaning import clean_line
from reader.formats.html.authors import names_of
from reader.formats.html.dates import date_beside_headline, iso_date, marked_date
from reader.formats.html.headline import headline

MAX_JSON = 20_000_000
"""The longest script that is read as JSON, in characters."""

_MAX_NODES = 200_000
_ARTICLES = frozenset(
    (
        "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle",
        "OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "TechArticle",
        "ScholarlyArticle", "Report", "SocialMediaPosting", "LiveBlogPosting", "Review", "WebPage",
    )
)  # fmt: skip
_TAGS = re.compile(r"<[^<>]*>")
_SITE_PARTS = re.compile(r"\s+[|–—·»-]\s+")


class PageFacts(NamedTuple):
    """The facts that a page states about its article."""

    metadata: Metadata
    """The metadata, without guesses."""
    description: str
    """A sentence about the article, often its standfirst."""
    article_body: str
    """The article's text, plain or HTML, if JSON-LD holds it."""
    base: str
    """The address that relative links start from; empty if it is unknown."""


def read_facts(root: Any, address: str) -> PageFacts:
    """Read the metadata of a page.

    Args:
        root: Its tree, with the scripts.
        address: The URL that it came from; empty if it is unknown.
    """
    meta = _meta_elements(root)
    linked = _linked_data(root)
    article = _article(linked)
    links = {(link.get("rel") or "").lower(): link.get("href") or "" for link in root.iter("link")}
    url = _absolute(links.get("canonical", ""), meta.get("og:url", ""), _text(article, "url"))
    site = _name(article.get("publisher")) or meta.get("og:site_name", "")
    site = site or meta.get("application-name", "")
    heading = root.find(".//title")
    title = _text(article, "headline") or meta.get("og:title", "") or meta.get("twitter:title", "")
    title = title or meta.get("citation_title", "") or meta.get("dc.title", "")
    whole_title = "" if heading is None else "".join(heading.itertext())
    stated = _without_site(_line(title or whole_title), _line(site))
    title = headline(root, stated, _line(site), is_from_title=not title)
    published = _date(_text(article, "datePublished"), *(meta.get(key, "") for key in _DATES))
    published = published or marked_date(root) or date_beside_headline(root)
    language = root.get("lang") or root.get("xml:lang") or _text(article, "inLanguage")
    language = language or meta.get("og:locale", "") or meta.get("content-language", "")
    base = root.find(".//base")
    base_address = "" if base is None else _absolute(base.get("href") or "")
    metadata = Metadata(
        title,
        _authors(article, meta),
        _line(site),
        published,
        _language(language),
        _line(url or _absolute(address)),
        modified=_date(
            _text(article, "dateModified"),
            *(meta.get(key, "") for key in _CHANGES),
            _time_changed(root),
        ),
    )
    body = _text(article, "articleBody") or _text(article, "text")
    description = _line(meta.get("og:description", "") or meta.get("description", ""))
    return PageFacts(metadata, description, body, base_address or address or _line(url))


_DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date.issued",
    "dc.date", "date", "pubdate", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_CHANGES = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "article:modified", "last-modified", "lastmod", "revised",
)  # fmt: skip
_AUTHORS = ("author", "citation_author", "article:author", "dc.creator", "parsely-author")


def _meta_elements(root: Any) -> dict[str, str]:
    """Return the first value of each ``meta`` by its name; authors are joined."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        key, value = key.strip().lower(), element.get("content") or ""
        if not key or not value.strip():
            continue
        if key not in values:
            values[key] = value
        elif key in _AUTHORS:
            values[key] += f"; {value}"
    return values


def _time_changed(root: Any) -> str:
    """Return the time of a page's last change, from its text or its ``meta`` elements."""
    for element in root.iter("time", "meta"):
        if element.get("itemprop") == "dateModified":
            return element.get("datetime") or element.get("content") or ""
    return ""


def _linked_data(root: Any) -> list[dict[str, Any]]:
    """Return all objects of all JSON-LD, including nested ones."""
    objects: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            objects += objects_of(parse_json(script.text or ""))
    return objects


def parse_json(source: str) -> Any:
    """Return the JSON value of a script; None if it is not JSON, too long or too deep.

    Comments before the value are left out, and what stands after it, as ``-->`` or ``//]]>``.
    """
    source = source.strip()
    if source.startswith(("<!--", "//", "/*")):
        source = re.sub(r"\A(?:<!--|//[^\n]*\n|/\*.{0,200}?\*/)+", "", source, flags=re.DOTALL)
    if not source or len(source) > MAX_JSON:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(source.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def objects_of(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON value, the outer ones first, up to ``_MAX_NODES``."""
    pending = [value]
    for _ in range(_MAX_NODES):
        if not pending:
            return
        current = pending.pop(0) if len(pending) < 1000 else pending.pop()
        if isinstance(current, dict):
            yield current
            pending += [inner for inner in current.values() if isinstance(inner, (dict, list))]
        elif isinstance(current, list):
            pending += [inner for inner in current if isinstance(inner, (dict, list))]


def _article(linked: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the object of the article; an empty one if there is none."""
    best: dict[str, Any] = {}
    for candidate in linked:
        kinds = candidate.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if not any(isinstance(name, str) and name in _ARTICLES for name in names):
            continue
        is_page = "WebPage" in names
        if (_text(candidate, "headline") or _text(candidate, "articleBody")) and not is_page:
            return candidate
        if not best and _text(candidate, "headline"):
            best = candidate
    return best


def _text(of: dict[str, Any], key: str) -> str:
    value = of.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@id") or value.get("name")
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""


def _authors(article: dict[str, Any], meta: dict[str, str]) -> tuple[str, ...]:
    creators = article.get("author") or article.get("creator")
    listed = creators if isinstance(creators, list) else [creators]
    names = names_of(_line(_name(one)) for one in listed[:50])
    if names:
        return names
    stated = next((meta[key].split("; ") for key in _AUTHORS if meta.get(key)), [])
    return names_of(map(_line, stated))


def _line(text: str) -> str:
    """Return a value as one line of plain text, without entities and tags."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAGS.sub("", text)
    return clean_line(text)


def _absolute(*addresses: str) -> str:
    return next(
        (one.strip() for one in addresses if one.strip().startswith(("http://", "https://"))), ""
    )


def _date(*dates: str) -> str:
    return next(filter(None, map(iso_date, dates)), "")


def _language(value: str) -> str:
    tag = _line(value).replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", tag) else ""


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of the site before or after it."""
    parts = _SITE_PARTS.split(title)
    if len(parts) < 2 or not site:
        return title
    folded_site = site.casefold()
    if parts[-1].casefold() == folded_site:
        return title[: title.rfind(parts[-1])].rstrip(" |–—·»-")
    if parts[0].casefold() == folded_site:
        return title[len(parts[0]) :].lstrip(" |–—·»-")
    return title
