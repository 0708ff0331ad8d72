"""The entry point: runs a command and returns its exit code.

Results go to standard output, messages to standard error. The exit code is 0, 1 if nothing was
found, or 2 for an error, which is one sentence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from reader.cli.output import FAILED, INTERRUPTED, print_warning
from reader.cli.parser import parse
from reader.errors import ReaderError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after ``margin``; None takes them from the command line.

    Returns:
        The exit code.
    """
    options = parse(sys.argv[1:] if arguments is None else list(arguments))
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except ReaderError as error:
        print_warning(f"{error.title}: {error.message}")
        return FAILED
    except BrokenPipeError:
        # The program that reads the pipe, such as head, has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
