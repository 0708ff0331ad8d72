"""Templates by their names: the reader's own in a folder, those that come with Margin, any file."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import ExportError
from reader.files import explain
from reader.paths import is_file, typed_path

BUILT_IN: Final = Path(__file__).with_name("built_in")
"""The folder of the templates that come with Margin."""

ENDINGS: Final = (".j2", ".jinja", ".jinja2")
"""How the name of a template may end; what stands before is the name of what it writes."""

_PLAIN: Final = ".txt"
"""How files end whose template does not say."""

MOST_BYTES: Final = 1_000_000
"""A larger file is no template."""


class Template(NamedTuple):
    """A file with a template."""

    path: Path
    """The file; what it includes is in its folder."""

    @property
    def name(self) -> str:
        """Its name: ``footnotes`` for ``footnotes.md.j2``."""
        return Path(_without_ending(self.path.name)).stem

    @property
    def suffix(self) -> str:
        """How the files that it writes end: ``.md`` for ``footnotes.md.j2``."""
        return Path(_without_ending(self.path.name)).suffix.lower() or _PLAIN

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with Margin."""
        return self.path.parent == BUILT_IN

    def source(self) -> str:
        """Return its text.

        Raises:
            ExportError: It cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                raise ExportError(
                    "Not a template",
                    f"{self.path} has over {MOST_BYTES // 1000:,} KB; name another.",
                )
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"{self.path} is not UTF-8 text; save it in that encoding."
            raise ExportError("Not a template", message) from error
        except OSError as error:
            reason, advice = explain(error)
            message = f"{self.path} could not be read because {reason}; {advice}."
            raise ExportError("Template not readable", message) from error


def templates_in(folder: Path) -> list[Template]:
    """Return the reader's own templates, then those that come with Margin with other names."""
    named: dict[str, Template] = {}
    for template in (*_templates(folder), *_templates(BUILT_IN)):
        named.setdefault(template.name, template)
    return list(named.values())


def find_template(name: str, folder: Path, *, is_built_in_first: bool = False) -> Template:
    """Return the template file that is named, or the template with a name.

    A name without an ending is that of a template first.

    Args:
        name: The name of a template of the folder or of Margin, or the path of any file.
        folder: The folder of the reader's own templates; it need not exist.
        is_built_in_first: Whether one of Margin's goes before one of the folder with its name.

    Raises:
        ExportError: There is none; the message names those that there are.
    """
    path = typed_path(name)
    if (path.suffix or path.name != name) and is_file(path):
        return Template(path.absolute())  # such as one of Margin's that was printed and changed
    known = templates_in(folder)
    for template in (*_templates(BUILT_IN), *known) if is_built_in_first else known:
        if name in (template.name, template.path.name):
            return template
    if is_file(path):
        return Template(path.absolute())
    names = [each.name for each in known]
    nearest = get_close_matches(name, names, 1)
    advice = f"did you mean {nearest[0]}?" if nearest else f"choose {', '.join(names)}, or a file."
    raise ExportError("No such template", f"{name} is no template: {advice}")


def _templates(folder: Path) -> Iterator[Template]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        if path.name.endswith(ENDINGS) and not path.name.startswith((".", "_")) and path.is_file():
            yield Template(path)


def _without_ending(name: str) -> str:
    ending = next(filter(name.endswith, ENDINGS), "")
    return name.removesuffix(ending) if ending else name
