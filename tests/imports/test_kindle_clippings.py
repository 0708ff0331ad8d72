"""A Kindle's ``My Clippings.txt``: its languages, its repetitions, its damage."""

from __future__ import annotations

import codecs
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.imports.kindle import clippings
from reader.imports.kindle.entries import Entry, entries_in, title_and_authors
from reader.imports.kindle.words import Kind
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, Remark

HIGHLIGHT, NOTE, BOOKMARK = Kind.HIGHLIGHT, Kind.NOTE, Kind.BOOKMARK
STAMP = "Added on Thursday, June 18, 2026 9:39:01 PM"
TITLE = "The Quiet Ledger (Castane, Oriel)"

# Labels as Kindles of several ages write them, with invented places and times.
LABELS = [
    ("- Your Highlight on page 12 | Location 180-181 | {en}", HIGHLIGHT, "12", 180, 181),
    ("- Your Highlight on Location 180-181 | {en}", HIGHLIGHT, "", 180, 181),
    ("- Your Highlight at location 180-181 | {en}", HIGHLIGHT, "", 180, 181),
    ("- Your Highlight Location 180-181 | {en}", HIGHLIGHT, "", 180, 181),
    ("- Your Highlight on page 12 | location 180-181 | {en}", HIGHLIGHT, "12", 180, 181),
    ("- Your Highlight on page xvi-xvi | {en}", HIGHLIGHT, "xvi", -1, -1),
    ("- Your Highlight on page 12-13 | {en}", HIGHLIGHT, "12-13", -1, -1),
    ("- Your highlight on page 12 | {en}", HIGHLIGHT, "12", -1, -1),  # KOReader's export
    ("- Highlight Loc. 1004-5  | {en}", HIGHLIGHT, "", 1004, 1005),
    ("- Highlight on Page 12 | Loc. 366-67  | {en}", HIGHLIGHT, "12", 366, 367),
    ("- Highlight on Page 12 | {en}", HIGHLIGHT, "12", -1, -1),
    ("- Note Loc. 180  | {en}", NOTE, "", 180, 180),
    ("- Your Note on page 12 | Location 180 | {en}", NOTE, "12", 180, 180),
    ("- Your Bookmark on Location 180 | {en}", BOOKMARK, "", 180, 180),
    ("- Bookmark Page 87  | {en}", BOOKMARK, "87", -1, -1),
    ("- Your Underline on Location 180-181 | {en}", HIGHLIGHT, "", 180, 181),
    ("- Clip This Article on Location 180 | {en}", HIGHLIGHT, "", 180, 180),
    ("- Ihre Markierung bei Position 180-181 | {de}", HIGHLIGHT, "", 180, 181),
    ("- Deine Markierung bei Position 180-181 | {de}", HIGHLIGHT, "", 180, 181),
    ("- Ihre Markierung auf Seite 12 | Position 180-181 | {de}", HIGHLIGHT, "12", 180, 181),
    ("- Ihre Markierung auf Seite 12 | bei Position 180-181 | {de}", HIGHLIGHT, "12", 180, 181),
    ("- Ihre Markierung Position 180-181 | {de}", HIGHLIGHT, "", 180, 181),
    ("- Markierung Pos. 2919-28 | {de}", HIGHLIGHT, "", 2919, 2928),
    ("- Ihre Notiz bei Position 180 | {de}", NOTE, "", 180, 180),
    ("- Ihr Lesezeichen auf Seite 12 | Position 180 | {de}", BOOKMARK, "12", 180, 180),
    ("- Votre surlignement sur la page 12 | emplacement 180-181 | {fr}", HIGHLIGHT, "12", 180, 181),
    ("- Votre surlignement à lʼemplacement 180-181 | {fr}", HIGHLIGHT, "", 180, 181),
    ("- Votre surlignement à l'emplacement 180-181 | {fr}", HIGHLIGHT, "", 180, 181),
    ("- Votre surlignement Emplacement 180-181 | {fr}", HIGHLIGHT, "", 180, 181),
    ("- Votre note sur la page 12 | Emplacement 180 | {fr}", NOTE, "12", 180, 180),
    ("- Votre signet Emplacement 180 | {fr}", BOOKMARK, "", 180, 180),
    ("- La subrayado en la página 12 | posición 180-181 | {es}", HIGHLIGHT, "12", 180, 181),
    ("- La subrayado en la página xii-xiii | posición 12-14 | {es}", HIGHLIGHT, "xii-xiii", 12, 14),
    ("- Tu subrayado en la posición 180-181 | {es}", HIGHLIGHT, "", 180, 181),
    ("- Mi subrayado Posición 180 - 181 | {es}", HIGHLIGHT, "", 180, 181),
    ("- Mi nota en la página 12 | Posición 180 | {es}", NOTE, "12", 180, 180),
    ("- El marcador en la posición 180 | {es}", BOOKMARK, "", 180, 180),
    ("- Seu destaque na página 12 | posição 180-181 | {pt}", HIGHLIGHT, "12", 180, 181),
    ("- Seu destaque ou posição 180-181 | {pt}", HIGHLIGHT, "", 180, 181),
    ("- Sua nota ou posição 180 | {pt}", NOTE, "", 180, 180),
    ("- Seu marcador de página na página 12 | Posição 180 | {pt}", BOOKMARK, "12", 180, 180),
    ("- La tua evidenziazione a pagina 12 | posizione 180-181 | {it}", HIGHLIGHT, "12", 180, 181),
    ("-  La tua evidenziazione alla posizione 180-181 | {it}", HIGHLIGHT, "", 180, 181),
    ("- La mia evidenziazione Posizione 180-181 | {it}", HIGHLIGHT, "", 180, 181),
    ("-  La tua nota alla posizione 180 | {it}", NOTE, "", 180, 180),
    ("- Le mie note a pagina 12 | Posizione 180 | {it}", NOTE, "12", 180, 180),
    ("- Il tuo segnalibro a pagina 12 | posizione 180 | {it}", BOOKMARK, "12", 180, 180),
    ("- Je highlight op locatie 180 t/m 181 | {nl}", HIGHLIGHT, "", 180, 181),
    ("- Je highlight op pagina 12 | locatie 180 t/m 181 | {nl}", HIGHLIGHT, "12", 180, 181),
    ("- Je notitie op locatie 180 | {nl}", NOTE, "", 180, 180),
    ("- Je bladwijzer op pagina 12 | locatie 180 | {nl}", BOOKMARK, "12", 180, 180),
    ("– Ваш выделенный отрывок в месте 180–181 | {ru}", HIGHLIGHT, "", 180, 181),
    ("– Ваш выделенный отрывок на странице 12 | Место 180–181 | {ru}", HIGHLIGHT, "12", 180, 181),
    ("– Ваша заметка в месте 180 | {ru}", NOTE, "", 180, 180),
    ("– Ваша закладка на странице 12 | Место 180 | {ru}", BOOKMARK, "12", 180, 180),
    ("- 12ページ|位置No. 180-181のハイライト |{ja}", HIGHLIGHT, "12", 180, 181),
    ("- xiiiページ|位置No. 180-181のハイライト |{ja}", HIGHLIGHT, "xiii", 180, 181),
    ("- 位置No. 180-181のハイライト |{ja}", HIGHLIGHT, "", 180, 181),
    ("- ハイライト ページ12 | 位置No. 180-181 | {ja}", HIGHLIGHT, "12", 180, 181),
    ("- 12ページ|位置No. 180のメモ |{ja}", NOTE, "12", 180, 180),
    ("- 位置No. 180のブックマーク |{ja}", BOOKMARK, "", 180, 180),
    ("- 您在位置 #180-181的标注 | {zh}", HIGHLIGHT, "", 180, 181),
    ("- 您在位置 #180-#181的标注 | {zh}", HIGHLIGHT, "", 180, 181),
    ("- 您在第 12 页（位置 #180-181）的标注 | {zh}", HIGHLIGHT, "12", 180, 181),
    ("- 您在第 126-126 页的标注 | {zh}", HIGHLIGHT, "126", -1, -1),
    ("- 我的标注 第12页 | 位置180-181 | {zh}", HIGHLIGHT, "12", 180, 181),
    ("- 您在第 57 页的笔记 | {zh}", NOTE, "57", -1, -1),
    ("- 您在位置 #180 的书签 | {zh}", BOOKMARK, "", 180, 180),
    ("- 您在第 12 頁（位置 #180-181）的標註 | {tw}", HIGHLIGHT, "12", 180, 181),
    ("- 您在位置 #180 的筆記 | {tw}", NOTE, "", 180, 180),
    ("- Twoje wyróżnienie na stronie 12 | Lokalizacja 180-181 | {pl}", HIGHLIGHT, "12", 180, 181),
    ("- Twoja notatka w lokalizacji 180 | {pl}", NOTE, "", 180, 180),
    ("- 12페이지의 하이라이트 | 위치 180-181 | {ko}", HIGHLIGHT, "12", 180, 181),
    ("- 메모 위치 180 | {ko}", NOTE, "", 180, 180),
    # The kind is known here, the words for places are not.
    ("- Din markering på sidan 12 | plats 180-181 | {sv}", HIGHLIGHT, "12", 180, 181),
    ("- Din anteckning på plats 180 | {sv}", NOTE, "", 180, 180),
    ("- 12. sayfadaki notunuz | 180. konum | {tr}", NOTE, "12", 180, 180),
    ("- 180-181 konumundaki vurgunuz | {tr}", HIGHLIGHT, "", 180, 181),
]  # fmt: skip
STAMPS = {
    "en": STAMP,
    "de": "Hinzugefügt am Donnerstag, 18. Juni 2026 21:39:01",
    "fr": "Ajouté le jeudi 18 juin 2026 21:39:01",
    "es": "Añadido el jueves, 18 de junio de 2026 21:39:01",
    "pt": "Adicionado: quinta-feira, 18 de junho de 2026 21:39:01",
    "it": "Aggiunto in data giovedì 18 giugno 2026 21:39:01",
    "nl": "Toegevoegd op donderdag 18 juni 2026 21:39:01",
    "ru": "Добавлено: четверг, 18 июня 2026 г. в 21:39:01",
    "ja": "作成日: 2026年6月18日木曜日 21:39:01",
    "zh": "添加于 2026年6月18日星期四 下午9:39:01",
    "tw": "新增於 2026年6月18日星期四 下午9:39:01",
    "ko": "추가됨: 2026년 6월 18일 목요일 오후 9:39:01",
    "sv": "Tillagd torsdag den 18 juni 2026 21:39:01",
    "tr": "18 Haziran 2026 Perşembe 21:39:01 tarihinde eklendi",
    "pl": "Dodano: czwartek, 18 czerwca 2026 21:39:01",
}


