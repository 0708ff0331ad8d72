"""Who said a quotation: the attribution after, before, in the middle, elsewhere; how sure."""

from __future__ import annotations

import pytest

from tests.core.speech.texts import document_of, found_in, said_in

WHO = "Henrike Solvay, a hydrologist, and Tiemo Brack, who keeps a shop, met on Monday.\n"
"""A paragraph that names two people."""


@pytest.mark.parametrize(
    "sentence",
    [
        "“It never worked,” Solvay said.",
        "“It never worked,” said Solvay.",
        "“It never worked,” Dr. Solvay said on Tuesday.",
        "“It never worked,” said Dr Solvay, putting down her cup.",
        "“It never worked,” Solvay, who checked the books, told the council.",
        "“It never worked,” the tall, patient Solvay said.",
        "“It never worked,” according to Solvay.",
        "“It never worked!” Solvay shouted.",
        "“It never worked,” Solvay shrugged.",
        "“It never worked,” Solvay then quietly added.",
        "Solvay said: “It never worked.”",
        "Solvay said, “It never worked.”",
        "Solvay told the council that “it never worked”.",
        "Solvay, speaking on Tuesday, wrote: “It never worked.”",
        "Solvay laughed and said: “It never worked.”",
        "On Tuesday Solvay, who is patient, insisted “it never worked”.",
        "According to Solvay, “it never worked at all”.",
        "Solvay: “It never worked.”",
        "Asked about it, Solvay replied: “It never worked.”",
        "The “never working” pump, Solvay said, was scrapped.",
        "Brack smiled, but Solvay said: “It never worked.”",
        "Solvay shook her head, adding: “It never worked.”",
        "In an email to Brack, Solvay wrote that it “never worked, not once”.",
        "Solvay’s answer was: “It never worked.”",
        "It was called “a pump that never worked” by Solvay.",
        "When Solvay shouted, “It never worked!” the council laughed.",
        "Even as Solvay claimed that “it never worked at all,” one of the keepers said it did.",
        "LOWER TAMSIN, Dorne (NNA) – Solvay has taken her leave, saying that “it never worked”.",
        "Keepers agree on the pump - Solvay: “It never worked.”",
        "Solvay says she expects that Brack will say “it never worked”.",
        "Solvay says she wants Brack to call it “a pump that never worked”.",
        "As Solvay put it, “It never worked.”",
        "“It never worked,” as Solvay put it.",
        "“It never worked,” is how Dr. Solvay put it.",
        "“It never worked” was how Solvay put it.",
        "“It never worked,” Brack was told by Solvay.",
        "“It never worked,” Brack, who keeps a shop, was told by Solvay.",
        "In the words of Solvay, “it never worked at all”.",
        "Said Solvay: “It never worked.”",
        "“It never worked.” — Henrike Solvay",
        "“It never worked.” — Solvay, a hydrologist",
        "“It never worked.” So said Solvay.",
        "“It never worked.” That is what Solvay told the council.",
        "“It never worked.” Solvay said this on Tuesday.",
    ],
)
def test_the_speaker_is_found(sentence: str) -> None:
    (quotation,) = found_in(WHO + sentence)
    assert quotation.speaker == "Henrike Solvay"
    assert quotation.reason


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Text: “It never worked, not once.”", "en"),
        ("Quote: “It never worked, not once.”", "en"),
        ("Headline: “It never worked, not once.”", "en"),
        ("Translation: “It never worked, not once.”", "en"),
        ("Zitat: „Die Pumpe hat nie funktioniert, nicht ein einziges Mal.“", "de"),
        ("Citation : « La pompe n’a jamais marché, pas une fois. »", "fr"),
        ("Cita: «La bomba no funcionó nunca, ni una vez.»", "es"),
    ],
)
def test_a_heading_before_a_colon_is_no_speaker(text: str, language: str) -> None:
    assert not [each.speaker for each in found_in(text, language) if each.speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It broke,” Solvay said. “I paid for it,” was Brack’s answer.", ("Henrike Solvay", "Tiemo Brack")),
        ("“It broke,” said Solvay. “I paid for it all by myself” was all Brack would add.", ("Henrike Solvay", "Tiemo Brack")),
        ("“It broke,” Solvay said. “I paid for it.” — Tiemo Brack", ("Henrike Solvay", "Tiemo Brack")),
        ("“It broke,” said Solvay; “I paid for it,” said Brack.", ("Henrike Solvay", "Tiemo Brack")),
        ("“It broke,” said Solvay. “I paid for it,” as Brack put it.", ("Henrike Solvay", "Tiemo Brack")),
        ("“It broke,” Solvay said. “I paid for it.”", ("Henrike Solvay",)),
        ("“It broke,” Mrs. Solvay said. “I paid for it,” was Mrs. Solvay’s answer.", ("Henrike Solvay",)),
    ],
)  # fmt: skip
def test_two_quotations_of_a_paragraph_have_their_own_speakers(
    text: str, speakers: tuple[str, ...]
) -> None:
    assert tuple(each.speaker for each in found_in(WHO + text)) == speakers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "According to the board's annual report, it would “pay for itself”.",
            "board's annual rep",
        ),
        ("“It never worked,” said the children’s hospital.", "the children’s hospital"),
        ("The men's story was: “It never worked.”", "The men's"),
        ("“It never worked,” the board’s lawyer said.", "board’s lawyer"),
        ("According to the board's, it is “a mess of things”.", "the board"),
    ],
)
def test_only_the_last_word_of_a_description_loses_its_genitive(text: str, name: str) -> None:
    (quotation,) = found_in(text)
    assert name in quotation.speaker
    assert not quotation.speaker.endswith(("'s", "’s"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor, Ilse Brandt, said: “No more.”", "Ilse Brandt"),
        ("“No more of this,” said the mayor, Ilse Brandt.", "Ilse Brandt"),
        ("“No more of this,” its leader, Ilse Brandt, said.", "Ilse Brandt"),
        ("Ilse Brandt, head of the town’s council, said: “No more.”", "Ilse Brandt"),
        ("“No more of this,” Ilse Brandt (Lower Tamsin) said.", "Ilse Brandt"),
        (
            "A spokesman for the harbour said it was “no more than rust”.",
            "A spokesman for the harbour",
        ),
        ("“No more of this,” residents said.", "residents"),
        ("Maria van der Berg said: “No more.”", "Maria van der Berg"),
        ("“I was asleep,” Olu Adeyemi, 43, a fishmonger, told the Courier.", "Olu Adeyemi"),
        ("“I was asleep,” Olu Adeyemi, 43, said.", "Olu Adeyemi"),
        ("“We attack,” said Striker Kofi Mensah.", "Kofi Mensah"),
        ("“We attack too,” Striker Kofi Mensah snorted.", "Kofi Mensah"),
        ("Jean-Luc O’Brien said: “No more.”", "Jean-Luc O’Brien"),
        ("“No more of this,” former Lower Tamsin harbour keeper Ann Lee wrote.", "Ann Lee"),
        ("“No more,” Lower Tamsin keeper Bob Ray’s chief of staff, Ann Lee, told us.", "Ann Lee"),
        ("“No more of this,” reads a Wednesday editorial.", "a Wednesday editorial"),
    ],
)
def test_names_are_whole(text: str, name: str) -> None:
    ((_, speaker),) = said_in(text)
    assert speaker == name


