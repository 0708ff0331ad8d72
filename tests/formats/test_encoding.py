"""Decoding: every encoding that is recognised, and bytes that are not text."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.formats import read_document
from reader.formats.encoding import decode, read_text

ENGLISH = "The café’s owner said “no” – and that was it: €40, naïve as ever. " * 3
GERMAN = "Die Bürgermeisterin sagte, dass die Brücke über den Fluss für alle größer wird. " * 3
RUSSIAN = "Городской совет во вторник решил построить новый мост через реку. " * 4
JAPANESE = "市議会は火曜日に新しい橋を建設することを決めた。町の人々は喜んでいる。" * 4
POLISH = (
    "Rada miasta postanowiła we wtorek zbudować nowy most; żółte łodzie płyną dalej, a źrebięta śpią. "
    * 4
)

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1)


@given(TEXTS)
def test_utf8_comes_back(text: str) -> None:
    plain = text.lstrip("\ufeff")
    for magic in ("%PDF", "{\\rtf", "GIF8", "BZh", "Ogg", "fLaC", "ID3", "RIFF", "wOF", "Rar"):
        if plain.startswith(magic):
            return
    assert decode(plain.encode()) == plain


@given(TEXTS)
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_marked_encodings_come_back(mark: bytes, encoding: str, text: str) -> None:
    if encoding == "utf-16-le" and text.startswith("\0"):
        return
    assert decode(mark + text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (GERMAN, "utf-16-le"),
        (ENGLISH, "utf-32-le"),
        (ENGLISH, "utf-32-be"),
        (ENGLISH, "cp1252"),
        (GERMAN, "cp1252"),
        ("Kurz: Bücher für Jörg", "cp1252"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "iso2022_jp"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (POLISH, "cp1250"),
    ],
)
def test_unmarked_encodings_are_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_damaged_utf8_file_stays_utf8() -> None:
    data = (GERMAN * 5).encode()
    text = decode(data[:300] + b"\xff" + data[300:])
    assert text.count("\ufffd") == 1
    assert "Bürgermeisterin" in text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_end_in_newlines(end: str) -> None:
    assert read_text(f"one{end}two{end}".encode()) == "one\ntwo\n"


def zip_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "text" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff \n".encode(), "no text"),
        (b"%PDF-1.7\n1 0 obj\n", "PDF"),
        (zip_file(), "ZIP"),
        (gzip.compress(b"text" * 100, mtime=0), "gzip"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)), "JPEG"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "program"),
        (b"{\\rtfx text}", "rich text"),
        (bytes(range(256)) * 40, "binary"),
        (b"\0" * 1000, "binary"),
    ],
)
def test_what_is_no_text_is_told(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="a-file")
    assert words in caught.value.message
    assert caught.value.message.startswith("a-file")
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "text", ["RIFF is a word", "ID3 tags explained.", "BM stands for this", "MZ"]
)
def test_letters_alone_do_not_make_a_file_binary(text: str) -> None:
    assert read_document(text.encode()).text == text


def test_a_stray_zero_byte_is_shown() -> None:
    document = read_document(b"A text with one \0 in it, and enough words around it to be one.")
    assert "␀" in document.text


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(SourceError, match="scroll"):
        read_document(b"text", kind="scroll")


RUSSIAN = "Гавань закрыли в марте."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Гавань закрылась в марте.\nНикто не знал, почему старый паром был продан на лом.\n",
        "港は三月に閉じた。\n古い渡し船がなぜ売られたのか、誰も知らなかった。\n",
        "一二三　一\n",
        "항구는 3월에 문을 닫았다. 아무도 그 이유를 몰랐다.\n",
        "Το λιμάνι έκλεισε τον Μάρτιο. 12 πλοία έμειναν έξω.\n",
        "أغلق الميناء في مارس. لم يعرف أحد السبب.\n",
    ],
)
def test_utf_16_without_a_mark_is_told_in_every_script(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text
    assert decode((text * 40).encode(encoding)) == text * 40


@given(st.randoms(use_true_random=False), st.integers(100, 1000))
def test_noise_with_zero_bytes_is_no_text_in_utf_16(random: Random, length: int) -> None:
    data = b"\0 " + random.randbytes(2 * length) + b" \0"
    try:
        text = decode(data)
    except SourceError:
        return
    assert text not in (data.decode("utf-16-le", "replace"), data.decode("utf-16-be", "replace"))


@pytest.mark.parametrize("charset", ["koi8-r", "KOI8_R", "windows-1251", "iso-8859-5", "utf-16-le"])
def test_what_the_carrier_says_is_believed_where_it_fits(charset: str) -> None:
    assert decode(RUSSIAN.encode(charset), charset=charset) == RUSSIAN


@pytest.mark.parametrize("charset", ["iso-8859-1", "koi8-r", "hex", "none such", "a\0b", "idna"])
def test_what_the_carrier_says_yields_to_the_bytes(charset: str) -> None:
    assert decode(RUSSIAN.encode(), charset=charset) == RUSSIAN


@pytest.mark.parametrize("charset", ["hex", "none such", "a\0b", "utf-8", "ascii", "x" * 9999])
def test_a_charset_that_cannot_be_is_passed_over(charset: str) -> None:
    text = "“Déjà vu”, said the keeper of the harbour, and closed it for the winter."
    assert decode(text.encode("cp1252"), charset=charset) == text
