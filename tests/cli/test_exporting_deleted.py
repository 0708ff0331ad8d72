"""What was deleted does not stay in an export, and what a person wrote does."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.cli import main
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exports import FORMATS, own_markdown
from reader.exports.taking_out import without_annotations
from reader.paths import library_folder
from reader.session import Session
from tests.exports.rendering import words_of

TEXT = {
    "tides": "Words of the tide tables.\n\nAnd some more of them.\n",
    "lamps": "A text about lamps.\n\nThey are lit at dusk.\n",
}

Told = pytest.CaptureFixture[str]


@pytest.fixture
def sources(tmp_path: Path, home: Path) -> dict[str, Path]:
    """Two articles: tides with a claim with a note and a quote, lamps with a claim."""
    paths = {}
    for name, text in TEXT.items():
        paths[name] = tmp_path / f"{name}.txt"
        paths[name].write_text(text)
    annotate(paths["tides"], "tide tables", "claim", "Which ones?\n\nAsk **her**.")
    annotate(paths["tides"], "some more", "quote")
    annotate(paths["lamps"], "lamps", "claim")
    return paths


def annotate(path: Path, quote: str, tag: str, note: str = "") -> None:
    words = ["annotate", str(path), "--quote", quote, "--tag", tag, "--note", note]
    words += ["--status", "refuted"]  # a verdict, which every format of notes can hold
    assert main(words) == 0


def delete(source: Path, *quotes: str) -> None:
    """Delete the annotations of these passages; with none, all of the article."""
    session = Session(library_folder())
    open_article = session.open(str(source)).open_article
    open_article.delete(
        [
            each.id
            for each in open_article.state.annotations
            if not quotes or each.selector.exact in quotes
        ]
    )
    session.save_all()
    session.writer.close()


def remove(source: Path) -> None:
    session = Session(library_folder())
    session.removals.remove(session.find_article(str(source)).id)
    session.writer.close()


def export(told: Told, *words: str | Path, code: int = 0) -> str:
    """Export, and return what was said on standard error."""
    told.readouterr()
    assert main(["export", *map(str, words)]) == code
    return told.readouterr().err


def file_of(folder: Path, words: str) -> Path:
    files = [each for each in folder.iterdir() if each.is_file()]
    (path,) = (each for each in files if words in words_of(each.read_bytes()))
    return path


GONE = ["deleted", "removed"]
WORDS = ["My line.", "## My heading\n\nText.", "* x", "> My quote.", "#mine", "It stood for"]
OF_NOTES = [name for name, each in FORMATS.items() if not each.is_of_sources]
OF_SOURCES = [name for name in FORMATS if name not in OF_NOTES]
CASES = list(product(FORMATS, GONE, [True, False]))


def take_away(source: Path, how: str) -> None:
    (delete if how == "deleted" else remove)(source)


@pytest.mark.parametrize("name", OF_NOTES)
@pytest.mark.parametrize("how", GONE)
def test_the_file_of_an_article_without_annotations_leaves_a_folder(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, name: str, how: str
) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out, "--format", name)
    tides, lamps = file_of(out, "tide tables"), file_of(out, "lamps")
    take_away(sources["lamps"], how)
    said = export(capsys, "-o", out, "--format", name)
    reason = (
        "its annotations were deleted" if how == "deleted" else "its article was removed from the"
    )
    assert f"margin: {lamps} was removed, because {reason}" in said
    assert list(out.iterdir()) == [tides]
    assert "lamps" not in export(capsys, "-o", out, "--format", name)


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_left_of_the_last_article(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, case: tuple[str, str, bool]
) -> None:
    name, how, is_folder = case
    out = tmp_path / ("out" if is_folder else f"all{FORMATS[name].suffixes[0]}")
    export(capsys, "-o", out, "--format", name)
    for source in sources.values():
        take_away(source, how)
    said = export(capsys, "-o", out, "--format", name, code=1)
    assert said.count("was removed, because") == (2 if is_folder else 1)
    assert "Nothing to export: There are no annotations yet." in said
    assert not (list(out.iterdir()) if is_folder else out.exists())
    assert export(capsys, "-o", out, "--format", name, code=1).count("\n") == 1


@pytest.mark.parametrize("case", list(product(OF_NOTES, GONE, [True, False])))
def test_one_article_alone(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, case: tuple[str, str, bool]
) -> None:
    name, how, is_folder = case
    out = tmp_path / ("out" if is_folder else f"one{FORMATS[name].suffixes[0]}")
    words: list[str | Path] = ["--article", "lamps", "-o", out, "--format", name]
    export(capsys, *words)
    if is_folder:
        export(capsys, "-o", out, "--format", name)
    take_away(sources["lamps"], how)
    take_away(sources["tides"], how)
    said = export(capsys, *words, code=1)
    assert "was removed, because" in said
    if is_folder:  # the other article was not asked for
        assert list(out.iterdir()) == [file_of(out, "tide tables")]
    else:
        assert not out.exists()


@pytest.mark.parametrize("name", OF_SOURCES)
@pytest.mark.parametrize("how", GONE)
def test_a_source_without_annotations_leaves_a_folder_unless_somebody_changed_it(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, name: str, how: str
) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out, "--format", name)
    tides, lamps = (file_of(out, letters) for letters in ("ides", "amps"))
    tides.write_bytes(tides.read_bytes().replace(b"ides", b"ides and me"))
    for source in sources.values():
        take_away(source, how)
    said = export(capsys, "-o", out, "--format", name, code=1)
    assert f"{lamps} was removed, because" in said
    assert f"{tides} is left as it was, because" in said
    assert list(out.iterdir()) == [tides]


@pytest.mark.parametrize("name", [each for each in OF_NOTES if FORMATS[each].shows_tag])
@pytest.mark.parametrize("how", ["deleted", "tag taken away"])
def test_the_last_note_of_a_tag(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, name: str, how: str
) -> None:
    out = tmp_path / "out"
    words: list[str | Path] = ["--tag", "claim", "-o", out, "--format", name]
    export(capsys, *words)
    tides = file_of(out, "tide tables")
    if how == "deleted":
        delete(sources["tides"], "tide tables")
    else:
        session = Session(library_folder())
        open_article = session.open(str(sources["tides"])).open_article
        (claim,) = (each for each in open_article.state.annotations if "claim" in each.tags)
        open_article.edit(claim.id, tags=["quote"])
        session.save_all()
    said = export(capsys, *words)
    assert f"{tides} was removed, because none of its annotations is tagged claim any more" in said
    assert len(list(out.iterdir())) == 1


@pytest.mark.parametrize("name", OF_NOTES)
def test_an_export_of_a_tag_leaves_files_that_never_showed_it(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, name: str
) -> None:
    delete(sources["tides"], "tide tables")
    out = tmp_path / "out"
    export(capsys, "-o", out, "--format", name)
    tides = file_of(out, "some more")
    before = tides.read_bytes()
    said = export(capsys, "-o", out, "--tag", "claim", "--format", name)
    assert "was removed" not in said
    assert tides.read_bytes() == before


@pytest.mark.parametrize("ids", ["--ids", "--no-ids"])
def test_what_a_person_wrote_stays_and_what_margin_wrote_goes(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, ids: str
) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out, ids)
    path = file_of(out, "tide tables")
    text = path.read_text()
    article_ids = own_markdown.article_ids(text)
    if ids == "--ids":
        text = text.replace("margin-id:", "rating: 5\nmargin-id:")
    else:
        text = f"---\nrating: 5\n---\n\n{text}"
    text = text.replace("Which ones?", "My own thought.\n\nWhich ones?") + "\n> a quote of mine\n"
    text = text.replace("# Tides\n", "# Tides\n\nBefore it all.\n")
    path.write_text(text)
    delete(sources["tides"])
    said = export(capsys, "-o", out, ids)
    assert f"{path} no longer shows what Margin wrote in it, because" in said
    rest = path.read_text()
    for words in ("Before it all.", "My own thought.", "> a quote of mine", "rating: 5"):
        assert words in rest
    for words in ("tide tables.", "**some more**", "^margin-", "#claim", "## Claim"):
        assert words not in rest
    assert own_markdown.article_ids(rest) == article_ids
    # It was said once, and the file is still known: nothing is doubled when notes are back.
    assert str(path) not in export(capsys, "-o", out, ids)
    assert path.read_text() == rest
    annotate(sources["tides"], "Words", "claim")
    export(capsys, "-o", out, ids)
    assert "> **Words** of" in path.read_text()
    assert "rating: 5" in path.read_text()
    (copy,) = (each for each in out.iterdir() if "changed by hand" in each.name)
    assert "My own thought." in copy.read_text()


def test_evidence_goes_with_its_passage(
    sources: dict[str, Path], tmp_path: Path, capsys: Told
) -> None:
    session = Session(library_folder())
    open_article = session.open(str(sources["tides"])).open_article
    claim = next(each for each in open_article.state.annotations if each.tags == ("claim",))
    page = Evidence(Relation.DISPUTES, TargetKind.ADDRESS, "https://a.example/x", seen="2026-11-30")
    open_article.link(claim.id, linked((), [page]))
    session.save_all()
    session.writer.close()
    line = "Disputed by <https://a.example/x> (seen 30 November 2026)"
    assert main(["notes", "--tag", "claim"]) == 0
    assert "  Disputed by https://a.example/x (seen 30 November 2026)\n" in capsys.readouterr().out
    out = tmp_path / "out"
    export(capsys, "-o", out)
    path = file_of(out, "tide tables")
    assert f"\n>\n>{line}\n\nWhich ones?" in path.read_text()
    path.write_text(path.read_text().replace("Which ones?", "My own thought.\n\nWhich ones?"))
    delete(sources["tides"])
    export(capsys, "-o", out)
    assert "My own thought." in path.read_text()
    assert "Disputed by" not in path.read_text()


def test_fields_that_a_person_added_stay(
    sources: dict[str, Path], tmp_path: Path, capsys: Told
) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out, "--ids")
    path = file_of(out, "tide tables")
    path.write_text(path.read_text().replace("margin-id:", "rating: 5\nmargin-id:"))
    remove(sources["tides"])
    assert "no longer shows" in export(capsys, "-o", out, "--ids")
    rest = path.read_text()
    assert "rating: 5" in rest
    for words in ("tide tables", "some more", "Which ones", "Ask **her**", "^margin-", "laim"):
        assert words not in rest
    assert path.exists()
    assert str(path) not in export(capsys, "-o", out, "--ids")
    assert path.read_text() == rest


def test_undoing_the_deletion_brings_the_export_back(
    sources: dict[str, Path], tmp_path: Path, capsys: Told
) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out, "--ids")
    path = file_of(out, "tide tables")
    path.write_text(path.read_text().replace("margin-id:", "rating: 5\nmargin-id:"))
    before = path.read_text()
    delete(sources["tides"])
    export(capsys, "-o", out, "--ids")
    assert path.read_text() != before
    session = Session(library_folder())
    for each in session.deletions.every():
        session.deletions.bring_back(each)
    export(capsys, "-o", out, "--ids")
    assert "tide tables" in path.read_text()
    assert "rating: 5" in path.read_text()


def test_a_changed_file_of_json_lines_is_left_and_told(
    sources: dict[str, Path], tmp_path: Path, capsys: Told
) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out, "--format", "jsonl")
    path = file_of(out, "lamps")
    record = json.loads(path.read_text())
    path.write_text(json.dumps(record | {"note": "My own thought."}) + "\n")
    delete(sources["lamps"])
    said = export(capsys, "-o", out, "--format", "jsonl")
    assert f"{path} is left as it was, because it was changed after Margin wrote it" in said
    assert "My own thought." in path.read_text()


@pytest.mark.parametrize("name", OF_NOTES)
def test_files_that_are_not_of_this_library_are_never_touched(
    sources: dict[str, Path], tmp_path: Path, capsys: Told, name: str
) -> None:
    out = tmp_path / "out"
    suffix = FORMATS[name].suffixes[0]
    other = tmp_path / "other.txt"
    other.write_text("Words of another library.\n")
    elsewhere = ["--library", str(tmp_path / "elsewhere")]
    marked = ["--quote", "another", "--status", "refuted"]
    assert main(["annotate", str(other), *marked, *elsewhere]) == 0
    export(capsys, "-o", out, "--format", name, *elsewhere)
    theirs = file_of(out, "another")
    (out / f"mine{suffix}").write_text("---\ntitle: mine\n---\n> a quote\n")
    (out / f"empty{suffix}").write_text("")
    (out / f"odd{suffix}").write_bytes(b"\xff\x00")
    (out / f"folder{suffix}").mkdir()
    export(capsys, "-o", out, "--format", name)
    ours = file_of(out, "lamps")
    before = {each: each.read_bytes() for each in out.iterdir() if each.is_file() and each != ours}
    delete(sources["lamps"])
    said = export(capsys, "-o", out, "--format", name)
    assert f"{theirs} is left as it was, because its article is not in this library" in said
    assert before == {each: each.read_bytes() for each in out.iterdir() if each.is_file()}


def test_a_file_that_holds_other_articles_too_is_left_and_told(
    sources: dict[str, Path], tmp_path: Path, capsys: Told
) -> None:
    path = tmp_path / "all.md"
    export(capsys, "-o", path)
    before = path.read_bytes()
    delete(sources["lamps"])
    said = export(capsys, "--article", "lamps", "-o", path, code=1)
    assert f"{path} is left as it was, because it also holds annotations of other articles" in said
    assert path.read_bytes() == before
    export(capsys, "-o", path)
    assert "**lamps**" not in path.read_text()


def test_a_link_is_not_removed(sources: dict[str, Path], tmp_path: Path, capsys: Told) -> None:
    out = tmp_path / "out"
    export(capsys, "-o", out)
    path = file_of(out, "about **lamps**")
    real = path.rename(tmp_path / "real.md")
    path.symlink_to(real)
    delete(sources["lamps"])
    assert "no longer shows" in export(capsys, "-o", out)
    assert path.is_symlink()
    assert "lamps**" not in real.read_text()


def test_a_folder_that_is_not_there_is_not_made(
    sources: dict[str, Path], tmp_path: Path, capsys: Told
) -> None:
    for source in sources.values():
        delete(source)
    export(capsys, "-o", tmp_path / "new", code=1)
    assert not (tmp_path / "new").exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(WORDS)),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_a_person_adds_between_blocks_stays(
    sources: dict[str, Path],
    tmp_path: Path,
    capsys: Told,
    added: list[tuple[int, str]],
) -> None:
    out = tmp_path / "many"
    if not out.exists():
        export(capsys, "-o", out)
    text = file_of(out, "tide tables").read_text()
    session = Session(library_folder())
    annotations = {
        each.annotation.id: each.annotation
        for each in session.annotations()
        if each.article_title == "Tides"
    }
    blocks = text.split("\n\n")
    for number, (at, words) in enumerate(added):
        blocks.insert(1 + at % len(blocks), f"{words} {number}")
    rest = without_annotations("\n\n".join(blocks), annotations)
    for number, (_, words) in enumerate(added):
        assert f"{words} {number}" in rest
    assert "#claim" not in rest
    assert "**some more**" not in rest
