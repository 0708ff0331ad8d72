"""Markdown, construct by construct."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.core.document import Block, Document, Metadata
from reader.formats import read_document
from reader.formats.markdown.html_text import paragraphs

Shown = tuple[str, str, dict[str, object]]


def read(source: str, name: str = "") -> Document:
    return read_document(source.encode(), kind="markdown", name=name)


def fields(block: Block) -> dict[str, object]:
    names = ("level", "nest", "marker", "tight", "language", "label", "aligns", "header_rows")
    return {name: getattr(block, name) for name in names if getattr(block, name)}


def blocks(source: str) -> list[Shown]:
    document = read(source)
    return [
        (block.kind.value, document.text[block.start : block.end], fields(block))
        for block in document.blocks
    ]


def spans(source: str) -> list[tuple[str, str, str]]:
    document = read(source)
    return [
        (span.kind.value, document.text[span.start : span.end], span.target)
        for span in document.spans
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "# One *two*\n\nSetext\n---\n### One two",
            [
                ("heading", "One two", {"level": 1, "label": "one-two"}),
                ("heading", "Setext", {"level": 2, "label": "setext"}),
                ("heading", "One two", {"level": 3, "label": "one-two-1"}),
            ],
        ),
        ("a\nb  \nc\\\nd", [("paragraph", "a b\nc\nd", {})]),
        ("日本\n語 text\nmore", [("paragraph", "日本語 text more", {})]),
        (
            "- a\n- b\n  - c\n\n    d\n\nend",
            [
                ("item", "a", {"level": 1, "nest": (2,), "marker": "•"}),
                ("item", "b", {"level": 1, "nest": (2,), "marker": "•", "tight": True}),
                ("item", "c", {"level": 2, "nest": (2, 2), "marker": "◦", "tight": True}),
                ("paragraph", "d", {"nest": (2, 2)}),
                ("paragraph", "end", {}),
            ],
        ),
        (
            "9. a\n10. b\n\n    c",
            [
                ("item", "a", {"level": 1, "nest": (4,), "marker": "9."}),
                ("item", "b", {"level": 1, "nest": (4,), "marker": "10."}),
                ("paragraph", "c", {"nest": (4,)}),
            ],
        ),
        ("0) a", [("item", "a", {"level": 1, "nest": (3,), "marker": "0)"})]),
        (
            "- [ ] a\n- [x] b\n- c",
            [
                ("item", "a", {"level": 1, "nest": (2,), "marker": "☐"}),
                ("item", "b", {"level": 1, "nest": (2,), "marker": "☑", "tight": True}),
                ("item", "c", {"level": 1, "nest": (2,), "marker": "•", "tight": True}),
            ],
        ),
        (
            "- # head\n-\n- ```\n  code\n  ```",
            [
                ("heading", "head", {"level": 1, "nest": (2,), "marker": "•", "label": "head"}),
                ("item", "", {"level": 1, "nest": (2,), "marker": "•", "tight": True}),
                ("code", "code", {"nest": (2,), "marker": "•", "tight": True}),
            ],
        ),
        (
            "> a\n> > b\n>\n> - c",
            [
                ("quote", "a", {"level": 1, "nest": (0,)}),
                ("quote", "b", {"level": 2, "nest": (0, 0)}),
                ("item", "c", {"level": 1, "nest": (0, 2), "marker": "•"}),
            ],
        ),
        (
            "- > a\n\n  b",
            [
                ("quote", "a", {"level": 1, "nest": (2, 0), "marker": "•"}),
                ("paragraph", "b", {"nest": (2,)}),
            ],
        ),
        (
            "```python title\ndef f():\n\treturn 1\n\n```\n\n    indented\n\n```\n```",
            [
                ("code", "def f():\n    return 1\n", {"language": "python"}),
                ("code", "indented", {}),
            ],
        ),
        (
            "| a | b | c |\n|:--|:-:|--:|\n| 1\\|2 | **x** |\n|  | y<br>z | 3 |",
            [
                (
                    "table",
                    "a\tb\tc\n1|2\tx\t\n\ty z\t3",
                    {"aligns": "lcr", "header_rows": 1},
                )
            ],
        ),
        ("a\n\n***\n\nb", [("paragraph", "a", {}), ("rule", "* * *", {}), ("paragraph", "b", {})]),
        ("![A *view*](v.png)", [("image", "A view", {})]),
        ("[![](pics/v.png?x=1)](/big)", [("image", "v.png", {})]),
        (
            "text[^b] and ^[in *line*]\n\n[^b]: Note\n\n    more",
            [
                ("paragraph", "text[1] and [2]", {}),
                ("footnote", "in line", {"nest": (4,), "marker": "[2]", "label": "inline 1"}),
                ("footnote", "Note", {"nest": (4,), "marker": "[1]", "label": "b"}),
                ("paragraph", "more", {"nest": (4,)}),
            ],
        ),
        (
            (
                "<div>\n<p>One <b>two</b><br/>three &amp; four</p><!-- no -->\n"
                "<script>if (a < b) x()</script><p>Five\nsix</p>\n</div>"
            ),
            [("paragraph", "One two\nthree & four", {}), ("paragraph", "Five six", {})],
        ),
        ("<div>a<!DOCTYPE html>b<?php x ?>c<![CDATA[d]]>e</div>", [("paragraph", "abce", {})]),
        ("<div>a<!-- b > c --->d</div>", [("paragraph", "ad", {})]),
        ("<div>a<!-- b", [("paragraph", "a", {})]),
        ("<div>a<! b", [("paragraph", "a", {})]),
        ("<div>a<script>b", [("paragraph", "a", {})]),
        ("<div>a<3 < b</div>", [("paragraph", "a<3 < b", {})]),
        ("<div>a <!> b <?> c</div>", [("paragraph", "a b c", {})]),
        (
            "<div>a <img alt=x>b<img alt='y &amp; z'> <img src=q></div>",
            [("paragraph", "a xby & z", {})],
        ),
        ("a <br> b <!-- c --> <i>d</i> <style>x</style>e", [("paragraph", "a\nb  d e", {})]),
        ("[a]: /x\n\ntext\n\n<!-- only -->", [("paragraph", "text", {})]),
        ("a&nbsp;b &lt;c&gt; &#x202e;d&#8203;e&#10;f", [("paragraph", "a\u00a0b <c> de f", {})]),
    ],
)
def test_blocks(source: str, expected: list[Shown]) -> None:
    assert blocks(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b **c** d*", [("emphasis", "b c d", ""), ("strong", "c", "")]),
        ("~~a~~ `b  c`", [("strikethrough", "a", ""), ("code", "b  c", "")]),
        (
            "[a](/b%20c 'd') <https://e.f>",
            [("link", "a", "/b%20c"), ("link", "https://e.f", "https://e.f")],
        ),
        (
            "[a][r] [r] [R][]\n\n[r]: <x y>",
            [("link", "a", "x y"), ("link", "r", "x y"), ("link", "R", "x y")],
        ),
        ("[](/empty)", [("link", "/empty", "/empty")]),
        ("[a](javascript:b) [c](file:///d)", [("link", "c", "file:///d")]),
        ("x ![](p/q.png) y", [("image", "q.png", "p/q.png")]),
        ("[![b](i.png)](/l)", [("link", "b", "/l"), ("image", "b", "i.png")]),
        ("a[^n]\n\n[^n]: x *y*", [("footnote", "[1]", "#n"), ("emphasis", "y", "")]),
        ("*a  \nb*", [("emphasis", "a\nb", "")]),
        ("a\n*b*", [("emphasis", "b", "")]),
        ("日\n*本*", [("emphasis", "本", "")]),
        (
            "|*a*|`b`|\n|-|-|\n|c|[d](e)|",
            [("emphasis", "a", ""), ("code", "b", ""), ("link", "d", "e")],
        ),
        (
            "<b>x</b> <em>y</em> <kbd>z</kbd>",
            [("strong", "x", ""), ("emphasis", "y", ""), ("code", "z", "")],
        ),
        ("x <br> *y*", [("emphasis", "y", "")]),
    ],
)
def test_spans(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert spans(source) == expected


def test_what_is_defined_at_the_end_holds_at_the_beginning() -> None:
    source = "[a], [b][c] and [^n]\n\n" + "word " * 60_000 + "\n\n" + "p\n\n" * 30_000
    source += "[a]: /one\n[c]:\n  /two\n\n[^n]: note\n"
    found = {(one.kind.value, one.target) for one in read(source).spans}
    assert found == {("link", "/one"), ("link", "/two"), ("footnote", "#n")}


@pytest.mark.parametrize(
    "source",
    [
        "```\n[a]: /x\n```\n\n[a]",
        "text\n[a]: /x\n\n[a]",
        "[a]: /x y\n\n[a]",
        "[ ]: /x\n\n[ ]",
    ],
)
def test_what_only_looks_like_a_definition_is_none(source: str) -> None:
    assert spans(source) == []


def test_nothing_of_a_text_is_in_another_one() -> None:
    """One parser reads all texts, also those that are read at the same time."""
    bare = "[a] and[^n]\n\n(@) one\n\n#. two\n\n\\ b ~~c~~"
    defined = f"{bare}\n\n[a]: /one\n\n[^n]: *note*\n\n(@x) three\n\n> [b]: /two"
    texts = [bare, defined, "> " * 60 + "deep", "- item\n\n  ~~~\n  code"] * 10
    with ThreadPoolExecutor(4) as pool:
        documents = list(pool.map(read, texts))
    assert documents == [documents[at % 4] for at in range(len(texts))]
    assert not any(span.target for span in documents[0].spans)
    assert {span.target for span in documents[1].spans if span.target} == {"/one", "#n"}


def test_definitions_in_containers_hold() -> None:
    assert spans("> [a]: /x\n\n- [b]: /y\n\n[a] [b]") == [("link", "a", "/x"), ("link", "b", "/y")]


@pytest.mark.parametrize(
    ("front", "metadata"),
    [
        (
            (
                "---\ntitle: A &amp; B\nauthor: Jane Doe and Bo Li\ndate: 2024-03-01\npublication: The Paper\n"
                "lang: en\ncanonical: https://x.y/z\n---\n"
            ),
            Metadata(
                "A &amp; B", ("Jane Doe", "Bo Li"), "The Paper", "2024-03-01", "en", "https://x.y/z"
            ),
        ),
        ("---\nauthors:\n  - Jane\n  - name: Bo\n...\n", Metadata("Head", ("Jane", "Bo"))),
        (
            '+++\ntitle = "T"\ndate = 2024-03-01T10:00:00Z\n+++\n',
            Metadata("T", published="2024-03-01T10:00:00+00:00"),
        ),
        ('---\ntitle: "a\\u202eb\\u001b[31mc"\n---\n', Metadata("abc")),
        ("---\n---\n", Metadata("Head")),
        ("", Metadata("Head")),
    ],
)
def test_front_matter(front: str, metadata: Metadata) -> None:
    document = read(front + "# Head\n\ntext")
    assert document.metadata == metadata
    assert document.text == "Head\ntext"


def test_front_matter_with_a_fault_is_shown() -> None:
    assert blocks("---\ntitle: [a\nx: : y\n---\ntext") == [
        ("code", "title: [a\nx: : y", {"language": "yaml"}),
        ("paragraph", "text", {}),
    ]


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert [kind for kind, *_ in blocks("---\n\ntext here\n\n---\n\nmore")] == [
        "rule",
        "paragraph",
        "rule",
        "paragraph",
    ]


def test_without_a_title_the_name_stands_for_it() -> None:
    assert read("text", name="notes/my_long-note.v2.md").metadata.title == "My long note.v2"


@pytest.mark.parametrize(
    ("source", "name", "is_markdown"),
    [
        ("# Head\n\ntext", "", True),
        ("text with [a link](http://x.y) in it", "", True),
        ("---\ntitle: x\n---\ntext", "", True),
        ("```\ncode\n```", "", True),
        ("Head\n\nA text about nothing much.\n", "", False),
        ("# not a heading in a text file", "a.txt", False),
        ("plain", "a.md", True),
        ("Costs * 2 and _x_ and 3 * 4.\n" * 30, "", False),
    ],
)
def test_markdown_is_told_from_text(source: str, name: str, is_markdown: bool) -> None:
    document = read_document(source.encode(), name=name)
    kind = "markdown" if is_markdown else "text"
    assert document == read_document(source.encode(), name=name, kind=kind)
    other = read_document(source.encode(), name=name, kind="text" if is_markdown else "markdown")
    assert document != other or source == "plain"


@pytest.mark.parametrize("opening", ["<!", "<?", "<!--"])
@pytest.mark.parametrize("content", ["DOCTYPE html", "php echo 1; ?", " --", ""])
def test_declarations_and_comments_are_no_text(opening: str, content: str) -> None:
    """What stands after one that does not end belongs to it."""
    ending = "-->" if opening == "<!--" else ">"
    for before in ("", "one "):
        whole = f"{before}{opening}{content}{ending}two"
        assert paragraphs(whole) == [f"{before}two"]
        assert paragraphs(f"{before}{opening}{content} two") == ([before.strip()] if before else [])


@pytest.mark.parametrize(
    "comment", ["<!-->", "<!--->", "<!---->", "<!-- a > b <i> -->", "<!-- - -- -->"]
)
def test_a_comment_ends_where_html_ends_it(comment: str) -> None:
    """Two of them are comments that begin and end with the same hyphens."""
    assert paragraphs(f"<div>one {comment}two</div>") == ["one two"]
    assert read(f"<div>\none {comment}two\n</div>\n\nthree").text == "one two\nthree"
