"""Settings: what a person wrote is kept, and a fault is named with its line."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.config import (
    THEME_NAMES,
    Settings,
    change_setting,
    hide_search,
    load_settings,
    save_search,
)
from reader.core.annotation import STANDARD_TAGS, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus, Rating, ReviewPublisher
from reader.core.query.parsing import parse
from reader.core.query.tree import EVERYTHING
from reader.core.saved_searches import STANDARD_SEARCHES, SavedSearch, search_named
from reader.errors import SettingsError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def fault(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith(str(path))
    return caught.value.message.removeprefix(str(path))


def test_no_file_means_the_defaults(path: Path) -> None:
    assert load_settings(path) == Settings()
    path.write_text("", "utf-8")
    assert load_settings(path) == Settings(tags=STANDARD_TAGS, theme="margin-dark", column=72)


def test_every_setting_is_read(path: Path) -> None:
    path.write_text(
        """\ufeff
# My settings
theme = "margin-light"
column = 90
words_per_minute = 300
native_clipboard = false
check_for_newer = false
quotation_style = "{quote} — {speaker}"
margin_notes = false
margin_side = "left"
review_reminder = false
vault = "~/Notes"

[keys]
"tag.quote" = "z"
open-note = "enter,ctrl+o"

[[tags]]
name = " Figure "
glyph = "№"
colour = "#ff8800"

[[tags]]
name = "claim"
colour = "#0f0"

[[tags]]
name = "doubt"
key = ""

[[tags]]
name = "source"
key = "9"
""",
        "utf-8",
    )
    quote, _, context = STANDARD_TAGS
    read = load_settings(path)
    assert (read.theme, read.column, read.words_per_minute) == ("margin-light", 90, 300)
    assert read.native_clipboard is False
    assert read.check_for_newer is False
    assert read.review_reminder is False
    assert read.vault == "~/Notes"
    assert read.quotation_style == "{quote} — {speaker}"
    assert (read.margin_notes, read.margin_side, read.notes_side) == (False, "left", "")
    assert read.keys == {"tag.quote": "z", "open-note": "enter,ctrl+o"}
    assert read.tags[:5] == (
        quote,
        Tag("claim", "2", "⚑", "#0f0"),
        context,
        Tag("figure", "4", "№", "#ff8800"),
        Tag("doubt", "", read.tags[4].glyph, read.tags[4].colour),
    )
    assert (read.tags[5].name, read.tags[5].key) == ("source", "9")


def test_tags_beyond_nine_have_no_key(path: Path) -> None:
    path.write_text("".join(f'[[tags]]\nname = "t{number}"\n' for number in range(8)), "utf-8")
    assert [tag.key for tag in load_settings(path).tags] == [*"123456789", "", ""]


def test_the_statuses_of_the_person_follow_the_four(path: Path) -> None:
    path.write_text(
        """
[[statuses]]
name = "Misleading"
sign = "≈"
key = "m"
colour = "#d08770"
rating_value = 2.5
best_rating = 10
worst_rating = 0
alternate_name = "Half the truth"

[[statuses]]
name = "missing context"
rating_value = 2

[[statuses]]
name = "refuted"
sign = "X"
alternate_name = "False"

[[statuses]]
name = "opinion"
key = ""
""",
        "utf-8",
    )
    unchecked, supported, disputed, _ = STANDARD_STATUSES
    read = load_settings(path).statuses
    assert read[:5] == (
        unchecked,
        supported,
        disputed,
        ClaimStatus("refuted", "r", "X", "refuted", Rating(1, "False")),
        ClaimStatus("misleading", "m", "≈", "#d08770", Rating(2.5, "Half the truth", 0, 10)),
    )
    # “m”, and “s” of “missing” are taken; the first letter that is free is its key.
    assert (read[5].key, read[5].rating) == ("i", Rating(2, "Missing context"))
    assert (read[6].key, read[6].rating) == ("", None)


def test_a_status_whose_letters_are_taken_has_no_key(path: Path) -> None:
    path.write_text('[[statuses]]\nname = "Sur dur 2"\n[[statuses]]\nname = "ds"\n', "utf-8")
    assert [status.key for status in load_settings(path).statuses] == ["u", "s", "d", "r", "", ""]


def test_a_saved_search_may_ask_for_a_status_of_the_person(path: Path) -> None:
    path.write_text(
        '[[searches]]\nname = "a"\nquery = "status:half-true"\n'
        '[[statuses]]\nname = "half-true"\n[[searches]]\nname = "b"\nquery = "status:none"\n',
        "utf-8",
    )
    assert [each.name for each in load_settings(path).searches][5:] == ["a", "b"]


def test_the_searches_that_come_with_margin_are_understood() -> None:
    for search in STANDARD_SEARCHES:
        query = parse(search.query, datetime(2026, 11, 30, 12))
        assert query.faults == (), search
        assert query.tree != EVERYTHING


def test_saved_searches_are_added_replaced_and_hidden(path: Path) -> None:
    path.write_text(
        """
