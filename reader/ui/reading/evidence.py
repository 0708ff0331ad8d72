"""The evidence of the annotation at the caret: adding it, showing it, and following a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.core.claims import claim_among
from reader.core.evidence import TargetKind
from reader.ui.actions import Actions
from reader.ui.messages import ShowArticle, ShowSource
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.review import ReviewCommands

if TYPE_CHECKING:
    from reader.session.evidence import EvidenceLink


class EvidenceCommands:
    """Links evidence to the annotation at the caret, and goes where its links lead."""

    def __init__(self, context: ReadingContext, review: ReviewCommands) -> None:
        self._context = context
        self._review = review

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"evidence.add": self.add_at_caret, "evidence.show": self.show_at_caret}

    async def add_at_caret(self) -> None:
        """Link evidence to the annotation at the caret."""
        context = self._context
        annotation = claim_among(context.at_caret)
        if annotation is None:
            sentence = "Nothing is marked here; {tag.2} marks the sentence as a claim."
            context.show_status(context.with_keys(sentence))
        else:
            await self.add(annotation.id)

    async def add(self, annotation_id: str) -> None:
        """Link evidence to an annotation."""
        from reader.ui.dialogs.choose_evidence import add_evidence  # noqa: PLC0415  (when needed)

        context = self._context
        done = await add_evidence(context.screen, context.open_article, annotation_id)
        context.show_state()
        if done:
            keys = context.with_keys("{evidence.show} shows it, {undo} takes that back")
            context.show_status(f"{done}; {keys}")

    async def show_at_caret(self) -> None:
        """Show the evidence of the annotation at the caret; without one, that of the article."""
        annotation = claim_among(self._context.at_caret)
        await self.show(annotation.id if annotation is not None else "")

    async def show(self, annotation_id: str) -> None:
        """Show the evidence of an annotation, and go where the reader chooses."""
        from reader.ui.dialogs.evidence import EvidenceScreen  # noqa: PLC0415  (when needed)

        context = self._context
        link = await context.ask(EvidenceScreen(context.open_article, annotation_id))
        context.show_state()
        if link is not None:
            self._follow(link)

    def _follow(self, link: EvidenceLink) -> None:
        """Go to the other end of a link; back leads here again."""
        context, evidence = self._context, link.evidence
        if link.annotation is not None and link.article_id == context.state.article.id:
            context.record_jump()
            self._review.go_to(link.annotation.id)
        elif link.annotation is not None:
            context.screen.post_message(ShowArticle(link.article_id, link.annotation.id))
        elif evidence.kind is TargetKind.ARTICLE:
            context.screen.post_message(ShowArticle(link.article_id))
        else:
            context.screen.post_message(ShowSource(evidence.target, is_visit=True))
