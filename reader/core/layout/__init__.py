"""Layout: a document and a width make lines; offsets become cells and cells offsets."""

from reader.core.layout.layout import Layout
from reader.core.layout.lines import CellPosition, LayoutLine, LinePiece

__all__ = ["CellPosition", "Layout", "LayoutLine", "LinePiece"]
