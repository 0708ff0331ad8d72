"""The page that an HTML export is: whole, well-formed, and unable to run or fetch anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Loss, Place, PlaceState, Selector
from reader.core.claims import REFUTED
from reader.core.document import Block, BlockKind, Document, Metadata, Span, SpanKind
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.core.overrides import Override
from reader.exports import ExportedArticle
from reader.exports.web_page import article_ids, is_own, query_of, shows_tag
from reader.formats import read_document
from reader.safe_text import sanitise_for_file
from tests.exports.rendering import render

WHEN = "2026-11-22T12:00:00.000Z"
VOID = {"meta", "br", "hr"}
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "nav", "ol", "li", "section", "article",
    "div", "aside", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong",
    "s", "sup", "a", "mark", "span", "table", "tr", "td", "th", "br", "hr",
}  # fmt: skip


class Page(HTMLParser):
    """Checks a page while it is read: every element is closed, and none can run or fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert len(set(self.ids)) == len(self.ids)
        for link in self.links:
            assert link.startswith(("#", "http://", "https://", "mailto:"))
            assert not link.startswith("#") or link[1:] in self.ids, link

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"src", "srcset", "action", "background"}
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "title"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def mark(number: int, document: Document, start: int, end: int, **fields: object) -> Annotation:
    values = {"tags": ("claim",), "created": WHEN, "modified": WHEN, **fields}
    values.setdefault("place", Place(start, end))
    selector = Selector(document.text[start:end], start=start, end=end)
    return Annotation(f"01JD0000000000000000000B{number:02}", selector, **values)  # type: ignore[arg-type]


def page(document: Document | None, *annotations: Annotation, **fields: object) -> str:
    article = Article("01JD0000000000000000000A01", "/home/ana/x.md", Metadata("The <Ledger>"))
    item = ExportedArticle(article, annotations, document, **fields)  # type: ignore[arg-type]
    return render([item], exported=WHEN, format_name="html")


SOURCE = """\
# The <Ledger>

A *first* paragraph with a [link](https://x.example/?a=1&b=2), a [bad one](javascript:alert(1)) and `code`.

> A quotation of **two**

> > nested words

1. one
2. two
   - inner

| a | b |
|---|--:|
| 1 | 2 |

```python
print("<b>")
```

Last words.[^1]

[^1]: A footnote.
"""


