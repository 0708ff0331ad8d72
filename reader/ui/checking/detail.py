"""What a check found out about one quotation or figure: the draft’s words beside the source’s."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader import clock
from reader.core.document import Document, TextRange
from reader.core.draft_check.checked import CheckedFigure, CheckedQuotation
from reader.core.draft_check.report import claim_line, further_parts, remarks, source_line
from reader.core.selectors import CONTEXT_LENGTH
from reader.core.word_diff import diff_words
from reader.safe_text import drawn, sanitise, sanitise_line
from reader.ui.checking.finding_rows import Finding, phrase_of, sign_of
from reader.ui.widgets.wordings import ADDED, REMOVED, Pane, Wordings, passage

BESIDE = 100
"""From this width on, in cells, the two wordings are beside each other."""


class FindingDetail(Vertical):
    """Shows the words of the draft and those of the source, and what else is to be said."""

    def compose(self) -> ComposeResult:
        """Yield what was found out, and the wordings."""
        yield Static(id="check-remarks", markup=False)
        yield Wordings()

    def on_resize(self, event: events.Resize) -> None:
        """Put the wordings beside each other where there is room."""
        self.query_one(Wordings).set_class(event.size.width >= BESIDE, "-beside")

    def show(self, finding: Finding, draft: Document) -> None:
        """Show a quotation or a figure.

        Args:
            finding: What was found out.
            draft: The draft.
        """
        if isinstance(finding, CheckedFigure):
            self._show_figure(finding, draft)
        else:
            self._show_quotation(finding, draft)
        self.query_one(Wordings).scroll_home(animate=False)

    def _show_quotation(self, checked: CheckedQuotation, draft: Document) -> None:
        source = checked.source
        diff = source.comparison.diff if source is not None else None
        if diff is not None:
            diff = diff_words(_safe(diff.old), _safe(diff.new))
        title = f"The draft, line {checked.line}"
        if checked.quotation.speaker:
            title += f" · {checked.quotation.said_by}"
        if diff is not None:
            own = passage("", diff.new, "", diff.added, ADDED)
        else:
            own = _with_context(draft, checked.place)
        self._then.show(sanitise_line(title), own)
        if source is None:
            nothing = Content.styled("No article of the library has anything like it.", "$faint")
            self._now.show("No source", nothing)
        elif diff is not None:
            words = passage("", diff.old, "", diff.removed, REMOVED)
            self._now.show(sanitise_line(source_line(source)), words)
        else:
            self._now.show(sanitise_line(source_line(source)), Content(_safe(source.words)))
        further = [f"and “{words}”: {line}" for words, line in further_parts(checked)]
        self._show_remarks(checked, [*further, *remarks(checked, clock.day_in_words)])

    def _show_figure(self, checked: CheckedFigure, draft: Document) -> None:
        finding = checked.finding
        exact = finding.claim.annotation.selector.exact
        self._then.show(f"The draft, line {checked.line}", _with_context(draft, checked.place))
        words, claimed = _safe(exact), _safe(finding.claimed)
        at = words.find(claimed)
        place = [TextRange(at, at + len(claimed))] if at >= 0 else []
        self._now.show(sanitise_line(claim_line(checked)), passage("", words, "", place, REMOVED))
        self._show_remarks(checked, [])

    def _show_remarks(self, finding: Finding, sentences: list[str]) -> None:
        """Show the verdict, and below it what else is to be said."""
        sign, colour = sign_of(finding)
        verdict = Content.assemble((f"{sign} ", f"bold {colour}"), (phrase_of(finding), "bold"))
        lines = [verdict, *(Content(sanitise_line(sentence)) for sentence in sentences)]
        self.query_one("#check-remarks", Static).update(Content("\n").join(lines))

    @property
    def _then(self) -> Pane:
        return self.query_one("#then", Pane)

    @property
    def _now(self) -> Pane:
        return self.query_one("#now", Pane)


def _with_context(draft: Document, place: TextRange) -> Content:
    """Return a passage of the draft with what stands around it on its paragraph."""
    block = draft.blocks[draft.block_index(place.start)]
    before = draft.text[max(block.start, place.start - CONTEXT_LENGTH) : place.start]
    after = draft.text[place.end : min(block.end, place.end + CONTEXT_LENGTH)]
    return passage(before, _safe(draft.quote(place)), after, (), "")


def _safe(words: str) -> str:
    """Return words safe to show."""
    return drawn(sanitise(words))
