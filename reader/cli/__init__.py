"""The command ``margin``: opens the reader, or does one thing for the shell."""

from reader.cli.main import main

__all__ = ["main"]
