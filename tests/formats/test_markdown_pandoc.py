"""What pandoc writes as Markdown, callouts, and what only looks like it."""

from __future__ import annotations

import pytest

from reader.formats import read_document, read_parts
from tests.formats.test_markdown import blocks, read, spans
from tests.formats.test_properties import assert_sound


def texts(source: str) -> list[str]:
    document = read(source)
    assert_sound(document)
    return [document.quote(block.range) for block in document.blocks]


def shown(source: str) -> list[tuple[str, str, str]]:
    """Return the kind, the marker and the text of each block."""
    document = read(source)
    assert_sound(document)
    return [
        (str(block.kind.value), block.marker, document.quote(block.range))
        for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("source", "title", "rest"),
    [
        ("> [!NOTE]\n> The lease ends.", "Note", ["The lease ends."]),
        ("> [!NOTE] The lease\n> It ends.", "The lease", ["It ends."]),
        ("> [!warning]- Folded *title*\n>\n> One.\n>\n> Two.", "Folded title", ["One.", "Two."]),
        ("> [!tip]+ Open\n> - a\n> - b", "Open", ["a", "b"]),
        ("> [!CAUTION]", "Caution", []),
        ("> [!custom-kind|left] Named\n> Text.", "Named", ["Text."]),
        ("> [!IMPORTANT]  \n> Text\n> goes on.", "Important", ["Text goes on."]),
        ("- > [!NOTE] In an item\n  > Text.", "In an item", ["Text."]),
        ("> > [!NOTE] In a quote\n> > Text.", "In a quote", ["Text."]),
        ("> [!info] A [link](x) and `code`\n> Text.", "A link and code", ["Text."]),
        ("> [!question] Is it?", "Is it?", []),
    ],
)
def test_a_callout_is_a_quote_with_a_title(source: str, title: str, rest: list[str]) -> None:
    document = read(source)
    assert_sound(document)
    assert [document.quote(block.range) for block in document.blocks] == [title, *rest]
    assert document.blocks[0].nest[-1] == 0
    assert ("strong", title, "") in spans(source)


@pytest.mark.parametrize(
    "source",
    [
        "{} one\n{} two\n{} three",
        "{} one\n\n{} two\n\n{} three",
        "{} one\n{} two\n\n{} three",
        "{} one\n\n    more of it\n{} two",
        "{} one\n    - x\n    - y\n{} two",
        "{} one\n    - x\n\n    - y\n{} two",
        "{} one\n    > quoted\n{} two",
        "{} one\n\n    ```\n    code\n    ```\n{} two",
        "> {} one\n> {} two\n\nAfter.",
        "- outer\n\n    {} one\n    {} two\n- outer",
    ],
)
@pytest.mark.parametrize(
    "markers", [("(i)", "(ii)", "(iii)"), ("(a)", "(b)", "(c)"), ("A)", "B)", "C)")]
)
def test_a_list_with_letters_is_as_tight_as_one_with_numbers(
    source: str, markers: tuple[str, ...]
) -> None:
    def form(names: tuple[str, ...]) -> list[tuple[str, int, bool, str]]:
        document = read(source.format(*names))
        return [
            (str(one.kind.value), one.level, one.tight, document.quote(one.range))
            for one in document.blocks
        ]

    assert form(markers) == form(("1.", "2.", "3."))


@pytest.mark.parametrize(
    "source",
    ["> He said [!NOTE] once.", "[!NOTE] no quote", "> [! NOTE] Title", "> [x] NOTE", "> [!] x"],
)
def test_what_only_looks_like_a_callout_is_kept(source: str) -> None:
    assert texts(source) == [source.lstrip("> ")]


