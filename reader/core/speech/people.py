"""The people that an article names: their full names, their genders, and where they are named."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.core.speech.first_names import EITHER, FEMININE, MASCULINE
from reader.core.speech.genitives import GENITIVE, is_genitive
from reader.core.speech.lexicon import Lexicon
from reader.core.speech.tokens import Sentence

_SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"})
_NEAR = 700
"""How many code points before a surname the person of several with it is looked for."""


class Mention(NamedTuple):
    """A place where a person or an organisation is named."""

    start: int
    """Offset of its first code point."""
    name: str
    """The fullest name."""
    is_person: bool
    """Whether it is known to be a person."""
    is_organisation: bool
    """Whether it looks like an organisation."""
    is_subject: bool
    """Whether it begins its sentence or clause."""


class _Run(NamedTuple):
    """Capital words in a row."""

    start: int
    words: list[str]
    is_subject: bool
    office: str


class People:
    """Who is named in an article."""

    def __init__(
        self, text: str, paragraphs: Sequence[Sequence[Sentence]], lexicon: Lexicon
    ) -> None:
        """Find the names.

        Args:
            text: The text of the article.
            paragraphs: The sentences of each paragraph.
            lexicon: The words of its language.
        """
        self._text = text
        self._lexicon = lexicon
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        self._by_office: dict[str, set[str]] = defaultdict(set)
        self._genders: dict[str, str] = {}
        self._courtesies: dict[str, str] = {}
        self._starts: list[int] = []
        self.mentions: list[Mention] = []
        """Where someone is named, in the order of the text."""
        self._words = frozenset(
            token.text
            for sentences in paragraphs
            for each in sentences
            for token in each[1:]
            if token.is_capital
        )
        runs = [run for sentences in paragraphs for each in sentences for run in self._runs(each)]
        for run in runs:  # a headline may have the surname before the text has the full name
            self._learn(run)
        for run in runs:
            self._note(run)
        self._vote_on_genders(paragraphs)

    # Names

    def fullest(self, words: Sequence[str], offset: int) -> str:
        """Return the fullest name in the article of the person named by ``words``."""
        name = self.bare(words)
        names = self._by_surname.get(name, ())
        if not names:
            return name
        if len(names) > 1:
            for at in range(self.index_before(offset) - 1, -1, -1):
                mention = self.mentions[at]
                if offset - mention.start > _NEAR:
                    break
                if mention.name in names and mention.is_subject:
                    return mention.name
        return names[0]

    def bare(self, words: Sequence[str]) -> str:
        """Return a name without titles, offices and genitives."""
        kept = [GENITIVE.sub("", word) for word in words]
        for at in range(len(kept) - 2, -1, -1):
            if self._is_title(kept[at]):
                kept = kept[at + 1 :]
                break
        while len(kept) > 1 and (
            kept[0] in self._lexicon.starters
            or (len(kept) > 2 and kept[0].isupper() and "." not in kept[0])
        ):
            kept = kept[1:]
        return " ".join(kept)

    def with_title(self, name: str) -> str:
        """Return a surname alone with the title that the article gives it: *Mrs. Tansley*."""
        return f"{self._courtesies[name]} {name}" if name in self._courtesies else name

    def is_known(self, word: str) -> bool:
        """Return whether a capital word at the start of a sentence is a name."""
        word = GENITIVE.sub("", word)
        return word in self._words or _is_first_name(word) or word in self._lexicon.titles

    def _is_title(self, word: str) -> bool:
        """Return whether a capital word before a name is a title or an office."""
        lexicon, lower = self._lexicon, word.lower()
        return (
            word in lexicon.titles
            or lower in lexicon.offices
            or (lexicon.nouns_have_capitals and lower.endswith(tuple(lexicon.offices)))
        )

    def holder_of(self, office: str) -> str:
        """Return the only person with an office in the article; empty if none or several."""
        holders = self._by_office.get(office, set())
        return next(iter(holders)) if len(holders) == 1 else ""

    def gender_of(self, name: str) -> str:
        """Return ``m``, ``f``, or the empty string where it is unknown."""
        return self._genders.get(name) or _gender_of_first_name(name.split(" ", 1)[0])

    def assume_gender(self, name: str, gender: str) -> None:
        """Note the gender that a pronoun showed."""
        if not self.gender_of(name):
            self._genders[name] = gender

    def index_before(self, offset: int) -> int:
        """Return how many mentions begin before ``offset``."""
        return bisect_left(self._starts, offset)

    # Reading

    def _runs(self, sentence: Sentence) -> Iterator[_Run]:
        """Yield the capital words in a row that may be names."""
        lexicon, at, length = self._lexicon, 0, len(sentence)
        while at < length:
            token = sentence[at]
            if not token.is_capital or (
                token.text in lexicon.starters and token.text not in lexicon.titles
            ):
                at += 1
                continue
            end = at + 1
            while end < length and self._goes_on(sentence, end):
                end += 1
            if at == 0 and end < length and sentence[end].is_sign(":") and end > 1:
                at += token.lower in lexicon.speech  # *Said Solvay: “…”*
            words = [each.text for each in sentence[at:end]]
            before = sentence[at - 1] if at else None
            begins = before is None or before.is_sign(",")
            if at == 0 and end == 1 and not self.is_known(token.text):
                at = end
                continue
            if not lexicon.nouns_have_capitals or self._is_german_name(sentence, at, end):
                is_subject = begins and not is_genitive(sentence[end - 1])
                yield _Run(sentence[at].start, words, is_subject, self._office_after(sentence, end))
            at = end

    def _goes_on(self, sentence: Sentence, at: int) -> bool:
        token, before = sentence[at], sentence[at - 1]
        if token.is_capital:
            return (
                self._text[before.end : token.start] in (" ", "\u00a0")
                and not is_genitive(before)
                and token.text != "I"
            )
        while at < len(sentence) - 1 and sentence[at].text in self._lexicon.particles:
            at += 1
            if sentence[at].is_capital:
                return True
        return False

    def _is_german_name(self, sentence: Sentence, first: int, end: int) -> bool:
        words = [token.text for token in sentence[first:end]]
        if len(words) > 1:
            return True
        return words[0] in self._by_surname or _is_first_name(words[0])

    def _office_after(self, sentence: Sentence, end: int) -> str:
        """Return the office in an apposition: *Ilse Brandt, the mayor of ...*."""
        if end + 1 < len(sentence) and sentence[end].is_sign(","):
            for token in sentence[end + 1 : end + 7]:
                if not token.is_word:
                    break
                if token.lower in self._lexicon.offices:
                    return token.lower
        return ""

    def _learn(self, run: _Run) -> None:
        """Learn a full name by its surname."""
        parts = self.bare(run.words).split()
        if len(parts) < 2 or self._is_organisation(parts):
            return
        if len(parts) > 1 and parts[0] in self._by_surname and not _is_first_name(parts[0]):
            return  # two people in a row, or a campaign
        is_titled = len(run.words) > len(parts)
        if _is_first_name(parts[0]) or is_titled or parts[0].endswith(".") or len(parts) <= 3:
            names = self._by_surname[_surname(parts)]
            name = " ".join(parts)
            if name not in names:
                if _is_first_name(parts[0]):
                    known = sum(_is_first_name(each.split()[0]) for each in names)
                    names.insert(known, name)
                else:
                    names.append(name)

    def _note(self, run: _Run) -> None:
        """Note a mention, and what it shows of the person."""
        name = self.fullest(run.words, run.start)
        parts = name.split()
        if not parts or (len(parts) == 1 and parts[0] in self._lexicon.titles):
            return
        titles = run.words[: max(len(run.words) - len(self.bare(run.words).split()), 0)]
        if any(title in self._lexicon.feminine for title in titles):
            self._genders[name] = "f"
        elif any(title in self._lexicon.masculine for title in titles):
            self._genders[name] = "m"
        if len(parts) == 1 and titles:
            self._courtesies.setdefault(name, titles[-1])
        is_organisation = self._is_organisation(parts)
        is_person = not is_organisation and bool(
            titles or _is_first_name(parts[0]) or name in self._genders
        )
        if is_person:
            for office in (*(title.lower() for title in titles), run.office):
                if office in self._lexicon.offices:
                    self._by_office[office].add(name)
        self._starts.append(run.start)
        self.mentions.append(Mention(run.start, name, is_person, is_organisation, run.is_subject))

    def _is_organisation(self, parts: Sequence[str]) -> bool:
        return not self._lexicon.organisations.isdisjoint(parts) or (
            len(parts) == 1 and parts[0].isupper() and len(parts[0]) > 1
        )

    def _vote_on_genders(self, paragraphs: Sequence[Sequence[Sentence]]) -> None:
        """Take the gender of a person from the pronouns that follow the name."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for sentences in paragraphs:
            head = ""
            for sentence in sentences:
                subject, count = self._subject_of(sentence)
                first = self._lexicon.gendered.get(sentence[0].lower)
                if not subject and head and first:
                    votes[head][first] += 1
                if subject and count == 1:
                    genders = (self._lexicon.gendered.get(token.lower) for token in sentence)
                    if gender := next(filter(None, genders), None):
                        votes[subject][gender] += 1
                head = subject or head
        for name, counts in votes.items():
            gender, count = counts.most_common(1)[0]
            if not self.gender_of(name) and count * 2 > counts.total():
                self._genders[name] = gender

    def _subject_of(self, sentence: Sentence) -> tuple[str, int]:
        """Return who begins a sentence, and how many people are named in it."""
        first = self.index_before(sentence[0].start)
        last = self.index_before(sentence[-1].end)
        people = [each for each in self.mentions[first:last] if not each.is_organisation]
        reach = sentence[min(3, len(sentence) - 1)].end
        if people and people[0].is_subject and people[0].start < reach:
            return people[0].name, len(people)
        return "", len(people)


def _is_first_name(word: str) -> bool:
    return word in MASCULINE or word in FEMININE or word in EITHER


def _gender_of_first_name(word: str) -> str:
    if word in MASCULINE:
        return "m"
    return "f" if word in FEMININE else ""


def _surname(parts: Sequence[str]) -> str:
    return parts[-2] if parts[-1] in _SUFFIXES and len(parts) > 2 else parts[-1]
