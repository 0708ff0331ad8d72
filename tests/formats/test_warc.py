"""Web archives: the first page in them, whatever else they hold, within limits."""

from __future__ import annotations

import contextlib
import gzip
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.formats import read_document
from reader.formats.html import warc as warc_module
from tests.formats.test_properties import assert_sound
from tests.formats.web_archives import URL, record, response, warc

WORDS = "The harbour office keeps a book of every vessel that is longer than an oar. "
PAGE = f"<!DOCTYPE html><title>Vessels</title><body><article><p>{WORDS * 4}</p><p>{WORDS * 3}<a href='/a'>so</a></p></article>"
BODY = PAGE.encode()
BEFORE = (
    record("warcinfo", b"software: none\r\n")
    + record("request", b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
    + record("response", response(b"GIF89a", content_type="image/gif"), url=URL + ".gif")
    + record("response", response(b"<p>moved</p>", status="301 Moved"), url=URL + "/old")
    + record("metadata", b"a: b\r\n")
)


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def error(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data)
    return caught.value.message


ANSWERS = {
    "plain": response(BODY),
    "chunked": response(chunked(BODY), others="Transfer-Encoding: chunked\r\n"),
    "packed": response(gzip.compress(BODY), others="Content-Encoding: gzip\r\n"),
    "both": response(
        chunked(gzip.compress(BODY)),
        others="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
    ),
    "later HTTP": response(BODY).replace(b"HTTP/1.1", b"HTTP/2", 1),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("pack", [False, True])
def test_the_first_page_is_read_with_its_address(answer: bytes, pack: bool) -> None:
    records = [BEFORE, record("response", answer), record("response", response(b"<p>another</p>"))]
    data = b"".join(gzip.compress(each) if pack else each for each in records)
    document = read_document(data)
    assert_sound(document)
    assert document.metadata.title == "Vessels"
    assert document.text.count("harbour office") == 7
    assert "another" not in document.text
    assert [span.target for span in document.spans] == ["https://example.org/a"]


def test_the_charset_is_that_of_the_answer() -> None:
    body = PAGE.replace("harbour", "гавань").encode("koi8-r")
    answer = response(body, content_type='Text/HTML; charset="KOI8-R"')
    assert "гавань" in read_document(record("response", answer)).text


def test_an_archive_without_a_page_is_one_sentence() -> None:
    for data in (
        BEFORE,
        b"WARC/1.0\r\n",
        gzip.compress(BEFORE)[:-20],
        warc(""),
        b"WARC/1.1\r\nContent-Length: x\r\n\r\n",
        BEFORE + b"\0" * 500,
        record("response", response(BODY, others="Content-Encoding: br\r\n")),
        record("response", response(BODY, others="Content-Encoding: gzip\r\n")),
    ):
        assert "is a web archive, but holds no page" in error(data)


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.1\r\n" + b"a" * 50_000_000,
        b"WARC/1.1\r\n" + b"a: b\r\n" * 5_000_000,
        b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 0\r\n\r\n" + b"\r\n" * 10_000_000,
        record("resource", b"") * 100_000,
        b"".join(gzip.compress(record("resource", bytes(50_000_000))) for _ in range(8)),
        record(
            "response", response(chunked(bytes(5_000_000)), others="Transfer-Encoding: chunked\r\n")
        ),
        record(
            "response",
            response(gzip.compress(b" " * 99_000_000), others="Content-Encoding: gzip\r\n"),
        ),
    ],
    ids=["line", "header", "empty lines", "records", "bombs", "chunks", "a bomb inside"],
)
def test_hostile_archives_end(data: bytes) -> None:
    with pytest.raises(SourceError):
        read_document(data)


def test_what_is_unpacked_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = gzip.compress(record("resource", bytes(2_000_000)) + record("response", response(BODY)))
    assert "harbour" in read_document(data).text
    monkeypatch.setattr(warc_module, "MAX_UNPACKED", 1 << 20)
    assert "none in its first 1 MB" in error(data)


def test_a_missing_extra_is_one_sentence() -> None:
    program = (
        "import sys; sys.modules['warcio'] = None\n"
        "from reader.errors import SourceError\nfrom reader.formats import read_document\n"
        "try: read_document(b'WARC/1.0')\n"
        "except SourceError as error: print(error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    command = f"{sys.executable} -m pip install warcio"
    assert done.stdout == f"Reading WARC needs one more package: {command}\n"


SAMPLE = BEFORE + record("response", ANSWERS["both"])


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_a_document_or_an_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(SAMPLE)
    for place, value in changes:
        damaged[place] = value
    with contextlib.suppress(SourceError):
        assert_sound(read_document(bytes(damaged), kind="warc"))
