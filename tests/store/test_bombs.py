"""A little that unpacks to a lot is refused at once, within a limit of memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_what_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.store.bombs", str(tmp_path)]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    sentences = json.loads(run.stdout)
    assert len(sentences) > 60
    for name, sentence in sentences.items():
        assert "cannot be understood" in sentence, name
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".gz", ".zip"]
