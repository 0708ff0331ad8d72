"""Choosing two versions of an article of the library, to compare them in the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader import clock
from reader.core.annotation import Article
from reader.core.article_diff import ArticleDiff
from reader.core.dates import DateError
from reader.core.document import Document
from reader.core.periods import period
from reader.errors import ReaderError
from reader.session.sources import read_changed_file
from reader.session.versions import Version, known_versions
from reader.store.library import ArticleRecord

FROM, TO = "--from", "--to"
"""The options that name the two versions."""

MOST_NAMED = 8
"""How many versions an error names."""


class VersionDiff(NamedTuple):
    """Two versions of an article of the library, compared."""

    article: Article
    """The article."""
    earlier: Version
    """The version to compare from."""
    later: Version
    """The version to compare to."""
    diff: ArticleDiff
    """What differs."""


def diff_versions(
    record: ArticleRecord, since: str, until: str, snapshot: Callable[[str], Document | None]
) -> VersionDiff:
    """Compare two versions of an article.

    A file is read as it is now; nothing is saved.

    Args:
        record: The article with its annotations.
        since: When the article was as it is to be compared from, as people write times; empty for
            the version before the later one.
        until: When it was as it is to be compared to; empty for now.
        snapshot: Returns the document with a digest; None if the library does not have it.

    Raises:
        ReaderError: There is no such version, or no copy of it, or that is no time.
    """
    article, annotations = record
    live = [each for each in annotations if not each.is_deleted]
    versions = known_versions(article, live)
    now = read_changed_file(article)
    documents = {now.digest: now} if now is not None else {}
    if now is not None:
        versions = _with_present(versions, now.digest)
    later = _chosen(versions, until, TO) if until else versions[0]
    earlier = _chosen(versions, since, FROM) if since else _before(versions, later)
    pair = [documents.get(each.digest) or snapshot(each.digest) for each in (earlier, later)]
    for version, document in zip((earlier, later), pair, strict=True):
        if document is None:
            raise ReaderError(
                "No copy", f"The library has no copy of the version of {version_time(version)}."
            )
    old, new = (document for document in pair if document is not None)
    return VersionDiff(article, earlier, later, ArticleDiff(old, new))


def version_time(version: Version) -> str:
    """Return when a version was first seen, as ``--from`` takes it: ``2026-11-30 09:05``."""
    return clock.local_minute(version.first or version.last)


def _with_present(versions: Sequence[Version], digest: str) -> list[Version]:
    """Return versions, of which the one with a digest is present now."""
    moment = clock.now()
    known = next((each for each in versions if each.digest == digest), None)
    present = known or Version(digest, moment, frozenset(), moment)
    others = [each._replace(is_present=False) for each in versions if each.digest != digest]
    return [present._replace(last=moment, is_present=True), *others]


def _before(versions: Sequence[Version], later: Version) -> Version:
    """Return the version before another, itself where it is the first one.

    All of a page is not compared with its article alone, if there is another version.
    """
    earlier = versions[versions.index(later) + 1 :]
    same = [each for each in earlier if each.is_whole == later.is_whole]
    return next(iter(same or earlier), later)


def _chosen(versions: Sequence[Version], words: str, option: str) -> Version:
    """Return the version that an article had in a period that is named.

    Of several that were seen in it, ``--from`` takes the first and ``--to`` the last, so that all
    that changed meanwhile is between them. Where none was seen in it, the last one before counts.

    Raises:
        ReaderError: It had none yet, or the words name no period.
    """
    try:
        start, end = map(clock.iso, period(words, clock.local(clock.now()).replace(tzinfo=None)))
    except DateError as error:
        raise ReaderError("No such time", f"{option}: {error}.") from error
    except OverflowError as error:
        sentence = f"{option}: “{words[:60]}” is too early or too late."
        raise ReaderError("No such time", sentence) from error
    begun = [each for each in versions if (each.first or each.last) <= end]
    if not begun:
        raise ReaderError(
            "No such version",
            f"{option} {words}: Margin has no version that is so old. It has {_listed(versions)}.",
        )
    seen = [each for each in begun if each.last >= start]
    if seen and option == FROM:
        return min(seen, key=lambda each: (each.first, each.last))
    return max(begun, key=lambda each: (min(each.last, end), each.first))


def _listed(versions: Sequence[Version]) -> str:
    times = [version_time(each) for each in reversed(versions)]
    if len(times) == 1:
        return f"one version, of {times[0]}"
    named = ", ".join(times[:MOST_NAMED])
    more = len(times) - MOST_NAMED
    return f"the versions of {named}{f' and {more} later ones' if more > 0 else ''}"
