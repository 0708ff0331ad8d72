"""Shared by the formats of word processors: paragraphs with styles become a tree of HTML."""
