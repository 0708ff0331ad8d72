"""The paths of the library, the settings and the program's own files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PLATFORM: str = sys.platform
_PACKAGE = Path(__file__).resolve().parent


def library_folder() -> Path:
    """Return the folder of the library: ``MARGIN_LIBRARY``, or one in the person's data folder.

    The folder may not exist yet. On Linux it is ``$XDG_DATA_HOME/margin``, by default
    ``~/.local/share/margin``; elsewhere it is where the system keeps data.
    """
    if named := os.environ.get("MARGIN_LIBRARY"):
        return Path(named).expanduser().absolute()
    if _PLATFORM == "linux":
        return _xdg_folder("XDG_DATA_HOME", ".local/share") / "margin"
    import platformdirs  # noqa: PLC0415  (16 ms, not needed on Linux)

    return platformdirs.user_data_path("margin", appauthor=False)


def settings_file() -> Path:
    """Return the settings file: ``MARGIN_CONFIG``, or one in the person's settings folder.

    The file may not exist yet. On Linux it is ``$XDG_CONFIG_HOME/margin/settings.toml``, by
    default ``~/.config/margin/settings.toml``; elsewhere it is where the system keeps settings.
    """
    if named := os.environ.get("MARGIN_CONFIG"):
        return Path(named).expanduser().absolute()
    if _PLATFORM == "linux":
        return _xdg_folder("XDG_CONFIG_HOME", ".config") / "margin" / "settings.toml"
    import platformdirs  # noqa: PLC0415  (16 ms, not needed on Linux)

    return platformdirs.user_config_path("margin", appauthor=False) / "settings.toml"


def styles_folder() -> Path:
    """Return the folder of the style sheets, in an installed package or in a checkout."""
    return _shipped_folder("styles")


def sample_articles_folder() -> Path:
    """Return the folder of the sample articles, in an installed package or in a checkout."""
    return _shipped_folder("sample_articles")


def _shipped_folder(name: str) -> Path:
    """Return a folder that is inside the package in a wheel, and beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def _xdg_folder(variable: str, default: str) -> Path:
    """Return a base folder; relative paths in the variable are ignored, as XDG specifies."""
    named = os.environ.get(variable, "")
    return Path(named) if Path(named).is_absolute() else Path.home() / default


def from_home(path: str) -> str:
    """Return a path as people write it, with ``~`` for the home folder: ``~/tides.md``."""
    home = str(Path.home()) + os.sep
    return f"~{os.sep}{path[len(home) :]}" if path.startswith(home) else path
