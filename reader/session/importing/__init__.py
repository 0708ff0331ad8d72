"""Imports the notes of other programs: plans, matches articles, merges, places and undoes."""

from reader.session.importing.files import KINDS
from reader.session.importing.importing import Importing
from reader.session.importing.plan import (
    ArticleFate,
    Fate,
    ImportPlan,
    Made,
    PlannedFile,
    PlannedNote,
    PlannedSource,
    TakenEdits,
)

__all__ = [
    "KINDS",
    "ArticleFate",
    "Fate",
    "ImportPlan",
    "Importing",
    "Made",
    "PlannedFile",
    "PlannedNote",
    "PlannedSource",
    "TakenEdits",
]
