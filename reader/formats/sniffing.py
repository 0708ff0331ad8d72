"""What kind of text a source is: by what its opener says, by its name, by how it looks."""

from __future__ import annotations

import re

_LOOKED_AT = 32768

_MARKDOWN_LINES = re.compile(
    r"^(?:#{1,6} +\S|(?:```|~~~)|[-*+] \[[ xX]\] |\|? *:?-{3,}:? *\||!\[|\[[^\]\n]+\]: *\S)",
    re.MULTILINE,
)
_MARKDOWN_INLINE = re.compile(
    r"\[[^\]\n]{1,200}\]\([^)\s]{1,500}[^)\n]{0,200}\)|\*\*[^*\n ][^*\n]{0,200}\*\*|\[\^[^\]\s]+\]"
)
_FRONT_MATTER = re.compile(
    r"(?:---[ \t]*\n(?:[^\n]*\n){0,60}?[\w-]+:[^\n]*\n|\+\+\+[ \t]*\n[^\n]*=)"
)


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text without a telling name is Markdown.

    One line that is a heading, a fence, a table or a definition is enough in a short text; in a
    longer one there must be some for its length, since a plain text may hold one by chance.
    """
    head = text[:_LOOKED_AT]
    if _FRONT_MATTER.match(head):
        return True
    lines = len(_MARKDOWN_LINES.findall(head))
    inline = len(_MARKDOWN_INLINE.findall(head))
    return 4 * (lines + inline) >= 4 + len(head) // 2000
