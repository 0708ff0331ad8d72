"""Annotations become text for other programs: a writer per format."""
