"""A finding of the doctor: a problem, its place and its repair."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.errors import StoreError


class Finding:
    """A fault of a library, or something that the reader should know."""

    def __init__(
        self,
        kind: str,
        path: Path,
        problem: str,
        *,
        repair: Callable[[], str] | None = None,
        is_fault: bool = True,
    ) -> None:
        """Describe a finding.

        Args:
            kind: A word for scripts, such as ``damaged``.
            path: The file or folder.
            problem: A sentence that names the place and says what is wrong.
            repair: Repairs the fault and returns a sentence that says how; None where nothing can.
            is_fault: Whether something is wrong; else the finding is only a notice.
        """
        self.kind = kind
        """A word for scripts, such as ``damaged``."""
        self.path = path
        """The file or folder."""
        self.problem = problem
        """A sentence that says what is wrong."""
        self.is_fault = is_fault
        """Whether something is wrong."""
        self.repaired = ""
        """A sentence that says how the fault was repaired; empty before that."""
        self.can_repair = repair is not None
        """Whether the fault can be repaired."""
        self._repair = repair

    @property
    def is_repaired(self) -> bool:
        """Whether the fault was repaired."""
        return bool(self.repaired)

    @property
    def is_left(self) -> bool:
        """Whether a fault remains."""
        return self.is_fault and not self.is_repaired

    def repair(self) -> None:
        """Repair the fault where that is possible; ``problem`` says where it fails."""
        if self._repair is None or self.is_repaired:
            return
        try:
            self.repaired = self._repair()
        except StoreError as error:
            self.problem += f" It could not be repaired: {error.message}"

    def sentence(self) -> str:
        """Return the finding as the reader sees it."""
        if self.repaired:
            return f"{self.problem} Repaired: {self.repaired}"
        return f"{self.problem} This can be repaired." if self.can_repair else self.problem

    def record(self) -> dict[str, Any]:
        """Return the finding as scripts read it."""
        return {
            "kind": self.kind,
            "path": str(self.path).encode("utf-8", "replace").decode("utf-8"),
            "problem": self.problem,
            "fault": self.is_fault,
            "can_mend": self.can_repair,
            "mended": self.repaired,
        }