@pytest.mark.parametrize(
    "source",
    [
        "::: {.epigraph}\nA line.\n:::",
        "::: epigraph\nA line.\n:::",
        ':::: {#one .two key="a b"}\n::: three\nA line.\n:::\n::::',
        "::::: {.a} :::::\n\nA line.\n\n:::::",
        ":::epigraph\nA line.\n:::",
        '::: {.columns}\n:::: {.column width="50%"}\nA line.\n::::\n:::',
        "A line.\n\n:::",
        "::: {.unclosed}\nA line.",
    ],
)
def test_a_division_is_what_stands_in_it(source: str) -> None:
    assert texts(source) == ["A line."]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("::: note A title\nText.\n:::", ["A title", "Text."]),
        (
            ":::warning[A title]\nText.\n:::".replace("[", " ").replace("]", ""),
            ["A title", "Text."],
        ),
        ('::: {.callout-note title="A title"}\nText.\n:::', ["A title", "Text."]),
        (":::{note} A title\nText.\n:::", ["A title", "Text."]),
        ("::: he said that it was over\nText.", ["::: he said that it was over Text."]),
        ("- one\n\n  ::: {.x}\n  two\n  :::\n- three", ["one", "two", "three"]),
        ("> ::: {.x}\n> two\n> :::", ["two"]),
        ("```\n::: {.x}\n```", ["::: {.x}"]),
        ("Text :::\nmore", ["Text ::: more"]),
    ],
)
def test_titles_of_divisions_and_colons_elsewhere(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "text", "label"),
    [
        ("# Opening {#begin}", "Opening", "begin"),
        ("# Opening {#begin .unnumbered}", "Opening", "begin"),
        ("# Opening {.unnumbered}", "Opening", "opening"),
        ("# Opening {-}", "Opening", "opening"),
        ("# Opening # {#begin}", "Opening", "begin"),
        ('# Opening {#begin key="two words" .x}', "Opening", "begin"),
        ("Opening {#begin}\n=======", "Opening", "begin"),
        ("# *Opening* of `x` {#begin .unlisted .unnumbered}", "Opening of x", "begin"),
        ("# Sets {a, b}", "Sets {a, b}", "sets-a-b"),
        ("# {#begin}", "{#begin}", "begin"),
        ("# The set {x}", "The set {x}", "the-set-x"),
    ],
)
def test_attributes_of_headings(source: str, text: str, label: str) -> None:
    document = read(source)
    assert document.text == text
    assert document.blocks[0].label == label


def test_a_link_leads_to_a_heading_with_a_name() -> None:
    document = read("[there](#begin)\n\n# Opening {#begin}\n\nText.")
    assert document.place_of("#begin") == document.text.index("Opening")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[Small Caps]{.smallcaps} here", "Small Caps here"),
        ("[an *inner* [link](x)]{.a #b} here", "an inner link here"),
        ("[text]{custom=1}", "text"),
        ('[text]{lang="fr" .x}.', "text."),
        ('[deleted]{.deletion author="A" date="2026"}', "deleted"),
        ("`x = 1`{.python} here", "x = 1 here"),
        ('[link](x){.external target="_blank"} here', "link here"),
        ("![A quay](q.png){width=50%} here", "A quay here"),
        ('![A quay](q.png){#fig:q width="3in"\nheight="2in"} here', "A quay here"),
        ("<https://a.example>{.uri} here", "https://a.example here"),
        ("a `<b>bold</b>`{=html} word", "a bold word"),
        (r"a `\LaTeX`{=latex} word", r"a \LaTeX word"),
        ("[text] {.x}", "[text] {.x}"),
        ("[text]{x y}", "[text]{x y}"),
        ("a {.x} b", "a {.x} b"),
        ("[a]{", "[a]{"),
        ("H~2~O and CO~2~ and x~i~", "H₂O and CO₂ and xi"),
        ("10^6^, 4^th^ and E = mc^2^", "10⁶, 4th and E = mc²"),
        (r"P~a\ cat~", "Pa\u00a0cat"),
        (r"2^a\ b^", "2a\u00a0b"),
        ("n^*o*^ 5", "no 5"),
        ("<b>x</b>^2^", "x²"),
        ("~~gone~~ stays", "gone stays"),
        ("~/notes:~/more and ~user", "~/notes:~/more and ~user"),
        ("about ~5~10 people and ~20~", "about ~5~10 people and ~20~"),
        ("x^y and z^2", "x^y and z^2"),
        ("^-^ he wrote ^-^", "^-^ he wrote ^-^"),
        (
            r"it\'s \"so\" \... and \-- \$5 \@ada \#1 \* \_ \[x\]",
            'it\'s "so" ... and -- $5 @ada #1 * _ [x]',
        ),
        ("`H~2~O` and `^x^`", "H~2~O and ^x^"),
        ("see [@moor2020, p. 4] and @ada", "see [@moor2020, p. 4] and @ada"),
    ],
)
def test_inside_a_line(source: str, text: str) -> None:
    assert texts(source) == [text]