def entry(label: str, words: str = "They burned the question.", title: str = TITLE) -> str:
    return f"{title}\r\n{label}\r\n\r\n{words}\r\n==========\r\n"


def mark(place: str, words: str, time: str = "9:39:01", title: str = TITLE) -> str:
    stamp = STAMP.replace("9:39:01", time)
    return entry(f"- Your {place} | {stamp}", words, title)


def given_file(text: str | bytes, name: str = "My Clippings.txt") -> GivenFile:
    return GivenFile(text.encode() if isinstance(text, str) else text, name)


def notes_of(text: str | bytes) -> list[ImportedNote]:
    return [note for each in sources_of(text) for note in each.notes]


def sources_of(text: str | bytes) -> list[ImportedSource]:
    return [each for each in clippings.read(given_file(text)) if isinstance(each, ImportedSource)]


def remarks_of(text: str) -> list[str]:
    return [each.message for each in clippings.read(given_file(text)) if isinstance(each, Remark)]


def one_entry(text: str) -> Entry:
    (read,) = entries_in(text)
    assert isinstance(read, Entry)
    return read


@pytest.mark.parametrize(("label", "kind", "page", "first", "last"), LABELS)
def test_a_label_is_read_in_every_language(
    label: str, kind: Kind, page: str, first: int, last: int
) -> None:
    text = entry(label.format(**STAMPS))
    read = one_entry(text)
    assert (read.kind, read.page, read.first, read.last) == (kind, page, first, last)
    assert read.moment == datetime(2026, 6, 18, 21, 39, 1)
    assert read.is_named
    assert clippings.recognises(given_file(text))


