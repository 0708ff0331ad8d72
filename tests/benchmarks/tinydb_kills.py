"""Kill processes that save with TinyDB's own JSONStorage, for comparison with Margin."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from tinydb import TinyDB

from reader.store.files.records import to_record
from tests.benchmarks.storage import annotation

HELD = 1000
"""The number of annotations in the file."""


def main(folder: str, rounds: str, seed: str) -> None:
    """Kill at random moments; print how many kills left a file that does not parse."""
    place, chance = Path(folder), random.Random(int(seed))
    place.mkdir()
    template, path = place / "template.json", place / "tinydb.json"
    records = {str(number + 1): to_record(annotation(number)) for number in range(HELD)}
    template.write_text(json.dumps({"annotations": records}), "utf-8")
    broken = acknowledged = 0
    for _ in range(int(rounds)):
        shutil.copy(template, path)
        acknowledged += _killed(path, chance)
        try:
            json.loads(path.read_bytes())
        except ValueError:
            broken += 1
    print(json.dumps({"broken": broken, "acknowledged": acknowledged}))


def _killed(path: Path, chance: random.Random) -> int:
    """Add and remove annotations until killed; return the number of acknowledged changes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        table = TinyDB(path).table("annotations")
        while True:
            made = table.insert(to_record(annotation(HELD)))
            os.write(writing, b".")
            table.remove(doc_ids=[made])
            os.write(writing, b".")
    os.close(writing)
    time.sleep(chance.uniform(0.02, 0.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return len(pipe.read())


if __name__ == "__main__":
    main(*sys.argv[1:])
