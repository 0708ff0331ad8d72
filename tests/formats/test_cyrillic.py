"""Cyrillic in its old encodings, a line or a word at a time; and what is not Cyrillic."""

from __future__ import annotations

import pytest

from reader.formats import read_document
from reader.formats.cyrillic import cyrillic_encoding
from reader.formats.encoding import decode

TEXTS = (
    "Привет, мир", "Совет встретился во вторник вечером.", "Москва", "Письмо мэра", "Кто это сказал?",
    "Рынок переезжает на северный причал.", "Редактор: Анна Петрова, 12 марта 2026", "ПРИВЕТ МИР",
    "О рыбаках и портовых сборах\n\nГородской совет собрался вечером.", "Большая рыба", "Нет, это не так.",
    "Ёлки и ёжики", "Договор 5", "Price 40 рублей", "Съвет на пристанището се събра във вторник.",
    "Київ і Львів", "Обидва примірники журналу зникли.", "Српски језик", "Рада сабралася ўвечары.",
    "«Мы не знали», — сказал рыбак.", "МОСКВА. Хранить вечно",
)  # fmt: skip
ENCODINGS = ("koi8-r", "koi8-u", "cp1251", "mac-cyrillic", "cp866", "iso8859-5")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_is_read_in_its_encoding(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return  # the encoding lacks a letter or a sign of this text
    assert decode(data) == text
    assert read_document(data, kind="text").text.replace("\n", " ").split() == text.split()


OTHERS = {
    "cp1253": ("Ελλάδα και Αθήνα", "Το συμβούλιο συνεδρίασε την Τρίτη στο λιμάνι.", "ΑΘΗΝΑ", "και"),
    "cp1255": ("המועצה נפגשה ביום שלישי בערב בנמל הישן", "ירושלים", "תל אביב היא עיר גדולה"),
    "cp1256": ("مرحبا بالعالم", "اجتمع المجلس مساء الثلاثاء في الميناء القديم"),
    "cp874": ("สวัสดีชาวโลก", "สภาท่าเรือประชุมเมื่อเย็นวันอังคาร"),
    "shift_jis": ("東京", "日本語のテキスト", "港の評議会は火曜日の夜に会合した。", "カタカナ"),
    "euc_jp": ("東京", "日本語のテキスト", "港の評議会は火曜日の夜に会合した。"),
    "gb18030": ("北京", "港口委员会星期二晚上开会。", "鱼市场要搬了"),
    "big5": ("北京", "港口委員會星期二晚上開會。"),
    "euc_kr": ("서울", "항구 위원회는 화요일 저녁에 모였다.", "안녕하세요"),
    "cp1252": ("Große Größe größer", "ÄÖÜ äöü", "éèêë àâ", "The port’s ledger", "Köster said so."),
    "cp1250": ("Žluťoučký kůň", "Zażółć gęślą jaźń", "żółć"),
    "cp1254": ("Çağrı İstanbul'da",),
    "cp1257": ("ąčęėįšųūž",),
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(name, text) for name in OTHERS for text in OTHERS[name]]
)
def test_what_is_not_cyrillic_is_not_taken_for_it(encoding: str, text: str) -> None:
    assert cyrillic_encoding(text.encode(encoding)) == ""
