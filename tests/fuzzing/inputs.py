"""The inputs for the formats: changed samples, and made-up files."""

from __future__ import annotations

import plistlib
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from hypothesis import strategies as st

from tests.formats import strategies
from tests.formats.books import archive, book, nav
from tests.formats.opendocument import flat_odt, odt
from tests.formats.opendocument import note as odt_note
from tests.formats.opendocument import paragraph as odt_paragraph
from tests.formats.pdfs import Piece, pdf
from tests.formats.test_odt import BODY as ODT_BODY
from tests.formats.test_odt import META as ODT_META
from tests.formats.test_rtf import BODY as RTF_BODY
from tests.formats.test_rtf import rtf
from tests.formats.web_archives import warc
from tests.formats.word import docx, note, paragraph, run

SAMPLES = Path(__file__).parents[2] / "sample_articles"
MAX_INPUT = 500_000
"""The largest input, or file of an archive, in bytes; a larger one is cut."""
MAX_REPEATS = 5000

SUFFIXES = {
    "markdown": ".md",
    "text": ".txt",
    "html": ".html",
    "mhtml": ".mhtml",
    "webarchive": ".webarchive",
    "warc": ".warc",
    "epub": ".epub",
    "pdf": ".pdf",
    "docx": ".docx",
    "odt": ".odt",
    "rtf": ".rtf",
    "mail": ".eml",
}
"""The suffix of each format's files."""

ARCHIVES = ("epub", "docx", "odt")
"""Formats whose files are ZIP archives: they are changed inside, not in their packed bytes."""

_MARKUP = (
    "<p>", "</p>", "<p", "<div>" * 50, "<table><tr><td>", "</table>", "<ul><li>", "</ul>", "<!--", "-->",
    "<script type='application/ld+json'>", '{"@type":"Article","articleBody":"', '"}', "</script>",
    "<blockquote>", "<pre>", "<sup id='a'><a href='#n'>", "<a href='", "'>", "&#0;", "&#x202e;",
    "&#xD800;", "<![CDATA[", "]]>", "<?x", "<svg><text>", "<img alt='x", "<figcaption>", "<base href='//'>",
    "<meta charset='utf-16'>", "<title>", "<article>", "<h1>", "</h1>", "words of a sentence. " * 12,
)  # fmt: skip
_MAIL = (
    "From: a@b\n", "Subject: =?utf-8?b?", "?=\n", "Content-Type: multipart/mixed; boundary=x\n", "\n--x\n",
    "--x--\n", "Content-Type: text/html; charset=nope\n", "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n", "Content-Type: message/rfc822\n", "MIME-Version: 1.0\n",
    "Message-ID: <>\n", "Date: \n", "\n", "=\n", "text. ", "<p>html", "\r", "To: ;,<>\n",
    "Content-Disposition: attachment; filename*=x''%\n", "Snapshot-Content-Location: http://\n",
)  # fmt: skip
_PDF = (
    "%PDF-1.7\n", "1 0 obj\n", "endobj\n", "<< ", ">> ", "/Type /Catalog ", "/Pages 2 0 R ", "/Kids [1 0 R] ",
    "/Count 99999999 ", "stream\n", "endstream\n", "xref\n0 1\n", "trailer\n", "startxref\n0\n%%EOF",
    "/Parent 1 0 R ", "/MediaBox [0 0 -1 1e38] ", "/Contents 4 0 R ", "BT ", "ET ", "(x) Tj ", "1 0 0 1 0 0 Tm ",
    "/PageLabels << /Nums [0 << /S /r /St -1 >>] >> ", "/Encrypt << >> ", "/Length -1 ", "[", "]", "(", "\\",
)  # fmt: skip
_WARC = (
    "WARC/1.1\r\n", "WARC/1.0\r\n", "WARC-Type: response\r\n", "WARC-Type: warcinfo\r\n", "\r\n", "\r\n\r\n",
    "WARC-Target-URI: https://e.org/\r\n", "Content-Length: 99999999999\r\n", "Content-Length: 60\r\n",
    "HTTP/1.1 200 OK\r\n", "Content-Type: text/html\r\n", "Transfer-Encoding: chunked\r\n", "fffffff\r\n",
    "Content-Encoding: gzip\r\n", "0\r\n\r\n", " folded\r\n",
)  # fmt: skip

