"""Drafts checked against a library: labelled quotations, versions, speakers, figures."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.core.draft_check.checked import CheckedDraft, CheckedQuotation
from reader.core.draft_check.report import further_parts
from reader.session import AnnotationRequest, Session

DRAFTS = Path(__file__).parent / "drafts"
SAMPLES = Path(__file__).parents[2] / "sample_articles"
LABEL = re.compile(r"<!-- (.*?) ?-->")


def add(session: Session, path: Path, quote: str, **parts: object) -> None:
    session.annotate(str(path), AnnotationRequest(quote=quote, **parts))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with sample articles, and one that was seen in two versions."""
    folder = tmp_path_factory.mktemp("checked")
    session = Session(folder / "library")
    with pytest.MonkeyPatch.context() as patch:
        path = folder / "harbour.md"
        for day in (1, 2):
            patch.setattr("reader.clock.now", lambda day=day: f"2026-11-0{day}T12:00:00.000Z")
            path.write_bytes((DRAFTS / f"harbour-{day}.md").read_bytes())
            add(session, path, "Two versions of this article were seen.")
        add(session, path, "The wall cost 8,120 marks.", tags=["claim"], status="supported")
        for name, quote in (
            ("the-quiet-ledger.txt", "4.3 million marks came to be charged to the wrong people"),
            ("kawa-no-toshokan.md", "三番目が大事なんです"),
            (
                "the-bridge-inspector.md",
                "about 12 per cent of its 840 bridges are in poor condition",
            ),
        ):
            add(session, SAMPLES / name, quote, tags=["claim"])
    session.writer.close()
    return folder / "library"


@pytest.fixture
def check(library: Path, tmp_path: Path) -> Callable[[str], CheckedDraft]:
    def checked(text: str, name: str = "draft.md") -> CheckedDraft:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Session(library).draft_checking.check(str(path))

    return checked


def only(draft: CheckedDraft) -> CheckedQuotation:
    assert len(draft.quotations) == 1
    return draft.quotations[0]


def test_labelled_quotations(check: Callable[[str], CheckedDraft]) -> None:
    text = (DRAFTS / "draft.md").read_text(encoding="utf-8")
    expected = [
        (line, verdict)
        for line, words in enumerate(text.splitlines(), 1)
        for label in LABEL.findall(words)
        for verdict in label.split()
        if verdict != "title"
    ]
    found = [(each.line, str(each.verdict)) for each in check(text).quotations]
    assert found == expected


ARTICLES = {
    "mill.md": "who has run machine four",
    "bells.md": "counted them every night",
    "vote.md": "decided to build a sea wall",
    "ferry.txt": "the island has been quieter since",
    "clockmaker.txt": "kept it for thirty-one years",
    "werft.md": "hat die Schlüssel noch",
    "gare.md": "n’y croit plus",
    "eki.md": "町長の山本由美",
}
"""The articles that the drafts of ``drafts/newsroom`` quote, and some words of each."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with articles in four languages."""
    folder = tmp_path_factory.mktemp("newsroom") / "library"
    session = Session(folder)
    for name, words in ARTICLES.items():
        add(session, DRAFTS / "newsroom" / name, words)
    session.writer.close()
    return folder


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_labelled_drafts_of_a_newsroom(language: str, newsroom: Path) -> None:
    path = DRAFTS / "newsroom" / f"draft-{language}.md"
    expected = [
        f"{line}: {label}"
        for line, words in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for label in LABEL.findall(words)
    ]
    found: dict[int, list[str]] = {}
    for each in Session(newsroom).draft_checking.check(str(path)).quotations:
        found.setdefault(each.line, []).append(str(each.verdict))
    assert [f"{line}: {' '.join(verdicts)}" for line, verdicts in found.items()] == expected


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("鉛筆なら書いていいことになっています", "verbatim"),
        ("書いていいことになって", "verbatim"),
        ("鉛筆なら消していいことになっています", "other-words"),
        ("うちでは、万年筆の話を一度もしない", "nowhere"),
    ],
)
def test_scripts_without_spaces(
    quotation: str, verdict: str, check: Callable[[str], CheckedDraft]
) -> None:
    assert only(check(f"彼女は「{quotation}」と言った。")).verdict == verdict


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("They have told us the answer and burned the question. Nobody asked us to keep it open.", "joined"),
        ("Every check passed. Nobody asked us to keep it open. We are sorry for all of it.", "joined"),
        ("They have told us the answer and burned the question. Nobody asked us to close it at all.", "other-words"),
        ("The gate was closed at ten, as it is every night … I waited for the light", "joined"),
        ("The gate was closed at ten … as it is every night", "newer-version"),
        ("The gate was closed … every night", "cut"),
    ],
)  # fmt: skip
def test_what_several_people_say_is_no_quotation_of_one(
    quotation: str, verdict: str, check: Callable[[str], CheckedDraft]
) -> None:
    assert only(check(f"It was said: “{quotation}”")).verdict == verdict


