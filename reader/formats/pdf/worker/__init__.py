"""PDFium and what is done with it: a program of its own, which imports nothing else of Margin's."""
