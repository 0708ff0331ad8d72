"""Exports to Org mode: an outline that Org reads, in which no text of an article is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Place, PlaceState, Selector
from reader.core.document import Block, BlockKind, Document, Metadata, Span, SpanKind, TextRange
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exported_outlines.org import tag_name
from reader.exported_outlines.org_notes import GAP
from reader.exports import FORMATS, ExportedArticle
from reader.exports.org_text import (
    escape_heading,
    escape_line,
    link,
    note_text,
    quote_passage,
)
from reader.formats import read_document
from reader.safe_text import sanitise_for_file
from tests.core.strategies import documents
from tests.exports.rendering import render
from tests.exports.test_escape import lines
from tests.exports.test_interchange import LEDGER, OTHER, WHEN, mark

ORG_LINES = st.lists(
    st.one_of(
        lines,
        st.sampled_from(
            (
                "* heading", "TODO list", "*b*", "/i/", "_u_", "=v=", "~c~", "+s+", "[[shell:ls]]",
                "elisp:(x)", "_shell:ls", "src_elisp{(x)}", "call_f()", "{{{m}}}", "[fn:1]", "[1/2]",
                "<2026-05-03 Sun>", "[2026-05-03 Sun]", "<<t>>", "%%(diary)", "<%%(x)>", "$a$",
                "$5-$6.", r"\alpha", r"\\", r"\(x\)", "#+include: /etc/passwd", "# comment",
                ":END:", ":PROPERTIES:", "#+end_quote", "| a | b", "-----", "- item", "1) item",
                "a :: b", "a^{b}", "x_{y}", "[cite:@k]", "[@5] x", "[ ] x", "@@html:<b>@@",
                "DEADLINE: <2026-05-03>", "a :tag:", "COMMENT x", "[#A] x",
            )
        ),
    ),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip

MARKUP = re.compile(
    r"\[\[|\{\{|<<|<%%|[\[<]\d|\[fn:|\[cite|\[@|\[#|\[%|\[/|\[[ X-]\]|_\{|\^\{|@@|::(?:\s|$)"
    r"|\\[A-Za-z(\[\\](?<!\\d)|\b(?:src|call)_|(?<![^\W_])(?!(?:https?|mailto):)[a-z]+:(?=\S)"
    r"|(?:^|[\s({'\"-])([*/_=~+])(?=\S)(?=.*\1)(?!\u200b)",
    re.IGNORECASE,
)
"""Where Org would see markup."""

STARTS = re.compile(r"\*+ |[-+] |\d+[.)] |#( |\+)|:|\||%%\(|-{5}")
"""Where Org would see a block of another kind."""


def shown(text: str) -> str:
    """Return what is seen of Org text."""
    return text.replace(GAP, "").replace(r"\dollar{}", "$")


def one_line(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", sanitise_for_file(text)).strip(" ")


@given(ORG_LINES)
@example("_shell:ls")
@example("elisp::x")
@example(":END:")
@example("*/a/*")
def test_any_line_is_seen_as_it_was_and_is_no_markup(text: str) -> None:
    line = escape_line(text)
    assert shown(line) == one_line(text).replace(GAP, "")
    assert not STARTS.match(line)
    assert not MARKUP.search(line.replace(r"\dollar{}", ""))
    heading = escape_heading(text)
    assert not re.match(r"(TODO|DONE|COMMENT)( |$)", heading)
    assert not re.search(r"(^| ):\S+:$", heading)


@given(documents(), st.data())
def test_any_passage_stays_inside_its_quote_block(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    org = quote_passage(document, TextRange(start, end)).split("\n")
    assert (org[0], org[-1]) == ("#+begin_quote", "#+end_quote")
    assert not any(re.match(r"\*|\s*#\+end_quote", line) for line in org[1:-1])
    letters = re.sub(r"\W", "", "".join(org))
    for word in re.findall(r"\w+", sanitise_for_file(document.text[start:end])):
        assert word.replace("_", "") in letters.replace("_", "")


def test_blocks_keep_their_form() -> None:
    document = read_document(
        b"Some *words*.\n\n## Part :x:\n\n3. three\n4. four\n   - [x] done\n\n"
        b"```python\n* no heading\n#+end_quote\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n",
        kind="markdown",
    )
    assert quote_passage(document, TextRange(0, len(document.text))).replace(GAP, "") == (
        "#+begin_quote\nSome words.\n\n*Part :x:*\n\n3. [@3] three\n4. four\n   - [X] done\n\n"
        "#+begin_src python\n,* no heading\n,#+end_quote\n#+end_src\n\n"
        "| a | b |\n|---+---|\n| c | d |\n\n-----\n#+end_quote"
    )


def test_code_that_an_editor_may_run_is_an_example() -> None:
    text = "(delete-file x)"
    block = Block(BlockKind.CODE, 0, len(text), language="emacs-lisp")
    assert quote_passage(Document(text, (block,)), TextRange(0, len(text))) == (
        f"#+begin_quote\n#+begin_example\n{text}\n#+end_example\n#+end_quote"
    )


def test_a_note_has_its_emphasis_links_and_code_in_the_markup_of_org() -> None:
    note = read_document(
        b"Is *it* **so**, ~~no~~? See [the `page`](https://x.org/a%5Bb) or"
        b" [run](elisp:foo) `a=b`.\n\n# Head\n\n- one\n- mid*dle*\n",
        kind="markdown",
    )
    assert note_text(note).replace(GAP, "") == (
        "Is /it/ *so*, +no+? See [[https://x.org/a%5Bb][the page]] or run (elisp:foo) ~a=b~.\n\n"
        "*Head*\n\n- one\n- mid/dle/"
    )


def test_only_web_addresses_become_links() -> None:
    assert link("https://x.org/[a] b", "the [page]").replace(GAP, "") == (
        "[[https://x.org/%5Ba%5D%20b][the [page]]]"
    )
    assert link("https://x.org", "https://x.org") == "[[https://x.org]]"
    assert "[[" not in link("file:/etc/passwd", "x") + link("elisp:foo", "elisp:foo")


def test_spans_that_cross_lose_no_words() -> None:
    spans = (Span(SpanKind.EMPHASIS, 0, 6), Span(SpanKind.STRONG, 3, 9))
    note = Document("one two three", (Block(BlockKind.PARAGRAPH, 0, 13),), spans)
    assert note_text(note).replace(GAP, "").replace("/", "").replace("*", "") == "one two three"


@pytest.mark.parametrize(
    ("tag", "name"),
    [("my own", "my_own"), ("fact-check", "fact_check"), ("été", "été"), ("#1", "#1"), (" ", "untagged")],
)  # fmt: skip
def test_tags_are_as_org_takes_them(tag: str, name: str) -> None:
    assert tag_name(tag) == name


EVIDENCE = linked(
    (),
    [
        Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://town.example/a", seen="2026-11-30"),
        Evidence(Relation.SUPPORTS, TargetKind.ANNOTATION, "01JD0000000000000000000B02", words="x"),
        Evidence(Relation.DISPUTES, TargetKind.ANNOTATION, "01JD0000000000000000000ZZZ", words="y"),
    ],
)


def test_a_whole_file_is_a_node_with_a_heading_for_each_passage() -> None:
    claim = mark(
        1, "it was so", note="Was it?", speaker="Imre Dask", status="disputed", links=EVIDENCE,
        tags=("claim", "fact-check"),
    )  # fmt: skip
    lost = Annotation(
        "01JD0000000000000000000B02",
        Selector("gone", prefix="before", section="Old"),
        Place(0, 4, PlaceState.ORPHANED),
        ("quote",),
        WHEN,
        WHEN,
    )
    item = ExportedArticle(LEDGER, (claim, lost), None, "status:disputed")
    text = render([item], exported=WHEN, format_name="org")
    assert re.sub(r":MARGIN_WAS: .*\n", "", re.sub(r"DIGEST: \w+", "DIGEST: X", text)) == (
        ":PROPERTIES:\n:ID:       01JD0000000000000000000A01\n:ROAM_REFS: https://x.org/a_b\n"
        ":SITE:     The Site\n:MARGIN_ID: 01JD0000000000000000000A01\n"
        ":MARGIN_QUERY: status:disputed\n:MARGIN_DIGEST: X\n:END:\n"
        "#+title: The Ledger & 50% more\n#+author: Ana Lind, Jan van der Berg, The Site\n"
        "#+date: [2024-05-01 Wed]\n#+language: en\n#+filetags: :harbour:\n#+options: ^:{}\n\n"
        "* A section\n\n** “it was so” :claim:fact_check:\n:PROPERTIES:\n"
        ":ID:       01JD0000000000000000000B01\n:SPEAKER:  Imre Dask\n:STATUS:   disputed\n"
        ":PAGE:     12\n:CREATED:  [2026-11-22 Sun]\n:MARGIN_TAGS: claim, fact-check\n:END:\n"
        "#+begin_quote\nit was so\n#+end_quote\n\n"
        "Refuted by [[https://town.example/a]] (seen 30 November 2026)\n\n"
        "Supported by “[[id:01JD0000000000000000000B02][x]]”\n\nDisputed by “y”\n\nWas it?\n\n"
        "* Lost their place\n\n** “gone” :quote:\n:PROPERTIES:\n"
        ":ID:       01JD0000000000000000000B02\n:CREATED:  [2026-11-22 Sun]\n:END:\n"
        "#+begin_quote\ngone\n#+end_quote\n\nIt stood under “Old”, after “… before”.\n"
    )


@given(ORG_LINES)
@example("{{{m}}} src_elisp{(x)} costs $a$ \\alpha")
def test_no_title_and_no_name_is_markup_and_the_title_is_read_back(text: str) -> None:
    metadata = Metadata(text, (text,), published=text)
    item = ExportedArticle(replace(LEDGER, source_metadata=metadata), (), None)
    written = render([item], exported=WHEN, format_name="org")
    for name in ("title", "author", "date"):
        value = re.search(rf"^#\+{name}: (.*)$", written, re.MULTILINE)
        assert value is None or not MARKUP.search(f"x {value[1]}")
    form = FORMATS["org"].form
    assert form is not None
    assert form.parts(written).title == one_line(item.title).replace(GAP, "")


def test_several_articles_are_headings_of_one_file() -> None:
    items = [ExportedArticle(each, (mark(1, "x"),), None) for each in (LEDGER, OTHER)]
    text = render(items, exported=WHEN, format_name="org")
    assert re.findall(r"^\*+ .*", text, re.MULTILINE) == [
        "* Notes", "** A section", "*** “x” :claim:harbour:",
        "* The Ledger & 50% more :harbour:", "** A section", "*** “x” :claim:harbour:",
    ]  # fmt: skip


def test_only_headings_are_deeper_in_a_file_of_several_articles() -> None:
    words = "Strong words."
    document = Document(words, (Block(BlockKind.PARAGRAPH, 0, 13),), (Span(SpanKind.STRONG, 0, 6),))
    note = "**Strong** as well.\n\n**unclosed"
    annotation = mark(1, words, note=note, place=Place(0, 13))
    items = [
        ExportedArticle(
            each,
            (annotation,),
            document,
            notes={annotation.id: read_document(note.encode(), kind="markdown")},
        )
        for each in (LEDGER, OTHER)
    ]
    alone = render(items[:1], exported=WHEN, format_name="org")
    text = render(items, exported=WHEN, format_name="org")
    for line in alone.partition(":END:\n#+begin_quote")[2].split("\n"):
        assert line in text.split("\n")


def test_a_file_says_what_it_holds_and_whether_it_is_as_margin_wrote_it() -> None:
    format_ = FORMATS["org"]
    item = ExportedArticle(LEDGER, (mark(1, "it was so", tags=("fact-check",)),), None, "a b")
    text = render([item], exported=WHEN, format_name="org")
    is_own = format_.is_own
    assert is_own is not None
    for kept in (text, text.replace("\n", "\r\n"), f"\ufeff{text}"):
        assert format_.article_ids(kept) == [LEDGER.id]
        assert format_.is_of(kept, "a b")
        assert is_own(kept, {})
    assert not is_own(f"{text}\nmine", {})
    assert not is_own(text.replace("it was so", "it was not so"), {})
    assert format_.article_ids("#+title: mine\n* A\n:PROPERTIES:\n:MARGIN_ID: x\n:END:\n") == []
    shows_tag = format_.shows_tag
    assert shows_tag is not None
    assert shows_tag(text, ["fact-check"])
    assert not shows_tag(text, ["check"])
