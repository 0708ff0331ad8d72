"""Markdown, parsed in slices with exactly the result of parsing all of it at once.

All blocks of a slice are kept except the last one, which the next slice may continue. The next
slice begins at the end of the last kept block.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from reader.core.document import BlockKind, Document, Metadata
from reader.formats.builder import DocumentBuilder, slice_sizes, title_from_name
from reader.formats.line_source import LineSource
from reader.formats.markdown.blocks import BlockReader
from reader.formats.markdown.definitions import find_definitions
from reader.formats.markdown.front_matter import MAX_FRONT_MATTER, FrontMatter, read_front_matter
from reader.formats.markdown.pandoc_blocks import use_pandoc_blocks
from reader.formats.markdown.pandoc_inline import use_pandoc_inline

LARGEST_SLICE = 32768
"""The most code points of the source that are parsed at once: some 10 ms."""

FIRST_SLICE = 16384
"""Code points of the source for the first part: more than the largest screen shows."""

MAX_BLOCK = 131072
"""The longest source of a top-level block; a longer one is split, so that a part does not take
seconds."""

LONGER_BLOCKS = {
    "fence": 1 << 26,
    "code_block": 1 << 26,
    "html_block": 1 << 26,
    "table_open": 1 << 20,
}
"""The same for blocks that would lose their kind without their start, by markdown-it's names."""

MAX_DEPTH = 40
"""The most levels of containers; a deeper one is shown as one paragraph of its source."""

_CUT_SEARCH = 32768

MAX_INLINE_MARKUP = 4096
"""The most characters of markup in one block's text; a text with more is shown unparsed."""


class _CommonMark(MarkdownIt):
    """CommonMark with tables, strikethrough, footnotes and what pandoc writes.

    Targets are not changed.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": MAX_DEPTH * 2})
        self.enable(["table", "strikethrough"])
        self.use(footnote_plugin, move_to_end=False)
        use_pandoc_blocks(self)
        use_pandoc_inline(self)
        self.block.ruler.before("table", "too_deep", _too_deep)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (markdown-it's name)
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  (markdown-it's name)
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002  (markdown-it's name)
        return True


@cache
def _parser() -> _CommonMark:
    """Return the parser, which is made once, because that takes longer than reading a note.

    It keeps nothing of what it reads, so threads may share it.
    """
    parser = _CommonMark()
    for ruler in (parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        ruler.getRules("")  # compiles the rules, which two threads must not do at the same time
    return parser


def _too_deep(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read blocks that are nested too deeply as one paragraph; markdown-it would drop them."""
    if state.level < MAX_DEPTH or silent:
        return False
    content = state.getLines(start_line, end_line, state.blkIndent, False).strip()
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start_line, end_line]
    inline = state.push("inline", "", 0)
    inline.content = content[:MAX_BLOCK]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end_line
    return True


def read(text: str, name: str, first_slice: int) -> Iterator[Document]:
    """Yield the growing document; see ``reader.formats.read_parts``."""
    source = LineSource(text)
    front = read_front_matter(source.peek(MAX_FRONT_MATTER))
    source.skip(front.length)
    builder = DocumentBuilder()
    article = _MarkdownStream(text, builder)
    if front.code:
        builder.add(BlockKind.CODE, front.code.expandtabs(4), language=front.language)
    for size in slice_sizes(first_slice or FIRST_SLICE, LARGEST_SLICE):
        article.read_slice(source, size)
        if builder.has_grown or source.is_exhausted:
            metadata = _metadata(front, article.title, name)
            document = builder.document(metadata, is_complete=source.is_exhausted)
        yield document  # the same again if little came, so that the caller can pause
        if source.is_exhausted:
            return


def _metadata(front: FrontMatter, heading: str, name: str) -> Metadata:
    known = front.metadata
    title = known.title or heading or title_from_name(name)
    return Metadata(title, known.authors, known.site, known.published, known.language, known.url)


