"""An open article: its document, its annotations, and all edits of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import (
    QUOTE,
    Annotation,
    Article,
    ArticleState,
)
from reader.core.changes import with_state
from reader.core.claims import status_with_tags
from reader.core.document import Document, TextRange
from reader.core.evidence import Record
from reader.core.seen_texts import with_seen_text
from reader.core.suggestions import is_declined, key_of
from reader.core.undo import Change, Edit, UndoHistory, VerdictChange, apply
from reader.session import placement
from reader.session.article_records import metadata_of
from reader.session.edited import (
    distinct,
    edited_source,
    new_annotation,
    of_unknown_text,
    stamped_edit,
    with_deletion,
    with_mapped_position,
    with_other_projects,
    with_position,
    with_snapshot,
    with_status,
    with_tag,
    with_verdicts,
    without_deletion,
    without_tag,
)
from reader.session.other_windows import with_record
from reader.session.reading_state import AnchoringResult, ReadingState

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper
    from reader.store.library import ArticleRecord


class Save(Protocol):
    """Queues changes of one article, as ``SaveWriter.submit`` does."""

    def __call__(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
        snapshot: Document | None = None,
    ) -> None:
        """Queue the changes; returns at once."""


def discard(
    article_id: str,
    *,
    article: Article | None = None,
    annotations: Sequence[Annotation] = (),
    snapshot: Document | None = None,
) -> None:
    """Save nothing: for articles that must not be saved."""


class OpenArticle:
    """The edits of an open article; each returns the new state and queues its save."""

    def __init__(
        self,
        state: ReadingState,
        save: Save,
        *,
        is_unchanged: bool = False,
        whole: Article | None = None,
        read_only_reason: str = "",
        is_placed: bool = True,
    ) -> None:
        """Start with ``state``.

        Args:
            state: The loaded article.
            save: Queues changes, as ``SaveWriter.submit`` does.
            is_unchanged: Whether the document is a snapshot that the library already has.
            whole: The article with the source digest and HTTP validators of the whole text; None
                where ``state`` has them.
            read_only_reason: Why the article's file must not be changed; empty where it may be.
            is_placed: Whether ``state`` has the stored annotations. Where the text has changed, it
                gets them with ``reanchor``, and before that only those that have been placed.
        """
        self._state = state
        self._is_placed = is_placed
        self._save = discard if read_only_reason else save
        self.read_only_reason = read_only_reason
        """Why nothing of the article can be saved, in a sentence; empty where it can."""
        self._is_unchanged = is_unchanged
        self._whole = whole or state.article
        self._has_begun = False
        self.offset_mapper: OffsetMapper | None = None
        """Maps offsets of the text that was read last to the present one; None where that text is
        the same, is lost, or has not been compared yet."""

    @property
    def state(self) -> ReadingState:
        """The present state."""
        return self._state

    @property
    def version(self) -> tuple[str, bool, str]:
        """The version of the text, also while it is still being read.

        It consists of the digest of the source, whether all of a page is read, and the format.
        """
        present = self._state.article if self._state.document.is_complete else self._whole
        return present.source_digest, present.is_whole, present.read_as

    def grow(self, document: Document) -> ReadingState:
        """Take a longer prefix of the document that is still being read."""
        self._state = replace(self._state, document=document)
        return self._state

    def adopt(self, annotations: Iterable[Annotation]) -> ReadingState:
        """Take annotations that were made on this text before the article was identified."""
        made = {each.id: each for each in annotations}
        if made:
            self._state = replace(self._state, by_id={**self._state.by_id, **made})
            self._save(self._state.article.id, annotations=self._as_saved(made.values()))
        return self._state

    def show_placed(self, annotations: Iterable[Annotation]) -> ReadingState:
        """Take annotations that have been placed, before the others are; nothing is saved yet."""
        if not self._is_placed:
            placed = {each.id: each for each in annotations}
            self._state = replace(self._state, by_id={**placed, **self._state.by_id})
        return self._state

    def reanchor(self, anchoring: AnchoringResult) -> ReadingState:
        """Take the complete document, and save it.

        Args:
            anchoring: The result of ``Session.reanchor``; edits made since then are kept.
        """
        document = anchoring.document
        placed = {each.id: each for each in anchoring.annotations}
        for each in self._state.by_id.values():
            known = placed.get(each.id)
            if known is None or each.modified > known.modified:
                placed[each.id] = each
        placed = {key: with_snapshot(each, document) for key, each in placed.items()}
        before = self._state.by_id if self._is_placed else {}
        changed = [each for each in placed.values() if each != before.get(each.id)]
        self._is_placed = True
        self.offset_mapper = anchoring.offset_mapper
        article = replace(
            self._with_last_text(
                with_mapped_position(self._state.article, anchoring.offset_mapper), placed.values()
            ),
            source_metadata=metadata_of(document, self._state.article.source),
            snapshot=document.digest,
            source_digest=self._whole.source_digest,
            etag=self._whole.etag,
            last_modified=self._whole.last_modified,
        )
        if not self._is_unchanged:
            article = with_seen_text(article, document.digest, clock.now())
        self._state = replace(self._state, article=article, document=document, by_id=placed)
        self._save(
            article.id,
            article=article,
            annotations=changed,
            snapshot=None if self._is_unchanged else document,
        )
        return self._state

    def _with_last_text(self, article: Article, annotations: Iterable[Annotation]) -> Article:
        """Return the article with the text that was read last, where no version noted that."""
        digest, whole = article.snapshot, self._whole
        if digest in article.versions:
            return article
        made = (each.created for each in annotations if each.selector.snapshot == digest)
        last = whole.opened or max(made, default=whole.added)
        return with_seen_text(article, digest, last) if last else article

    def mark(
        self, passage: TextRange, tags: Sequence[str], status: str | None = None
    ) -> tuple[ReadingState, Annotation]:
        """Annotate a passage.

        Args:
            passage: A range with at least one character that is not white space.
            tags: At least one tag.
            status: How far a claim was checked; a claim without a status is unchecked.

        Returns:
            The new state and the new annotation.
        """
        annotation = new_annotation(self._state.document, passage, tags, status=status)
        self._apply(f"mark {annotation.tags[0]}", [Change(None, annotation)])
        return self._state, annotation

    def mark_quotations(self, quotations: Sequence[tuple[TextRange, str]]) -> ReadingState:
        """Annotate passages as quotes; undo removes all of them.

        Args:
            quotations: Passages, each with its speaker or an empty string.
        """
        annotations = [
            new_annotation(self._state.document, passage, [QUOTE], speaker)
            for passage, speaker in quotations
        ]
        if annotations:
            self._apply("mark quote", [Change(None, annotation) for annotation in annotations])
        return self._state

    def decline(self, passage: TextRange) -> ReadingState:
        """Turn a suggested quotation down; undo suggests it again."""
        words = self._state.document.quote(passage)
        if not is_declined(self._state.article.suggestions, words):
            verdict = VerdictChange(key_of(words), was_declined=False, is_declined=True)
            self._apply("turn down", [], [verdict])
        return self._state

    def toggle_tag(self, annotation_id: str, tag: str) -> ReadingState:
        """Add a tag, or remove it where it is set and not the only one."""
        is_set = tag in self._state.by_id[annotation_id].tags
        self.change("edit", [annotation_id], partial(without_tag if is_set else with_tag, tag=tag))
        return self._state

    def change(
        self, label: str, annotation_ids: Iterable[str], change: Callable[[Annotation], Annotation]
    ) -> tuple[Change, ...]:
        """Change annotations in one step.

        Args:
            label: The name of the step, shown after "Undo:".
            annotation_ids: The ids of the annotations.
            change: Returns an annotation as it is after the change.

        Returns:
            What was changed; nothing where the annotations are so already.
        """
        before = [self._state.by_id[each] for each in annotation_ids]
        pairs = ((each, change(each)) for each in before)
        changes = [Change(old, new) for old, new in pairs if old != new]
        return self._apply(label, changes).changes if changes else ()

    def edit(
        self,
        annotation_id: str,
        *,
        tags: Sequence[str] | None = None,
        note: str | None = None,
        speaker: str | None = None,
        status: str | None = "",
    ) -> ReadingState:
        """Change the tags, note, speaker or status of an annotation.

        Args:
            annotation_id: The id of the annotation.
            tags: At least one tag, of which the first gives the colour; None keeps the tags.
            note: Markdown; None keeps the note.
            speaker: Who said it; None keeps the speaker.
            status: How far the claim was checked; None clears it, ``""`` keeps it. A new claim
                without a status is unchecked.
        """
        before = self._state.by_id[annotation_id]
        after = replace(
            before,
            tags=before.tags if tags is None else distinct(tags),
            note=before.note if note is None else note,
            speaker=before.speaker if speaker is None else speaker,
        )
        given = before.status if status == "" else status
        after = replace(after, status=status_with_tags(given, after.tags, before.tags))
        if after != before:
            self._apply("edit", [Change(before, after)])
        return self._state

    def link(self, annotation_id: str, links: Sequence[Record]) -> ReadingState:
        """Change the evidence of an annotation, and nothing else of it.

        Args:
            annotation_id: The id of the annotation.
            links: All of its links; see ``core.evidence``.
        """
        self.change("evidence", [annotation_id], lambda each: replace(each, links=tuple(links)))
        return self._state

    def set_status(self, annotation_id: str, status: str) -> ReadingState:
        """Give a claim a status; what is not a claim becomes one."""
        self.change(f"status {status}", [annotation_id], partial(with_status, status=status))
        return self._state

    def edit_source(self, values: Mapping[str, tuple[str, ...]]) -> ReadingState:
        """Set facts about the source of the article; ``undo`` does not concern them.

        Args:
            values: Checked values by the names of ``overrides.SOURCE_FIELDS``.
        """
        article = edited_source(self._state.article, values)
        if article != self._state.article:
            self._state = replace(self._state, article=article)
            self._save(article.id, article=article)
        return self._state

    def change_projects(self, given: Collection[str], taken: Collection[str]) -> ReadingState:
        """Let the article belong to projects, or not any more; ``undo`` does not concern that."""
        article = with_other_projects(self._state.article, given, taken)
        if article is not self._state.article:
            self._state = replace(self._state, article=article)
            self._save(article.id, article=article)
        return self._state

    def move(self, annotation_id: str, passage: TextRange) -> ReadingState:
        """Give an annotation another range of the present text; re-attaches an orphan."""
        before = self._state.by_id[annotation_id]
        after = placement.moved(before, self._state.document, passage, self._digest)
        label = "put back" if before.is_orphaned else "change of range"
        self._apply(label, [Change(before, after)])
        return self._state

    def accept(self, annotation_ids: Iterable[str]) -> ReadingState:
        """Accept the words that are now at the places of annotations."""
        changes = [
            Change(before, placement.accepted(before, self._state.document, self._digest))
            for before in map(self._state.by_id.__getitem__, annotation_ids)
            if not before.is_orphaned
        ]
        if changes:
            self._apply("new wording", changes)
        return self._state

    def refuse_place(self, annotation_id: str) -> ReadingState:
        """Refuse the place of an annotation: it becomes an orphan."""
        before = self._state.by_id[annotation_id]
        if not before.is_orphaned:
            self._apply("place refused", [Change(before, placement.without_place(before))])
        return self._state

    @property
    def _digest(self) -> str:
        """The digest of the whole text.

        While a text is still being read, annotations have places only if it is unchanged.
        """
        document = self._state.document
        return document.digest if document.is_complete else self._state.article.snapshot

    def delete(self, annotation_ids: Iterable[str]) -> ReadingState:
        """Delete annotations; undo brings them back."""
        self.change("delete", annotation_ids, with_deletion)
        return self._state

    def restore(self, annotation_ids: Iterable[str]) -> ReadingState:
        """Bring deleted annotations back; undo deletes them again."""
        self.change("bring back", annotation_ids, without_deletion)
        return self._state

    def undo(self) -> tuple[ReadingState, Edit | None]:
        """Undo the last edit of this session.

        Returns:
            The new state and the edit that led to it; None where there was nothing to undo.
        """
        return self._step(self._state.history.undo())

    def redo(self) -> tuple[ReadingState, Edit | None]:
        """Redo the edit that was undone last; returns the same as ``undo``."""
        return self._step(self._state.history.redo())

    def begin_reading(self) -> ReadingState:
        """Save that the reader has opened the article to read it, the first time that it is called.

        A jump to a note does not open an article in this sense: it stays unread.
        """
        if not self._has_begun:
            self._has_begun = True
            moment, article = clock.now(), self._state.article
            if article.manual_state is ArticleState.UNREAD:
                article = with_state(article, None, moment)
            self._state = replace(self._state, article=replace(article, opened=moment))
            self._save(article.id, article=self._state.article)
        return self._state

    def set_position(
        self, position: int, progress: float, *, caret: int | None = None
    ) -> ReadingState:
        """Save the reading position.

        Args:
            position: Offset of the first character on screen, in code points.
            progress: The share of the text above the end of the screen, 0 to 1.
            caret: Offset of the character under the caret; by default ``position``.
        """
        self.begin_reading()
        before = self._state.article
        article = with_position(before, position, progress, caret)
        if article != before:
            self._state = replace(self._state, article=article)
            self._save(article.id, article=article)
        return self._state

    def merge(self, record: ArticleRecord) -> str:
        """Take the changes that another window wrote to the article file.

        Returns:
            A one-line notice of notes that now hold conflicting edits; empty without any.
        """
        self._state, notice = with_record(self._state, record, is_placed=self._is_placed)
        return notice

    def _apply(
        self, label: str, changes: Sequence[Change], verdicts: Sequence[VerdictChange] = ()
    ) -> Edit:
        edit = stamped_edit(Edit(label, tuple(changes), tuple(verdicts)), self._state.by_id)
        self._adopt(edit, self._state.history.done(edit))
        return edit

    def _step(self, step: tuple[UndoHistory, Edit] | None) -> tuple[ReadingState, Edit | None]:
        if step is None:
            return self._state, None
        history, edit = step
        edit = stamped_edit(edit, self._state.by_id)
        self._adopt(edit, history)
        return self._state, edit

    def _adopt(self, edit: Edit, history: UndoHistory) -> None:
        by_id = apply(self._state.by_id, edit)
        article = with_verdicts(self._state.article, edit.verdicts)
        self._state = replace(self._state, article=article, by_id=by_id, history=history)
        self._save(
            self._state.article.id,
            article=self._state.article,
            annotations=self._as_saved(
                change.after for change in edit.changes if change.after is not None
            ),
        )

    def _as_saved(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Return annotations as they are saved: while the text is being read, it has no digest."""
        if self._is_unchanged or self._state.document.is_complete:
            return list(annotations)
        return list(map(of_unknown_text, annotations))
