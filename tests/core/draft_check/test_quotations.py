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
        ("She said ‘we never had the key’ on Monday.", "we never had the key"),
        ("She said “no” to him. ‘We never had the key,’ she said.", "We never had the key,"),
        ("“We never ‘had’ the key.”", "We never ‘had’ the key."),
        ("“We never … the key at all.”", "We never … the key at all."),
        ("> We never had the key.", "We never had the key."),
        ("> “We never had the key.”", "We never had the key"),
        ("> “We never had the key,” said Ilse Brandt.", "We never had the key,"),
        (
            f"> “We had the key,” said Ada, {'who ' * 12}left.",
            f"We had the key,” said Ada, {'who ' * 12}left",
        ),
        ("> We never had the key. — Ilse Brandt, mayor", "We never had the key."),
        (
            "> We never had the key.\n>\n> — Ilse Brandt, the mayor of Tamsin",
            "We never had the key.",
        ),
        ("> We never had the key. Ilse van den Brandt", "We never had the key."),
        ("> We never had the key. Ilse Brandt, mayor", "We never had the key."),
        ("> We never had the key. Nobody did.", "We never had the key. Nobody did."),
        ("> We never had the key to St Ives", "We never had the key to St Ives"),
        ("王说：“没有人相信我。”", "没有人相信我。"),
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
        "彼は「読書感想」と「海辺の駅」の「茶園」を見た。",
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
        ("> We never had the key. Ilse Brandt", "Ilse Brandt", True),
        (
            "«Nunca tuvimos la llave», dijo Ana Iba\u0301n\u0303ez Sol.",
            "Ana Iba\u0301n\u0303ez Sol",
            True,
        ),
        ("“We never had the key,” said Ilse Brandt and Karl Ott.", "Ilse Brandt", False),
        ("“We never had the key,” Karl Ott and Ilse Brandt said.", "Ilse Brandt", False),
        ("“We never had the key,” said Ilse Brandt and left.", "Ilse Brandt", True),
        ("Ilse Brandt did not say “we never had the key”.", "Ilse Brandt", False),
        ("Ilse Brandt rejected the claim that “we never had the key”.", "Ilse Brandt", False),
        ("Ilse Brandt denied having said “we never had the key”.", "Ilse Brandt", False),
        ("Ilse Brandt laughed at the line that “we never had the key”.", "Ilse Brandt", False),
        ("Ilse Brandt criticized Ott for saying “we never had the key”.", "Ilse Brandt", False),
        ("Ilse Brandt quoted Ott as saying “we never had the key”.", "Ilse Brandt", False),
        ("Ilse Brandt was quoted as saying “we never had the key”.", "Ilse Brandt", True),
        ("Asked about Ott’s “we never had the key,” Ilse Brandt laughed.", "Ilse Brandt", False),
        ("Told by Ott that “we never had the key,” Ilse Brandt shrugged.", "Ilse Brandt", False),
        ("“We never had the key at all.”", "", False),
    ],
)
def test_speakers(text: str, speaker: str, is_sure: bool) -> None:
    found = quotations(text)[0]
    assert (found.speaker, found.is_sure) == (speaker, is_sure)


@pytest.mark.parametrize(
    ("last", "is_quoted"),
    [
        ("I believe it will change hands", True),
        ("We had seen the books", True),
        ("The mill lost its nerve last year", True),
        ("Ilse Brandt", False),
        ("Brandt, in an interview of that year", False),
        ("Ilse von Brandt, mayor", False),
        ("Dr. Brandt (Tamsin)", False),
        ("Anonymous", False),
        ("— the mayor of Tamsin, in May", False),
        ("— The mayor of Tamsin, in May", False),
    ],
)
def test_only_a_name_signs_a_block_of_quoted_text(last: str, *, is_quoted: bool) -> None:
    found = quotations(f"> We never had the key.\n>\n> {last}")
    assert (len(found) == 2) is is_quoted


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
