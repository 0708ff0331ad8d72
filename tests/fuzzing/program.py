"""What is tried on the program itself: its settings, article files, commands and exports."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import strategies as st

from reader.cli import main
from reader.config import change_setting, load_settings
from reader.errors import SettingsError
from reader.safe_text import unsafe_pattern
from reader.session.exporting import FORMATS
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from tests.fuzzing.inputs import any_change, applied
from tests.store import strategies

KINDS: Final = ("settings", "articles", "commands", "exports")
"""What can be tried."""

EXIT_CODES: Final = (0, 1, 2)

GOOD_TITLE, GOOD_WORDS = "The good article", "Words that are marked."
_GOOD = f"# {GOOD_TITLE}\n\n{GOOD_WORDS}\n\nOther words.\n"
_HOSTILE_NAME = "x-edq49z.json"

_SEEN = (
    "\x1b]52;c;eA==\x07", "\x1b[2J", "\x9b31m", "\u202e", "\u2066", "\x00", "\x7f", "\r", "\n", "\t", "\u2028",
    "\ufeff", "\u200b", "[red]", "[/]", "%s", "{0}", "`", "</script>", "](javascript:x)", "---\n", "- a", "#",
    "|", "\\", "/", "../../x", "é", "字", "👩\u200d👩\u200d👧", "\ud800", "\U000e0001", "\u0301" * 30, "words ",
)  # fmt: skip
"""What a terminal, a markup or a file system would take for more than text."""

hostile = st.lists(st.sampled_from(_SEEN) | st.text(max_size=8), max_size=8).map("".join)
"""Text that was made to do harm."""

_values: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), hostile,
    st.lists(hostile, max_size=3), st.dictionaries(hostile, hostile, max_size=3),
    st.sampled_from(["9999-12-31T23:59:59.999Z", "0000-00-00", "x" * 70_000, [[]] * 500]),
)  # fmt: skip


class Input(NamedTuple):
    """What is tried, as the bytes of a file that can be kept, and how such a file is called."""

    values: st.SearchStrategy[bytes]
    suffix: str
    run: Callable[[bytes, Path], None]


def run(kind: str, data: bytes) -> None:
    """Try an input in a home of its own, with a library that holds a good article.

    Raises:
        Exception: Anything that the program does not promise, which is a finding.
    """
    with _home() as home:
        inputs()[kind].run(data, home)


@cache
def inputs() -> Mapping[str, Input]:
    """Return what is tried, by kind."""
    return {
        "settings": Input(_settings_files(), ".toml", _try_settings),
        "articles": Input(_article_files(), ".json", _try_article_file),
        "commands": Input(_command_lines(), ".json", _try_command),
        "exports": Input(_hostile_articles(), ".json", _try_exports),
    }


# Settings

_SETTINGS = (
    'theme = "margin-light"\n', "column = 80\n", "column = -1\n", "words_per_minute = 200\n", "backups = 7\n",
    "native_clipboard = false\n", "check_for_newer = true\n", "[keys]\n", '"tag.1" = "z"\n', 'search = "s,ctrl+f"\n',
    'quit = ""\n', 'select = "ctrl+i"\n', "[[tags]]\n", 'name = "claim"\n', 'key = "4"\n', 'glyph = "☞"\n',
    'colour = "#b48ead"\n', "[tags]\n", "x = [\n", "]\n", "'''", '"""', "= 1\n", "inf\n", "1979-05-27T07:32:00Z\n",
    "# words\n", "\\u0000", "column = 99999999999999999999\n", "[keys.x]\n", "tags = [{}]\n", "theme = { a = 1 }\n",
)  # fmt: skip


def _settings_files() -> st.SearchStrategy[bytes]:
    lines = st.sampled_from(_SETTINGS) | st.builds(
        lambda name, value: f"{name} = {json.dumps(value)}\n",
        st.sampled_from(
            ["theme", "column", "backups", "keys", "tags", "name", "key", "glyph", "colour"]
        ),
        st.one_of(hostile, st.integers(), st.lists(hostile, max_size=2)),
    )
    text = st.lists(lines, max_size=12).map("".join)
    whole = text.map(lambda text: text.encode("utf-8", "replace"))
    changes = st.lists(any_change(tuple(line.encode() for line in _SETTINGS)), max_size=3)
    return st.builds(applied, whole, changes) | st.binary(max_size=100)


def _try_settings(data: bytes, home: Path) -> None:
    path = home / "settings.toml"
    path.write_bytes(data)
    os.environ["MARGIN_CONFIG"] = str(path)
    fault = ""
    try:
        load_settings(path)
    except SettingsError as error:
        fault = error.message
    if fault:
        assert str(path) in fault
        assert "\n" not in fault
        with pytest.raises(SettingsError):
            change_setting(path, "column", 90)
        assert path.read_bytes() == data
    else:
        change_setting(path, "column", 90)
        assert load_settings(path).column == 90
    for words in (["library"], ["doctor"], [str(home / "good.md")]):
        _run(words)


