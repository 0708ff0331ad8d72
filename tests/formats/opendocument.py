"""Makes OpenDocument texts for the tests, with the same bytes in every run."""

from __future__ import annotations

from html import escape

from tests.formats.books import archive

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_SPACE}{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
MIMETYPE = "application/vnd.oasis.opendocument.text"

_FILES = "".join(
    f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
    for path, kind in (
        ("/", MIMETYPE),
        ("content.xml", "text/xml"),
        ("styles.xml", "text/xml"),
        ("meta.xml", "text/xml"),
    )
)
_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_SPACE}manifest:1.0"'
    f' manifest:version="1.2">{_FILES}</manifest:manifest>'
)

_STYLES = """
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:default-outline-level="1"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Bare" style:family="paragraph" style:parent-style-name="Heading_20_1"
 style:list-style-name=""/>
<text:outline-style><text:outline-level-style text:level="1" style:num-format=""/>
<text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="."/>
</text:outline-style>
<style:style style:name="Emphasis" style:family="text">
<style:text-properties fo:font-style="italic"/></style:style>
"""
_AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>
<style:style style:name="T1" style:family="text">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text">
<style:text-properties text:display="none"/></style:style>
<style:style style:name="T3" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-bullet text:level="1" text:bullet-char="-"/>
<text:list-level-style-bullet text:level="2" text:bullet-char="-"/></text:list-style>
<text:list-style style:name="L2">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("
 style:num-suffix=")"/></text:list-style>
"""


def odt(body: str, *, meta: str = "", files: dict[str, str] | None = None, lead: str = "") -> bytes:
    """Return an ODT.

    Args:
        body: The content of ``office:text``.
        meta: Elements of ``office:meta``.
        files: Other files of the archive.
        lead: The text before the root of the content.
    """
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return archive(
        {
            "mimetype": MIMETYPE,
            "META-INF/manifest.xml": _MANIFEST,
            "content.xml": f"{head}{lead}<office:document-content {_SPACES}>{_content(body)}"
            "</office:document-content>",
            "styles.xml": f"{head}<office:document-styles {_SPACES}><office:styles>{_STYLES}"
            "</office:styles></office:document-styles>",
            "meta.xml": f"{head}<office:document-meta {_SPACES}><office:meta>{meta}"
            "</office:meta></office:document-meta>",
            **(files or {}),
        }
    )


def flat_odt(body: str, *, meta: str = "") -> bytes:
    """Return an ODT as one file of XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} '
        f'office:mimetype="{MIMETYPE}"><office:meta>{meta}</office:meta><office:styles>{_STYLES}'
        f"</office:styles>{_content(body)}</office:document>"
    ).encode()


def _content(body: str) -> str:
    return (
        f"<office:automatic-styles>{_AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )


def paragraph(text: str, style: str = "Standard") -> str:
    """Return a paragraph; ``text`` may hold elements."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def heading(text: str, level: int) -> str:
    """Return a heading."""
    return f'<text:h text:style-name="Heading_20_1" text:outline-level="{level}">{text}</text:h>'


def span(text: str, style: str) -> str:
    """Return text in a style."""
    return f'<text:span text:style-name="{style}">{escape(text)}</text:span>'


def items(texts: list[str], style: str = "", more: str = "") -> str:
    """Return a list of items: paragraphs, or elements if an item begins with a bracket."""
    inner = "".join(
        f"<text:list-item>{text if text.startswith('<') else paragraph(text)}</text:list-item>"
        for text in texts
    )
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named}{more}>{inner}</text:list>"


def note(mark: str, text: str, kind: str = "footnote") -> str:
    """Return a note with its reference."""
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation>'
        f"<text:note-body>{paragraph(text)}</text:note-body></text:note>"
    )


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table with a header row."""
    lines = [
        "<table:table-row>"
        + "".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (head, *rows)
    ]
    return (
        f'<table:table><table:table-column table:number-columns-repeated="{len(head)}"/>'
        f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"
        f"{''.join(lines[1:])}</table:table>"
    )


def picture(alternative: str) -> str:
    """Return a picture with its alternative text."""
    return f"<draw:frame><draw:image/><svg:desc>{escape(alternative)}</svg:desc></draw:frame>"
