"""Makes EPUB files for the tests and the samples, with the same bytes in every run."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def archive(files: Mapping[str, str | bytes], *, is_packed: bool = True) -> bytes:
    """Return a ZIP archive with fixed times; ``mimetype`` is stored, as EPUB requires."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            is_stored = path == "mimetype" or not is_packed
            entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return stream.getvalue()


def page(body: str, title: str = "", lead: str = "") -> str:
    """Return a page of XHTML."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{lead}'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f"<head><title>{title}</title></head>\n<body>{body}</body>\n</html>\n"
    )


def package(
    pages: list[str],
    *,
    metadata: str = "",
    manifest: str = "",
    spine: str = "",
    version: str = "3.0",
) -> str:
    """Return a package file for pages in the same folder."""
    items = "\n    ".join(
        f'<item id="i{n}" href="{path}" media-type="application/xhtml+xml"/>'
        for n, path in enumerate(pages)
    )
    references = "\n    ".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="{version}" unique-identifier="id">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
    {metadata}
  </metadata>
  <manifest>
    {items}
    {manifest}
  </manifest>
  <spine{' toc="ncx"' if version.startswith("2") else ""}>
    {references}
    {spine}
  </spine>
</package>
"""


def book(
    pages: Mapping[str, str],
    *,
    metadata: str = "<dc:title>A book</dc:title>",
    navigation: str = "",
    ncx: str = "",
    others: Mapping[str, str | bytes] | None = None,
    is_packed: bool = True,
) -> bytes:
    """Return an EPUB.

    Args:
        pages: The bodies of XHTML by path, in reading order.
        metadata: The package's metadata.
        navigation: The body of the EPUB 3 navigation; empty for none.
        ncx: The ``navMap`` of an EPUB 2; empty for none.
        others: More files, by their whole paths.
        is_packed: Whether the parts are compressed.
    """
    manifest = ""
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
    }
    if navigation:
        manifest += (
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        )
        files["book/nav.xhtml"] = page(navigation)
    if ncx:
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        files["book/toc.ncx"] = (
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>'
        )
    version = "2.0" if ncx and not navigation else "3.0"
    files["book/package.opf"] = package(
        list(pages), metadata=metadata, manifest=manifest, version=version
    )
    files |= {f"book/{path}": page(body) for path, body in pages.items()}
    return archive(files | dict(others or {}), is_packed=is_packed)


def nav(*entries: tuple[str, str]) -> str:
    """Return the navigation of an EPUB 3: titles and their targets."""
    items = "".join(f'<li><a href="{href}">{title}</a></li>' for title, href in entries)
    return f'<nav epub:type="toc"><ol>{items}</ol></nav>'
