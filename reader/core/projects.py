"""Projects: what the reader writes articles for, kept as the tags of these articles.

A project is a tag of articles. Its names are compared without case, accents and typography, so that
``Water meters`` and ``water meters`` are one project, and keep the letters that they were given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from reader.core.annotation import Article, TagChange
from reader.core.folding import fold


class ProjectCount(NamedTuple):
    """A project and how many articles belong to it."""

    name: str
    """Its name, in the letters that most of its articles have."""
    articles: int
    """How many articles belong to it."""


def project_key(name: str) -> str:
    """Return what identifies a project: its name folded, with single spaces."""
    return " ".join(fold(name).split())


def distinct_projects(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the projects among the tags of an article, each once, in their order."""
    projects: dict[str, str] = {}
    for tag in tags:
        projects.setdefault(project_key(tag), tag)
    return tuple(tag for key, tag in projects.items() if key)


def count_projects(tags_of_articles: Iterable[Sequence[str]]) -> list[ProjectCount]:
    """Return the projects of some articles, those of most articles first.

    Args:
        tags_of_articles: The tags of each article.
    """
    spellings: dict[str, Counter[str]] = {}
    for tags in tags_of_articles:
        for name in distinct_projects(tags):
            spellings.setdefault(project_key(name), Counter())[name] += 1
    counts = [
        ProjectCount(max(names, key=lambda name: (names[name], name)), names.total())
        for names in spellings.values()
    ]
    return sorted(counts, key=lambda each: (-each.articles, project_key(each.name)))


def with_projects(
    article: Article, given: Collection[str], taken: Collection[str], moment: str
) -> Article:
    """Return an article that belongs to other projects; the same article where nothing changes.

    Args:
        article: The article.
        given: The names of projects that it belongs to from now on.
        taken: The names of projects that it does not belong to any more; a name that is also given
            gets the given letters.
        moment: The time of the change, later than ``last_tag_change``: ISO 8601, UTC, with
            milliseconds.
    """
    gone = set(map(project_key, taken))
    kept = [tag for tag in article.tags if project_key(tag) not in gone or tag in given]
    present = set(map(project_key, kept))
    new = [name for name in distinct_projects(given) if project_key(name) not in present]
    if len(kept) == len(article.tags) and not new:
        return article
    changes = {tag: TagChange(moment, is_removed=True) for tag in article.tags if tag not in kept}
    changes |= dict.fromkeys(new, TagChange(moment))
    return replace(
        article,
        tags=(*kept, *new),
        tag_changes={**article.tag_changes, **changes},
        # Earlier versions of Margin take all tags of the article whose tags were changed last.
        changed={**article.changed, "tags": moment},
    )


def last_tag_change(article: Article) -> str:
    """Return when a tag of an article was last given or taken away; empty if never."""
    return max((each.time for each in article.tag_changes.values()), default="")
