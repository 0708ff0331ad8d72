"""Tell quoted words that nobody speaks: titles, slogans, nicknames, so-called things."""

from __future__ import annotations

from reader.core.speech.genitives import is_genitive
from reader.core.speech.lexicon import Lexicon, words
from reader.core.speech.tokens import Sentence

_LONGEST_TITLE = 8
"""How many words a title has at most."""

_SMALL = words("of the a an and in to for on with at by from or de la le les des du und der")
"""Words that titles write in lower case."""


def is_title(sentence: Sentence, index: int, inner: str, lexicon: Lexicon) -> bool:
    """Return whether the passage at ``index`` is the title of a work, a slogan or a name.

    Args:
        sentence: The sentence.
        index: The index of the passage in it.
        inner: The words inside the marks.
        lexicon: The words of the language.
    """
    title = inner.rstrip(".,!?").split()
    if not title or len(title) > _LONGEST_TITLE:
        return False
    before = sentence[index - 1].lower if index else ""
    has_capitals = (
        len(title) > 1
        and title[0][0].isupper()
        and all(word[0].isupper() or word.lower() in _SMALL for word in title)
    )
    if has_capitals and not lexicon.nouns_have_capitals:
        follows_preposition = before in lexicon.prepositions or before.endswith(("'s", "’s"))
        if not inner.endswith(",") or follows_preposition or before == "to":
            return True
    near = [*sentence[max(0, index - 4) : index], *sentence[index + 1 : index + 3]]
    return inner[:1].isupper() and any(token.lower in lexicon.works for token in near)


def is_scare(sentence: Sentence, index: int, inner: str, lexicon: Lexicon) -> bool:
    """Return whether the words at ``index``, which a verb before them governs, are only a name."""
    before = sentence[index - 1] if index else None
    if before is not None and before.lower in lexicon.naming:
        return inner[0].isupper() or before.lower not in lexicon.cues
    return not _is_announced(sentence, index, lexicon) and is_title(sentence, index, inner, lexicon)


def is_work(sentence: Sentence, index: int, inner: str, lexicon: Lexicon) -> bool:
    """Return whether the word right before a passage says that it is a work: *the film “…”*."""
    if not index or inner.count(" ") >= _LONGEST_TITLE:
        return False
    before = sentence[index - 1]
    if before.is_word and before.is_capital and is_genitive(before):
        return is_title(sentence, index, inner, lexicon)  # a channel's or a writer's
    return before.lower in lexicon.works and inner[0].isupper()


def _is_announced(sentence: Sentence, index: int, lexicon: Lexicon) -> bool:
    """Return whether a colon or a verb with its comma announces a passage as speech."""
    if not index:
        return False
    before = sentence[index - 1]
    verbs = lexicon.speech | lexicon.nearby | lexicon.participles
    if before.is_sign(","):
        return index > 1 and sentence[index - 2].lower in verbs
    return before.is_sign(":") or before.lower in lexicon.speech | lexicon.participles
