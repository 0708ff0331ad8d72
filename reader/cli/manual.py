"""The manual page, which is made from the commands and options."""

from __future__ import annotations

import argparse

from reader import __version__

_NAME = "read articles in the terminal, mark passages and write notes"

_EXIT_CODES = (
    ("0", "The command did its work."),
    ("1", "Nothing was found, or doctor, merge and restore left a fault."),
    ("2", "An error, which is one sentence on standard error."),
    ("130", "Ctrl+C was pressed."),
)

_ENVIRONMENT = (
    ("MARGIN_LIBRARY", "The folder of the library."),
    ("MARGIN_CONFIG", "The settings file."),
    ("NO_COLOR", "With any value, nothing is printed in colours."),
    ("PAGER", "Shows what is longer than the terminal; cat for none. By default less -R."),
    ("VISUAL, EDITOR", "The editor of margin config edit."),
)

_FILES = (
    ("~/.local/share/margin", "The library, if XDG_DATA_HOME names no other folder."),
    ("~/.config/margin/settings.toml", "The settings, if XDG_CONFIG_HOME names no other folder."),
)


def manual(parser: argparse.ArgumentParser) -> str:
    """Return the manual page of a parser with commands, for ``man``."""
    commands = commands_of(parser)
    lines = [
        f'.TH MARGIN 1 "" "Margin {__version__}" "User Commands"',
        ".SH NAME",
        f"margin \\- {_NAME}",
        ".SH SYNOPSIS",
        *_synopsis(parser),
        ".SH DESCRIPTION",
        _escaped(" ".join((parser.description or "").split())),
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
    ]
    for name, command in commands.items():
        lines += [f".SS {_escaped(name)}", _escaped(command.description or ""), *_options(command)]
        lines += _examples(command)
    for title, rows in (
        ("EXIT STATUS", _EXIT_CODES),
        ("ENVIRONMENT", _ENVIRONMENT),
        ("FILES", _FILES),
    ):
        lines.append(f".SH {title}")
        for term, text in rows:
            lines += [".TP", f".B {_escaped(term)}", _escaped(text)]
    return "\n".join(lines) + "\n"


def _synopsis(parser: argparse.ArgumentParser) -> list[str]:
    usages = (parser.usage or "").split("\n")
    lines = []
    for index, usage in enumerate(each.strip() for each in usages):
        name, _, rest = usage.partition(" ")
        lines += [".br"] if index else []
        lines.append(f".B {name}\n{_escaped(rest)}")
    return lines


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands of a parser, by their names."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _options(parser: argparse.ArgumentParser) -> list[str]:
    lines = []
    formatter = parser._get_formatter()
    for action in parser._actions:
        if action.help is argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction):
            continue
        lines += [".TP", f".B {_escaped(_term(action))}"]
        lines.append(_escaped(formatter._expand_help(action)) if action.help else "")
    return lines


def _examples(parser: argparse.ArgumentParser) -> list[str]:
    """Return the examples of a command, line by line; none where it has none."""
    lines = (parser.epilog or "").splitlines()
    return [".PP", ".nf", *map(_escaped, lines), ".fi"] if lines else []


def _term(action: argparse.Action) -> str:
    """Return an option with its names and its value: ``-o, --output PATH``."""
    choices = ",".join(map(str, action.choices or ()))
    value = str(action.metavar or f"{{{choices}}}") if action.nargs != 0 else ""
    return " ".join(filter(None, (", ".join(action.option_strings), value)))


def _escaped(text: str) -> str:
    """Return text as ``man`` shows it: hyphens stay, and no line is taken for a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in {".", "'"} else text
