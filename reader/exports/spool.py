"""Texts of an export that wait outside of memory for their place in it."""

from __future__ import annotations

from types import TracebackType
from typing import Final, NamedTuple, Self

from reader.errors import ExportError
from reader.files import explain

IN_MEMORY: Final = 8_000_000
"""The most bytes of the texts that are kept in memory; more are in a temporary file."""


class Spooled(NamedTuple):
    """Where a text is in a spool."""

    start: int
    """The offset of its first byte."""
    length: int
    """Its length in bytes."""


class Spool:
    """Keeps texts that are made in one order and read in another, however many there are."""

    def __init__(self) -> None:
        """Begin with no texts."""
        from tempfile import SpooledTemporaryFile  # noqa: PLC0415  (5 ms, when something is exported)

        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        self._end = 0
        self._is_at_end = True

    def __enter__(self) -> Self:
        """Return the spool."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Delete the texts."""
        self._file.close()

    def put(self, text: str) -> Spooled:
        """Keep a text; return where it is.

        Raises:
            ExportError: There is no room for it.
        """
        data = text.encode("utf-8", "surrogatepass")
        try:
            if not self._is_at_end:
                self._file.seek(self._end)
                self._is_at_end = True
            self._file.write(data)
        except OSError as error:
            raise _no_room(error) from error
        place = Spooled(self._end, len(data))
        self._end += len(data)
        return place

    def text(self, place: Spooled) -> str:
        """Return a text that was put.

        Raises:
            ExportError: It cannot be read.
        """
        try:
            self._is_at_end = False
            self._file.seek(place.start)
            data = self._file.read(place.length)
        except OSError as error:
            raise _no_room(error) from error
        return data.decode("utf-8", "surrogatepass")


def _no_room(error: OSError) -> ExportError:
    from tempfile import gettempdir  # noqa: PLC0415  (as above)

    reason, advice = explain(error)
    return ExportError(
        "Not exported",
        f"The temporary files in {gettempdir()} could not be used: {reason}; {advice}.",
    )
