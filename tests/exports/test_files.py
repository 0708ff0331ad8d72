"""Exports on disk: names that every file system accepts, and no file of a person overwritten."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import weakref
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.claims import REFUTED
from reader.core.document import Block, BlockKind, Document, Metadata
from reader.core.overrides import Override
from reader.errors import ExportError
from reader.exports import (
    FORMATS,
    ExportedArticle,
    ExportFormat,
    ExportOptions,
    WrittenExport,
    find_format,
    own_markdown,
    write_export,
)
from reader.exports.files import file_names
from reader.imports import own_table
from reader.imports.model import GivenFile
from tests.exports.rendering import render

WHEN = "2026-11-22T12:00:00.000Z"
LATER = "2027-01-01T00:00:00.000Z"


def article(number: int, title: str, source: str = "/a.txt") -> Article:
    return Article(f"01JD0000000000000000000A0{number}", source, Metadata(title))


def item(number: int, title: str, *quotes: str) -> ExportedArticle:
    annotations = tuple(
        Annotation(
            f"01JD00000000000000000000{index}",
            Selector(quote),
            Place(index, index + 1),
            ("quote",),
            WHEN,
            WHEN,
            status=REFUTED,
        )
        for index, quote in enumerate(quotes)
    )
    return ExportedArticle(article(number, title), annotations, None)


def write(
    target: Path, *items: ExportedArticle, when: str = WHEN, format_name: str = ""
) -> list[WrittenExport]:
    written, leftovers = write_export(items, target, find_format(format_name), ExportOptions(when))
    assert leftovers == []
    return written


def name_of(article: Article) -> str:
    return next(file_names(article, ".md"))


titles = st.one_of(
    st.text(max_size=30),
    st.text('[]#^|\\/:*?"<> .ab', max_size=12),
    st.sampled_from(
        [
            "CON",
            "nul.txt",
            "com1",
            "LPT¹.a",
            ".hidden",
            "..",
            "x." * 90,
            "字" * 200,
            "👩‍👩‍👧" * 50,
            "a\u202eb",
        ]
    ),
)


@given(titles, titles)
def test_every_file_system_accepts_the_names(title: str, source: str) -> None:
    name = name_of(article(1, title, source))
    stem = name.removesuffix(".md")
    assert name.endswith(".md")
    assert stem
    assert not set(name) & set('[]#^|\\/:*?"<>')
    assert name.isprintable()
    assert stem[0] not in ". "
    assert stem[-1] not in ". "
    assert len(name.encode()) <= 143
    assert stem.split(".")[0].upper() not in {"CON", "NUL", "COM1", "LPT¹", "PRN", "AUX"}
    assert name_of(article(1, stem)) == name or stem.startswith("_")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Quiet Ledger", "The Quiet Ledger.md"),
        ("What: a [[story]]?", "What a story.md"),
        ("a/b", "a b.md"),
        ("nul", "_nul.md"),
        ("川の図書館", "川の図書館.md"),
        ("", "a.md"),
    ],
)
def test_names_are_written_so(title: str, name: str) -> None:
    assert name_of(article(1, title)) == name


def test_each_article_has_a_file_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "notes"
    written = write(folder, item(1, "Same"), item(2, "SAME"), item(3, "Other"))
    assert [one.path.name for one in written] == ["Same.md", "SAME 000a02.md", "Other.md"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        one.path.name for one in written
    )
    again = write(folder, item(3, "Other"), item(2, "SAME"), item(1, "Same"), when=LATER)
    assert [one.path for one in again] == [one.path for one in written][::-1]
    assert not any(one.is_changed for one in again)


def write_titles(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    for each in items:
        yield f"{each.article.id} {each.title} {options.exported}\n"


def ids_of_titles(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines() if line.startswith("01")]


def write_packed(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[bytes]:
    for line in write_titles(items, options):
        yield b"\xff\x00" + line.encode()


def ids_of_packed(data: bytes) -> list[str]:
    lines = data.split(b"\n")[:-1]
    own = [line.removeprefix(b"\xff\x00") for line in lines if line.startswith(b"\xff\x00")]
    return ids_of_titles(b"\n".join(own).decode())


@pytest.fixture(params=[*FORMATS, "titles", "packed"])
def format_name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each format, and two more that are nothing but a row of the registry; one is no text."""
    titles = ExportFormat("titles", "Titles", (".titles",), write_titles, ids_of_titles)
    packed = ExportFormat("packed", "Packed", (".packed",), write_packed, ids_of_packed, read=bytes)
    monkeypatch.setitem(FORMATS, "titles", titles)
    monkeypatch.setitem(FORMATS, "packed", packed)
    return str(request.param)


