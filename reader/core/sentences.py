"""Divide a piece of text into sentences.

``sentencex`` finds sentence boundaries in many languages. The rules here correct it for news:
sentences inside quotation marks are divided, too, and a closing mark belongs to the sentence that
it closes; ``U.S.``, ``Inc.`` or ``p.m.`` end a sentence only if the next word may begin one;
titles, initials, ``No. 5`` and ``Jan. 6`` never end one.
"""

from __future__ import annotations

import re
from functools import lru_cache

import sentencex

from reader.core.document import TextRange
from reader.core.words import trim

_MASK = str.maketrans(dict.fromkeys('"“”„‟«»()', " "))
"""Quotation marks and brackets become spaces, because ``sentencex`` does not divide inside them."""

_CLOSING = "\"'”’»«)]」』）】"
_CLOSERS = re.escape(_CLOSING + "“")
_OPENERS = "\"'“‘„«»‹(\\[¿¡—–\\-"
_END = re.compile(
    rf"(?<![.!?…])(?<!\.\s)(?P<stop>\.(?:\s?\.)++|[.!?…]++)(?P<close>[{_CLOSERS}]*+)"
    rf"(?P<notes>(?:\[[\w ]{{1,20}}\]|[¹²³⁰-⁹*†‡])*+)"
    rf"(?P<space>\s+)(?=(?:[—–-]\s)?[{_OPENERS}]*(?P<next>\w[\w’'-]*\.?)?)"
)
"""A possible end of a sentence, and the first word after it."""

_LOOK_BACK = 500
"""The most code points that a rule looks back, so that its time does not grow with the text."""

_CAMEL = re.compile(r"\w[A-Z]")
"""The start of a name such as iPhone, which begins with a lower-case letter."""

_TOKEN = re.compile(rf"[^\s{_OPENERS}/]*$")
_MARKER = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]+)")
"""The number of a list item, at the start of a sentence."""

_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_QUOTING = "とっがはにもをのでやか、，"
"""Characters that continue a Japanese sentence after a quotation inside it."""


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _word_set(
    """adm amb atty brig capt cmdr col comdr cpl dir dr drs fr gen gov hon insp lt maj messrs mlle
    mme mmes mr mrs ms msgr pfc pres prof pvt rep reps rev sen sens sgt sr sra srta supt vs v
    dra ing lic dña herr hr frl nr hrsg e.g i.e cf viz a.k.a"""
)
"""Abbreviations that never end a sentence."""

_NUMBERING = _word_set(
    """no nos fig figs p pp vol vols art arts sec ch chap ca approx jan feb mar apr jun jul aug
    sep sept oct nov dec para eq op núm pág"""
)
"""Abbreviations that do not end a sentence if a number follows."""

_MAY_END = _word_set(
    """inc corp co ltd llc plc jr sr bros etc al st ft mt ave blvd rd dept assn univ est dist
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb
    nev okla ore pa penn tenn tex va vt wash wis wyo ont que esq ph.d"""
)
"""Abbreviations that may be inside a sentence, before a name, or at its end."""

_STARTERS = _word_set(
    """a about according after all also although among an and another any anyone are as asked at
    back be because before both but by can critics did do does during each earlier either even
    every everyone experts few finally for former four from further given had has have he
    her here his how however i if in indeed instead is it it's it’s its just later like
    many maybe meanwhile more moreover most mr mrs ms much my nearly neither never next no
    nobody none nor not nothing now of officials on once one only or other others our over perhaps
    police recently she should since so some somebody someone sometimes soon still such than that
    that's that’s the their then there there's there’s these they they're they’re this those though
    three through thus to today together two under unlike until we we're we’re well were what
    when where whether which while who why with without would yes yet you your"""
)
"""English words that, with a capital after an abbreviation, most likely begin a sentence. Words
that begin names as often (United, National, General, Senate) are left out."""

_TIME = frozenset({"a.m", "p.m", "am", "pm"})
_AFTER_TIME = _word_set(
    """monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    january february march april may june july august september october november december
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet eastern central pacific"""
)


@lru_cache(maxsize=512)
def find_sentences(text: str, language: str = "en") -> tuple[TextRange, ...]:
    """Return the sentences of ``text`` in order, with only white space between and around them.

    Args:
        text: One block's text, or a part of it.
        language: BCP 47 tag; an unknown language is treated as English.

    Returns:
        Ranges in ``text``, none of them empty, without white space at their ends.
    """
    code = re.split("[-_]", language, maxsplit=1)[0].lower() or "en"
    sentences: list[TextRange] = []
    start = 0
    for cut in [*_cuts(text, code), len(text)]:
        sentence = trim(text, TextRange(start, cut))
        start = cut
        if sentence.is_empty:
            continue
        if sentences and not (_has_words(text, sentence) and _has_words(text, sentences[-1])):
            sentences[-1] = TextRange(sentences[-1].start, sentence.end)
        else:
            sentences.append(sentence)
    return tuple(sentences)


