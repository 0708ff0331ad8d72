"""The command ``margin``: opens the reader, or runs one command of the shell."""

from reader.cli.main import main

__all__ = ["main"]