def test_a_language_that_is_not_known_is_read_by_the_shape_of_its_entries() -> None:
    stamp = "Lisätty 18. kesäkuuta 2026-06-18 21:39:01"
    for label, words, kind, first, last in (
        ("- Korostus | Kohta 180-181", "Words.", HIGHLIGHT, 180, 181),
        ("- Korostus kohdassa 180–181", "Words.", HIGHLIGHT, 180, 181),
        ("- Muistiinpano | Kohta 180", "Words.", NOTE, 180, 180),
        ("- Kirjanmerkki | Kohta 180", "", BOOKMARK, 180, 180),
        ("- Merkintä", "Words.", NOTE, -1, -1),
    ):
        read = one_entry(entry(f"{label} | {stamp}", words))
        assert (read.kind, read.first, read.last) == (kind, first, last)
        assert read.moment == datetime(2026, 6, 18, 21, 39, 1)
    assert clippings.recognises(given_file(entry(f"- Korostus | Kohta 180-181 | {stamp}")))


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("The Quiet Ledger (Oriel Castane)", "The Quiet Ledger", ["Oriel Castane"]),
        ("The Quiet Ledger (Castane, Oriel)", "The Quiet Ledger", ["Oriel Castane"]),
        ("The Quiet Ledger (Castane, Oriel;Dask, Imre)", "The Quiet Ledger", ["Oriel Castane", "Imre Dask"]),
        ("The Quiet Ledger (Oriel Castane & Imre Dask)", "The Quiet Ledger", ["Oriel Castane", "Imre Dask"]),
        ("The Quiet Ledger (A Novel) (Oriel Castane)", "The Quiet Ledger (A Novel)", ["Oriel Castane"]),
        ("The Quiet Ledger (Ledgers 5)(Castane, Oriel)", "The Quiet Ledger (Ledgers 5)", ["Oriel Castane"]),
        ("Ledgers (and) the (Quiet) Town (O. Castane)", "Ledgers (and) the (Quiet) Town", ["O. Castane"]),
        ("The Quiet Ledger (Oriel Castane (Editor))", "The Quiet Ledger", ["Oriel Castane (Editor)"]),
        ("静かな帳簿 (帳簿文庫) (小川 晴)", "静かな帳簿 (帳簿文庫)", ["小川 晴"]),
        ("安静的账本 (（安·兰）)", "安静的账本", ["安·兰"]),
        ("安静的账本 ((美)米切)", "安静的账本", ["(美)米切"]),
        ("A Manuscript  ", "A Manuscript", []),  # two spaces: no author
        ("A Manuscript (second draft)  ", "A Manuscript (second draft)", []),
        ("A Manuscript", "A Manuscript", []),
        ("(all of it in brackets)", "(all of it in brackets)", []),
        ("Odd) title (", "Odd) title (", []),
        ("ledger - oriel castane.pdf", "ledger - oriel castane.pdf", []),
    ],
)  # fmt: skip
def test_a_title_is_parted_from_its_authors(line: str, title: str, authors: list[str]) -> None:
    assert title_and_authors(line) == (title, tuple(authors))


