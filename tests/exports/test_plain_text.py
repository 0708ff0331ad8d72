"""The plain text of an export: what a mail shows, and what Margin knows its file by."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, PlaceState, Selector
from reader.core.document import Document, Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exports import FORMATS, ExportedArticle, ExportOptions
from reader.formats import read_document

WHEN = "2026-11-22T12:00:00.000Z"
TEXT = 'The count is wrong, said Dask. Nobody "ever" counts twice. Later on.\n\nMore words.\n'
ARTICLE = Article(
    "01JD0000000000000000000A01",
    "/home/ana/ledger.txt",
    Metadata("The Quiet Ledger", ("Oriel Castane",), "The Courier", "2026-01-31", "en", "https://c.example/a"),
)  # fmt: skip
FORMAT = FORMATS["text"]


def document() -> Document:
    return read_document(TEXT.encode(), name="ledger.txt")


def mark(words: str, **fields: Any) -> Annotation:
    start = TEXT.index(words)
    place = fields.pop("place", Place(start, start + len(words)))
    selector = fields.pop("selector", Selector(words, section="Who counts?", page="12"))
    return Annotation(f"01JD0000000000000000000B{start:02}", selector, place, ("claim",), WHEN, WHEN, **fields)  # fmt: skip


def written(*annotations: Annotation, is_known_again: bool = False, **fields: Any) -> str:
    article = replace(ARTICLE, **fields)
    item = ExportedArticle(article, annotations, document())
    return str(FORMAT.whole([item], ExportOptions(WHEN, is_known_again=is_known_again)))


def test_a_mail_shows_the_quotation_who_said_it_where_and_the_note() -> None:
    links = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x")])
    claim = mark("The count is wrong", speaker="Imre Dask", status="refuted", note="Ask *her*.\n\nAnd {{him}}.", links=links)  # fmt: skip
    other = mark('Nobody "ever" counts twice.', selector=Selector('Nobody "ever" counts twice.'))
    assert written(other, claim) == (
        "The Quiet Ledger\n"
        "Oriel Castane, “The Quiet Ledger”, The Courier, 31 January 2026, https://c.example/a\n\n"
        "“The count is wrong”\n\n"
        "— Imre Dask, under “Who counts?”, p. 12, claim: refuted\n\n"
        "Refuted by https://a.example/x\n\n"
        "Ask *her*.\n\nAnd him.\n\n"
        "* * *\n\n"
        "“Nobody ‘ever’ counts twice.”\n"
    )


def test_a_title_is_said_once_above_its_passages() -> None:
    plain = Selector("The count is wrong", section="The Quiet Ledger", page="12")
    assert "\n\n— p. 12\n" in written(mark("The count is wrong", selector=plain))
    title = Metadata("Who said “Twice”?")
    text = written(mark("Later on"), source="", source_metadata=title)
    assert text.startswith("Who said “Twice”?\n\n“Later on”\n")


def test_lost_and_changed_passages_say_so() -> None:
    lost = mark("Later on", place=Place(0, 0, PlaceState.ORPHANED))
    changed = replace(mark("Later on"), id="C", selector=Selector("Fewer words"))
    text = written(lost, changed)
    assert "“Later on”" in text
    assert "This passage is not in the article any more. It stood under “Who counts?”." in text
    assert "“Later on”\n\nWhen it was marked it read: “Fewer words”" in text


def test_a_file_says_at_its_end_whose_it_is_and_other_texts_do_not() -> None:
    text = written(
        mark("Later on", note="-- \nExported by Margin\nmargin-id: X"), is_known_again=True
    )
    assert FORMAT.article_ids(text) == [ARTICLE.id]
    assert "margin-digest" not in written(mark("Later on"))
    assert FORMAT.article_ids(written(mark("Later on"))) == []
    assert FORMAT.is_own is not None
    assert FORMAT.is_own(text, {})
    assert not FORMAT.is_own(text.replace("Later on", "Sooner"), {})
    stripped = "\n".join(line.rstrip() for line in text.split("\n"))
    assert FORMAT.article_ids(stripped) == [ARTICLE.id]
    assert (
        written(mark("Later on"), id="a b/ü\n", is_known_again=True).count("margin-id: a%20b%2F")
        == 1
    )


def test_quotation_marks_are_those_of_the_language() -> None:
    metadata = replace(ARTICLE.source_metadata, language="de")
    assert "„Later on“" in written(mark("Later on"), source_metadata=metadata)
