"""Pages in the shell: printed, marked, saved for later, and their errors; a server on loopback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.formats.pdfs import marked, pdf
from tests.formats.test_pdf_annotations import LINES, PAGE
from tests.terminal.driver import MARGIN, Terminal
from tests.web.server import Request, Server, running, without_proxies

ROOT = Path(__file__).resolve().parents[2]
ANNOTATED = pdf(
    [PAGE],
    info={"Title": "The quiet harbour"},
    annotations=[[marked(LINES, "forty ships", "/Contents(Who counted?)")]],
)
TIDES = b"# The tide tables\n\nThe harbour closed in March. It opened again in May.\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    without_proxies(monkeypatch)
    with running() as server:
        yield server


def margin(home: Path, *words: str, code: int = 0, given: str = "") -> tuple[str, str]:
    """Run the command as a person does."""
    run = subprocess.run(
        [sys.executable, "-m", "reader", *words],
        cwd=home,
        env=os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT)},
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout, run.stderr


def test_a_page_is_printed_and_marked(home: Path, server: Server) -> None:
    url = server.serve("/tides.md", TIDES)
    assert "The harbour closed" in margin(home, "text", url)[0]
    margin(home, "annotate", url, "--quote", "It opened again in May.")
    (note,) = json.loads(margin(home, "notes", "--json")[0])
    assert note["title"] == "The tide tables"
    out, err = margin(home, "text", server.base + "/none", code=2)
    assert out == ""
    assert err.count("\n") == 1
    assert "Page not found" in err


def test_many_are_added_and_each_failure_is_reported(home: Path, server: Server) -> None:
    urls = [server.serve(f"/{name}.md", f"# {name}\n\nText.".encode()) for name in "abc"]
    out, err = margin(home, "add", *urls[:2], server.base + "/none", code=2)
    assert sorted(line.split()[1] for line in out.splitlines()) == ["a", "b"]
    assert "/none: Page not found: " in err
    assert err.splitlines()[-1] == "2 added, 0 already there, 1 failed"
    assert "already there" in margin(home, "add", urls[0])[0]
    (home / "list.txt").write_text("\n".join(urls))
    done = json.loads(margin(home, "add", "--from", "list.txt", "--json")[0])
    assert sorted((each["title"], each["added"]) for each in done) == [
        ("a", False), ("b", False), ("c", True)
    ]  # fmt: skip
    assert "3 already there" in margin(home, "add", "--from", "-", given="\n".join(urls))[1]
    listed = json.loads(margin(home, "library", "--state", "unread", "--json")[0])
    assert sorted(each["title"] for each in listed) == ["a", "b", "c"]
    assert margin(home, "library", "--state", "finished", code=1) == ("", "No article was found.\n")


def test_a_folder_is_added_with_a_summary(home: Path) -> None:
    folder = home / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text("# A\n\nThe harbour closed in March.")
    (folder / "deep" / "again.md").write_text("# A\n\nThe harbour closed in March.")
    (folder / "deep" / "b.txt").write_text("B\n\nIt opened again in May.")
    (folder / "broken.pdf").write_text("no paper")
    (folder / "photo.jpg").write_text("no text")
    out, err = margin(home, "add", "articles", code=2)
    assert sorted(line.split()[1] for line in out.splitlines()) == ["A", "A", "B"]
    assert out.count("already there") == 1
    assert "1 file of other kinds was left out (.jpg 1)." in err
    assert "broken.pdf: Not a readable PDF: " in err
    assert err.splitlines()[-1] == "2 added, 1 already there, 1 failed"
    (folder / "broken.pdf").unlink()
    assert "0 added, 3 already there, 0 failed" in margin(home, "add", "articles")[1]
    done = json.loads(margin(home, "add", "articles", "--json")[0])
    assert [each["added"] for each in done] == [False] * 3
    (home / "empty").mkdir()
    assert "empty holds no file that Margin reads" in margin(home, "add", "empty", code=2)[1]


def test_the_tags_and_folders_of_a_list_are_those_of_the_articles(
    home: Path, server: Server
) -> None:
    url = server.serve("/a.md", b"# A\n\nText.")
    (home / "list.opml").write_text(
        '<opml><body><outline text="Sea Law">'
        f'<outline url="{url}" category="naïveté, to read"/>'
        "</outline></body></opml>"
    )
    margin(home, "add", "--from", "list.opml")
    (listed,) = json.loads(margin(home, "library", "--json")[0])
    assert listed["tags"] == ["naïveté", "to read", "sea law"]
    assert "to read, sea law" in margin(home, "library")[0]


def test_an_address_without_its_scheme_is_completed(home: Path) -> None:
    for address in ("www.example.org/tides", "example.org/tides", "127.0.0.1:80/tides"):
        err = margin(home, "text", address, code=2)[1]
        assert f"There is no file {address}; the page is https://{address}." in err
    assert "check the path" in margin(home, "text", "tides/table.txt", code=2)[1]


def test_nothing_to_add_is_an_error(home: Path) -> None:
    assert "Nothing to add" in margin(home, "add", code=2)[1]
    (home / "list.txt").write_text("no address")
    assert "Nothing to add" in margin(home, "add", "--from", "list.txt", code=2)[1]
    assert "File not found" in margin(home, "add", "--from", "none.txt", code=2)[1]
    assert "Nothing is unread" in margin(home, "next", code=1)[1]


def test_a_slow_page_shows_its_progress_and_ctrl_c_cancels_it(home: Path, server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"x" * 2000, Content_Length="9000")
        server.drip(request, b"x" * 1000)

    url = server.behave("/slow.md", page)
    with Terminal([*MARGIN, url], size=(100, 10), home=home) as terminal:
        terminal.wait_for("2 KB of 9 KB, 1 s, ctrl+c gives up")
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "Traceback" not in terminal.text


def test_ctrl_c_ends_adding_and_what_is_done_stays(home: Path, server: Server) -> None:
    server.behave("/slow", lambda request: server.drip(request, b"HTTP/1.1 200 OK\r\n" * 99))
    good = server.serve("/good.md", TIDES)
    slow = [f"{server.base}/slow?{number}" for number in range(9)]
    with Terminal([*MARGIN, "add", good, *slow], size=(100, 10), home=home) as terminal:
        terminal.wait_for("The tide tables")
        terminal.wait_for("1/10")
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "1 added, 0 already there, 0 failed" in terminal.text
        assert "1/10" not in terminal.text
        assert "Traceback" not in terminal.text
    (listed,) = json.loads(margin(home, "library", "--json")[0])
    assert listed["title"] == "The tide tables"


def test_adding_goes_on_if_ctrl_c_was_ignored_from_the_start(home: Path, server: Server) -> None:
    goes_on = threading.Event()

    def page(request: Request) -> None:
        goes_on.wait(20)
        request.answer(TIDES)

    urls = [server.serve("/a.md", b"# A\n\nText."), server.behave("/slow.md", page)]
    command = [*MARGIN, "add", *urls]
    with Terminal(command, size=(100, 10), home=home, is_deaf_to_ctrl_c=True) as terminal:
        terminal.wait_for("1/2")
        terminal.send("\x03")
        goes_on.set()
        assert terminal.wait() == 0
        assert "2 added, 0 already there, 0 failed" in terminal.text


def test_many_show_how_many_are_done_and_a_file_gets_the_articles_alone(
    home: Path, server: Server
) -> None:
    goes_on = threading.Event()

    def page(request: Request) -> None:
        goes_on.wait(20)
        request.answer(TIDES)

    urls = [server.serve(f"/{name}.md", f"# {name}\n\nText.".encode()) for name in "ab"]
    urls += [server.base + "/none", server.behave("/slow.md", page)]
    out = home / "out.txt"
    command = f"{shlex.join([*MARGIN, 'add', *urls])} > {shlex.quote(str(out))}"
    with Terminal(["sh", "-c", command], size=(100, 10), home=home) as terminal:
        terminal.wait_for("3/4")
        terminal.wait_for("1 failed")
        goes_on.set()
        assert terminal.wait() == 2
        assert "3 added, 0 already there, 1 failed" in terminal.text
        assert "3/4" not in terminal.text
    lines = out.read_text().splitlines()
    assert sorted(line.partition("  ")[2] for line in lines) == ["The tide tables", "a", "b"]


def test_one_shows_its_progress_and_ctrl_c_adds_nothing(home: Path, server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"x" * 2000, Content_Length="9000")
        server.drip(request, b"x" * 1000)

    url = server.behave("/slow.md", page)
    with Terminal([*MARGIN, "add", url], size=(100, 10), home=home) as terminal:
        terminal.wait_for("2 KB of 9 KB, 1 s, ctrl+c gives up")
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "Traceback" not in terminal.text
    assert margin(home, "library", code=1) == ("", "No article was found.\n")


def test_the_next_unread_opens_and_is_being_read(home: Path, server: Server) -> None:
    margin(home, "add", server.serve("/tides.md", TIDES + b"\nMore.\n" * 200))
    with Terminal([*MARGIN, "next"], size=(80, 24), home=home) as terminal:
        terminal.wait_for("The harbour closed")
        terminal.send("q")
        assert terminal.wait() == 0
    (listed,) = json.loads(margin(home, "library", "--state", "reading", "--json")[0])
    assert listed["title"] == "The tide tables"


def test_a_web_page_opens_in_the_reader_and_again_without_a_network(
    home: Path, server: Server
) -> None:
    paragraphs = "".join(
        f"<p>In year {year} the harbour closed in March, and nobody said why it did. Not then.</p>"
        for year in range(1900, 1940)
    ).encode()
    page = b"<html><head><title>Tides</title></head><body><nav><a href=/>Home</a></nav><article>"
    url = server.serve("/tides", page + b"<h1>The tide tables</h1>" + paragraphs)
    with Terminal([*MARGIN, url], size=(80, 24), home=home) as terminal:
        terminal.wait_for("nobody said why")
        terminal.send("}", "2")
        terminal.wait_for("Marked as claim")
        terminal.send("q")
        assert terminal.wait() == 0
    server.shutdown()
    server.server_close()
    with Terminal([*MARGIN, url], size=(80, 24), home=home) as terminal:
        terminal.wait_for("nobody said why")
        terminal.wait_for("Library’s copy: server does not answer")
        terminal.send("q")
        assert terminal.wait() == 0
    assert "harbour" in margin(home, "text", url)[0]


def test_the_notes_in_documents_come_along(home: Path) -> None:
    (home / "a.pdf").write_bytes(ANNOTATED)
    out, err = margin(home, "add", "a.pdf")
    assert "The quiet harbour" in out
    assert "The file holds 1 note; to take them: margin add --with-annotations FILE" in err
    out, err = margin(home, "add", "--with-annotations", "a.pdf", "a.pdf")
    assert "The quiet harbour, in the library: 1 new" in out
    assert "Imported: 1 new note" in err
    (added,) = json.loads(margin(home, "add", "--with-annotations", "a.pdf", "--json")[0])
    assert (added["added"], added["imported_notes"]) == (False, 0)
    (note,) = json.loads(margin(home, "notes", "--json")[0])
    assert (note["quote"], note["note"]) == ("forty ships", "Who counted?")
    (home / "a.pdf").rename(home / "moved.pdf")
    assert "a.pdf: the file is gone" in margin(home, "add", "--with-annotations", "a.pdf")[1]
    (home / "b.md").write_text("# Tides\n\nText.\n")
    assert "holds annotations" in margin(home, "add", "--with-annotations", "b.md")[1]