def test_each_part_of_a_joined_quotation_has_its_source(
    check: Callable[[str], CheckedDraft],
) -> None:
    found = only(check("It was said: “Every check passed. Nobody asked us to keep it open.”"))
    assert found.source is not None
    assert found.source.words == "Every check passed"
    (further,) = found.further_sources
    assert (further.words, further.speaker) == ("Nobody asked us to keep it open", "Mira Tolland")
    ((words, line),) = further_parts(found)
    assert words == "Nobody asked us to keep it open"
    assert line.startswith("Mira Tolland · ")


def test_the_capitals_of_a_title_are_no_problem(check: Callable[[str], CheckedDraft]) -> None:
    assert not check("He wrote a song called “The Gate Was Closed at Ten”.").quotations
    found = only(check("He wrote a song called “The Gate Was Closed at Eleven As It Is”."))
    assert found.verdict == "other-words"


def test_what_an_older_version_had(check: Callable[[str], CheckedDraft]) -> None:
    found = only(check("“The gate was closed at nine, as it is every night,” said Mira Tolland."))
    assert found.source is not None
    assert not found.source.is_present
    assert found.source.last_seen.startswith("2026-11-01")
    assert found.other_version == "The gate was closed at ten, as it is every night"


def test_since_when_a_newer_version_has_it(check: Callable[[str], CheckedDraft]) -> None:
    found = only(check("“The gate was closed at ten, as it is every night,” said Mira Tolland."))
    assert found.source is not None
    assert found.source.is_present
    assert found.source.first_seen.startswith("2026-11-02")
    assert found.other_version == "The gate was closed at nine, as it is every night"


def test_what_only_the_file_has_since_it_was_read(tmp_path: Path) -> None:
    article, draft = tmp_path / "a.md", tmp_path / "draft.md"
    article.write_text("“We never had the key to it,” said Ada Marsh.\n", encoding="utf-8")
    session = Session(tmp_path / "library")
    add(session, article, "We never had the key to it")
    article.write_text("“We always had the key to it,” said Ada Marsh.\n", encoding="utf-8")
    draft.write_text("“We always had the key to it,” she said.\n", encoding="utf-8")
    found = only(session.draft_checking.check(str(draft)))
    assert found.verdict == "newer-version"
    assert found.source is not None
    assert found.source.is_unread
    assert found.other_version == "We never had the key to it"
    article.unlink()
    assert only(session.draft_checking.check(str(draft))).verdict == "other-words"
    session.writer.close()


@pytest.mark.parametrize(
    ("speaker", "says_other"),
    [
        ("Solvay", False),
        ("Dr. Solvay", False),
        ("Prof. H. Solvay", False),
        ("the professor", False),
        ("Imre Dask", True),
        ("Mr. Dask", True),
    ],
)
def test_speakers_are_compared_by_their_names(
    speaker: str, says_other: bool, check: Callable[[str], CheckedDraft]
) -> None:
    found = only(check(f"“Every check passed and nobody noticed,” said {speaker}."))
    assert found.source is None
    found = only(check(f"“That is the part I keep coming back to,” said {speaker}."))
    assert found.says_other is says_other