[[searches]]
name = " Prewitt in March "
query = " speaker:prewitt marked:2026-03 "
key = "f5"

[[searches]]
name = "Without a Note"
hidden = true

[[searches]]
name = "THIS week"
query = "marked:today"

[[searches]]
name = "open claims"
key = "f2"

[[searches]]
name = "old"
query = "x"
hidden = true
""",
        "utf-8",
    )
    assert load_settings(path).searches == (
        SavedSearch("open claims", "tag:claim status:open", "f2"),
        *STANDARD_SEARCHES[1:3],
        SavedSearch("this week", "marked:today"),
        SavedSearch("Prewitt in March", "speaker:prewitt marked:2026-03", "f5"),
    )


FAULTS = {
    "column = 39": ", line 1: column is 39; it must be a whole number from 40 to 160.",
    "# one\n\ncolumn = 161": ", line 3: column is 161; it must be a whole number from 40 to 160.",
    'column = "72"': ', line 1: column is "72"; it must be a whole number from 40 to 160.',
    "column = true": ", line 1: column is true; it must be a whole number from 40 to 160.",
    "words_per_minute = 1": (
        ", line 1: words_per_minute is 1; it must be a whole number from 50 to 2000."
    ),
    'theme = "dark"': (
        ', line 1: theme is "dark"; it can be "margin-dark", "margin-light" or "margin-contrast".'
    ),
    'margin_side = "top"': ', line 1: margin_side is "top"; it can be "left" or "right".',
    "margin_notes = 1": ", line 1: margin_notes is 1; it must be true or false.",
    "check_for_newer = 1": ", line 1: check_for_newer is 1; it must be true or false.",
    'quotation_style = "fancy"': (
        ', line 1: quotation_style is "fancy"; it can be "plain", "markdown" or "footnote", or a'
        ' pattern such as "{quote} ({speaker}, {outlet})".'
    ),
    'column = 72\nquotation_style = "{quote} {speeker}"': (
        ", line 2: quotation_style names {speeker}, which is no field; did you mean {speaker}?"
    ),
    'quotation_style = "{speaker}"': (
        ", line 1: quotation_style names neither {quote} nor {words}, so that nothing would be"
        " quoted."
    ),
    'quotation_style = "{quote} [{speaker}"': (
        ", line 1: quotation_style has a [ without its partner; write [[ for the character itself."
    ),
    "quotation_style = 1": ", line 1: quotation_style is 1; it must be text in quotes.",
    "native_clipboard = 1": ", line 1: native_clipboard is 1; it must be true or false.",
    "column = 72\ncolunm = 3": ", line 2: colunm is not a setting; did you mean column?",
    "[tags]\nname = 1": ', line 1: tags must be tables, as in: [[tags]] name = "figure".',
    "keys = 1": ', line 1: keys must be a table, as in: [keys] "tag.quote" = "1".',
    '[keys]\na = "x"\n"tag.quote" = 1': (
        ', line 3: tag.quote is 1; it must be keys in quotes, as in "x,ctrl+y".'
    ),
    '[[tags]]\nglyph = "x"': ", line 1: name is missing; a tag must have a name.",
    '[[tags]]\nname = " "': ', line 2: name is " "; a tag must have a name.',
    '[[tags]]\nname = "a"\n[[tags]]\nname = "A "': (', line 4: name is "a", which is there twice.'),
    '[[tags]]\nname = "a"\n[[tags]]\nname = "b"\ncolor = "x"': (
        ", line 5: color is not a setting; did you mean colour?"
    ),
    '[[tags]]\nname = "a"\ncolour = "red"': (
        ', line 3: colour is "red"; it can be "quote", "claim", "context", "unchecked",'
        ' "supported", "disputed" or "refuted", or a colour such as "#ff8800".'
    ),
    '[[tags]]\nname = "a"\nkey = 4': (
        ', line 3: key is 4; it must be a digit in quotes, "1" to "9", or "" for none.'
    ),
    '[[tags]]\nname = "a"\nkey = "free"': (
        ', line 3: key is "free"; it must be a digit in quotes, "1" to "9", or "" for none.'
    ),
    '"a\\nb" = 1\ncolumn = 7': ': "a\\nb" is not a setting; did you mean tags?',
    '[[tags]]\nname = "a"\nkey = "1"': ', line 3: key is "1" for both quote and a.',
    "[statuses]\nname = 1": (
        ', line 1: statuses must be tables, as in: [[statuses]] name = "misleading".'
    ),
    '[[statuses]]\nsign = "x"': ", line 1: name is missing; a status must have a name.",
    '[[statuses]]\nname = "a"\nsgin = "x"': (", line 3: sgin is not a setting; did you mean sign?"),
    '[[statuses]]\nname = "a"\nsign = "xy"': (
        ', line 3: sign is "xy"; it must be one character of one cell.'
    ),
    '[[statuses]]\nname = "a"\nkey = "1"': (
        ', line 3: key is "1"; it must be a small letter in quotes, "a" to "z", or "" for none.'
    ),
    '[[statuses]]\nname = "a"\n[[statuses]]\nname = "b"\nkey = "d"': (
        ', line 5: key is "d" for both disputed and b.'
    ),
    '[[statuses]]\nname = "a"\nrating_value = "5"': (
        ', line 3: rating_value is "5"; it must be a number.'
    ),
    '[[statuses]]\nname = "a"\nrating_value = nan': (
        ", line 3: rating_value is nan; it must be a number."
    ),
    '[[statuses]]\nname = "a"\nrating_value = true': (
        ", line 3: rating_value is true; it must be a number."
    ),
    '[[statuses]]\nname = "a"\nrating_value = 6': (
        ", line 3: rating_value is 6; it must be from 1 to 5."
    ),
    '[[statuses]]\nname = "a\\u001bb"': (
        r', line 2: name is "a\x1bb"; it must have printable characters only.'
    ),
    '[[statuses]]\nname = "refuted"\nworst_rating = 2': (
        ", line 3: worst_rating leaves rating_value 1 outside 2 to 5."
    ),
    '[[statuses]]\nname = "a"\nrating_value = 1\nbest_rating = 0': (
        ", line 4: best_rating leaves worst_rating no less than best_rating."
    ),
    '[[statuses]]\nname = "a"\nbest_rating = 10': (
        ", line 3: best_rating needs a rating_value, which is missing."
    ),
    '[[statuses]]\nname = "a"\nrating_value = 2\nalternate_name = ""': (
        ', line 4: alternate_name is ""; it must be some words.'
    ),
    "[searches]\nname = 1": (
        ', line 1: searches must be tables, as in: [[searches]] name = "mine".'
    ),
    '[[searches]]\nquery = "x"': ", line 1: name is missing; a saved search must have a name.",
    '[[searches]]\nname = "a"': ", line 1: query is missing; it must be some words.",
    '[[searches]]\nname = "this week"\nquery = " "': (
        ', line 3: query is " "; it must be some words.'
    ),
    '[[searches]]\nname = "a"\nquery = "b\\nc"': (
        r', line 3: query is "b\nc"; it must be some words.'
    ),
    '[[searches]]\nname = "a"\nquery = 1': ", line 3: query is 1; it must be some words.",
    '[[searches]]\nname = "a"\nquery = "x"\nkey = "f1"': (
        ', line 4: key is "f1"; it must be a function key in quotes, "f2" to "f12", or "" for none.'
    ),
    '[[searches]]\nname = "a"\nquery = "x"\nkey = ["f2"]': (
        ', line 4: key is [\'f2\']; it must be a function key in quotes, "f2" to "f12", or "" for'
        " none."
    ),
    '[[searches]]\nname = "a"\nquery = "stattus:open"': (
        ', line 3: query is "stattus:open": There is no field stattus:; did you mean status:?'
    ),
    '[[searches]]\nname = "this week"\nquery = "marked:yesterdy OR x"': (
        ', line 3: query is "marked:yesterdy OR x": “yesterdy” is no date that Margin understands;'
        " write 2026, 2026-03, 2026-03-14, today, yesterday, 7d, 3m, 1y, march or last-week."
    ),
    '[[searches]]\nname = "a"\nquery = "status:opn"': (
        ', line 3: query is "status:opn": “opn” is no value of status:; did you mean status:open?'
    ),
    '[[searches]]\nname = "a"\nhidden = 1': ", line 3: hidden is 1; it must be true or false.",
    '[[searches]]\nname = "a"\nquery = "x"\nkey = "f2"\n[[searches]]\nname = "this week"\n'
    'key = "f2"': ', line 4: key is "f2" for both this week and a.',
    '[[searches]]\nname = "A"\nquery = "x"\n[[searches]]\nname = "a"\nquery = "y"': (
        ', line 5: name is "a", which is there twice.'
    ),
    '[[tags]]\nname = "a"\n[[tags]]\nname = "claim"\nkey = "3"': (
        ', line 5: key is "3" for both claim and context.'
    ),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items())
def test_a_fault_names_its_file_its_line_and_its_key(path: Path, text: str, message: str) -> None:
    assert fault(path, text) == message


@pytest.mark.parametrize("glyph", ["漢", "ab", "", "\\u0301", "\\u200b", "\\n", "\\u001b", "👍"])
def test_a_glyph_is_one_character_of_one_cell(path: Path, glyph: str) -> None:
    told = fault(path, f'[[tags]]\nname = "a"\nglyph = "{glyph}"')
    assert told.startswith(", line 3: glyph is ")
    assert told.endswith("it must be one character of one cell.")


def test_invalid_toml_is_an_error_with_its_line(path: Path) -> None:
    assert "line 2" in fault(path, "column = 72\ntheme =\n")
    path.write_bytes(b"theme = '\xff'")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(SettingsError, match="it is a folder"):
        load_settings(path)


def test_a_change_keeps_what_a_person_wrote(path: Path) -> None:
    written = """\