def test_short_names_titles_and_offices_are_resolved() -> None:
    text = (
        "Ilse Brandt, the mayor, met Tiemo Brack.\n“One more time,” said Mrs Brandt.\n"
        "“Two more times,” Brack said.\n“Three more times,” the mayor said."
    )
    assert [speaker for _, speaker in said_in(text)] == [
        "Ilse Brandt",
        "Tiemo Brack",
        "Ilse Brandt",
    ]


def test_a_surname_alone_keeps_its_title() -> None:
    text = "“One more,” said Mrs. Quill.\n“Two more,” Quill said. “Three.”\n“Four,” said Ann Lee."
    assert [speaker for _, speaker in said_in(text)] == ["Mrs. Quill", "Mrs. Quill", "Ann Lee"]


def test_pronouns_are_resolved_by_gender_and_nearness() -> None:
    text = (
        "Anna Lark met Peter Moss. She was late.\n“I was late again,” she said.\n"
        "Moss shrugged. “I was early,” he said.\nLark laughed. “We never meet,” she said."
    )
    assert [speaker for _, speaker in said_in(text)] == ["Anna Lark", "Peter Moss", "Anna Lark"]


def test_pronouns_after_a_source_and_people_without_a_known_first_name_are_resolved() -> None:
    text = (
        "The coastguard wrote: “Do not eat it.”\nHer neighbour Tamsyn Roe, who came, was calm. “It is"
        " boiled,” she said.\nFemi Osei, a curator, came too. According to him, it was “all in hand”."
    )
    assert [speaker for _, speaker in said_in(text)] == [
        "The coastguard",
        "Tamsyn Roe",
        "Femi Osei",
    ]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "„Es ist alt“, sagte Verkehrsministerin Sunniva Dahl.", "Sunniva Dahl"),
        ("de", "Laut Kapitän Nils Aker ist das Schiff „nicht sicher genug“.", "Nils Aker"),
        ("fr", "Odile Aubin arrive. « Il dit ça chaque hiver », sourit-elle.", "Odile Aubin"),
        ("fr", "Jean Castel arrive. « Pas la fin du pain », a-t-il ajouté.", "Jean Castel"),
        ("es", "«Nadie avisó», recuerda el farero, Tomás Iriarte.", "Tomás Iriarte"),
    ],
)
def test_other_languages_have_their_own_habits(language: str, text: str, name: str) -> None:
    ((_, speaker),) = said_in(text, language)
    assert speaker == name


