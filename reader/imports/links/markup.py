"""Reads lists in markup: bookmarks in HTML, and OPML. Nothing is loaded or expanded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reader.imports.links.link import ARCHIVED, Link, folder_tags
from reader.imports.values import FAVOURITE, MAX_TAG, moment_in, tags_in

_FOLDERS_OF_BROWSERS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")


def from_bookmarks(text: str) -> Iterator[Link]:
    """Yield the links of nested lists; the folder of a link is a tag.

    Pocket and Instapaper have no folders but a heading before each list, and one list is the
    archive.
    """
    from lxml import etree  # noqa: PLC0415  (most lists are no markup)

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    heading, folders = "", [""]
    for event, element in etree.iterwalk(root, ("start", "end")) if root is not None else ():
        if element.tag == "dl":
            if event == "start":
                folders.append(heading)
            elif len(folders) > 1:
                folders.pop()
        elif event == "start" and element.tag in {"h1", "h2", "h3"}:
            is_own = not any(element.get(name) for name in _FOLDERS_OF_BROWSERS)
            name = " ".join("".join(element.itertext()).split()).casefold()[: MAX_TAG + 1]
            heading = name if is_own and element.tag != "h1" else ""
            if element.tag == "h1":
                folders[0] = name
        elif event == "start" and element.tag == "a":
            yield _bookmark(element.attrib, folders[-1])


def _bookmark(attributes: Mapping[str, str], folder: str) -> Link:
    tags = (*tags_in(attributes.get("tags"), ","), *folder_tags(folder))
    if attributes.get("data-important") == "true":
        tags = (*tags, FAVOURITE)
    return Link(
        attributes.get("href", "").strip(),
        moment_in(attributes.get("add_date") or attributes.get("time_added") or ""),
        tuple(dict.fromkeys(tags)),
        folder.removeprefix("read ") in ARCHIVED,
    )


def from_opml(text: str) -> Iterator[Link]:
    """Yield the pages of an OPML and the pages of its feeds; feeds are not articles.

    The outlines around a page are its folders, and each folder is a tag.
    """
    from lxml import etree  # noqa: PLC0415  (most lists are no markup)

    # Nothing is loaded, and the limits of libxml2 hold against entities that grow.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    folders: list[str] = []
    for event, outline in etree.iterwalk(root, ("start", "end")) if root is not None else ():
        if outline.tag != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        each = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        url = (each.get("url") or each.get("htmlurl") or "").strip()
        is_page = bool(url or each.get("xmlurl"))
        if is_page:
            yield _opml_link(url, each, folders)
        folders.append("" if is_page else _folder_name(each.get("text") or each.get("title")))


def _folder_name(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()[: MAX_TAG + 1]


def _opml_link(url: str, attributes: Mapping[str, str], folders: Sequence[str]) -> Link:
    tags = [*tags_in(attributes.get("category"), ",")]
    tags += (tag for folder in folders for tag in folder_tags(folder))
    is_archived = any(folder.removeprefix("read ") in ARCHIVED for folder in folders)
    moment = moment_in(attributes.get("created", ""))
    return Link(url, moment, tuple(dict.fromkeys(tags)), is_archived)
