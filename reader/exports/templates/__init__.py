"""Exports by templates that people write: Jinja2, in a process that can read nothing else."""

from reader.exports.templates.found import (
    Template,
    find_template,
    templates_in,
)
from reader.exports.templates.template_format import TemplateFormat, TextRecord, WrittenText

__all__ = [
    "Template",
    "TemplateFormat",
    "TextRecord",
    "WrittenText",
    "find_template",
    "templates_in",
]
