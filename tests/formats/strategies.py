"""Makes texts as people and machines write them, and texts that nobody would write."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.formats.registry import FORMATS

TEXT_KINDS = tuple(one.kind for one in FORMATS if one.is_text)
"""The formats that any text can be read as."""

MARKDOWN_LINES = (
    "::: {.note}",
    ":::",
    "::: warning A title",
    "# Opening {#opening .unnumbered}",
    "[span *x*]{.smallcaps} H~2~O 10^6^ `a`{=html} ![x](y){width=50%}",
    ":   A definition.",
    "| verse *one*",
    "|     verse two",
    "a.  letter",
    "b.  letter",
    "i)  roman",
    "(@) example",
    "(@good) example",
    "as (@good) shows",
    "#.  counted",
    "+------+-----+",
    "+======+=====+",
    "| cell | two |",
    "  Month   Stalls",
    "  ------- ------",
    "  March       14",
    "-----------------",
    ": A caption",
    "> [!NOTE] Title",
    "``` {=html}",
    "",
    "",
    "Some words of a paragraph, *with* **markup** and `code`.",
    "more of it [ref] and [^1] and ![alt](p.png)",
    "# Heading",
    "## Second *one*",
    "Setext",
    "======",
    "---",
    "- item",
    "- [ ] task",
    "  - nested",
    "    deeper text",
    "1. one",
    "10. ten",
    "> quote",
    "> > deeper",
    "> - item in quote",
    "```python",
    "```",
    "~~~",
    "    indented",
    "| a | b |",
    "|---|:-:|",
    "[ref]: /url 'title'",
    "[ref]: /other",
    "[other]:",
    "/next-line",
    '"title',
    'goes on"',
    "[^1]: A note.",
    "[^2]: Another,",
    "    with a second paragraph.",
    "inline^[a *note*] end [other] [^2]",
    "<div>html</div>",
    "<!-- comment",
    "-->",
    "<script>",
    "x < y</script>",
    "hard  ",
    "break\\",
    "&amp; &#x202e; &nbsp;",
    "日本語の文",
    "* * *",
    "\ttab",
    "[a](<b c> 'd')",
    "**open",
    "![alone](x/y.png)",
)

PLAIN_LINES = (
    "+-------+-----+",
    "| lock  | two |",
    "Month     Stalls   Fee",
    "-----     ------   ---",
    "  March       14    40",
    "------------------",
    "-----BEGIN PGP SIGNED MESSAGE-----",
    "Hash: SHA256",
    "- - escaped",
    "-----BEGIN PGP SIGNATURE-----",
    "-----END PGP SIGNATURE-----",
    "",
    "",
    "A short heading",
    "what happened next",
    "Who will pay?",
    "CHAPTER IV",
    "ALL CAPS",
    "=====",
    "-----",
    "* * *",
    "- an item",
    "1. first",
    "2. second",
    "> quoted line",
    "    indented verse",
    "Advertisement",
    "Read more: a title",
    "Related topics",
    "By Jane Doe",
    "12 March 2024",
    "Photograph: A. Person/Agency",
    "He said it was “so”.",
    "A line of running text that is as long as lines are that somebody wrapped by",
    "hand, and this is how the paragraph that it belongs to goes on and comes to an",
    "end.",
    "A paragraph on one line, which is much longer than anything that somebody would have wrapped, and it ends here.",
    "see https://example.org/a_(b) for it",
    "日本語の長い文がここにあります。",
    "\tTab\tand tab",
    "\x0c",
)


def markdown_texts() -> st.SearchStrategy[str]:
    """Lines of Markdown in any order."""
    return st.lists(st.sampled_from(MARKDOWN_LINES), max_size=40).map("\n".join)


def plain_texts() -> st.SearchStrategy[str]:
    """Lines of plain text in any order."""
    return st.lists(st.sampled_from(PLAIN_LINES), max_size=60).map("\n".join)


def hostile_texts() -> st.SearchStrategy[str]:
    """Any characters; those that a terminal must not get are more frequent than by chance."""
    unsafe = st.sampled_from(
        "\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\x9d\u00ad\u061c\u200b\u200d\u200e\u202e\u2066\u2028"
        "\ufeff\ue000\ufffe\U000e0041\U0010ffff\u0301\u3164\t\n []()*_`<>&;#|^~!\\-"
    )
    escapes = st.sampled_from(
        [
            "\x1b[31m",
            "\x1b]0;title\x07",
            "\x1bP1$q\x1b\\",
            "\x1b]8;;",
            "&#x202e;",
            "&#27;",
            "a\x08a",
        ]
    )
    return st.lists(st.one_of(st.characters(), unsafe, escapes), max_size=120).map("".join)


def any_texts() -> st.SearchStrategy[str]:
    """All of these."""
    return st.one_of(markdown_texts(), plain_texts(), hostile_texts())
