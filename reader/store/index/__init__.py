"""The index: which article is in which file, and what lists show."""
