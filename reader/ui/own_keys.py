"""The keys of the settings: which of them can be used, and what is wrong with the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.safe_text import sanitise_line
from reader.ui.commands import (
    ANNOTATIONS,
    CHANGES,
    COMPARING,
    CONTENTS,
    DELETED,
    KEY_NAMES,
    LIBRARY,
    NAMES,
    NOTES,
    OLD_VERSION,
    READING,
    VERSIONS,
    Command,
    by_id,
    commands_of,
)
from reader.ui.key_names import name_of_character

SCREENS = (
    READING,
    LIBRARY,
    NOTES,
    ANNOTATIONS,
    CONTENTS,
    COMPARING,
    DELETED,
    NAMES,
    OLD_VERSION,
    VERSIONS,
    CHANGES,
)
"""Every screen and panel with commands."""

OF_AN_ARTICLE = (OLD_VERSION, CHANGES)
"""The screens that have the keys of an article."""

LEAVING = (
    "back",
    "panel.close",
    "comparing.close",
    "deleted.close",
    "names.close",
    "versions.close",
)
"""The commands that lead out of a screen; each keeps at least one key."""

AHEAD = ("suspend",)
"""The commands whose keys the app takes ahead of every screen."""

LIST_KEYS = ("j", "k", "up", "down", "space", "b", "pageup", "pagedown", "g", "G", "home", "end")
"""The keys that move in every list, ahead of its commands."""

LISTS = (LIBRARY, NOTES, ANNOTATIONS, CONTENTS, DELETED, NAMES, VERSIONS)
"""The screens that are lists."""

EVERYWHERE_TAKEN = {"ctrl+q": "quits Margin on every screen"}
"""Keys that no command can have, and why."""

ARROWS = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
NAMED = (*ARROWS, "backspace", "tab", "enter", "escape", "space")
FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 25))
MODIFIERS = ("ctrl", "shift", "alt")

SAME_AS = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "esc",
}
"""Keys for which a terminal sends the same as for another one."""

CONTROL_SIGNS = (
    "space", "at", "backslash", "right_square_bracket", "circumflex_accent", "underscore",
)  # fmt: skip
"""The signs for which a terminal sends something with ctrl."""

EMACS = {"c": "ctrl", "s": "shift", "m": "alt", "a": "alt"}
"""The letters with which some programs write a modifier: ``C-y``."""

Keys = dict[str, list[str]]
"""Keys by command id, as the settings write them."""


class OwnKeys(NamedTuple):
    """What becomes of the keys of the settings."""

    keymap: dict[str, str]
    """The keys that are in effect, by command id; a command that lost all its keys has none."""
    problems: tuple[str, ...]
    """One line for each mistake."""


def check_keys(settings: Mapping[str, str], unused: Collection[str] = ()) -> OwnKeys:
    """Return the keys of the settings that can be used, and a line for each mistake.

    A key that is given to two commands goes to the first. A key that another command has by default
    is taken from it, unless it is the last one that leads out of a screen.

    Args:
        settings: Keys by command id, with commas between.
        unused: Ids of commands that do nothing; nobody misses their keys.
    """
    if not settings:
        return OwnKeys({}, ())
    problems: list[str] = []
    keys = _known_keys(settings, problems)
    _drop_doubled(keys, problems)
    keymap = _without_last_ways_out(keys, problems)
    lost = _taken_from_others(keymap, unused, problems)
    named = {command_id: ",".join(each) for command_id, each in keymap.items() if each}
    return OwnKeys({**named, **lost}, tuple(dict.fromkeys(problems)))


def _known_keys(settings: Mapping[str, str], problems: list[str]) -> Keys:
    """Return the keys that a terminal can send, of the commands that there are."""
    keys: Keys = {}
    for command_id, written in settings.items():
        if command_id not in by_id():
            nearest = _nearest(command_id, by_id())
            problems.append(f"“{_shown(command_id)}” is no command; did you mean “{nearest}”?")
            continue
        words = [word.strip() for word in written.split(",")]
        if not all(words):
            default = _listed(by_id()[command_id].keys.split(","))
            end = "" if any(words) else f"; it keeps {default}"
            problems.append(f"{command_id} has an empty key{end}. The comma is called “comma”.")
        for word in filter(None, words):
            if problem := _problem_of(word):
                stop = "" if problem.endswith("?") else "."
                problems.append(f"{command_id}: “{_shown(word)}” {problem}{stop}")
            elif _name(word) not in map(_name, keys.get(command_id, ())):
                keys.setdefault(command_id, []).append(word)
    return keys


def _drop_doubled(keys: Keys, problems: list[str]) -> None:
    """Leave a key that two commands of one screen are given to the first of them."""
    for screen in SCREENS:
        owners: dict[str, str] = {}
        for command_id in [each for each in keys if _is_on(each, screen)]:
            for word in list(keys[command_id]):
                owner = owners.setdefault(_name(word), command_id)
                if owner != command_id:
                    keys[command_id].remove(word)
                    problems.append(
                        f"“{word}” is the key of both {owner} and {command_id}; {owner} has it."
                    )


def _without_last_ways_out(keys: Keys, problems: list[str]) -> Keys:
    """Return the keys without those that would leave a screen without a way out."""
    for screen in SCREENS:
        leaving = [each for each in commands_of(screen) if each.id in LEAVING]
        for command in leaving:
            for word in _words_on(screen, keys, besides=command.id):
                others = [
                    name
                    for name in _effective(command, keys)
                    if name not in map(_name, _words_on(screen, keys, besides=command.id))
                ]
                if _name(word) in _effective(command, keys) and not others:
                    owner = _owner(word, screen, keys)
                    keys[owner].remove(word)
                    problems.append(
                        f"“{word}” stays the key of {command.id}, which leaves a screen;"
                        f" {owner} cannot have it."
                    )
    return keys


def _taken_from_others(keys: Keys, unused: Collection[str], problems: list[str]) -> dict[str, str]:
    """Note which keys other commands lose; return what is left to those that lose them wholly."""
    lost: dict[str, list[set[str]]] = {}
    needed: set[tuple[str, str]] = set()
    for screen in SCREENS:
        for command in commands_of(screen):
            if screen in OF_AN_ARTICLE and READING in command.screens:
                continue
            if keys.get(command.id):
                _note_list_keys(command.id, screen, keys, problems)
                continue
            taken = set()
            for word in _words_on(screen, keys, besides=command.id):
                if _name(word) in _effective(command, {}):
                    taken.add(_name(word))
                    owner = _owner(word, screen, keys)
                    if owner in LEAVING:
                        needed.add((command.id, _name(word)))
                    if command.id in unused:
                        continue
                    problems.append(f"“{word}” is now the key of {owner}, and not of {command.id}.")
            lost.setdefault(command.id, []).append(taken)
    left: dict[str, str] = {}
    for command_id, by_screen in lost.items():
        # What leads out of one screen is lost on all; so is what the app does ahead of them.
        first, *others = by_screen
        gone = first.union(*others) if command_id in AHEAD else first.intersection(*others)
        gone |= {name for loser, name in needed if loser == command_id}
        if gone:
            own = by_id()[command_id].keys.split(",")
            left[command_id] = ",".join(key for key in own if key not in gone)
    return left


def _note_list_keys(command_id: str, screen: str, keys: Keys, problems: list[str]) -> None:
    """Note the keys of a command of a list that move in the list and do nothing else."""
    problems += [
        f"“{word}” moves in lists; {command_id} cannot have it there."
        for word in keys[command_id]
        if screen in LISTS and _name(word) in LIST_KEYS
    ]


def _words_on(screen: str, keys: Keys, *, besides: str) -> list[str]:
    """Return the keys of the settings for the commands of a screen, besides one command."""
    return [
        word
        for command_id, words in keys.items()
        if command_id != besides and _is_on(command_id, screen)
        for word in words
    ]


def _owner(word: str, screen: str, keys: Keys) -> str:
    """Return the command of a screen to which the settings give a key."""
    return next(each for each in keys if _is_on(each, screen) and word in keys[each])


def _is_on(command_id: str, screen: str) -> bool:
    return any(command.id == command_id for command in commands_of(screen))


def _effective(command: Command, keys: Keys) -> list[str]:
    """Return the names of a command's keys: those of the settings, else its own."""
    return [_name(word) for word in keys.get(command.id) or command.keys.split(",")]


