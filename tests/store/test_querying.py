"""The index answers every query as the definition of ``core.query.matching`` does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, ArticleState, Place, PlaceState, Selector
from reader.core.document import Document, Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.core.query.facts import Circumstances, article_facts
from reader.core.query.matching import article_test, note_test, with_text
from reader.core.query.tree import Node
from reader.core.review import is_due
from reader.files import Stamp
from reader.store.files.article_file import ArticleRecord
from reader.store.index.conditions import Surroundings
from reader.store.index.querying import NoteOrder
from reader.store.library import Library
from tests.core.query.query_strategies import NAMES, STATUSES, trees
from tests.store.examples import document

NOW = "2026-11-30T14:00:00.000Z"

texts = st.lists(
    st.sampled_from(
        (
            "a",
            "b",
            "Prewitt",
            "26",
            "per cent",
            "100%",
            "a_b",
            "字字",
            "1926",
            "f(x)",
            "relied",
            "-",
        )
    ),
    max_size=5,
).map(" ".join)
names = st.sampled_from(("", *NAMES))
times = st.sampled_from(
    ("", "2024-02-29T23:59:59.000Z", "2025-06-01T00:00:00.000Z", "2026-11-30T13:00:00.000Z", "soon")
)
dates = st.sampled_from(
    ("", "2025", "2025-06", "2026-03-14", "2026-03-14T10:00:00Z", "14 March", "x")
)


@st.composite
def any_note(draw: st.DrawFn, number: int) -> Annotation:
    start = draw(st.integers(0, 20))
    evidence = [Evidence(Relation.SUPPORTS, TargetKind.ADDRESS, "https://example.org/")]
    due = draw(st.sampled_from(("", "2026-11-30T10:00:00.000Z", "2027-01-01T00:00:00.000Z")))
    return Annotation(
        id=f"01K{number:023}",
        selector=Selector(draw(texts), earlier=({"exact": draw(texts)},) * draw(st.integers(0, 1))),
        place=Place(
            start,
            start + draw(st.integers(0, 9)),
            draw(st.sampled_from(PlaceState)),
            words=draw(texts),
        ),
        tags=tuple(draw(st.lists(st.sampled_from(("claim", "quote", "a", "A")), max_size=2))),
        created=draw(times),
        modified=NOW,
        note=draw(texts),
        speaker=draw(names),
        status=draw(st.sampled_from((None, "", *STATUSES))),
        links=linked((), evidence) if draw(st.booleans()) else (),
        deleted=draw(st.sampled_from(("", NOW))),
        review={"card": {"due": due}} if due else {},
    )


@st.composite
def any_record(draw: st.DrawFn, number: int) -> tuple[ArticleRecord, Document]:
    text = document(draw(texts), draw(texts))
    article = Article(
        id=f"01KA{number:022}",
        source=draw(st.sampled_from(("/a.md", "https://www.example.org/a", "http://[x"))),
        source_metadata=Metadata(
            title=draw(texts),
            authors=tuple(draw(st.lists(names, max_size=2))),
            site=draw(names),
            published=draw(dates),
        ),
        snapshot=draw(st.sampled_from((text.digest, ""))),
        added=draw(times),
        opened=draw(times),
        tags=tuple(draw(st.lists(names, max_size=2, unique=True))),
        manual_state=draw(st.sampled_from((None, *ArticleState))),
    )
    notes = [draw(any_note(number * 10 + each)) for each in range(draw(st.integers(0, 3)))]
    return ArticleRecord(article, tuple(notes)), text


records = st.tuples(any_record(1), any_record(2))


def indexed(folder: Path, content: tuple[tuple[ArticleRecord, Document], ...]) -> Library:
    """Return a library, which is in memory but for its snapshots, with some articles."""
    library = Library(folder)
    for record, text in content:
        library._snapshots.write(text)
        library._index.put(f"{record.article.id}.json", Stamp(1, 1, 1), record)
    library.text_updates.run()
    return library


@given(records, st.lists(trees, min_size=1, max_size=5), st.data())
def test_the_index_and_the_definition_agree(
    content: tuple[tuple[ArticleRecord, Document], ...], queries: list[Node], data: st.DataObject
) -> None:
    ids = [each.id for record, _ in content for each in record.annotations]
    drafts = data.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set()))
    surroundings = Surroundings(NOW, drafts)
    facts = []
    for record, text in content:
        own = text.text if record.article.snapshot else ""
        both = article_facts(*record, Circumstances(NOW, drafts), own)
        due = [is_due(each, NOW) for each in record.annotations]
        of_notes = zip(both.notes, due, strict=True)
        asked = tuple(replace(each, is_due=is_now_due) for each, is_now_due in of_notes)
        facts.append((record, replace(both, notes=asked)))
    with tempfile.TemporaryDirectory() as folder, patch("os.fsync"):
        library = indexed(Path(folder) / "library", content)
        for query in (*queries, *map(with_text, queries)):
            is_note, is_article = note_test(query), article_test(query)
            notes = {
                each.id
                for record, article in facts
                for each, note in zip(record.annotations, article.notes, strict=True)
                if is_note(note)
            }
            for order in NoteOrder:
                found = library.queries.notes(query, surroundings, order)
                assert sorted(key.id for key in found) == sorted(notes)
                first = library.queries.first_notes(query, surroundings, order, 1)
                assert first == found[: len(first)]
            articles = {record.article.id for record, each in facts if is_article(each)}
            assert set(library.queries.article_ids(query, surroundings)) == articles
        library.close()
