"""The words with which each language reports speech, as data."""
