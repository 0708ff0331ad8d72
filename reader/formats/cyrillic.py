"""Finds the encoding of a text in Cyrillic by its pairs of letters, also of a line or a word.

The encodings have the same bytes for other letters, and most of them for letters of another case.
So a wrong one gives pairs of letters that no language has, and capitals inside words.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from reader.formats.patterns import pattern

ENCODINGS: Final = ("cp1251", "koi8_r", "koi8_u", "mac_cyrillic", "cp866", "iso8859_5")
"""The encodings, the most frequent first."""

_SAMPLE: Final = 4096
"""The bytes that are looked at."""

_LEAST_SCORE: Final = 0.35
"""The least score of a text that is Cyrillic, of at most 1."""

_LEAST_LEAD: Final = 1.0
"""How many pairs of letters more than in another encoding must be usual ones."""

_LEAST_LETTERS: Final = 3
_LEAST_CAPITALS: Final = 5
"""The fewest letters of a text in capitals; fewer bytes may be two signs of Chinese."""

_LEAST_SHARE: Final = 0.5
"""The least share of letters outside ASCII: a text with fewer is in Latin letters with accents."""

_FAULT: Final = 1.5
"""What one sign that Cyrillic texts do not have takes from the score, in pairs of letters."""

_PAIRS: Final = (
    # Frequent in Russian, then more of Ukrainian, Bulgarian, Serbian and Belarusian.
    "ст ен ов но ни на ра ко то ро по ер ре ал ол пр ос ан ть ет не го ог ом от ор ел ле ла ли ло "
    "ва ве во ви те ти та тр да де до ди ка ки ку кр ма ми мо му ме за зн из ин ит ив ис им ие ия "
    "ий ый ой ая ое ые ах ам ям ем их ых ей ую ся сь со се са си ск сл см сп св бы бо ба бе бу бр "
    "об оп од оз ок аз ак ав ат ас ар аб ад аж ач ап ег ед ес ев еч еж ез ек еп ут ус ук ун ур уп "
    "уд уг уч ум ул га ги гл гр гу же жи жа жд жн ча че чи чт чн ша ше ши шл ще щи ща эт юд лю ль "
    "ля ны ну нн нт нс нь ня нк нд нц нг оч ош ож ощ он ой об ох ри ру ря рт рн рс рк рв рг рд рж "
    "рм рь ры ты ту тв тн тс вы вс вн вр вл вш вт вк пе па пи пу пл пт пы хо ха ху хр хи ца це ци "
    "цы ме мл мн мы мь бл бя бн бщ дв др дн ды ду дл дь дя ди дс дк зв за зд зы зо зи зе зу иг ид "
    "иб ик ил ич иш их иц иж ип иа ио йс йн йт кт кл кв кс ке лк лу лы лс лн лж сс ср су сн сч сы "
    "фо фи фе фа фр шк шн яв яз ят ях яс яд ял ям ящ юб ют юц юч ую ею аю яю ью ья ье ьн ьк ьс ьм "
    "ьш ьт ьз ъе ъя ые ым ыл ыв ыс ыт ын ыр ыб ёт ён ёл ёр ёж ёз её иё "
    "ів ій ії ні ві рі лі сі ці ді мі зі ті бі кі гі пі іт ін іс ід ік ір із іл їх її їн їв єм єт "
    "ює ає її як що йо ьо ць ою ґр жу чу шу юю "
    "ът ъс ък ъл ър ъв ъд ъп ъм ъз ъж въ съ къ тъ гъ пъ дъ лъ мъ бъ нъ зъ ще щя ят ян ия йк "
    "је ја ји ју јо ља ље љу ња њи ње ћа ће ћи ђе ђа џе еј ај уј иј рп ск оч ич "
    "ўс ўн аў оў яў еў ыя ае ці дз дз ся эр эк эт эн"
)

_LETTERS: Final = "\u0400-\u045f\u0490\u0491"
_WORD: Final = pattern(f"[{_LETTERS}]+")
_MIXED: Final = pattern(f"[A-Za-z][{_LETTERS}]|[{_LETTERS}][A-Za-z]")
_USUAL_SIGNS: Final = frozenset("«»“”„‘’–—…№§©°•\u00a0\u20ac")
_NEVER_FIRST: Final = frozenset("ьъыЬЪЫ")
_FRAME: Final = pattern("[\u2500-\u259f\u0080-\u009f]")


@cache
def _pairs() -> frozenset[str]:
    return frozenset(_PAIRS.split())


def cyrillic_encoding(data: bytes) -> str:
    """Return the encoding of bytes that are no UTF-8; empty if they are hardly Cyrillic.

    Args:
        data: The bytes, some of them outside ASCII.
    """
    first = next((at for at, byte in enumerate(data) if byte > 0x7F), 0)
    start = max(data.rfind(b"\n", 0, first), first - _SAMPLE // 2, 0)
    sample = data[start : start + _SAMPLE]
    scores: list[tuple[_Score, int, str, str]] = []
    for order, encoding in enumerate(ENCODINGS):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores.append((_score(text), -order, encoding, text))
    if not scores:
        return ""
    scores.sort(reverse=True)
    best, _, encoding, text = scores[0]
    others = [score.total for score, _, _, other in scores[1:] if not _is_like(other, text)]
    if text.isupper() and sum(map(str.isalpha, text)) < _LEAST_CAPITALS:
        return ""
    if best.share < _LEAST_SCORE or (others and best.total - max(others) < _LEAST_LEAD):
        return ""
    return encoding


def _is_like(text: str, other: str) -> bool:
    """Return whether two decodings differ in few signs, as KOI8-R and KOI8-U do."""
    return sum(one != two for one, two in zip(text, other, strict=True)) * 20 <= len(text)


class _Score(NamedTuple):
    """How much a text looks like Cyrillic."""

    total: float
    """The usual pairs of letters, less the unusual ones and the faults."""
    share: float
    """The same for each pair of letters, from 1 downwards."""


def _score(text: str) -> _Score:
    """Return how much a text looks like Cyrillic."""
    letters = sum(character.isalpha() for character in text)
    words = _WORD.findall(text)
    cyrillic = sum(map(len, words))
    if cyrillic < max(_LEAST_SHARE * letters, _LEAST_LETTERS):
        return _Score(-len(text), -1.0)
    hits = pairs = 0
    for word in words:
        folded = word.lower()
        known = sum(folded[at : at + 2] in _pairs() for at in range(len(folded) - 1))
        hits += known
        pairs += len(folded) - 1
    faults = sum(map(_case_faults, words)) + len(_MIXED.findall(text))
    faults += sum(word[0] in _NEVER_FIRST and len(word) > 1 for word in words)
    faults += 2 * len(_FRAME.findall(text))
    faults += sum(
        character > "\x7f" and character not in _USUAL_SIGNS and not _WORD.match(character)
        for character in text
    )
    faults += sum(
        before.isalpha() and character in "‘“„«–—…№€" and not after.isspace() and after.isalpha()
        for before, character, after in zip(text, text[1:], text[2:], strict=False)
    )
    total = 2 * hits - pairs - _FAULT * faults
    return _Score(total, total / max(pairs, 1))


def _case_faults(word: str) -> int:
    """Return how often a word goes from a small letter to a capital."""
    return sum(before.islower() and after.isupper() for before, after in pairwise(word))
