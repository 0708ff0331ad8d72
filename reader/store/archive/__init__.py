"""Backups of a library, and bringing them back."""
