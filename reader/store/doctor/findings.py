"""What the doctor found, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.errors import StoreError


class Finding:
    """A fault of a library, or something that its owner should know."""

    def __init__(
        self,
        kind: str,
        path: Path,
        problem: str,
        *,
        mend: Callable[[], str] | None = None,
        is_fault: bool = True,
    ) -> None:
        """Say what was found.

        Args:
            kind: A word for scripts, such as ``damaged``.
            path: Where.
            problem: What is wrong, in a sentence that names the place.
            mend: Mends it, and says in a sentence what it did; None where it cannot be mended.
            is_fault: Whether something is wrong; else it is only told.
        """
        self.kind = kind
        """A word for scripts."""
        self.path = path
        """Where it was found."""
        self.problem = problem
        """What is wrong, in a sentence."""
        self.is_fault = is_fault
        """Whether something is wrong."""
        self.mended = ""
        """What was done about it, in a sentence; empty while nothing was."""
        self.can_mend = mend is not None
        """Whether it can be mended."""
        self._mend = mend

    @property
    def is_mended(self) -> bool:
        """Whether it was mended."""
        return bool(self.mended)

    @property
    def is_left(self) -> bool:
        """Whether something is wrong still."""
        return self.is_fault and not self.is_mended

    def mend(self) -> None:
        """Mend it, where that can be done; a failure is told in ``problem``."""
        if self._mend is None or self.is_mended:
            return
        try:
            self.mended = self._mend()
        except StoreError as error:
            self.problem += f" It could not be mended: {error.message}"

    def sentence(self) -> str:
        """Return what a person is told."""
        if self.mended:
            return f"{self.problem} Mended: {self.mended}"
        return f"{self.problem} This can be mended." if self.can_mend else self.problem

    def record(self) -> dict[str, Any]:
        """Return it as scripts read it."""
        return {
            "kind": self.kind,
            "path": str(self.path).encode("utf-8", "replace").decode("utf-8"),
            "problem": self.problem,
            "fault": self.is_fault,
            "can_mend": self.can_mend,
            "mended": self.mended,
        }