def test_a_highlight_has_its_words_its_place_and_its_time() -> None:
    (source,) = sources_of(
        mark("Highlight on page 12 | Location 180-181", "They burned it.\r\n\r\nAll.")
    )
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane",))
    (note,) = source.notes
    assert note.quote == "They burned it.\n\nAll."
    assert (note.note, note.page, note.position) == ("", "12", "Location 180-181")
    assert note.created == "2026-06-18T21:39:01.000Z"
    assert (note.modified, note.row) == ("", 1)
    assert note.key


def test_books_come_once_each_with_their_notes_in_order() -> None:
    other = "Tides (Dask, Imre)"
    text = (
        mark("Highlight on Location 10-11", "One.")
        + mark("Highlight on Location 5-6", "Two.", title=other)
        + mark("Highlight on Location 1-2", "Three.")
    )
    assert [[note.quote for note in each.notes] for each in sources_of(text)] == [
        ["One.", "Three."], ["Two."],
    ]  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_note_joins_the_highlight_at_its_end(order: tuple[int, int]) -> None:
    parts = [
        mark("Highlight on Location 180-182", "They burned the question."),
        mark("Note on Location 182", "Is it fair?", "9:40:00"),
    ]
    far = mark("Highlight on Location 900-901", "Far away.") + mark(
        "Note on Location 950", "Alone."
    )
    notes = notes_of("".join(parts[each] for each in order) + far)
    assert [(each.quote, each.note) for each in notes] == [
        ("They burned the question.", "Is it fair?"), ("Far away.", ""), ("", "Alone."),
    ]  # fmt: skip
    assert notes[0].modified == ("2026-06-18T21:40:00.000Z")
    assert notes[2].position == "Location 950"


