"""DOCX, as Word and others write it."""