def test_two_people_with_one_surname_are_told_apart() -> None:
    text = (
        "“I was first,” said Karl Brandt.\nIlse Brandt disagreed. “He was second,” Brandt said.\n"
        "“Third, in fact,” Karl Brandt said."
    )
    assert [speaker for _, speaker in said_in(text)] == [
        "Karl Brandt",
        "Ilse Brandt",
        "Karl Brandt",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “smart meter” is not clever.",
        "She wrote the novel “The Long Tide” in 1998.",
        "The leaflet, “Your Meter and You”, has forty pages.",
        "He is known as “Buzz”.",
        "The word “cost” appears once.",
        "A banner read “Leaf Us Alone”.".replace("read", "with the slogan"),
        "On Harbour FM’s “Midday with Bob Ray,” while the rain fell, Ann Lee sang.",
        'The plank is 6" thick and 12" long.',
        "The dogs’ day and the cats’ night came in ’98.",
    ],
)
def test_quoted_words_that_nobody_says_are_left_out(text: str) -> None:
    assert said_in(text) == []


def test_what_goes_on_has_the_same_speaker() -> None:
    text = "“It broke,” said Ann Lee. She sat down. “It broke twice. Nobody came.”"
    assert said_in(text) == [("It broke,", "Ann Lee"), ("It broke twice. Nobody came.", "Ann Lee")]


def test_pieces_of_one_quotation_are_joined() -> None:
    text = "“It broke,” said Ann Lee, “and nobody came.”"
    assert said_in(text) == [("It broke,” said Ann Lee, “and nobody came.", "Ann Lee")]
    (quotation,) = found_in(text)
    assert len(quotation.parts) == 2
    document = document_of(text)
    assert document.quote(quotation.outer) == text
    assert document.quote(quotation.sentence) == text


def test_open_paragraphs_are_joined_and_know_their_speaker() -> None:
    text = "“It broke in March, as we all know.\n“It broke again in May,” Ann Lee said.\nThe end."
    ((words, speaker),) = said_in(text)
    assert speaker == "Ann Lee"
    assert words == "It broke in March, as we all know.\n“It broke again in May,"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee was asked, “What broke first, and why?”",
        "Passengers were told by text message: “Have a nice day, all of you.”",
    ],
)
def test_what_is_put_to_somebody_is_not_theirs(text: str) -> None:
    ((_, speaker),) = said_in(text)
    assert speaker == ""


@pytest.mark.parametrize(
    ("announcement", "is_sure"),
    [
        ("Stated Ann Lee:", True),
        ("Ann Lee wrote to the council:", True),
        ("Ann Lee caught them at it:", False),
    ],
)
def test_a_paragraph_with_a_colon_announces_the_next(announcement: str, is_sure: bool) -> None:
    (quotation,) = found_in(f"{announcement}\n“It broke in March, as we all know.”")
    assert (quotation.speaker, quotation.is_sure) == ("Ann Lee", is_sure)


def test_the_sure_ones_are_named_and_near() -> None:
    (sure,) = found_in("“It broke in March,” said Ann Lee.")
    assert sure.is_sure
    assert sure.reason == "“said Ann Lee” after the quotation"
    _, unsure = found_in("“It broke,” said Ann Lee.\nIt rained.\n“Nobody came, not one of them.”")
    assert unsure.speaker == "Ann Lee"
    assert not unsure.is_sure
    assert unsure.reason == "spoke last, in a paragraph before"


@pytest.mark.parametrize(
    ("words", "is_announced"),
    [
        ("On Tuesday, Solvay shot back, “It never worked.”", True),
        ("On Tuesday, Solvay shot back: “It never worked.”", True),
        ("Later; Solvay turned red, “It never worked.”", True),
        ("On Tuesday, Solvay shot back, “it never worked.”", False),
        ("On Tuesday, Solvay carried a placard “No more rust, ever again”.", False),
        ("On Tuesday, Solvay carried a placard; “No more rust, ever again”.", False),
        ("On Tuesday Solvay was seen with her placard, “No more rust, ever again”.", False),
    ],
)
def test_a_clause_announces_a_whole_sentence_after_a_comma_or_a_colon(
    words: str, is_announced: bool
) -> None:
    """The clause is that after the last comma, so that its first name is who speaks."""
    reasons = [each.reason for each in found_in(WHO + words)]
    assert (
        any(reason.endswith("in front of the quoted words") for reason in reasons) == is_announced
    )
