"""A process that tries inputs of one kind until its time is up, and writes down failures."""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.formats import SourceInfo, read_parts
from tests.formats.test_properties import assert_sound
from tests.fuzzing import program
from tests.fuzzing.inputs import SUFFIXES, inputs

MAX_SECONDS = 10.0
"""The longest processor time for one input, in seconds; an input that takes longer is a finding."""

LAST = "last-input"
"""The file with the input that is being read, which remains if the process dies."""


class _TimeIsUpError(BaseException):
    """Ends hypothesis in the middle of a run; not an exception, which it would take for a bug."""


def read(data: bytes, name: str, kind: str, first_slice: int, is_whole: bool) -> None:
    """Read an input as Margin does, which must give a sound document or a sentence.

    Raises:
        Exception: Anything but a ``SourceError``, which is a finding.
    """
    info = SourceInfo(is_whole=is_whole)
    try:
        *_, document = read_parts(data, name=name, kind=kind, first_slice=first_slice, info=info)
    except SourceError:
        return
    assert document.is_complete
    assert_sound(document)


def write_down(folder: Path, kind: str, what: str, report: str, data: bytes) -> None:
    """Store a finding: its input and a log; of two with the same failure the shorter input."""
    name = f"{kind}-{what}"
    path = folder / f"{name}{_suffix(kind)}"
    if not path.exists() or len(data) < path.stat().st_size:
        path.write_bytes(data)
        (folder / f"{name}.log").write_text(report, encoding="utf-8", errors="replace")


def try_inputs(kind: str, folder: Path, seconds: float) -> int:
    """Try made-up inputs for some seconds.

    Args:
        kind: A format, or one of ``program.KINDS``.
        folder: The folder of findings.
        seconds: The length of the run.

    Returns:
        The number of inputs.
    """
    logging.disable()
    until = time.monotonic() + seconds
    known: set[str] = set()
    count = 0
    last = folder / LAST

    @seed(secrets.randbits(64))  # hypothesis does not print a chosen seed when the time is up
    @settings(
        max_examples=10**6,
        deadline=None,
        database=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(_inputs(kind), st.sampled_from([kind, kind, ""]), st.integers(0, 500), st.booleans())
    def attempt(data: bytes, asked: str, first_slice: int, is_whole: bool) -> None:
        nonlocal count
        if time.monotonic() > until:
            raise _TimeIsUpError
        last.write_bytes(data)
        count += 1
        start = time.process_time()
        try:
            if kind in program.KINDS:
                program.run(kind, data)
            else:
                read(data, f"input{SUFFIXES[kind]}", asked, first_slice, is_whole)
        except Exception as error:
            what = _signature(error)
            report = f"as {asked or 'what it is'}, first slice {first_slice}, whole {is_whole}\n\n"
            if kind in program.KINDS:
                report = ""
            write_down(folder, kind, what, report + traceback.format_exc(), data)
            if what not in known:
                latest.append(what)
                raise
        taken = time.process_time() - start
        if taken > MAX_SECONDS:
            write_down(folder, kind, "slow", f"{taken:.1f} s of processor time\n", data)

    latest: list[str] = []
    while time.monotonic() < until:
        try:
            attempt()
        except _TimeIsUpError:
            break
        except Exception:  # noqa: BLE001 (written down; the next round looks for others)
            known.update(latest)
    last.unlink(missing_ok=True)
    return count


def _inputs(kind: str) -> st.SearchStrategy[bytes]:
    return program.inputs()[kind].values if kind in program.KINDS else inputs(kind)


def _suffix(kind: str) -> str:
    return program.inputs()[kind].suffix if kind in program.KINDS else SUFFIXES[kind]


def _signature(error: Exception) -> str:
    """Return a short name for a failure, the same for the same fault."""
    if isinstance(error, RecursionError):
        return "RecursionError"  # it occurs anywhere
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    place = f"{type(error).__name__} {own[-1].filename} {own[-1].lineno}"
    return f"{type(error).__name__}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
