"""A template as a format of export, whose files are known again by a record of their texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, Self

from reader.core.annotation import Annotation
from reader.digests import digest_of_text
from reader.exports.model import ExportedArticle, ExportOptions
from reader.exports.registry import ExportFormat
from reader.exports.templates.found import Template
from reader.exports.templates.process import USUAL, Limits, TemplateProcess
from reader.exports.templates.values import values_of
from reader.safe_text import sanitise_for_file


class WrittenText(NamedTuple):
    """A text that a template wrote to a file."""

    template: str
    """The name of the template's file."""
    articles: tuple[str, ...]
    """The ids of the articles in it."""
    query: str
    """What chose the notes; empty where nothing did."""
    tags: tuple[str, ...]
    """The tags of the notes."""


class TextRecord(Protocol):
    """Remembers which texts templates wrote: what they write need not say that it is Margin's."""

    def find(self, digest: str) -> WrittenText | None:
        """Return the text with a digest; None where none was written."""
        ...

    def add(self, digest: str, text: WrittenText) -> None:
        """Remember a text."""
        ...


class TemplateFormat:
    """A template while it is used; it must be closed."""

    def __init__(self, template: Template, record: TextRecord, limits: Limits = USUAL) -> None:
        """Read the template.

        Args:
            template: The template.
            record: What was written by templates before, and what this one writes to files.
            limits: What it may take.

        Raises:
            ExportError: It has a fault.
        """
        self._template = template
        self._record = record
        self._process = TemplateProcess(template, limits)
        self.format: ExportFormat[Any] = ExportFormat(
            template.name,
            template.name,
            (template.suffix,),
            self._write,
            self._article_ids,
            is_own=self._is_own,
            shows_tag=self._shows_tag,
            query_of=self._query_of,
        )
        """The format."""

    def __enter__(self) -> Self:
        """Begin to use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Use it no longer."""
        self._process.close()

    def _write(self, items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
        values = values_of(items, options)
        text = sanitise_for_file(self._process.render(values))
        if options.is_known_again:
            tags = {tag for each in values.articles for note in each.notes for tag in note.tags}
            articles = tuple(each.id for each in values.articles)
            written = WrittenText(
                self._template.path.name, articles, values.query, tuple(sorted(tags))
            )
            self._record.add(digest_of_text(text), written)
        yield text

    def _written(self, text: str) -> WrittenText | None:
        """Return what is known of a file's text; None where this template did not write it."""
        written = self._record.find(digest_of_text(text))
        is_ours = written is not None and written.template == self._template.path.name
        return written if is_ours else None

    def _article_ids(self, text: str) -> list[str]:
        written = self._written(text)
        return list(written.articles) if written else []

    def _query_of(self, text: str) -> str:
        written = self._written(text)
        return written.query if written else ""

    def _shows_tag(self, text: str, tags: Collection[str]) -> bool:
        written = self._written(text)
        return written is not None and not set(tags).isdisjoint(written.tags)

    def _is_own(self, text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG002
        return self._written(text) is not None