# Article files


def _article_files() -> st.SearchStrategy[bytes]:
    return st.one_of(
        st.builds(
            _with_values, _tables(), st.lists(st.tuples(st.integers(0), _values), max_size=4)
        ),
        st.builds(applied, _tables().map(encode_tables), st.lists(any_change(_JSON), max_size=4)),
        st.lists(st.sampled_from(_JSON), max_size=30).map(b"".join),
        st.binary(max_size=60),
    )


_JSON = (
    b"{", b"}", b"[", b"]", b":", b",", b'"', b"null", b"NaN", b"1e999", b"-0", b'"\\ud800"', b"\\u0000",
    b'"article"', b'"annotations"', b'"schema"', b'{"article":{"version":99}}', b"9" * 400, b"[" * 2000,
    b'"place":{"start":-1,"end":1e9}', b'"tags":[""]', b"\xff", b"\xef\xbb\xbf", b"\0", b'"deleted":"x"',
)  # fmt: skip


def _tables() -> st.SearchStrategy[dict[str, dict[str, Any]]]:
    def build(article: Any, annotations: Sequence[Any]) -> dict[str, dict[str, Any]]:
        return {
            "article": {article.id: to_record(article)},
            "annotations": {each.id: to_record(each) for each in annotations},
            "schema": {"article": {"version": 2}},
        }

    return st.builds(
        build, strategies.any_article(), st.lists(strategies.any_annotation(), max_size=3)
    )


def _with_values(tables: dict[str, dict[str, Any]], changes: list[tuple[int, Any]]) -> bytes:
    """Return the JSON of tables in which some values, wherever they are, are others."""
    value: Any = tables
    for where, new in changes:
        places = list(_places(value))
        holder, key = places[where % len(places)]
        holder[key] = new
    return json.dumps(value, ensure_ascii=True).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list) and inner:
            yield from _places(inner)


def _try_article_file(data: bytes, home: Path) -> None:
    path = home / "library/articles" / _HOSTILE_NAME
    path.write_bytes(data)
    assert GOOD_TITLE in _run(["library"])
    assert GOOD_WORDS in _run(["notes"])
    more = [
        ["library", "--json"], ["notes", "--json"], ["export"], ["export", "--format", "jsonl"],
        ["doctor"], ["doctor", "--fix"], ["backup", "-o", str(home / "backup.zip")], ["next"], ["trash"],
        ["merge", str(home / "other")], ["git-merge", *[str(path)] * 3], ["export", "-o", str(home / "out")],
    ]  # fmt: skip
    chance = zlib.crc32(data)
    for number in (chance, chance // 100, chance // 10_000):
        _run(more[number % len(more)])
    assert GOOD_TITLE in _run(["library"])


# Command lines

_OPTIONS = (
    "--json", "--library", "--article", "--tag", "--query", "--since", "--until", "--sort", "--saved", "--format", "-o", "--output", "--fix",
    "--empty", "--yes", "--state", "--from", "--quote", "--prefix", "--suffix", "--note", "--speaker", "--status",
    "--width", "--whole", "--as", "--help", "--version", "--", "-", "-x", "--li", "--q=x",
)  # fmt: skip
_WORDS = (
    "good.md", "library", "library/articles", "missing.md", ".", "", " ", "good.md/x", "markdown",
    "jsonl", "html", "2026-01-31", "0001-01-01", "9999-12-31", "0", "72", "-1", "99999999999999999999", "unread",
    "reading", "disputed", "claim", GOOD_TITLE, GOOD_WORDS, "http://127.0.0.1:9/x", "http://[::1", "file:///etc/x",
    "http://", "x" * 300, "a/" * 3000, "\udcff.md", "dead-link", "loop", "pipe", "no-access",
    "-marked", '"good', "“Words", "OR", "NOT", "(", ")", "-(", "tag:", "tag:quote,claim", "status:open", "is:opn",
    "is:deleted", "-is:changed", "text:words", "has:draft", "spekaer:x", "published:2026..", "marked:7d",
    "before:99999y", "after:last-week", 'speaker:="x', "(a OR b) " * 300,
)  # fmt: skip
_COMMANDS = (
    "library", "add", "next", "annotate", "notes", "notes", "search", "export", "text", "merge", "git-merge", "backup", "restore",
    "doctor", "trash",
)  # fmt: skip


def _command_lines() -> st.SearchStrategy[bytes]:
    word = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WORDS), hostile)
    part = st.one_of(st.sampled_from(_OPTIONS), word)
    line = st.builds(
        lambda command, words: [*command, *words],
        st.lists(st.sampled_from(_COMMANDS), min_size=1, max_size=1) | st.just([]),
        st.lists(part, max_size=6),
    )
    likely = st.builds(
        lambda command, source, option, value: [command, source, *option, *value],
        st.sampled_from(_COMMANDS), word, st.lists(part, max_size=2),
        st.sampled_from([[], ["--quote", GOOD_WORDS], ["--json"], ["-o", "out"], ["-o", "out.md"]]),
    )  # fmt: skip
    return st.one_of(line, likely).map(lambda words: json.dumps(words).encode())


