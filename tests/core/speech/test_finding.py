"""What holds for every document; transcripts, block quotes, other languages, looking around."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.speaker_names import NO_NAMES
from reader.core.speech import read_speech
from reader.core.speech.offers import SpeakerOffer, speaker_offers, spelling_of
from tests.core.speech.texts import document_of, found_in, said_in
from tests.core.strategies import documents

PIECES = (
    "“It broke,” ", "said Ann Lee. ", "Ann Lee said: ", "«Non», ", "he said, ", "Bob’s ", "\n",
    "\n—No —dijo Ann Lee—. ", "—Sí, lo sé —",
    "‘No,’ ", "the mayor ", "called it “a mess” ", "According to Bob Ray, ", "BOB: ", "— Ann Lee\n",
    "„Nein“, sagte sie. ", "“Open ", "”", "(laughs) ", "who ", ", ", ". ", "and ", ": ", "12 ",
)  # fmt: skip


@given(documents())
@settings(max_examples=60)
def test_quotations_are_in_the_text_in_order_and_apart(document: Document) -> None:
    check(document)


@given(
    st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["en", "de", "fr", "es", ""])
)
@settings(max_examples=300)
def test_news_of_any_kind_is_read(pieces: list[str], language: str) -> None:
    check(document_of("".join(pieces), language))


def check(document: Document) -> None:
    end = 0
    for quotation in read_speech(document).quotations:
        assert 0 <= quotation.certainty <= 1
        assert quotation.outer.start <= quotation.range.start < quotation.range.end
        assert quotation.range.end <= quotation.outer.end <= len(document.text)
        assert quotation.sentence.start <= quotation.outer.start
        assert quotation.sentence.end >= quotation.outer.end
        assert quotation.outer.start >= end
        assert quotation.reason
        end = quotation.outer.end
        for part in quotation.parts:
            assert document.text[part.start : part.end].strip()
            mention = part.attribution.mention
            assert mention is None or document.quote(mention).strip()


SAID = {
    "en": "“The market closes on Monday,” said {}.",
    "fr": "« La criée ferme lundi », a déclaré {}.",
    "de": "„Der Markt schließt am Montag“, sagte {}.",
    "es": "«La lonja cierra el lunes», dijo {}.",
}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Anne van der Berg"), ("en", "Omar bin Said"), ("en", "Ludwig van Hoven"),
        ("fr", "Jean de la Fontaine"), ("fr", "Anne du Bellay"), ("fr", "Luc des Essarts"),
        ("fr", "Jean de Vries"), ("fr", "Paul von Arx"), ("fr", "Anne van Loon"),
        ("de", "Anna von der Heide"), ("de", "Karl zu Stolberg"), ("de", "Otto zur Linde"),
        ("es", "Ana de la Cruz"), ("es", "Luis de los Ríos"), ("es", "José del Valle"),
    ],
)  # fmt: skip
def test_small_words_inside_a_name_belong_to_it(language: str, name: str) -> None:
    ((_, speaker),) = said_in(SAID[language].format(name), language)
    assert speaker == name


@pytest.mark.parametrize("gap", [" ", "\n", "\nIt rained.\n"])
@pytest.mark.parametrize("doing", ["laughed when", "shook her head as", "left the hall before"])
def test_a_pronoun_means_the_subject_of_its_sentence_before_the_last_speaker(
    gap: str, doing: str
) -> None:
    text = f"“The hall is closed today,” said Anna Brandt.{gap}Clara Cole {doing} she said: “It is a bad idea.”"
    assert [speaker for _, speaker in said_in(text)] == ["Anna Brandt", "Clara Cole"]


@given(st.lists(st.integers(1, 3), min_size=4, max_size=8))
def test_an_answer_in_a_transcript_is_one_quotation_of_all_its_paragraphs(
    counts: list[int],
) -> None:
    names, paragraphs = ("Anna Brandt", "Ben Cole"), []
    for number, count in enumerate(counts):
        answer = [f"We met at noon in hall {number} of {part}." for part in range(count)]
        paragraphs += [f"{names[number % 2]}: {answer[0]}", *answer[1:]]
    found = found_in("\n".join(paragraphs))
    assert [each.speaker for each in found] == [names[n % 2] for n in range(len(counts))]
    # What follows the last label may not be of the transcript.
    assert [len(each.parts) for each in found[:-1]] == counts[:-1]


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.integers(0, 400))
def test_looking_around_an_offset_finds_the_nearest(pieces: list[str], offset: int) -> None:
    speech = read_speech(document_of("".join(pieces)))
    starts = [each.range.start for each in speech.quotations]
    after, before = speech.after(offset), speech.before(offset)
    assert (after.range.start if after else None) == min(
        (s for s in starts if s > offset), default=None
    )
    assert (before.range.start if before else None) == max(
        (s for s in starts if s < offset), default=None
    )
    here = speech.at_or_after(offset)
    assert here is None or offset < here.outer.end
    for each in speech.quotations:
        assert speech.at_or_after(each.outer.start) == each
        assert speech.within(each.range) == each
    assert speech.within(TextRange(offset, offset)) is None


def test_a_transcript_is_spoken_by_its_labels() -> None:
    text = (
        "Those present: Joan Pryce, keeper.\nTHE CHAIR: Your name, please.\nMS PRYCE: Joan Pryce.\n"
        "THE CHAIR: And you kept the dam?\nMS PRYCE: I did. My father did.\n(A pause.)\nAnd his."
        "\nTHE CHAIR: Thank you."
    )
    assert said_in(text) == [
        ("Your name, please.", "Chair"),
        ("Joan Pryce.", "Joan Pryce"),
        ("And you kept the dam?", "Chair"),
        ("I did. My father did.", "Joan Pryce"),
        ("And his.", "Joan Pryce"),
        ("Thank you.", "Chair"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Sanders: 1,547\nClinton: 2,219\nSanders: 12\nClinton: 14",
        "Note: the pump broke.\nWarning: it was wet.\nPhoto: Ann Lee.\nSee also: the sea.",
        "Q: When was it?\nA: In March it was.\nQ: Why was it?\nA: It rained.",
    ],
)
def test_lines_with_colons_are_not_always_a_transcript(text: str) -> None:
    assert said_in(text) == []


def block_quote(*lines: tuple[BlockKind, str]) -> Document:
    blocks, text = [], ""
    for kind, line in lines:
        text += "\n" * bool(text)
        blocks.append(Block(kind, len(text), len(text) + len(line)))
        text += line
    return Document(text, tuple(blocks))


def test_a_block_quote_is_said_by_its_signature_or_by_what_introduces_it() -> None:
    signed = block_quote(
        (BlockKind.PARAGRAPH, "The letters came."),
        (BlockKind.QUOTE, "We have no money."),
        (BlockKind.QUOTE, "And no time."),
        (BlockKind.QUOTE, "— Ann Lee, treasurer"),
    )
    introduced = block_quote(
        (BlockKind.PARAGRAPH, "Ann Lee wrote to the council:"), (BlockKind.QUOTE, "No money. None.")
    )
    plain = block_quote((BlockKind.PARAGRAPH, "It rained."), (BlockKind.QUOTE, "The sea is wide."))
    for document, words in (
        (signed, "We have no money.\nAnd no time."),
        (introduced, "No money. None."),
    ):
        (quotation,) = read_speech(document).quotations
        assert (document.quote(quotation.range), quotation.speaker) == (words, "Ann Lee")
        assert quotation.is_sure
    assert read_speech(plain).quotations == ()


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Ann Lee: ‘It never worked’", ["It never worked"]),
        ("Pumps of the ’90s weren’t ‘safe’, Lee says", ["safe"]),
        ("‘Rock ’n’ roll’ night at the dogs’ home", []),
        ("The ‘smart meter’ scandal", []),
    ],
)
def test_headlines_quote_in_single_marks_whatever_the_text_does(
    headline: str, said: list[str]
) -> None:
    body = "“It broke,” said Ann Lee. “Nobody came.” It rained. “We waited,” she said."
    document = block_quote((BlockKind.HEADING, headline), (BlockKind.PARAGRAPH, body))
    quotations = read_speech(document).quotations
    found = [each for each in quotations if each.range.end <= len(headline)]
    assert [document.quote(each.range) for each in found] == said
    assert {each.speaker for each in found} <= {"Ann Lee"}


def test_code_and_residue_say_nothing() -> None:
    line = 'print("It never worked,") # said Ann Lee'
    residue = "“Read our newsletter,” says Ann Lee."
    text = f"{line}\n{residue}"
    blocks = (
        Block(BlockKind.CODE, 0, len(line)),
        Block(BlockKind.PARAGRAPH, len(line) + 1, len(text), residue=True),
    )
    assert read_speech(Document(text, blocks)).quotations == ()


def test_the_language_is_guessed_where_nothing_names_it() -> None:
    text = "Die Pumpe ist nicht neu und das ist ein Problem. „Sie war nie gut“, sagte Ann Lee."
    assert said_in(text, language="") == [("Sie war nie gut", "Ann Lee")]


def test_scripts_without_spaces_have_quotations_too() -> None:
    text = "市長は会見を開いた。「私たちは水を甘く見ていた。」町は「水の都」と呼ばれる。"
    assert [words for words, _ in said_in(text, "ja")] == ["私たちは水を甘く見ていた。"]


def test_a_dash_opens_speech_in_dialogues() -> None:
    text = (
        "—No lo sé —dijo Ana Ruiz—. Quizá mañana.\n—Nadie lo sabe de verdad.\n"
        "—¿Te vas ya? —preguntó Tomás Gil, y salió.\nLlovía —como siempre— en el puerto."
    )
    assert said_in(text, "es") == [
        ("No lo sé —dijo Ana Ruiz—. Quizá mañana.", "Ana Ruiz"),
        ("Nadie lo sabe de verdad.", ""),
        ("¿Te vas ya?", "Tomás Gil"),
    ]


@pytest.mark.parametrize(
    "text",
    ["—pan y mucho vino\n—agua y sal\n—dos peces", "Llovía —dijo el diario— en el puerto.", "—"],
)
def test_other_dashes_open_no_dialogue(text: str) -> None:
    assert said_in(text, "es") == []


def test_long_sentences_cost_what_they_are_long() -> None:
    text = 'he said "a b c" and ' * 3000
    assert len(found_in(text)) > 2000  # in well under the time limit of a test


def test_the_people_nearest_come_first() -> None:
    text = "Ann Lee came. It rained and rained. Bob Ray left. “Gone again,” said Cat Moss."
    speech = read_speech(document_of(text))
    assert speech.people_near(0) == ("Ann Lee", "Bob Ray", "Cat Moss")
    assert speech.people_near(len(text)) == ("Cat Moss", "Bob Ray", "Ann Lee")


def test_offers_have_each_person_once_in_the_spelling_of_the_library() -> None:
    offers = speaker_offers(
        SpeakerOffer("Henrike Solvay", "after"),
        ["Bob Ray", "Henrike Solvay", "Brandt"],
        ["Ann Lee", "Dr. Henrike M. Solvay", "Brandt"],
    )
    assert [offer.name for offer in offers] == [
        "Dr. Henrike M. Solvay", "Ann Lee", "Bob Ray", "Brandt",
    ]  # fmt: skip
    assert spelling_of("Karl Brandt", ["Ilse Brandt", "Brandt"]) == "Karl Brandt"
    assert offers[0].matches(["solv"])
    assert offers[0].matches(["henr", "solvay"])
    assert not offers[0].matches(["olvay"])


def test_another_name_of_a_speaker_is_offered_as_the_name_that_notes_have() -> None:
    names = NO_NAMES.with_same(["Brandt", "the chairwoman"], "Ilse Brandt", "2026-01-01")
    offers = speaker_offers(
        SpeakerOffer("Brandt", "after"), ["Ilse Brandt", "Bob Ray"], ["Brandt", "Ann Lee"], names
    )
    assert [offer.name for offer in offers] == ["Ilse Brandt", "Bob Ray", "Ann Lee"]
    assert offers[0].matches(["chair"])
    assert spelling_of("brandt", ["Brandt"], names) == "Ilse Brandt"
