"""Annotations become text for other programs: a writer for each format."""

from reader.exports.files import WrittenExport, write_export
from reader.exports.leftovers import Leftover, Outcome, Unbacked
from reader.exports.model import ExportedArticle, ExportOptions
from reader.exports.registry import FORMATS, ExportFormat, find_format
from reader.exports.targets import Target, check_folder_name, check_target, is_file_name

__all__ = [
    "FORMATS",
    "ExportFormat",
    "ExportOptions",
    "ExportedArticle",
    "Leftover",
    "Outcome",
    "Target",
    "Unbacked",
    "WrittenExport",
    "check_folder_name",
    "check_target",
    "find_format",
    "is_file_name",
    "write_export",
]
