"""The wheel holds all that the program needs, and the project's files say what is so."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from reader import __version__
from reader.paths import sample_articles_folder, styles_folder

PROJECT = Path(__file__).parents[1]


def names_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    pytest.importorskip("build")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, PROJECT],
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_has_every_style_and_sample(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for folder, inside in (
        ("styles", "reader/styles"),
        ("sample_articles", "reader/sample_articles"),
    ):
        assert {f"{inside}/{name}" for name in names_below(PROJECT / folder)} <= names
    assert "reader/py.typed" in names
    assert not any(name.startswith("tests/") for name in names)


def test_the_wheel_has_the_manual_page(wheel: zipfile.ZipFile) -> None:
    (name,) = (each for each in wheel.namelist() if each.endswith("/data/share/man/man1/margin.1"))
    assert wheel.read(name) == (PROJECT / "docs/margin.1").read_bytes()


def test_the_wheel_has_every_module_and_data_file(wheel: zipfile.ZipFile) -> None:
    files = {
        str(path.relative_to(PROJECT))
        for path in (PROJECT / "reader").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "reader/formats/plain/residue_phrases.txt" in files
    assert files <= set(wheel.namelist())


def test_the_installed_program_runs_from_the_wheel_alone(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path / "site")
    script = """
import reader.cli, reader.paths as paths
print(paths.styles_folder())
article = paths.sample_articles_folder() / "a-note-on-margins.txt"
raise SystemExit(reader.cli.main(["text", str(article)]))
"""
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path / "site" / "reader" / "styles") in answer.stdout
    assert len(answer.stdout.splitlines()) > 3


def test_a_checkout_finds_its_own_styles_and_samples() -> None:
    assert (styles_folder() / "base.tcss").is_file()
    assert (sample_articles_folder() / "the-quiet-ledger.txt").is_file()


def test_the_lock_meets_the_declared_dependencies() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    from packaging.requirements import Requirement

    for name in ("requirements.lock", "requirements-floor.txt"):
        lines = (PROJECT / ".ci" / name).read_text(encoding="utf-8").splitlines()
        locked = dict(line.split(" ")[0].split("==") for line in lines if "==" in line)
        for words in project["project"]["dependencies"]:
            needed = Requirement(words)
            assert needed.specifier.contains(locked[needed.name]), f"{words} in {name}"


def test_the_oldest_python_is_the_same_everywhere() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    name = "Programming Language :: Python :: 3."
    minors = [
        int(each.removeprefix(name))
        for each in project["project"]["classifiers"]
        if each.startswith(name)
    ]
    assert minors == list(range(minors[0], minors[-1] + 1))  # .ci/run takes the first and the last
    assert project["project"]["requires-python"] == f">=3.{minors[0]}"
    assert project["tool"]["ruff"]["target-version"] == f"py3{minors[0]}"
    for file in ("README.md", "Makefile"):
        assert f"Python 3.{minors[0]} or newer" in (PROJECT / file).read_text(encoding="utf-8")


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {__version__}" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
