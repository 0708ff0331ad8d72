"""Makes names of authors of the texts in which pages state them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.core.author_names import with_suffixes

MAX_NAME = 80
"""The longest name, in characters."""

_FLAGS = re.IGNORECASE
_MONTHS = (
    "jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|m[aä]r(?:ch|z|s)?|apr(?:il)?|may|mai|june?|juni|july?|"
    "juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
_LEADS = re.compile(
    r"^\s*(?:(?:view|see|show|read)? ?(?:all |more )?(?:posts|articles|stories|content)"
    r"(?: written)? by|"
    r"(?:view|visit) (?:the )?(?:profile|page) of|(?:words|story|text|report|review|written|posted|"
    r"published|reported|authored|edited) by|authors?\s*:|autor(?:in)?\s*:|auteur\s*:|by|von|vom|"
    r"par|por|di|de la mano de|door|av|af|texte?\s*:|(?:zeige )?(?:alle )?(?:beiträge|artikel) von|"
    r"tous les articles (?:de|par)|ver todos los artículos de)(?:\s+|(?<=:))",
    _FLAGS,
)
_TAILS = re.compile(
    r"(?:\s*[,|–—-]?\s*(?:(?:view|see) (?:author|all|full|more|profile|bio|posts)\b.*|"
    r"get author\b.*|link copied.*|"
    r"follow\b.*|e-?mail\b.*|contact\b.*|said on\b.*|posted\b.*|published\b.*|updated\b.*|"
    r"last updated\b.*|\d{1,2}[./:]\d.*|\d{4}-\d.*|"
    rf"(?:\d{{1,2}}\.? )?(?:{_MONTHS})\.?(?:\s+\d.*)?|"
    r"(?:senior |chief |staff |political |science |business |sports |deputy |associate |"
    r"contributing |"
    r"managing |news |world |national |foreign |special |health |technology |tech )*"
    r"(?:writer|reporter|correspondent|editor|columnist|contributor|journalist|producer|author|"
    r"redakteur(?:in)?|autor(?:in)?|korrespondent(?:in)?|rédacteur|journaliste|redactor|periodista)s?"
    r"(?: (?:at|for|of|in|bei|chez)\b.*)?|ph\.?d\.?|m\.?d\.?|cnn|reuters|ap|afp|dpa|bbc(?: news)?|"
    r"associated press))$",
    _FLAGS,
)
_NO_NAME = re.compile(
    r"(?:the )?(?:editors?|staff|admin(?:istrator)?|author|autor|authors?|human|follow|guest|user|"
    rf"unknown|anonymous|byline|fail|view author archive|contributors?|(?:{_MONTHS})\.?|share|"
    r"comments?|lesedauer.*|reading time.*|updated?|published|posted|read more)",
    _FLAGS,
)
_NAMES_PARTED = re.compile(
    r"\s*(?:;|\||\s/\s|\u2022|\n|,? and (?=[^\W\d_])|,? & |,? und (?=[A-ZÄÖÜ])|,? et (?=[A-ZÉ])|"
    r",? y (?=[A-ZÁÉ])|, )\s*"
)
_LASTING = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|ii|iii|iv|md|ma|msc|rd)\.?", _FLAGS)


def names_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names in some texts, each once and without what surrounds it.

    Args:
        texts: Values of metadata and bylines, each with a name or several.
    """
    names: list[str] = []
    for text in texts:
        line = _LEADS.sub("", text)
        parts = _NAMES_PARTED.split(line) if line.count(" ") > 2 or ";" in line else [line]
        names += filter(None, map(_name, with_suffixes(parts)))
    return tuple(dict.fromkeys(names))


def _name(text: str) -> str:
    """Return a name without what stands around it; empty if it is none."""
    name, before = text.strip(" ,;|·•–—-"), ""
    while name != before:
        before = name
        shorter = _TAILS.sub("", _LEADS.sub("", name)).strip(" ,;|·•–—-")
        if " " not in shorter and name.count(" ") == 1 and name.istitle():
            break  # "Doris May" is a name
        name = shorter
    if not name or len(name) > MAX_NAME or "://" in name or _NO_NAME.fullmatch(name):
        return ""
    if _LASTING.fullmatch(name) or sum(map(str.isdigit, name)) > 4:
        return ""
    return name if any(map(str.isalpha, name)) else ""
