"""What counts as a quotation of a draft, and who says it there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from reader.core.draft_check.quotations import DraftQuotation, quotations_in
from reader.errors import SourceError
from reader.formats import read_document
from tests.formats import strategies


def quotations(text: str, name: str = "draft.md") -> tuple[DraftQuotation, ...]:
    return quotations_in(read_document(text.encode(), name=name))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She said “we never had the key”.", "we never had the key"),
        ('She said "we never had the key".', "we never had the key"),
        ("„Wir hatten nie den Schlüssel“, sagte sie.", "Wir hatten nie den Schlüssel"),
        ("« Nous n’avions jamais la clé », dit-elle.", "Nous n’avions jamais la clé"),
        ("‘We never had the key,’ she said.", "We never had the key,"),
        ("“We never ‘had’ the key.”", "We never ‘had’ the key."),
        ("“We never … the key at all.”", "We never … the key at all."),
        ("> We never had the key.", "We never had the key."),
        ("> “We never had the key.”", "We never had the key"),
        ("> We never had the key. — Ilse Brandt, mayor", "We never had the key."),
        (
            "> We never had the key.\n>\n> — Ilse Brandt, the mayor of Tamsin",
            "We never had the key.",
        ),
        ("> We never had the key.\n>\n> Ilse Brandt, in an interview", "We never had the key."),
        (
            "「鉛筆なら書いていいことになっています」と彼女は言う。",
            "鉛筆なら書いていいことになっています",
        ),
        ("| a |\n| --- |\n| “we never had the key” |", "we never had the key"),
        ("# “We never had the key”", "We never had the key"),
        ("- “We never had the key,” she said.", "We never had the key,"),
    ],
)
def test_quotations(text: str, words: str) -> None:
    (found,) = quotations(text)
    assert found.words.rstrip(".") == words.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "A so-called “ledger” and a “green cloth book”.",
        'Code: `print "we never had the key"`.',
        '    a block with "we never had the key"\n',
        "```\n“We never had the key at all,” she said.\n```",
        'It is 6\'2" tall, and 3" wide, and the door is not.',
        "Nobody’s dogs’ boys’ toys’ places were seen there again.",
        "No quotation at all.",
        "“… […] [sic] ...”",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not quotations(text)


@pytest.mark.parametrize(
    ("text", "speaker", "is_sure"),
    [
        ("“We never had the key,” said Ilse Brandt.", "Ilse Brandt", True),
        ("Ilse Brandt said: “We never had the key.”", "Ilse Brandt", True),
        ("> We never had the key.\n>\n> — Ilse Brandt, mayor", "Ilse Brandt", True),
        ("> We never had the key. — Ilse Brandt, mayor", "Ilse Brandt", True),
        ("“We never had the key at all.”", "", False),
    ],
)
def test_speakers(text: str, speaker: str, is_sure: bool) -> None:
    found = quotations(text)[0]
    assert (found.speaker, found.is_sure) == (speaker, is_sure)


@given(strategies.any_texts())
@settings(deadline=None)
def test_any_draft_has_quotations_in_order(text: str) -> None:
    try:
        document = read_document(text.encode("utf-8", "replace"), kind="markdown")
    except SourceError:
        return
    at = 0
    for each in quotations_in(document):
        assert at <= each.range.start < each.range.end <= len(document.text)
        assert each.words.strip()
        at = each.range.end


def test_titles_are_told_from_speech() -> None:
    (title,) = quotations("He read the book “The Harbour Gate and Other Crimes” twice.")
    assert title.is_title
    (speech,) = quotations("“The Harbour Gate and Other Crimes Are Gone,” said Ilse Brandt.")
    assert not speech.is_title