# My settings, do not touch!
theme  =  "margin-dark"   # at night

[keys]    # the keys
"tag.quote"   = 'z'
"""
    path.write_text(written, "utf-8")
    path.chmod(0o644)
    change_setting(path, "theme", "margin-light")
    assert path.read_text("utf-8") == written.replace("margin-dark", "margin-light")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    change_setting(path, "column", 80)
    after = path.read_text("utf-8")
    assert [line for line in after.splitlines() if line != "column = 80"] == written.replace(
        "margin-dark", "margin-light"
    ).splitlines()
    assert load_settings(path) == Settings(theme="margin-light", column=80, keys={"tag.quote": "z"})


WRITTEN = """\
column = 80  # wide

[[searches]]  # mine
name = "March"
# of this year
query = "marked:2026-03"
# that was it

# the keys
[keys]
undo = "z"
"""
"""A file with a saved search among other settings."""


def test_a_search_is_saved_after_the_others_and_comments_stay(path: Path) -> None:
    path.write_text(WRITTEN, "utf-8")
    save_search(path, SavedSearch("open “now”", 'status:open "a b"'))
    assert path.read_text("utf-8") == WRITTEN.replace(
        "# that was it\n",
        '# that was it\n\n[[searches]]\nname = "open “now”"\nquery = "status:open \\"a b\\""\n',
    )
    save_search(path, SavedSearch("MARCH", "marked:2026-03 tag:claim", "f4"))
    hide_search(path, "open “now”")
    assert path.read_text("utf-8") == WRITTEN.replace(
        'query = "marked:2026-03"\n# that was it\n',
        'query = "marked:2026-03 tag:claim"\n# that was it\nkey = "f4"\n\n'
        '[[searches]]\nname = "open “now”"\nquery = "status:open \\"a b\\""\nhidden = true\n',
    )
    assert load_settings(path).searches[5:] == (
        SavedSearch("March", "marked:2026-03 tag:claim", "f4"),
    )


NAMES = st.sampled_from(["open claims", "This Week", "March", "mine", "“a”", "x = 1 # [y]"])
QUERIES = (
    st.text("abc :\"'\\\\[]#=“”-é", min_size=1)
    .filter(str.strip)
    .filter(lambda text: not parse(text, datetime(2026, 11, 30)).faults)
)


@pytest.mark.parametrize(
    "before",
    [
        "", WRITTEN, "column = 50", '[[searches]]\nname="March"\nquery="b"',
        'searches = [{name = "March", query = "b"}]  # inline\n[keys]\nundo = "z"\n',
        'searches = []\n', '[keys]\nundo = "z"',
        ('[[searches]]\nname = "a"\nquery = "b"\n[[tags]]\nname = "c"\n[[searches]]\n'
        'name = "march"\nquery = "d"\n'),
    ],
)  # fmt: skip
@given(changes=st.lists(st.tuples(NAMES, QUERIES, st.booleans()), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
def test_saved_searches_are_what_was_saved_last(
    path: Path, before: str, changes: list[tuple[str, str, bool]]
) -> None:
    path.write_text(before, "utf-8")
    others = load_settings(path)
    expected = {each.name.lower(): each.query for each in others.searches}
    for name, query, is_hidden in changes:
        if is_hidden and name.lower() in expected:
            hide_search(path, name)
            del expected[name.lower()]
        else:
            save_search(path, SavedSearch(name, query))
            expected[name.lower()] = query.strip()
            assert search_named(load_settings(path).searches, f" {name.upper()} ") is not None
    after = load_settings(path)
    assert {each.name.lower(): each.query for each in after.searches} == expected
    assert (after.keys, after.tags, after.column) == (others.keys, others.tags, others.column)


def test_a_change_goes_through_a_link(path: Path) -> None:
    target = path.with_name("dotfiles.toml")
    target.write_text("column = 50\n", "utf-8")
    path.symlink_to(target.name)
    change_setting(path, "column", 60)
    assert path.is_symlink()
    assert target.read_text("utf-8") == "column = 60\n"


def test_the_first_change_makes_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "settings.toml"
    change_setting(path, "theme", "margin-contrast")
    assert load_settings(path).theme == "margin-contrast"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("key", "value"), [("column", 7), ("theme", "x"), ("colour", 1)])
def test_an_invalid_value_changes_nothing(path: Path, key: str, value: str | int) -> None:
    path.write_text("column = 50\n", "utf-8")
    with pytest.raises(SettingsError):
        change_setting(path, key, value)
    assert path.read_text("utf-8") == "column = 50\n"


def test_a_file_with_a_fault_is_not_changed(path: Path) -> None:
    path.write_text("column = \n", "utf-8")
    with pytest.raises(SettingsError, match="is not TOML"):
        change_setting(path, "column", 60)
    assert path.read_text("utf-8") == "column = \n"


def test_a_folder_that_cannot_be_made_is_an_error(path: Path) -> None:
    path.write_text("", "utf-8")
    with pytest.raises(SettingsError, match="not a folder"):
        change_setting(path / "settings.toml", "column", 60)


@given(st.integers(40, 160), st.integers(50, 2000), st.sampled_from(THEME_NAMES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_what_is_changed_is_read(path: Path, column: int, speed: int, theme: str) -> None:
    change_setting(path, "column", column)
    change_setting(path, "words_per_minute", speed)
    change_setting(path, "theme", theme)
    assert load_settings(path) == Settings(theme=theme, column=column, words_per_minute=speed)


def test_who_publishes_reviews_is_read_and_faults_have_their_line(path: Path) -> None:
    path.write_text(
        '[claim_review]\npublisher = " The Desk "\npublisher_url = "https://desk.example"\n'
        'address = "https://desk.example/{id}/"\n',
        "utf-8",
    )
    publisher = ReviewPublisher("The Desk", "https://desk.example", "https://desk.example/{id}/")
    assert load_settings(path).claim_review == publisher
    change_setting(path, "claim_review.publisher", "Another")
    assert load_settings(path).claim_review.name == "Another"
    head = "[claim_review]\n"
    assert "line 2: address is" in fault(path, f'{head}address = "https://desk.example/"')
    assert "{id} once" in fault(path, f'{head}address = "https://desk.example/{{id}}/{{key}}"')
    assert "{id} once" in fault(path, f'{head}address = "https://desk.example/{{id}}}}"')
    assert "web address" in fault(path, f'{head}address = "desk/{{id}}"')
    assert "web address" in fault(path, f'{head}publisher_url = "desk"')
    assert "some words" in fault(path, f"{head}publisher = 3")
    assert "did you mean publisher" in fault(path, f'{head}publishers = "x"')
    assert "must be a table" in fault(path, 'claim_review = "x"')


def test_who_publishes_reviews_can_be_set_where_nothing_is(path: Path) -> None:
    path.write_text("column = 80\n", "utf-8")
    change_setting(path, "claim_review.address", "https://desk.example/{id}")
    assert path.read_text("utf-8") == (
        'column = 80\n\n[claim_review]\naddress = "https://desk.example/{id}"\n'
    )


def test_the_tags_of_imported_colours_are_read_and_changed(path: Path) -> None:
    path.write_text(
        '[import_colours]\nBlue = " Claim "\ngreen = ""\nkoreader.blue = "context"\n', "utf-8"
    )
    tags = {"Blue": "claim", "green": "", "koreader.blue": "context"}
    assert load_settings(path).import_colours == tags
    change_setting(path, "import_colours.red", "doubt")
    assert load_settings(path).import_colours == {**tags, "red": "doubt"}
    text = "[import_colours.koreader]\nblue = 1\n"
    assert fault(path, text) == (
        ", line 2: blue is 1; it must be a tag in quotes, or empty for none."
    )