def test_of_several_highlights_the_one_that_ends_at_the_note_has_it() -> None:
    text = (
        mark("Highlight on Location 180-185", "The first, which is long.")
        + mark("Highlight on Location 182-183", "The second.", "9:50:00")
        + mark("Note on Location 183", "Which?", "9:51:00")
    )
    assert [(each.quote, each.note) for each in notes_of(text)] == [
        ("The first, which is long.", ""), ("The second.", "Which?"),
    ]  # fmt: skip


def test_a_note_on_a_page_joins_what_was_marked_there_at_that_time() -> None:
    text = (
        mark("Highlight on page 57-57", "Much earlier.", "7:00:00")
        + mark("Highlight on page 57-57", "Just before.", "9:39:00")
        + mark("Note on page 57", "Which?", "9:39:30")
        + mark("Note on page 58", "Alone.", "9:39:40")
    )
    assert [(each.quote, each.note, each.page) for each in notes_of(text)] == [
        ("Much earlier.", "", "57"), ("Just before.", "Which?", "57"), ("", "Alone.", "58"),
    ]  # fmt: skip


LONGER = [
    mark("Highlight on Location 180-181", "told us the answer"),
    mark("Highlight on Location 180-182", "told us the answer and burned", "9:40:00"),
    mark("Highlight on Location 179-182", "They have told us the answer and burned", "9:41:00"),
]


def test_a_highlight_made_longer_replaces_the_shorter_ones_under_the_same_key() -> None:
    keys = set()
    for count in (1, 2, 3):
        (note,) = notes_of("".join(LONGER[:count]))
        keys.add(note.key)
    assert len(keys) == 1
    assert note.quote == "They have told us the answer and burned"
    assert note.created == "2026-06-18T21:39:01.000Z"
    assert note.modified == "2026-06-18T21:41:00.000Z"
    assert remarks_of("".join(LONGER)) == [
        "Left out: 2 earlier versions of a highlight or a note that was changed later."
    ]


def test_a_highlight_made_shorter_holds_as_it_was_last() -> None:
    shorter = mark("Highlight on Location 180-181", "told us the answer", "9:45:00")
    (note,) = notes_of("".join(LONGER[:2]) + shorter)  # and back again
    assert note.quote == "told us the answer"
    assert note.key == notes_of(LONGER[0])[0].key
    assert note.modified == "2026-06-18T21:45:00.000Z"
    assert remarks_of("".join(LONGER[:2]) + shorter) == [
        "Left out: 2 earlier versions of a highlight or a note that was changed later."
    ]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_order_of_entries_that_have_times_does_not_matter(order: tuple[int, ...]) -> None:
    (note,) = notes_of("".join(LONGER[each] for each in order))
    (expected,) = notes_of("".join(LONGER))
    assert (note.quote, note.key, note.modified) == (
        expected.quote,
        expected.key,
        expected.modified,
    )


def test_a_word_of_a_longer_highlight_does_not_replace_it() -> None:
    for place in ("page 115-115", "Location 180-182"):
        text = mark(f"Highlight on {place}", "Sea trade made the harbour what it is today")
        text += mark(f"Highlight on {place}", "Sea", "9:39:16")
        assert [each.quote for each in notes_of(text)] == [
            "Sea trade made the harbour what it is today", "Sea",
        ]  # fmt: skip


def test_highlights_of_a_page_replace_each_other_only_when_made_in_a_row() -> None:
    first = mark("Highlight on page 115-115", "told us the answer")
    near = first + mark("Highlight on page 115-115", "told us the answer and burned", "9:39:20")
    assert [each.quote for each in notes_of(near)] == ["told us the answer and burned"]
    far = first + mark("Highlight on page 115-115", "who told us the answer and why", "10:39:20")
    assert len(notes_of(far)) == 2


def test_highlights_of_the_same_place_with_other_words_stay_apart() -> None:
    text = mark("Highlight on Location 180-180", "the answer") + mark(
        "Highlight on Location 180-180", "the question"
    )
    assert [each.quote for each in notes_of(text)] == ["the answer", "the question"]
    far = LONGER[0] + mark("Highlight on Location 900-901", "told us the answer")
    assert len(notes_of(far)) == 2


