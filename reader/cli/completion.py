"""The completion of command lines in bash, zsh and fish, with values of the library."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.cli.library import folder_of
from reader.cli.output import OK, print_lines, write_output
from reader.errors import ReaderError
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    from reader.session import Session

SHELLS = ("bash", "zsh", "fish")
"""The shells that are completed."""

ARTICLES, TAGS, SETTINGS, STATUSES, PROJECTS, SPEAKERS, QUERIES, SEARCHES, IMPORTS = VALUES = (
    "articles",
    "tags",
    "settings",
    "statuses",
    "projects",
    "speakers",
    "queries",
    "searches",
    "imports",
)
"""The values that are completed: the titles of articles, the tags, the names of settings, the
statuses of claims, the projects, the speakers with their other names, the terms of queries, the
names of saved searches, and the kinds of files that can be imported."""

_FILE, _FOLDER = "file", "directory"

_KINDS = {
    "SOURCE": _FILE, "FILE": _FILE, "DRAFT": _FILE, "PATH": _FILE, "ARCHIVE": _FILE,
    "BASE": _FILE, "OURS": _FILE, "THEIRS": _FILE, "DIR": _FOLDER,
    "OTHER_LIBRARY": _FOLDER, "A": ARTICLES, "T": TAGS,
    "KEY": SETTINGS, "STATUS": STATUSES, "PROJECT": PROJECTS, "SPEAKER": SPEAKERS,
    "QUERY": QUERIES, "SEARCH": SEARCHES, "FILE_KIND": IMPORTS,
}  # fmt: skip
"""What stands for an option's value in the help, and what completes it."""

_BASH_VALUES = r"""
_margin_values() {
  local typed="$2" line
  if [[ $typed == [\"\']* ]]; then
    typed="${typed:1}"
    while IFS= read -r line; do
      [[ $line == "$typed"* ]] && printf '%s\n' "$line"
    done < <(margin completion --values "$1" 2>/dev/null)
  else
    typed="${typed//\\/}"
    while IFS= read -r line; do
      [[ $line == "$typed"* ]] && printf '%q\n' "$line"
    done < <(margin completion --values "$1" 2>/dev/null)
  fi
}
_margin_articles() { _margin_values articles "$1"; }
_margin_tags() { _margin_values tags "$1"; }
_margin_settings() { _margin_values settings "$1"; }
_margin_statuses() { _margin_values statuses "$1"; }
_margin_projects() { _margin_values projects "$1"; }
_margin_speakers() { _margin_values speakers "$1"; }
_margin_searches() { _margin_values searches "$1"; }
_margin_imports() { _margin_values imports "$1"; }
_margin_queries() {
  # bash takes a colon for the end of a word, and completes what is after it
  local word="$1" before="" line="${COMP_LINE:0:COMP_POINT}" term
  if [[ -n $line ]]; then
    word="${line##* }"
    before="${word%"${word##*:}"}"
  fi
  while IFS= read -r term; do printf '%s\n' "${term#"$before"}"; done < <(
    _margin_values queries "$word")
}
_margin() {
  _shtab_margin
  [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
  return 0
}
"""

_ZSH_VALUES = """
_margin_values() {
  local -a values
  values=("${(@f)$(margin completion --values $1 2>/dev/null)}")
  compadd -a values
}
_margin_articles() { _margin_values articles }
_margin_tags() { _margin_values tags }
_margin_settings() { _margin_values settings }
_margin_statuses() { _margin_values statuses }
_margin_projects() { _margin_values projects }
_margin_speakers() { _margin_values speakers }
_margin_searches() { _margin_values searches }
_margin_imports() { _margin_values imports }
_margin_queries() {
  local -a values
  values=("${(@f)$(margin completion --values queries 2>/dev/null)}")
  compadd -a -S '' -- values
}
"""


def completion(options: argparse.Namespace) -> int:
    """Print the script that completes command lines in a shell, or values for it."""
    if options.values:
        print_lines(dict.fromkeys(map(sanitise_line, _values(options))))
    elif options.shell:
        write_output(script(options.shell, options.make_parser()))
    else:
        raise ReaderError("No shell named", f"Name the shell: {', '.join(SHELLS)}.")
    return OK


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Return the script that completes the command lines of a parser in one of ``SHELLS``."""
    import shtab

    for action in _actions(parser):
        if kind := _KINDS.get(str(action.metavar)):
            action.complete = _completer(kind)  # type: ignore[attr-defined]
    preamble = {"bash": _BASH_VALUES, "zsh": _ZSH_VALUES}.get(shell, "")
    text = str(shtab.complete(parser, shell=shell, preamble=preamble))
    if shell == "zsh":  # the first word may be a file as well as a command
        text = text.replace(
            "': :_shtab_margin_commands'", "': :{ _shtab_margin_commands; _files }'"
        )
    elif shell == "bash":
        text = text.replace("-F _shtab_margin margin", "-F _margin margin")
    elif shell == "fish":
        text += "\ncomplete -c margin -n _shtab_margin_using -F\n"
    return text if text.endswith("\n") else f"{text}\n"


def _completer(kind: str) -> dict[str, Any]:
    import shtab

    if kind in {_FILE, _FOLDER}:
        known: dict[str, Any] = shtab.FILE if kind == _FILE else shtab.DIRECTORY
        return known
    return {
        "bash": f"_margin_{kind}",
        "zsh": f"_margin_{kind}",
        "fish": f"(margin completion --values {kind} 2>/dev/null)",
    }


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the options of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


def _values(options: argparse.Namespace) -> Iterator[str]:
    """Yield what there is to choose from, in the order in which people look for it."""
    from reader.session import Session

    if options.values == SETTINGS:
        from reader.cli.configuring import NAMES, TABLES

        yield from (*NAMES, *TABLES)
        return
    if options.values == IMPORTS:
        from reader.session.importing import KINDS

        yield from KINDS
        return
    session = Session(folder_of(options))
    if options.values == STATUSES:
        yield from (status.name for status in session.settings.statuses)
        return
    if options.values == SEARCHES:
        yield from (search.name for search in session.settings.searches)
        return
    if options.values == PROJECTS:
        yield from (each.name for each in session.projects.counts())
        return
    if options.values == SPEAKERS:
        from reader.session.names import NameKind

        for each in session.names.counts(NameKind.SPEAKERS):
            yield from (each.name, *each.other_names)
        return
    if options.values == QUERIES:
        yield from _terms(session)
        return
    articles = session.articles()
    if options.values == ARTICLES:
        yield from (each.title for each in articles if each.title)
    else:
        yield from sorted({tag for each in articles for tag in each.counts})


def _terms(session: Session) -> Iterator[str]:
    """Yield the fields of queries and the terms with values that they have."""
    from reader.core.query.completion import completions
    from reader.core.query.fields import FIELDS

    def values_of(field: str) -> Iterator[tuple[str, int]]:
        counts = dict(session.queries.values(field))
        if field == "status":
            counts |= {
                each.name: 0 for each in session.settings.statuses if each.name not in counts
            }
        yield from counts.items()

    session.lists.prepare()
    for field in FIELDS:
        typed = f"{field.name}:"
        yield typed
        found = completions(typed, len(typed), values_of)
        yield from (f"{typed}{each.text}" for each in found.suggestions)