# A single key


def _problem_of(word: str) -> str:
    """Return what is wrong with a key of the settings; empty where it can be used."""
    name = _name(word)
    *modifiers, key = name.split("+")
    if name in EVERYWHERE_TAKEN:
        return f"{EVERYWHERE_TAKEN[name]}, and cannot have another command"
    if name in SAME_AS:
        return f"cannot be told from {SAME_AS[name]}: a terminal sends the same for both"
    if not _is_key(key) or not set(modifiers) <= set(MODIFIERS):
        nearest = _nearest_key(word)
        return f"is no key; did you mean “{_shown(nearest)}”?" if nearest else "is no key"
    if not _is_sent(modifiers, key):
        capital = key.upper()
        is_letter = modifiers == ["shift"] and len(key) == 1 and capital != key
        return "is not sent by terminals" + (f"; write “{capital}”" if is_letter else "")
    return ""


def _is_key(key: str) -> bool:
    if key in NAMED or key in FUNCTION_KEYS or (len(key) == 1 and key.isprintable()):
        return True
    return any(name_of_character(character) == key for character in _characters(key))


def _characters(key: str) -> Iterator[str]:
    """Yield the characters that a name such as ``left_parenthesis`` may stand for."""
    if key.isascii() and key.isidentifier():
        yield from (chr(code) for code in range(0x20, 0x7F))
        for name in (key.replace("_", " "), key.replace("_", "-")):
            try:
                yield unicodedata.lookup(name)
            except KeyError:
                continue


