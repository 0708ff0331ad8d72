"""Files of earlier exports whose annotations are gone: removed, emptied, or only reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from reader.core.annotation import Annotation
from reader.exports.merging import emptied
from reader.exports.model import Content
from reader.exports.registry import ExportFormat, as_bytes
from reader.files import write_atomically


class Unbacked(NamedTuple):
    """An article of which an export has nothing to show."""

    reason: str
    """Why, as a clause: ``its annotations were deleted``."""
    annotations: Mapping[str, Annotation] = {}
    """Its annotations that are not exported, by id, deleted ones too."""
    has_others: bool = False
    """Whether it has live annotations without the tags of the export: a file of its that does not
    show these tags belongs to another export."""
    is_known: bool = True
    """Whether the library has the article, or knows that it was removed."""


FindUnbacked = Callable[[str], Unbacked | None]
"""Returns what is known of an article that is not among those to write; None where the export does
not concern it."""


IMPORT_ADVICE: Final = "margin import takes what is missing from the file"
"""What to do about a file with annotations that the library does not have, as a clause."""


class Outcome(StrEnum):
    """What became of a file whose annotations are gone."""

    REMOVED = "removed"
    """It is gone: all of it was Margin's."""
    EMPTIED = "emptied"
    """What Margin wrote in it is gone; what a person wrote in it is there."""
    LEFT = "left"
    """It is as it was."""


class Leftover(NamedTuple):
    """A file of an earlier export whose annotations are gone."""

    path: Path
    """The file."""
    outcome: Outcome
    """What became of it."""
    reason: str
    """Why it was left over, or why it was left as it was, as a clause."""

    @property
    def is_changed(self) -> bool:
        """Whether the file was removed or written."""
        return self.outcome is not Outcome.LEFT

    @property
    def sentence(self) -> str:
        """One sentence that says what became of the file."""
        match self.outcome:
            case Outcome.REMOVED:
                return f"{self.path} was removed, because {self.reason}; nobody had changed it."
            case Outcome.EMPTIED:
                return (
                    f"{self.path} no longer shows what Margin wrote in it, because {self.reason};"
                    " what you wrote in it stays."
                )
            case Outcome.LEFT:
                return f"{self.path} is left as it was, because {self.reason}."


def clear_file(
    path: Path,
    content: Content,
    format_: ExportFormat[Content],
    find_unbacked: FindUnbacked,
    tags: Collection[str],
    *,
    is_dry: bool = False,
) -> Leftover | None:
    """Take what Margin wrote out of a file, if all of its articles have nothing to export.

    The file is removed where all of it is Margin's, and nobody has changed it. It stays as it is
    where it has annotations that the library never deleted, and does not have.

    Args:
        path: The file.
        content: What it holds.
        format_: The format of the export.
        find_unbacked: Tells what is known of an article.
        tags: The tags of the export; empty for all annotations.
        is_dry: Whether only to say what would become of it.

    Returns:
        What became of it; None where it does not concern the export, or holds nothing of Margin's
        any more.

    Raises:
        OSError: It cannot be removed or written.
    """
    found = [find_unbacked(each) for each in format_.article_ids(content)]
    articles = [each for each in found if each is not None]
    if not articles or any(_is_of_another(each, content, format_, tags) for each in articles):
        return None
    if len(articles) < len(found):
        return Leftover(path, Outcome.LEFT, "it also holds annotations of other articles")
    unknown = [each for each in articles if not each.is_known]
    if unknown:
        return Leftover(path, Outcome.LEFT, unknown[0].reason)
    return _clear(path, content, format_, articles, is_dry=is_dry)


def _is_of_another(
    article: Unbacked, content: Content, format_: ExportFormat[Content], tags: Collection[str]
) -> bool:
    return article.has_others and not (format_.shows_tag and format_.shows_tag(content, tags))


def _clear(
    path: Path,
    content: Content,
    format_: ExportFormat[Content],
    articles: Sequence[Unbacked],
    *,
    is_dry: bool,
) -> Leftover | None:
    reason = articles[0].reason
    annotations = {key: each for article in articles for key, each in article.annotations.items()}
    if lost := lost_annotations(content, format_, annotations):
        return Leftover(path, Outcome.LEFT, f"{lost}; {IMPORT_ADVICE}")
    is_own = format_.is_own is not None and format_.is_own(content, annotations)
    if is_own and not path.is_symlink():
        if not is_dry:
            path.unlink()
        return Leftover(path, Outcome.REMOVED, reason)
    rest = _without(content, format_, annotations)
    if rest is None:
        why = "it is a link" if is_own else "it was changed after Margin wrote it"
        return Leftover(path, Outcome.LEFT, f"{why}, though {reason}")
    if rest == content:
        return None
    if not is_dry:
        write_atomically(path.resolve(), [as_bytes(rest)], is_private=False)
    return Leftover(path, Outcome.EMPTIED, reason)


def lost_annotations(
    content: Content, format_: ExportFormat[Content], known: Collection[str]
) -> str:
    """Return that the library does not have some annotations of a file, as a clause.

    Args:
        content: What the file holds.
        format_: The format of the export.
        known: The ids of the annotations of its articles, deleted ones too.

    Returns:
        The clause; empty where it has all, or the format does not say which there are.
    """
    if format_.form is None or format_.form.notes is None or isinstance(content, bytes):
        return ""
    count = len(format_.form.notes(content).keys() - set(known))
    return f"the library does not have {count:,} of its annotations" if count else ""


def _without(
    content: Content, format_: ExportFormat[Content], annotations: Mapping[str, Annotation]
) -> Content | None:
    """Return a file without annotations; None where nobody can tell what Margin wrote in it."""
    if format_.without is not None:
        return format_.without(content, annotations)
    if format_.form is None or isinstance(content, bytes):
        return None
    parts = format_.form.parts(content)
    return format_.form.joined(emptied(parts.written, parts)) if parts.written else None
