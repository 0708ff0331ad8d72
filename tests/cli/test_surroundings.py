"""What a system does to a command: one sentence and exit code 2, never a traceback.

Standard output, input and errors that are full, closed or of another encoding; no home folder; a
settings file that is no file; names that are too long; a working folder that is gone.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

TEXT = """Düne

“We don’t sail on guesses – ever…”, said Zoë of the ﬁrst pilots. 東京 😀
"""

NOTE = "Größe: 10 €; “ja” – 東 😀"

PRINTING: list[tuple[str, ...]] = [
    ("text", "tides.txt"),
    ("notes", "--json"),
    ("library",),
    ("export",),
    ("doctor",),
    ("annotate", "tides.txt", "--quote", "pilots"),
    ("add", "tides.txt"),
    ("backup", "-o", "backup.zip"),
    ("--help",),
    ("export", "--help"),
]
"""Commands that print something on standard output."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article, and a library with a note on it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "tides.txt").write_text(TEXT, "utf-8")
    run = margin(folder, "annotate", "tides.txt", "--quote", "Zoë", "--note", NOTE)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the folder, which a test may change."""
    shutil.copytree(made, tmp_path / "here")
    return tmp_path / "here"


def margin(
    folder: Path,
    *words: str | bytes,
    before: Callable[[], object] | None = None,
    within: tuple[str, ...] = (),
    stdin: int | IO[Any] = subprocess.DEVNULL,
    stdout: int | IO[Any] = subprocess.PIPE,
    stderr: int | IO[Any] = subprocess.PIPE,
    environment: Mapping[str, str | None] = MappingProxyType({}),
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder, whose ``library`` is the library.

    Args:
        folder: The working folder, and the home.
        words: The words of the command.
        before: Called in the new process before it starts.
        within: A command that runs the command.
        stdin: The process's standard input.
        stdout: The process's standard output.
        stderr: The process's standard error.
        environment: Variables to set; those that are None are removed.
    """
    known = os.environ | {
        "HOME": str(folder),
        "MARGIN_LIBRARY": str(folder / "library"),
        "PYTHONPATH": str(ROOT),
    }
    for name in ("PYTHONIOENCODING", "PYTHONUTF8"):
        known.pop(name, None)
    known |= {name: value for name, value in environment.items() if value is not None}
    for name, value in environment.items():
        if value is None:
            known.pop(name, None)
    return subprocess.run(
        [*within, sys.executable, "-m", "reader", *words],
        cwd=folder, env=known, stdin=stdin, stdout=stdout, stderr=stderr, timeout=60,
        preexec_fn=before, check=False,
    )  # fmt: skip


def sentence(run: subprocess.CompletedProcess[bytes]) -> str:
    """Return the one sentence that a command which failed wrote to standard error."""
    said = run.stderr.decode()
    assert run.returncode == 2, (run.returncode, said)
    assert said.startswith("margin"), said
    assert said.count("\n") == 1, said
    return said


