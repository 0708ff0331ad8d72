"""Annotations become text for other programs: a writer per format."""

from reader.exports.files import WrittenExport, file_name, write_export
from reader.exports.front_matter import updated
from reader.exports.model import ExportedArticle
from reader.exports.registry import FORMATS, Format, is_export, render, render_all

__all__ = [
    "FORMATS",
    "ExportedArticle",
    "Format",
    "WrittenExport",
    "file_name",
    "is_export",
    "render",
    "render_all",
    "updated",
    "write_export",
]