def test_the_speaker_that_the_reader_gave_counts(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("“We never had the key to it,” said Ada Marsh.\n", encoding="utf-8")
    session = Session(tmp_path / "library")
    add(session, article, "We never had the key to it", speaker="Bela Marsh-Ott")
    draft = tmp_path / "draft.md"
    draft.write_text("“We never had the key to it,” Ada Marsh said.\n", encoding="utf-8")
    found = only(session.draft_checking.check(str(draft)))
    assert found.source is not None
    assert found.source.speaker == "Bela Marsh-Ott"
    assert found.verdict == "other-speaker"
    session.writer.close()


def test_of_several_places_the_one_with_the_speaker_counts(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(
        "# “We never had the key”\n\nA summary: we never had the key.\n\n"
        "“We never had the key,” said Ada Marsh.\n\n“We never had the key,” said Bela Ott.\n",
        encoding="utf-8",
    )
    session = Session(tmp_path / "library")
    add(session, article, "A summary")
    draft = tmp_path / "draft.md"
    for speaker, verdict in (("Ada Marsh", "verbatim"), ("Bela Ott", "verbatim")):
        draft.write_text(f"“We never had the key,” {speaker} said.\n", encoding="utf-8")
        found = only(session.draft_checking.check(str(draft)))
        assert found.source is not None
        assert (found.verdict, found.source.speaker) == (verdict, speaker)
    draft.write_text("“We never had the key,” Cora Lind said.\n", encoding="utf-8")
    assert only(session.draft_checking.check(str(draft))).verdict == "other-speaker"
    session.writer.close()


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ("Agnes Toll", "verbatim"),
        ("Caspar Toll", "verbatim"),
        ("Toll", "verbatim"),
        ("Peter Toll", "other-speaker"),
        ("Wim Toll", "other-speaker"),
        ("Ada Marsh", "other-speaker"),
    ],
)
def test_of_two_with_a_surname_either_may_be_meant(
    speaker: str, verdict: str, tmp_path: Path
) -> None:
    article, draft = tmp_path / "a.md", tmp_path / "draft.md"
    article.write_text(
        "Agnes Toll and her brother Caspar Toll keep the bells; Wim de Groot pays.\n\n"
        "“A recording doesn’t get cold at all,” Toll said.\n",
        encoding="utf-8",
    )
    session = Session(tmp_path / "library")
    add(session, article, "keep the bells")
    draft.write_text(f"“A recording doesn’t get cold at all,” said {speaker}.", encoding="utf-8")
    assert only(session.draft_checking.check(str(draft))).verdict == verdict
    session.writer.close()


def test_references_to_footnotes_are_no_words(tmp_path: Path) -> None:
    article, draft = tmp_path / "a.md", tmp_path / "draft.md"
    article.write_text(
        "The bridge was closed[^1], and nobody[^2] noticed it.\n\n[^1]: In May.\n[^2]: So they say.\n",
        encoding="utf-8",
    )
    session = Session(tmp_path / "library")
    add(session, article, "The bridge was closed")
    for quotation, words in (
        ("The bridge was closed, and nobody noticed it.", "closed, and nobody noticed it"),
        ("The bridge was closed, and[^7] nobody noticed it.", "closed, and nobody noticed it"),
        ("The bridge was closed … and nobody noticed it.", "closed … and nobody noticed it"),
    ):
        draft.write_text(f"“{quotation}”\n\n[^7]: A note.\n", encoding="utf-8")
        found = only(session.draft_checking.check(str(draft)))
        assert found.source is not None
        assert found.verdict == "verbatim"
        assert found.source.words.endswith(words)
    session.writer.close()


def test_figures_that_a_claim_has_otherwise(check: Callable[[str], CheckedDraft]) -> None:
    draft = check(
        "Prices rose.\n\nIn the end 3.4 million marks came to be charged to the wrong people.\n\n"
        "About a tenth of its 840 bridges, or 0.12 of them, are fine. But a tenth of its 840 "
        "bridges are in poor condition.\n\n"
        "The wall cost eight thousand one hundred and twenty marks. The wall cost 7,900 marks.\n"
    )
    found = [(each.line, each.finding.figure, each.finding.claimed) for each in draft.figures]
    assert found == [
        (3, "3.4 million marks", "4.3 million marks"),
        (5, "a tenth", "12 per cent"),
        (7, "7,900 marks", "8,120 marks"),
    ]
    assert draft.problems == 3


