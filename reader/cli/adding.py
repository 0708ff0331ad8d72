"""The commands for reading later: saving articles, and opening the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.cli.interrupts import recording_ctrl_c
from reader.cli.library import session_of
from reader.cli.output import (
    FAILED,
    NOTHING_FOUND,
    OK,
    flush_output,
    print_json,
    print_lines,
    print_message,
    print_warning,
)
from reader.cli.projects import named_projects
from reader.core.addresses import is_web_address
from reader.core.projects import distinct_projects
from reader.core.text_formatting import counted
from reader.errors import GivenUp, ReaderError
from reader.paths import is_file, typed_path
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    import argparse

    from reader.session import Session
    from reader.session.importing import ImportPlan
    from reader.session.queue import AddRequest, AddResult, Queue


def add(options: argparse.Namespace) -> int:
    """Save articles for later; the exit code is 2 if one of them could not be saved."""
    from reader.session.queue import AddRequest, read_list

    listed: Sequence[AddRequest] = ()
    if options.list is not None:
        listed, notes, remarks = read_list(options.list)
        for remark in remarks:
            print_warning(f"{options.list}: {remark}")
        if notes:
            print_warning(
                f"{options.list} also holds {counted(notes, 'note')}; to bring them in, too:"
                f" margin import {options.list}"
            )
    if not options.sources and not listed:
        raise ReaderError("Nothing to add", "Name what to save: margin add SOURCE, or --from FILE.")
    session = session_of(options)
    requests = [*_with_files(session.queue, [*map(AddRequest, options.sources)]), *listed]
    if not requests:
        return FAILED
    session.lists.prepare()
    projects = named_projects(session, options.projects)
    requests = [each._replace(tags=distinct_projects((*each.tags, *projects))) for each in requests]
    results: list[AddResult] = []
    with recording_ctrl_c() as is_cancelled:
        for result in _results(session.queue, requests, is_cancelled):
            results.append(result)
            if result.article_id and not result.is_new:
                session.projects.change([result.article_id], given=projects)
            if not options.json:
                _print(result)
        if is_cancelled():
            _print_summary(results)
            raise KeyboardInterrupt
    plan = None
    if options.with_annotations:
        plan = _import_annotations(session, _documents(requests, results), is_quiet=options.json)
    if options.json:
        print_json([_record(each, plan) for each in results])
    elif len(results) > 1:
        _print_summary(results)
    if not options.json and plan is None:
        _print_held(results)
    return FAILED if any(each.error for each in results) else OK


def _documents(requests: list[AddRequest], results: list[AddResult]) -> list[str]:
    """Return the files that were added or are there already, and web pages known to hold notes."""
    from reader.session.sources import STANDARD_INPUT

    documents: list[str] = []
    outcomes = {each.source: each for each in results if each.article_id}
    for request in requests:
        outcome = outcomes.get(request.source)
        if outcome is None or request.source == STANDARD_INPUT:
            continue
        if is_file(typed_path(request.source)) or outcome.embedded_notes:
            documents.append(request.source)
        elif not is_web_address(request.source) and not outcome.is_new:
            print_warning(f"{sanitise_line(request.source)}: the file is gone; no notes are taken.")
    return documents


def _import_annotations(session: Session, documents: list[str], *, is_quiet: bool) -> ImportPlan:
    """Import the notes that the files of articles hold, and print what came of it."""
    from reader.cli.importing import STAGES, print_outcome
    from reader.cli.progress import working

    with working(STAGES) as report:
        plan = session.importing.plan_documents(documents, report)
        made = session.importing.make(plan, report)
    session.writer.close()
    if not is_quiet and plan.files:
        print_outcome(plan, made)
    elif not is_quiet:
        print_message("No file among them holds annotations.")
    return plan


def _print_held(results: list[AddResult]) -> None:
    """Say how many notes the files hold that were not imported."""
    held = sum(each.embedded_notes for each in results if each.is_new)
    files = sum(each.embedded_notes > 0 for each in results if each.is_new)
    if held:
        whose = "The file holds" if len(results) == 1 else f"{counted(files, 'file')} hold"
        print_message(
            f"{whose} {counted(held, 'note')}; to take them: margin add --with-annotations FILE"
        )


def _with_files(queue: Queue, requests: list[AddRequest]) -> list[AddRequest]:
    """Return requests with the files of folders in place of these; say what is left out."""
    from reader.cli.progress import ProgressLine

    line = ProgressLine()
    try:
        expanded = queue.with_files(
            requests, lambda count: line.show(f"looking for files: {count:,} found, ctrl+c stops")
        )
    finally:
        line.clear()
    for remark in expanded.remarks:
        print_warning(remark)
    return list(expanded.requests)


def read_next(options: argparse.Namespace) -> int:
    """Open the unread article that was added first."""
    from reader.cli.commands import read

    session = session_of(options)
    article = session.queue.next_unread()
    if article is None:
        print_warning("Nothing is unread; to save an article for later: margin add SOURCE")
        return NOTHING_FOUND
    options.article_id, options.source = article.id, article.source
    return read(options)


def _results(
    queue: Queue, requests: list[AddRequest], is_cancelled: Callable[[], bool]
) -> Iterator[AddResult]:
    """Add one article and show how much of it has come, or many and show how many are done."""
    from reader.cli.progress import ProgressBar, watching
    from reader.session.queue import AddResult

    if len(requests) == 1:
        source = requests[0].source
        try:
            with watching(source) as watch:
                result = queue.add(requests[0], watch._replace(cancelled=is_cancelled))
        except GivenUp:
            return
        except ReaderError as error:
            result = AddResult(source, error=error)
        yield result
        return
    with ProgressBar(len(requests)) as bar:
        for result in queue.add_all(requests, bar.begin_one, is_cancelled):
            bar.finish_one(is_failure=result.error is not None)
            yield result


def _print(result: AddResult) -> None:
    if result.error is not None:
        error = result.error
        print_warning(f"{sanitise_line(result.source)}: {error.title}: {error.message}")
        return
    name = sanitise_line(result.title or result.source)
    print_lines([f"{result.article_id}  {name}{'' if result.is_new else '  (already there)'}"])
    flush_output()


def _print_summary(results: list[AddResult]) -> None:
    failed = sum(each.error is not None for each in results)
    new = sum(each.is_new for each in results)
    known = len(results) - new - failed
    print_message(f"{new:,} added, {known:,} already there, {failed:,} failed")


def _record(result: AddResult, plan: ImportPlan | None) -> dict[str, Any]:
    record = {
        "source": result.source,
        "id": result.article_id,
        "title": result.title,
        "added": result.is_new,
        "error": f"{result.error.title}: {result.error.message}" if result.error else "",
        "held_notes": result.embedded_notes,
    }
    if plan is not None:
        counts = Counter(
            source.article.id
            for source in plan.sources()
            if source.article is not None
            for note in source.notes
            if note.after is not None
        )
        record["imported_notes"] = counts[result.article_id]
    return record
