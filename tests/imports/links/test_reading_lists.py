"""Lists of articles in the form in which each program writes them; all are made up."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.addresses import is_web_address
from reader.errors import SourceError
from reader.imports import archive as archive_module
from reader.imports import values
from reader.imports.links import ArchivedCopies, Link, archives, link, read_links, reading_lists

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1700000000">News</H3>
    <DL><p>
        <DT><A HREF="https://news.example/tides?a=1&amp;b=2" ADD_DATE="1700000000" TAGS="Sea,law">T</A>
        <DD>A description
        <DT><A HREF="place:sort=8" ADD_DATE="1700000000">Recent</A>
        <DT><A HREF="javascript:alert(1)">Button</A>
    </DL><p>
    <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Toolbar</H3>
    <DL><p><DT><A HREF="https://bar.example/">Bar</A></DL><p>
    <DT><A HREF="HTTP://bridges.example/" ADD_DATE="1700000000123456">Bridges</A>
</DL>
"""

POCKET_HTML = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1>
<ul><li><a href="https://news.example/tides" time_added="1700000000" tags="sea">The tides</a></li>
</ul><h1>Read Archive</h1><ul><li><a href="https://bridges.example/" tags="">Bridges</a></li></ul>
</body></html>"""

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Links</title></head><body>
<outline text="News"><outline type="link" text="Tides" url="https://news.example/tides?a=1&amp;b=2"/>
<outline type="rss" text="A feed" xmlUrl="https://feed.example/rss" htmlUrl="https://feed.example/"/>
<outline type="rss" text="Only a feed" xmlUrl="https://other.example/rss"/></outline></body></opml>"""

POCKET = """title,url,time_added,tags,status
"The tides, again",https://news.example/tides,1700000000,sea|law,unread
Bridges,https://bridges.example/,1700000001,,archive
"""

INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://news.example/tides,The tides,,Unread,1700000000,"[""sea"", ""law, old""]"
https://bridges.example/,"Bridges
on two lines",,Archive,1700000001,[]
https://law.example/,Law,,Sea Law,1700000002,[sic
"""

OMNIVORE = [
    {
        "id": "1",
        "slug": "tides",
        "title": "The tides",
        "url": "https://news.example/tides",
        "state": "Active",
        "readingProgress": 30,
        "labels": ["Sea", "law"],
        "savedAt": "2023-11-14T22:13:20.000Z",
    },
    {"title": "Bridges", "url": "https://bridges.example/", "state": "Archived", "labels": None},
    {"title": "no address", "url": None},
]

TEXT = """# what to read, https://comment.example/
https://news.example/tides
  - [Bridges](https://bridges.example/a_(b)) and (see https://law.example/).
ftp://files.example/ and www.example.org are none
"""


def archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return packed.getvalue()


TIDES = Link("https://news.example/tides", "2023-11-14T22:13:20.000Z")


def test_bookmarks_of_a_browser() -> None:
    assert read_links(BOOKMARKS.encode(), "b.html") == [
        Link("https://news.example/tides?a=1&b=2", TIDES.added, ("sea", "law", "news")),
        Link("https://bar.example/"),
        Link("HTTP://bridges.example/", TIDES.added[:-4] + "000Z"),
    ]


def test_pockets_older_export_in_html() -> None:
    assert read_links(POCKET_HTML.encode(), "p.html") == [
        TIDES._replace(tags=("sea",)),
        Link("https://bridges.example/", is_archived=True),
    ]


def test_the_links_of_an_opml_are_pages_and_not_feeds() -> None:
    found = [each.url for each in read_links(OPML.encode(), "o.opml")]
    assert found == ["https://news.example/tides?a=1&b=2", "https://feed.example/"]


@pytest.mark.parametrize(
    ("outlines", "tags", "is_archived"),
    [
        ('<outline text="News">PAGE</outline>', ("news",), False),
        (
            '<outline title=" The  Sea "><outline text="Law">PAGE</outline></outline>',
            ("the sea", "law"),
            False,
        ),
        (
            '<outline text="News"><outline text="a page" url="https://other.example/"/>PAGE</outline>',
            ("news",),
            False,
        ),
        ('<outline text="News"/>PAGE', (), False),
        ('<outline text="News"><outline text="Law"/></outline>PAGE', (), False),
        ('<outline text="Unread">PAGE</outline>', (), False),
        ('<outline text="Archive">PAGE</outline>', (), True),
        ('<outline text="Read archive"><outline text="Sea">PAGE</outline></outline>', ("sea",), True),
        ('<outline><outline text="NEWS"><outline text="news">PAGE</outline></outline></outline>', ("news",), False),
        (f'<outline text="{"x" * 500}">PAGE</outline>', (), False),
        ('<outline text="A feed" xmlUrl="https://feed.example/rss">PAGE</outline>', (), False),
    ],
)  # fmt: skip
def test_the_folders_of_an_opml_are_tags(
    outlines: str, tags: tuple[str, ...], is_archived: bool
) -> None:
    page = '<outline text="Tides" url="https://tides.example/" />'
    text = f"<opml><body>{outlines.replace('PAGE', page)}</body></opml>"
    link = next(
        each for each in read_links(text.encode(), "o.opml") if each.url == "https://tides.example/"
    )
    assert (link.tags, link.is_archived) == (tags, is_archived)


def test_the_categories_of_an_opml_come_before_its_folders() -> None:
    text = (
        '<opml><body><outline text="News"><outline url="https://tides.example/" '
        'category="Law,news"/></outline></body></opml>'
    )
    assert read_links(text.encode(), "o.opml")[0].tags == ("law", "news")


def test_an_opml_of_many_folders_within_each_other_ends() -> None:
    depth = 5000
    text = "<opml>" + "<outline text='a'>" * depth + "<outline url='https://a.example/'/>"
    assert len(read_links(text.encode(), "o.opml")) <= 1


def test_pockets_table() -> None:
    assert read_links(POCKET.encode("utf-8-sig"), "p.csv") == [
        TIDES._replace(tags=("sea", "law")),
        Link("https://bridges.example/", "2023-11-14T22:13:21.000Z", (), True),
    ]


def test_a_long_cell_of_a_table_is_read() -> None:
    csv.field_size_limit(131_072)  # as in a process that has read no table
    text = f"url,folder,excerpt\nhttps://law.example/,Unread,{'x' * 300_000}\n"
    assert [each.url for each in read_links(text.encode(), "i.csv")] == ["https://law.example/"]


def test_instapapers_table() -> None:
    assert read_links(INSTAPAPER.encode("utf-16"), "i.csv") == [
        TIDES._replace(tags=("sea", "law, old")),
        Link("https://bridges.example/", "2023-11-14T22:13:21.000Z", (), True),
        Link("https://law.example/", "2023-11-14T22:13:22.000Z", ("[sic", "sea law")),
    ]


def test_the_tables_of_raindrop_and_of_readers() -> None:
    raindrop = (
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '1,T,,,https://news.example/tides,News/Old boats,"Sea, law",2023-11-14T22:13:20.000Z,,,true\n'
        "2,B,,,https://bridges.example/,Unsorted,,1700000001,,,false\n"
    )
    assert read_links(raindrop.encode(), "r.csv") == [
        Link(
            "https://news.example/tides",
            TIDES.added,
            ("sea", "law", "news", "old boats", "favorite"),
        ),
        Link("https://bridges.example/", "2023-11-14T22:13:21.000Z"),
    ]
    reader = (
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        "T,https://news.example/tides,1,\"['Sea', 'it''s law']\",2023-11-14 22:13:20+00:00,0,archive,True\n"
        "B,https://bridges.example/,2,[],,0,new,False\n"
    )
    assert read_links(reader.encode(), "r.csv") == [
        Link("https://news.example/tides", TIDES.added, ("sea", "it''s law"), True),
        Link("https://bridges.example/"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://tides.example/,T,,Starred,1700000000,"[]"',
        '<h1>Starred</h1><ol><li><a href="https://tides.example/">T</a></ol>',
        '<h1>Instapaper</h1><h3>Starred</h3><dl><dt><a href="https://tides.example/">T</a></dl>',
        '<DL><DT><A HREF="https://tides.example/" TAGS="" DATA-IMPORTANT="true">T</A></DL>',
        '<opml><outline text="Starred"><outline url="https://tides.example/"/></outline></opml>',
        "id,title,url,folder,tags,created,highlights,favorite\n1,T,https://tides.example/,Unsorted,,,,true",
    ],
)
def test_a_star_is_one_tag_in_every_list(text: str) -> None:
    assert [link.tags for link in read_links(text.encode(), "list")] == [("favorite",)]


def test_omnivores_export_alone_and_in_its_archive() -> None:
    expected = [
        TIDES._replace(tags=("sea", "law")),
        Link("https://bridges.example/", is_archived=True),
    ]
    data = json.dumps(OMNIVORE).encode()
    assert read_links(data, "metadata_0_to_20.json") == expected
    packed = archive({"metadata_0_to_20.json": data, "content/tides.html": b"<p>As it was.</p>"})
    tides, bridges = read_links(packed, "export.zip")
    assert (tides.copy, tides.title) == ("content/tides.html", "The tides")
    assert [tides._replace(copy="", title=""), bridges] == expected
    assert ArchivedCopies(packed, "export.zip").read(tides.copy) == b"<p>As it was.</p>"


def test_a_copy_that_is_damaged_or_a_bomb_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_COPY_BYTES", 1_000_000)
    packed = archive({"content/a.html": b" " * 5_000_000, "content/b.html": b"words " * 100})
    with pytest.raises(SourceError, match="too large"):
        ArchivedCopies(packed, "export.zip").read("content/a.html")
    with pytest.raises(SourceError, match="damaged"):
        ArchivedCopies(packed, "export.zip").read("content/c.html")
    place = packed.index(b"content/b.html") + 14
    damaged = packed[:place] + b"\xff" * 4 + packed[place + 4 :]
    with pytest.raises(SourceError, match="damaged"):
        ArchivedCopies(damaged, "export.zip").read("content/b.html")


def test_one_archive_is_read_by_several_threads() -> None:
    texts = {f"content/{n}.html": bytes([65 + n % 26]) * 50_000 for n in range(60)}
    copies = ArchivedCopies(archive(texts), "export.zip")
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(copies.read, texts)) == list(texts.values())


def test_an_archive_of_more_files_than_anybody_kept_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = archive({f"content/{n}.html": b"" for n in range(100)})
    assert read_links(packed, "export.zip") == []
    monkeypatch.setattr(archive_module, "MAX_DIRECTORY_BYTES", 1000)
    with pytest.raises(SourceError, match="damaged"):
        read_links(packed, "export.zip")
    with pytest.raises(SourceError, match="damaged"):
        ArchivedCopies(packed, "export.zip").read("content/1.html")


@pytest.mark.parametrize("labels", [5, "sea", {"name": "sea"}, [None, 3, {"name": None}, []]])
def test_labels_of_any_shape_are_tags_or_none(labels: object) -> None:
    data = json.dumps([{"url": "https://a.example/", "labels": labels}]).encode()
    (found,) = read_links(data, "metadata.json")
    assert found.url == "https://a.example/"


def test_a_folders_long_name_is_looked_at_once() -> None:
    links_in_it = '<DT><A HREF="https://a.example/">A</A>' * 20_000
    text = (
        f"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><H3>{'long ' * 200_000}</H3><DL>{links_in_it}"
    )
    assert {each.tags for each in read_links(text.encode(), "b.html")} == {()}


def test_the_archive_that_pocket_sends() -> None:
    packed = archive({"part_000000.csv": POCKET.encode(), "part_000001.csv": POCKET.encode()})
    assert read_links(packed, "pocket.zip") == 2 * read_links(POCKET.encode(), "p.csv")


def test_a_text_of_addresses() -> None:
    found = [each.url for each in read_links(TEXT.encode(), "list.txt")]
    assert found == [
        "https://news.example/tides",
        "https://bridges.example/a_(b)",
        "https://law.example/",
    ]


def test_an_entity_that_grows_ends_soon() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    text = f'<?xml version="1.0"?><!DOCTYPE opml [{laughs}]><opml><outline url="https://&l11;"/></opml>'
    assert sum(len(each.url) for each in read_links(text.encode(), "o.opml")) < 1_000_000


def test_an_archive_that_is_a_bomb_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "MAX_BYTES", 1_000_000)
    for name in ("metadata_0_to_20.json", "part_000000.csv"):
        with pytest.raises(SourceError, match="too large"):
            read_links(archive({name: b" " * 5_000_000}), "export.zip")


def test_a_damaged_archive_is_told() -> None:
    with pytest.raises(SourceError, match="damaged"):
        read_links(b"PK\x03\x04 and no more", "export.zip")


def test_articles_without_a_web_address_are_counted() -> None:
    found = read_links(b"url,title\nhttps://a.example/,A\nftp://b.example/,B\n,C\n", "l.csv")
    assert (len(found), found.without_address) == (1, 2)
    folder = (
        '<opml><body><outline text="A"><outline url="https://a.example/"/></outline></body></opml>'
    )
    assert read_links(folder.encode(), "l.opml").without_address == 0


def test_one_list_has_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_lists, "MAX_LINKS", 5)
    found = read_links(b"https://a.example/\n" * 20, "list.txt")
    assert (len(found), found.beyond, found.without_address) == (5, 15, 0)
    monkeypatch.setattr(link, "MAX_BYTES", 5)
    with pytest.raises(SourceError, match="too large"):
        read_links(b"https://a.example/\n", "list.txt")


samples = [
    each.encode() for each in (BOOKMARKS, OPML, POCKET, INSTAPAPER, json.dumps(OMNIVORE), TEXT)
]


@given(st.sampled_from(samples), st.integers(0, 2000), st.binary(max_size=8), st.integers(0, 30))
def test_a_damaged_list_gives_addresses_or_a_sentence(
    sample: bytes, place: int, piece: bytes, cut: int
) -> None:
    try:
        found = read_links(sample[:place] + piece + sample[place + cut :], "list")
    except SourceError:
        return
    assert all(is_web_address(each.url) for each in found)


@given(st.text())
def test_a_time_is_told_or_left_out(text: str) -> None:
    (found,) = read_links(json.dumps([{"url": "http://a.example", "savedAt": text}]).encode(), "x")
    assert found.added == "" or found.added.endswith("Z")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1700000000", "2023-11-14T22:13:20.000Z"),
        (" 1700000000 ", "2023-11-14T22:13:20.000Z"),
        ("1700000000123", "2023-11-14T22:13:20.000Z"),  # milliseconds
        ("1700000000123456", "2023-11-14T22:13:20.000Z"),  # microseconds
        ("1", "1970-01-01T00:00:01.000Z"),
        ("0", ""),
        ("9" * 19, "2286-11-20T17:46:39.000Z"),
        ("9" * 20, ""),
        ("-5", ""),
        ("²", ""),
        ("2023-11-14T22:13:20Z", "2023-11-14T22:13:20.000Z"),
        ("2023-11-14T22:13:20", "2023-11-14T22:13:20.000Z"),
        ("2023-11-15T00:13:20+02:00", "2023-11-14T22:13:20.000Z"),
        ("2023-11-14", "2023-11-14T00:00:00.000Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_time_is_read_in_every_unit(text: str, moment: str) -> None:
    assert values.moment_in(text) == moment


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("sea, Law ,  old  boats ,sea", ("sea", "law", "old boats")),
        (f"{'x' * values.MAX_TAG},{'y' * (values.MAX_TAG + 1)}", ("x" * values.MAX_TAG,)),
        (",, ,", ()),
        (None, ()),
    ],
)
def test_tags_are_separated_and_bounded(text: str | None, tags: tuple[str, ...]) -> None:
    assert values.tags_in(text, ",") == tags
