"""Annotations become text for other programs: a writer for each format."""

from reader.exports.files import WrittenExport, file_name, write_export
from reader.exports.model import ExportedArticle
from reader.exports.registry import FORMATS, ExportFormat, find_format, render
from reader.exports.targets import Target, check_target, is_file_name

__all__ = [
    "FORMATS",
    "ExportFormat",
    "ExportedArticle",
    "Target",
    "WrittenExport",
    "check_target",
    "file_name",
    "find_format",
    "is_file_name",
    "render",
    "write_export",
]
