"""The command that exports annotations: which ones, in which format, and to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.exported import (
    STANDARD_OUTPUT,
    hand_out,
    is_output_a_file,
    named_format,
    print_template,
)
from reader.cli.library import session_of
from reader.cli.output import NOTHING_FOUND, OK, print_json, print_warning, print_warnings
from reader.cli.progress import working
from reader.cli.statuses import tag_name
from reader.errors import NothingToExportError, ReaderError
from reader.paths import absolute_path
from reader.progress import EXPORTING

if TYPE_CHECKING:
    import argparse

    from reader.session import Session
    from reader.session.requests import ChosenNotes


def export(options: argparse.Namespace) -> int:
    """Export annotations; the exit code is 1 if there are none."""
    if options.print_template is not None:
        return print_template(options.print_template)
    if options.dry_run and options.to is None:
        raise ReaderError("Not exported", "--dry-run says what --to would do; name a folder.")
    format_name = named_format(options)
    if options.output == STANDARD_OUTPUT:
        options.output = None
    session = session_of(options)
    session.lists.prepare()
    articles = _articles_to_export(session, options)
    chosen = _chosen_notes(session, options)
    tags = [tag_name(each) for each in options.tag]
    try:
        if options.to is None:
            return _export(
                session, options, articles, chosen=chosen, tags=tags, format_name=format_name
            )
        from reader.cli.vault import update_vault

        return update_vault(session, options, articles, chosen, tags)
    finally:
        print_warnings(session.problems)


def _export(
    session: Session,
    options: argparse.Namespace,
    articles: list[str] | None,
    *,
    chosen: ChosenNotes | None,
    tags: list[str],
    format_name: str,
) -> int:
    """Export to standard output, to the clipboard, or to files; return the exit code."""
    try:
        with working({EXPORTING: _consequence_of_stopping(options)}) as report:
            exported = session.export(
                articles,
                target=absolute_path(options.output, "-o") if options.output else None,
                tags=tags,
                format_name=format_name,
                chosen=chosen,
                has_ids=options.ids,
                is_for_file=not options.copy and is_output_a_file(),
                report=report,
                remark=print_warning,
            )
    except NothingToExportError as error:
        print_warnings([*error.leftovers, f"{error.title}: {error.message}"])
        if options.json:
            print_json([])
        return NOTHING_FOUND
    hand_out(exported, session, options)
    return OK


def _chosen_notes(session: Session, options: argparse.Namespace) -> ChosenNotes | None:
    """Return the notes that a query asks for; None without one.

    Raises:
        ReaderError: The query has a mistake, so that it may not be what was meant.
    """
    if not options.query.strip() and not options.saved:
        return None
    from reader.cli.asking import asked, found_notes
    from reader.session.requests import ChosenNotes

    question = asked(options, session)
    if question.has_faults:
        raise ReaderError("Not exported", "Correct the query, or put it in quotation marks.")
    ids = {each.annotation.id for each in found_notes(session, question)}
    return ChosenNotes(ids, question.text)


def _consequence_of_stopping(options: argparse.Namespace) -> str:
    """Return the sentence that says what stays of an export that was ended."""
    if options.output is None:
        return "Nothing was copied." if options.copy else "Nothing was printed."
    return "Files that were written are whole; the same command writes the rest."


def _articles_to_export(session: Session, options: argparse.Namespace) -> list[str] | None:
    """Return the ids of the articles that the options ask for; None for all of the library.

    Raises:
        ReaderError: There is no such article or no such project, or the article is not in it.
    """
    article = _article_to_export(session, options) if options.article else ""
    if not options.projects:
        return [article] if article else None
    ids = [each.id for each in session.projects.articles(options.projects)]
    if article and article not in ids:
        named = " nor to ".join(options.projects)
        raise ReaderError("Not exported", f"{options.article!r} does not belong to {named}.")
    return [article] if article else ids


def _article_to_export(session: Session, options: argparse.Namespace) -> str:
    """Return the id of the article that the options name; its file may outlive its removal."""
    try:
        return session.find_article(options.article).id
    except ReaderError:
        is_folder = options.output or options.to is not None
        removed = session.deletions.find_article(options.article) if is_folder else ""
        if not removed:
            raise
        return removed
