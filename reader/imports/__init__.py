"""Reads the files of other programs: their notes here, their lists of articles in ``links``."""
