"""The style sheets: every widget that they name is there."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
import textual.widgets
from textual.widget import Widget

import reader.ui
from reader.paths import styles_folder

NAME = re.compile(r"(?<![\w$#.-])[A-Z][A-Za-z]+(?![\w-]*:)")
"""A type of a selector: it begins with a capital letter, as no property or value does."""

SHEETS = sorted(styles_folder().glob("*.tcss"))


def widget_names() -> set[str]:
    """Return the names of all widgets of Margin and of Textual."""
    for module in pkgutil.walk_packages(reader.ui.__path__, "reader.ui."):
        importlib.import_module(module.name)
    for module in pkgutil.iter_modules(textual.widgets.__path__, "textual.widgets."):
        if module.name.rpartition(".")[2].startswith("_"):
            importlib.import_module(module.name)
    names, classes = set(), [Widget]
    while classes:
        widget = classes.pop()
        names.add(widget.__name__)
        classes += widget.__subclasses__()
    return names


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_widget_of_a_style_sheet_is_there(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"[^{};]+(?=\{)", text))
    assert set(NAME.findall(selectors)) <= widget_names()