def test_a_backslash_before_a_space_is_one_space_where_pandoc_wrote() -> None:
    assert "p.\u00a04" in read("# A {#a .b}\n\nsee p.\\ 4").text
    assert "C:\\ drive" in read("the C:\\ drive").text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Standing\n\n:   The right.\n\nQuay *money*\n\n:   What is paid.\n\n    Each day.\n",
            ["Standing", "The right.", "Quay money", "What is paid.", "Each day."],
        ),
        ("Term\n:   One.\n:   Two.", ["Term", "One.", "Two."]),
        ("Term\n  ~ One.\n  ~ Two.", ["Term", "One.", "Two."]),
        ("Term\n:   - a\n    - b\n", ["Term", "a", "b"]),
    ],
)
def test_definitions(source: str, expected: list[str]) -> None:
    assert texts(source) == expected
    assert ("strong", expected[0], "") in spans(source)
    nests = [block.nest for block in read(source).blocks]
    assert nests[0] == ()
    assert nests[1][:1] == (4,)


@pytest.mark.parametrize("source", ["Text\n:no space", "He said\n:", "12 : 30\n\n- : -", ": alone"])
def test_a_colon_is_no_definition(source: str) -> None:
    assert ":" in read(source).text


@pytest.mark.parametrize(
    ("source", "verse"),
    [
        ("| One,\n| two.", "One,\ntwo."),
        ("| One,\n|     two;\n|\n| three.", "One,\n    two;\n\nthree."),
        ("| One *long\n  line*\n| two", "One long line\ntwo"),
        ("> | One,\n> | two.", "One,\ntwo."),
        ("- | One,\n  | two.", "One,\ntwo."),
        ("| 200 Main St.\n| Berkeley, CA 94718", "200 Main St.\nBerkeley, CA 94718"),
        (r"| a \| b" + "\n| c", "a | b\nc"),
    ],
)
def test_lines_with_bars_are_verse(source: str, verse: str) -> None:
    assert [block[:2] for block in blocks(source)] == [("verse", verse)]


@pytest.mark.parametrize("source", ["| a | b |\n| c | d |", "|x| is a norm", "a\n| b"])
def test_bars_elsewhere_are_text(source: str) -> None:
    assert texts(source) == [source.replace("\n", " ")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.  one\nb.  two\n", [("a.", "one"), ("b.", "two")]),
        ("a)  one\nb)  two\n", [("a)", "one"), ("b)", "two")]),
        ("(a) one\n\n(b) two\n", [("(a)", "one"), ("(b)", "two")]),
        ("A.  one\nB.  two\n", [("A.", "one"), ("B.", "two")]),
        ("i)  one\nii) two\niii) three\niv) four", [("i)", "one"), ("ii)", "two"), ("iii)", "three"), ("iv)", "four")]),
        ("I.  one\nII. two\n", [("I.", "one"), ("II.", "two")]),
        ("(1) one\n(2) two\n", [("(1)", "one"), ("(2)", "two")]),
        ("#.  one\n#.  two\n", [("1.", "one"), ("2.", "two")]),
        ("(@) one\n\ntext\n\n(@) two\n", [("(1)", "one"), ("", "text"), ("(2)", "two")]),
        ("(@good) one\n\nAs (@good) and (@later) say (@none).\n\n(@later) two\n", [("(1)", "one"), ("", "As (1) and (2) say (@none)."), ("(2)", "two")]),
        ("h.  eight\ni.  nine\nj.  ten\n", [("h.", "eight"), ("i.", "nine"), ("j.", "ten")]),
        ("a.  one\n\n    more\n\n    - inner\n\nb.  two\n", [("a.", "one"), ("", "more"), ("◦", "inner"), ("b.", "two")]),
        ("1.  one\n    a.  two\n    b.  three\n2.  four\n", [("1.", "one"), ("a.", "two"), ("b.", "three"), ("2.", "four")]),
        ("> a.  one\n> b.  two", [("a.", "one"), ("b.", "two")]),
        ("c.  third\nd.  fourth\n", [("c.", "third"), ("d.", "fourth")]),
        ("(2) two\n(3) three\n", [("(2)", "two"), ("(3)", "three")]),
        ("a. one\n\nb. two\n", [("a.", "one"), ("b.", "two")]),
        ("iv. four\nv. five\n", [("iv.", "four"), ("v.", "five")]),
        ("a.  one\ngoes on\nb.  two\n", [("a.", "one goes on"), ("b.", "two")]),
    ],
)  # fmt: skip
def test_lists_of_pandoc(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(marker, text) for _, marker, text in shown(source)] == expected


