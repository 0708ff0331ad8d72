"""Makes DOCX files for the tests and the samples, with the same bytes in every run."""

from __future__ import annotations

from html import escape

from tests.formats.books import archive

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OWN_NAMES = " ".join(
    f'xmlns:{prefix}="http://schemas.microsoft.com/office/word/{address}"'
    for prefix, address in (
        ("w14", "2010/wordml"),
        ("w15", "2012/wordml"),
        ("w16cid", "2016/wordml/cid"),
        ("w16cex", "2018/wordml/cex"),
    )
)
_STYLES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Quote": "Quote",
    "Code": "Source Code",
}


def run(text: str, marks: str = "") -> str:
    """Return a run; ``marks`` are elements of its properties, such as ``<w:b/>``."""
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def note(number: int) -> str:
    """Return the reference to a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def link(text: str) -> str:
    """Return a link to the document's only address."""
    return f'<w:hyperlink r:id="rLink">{run(text)}</w:hyperlink>'


def paragraph(content: str, style: str = "", numbering: str = "", level: int = 0) -> str:
    """Return a paragraph; ``content`` is text, or runs if it begins with a bracket."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    body = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{body}</w:p>"


def chunk(number: int) -> str:
    """Return the place of an embedded text, counted from 1."""
    return f'<w:altChunk r:id="chunk{number}"/>'


def table(rows: list[list[str]]) -> str:
    """Return a table whose first row is its head."""
    body = ""
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
        body += f"<w:tr>{head}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
    return f"<w:tbl>{body}</w:tbl>"


def docx(
    body: str,
    *,
    notes: list[str] | None = None,
    title: str = "",
    author: str = "",
    lead: str = "",
    styles: str = "",
    numbering: str = "",
    chunks: dict[str, bytes] | None = None,
    chunk_folder: str = "/word/",
    comments: dict[str, str] | None = None,
) -> bytes:
    """Return a DOCX.

    Args:
        body: Paragraphs and tables.
        notes: The texts of footnotes 1, 2 and so on.
        title: Its title.
        author: Its author.
        lead: The text before the root of the document.
        styles: Styles in addition to the usual ones.
        numbering: Lists in addition to list 1, of bullets, and list 2, of numbers.
        chunks: Embedded texts by their file names, to which ``chunk`` refers in their order.
        comments: The content of the parts about comments: ``comments``, ``commentsExtended``,
            ``commentsIds`` and ``commentsExtensible``.
        chunk_folder: What their addresses begin with: the folder ``word``, however it is written.
    """
    spaces = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
    for prefix, address in (("m", _MATH), ("wp", _DRAWING)):
        spaces += f' xmlns:{prefix}="{address}"' if f"<{prefix}:" in body else ""
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in enumerate(notes or (), 1)
    )
    own_styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    levels = {
        kind: "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{kind}"/></w:lvl>' for n in range(3))
        for kind in ("bullet", "decimal")
    }
    own_lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{levels[kind]}</w:abstractNum>'
        for n, kind in ((1, "bullet"), (2, "decimal"))
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "numbering", "footnotes")
    ) + "".join(
        f'<Relationship Id="chunk{number}" Type="{_OFFICE}/aFChunk" Target="{chunk_folder}{name}"/>'
        for number, name in enumerate(chunks or {}, 1)
    )
    relations += "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name in comments or ()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return archive(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'{relations}<Relationship Id="rLink" Type="{_OFFICE}/hyperlink" '
            'Target="https://example.org/minutes" TargetMode="External"/></Relationships>',
            "word/document.xml": f"{head}{lead}<w:document {spaces}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"{head}<w:styles {spaces}>{own_styles}{styles}</w:styles>",
            "word/numbering.xml": f"{head}<w:numbering {spaces}>{own_lists}{numbering}</w:numbering>",
            **{f"word/{name}": data for name, data in (chunks or {}).items()},
            "word/footnotes.xml": f"{head}<w:footnotes {spaces}>{footnotes}</w:footnotes>",
            **{
                f"word/{name}.xml": f"{head}<w:{name} {spaces} {_OWN_NAMES}>{data}</w:{name}>"
                for name, data in (comments or {}).items()
            },
            "docProps/core.xml": f'{head}<c:coreProperties xmlns:c="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
            "<t:created>2026-03-02T10:00:00Z</t:created></c:coreProperties>",
        }
    )
