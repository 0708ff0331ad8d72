"""Times as devices write them, in the languages that they speak."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.dates import moment_text, written_date, written_moment
from reader.imports.values import date_in


@pytest.mark.parametrize(
    "text",
    [
        # English, of the States, of Britain, of India; old firmware without seconds
        "Added on Monday, June 17, 2013 8:19:15 PM",
        "Added on Monday, June 17, 2013 8:19:15\u202fPM",
        "Added on Monday, 17 June 2013 20:19:15",
        "Added on Monday, 17 June, 2013 8:19:15 PM",
        "Added on Monday, June 17, 2013, 08:19:15 PM",
        "Added on Monday, 17 June 13 20:19:15",
        "Hinzugefügt am Montag, 17. Juni 2013 um 20:19:15 Uhr",
        "Hinzugefügt am Montag, 17. Juni 2013 20:19:15",
        "Hinzugefügt am Monday, June 17, 2013 8:19:15 PM",
        "Ajouté le lundi 17 juin 2013 à 20:19:15",
        "Ajouté le lundi 17 juin 2013 20:19:15",
        "Añadido el lunes, 17 de junio de 2013 20:19:15",
        "Añadido el lunes 17 de junio de 2013, 20:19:15",
        "Añadido el lunes, 17 de junio de 2013 8:19:15 p. m.",
        "Añadido el lunes 17 de junio de 2013, 20H19'15\"",
        "Ajouté le lundi 17 juin 2013, 20h19'15",
        "Adicionado: segunda-feira, 17 de junho de 2013 20:19:15",
        "Adicionado na data segunda-feira, 17 de junho de 2013, 20:19:15",
        "Aggiunto in data lunedì 17 giugno 2013 20:19:15",
        "Aggiunto il lunedì 17 giugno 13, 20:19:15",
        "Toegevoegd op maandag 17 juni 2013 20:19:15",
        "Добавлено: понедельник, 17 июня 2013 г. в 20:19:15",
        "作成日: 2013年6月17日月曜日 20:19:15",
        "追加日： 2013年6月17日 (月曜日) 20:19:15",
        "添加于 2013年6月17日星期一 下午8:19:15",
        "已添加至 2013年6月17日 星期一 20:19:15",
        "新增於 2013年6月17日星期一 下午8:19:15",
        "Dodano: poniedziałek, 17 czerwca 2013 20:19:15",
        "2013년 6월 17일 월요일 오후 8:19:15",
        "2013-06-17 20:19:15",
        "17.06.2013 20:19:15",
        "17 June 2013 08:19:15 PM",
        "mar 17 giu 2013 20:19:15",  # `mar` is a Tuesday here
    ],
)
def test_a_time_is_read_in_every_language(text: str) -> None:
    assert written_moment(text) == datetime(2013, 6, 17, 20, 19, 15)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 janvier 2020", 1), ("3 Jänner 2020", 1), ("3 stycznia 2020", 1), ("3 января 2020", 1),
        ("3 févr. 2020", 2), ("3 lutego 2020", 2), ("3 marzo 2020", 3), ("3 März 2020", 3),
        ("3 Ma\u0308rz 2020", 3), ("3 maart 2020", 3), ("3 марта 2020", 3), ("3 avril 2020", 4),
        ("3 maggio 2020", 5), ("3 мая 2020", 5), ("3 mei 2020", 5), ("3 luglio 2020", 7),
        ("3 août 2020", 8), ("3 augustus 2020", 8), ("3 setembro 2020", 9), ("3 oktober 2020", 10),
        ("3 listopada 2020", 11), ("3 diciembre 2020", 12), ("3 декабря 2020", 12),
    ],
)  # fmt: skip
def test_a_month_is_known_by_its_name(text: str, month: int) -> None:
    assert written_moment(text) == datetime(2020, month, 3)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("June 1, 2020 12:05 AM", 0),
        ("June 1, 2020 12:05 PM", 12),
        ("June 1, 2020 1:05 am", 1),
        ("June 1, 2020 1:05 p.m.", 13),
        ("2020年6月1日 上午12:05:00", 0),
        ("2020年6月1日 下午12:05:00", 12),
        ("2020年6月1日 午後1:05:00", 13),
        ("1 juni 2020 0:05:00", 0),
        ("Hinzugefügt am Montag, 1. Juni 2020 21:05:00", 21),  # `am` is no morning
    ],
)
def test_halves_of_the_day(text: str, hour: int) -> None:
    assert written_moment(text) == datetime(2020, 6, 1, hour, 5)


def test_a_zone_counts_where_a_device_writes_one() -> None:
    assert written_moment("Friday, 6 July 12 07:37:42 GMT+01:00") == datetime(
        2012, 7, 6, 7, 37, 42, tzinfo=timezone(timedelta(hours=1))
    )
    assert written_moment("Monday, 3 December 12 19:51:33 Greenwich Mean Time") == datetime(
        2012, 12, 3, 19, 51, 33, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "on page 12", "Location 180-181", "30 February 2020", "June", "June 99, 2020",
     "25:61:00", "99 June 2020 99:99", "0年0月0日", "9" * 400, "June 5, 2020 10:00:00 GMT+99:99"],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    assert written_moment(text) is None


@given(st.text(alphabet=st.sampled_from("0123456789:./- ,年月日APM GMT+juneМая上午"), max_size=60))
def test_any_text_is_a_time_or_none(text: str) -> None:
    moment = written_moment(text)
    assert moment_text(moment) == "" or moment_text(moment).endswith("Z")


def test_no_time_is_an_empty_text() -> None:
    assert moment_text(None) == ""
    assert moment_text(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))) == ""


def test_a_date_that_cannot_be_read_is_kept_to_be_told() -> None:
    assert written_date(" am ersten Tag ") == "am ersten Tag"
    assert date_in(" soon ") == "soon"
    assert [date_in(each) for each in ("", "0", "000 ")] == ["", "", ""]
