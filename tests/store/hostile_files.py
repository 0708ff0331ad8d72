"""Files that a synchroniser, a fault of a disk or an attacker may leave among the articles."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from reader.store.files.migrations import with_schema
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from tests.store.examples import ARTICLE, annotation

GIGABYTES: Final = 3_000_000_000
"""The length of a file that is too large; it takes no room on the disk."""

DEEP: Final = 100_000
"""Levels that no parser should follow."""


def content(**fields: Any) -> dict[str, Any]:
    """Return the tables of an article file with an annotation.

    Args:
        fields: Fields of the annotation.
    """
    article = {**to_record(ARTICLE), "source": "/texts/bad.md", "metadata": {"title": "Bad"}}
    record = {**to_record(annotation(1, note="a good note")), **fields}
    return {
        **with_schema({}),
        "article": {"01K0000000000000000BADBAD0": article},
        "annotations": {"01K00000000000000000000BAD": record},
    }


def text(**fields: Any) -> str:
    """Return the JSON of ``content``; lone surrogates and ``NaN`` are written as Python does."""
    return json.dumps(content(**fields), indent=2)


def _nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def _write(data: str | bytes) -> Callable[[Path], object]:
    """Return what writes a file; its article has an id and a source of its own."""

    def write(path: Path) -> None:
        content = data if isinstance(data, bytes) else data.encode()
        own = hashlib.sha256(path.name.encode()).hexdigest()[:6].upper().encode()
        path.write_bytes(content.replace(b"BADBAD", own).replace(b"/bad", b"/" + own))

    return write


def _number(digits: str) -> str:
    return text(number="DIGITS").replace('"DIGITS"', digits)


def _link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(GIGABYTES)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket has at most 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text("someone's words")


def _long_circle(path: Path) -> None:
    path.symlink_to("other.link")
    path.with_name("other.link").symlink_to(path.name)


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def _unreadable(path: Path) -> None:
    _write(text())(path)
    path.chmod(0)


def _unreadable_folder(path: Path) -> None:
    path.mkdir(mode=0)


def _later_schema(path: Path) -> None:
    path.write_bytes(encode_tables(with_schema(content(), 99)))


def _later_shape(path: Path) -> None:
    path.write_text(json.dumps({**with_schema(content(), 99), "annotations": [1, 2]}, indent=2))


LIGHT: Final[dict[str, Callable[[Path], object]]] = {
    "surrogate in a note": _write(text(note="half of a pair \ud83d")),
    "low surrogate": _write(text(note="half of a pair \udc00 and more")),
    "surrogate in a title": _write(text().replace("Bad", "Bad \\ud83d")),
    "surrogate in a source": _write(text().replace("/texts/bad", "/texts/\\udfff")),
    "surrogate in a key": _write(text(**{"key \udc00": 1})),
    "surrogate in a nested key": _write(text(extra={"deep": [{"\ud800": "\udfff"}]})),
    "surrogate in a tag": _write(text(tags=["\ud83d"])),
    "surrogate in an id": _write(text().replace("0BAD", "0BA\\ud83d")),
    "surrogate in the article's id": _write(text().replace("BADBAD0", "BADBA\\udabc")),
    "surrogate in a table": _write(text().replace('"schema"', '"\\ud800"')),
    "surrogate in the schema": _write(text().replace('"version"', '"\\ud800": 1, "version"')),
    "surrogate in UTF-8": _write(text(note="HALF").encode().replace(b"HALF", b"\xed\xa0\xbd")),
    "surrogate in a selector": _write(text().replace('"exact": "pass', '"exact": "\\ud83d')),
    "surrogate in a time": _write(text(modified="2026\ud83d")),
    "pipe": os.mkfifo,
    "socket": _socket,
    "circle": lambda path: path.symlink_to(path.name),
    "long circle": _long_circle,
    "dangling link": _link("nothing-here.json"),
    "link into a folder that is gone": _link("/nowhere/at/all.json"),
    "link to zero": _link("/dev/zero"),
    "link to the terminal": _link("/dev/tty"),
    "link to random": _link("/dev/urandom"),
    "link to full": _link("/dev/full"),
    "link to null": _link("/dev/null"),
    "link to a folder": _link("/tmp"),
    "link to a process": _link("/proc/self/environ"),
    "link to a pipe": _link_to_a_pipe,
    "folder": _folder,
    "empty folder": Path.mkdir,
    "huge": _sparse,
    "deep lists": _write(b"[" * DEEP),
    "deep in an annotation": _write(text(x="DEEP").replace('"DEEP"', "[" * 500 + "]" * 500)),
    "deeper in an annotation": _write(text(x="DEEP").replace('"DEEP"', "[" * 950 + "]" * 950)),
    "deep in an unknown table": _write(json.dumps({**content(), "x": {"y": {"z": _nested(400)}}})),
    "key twice": _write(
        text().replace('"annotations": {', '"annotations": {"01K00000000000000000000BAD": {},')
    ),
    "field twice": _write(text().replace('"note":', '"note": "first",\n      "note":')),
    "table twice": _write(text()[:-2] + ', "annotations": {}}'),
    "NaN": _write(_number("NaN")),
    "key twice in one line": _write(
        json.dumps(content()).replace(
            '"annotations": {', '"annotations": {"x": 1}, "annotations": {'
        )
    ),
    "infinity": _write(_number("-Infinity")),
    "NaN for the progress": _write(text().replace('"opened":', '"progress": NaN, "opened":')),
    "a number of 5,000 digits": _write(_number("9" * 5_000)),
    "a fraction of 5,000 digits": _write(_number("0." + "9" * 5_000)),
    "an exponent of 5,000 digits": _write(_number("1e" + "9" * 5_000)),
    "a number of 30 digits": _write(_number("9" * 30)),
    "a position of 30 digits": _write(text().replace('"start": 1', '"start": ' + "9" * 30)),
    "a negative position": _write(text().replace('"start": 1', '"start": -1')),
    "a progress of 300 digits": _write(text().replace('"opened":', '"progress": 1e300, "opened":')),
    "not UTF-8": _write(text(note="caf\xe9").replace("\\u00e9", "\xe9").encode("latin-1")),
    "UTF-16": _write(text().encode("utf-16")),
    "byte order mark": _write(b"\xef\xbb\xbf" + text().encode()),
    "zeros": _write(bytes(100_000)),
    "random": _write(bytes(range(256)) * 400),
    "empty": _write(b""),
    "no object": _write(b"null"),
    "list": _write(b"[1, 2, 3]"),
    "no tables": _write(b"{}"),
    "no article": _write(json.dumps({**content(), "article": {}})),
    "no id": _write(json.dumps({**content(), "article": {"": content()["article"].popitem()[1]}})),
    "wrong types": _write(json.dumps({**content(), "article": {"x": {"source": 1}}})),
    "wrong types in an annotation": _write(text(tags=3, created={})),
    "wrong schema": _write(json.dumps({**content(), "schema": {"article": {"version": "two"}}})),
    "schema of another type": _write(json.dumps({**content(), "schema": [2]})),
    "negative schema": _write(json.dumps(with_schema(content(), -5))),
    "later schema": _later_schema,
    "later shape": _later_shape,
    "schema of 30 digits": _write(json.dumps(with_schema(content(), 10**30))),
    "impossible time": _write(text(created="never", modified="never", changed={"note": "zzz"})),
    "path as an id": _write(text().replace("BADBAD0", "/../../../../tmp/x")),
}
"""What makes each kind of file at a path."""

HEAVY: Final[dict[str, Callable[[Path], object]]] = {
    "huge number of values": _write(b'{"article": {"x": {"a": [' + b"[]," * 900_000 + b"0]}}}"),
    "huge number of keys": _write(
        b'{"article": {"x": {' + b",".join(b'"%d":{}' % n for n in range(600_000)) + b"}}}"
    ),
    "nearly too large in many strings": _write(
        b'{"article": {"x": {"source": "", "metadata": {}}}, "annotations": {"y": {"a": ['
        + b",".join(['"😀"'.encode()] * 150_000)
        + b"]}}}"
    ),
    "nearly too many values": _write(
        b'{"article": {"x": {"source": "", "metadata": {}, "a": [' + b"[]," * 150_000 + b"0]}}}"
    ),
    "nearly too many keys": _write(
        b'{"article": {"x": {"source": "", "metadata": {}, "a": {'
        + b",".join(b'"%d":{}' % n for n in range(150_000))
        + b"}}}}"
    ),
    "very many broken annotations": _write(
        b'{"article": {"x": {"source": "", "metadata": {}}}, "annotations": {'
        + b",".join(b'"%d":{}' % n for n in range(100_000))
        + b"}}"
    ),
    "huge string": _write(b'{"article": {"x": {"source": "' + b"a" * 20_000_000 + b'"}}}'),
    "wide string": _write(
        '{"article": {"x": {"source": "😀'.encode() + b"a" * 5_000_000 + b'", "metadata": {}}}}'
    ),
    "deep objects": _write(b'{"a":' * DEEP),
    "deep and closed": _write(b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "many broken records": _write(b'{"article": {' + b'"a": {"a": ' * 400_000),
    "many short records": _write(b'{"article": ' + b'"a": {}, "b": {"c": ' * 400_000),
    "many tables": _write(b"{" + b'\n  "x": {\n  "y": {"z":}},' * 200_000),
}
"""As ``LIGHT``, for what takes time or memory to read."""

UNREADABLE: Final[dict[str, Callable[[Path], object]]] = {
    "unreadable": _unreadable,
    "unreadable folder": _unreadable_folder,
}
"""As ``LIGHT``, for what root may read."""

KINDS: Final = {**LIGHT, **HEAVY, **UNREADABLE}
"""All kinds."""
