"""A form in which the reader corrects what is known about the source of articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from reader.core.annotation import Article
from reader.core.changes import written_values
from reader.core.citation import day
from reader.core.overrides import DATES, SOURCE_FIELDS, SourceField
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session.found_facts import FoundFact
from reader.session.source_editing import joined_authors, read_value
from reader.ui.widgets.fields import FieldRow, LineField, shown_value
from reader.ui.widgets.leaving_bar import LeavingBar
from reader.ui.widgets.scroll_box import FieldBox
from reader.ui.window_sizes import is_wholly_shown

HINT = "enter save · tab next · esc close"
SEVERAL = "several values"
"""What a field shows of articles that differ."""

LINE_LENGTH = 200
"""How much of a value is shown below its field, in characters."""


class SourceForm(ModalScreen[dict[str, tuple[str, ...]] | None]):
    """Asks for the facts about the source of one article or several.

    Returns the values that changed, as ``SourceEditing.edit`` takes them; None if it was closed.
    """

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "leaving_bar.tcss"),
        str(styles_folder() / "source_form.tcss"),
    ]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Save", priority=True),
        Binding("escape", "leave", "Close"),
        # With priority, so that a letter typed right after it goes to the next field.
        Binding("tab,down", "app.focus_next", "Next field", priority=True),
        Binding("shift+tab,up", "app.focus_previous", "Previous field", priority=True),
        Binding("ctrl+o", "take_own", "The source’s own", priority=True),
        Binding("ctrl+t", "take_found", "Take what was found", priority=True),
    ]

    def __init__(
        self,
        articles: Sequence[Article],
        found: Mapping[str, FoundFact] | None = None,
        *,
        has_taken: bool = False,
    ) -> None:
        """Ask about articles.

        Args:
            articles: At least one.
            found: What lines of the text state, by the names of the fields; for one article.
            has_taken: Whether the fields begin with what was found.
        """
        super().__init__()
        self._articles = articles
        self._found = dict(found or {})
        self._has_taken = has_taken
        self._left_field: Widget | None = None  # where the focus was when the question came
        self._present = {
            field.name: _shared(articles, field, is_own=False) for field in SOURCE_FIELDS
        }
        self._own = {field.name: _shared(articles, field, is_own=True) for field in SOURCE_FIELDS}

    def compose(self) -> ComposeResult:
        """Lay out a field for each fact, with what the source says below it."""
        with Vertical(id="source-form", classes="dialog") as dialog:
            count = len(self._articles)
            dialog.border_title = (
                "The source" if count == 1 else f"The sources of {counted(count, 'article')}"
            )
            with FieldBox(id="source-fields"):
                for field in SOURCE_FIELDS:
                    present = self._present[field.name]
                    with FieldRow(classes="field"):
                        yield Static(field.label, classes="name", markup=False)
                        with Vertical(classes="entry"):
                            yield LineField(
                                present or "",
                                id=f"source-{field.name}",
                                compact=True,
                                select_on_focus=False,
                                placeholder=field.expects if present is not None else SEVERAL,
                            )
                            yield Static("", id=f"beside-{field.name}", classes="beside")
            with Vertical(id="source-foot"):
                yield Static("", id="problem", markup=False)
                with Horizontal(id="buttons"):
                    yield Static(HINT, classes="hint", markup=False)
                    yield Button("Save", id="save", variant="primary", compact=True)
                    yield Button("Close", id="close", compact=True)
                yield LeavingBar()

    def on_mount(self) -> None:
        """Show what stands beside the fields, and begin at the first one, or at what is taken."""
        first = SOURCE_FIELDS[0].name
        if self._has_taken:
            for name in self._found:
                self._take(name)
            incomplete = (name for name, fact in self._found.items() if not fact.is_complete)
            first = next(incomplete, next(iter(self._found), first))
        for field in SOURCE_FIELDS:
            self._show_beside(field.name)
        self.set_focus(self._field(first), scroll_visible=False)  # before the next key comes

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let enter on a button press the button."""
        return action != "submit" or not isinstance(self.focused, Button)

    @on(Input.Changed)
    def _show_change(self, event: Input.Changed) -> None:
        self.query_one("#problem", Static).update("")
        self._show_beside((event.input.id or "").removeprefix("source-"))

    @on(Button.Pressed)
    def _press_button(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "save" | "leave-save":
                self.action_save()
            case "leave-discard":
                self.action_discard()
            case _:
                self.action_leave()

    def action_leave(self) -> None:
        """Close where nothing changed, else ask; while asking, go back."""
        if self.has_class("-leaving"):
            self._continue()
        elif any(map(self._has_changed, SOURCE_FIELDS)):
            self._left_field = self.focused
            self.add_class("-leaving")
            self.query_one(LeavingBar).ask()
        else:
            self.dismiss(None)

    def action_discard(self) -> None:
        """Close without the changes, where the question can be seen."""
        if is_wholly_shown(self.query_one(LeavingBar)):
            self.dismiss(None)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Hide the question when the focus moves elsewhere."""
        if self.query_one(LeavingBar) not in event.widget.ancestors:
            self.remove_class("-leaving")

    def _continue(self) -> None:
        self.remove_class("-leaving")
        if self._left_field is not None:
            self._left_field.focus()

    def _has_changed(self, field: SourceField) -> bool:
        return self._text_in(field.name) != (self._present[field.name] or "")

    def _text_in(self, name: str) -> str:
        """Return what is in a field, as one line."""
        return " ".join(self._field(name).value.split())

    def action_submit(self) -> None:
        """Save by a key that a button takes for itself."""
        self.action_save()

    def action_save(self) -> None:
        """Return the values, once the focused field has taken the keys that were pressed before."""
        (self.focused or self).call_later(self.call_later, self._save)

    def action_take_own(self) -> None:
        """Put what the source itself says into the focused field."""
        name = self._focused_name
        if name:
            self._field(name).value = self._own[name] or ""

    def action_take_found(self) -> None:
        """Put what was found in the text into its field: the focused one, or else the first."""
        names = [self._focused_name] if self._focused_name in self._found else list(self._found)
        for name in names[:1]:
            self._take(name)
            self._field(name).focus()

    def _take(self, name: str) -> None:
        fact, field = self._found[name], self._field(name)
        field.value = fact.text if fact.is_complete else f"{fact.text} "
        if fact.is_complete and name in DATES:
            field.value = day(fact.text)
        field.cursor_position = len(field.value)

    def _save(self) -> None:
        """Return the values that changed, or show what is wrong with one of them."""
        values: dict[str, tuple[str, ...]] = {}
        for field in SOURCE_FIELDS:
            if not self._has_changed(field):
                continue
            text = self._text_in(field.name)
            try:
                is_own = text == self._own[field.name]
                values[field.name] = () if is_own else read_value(field.name, text)
            except ReaderError as error:
                self.query_one("#problem", Static).update(Content(sanitise(error.message)))
                self._field(field.name).focus()
                return
        self.dismiss(values)

    @property
    def _focused_name(self) -> str:
        """The name of the field that has the focus; empty if none has."""
        focused = self.focused
        return (focused.id or "").removeprefix("source-") if isinstance(focused, Input) else ""

    def _field(self, name: str) -> LineField:
        return self.query_one(f"#source-{name}", LineField)

    def _show_beside(self, name: str) -> None:
        """Show below a field what the source says, and what was found in the text."""
        own, text = self._own[name], self._text_in(name)
        parts = []
        if own and own != text:
            parts.append(f"the source says: {one_line(own, LINE_LENGTH)} (ctrl+o takes it)")
        fact = self._found.get(name)
        if fact is not None and text not in (fact.text, day(fact.text)):
            parts.append(f"found in the text: “{fact.line}” (ctrl+t takes it)")
        elif fact is not None and not fact.is_complete:
            parts.append(f"found in the text: “{fact.line}”; add the year")
        beside = self.query_one(f"#beside-{name}", Static)
        beside.update(Content(sanitise(" · ".join(parts))))
        beside.display = bool(parts)


def _shared(articles: Sequence[Article], field: SourceField, *, is_own: bool) -> str | None:
    """Return what a field shows of articles; None where they differ."""
    texts = {_text_of(article, field, is_own=is_own) for article in articles}
    return texts.pop() if len(texts) == 1 else None


def _text_of(article: Article, field: SourceField, *, is_own: bool) -> str:
    """Return the value of a field as a person writes it."""
    written = () if is_own else written_values(article, field.name)
    if field.name == "authors":
        return shown_value(joined_authors(written or article.source_metadata.authors))
    text = written[0] if written else getattr(article.source_metadata, field.name, "")
    return shown_value(day(text) if field.name in DATES else one_line(text))