class CountedDocument(Document, frozen=True, dict=True, weakref=True):
    """A document that can be seen to go."""


@pytest.mark.parametrize("is_folder", [True, False])
def test_an_export_of_any_format_holds_few_texts_in_memory(
    tmp_path: Path, format_name: str, *, is_folder: bool
) -> None:
    documents: list[weakref.ref[Document]] = []

    def made() -> Iterator[ExportedArticle]:
        for number in range(1, 6):
            document = CountedDocument("Words", (Block(BlockKind.PARAGRAPH, 0, 5),))
            documents.append(weakref.ref(document))
            each = item(number, f"Title {number}")
            yield ExportedArticle(each.article, each.annotations, document)
            del document, each
            assert sum(document() is not None for document in documents[:-1]) <= 1

    target = tmp_path / ("folder" if is_folder else f"all{FORMATS[format_name].suffixes[0]}")
    write_export(made(), target, find_format(format_name), ExportOptions(WHEN))
    assert len(documents) == 5


def test_an_export_of_any_format_is_updated_and_never_doubled(
    tmp_path: Path, format_name: str
) -> None:
    suffix = FORMATS[format_name].suffixes[0]
    folder = tmp_path / "folder"
    items = item(1, "Tides", "a"), item(2, "Tides", "b"), item(3, "Other", "c")
    for when in (WHEN, LATER, "2028"):
        written = write(folder, *items, when=when, format_name=format_name)
        assert [each.path.suffix for each in written] == [suffix] * 3
        assert len(list(folder.iterdir())) == 3
    (folder / f"Tides{suffix}").rename(folder / f"mine{suffix}")
    write(folder, item(1, "New title", "a", "more"), format_name=format_name)
    assert len(list(folder.iterdir())) == 3
    for when in (WHEN, LATER):
        (file,) = write(tmp_path / f"all{suffix}", *items, when=when, format_name=format_name)
        assert file.path == tmp_path / f"all{suffix}"
        assert file.kept is None


def test_what_a_query_chose_stands_beside_all_of_an_article(
    tmp_path: Path, format_name: str
) -> None:
    whole, other = item(1, "Tides", "a", "b", "c"), item(2, "Other", "d")
    chosen = ExportedArticle(whole.article, whole.annotations[:1], None, "is:open a/b")
    again = ExportedArticle(whole.article, whole.annotations[:2], None, "is:open a/b")

    def export(*items: ExportedArticle) -> list[WrittenExport]:
        written, leftovers = write_export(
            items, tmp_path, find_format(format_name), ExportOptions(WHEN), query=items[0].query
        )
        assert leftovers == []
        return written

    export(whole, other)
    before = {each: each.read_bytes() for each in tmp_path.iterdir()}
    ((first, *_),) = export(chosen)
    if FORMATS[format_name].query_of is None:
        return
    assert first.name == f"Tides (is open a b){FORMATS[format_name].suffixes[0]}"
    assert {each: each.read_bytes() for each in tmp_path.iterdir() if each != first} == before
    renamed = first.rename(first.with_name(f"mine{first.suffix}"))
    before_again = renamed.read_bytes()
    ((second, is_changed, *_),) = export(again)
    assert (second, is_changed, second.read_bytes() == before_again) == (renamed, True, False)
    for items in ([whole, other], [again]):
        assert not any(each.is_changed for each in export(*items))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("title", ["yes", "a: b", "1e3", "# x", '"q"', "null", "{x}", "- a", "…"])
def test_a_file_of_a_folder_has_a_front_matter_and_one_for_all_has_none(
    title: str, tmp_path: Path
) -> None:
    options = ExportOptions(WHEN)
    (own,) = write(tmp_path / "own", item(1, title, "a"))
    _, front, body = own.path.read_text("utf-8").split("---\n", 2)
    assert yaml.safe_load(front)["title"] == title
    assert "^margin-" not in body
    for target, each in (
        (tmp_path / "all.md", options),
        (tmp_path / "plain", options._replace(has_front_matter=False)),
    ):
        ((written,), _) = write_export([item(1, title, "a")], target, find_format(""), each)
        assert written.path.read_text("utf-8").startswith("# ")


