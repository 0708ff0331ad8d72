"""Annotations become text for other programs: a writer for each format."""

from reader.exports.files import WrittenExport, write_export
from reader.exports.leftovers import Leftover, Outcome, Unbacked
from reader.exports.model import ExportedArticle
from reader.exports.registry import FORMATS, ExportFormat, render
from reader.exports.targets import Target, check_target, is_file_name

__all__ = [
    "FORMATS",
    "ExportFormat",
    "ExportedArticle",
    "Leftover",
    "Outcome",
    "Target",
    "Unbacked",
    "WrittenExport",
    "check_target",
    "is_file_name",
    "render",
    "write_export",
]
