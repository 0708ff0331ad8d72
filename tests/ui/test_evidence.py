"""The evidence of a claim: chosen, typed, pasted, shown from both ends, followed, removed, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader import clock
from reader.core.claims import SUPPORTED
from reader.core.evidence import Evidence, Relation, TargetKind, evidence_in
from reader.session import Session
from reader.ui import browser
from reader.ui.dialogs.choose_evidence import ChooseEvidenceScreen
from reader.ui.dialogs.evidence import EvidenceScreen
from reader.ui.dialogs.pick import PickScreen
from reader.ui.reading.screen import ReadingScreen
from tests.ui.reading_app import Reader, opened, texts_of
from tests.ui.stage import HOSTILE, screen_text
from tests.ui.waiting import notices

LEDGER = """\
# The ledger

The council met on Monday. Some 7,900 of the meters were never read by anyone.

The chair said that 12,480 meters were replaced in 2018. Nobody had asked him before.

## The certificate

A certificate of 2018 covers 4,580 meters and no others.
"""

HARBOUR = "# The harbour\n\nIn 2018 the harbour office counted 12,480 meters that were replaced.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a library that has an article with one passage."""
    session = Session(tmp_path / "library")
    path = tmp_path / "harbour.md"
    path.write_text(HARBOUR, "utf-8")
    article = session.open(str(path)).open_article
    start = article.state.document.text.index("In 2018")
    article.mark(article.state.document.blocks[1].range, ["context"])
    assert start == article.state.document.blocks[1].start
    session.save_all()
    session.writer.close()
    return tmp_path


def evidence(reader: Reader, words: str = "The chair said") -> list[Evidence]:
    (annotation,) = [each for each in reader.annotations if each.selector.exact.startswith(words)]
    return evidence_in(annotation.links)


async def choosing(reader: Reader, *keys: str) -> ChooseEvidenceScreen:
    await reader.press(*(keys or "x"))
    await reader.until(lambda: isinstance(reader.app.screen, ChooseEvidenceScreen), "the choice")
    screen = reader.app.screen
    assert isinstance(screen, ChooseEvidenceScreen)
    await reader.until(lambda: screen.rows.rows, "something to choose")
    return screen


async def shown(reader: Reader) -> EvidenceScreen:
    await reader.press("X")
    await reader.until(lambda: isinstance(reader.app.screen, EvidenceScreen), "the evidence")
    screen = reader.app.screen
    assert isinstance(screen, EvidenceScreen)
    await reader.until(lambda: screen.has_loaded, "the links")
    return screen


async def related(reader: Reader, key: str = "enter") -> None:
    await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the relations")
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen | EvidenceScreen))


async def claimed(reader: Reader) -> None:
    """Mark the certificate as context, and the chair's sentence as the claim."""
    reader.go_to("A certificate")
    await reader.press("3")
    reader.go_to("The chair")
    await reader.press("2")


async def linked(reader: Reader, typed: str, key: str = "enter") -> None:
    await choosing(reader)
    await reader.type(typed)
    await reader.press("enter")
    await related(reader, key)


def title(reader: Reader) -> str:
    screens = [each for each in reader.app.screen_stack if isinstance(each, ReadingScreen)]
    return screens[-1].context.state.document.metadata.title