def test_the_day_on_which_a_source_was_seen_is_of_margin(tmp_path: Path) -> None:
    first = item(1, "Tides", "a")
    dated = [
        msgspec.structs.replace(
            first,
            article=msgspec.structs.replace(
                first.article, overrides={"accessed": Override(WHEN, (day,))}
            ),
        )
        for day in ("2026-11-29", "2026-11-30")
    ]
    for each in dated:
        (written,) = write(tmp_path, each)
    text = written.path.read_text("utf-8")
    assert text.count("accessed:") == text.count("accessed 30 November 2026") == 1
    assert own_markdown.is_own(text, {})
    items = [item(1, "Tides", "a"), *dated]
    in_vault = [render([each], exported=WHEN, has_ids=True) for each in items]
    assert [each.count("accessed:") for each in in_vault] == [0, 1, 1]
    assert all(own_markdown.is_own(each, {}) for each in in_vault)


def test_a_file_of_another_format_is_left_alone(tmp_path: Path, format_name: str) -> None:
    for other in FORMATS.values():
        (file,) = write(
            tmp_path / f"{other.name}{other.suffixes[0]}",
            item(1, "A", "a"),
            format_name=other.name,
        )
        before = file.path.read_bytes()
        if other.name == format_name:
            continue
        is_shared = file.path.suffix in FORMATS[format_name].suffixes
        why = "not written by Margin as" if is_shared else f"a name for .*{other.title}"
        with pytest.raises(ExportError, match=why):
            write(file.path, item(1, "A"), format_name=format_name)
        renamed = file.path.rename(tmp_path / f"b{FORMATS[format_name].suffixes[0]}")
        with pytest.raises(
            ExportError, match=f"not written by Margin as {FORMATS[format_name].title}"
        ):
            write(renamed, item(1, "A"), format_name=format_name)
        assert renamed.read_bytes() == before
        renamed.unlink()


def test_an_articles_file_is_found_after_its_title_or_its_name_changed(tmp_path: Path) -> None:
    (path,) = (one.path for one in write(tmp_path, item(1, "First title", "a")))
    renamed = path.rename(tmp_path / "mine.md")
    (again,) = write(tmp_path, item(1, "Second title", "a", "b"), when=LATER)
    assert again[:3] == (renamed, True, None)
    assert "# Second title" in renamed.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_an_unchanged_export_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    write(target, item(1, "A", "a"))
    os.utime(target, (1, 1))
    assert write(target, item(1, "A", "a"), when=LATER) == [WrittenExport(target, False)]
    assert target.stat().st_mtime == 1
    ((*changed, _, _),) = write(target, item(1, "A", "b"), when=LATER)
    assert changed == [target, True, None]
    assert LATER in target.read_text("utf-8")


def test_what_a_person_wrote_into_an_export_is_kept(tmp_path: Path) -> None:
    (first,) = write(tmp_path, item(1, "A", "a"))
    own = first.path.read_text("utf-8") + "\nMy own thought.\n"
    first.path.write_text(own, "utf-8")
    assert write(tmp_path, item(1, "A", "a"), when=LATER) == [WrittenExport(first.path, False)]
    (again,) = write(tmp_path, item(1, "A", "a", "b"), when=LATER)
    copy = tmp_path / "A (changed by hand).md"
    assert again[:3] == (first.path, True, copy)
    assert "My own thought." in copy.read_text("utf-8")
    assert "My own thought." not in first.path.read_text("utf-8")
    (third,) = write(tmp_path, item(1, "A", "a", "b", "c"), when=LATER)
    assert third[:3] == (first.path, True, None)
    first.path.write_text(first.path.read_text("utf-8") + "more\n", "utf-8")
    (fourth,) = write(tmp_path, item(1, "A", "a"), when=LATER)
    assert fourth.kept == tmp_path / "A (changed by hand 2).md"


