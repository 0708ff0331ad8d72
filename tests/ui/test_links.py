"""Following links with keys and the mouse: hints, footnotes, places, articles, back and forward."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from rich.style import Style
from textual.events import Key

from reader.core.document import SpanKind
from reader.session import Session
from reader.ui import browser
from reader.ui.article.hints import HOME_ROW
from reader.ui.article.link_hints import MOST, labels
from reader.ui.dialogs.pick import PickScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowSource
from reader.ui.reading.footnote_screen import FootnoteScreen
from reader.ui.reading.link_hint_screen import LinkHintScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.strips import rich_style
from tests.ui.reading_app import Reader, opened
from tests.ui.waiting import notices

ARTICLE = """# One

Text with a note[^1], [another article](two.md#second-part), a [web page](https://example.org/x),
a [place](#the-end), and [a letter](mailto:a@example.org).

[Nowhere](missing.md) and [no place](#nothing).

{filler}

## The end

More words.

[^1]: The first part of the note.

    Its second part.
"""
OTHER = "# Two\n\n" + "Before it.\n\n" * 40 + "## Second part\n\nHello [back](article.md).\n"


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "two.md").write_text(OTHER, encoding="utf-8")
    return ARTICLE.format(filler="A line.\n\n" * 40)


def top(reader: Reader) -> ReadingScreen:
    """The reading screen on top."""
    return [each for each in reader.app.screen_stack if isinstance(each, ReadingScreen)][-1]


def title(reader: Reader) -> str:
    return top(reader).context.state.document.metadata.title


def here(reader: Reader) -> str:
    """The words at the caret."""
    view = top(reader).view
    return view.document.text[view.caret : view.caret + 11]


def note_text(reader: Reader) -> str:
    """The text of the footnote on top."""
    screen = reader.app.screen
    assert isinstance(screen, FootnoteScreen)
    return screen.view.document.text


async def follow(reader: Reader, words: str, key: str = "f") -> None:
    """Press the key, then the letters over the link with ``words``."""
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, LinkHintScreen), "the letters")
    view = top(reader).view
    hint = next(h for h in view.link_hints if view.document.quote(h.span.range) == words)
    await reader.press(*hint.label)
    await reader.until(lambda: not isinstance(reader.app.screen, LinkHintScreen), "the choice")


async def test_letters_stand_over_the_links_and_go_again(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await reader.press("f")
        assert "a note" in reader.lines[3]
        assert reader.find("a1]")[1] == reader.find("snother article")[1]
        assert reader.message == "Type the letters over a link to open it; esc cancels"
        await reader.press("escape")
        assert reader.find("another article")
        assert reader.message == ""
        assert not reader.view.link_hints


async def test_keys_that_come_while_the_letters_go_are_ignored(tmp_path: Path) -> None:
    async with opened(tmp_path, "# Links\n\nSee [another](other.md).\n") as reader:
        await reader.press("f")
        await reader.until(lambda: isinstance(reader.app.screen, LinkHintScreen), "the letters")
        letters = reader.app.screen
        for _ in range(3):
            letters.post_message(Key("escape", None))
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        await reader.press("j")
        assert reader.app.is_running


async def test_a_letter_of_no_link_changes_nothing(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await reader.press("f", "z")
        assert reader.view.link_hints
        await reader.press("1")
        assert not reader.view.link_hints
        assert not reader.annotations


async def test_a_click_on_letters_or_on_the_words_of_a_link_chooses_it(tmp_path: Path) -> None:
    places = "\n\n".join(f"## Place {number}\n\nwords" for number in range(3))
    links = "A [first](#place-1) and a [second](#place-2), and words."
    async with opened(tmp_path, f"{links}\n\n{places}") as reader:
        for words, place in (("first", "Place 1"), ("second", "Place 2")):
            x, y = reader.find(words)
            for offset in (0, 3):
                await reader.press("f")
                await reader.pilot.click(offset=(x + offset, y))
                await reader.until(lambda: not reader.view.link_hints, "the choice")
                assert here(reader).startswith(place)
                await reader.press("g")
        await reader.press("f")
        await reader.pilot.click(offset=reader.find("words."))
        await reader.until(lambda: not reader.view.link_hints, "the end of it")
        assert reader.view.caret == 0


async def test_many_links_have_two_letters(tmp_path: Path) -> None:
    links = " ".join(f"[l{number}](#place-{number})" for number in range(12))
    places = "\n\n".join(f"## Place {number}\n\nwords" for number in range(12))
    async with opened(tmp_path, f"{links}\n\n{places}") as reader:
        await reader.press("f")
        hint = reader.view.link_hints[10]
        assert len(hint.label) == 2
        await reader.press(hint.label[0])
        shown = [each for each in reader.view.link_hints if each.label[0] == hint.label[0]]
        assert len(shown) < 12
        await reader.press("backspace", *hint.label)
        assert here(reader).startswith("Place 10")


@pytest.mark.parametrize("count", [0, 1, 9, 10, 81, 82, MOST])
def test_no_letters_begin_with_others(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == len(made) == count
    assert len({len(each) for each in made}) <= 1
    assert count > 81 or set("".join(made)) <= set(HOME_ROW)


async def test_without_a_link_there_is_a_message(tmp_path: Path) -> None:
    async with opened(tmp_path, "# One\n\nPlain words.\n") as reader:
        await reader.press("f")
        assert reader.message == "No link on this screen"


async def test_a_footnote_is_shown_over_the_text(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        place = reader.view.position
        await follow(reader, "[1]")
        await reader.until(lambda: isinstance(reader.app.screen, FootnoteScreen), "the note")
        assert note_text(reader) == "The first part of the note.\nIts second part."
        await reader.press("enter")
        assert isinstance(reader.app.screen, ReadingScreen)
        assert reader.view.position == place


RICH = """# One

Text with a note[^1] and [a place](#the-end).

{filler}

## The end

[^1]: *Stressed* and `coded`, see [two](two.md#second-part), another[^2], and
    [the end](#the-end).

    - a list
    - of two

[^2]: The other note, which leads to the first[^1].
"""


async def shown_note(reader: Reader) -> FootnoteScreen:
    """Open the first footnote."""
    await follow(reader, "[1]")
    await reader.until(lambda: isinstance(reader.app.screen, FootnoteScreen), "the note")
    await reader.pilot.pause()
    assert isinstance(reader.app.screen, FootnoteScreen)
    return reader.app.screen


def style_of(reader: Reader, words: str) -> Style:
    x, y = reader.find(words)
    strip = reader.app.screen._compositor.render_strips()[y]
    cells = 0
    for segment in strip:
        cells += segment.cell_length
        if x < cells:
            return segment.style or Style()
    raise AssertionError(words)


@pytest.fixture
def rich(tmp_path: Path) -> str:
    (tmp_path / "two.md").write_text(OTHER, encoding="utf-8")
    return RICH.format(filler="A line.\n\n" * 40)


async def test_a_footnote_looks_as_the_article_does(tmp_path: Path, rich: str) -> None:
    async with opened(tmp_path, rich) as reader:
        note = await shown_note(reader)
        assert style_of(reader, "Stressed").italic
        assert style_of(reader, "two,").underline
        assert style_of(reader, "coded").bgcolor != style_of(reader, "and ").bgcolor
        assert reader.find("• of two")
        box = note.query_one("#footnote")
        assert box.size.height == note.view.size.height == 4
        caret = rich_style(note.view.painter.palette.style("caret")).bgcolor
        colours = {
            seg.style.bgcolor for y in range(4) for seg in note.view.render_line(y) if seg.style
        }
        assert caret not in colours


async def test_a_link_in_a_footnote_is_followed_by_its_letter_or_a_click(
    tmp_path: Path, rich: str
) -> None:
    async with opened(tmp_path, rich) as reader:
        note = await shown_note(reader)
        await reader.press("f")
        hint = next(
            h for h in note.view.link_hints if note.view.document.quote(h.span.range) == "two"
        )
        await reader.press(hint.label)
        await reader.until(lambda: title(reader) == "Two", "the other article")
        await reader.until(lambda: here(reader) == "Second part", "its place")
        await reader.press("q")
        await shown_note(reader)
        x, y = reader.find("the end.")
        await reader.pilot.click(offset=(x + 2, y))
        await reader.until(lambda: here(reader).startswith("The end"), "the place")
        assert isinstance(reader.app.screen, ReadingScreen)
        await reader.press("ctrl+o")
        await shown_note(reader)
        await reader.pilot.click(offset=(2, 1))
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen), "the article")


async def test_a_footnote_in_a_footnote_lies_over_it(tmp_path: Path, rich: str) -> None:
    async with opened(tmp_path, rich) as reader:
        first = await shown_note(reader)
        x, y = reader.find("another[2]")
        await reader.pilot.click(offset=(x + 8, y))
        await reader.until(lambda: note_text(reader).startswith("The other note"), "the second")
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is first, "the first again")
        await reader.press("f")
        await reader.until(lambda: first.view.link_hints, "the letters")
        hint = next(h for h in first.view.link_hints if h.span.kind is SpanKind.FOOTNOTE)
        await reader.press(hint.label)
        await reader.until(lambda: note_text(reader).startswith("The other note"), "the second")
        await reader.press("g")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen), "the article")
        assert here(reader) == "The other n"


async def test_a_long_footnote_scrolls(tmp_path: Path) -> None:
    note = "\n\n    ".join(f"Paragraph {number} of the note." for number in range(30))
    async with opened(tmp_path, f"# One\n\nText[^1].\n\n[^1]: {note}\n") as reader:
        await shown_note(reader)
        assert reader.find("Paragraph 0 of the note.")
        await reader.press("space", "space")
        await reader.until(lambda: "Paragraph 12 of" in "\n".join(reader.lines), "the next page")
        await reader.press(*["j"] * 60)
        await reader.until(lambda: "Paragraph 29 of" in "\n".join(reader.lines), "the end")


async def test_a_footnote_never_covers_its_mark(tmp_path: Path) -> None:
    note = "\n\n    ".join(f"Paragraph {number} of the note." for number in range(30))
    low = "A line.\n\n" * 8 + "Low[^1]."
    for text, mark in (("High[^1].", "High"), (low, "Low")):
        folder = tmp_path / mark
        folder.mkdir()
        rest = f"{'A line.' * 300}\n\n[^1]: Begins[^2].\n\n    {note}\n\n[^2]: The other.\n\n    {note}\n"
        async with opened(folder, f"{text}\n\n{rest}") as reader:
            assert reader.find(mark)
            await follow(reader, "[1]")
            await reader.until(lambda: isinstance(reader.app.screen, FootnoteScreen), "the note")
            await reader.pilot.pause()
            assert reader.find("Paragraph 0 of the note.")
            assert reader.find(f"{mark}[1].")
            x, y = reader.find("Begins[2]")
            await reader.pilot.click(offset=(x + len("Begins["), y))
            await reader.until(lambda: note_text(reader).startswith("The other."), "the second")
            assert reader.find(f"{mark}[1]."), "nor does a footnote of the footnote"


async def test_g_goes_to_the_footnote_and_back_leads_back(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        place = reader.view.position
        await follow(reader, "[1]")
        await reader.until(lambda: isinstance(reader.app.screen, FootnoteScreen), "the note")
        await reader.press("g")
        assert here(reader).startswith("The first")
        await reader.press("ctrl+o")
        await reader.until(lambda: reader.view.position == place, "the place before")
        await reader.press("ctrl+n")
        await reader.until(lambda: here(reader).startswith("The first"), "the note again")


async def test_a_place_inside_is_jumped_to(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await follow(reader, "place")
        assert here(reader) == "The end\nMor"
        await reader.press("backspace")
        await reader.until(lambda: reader.view.caret == 0, "the start")
        await follow(reader, "no place")
        assert reader.message == "The article has no place called #nothing."


async def test_another_article_opens_at_its_place_and_is_not_kept(
    tmp_path: Path, article: str
) -> None:
    async with opened(tmp_path, article) as reader:
        await follow(reader, "another article")
        await reader.until(lambda: title(reader) == "Two", "the other article")
        await reader.until(lambda: here(reader) == "Second part", "its place")
        reader.app.session.save_all()
        assert [each.title for each in Session(reader.folder).articles()] == ["One"]
        await reader.press("ctrl+o")
        await reader.until(lambda: title(reader) == "One", "the first article")
        await reader.press("ctrl+n")
        await reader.until(lambda: title(reader) == "Two", "the second again")
        await reader.until(lambda: here(reader) == "Second part", "its place again")
        await reader.press("1")
        reader.app.session.save_all()
        kept = Session(reader.folder).articles()
        assert {each.title: each.annotations for each in kept} == {"One": 0, "Two": 1}
        (tmp_path / "two.md").unlink()
        again = Session(reader.folder).open_article(kept[0].id).open_article.state
        assert again.document.text == top(reader).context.state.document.text


async def test_a_renamed_article_is_asked_about_before_its_place_is_gone_to(
    tmp_path: Path, article: str
) -> None:
    before = tmp_path / "before.md"
    sentences = [
        f"Keeper {each} of bridge {each} counted {each} boats that year." for each in range(40)
    ]
    other = f"# Two\n\n{' '.join(sentences)}\n\n## Second part\n\nHello.\n"
    before.write_text(other, encoding="utf-8")
    session = Session(tmp_path / "library")
    session.open(str(before))
    assert session.writer.close()
    before.unlink()
    (tmp_path / "two.md").write_text(f"{other}\nOne more sentence.\n", encoding="utf-8")
    async with opened(tmp_path, article) as reader:
        await follow(reader, "another article")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the question")
        await reader.press("n")
        await reader.until(lambda: here(reader) == "Second part", "the place of the link")


async def test_a_key_adds_it_to_the_library(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await follow(reader, "another article")
        await reader.until(lambda: title(reader) == "Two", "the other article")
        await reader.until(lambda: "A adds it" in reader.status, "the hint that it is not kept")
        await reader.press("A")
        reader.app.session.save_all()
        kept = Session(reader.folder).articles()
        assert {each.title for each in kept} == {"One", "Two"}


async def test_a_link_back_to_an_open_article_goes_to_its_screen(
    tmp_path: Path, article: str
) -> None:
    async with opened(tmp_path, article) as reader:
        await follow(reader, "another article")
        await reader.until(lambda: here(reader) == "Second part", "the other article")
        await follow(reader, "back")
        await reader.until(lambda: title(reader) == "One", "the first article")
        assert len(reader.app.screen_stack) == 1
        await reader.press("ctrl+o")
        await reader.until(lambda: title(reader) == "Two", "the other one")
        await reader.until(lambda: here(reader) == "Second part", "its place")


async def test_forward_leads_to_an_article_that_was_closed(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await follow(reader, "another article")
        await reader.until(lambda: here(reader) == "Second part", "the other article")
        await reader.press("g", "j", "q")
        await reader.until(lambda: title(reader) == "One", "the first article")
        await reader.press("ctrl+n")
        await reader.until(lambda: here(reader).startswith("Before it"), "the other one again")
        await reader.press("ctrl+o")
        await reader.until(lambda: title(reader) == "One", "the first article again")
        await reader.press("ctrl+o")
        assert reader.message.startswith("There is nothing to go back to")


async def test_back_leads_to_an_article_that_was_closed_for_the_library(
    tmp_path: Path, article: str
) -> None:
    async with opened(tmp_path, article) as reader:
        app = reader.app
        await reader.press("L")
        await reader.until(lambda: isinstance(app.screen, LibraryScreen), "the library")
        app.screen.post_message(ShowSource(str(tmp_path / "two.md")))
        await reader.until(lambda: title(reader) == "Two", "the other article")
        await reader.press("q")
        await reader.until(lambda: isinstance(app.screen, LibraryScreen), "the library again")
        await reader.press("q")
        await reader.until(lambda: title(reader) == "One", "the first article")
        await reader.press("ctrl+n")
        await reader.until(lambda: title(reader) != "One", "the other one again")
        assert title(reader) == "Two"


async def test_searching_and_the_contents_are_jumps(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await reader.press("slash", *"more", "enter")
        assert here(reader).startswith("More")
        await reader.press("ctrl+o")
        await reader.until(lambda: reader.view.caret == 0, "where the search began")
        await reader.press("t", "down", "enter")
        await reader.until(lambda: here(reader).startswith("The end"), "the heading")
        await reader.press("ctrl+o")
        await reader.until(lambda: reader.view.caret == 0, "where the contents were opened")
        await reader.press("ctrl+o")
        assert reader.message.startswith("There is nothing to go back to")


async def test_what_cannot_be_followed_is_notified(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        await follow(reader, "a letter")
        await follow(reader, "Nowhere")
        await reader.until(lambda: len(notices(reader.app)) == 2, "both sentences")
        refusals = notices(reader.app)
        assert ["mailto" in each.message for each in refusals] == [True, False]
        assert "missing.md" in refusals[1].message
        assert reader.message == "File not found"
        await reader.press("escape")
        assert not notices(reader.app)
        assert title(reader) == "One"


async def test_only_web_addresses_go_to_the_browser(
    tmp_path: Path, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsed: list[str] = []

    def browse(url: str) -> bool:
        browsed.append(url)
        return True

    monkeypatch.setattr(browser, "open_in_browser", browse)
    async with opened(tmp_path, article) as reader:
        await reader.press("F")
        assert len(reader.view.link_hints) == 1
        await reader.press("a")
        await reader.until(lambda: browsed, "the browser")
        assert browsed == ["https://example.org/x"]


async def test_without_a_browser_the_address_is_copied(
    tmp_path: Path, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "open_in_browser", lambda _: False)
    async with opened(tmp_path, article) as reader:
        await reader.press("F", "a")
        await reader.until(lambda: "No browser to open" in reader.message, "the sentence")
        assert reader.app.clipboard == "https://example.org/x"


def test_a_browser_that_would_draw_over_the_terminal_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lynx", "surfer"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$@" >"{tmp_path}/{name}.called"\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(webbrowser, "_tryorder", None)
        monkeypatch.setattr(webbrowser, "_browsers", {})
        monkeypatch.setenv("BROWSER", str(program))
        assert browser.open_in_browser("https://example.org/") == (name == "surfer")
    assert not (tmp_path / "lynx.called").exists()
    called = (tmp_path / "surfer.called").read_text(encoding="utf-8")
    assert called == "https://example.org/\n"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "-x", ""])
def test_the_browser_is_given_nothing_but_web_addresses(url: str) -> None:
    assert not browser.open_in_browser(url)


async def test_a_click_with_ctrl_follows_a_link(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        x, y = reader.find("another article")
        await reader.pilot.click(offset=(x + 3, y), control=True)
        await reader.until(lambda: title(reader) != "One", "the other article")
        assert title(reader) == "Two"


async def test_a_click_on_a_link_that_has_letters_follows_it(tmp_path: Path, article: str) -> None:
    async with opened(tmp_path, article) as reader:
        x, y = reader.find("another article")
        await reader.press("f")
        await reader.pilot.click(offset=(x + 3, y))
        await reader.until(lambda: title(reader) != "One", "the other article")
        assert title(reader) == "Two"
