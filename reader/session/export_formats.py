"""The formats that can be exported to: those of Margin, and templates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from reader.exports import FORMATS, ExportFormat, find_format
from reader.paths import templates_folder
from reader.session.written_texts import WrittenTexts

TEMPLATE = "template:"
"""What stands before the name of a template, or its path, in the name of a format."""


class OfferedFormat(NamedTuple):
    """A format, or a template."""

    name: str
    """Its name for ``Session.export``."""
    title: str
    """The name that is shown."""
    suffixes: tuple[str, ...]
    """How its files may end; new ones get the first."""
    is_binary: bool = False
    """Whether its files are no texts."""
    can_be_kept: bool = False
    """Whether a vault of it can be kept up to date."""


def own_formats() -> list[OfferedFormat]:
    """Return the formats of Margin."""
    return [
        OfferedFormat(each.name, each.title, each.suffixes, each.is_binary, each.form is not None)
        for each in FORMATS.values()
    ]


def offered_formats() -> list[OfferedFormat]:
    """Return the formats, the reader's own templates, and those of Margin; asks the disk."""
    from reader.exports.templates import templates_in  # noqa: PLC0415  (where they are shown)

    templates = templates_in(templates_folder())
    return [
        *own_formats(),
        *(
            OfferedFormat(f"{TEMPLATE}{each.name}", f"Template {each.name}", (each.suffix,))
            for each in templates
        ),
    ]


@contextmanager
def format_named(name: str, written: Path) -> Iterator[ExportFormat[Any]]:
    """Give a format while it is used.

    Args:
        name: The name of a format, empty for the first; or that of a template after ``TEMPLATE``.
        written: The record of what templates wrote.

    Raises:
        ExportError: There is none, or the template has a fault.
    """
    if not name.startswith(TEMPLATE):
        yield find_format(name)
        return
    from reader.exports.templates import (  # noqa: PLC0415  (where one is used)
        TemplateFormat,
        find_template,
    )

    template = find_template(name.removeprefix(TEMPLATE), templates_folder())
    with WrittenTexts(written) as record, TemplateFormat(template, record) as used:
        yield used.format


def template_source(name: str) -> str:
    """Return the text of a template: of Margin's, else of the reader's own.

    A shell that shall write one of Margin's to the folder of the own ones makes an empty file of
    that name first.

    Raises:
        ExportError: There is none, or it cannot be read.
    """
    from reader.exports.templates import find_template  # noqa: PLC0415  (where one is printed)

    return find_template(name, templates_folder(), is_built_in_first=True).source()


def template_names() -> list[str]:
    """Return the names of the templates: the reader's own, then those of Margin."""
    from reader.exports.templates import templates_in  # noqa: PLC0415  (as above)

    return [each.name for each in templates_in(templates_folder())]