def test_the_note_of_a_highlight_made_longer_stays_with_it() -> None:
    text = LONGER[0] + mark("Note on Location 181", "Fair?", "9:39:30") + LONGER[1]
    (note,) = notes_of(text)
    assert (note.quote, note.note) == ("told us the answer and burned", "Fair?")


def test_a_note_that_was_rewritten_holds_as_it_was_last() -> None:
    first = mark("Note on Location 2000", "a note")
    text = first + mark("Note on Location 2000", "a note, revised", "9:50:00")
    (note,) = notes_of(text)
    assert note.note == "a note, revised"
    assert note.key == notes_of(first)[0].key
    (note,) = notes_of(text + mark("Note on Location 2000", "a note", "9:55:00"))
    assert (note.note, note.key) == ("a note", notes_of(first)[0].key)


def test_two_notes_on_highlights_that_end_at_one_location_are_two() -> None:
    text = (
        mark("Highlight on Location 2233-2236", "Sea trade made the harbour", "9:39:00")
        + mark("Note on Location 2236", "Who says so?", "9:39:05")
        + mark("Highlight on Location 2236-2236", "made nobody rich", "9:41:07")
        + mark("Note on Location 2236", "Nobody?", "9:41:08")
        + mark("Note on Location 2236", "Nobody at all?", "9:41:30")
    )
    assert [(each.quote, each.note) for each in notes_of(text)] == [
        ("Sea trade made the harbour", "Who says so?"), ("made nobody rich", "Nobody at all?"),
    ]  # fmt: skip
    at_once = mark("Highlight on Location 180-181", "told us", "9:39:00") + mark(
        "Note on Location 181", "Fair?", "9:39:00"
    )
    (note,) = notes_of(at_once + mark("Note on Location 181", "Fair at all?", "9:39:20"))
    assert (note.quote, note.note) == ("told us", "Fair at all?")


def test_the_same_clip_twice_is_there_once() -> None:
    text = LONGER[0] + mark("Highlight on Location 180-181", "told us  the answer", "9:59:00")
    (note,) = notes_of(text)
    assert note.created == "2026-06-18T21:39:01.000Z"
    assert remarks_of(text) == ["Left out: 1 duplicate, the same in every word."]


def test_a_time_that_cannot_be_read_is_kept_to_be_told() -> None:
    label = "- Your Highlight on Location 180-181 | Added on the day of the fair, 9:39"
    text = f"The Quiet Ledger\n{label}\n\ntold us\n==========\n"
    assert [each.created for each in notes_of(text)] == ["Added on the day of the fair, 9:39"]
    undated = text.replace(" | Added on the day of the fair, 9:39", "")
    assert [each.created for each in notes_of(undated)] == [""]


def test_what_has_no_words_is_left_out_and_counted() -> None:
    text = (
        LONGER[0]
        + mark("Bookmark on Location 12", "") * 2
        + mark("Highlight on Location 30-31", "")
        + mark(
            "Highlight on Location 40-41", " <You have reached the clipping limit for this item>"
        )
        + mark("Highlight on Location 50-51", "<このアイテムのクリップの上限に達しました>")
        + mark("Highlight on Location 60-61", " <您已达到本内容的剪贴上限>")
        + mark("Highlight on Location 70-71", "<Sie haben die Höchstgrenze erreicht>")
    )
    assert [each.quote for each in notes_of(text)] == ["told us the answer"]
    bookmarks, empty, limited = remarks_of(text)
    assert bookmarks == "Left out: 2 bookmarks."
    assert empty == "Left out: 1 empty highlight, of which the Kindle has the place alone."
    assert limited.startswith("Left out: 4 highlights beyond what the publisher allows")


def test_words_before_the_limit_stay() -> None:
    limit = "They have told <You have reached the clipping limit set by the publisher, Nacre>"
    (note,) = notes_of(mark("Highlight on Location 40-41", limit))
    assert note.quote == "They have told"
    (note,) = notes_of(mark("Highlight on Location 40-41", "compare with <the other ledger>"))
    assert note.quote == "compare with <the other ledger>"
    (note,) = notes_of(mark("Note on Location 40", "<ask the councillor>"))
    assert note.note == "<ask the councillor>"


