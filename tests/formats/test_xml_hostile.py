"""XML that would take forever or open files: reading ends, and nothing is declared or fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reader.formats.tree.xml import parse_page, parse_strictly, parse_xml

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 40))
TYPES = [
    "<!DOCTYPE a>",
    "<!doctype a SYSTEM 'file:///etc/passwd'>",
    f"<!DOCTYPE a [<!ENTITY l0 'ha'>{LAUGHS}]>",
    "<!DOCTYPE a [<!ENTITY l39 SYSTEM 'file:///etc/passwd'>]  >",
    "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p; ]>",
    "<!-- x --> <?y z?>\n<!DOCTYPE a [<!ENTITY l39 ']>'>]>",
]


@pytest.mark.parametrize("lead", TYPES)
@pytest.mark.parametrize("parse", [parse_xml, parse_strictly, parse_page])
def test_nothing_is_declared_and_nothing_is_fetched(
    parse: Callable[[bytes], Any], lead: str
) -> None:
    root = parse(f"{lead}<a>words &l39; &eacute;</a>".encode())
    text = "" if root is None else "".join(root.itertext())
    assert "ha" not in text
    assert "root:" not in text
    assert root is None or "words" in text


@pytest.mark.parametrize(
    "piece", ["<!DOCTYPE a [", "<!DOCTYPE a", "]", "] ", "<!--", "<![CDATA[", "&a", "<?x"]
)
def test_what_is_begun_without_an_end_is_read_once(piece: str) -> None:
    for parse in (parse_xml, parse_page):
        root = parse(b"<a>" + piece.encode() * 500_000)
        assert root is None or len("".join(root.itertext())) <= 500_000 * len(piece)
