"""Plain text, also as it is copied from pages: its shape is found again."""