def test_the_text_is_there_in_order_with_its_form() -> None:
    document = read_document(SOURCE.encode(), kind="markdown")
    whole = mark(1, document, 0, len(document.text), note="All of it.", status=REFUTED)
    part = mark(2, document, document.text.index("two"), document.text.index("nested") + 3)
    text = page(document, whole, part)
    read = Page(text)
    for block in document.blocks:
        words = " ".join(document.text[block.start : block.end].split())
        assert (
            words in re.sub(r"\s+", " ", "".join(read.words)).replace("\t", " ")
            or block.kind is BlockKind.TABLE
        )
    assert "<em>first</em>" in re.sub("</?mark[^>]*>", "", text)
    assert "javascript" not in "".join(read.links)
    assert "https://x.example/?a=1&b=2" in read.links
    assert "<blockquote><blockquote>" in text or text.count("<blockquote>") >= 2
    assert "<td" in text
    assert "All of it." in read.text
    assert text.count("default-src 'none'") == 1
    assert "/home" not in text


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of any blocks and spans, which need not be what a format would make."""
    blocks: list[Block] = []
    spans: list[Span] = []
    text = ""
    for _ in range(draw(st.integers(1, 5))):
        words = draw(
            st.text(st.sampled_from("ab <>&\"'\u202e\x1b\u00e9*"), min_size=1, max_size=12)
        )
        start = len(text) + 1 if text else 0
        text = f"{text}\n{words}" if text else words
        kind = draw(st.sampled_from(BlockKind))
        nest = tuple(draw(st.lists(st.integers(0, 4), max_size=3)))
        marker = draw(st.sampled_from(["", "•", "1.", "<"]))
        label = draw(st.sampled_from(["", "x y", '"><script>']))
        if any(label == each.label for each in blocks):
            label = ""
        blocks.append(
            Block(kind, start, len(text), draw(st.integers(0, 6)), nest, marker, label=label)
        )
        first = draw(st.integers(start, len(text) - 1))
        target = draw(
            st.sampled_from(["", "#x y", "https://a.example", "javascript:x", "//[", "data:x"])
        )
        spans.append(
            Span(
                draw(st.sampled_from(SpanKind)),
                first,
                draw(st.integers(first + 1, len(text))),
                target,
            )
        )
    return Document(
        text, tuple(blocks), tuple(sorted(spans, key=lambda each: (each.start, -each.end)))
    )


@given(document=documents(), data=st.data())
def test_any_document_with_any_marks_is_a_whole_page(
    document: Document, data: st.DataObject
) -> None:
    length = len(document.text)
    annotations = []
    for number in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, length - 1))
        end = data.draw(st.integers(start + 1, length))
        words = data.draw(st.text(max_size=10))
        annotations.append(
            mark(number, document, start, end, note=words, speaker=words, status=words or None)
        )
    text = page(document, *annotations)
    Page(text)
    assert sanitise_for_file(text) == text
    assert article_ids(text) == ["01JD0000000000000000000A01"]
    assert is_own(text, {})
    for each in annotations:
        assert f'id="a0-m-{each.id}-note"' in text


def test_what_is_known_of_a_source_leads_there() -> None:
    document = read_document(b"Some words.\n", kind="markdown")
    proof = Evidence(
        Relation.REFUTES, TargetKind.ADDRESS, 'https://town.example/a|"b"', seen="2026-11-30"
    )
    ours = Evidence(
        Relation.SUPPORTS, TargetKind.ANNOTATION, "01JD", words="It <was>", title="A & B"
    )
    annotation = mark(1, document, 0, 4, links=linked((), (proof, ours)))
    source = Metadata("The Ledger", ("Ana <Lind>",), url="https://courier.example/a?b=c&d")
    override = Override(WHEN, ("https://web.archive.org/web/2026/https://courier.example/a",))
    article = replace(
        Article("01JD0000000000000000000A01", "/x.md", source), overrides={"archive": override}
    )
    item = ExportedArticle(article, (annotation,), document)
    text = render([item], exported=WHEN, format_name="html")
    read = Page(text)
    assert "https://courier.example/a?b=c&d" in read.links
    assert "https://web.archive.org/web/2026/https://courier.example/a" in read.links
    assert read.links.count("https://town.example/a%7C%22b%22") == 2  # in the table, and beside
    assert "Ana <Lind>, “The Ledger”, https://courier.example/a?b=c&d" in read.text
    assert 'Refuted by https://town.example/a|"b" (seen 30 November 2026)' in read.text
    assert "Supported by “It <was>” (A & B)" in read.text


@pytest.mark.parametrize("change", ["<p>mine</p>", " "])
def test_a_changed_page_is_not_margins_own(change: str) -> None:
    document = read_document(b"Some words.\n", kind="markdown")
    text = page(document, mark(1, document, 0, 4, tags=("a & b",)), query='tag:a "b"')
    assert is_own(text, {})
    assert not is_own(text.replace("</body>", f"{change}</body>"), {})
    assert query_of(text) == 'tag:a "b"'
    assert shows_tag(text, ["a & b"])
    assert not shows_tag(text, ["a"])


def test_what_has_no_place_or_no_text_is_there_with_its_words() -> None:
    document = read_document(b"Some words.\n", kind="markdown")
    lost = replace(mark(1, document, 0, 4), place=Place(0, 0, PlaceState.ORPHANED))
    assert "Lost their place" in Page(page(document, lost)).text
    assert "Some" in Page(page(document, lost)).text
    assert Page(page(None, lost)).text.endswith("22 Nov 2026 Some")


def test_what_became_of_a_passage_is_said_as_in_other_formats() -> None:
    document = read_document(b"Some words.\n", kind="markdown")
    selector = Selector("Few", section="Who <counts>?", suffix="more")
    since = "2026-11-23T12:00:00.000Z"
    lost = Place(0, 0, PlaceState.ORPHANED, loss=Loss.REMOVED, since=since)
    gone = replace(mark(1, document, 0, 4), place=lost, selector=selector)
    assert (
        "The passage was removed. It stood under “Who <counts>?”, before “more …”. Not found since"
        " 23 Nov 2026."
    ) in Page(page(document, gone)).text
    former = Selector("Some", earlier=({"exact": "A <few>"},))
    now = replace(mark(1, document, 0, 4), selector=former)
    assert "When it was marked it read: “A <few>”" in Page(page(document, now)).text


def test_a_note_is_laid_out_and_cannot_leave_its_place() -> None:
    document = read_document(b"Some words.\n", kind="markdown")
    note = "# Heading\n\n**Bold** and <script>alert(1)</script>\n\n- item"
    annotation = mark(1, document, 0, 4, note=note)
    text = page(
        document, annotation, notes={annotation.id: read_document(note.encode(), kind="markdown")}
    )
    Page(text)
    assert "<strong>Bold</strong>" in text
    assert "<script" not in text


def several() -> Iterator[ExportedArticle]:
    document = read_document(b"Some words.\n", kind="markdown")
    for number, title in enumerate(("Zebra", "Apple")):
        article = Article(f"01JD0000000000000000000A{number:02}", "/x.md", Metadata(title))
        yield ExportedArticle(article, (mark(number, document, 0, 4),), document)


def test_several_articles_are_one_page_with_contents_by_title() -> None:
    text = render(several(), exported=WHEN, format_name="html")
    read = Page(text)
    assert re.findall(r"<li><a [^>]*>(\w+)</a></li>", text) == ["Apple", "Zebra"]
    assert read.text.index("Apple") < read.text.index("Zebra")
    assert article_ids(text) == ["01JD0000000000000000000A01", "01JD0000000000000000000A00"]