@pytest.mark.parametrize(
    "source",
    [
        "B. Russell was an English philosopher.",
        "M. Dupont\nA. Martin",
        "(c) 2026 Ada Moor",
        "I. The beginning",
        "e. g. this",
        "text\na.  goes on",
        "(see below) and so on",
        "mix.  it",
        "i.e.  this",
    ],
)
def test_initials_and_words_are_no_lists(source: str) -> None:
    assert [(kind, text) for kind, _, text in shown(source)] == [
        ("paragraph", " ".join(source.split()) if "\n" in source else source)
    ] or texts(source) == [source.replace("\n", " ")]


GRID = """+---------------+---------------+--------------------+
| Fruit         | Price         | Advantages         |
+===============+==============:+:==================:+
| Bananas       | $1.34         | - built-in wrapper |
|               |               | - bright *color*   |
+---------------+---------------+--------------------+
| 葡萄          | $2.10         | cures scurvy       |
+---------------+---------------+--------------------+

: Fruit of the quay {#tbl:fruit}
"""
SIMPLE = """  Right     Left     Center     Default
-------     ------ ----------   -------
     12     12        12            12
    123     123       123          123

Table:  Demonstration of *simple* tables.
"""
HEADLESS = """-------     ------ ----------   -------
     12     12        12             12
    123     123       123           123
-------     ------ ----------   -------

After.
"""
MULTILINE = """-------------------------------------------------------------
 Centered   Default           Right Left
  Header    Aligned         Aligned Aligned
----------- ------- --------------- -------------------------
   First    row                12.0 Example of a row that
                                    spans multiple lines.

  Second    row                 5.0 Here's another one.
-------------------------------------------------------------

  : Here's the caption.
"""
WIDE_HEADLESS = """----------- ------- --------------- -------------------------
   First    row                12.0 Example of a row that
                                    spans multiple lines.

  Second    row                 5.0 Here's another one.
----------- ------- --------------- -------------------------
"""


def rows(source: str) -> list[list[str]]:
    document = read(source)
    table = next(block for block in document.blocks if block.kind.value == "table")
    return [row.split("\t") for row in document.quote(table.range).split("\n")]


def test_a_grid_table() -> None:
    assert rows(GRID) == [
        ["Fruit", "Price", "Advantages"],
        ["Bananas", "$1.34", "- built-in wrapper - bright color"],
        ["葡萄", "$2.10", "cures scurvy"],
    ]
    table, caption = read(GRID).blocks
    assert (table.header_rows, table.aligns) == (1, "lrc")
    assert read(GRID).quote(caption.range) == "Fruit of the quay"


