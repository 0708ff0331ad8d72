"""Fields and values complete at the cursor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.query.completion import Completion, completed, completions
from reader.core.query.editing import has_term
from reader.core.query.parsing import parse
from tests.core.query.query_strategies import NOW, values

VALUES = {
    "tag": [("claim", 5), ("context", 9), ("my tag", 1)],
    "speaker": [("Lucan Prewitt", 14), ("Dr. Solvay", 9), ("Ines, the elder", 1)],
    "status": [("unchecked", 14), ("refuted", 6)],
    "site": [],
}


def at(text: str) -> tuple[str, Completion]:
    """Return a text without its bar, and what completes where that stood."""
    cursor = text.index("|")
    text = text.replace("|", "")
    return text, completions(text, cursor, lambda field: VALUES.get(field, []))


def offered(text: str) -> list[str]:
    return [each.text for each in at(text)[1].suggestions]


def taken(text: str, index: int = 0) -> str:
    """Return the text with the suggestion at an index taken, and a bar at its cursor."""
    query, completion = at(text)
    result, cursor = completed(query, completion, completion.suggestions[index])
    return f"{result[:cursor]}|{result[cursor:]}"


def test_fields_are_offered_once_a_letter_is_typed() -> None:
    assert offered("sp|") == ["speaker:"]
    assert offered("x -S|") == ["speaker:", "status:", "site:"]
    assert offered("|") == offered("x |") == offered("xyz|") == []
    assert taken("x sp|") == "x speaker:|"
    assert taken("sp|eak y") == "speaker:| y"
    assert taken("(sp|)") == "(speaker:|)"


def test_values_are_offered_with_their_counts_the_most_frequent_first() -> None:
    assert offered("tag:|") == ["context", "claim", '"my tag"']
    assert [each.notes for each in at("tag:c|")[1].suggestions] == [9, 5]
    assert taken("tag:cl| x") == "tag:claim| x"
    assert taken("tag:cl|") == "tag:claim |"
    assert taken("tag:claim,m|") == 'tag:claim,"my tag" |'
    assert "claim" not in offered("tag:claim,|")
    assert taken("tag:cl|aim,x") == "tag:claim|,x"


def test_a_name_is_offered_by_the_beginning_of_any_of_its_words() -> None:
    assert offered("speaker:pre|") == ['"Lucan Prewitt"']
    assert offered('speaker:"lucan p|') == ['"Lucan Prewitt"']
    assert offered("speaker:ine|") == ['"Ines, the elder"']
    assert offered("speaker:=luc|") == ['="Lucan Prewitt"']
    assert offered("speaker:ewitt|") == []
    assert taken('speaker:"luc|') == 'speaker:"Lucan Prewitt" |'


def test_own_values_have_help_in_place_of_counts() -> None:
    assert "is:" in offered("i|")
    assert offered("is:ch|") == ["changed"]
    assert offered("status:|") == ["open", "none", "unchecked", "refuted"]
    assert "7d" in offered("marked:|")
    assert at("is:ch|")[1].suggestions[0].help


def test_words_of_texts_are_not_asked_for() -> None:
    assert offered("in:|") == offered("text:a|") == []


def test_nothing_is_offered_in_a_phrase_or_after_a_finished_value() -> None:
    assert offered('"sp|') == offered('speaker:"x"|') == offered("spekaer:x|") == []


@given(st.text(max_size=20), st.integers(-2, 22))
def test_any_query_and_cursor_can_be_completed(text: str, cursor: int) -> None:
    found = completions(text, cursor, lambda field: VALUES.get(field, []))
    assert 0 <= found.start <= found.end <= len(text)
    for suggestion in found.suggestions:
        result, at_cursor = completed(text, found, suggestion)
        assert 0 <= at_cursor <= len(result)


@given(values)
def test_a_value_that_was_taken_is_asked_for(value: str) -> None:
    found = completions("tag:", 4, lambda _: [(value, 1)])
    result, _ = completed("tag:", found, found.suggestions[0])
    assert has_term(result, "tag", value)
    assert not parse(result, NOW).faults
