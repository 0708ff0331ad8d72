"""What a query means: whether a note or an article is what it asks for.

This is the definition; the index answers the same from its tables.

**Texts.** Every text and value is folded (``core.folding``), without white space at its ends, so
case, accents, typography and the width of white space count for nothing. A value without quotation
marks is found wherever the text contains it, also inside a word, so that a word is found while it
is typed, in compounds, and in scripts without spaces. A value in quotation marks is found where it
is not continued as a word (``holds_phrase``): ``"26"`` is in "26 per cent" and not in "1926". With
``*`` after it, and while its mark is not closed, it is found as one without marks. After ``=`` the
text must be the value and nothing more. A value is looked for in each text by itself; it never
spans two.

**Words** without a field are looked for in each of ``words`` of the facts, one of which must
contain them. For a note these are the passage in each of its wordings, the note, the speaker, the
status, and the title, outlet, authors and projects of its article; for an article the latter four.

**Names.** A ``speaker:``, ``site:``, ``author:`` or ``project:`` is found where one of its names
contains the value. A ``tag:`` is the whole tag, a ``status:`` the whole status.

**Dates.** A time is in a period where it is not before the beginning of its first day here, and
before the beginning of its end. A date of publication of which only the year or the month is known
is in a period that holds all of it. What has no date is in no period.

**Deleted notes** are found only by queries that have ``is:deleted`` anywhere, ``-is:deleted`` too.

**Articles.** Fields and values of notes (``tag:``, ``has:note``, ``marked:``) ask for an article
that has such a note. Those that stand side by side in one query or group must hold for the same
note: ``status:open speaker:prewitt`` are articles with an open claim of Prewitt. What is left out
by ``-`` must hold for none of its notes. Alternatives are decided one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from unicodedata import category

from reader import clock
from reader.core.query.dates import Bounds, starts_at
from reader.core.query.facts import ArticleFacts, NoteFacts, SourceFacts
from reader.core.query.fields import ARTICLE_FIELDS, ARTICLE_STATES, NONE, OPEN
from reader.core.query.tree import (
    WORDS,
    AllOf,
    AnyOf,
    Leaf,
    Match,
    Node,
    Not,
    Term,
    Within,
    all_of,
    any_of,
    asks_for,
    negated,
)

SourceTest = Callable[[SourceFacts], bool]
NoteTest = Callable[[NoteFacts], bool]
ArticleTest = Callable[[ArticleFacts], bool]

_UNSPACED: Final = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3005", "\u30ff"),
    ("\u3400", "\u9fff"), ("\uf900", "\ufaff"),
)  # fmt: skip
"""The first and the last characters of scripts that have no spaces between words: Thai and Lao,
Burmese, Khmer, kana and Han, which goes on from U+20000."""


def note_test(tree: Node) -> NoteTest:
    """Return what decides whether a note is what a query asks for."""
    holds = _note_test(tree)
    if asks_for(tree, "is", "deleted"):
        return holds
    return lambda note: not note.is_deleted and holds(note)


def article_test(tree: Node) -> ArticleTest:
    """Return what decides whether an article is what a query asks for."""
    has_deleted = asks_for(tree, "is", "deleted")
    return _article_test(tree, has_deleted)


def with_text(tree: Node) -> Node:
    """Return a query that looks for its words in the articles' texts, too."""
    match tree:
        case Term(field=field, value=value, match=match) if field == WORDS:
            return AnyOf((tree, Term("text", value, match)))
        case Not(part=part):
            return negated(with_text(part))
        case AllOf(parts=parts):
            return all_of([with_text(part) for part in parts])
        case AnyOf(parts=parts):
            return any_of([with_text(part) for part in parts])
        case _:
            return tree


def holds(text: str, value: str, match: Match) -> bool:
    """Return whether a text has a value; both are folded."""
    if match is Match.PART:
        return value in text
    return text == value if match is Match.WHOLE else holds_phrase(text, value)


def holds_phrase(text: str, phrase: str) -> bool:
    """Return whether a text contains a phrase where neither of its ends is inside a word.

    An end is inside a word where the characters on both sides of it are letters, digits, combining
    marks or underscores, and neither is of a script that has no spaces between words.

    Args:
        text: A folded text.
        phrase: What to look for, folded, without white space at its ends.
    """
    position = text.find(phrase)
    while position >= 0:
        end = position + len(phrase)
        if not is_inside_word(text, position) and not is_inside_word(text, end):
            return True
        position = text.find(phrase, position + 1)
    return False


def is_inside_word(text: str, offset: int) -> bool:
    """Return whether a word goes on across an offset in a folded text; see ``holds_phrase``."""
    if not 0 < offset < len(text):
        return False
    return all(map(_is_of_word, text[offset - 1 : offset + 1]))


def is_of_article(leaf: Leaf) -> bool:
    """Return whether a term asks for what an article has itself, so that no note is needed."""
    if isinstance(leaf, Term) and leaf.field in {"is", "has"}:
        return leaf.value in ARTICLE_STATES or (leaf.field, leaf.value) == ("has", "project")
    return leaf.field in ARTICLE_FIELDS


def _is_of_word(char: str) -> bool:
    """Return whether a word with spaces around it may have a character inside."""
    if char < "\x80":
        return char.isalnum() or char == "_"
    if char >= "\U00020000" or any(first <= char <= last for first, last in _UNSPACED):
        return False
    return char.isalnum() or category(char).startswith("M")


