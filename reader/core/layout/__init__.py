"""Lay out a document in lines of a given width, and map offsets to cells and back."""

from reader.core.layout.layout import Layout
from reader.core.layout.lines import CellPosition, LayoutLine, LinePiece

__all__ = ["CellPosition", "Layout", "LayoutLine", "LinePiece"]
