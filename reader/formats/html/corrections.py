"""Recognises corrections, clarifications, editor's notes and updates of an article."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Any

from reader.formats.html.candidates import is_sentence
from reader.formats.html.runs import PageRuns
from reader.formats.html.widgets import is_named_widget

_FLAGS = re.IGNORECASE
_LABELS = (
    "corrections?|clarifications?|corrections? (?:and|&) (?:clarifications?|amplifications?)|"
    "correction appended|erratum|"
    "errata|"
    "corrigendum|retraction|amendment|(?:editor|editors|publisher)['’]?s?['’]? note|"
    "note (?:from the editors?|to (?:our )?readers?)|updates?|updated|"
    "korrektur|berichtigung|richtigstellung|klarstellung|(?:anmerkung|hinweis) der redaktion|"
    "anm\\. d(?:er|\\.) red(?:\\.|aktion)|aktualisierung|nachtrag|"
    "correctif|rectificatif|correction|mise à jour|note de la rédaction|ndlr|"
    "corrección|correcciones|fe de (?:erratas|errores)|aclaración|rectificación|"
    "nota (?:del editor|de (?:la )?redacción)|actualización|"
    "correzione|rettifica|precisazione|errata corrige|nota della redazione|aggiornamento|"
    "correção|esclarecimento|nota (?:do editor|da redação)|atualização|"
    "correctie|rectificatie|noot van de redactie|naschrift|"
    "sprostowanie|korekta|aktualizacja|od redakcji|исправление|уточнение|поправка|от редакции|"
    "rättelse|rettelse|korrigering|uppdatering|oppdatering|opdatering|"
    "訂正|お詫びと訂正|追記|編集部注|更正|勘误|编者按|编者注|정정"
)  # fmt: skip
_LABEL = re.compile(rf"\W*(?:{_LABELS})\W*", _FLAGS)
_LABELLED = re.compile(
    rf"\W*(?:{_LABELS})(?:\s*[:：—–|(\[（【】]|,?\s+-\s|\s*,\s|\.\s|"
    r"\s+(?:on |at |of |am |du |del |le )?\W?\d)"
    r"\W*\S",
    _FLAGS,
)
_CHANGED = re.compile(
    r"\W*(?:(?:note|nota|hinweis|anmerkung|remarque|opmerking)\s*[:：—–-]\s*)?"
    r"(?:(?:this|the) (?:article|story|piece|post|page|report|column|headline|caption|text|"
    r"review)(?: (?:above|online))? "
    r"(?:was|has been|is|have been|originally|incorrectly|previously|misstated)\b"
    r"(?=.{0,80}\b(?:amended|corrected|updated|revised|edited|changed|clarified|removed|stated|said|"
    r"misstated|misidentified|misspelled|incorrect\w*|wrong\w*)\b)"
    r"|(?:due|owing) to an? (?:editing|production|reporting|agency) error\b"
    r"|(?:an?|the) (?:earlier|previous|original|prior) (?:version|edition|headline)\b"
    r"|(?:amended|corrected|updated|clarified) (?:on |at )?\w*\s?\d"
    r"|(?:dieser|der) (?:artikel|text|beitrag) wurde "
    r".{0,60}(?:korrigiert|aktualisiert|geändert|ergänzt)"
    r"|in einer (?:früheren|vorherigen|ersten|älteren) (?:version|fassung)"
    r"|(?:cet article|ce texte) a été .{0,30}(?:corrigé|modifié|mis à jour|amendé|actualisé)"
    r"|une (?:première|précédente) version"
    r"|est[ea] (?:artículo|texto|noticia|nota) (?:ha sido|fue) "
    r".{0,20}(?:corregid|actualizad|modificad)"
    r"|una versión (?:anterior|previa|original)"
    r"|questo articolo è stato .{0,20}(?:corretto|aggiornato|modificato)"
    r"|una (?:precedente|prima) versione"
    r"|est[ea] (?:artigo|texto|reportagem) foi .{0,20}(?:corrigid|atualizad)|uma versão anterior"
    r"|dit artikel is .{0,20}(?:aangepast|gecorrigeerd|bijgewerkt)|in een eerdere versie)",
    _FLAGS,
)  # fmt: skip
_SENTENCE_ENDS = re.compile(r"(?<=[.:!?。：])\s+")
_NO_LETTERS = re.compile(r"\A\W+")
_BEGINNINGS = frozenset(
    re.findall(
        "...",
        "corclaerrretameedipubnotupdthethidueowiprekorberricklaanmhinaktnacdiederrecmisndlcetune"
        "aclestactqueescatuumanoonasditspruppoppopdan a pa oin ce fe od opm",
    )
)
"""The first three letters of all labels and sentences above that begin with ASCII."""

_NAMES = re.compile(
    r"correction|clarification|corrigend|errat(?:um|a)\b|retraction|amendment|editor'?s?[-_]?note|"
    r"editorial-?note|update-?note|korrektur|rectificat|ndlr",
    _FLAGS,
)
_OTHERS = re.compile(r"(?i)comment|related|teaser|newsletter|recirc|most-?read|trending")
_MIN = 20
_MIN_LABELLED = 10
_LONGEST = 1500
_LONGEST_LABEL = 60
_LINK_SHARE = 0.5
_NAMED_LEVELS = 3


def keep_corrections(page: PageRuns) -> list[int]:
    """Keep the corrections of an article, wherever on its page they stand; return their runs."""
    found: list[int] = []
    follows = -1  # the run that a label of its own leads to
    for index, size in enumerate(page.sizes):
        if size > _LONGEST:
            continue
        line = page.line(index, at_breaks=": ")
        if len(line) <= _LONGEST_LABEL and _may_begin(line) and _LABEL.fullmatch(line) is not None:
            if _may_hold(page, index):
                follows = index + 1
            continue
        is_led = index == follows and is_sentence(line) and size >= _MIN
        if (is_led or _is_correction(page, index, line)) and _may_hold(page, index):
            if is_led:
                page.kept[index - 1] = True
                found.append(index - 1)
            page.kept[index] = True
            found.append(index)
    page.sum()
    return found


def _is_correction(page: PageRuns, index: int, line: str) -> bool:
    size = page.sizes[index]
    if size < _MIN_LABELLED or not is_sentence(line):
        return False
    is_certain = _may_begin(line) and (
        _LABELLED.match(line) is not None
        or (size >= _MIN and (_CHANGED.match(line) is not None or _has_label(page, index)))
    )
    if not is_certain:
        element, _ = page.runs[index].nodes[0]
        around = islice((element, *element.iterancestors()), _NAMED_LEVELS)
        is_certain = size >= _MIN and any(map(_is_named, map(_names, around)))
    return is_certain and page.linked(index, index + 1) <= _LINK_SHARE * size


def _has_label(page: PageRuns, index: int) -> bool:
    """Return whether a run begins with a label in an element of its own, as in strong letters."""
    (element, is_tail), *_ = page.runs[index].nodes
    label, *rest = (text.strip() for text in page.runs[index].texts)
    if is_tail or element in page or not rest or rest[0][:1].islower():
        return False
    return len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label) is not None


def _may_hold(page: PageRuns, index: int) -> bool:
    """Return whether a run does not stand in a widget or in the foot of the page."""
    element, _ = page.runs[index].nodes[0]
    for one in (element, *element.iterancestors()):
        if one is page.root:
            break
        names = _names(one)
        if _OTHERS.search(names) and not _NAMES.search(names):
            return False
        if one.tag in ("nav", "form", "dialog") or one.get("role") in ("navigation", "dialog"):
            return False
        if one.tag == "footer" and one.getparent() is page.root:
            return _has_kept(page, page.root) or _names_change(page.line(index, at_breaks=": "))
        if is_named_widget(one) and page.share(one) == 0 and page.count(one)[0] > _LONGEST:
            return False
    return True


def _names_change(line: str) -> bool:
    """Return whether a sentence of a line says what was changed.

    The foot of a page may only invite the reader to report errors.
    """
    starts = (0, *(end.end() for end in _SENTENCE_ENDS.finditer(line)))
    return any(_CHANGED.match(line, start) for start in starts)


def _has_kept(page: PageRuns, box: Any) -> bool:
    return any(
        page.kept[piece.start] and (piece.block is None or piece.block.tag == "p")
        for piece in page.pieces(box)
    )


def _may_begin(line: str) -> bool:
    """Return whether a line begins with the letters of a label or of a sentence about a change."""
    start = line if line[:1].isalpha() else _NO_LETTERS.sub("", line, count=1)
    return not start[:1].isascii() or start[:3].casefold() in _BEGINNINGS


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    return _NAMES.search(names) is not None


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