@pytest.mark.parametrize("format_name", ["org", "logseq", "text"])
def test_what_a_person_wrote_is_kept_in_every_form_that_people_write_in(
    tmp_path: Path, format_name: str
) -> None:
    def exported(*quotes: str) -> list[WrittenExport]:
        return write(tmp_path, item(1, "A", *quotes), when=LATER, format_name=format_name)

    (first,) = exported("a")
    path, known = first.path, find_format(format_name).article_ids
    own = path.read_text("utf-8").replace("a”", "a”\n\n- My own thought.\n").replace(
        "> a\n", "> a\n\t- My own thought.\n"
    )  # fmt: skip
    path.write_text(own, "utf-8")
    assert exported("a") == [WrittenExport(path, False)]
    assert path.read_text("utf-8") == own
    (again,) = exported("a", "b")
    copy = path.with_name(f"A (changed by hand){path.suffix}")
    assert again[:3] == (path, True, copy)
    assert "My own thought." in copy.read_text("utf-8")
    assert "My own thought." not in path.read_text("utf-8")
    assert known(copy.read_text("utf-8")) == []
    assert exported("a", "b") == [WrittenExport(path, False)]
    (fourth,) = exported("a", "b", "c")
    assert fourth[:3] == (path, True, None)


@pytest.mark.parametrize(
    "format_name", ["bibtex", "ris", "csl", "html", "jsonl", "webannotation", "hypothesis", "csv"]
)
def test_what_a_person_corrected_stays_or_is_kept_as_a_copy(
    tmp_path: Path, format_name: str
) -> None:
    def exported(title: str) -> WrittenExport:
        (written,) = write(tmp_path, item(1, title, "a"), when=LATER, format_name=format_name)
        return written

    path, known = exported("Tides").path, find_format(format_name).article_ids
    own = path.read_text("utf-8").replace("Tides", "The Tides")
    path.write_text(own, "utf-8", newline="")
    assert exported("Tides") == WrittenExport(path, False)
    assert "The Tides" in path.read_text("utf-8")
    copy = path.with_name(f"{path.stem} (changed by hand){path.suffix}")
    assert exported("Storms")[:3] == (path, True, copy)
    assert "The Tides" in copy.read_text("utf-8")
    assert "Storms" in path.read_text("utf-8")
    assert known(copy.read_text("utf-8")) == []
    assert exported("Storms") == WrittenExport(path, False)
    assert exported("Floods")[:3] == (path, True, None)


def test_what_was_edited_in_a_spreadsheet_is_kept_unless_the_library_has_it(tmp_path: Path) -> None:
    def noted(note: str, *more: str) -> ExportedArticle:
        made = item(1, "A", "a", *more)
        notes = tuple(msgspec.structs.replace(each, note=note) for each in made.annotations)
        return msgspec.structs.replace(made, annotations=notes)

    def exported(each: ExportedArticle) -> WrittenExport:
        (written,) = write(tmp_path / "a.csv", each, format_name="csv")
        return written

    path = exported(noted("mine")).path
    assert exported(noted("mine", "b")).kept is None
    path.write_text(path.read_text("utf-8").replace("mine", "mine and edited"), "utf-8")
    assert exported(noted("mine and edited", "b")).kept is None
    path.write_text(path.read_text("utf-8").replace("mine and edited", "=mine"), "utf-8")
    assert exported(noted("mine and edited", "b")) == WrittenExport(path, False)
    kept = exported(noted("mine and edited", "b", "c")).kept
    assert kept == tmp_path / "a (changed by hand).csv"
    copy = kept.read_text("utf-8")
    assert "=mine" in copy
    assert find_format("csv").article_ids(copy) == []
    assert own_table.recognises(GivenFile(copy.encode(), kept.name))
    assert "=mine" not in path.read_text("utf-8")


def test_a_persons_file_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "Same.md"
    own.write_text("mine")
    (tmp_path / "odd.md").write_bytes(b"\xff\x00---\nmargin-id: 01JD0000000000000000000A01\n---\n")
    (tmp_path / "folder.md").mkdir()
    (written,) = write(tmp_path, item(1, "same"))
    assert written.path.name == "same 000a01.md"
    assert own.read_text() == "mine"


def test_a_file_target_is_overwritten_only_if_margin_wrote_it(tmp_path: Path) -> None:
    target = tmp_path / "notes.md"
    target.write_text("---\ntitle: mine\n---\n")
    with pytest.raises(ExportError, match="was not written by Margin"):
        write(target, item(1, "A"))
    assert target.read_text() == "---\ntitle: mine\n---\n"
    target.write_text("")
    write(target, item(1, "A"))
    write(target, item(2, "B"), item(1, "A"))
    assert "# B" in target.read_text("utf-8")