@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_a_full_standard_output_is_told(folder: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = margin(folder, *words, stdout=full)
    assert run.stderr.decode().endswith(
        "margin: Not printed: Standard output cannot be written because the disk is full; make room"
        " on it.\n"
    )
    assert run.returncode == 2


@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_a_closed_standard_output_is_told(folder: Path, words: tuple[str, ...]) -> None:
    run = margin(folder, *words, before=lambda: os.close(1))
    assert run.returncode == 2
    assert run.stderr.decode().endswith(
        "margin: Not printed: Standard output cannot be written because it is closed; give it a"
        " file, a pipe or a terminal.\n"
    )


@pytest.mark.parametrize("words", [("text", "tides.txt"), ("notes", "--json"), ("--help",)])
def test_a_reader_that_has_enough_is_no_error(folder: Path, words: tuple[str, ...]) -> None:
    """As in ``margin text FILE | head -1``."""
    ours, theirs = os.pipe()
    os.close(ours)
    run = margin(folder, *words, stdout=theirs)
    os.close(theirs)
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize("words", [("library",), ("text", "nowhere.txt"), ("notes", "--nothing")])
@pytest.mark.parametrize("kind", ["full", "closed", "pipe"])
def test_messages_that_cannot_be_written_change_nothing(
    folder: Path, words: tuple[str, ...], kind: str
) -> None:
    usual = margin(folder, *words)
    if kind == "closed":
        run = margin(folder, *words, before=lambda: os.close(2))
    elif kind == "full":
        with Path("/dev/full").open("wb") as full:
            run = margin(folder, *words, stderr=full)
    else:
        ours, theirs = os.pipe()
        os.close(ours)
        run = margin(folder, *words, stderr=theirs)
        os.close(theirs)
    assert (run.returncode, run.stdout) == (usual.returncode, usual.stdout)


def test_everything_closed_leaves_the_exit_code(folder: Path) -> None:
    for words, code in ((("library",), 2), (("annotate", "tides.txt", "--quote", "pilots"), 2)):
        run = margin(folder, *words, before=lambda: os.closerange(0, 3))
        assert run.returncode == code
    assert len(json.loads(margin(folder, "notes", "--json").stdout)) == 2
    assert margin(folder, "doctor").stdout == b"No fault found.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("text", "-"), "Standard input"),
        (("add", "--from", "-"), "Standard input"),
        (("trash", "--empty"), "trash"),
        (("tides.txt",), "terminal"),
        ((), "terminal"),
    ],
)
def test_a_closed_standard_input_is_told(folder: Path, words: tuple[str, ...], said: str) -> None:
    (folder / "library/trash").mkdir(exist_ok=True)
    run = margin(folder, *words, before=lambda: os.close(0))
    if run.returncode != 0:
        assert said in sentence(run)


@pytest.mark.parametrize("words", [("library",), ("notes",), ("text", "tides.txt"), ("doctor",)])
def test_a_closed_standard_input_does_not_matter_to_others(
    folder: Path, words: tuple[str, ...]
) -> None:
    usual = margin(folder, *words)
    run = margin(folder, *words, before=lambda: os.close(0))
    assert (run.returncode, run.stdout) == (usual.returncode, usual.stdout)


ENCODINGS: list[dict[str, str | None]] = [
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp437"},
]


@pytest.mark.parametrize("environment", ENCODINGS, ids=str)
@pytest.mark.parametrize(
    "words",
    [("text", "tides.txt"), ("notes",), ("notes", "--json"), ("library",), ("doctor",)],
    ids=" ".join,
)
def test_an_encoding_without_the_letters_is_no_fault(
    made: Path, words: tuple[str, ...], environment: dict[str, str | None]
) -> None:
    run = margin(made, *words, environment=environment)
    assert (run.returncode, run.stderr) == (0, b"")
    if "--json" in words:
        assert json.loads(run.stdout)[0]["note"] == NOTE


@pytest.mark.parametrize("name", ["markdown", "jsonl"])
def test_an_export_is_printed_with_all_of_its_letters_or_not_at_all(made: Path, name: str) -> None:
    whole = margin(made, "export", "--format", name)
    assert NOTE.split()[1] in whole.stdout.decode()
    for encoding in ("ascii", "latin-1"):
        run = margin(made, "export", "--format", name, environment={"PYTHONIOENCODING": encoding})
        assert "-o FILE" in sentence(run)
        assert run.stdout == b""


def test_signs_become_those_that_the_encoding_has(made: Path) -> None:
    shown = {
        encoding: margin(
            made, "text", "tides.txt", environment={"PYTHONIOENCODING": encoding}
        ).stdout.decode(encoding)
        for encoding in ("ascii", "latin-1")
    }
    assert (
        '"We don\'t sail on guesses - ever...", said Zoe of the first pilots. ?? ?'
        in shown["ascii"]
    )
    assert (
        '"We don\'t sail on guesses - ever...", said Zoë of the first pilots. ?? ?'
        in shown["latin-1"]
    )
    assert "Duene" not in shown["ascii"]


