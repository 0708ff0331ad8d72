"""The words with which a language reports speech: the shape of the data in ``languages``."""

from __future__ import annotations

from functools import cached_property

import msgspec


class Lexicon(msgspec.Struct, frozen=True, dict=True):
    """How one language reports speech; all words are in lower case but for names and titles."""

    code: str
    """The language's primary subtag, as in BCP 47."""
    speech: frozenset[str]
    """Finite verbs that report speech wherever they stand: *said*, *wrote*."""
    nearby: frozenset[str]
    """Finite verbs that report speech only beside a quotation; also nouns or thoughts: *claims*."""
    describing: frozenset[str]
    """Finite verbs whose object may be a few quoted words: *called*, *criticised*."""
    participles: frozenset[str]
    """Participles that go on with the subject of the sentence: *adding*."""
    infinitives: frozenset[str]
    """Infinitives that may report a quotation: *to demand*."""
    thoughts: frozenset[str]
    """Verbs of thought, which a speech verb before them governs: *said she believed*."""
    outer: frozenset[str]
    """Speech verbs that govern what a thought inside their clause says: *said he hoped*."""
    asides: frozenset[str]
    """Auxiliaries and adverbs between a subject and its verb."""
    pronouns: dict[str, str]
    """Subject pronouns: ``m``, ``f``, ``p`` (several, or any), ``n`` (a thing), ``x`` (unknown)."""
    possessives: frozenset[str]
    """Possessive determiners."""
    gendered: dict[str, str]
    """Every word that shows the gender of the person meant, ``m`` or ``f``."""
    relatives: frozenset[str]
    """Relative pronouns: *who*."""
    determiners: frozenset[str]
    """Words that begin a noun phrase."""
    articles: frozenset[str]
    """Determiners that are never a noun phrase, so that what follows is no verb."""
    oblique: frozenset[str]
    """Words after which a name is not the subject: *against*."""
    addressing: frozenset[str]
    """Speech verbs whose object is the person spoken to: *told*."""
    utterances: frozenset[str]
    """Nouns whose owner speaks: *her response was*."""
    prepositions: frozenset[str]
    """Words that attach a place or a group to a noun phrase: *of*, *at*."""
    breaks: frozenset[str]
    """Words that end a noun phrase to their left, or to their right."""
    sources: frozenset[tuple[str, ...]]
    """Phrases that name a source without a verb: *according to*."""
    starters: frozenset[str]
    """Words with a capital at the start of sentences that are no names."""
    openers: frozenset[str]
    """Words that begin a phrase before the subject: *In*, *After*."""
    titles: frozenset[str]
    """Titles and offices before names, as written."""
    masculine: frozenset[str]
    """Titles and nouns of men."""
    feminine: frozenset[str]
    """Titles and nouns of women."""
    particles: frozenset[str]
    """Lower-case parts of names: *van*, *de*."""
    organisations: frozenset[str]
    """Words that the names of organisations contain."""
    offices: frozenset[str]
    """Nouns that stand for a person named before: *the senator*."""
    people: frozenset[str]
    """Plural nouns that speak without a determiner: *residents*."""
    works: frozenset[str]
    """Nouns beside which quotation marks hold a title or a slogan: *film*, *banner*."""
    naming: frozenset[str]
    """Words before quoted names that nobody says: *so-called*, *titled*."""
    passive: frozenset[str]
    """Auxiliaries of the passive: *was*."""
    agents: frozenset[str]
    """Prepositions of the agent of a passive: *by*."""
    conjunctions: frozenset[str]
    """Words that join two verbs of one subject: *and*, *but*."""
    function_words: frozenset[str]
    """Frequent words, from which the language of a text is guessed."""
    clitics: frozenset[str] = frozenset()
    """Verb and pronoun as one word after a quotation: *dit-il*."""
    adverb_ending: str = "\0"
    """The ending of adverbs between a subject and its verb: *ly*."""
    past_ending: str = "\0"
    """The ending of most verbs after a quotation and its subject: *ed*."""
    participle_ending: str = "\0"
    """The ending of participles at the start of a sentence: *ing*."""
    infinitive_mark: str = "\0"
    """The word before infinitives: *to*."""
    subordinators: frozenset[str] = frozenset()
    """Words that begin a clause before the main one: *when*."""
    modals: frozenset[str] = frozenset()
    """Auxiliaries before what nobody has said yet: *will say*."""
    idioms: frozenset[tuple[str, str]] = frozenset()
    """Verbs that report speech with the word after them: *put it*."""
    pointers: frozenset[str] = frozenset()
    """Words that point back to what was quoted: *That is what she said*, *So said the mayor*."""
    headings: frozenset[str] = frozenset()
    """Words before a colon that name no speaker: *Note: “…”*."""
    actions: frozenset[str] = frozenset()
    """Verbs beside a quotation that report no speech elsewhere: *she began*."""
    days: frozenset[str] = frozenset()
    """The days of the week, which may stand between a subject and its verb."""
    has_elisions: bool = False
    """Whether short words lose their vowel before another one: *l’ingénieur*."""
    nouns_have_capitals: bool = False
    """Whether all nouns have capitals, so that a capital makes no name."""

    @cached_property
    def cues(self) -> frozenset[str]:
        """All words that may report speech before a quotation."""
        return self.speech | self.nearby | self.describing | self.participles


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
