"""Plain text, written as such or copied from pages: finds its headings, lists and paragraphs."""