def _has_words(text: str, sentence: TextRange) -> bool:
    """Return whether ``sentence`` contains a letter or a digit."""
    return any(char.isalnum() for char in text[sentence.start : sentence.end])


def _cuts(text: str, code: str) -> list[int]:
    """Return the offsets where the second and later sentences begin."""
    masked = text.translate(_MASK)
    sentencex_cuts = {
        _after_closers(text, masked, boundary["end_index"])
        for boundary in sentencex.get_sentence_boundaries(code, masked)
    }
    cuts: set[int] = set()
    judged: set[int] = set()
    start = 0
    for match in _END.finditer(text):
        cut = _after_closers(text, masked, match.end("notes"))
        judged.add(cut)
        verdict = _ends(text, match, start, code)
        if verdict or (verdict is None and cut in sentencex_cuts):
            cuts.add(cut)
            start = cut
    cuts.update(cut for cut in sentencex_cuts - judged if _divides_unspaced(text, cut))
    return sorted(cuts)


def _after_closers(text: str, masked: str, offset: int) -> int:
    """Return the start of the next sentence, given the approximate end of the one before.

    It is the first offset after the closing marks and the white space at ``offset``.
    """
    while offset > 0 and masked[offset - 1].isspace():
        offset -= 1
    while offset < len(text):
        char = text[offset]
        following = offset + 1
        if char.isspace():  # French sets a space inside its guillemets
            following = _after_space(text, offset)
            if (
                text[following : following + 1] != "»"
                or text[following + 1 : following + 2].isalnum()
            ):
                break
            following += 1
        elif not _closes(text, offset):
            break
        offset = following
    return _after_space(text, offset)


def _after_space(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _closes(text: str, offset: int) -> bool:
    """Return whether the character at ``offset`` closes a quotation or a bracket before it."""
    char, following = text[offset], text[offset + 1 : offset + 2]
    if char == "'":
        return text[offset - 1] in ".!?"
    if char == "“":  # it closes in German and opens in English
        return not following.isalnum()
    return char in _CLOSING


def _ends(text: str, match: re.Match[str], start: int, code: str) -> bool | None:
    """Return whether the sentence from ``start`` ends at ``match``; None if no rule decides."""
    following = match["next"] or ""
    if following[:1].islower() and not _CAMEL.match(following):
        sentence = text[max(start, match.start() - _LOOK_BACK) : match.end()]
        return False if any(map(str.isupper, sentence)) else None  # some texts have no capitals
    if not following:
        return None
    if match["stop"] != ".":
        return True if match["stop"][-1] in "…." or match["close"] else None
    before = text[max(match.start() - 40, 0) : match.start()]
    token = _TOKEN.search(before)
    word = token[0] if token else ""
    if match["close"] or match["notes"]:
        return not (match["close"][:1] == ")" and _is_aside(text, start, match.start()))
    if _MARKER.fullmatch(text, start, match.start()):
        return False
    return _ends_after(word, before[: len(before) - len(word)], following, code)


def _is_aside(text: str, start: int, end: int) -> bool:
    """Return whether the bracket that is open at ``end`` was opened inside the sentence."""
    start = max(start, end - _LOOK_BACK)
    before = text[start : max(text.rfind("(", start, end), start)].rstrip()
    return bool(before) and before[-1] not in '.!?…"”’'


def _ends_after(word: str, before: str, following: str, code: str) -> bool | None:
    """Return whether a sentence ends at the full stop after ``word``; None if no rule decides."""
    plain = word.lower()
    if plain in _TITLES and not (plain == "sr" and code == "en"):
        return False
    if plain in _NUMBERING:
        return not following[0].isdigit() and (None if word.islower() and plain != "no" else True)
    if code == "fr" and word in {"M", "MM", "Me"}:
        return False
    if code == "de" and word.isdigit() and len(word) <= 2:
        return False  # an ordinal
    if code != "en":
        return None
    if word.isdigit():
        return True
    bare = following.rstrip(".").lower()
    if plain in _TIME:
        return bare not in _AFTER_TIME and not following[0].isdigit()
    is_starter = bare in _STARTERS and not (len(bare) == 1 and following.endswith("."))
    if _INITIAL.fullmatch(word):
        if word == "I" and before.rstrip()[-1:].islower():
            return True
        return is_starter
    if plain in _MAY_END and (word[0].isupper() or plain in {"etc", "al"}):
        return is_starter
    return True if is_starter else None


def _divides_unspaced(text: str, cut: int) -> bool:
    """Return whether a boundary of ``sentencex`` without white space before it is right."""
    following = text[cut : cut + 1]
    if not following:
        return False
    if text[cut - 1] in "」』”）" and following in _QUOTING:
        return False
    last = text[:cut].rstrip("\"'”’»)]」』）】0123456789[")[-1:]
    if last in ".!?…":
        return following.isupper() and text[cut + 1 : cut + 2].islower()
    return True