def test_the_draft_itself_is_not_searched(library: Path, tmp_path: Path) -> None:
    draft = tmp_path / "own.md"
    draft.write_text(
        "A column.\n\n“Nobody has ever said these words,” she said.\n", encoding="utf-8"
    )
    session = Session(tmp_path / "library")
    add(session, draft, "Nobody has ever said these words")
    assert only(session.draft_checking.check(str(draft))).verdict == "nowhere"
    session.writer.close()


@pytest.mark.parametrize("name", ["d.md", "d.txt", "d.html", "d.rtf"])
def test_lines_are_those_of_the_file(name: str, check: Callable[[str, str], CheckedDraft]) -> None:
    paragraphs = {
        "d.md": "# Title\n\nOne.\n\n\nShe said *so*: “Every check\npassed twice.”\n",
        "d.txt": "Title\n\nOne.\n\n\nShe said so: “Every check passed twice.”\n",
        "d.html": "<html><body>\n<h1>Title</h1>\n<p>One.</p>\n\n\n<p>She said so: &ldquo;Every "
        "check passed twice.&rdquo;</p></body></html>",
        "d.rtf": r"{\rtf1 Title\par One.\par\par\par She said so: \ldblquote Every check passed "
        r"twice.\rdblquote\par}",
    }
    line = 3 if name == "d.rtf" else 6  # a format without lines counts paragraphs
    assert only(check(paragraphs[name], name)).line == line


def test_a_library_that_is_empty(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("“Nobody has ever said these words,” she said.", encoding="utf-8")
    assert only(Session(tmp_path / "none").draft_checking.check(str(draft))).verdict == "nowhere"
    assert not (tmp_path / "none").exists()


def test_a_large_library_is_searched_by_its_index(
    check: Callable[[str], CheckedDraft], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DRAFTS / "draft.md").read_text(encoding="utf-8")
    expected = [(each.line, each.verdict) for each in check(text).quotations]
    monkeypatch.setattr("reader.session.quotation_texts.MOST_READ", 0)
    monkeypatch.setattr("reader.session.quotation_texts.MOST_NEAR", 2)
    assert [(each.line, each.verdict) for each in check(text).quotations] == expected
    with closing(sqlite3.connect(library / "cache" / "texts.sqlite")) as cache, cache:
        cache.execute("UPDATE trigrams_data SET block = x'f7f7f7f7f7f7f7f7'")
    assert [(each.line, each.verdict) for each in check(text).quotations] == expected


OF_EACH_KIND = 30
PLACES = ("harbour", "bridge", "library", "station", "market", "quarry")


def sentence(number: int, word: str) -> str:
    return f"In year {number} the {word} at the {PLACES[number % 6]} stood open for {number + 40} nights"


def verdicts(draft: CheckedDraft) -> list[str]:
    return [str(each.verdict) for each in draft.quotations]


def test_thirty_in_one_version_only_and_thirty_by_another_speaker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, draft = tmp_path / "article.md", tmp_path / "draft.md"
    session = Session(tmp_path / "library")
    numbers = range(OF_EACH_KIND)
    for day, word in ((1, "gate"), (2, "door")):
        monkeypatch.setattr("reader.clock.now", lambda day=day: f"2026-11-0{day}T12:00:00.000Z")
        quotes = [f"“{sentence(each, word)},” said Ada Marsh." for each in numbers]
        same = [f"“{sentence(each, 'lamp')},” Bela Ott said." for each in numbers]
        article.write_text("\n\n".join(["# Nights", *quotes, *same]), encoding="utf-8")
        add(session, article, "Nights")

    def written(word: str, speaker: str) -> list[str]:
        quotations = [f"“{sentence(each, word)},” said {speaker}." for each in numbers]
        draft.write_text("\n\n".join(quotations), encoding="utf-8")
        return verdicts(session.draft_checking.check(str(draft)))

    assert written("gate", "Ada Marsh") == ["older-version"] * OF_EACH_KIND
    assert written("door", "Marsh") == ["newer-version"] * OF_EACH_KIND
    assert written("lamp", "Mr. Ott") == ["verbatim"] * OF_EACH_KIND
    assert written("lamp", "Ada Marsh") == ["other-speaker"] * OF_EACH_KIND
    assert written("wall", "Ada Marsh") == ["other-words"] * OF_EACH_KIND
    session.writer.close()