_RTF = (
    "{\\rtf1\\ansi ", "{", "}", "\\par ", "\\pard ", "words ", "\\'e9", "\\'", "\\u8364?", "\\u-10179?", "\\uc0 ",
    "\\bin9 ", "{\\*", "\\footnote ", "\\field", "\\fldinst ", 'HYPERLINK "x"', "\\fldrslt ", "\\trowd ",
    "\\cellx9 ", "\\intbl ", "\\cell ", "\\row ", "\\itap2 ", "\\nestcell ", "\\nestrow ", "\\s1 ", "\\ls1 ",
    "\\ilvl1 ", "{\\listtext 1.\\tab}", "\\shp ", "\\shptxt ", "\\pict ", "\\sp ", "\\sn wzDescription", "\\sv ",
    "\\v ", "\\stylesheet ", "\\fonttbl ", "\\f9 ", "\\fcharset128 ", "\\ansicpg932 ", "\\info ", "\\title ",
    "\\upr ", "\\line ", "\\clvmgf ", "\\clvmrg ", "\\clmrg ", "\\page ", "\\outlinelevel0 ", "\\listtable ",
    "\\list ", "\\listlevel ", "\\leveltext ", "\\listoverride ", "\\bkmkstart ", "\\b ", "\\super ", "\\plain ",
)  # fmt: skip
_ODT = (
    "<text:p>", "</text:p>", "<text:h text:outline-level='2'>", "</text:h>", "<text:list text:style-name='L2'>",
    "</text:list>", "<text:list-item text:start-value='99'>", "</text:list-item>", "<table:table>",
    "</table:table>", "<table:table-row>", "</table:table-row>", "<table:table-cell table:number-columns-repeated='9999'>",
    "<table:table-cell>", "</table:table-cell>",
    "<text:span text:style-name='T1'>", "</text:span>", "<text:note text:note-class='endnote'>", "</text:note>",
    "<text:note-body>", "</text:note-body>", "<draw:frame>", "</draw:frame>", "<draw:text-box>",
    "</draw:text-box>", "<text:s text:c='999999'/>", "<text:tab/>", "<text:line-break/>", "words ", "&#x202e;",
    "<text:a xlink:href='#x'>", "</text:a>", "<text:bookmark text:name='x'/>", "<draw:image/>", "&a;",
)  # fmt: skip

_DOCX = (
    "<w:p>", "</w:p>", "<w:pPr>", "</w:pPr>", "<w:pStyle w:val='Heading1'/>", "<w:outlineLvl w:val='9'/>",
    "<w:numPr><w:ilvl w:val='9'/><w:numId w:val='2'/></w:numPr>", "<w:r>", "</w:r>", "<w:rPr>", "</w:rPr>",
    "<w:t>", "</w:t>", "words ", "<w:b/>", "<w:vanish/>", "<w:specVanish/>", "<w:del>", "</w:del>",
    "<w:footnoteReference w:id='1'/>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:tcPr>",
    "</w:tcPr>", "<w:gridSpan w:val='99'/>", "<w:vMerge w:val='restart'/>", "<w:vMerge/>", "<w:txbxContent>",
    "</w:txbxContent>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='separate'/>",
    "<w:fldChar w:fldCharType='end'/>", "<w:instrText>", "</w:instrText>", "TOC \\o", "HYPERLINK \\l 'x'",
    "<w:bookmarkStart w:name='x'/>", "<w:sym w:font='Symbol' w:char='F061'/>", "<w:framePr w:dropCap='drop'/>",
    "<w:drawing>", "</w:drawing>", "<w:sdt>", "</w:sdt>", "<!-- x -->", "<w:br/>", "&#x202e;",
)  # fmt: skip

_TOKENS = {
    "docx": _DOCX,
    "odt": _ODT,
    "rtf": _RTF,
    "pdf": _PDF,
    "mail": _MAIL,
    "mhtml": (*_MAIL, *_MARKUP),
    "warc": (*_WARC, *_MARKUP),
    "markdown": strategies.MARKDOWN_LINES,
    "text": strategies.PLAIN_LINES,
}
_ODD = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b[31m",
    b"\xc3",
    b"\xf0\x9f",
    b"\x80" * 40,
    b"<" * 500,
)


def inputs(kind: str) -> st.SearchStrategy[bytes]:
    """Return a strategy for a format: changed files, made-up files, and random bytes."""
    changed = st.sampled_from(seeds(kind)).flatmap(lambda seed: _changed(kind, seed))
    return st.one_of(changed, changed, _made_up(kind), _made_up(kind), st.binary(max_size=400))


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """Return whole files of a format: the samples, and small ones with elements that those lack."""
    own = {
        "markdown": [b"[^1]: x\n\n" * 200 + b"a\n" * 2000 + b"| a |\n|---|\n" * 20],
        "text": [
            b"Some words\nShare\n" * 300 + b"HEAD\n" * 20 + b"Word and word after word.\n" * 90
        ],
        "html": [b"<!DOCTYPE html><title>x</title><article><p>" + b"Some words. " * 40],
        "webarchive": [_webarchive("<p>words</p>", plistlib.FMT_BINARY)],
        "warc": [warc("<p>" + "Some words. " * 40)],
        "epub": [book({"a.xhtml": "<h1>A</h1><p>a</p>"}, navigation=nav(("A", "a.xhtml")))],
        "pdf": [pdf([[Piece(40, 500, 10, "Some words")]], contents=[("One", 0)])],
        "docx": [docx(paragraph(run("words") + note(1)), notes=[run("a note")])],
        "odt": [
            odt(odt_paragraph("words" + odt_note("1", "a note"))),
            odt(ODT_BODY, meta=ODT_META),
            flat_odt(ODT_BODY),
        ],
        "rtf": [rtf(RTF_BODY)],
        "mail": [b"From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\nMessage-ID: <1>\n\nText.\n"],
    }
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob(f"*{SUFFIXES[kind]}"))]
    return (*samples, *own.get(kind, ()))


