"""PDF: makes lines, columns, paragraphs, notes and tables of placed characters."""
