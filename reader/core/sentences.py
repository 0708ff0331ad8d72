"""Divide a piece of text into sentences.

``sentencex`` finds sentence boundaries in many languages. The rules here correct it for news:
sentences inside quotation marks are divided, too, and a closing mark belongs to the sentence that
it closes; ``U.S.``, ``Inc.`` or ``p.m.`` end a sentence only if the next word may begin one;
titles, initials, ``No. 5`` and ``Jan. 6`` never end one; the items of a list inside a line are
sentences; a reference in brackets belongs to the quotation before it, and the number of a note to
its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import sentencex

from reader.core.document import TextRange
from reader.core.list_items import BULLETS, list_items

_MASKED = '"“”„‟«»()‘'
"""Quotation marks and brackets become spaces, because ``sentencex`` does not divide inside them."""

_SINGLE = re.compile(r"['’](?:(?<!\w.)|(?!\w))")
"""A single quotation mark, or an apostrophe at the end of a word."""

_PART = 8_192
"""How much of a text ``sentencex`` is asked for at once, in code points."""

_INSIDE = re.compile(r"\w\s(?=\w)")
"""A place where no sentence ends."""

_CLOSING = "\"'”’»«)]」』）】"
_CLOSERS = re.escape(_CLOSING + "“")
_OPENERS = "\"'“‘„«»‹(\\[¿¡—–\\-"
_NOTE = r"\[(?:(?:note|nb)\s)?(?:\d{1,3}|[a-z])(?:\s?[,;–-]\s?(?:\d{1,3}|[a-z]))*\]"
"""The number of a note, or several, which may stand apart from the sentence: ``“It fell.” [3]``."""

_END = re.compile(
    rf"(?P<stop>[.!?…](?<![.!?…].)(?<!\.\s.)(?:(?<=\.)(?:\s?\.)++|[.!?…]*+))"
    rf"(?P<close>[{_CLOSERS}]*+(?:\s»(?!\w))?)"
    rf"(?P<notes>(?:\s?{_NOTE}|\[[\w ]{{1,20}}\]|[¹²³⁰-⁹*†‡])*+)"
    rf"(?P<space>\s+)(?=(?P<dash>[—–-]\s)?[{_OPENERS}]*(?P<next>\w[\w’'-]*\.?)?)"
)
"""A possible end of a sentence, and the first word after it."""

_LOOK_BACK = 500
"""The most code points that a rule looks back, so that its time does not grow with the text."""

_CAMEL = re.compile(r"\w[A-Z]")
"""The start of a name such as iPhone, which begins with a lower-case letter."""

_TOKEN = re.compile(rf"[^\s{_OPENERS}/]*$")
_MARKER = re.compile(rf"\s*(?:[{BULLETS}]\s?)?\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]+)")
"""The number of a list item, at the start of a sentence."""

_BEFORE = 64
"""How much of a sentence before its full stop is looked at, in code points."""

_LONGEST_MARKER = 12
"""No marker with its white space is longer, in code points."""

_REFERENCE = re.compile(r"\([^()]{1,80}\)[.!?;,]")
"""A reference after a quotation, with the mark that ends the sentence."""

_SAYS_WHEN = re.compile(
    r"\W*(?>(?:\d[\d:.]*+(?:st|nd|rd|th)?|a|about|after|around|at|before|by|day|early|every|from|in"
    r"|just|last|late|next|of|on|shortly|since|that|the|this|until"
    r"|morning|noon|afternoon|evening|night|midnight|year|[ap]\.m|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[\s.,;]++)+",
    re.IGNORECASE,
)
"""The start of a sentence, before ``a.m.`` or ``B.C.``, that says nothing but when."""

_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_NUMERAL = re.compile(r"[IVXLC]+\s")
"""A Roman numeral, or the word ``I``."""

_ELLIPSIS = re.compile(r"\.\s\.\s\.")
_AFTER_SPACE = re.compile(rf"[^\s'’{re.escape(_MASKED)}]\s[^\s»]")
"""A space alone, after no mark that closes anything."""

_LOWER_WORD = re.compile(r"(?:^|\s)[a-z][\w’']*\s+$")
_QUOTING = "とっがはにもをのでやか、，"
"""Characters that continue a Japanese sentence after a quotation inside it."""


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _word_set(
    """adm amb atty brig capt cmdr col comdr cpl dir dr drs fr gen gov hon insp lt maj messrs mlle
    mme mmes mr mrs ms msgr pfc pres prof pvt rep reps rev sen sens sgt sr sra srta supt vs v
    dra ing lic dña herr hr frl nr hrsg mio mrd tsd e.g i.e cf viz a.k.a"""
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

_GERMAN_STARTERS = _word_set(
    """aber alle allerdings als also am an auch auf aus bei bis da dabei daher damit danach dann das
    dem den denn der deren deshalb dessen die dies diese diesem diesen dieser dieses doch dort du
    durch ein eine einem einen einer er erst es für gestern heute hier ich ihr im in ist jede jeder
    jetzt kein keine man mit nach nicht noch nun nur ob oder ohne schon sein seine seit sie so über
    um und unter vom von vor während war warum was weil wenn wer wie wir wo zu zum zur zwar"""
)
"""German words that, with a capital, do not follow an ordinal."""

_TIME = frozenset({"a.m", "p.m", "am", "pm"})
_ERA = frozenset({"b.c", "a.d", "b.c.e", "c.e"})
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
    start, had_words = _after_space(text, 0), True
    for cut in [*_cuts(text, code), len(text)]:
        end = cut
        while end > start and text[end - 1].isspace():
            end -= 1
        if end == start:
            continue
        has_words = text[start].isalnum() or any(map(str.isalnum, text[start:end]))
        if sentences and not (has_words and had_words):
            sentences[-1] = TextRange(sentences[-1].start, end)
            had_words = had_words or has_words
        else:
            sentences.append(TextRange(start, end))
            had_words = has_words
        start = cut
    return tuple(sentences)


def _cuts(text: str, code: str) -> list[int]:
    """Return the offsets where the second and later sentences begin."""
    masked = _masked(text)
    sentencex_cuts = {_after_closers(text, masked, end) for end in _sentencex_ends(masked, code)}
    items = list_items(text, code)
    cuts = {item.start for item in items if item.is_sentence}
    judged: set[int] = set()
    start = marker_end = 0
    for match in _END.finditer(text):
        while items and items[0].start <= match.start():
            item = items.pop(0)
            start, marker_end = item.start if item.is_sentence else start, item.text_start
        cut = _after_closers(text, masked, match.end())
        places = range(match.start("notes"), cut + 1)
        judged.update(places)
        verdict = match.start() >= marker_end and _ends(text, match, start, code)
        if verdict or (verdict is None and not sentencex_cuts.isdisjoint(places)):
            cuts.add(cut)
            start = cut
    cuts.update(cut for cut in sentencex_cuts - judged if _divides_unspaced(text, cut))
    return sorted(cuts)


def _masked(text: str) -> str:
    """Return ``text`` with spaces for quotation marks and brackets."""
    for mark in _MASKED:
        text = text.replace(mark, " ")
    return _SINGLE.sub(" ", text) if "'" in text or "’" in text else text


def _sentencex_ends(masked: str, code: str) -> Iterator[int]:
    """Yield the ends of sentences that ``sentencex`` finds.

    It is asked for one part after another, because its time grows with the square of the length.
    """
    start = 0
    while start < len(masked):
        inside = _INSIDE.search(masked, start + _PART)
        end = inside.end() if inside else len(masked)
        for boundary in sentencex.get_sentence_boundaries(code, masked[start:end]):
            if (found := start + boundary["end_index"]) < end or not inside:
                yield found
        start = end


def _after_closers(text: str, masked: str, offset: int) -> int:
    """Return the start of the next sentence, given the approximate end of the one before.

    It is the first offset after the closing marks and the white space at ``offset``.
    """
    if offset > 1 and _AFTER_SPACE.match(text, offset - 2):
        return offset  # mostly
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
                return following
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
    stop, close, notes, dash, following = match.group("stop", "close", "notes", "dash", "next")
    if following is None:
        return None
    end = match.start()
    if stop == "." and end - start < _LONGEST_MARKER and _MARKER.fullmatch(text, start, end):
        return False
    if following[0].islower() and not _CAMEL.match(following):
        if code == "el" and stop == ".":
            return None  # sentencex knows the abbreviations of Greek
        sentence = text[max(start, end - _LOOK_BACK) : match.end()]
        return False if any(map(str.isupper, sentence)) else None  # some texts have no capitals
    if close and _REFERENCE.match(text, match.end("space")):
        return False
    if dash and code == "ru" and _is_quoted(text, start, end):
        return False
    if stop != ".":
        if following == "I" and _ELLIPSIS.fullmatch(stop):
            return None
        return True if stop[-1] in "…." or close else None
    if close or notes:
        return not (close[:1] == ")" and _is_aside(text, start, end))
    before = text[max(end - _BEFORE, start) : end]
    word = before[before.rfind(" ") + 1 :]
    if not word.isalnum():
        token = _TOKEN.search(word)
        word = token[0] if token else ""
    return _ends_after(word, before[: len(before) - len(word)], following, code)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether a guillemet that was opened in the sentence is open at ``end``."""
    start = max(start, end - _LOOK_BACK)
    return text.rfind("«", start, end) > text.rfind("»", start, end)


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
        return following.lower() in _GERMAN_STARTERS  # or else an ordinal
    if code != "en":
        return None
    if word.isdigit():
        return True
    bare = following.rstrip(".").lower()
    if plain in _TIME or plain in _ERA:
        if following[0].isdigit() or (plain in _TIME and bare in _AFTER_TIME):
            return False
        says_only_when = len(before) + len(word) < _BEFORE and _SAYS_WHEN.fullmatch(before)
        return not says_only_when or bare in _STARTERS - _TITLES
    is_starter = bare in _STARTERS and not (len(bare) == 1 and following.endswith("."))
    if (len(word) == 1 or "." in word) and _INITIAL.fullmatch(word):
        if word == "I" and _LOWER_WORD.search(before):
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
        return following.isupper() and (
            text[cut + 1 : cut + 2].islower() or bool(_NUMERAL.match(text, cut))
        )
    return True
