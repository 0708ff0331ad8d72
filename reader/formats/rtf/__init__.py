"""RTF, by a reader of our own."""