async def test_three_keys_link_the_nearest_passage_of_the_library(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        screen = await choosing(reader)
        nearest = screen.rows.rows[0].annotation
        assert nearest is not None
        assert nearest.selector.exact.startswith("In 2018 the harbour")
        await reader.press("enter")
        await related(reader)
        (link,) = evidence(reader)
        assert (link.relation, link.title, link.kind) == ("supports", "The harbour", "annotation")
        assert "Supported by “In 2018 the harbour" in reader.message
        assert "X shows it, u takes that back" in reader.status
        assert "? unchecked · 1 supports" in reader.bar
        (stored,) = [each for each in reader.stored() if each.links]
        assert evidence_in(stored.links) == [link]
        await reader.press("u")
        assert evidence(reader) == []
        assert "supports" not in reader.bar


@pytest.mark.parametrize("relation", Relation)
async def test_a_letter_says_what_the_evidence_does(folder: Path, relation: Relation) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await choosing(reader)
        await reader.press("enter")
        await related(reader, relation[0])
        assert [each.relation for each in evidence(reader)] == [relation]
        assert reader.annotations[0].status == "unchecked"


async def test_typing_filters_passages_and_titles_and_enter_waits_for_them(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        screen = await choosing(reader)
        assert len(screen.rows.rows) == 4
        await reader.type("certificate")
        await reader.press("enter")  # at once, whatever is on screen by then
        await related(reader, "d")
        (link,) = evidence(reader)
        assert (link.words, link.relation) == (
            "A certificate of 2018 covers 4,580 meters and no others.",
            "disputes",
        )


async def test_an_article_can_be_evidence(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await choosing(reader)
        await reader.type("the harbour")
        await reader.press("down", "enter")
        await related(reader, "c")
        (link,) = evidence(reader)
        assert (link.kind, link.title, link.relation) == ("article", "The harbour", "corrects")


async def test_an_address_that_is_typed_is_added_with_the_day(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "council.example/minutes", "r")
        today = clock.local_day(clock.now())
        assert evidence(reader) == [
            Evidence(
                Relation.REFUTES, TargetKind.ADDRESS, "https://council.example/minutes", seen=today
            )
        ]


async def test_several_lines_that_are_pasted_are_several_addresses(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        screen = await choosing(reader)
        reader.app.post_message(
            events.Paste("https://a.example/1\nhttps://b.example/2\n\x1b[31mhttps://c.example/3\n")
        )
        await reader.until(lambda: "c.example" in screen.entry.value, "the paste")
        await reader.until(lambda: len(screen.rows.rows[0].evidence) == 3, "three addresses")
        assert "3 addresses" in texts_of(reader.lines)
        await reader.press("enter")
        await related(reader)
        assert [each.target for each in evidence(reader)] == [
            "https://a.example/1",
            "https://b.example/2",
            "https://c.example/3",
        ]
        assert "3 support" in reader.bar
        await reader.press("u")
        assert evidence(reader) == []


async def test_nothing_marked_and_nothing_found_are_said(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await reader.press("x")
        assert "Nothing is marked here; 2 marks the sentence" in reader.message
        await claimed(reader)
        screen = await choosing(reader)
        await reader.type("zebra")
        await reader.until(lambda: not screen.rows.rows, "no row")
        assert "Nothing has these words." in texts_of(reader.lines)
        await reader.press("enter", "escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        assert evidence(reader) == []


async def test_no_relation_links_nothing(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await choosing(reader)
        await reader.press("enter")
        await related(reader, "escape")
        assert evidence(reader) == []


async def test_what_is_linked_already_is_marked(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "certificate", "q")
        await choosing(reader)
        assert "✓ qualified by it" in texts_of(reader.lines)


async def test_both_ends_are_shown_and_followed_with_the_way_back(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "certificate", "d")
        screen = await shown(reader)
        text = texts_of(reader.lines)
        assert "1 disputes" in text
        assert "disputed by" in text
        assert "here, in “The certificate”" in text
        await reader.press("enter")
        await reader.until(lambda: reader.rest.startswith("A certificate"), "the other end")
        screen = await shown(reader)
        (link,) = screen.link_rows.rows
        assert not link.is_basis
        text = texts_of(reader.lines)
        assert "evidence for 1 other passage" in text
        assert "disputes" in text
        await reader.press("enter")
        await reader.until(lambda: reader.rest.startswith("The chair"), "the claim")
        await reader.press("backspace")
        await reader.until(lambda: reader.rest.startswith("A certificate"), "back")


async def test_a_passage_of_another_article_is_followed_and_leads_back(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "counted")
        await shown(reader)
        await reader.press("enter")
        await reader.until(lambda: title(reader) == "The harbour", "the other article")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        await reader.press("X")
        await reader.until(lambda: isinstance(reader.app.screen, EvidenceScreen), "the evidence")
        await reader.until(lambda: "The chair said" in texts_of(reader.lines), "the claim")
        assert "The ledger" in texts_of(reader.lines)
        await reader.press("d")  # the claim's article has the link
        await reader.until(
            lambda: any(
                "The passage at the other end has" in each.message for each in notices(reader.app)
            )
        )
        await reader.press("escape", "q")
        await reader.until(lambda: title(reader) == "The ledger", "the way back")
        assert reader.rest.startswith("The chair")


async def test_the_article_shows_what_it_is_evidence_for(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await choosing(reader)
        await reader.type("the harbour")
        await reader.press("down", "enter")
        await related(reader)
        await shown(reader)
        await reader.press("enter")
        await reader.until(lambda: title(reader) == "The harbour", "the article")
        await reader.press("g")
        await shown_article(reader)
        assert any(line.strip(" │▌⚑▎✱") == "supports" for line in reader.lines)


async def shown_article(reader: Reader) -> None:
    await reader.press("X")
    await reader.until(lambda: "Evidence from this article" in texts_of(reader.lines), "the title")
    await reader.until(lambda: "The chair said" in texts_of(reader.lines), "the claim")


async def test_a_link_is_removed_changed_and_brought_back(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "certificate")
        screen = await shown(reader)
        await reader.press("u")
        assert [each.message for each in notices(reader.app)] == ["Nothing was changed here."]
        await reader.press("r")
        await related(reader, "r")
        await reader.until(lambda: "refuted by" in texts_of(reader.lines), "the relation")
        await reader.press("d")
        await reader.until(lambda: not screen.link_rows.rows, "no link")
        assert "No evidence yet; x links a passage" in texts_of(reader.lines)
        assert evidence(reader) == []
        await reader.press("u")
        await reader.until(lambda: screen.link_rows.rows, "the link")
        assert [each.relation for each in evidence(reader)] == ["refutes"]
        await reader.press("u")
        await reader.until(lambda: "supported by" in texts_of(reader.lines), "the first relation")
        await reader.press("x")
        await reader.until(lambda: isinstance(reader.app.screen, ChooseEvidenceScreen))
        await reader.type("https://a.example/x")
        await reader.press("enter")
        await related(reader)
        await reader.until(lambda: "a.example" in texts_of(reader.lines), "the address")
        assert "2 support" in texts_of(reader.lines)
        await reader.press("q")
        await reader.until(lambda: "2 support" in reader.bar, "the bar")


async def test_a_link_to_what_was_removed_says_so_and_leads_nowhere(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "counted")
        session = Session(reader.folder)
        session.removals.remove(
            next(each.id for each in session.articles() if each.title == "The harbour")
        )
        await shown(reader)
        text = texts_of(reader.lines)
        assert "the article was removed" in text
        assert "In 2018 the harbour office counted" in text
        await reader.press("enter")
        await reader.until(lambda: notices(reader.app), "the reason")
        assert isinstance(reader.app.screen, EvidenceScreen)


async def test_an_address_goes_to_the_browser(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsed: list[str] = []

    def browse(url: str) -> bool:
        browsed.append(url)
        return True

    monkeypatch.setattr(browser, "open_in_browser", browse)
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        await linked(reader, "https://a.example/x")
        await shown(reader)
        await reader.press("F")
        await reader.until(lambda: browsed == ["https://a.example/x"], "the browser")
        await reader.press("r")
        await related(reader, "escape")
        await linked_again(reader)


async def linked_again(reader: Reader) -> None:
    """Open the address in Margin: nothing answers there, and a sentence says so."""
    await reader.press("enter")
    await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen), "the article")
    await reader.until(lambda: notices(reader.app), "why it cannot be opened")


async def test_the_panel_and_the_notes_show_how_much_there_is(folder: Path) -> None:
    async with opened(folder, LEDGER, size=(120, 30)) as reader:
        await claimed(reader)
        await linked(reader, "certificate", "d")
        await linked(reader, "counted")
        await reader.press("a")
        await reader.until(lambda: "1 supports, 1 disputes" in texts_of(reader.lines), "the panel")
        await reader.press("q", "R")
        await reader.until(
            lambda: "unchecked · just now · 1 supp" in texts_of(reader.lines), "rows"
        )
        await reader.until(lambda: "disputed by “A cert" in texts_of(reader.lines), "the detail")


async def test_the_panel_has_the_same_keys(folder: Path) -> None:
    async with opened(folder, LEDGER, size=(120, 30)) as reader:
        await claimed(reader)
        await reader.press("a")
        await choosing(reader)
        await reader.press("enter")
        await related(reader, "q")
        assert [each.relation for each in evidence(reader)] == ["qualifies"]
        await reader.until(lambda: "1 qualifies" in texts_of(reader.lines), "the panel")
        await shown(reader)
        await reader.press("escape", "e")
        await reader.until(lambda: "Your note" in texts_of(reader.lines), "the editor")
        assert "qualifies" in texts_of(reader.lines)


async def test_hostile_words_and_addresses_are_drawn_safely(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    path = tmp_path / "other.md"
    path.write_text(f"# {HOSTILE}\n\n{HOSTILE}\n", "utf-8")
    article = session.open(str(path)).open_article
    article.mark(article.state.document.blocks[1].range, ["context"])
    session.save_all()
    session.writer.close()
    async with opened(tmp_path, LEDGER) as reader:
        reader.go_to("The chair")
        await reader.press("2")
        await linked(reader, "evil")
        await linked(reader, "https://a.example/[/][red]x")
        await shown(reader)
        text = "\n".join(reader.lines)
        assert "https://a.example/[/][red]x" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_a_link_never_changes_a_status_by_keys(folder: Path) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        claim = next(each for each in reader.annotations if each.tags == ("claim",))
        reader.screen.context.open_article.edit(claim.id, status=SUPPORTED)
        await linked(reader, "certificate", "r")
        await shown(reader)
        await reader.press("d", "u", "q")
        assert [each.status for each in reader.stored() if each.tags == ("claim",)] == ["supported"]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 45)])
async def test_the_keys_that_add_and_close_are_always_in_sight(
    folder: Path, size: tuple[int, int]
) -> None:
    async with opened(folder, LEDGER, size=size) as reader:
        await claimed(reader)
        await linked(reader, "https://a.example/")
        screen = await shown(reader)
        await reader.press("r", "d")
        await reader.until(lambda: isinstance(reader.app.screen, EvidenceScreen))
        await reader.until(lambda: "u undo" in screen_text(reader.app), "the undo")
        for words in ("enter go", "x add", "esc close"):
            assert words in screen_text(reader.app)
        assert reader.app.screen is screen


@pytest.mark.parametrize(
    ("typed", "left_out"),
    [
        ("http://a.example/ b", "b"),
        ("see http://a.example/ and b", "see and b"),
        ("<http://a.example/> - http://b.example/", ""),
        ("www.example.org/b", ""),
        ("10.1000/182", ""),
    ],
)
async def test_words_beside_a_typed_address_are_named_as_left_out(
    folder: Path, typed: str, left_out: str
) -> None:
    async with opened(folder, LEDGER) as reader:
        await claimed(reader)
        screen = await choosing(reader)
        await reader.type(typed)
        await reader.until(lambda: screen.rows.rows and screen.rows.rows[0].evidence[0].seen)
        await reader.until(lambda: screen.entry.value == typed, "the words")
        words = f"without “{left_out}”" if left_out else ""
        await reader.until(lambda: screen.rows.rows[0].detail == words, "the words left out")
        await reader.until(lambda: words in screen_text(reader.app), "them on screen")