def test_tables_with_hyphens() -> None:
    assert rows(SIMPLE)[:2] == [["Right", "Left", "Center", "Default"], ["12", "12", "12", "12"]]
    table = read(SIMPLE).blocks[0]
    assert (table.header_rows, table.aligns) == (1, "rlcl")
    assert texts(SIMPLE)[1] == "Demonstration of simple tables."
    assert rows(HEADLESS) == [["12"] * 4, ["123"] * 4]
    assert read(HEADLESS).blocks[0].header_rows == 0
    assert texts(HEADLESS)[1] == "After."
    long = [
        ["First", "row", "12.0", "Example of a row that spans multiple lines."],
        ["Second", "row", "5.0", "Here's another one."],
    ]
    head = ["Centered Header", "Default Aligned", "Right Aligned", "Left Aligned"]
    assert rows(MULTILINE) == [head, *long]
    assert texts(MULTILINE)[1] == "Here's the caption."
    assert rows(WIDE_HEADLESS) == long


def test_cells_that_take_several_columns_keep_their_words() -> None:
    source = """+---------------------+----------+
| Property            | Earth    |
+=============+=======+==========+
|             | min   | -89.2 °C |
| Temperature +-------+----------+
| 1961-1990   | mean  | 14 °C    |
+-------------+-------+----------+
"""
    text = " ".join(texts(source)[0].split())
    for words in (
        "Property",
        "Earth",
        "min",
        "-89.2 °C",
        "mean",
        "14 °C",
        "Temperature",
        "1961-1990",
    ):
        assert words in text
    assert read(source).blocks[0].kind.value == "table"


@pytest.mark.parametrize("table", [GRID, SIMPLE, HEADLESS, MULTILINE, WIDE_HEADLESS])
@pytest.mark.parametrize(("lead", "more"), [("", ""), ("1. ", "   "), ("> ", "> ")])
def test_tables_stand_anywhere_and_come_in_any_slices(table: str, lead: str, more: str) -> None:
    lines = table.split("\n")
    inner = "\n".join([lead + lines[0], *(f"{more}{line}".rstrip() for line in lines[1:])])
    source = f"Before.\n\n{inner}\n\nAfter it.\n"
    whole = read(source)
    kinds = [block.kind.value for block in whole.blocks]
    assert kinds.count("table") == 1
    assert "rule" not in kinds
    for first in range(1, 60, 7):
        *_, last = read_parts(source.encode(), kind="markdown", first_slice=first)
        assert last == whole


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("Text\n\n---\n\nMore", ["paragraph", "rule", "paragraph"]),
        ("---\nText\n\n---\nMore", ["rule", "paragraph", "rule", "paragraph"]),
        ("Text\n- - -\nMore", ["paragraph", "rule", "paragraph"]),
        ("-- - --\n\nText", ["rule", "paragraph"]),
        ("Title\n-----\n\nText", ["heading", "paragraph"]),
        ("+---+\nText", ["paragraph"]),
        ("------ ------\n\nText after a rule.", ["rule", "paragraph"]),
    ],
)
def test_hyphens_elsewhere_are_rules(source: str, kinds: list[str]) -> None:
    assert [kind for kind, _, _ in shown("Begin.\n\n" + source)][1:] == kinds


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("``` {=html}\n<p>In <b>HTML</b>.</p>\n```", ("paragraph", "In HTML.")),
        ("``` {=latex}\n\\clearpage\n```", ("code", "\\clearpage")),
        ('``` {.python .numberLines startFrom="1"}\nx = 1\n```', ("code", "x = 1")),
        ("```{r echo=FALSE}\nx <- 1\n```", ("code", "x <- 1")),
        ("~~~ {#a .haskell}\nx = 1\n~~~", ("code", "x = 1")),
    ],
)
def test_blocks_with_braces(source: str, expected: tuple[str, str]) -> None:
    kind, text, given = blocks(source)[0]
    assert (kind, text) == expected
    assert "{" not in str(given.get("language", ""))


def test_what_pandoc_writes_without_being_asked() -> None:
    source = (
        "---\nauthor:\n- Ada Moor\ntitle: The market\n---\n\n::: {#refs .references}\nA.^[An inline"
        " note.] and[^1].\n:::\n\n[^1]: In the hall.\n\n    And more.\n"
    )
    document = read_document(source.encode(), kind="markdown")
    assert document.metadata.authors == ("Ada Moor",)
    assert [document.quote(block.range) for block in document.blocks] == [
        "A.[1] and[2].", "An inline note.", "In the hall.", "And more.",
    ]  # fmt: skip
