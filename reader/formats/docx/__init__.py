"""DOCX, as Word and other programs write it."""
