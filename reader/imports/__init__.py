"""Other programs' files become what Margin keeps."""

from reader.imports.links import Link, read_links

__all__ = ["Link", "read_links"]