def test_a_link_and_a_mode_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    write(real, item(1, "A"))
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(real)
    write(link, item(1, "A", "b"))
    assert link.is_symlink()
    assert "> b" in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_that_the_person_chose(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        (written,) = write(tmp_path, item(1, "A"))
    finally:
        os.umask(old)
    assert stat.S_IMODE(written.path.stat().st_mode) == 0o640


def test_a_target_is_a_file_if_its_name_ends_so(tmp_path: Path) -> None:
    assert write(tmp_path / "v1.2", item(1, "A"))[0].path == tmp_path / "v1.2" / "A.md"
    for name in ("a.markdown", "a.MD", "a.txt"):
        assert write(tmp_path / name, item(1, "A"))[0].path == tmp_path / name
    (tmp_path / "folder.md").mkdir()
    assert write(tmp_path / "folder.md", item(1, "A"))[0].path == tmp_path / "folder.md" / "A.md"
    (tmp_path / "plain").touch()
    assert write(tmp_path / "plain", item(1, "A"))[0].path == tmp_path / "plain"


def test_an_unwritable_target_is_an_error_of_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError) as raised:
        write(tmp_path / "file" / "a.md", item(1, "A"))
    path = tmp_path / "file" / "a.md"
    assert raised.value.message == (
        f"{path} could not be written: there is a file where the folder should be."
    )
    with pytest.raises(ExportError, match="a file where the folder should be"):
        write(tmp_path / "file" / "folder", item(1, "A"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="not a file"):
        write(tmp_path / "pipe", item(1, "A"))


LIMITED = """
import resource, sys
from pathlib import Path
from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.errors import ExportError
from reader.exports import ExportedArticle, ExportOptions, find_format, write_export
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
mark = Annotation("01B", Selector("long " * 2000), Place(0, 1), ("quote",), "", "")
item = ExportedArticle(Article("01A", "/a", Metadata("A")), (mark,), None)
try:
    write_export([item], Path(sys.argv[1]), find_format(""), ExportOptions("now"))
except ExportError as error:
    print(error)
"""


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    write(target, item(1, "A", "kept"))
    before = target.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(target)], capture_output=True, text=True, check=True
    )
    assert "Export not written" in done.stdout
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_articles_of_one_name_get_longer_ones() -> None:
    one = article(1, "Tides")
    end = one.id[-6:].lower()
    assert list(islice(file_names(one, ".md"), 4)) == [
        "Tides.md", f"Tides {end}.md", f"Tides {end} 2.md", f"Tides {end} 3.md",
    ]  # fmt: skip


def test_copies_of_what_was_changed_by_hand_do_not_replace_each_other(tmp_path: Path) -> None:
    """Each time that somebody changed an export, their version is kept beside the new one."""
    kept = []
    for number in range(4):
        (written,) = write(
            tmp_path, item(1, "Tides", f"words {number}"), when=f"203{number}{WHEN[4:]}"
        )
        kept += [written.kept.name] if written.kept else []
        path = tmp_path / "Tides.md"
        path.write_text(path.read_text("utf-8").replace("words", f"my {number} words"), "utf-8")
    assert kept == [
        "Tides (changed by hand).md", "Tides (changed by hand 2).md", "Tides (changed by hand 3).md",
    ]  # fmt: skip
    for number, name in enumerate(kept):
        assert f"my {number} words" in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/texts/tides.md", "tides"),
        ("/texts/tides.tar.gz", "tides.tar"),
        ("/texts/tides.markdown", "tides"),
        ("/texts/tides.markdowns", "tides.markdowns"),  # no suffix has nine letters
        ("/texts/tides v1.2 final", "tides v1.2 final"),
        ("/texts/.hidden", "hidden"),
        ("/texts/tides/", "tides"),
        ("C:\\texts\\tides.md", "tides"),
        ("/texts/what?.md", "what"),
        ("https://a.example/news/tides.html?page=2#top", "tides"),
        ("https://a.example/news/tides#a/b", "tides"),
        ("https://a.example/", "a"),
        ("", "000A01"),
    ],
)
def test_without_a_title_a_file_is_named_after_its_source(source: str, name: str) -> None:
    assert name_of(article(1, "", source)) == f"{name}.md"
