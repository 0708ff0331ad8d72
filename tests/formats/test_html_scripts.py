"""Pages whose article stands in the data of a script: what is taken for it, and what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reader.core.document import BlockKind
from reader.errors import SourceError
from tests.formats.test_html import SHELL, WORDS, blocks, read

LINES = [f"{WORDS} Part {number}." for number in range(6)]
TEXT = "\n".join(LINES)


def page(data: Any, *, kind: str = "application/json") -> bytes:
    script = f'<script type="{kind}">{json.dumps(data)}</script>'
    return SHELL.format(head="", scripts=script).encode()


def paragraphs(data: Any) -> list[str]:
    return blocks(read(page(data)), BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    "value",
    [
        TEXT,
        "".join(f"<p>{line}</p>" for line in LINES),
        "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in LINES),
        [{"type": "paragraph", "text": line} for line in LINES],
        [{"type": "paragraph", "content": [{"text": line[:40]}, {"text": line[40:]}]} for line in LINES],
        [{"kind": "p", "data": {"no": 1}, "model": {"html": line}} for line in LINES],
        [{"children": [{"children": [{"text": line}]}]} for line in LINES],
        [{"type": "p", "text": f"<p>{line}</p>"} for line in LINES],
        LINES,
    ],
)  # fmt: skip
def test_prose_is_found_in_every_shape(value: Any) -> None:
    assert paragraphs({"props": {"a": [1, None], "story": {"title": "T", "body": value}}}) == LINES


def test_blocks_that_say_so_are_headings_and_short_ones_only() -> None:
    value = [
        {"type": "heading", "text": "What is known"},
        *({"type": "text", "text": line} for line in LINES),
        {"style": "subtitle", "text": LINES[0] + LINES[1]},
    ]
    document = read(page({"story": {"body": value}}))
    assert blocks(document, BlockKind.HEADING) == ["What is known"]
    assert blocks(document, BlockKind.PARAGRAPH)[-1] == LINES[0] + LINES[1]


def test_the_longest_prose_is_the_article() -> None:
    teaser = "\n".join(LINES[:3])
    assert (
        paragraphs({"teaser": teaser, "story": {"body": TEXT}, "more": {"body": teaser}}) == LINES
    )
    first, second = TEXT.replace("Part", "One"), TEXT.replace("Part", "Two")
    assert paragraphs({"a": {"body": first}, "b": {"body": second}})[0].endswith("One 0.")


@pytest.mark.parametrize(
    "value",
    [
        WORDS,
        "no sentence at all " * 60,
        "x" * 3000 + ".",
        "{" + TEXT,
        f"function(a) {{ return 1; }} {TEXT}",
        [{"type": "text", "text": "Short."}] * 200,
    ],
)  # fmt: skip
def test_what_is_no_prose_is_not_taken_for_an_article(value: Any) -> None:
    with pytest.raises(SourceError, match="no article"):
        read(
            SHELL.format(
                head="<form></form>", scripts=page({"story": {"body": value}}).decode()
            ).encode()
        )


@pytest.mark.parametrize("kind", ["", "text/javascript", "module", "application/javascript"])
@pytest.mark.parametrize(
    "script",
    [
        "window.__DATA__ = {data};",
        "self.__DATA__={data}",
        'globalThis["__DATA__"] = {data}; more()',
        "window['x'] = 1; window.__DATA__ =   {data}",
        "window.__DATA__ = JSON.parse({text});",
        "window.__DATA__ = {text};",
        "window.broken = {{; window.__DATA__ = {data}",
    ],
)
def test_what_a_script_assigns_to_the_window_is_data(kind: str, script: str) -> None:
    data = json.dumps({"story": {"body": TEXT}})
    source = script.replace("{data}", data).replace("{text}", json.dumps(data)).replace("{{", "{")
    stated = f' type="{kind}"' if kind else ""
    shell = SHELL.format(head="", scripts=f"<script{stated}>{source}</script>")
    assert blocks(read(shell.encode()), BlockKind.PARAGRAPH) == LINES


def test_scripts_of_other_kinds_are_no_data() -> None:
    for kind in ("text/template", "text/x-handlebars"):
        with pytest.raises(SourceError):
            read(
                page({"story": {"body": TEXT}}, kind=kind).replace(
                    b"<body>", b"<body><form></form>"
                )
            )
