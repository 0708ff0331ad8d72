"""The Anki writer: a package with a deck of cards, which ask what the review of Margin asks."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader.core.annotation import Annotation
from reader.core.citation import citation
from reader.core.document import Document
from reader.core.note_text import without_braces
from reader.core.review_note import hidden_ranges
from reader.core.text_formatting import one_line
from reader.digests import digest_of, digest_of_pieces
from reader.errors import ExportError
from reader.exports.model import ExportedArticle, ExportOptions, Update, in_order
from reader.exports.spool import Spool, Spooled
from reader.exports.web_page.text import TextWriter, escaped
from reader.extras import install_command, is_installed
from reader.safe_text import drop_unsafe, safe_json

if TYPE_CHECKING:
    import genanki

_PACKAGE: Final = "genanki"
_MODEL_ID: Final = 1_732_265_617
"""The id of Margin's note type; it never changes, so that importing again finds the same type."""

_FIELDS: Final = ("Text", "Note", "Speaker", "Source", "Article", "Annotation")
_FRONT: Final = '<div class="text">{{cloze:Text}}</div>'
_BACK: Final = (
    '{{#Note}}<div class="note">{{Note}}</div>{{/Note}}'
    '<div class="source">{{#Speaker}}{{Speaker}} · {{/Speaker}}{{Source}}</div>'
)
_STYLE: Final = """\
.card { font: 1.15em/1.5 Georgia, serif; max-width: 36em; margin: 1em auto; padding: 0 1em; }
.cloze { font-weight: bold; }
.answer .cloze { font-weight: inherit; }
.answer, .note { margin-top: 1.2em; padding-top: 1em; border-top: 1px solid #8886; }
.source { margin-top: 1.2em; font-size: 0.8em; opacity: 0.7; }
"""

_DATABASE: Final = "collection.anki2"
_OWN: Final = "margin.json"
"""The member of the package that says what is in it; Anki reads those that it knows by name."""

_MOST_OWN: Final = 16_000_000
"""The most bytes of that member."""

_MOST_DATABASE: Final = 1_000_000_000
"""The most bytes of the database."""

_GUARDED: Final = str.maketrans({"{": "&#123;", "}": "&#125;", "[": "&#91;"})
"""Braces are fields and hidden words in Anki, square brackets sounds and LaTeX."""

_FIRST_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member, so that the same annotations give the same bytes."""


class _Card(NamedTuple):
    """What a package holds of an annotation."""

    id: str
    fields: Sequence[str]
    tags: Sequence[str]
    modified: float
    """When it was changed last, in seconds since 1970: Anki takes what is newer."""


class _Cards:
    """All cards in their order, which are read from a spool whenever they are gone through."""

    def __init__(self, spool: Spool, places: Sequence[Spooled]) -> None:
        """Take the cards of each article: as JSON, with a comma and a space between them."""
        self._spool = spool
        self._places = places

    def __iter__(self) -> Iterator[_Card]:
        """Yield each card."""
        for place in self._places:
            for card in json.loads(f"[{self._spool.text(place)}]"):
                yield _Card(*card)

    @property
    def digest(self) -> str:
        """The digest of all of them as JSON."""
        texts = filter(None, map(self._spool.text, self._places))
        separators = chain([""], repeat(", "))
        pieces = chain.from_iterable(zip(separators, texts, strict=False))
        return digest_of_pieces(chain("[", pieces, "]"))


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[bytes]:
    """Yield a package with one deck: a note for each annotation, in the order of the text.

    The words that a note hides are hidden in the passage, all at once. Without any, the passage is
    shown and the note is asked for, or who said it where there is no note.

    Raises:
        ExportError: genanki is not installed.
    """
    if not is_installed(_PACKAGE):
        command = install_command(_PACKAGE)
        raise ExportError("Not installed", f"Exporting to Anki needs one more package: {command}")
    query, tags = "", set[str]()
    with Spool() as spool:

        def read(item: ExportedArticle) -> tuple[str, str, Spooled]:
            nonlocal query
            query = query or item.query
            chosen = item.selected(options.tags)
            tags.update(tag for each in chosen for tag in each.tags)
            cards = ", ".join(json.dumps(_card(item, each)) for each in chosen)
            return item.article.id, item.title, spool.put(cards)

        articles = in_order(items, read)
        cards = _Cards(spool, [place for _, _, place in articles])
        ids = [article_id for article_id, _, _ in articles]
        title = query or (articles[0][1] if len(articles) == 1 else "")
        deck_id = _number(f"{query}\n{'' if len(ids) > 1 else ids[0]}")
        database = _database(cards, deck_id, _deck_name(title))
        own = {"articles": ids, "query": query, "tags": sorted(tags), "notes": cards.digest}
    yield _packed(database, own)


def article_ids(data: bytes) -> list[str]:
    """Return the ids of the articles in a package; none if Margin did not write it."""
    ids = _own(data).get("articles")
    return [str(each) for each in ids] if isinstance(ids, list) else []


def query_of(data: bytes) -> str:
    """Return what chose the annotations of a package of Margin's; empty where nothing did."""
    return str(_own(data).get("query", ""))


def shows_tag(data: bytes, tags: Collection[str]) -> bool:
    """Tell whether a note in a package of Margin's has one of some tags."""
    return not set(tags).isdisjoint(_own(data).get("tags", ()))


