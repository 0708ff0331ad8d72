"""Other programs' files become what Margin keeps."""

from reader.imports.archives import Copies
from reader.imports.link import Link
from reader.imports.links import read_links

__all__ = ["Copies", "Link", "read_links"]
