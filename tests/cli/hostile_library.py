"""Runs every command on a library with hostile files, within limits of memory and time.

``python -m tests.cli.hostile_library FOLDER KIND...`` prints the results as JSON. It is a process of
its own, so that a fault cannot harm the machine that tests.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, Final

from reader.cli.main import main
from reader.store.library import Library
from tests.store.examples import ARTICLE, OTHER, annotation
from tests.store.hostile_files import KINDS

MEMORY: Final = 1 << 30
"""The most address space of the process, in bytes: also what it maps and does not use."""

SECONDS: Final = 120
"""The most seconds that all commands together may take."""


def name_of(kind: str) -> str:
    """Return the name of the hostile file of a kind."""
    return f"{kind.replace(' ', '-')}.json"


def make_library(folder: Path, kinds: list[str]) -> Path:
    """Make a library with two good articles and hostile files; return the path of a text."""
    folder.parent.mkdir(exist_ok=True)
    library = Library(folder)
    text = folder.with_name("ledger.md")
    text.write_text("# The Quiet Ledger\n\nHere is a passage to mark, and more words.\n")
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1, note="a kept note")])
    library.save(OTHER.id, article=OTHER, annotations=[annotation(2)])
    library.close()
    for kind in kinds:
        KINDS[kind](folder / "articles" / name_of(kind))
    return text


def run(*words: str) -> dict[str, Any]:
    """Run a command; return its exit code, and what it prints."""
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            code: int | str | None = main(words)
        except SystemExit as error:
            code = error.code
        except Exception:  # noqa: BLE001 - any of them is what the test looks for
            code = None
            traceback.print_exc()
    library = Path(words[words.index("--library") + 1]).name
    return {
        "command": words,
        "library": library,
        "code": code,
        "out": output.getvalue(),
        "err": errors.getvalue(),
    }


def run_all(work: Path, kinds: list[str]) -> list[dict[str, Any]]:
    """Run the commands that meet the files of a library."""
    folder, fresh = work / "library", str(work / "fresh")
    text = str(make_library(folder, kinds))
    untouched = work / "untouched" / "library"
    make_library(untouched, kinds)
    library = ("--library", str(folder))
    archive = str(work / "backup.zip")
    results = [
        run("doctor", *library),
        run("doctor", "--json", *library),
        run("library", *library),
        run("library", "--json", *library),
        run("notes", *library),
        run("notes", "--json", *library),
        run("notes", "--query", "kept", *library),
        run("export", *library),
        run("export", "-o", str(work / "exports"), *library),
        run("annotate", text, "--quote", "a passage", *library),
        run("backup", "-o", archive, *library),
        run("restore", archive, "--library", fresh),
        run("library", "--library", fresh),
        run("merge", str(untouched), "--library", str(work / "merged")),
        run("library", "--library", str(work / "merged")),
        run("merge", str(untouched), *library),
        run("doctor", "--fix", *library),
        run("doctor", *library),
        run("library", *library),
        run("notes", *library),
        run("trash", *library),
        run("trash", "--empty", "--yes", *library),
    ]
    # A hostile file in the other folders of a library.
    for place in ("trash/gone-1/articles", "previous", "drafts", "snapshots", "backups"):
        target = work / "other" / place
        target.mkdir(parents=True)
        for number, kind in enumerate(kinds):
            ending = {"snapshots": f"{number:064}.json.gz", "backups": f"{number}.zip"}
            with contextlib.suppress(FileExistsError):  # some kinds need a second file
                KINDS[kind](target / ending.get(place, name_of(kind)))
    Library(work / "other").save(ARTICLE.id, article=ARTICLE)
    other = ("--library", str(work / "other"))
    results += [
        run("library", *other),
        run("trash", *other),
        run("backup", "-o", str(work / "other.zip"), *other),
        run("merge", str(work / "other"), *library),
        run("merge", str(folder), *other),
        run("doctor", *other),
        run("doctor", "--fix", *other),
        run("trash", "--empty", "--yes", *other),
    ]
    return results


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(SECONDS)  # a file that is waited for takes no processor time
    print(json.dumps(run_all(Path(sys.argv[1]), sys.argv[2:])))
