"""Read the paragraphs of an article in order, and attribute what stands in quotation marks."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document
from reader.core.speech.attribution import Attributor
from reader.core.speech.genitives import GENITIVE
from reader.core.speech.language_choice import lexicon_for
from reader.core.speech.marks import (
    DIALOGUE_DASH,
    Marked,
    find_dialogue,
    find_marked,
    uses_dialogue_dashes,
    uses_single_marks,
)
from reader.core.speech.not_speech import is_scare, is_title, is_work
from reader.core.speech.passages import Passage
from reader.core.speech.people import People
from reader.core.speech.phrases import Phrases
from reader.core.speech.quotation import NOBODY, Attribution, Evidence, Part
from reader.core.speech.speakers import Speakers
from reader.core.speech.tokens import Sentence, range_of, sentences_of

_SAMPLE = 200_000
"""How many code points the language and the habit of quoting are found from."""

_UNSPACED = "\u3040"
"""From here on scripts write words without spaces: kana, Han."""

_UNREAD = frozenset({BlockKind.CODE, BlockKind.RULE, BlockKind.IMAGE})


class Paragraph(NamedTuple):
    """A block that may hold quotations."""

    block: Block
    marked: list[Marked]
    sentences: list[Sentence]


class Narrative:
    """Reads a document from its start to its end."""

    def __init__(self, document: Document, *, lone_singles: bool = False) -> None:
        """Find the sentences and the people of a document.

        Args:
            document: The document.
            lone_singles: As for ``find_marked``.
        """
        text = self._text = document.text
        start = document.blocks[0].start if document.blocks else 0
        sample = text[start : start + _SAMPLE]
        self.lexicon = lexicon_for(document.metadata.language, sample)
        """The words of its language."""
        singles, dashes = uses_single_marks(sample), uses_dialogue_dashes(sample)
        self.paragraphs: list[Paragraph] = []
        """The blocks with words, in order."""
        for block in document.blocks:
            if block.kind in _UNREAD or block.residue or block.end <= block.start:
                continue
            if dashes and text[block.start] == DIALOGUE_DASH:
                marked = find_dialogue(text, block.start, block.end)
            else:
                is_heading = block.kind is BlockKind.HEADING
                marked = find_marked(
                    text,
                    block.start,
                    block.end,
                    singles=singles or is_heading,
                    lone_singles=lone_singles,
                )
            sentences = sentences_of(text, block.range, marked, self.lexicon)
            if sentences:
                self.paragraphs.append(Paragraph(block, marked, sentences))
        phrases = Phrases(text, self.lexicon)
        self.people = People(text, [each.sentences for each in self.paragraphs], self.lexicon)
        """Who is named."""
        self._speakers = Speakers(text, self.lexicon, self.people, phrases)
        self._attributor = Attributor(text, self.lexicon, phrases, self._speakers)
        self.announced: list[Attribution | None] = []
        """For each paragraph that was read, who it announces to speak in the next one."""
        self._found: list[Passage] = []

    def passages(self) -> list[Passage]:
        """Return the quoted passages that somebody says, in order."""
        announced: Attribution | None = None
        for number, paragraph in enumerate(self.paragraphs):
            announced = self._read(number, paragraph, announced)
            self.announced.append(announced)
        return [self._with_title(passage) for passage in self._found]

    def _with_title(self, passage: Passage) -> Passage:
        """Return a passage whose speaker has a title where the article has no first name."""
        part, attribution = passage.part, passage.attribution
        name = self.people.with_title(attribution.speaker)
        return replace(passage, part=replace(part, attribution=replace(attribution, speaker=name)))

    def _read(
        self, number: int, paragraph: Paragraph, announced: Attribution | None
    ) -> Attribution | None:
        """Read a paragraph; return who it announces to speak in the next one."""
        before: Attribution | None = None  # who the sentence before says has spoken
        last: Attribution | None = None  # who the last sentence says has spoken
        here: list[Passage] = []
        for position, sentence in enumerate(paragraph.sentences):
            context = _Context(
                number, paragraph, sentence, here, before, announced if position == 0 else None
            )
            last = of_sentence = self._read_sentence(context)
            if here and position and not context.passages:
                self._point_back(context, paragraph.sentences[position - 1])
            if of_sentence is not None:
                before = of_sentence
            elif said := self._attributor.reporting_subject(sentence, number):
                before = last = said
                if not context.passages:
                    self._speakers.heard(said.speaker, number)
        ends_with_colon = (
            self._text[paragraph.block.start : paragraph.block.end].rstrip()[-1:] == ":"
        )
        if not ends_with_colon:
            return None
        if last is not None:
            return _inherited(last, Evidence.INTRODUCED)
        sentence = paragraph.sentences[-1]
        found = self._attributor.by_subject(sentence, len(sentence), number)
        return found if found.speaker or before is None else _inherited(before, Evidence.EARLIER)

    def _point_back(self, context: _Context, before: Sentence) -> None:
        """Attribute what nobody says yet in the sentence before to whom this one names."""
        said = self._attributor.pointing_back(context.sentence, context.number)
        if said is None or not said.speaker:
            return
        here, place = context.here, range_of(before)
        here[:] = [
            replace(passage, part=replace(passage.part, attribution=said))
            if passage.sentence == place and passage.attribution.evidence in _WEAK
            else passage
            for passage in here
        ]
        self._found[-len(here) :] = here

    def _read_sentence(self, context: _Context) -> Attribution | None:
        """Read a sentence; return who it says has said its passages, if it does."""
        of_sentence: Attribution | None = None
        for index, token in enumerate(context.sentence):
            if (marked := token.marked) is None:
                continue
            attribution = self._attribution(context, index, marked, of_sentence)
            if attribution is None:
                continue
            passage = Passage(
                Part(marked.start, marked.end, marked.outer, attribution),
                context.number,
                range_of(context.sentence),
                marked.is_closed,
                marked.outer.start == context.paragraph.block.start,
            )
            context.here.append(passage)
            self._found.append(passage)
            if attribution.speaker:
                if attribution.evidence in _DIRECT:
                    of_sentence = attribution
                self._speakers.heard(attribution.speaker, context.number)
        return of_sentence

    def _attribution(
        self, context: _Context, index: int, marked: Marked, of_sentence: Attribution | None
    ) -> Attribution | None:
        """Return who said a passage; None if it is no speech."""
        inner = self._text[marked.start : marked.end]
        sentence, lexicon = context.sentence, self.lexicon
        count = _count_words(inner)
        found = self._attributor.attribute(sentence, index, context.number)
        is_long = count >= 5 or (
            inner[0].isupper()
            and ((count >= 3 and inner[-1] in ",.?!") or (count >= 2 and context.words == 0))
        )
        if is_work(sentence, index, inner, lexicon):
            return None
        if found and found.evidence in _GOVERNED and is_scare(sentence, index, inner, lexicon):
            found, is_long = None, False
        if found:
            return found
        if is_title(sentence, index, inner, lexicon):
            return None
        follows = sentence[index - 1] if index else None
        is_listed = follows is not None and (
            follows.is_sign(",") or follows.lower in lexicon.conjunctions
        )
        if of_sentence and (count >= 2 or is_listed):
            return _inherited(of_sentence, Evidence.SAME_SENTENCE)
        if is_long and not context.is_heading:
            return self._unattributed(context, index, marked, count)
        if inner[0].islower() and count >= 3:
            found = self._attributor.by_subject(sentence, index, context.number)
            return found if found.speaker else None
        if count >= 2 and context.before and context.here and inner[0].islower():
            return _inherited(context.before, Evidence.SENTENCE_BEFORE)
        return None

    def _unattributed(
        self, context: _Context, index: int, marked: Marked, count: int
    ) -> Attribution | None:
        """Return who said a passage that its sentence does not attribute."""
        number, here, last = context.number, context.here, self._found[-1:]
        opens_paragraph = marked.outer.start == context.sentence[0].start and not here
        if opens_paragraph and last and last[0].paragraph == number - 1 and not last[0].is_closed:
            return _inherited(last[0].attribution, Evidence.CONTINUED)
        if index and context.sentence[index - 1].is_sign(":"):
            return NOBODY
        if marked.mark == DIALOGUE_DASH and not here:
            return NOBODY  # another one answers
        if here and self._names_another(context.sentence, here[-1].attribution):
            return self._attributor.by_subject(context.sentence, len(context.sentence), number)
        if context.words <= 3:
            if here:
                return _inherited(here[-1].attribution, Evidence.SAME_PARAGRAPH)
            if context.before:
                return _inherited(context.before, Evidence.SENTENCE_BEFORE)
            if context.announced and context.announced.speaker:
                return context.announced
            return self._earlier(number, 2)
        if count >= 6:
            if context.before:
                return _inherited(context.before, Evidence.SENTENCE_BEFORE)
            earlier = self._earlier(number, 1)
            if earlier.speaker or self._text[marked.end - 1] == ",":
                return earlier
        found = self._attributor.by_subject(context.sentence, index, number)
        return found if found.speaker else None

    def _names_another(self, sentence: Sentence, attribution: Attribution) -> bool:
        """Return whether a sentence names somebody else than who said what was quoted before it."""
        known = {*attribution.speaker.split(), *self.lexicon.titles}
        names = (GENITIVE.sub("", token.text) for token in sentence if token.is_capital)
        return bool(attribution.speaker) and any(
            name not in known and self.people.is_known(name) for name in names
        )

    def _earlier(self, number: int, distance: int) -> Attribution:
        name = self._speakers.last_within(number, distance)
        return Attribution(name, None, Evidence.EARLIER if name else Evidence.NONE)


_DIRECT = frozenset(
    {Evidence.AFTER, Evidence.BEFORE, Evidence.PARTLY, Evidence.ASIDE, Evidence.SOURCE}
)
"""Evidence in the sentence itself."""

_WEAK = frozenset({Evidence.NONE, Evidence.EARLIER, Evidence.SENTENCE_BEFORE})
"""Evidence that another sentence which points back to a passage outweighs."""

_GOVERNED = frozenset({Evidence.BEFORE, Evidence.PARTLY})


class _Context(NamedTuple):
    """Where the passages of a sentence stand."""

    number: int
    """The number of the paragraph, from 0."""
    paragraph: Paragraph
    """The paragraph."""
    sentence: Sentence
    """The sentence."""
    here: list[Passage]
    """The passages of the paragraph so far."""
    before: Attribution | None
    """Who the sentence before says has spoken."""
    announced: Attribution | None
    """Who the paragraph before announces, for the first sentence."""

    @property
    def is_heading(self) -> bool:
        """Whether the paragraph is a heading."""
        return self.paragraph.block.kind is BlockKind.HEADING

    @property
    def passages(self) -> int:
        """How many passages in marks the sentence has."""
        return sum(token.marked is not None for token in self.sentence)

    @property
    def words(self) -> int:
        """How many words of the narrator the sentence has."""
        return sum(token.is_word for token in self.sentence)


def _inherited(attribution: Attribution, evidence: Evidence) -> Attribution:
    evidence = evidence if attribution.speaker else Evidence.NONE
    return replace(attribution, evidence=evidence)


def _count_words(inner: str) -> int:
    """Return about how many words a passage has; two characters are one where none are parted."""
    return len(inner) // 2 if inner[0] >= _UNSPACED else inner.count(" ") + 1
