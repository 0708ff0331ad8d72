"""What the acts of a fact-checker's day cost in keys, counted by pressing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.evidence import evidence_in
from reader.session import AnnotationRequest, Session
from reader.ui.library.screen import LibraryScreen
from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import article, keep, note, screen_text, shown
from tests.ui.reading_app import opened
from tests.ui.waiting import wait_for

ARTICLE = "# The ledger\n\nThe council met on Monday. Nobody was pleased.\n"


SPOKEN = """\
# The ledger

The council met on Monday.

“A past that changes is not a past,” said Dr. Henrike Solvay, who checked the books. “It’s a
forecast pointing the wrong way.”
"""

LONG = "\n\n".join(
    f"This is the first sentence of paragraph {number}, as long as most are. And this is its second one."
    for number in range(40)
)


async def test_the_sentence_at_the_caret_as_a_quote_or_a_claim_takes_one_key(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("The council")
        await reader.press("1")
        reader.go_to("Nobody")
        await reader.press("2")
        assert reader.tags == [("quote",), ("claim",)]
        assert reader.quotes == ["The council met on Monday.", "Nobody was pleased."]


async def test_an_exact_quotation_takes_two_keys_and_three_with_its_speaker(
    tmp_path: Path,
) -> None:
    keys = ('"', "1")
    async with opened(tmp_path, SPOKEN) as reader:
        await reader.press(*keys)
        (quote,) = reader.quotes
        assert quote.startswith("A past that changes")
        assert quote.endswith("the wrong way.")
        await reader.press("m")
        await reader.until(lambda: reader.annotations[0].speaker == "Henrike Solvay", "the speaker")
    assert len([*keys, "m"]) == 3


async def test_an_exact_quotation_is_copied_with_speaker_and_source_by_one_key(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, SPOKEN) as reader:
        await reader.press('"', "1", "m")
        await reader.until(lambda: reader.annotations[0].speaker == "Henrike Solvay", "the speaker")
        await reader.press("y")
        await reader.until(lambda: reader.app.clipboard, "the copy")
        assert reader.app.clipboard.endswith("the wrong way.” (Henrike Solvay, “The ledger”)")


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_a_sentence_in_the_middle_of_the_screen_takes_three_keys(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, LONG, size=size) as reader:
        await reader.press("z")
        hints = reader.view.sentence_hints
        middle = hints[len(hints) // 2]
        await reader.press("escape")
        keys = ("z", *middle.label, "2")
        await reader.press(*keys)
        await reader.until(lambda: len(reader.annotations) == 1, "the claim")
        assert reader.annotations[0].range == middle.span
    assert len(keys) == 3


async def test_a_claim_with_its_status_takes_two_keys(tmp_path: Path) -> None:
    keys = ("s", "r")
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press(*keys)
        await reader.until(lambda: len(reader.annotations) == 1, "the claim")
        assert [(each.tags, each.status) for each in reader.annotations] == [
            (("claim",), "refuted")
        ]
    assert len(keys) == 2


async def test_the_nearest_passage_as_evidence_takes_three_keys(tmp_path: Path) -> None:
    keys = ("x", "enter", "enter")
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("The council")
        await reader.press("1")
        reader.go_to("Nobody")
        await reader.press("2", *keys)
        await reader.until(lambda: any(each.links for each in reader.annotations), "the link")
        (link,) = evidence_in(reader.annotations[1].links)
        assert (link.relation, link.words) == ("supports", "The council met on Monday.")
    assert len(keys) == 3


async def test_the_claims_of_this_article_are_exported_by_two_keys(
    tmp_path: Path, home: Path
) -> None:
    keys = ("E", "enter")
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("The council")
        await reader.press("1")
        reader.go_to("Nobody")
        await reader.press("2", "a", "slash", *"tag:claim", "enter")
        await reader.until(lambda: "1 of 2 annotations" in screen_text(reader.app), "the claims")
        await reader.press(keys[0])
        await reader.until(lambda: "1 annotation of 1 article" in screen_text(reader.app))
        await reader.press(keys[1])
        folder = home / "margin-notes"
        await reader.until(lambda: list(folder.glob("*(tag claim).md")), "the export")
        (path,) = folder.iterdir()
        text = path.read_text("utf-8")
        assert "Nobody was pleased." in text
        assert "The council met" not in text
    assert len(keys) == 2


async def test_all_open_claims_take_two_keys(tmp_path: Path) -> None:
    keys = ("R", "s")
    keep(
        tmp_path / "library",
        (article("Other"), [note("open", "claim", status="unchecked"), note("not", "quote")]),
    )
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press(*keys)
        await reader.until(lambda: "open claims: " in "\n".join(reader.lines), "the claims")
        await reader.until(lambda: "1 of 2 notes" in reader.lines[0], "their number")
    assert len(keys) == 2


async def test_back_to_the_same_row_takes_one_key(tmp_path: Path) -> None:
    path = tmp_path / "ledger.md"
    path.write_text(ARTICLE, encoding="utf-8")
    session = Session(tmp_path / "library")
    for passage in ("The council met on Monday.", "Nobody was pleased."):
        session.annotate(str(path), AnnotationRequest(passage, tags=["claim"]))
    session.save_all()
    async with opened(tmp_path, path) as reader:
        await reader.press("R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        desk = reader.app.screen
        assert isinstance(desk, NotesScreen)
        await reader.until(lambda: desk.has_loaded and len(desk.note_rows.rows) == 2, "the rows")
        await reader.press("j", "enter")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        keys = ("q",)
        await reader.press(*keys)
        await reader.until(lambda: reader.app.screen is desk, "the notes")
        assert desk.note_rows.highlighted == 1
    assert len(keys) == 1


async def test_another_status_from_the_notes_takes_one_key(tmp_path: Path) -> None:
    keep(tmp_path, (article("Ledger"), [note("one", "claim", status="unchecked")]))
    screen, keys = NotesScreen(), ("D",)
    async with shown(tmp_path, screen) as (app, pilot):
        await pilot.press(*keys)
        await app.workers.wait_for_complete()
        (summary,) = app.session.annotations()
        assert summary.annotation.status == "disputed"
    assert len(keys) == 1


async def test_twenty_claims_take_twenty_keys_and_one_more_to_tag_all_and_one_to_take_it_back(
    tmp_path: Path,
) -> None:
    claims = [note(f"claim {number}", "claim", status="unchecked") for number in range(20)]
    keep(tmp_path, (article("Ledger"), claims[:12]), (article("Ferry"), claims[12:]))
    screen, keys = NotesScreen(), ("S", "R") * 10

    async with shown(tmp_path, screen, size=(80, 12)) as (app, pilot):

        async def tags() -> list[tuple[str, ...]]:
            await app.workers.wait_for_complete()
            await pilot.pause()
            return [each.annotation.tags for each in app.session.annotations()]

        await pilot.press(*keys)
        await tags()
        statuses = [each.annotation.status for each in app.session.annotations()]
        assert (statuses.count("supported"), statuses.count("refuted")) == (10, 10)
        await pilot.press("asterisk", "3")
        assert await tags() == [("claim", "context")] * 20
        await pilot.press("u")
        assert await tags() == [("claim",)] * 20
    assert len(keys) == 20


async def test_each_claim_of_a_review_takes_one_key(tmp_path: Path) -> None:
    claims = [note(words, "claim", status="unchecked") for words in ("one", "two", "three")]
    keep(tmp_path, (article("Ledger"), claims))
    keys = ("v", "S", "D", "7")
    async with shown(tmp_path, NotesScreen()) as (app, pilot):
        await pilot.press(keys[0])
        await wait_for(pilot, lambda: "1 of 3" in screen_text(app), "the first claim")
        await pilot.press(*keys[1:])
        await wait_for(pilot, lambda: "3 answers" in screen_text(app), "the end of the review")
        statuses = [each.annotation.status for each in app.session.annotations()]
        assert sorted(map(str, statuses)) == ["disputed", "supported", "unchecked"]
    assert len(keys) == 1 + len(claims)


async def test_the_articles_of_a_story_are_given_to_its_project_by_four_keys(
    tmp_path: Path,
) -> None:
    titles = [f"Source {number}" for number in range(12)]
    keep(
        tmp_path,
        *((article(each, tags=("Water meters",) * (each == titles[0])), []) for each in titles),
    )
    keys = ("asterisk", "P", "w", "enter")
    async with shown(tmp_path, LibraryScreen()) as (_, pilot):
        await pilot.press(*keys)

        def are_given() -> bool:
            articles = Session(tmp_path).articles()
            return all(each.tags == ("Water meters",) for each in articles)

        await wait_for(pilot, are_given, "the projects")
        await pilot.press("u")
        await wait_for(pilot, lambda: not are_given(), "undo")
    assert len(keys) == 4
