"""PDF: characters at places become lines, columns, paragraphs, notes and tables."""
