"""The paths of the library, the settings and the program's own files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reader.errors import ReaderError, SettingsError, StoreError

_PLATFORM: str = sys.platform
_PACKAGE = Path(__file__).resolve().parent


def library_folder() -> Path:
    """Return the folder of the library: ``MARGIN_LIBRARY``, or one in the person's data folder.

    The folder may not exist yet. On Linux it is ``$XDG_DATA_HOME/margin``, by default
    ``~/.local/share/margin``; elsewhere it is where the system keeps data.

    Raises:
        ReaderError: There is no home folder or no working folder in which it would be.
    """
    if named := os.environ.get("MARGIN_LIBRARY"):
        return absolute_path(named, "MARGIN_LIBRARY")
    if _PLATFORM == "linux":
        try:
            return _xdg_folder("XDG_DATA_HOME", ".local/share") / "margin"
        except RuntimeError:
            raise StoreError(
                "No home folder",
                "The library is not found because this system names no home folder for you; set"
                " HOME, or name the library with MARGIN_LIBRARY or --library.",
            ) from None
    import platformdirs  # noqa: PLC0415  (16 ms, not needed on Linux)

    return platformdirs.user_data_path("margin", appauthor=False)


def settings_file() -> Path:
    """Return the settings file: ``MARGIN_CONFIG``, or one in the person's settings folder.

    The file may not exist yet. On Linux it is ``$XDG_CONFIG_HOME/margin/settings.toml``, by
    default ``~/.config/margin/settings.toml``; elsewhere it is where the system keeps settings.

    Raises:
        SettingsError: There is no home folder or no working folder in which it would be.
    """
    if named := os.environ.get("MARGIN_CONFIG"):
        try:
            return absolute_path(named, "MARGIN_CONFIG")
        except ReaderError as error:
            raise SettingsError(error.title, error.message) from None
    if _PLATFORM == "linux":
        try:
            return _xdg_folder("XDG_CONFIG_HOME", ".config") / "margin" / "settings.toml"
        except RuntimeError:
            raise SettingsError(
                "No home folder",
                "The settings are not found because this system names no home folder for you; set"
                " HOME, or name the settings file with MARGIN_CONFIG.",
            ) from None
    import platformdirs  # noqa: PLC0415  (16 ms, not needed on Linux)

    return platformdirs.user_config_path("margin", appauthor=False) / "settings.toml"


def templates_folder() -> Path:
    """Return the folder of the reader's own templates for exports, beside the settings file.

    The folder may not exist.

    Raises:
        SettingsError: As for ``settings_file``.
    """
    return settings_file().parent / "templates"


def typed_path(path: str) -> Path:
    """Return a path with the home folder for ``~``; where that is not known, as it was typed."""
    return Path(os.path.expanduser(path))  # noqa: PTH111  (Path.expanduser raises on an unknown ~name)


def is_file(path: Path) -> bool:
    """Return whether a path leads to a file; no path can have a name that is too long."""
    return os.path.isfile(path)  # noqa: PTH113  (Path.is_file raises on it)


def typed_path_exists(path: str) -> bool:
    """Return whether a path leads to anything, whatever text it is."""
    return os.path.exists(path)  # noqa: PTH110  (Path.exists raises on a name that is too long)


def absolute_path(path: str | Path, name: str) -> Path:
    """Return a path that a person named, with their home folder for ``~``, from the root on.

    Args:
        path: The path; a relative one starts from the working folder.
        name: What named it, for an error: ``--library``.

    Raises:
        ReaderError: The home folder is not known, or the working folder is gone.
    """
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:
        raise ReaderError(
            "No such home folder",
            f"{name} is {path}, but this system knows no home folder of that name; set HOME, or"
            " write the whole path.",
        ) from None
    except OSError:
        raise ReaderError(
            "No working folder",
            f"{name} is {path}, but the folder that you are in is gone; change to another one, or"
            " write the whole path.",
        ) from None


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
    try:
        home = str(Path.home()) + os.sep
    except RuntimeError:  # this system names none
        return path
    return f"~{os.sep}{path[len(home) :]}" if path.startswith(home) else path
