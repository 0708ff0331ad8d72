"""The paths of the library, the settings and the program's own files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader import paths


@pytest.fixture
def _linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PLATFORM", "linux")


@pytest.mark.usefixtures("_linux")
def test_a_person_s_own_folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.library_folder() == home / ".local" / "share" / "margin"
    assert paths.settings_file() == home / ".config" / "margin" / "settings.toml"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/settings")
    assert paths.library_folder() == Path("/data/margin")
    assert paths.settings_file() == Path("/settings/margin/settings.toml")


@pytest.mark.usefixtures("_linux")
def test_relative_and_empty_xdg_folders_are_ignored(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    assert paths.library_folder().is_relative_to(home)
    assert paths.settings_file().is_relative_to(home)


@pytest.mark.usefixtures("_linux")
def test_the_paths_are_those_of_platformdirs(home: Path) -> None:
    import platformdirs

    ours = paths.library_folder(), paths.settings_file().parent
    if sys.platform == "linux":
        assert ours == (
            platformdirs.user_data_path("margin", appauthor=False),
            platformdirs.user_config_path("margin", appauthor=False),
        )


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_the_environment_comes_first(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(paths, "_PLATFORM", platform)
    assert "margin" in paths.library_folder().parts
    assert paths.settings_file().name == "settings.toml"
    monkeypatch.setenv("MARGIN_LIBRARY", "~/notes")
    monkeypatch.setenv("MARGIN_CONFIG", "mine.toml")
    assert paths.library_folder() == home / "notes"
    assert paths.settings_file() == Path.cwd() / "mine.toml"


def test_the_package_knows_its_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(paths.__file__).parent.parent
    assert paths.styles_folder() == root / "styles"
    assert paths.sample_articles_folder() == root / "sample_articles"
    assert any(paths.sample_articles_folder().iterdir())
    installed = tmp_path / "reader"
    (installed / "styles").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", installed)
    assert paths.styles_folder() == installed / "styles"
    assert paths.sample_articles_folder() == tmp_path / "sample_articles"


def test_finding_them_costs_no_import() -> None:
    code = (
        "import sys; from reader import paths; paths.library_folder(); paths.settings_file();"
        "sys.exit(sys.platform == 'linux' and 'platformdirs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("typed", ["~nosuchname/a", "a" * 300, "https://a.example/" + "b" * 300])
def test_any_text_may_be_typed_for_a_path(typed: str) -> None:
    assert str(paths.typed_path(typed)) == typed.replace("//", "/")
    assert not paths.is_file(paths.typed_path(typed))
