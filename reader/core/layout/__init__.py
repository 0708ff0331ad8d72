"""Layout: a document and a width make lines; offsets become cells and cells offsets."""

from reader.core.layout.layout import Layout
from reader.core.layout.lines import Cell, Line, Piece

__all__ = ["Cell", "Layout", "Line", "Piece"]
