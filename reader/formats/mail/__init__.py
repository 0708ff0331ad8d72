"""E-mail, and archives of it."""
