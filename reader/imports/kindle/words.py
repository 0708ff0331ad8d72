"""The words with which Kindles say what a clipping is, in the languages of their firmware."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final


class Kind(Enum):
    """What a clipping is."""

    HIGHLIGHT = "highlight"
    NOTE = "note"
    BOOKMARK = "bookmark"


# A word of one kind is never part of another kind's words in any language, but for the words for
# an article that is saved whole, which come first.
_KINDS: Final = (
    (Kind.HIGHLIGHT, "clip this article, artikel, artículo, articolo, artigo, extrait"),
    (Kind.HIGHLIGHT, "вырезка, 記事クリップ, 文章剪切"),
    (Kind.BOOKMARK, "bookmark, lesezeichen, signet, marcador, segnalibro, bladwijzer, закладка"),
    (Kind.BOOKMARK, "ブックマーク, 书签, 書籤, 북마크, zakładka, bokmärke, yer imi"),
    (Kind.HIGHLIGHT, "highlight, markierung, surlignement, surlignage, subrayado, resaltado"),
    (Kind.HIGHLIGHT, "destaque, evidenziazione, markering, выделен, ハイライト, 标注, 標註, 標注"),
    (Kind.HIGHLIGHT, "標示, 劃線, 하이라이트, wyróżnienie, podświetlenie, zaznaczenie, vurgu"),
    (Kind.HIGHLIGHT, "underline, circle, asterisk"),
    (Kind.NOTE, "note, notiz, nota, notitie, заметка, メモ, 笔记, 筆記, 註記, 메모, 노트"),
    (Kind.NOTE, "notatka, anteckning, notunuz"),
)
_WORDS: Final = tuple((word, kind) for kind, words in _KINDS for word in words.split(", "))

STYLES: Final = ("underline", "circle", "asterisk")
"""The styles of marks other than highlights; only English firmware has them so far."""

ADDED: Final = (
    *("added", "hinzugefügt", "ajouté", "añadido", "agregado", "aggiunto", "adicionado"),
    *("toegevoegd", "добавлено", "作成日", "追加日", "添加", "新增", "加入", "dodano", "추가"),
)
"""The words before the time of a clipping."""

_NUMBER = r"[0-9][0-9.,]*"
_TO = r"\s*(?:-|–|t/m|~)\s*#?"
LOCATION = re.compile(
    r"(?:\bloc(?:ation|atie|\.)?|\bpos(?:ition|ición|izione|ição|\.)?|emplacement"
    r"|\bместо?\w*|\bпозици\w*|位置(?:no\.?)?|위치|\blokalizacj\w*|\bpozycj\w*)"
    rf"\s*[#:：]?\s*({_NUMBER})(?:{_TO}({_NUMBER}))?"
)
"""The location or the range of locations in the label of a clipping, in lower case."""

ANY_NUMBERS = re.compile(rf"({_NUMBER})(?:{_TO}({_NUMBER}))?")
"""The number or the range that ends a label in a language that is not known."""

_LABEL = r"[0-9a-z][0-9a-z.]*"
PAGE = re.compile(
    rf"(?:\bpage|\bseite|\bpágina|\bpagina|\bстраниц\w*|\bстр\.|ページ|第|\bstron\w*)"
    rf"\s*[:：]?\s*({_LABEL})(?:{_TO}({_LABEL}))?"
    rf"|({_LABEL})(?:{_TO}({_LABEL}))?\s*(?:ページ|페이지)"
)
"""The page or the range of pages, which may be Roman numerals, in the label of a clipping."""

_LIMITS: Final = (
    *("clipping limit", "クリップの上限", "剪贴上限", "límite de recorte", "limite maximale"),
)
_LIMIT = re.compile(r"\s*<([^<>]{4,300})>\s*\Z")


def folded(text: str) -> str:
    """Return text in the form in which the words here are compared."""
    return unicodedata.normalize("NFC", text).lower()


def kind_in(label: str) -> Kind | None:
    """Return what a label says that its clipping is; None where no language is known for it.

    Args:
        label: The label, folded.
    """
    return next((kind for word, kind in _WORDS if word in label), None)


def without_limit(words: str) -> str:
    """Return the words of a highlight without the message that the limit for copying is reached.

    A message alone is recognised in any language, since it stands in angle brackets.
    """
    found = _LIMIT.search(words)
    if not found:
        return words
    before = words[: found.start()]
    if before and not any(each in found[1].lower() for each in _LIMITS):
        return words
    return before
