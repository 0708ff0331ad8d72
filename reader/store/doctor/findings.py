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
        repair: Callable[[], str] | None = None,
        is_fault: bool = True,
    ) -> None:
        """Say what was found.

        Args:
            kind: A word for scripts, such as ``damaged``.
            path: Where.
            problem: What is wrong, in a sentence that names the place.
            repair: Repairs the fault and returns a sentence that says how; None where nothing can.
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
        self.repaired = ""
        """What was done about it, in a sentence; empty while nothing was."""
        self.can_repair = repair is not None
        """Whether it can be repaired."""
        self._repair = repair

    @property
    def is_repaired(self) -> bool:
        """Whether it was repaired."""
        return bool(self.repaired)

    @property
    def is_left(self) -> bool:
        """Whether something is wrong still."""
        return self.is_fault and not self.is_repaired

    def repair(self) -> None:
        """Repair it, where that can be done; a failure is told in ``problem``."""
        if self._repair is None or self.is_repaired:
            return
        try:
            self.repaired = self._repair()
        except StoreError as error:
            self.problem += f" It could not be repaired: {error.message}"

    def sentence(self) -> str:
        """Return what a person is told."""
        if self.repaired:
            return f"{self.problem} Repaired: {self.repaired}"
        return f"{self.problem} This can be repaired." if self.can_repair else self.problem

    def record(self) -> dict[str, Any]:
        """Return it as scripts read it."""
        return {
            "kind": self.kind,
            "path": str(self.path).encode("utf-8", "replace").decode("utf-8"),
            "problem": self.problem,
            "fault": self.is_fault,
            "can_mend": self.can_repair,
            "mended": self.repaired,
        }
