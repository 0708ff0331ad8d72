"""Annotations and articles as edits change them: new ones, verdicts, sources, projects, places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import (
    CLAIM,
    UNKNOWN_TEXT,
    Annotation,
    Article,
    ArticleState,
    Place,
    Verdict,
)
from reader.core.changes import changed_at, last_change, reapplied, with_overrides, with_state
from reader.core.claims import status_with_tags
from reader.core.document import Document, TextRange
from reader.core.projects import last_tag_change, with_projects
from reader.core.selectors import describe
from reader.core.undo import Change, Edit, VerdictChange
from reader.identifiers import new_id

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper


def new_annotation(
    document: Document,
    passage: TextRange,
    tags: Sequence[str],
    speaker: str = "",
    status: str | None = None,
) -> Annotation:
    """Return a new annotation of a passage.

    Args:
        document: The document.
        passage: A range with at least one character that is not white space.
        tags: At least one tag.
        speaker: Who said it; may be empty.
        status: How far a claim was checked; a claim without a status is unchecked.
    """
    selector = describe(document, passage)
    moment = clock.now()
    return Annotation(
        id=new_id(),
        selector=selector,
        place=Place(selector.start, selector.end),
        tags=distinct(tags),
        created=moment,
        modified=moment,
        speaker=speaker,
        status=status_with_tags(status, tags),
    )


def with_status(annotation: Annotation, status: str) -> Annotation:
    """Return an annotation as a claim with a status."""
    return replace(annotation, tags=distinct([*annotation.tags, CLAIM]), status=status)


def with_tag(annotation: Annotation, tag: str) -> Annotation:
    """Return an annotation with a tag after those that it has; a new claim is unchecked."""
    return _with_tags(annotation, distinct([*annotation.tags, tag]))


def without_tag(annotation: Annotation, tag: str) -> Annotation:
    """Return an annotation without a tag, unless it is the only one."""
    kept = tuple(each for each in annotation.tags if each != tag)
    return _with_tags(annotation, kept or annotation.tags)


def with_renamed_tags(annotation: Annotation, names: Collection[str], new_name: str) -> Annotation:
    """Return an annotation with one tag in place of others."""
    renamed = [new_name if tag in names else tag for tag in annotation.tags]
    return _with_tags(annotation, distinct(renamed))


def _with_tags(annotation: Annotation, tags: tuple[str, ...]) -> Annotation:
    status = status_with_tags(annotation.status, tags, annotation.tags)
    return replace(annotation, tags=tags, status=status)


def with_deletion(annotation: Annotation) -> Annotation:
    """Return an annotation as a tombstone; one that is deleted already stays as it is."""
    return annotation if annotation.is_deleted else replace(annotation, deleted=clock.now())


def without_deletion(annotation: Annotation) -> Annotation:
    """Return an annotation that is not deleted, or no longer."""
    return replace(annotation, deleted="")


def stamped(present: Annotation, after: Annotation) -> Annotation:
    """Return a changed annotation as it is saved.

    The times of what changed are later than all times of the annotation so far. The place may be
    newer than the last modification: it was found when the text was opened.

    Args:
        present: The annotation before the change.
        after: The annotation after the change.
    """
    moment = clock.later(clock.now(), than=last_change(present))
    if after.is_deleted and not present.is_deleted:
        after = replace(after, deleted=moment)
    return replace(changed_at(present, after, moment), modified=moment)


def stamped_edit(edit: Edit, by_id: Mapping[str, Annotation]) -> Edit:
    """Return an edit as it is saved.

    Its times are later than those of what it changes, and a removed annotation becomes a tombstone,
    so that other copies of the library remove it too.

    Args:
        edit: The edit.
        by_id: The present annotations by id.
    """
    changes = tuple(_stamped_change(each, by_id) for each in edit.changes)
    return Edit(edit.label, changes, edit.verdicts)


def _stamped_change(change: Change, by_id: Mapping[str, Annotation]) -> Change:
    after = change.after
    if after is None:
        assert change.before is not None
        after = with_deletion(change.before)
    present = by_id.get(after.id)
    if present is None:
        return Change(change.before, after)
    if change.before is not None:
        after = reapplied(present, change.before, after)
    return Change(change.before, stamped(present, after))


def with_verdicts(article: Article, changes: Sequence[VerdictChange]) -> Article:
    """Return an article with other verdicts on suggested quotations, later than the present."""
    if not changes:
        return article
    verdicts, moment = dict(article.suggestions), clock.now()
    for change in changes:
        present = verdicts.get(change.key)
        time = clock.later(moment, than=present.time if present is not None else "")
        verdicts[change.key] = Verdict(time, change.is_declined)
    return replace(article, suggestions=verdicts)


def edited_source(article: Article, values: Mapping[str, tuple[str, ...]]) -> Article:
    """Return an article with facts about its source, later than those that it has.

    Args:
        article: The article.
        values: Checked values by the names of ``overrides.SOURCE_FIELDS``.
    """
    latest = max((each.time for each in article.overrides.values()), default="")
    return with_overrides(article, values, clock.later(clock.now(), than=latest))


def with_other_projects(
    article: Article, given: Collection[str], taken: Collection[str]
) -> Article:
    """Return an article with projects given and taken now; the same one where nothing changes."""
    moment = clock.later(clock.now(), than=last_tag_change(article))
    return with_projects(article, given, taken, moment)


def with_position(
    article: Article, position: int, progress: float, caret: int | None = None
) -> Article:
    """Return an article with another reading position; the same one where it is not another.

    Args:
        article: The article.
        position: Offset of the first character on screen, in code points.
        progress: The share of the text above the end of the screen, 0 to 1.
        caret: Offset of the character under the caret; by default ``position``.
    """
    distance = 0 if caret is None else max(caret - position, 0)
    share = round(progress, 4)
    present = article.position, article.caret_distance, article.progress
    if present == (position, distance, share):
        return article
    moment = clock.later(clock.now(), than=article.changed.get("position", article.opened))
    article = replace(
        article,
        position=position,
        caret_distance=distance,
        progress=share,
        finished=article.finished or progress >= 1.0,
        changed={**article.changed, "position": moment},
    )
    if progress >= 1.0 and article.manual_state is ArticleState.READING:
        article = with_state(article, None, moment)
    return article


def with_mapped_position(article: Article, offset_mapper: OffsetMapper | None) -> Article:
    """Return an article with its reading position and its caret mapped to the new text."""
    if offset_mapper is None:
        return article
    position = offset_mapper.map(article.position)
    distance = max(offset_mapper.map(article.caret) - position, 0)
    if (position, distance) == (article.position, article.caret_distance):
        return article
    moment = clock.later(clock.now(), than=article.changed.get("position", article.opened))
    return replace(
        article,
        position=position,
        caret_distance=distance,
        changed={**article.changed, "position": moment},
    )


def distinct(tags: Sequence[str]) -> tuple[str, ...]:
    """Return tags without duplicates, in their order."""
    return tuple(dict.fromkeys(tags))


def of_unknown_text(annotation: Annotation) -> Annotation:
    """Return an annotation as it is saved while the text of its place is still being read.

    If the program ends before the end of the text, the place would else pass for one in the text
    that was read last.
    """
    return replace(annotation, place=replace(annotation.place, snapshot=UNKNOWN_TEXT))


def with_snapshot(annotation: Annotation, document: Document) -> Annotation:
    """Set the snapshot of a selector that was made while the document was being read."""
    if annotation.selector.snapshot:
        return annotation
    named = replace(annotation, selector=replace(annotation.selector, snapshot=document.digest))
    return stamped(annotation, named)
