"""Other programs' files become what Margin keeps."""

from reader.imports.archives import read_copy
from reader.imports.link import Link
from reader.imports.links import read_links

__all__ = ["Link", "read_copy", "read_links"]
