"""A program of its own that runs PDFium, without importing the rest of Margin."""
