"""An annotation as the JSON that scripts read, in the shell and in exports."""

from __future__ import annotations

from typing import Any, Final

from reader.core.annotation import Annotation
from reader.core.evidence import evidence_in, evidence_record
from reader.core.selectors import selector_history
from reader.core.wording import wordings

WAITING: Final = "waiting"
"""The state of an imported annotation whose article has no text yet."""


def state_name(annotation: Annotation) -> str:
    """Return how the place of an annotation was found, in the word that exports have for it."""
    return WAITING if annotation.is_waiting else str(annotation.place.state)


def annotation_record(annotation: Annotation, article_id: str, title: str) -> dict[str, Any]:
    """Return an annotation, with its article's id and title."""
    evidence = evidence_in(annotation.links)
    return {
        "id": annotation.id,
        "article": article_id,
        "title": title,
        "quote": annotation.selector.exact,
        "tags": list(annotation.tags),
        "note": annotation.note,
        "speaker": annotation.speaker,
        "status": annotation.status or None,
        "evidence": [evidence_record(each) for each in evidence if each.is_basis],
        "evidence_for": [evidence_record(each) for each in evidence if not each.is_basis],
        "start": annotation.place.start,
        "end": annotation.place.end,
        "state": state_name(annotation),
        "loss": annotation.loss and str(annotation.loss),
        "section": annotation.selector.section,
        "page": annotation.selector.page,
        "prefix": annotation.selector.prefix,
        "suffix": annotation.selector.suffix,
        "earlier": [each.exact for each in selector_history(annotation.selector)[:-1]],
        "wordings": [each._asdict() for each in wordings(annotation)],
        "created": annotation.created,
        "modified": annotation.modified,
    }
