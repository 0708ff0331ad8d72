"""An article is cited on one line."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Article
from reader.core.citation import citation, cite_evidence, day
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind

pieces = st.text(st.characters(exclude_characters=",“”"), max_size=40)


def test_all_that_is_known_stands_in_the_reference() -> None:
    metadata = Metadata(
        title="The night\nferry",
        authors=("A. Oake", "B. Low"),
        site="The Courier",
        published="2026-03-04T05:06:07+00:00",
        url="https://courier.example/ferry",
    )
    article = Article(id="1", source="/home/a/ferry.html", source_metadata=metadata)
    assert citation(article) == (
        "A. Oake, B. Low, “The night ferry”, The Courier, 4 March 2026, "
        "https://courier.example/ferry"
    )


def test_a_quotation_within_what_is_quoted_has_the_inner_marks() -> None:
    metadata = Metadata(title="Aldous: “I listen for the ‘quiet’ ones”")
    article = Article(id="1", source="", source_metadata=metadata)
    assert citation(article) == "“Aldous: ‘I listen for the ‘quiet’ ones’”"
    evidence = Evidence(
        Relation.SUPPORTS, TargetKind.ANNOTATION, "x", words="“It did,” she said", title="“Tides”"
    )
    assert cite_evidence(evidence) == "Supported by “‘It did,’ she said” (“Tides”)"


@pytest.mark.parametrize(
    "source", ["/home/ann/notes/ferry.html", "C:\\Ann\\ferry.html", "ferry.html"]
)
def test_the_folder_of_a_file_stays_at_home(source: str) -> None:
    """Whoever gets a reference learns nothing of the reader's disk."""
    metadata = Metadata(title="The night ferry")
    article = Article(id="1", source=source, source_metadata=metadata)
    assert citation(article) == "“The night ferry”, ferry.html"
    article = replace(article, source_metadata=replace(metadata, site="The Courier"))
    assert citation(article) == "“The night ferry”, The Courier"
    stated = replace(metadata, url=f"file://{source}")
    assert "ann" not in citation(replace(article, source_metadata=stated)).lower()


@given(pieces, st.lists(pieces, max_size=3), pieces, pieces, pieces)
def test_a_reference_is_one_line_without_gaps_for_what_is_unknown(
    title: str, authors: list[str], site: str, published: str, source: str
) -> None:
    metadata = Metadata(title=title, authors=tuple(authors), site=site, published=published)
    line = citation(Article(id="1", source=source, source_metadata=metadata))
    assert len(line.splitlines()) <= 1
    assert "“”" not in line
    assert all(fact.strip() for fact in line.split(",")) or not line


@given(st.datetimes(min_value=datetime(1000, 1, 1)))
def test_a_moment_is_its_day(moment: datetime) -> None:
    assert day(moment.isoformat()) == day(moment.date().isoformat())
    assert day(moment.date().isoformat()).split()[0] == str(moment.day)


def test_what_is_no_date_stays_as_it_is() -> None:
    assert day(date(2026, 1, 31).isoformat()) == "31 January 2026"
    assert [day(each) for each in ("", "2026", "2026-01", "Spring\n2026", "2026-99-99")] == [
        "", "2026", "January 2026", "Spring 2026", "2026-99-99"
    ]  # fmt: skip