class _MarkdownStream:
    """Parses a text slice by slice."""

    def __init__(self, text: str, builder: DocumentBuilder) -> None:
        self._parser = _parser()
        self._definitions = find_definitions(text)
        self._blocks = BlockReader(builder, self._parse_inline)

    @property
    def title(self) -> str:
        """The first heading of level 1."""
        return self._blocks.title

    def read_slice(self, source: LineSource, size: int) -> None:
        """Add the blocks that end within the next ``size`` code points, but at least one.

        The resulting blocks do not depend on ``size``: a block is read as a whole from the end of
        the one before, unless it is longer than its kind may be.
        """
        limit = MAX_BLOCK
        while True:
            window = source.peek(min(size, limit))
            is_end = not source.has_more_than(len(window))
            tokens = self._parse_blocks(window, is_end=is_end)
            if is_end and limit == MAX_BLOCK:
                break
            # After a long block, others may look complete that would be split by themselves.
            kept, end_line = _whole_blocks(tokens, window, only_first=limit > MAX_BLOCK)
            if kept:
                self._blocks.read(tokens[:kept])
                source.skip(_line_offset(window, end_line))
                return
            if is_end:
                break
            if size >= limit:
                longer = LONGER_BLOCKS.get(tokens[0].type, MAX_BLOCK) if tokens else MAX_BLOCK
                if limit >= longer:
                    window = window[: _last_line_at_margin(window)]
                    tokens = self._parse_blocks(window, is_end=True)
                    break
                limit = longer
            size *= 2
        self._blocks.read(tokens)
        source.skip(len(window))

    def _parse_blocks(self, window: str, *, is_end: bool) -> list[Token]:
        tokens: list[Token] = []
        environment = self._definitions.environment() | {"is_end": is_end}
        self._parser.block.parse(window, self._parser, environment, tokens)
        return tokens

    def _parse_inline(self, content: str) -> tuple[list[Token], dict[int, list[Token]]]:
        content = self._definitions.with_numbers(content)
        if _is_hostile(content):
            token = Token("text", "", 0)
            token.content = content
            return [token], {}
        environment = self._definitions.environment()
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, environment, tokens)
        notes: dict[int, dict[str, Any]] = environment["footnotes"]["list"]
        return tokens, {
            number: note["tokens"] for number, note in notes.items() if "tokens" in note
        }


def _whole_blocks(tokens: list[Token], window: str, *, only_first: bool) -> tuple[int, int]:
    """Return the number of tokens whose blocks nothing below can change, and where they end.

    The last top-level block may go on below the window. So may a definition list before it: its
    next term may be any line, even a heading, and only the line below says whether it is a term.

    Returns:
        The number of tokens, and the line in ``window`` at which their blocks end.
    """
    starts = [index for index, token in enumerate(tokens) if token.level == 0 and token.map]
    last = min(1, len(starts) - 1) if only_first else len(starts) - 1
    if last > 0 and tokens[starts[last - 1]].type == "dl_open":
        last -= not _shows_whether_term(window, _end_line(tokens[starts[last - 1]]))
    return (starts[last], _end_line(tokens[starts[last - 1]])) if last > 0 else (0, 0)


def _end_line(token: Token) -> int:
    return token.map[1] if token.map else 0


def _shows_whether_term(window: str, line: int) -> bool:
    """Return whether a window has the line that may define a line, with a blank one between."""
    below = window[_line_offset(window, line + 1) :].split("\n", 2)
    return bool(below[0].strip()) or len(below) > 2  # the blank line and the next


def _last_line_at_margin(text: str) -> int:
    """Return the start of the last line without indentation, so that no item is cut in two."""
    position = len(text)
    while position > max(len(text) - _CUT_SEARCH, 1):
        position = text.rfind("\n", 0, position - 1) + 1
        if position and not text[position].isspace():
            return position
    return len(text)


def _line_offset(text: str, line: int) -> int:
    """Return the offset of the start of a line."""
    offset = 0
    for _ in range(line):
        offset = text.find("\n", offset) + 1
        if offset == 0:
            return len(text)
    return offset


def _is_hostile(content: str) -> bool:
    """Return whether a text has too much markup, whose parsing would take minutes."""
    if len(content) <= MAX_INLINE_MARKUP:
        return False
    return sum(map(content.count, "*_`[]<>!~&\\^")) > MAX_INLINE_MARKUP
