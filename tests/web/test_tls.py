"""TLS with a real certificate on loopback: refused when nobody vouches for it, else as without."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import SourceError
from reader.web import Limits, fetch
from tests.web.server import Request, Server, running

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself, and its key, in one file."""
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    key, public = path.with_name("key.pem"), path.with_name("public.pem")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
            "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(public),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(key.read_bytes() + public.read_bytes())
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Server]:
    with running() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        yield server


def at(server: Server, host: str = "127.0.0.1") -> str:
    return f"https://{host}:{server.server_address[1]}/"


def test_a_server_without_tls_has_an_error_of_its_own() -> None:
    with running() as server:
        server.serve("/", b"text")
        with pytest.raises(SourceError, match="may be there with http://"):
            fetch(at(server))


def test_a_self_signed_certificate_is_refused(secure: Server) -> None:
    secure.serve("/", b"text")
    with pytest.raises(SourceError, match=r"self.signed") as caught:
        fetch(at(secure))
    assert caught.value.title == "Connection not safe"
    assert secure.seen == []


def test_a_certificate_of_another_host_is_refused(
    secure: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(SourceError, match="localhost") as caught:
        fetch(at(secure, "localhost"))
    assert caught.value.title == "Connection not safe"


def test_pages_and_drips_are_handled_as_without_tls(
    secure: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.serve("/", b"text")
    assert fetch(at(secure)).data == b"text"

    def page(request: Request) -> None:
        request.answer(b"", Content_Length="1000")
        secure.drip(request, b"x" * 1000)

    secure.behave("/slow", page)
    began = time.monotonic()
    with pytest.raises(SourceError, match="too slow"):
        fetch(at(secure) + "slow", limits=Limits(seconds=0.7))
    assert time.monotonic() - began < 3


def test_a_redirect_to_an_untrusted_certificate_is_refused(secure: Server) -> None:
    with running() as plain:
        url = plain.serve("/", b"", 302, Location=at(secure))
        with pytest.raises(SourceError, match="Connection not safe"):
            fetch(url)
