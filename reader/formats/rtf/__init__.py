"""RTF, read without a library."""
