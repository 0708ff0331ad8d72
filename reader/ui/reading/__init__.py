"""The open article: its screen, and the parts that read, mark, search, follow and review."""