def _is_sent(modifiers: list[str], key: str) -> bool:
    """Return whether terminals send a key with modifiers."""
    is_character = key not in NAMED and key not in FUNCTION_KEYS
    if not modifiers or modifiers == ["alt"]:
        return True
    if key in ARROWS or key in FUNCTION_KEYS:
        return True
    if modifiers == ["shift"]:
        return key == "tab"
    if set(modifiers) <= {"ctrl", "alt"}:
        is_letter = is_character and len(key) == 1 and key.isascii() and key.islower()
        return is_letter or key in CONTROL_SIGNS
    return False


def _name(word: str) -> str:
    """Return Textual's name for a key as the settings write it."""
    names = {shown: name for name, shown in KEY_NAMES.items()}
    word = names.get(word, word)
    before, plus, key = word.rpartition("+") if word not in ("+", "") else ("", "", word)
    if plus and not key:  # such as ``ctrl++``
        before, key = word[:-2], "+"
    key = name_of_character(key) if len(key) == 1 else names.get(key, key)
    return f"{before}+{key}" if before else key


def _nearest_key(word: str) -> str:
    """Return the key that was probably meant; empty where none is like it."""
    emacs = re.fullmatch(r"<?([A-Za-z])-(.+?)>?", word)
    if emacs and emacs[1].lower() in EMACS:
        guess = f"{EMACS[emacs[1].lower()]}+{emacs[2].lower()}"
    else:
        guess = word.lower().replace("-", "+").replace("control", "ctrl").replace(" ", "")
        guess = guess.replace("option+", "alt+").replace("meta+", "alt+").replace("return", "enter")
    if guess != word and not _problem_of_plain(guess):
        return guess
    return _nearest(word.lower(), (*NAMED, *FUNCTION_KEYS, *KEY_NAMES.values()), cutoff=0.7)


def _problem_of_plain(guess: str) -> bool:
    *modifiers, key = _name(guess).split("+")
    is_key = _is_key(key) and set(modifiers) <= set(MODIFIERS)
    return not is_key or not _is_sent(modifiers, key)


def _nearest(word: str, known: Iterable[str], cutoff: float = 0.0) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

    return next(iter(get_close_matches(word, list(known), 1, cutoff=cutoff)), "")


def _listed(keys: Iterable[str]) -> str:
    return " ".join(KEY_NAMES.get(key, key) for key in keys)


def _shown(text: str) -> str:
    return sanitise_line(text)[:40]
