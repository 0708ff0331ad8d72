"""Templates: what they show, what they may not do, and where a fault in them is."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, PlaceState, Selector
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.errors import ExportError
from reader.exports import ExportedArticle, ExportOptions
from reader.exports.templates import Template, TemplateFormat, find_template, templates_in
from reader.exports.templates.found import BUILT_IN
from reader.exports.templates.process import USUAL, Limits
from reader.exports.templates.template_format import WrittenText
from reader.exports.templates.values import (
    ArticleValues,
    EvidenceValues,
    ExportValues,
    NoteValues,
    values_of,
)
from reader.exports.templates.worker.engine import Engine, FaultError
from reader.exports.templates.worker.filters import FILTERS

DOCS = Path(__file__).parents[2] / "docs"
WHEN = "2026-11-22T12:00:00.000Z"
LINKS = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x")])
ARTICLE = Article(
    "01JD0000000000000000000A01", "/home/ana/ledger.txt",
    Metadata("The *Quiet* | Ledger", ("Oriel Castane",), "The Courier", "2026-01-31", "en", "https://c.example/a"),
    tags=("harbour",),
)  # fmt: skip
CLAIM = Annotation(
    "01JD0000000000000000000B01", Selector("=The count\nis <wrong>", "before", "after", section="Who?", page="12"),
    Place(0, 18), ("claim",), WHEN, WHEN, "Was {{*it*}}?", speaker="Imre Dask", status="refuted", links=LINKS,
)  # fmt: skip
ITEM = ExportedArticle(ARTICLE, (CLAIM,), None)


class Record(dict[str, WrittenText]):
    """The texts that were written."""

    def find(self, digest: str) -> WrittenText | None:
        return self.get(digest)

    def add(self, digest: str, text: WrittenText) -> None:
        self[digest] = text


def rendered(
    path: Path, *items: ExportedArticle, limits: Limits | None = None, **options: Any
) -> str:
    template = Template(path)
    with TemplateFormat(template, Record(), *([limits] if limits else [])) as used:
        return str(used.format.whole(items or (ITEM,), ExportOptions(WHEN, **options)))


def written(folder: Path, source: str, name: str = "mine.txt.j2", **options: Any) -> str:
    path = folder / name
    path.write_text(source, "utf-8")
    return rendered(path, **options)


def fault(folder: Path, source: str, **options: Any) -> str:
    with pytest.raises(ExportError) as caught:
        written(folder, source, **options)
    assert "\n" not in caught.value.message
    return caught.value.message.replace(str(folder / "mine.txt.j2"), "mine")


def own_fault(folder: Path, source: str) -> tuple[str, int, int, str]:
    """Return the name, line, column and message of a fault, without a process."""
    (folder / "mine.txt.j2").write_text(source, "utf-8")
    values = msgspec.to_builtins(values_of([ITEM], ExportOptions(WHEN)))
    with pytest.raises(FaultError) as caught:
        Engine(folder, "mine.txt.j2").render(values, 10_000)
    record = caught.value.record
    return record["name"], record["line"], record["column"], record["message"]


def test_a_template_shows_every_value(tmp_path: Path) -> None:
    assert json.loads(written(tmp_path, "{{ articles|json }}", tags=["claim"])) == [
        {
            "id": ARTICLE.id, "title": "The *Quiet* | Ledger", "authors": ["Oriel Castane"],
            "site": "The Courier", "address": "https://c.example/a", "published": "2026-01-31",
            "accessed": "", "archive": "", "language": "en", "projects": ["harbour"],
            "citation": "Oriel Castane, “The *Quiet* | Ledger”, The Courier, 31 January 2026, https://c.example/a",
            "notes": [
                {
                    "id": CLAIM.id, "quote": "=The count\nis <wrong>", "quoted": "“=The count\nis <wrong>”",
                    "marked": "", "before": "before", "after": "after", "note": "Was *it*?",
                    "tags": ["claim"], "speaker": "Imre Dask", "status": "refuted",
                    "evidence": [
                        {
                            "relation": "refuted by", "address": "https://a.example/x", "words": "",
                            "title": "", "seen": "", "sentence": "Refuted by https://a.example/x",
                        }
                    ],
                    "section": "Who?", "page": "12", "state": "exact", "is_lost": False,
                    "created": WHEN, "modified": WHEN,
                }
            ],
        }
    ]  # fmt: skip
    assert (
        written(tmp_path, "{{ query }}{{ tags }}{{ exported }}", tags=["claim"])
        == f"['claim']{WHEN}"
    )


def test_the_filters_write_a_value_for_its_language(tmp_path: Path) -> None:
    source = """\
{% set note = articles[0].notes[0] %}
{{ articles[0].title|markdown }}
{{ note.quote|html }}
{{ articles[0].title|wiki }}
{{ [note.quote, 1, none]|csv }}
{{ note.quote|quote }}
{{ articles[0].published|day }}, {{ "x"|quoted("de") }}, {{ note.quote|line(9) }}
{{ "*a* [[b]]"|org|length > 9 }}
"""
    assert written(tmp_path, source) == (
        "The \\*Quiet\\* \\| Ledger\n"
        "=The count\nis &lt;wrong&gt;\n"
        "The &#42;Quiet&#42; &#124; Ledger\n"
        '"\'=The count\nis <wrong>",1,\n'
        "> =The count\n> is <wrong>\n"
        "31 January 2026, „x“, =The…\n"
        "True\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna's; it was 10:30: late", "Anna's; it was 10:30: late"),
        ("; a ''b'' 'd'", "&#59; a &#39;&#39;b&#39;&#39; 'd&#39;"),
        (": see https://x.org mailto:a", "&#58; see https&#58;//x.org mailto&#58;a"),
        ("'a", "&#39;a"),
    ],
)  # fmt: skip
def test_signs_that_are_no_markup_of_a_wiki_stay_as_they_are(text: str, shown: str) -> None:
    assert FILTERS["wiki"](text) == shown
    assert html.unescape(shown) == text


FAULTS = {
    "{% for a in articles %}\n  {{ a.title }\n{% endfor %}": (2, 14, "unexpected '}'"),
    "one\n{{ articles|shout }}": (2, 13, "no filter named 'shout'"),
    "{{ articles|marcdown }}": (1, 13, "did you mean markdown?"),
    "{{ articles[0].titel }}": (1, 16, "there is no value titel of an article; did you mean title?"),
    "{{ query }} {{ artcles }}": (1, 16, "did you mean articles?"),
    "{% if query %}\n{% endfor %}": (2, 4, "unknown tag 'endfor'"),
    "{% for a in articles %}\n{{ a.title }}\n": (2, 14, "unexpected end of template"),
    "a\n\nb {{ query }} {{ 1 + query }}": (3, 18, "unsupported operand"),
    "{{ articles.sort() }}": (1, 13, "unsafe"),
    "{{ query.__class__ }}": (1, 10, "unsafe"),
    "{% include 'none.j2' %}": (1, 4, "none.j2 is no template beside it"),
    "x {{ 'a }}": (1, 6, "unexpected char"),
    "{# never\nclosed": (1, 1, "end of comment"),
    "{{ 7 // 0 }}": (1, 4, "integer division"),
    "{% set x = [1, 2 %}": (1, 19, "unexpected '}', expected ']'"),
    "{% nothing %}": (1, 4, "unknown tag 'nothing'"),
    "{{ articles|join(attribute='x', 3) }}": (1, 17, "invalid syntax for function call"),
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": (1, 20, "without end"),
}  # fmt: skip


@pytest.mark.parametrize("source", FAULTS)
def test_a_fault_is_named_with_its_line_and_column(tmp_path: Path, source: str) -> None:
    *place, words = FAULTS[source]
    name, line, column, message = own_fault(tmp_path, source)
    assert words in message
    assert (name, line, column) == ("mine.txt.j2", *place)
    assert message[-1] != "."


def test_a_fault_in_an_included_template_names_that_one(tmp_path: Path) -> None:
    (tmp_path / "_part.j2").write_text("fine\n  {{ nothing }}")
    assert written(tmp_path, "{{ 1 }}") == "1"
    message = fault(tmp_path, "{% include '_part.j2' %}")
    assert message.startswith(
        f"{tmp_path / '_part.j2'}, line 2, column 6: there is no value nothing"
    )
    (tmp_path / "_part.j2").write_text("{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}")
    assert written(tmp_path, "{% from '_part.j2' import twice %}{{ twice('a') }}") == "aa"


@pytest.mark.parametrize(
    "source",
    [
        "{% include '../secret.txt' %}",
        "{% include '/etc/passwd' %}",
        "{% include 'link.j2' %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ query.format.__globals__ }}",
        "{{ '{0.__class__}'.format(query) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__ }}",
        "{{ articles[0].clear() }}",
        "{% for x in range(10000000) %}{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_but_its_values(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.j2").symlink_to(tmp_path / "secret.txt")
    _, line, _, message = own_fault(folder, source)
    assert line == 1
    assert "secret" not in message.replace("secret.txt", "")


SMALL = Limits(memory=600 << 20, characters=10_000)
SHORT = SMALL._replace(seconds=1.5)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}", "ended after 1.5 seconds"),
        ("{% for a in range(99999) %}xxxxxxxxxx{% endfor %}", "more than 0 million characters"),
        ("{{ 'x'.rjust(900000000) }}", "memory"),
        ("{{ 10 ** (articles|length * 10 ** 9) }}", "ended after 1.5 seconds"),
    ],
)  # fmt: skip
def test_what_goes_on_for_ever_or_takes_everything_is_ended(
    tmp_path: Path, source: str, words: str
) -> None:
    message = fault(tmp_path, source, limits=SHORT if "seconds" in words else SMALL)
    assert words in message
    assert message.startswith("mine")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[TemplateFormat]]:
    formats = [TemplateFormat(each, Record()) for each in templates_in(Path("/none"))]
    yield formats
    for each in formats:
        each.__exit__()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(
    text=st.text(max_size=30),
    signs=st.text("<>&{}|[]*_`=\"'\n~#", max_size=20),
    is_lost=st.booleans(),
)
def test_no_text_breaks_a_template_of_margins(
    hostile: list[TemplateFormat], text: str, signs: str, is_lost: bool
) -> None:
    for each in (text, signs):
        place = Place(0, 1, PlaceState.ORPHANED if is_lost else PlaceState.EXACT)
        annotation = replace(
            CLAIM, selector=Selector(each or "x"), note=each, speaker=each, place=place
        )
        article = replace(ARTICLE, source_metadata=Metadata(each, (each,), each, each, "", each))
        for template in hostile:
            written = template.format.whole(
                [ExportedArticle(article, (annotation,), None)], ExportOptions(WHEN)
            )
            assert isinstance(written, str)
            if template.format.name == "claims":
                assert len(list(csv.reader(io.StringIO(written)))) == 2
            if template.format.name == "snippet":
                assert written.count("<figure>") == written.count("</figure>") == 1
            if template.format.name == "wiki" and not is_lost:
                assert written.count("{{") == written.count("}}") == 2


def test_an_address_ends_no_link_of_a_template(hostile: list[TemplateFormat]) -> None:
    address = 'https://x.org/a"><script>|{{x}}</ref>`\\^\u2003 b?c=[1]&d=ü%20'
    article = replace(ARTICLE, source_metadata=Metadata("T", url=address))
    safe = "https://x.org/a%22%3E%3Cscript%3E%7C%7B%7Bx%7D%7D%3C/ref%3E%60%5C%5E%20b?c=[1]&d=ü%20"
    for template in hostile:
        written = template.format.whole(
            [ExportedArticle(article, (CLAIM,), None)], ExportOptions(WHEN)
        )
        assert "<script>" not in written.replace("\\<", "")  # which Markdown shows as it is
        if template.format.name in ("quotes", "claims", "wiki"):
            assert safe in written


def test_the_templates_that_come_with_margin_read_well() -> None:
    assert [each.name for each in templates_in(Path("/none"))] == [
        "claims",
        "footnotes",
        "quotes",
        "snippet",
        "wiki",
    ]
    quote, other = (
        replace(CLAIM, selector=Selector("The count is wrong", page="12")),
        replace(CLAIM, id="B2", selector=Selector("So it is"), note="", status=None, speaker=""),
    )
    item = ExportedArticle(
        replace(
            ARTICLE, source_metadata=replace(ARTICLE.source_metadata, title="The Quiet Ledger")
        ),
        (quote, other),
        None,
    )
    texts = {each.name: rendered(each.path, item) for each in templates_in(Path("/none"))}
    assert texts["quotes"] == (
        "## The Quiet Ledger\n\n"
        "- “The count is wrong” — Imre Dask *(refuted)*\n\n  Was *it*?\n\n"
        "- “So it is”\n\n"
        "<https://c.example/a>\n"
    )
    source = "Oriel Castane, “The Quiet Ledger”, The Courier, 31 January 2026, https://c.example/a"
    noted = ExportedArticle(item.article, (quote,), None)
    assert rendered(BUILT_IN / "quotes.md.j2", noted, noted).endswith(
        "- “The count is wrong” — Imre Dask *(refuted)*\n\n  Was *it*?\n\n<https://c.example/a>\n"
    )
    assert texts["footnotes"] == (
        f"“The count is wrong”[^{CLAIM.id}]\n\n“So it is”[^B2]\n\n"
        f"[^{CLAIM.id}]: Imre Dask, in: {source}, p. 12.\n[^B2]: {source}.\n"
    )
    assert texts["snippet"].startswith(
        '<figure>\n  <blockquote cite="https://c.example/a">\n    <p>The count is wrong</p>\n  </blockquote>\n'
        '  <figcaption>Imre Dask, <a href="https://c.example/a"><cite>The Quiet Ledger</cite></a>, The Courier,'
        " <time>31 January 2026</time></figcaption>\n</figure>\n"
    )
    assert texts["wiki"].startswith(
        "{{Blockquote|text=The count is wrong|author=Imre Dask}}<ref>{{Cite news|author=Oriel Castane"
        "|title=The Quiet Ledger|work=The Courier|date=31 January 2026|url=https://c.example/a|page=12}}</ref>\n\n"
    )
    rows = list(csv.reader(io.StringIO(texts["claims"])))
    assert rows[1:] == [
        [
            "The count is wrong",
            "Imre Dask",
            "refuted",
            "The Courier",
            "2026-01-31",
            "https://c.example/a",
            "Refuted by https://a.example/x",
            "Was *it*?",
        ]
    ]


def test_templates_are_found_by_name_and_ones_own_come_first(tmp_path: Path) -> None:
    (tmp_path / "quotes.org.j2").write_text("mine")
    (tmp_path / "_part.j2").write_text("a part")
    (tmp_path / "notes.jinja").write_text("")
    own = find_template("quotes", tmp_path)
    assert (own.suffix, own.is_built_in, own.source()) == (".org", False, "mine")
    assert find_template("notes", tmp_path).suffix == ".txt"
    assert find_template("wiki", tmp_path).is_built_in
    assert find_template(str(tmp_path / "_part.j2"), Path("/none")).name == "_part"
    assert [each.name for each in templates_in(tmp_path)][:2] == ["notes", "quotes"]
    with pytest.raises(ExportError, match="did you mean quotes"):
        find_template("quotess", tmp_path)
    with pytest.raises(ExportError, match="choose notes, quotes, claims"):
        find_template("/none/x", tmp_path)
    with pytest.raises(ExportError, match="is no template"):
        find_template("~nobody-of-this-name/x.j2", tmp_path)


def test_a_printed_template_that_was_changed_comes_before_the_one_of_margin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quotes.md.j2").write_text("mine")
    (tmp_path / "wiki").write_text("mine")
    assert find_template("quotes.md.j2", Path("/none")).source() == "mine"
    assert find_template("quotes", Path("/none")).is_built_in
    assert find_template("wiki", Path("/none")).is_built_in
    assert find_template("./wiki", Path("/none")).source() == "mine"


def test_a_template_writes_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    assert written(tmp_path, "a\x1b[2J{{ '\\x1b]0;x\\x07' }}\tb\r\nc") == "a�[2J�]0;x�\tb\nc"


SIGNS = st.lists(
    st.sampled_from(
        [
            "{{", "}}", "{%", "%}", "{#", "#}", "-", "if", "for", "in", "endfor", "endif", "set", "macro",
            "raw", "endraw", "block", "include", "x", "articles", "query", "|", "join", "map", ".", "(", ")",
            "[", "]", "'a'", '"', "1", "+", "*", "==", "not", ",", "=", ":", " ", "\n", "\r", "\t", "é", "\x00",
        ]
    ),
    max_size=25,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(signs=SIGNS)
def test_no_template_fails_without_a_fault_that_has_a_place(
    tmp_path: Path, signs: list[str]
) -> None:
    source = "".join(signs)
    (tmp_path / "mine.txt.j2").write_text(source, "utf-8", newline="")
    caught: FaultError | None = None
    try:
        Engine(tmp_path, "mine.txt.j2").render({"query": "", "articles": [{}]}, 10_000)
    except FaultError as fault:
        caught = fault
    if caught is not None:
        line, column = caught.record["line"], caught.record["column"]
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert "\n" not in caught.record["message"]


def test_a_text_is_known_again_by_the_record_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.md.j2"
    path.write_text("{% for a in articles %}{{ a.title }}\n{% endfor %}")
    record = Record()
    with TemplateFormat(Template(path), record) as used:
        item = ExportedArticle(ARTICLE, (CLAIM,), None, "is:open")
        text = used.format.whole([item], ExportOptions(WHEN, is_known_again=False))
        assert used.format.article_ids(text) == []
        assert used.format.whole([item], ExportOptions(WHEN)) == text
        assert used.format.article_ids(text) == [ARTICLE.id]
        assert used.format.article_ids(f"{text} ") == []
        assert used.format.is_of(text, "is:open")
        assert used.format.shows_tag is not None
        assert used.format.shows_tag(text, ["claim"])
    other = tmp_path / "other.md.j2"
    other.write_text(path.read_text())
    with TemplateFormat(Template(other), record) as used:
        assert used.format.article_ids(text) == []


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 1_100_000])
def test_what_is_no_template_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "mine.txt.j2"
    path.write_bytes(data)
    with pytest.raises(ExportError, match=r"not UTF-8|has over"):
        rendered(path)
    assert BUILT_IN.is_dir()


TYPES = {
    str: "text",
    bool: "true or false",
    list[str]: "list of texts",
    list[ArticleValues]: "list of articles",
    list[NoteValues]: "list of notes",
    list[EvidenceValues]: "list of evidence",
}


@pytest.mark.parametrize(
    ("heading", "values"),
    [("export", ExportValues), ("article", ArticleValues), ("note", NoteValues), ("evidence", EvidenceValues)],
)  # fmt: skip
def test_the_documentation_has_every_value_with_its_type(heading: str, values: type) -> None:
    part = (DOCS / "templates.md").read_text("utf-8").split(f"### {heading}\n")[1].split("\n#")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", part, re.MULTILINE)
    assert rows == [(name, TYPES[kind]) for name, kind in get_type_hints(values).items()]


def test_the_documentation_has_every_filter_and_every_template_of_margin() -> None:
    text = (DOCS / "templates.md").read_text("utf-8")
    filters = text.split("## Filters")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", filters, re.MULTILINE)) == FILTERS.keys()
    templates = text.split("## A short one")[0]
    named = re.findall(r"^\| `(\w+)` \|", templates, re.MULTILINE)
    assert named == [each.name for each in templates_in(Path("/none"))]
    example = text.split("```jinja\n")[1].split("```")[0]
    assert "{% for" in example
    assert "20 seconds" in text
    assert (USUAL.seconds, USUAL.memory, USUAL.characters) == (20.0, 2 << 30, 64_000_000)


def test_the_example_of_the_documentation_works(tmp_path: Path) -> None:
    text = (DOCS / "templates.md").read_text("utf-8")
    example = text.split("```jinja\n")[1].split("```")[0]
    assert written(tmp_path, example).startswith("# The \\*Quiet\\* \\| Ledger\n\n“=The count is")
