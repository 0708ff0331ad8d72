"""``make docs``: writes the parts of the docs that come from the code.

Each stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``; ``test_docs`` compares them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from reader.cli.manual import manual
from reader.cli.parser import command_parser
from reader.core.query.fields import FIELDS
from reader.ui.commands import command_table, first_key_table, key_table

ROOT = Path(__file__).parents[1]
"""The repository."""


def module_list() -> str:
    """Return every module of ``reader`` with the first sentence of its docstring, by package."""
    packages = sorted({path.parent for path in _modules()}, key=lambda folder: folder.parts)
    return "\n\n".join("\n".join(_lines_of(folder)) for folder in packages)


def _modules() -> Iterator[Path]:
    for path in sorted((ROOT / "reader").rglob("*.py")):
        if path.name != "__init__.py":
            yield path


def _lines_of(folder: Path) -> Iterator[str]:
    name = folder.relative_to(ROOT).as_posix()
    package = folder / "__init__.py"
    yield f"### `{name}/`\n\n{_summary(package)}\n"
    for path in sorted(folder.glob("*.py")):
        if path != package:
            yield f"- `{path.name}`: {_summary(path)}"


def _summary(path: Path) -> str:
    """Return the first sentence of a module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def query_field_table() -> str:
    """Return the fields of queries as a table in Markdown, and the values that they have."""
    rows = ["| field | also | asks for | such as |", "| --- | --- | --- | --- |"]
    for field in FIELDS:
        also = ", ".join(f"`{name}:`" for name in field.aliases)
        rows.append(f"| `{field.name}:` | {also} | {field.help} | `{field.name}:{field.example}` |")
    for field in FIELDS:
        if field.choices:
            rows += ["", f"| `{field.name}:` | notes |", "| --- | --- |"]
            rows += [
                f"| `{field.name}:{choice.name}` | {choice.help} |" for choice in field.choices
            ]
    return "\n".join(rows)


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "modules": ("docs/architecture.md", module_list),
    "keys": ("README.md", first_key_table),
    "all keys": ("docs/keys.md", key_table),
    "commands": ("docs/commands.md", command_table),
    "query fields": ("docs/notes.md", query_field_table),
}
"""What is written: the file, and what makes the text."""


def pattern(name: str) -> re.Pattern[str]:
    """Return what matches a part with its marks; group 1 is the part."""
    return re.compile(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", re.DOTALL)


def main() -> int:
    """Write every part into its file, and the manual page."""
    (ROOT / "docs/margin.1").write_text(manual(command_parser()), encoding="utf-8")
    for name, (file, make) in PARTS.items():
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        match = pattern(name).search(text)
        if match is None:
            print(f"{file} has no <!-- {name} --> and <!-- /{name} -->", file=sys.stderr)
            return 1
        start, end = match.span(1)
        path.write_text(f"{text[:start]}{make()}{text[end:]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