def _note_test(node: Node) -> NoteTest:
    match node:
        case Not(part=part):
            inner = _note_test(part)
            return lambda note: not inner(note)
        case AllOf(parts=parts):
            tests = [_note_test(part) for part in parts]
            return lambda note: all(test(note) for test in tests)
        case AnyOf(parts=parts):
            tests = [_note_test(part) for part in parts]
            return lambda note: any(test(note) for test in tests)
        case _ if is_of_article(node):
            of_source = _source_test(node)
            return lambda note: of_source(note.source)
        case _:
            return _leaf_of_note(node)


def _article_test(node: Node, has_deleted: bool) -> ArticleTest:
    match node:
        case Not(part=part):
            inner = _article_test(part, has_deleted)
            return lambda article: not inner(article)
        case AllOf(parts=parts):
            of_notes = [part for part in parts if _is_of_notes(part)]
            others = [part for part in parts if not _is_of_notes(part)]
            tests = [_article_test(part, has_deleted) for part in others]
            if of_notes:
                tests.append(_any_note(all_of(of_notes), has_deleted))
            return lambda article: all(test(article) for test in tests)
        case AnyOf(parts=parts):
            tests = [_article_test(part, has_deleted) for part in parts]
            return lambda article: any(test(article) for test in tests)
        case Term(field=field) if field == WORDS:
            value, how = node.folded, node.match
            return lambda article: any(holds(text, value, how) for text in article.source.words)
        case _ if is_of_article(node):
            of_source = _source_test(node)
            return lambda article: of_source(article.source)
        case _:
            return _any_note(node, has_deleted)


def _is_of_notes(node: Node) -> bool:
    """Return whether a part of a query of articles asks for a note of them, in each alternative."""
    if isinstance(node, AnyOf):
        return all(map(_is_of_notes, node.parts))
    return isinstance(node, Term | Within) and node.field != WORDS and not is_of_article(node)


def _any_note(node: Node, has_deleted: bool) -> ArticleTest:
    """Return what decides whether an article has a note that a query asks for."""
    test = _note_test(node)
    return lambda article: any(
        (has_deleted or not note.is_deleted) and test(note) for note in article.notes
    )


def _source_test(leaf: Leaf) -> SourceTest:
    """Return the test of what an article has itself."""
    if isinstance(leaf, Within):
        if leaf.field == "published":
            return _published_test(leaf)
        is_within = _time_test(leaf)
        if leaf.field == "added":
            return lambda source: is_within(source.added)
        return lambda source: is_within(source.opened)
    value, how = leaf.folded, leaf.match
    match leaf.field:
        case "in":
            return lambda source: holds(source.title, value, how)
        case "text":
            return lambda source: holds(source.text, value, how)
        case "site":
            return lambda source: any(holds(each, value, how) for each in source.sites)
        case "author":
            return lambda source: any(holds(each, value, how) for each in source.authors)
        case "project":
            return lambda source: any(holds(each, value, how) for each in source.projects)
        case "has":
            return lambda source: bool(source.projects)
        case _:
            return lambda source: source.state == value


def _published_test(period: Within) -> SourceTest:
    first, end = _days(period)

    def is_within(source: SourceFacts) -> bool:
        published = source.published
        if published is None:
            return False
        return published.first >= first and (not end or published.end <= end)

    return is_within


def _days(period: Within) -> Bounds:
    """Return the days of a period; times of a day count as that day."""
    return Bounds(clock.local_day(period.first), clock.local_day(period.end))


def _time_test(period: Within) -> Callable[[str], bool]:
    first, end = starts_at(period.first), starts_at(period.end)
    return lambda moment: bool(moment) and moment >= first and (not end or moment < end)


_NOTE_FLAGS: Final[dict[tuple[str, str], NoteTest]] = {
    ("is", "open"): lambda note: note.is_open,
    ("is", "changed"): lambda note: note.is_changed,
    ("is", "orphaned"): lambda note: note.is_orphaned,
    ("is", "due"): lambda note: note.is_due,
    ("is", "deleted"): lambda note: note.is_deleted,
    ("is", "overlapping"): lambda note: note.is_overlapping,
    ("has", "note"): lambda note: bool(note.note),
    ("has", "speaker"): lambda note: bool(note.speakers),
    ("has", "status"): lambda note: bool(note.status),
    ("has", "link"): lambda note: note.has_link,
    ("has", "draft"): lambda note: note.has_draft,
}


def _leaf_of_note(leaf: Leaf) -> NoteTest:
    """Return the test of what a note has itself."""
    if isinstance(leaf, Within):
        is_within = _time_test(leaf)
        return lambda note: is_within(note.marked)
    value, how = leaf.folded, leaf.match
    match leaf.field:
        case "":
            return lambda note: any(holds(text, value, how) for text in note.words)
        case "tag":
            return lambda note: value in note.tags
        case "status" if value == OPEN:
            return lambda note: note.is_open or note.status == value
        case "status" if value == NONE:
            return lambda note: not note.status or note.status == value
        case "status":
            return lambda note: note.status == value
        case "speaker":
            return lambda note: any(holds(each, value, how) for each in note.speakers)
        case "passage":
            return lambda note: any(holds(each, value, how) for each in note.passages)
        case "note":
            return lambda note: holds(note.note, value, how)
        case field:
            return _NOTE_FLAGS[field, value]