def _tokens(kind: str) -> tuple[bytes, ...]:
    return tuple(token.encode() for token in _TOKENS.get(kind, _MARKUP))


def _made_up(kind: str) -> st.SearchStrategy[bytes]:
    if kind in ("markdown", "text"):
        return strategies.any_texts().map(lambda text: text.encode("utf-8", "replace"))
    pieces = st.sampled_from(_tokens(kind)) | st.binary(max_size=8)
    soup = st.lists(pieces, max_size=60).map(b"".join)
    text = soup.map(lambda data: data.decode("utf-8", "replace"))
    match kind:
        case "epub":
            return st.builds(
                lambda page, others: book({"a.xhtml": page}, navigation=others, ncx=others),
                text,
                text,
            )
        case "odt":
            return text.map(odt) | text.map(flat_odt)
        case "rtf":
            framed = soup.map(lambda data: rtf(data.decode("latin-1")))
            return framed | soup.map(lambda data: b"{\\rtf1 " + data) | soup
        case "docx":
            return st.builds(lambda body, lead: docx(body, notes=[body], lead=lead), text, text)
        case "warc":
            return text.map(warc) | soup
        case "webarchive":
            forms = st.sampled_from([plistlib.FMT_BINARY, plistlib.FMT_XML])
            return st.builds(_webarchive, text.map(_without_controls), forms)
    return soup


def _webarchive(page: str, form: plistlib.PlistFormat) -> bytes:
    main = {
        "WebResourceData": page.encode("utf-8", "replace"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": page[:8],
        "WebResourceURL": f"https://example.org/{page[:20]}",
    }
    return plistlib.dumps({"WebMainResource": main}, fmt=form)


def _without_controls(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def _changed(kind: str, seed: bytes) -> st.SearchStrategy[bytes]:
    """Return a whole file with some bytes changed; in an archive mostly those of one file."""
    raw = st.lists(_changes(kind), min_size=1, max_size=6).map(lambda ops: applied(seed, ops))
    if kind not in ARCHIVES or not zipfile.is_zipfile(BytesIO(seed)):
        return raw
    files = unpacked(seed)
    inside = st.builds(
        lambda path, ops: archive({**files, path: applied(files[path], ops)}),
        st.sampled_from(sorted(files)),
        st.lists(_changes(kind), min_size=1, max_size=6),
    )
    lacking = st.sampled_from(sorted(files)).map(
        lambda path: archive({name: data for name, data in files.items() if name != path})
    )
    return st.one_of(inside, inside, inside, lacking, raw)


def unpacked(data: bytes) -> Mapping[str, bytes]:
    """Return the files of an archive by their paths."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


Change = tuple[str, int, int, bytes]
"""The kind of change; its position in millionths of the length; its size; its bytes."""


def _changes(kind: str) -> st.SearchStrategy[Change]:
    return any_change(_tokens(kind))


def any_change(tokens: tuple[bytes, ...]) -> st.SearchStrategy[Change]:
    """Return changes of bytes, with pieces that a parser looks for."""
    what = st.sampled_from(["replace", "insert", "delete", "repeat", "move", "cut"])
    pieces = st.sampled_from((*tokens, *_ODD)) | st.binary(min_size=1, max_size=6)
    return st.tuples(what, st.integers(0, 10**6), st.integers(0, MAX_REPEATS), pieces)


def applied(data: bytes, changes: Sequence[Change]) -> bytes:
    """Return bytes with changes made one after another."""
    for what, where, amount, piece in changes:
        at = where * len(data) // 10**6
        end = at + amount % 997
        match what:
            case "replace":
                data = data[:at] + piece + data[at + len(piece) :]
            case "insert":
                data = data[:at] + piece + data[at:]
            case "delete":
                data = data[:at] + data[end:]
            case "repeat":
                data = data[:at] + (data[at : at + 40] or piece) * amount + data[at:]
            case "move":
                data = data[:at] + data[end:] + data[at:end]
            case "cut":
                data = data[:at]
        data = data[:MAX_INPUT]
    return data