def test_a_device_may_change_its_language() -> None:
    labels = [label.format(**STAMPS) for label, kind, *_ in LABELS if kind is HIGHLIGHT]
    text = "".join(entry(label, f"Passage {number}.") for number, label in enumerate(labels))
    notes = notes_of(text)
    assert [each.quote for each in notes] == [f"Passage {n}." for n in range(len(labels))]
    english = entry(LABELS[0][0].format(**STAMPS))
    german = entry("- Ihre Markierung auf Seite 12 | Position 180-181 | " + STAMPS["de"])
    assert notes_of(english)[0].key == notes_of(german)[0].key


def test_styles_of_other_marks_are_kept() -> None:
    (note,) = notes_of(mark("Underline on Location 180-181", "told us"))
    assert note.colour == "underline"


TEXT = "".join(LONGER) + mark("Note on Location 182", "Fair? — ja", "9:45:00")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.replace(TITLE, "\ufeff" + TITLE).encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.rstrip("=\r\n").encode(),  # the last separator is missing
        TEXT.replace("==========\r\n", "==========\r\n\r\n").encode(),
        TEXT.replace("\r\n\r\n", "\r\n").encode(),  # no empty line after the label
    ],
)
def test_the_form_of_the_file_does_not_matter(data: bytes) -> None:
    assert clippings.recognises(given_file(data))
    (note,) = notes_of(data)
    assert (note.quote, note.note) == ("They have told us the answer and burned", "Fair? — ja")
    assert note.key == notes_of(TEXT)[0].key


def test_a_grown_file_adds_only_what_is_new() -> None:
    before = notes_of("".join(LONGER[:2]))
    after = notes_of(TEXT + mark("Highlight on Location 500-501", "A new one."))
    assert [each.key for each in after][: len(before)] == [each.key for each in before]
    assert len({each.key for each in after}) == len(after) == 2


def test_damaged_entries_are_named_by_their_line() -> None:
    text = (
        LONGER[0] + "A title\r\nno label\r\n==========\r\n" + "Cut off\r\n- Your Highlight on Loc"
    )
    bad = [each for each in clippings.read(given_file(text)) if isinstance(each, BadRow)]
    assert [each.row for each in bad] == [6, 9]
    assert bad[0].message == "the line after the title does not say what it is and where it stands"
    assert bad[1].message == "the file ends within this entry"
    assert len(notes_of(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["", "==========", "A title\n==========\n- a list\n", "# Notes\n\n- one | two 12\n==========\n",
     "{}", "<html>", "Title\n=====\n\n- item on page 3\n", "x" * 1000],
)  # fmt: skip
def test_other_files_are_no_clippings(text: str) -> None:
    assert not clippings.recognises(given_file(text))


def test_many_entries_take_time_in_proportion() -> None:
    same = "".join(mark("Highlight on Location 7-7", f"passage {each:04}") for each in range(3000))
    notes = notes_of(same)
    assert len({each.key for each in notes}) == len(notes) == 3000


PASSAGES = st.lists(
    st.tuples(
        st.sampled_from([label for label, kind, *_ in LABELS if kind is HIGHLIGHT]),
        st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="=<"), min_size=1),
    ),
    max_size=12,
)


@given(PASSAGES)
def test_every_passage_is_read_in_its_order(passages: list[tuple[str, str]]) -> None:
    text = "".join(
        entry(label.format(**STAMPS), f"{number}. {words}", title=f"Book {number} (Nacre)")
        for number, (label, words) in enumerate(passages)
    )
    sources = sources_of(text)
    assert [each.title for each in sources] == [f"Book {n}" for n in range(len(passages))]
    quotes = [note.quote for each in sources for note in each.notes]
    assert quotes == [f"{number}. {words}" for number, (_, words) in enumerate(passages)]


@given(st.integers(0, 1200), st.binary(max_size=12), st.integers(0, 60))
def test_a_damaged_file_gives_notes_or_bad_rows(place: int, piece: bytes, cut: int) -> None:
    data = TEXT.encode()
    try:
        read = [*clippings.read(given_file(data[:place] + piece + data[place + cut :]))]
    except SourceError:
        return
    assert all(isinstance(each, ImportedSource | BadRow | Remark) for each in read)


@given(st.text(st.sampled_from("ab (,;)\n\r-|0129=<>\ufeff\0\ud800\u202e年月日"), max_size=200))
def test_any_text_gives_notes_or_bad_rows(text: str) -> None:
    file = given_file("")
    file.__dict__["text"] = text
    assert all(isinstance(each, ImportedSource | BadRow | Remark) for each in clippings.read(file))
