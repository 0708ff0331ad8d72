"""HTML: reads the article of a page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree
from msgspec.structs import replace

from reader.core.document import BlockKind, Document
from reader.errors import NoArticleError, SourceError
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.html.candidates import is_sentence
from reader.formats.html.dates import date_shown_beside
from reader.formats.html.embedded import Frame, open_frames, unwrap_shadow_roots
from reader.formats.html.extraction import MAX_EXTRACTED, extract, guess_metadata
from reader.formats.html.links import host_of, saved_address, targets, turn_inside
from reader.formats.html.matching import ExtractedText, without_spaces
from reader.formats.html.metadata import PageFacts, read_facts
from reader.formats.html.page import (
    decode_page,
    drop_permalinks,
    parse_page,
    part_long_texts,
    tidy,
    without_payloads,
)
from reader.formats.html.residue import dim_residue
from reader.formats.html.script_data import MIN_PROSE, article_in_scripts, text_as_html
from reader.formats.html.selection import Selection, is_same_title
from reader.formats.html.short_article import MIN_SHORT
from reader.formats.html.style_rules import hide_by_rules
from reader.formats.source_info import SourceInfo
from reader.formats.tree.blocks import TreeReader

MIN_ARTICLE = 200
"""The shortest article on a page that holds other things as well, in letters."""

_NO_FRAMES: Mapping[str, Frame] = MappingProxyType({})
_COVERED = 0.8
_MORE = 1.5
_GUESSED = ("title", "authors", "site", "published", "language", "url")
_LINK_SHARE = 0.3
_MOSTLY_LINKS = 0.6
_PARAGRAPH = 150
_SENTENCE = 40


def read_page(
    data: bytes, name: str, info: SourceInfo, frames: Mapping[str, Frame] = _NO_FRAMES
) -> Document:
    """Return the article of a page, or all of its text if ``info`` asks for it.

    Args:
        data: The bytes of the page.
        name: Its name or path, for its title and for errors.
        info: Where the page came from, and how it is to be read.
        frames: The pages of its frames, by their addresses, if the file holds them.

    Raises:
        SourceError: The page is not text, is too large, or holds no article.
    """
    source = decode_page(without_payloads(data, name), info.charset, name)
    root = parse_page(source)
    if root is None:
        raise SourceError("Nothing to read", f"{name or 'The page'} holds no text.")
    address = info.url or saved_address(source)
    drop_permalinks(root)
    facts = read_facts(root, address)
    unwrap_shadow_roots(root)
    hide_by_rules(root)
    open_frames(root, facts.base, frames)
    turn_inside(root, address, facts.base, facts.metadata.url)
    if not info.is_whole:
        facts = _completed(facts, root)
    shown_name = name if info.is_saved else info.url or name
    try:
        article, selection = _find_article(root, facts, shown_name)
    except NoArticleError:
        if not info.is_whole:
            raise
        article, selection = root.find("body"), None
    if selection is not None:
        report = selection.report()
        facts = facts._replace(metadata=replace(facts.metadata, **report._asdict()))
        selection.mark_corrections()
        if info.is_whole:
            selection.mark_left_out()
        else:
            selection.prune()
    elif info.is_whole:
        article = root.find("body")
    part_long_texts(article)
    has_roles = info.is_whole or bool(facts.metadata.corrections)
    return _document(article, facts, name, has_roles=has_roles)


def _find_article(root: Any, facts: PageFacts, name: str) -> tuple[Any, Selection | None]:
    """Return the tree that holds the article, and what of it is the article; None for all of it.

    Raises:
        NoArticleError: There is none.
    """
    body = root.find("body")
    asks_who = root.find(".//input[@type='password']") is not None
    has_scripts = next(root.iter("script"), None) is not None
    in_scripts = article_in_scripts(root) if has_scripts and _is_shell(body) else ""
    tidy(root)
    shown = len(without_spaces("".join(body.itertext())))
    if shown > MAX_EXTRACTED:
        return body, None
    extracted_body = extract(root, shown)
    extracted = None if extracted_body is None else ExtractedText(extracted_body)
    letters = 0 if extracted is None else len(extracted)
    is_short = letters < MIN_ARTICLE
    for source in (text_as_html(facts.article_body) if facts.article_body else "", in_scripts):
        if len(source) < (MIN_SHORT if is_short and source is not in_scripts else MIN_PROSE):
            continue
        tree = parse_page(source)
        if tree is None:
            continue
        tidy(tree)
        found = len(without_spaces("".join(tree.itertext())))
        if found > _MORE * letters + (0 if is_short else MIN_ARTICLE):
            return tree.find("body"), None
    selection = Selection(body)
    title, description = facts.metadata.title, facts.description
    host = host_of(facts.base)
    if extracted is None or is_short or _is_index(body, shown, letters):
        if _is_plain(body):
            return body, None
        if not asks_who and selection.select_short(title=title, description=description, host=host):
            return body, selection
        if asks_who:
            raise NoArticleError(
                "Log-in needed",
                f"{name or 'The page'} asks for a password instead of showing an article; log in "
                "with a browser, save the page there, and open the saved file.",
            )
        raise NoArticleError(
            "No article found",
            f"{name or 'The page'} holds no article that Margin can tell from the rest; to read "
            f"all of its text: margin --whole {name or 'PAGE'}",
        )
    if selection.select(extracted, title=title, description=description, host=host) < _COVERED:
        shaped = extract(root, shown, is_shaped=True)
        return (extracted_body if shaped is None else shaped), None
    return body, selection


def _is_shell(body: Any) -> bool:
    """Return whether a page shows little without its scripts."""
    shown = 0
    for element in body.iter():
        if element.tag not in ("script", "style", "noscript", "template"):
            shown += len((element.text or "").strip())
        shown += len((element.tail or "").strip())
        if shown > 10 * MIN_PROSE:
            return False
    return True


def _is_plain(body: Any) -> bool:
    """Return whether a page is only a text, however short, with no forms and hardly a link."""
    letters = len(without_spaces("".join(body.itertext())))
    if not letters or next(body.iter("form", "nav", "input", "button"), None) is not None:
        return False
    return _linked(body) < _LINK_SHARE * letters


def _is_index(body: Any, shown: int, kept: int) -> bool:
    """Return whether a page and the text extracted from it are mostly links."""
    return kept > _MOSTLY_LINKS * shown and _linked(body) > _MOSTLY_LINKS * shown


def _linked(tree: Any) -> int:
    """Return the number of letters in links that are no sentences."""
    texts = ("".join(link.itertext()).strip() for link in tree.iter("a"))
    lengths = (
        0
        if len(text) >= _PARAGRAPH or (len(text) >= _SENTENCE and is_sentence(text))
        else len(without_spaces(text))
        for text in texts
    )
    return sum(lengths)


def _completed(facts: PageFacts, root: Any) -> PageFacts:
    """Ask the extractor for facts that the page does not state in the usual elements."""
    metadata = facts.metadata
    if metadata.title and metadata.authors and metadata.published:
        return facts
    etree.strip_elements(root, "style", "svg", with_tail=False)
    if sum(map(len, root.itertext())) > MAX_EXTRACTED:
        return facts
    guess = guess_metadata(root, facts.base)
    if not metadata.published:
        shown = date_shown_beside(root, metadata.title or guess.title)
        guess = replace(guess, published=shown or guess.published)
    guessed = {
        name: value
        for name in _GUESSED
        if not getattr(metadata, name) and (value := getattr(guess, name))
    }
    return facts._replace(metadata=replace(metadata, **guessed, guessed=tuple(guessed)))


def _document(article: Any, facts: PageFacts, name: str, *, has_roles: bool) -> Document:
    builder = DocumentBuilder()
    title = facts.metadata.title
    first = next((one for one in article.iter("h1", "h2") if "".join(one.itertext()).strip()), None)
    if title and (
        first is None or (first.tag == "h2" and not is_same_title("".join(first.itertext()), title))
    ):
        builder.add(BlockKind.HEADING, title, level=1, label=builder.unique_label(title))
    resolve, label_of = targets(article, facts)
    reader = TreeReader(builder, resolve=resolve, label_of=label_of, has_roles=has_roles)
    reader.read(article)
    metadata = facts.metadata
    if not metadata.title:
        metadata = replace(metadata, title=reader.title or title_from_name(name))
    return dim_residue(builder.document(metadata, is_complete=True))
