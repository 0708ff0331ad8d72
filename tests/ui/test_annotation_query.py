"""The query of the annotations panel: it means what it means everywhere, over one article."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader import clock
from reader.core.claims import STANDARD_NAMES
from reader.core.query.facts import Circumstances, article_facts
from reader.core.query.matching import note_test
from reader.core.query.parsing import parse
from reader.session import Draft, Session
from reader.session.names import NameKind
from reader.ui.widgets.annotation_query import AnnotationQuery
from tests.ui.list_app import article, keep, note
from tests.ui.stage import annotation, reading

MANY = [
    annotation(1, exact="relied in good faith", tags=["claim"], status="unchecked", note="Ask."),
    annotation(2, exact="in good faith on it", tags=["claim", "money"], status="disputed"),
    annotation(3, exact="a past", tags=["quote"], speaker="Solvay"),
    annotation(4, exact="another", tags=["context"]),
]

TERMS = st.sampled_from([
    "tag:claim", "status:open", "status:none", "has:note", "has:speaker", "is:overlapping",
    "speaker:solvay", "passage:faith", "note:ask", "marked:*..*", "is:changed", "is:orphaned",
    "in:bridge", "-tag:quote", "status:disputed,unchecked",
])  # fmt: skip


@given(st.lists(st.tuples(TERMS, st.sampled_from(["", "OR"])), min_size=1, max_size=4))
def test_fields_mean_what_they_mean_everywhere(terms: list[tuple[str, str]]) -> None:
    text = " ".join(f"{term} {operator}" for term, operator in terms).removesuffix("OR").strip()
    state, query = reading(*MANY), AnnotationQuery()
    for _ in range(2):  # the second time from what is known
        found, faults = query.matching(state, text, STANDARD_NAMES)
        assert faults == ()
        now = clock.local(clock.now()).replace(tzinfo=None)
        holds = note_test(parse(text, now).tree)
        facts = article_facts(state.article, state.annotations, Circumstances(clock.now()))
        pairs = zip(state.annotations, facts.notes, strict=True)
        assert list(found) == [each for each, fact in pairs if holds(fact)]


def test_words_are_looked_for_in_notes_and_tags_and_not_in_the_title() -> None:
    state, query = reading(*MANY), AnnotationQuery()
    title = state.article.metadata.title.split()[-1]
    assert title
    for words, count in [("faith", 2), ("MONEY", 1), ('"good faith" ask', 1), (title, 0)]:
        found, _ = query.matching(state, words, STANDARD_NAMES)
        assert len(found) == count, words


def test_drafts_and_other_names_of_a_speaker_are_known(tmp_path: Path) -> None:
    notes = [note("one", speaker="Lucan Prewitt"), note("two", speaker="Mr. P."), note("three")]
    tides = article("Tides")
    keep(tmp_path, (tides, notes))
    session = Session(tmp_path)
    names = session.names
    names.apply(names.plan_merge(NameKind.SPEAKERS, ["Mr. P."], "Lucan Prewitt"))
    session.drafts.write(notes[2].id, Draft("not done", ("quote",), "", None, clock.now()))
    record = session.record(tides.id)
    assert record is not None
    state, query = reading(*record.annotations), AnnotationQuery()
    query.load(session)
    for text, expected in [
        ('speaker:"Mr. P."', {"one", "two"}), ("has:draft", {"three"}), ("-has:draft", {"one", "two"})
    ]:  # fmt: skip
        found, _ = query.matching(state, text, STANDARD_NAMES)
        assert {each.selector.exact for each in found} == expected, text
    session.writer.close()