def test_messages_are_written_in_every_encoding(made: Path) -> None:
    for environment in ENCODINGS:
        run = margin(made, "text", "Düne – 東.txt", environment=environment)
        assert run.returncode == 2
        assert run.stderr.startswith(b"margin: File not found: There is no file")


def nobody() -> tuple[str, ...]:
    """Return the command that runs another one as a user whom no list of users has."""
    words = ("unshare", "-U", "--map-user=54321", "--map-group=54321")
    try:
        allowed = subprocess.run([*words, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if allowed.returncode:
        pytest.skip("this system does not let a program make a user")
    return words


@pytest.mark.parametrize(
    "words",
    [("library",), ("text", "tides.txt"), ("notes",), ("export",), ("doctor",), ("backup",),
     ("annotate", "tides.txt", "--quote", "pilots"), ("add", "tides.txt"), ("text", "~/tides.txt")],
    ids=" ".join,
)  # fmt: skip
def test_without_a_home_what_is_named_works(folder: Path, words: tuple[str, ...]) -> None:
    run = margin(folder, *words, within=nobody(), environment={"HOME": None})
    if "~/tides.txt" in words:
        assert "There is no file" in sentence(run)
    else:
        assert (run.returncode, run.stderr.count(b"Traceback")) == (0, 0), run.stderr


@pytest.mark.parametrize("words", [("library",), ("notes",), ("add", "tides.txt"), ("tides.txt",)])
def test_without_a_home_a_command_says_what_to_set(folder: Path, words: tuple[str, ...]) -> None:
    run = margin(folder, *words, within=nobody(), environment=NOTHING)
    assert "set HOME" in sentence(run)
    assert "MARGIN_LIBRARY" in sentence(run)


def test_without_a_home_the_reader_says_what_to_set(folder: Path) -> None:
    run = margin(folder, "tides.txt", within=nobody(), environment={"HOME": None})
    assert "set HOME" in sentence(run)
    assert "MARGIN_CONFIG" in sentence(run)
    (folder / "settings.toml").touch()
    run = margin(
        folder,
        "tides.txt",
        within=nobody(),
        environment={"HOME": None, "MARGIN_CONFIG": str(folder / "settings.toml")},
    )
    assert "needs a terminal" in sentence(run)


NOTHING = {"HOME": None, "MARGIN_LIBRARY": None}

UNKNOWN = "~nosuchperson/here"


@pytest.mark.parametrize(
    "words",
    [
        ("library", "--library", UNKNOWN),
        ("merge", UNKNOWN),
        ("restore", UNKNOWN),
        ("backup", "-o", UNKNOWN),
        ("export", "-o", UNKNOWN),
        ("text", UNKNOWN),
        ("add", "--from", UNKNOWN),
    ],
    ids=" ".join,
)
def test_the_home_of_an_unknown_person_is_told(folder: Path, words: tuple[str, ...]) -> None:
    assert "nosuchperson" in sentence(margin(folder, *words))


@pytest.mark.parametrize("name", ["MARGIN_LIBRARY", "MARGIN_CONFIG"])
def test_an_unknown_person_in_the_environment_is_told(folder: Path, name: str) -> None:
    said = sentence(margin(folder, "tides.txt", environment={name: UNKNOWN}))
    assert name in said
    assert "nosuchperson" in said


LONG = "x" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("export", "-o", LONG),
        ("export", "-o", f"{LONG}.md"),
        ("export", "-o", f"{LONG}/notes.md"),
        ("backup", "-o", LONG),
        ("backup", "-o", f"{LONG}/backup.zip"),
        ("restore", LONG),
        ("merge", LONG),
        ("text", LONG),
        ("add", LONG),
        ("add", "--from", LONG),
        ("annotate", LONG, "--quote", "x"),
        ("library", "--library", LONG),
        ("notes", "--library", LONG),
        ("doctor", "--library", LONG),
        ("trash", "--library", LONG),
        ("git-merge", LONG, LONG, LONG),
        (LONG,),
        ("export", "-o", "/" + "x/" * 3000),
        ("backup", "-o", "/" + "x/" * 3000),
    ],
    ids=lambda words: " ".join(words)[:30],
)
def test_a_name_that_is_too_long_is_told(folder: Path, words: tuple[str, ...]) -> None:
    sentence(margin(folder, *words))


