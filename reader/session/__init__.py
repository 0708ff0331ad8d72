"""The use cases: open, mark, note, undo, list, export. Knows no Textual."""

from reader.session.opening import Opening
from reader.session.reading import Reading, ReadingState, Settled
from reader.session.session import AnnotationRequest, Exported, Session
from reader.session.writer import SaveState, SaveStatus
from reader.store.drafts import Draft
from reader.store.library import AnnotationSummary, ArticleRecord, ArticleSummary

__all__ = [
    "AnnotationRequest",
    "AnnotationSummary",
    "ArticleRecord",
    "ArticleSummary",
    "Draft",
    "Exported",
    "Opening",
    "Reading",
    "ReadingState",
    "SaveState",
    "SaveStatus",
    "Session",
    "Settled",
]
