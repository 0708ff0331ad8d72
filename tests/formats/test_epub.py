"""Books: their order, contents, notes and pages, and hostile books."""

from __future__ import annotations

import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, MarkKind, SpanKind
from reader.core.outline import Outline
from reader.errors import SourceError
from reader.formats import archive as archive_module
from reader.formats import read_document, read_parts
from tests.formats.books import CONTAINER, archive, book, nav, package, page
from tests.formats.test_properties import assert_sound
from tests.work import work

WORDS = "<p>" + "Some words of a chapter that goes on for a while. " * 8 + "</p>"


def outline(document: Document) -> list[tuple[int, str]]:
    return [(entry.level, entry.title) for entry in Outline(document).entries]


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [document.quote(block.range) for block in document.blocks if block.kind is kind]


def block_at(document: Document, target: str) -> Block:
    offset = document.place_of(target)
    assert offset is not None
    return document.blocks[document.block_index(offset)]


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    return [
        (document.quote(span.range), span.target) for span in document.spans if span.kind is kind
    ]


def test_the_spine_is_the_order_and_the_contents_are_the_outline() -> None:
    data = book(
        {
            "z.xhtml": f"<h2>Loss</h2>{WORDS}<h2>A turn</h2>{WORDS}",
            "a.xhtml": f'<p class="title">Return</p>{WORDS}',
            "m.xhtml": f"{WORDS}<section id='s2'>{WORDS}</section>",
        },
        navigation="""<nav epub:type="toc"><ol>
            <li><span>Part One</span><ol>
                <li><a href="z.xhtml">Chapter 1: Loss</a></li>
                <li><a href="a.xhtml">Return</a></li></ol></li>
            <li><a href="m.xhtml">Without a heading</a><ol>
                <li><a href="m.xhtml#s2">Within</a></li></ol></li>
        </ol></nav>""",
    )
    document = read_document(data)
    assert_sound(document)
    assert outline(document) == [
        (1, "Part One"),
        (2, "Loss"),
        (3, "A turn"),
        (2, "Return"),
        (1, "Without a heading"),
        (2, "Within"),
    ]


def test_a_heading_that_the_contents_pass_over_is_the_equal_of_its_kind() -> None:
    body = "".join(f"<h2 id='{name}'>{name}</h2>{WORDS}" for name in ("One", "Two", "Three"))
    data = book(
        {"c.xhtml": f"<h1 id='top'>Top</h1>{body}<h3>Below</h3>"},
        navigation="""<nav epub:type="toc"><ol><li><a href="c.xhtml#top">Top</a><ol>
            <li><a href="c.xhtml#One">One</a></li><li><a href="c.xhtml#Three">Three</a></li>
            </ol></li></ol></nav>""",
    )
    titles = [(1, "Top"), (2, "One"), (2, "Two"), (2, "Three"), (3, "Below")]
    assert outline(read_document(data)) == titles


def test_an_entry_finds_its_own_heading_behind_another_and_titles_in_two_lines() -> None:
    data = book(
        {
            "a.xhtml": f"<h1>Chapter 1</h1><h2>Programming</h2>{WORDS}",
            "b.xhtml": f"<hgroup><h3>II</h3><p>Of the Climate</p></hgroup>{WORDS}",
            "c.xhtml": f"<h1>Another name</h1>{WORDS}<h2>The End</h2>",
        },
        navigation=nav(
            ("Programming", "a.xhtml"), ("II: Of the Climate", "b.xhtml"), ("The End", "c.xhtml")
        ),
    )
    assert outline(read_document(data)) == [
        (1, "Chapter 1"),
        (1, "Programming"),
        (1, "II Of the Climate"),
        (1, "Another name"),
        (2, "The End"),
    ]