def is_own(data: bytes, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a package is as Margin wrote it, by the digest of its database.

    Args:
        data: A package of Margin's.
        annotations: The annotations by id, which the digest stands for.
    """
    database = _member(data, _DATABASE, _MOST_DATABASE)
    return bool(database) and digest_of(database) == _own(data).get("digest")


def update(previous: bytes, new: bytes) -> Update[bytes]:
    """Return what a package should hold: what it holds where its notes are the same."""
    before, after = _own(previous), _own(new)
    same = all(before.get(key) == after.get(key) for key in ("articles", "query", "notes"))
    return Update(previous if same else new)


def _card(item: ExportedArticle, annotation: Annotation) -> _Card:
    words = annotation.selector.exact
    if item.document is not None and not annotation.is_orphaned:
        words = item.document.quote(annotation.range) or words
    source = escaped(citation(item.article) or item.title)
    if item.article.address:
        source = f'<a href="{escaped(item.article.address)}">{source}</a>'
    speaker = escaped(one_line(annotation.speaker))
    note = _note(item.notes.get(annotation.id), annotation.note)
    text, shown = _question(words, annotation.note, note, speaker or source)
    fields = (text, shown, speaker, source, escaped(item.article.id), escaped(annotation.id))
    status = (f"status::{annotation.status}",) if annotation.status else ()
    tags = tuple(filter(None, map(_tag, (*annotation.tags, *item.article.tags, *status))))
    return _Card(
        annotation.id,
        [fields[0], *map(_guarded, fields[1:])],
        list(dict.fromkeys(tags)),
        _seconds(annotation.modified),
    )


def _question(words: str, markdown: str, note: str, source: str) -> tuple[str, str]:
    """Return the text that has what is asked, and the note that is shown with the answer."""
    hidden = hidden_ranges(markdown, words)
    if not hidden:
        answer = _guarded(note or source)
        return f'{_passage(words)}<div class="answer">{{{{c1::{answer}}}}}</div>', ""
    pieces, end = [], 0
    for start, after in hidden:
        pieces += [_passage(words[end:start]), f"{{{{c1::{_passage(words[start:after])}}}}}"]
        end = after
    return "".join([*pieces, _passage(words[end:])]), note


def _passage(words: str) -> str:
    return _guarded(escaped(words).replace("\n", "<br>"))


def _note(document: Document | None, markdown: str) -> str:
    """Return a note as HTML."""
    if document is None:
        return escaped(without_braces(markdown).strip()).replace("\n", "<br>")
    return "".join(TextWriter(document, prefix="n", lowest_heading=4).blocks()).strip()


def _guarded(content: str) -> str:
    """Return HTML in which Anki finds no field, no hidden words, no hint, no sound, no LaTeX."""
    return content.translate(_GUARDED).replace("::", "&#58;&#58;")


def _tag(tag: str) -> str:
    """Return a tag as Anki has it: without white space."""
    return "_".join(drop_unsafe(tag).split())


def _deck_name(title: str) -> str:
    name = one_line(drop_unsafe(title), 80).replace("::", ":").strip(":")
    return f"Margin::{name}" if name else "Margin"


def _seconds(moment: str) -> float:
    try:
        return max(datetime.fromisoformat(moment).timestamp(), 0.0)
    except (ValueError, OverflowError, OSError):
        return 0.0


def _number(text: str) -> int:
    """Return a number for a text, as large as Anki's ids."""
    return (1 << 30) + int(digest_of(text.encode("utf-8", "surrogatepass"))[:7], 16)


def _database(cards: Iterable[_Card], deck_id: int, name: str) -> bytes:
    """Return the database of a package, which is made in memory.

    Args:
        cards: The cards, which are gone through several times.
        deck_id: The id of the deck.
        name: Its name.
    """
    import genanki  # noqa: PLC0415  (an extra)

    class Note(genanki.Note):  # type: ignore[misc]  # genanki has no types
        """A note with a time of its own."""

        modified = 0.0

        def write_to_db(self, cursor: object, _: float, *rest: object) -> None:
            super().write_to_db(cursor, self.modified, *rest)

    class Notes:
        """The notes of the cards, which are not all in memory."""

        def __iter__(self) -> Iterator[genanki.Note]:
            for card in cards:
                note = Note(model, list(card.fields), guid=card.id, tags=card.tags)
                note.modified = card.modified
                yield note

    deck, model = genanki.Deck(deck_id, name), _model()
    deck.add_model(model)
    deck.notes = Notes()
    latest = max((card.modified for card in cards), default=0.0)
    connection = sqlite3.connect(":memory:")
    try:
        package = genanki.Package(deck)
        package.write_to_db(connection.cursor(), latest, count(int(latest * 1000)))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _model() -> genanki.Model:
    import genanki  # noqa: PLC0415  (an extra)

    return genanki.Model(
        _MODEL_ID,
        "Margin",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Margin", "qfmt": _FRONT, "afmt": f"{_FRONT}{_BACK}"}],
        css=_STYLE,
        model_type=genanki.Model.CLOZE,
    )


def _packed(database: bytes, own: dict[str, Any]) -> bytes:
    own["digest"] = digest_of(database)
    buffer = io.BytesIO()
    members = ((_DATABASE, database), ("media", b"{}"), (_OWN, safe_json(own).encode()))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(
                zipfile.ZipInfo(name, _FIRST_TIME), content, compress_type=zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


def _own(data: bytes) -> dict[str, Any]:
    """Return what a package says of itself; nothing where it is not Margin's."""
    try:
        own = json.loads(_member(data, _OWN, _MOST_OWN))
    except ValueError:
        return {}
    return own if isinstance(own, dict) else {}


def _member(data: bytes, name: str, most: int) -> bytes:
    """Return a member of a package; nothing where there is none, or where it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(name) as member:
            content = member.read(most + 1)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError,
            EOFError, OSError, zlib.error):  # fmt: skip
        return b""
    return content if len(content) <= most else b""
