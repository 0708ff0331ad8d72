"""The entry point: runs a command and returns its exit code.

Results go to standard output, messages to standard error. The exit code is 0, 1 if nothing was
found, or 2 for an error, which is one sentence.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator, Sequence
from typing import cast

from reader.cli.output import FAILED, INTERRUPTED, flush_output, print_warning
from reader.cli.streams import discard_output, prepare_streams
from reader.errors import ReaderError
from reader.files import explain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after ``margin``; None takes them from the command line.

    Returns:
        The exit code.

    Raises:
        SystemExit: The words are not valid (code 2), or ask for help or the version (code 0).
    """
    prepare_streams()
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except ReaderError as error:
        print_warning(f"{error.title}: {error.message}")
        return FAILED
    except BrokenPipeError:
        return 0  # the program that reads the pipe, such as head, has read enough
    except OSError as error:
        reason, advice = explain(error)
        name = f"{error.filename}: " if error.filename else ""
        print_warning(f"Failed: {name}this could not be done because {reason}; {advice}.")
        return FAILED
    except UnicodeEncodeError as error:
        print_warning(
            f"Failed: the system takes {error.encoding}, which lacks some of the characters of a"
            " name; set LC_ALL=C.UTF-8, or PYTHONUTF8=1."
        )
        return FAILED
    except MemoryError:
        print_warning("Failed: there is not enough memory for this.")
        return FAILED
    except KeyboardInterrupt as interrupt:
        for sentence in interrupt.args:
            print_warning(sentence)
        return INTERRUPTED
    finally:
        discard_output()


def _run(words: Sequence[str]) -> int:
    with _quick_imports():
        if _names_only_a_source(words):
            from reader.cli.commands import open_source

            return open_source(*words)
        from reader.cli.parser import parse
    options = parse(list(words))
    code: int = options.run(options)
    flush_output()
    return code


def _names_only_a_source(words: Sequence[str]) -> bool:
    """Return whether the words need no parser: none, or a path that can be no command or option."""
    return not words or (
        len(words) == 1 and not words[0].startswith("-") and not {"/", "."}.isdisjoint(words[0])
    )


@contextlib.contextmanager
def _quick_imports() -> Iterator[None]:
    """Import modules without what only costs time: 12 of 75 ms before the first screen.

    No garbage is collected among objects that stay. The library msgspec takes from
    ``typing_extensions``, if it is there, what Python has by itself.
    """
    gc.disable()
    modules = cast("dict[str, object]", sys.modules)
    is_hidden = modules.setdefault("typing_extensions", None) is None
    import msgspec  # noqa: F401

    if is_hidden:
        del modules["typing_extensions"]
    try:
        yield
    finally:
        gc.enable()
