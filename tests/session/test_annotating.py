"""Annotating by words: other signs for the same letters, and one annotation for a passage."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

from reader.core.claims import DISPUTED
from reader.session import AnnotationRequest, Session

TEXT = """# The tide tables

"The harbour will close," said the keeper. It closed in March. It opened again in May.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "tides.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_annotate_finds_a_passage_with_other_signs(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "signs.txt"
    path.write_text("Signs\n\nWe don’t sail on guesses – ever…\n")
    annotation, _ = session.annotate(str(path), AnnotationRequest("We don't sail on guesses -"))
    assert annotation.selector.exact == "We don’t sail on guesses –"


SEVERAL: list[tuple[list[AnnotationRequest], tuple[object, ...]]] = [
    # Requests for one passage, then the tags, note, speaker and status of its one annotation.
    (
        [AnnotationRequest("", tags=["claim"], note="May.")] * 3,
        (("claim",), "May.", "", "unchecked"),
    ),
    (
        [AnnotationRequest("", tags=["claim"]), AnnotationRequest("", tags=["quote", "claim"])],
        (("claim", "quote"), "", "", "unchecked"),
    ),
    (
        [AnnotationRequest("", tags=["claim"]), AnnotationRequest("")],
        (("claim",), "", "", "unchecked"),
    ),
    ([AnnotationRequest(""), AnnotationRequest("")], (("quote",), "", "", "")),
    (
        [
            AnnotationRequest("", note="A"),
            AnnotationRequest("", note="B"),
            AnnotationRequest("", note="A"),
            AnnotationRequest("", note="A\n\n\nB \n"),
            AnnotationRequest(""),
        ],
        (("quote",), "A\n\nB", "", ""),
    ),
    (
        [AnnotationRequest("", note="A log"), AnnotationRequest("", note="A")],
        (("quote",), "A log\n\nA", "", ""),
    ),
    (
        [
            AnnotationRequest("", speaker="Ana"),
            AnnotationRequest("", status=DISPUTED),
            AnnotationRequest("", speaker="Imre"),
        ],
        (("quote",), "", "Imre", "disputed"),
    ),
    (
        [AnnotationRequest("", tags=["claim"], status="misleading"), AnnotationRequest("")],
        (("claim",), "", "", "misleading"),
    ),
]


@pytest.mark.parametrize(("requests", "fields"), SEVERAL)
def test_annotating_a_passage_again_adds_to_its_annotation(
    session: Session, article: Path, requests: list[AnnotationRequest], fields: tuple[object, ...]
) -> None:
    told: list[str] = []
    ids = set()
    for request, words in zip(
        requests, cycle(["closed in March", " closed\nin  March "]), strict=False
    ):
        annotation, _ = session.annotate(str(article), request._replace(quote=words), told.append)
        ids.add(annotation.id)
    (found,) = session.annotations()
    assert ids == {found.annotation.id}
    one = found.annotation
    assert (one.tags, one.note, one.speaker, one.status or "") == fields
    assert len(told) == len(requests) - 1
    assert all("is annotated already as " + found.annotation.id in each for each in told)


def test_annotating_again_says_what_is_new(session: Session, article: Path) -> None:
    told: list[str] = []
    first = AnnotationRequest("closed in March", tags=["claim"], note="May.")
    for request in (first, first, first._replace(tags=["figure"], speaker="Ana", note="June.")):
        session.annotate(str(article), request, told.append)
    assert told[0].endswith("; there was nothing to add to it.")
    assert told[1].endswith("; added to it: the tag figure, the note, the speaker.")


def test_a_deleted_annotation_does_not_stand_in_the_way(session: Session, article: Path) -> None:
    request = AnnotationRequest("closed in March", tags=["claim"])
    deleted, _ = session.annotate(str(article), request)
    open_article = session.open(str(article)).open_article
    open_article.delete([deleted.id])
    session.save_all()
    made, _ = session.annotate(str(article), request)
    assert made.id != deleted.id
    assert [each.annotation.id for each in session.annotations()] == [made.id]