def test_an_epub_2_has_its_contents_and_metadata() -> None:
    data = book(
        {"c1.xhtml": f"<h1>One</h1>{WORDS}", "c2.xhtml": f"<h1>Two</h1>{WORDS}"},
        metadata="""<dc:title>The  Long
            Book</dc:title><dc:creator opf:role="aut">Ada Writer</dc:creator>
            <dc:creator opf:role="trl">A Translator</dc:creator>
            <dc:publisher>Small Press</dc:publisher><dc:language>en-GB</dc:language>
            <dc:date opf:event="modification">2020-01-01</dc:date>
            <dc:date opf:event="publication">1999-05-04T10:00:00Z</dc:date>
            <dc:identifier>ISBN 978-0-306-40615-7</dc:identifier>""",
        ncx="""<navPoint><navLabel><text>One</text></navLabel><content src="c1.xhtml"/>
            <navPoint><navLabel><text>Two</text></navLabel><content src="c2.xhtml"/></navPoint>
            </navPoint>""",
    )
    document = read_document(data)
    metadata = document.metadata
    assert outline(document) == [(1, "One"), (2, "Two")]
    assert metadata.title == "The Long Book"
    assert metadata.authors == ("Ada Writer",)
    assert (metadata.site, metadata.language) == ("Small Press", "en-GB")
    assert metadata.published == "1999-05-04"
    assert metadata.identifier == "urn:isbn:9780306406157"


def test_epub_3_refinements_tell_titles_and_authors() -> None:
    data = book(
        {"c.xhtml": WORDS},
        metadata="""<dc:title id="s">A subtitle</dc:title><dc:title id="t">Main</dc:title>
            <meta refines="#s" property="title-type">subtitle</meta>
            <meta refines="#t" property="title-type">main</meta>
            <dc:creator id="e">Ed Itor</dc:creator><dc:creator id="a">Au Thor</dc:creator>
            <meta refines="#e" property="role" scheme="marc:relators">edt</meta>
            <meta refines="#a" property="role" scheme="marc:relators">aut</meta>""",
    )
    metadata = read_document(data, name="x.epub").metadata
    assert (metadata.title, metadata.authors) == ("Main", ("Au Thor",))


def test_notes_and_links_jump_across_parts_and_back() -> None:
    data = book(
        {
            "c1.xhtml": f"""<h1 id="top">One</h1><p>A claim<a epub:type="noteref" id="r1"
                href="notes.xhtml#n1">1</a> and more<sup><a href="notes.xhtml#n2" id="r2">2</a></sup>.
                See <a href="c2.xhtml">chapter two</a> and <a href="#top">the top</a>,
                <a href="https://example.org/x">outside</a>, <a href="gone.xhtml">gone</a>.</p>{WORDS}""",
            "c2.xhtml": f'<h1>Two</h1>{WORDS}<p>Text <a id="mid"></a>and <em>middle</em>.</p>',
            "notes.xhtml": """<h1>Notes</h1><aside epub:type="footnote" id="n1"><p>1. The first.
                <a href="c1.xhtml#r1">↩</a></p><p>Its second paragraph.</p></aside>
                <p id="n2"><a href="c1.xhtml#r2">2</a>. The second, see <a href="c2.xhtml#mid">there</a>.</p>""",
        }
    )
    document = read_document(data)
    assert_sound(document)
    notes = spans(document, SpanKind.FOOTNOTE)
    assert [text for text, _ in notes] == ["[1]", "[2]"]
    first, second = (block_at(document, target) for _, target in notes)
    assert (first.kind, first.marker, document.quote(first.range)) == (
        BlockKind.FOOTNOTE,
        "[1]",
        "The first.",
    )
    assert (second.kind, second.marker) == (BlockKind.FOOTNOTE, "[2]")
    assert document.quote(second.range) == "The second, see there."
    links = dict(spans(document, SpanKind.LINK))
    assert set(links) == {"chapter two", "the top", "outside", "there"}
    assert document.quote(block_at(document, links["chapter two"]).range) == "Two"
    assert document.quote(block_at(document, links["the top"]).range) == "One"
    middle = document.place_of(links["there"])
    assert middle is not None
    assert document.text[middle:].startswith("and middle")
    assert "Its second paragraph." in document.text


NOTES_PAGE = """<h1>Notes</h1><aside epub:type="footnote" id="n1"><p>1. The first.
    <a href="c1.xhtml#r1">↩</a></p></aside><p id="n2"><a href="c1.xhtml#r2">2</a>. The second, which
    has a note of its own<sup><a href="more.xhtml#m1" id="r3">*</a></sup>.</p>"""
MORE_NOTES = '<p id="m1"><a href="notes.xhtml#r3">*</a> A note on a note.</p>'


