"""The use cases: open, mark, note, undo, list, export. Knows no Textual."""

from reader.session.library_lists import ListPart
from reader.session.loading_article import LoadingArticle, Question
from reader.session.note_preview import read_note
from reader.session.open_article import OpenArticle
from reader.session.reading_state import AnchoringResult, ReadingState
from reader.session.reanchoring import Placing
from reader.session.requests import (
    AnnotationRequest,
    ChosenNotes,
    Exported,
    ExportRequest,
    ExportScope,
)
from reader.session.session import Session
from reader.session.sources import Source, Watch
from reader.session.unidentified import UnidentifiedArticle
from reader.session.writer import SaveState, SaveStatus
from reader.store.files.drafts import Draft
from reader.store.index.index import IndexProgress
from reader.store.index.values import AnnotationKey
from reader.store.library import AnnotationSummary, ArticleRecord, ArticleSummary

__all__ = [
    "AnchoringResult",
    "AnnotationKey",
    "AnnotationRequest",
    "AnnotationSummary",
    "ArticleRecord",
    "ArticleSummary",
    "ChosenNotes",
    "Draft",
    "ExportRequest",
    "ExportScope",
    "Exported",
    "IndexProgress",
    "ListPart",
    "LoadingArticle",
    "OpenArticle",
    "Placing",
    "Question",
    "ReadingState",
    "SaveState",
    "SaveStatus",
    "Session",
    "Source",
    "UnidentifiedArticle",
    "Watch",
    "read_note",
]
