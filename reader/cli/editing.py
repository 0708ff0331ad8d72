"""The command that corrects the sources of articles, and gives articles to projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.cli.library import session_of
from reader.cli.output import OK, print_json, print_lines, print_warnings
from reader.cli.projects import named_projects
from reader.core.overrides import SOURCE_FIELDS
from reader.errors import ReaderError

if TYPE_CHECKING:
    import argparse

    from reader.core.annotation import Article


def edit(options: argparse.Namespace) -> int:
    """Correct the sources and the projects of articles, and print how they are cited now."""
    from reader.session.source_editing import read_value

    values: dict[str, tuple[str, ...]] = {}
    for field in SOURCE_FIELDS:
        given = getattr(options, field.name)
        if given is None:
            continue
        if field.name == "authors":
            names = (name for line in given for name in read_value(field.name, line))
            values[field.name] = tuple(dict.fromkeys(names))
        else:
            values[field.name] = read_value(field.name, given)
    session = session_of(options)
    given = named_projects(session, options.projects)
    taken = named_projects(session, options.left_projects)
    if not (values or given or taken):
        known = ", ".join(f"--{field.option}" for field in SOURCE_FIELDS)
        raise ReaderError(
            "Nothing to change", f"Name what to set: {known}, --project or --no-project."
        )
    ids = list(dict.fromkeys(session.find_article(name).id for name in options.articles))
    session.projects.change(ids, given=given, taken=taken)
    changes = session.source_editing.edit(ids, values)
    print_warnings(session.problems)
    if options.json:
        print_json([source_record(each.article) for each in changes])
    else:
        from reader.core.citation import citation

        print_lines(f"{each.article.id}  {citation(each.article)}" for each in changes)
    session.writer.close()
    return OK


def source_record(article: Article) -> dict[str, Any]:
    """Return what is known about the source of an article."""
    metadata = article.metadata
    return {
        "id": article.id,
        "title": metadata.title,
        "authors": list(metadata.authors),
        "site": metadata.site,
        "published": metadata.published,
        "url": metadata.url,
        "accessed": article.accessed,
        "archive": article.archive,
        "source": article.source,
        "tags": list(article.tags),
        "corrected": [
            field.name
            for field in SOURCE_FIELDS
            if field.name in article.overrides and article.overrides[field.name].values
        ],
    }
