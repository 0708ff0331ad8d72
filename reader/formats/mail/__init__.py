"""E-mail messages, and archives of them."""
