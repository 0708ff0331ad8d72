"""Merging what was edited in two places."""
