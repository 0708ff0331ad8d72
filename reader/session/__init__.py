"""The use cases: open, mark, note, undo, list, export. Knows no Textual."""

from reader.session.opening import Opening, Question
from reader.session.reading import Reading, ReadingState, Settled
from reader.session.recognising import Candidate
from reader.session.requests import AnnotationRequest, Exported
from reader.session.session import Session
from reader.session.sources import Source, Watch
from reader.session.writer import SaveState, SaveStatus
from reader.store.files.drafts import Draft
from reader.store.library import AnnotationSummary, ArticleRecord, ArticleSummary

__all__ = [
    "AnnotationRequest",
    "AnnotationSummary",
    "ArticleRecord",
    "ArticleSummary",
    "Candidate",
    "Draft",
    "Exported",
    "Opening",
    "Question",
    "Reading",
    "ReadingState",
    "SaveState",
    "SaveStatus",
    "Session",
    "Settled",
    "Source",
    "Watch",
]
