"""The command that imports the notes of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.cli.library import session_of
from reader.cli.output import (
    OK,
    PROBLEMS_LEFT,
    print_json,
    print_lines,
    print_message,
    print_warning,
)
from reader.cli.progress import working
from reader.cli.projects import named_projects
from reader.cli.statuses import tag_name
from reader.core.text_formatting import one_line
from reader.progress import CHANGING, IMPORTING, LOOKING, PLANNING, REMOVING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from reader.core.annotation import Article
    from reader.session import Session
    from reader.session.importing import ImportPlan, Made, PlannedNote, PlannedSource

STAGES = dict.fromkeys((LOOKING, PLANNING, IMPORTING, CHANGING, REMOVING), "Nothing was imported.")
"""What an import does, each with what is said when ctrl+c ends it there."""

_TITLE_LENGTH = 60
_QUOTE_LENGTH = 70


def import_notes(options: argparse.Namespace) -> int:
    """Import the notes of files, or print what that would do."""
    session = session_of(options)
    projects = named_projects(session, options.projects)
    tags = [tag_name(each) for each in options.tag]
    article = _article(session, options.article)
    with working(STAGES) as report:
        plan = session.importing.plan(
            options.files,
            kind=options.kind,
            tags=tags,
            projects=projects,
            article=article,
            report=report,
        )
        made = None if options.dry_run else session.importing.make(plan, report)
    session.writer.close()
    if options.json:
        print_json(_record(plan, made))
    else:
        print_outcome(plan, made, is_verbose=options.verbose)
    return PROBLEMS_LEFT if plan.ambiguous or plan.bad_rows else OK


def print_outcome(plan: ImportPlan, made: Made | None, *, is_verbose: bool = False) -> None:
    """Print what an import does, or did, and what of the files could not be read.

    Args:
        plan: What it does.
        made: What it did; None where it was only planned.
        is_verbose: Whether each note gets a line.
    """
    print_lines(_lines(plan, is_verbose=is_verbose))
    _print_faults(plan, made)
    print_message(_summary(plan, made))


def _article(session: Session, name: str) -> Article | None:
    """Return the article that an option names; None where it is not given.

    Raises:
        ReaderError: No article, or more than one, fits.
    """
    if not name:
        return None
    record = session.record(session.find_article(name).id)
    return record.article if record is not None else None


def _lines(plan: ImportPlan, *, is_verbose: bool) -> Iterator[str]:
    """Yield a line for each source, and one for each of its notes where they are asked for."""
    for file in plan.files:
        yield f"{file.name}: {file.title}"
        for source in file.sources:
            yield f"  {_line_of(source)}"
            for note in source.notes if is_verbose else ():
                yield f"    {_line_of_note(note)}"


def _line_of(source: PlannedSource) -> str:
    """Return a source with what becomes of it: ``The Quiet Ledger, a new article: 3 new``."""
    from reader.session.importing import ArticleFate

    what = {
        ArticleFate.NEW: "a new article",
        ArticleFate.KNOWN: "in the library",
        ArticleFate.AMBIGUOUS: "which may be several articles",
        ArticleFate.REMOVED: "removed from the library",
        ArticleFate.EMPTY: "without anything to import",
    }[source.fate]
    title = one_line(source.title, _TITLE_LENGTH) or "Untitled"
    return f"{title}, {what}: {source.summary}"


def _line_of_note(note: PlannedNote) -> str:
    words = one_line(note.note.quote or note.note.note, _QUOTE_LENGTH)
    return f"{note.in_words}: “{words}”{f' {note.remark}' if note.remark else ''}"


def _print_faults(plan: ImportPlan, made: Made | None) -> None:
    for file in plan.files:
        for row in file.bad_rows:
            print_warning(f"{file.name}: {row.where}: {row.message}")
        for remark in file.remarks:
            print_warning(f"{file.name}: {remark}")
    for source in plan.ambiguous:
        titles = "; ".join(one_line(each, _TITLE_LENGTH) for each in source.candidates)
        print_warning(
            f"“{one_line(source.title, _TITLE_LENGTH)}” may be several articles, so nothing of"
            f" it is imported; name one with --article: {titles}"
        )
    for source in plan.removed:
        print_warning(
            f"“{one_line(source.title, _TITLE_LENGTH)}” was removed from the library, so nothing of"
            f" it is imported; to bring it back: margin trash --restore {source.removal}"
        )
    for remark in made.remarks if made is not None else ():
        print_warning(remark)


def _summary(plan: ImportPlan, made: Made | None) -> str:
    if made is None:
        return f"This would import: {plan.summary}. Nothing was changed."
    return f"Imported: {plan.summary}." + (" To take it back: margin undo" if made.step_id else "")


def _record(plan: ImportPlan, made: Made | None) -> dict[str, Any]:
    return {
        "label": plan.label,
        "made": made is not None,
        "step": made.step_id if made is not None else "",
        "counts": _counts(plan.counts),
        "new_articles": plan.new_articles,
        "files": [
            {
                "name": file.name,
                "kind": file.kind,
                "bad_rows": [{"row": row.row, "message": row.message} for row in file.bad_rows],
                "remarks": list(file.remarks),
                "sources": [_source_record(source) for source in file.sources],
            }
            for file in plan.files
        ],
        "remarks": list(made.remarks) if made is not None else [],
    }


def _counts(counts: Mapping[Any, int]) -> dict[str, int]:
    from reader.session.importing import Fate

    return {str(fate).replace(" ", "_"): counts.get(fate, 0) for fate in Fate}


def _source_record(source: PlannedSource) -> dict[str, Any]:
    return {
        "title": source.title,
        "address": source.address,
        "fate": str(source.fate),
        "article": source.article.id if source.article is not None else "",
        "candidates": list(source.candidates),
        "left_out": source.left_out,
        "removal": source.removal,
        "notes": [_note_record(each) for each in source.notes],
    }


def _note_record(planned: PlannedNote) -> dict[str, Any]:
    annotation = planned.after or planned.before
    return {
        "fate": str(planned.fate),
        "row": planned.note.row,
        "id": annotation.id if annotation is not None else "",
        "quote": planned.note.quote,
        "note": planned.note.note,
        "tags": list(planned.note.tags),
        "parts": list(planned.parts),
        "remark": planned.remark,
    }
