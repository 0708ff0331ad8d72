"""Writes the two lists of versions that development uses, from pyproject.toml.

The lock has the newest versions, the floor the oldest that the program declares. Needs ``uv``.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1]
HERE = Path(__file__).parent
LOCK = "# What development and make read use; made by make lock from pyproject.toml.\n"
FLOOR = (
    "# The oldest versions that pyproject.toml allows, for make test-floor; made by make lock.\n"
)


def main() -> int:
    """Write both lists."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"].get("optional-dependencies", {}).values()
    needed = [*project["project"]["dependencies"], *(each for extra in extras for each in extra)]
    for_development: list[str] = project["dependency-groups"]["dev"]
    (HERE / "requirements.lock").write_text(LOCK + resolved([*needed, *for_development]))
    (HERE / "requirements-floor.txt").write_text(
        FLOOR + resolved(needed, "--resolution", "lowest-direct")
    )
    return 0


def resolved(requirements: list[str], *options: str) -> str:
    """Return the versions that meet the requirements, a line each, without addresses."""
    command = [
        "uv", "pip", "compile", "-", "--quiet", "--universal", "--python-version", "3.11",
        "--no-header", "--no-annotate", "--no-emit-index-url", *options,
    ]  # fmt: skip
    answer = subprocess.run(  # noqa: S603
        command, input="\n".join(requirements), capture_output=True, text=True, check=True
    )
    return answer.stdout


if __name__ == "__main__":
    sys.exit(main())
