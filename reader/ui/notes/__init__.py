"""The notes: the list of all annotations."""
