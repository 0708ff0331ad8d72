"""The rows of evidence: what a passage is linked with, and what can be linked to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from textual.content import Content

from reader.core.annotation import Annotation, Tag
from reader.core.citation import day
from reader.core.evidence import Evidence, Relation, TargetKind, phrase
from reader.core.text_formatting import one_line
from reader.session.evidence import EvidenceChoice, EvidenceLink
from reader.ui.host import host_of
from reader.ui.painting.palette import ARTICLE_SIGN, sign_of
from reader.ui.widgets.annotation_rows import status_content
from reader.ui.widgets.row_list import RowList, join_parts

Row = TypeVar("Row", EvidenceLink, EvidenceChoice)

ADDRESS_SIGN = "↗"
"""The sign of a web address among annotations."""

RELATION_STYLES: Mapping[Relation, str] = {
    Relation.SUPPORTS: "bold $success",
    Relation.DISPUTES: "bold $warning",
    Relation.REFUTES: "bold $error",
    Relation.QUALIFIES: "bold $warning",
    Relation.CORRECTS: "bold $warning",
}
"""How relations are drawn; their words tell them apart without colours."""


class _EvidenceRows(RowList[Row]):
    """A list of what evidence leads to."""

    def __init__(self, tags: Sequence[Tag], article_id: str) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour.
            article_id: The article on screen.
        """
        super().__init__()
        self._article_id = article_id
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}

    def _head(self, evidence: Evidence, annotation: Annotation | None, width: int) -> Content:
        """Return the sign of what evidence leads to, and its words, title or address."""
        match evidence.kind:
            case TargetKind.ADDRESS:
                return Content.assemble((f"{ADDRESS_SIGN} ", "bold"), (evidence.target, "$heading"))
            case TargetKind.ARTICLE:
                title = one_line(evidence.title, 4 * width) or "an article without a title"
                return Content.assemble((f"{ARTICLE_SIGN} ", "bold"), (title, "$heading"))
            case TargetKind.ANNOTATION:
                words = annotation.selector.exact[: 8 * width] if annotation else evidence.words
                name = annotation.tags[0] if annotation and annotation.tags else ""
                glyph, colour = sign_of(name, self._tags, self.app.theme_variables)
                return Content.assemble(
                    (f"{glyph} ", f"bold {colour}"),
                    (one_line(words, 4 * width) or "a passage", "$heading"),
                )

    def _status(self, annotation: Annotation) -> Content:
        """Return the sign and the name of a claim's status."""
        statuses = {status.name: status for status in host_of(self).settings.statuses}
        return status_content(annotation, statuses, self.app.theme_variables)

    def _where(self, article_id: str, title: str, annotation: Annotation | None, width: int) -> str:
        """Return the title of a passage's article; in this article its section."""
        if article_id != self._article_id:
            return one_line(title, width // 2)
        section = one_line(annotation.selector.section, width // 2) if annotation else ""
        return f"here, in “{section}”" if section else "here"


class EvidenceLinkRows(_EvidenceRows[EvidenceLink]):
    """The links of a passage, three lines each."""

    ROW_HEIGHT: ClassVar[int] = 3

    def key_of(self, row: EvidenceLink) -> str:
        """Return the annotation that has the link, the relation and the target."""
        return "\n".join((row.holder, *row.evidence.key))

    def render_row(
        self,
        row: EvidenceLink,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the relation, the other end, and where that is."""
        relation = row.evidence.relation
        words = phrase(relation, is_basis=row.is_basis)
        evidence = row.evidence
        if row.is_incoming:
            evidence = evidence._replace(kind=TargetKind.ANNOTATION, words=row.words)
        elif evidence.kind is TargetKind.ARTICLE:
            evidence = evidence._replace(title=row.title)
        return [
            Content.assemble((words, RELATION_STYLES[relation])),
            Content("  ") + self._head(evidence, row.annotation, width),
            Content("  ") + self._facts(row, evidence, width),
        ]

    def _facts(self, row: EvidenceLink, evidence: Evidence, width: int) -> Content:
        annotation = row.annotation
        is_passage = evidence.kind is TargetKind.ANNOTATION
        where = self._where(row.article_id, row.title, annotation, width)
        return join_parts(
            [
                (row.problem, "bold $warning"),
                (where if is_passage else one_line(row.detail), "$faint"),
                (one_line(annotation.speaker, width) if annotation else "", "$faint"),
                self._status(annotation) if annotation else "",
                (f"seen {day(evidence.seen)}" if evidence.seen else "", "$faint"),
                (one_line(annotation.note, width) if annotation else "", "italic"),
            ]
        )


class EvidenceChoiceRows(_EvidenceRows[EvidenceChoice]):
    """What can be linked, two lines each."""

    ROW_HEIGHT: ClassVar[int] = 2

    linked: Mapping[str, Relation] = {}
    """The relation of what is linked already, by its target."""

    def key_of(self, row: EvidenceChoice) -> str:
        """Return the targets."""
        return "\n".join(each.target for each in row.evidence)

    def render_row(
        self,
        row: EvidenceChoice,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return what it is, and where it is."""
        first, *others = row.evidence
        head = self._head(first, row.annotation, width)
        if others:
            count = f"{len(row.evidence)} addresses"
            head = Content.assemble((f"{ADDRESS_SIGN} ", "bold"), (count, "$heading"))
        relation = self.linked.get(first.target)
        annotation = row.annotation
        facts = [
            (f"✓ {phrase(relation, is_basis=True)} it" if relation else "", "bold"),
            (
                self._where(first.article, first.title, annotation, width)
                if annotation
                else one_line(row.detail),
                "$faint",
            ),
            (one_line(annotation.speaker, width) if annotation else "", "$faint"),
            self._status(annotation) if annotation else "",
            (f"seen {day(first.seen)}" if first.seen else "", "$faint"),
            (", ".join(each.target for each in row.evidence) if others else "", "$faint"),
            (one_line(annotation.note, width) if annotation else "", "italic"),
        ]
        return [head, Content("  ") + join_parts(facts)]
