"""Jinja2 in its sandbox, for templates of a folder; a fault is named with its line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import TemplateRuntimeError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from reader.exports.templates.worker.filters import FILTERS
from reader.exports.templates.worker.positions import (
    Offsets,
    offset_of,
    offset_of_name,
    position_at,
)

MOST_BYTES: Final = 1_000_000
"""A larger file is not included."""

_KINDS: Final = {"quote": "a note", "citation": "an article", "relation": "evidence"}
"""What a value is that has another one of a name."""

_GLOBALS: Final = ("range", "dict", "namespace")
"""The functions of Jinja that a template can call."""


class FaultError(Exception):
    """What is wrong with a template, and where."""

    def __init__(self, message: str, name: str = "", line: int = 0, column: int = 0) -> None:
        """Say what is wrong.

        Args:
            message: One clause, without a full stop.
            name: The name of the template.
            line: The number of the line, from 1; 0 where no place is at fault.
            column: The number of the character in that line, from 1.
        """
        super().__init__(message)
        self.record: dict[str, Any] = {
            "message": message,
            "name": name,
            "line": line,
            "column": column,
        }
        """All of this, for another process."""


class _Name(str):
    """A message on a name that is not known."""

    __slots__ = ("unknown",)

    unknown: str
    """The name."""


class _Missing(StrictUndefined):
    """A value that there is not: any use of it is a fault."""

    @property
    def _undefined_message(self) -> str:
        name, holder = self._undefined_name, self._undefined_obj
        if not isinstance(name, str) or holder is None:
            return super()._undefined_message
        known: Iterable[str] = holder if isinstance(holder, dict) else ()
        whose = "" if holder is missing else f" of {_kind_of(holder)}"
        unknown = f"there is no value {name}{whose}{_meant(name, known)}"
        message = _Name(self._undefined_hint or unknown)
        message.unknown = name
        return message


class _Folder(BaseLoader):
    """Reads the templates of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the text of a template of the folder.

        Raises:
            TemplateNotFound: It is not there, or outside, or no text of a sane size.
        """
        path = self._folder.joinpath(*split_template_path(template)).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise TemplateNotFound(template)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise TemplateNotFound(template) from None
        if len(data) > MOST_BYTES:
            raise TemplateNotFound(template)
        return text.replace("\r\n", "\n").replace("\r", "\n"), None, None


class Engine:
    """Renders the template of one file."""

    def __init__(self, folder: Path, name: str) -> None:
        """Read the template, and those that it names are read when it needs them.

        Args:
            folder: The folder of the template, and of all that it includes.
            name: The name of its file.

        Raises:
            FaultError: It is no template.
        """
        self._loader = _Folder(folder)
        self._name = name
        self._environment = environment = ImmutableSandboxedEnvironment(
            loader=self._loader,
            extensions=[Offsets],
            undefined=_Missing,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.globals = {each: environment.globals[each] for each in _GLOBALS}
        environment.filters.update(FILTERS)
        self._template = self._checked()

    def render(self, values: dict[str, Any], most: int) -> str:
        """Return what the template makes of some values.

        Args:
            values: What it knows, by name.
            most: The most characters that it may write.

        Raises:
            FaultError: It cannot.
        """
        pieces: list[str] = []
        length = 0
        try:
            context = self._template.new_context(values)
            for piece in self._template.root_render_func(context):
                length += len(piece)
                if length > most:
                    raise FaultError(f"it writes more than {most // 1_000_000} million characters")
                pieces.append(piece)
        except FaultError:
            raise
        except MemoryError:
            raise FaultError("it needs more memory than Margin gives to a template") from None
        except TemplateSyntaxError as error:  # in what it includes
            self._fail(_message(error), error.name or self._name, error.lineno - 1)
        except Exception as error:  # noqa: BLE001  (a template can raise anything)
            self._fail(_message(error, values), *offset_of(error), error=error)
        return "".join(pieces)

    def _checked(self) -> Template:
        try:
            return self._environment.get_template(self._name)
        except TemplateSyntaxError as error:
            self._fail(_message(error, self._environment.filters), self._name, error.lineno - 1)
        except RecursionError:
            raise FaultError("its brackets are nested too deeply", self._name) from None
        except TemplateNotFound as error:
            raise FaultError("it cannot be read", self._name) from error

    def _fail(
        self, message: str, name: str, offset: int, error: Exception | None = None
    ) -> NoReturn:
        """Raise the fault for an offset in a template.

        Args:
            message: What is wrong.
            name: The template.
            offset: The offset in its source.
            error: What was raised as the template ran.
        """
        try:
            source, _, _ = self._loader.get_source(self._environment, name or self._name)
        except (TemplateNotFound, OSError):
            raise FaultError(message, name) from None
        unknown = getattr(error.args[0], "unknown", "") if error and error.args else ""
        if unknown:
            offset = offset_of_name(source, offset, unknown)
        raise FaultError(message, name or self._name, *position_at(source, offset)) from None


def _message(error: Exception, known: Iterable[str] = ()) -> str:
    """Return what an error says as one clause."""
    if isinstance(error, TemplateNotFound):
        return f"{error.name} is no template beside it"
    text = str(error.args[0]) if error.args else type(error).__name__
    if isinstance(error, TemplateSyntaxError):
        text = error.message or ""
    elif isinstance(error, KeyError):
        text = f"there is no value {text}"
    elif isinstance(error, RecursionError):
        text = "it calls itself without end"
    unknown = getattr(error.args[0], "unknown", "") if error.args else ""
    if unknown and "did you mean" not in text:
        text += _meant(unknown, known)
    elif text.startswith("No filter named"):
        text += _meant(text.split("'")[1], known)
    elif not isinstance(error, TemplateRuntimeError | TemplateSyntaxError | RecursionError):
        text = f"{text} ({type(error).__name__})" if isinstance(error, ArithmeticError) else text
    line = " ".join(text.split()).rstrip(".")
    return f"{line[:1].lower()}{line[1:]}"


def _kind_of(holder: object) -> str:
    """Return what a value is, as the documentation calls it."""
    if isinstance(holder, dict):
        return next((kind for name, kind in _KINDS.items() if name in holder), "this value")
    return "a text" if isinstance(holder, str) else f"a {type(holder).__name__}"


def _meant(name: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(name, list(known), 1, cutoff=0.6)
    return f"; did you mean {nearest[0]}?" if nearest else ""
