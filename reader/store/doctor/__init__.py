"""The check of a whole library, and the repairs that it offers."""