def outside(item: str) -> str:
    return f'<item id="{item}" href="{item}.xhtml" media-type="application/xhtml+xml"/>'


@pytest.mark.parametrize("version", ["2.0", "3.0"])
@pytest.mark.parametrize("words", ["", WORDS * 40])
def test_pages_of_notes_outside_of_the_spine_are_read_last(version: str, words: str) -> None:
    chapter = f"""<h1>One</h1><p>A claim<a epub:type="noteref" id="r1" href="notes.xhtml#n1">1</a>
        and more<sup><a href="notes.xhtml#n2" id="r2">2</a></sup>, see <a href="plate.xhtml">a
        plate</a>.</p>{words}"""
    manifest = "".join(map(outside, ("notes", "plate", "more", "unused")))
    data = archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "book/package.opf": package(
                ["c1.xhtml", "c2.xhtml"], manifest=manifest, version=version
            ),
            "book/c1.xhtml": page(chapter),
            "book/c2.xhtml": page(f"<h1>Two</h1>{WORDS}"),
            "book/notes.xhtml": page(NOTES_PAGE),
            "book/more.xhtml": page(MORE_NOTES),
            "book/plate.xhtml": page("<p>A plate.</p>"),
            "book/unused.xhtml": page("<p>Left over.</p>"),
        }
    )
    document = read_document(data, name="x.epub")
    assert_sound(document)
    assert "A plate." not in document.text
    assert "Left over." not in document.text
    assert document.text.endswith("A note on a note.")
    assert document.text.index("Two") < document.text.index("Notes")
    notes = spans(document, SpanKind.FOOTNOTE)
    assert [text for text, _ in notes] == ["[1]", "[2]", "[*]"]
    assert [document.quote(block_at(document, target).range) for _, target in notes] == [
        "The first.",
        "The second, which has a note of its own[*].",
        "A note on a note.",
    ]


def test_a_page_for_each_note_outside_of_the_spine() -> None:
    chapter = '<p>A claim<sup><a href="n1.xhtml">1</a></sup>, more<sup><a href="n2.xhtml">2</a></sup>.</p>'
    data = archive(
        {
            "META-INF/container.xml": CONTAINER,
            "book/package.opf": package(
                ["c.xhtml"], manifest="".join(map(outside, ("n2", "n1"))), version="2.0"
            ),
            "book/c.xhtml": page(chapter),
            "book/n1.xhtml": page("<p>The first.</p>"),
            "book/n2.xhtml": page("<p>The second.</p>"),
        }
    )
    document = read_document(data, name="x.epub")
    assert document.text == "A claim[1], more[2].\nThe first.\nThe second."


def test_a_number_behind_a_word_that_leads_to_a_note_is_its_reference() -> None:
    data = book(
        {
            "c.xhtml": """<p>A claim.<a href="n.xhtml#fn1">1</a> More,<a href="n.xhtml#en_2">2</a>
                see note <a href="n.xhtml#fn1">1</a> and page<a href="c.xhtml#p12">12</a>.</p>""",
            "n.xhtml": """<p id="fn1"><a href="c.xhtml">1</a> First.</p>
                <p><a id="en_2" href="c.xhtml">2.</a> Second.</p>""",
        }
    )
    document = read_document(data)
    assert [text for text, _ in spans(document, SpanKind.FOOTNOTE)] == ["[1]", "[2]"]
    assert [text for text, _ in spans(document, SpanKind.LINK)] == ["1", "12"]
    assert texts(document, BlockKind.FOOTNOTE) == ["First.", "Second."]


def test_the_brackets_around_a_way_back_are_no_text_of_a_note() -> None:
    data = book(
        {
            "c.xhtml": """<p>A claim <a href="#n1" id="r1" role="doc-noteref">[1]</a>.</p>
            <aside id="n1" role="doc-footnote"><span class="label"><span>[</span><a
            role="doc-backlink" href="#r1">1</a><span>]</span></span><p>The note.</p></aside>"""
        }
    )
    document = read_document(data)
    assert_sound(document)
    assert document.text == "A claim [1].\nThe note."
    assert texts(document, BlockKind.FOOTNOTE) == ["The note."]
    assert document.blocks[1].marker == "[1]"
    assert document.place_of(document.spans[0].target) == document.text.index("The note.")