@pytest.mark.parametrize(
    "make",
    [
        Path.mkdir,
        os.mkfifo,
        functools.partial(os.symlink, "/dev/zero"),
        functools.partial(os.symlink, "/dev/tty"),
        functools.partial(os.symlink, "settings.toml"),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_text("#" * 2_000_000),
        lambda path: path.write_text("a = " + "[" * 100_000),
    ],
    ids=["folder", "pipe", "zeros", "terminal", "circle", "bytes", "huge", "nested"],
)
def test_settings_that_are_no_settings_are_told(
    folder: Path, make: Callable[[Path], object]
) -> None:
    path = folder / "settings.toml"
    make(path)
    said = sentence(margin(folder, "tides.txt", environment={"MARGIN_CONFIG": str(path)}))
    assert "settings.toml" in said
    saved = margin(
        folder,
        "annotate",
        "tides.txt",
        "--quote",
        "pilots",
        environment={"MARGIN_CONFIG": str(path)},
    )
    assert saved.returncode == 0


def test_settings_of_a_long_name_are_told(folder: Path) -> None:
    assert "is too long" in sentence(
        margin(folder, "tides.txt", environment={"MARGIN_CONFIG": LONG})
    )


def test_no_settings_may_be_named(folder: Path) -> None:
    assert "needs a terminal" in sentence(
        margin(folder, "tides.txt", environment={"MARGIN_CONFIG": "/dev/null"})
    )


GONE = ("sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', "sh")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("library",), 0),
        (("notes",), 0),
        (("export",), 0),
        (("doctor",), 0),
        (("text", "tides.txt"), 2),
        (("add", "tides.txt"), 2),
        (("annotate", "tides.txt", "--quote", "x"), 2),
        (("backup",), 2),
        (("backup", "-o", "x.zip"), 2),
        (("export", "-o", "out"), 2),
        (("export", "-o", "out.md"), 2),
        (("library", "--library", "there"), 2),
        (("merge", "there"), 2),
        (("restore", "there.zip"), 2),
        (("tides.txt",), 2),
    ],
)
def test_a_working_folder_that_is_gone(folder: Path, words: tuple[str, ...], code: int) -> None:
    run = margin(folder, *words, within=GONE)
    if code == 2:
        sentence(run)
    else:
        assert (run.returncode, run.stderr) == (code, b"")


@pytest.mark.parametrize("name", ["MARGIN_LIBRARY", "MARGIN_CONFIG"])
def test_a_relative_name_in_a_folder_that_is_gone(folder: Path, name: str) -> None:
    run = margin(folder, str(folder / "tides.txt"), within=GONE, environment={name: "there"})
    sentence(run)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_working_folder_that_may_not_be_written(folder: Path) -> None:
    folder.chmod(0o500)
    for words in (("backup",), ("export", "-o", "out.md"), ("export", "-o", "out")):
        assert "permission is denied" in sentence(margin(folder, *words))


@pytest.mark.parametrize(
    "words", [("backup", "-o"), ("export", "-o"), ("export", "--format", "jsonl", "-o")]
)
def test_a_device_is_never_replaced(folder: Path, words: tuple[str, ...]) -> None:
    before = Path("/dev/null").stat()
    sentence(margin(folder, *words, "/dev/null"))
    after = Path("/dev/null").stat()
    assert (after.st_rdev, after.st_ino) == (before.st_rdev, before.st_ino)
