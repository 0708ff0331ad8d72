"""Quotations and their speakers: selecting, offering, choosing, going from one to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.annotation import CLAIM, QUOTE
from reader.session.names import NameKind
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.pick_speaker import SpeakerScreen
from reader.ui.reading import speech_finder
from tests.ui.reading_app import Reader, opened, texts_of

ARTICLE = """\
# The ledger

The council met on Monday. Nobody was pleased.

“A past that changes is not a past,” said Dr. Henrike Solvay, who checked the books. “It’s a
forecast pointing the wrong way.”

She waited. “We bought a window,” she said.

Its chair, Lucan Prewitt, called the report “a matter of taste”.

“Nobody asked me for the certificate, not once in all those years.”

The town went home.
"""

SOLVAY = (
    "A past that changes is not a past,” said Dr. Henrike Solvay, who checked the books. “It’s a"
    " forecast pointing the wrong way."
)


async def spoken(reader: Reader, name: str) -> None:
    """Wait until the only annotation has a speaker."""
    await reader.until(lambda: [each.speaker for each in reader.annotations] == [name], name)


async def test_three_keys_mark_a_quotation_with_its_speaker(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        assert reader.quotes == [SOLVAY]
        assert reader.tags == [(QUOTE,)]
        (stored,) = reader.stored()
        assert stored.speaker == "Henrike Solvay"


async def test_the_same_key_selects_more(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"')
        assert reader.selected == SOLVAY
        await reader.press('"')
        assert reader.selected == f"“{SOLVAY}”"
        await reader.press('"')  # the sentence is as long as that here
        assert reader.selected == SOLVAY
        await reader.press("escape")
        reader.go_to("We bought")
        await reader.press('"', '"', '"')
        assert reader.selected == "“We bought a window,” she said."


async def test_the_quotation_at_the_caret_is_selected_else_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("matter of taste")
        await reader.press('"')
        assert reader.selected == "a matter of taste"
        await reader.press("escape")
        reader.go_to("She waited")
        await reader.press('"')
        assert reader.selected == "We bought a window,"
        await reader.press("escape")
        reader.go_to("The town went")
        await reader.press('"')
        assert not reader.view.selection
        assert "no quotation from here on; : goes back" in reader.message


async def test_the_speaker_stands_in_the_bar_with_why(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1")
        await reader.until(lambda: "m said Henrike Solvay" in reader.bar, "the speaker")
        assert "P someone else" in reader.bar
        assert "?" not in reader.bar
        await reader.until(lambda: "Solvay” after the quotation" in reader.message, "why")


async def test_an_unsure_speaker_is_a_question(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("We bought")
        await reader.press('"', "1")
        await reader.until(lambda: "said Henrike Solvay?" in reader.bar, "the question")
        assert [each.speaker for each in reader.annotations] == [""]
        await reader.press("m")
        await spoken(reader, "Henrike Solvay")
        await reader.until(lambda: "Henrike Solvay?" not in reader.bar, "no question")


async def test_a_speaker_is_taken_back_by_undo(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        await reader.press("u")
        await spoken(reader, "")
        await reader.press("ctrl+r")
        await spoken(reader, "Henrike Solvay")


async def test_nobody_found_leads_to_the_choice(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("The council met")
        await reader.press("2", "m")
        await reader.until(lambda: "Nothing says who said this; P" in reader.message, "the message")


async def test_where_nothing_is_marked_the_keys_that_mark_are_named(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("bought a window")
        await reader.press("m")
        await reader.until(lambda: '1 marks the sentence or what " selects' in reader.message, "it")
        await reader.press("1")
        assert reader.quotes == ["“We bought a window,” she said."]
        await reader.press("u", '"', "1")
        assert reader.quotes == ["We bought a window,"]


async def test_a_speaker_that_is_there_already_is_named(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        await reader.press("m")
        await reader.until(lambda: "Said by Henrike Solvay already; P" in reader.message, "it")
        await spoken(reader, "Henrike Solvay")


async def choosing(reader: Reader) -> SpeakerScreen:
    await reader.press("P")
    await reader.until(lambda: isinstance(reader.app.screen, SpeakerScreen), "the choice")
    screen = reader.app.screen
    assert isinstance(screen, SpeakerScreen)
    await reader.until(lambda: screen.rows.rows, "the names")
    return screen


async def test_the_choice_has_the_found_one_then_the_nearest_people(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("matter of taste")
        await reader.press('"', "2")
        screen = await choosing(reader)
        assert [row.name for row in screen.rows.rows] == ["Lucan Prewitt", "Henrike Solvay"]
        await reader.press("down", "enter")
        await spoken(reader, "Henrike Solvay")
        assert reader.tags == [(CLAIM,)]


async def test_typing_filters_and_takes_new_names(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1")
        screen = await choosing(reader)
        await reader.type("prew")
        assert [row.name for row in screen.rows.rows] == ["Lucan Prewitt", "prew"]
        await reader.press("tab")
        assert screen.entry.value == "Lucan Prewitt"
        await reader.press("enter")
        await spoken(reader, "Lucan Prewitt")
        screen = await choosing(reader)
        await reader.type("Ada  Lark")
        await reader.press("enter")
        await spoken(reader, "Ada Lark")
        screen = await choosing(reader)
        assert (screen.rows.rows[0].name, screen.rows.rows[0].reason) == ("Ada Lark", "given last")
        await reader.press("up", "enter")  # the last row takes the speaker away
        await spoken(reader, "")


async def test_escape_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1")
        await choosing(reader)
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        assert [each.speaker for each in reader.annotations] == [""]


async def test_the_last_speaker_is_one_key_away(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        reader.go_to("Nobody asked")
        await reader.press('"', "1", "M")
        await reader.until(
            lambda: [each.speaker for each in reader.annotations] == ["Henrike Solvay"] * 2,
            "the last speaker",
        )


async def test_speakers_of_the_library_are_known_the_next_time(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1")
        await choosing(reader)
        await reader.type("Dr. Henrike E. Solvay")
        await reader.press("enter")
        await spoken(reader, "Dr. Henrike E. Solvay")
    other = "“It rained,” said Henrike Solvay.\n\n“It poured,” said Ann Lee.\n"
    (tmp_path / "other.md").write_text(other, encoding="utf-8")
    async with opened(tmp_path, tmp_path / "other.md") as reader:
        await reader.press('"', "1", "M")
        await spoken(reader, "Dr. Henrike E. Solvay")
        await reader.press("u", "u")
        await reader.press('"', "1")
        screen = await choosing(reader)
        names = [row.name for row in screen.rows.rows]
        assert names == ["Dr. Henrike E. Solvay", "Ann Lee"]  # one person, as the library has it


async def test_a_name_that_is_given_while_the_library_is_looked_up_stays_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        lists = reader.app.session.lists
        look_up = lists.speakers

        def speakers() -> tuple[str, ...]:
            found = look_up()
            reader.app.known_names.use_speaker("Ann Lee")
            return found

        monkeypatch.setattr(lists, "speakers", speakers)
        reader.app.known_names.learn()
        await reader.until(
            lambda: reader.app.known_names.speakers == ("Ann Lee", "Henrike Solvay"), "both names"
        )


async def remembering(tmp_path: Path) -> None:
    """Leave a library that knows Henrike Solvay by another spelling, and Ann Lee."""
    async with opened(tmp_path, ARTICLE) as reader:
        for words, name in (("A past", "Dr. Henrike E. Solvay"), ("Nobody asked", "Ann Lee")):
            reader.go_to(words)
            await reader.press('"', "1")
            await choosing(reader)
            await reader.type(name)
            await reader.press("enter")
            await reader.until(
                lambda name=name: name in [each.speaker for each in reader.annotations], name
            )


OTHER = "“It rained,” said Henrike Solvay.\n\n“It poured,” said Bob Ray.\n"


async def test_a_person_has_one_spelling_however_the_speaker_is_taken(tmp_path: Path) -> None:
    await remembering(tmp_path)
    for number, keys in enumerate((('"', "1", "m"), ("V", ";", "enter"), ("B",))):
        other = tmp_path / f"other{number}.md"
        other.write_text(OTHER, encoding="utf-8")
        async with opened(tmp_path, other) as reader:
            for key in keys:
                await reader.press(key)
            await reader.until(
                lambda: any(each.speaker for each in reader.annotations), f"a speaker by {keys}"
            )
            assert reader.annotations[0].speaker == "Dr. Henrike E. Solvay", keys


async def test_the_library_is_known_although_a_speaker_was_taken_before(tmp_path: Path) -> None:
    await remembering(tmp_path)
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    async with opened(tmp_path, tmp_path / "other.md") as reader:
        reader.go_to("It poured")
        await reader.press('"', "1", "m")
        await spoken(reader, "Bob Ray")
        screen = await choosing(reader)
        names = [row.name for row in screen.rows.rows if row.name]
        assert names == ["Bob Ray", "Dr. Henrike E. Solvay", "Ann Lee"]


async def test_an_accepted_suggestion_gives_the_last_speaker(tmp_path: Path) -> None:
    async with opened(tmp_path, OTHER + "\n“It froze for a week in the end.”\n") as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        await reader.press("V", ";", "enter")
        reader.go_to("It froze")
        await reader.press('"', "1", "M")
        await reader.until(
            lambda: (
                [each.speaker for each in reader.annotations]
                == ["Henrike Solvay", "Bob Ray", "Bob Ray"]
            ),
            "the last speaker",
        )


async def test_motions_go_from_quotation_to_quotation(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        for words in ("A past", "We bought", "a matter", "Nobody asked"):
            await reader.press(";")
            await reader.until(lambda words=words: reader.rest.startswith(words), words)
        await reader.press(";")
        await reader.until(lambda: "no quotation after this" in reader.message, "the end")
        for words in ("a matter", "We bought", "A past"):
            await reader.press(":")
            await reader.until(lambda words=words: reader.rest.startswith(words), words)
        await reader.press(":")
        await reader.until(lambda: "no quotation before this" in reader.message, "the start")


async def test_a_text_without_quotations_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, "Nothing is said here.\n") as reader:
        await reader.press('"')
        assert "No quotation was found" in reader.message


async def test_in_a_long_text_the_surroundings_are_read_at_once(tmp_path: Path) -> None:
    filler = "It rained on the harbour and nobody said a word about it.\n\n" * 4000
    text = f"“First,” said Ann Lee.\n\n{filler}Lee nodded. “We will be late again,” Lee said.\n"
    async with opened(tmp_path, text) as reader:
        reader.go_to("Lee nodded")
        await reader.press('"', "1", "m")
        await spoken(reader, "Ann Lee")
        assert reader.quotes == ["We will be late again,"]


async def test_in_a_very_long_text_the_names_around_the_passage_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_finder, "LONG", 150_000)
    filler = "It rained on the harbour and nobody said a word about it.\n\n" * 1000
    text = f"{filler * 2}Ann Lee came.\n\n{filler}“We will be late,” Lee said.\n\n{filler * 2}"
    async with opened(tmp_path, text) as reader:
        reader.go_to("We will")
        await reader.press('"', "1")
        await reader.until(lambda: "m said Ann Lee" in reader.bar, "the speaker")
        await reader.press("m")
        await spoken(reader, "Ann Lee")


async def test_the_note_editor_completes_speakers_of_quotes_and_claims(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1", "m")
        await spoken(reader, "Henrike Solvay")
        reader.go_to("The council met")
        await reader.press("2", "enter")
        await reader.until(lambda: reader.app.screen.query("#speaker"), "the editor")
        assert "Speaker" in texts_of(reader.lines)
        editor = reader.app.screen
        assert isinstance(editor, NoteEditor)
        editor.form.speaker.line.focus()
        await reader.press("h")
        await reader.until(
            lambda: editor.form.speaker.line._suggestion == "Henrike Solvay", "the rest"
        )
        await reader.press("right", "ctrl+s")
        await reader.until(
            lambda: [each.speaker for each in reader.annotations] == ["Henrike Solvay"] * 2,
            "the completed speaker",
        )


async def test_the_first_editor_of_a_run_completes_the_speakers_of_the_library(
    tmp_path: Path,
) -> None:
    await remembering(tmp_path)
    (tmp_path / "other.md").write_text("It froze for a week in the end.\n", encoding="utf-8")
    async with opened(tmp_path, tmp_path / "other.md") as reader:
        await reader.press("2", "enter")
        await reader.until(lambda: reader.app.screen.query("#speaker"), "the editor")
        editor = reader.app.screen
        assert isinstance(editor, NoteEditor)
        editor.form.speaker.line.focus()
        await reader.press("a")
        await reader.until(lambda: editor.form.speaker.line._suggestion == "Ann Lee", "the rest")


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (80, 12), (60, 20)])
async def test_the_choice_fits_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, ARTICLE, size=size) as reader:
        await reader.press('"', "1")
        await choosing(reader)
        text = texts_of(reader.lines)
        assert "Who said it?" in text
        assert "Henrike Solvay" in text


async def test_a_choice_without_names_asks_for_one(tmp_path: Path) -> None:
    async with opened(tmp_path, "It rained on the harbour.\n") as reader:
        await reader.press("1", "P")
        await reader.until(lambda: "type one" in texts_of(reader.lines), "the sentence")
        await reader.press("enter")
        assert isinstance(reader.app.screen, SpeakerScreen)
        await reader.type("Ann Lee")
        await reader.press("enter")
        await spoken(reader, "Ann Lee")


async def test_hostile_names_are_harmless(tmp_path: Path) -> None:
    article = "“It is over now,” said Ann [/] Lee \u202e[bold]x.\n"
    async with opened(tmp_path, article) as reader:
        await reader.press('"', "1")
        await choosing(reader)
        await reader.type("[/]")
        await reader.press("enter")
        await spoken(reader, "[/]")


async def suggesting(reader: Reader) -> None:
    """Show the suggestions, and go to the first."""
    await reader.press("V")
    await reader.until(lambda: reader.view.suggestions, "the suggestions")


def left_signs(reader: Reader) -> str:
    return "".join(line[:6] for line in reader.lines)


async def test_suggestions_are_off_until_asked_for(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "escape")
        assert not reader.view.suggestions
        assert "┊" not in left_signs(reader)
        await suggesting(reader)
        assert len(reader.view.suggestions) == 4
        assert "4 quotations not marked, 1 with a sure speaker" in reader.message
        assert left_signs(reader).count("┊") == 5  # the first has two lines
        x, y = reader.find("We bought")
        assert reader.style_at(x, y).underline
        assert not reader.annotations
        await reader.press("V")
        assert "┊" not in left_signs(reader)


async def test_suggestions_are_accepted_and_turned_down_with_a_key_each(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await suggesting(reader)
        await reader.press(";")
        await reader.until(lambda: "enter accept, said Henrike Solvay" in reader.bar, "the bar")
        assert "d turn down" in reader.bar
        await reader.press("enter")
        await spoken(reader, "Henrike Solvay")
        assert reader.quotes == [SOLVAY]
        await reader.press(";")
        await reader.until(lambda: reader.rest.startswith("We bought"), "the second")
        await reader.press("d", ";")
        await reader.until(lambda: reader.rest.startswith("a matter"), "the third")
        await reader.press("enter")
        assert [each.speaker for each in reader.annotations] == ["Henrike Solvay", ""]
        await reader.until(lambda: "m said Lucan Prewitt?" in reader.bar, "the question")
        await reader.press("m", ":")
        await reader.until(lambda: "no quotation before this" in reader.message, "nothing before")
        assert [each.speaker for each in reader.annotations] == ["Henrike Solvay", "Lucan Prewitt"]
        assert len(reader.view.suggestions) == 1


async def test_what_was_turned_down_stays_so_and_can_be_undone(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await suggesting(reader)
        await reader.press(";", "d")
        await reader.until(lambda: len(reader.view.suggestions) == 3, "one less")
        await reader.press("u")
        await reader.until(lambda: len(reader.view.suggestions) == 4, "all again")
        await reader.press("ctrl+r")
        await reader.until(lambda: len(reader.view.suggestions) == 3, "one less")
    async with opened(tmp_path, tmp_path / "article.md") as reader:
        await suggesting(reader)
        assert len(reader.view.suggestions) == 3
        assert not reader.annotations


async def test_all_sure_ones_are_marked_at_once_with_one_undo(tmp_path: Path) -> None:
    article = "“It broke in March,” said Ann Lee.\n\n“It broke in May,” said Bob Ray.\n\n" + ARTICLE
    async with opened(tmp_path, article) as reader:
        await reader.press("B")
        await reader.until(lambda: len(reader.annotations) == 3, "the marks")
        assert "3 quotations marked with their speakers; u takes all" in reader.message
        assert [each.speaker for each in reader.annotations] == [
            "Ann Lee",
            "Bob Ray",
            "Henrike Solvay",
        ]
        await reader.press("u")
        await reader.until(lambda: not reader.annotations, "nothing")
        await reader.press("ctrl+r", "B")
        await reader.until(lambda: "No quotation with a sure speaker" in reader.message, "none")
        assert len(reader.annotations) == 3


async def test_without_suggestions_the_keys_mean_what_they_did(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("We bought")
        await reader.press("d")
        assert "Nothing is marked here" in reader.message
        await reader.press("enter")
        assert "Nothing is marked here" in reader.message


async def test_suggestions_are_told_from_marks_without_colour(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press('"', "1")
        await suggesting(reader)
        signs = left_signs(reader)
        assert signs.count("▎") == 2
        assert signs.count("┊") == 3


async def test_a_speaker_who_is_known_by_another_name_is_saved_under_the_main_one(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        names = reader.app.session.names
        names.apply(names.plan_merge(NameKind.SPEAKERS, ["Henrike Solvay"], "H. E. Solvay"))
        await reader.press('"', "1")
        await reader.until(lambda: "H. E. Solvay" in reader.bar, "the speaker in the bar")
        await reader.press("m")
        await spoken(reader, "H. E. Solvay")