def test_pictures_are_their_captions_and_pages_are_marks() -> None:
    data = book(
        {
            "c.xhtml": """<h1>One</h1><p>First <span epub:type="pagebreak" id="p12" title="12"/>page
                twelve.</p><figure><img src="a.jpg" alt="A map"/><figcaption>Map of the <em>coast</em>
                </figcaption></figure><div><img src="b.jpg" alt="A boat at sea"/></div>
                <p><img src="c.jpg" alt=""/></p><p id="later">Page thirteen.</p>"""
        },
        navigation=nav(("One", "c.xhtml"))
        + '<nav epub:type="page-list"><ol><li><a href="c.xhtml#later">13</a></li></ol></nav>',
    )
    document = read_document(data)
    assert_sound(document)
    assert texts(document, BlockKind.IMAGE) == ["A map", "A boat at sea"]
    assert "Map of the coast" in texts(document, BlockKind.PARAGRAPH)
    assert [mark.name for mark in document.marks if mark.kind is MarkKind.PAGE] == ["12", "13"]
    assert document.page_at(document.text.index("First")) == ""
    assert document.page_at(document.text.index("twelve")) == "12"
    assert document.page_at(document.text.index("thirteen")) == "13"


def test_the_pages_of_an_epub_2_are_marks() -> None:
    ncx = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel>
        <text>One</text></navLabel><content src="c.xhtml"/></navPoint></navMap><pageList>
        <pageTarget value="7" type="normal"><navLabel><text>7</text></navLabel>
        <content src="c.xhtml#p7"/></pageTarget></pageList></ncx>"""
    pages = {"c.xhtml": "<h1>One</h1><p>Six.</p><p>End <a id='p7'/>seven.</p>"}
    document = read_document(book(pages, ncx="<navPoint/>", others={"book/toc.ncx": ncx}))
    assert outline(document) == [(1, "One")]
    assert document.page_at(document.text.index("seven")) == "7"
    assert document.page_at(document.text.index("End")) == ""
    both = book(
        pages, navigation=nav(("One", "c.xhtml")), ncx="<navPoint/>", others={"book/toc.ncx": ncx}
    )
    assert read_document(both).page_at(document.text.index("seven")) == "7"


def test_entities_of_html_are_read_and_no_other() -> None:
    lead = """<!DOCTYPE html [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;&a;">
        <!ENTITY file SYSTEM "file:///etc/passwd">]>"""
    files = {
        "META-INF/container.xml": page("").replace("html", "x"),
        "book.opf": package(["c.xhtml"]),
        "c.xhtml": page("<p>caf&eacute;&nbsp;&mdash; [&b;][&file;] &amp;&lt;ok&gt;</p>", lead=lead),
    }
    document = read_document(archive(files), name="x.epub")
    assert document.text == "café\u00a0— [][] &<ok>"


@pytest.mark.parametrize("first", [1, 100, 0])
def test_parts_grow_into_the_whole(first: int) -> None:
    data = book({f"c{n}.xhtml": f"<h1>Chapter {n}</h1>{WORDS * 20}" for n in range(6)})
    whole = read_document(data)
    before: Document | None = None
    for part in read_parts(data, first_slice=first):
        if before is not None:
            assert not before.is_complete
            assert part.text.startswith(before.text)
            assert part.blocks[: len(before.blocks)] == before.blocks
            assert part.spans[: len(before.spans)] == before.spans
            assert part.marks[: len(before.marks)] == before.marks
        before = part
    assert before == whole
    assert whole.is_complete


def test_a_long_book_opens_as_fast_as_a_short_one() -> None:
    long = book({f"c{n}.xhtml": f"<h1>Chapter {n}</h1>{WORDS * 200}" for n in range(40)})
    short = book({f"c{n}.xhtml": f"<h1>Chapter {n}</h1>{WORDS * 200}" for n in range(4)})
    first, _ = next(iter(read_parts(long))), next(iter(read_parts(short)))
    opening = work(lambda: next(iter(read_parts(long))))
    assert opening < 2 * work(lambda: next(iter(read_parts(short))))
    assert 8192 <= len(first.text) < 40_000
    assert len(read_document(long).text) > 3_000_000


def error(data: bytes, name: str = "book.epub") -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name=name)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_a_locked_book_is_told_and_locked_fonts_are_not() -> None:
    def encryption(algorithm: str, uri: str) -> dict[str, str | bytes]:
        return {
            "META-INF/encryption.xml": f"""<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
            <enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>
            <enc:CipherReference URI="{uri}"/></enc:CipherData></enc:EncryptedData></encryption>""",
            "META-INF/rights.xml": "<rights/>",
        }

    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    locked = book({"c.xhtml": WORDS}, others=encryption(aes, "book/c.xhtml"))
    assert "copy protection (Adobe)" in error(locked)
    font = encryption("http://www.idpf.org/2008/embedding", "book/f.otf") | {"book/f.otf": b"x"}
    assert read_document(book({"c.xhtml": WORDS}, others=font)).text.startswith("Some words")


def test_missing_and_repeated_parts_are_passed_over() -> None:
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": '<container><rootfile full-path="gone.opf"/></container>',
        "o/p.opf": package(
            ["a.xhtml", "gone.xhtml", "../../../etc/passwd", "b.xhtml"],
            spine='<itemref idref="i0"/><itemref idref="i3"/><itemref idref="nothing"/>',
        ),
        "o/a.xhtml": page("<p>Part A.</p>"),
        "o/b.xhtml": page("<p>Part B.</p>"),
    }
    assert read_document(archive(files), name="x.epub").text == "Part A.\nPart B."


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.txt": "x"}, "no description"),
        ({"p.opf": package(["gone.xhtml"])}, "names no text"),
        ({"p.opf": package(["c.xhtml"]), "c.xhtml": page("<img alt=''/>")}, "no text"),
        ({"p.opf": "not xml at all"}, "no description"),
    ],
)
def test_broken_books_are_told(files: dict[str, str], said: str) -> None:
    assert said in error(archive(files))


def test_broken_xhtml_is_read_as_html() -> None:
    body = "<p>One<br>two <b>bold<p>three & four</p>"
    text = read_document(book({"c.xhtml": body})).text
    assert text.split() == ["One", "two", "bold", "three", "&", "four"]


def test_bombs_are_refused_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_PART", 4 << 20)
    monkeypatch.setattr(archive_module, "MAX_TOTAL", 8 << 20)
    bomb = book({"c.xhtml": "<p>" + "a" * (64 << 20) + "</p>"})
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        assert "unpacks to more than" in error(bomb)
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()
    many = book({f"c{n}.xhtml": "<p>" + "a" * (3 << 20) + "</p>" for n in range(4)})
    assert "unpacks to more than" in error(many)
    monkeypatch.setattr(archive_module, "MAX_PARTS", 3)
    assert "holds more than 3 files" in error(book({"c.xhtml": WORDS}))
    many = archive({f"{number}.txt": "" for number in range(1000)})
    assert work(lambda: error(many)) < 5000  # its table of contents was not read


def test_deep_trees_end() -> None:
    deep = "<div>" * 10_000 + "deep" + "</div>" * 10_000
    text = read_document(book({"c.xhtml": f"<p>before</p>{deep}<p>after</p>"})).text
    assert text.startswith("before")


def test_a_password_is_told() -> None:
    data = bytearray(book({"c.xhtml": WORDS}, is_packed=False))
    with zipfile.ZipFile(BytesIO(bytes(data))) as source:
        assert source.namelist()[0] == "mimetype"
    position = 0
    while (position := data.find(b"PK\x01\x02", position)) >= 0:
        data[position + 8] |= 1
        position += 4
    assert "password" in error(bytes(data))


SAMPLE = book(
    {
        "c1.xhtml": f'<h1>One</h1><p>x<a href="n.xhtml#n">1</a></p>{WORDS}',
        "n.xhtml": "<ol><li id='n'>note</li></ol><table><tr><td>a</td><td>b</td></tr></table>",
    },
    navigation=nav(("One", "c1.xhtml"), ("Notes", "n.xhtml#n")),
    is_packed=False,
)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(damaged)), st.integers(0, len(damaged))))
    try:
        document = read_document(bytes(damaged[:end]), kind="epub")
    except SourceError:
        return
    assert_sound(document)


def test_entries_that_lead_nowhere_find_their_titles_and_keep_their_order() -> None:
    data = book(
        {
            "a.xhtml": f"<h2>First</h2>{WORDS}<h2>Second</h2>{WORDS}",
            "b.xhtml": f"{WORDS}<p>And {WORDS[3:]}",
        },
        navigation=nav(
            ("First", "a.xhtml#gone1"),
            ("Second", "a.xhtml#gone2"),
            ("Nowhere", "a.xhtml#gone3"),
            ("Part two", "b.xhtml"),
            ("Chapter three", "b.xhtml"),
        ),
    )
    document = read_document(data)
    assert outline(document) == [
        (1, "First"),
        (1, "Second"),
        (1, "Part two"),
        (1, "Chapter three"),
    ]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>a</p><p id='x'>b</p>", "a|New|b"),
        ("<p>a</p><p>b <i id='x'>c</i></p>", "a|New|b c"),
        ("<p>a</p><blockquote><p>b</p><p id='x'>c</p></blockquote>", "a|b|New|c"),
        ("<p>a</p><ul><li>b</li><li id='x'>c</li></ul>", "a|New|b|c"),
        ("<p>a</p><ol><li>b</li><li><ul><li id='x'>c</li></ul></li></ol>", "a|New|b|c"),
        ("<p>a</p><dl><dt>b</dt><dd id='x'>c</dd></dl>", "a|New|b|c"),
        ("<p>a</p><table><tr><td>b</td></tr><tr><td id='x'>c</td></tr></table>", "a|New|b|c"),
        ("<p>a</p><div><p>b</p><div id='x'>c</div></div>", "a|b|New|c"),
    ],
)
def test_a_title_that_the_text_does_not_show_stands_before_what_its_entry_leads_to(
    body: str, shown: str
) -> None:
    """It parts no list and no table."""
    data = book({"c.xhtml": f"{WORDS}{body}"}, navigation=nav(("New", "c.xhtml#x")))
    document = read_document(data)
    assert [title for _, title in outline(document)] == ["New"]
    lines = [line for line in document.text.split("\n") if line]
    assert "|".join(lines[1:]) == shown


def with_spine(items: str, spine: str, files: dict[str, str | bytes], metadata: str = "") -> bytes:
    """Return a book with a manifest and a spine of XML."""
    description = package([], metadata=metadata, manifest=items, spine=spine)
    return archive({"p.opf": description} | files)


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><title>Page 1</title><text>Hello</text></svg>'


def test_a_drawing_can_be_a_part_and_fallbacks_stand_for_what_is_no_page() -> None:
    data = with_spine(
        """<item id="a" href="a.svg" media-type="image/svg+xml"/>
        <item id="b" href="b.pdf" media-type="application/pdf" fallback="c"/>
        <item id="c" href="c.jpg" media-type="image/jpeg" fallback="d"/>
        <item id=" d " href="d.xhtml" media-type="application/xhtml+xml"/>
        <item id="e" href="e.json" media-type="application/json" fallback="e"/>""",
        '<itemref idref="a"/><itemref idref="b"/><itemref idref="e"/>',
        {"a.svg": DRAWING, "b.pdf": b"%PDF", "c.jpg": b"x", "d.xhtml": page("<p>In words.</p>")},
    )
    assert read_document(data, name="x.epub").text == "Page 1\nHello\nIn words."


def test_books_of_pictures_are_told_as_such() -> None:
    items = '<item id="a" href="a.jpg" media-type="image/jpeg"/>'
    data = with_spine(items, '<itemref idref="a"/>', {"a.jpg": b"x"})
    assert error(data) == "book.epub is a book of pictures: it holds no text that could be read."
    assert "of pictures" in error(book({"c.xhtml": '<p><img src="a.jpg" alt=""/></p>'}))


def picture_pages(count: int, attributes: str = "") -> dict[str, str]:
    return {f"c{n}.xhtml": f'<p><img src="p{n}.png" {attributes}/></p>' for n in range(count)}


@pytest.mark.parametrize("count", [1, 10, 3000])
def test_pictures_without_alternative_texts_are_a_book_of_pictures(count: int) -> None:
    assert "of pictures" in error(book(picture_pages(count)))


@pytest.mark.parametrize("attributes", ['alt="A cat on a roof"', 'title="A cat on a roof"'])
def test_pictures_with_words_are_a_text(attributes: str) -> None:
    assert "A cat on a roof" in read_document(book(picture_pages(3, attributes))).text


def test_the_titles_of_the_contents_alone_are_no_text() -> None:
    navigation = nav(("One", "c0.xhtml"), ("Two", "c1.xhtml"))
    assert "of pictures" in error(book(picture_pages(2), navigation=navigation))
    pages = picture_pages(2) | {"c2.xhtml": "<p>The end.</p>"}
    assert "The end." in read_document(book(pages, navigation=navigation)).text


@pytest.mark.parametrize("body", ["<p> </p>" * 3, "<p>\u00a0</p>", "", "<hr/>"])
def test_a_book_of_blank_pages_is_not_one_of_pictures(body: str) -> None:
    assert error(book({"c.xhtml": body})) == "book.epub holds no text: all of its pages are blank."


def test_of_several_renditions_the_first_with_text_is_read() -> None:
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": """<container><rootfiles>
            <rootfile full-path="pictures.opf"/><rootfile full-path="text.opf"/>
            </rootfiles></container>""",
        "pictures.opf": package(
            [],
            manifest='<item id="a" href="a.jpg" media-type="image/jpeg"/>',
            spine='<itemref idref="a"/>',
        ),
        "text.opf": package(["c.xhtml"], metadata="<dc:title>In words</dc:title>"),
        "a.jpg": b"x",
        "c.xhtml": page("<p>Words.</p>"),
    }
    document = read_document(archive(files), name="x.epub")
    assert (document.text, document.metadata.title) == ("Words.", "In words")


CONTENTS = '<ol><li><a href="c.xhtml">One</a></li><li><a href="d.xhtml">Two</a></li></ol>'


@pytest.mark.parametrize("order", [("toc", "c", "d"), ("c", "d", "toc")])
def test_the_contents_page_of_an_epub_2_is_left_out(order: tuple[str, ...]) -> None:
    bodies = {
        "toc": f"<h1>Contents</h1>{CONTENTS}",
        "c": f'<h1>One</h1>{WORDS}<p><a href="toc.xhtml">To the contents</a></p>',
        "d": f"<h1>Two</h1>{WORDS}",
    }
    pages = {f"{name}.xhtml": bodies[name] for name in order}
    guide = '<guide><reference type="toc" href="toc.xhtml#x"/></guide></package>'
    description = package(list(pages), version="2.0").replace("</package>", guide)
    assert "Contents\nOne\nTwo" in read_document(book(pages)).text
    document = read_document(book(pages, others={"book/package.opf": description}))
    assert document.text.startswith("One\nSome words")
    assert document.text.endswith("for a while.")
    assert not [span for span in document.spans if span.target]
    pages["toc.xhtml"] = "<p>No list at all.</p>"
    other = read_document(book(pages, others={"book/package.opf": description}))
    assert "No list at all." in other.text


def test_text_beside_the_navigation_of_an_epub_3_is_read() -> None:
    data = with_spine(
        '<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<itemref idref="n"/>',
        {"n.xhtml": page(f'<nav epub:type="toc">{CONTENTS}</nav><h1 id="x">A</h1>{WORDS * 4}')},
    )
    assert read_document(data, name="x.epub").text.startswith("A\nSome words")


def test_links_lead_to_rows_of_tables() -> None:
    data = book(
        {
            "c.xhtml": """<p>See <a href="#second">the second</a> and <a href="#e">empty</a>.</p>
            <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>
            <tr id="second"><td id="e"></td><td>4</td></tr>
            <tr id="third"><td>5</td><td>6</td></tr></table>"""
        }
    )
    document = read_document(data)
    assert_sound(document)
    for target in ("#1-second", "#1-e"):
        offset = document.place_of(target)
        assert offset is not None
        assert document.text[offset:].strip() == "4\n5\t6"
    third = document.place_of("#1-third")
    assert third is not None
    assert document.text[third:] == "5\t6"


def test_links_are_right_from_the_first_part_to_the_last_whatever_the_encoding() -> None:
    pages = {f"c{n}.xhtml": f'<h1 id="top{n}">{n}</h1>{WORDS * 30}' for n in range(6)}
    pages["c0.xhtml"] += '<p><a href="c5.xhtml#top5">last</a> <a href="c4.xhtml#p">page</a></p>'
    pages["c4.xhtml"] += '<p id="p">The page.</p><p id="unused">No link.</p>'
    pages["c5.xhtml"] += "<p>To be replaced.</p>"
    backwards = page('<h1 id="top5">5</h1><p><a href="c0.xhtml#top0">first</a></p>')
    data = book(
        pages, others={"book/c5.xhtml": backwards.replace("utf-8", "utf-16").encode("utf-16")}
    )
    document = read_document(data)
    assert_sound(document)
    links = dict(spans(document, SpanKind.LINK))
    assert document.quote(block_at(document, links["last"]).range) == "5"
    assert document.quote(block_at(document, links["page"]).range) == "The page."
    assert document.quote(block_at(document, links["first"]).range) == "0"
    assert document.place_of("#5-unused") is None
    for first in (1, 50_000):
        assert read_parts_to_end(data, first) == document


def read_parts_to_end(data: bytes, first_slice: int) -> Document:
    *_, last = read_parts(data, first_slice=first_slice)
    return last


@pytest.mark.parametrize(
    ("file", "lock"),
    [
        ("META-INF/rights.xml", "Adobe"),
        ("META-INF/license.lcpl", "Readium LCP"),
        ("META-INF/sinf.xml", "Apple"),
    ],
)
def test_a_locked_book_without_a_list_of_what_is_locked_is_told(file: str, lock: str) -> None:
    garbage = bytes(range(256)) * 40
    locked = book({"c.xhtml": WORDS}, others={"book/c.xhtml": garbage, file: "x"})
    assert f"copy protection ({lock})" in error(locked)
    assert read_document(book({"c.xhtml": WORDS}, others={file: "x"})).text


def test_paths_in_books_are_forgiving() -> None:
    pages = ("Ch one.xhtml", "caf\u00e9.xhtml", "UPPER.xhtml", "up.xhtml")
    data = with_spine(
        """<item id="a" href="Ch%20one.xhtml" media-type="application/xhtml+xml"/>
        <item id="b" href="cafe\u0301.xhtml" media-type="application/xhtml+xml"/>
        <item id="c" href="upper.XHTML" media-type="application/xhtml+xml"/>
        <item id="d" href="../../../up.xhtml" media-type="application/xhtml+xml"/>""",
        "".join(f'<itemref idref="{one}"/>' for one in "abcd"),
        {path: page(f"<p>{number}</p>") for number, path in enumerate(pages)},
    )
    assert read_document(data, name="x.epub").text == "0\n1\n2\n3"


def test_the_contents_may_stand_on_pictures_and_parts_without_a_title() -> None:
    data = book(
        {
            "cover.xhtml": '<div><img src="a.jpg" alt=""/></div>',
            "c.xhtml": "<h1>One</h1><p>x</p>",
        },
        navigation=nav(("Cover", "cover.xhtml"), ("One", "c.xhtml")),
    )
    assert outline(read_document(data)) == [(1, "One")]


def test_empty_elements_written_short_swallow_nothing() -> None:
    head = '<title/><script src="a.js"/><style/>'
    data = book({"c.xhtml": ""}, others={"book/c.xhtml": page(
        '<a id="x"/><p>One<i/> two.</p><div/><p>Three<br/>four.</p><textarea/><p>Five.</p>'
    ).replace("<title></title>", head)})  # fmt: skip
    document = read_document(data)
    assert document.text == "One two.\nThree\nfour.\nFive."
    assert not [one for one in document.spans if one.kind is SpanKind.EMPHASIS]


@pytest.mark.parametrize(("before", "is_found"), [(299, True), (300, True), (301, False)])
def test_a_heading_is_looked_for_in_some_text_behind_its_entry(before: int, is_found: bool) -> None:
    words = ("w" * 9 + " ") * 40
    body = f"<p id='here'>{words[: before - 1]}w</p><p>The Loss</p>{WORDS}<p>The Loss</p>"
    document = read_document(book({"c.xhtml": body}, navigation=nav(("The Loss", "c.xhtml#here"))))
    kinds = [block.kind for block in document.blocks if document.quote(block.range) == "The Loss"]
    assert (kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH]) == is_found
