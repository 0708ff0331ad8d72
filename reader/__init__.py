"""Margin: a terminal reader that keeps what you marked."""

__version__ = "0.1.0"
