"""Sources that are not plain files, or that do harm: one sentence, exit code 2, nothing kept."""

from __future__ import annotations

import gzip
import json
import os
import plistlib
import random
import resource
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.formats.books import archive, book
from tests.formats.web_archives import record, response
from tests.formats.word import docx
from tests.web.server import Request, Server, running, without_proxies

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 2 << 30
"""Bytes of address space; Python and the libraries take some 300 MB of it before anything is read."""

SAFE = str.maketrans("", "", "\n")


def margin(
    home: Path, *words: str | bytes, given: bytes | IO[Any] | int = subprocess.DEVNULL
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a person does, within bounds of memory and time."""
    of_bytes = {"input": given} if isinstance(given, bytes) else {"stdin": given}
    return subprocess.run(
        [sys.executable, "-m", "reader", *words],
        cwd=home,
        env=os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        **of_bytes,
    )  # fmt: skip


def said(run: subprocess.CompletedProcess[bytes]) -> str:
    """Return the sentence of an error, of which a terminal shows each character as it is."""
    sentence = run.stderr.decode()
    assert run.returncode == 2, sentence
    assert run.stdout == b""
    assert sentence.startswith("margin: ")
    assert sentence.endswith(".\n") or "margin -" in sentence
    assert sentence.translate(SAFE).isprintable()
    return sentence


def refused(home: Path, source: str | bytes) -> str:
    """Return the error of a source, and check that nothing of it is kept."""
    said(margin(home, "add", "--", source))
    assert not list(home.glob(".local/share/margin/**/*"))
    return said(margin(home, "text", "--", source))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    without_proxies(monkeypatch)
    with running() as server:
        yield server


def make_fifo(place: Path) -> None:
    os.mkfifo(place / "odd")


def make_folder(place: Path) -> None:
    (place / "odd").mkdir()


def make_socket(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place)  # the path of a socket may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("odd")
    finally:
        os.chdir(here)


def make_loop(place: Path) -> None:
    (place / "odd").symlink_to("other")
    (place / "other").symlink_to("odd")


def make_dangling(place: Path) -> None:
    (place / "odd").symlink_to("nowhere")


def make_link_to_device(place: Path) -> None:
    (place / "odd").symlink_to("/dev/zero")


def make_empty(place: Path) -> None:
    (place / "odd").touch()


def make_blank(place: Path) -> None:
    (place / "odd").write_text(" \n\t\n" * 1000)


def make_nothing(_place: Path) -> None:
    """Leave the place empty."""


def make_too_large(place: Path) -> None:
    with (place / "odd").open("wb") as file:
        file.truncate(200_000_001)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_fifo, "is a device or a pipe"),
        (make_socket, "is a device or a pipe"),
        (make_link_to_device, "is a device or a pipe"),
        (make_folder, "is a folder"),
        (make_loop, "File cannot be read"),
        (make_dangling, "There is no file"),
        (make_nothing, "There is no file"),
        (make_empty, "is empty"),
        (make_blank, "is empty"),
        (make_too_large, "has over 200 MB"),
    ],
)
def test_what_is_not_a_file_with_text_is_refused(home: Path, make: Any, sentence: str) -> None:
    make(home)
    assert sentence in refused(home, "odd")


@pytest.mark.parametrize(
    "source",
    [
        "/dev/null", "/dev/zero", "/dev/full", "~nobody-of-that-name/x", "a" * 5000, "x/" * 5000, "-x", "",
        "file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)", "data:text/html,x",
        "http://", "https://[x", "no\nsuch\x1b[31m\x07file", "\u202etxt.exe", b"\xff\xfe.txt", "x\x9b2Jx",
    ],
)  # fmt: skip
def test_what_names_no_article_is_refused(home: Path, source: str | bytes) -> None:
    assert refused(home, source)


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="a file of Linux that never ends")
def test_a_plain_file_that_never_ends_is_not_waited_for(home: Path) -> None:
    start = time.monotonic()
    assert margin(home, "text", "/proc/kmsg").returncode in (0, 2)
    assert time.monotonic() - start < 30


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked for the superuser")
def test_a_locked_file_is_refused(home: Path) -> None:
    (home / "locked.txt").write_text("words")
    (home / "locked.txt").chmod(0)
    assert "Permission denied" in refused(home, "locked.txt")


@pytest.mark.parametrize("program", ["margin", "python -m reader"])
def test_a_folder_that_is_gone_is_an_error(home: Path, program: str) -> None:
    """Start Margin as a person does: ``python -c`` itself fails there on Python 3.13.0."""
    (home / "words.txt").write_text("words")
    script = Path(sysconfig.get_path("scripts")) / "margin"
    started = [script] if program == "margin" else [sys.executable, "-m", "reader"]

    def text(source: str | Path) -> subprocess.CompletedProcess[bytes]:
        (home / "gone").mkdir()
        return subprocess.run(
            ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *started, "text", source],
            cwd=home / "gone",
            env=os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )

    assert "There is no file x.txt" in said(text("x.txt"))
    assert text(home / "words.txt").stdout == b"words\n"


@pytest.mark.parametrize("command", ["text", "add"])
def test_standard_input_without_text_is_refused(home: Path, command: str) -> None:
    with (home / "empty").open("wb+") as file:
        assert "is empty" in said(margin(home, command, "-", given=file))
    closed = 'exec "$0" -m reader "$1" - <&-'
    run = subprocess.run(
        ["sh", "-c", closed, sys.executable, command],
        env=os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert "is closed" in said(run)


def test_standard_input_without_an_end_is_refused(home: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        assert "has over 200 MB" in said(margin(home, "text", "-", given=endless))


def test_a_file_that_grows_is_read_to_where_it_ended(home: Path) -> None:
    path = home / "growing.txt"
    path.write_bytes(b"A line of it.\n\n" * 1000)
    done = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not done.is_set() and file.tell() < 600_000:
                file.write(b"A line of it.\n\n" * 1000)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        run = margin(home, "text", "growing.txt")
    finally:
        done.set()
        writer.join()
    assert run.returncode == 0
    assert run.stdout.startswith(b"A line of it.\n")


NAME = "na\x1b[31mme\n\u202e\x9b2Jtxt.md"


def test_names_and_titles_from_outside_do_not_steer_the_terminal(home: Path) -> None:
    (home / NAME).write_text("# A \x1b]0;owned\x07title \u202e &#x1b;[31m\n\nWords of it.\n")
    (home / os.fsdecode(b"\xff\xfe.txt")).write_text("A text of some words, and more of them.\n")
    assert margin(home, "add", NAME, b"\xff\xfe.txt").returncode == 0
    runs = [margin(home, *words) for words in (["library"], ["library", "--json"], ["add", NAME])]
    for run in runs:
        assert run.returncode == 0, run.stderr
        assert run.stdout.decode().translate(SAFE).isprintable()
    sources = [each["source"] for each in json.loads(runs[1].stdout)]
    assert str(home / NAME) in sources
    assert b"No fault found" in margin(home, "doctor").stdout


def bomb(size: int) -> bytes:
    return archive({"META-INF/container.xml": b" " * size, "mimetype": "application/epub+zip"})


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
CHAPTER = "<p>" + "Words of a chapter. " * 20 + "</p>"

FILES: dict[str, Callable[[], bytes]] = {
    "bomb.epub": lambda: bomb(80_000_000),
    "bomb.docx": lambda: archive({"word/document.xml": b" " * 80_000_000}),
    "bomb.odt": lambda: archive({"content.xml": b" " * 80_000_000, "mimetype": "application/vnd.oasis.opendocument.text"}),
    "bomb.warc.gz": lambda: gzip.compress(record("resource", b" " * 300_000_000)),
    "bomb.txt": lambda: gzip.compress(b" " * 100_000_000),
    "laughs.docx": lambda: docx("<w:p><w:r><w:t>&l29;&f;</w:t></w:r></w:p>", lead=LAUGHS),
    "laughs.webarchive": f'<?xml version="1.0"?>{LAUGHS}<plist><dict><key>WebMainResource</key><string>&l29;</string></dict></plist>'.encode,
    "deep.webarchive": lambda: b"<plist>WebMainResource" + b"<array>" * 100_000,
    "noise.webarchive": lambda: b"bplist00" + b"WebMainResource" * 9000,
    "climbing.epub": lambda: archive({"mimetype": "application/epub+zip", "../../../escaped": "x", "/escaped": "x"}),
    "random.txt": lambda: random.Random(4).randbytes(200_000),
    "short.pdf": lambda: b"%PDF-1.7\n1 0 obj\n<<",
    "short.zip": lambda: b"PK\x03\x04" + b"\0" * 400,
    "answer.warc": lambda: record("response", response(gzip.compress(b" " * 99_000_000), others="Content-Encoding: gzip\r\n")),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_made_to_do_harm_are_refused(home: Path, name: str) -> None:
    data = FILES[name]()
    (home / name).write_bytes(data)
    refused(home, name)
    said(margin(home, "text", "-", given=data))
    assert not list(home.parent.rglob("escaped"))


def test_entities_of_books_are_never_expanded(home: Path) -> None:
    page = f"{CHAPTER}<p>&l29;&f;</p>"
    (home / "laughs.epub").write_bytes(book({"a.xhtml": page, "b.xhtml": LAUGHS + page}))
    run = margin(home, "text", "laughs.epub")
    assert run.returncode == 0
    assert b"hahaha" not in run.stdout
    assert b"root:" not in run.stdout


def test_entities_of_lists_are_never_expanded(home: Path) -> None:
    outline = f'<?xml version="1.0"?>{LAUGHS}<opml version="2.0"><body><outline text="&l29;" xmlUrl="&f;"/></body></opml>'
    (home / "list.opml").write_text(outline)
    run = margin(home, "add", "--from", "list.opml")
    assert run.returncode == 2, run.stdout
    assert b"Traceback" not in run.stderr
    assert b"root:" not in run.stdout + run.stderr


LONG = {
    "residue.txt": b"Some words\nShare\n" * 6_000,
    "letters.md": b"a\n" * 30_000,
    "a long line.txt": b"word " * 1_000_000,
}


@pytest.mark.parametrize("name", LONG)
def test_texts_made_to_take_long_are_printed_and_kept(home: Path, name: str) -> None:
    (home / name).write_bytes(LONG[name])
    for command in ("text", "add", "doctor"):
        run = margin(home, command, *([] if command == "doctor" else [name]))
        assert run.returncode == 0, run.stderr
    assert b"No fault found" in run.stdout


def test_a_page_of_another_kind_than_the_server_says_is_read_for_what_it_is(
    home: Path, server: Server
) -> None:
    url = server.serve("/a", book({"a.xhtml": CHAPTER}), Content_Type="text/html; charset=nope")
    assert b"Words of a chapter." in margin(home, "text", url).stdout
    url = server.serve("/b", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, Content_Type="text/html")
    assert "Not a text" in refused(home, url)


def test_a_page_without_an_end_is_refused_and_not_kept(home: Path, server: Server) -> None:
    def endless(request: Request) -> None:
        request.answer(b"", Transfer_Encoding="chunked")
        while not server.stopping.is_set():
            request.wfile.write(b"10000\r\n" + b"<p>word " * 8192 + b"\r\n")

    assert "more than 50 MB" in refused(home, server.behave("/", endless))


def test_a_webarchive_of_a_page_without_end_is_refused(home: Path) -> None:
    page = {"WebResourceData": b"<p>word " * 7_000_000, "WebResourceMIMEType": "text/html"}
    data = plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY)
    (home / "page.webarchive").write_bytes(data)
    assert "50 MB" in refused(home, "page.webarchive")