def _try_command(data: bytes, home: Path) -> None:
    words = [_inside(word) for word in json.loads(data)]
    (home / "dead-link").symlink_to("nowhere")
    (home / "loop").symlink_to("loop")
    (home / "no-access").mkdir(mode=0)
    os.mkfifo(home / "pipe")
    _run(words)
    assert GOOD_TITLE in _run(["library"]) or {"doctor", "trash", "merge", "restore"} & {*words}


def _inside(word: str) -> str:
    """Return a word that a program can be given, and that leads to no file outside the home."""
    word = word.replace("\ud800", "")
    while (safe := re.sub(r"\0|\.\.|~|(?:^|(?<=[=o]))/+", "", word)) != word:
        word = safe
    return word


# Exports


def _hostile_articles() -> st.SearchStrategy[bytes]:
    def build(tables: dict[str, dict[str, Any]], texts: list[str]) -> bytes:
        texts = texts or ["x"]
        number = 0
        for holder, key in list(_places(tables)):
            if isinstance(holder[key], str) and key not in _PLAIN_FIELDS:
                holder[key] = texts[number % len(texts)]
                number += 1
        return json.dumps(tables).encode()

    return st.builds(build, _tables(), st.lists(hostile, min_size=1, max_size=8))


_PLAIN_FIELDS: Final = {
    "created",
    "modified",
    "added",
    "opened",
    "deleted",
    "state",
    "manual_state",
    "status",
}


def _try_exports(data: bytes, home: Path) -> None:
    (home / "library/articles" / _HOSTILE_NAME).write_bytes(data)
    for name, export_format in FORMATS.items():
        # Org's own manual advises a zero width space, which no terminal should get otherwise.
        is_shown = not export_format.is_binary and name != "org"
        text = _run(["export", "--format", name]) if is_shown else ""
        assert not is_shown or export_format.is_of_sources or GOOD_WORDS in text
        if name == "jsonl":
            for line in text.splitlines():
                json.loads(line)
        out = home / f"out-{name}"
        _run(["export", "--format", name, "-o", str(out)])
        files = {path: path.read_bytes() for path in sorted(out.iterdir())}
        assert files
        for path, content in files.items():
            assert path.suffix in export_format.suffixes
            if is_shown:
                _assert_harmless(content.decode("utf-8"))
            assert not unsafe_pattern().search(path.name)
        _run(["export", "--format", name, "-o", str(out)])
        assert {path: path.read_bytes() for path in sorted(out.iterdir())} == files
    assert {path.name for path in home.iterdir()} <= {
        "library", "other", "good.md", *(f"out-{name}" for name in FORMATS),
    }  # fmt: skip


# Running the program


def _run(words: Sequence[str]) -> str:
    """Run a command; return what it printed on standard output."""
    buffers = io.BytesIO(), io.BytesIO()
    output = io.TextIOWrapper(buffers[0], "utf-8", write_through=True)
    errors = io.TextIOWrapper(buffers[1], "utf-8", "backslashreplace", write_through=True)
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), output, errors
    try:
        code = main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    shown, told = (raw.getvalue().decode("utf-8") for raw in buffers)
    assert code in EXIT_CODES, f"exit code {code}"
    _assert_harmless(shown)
    _assert_harmless(told)
    assert code != 2 or (told + shown).strip(), "an error without a sentence"
    return shown


def _assert_harmless(text: str) -> None:
    unsafe = unsafe_pattern().search(text.replace("\r\n", "\n"))  # as CSV and RIS end lines
    assert unsafe is None, f"{unsafe[0]!r} is shown raw"


@contextlib.contextmanager
def _home() -> Iterator[Path]:
    """Give an input a home folder with a library of a good article, and a second library."""
    before, place = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="margin-fuzz-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        shutil.copytree(_template(), home)
        os.environ.update(HOME=str(home), MARGIN_LIBRARY=str(home / "library"))
        os.chdir(home)
        try:
            yield home
        finally:
            os.chdir(place)
            os.environ.clear()
            os.environ.update(before)
            with contextlib.suppress(OSError):
                (home / "no-access").rmdir()


@cache
def _template() -> Path:
    """Return a home folder as every input finds it; it is made once for a process."""
    home = Path(tempfile.mkdtemp(prefix="margin-fuzz-template-"))
    source = home / "good.md"
    source.write_text(_GOOD, encoding="utf-8")
    for name in ("library", "other"):
        words = [
            "annotate",
            str(source),
            "--quote",
            GOOD_WORDS,
            "--status",
            "refuted",
            "--library",
            str(home / name),
        ]
        _run(words)
    return home
