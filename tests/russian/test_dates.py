"""Dates, periods, deadlines, school years, days off."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.russian import (
    DATE_FORMS,
    absent_day,
    add_workdays,
    date_words,
    day_off,
    format_date,
    last_deadline,
    parse_date,
    school_year,
    school_year_bounds,
    years_in,
)

NBSP = "\u00a0"
MARCH_3 = dt.date(2022, 3, 3)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize("form", DATE_FORMS)
def test_a_form_writes_its_own_sample(form: str) -> None:
    assert format_date(MARCH_3, form).replace(NBSP, " ") == form


@pytest.mark.parametrize("form", DATE_FORMS)
def test_every_day_of_three_years_is_read_back_from_every_form(form: str) -> None:
    for number in range(3 * 366):
        day = dt.date(2023, 1, 1) + dt.timedelta(number)
        assert parse_date(format_date(day, form)) == day


@pytest.mark.parametrize(
    ("sample", "written"),
    [
        ('"05" июня 2016 г.', "«03»~марта 2022~г."),
        ('" 05 " июня 2016 г.', "«~03~»~марта 2022~г."),
        ("15 июня 2016 года", "3~марта 2022~года"),
        ("15 июня 2016 г", "3~марта 2022~г."),
        ("01.09.2026г.", "03.03.2022г."),
        ("01.09.2026\u00a0г.", "03.03.2022~г."),
        ("01.09.2026", "03.03.2022"),
    ],
)
def test_a_form_may_be_shown_by_another_date(sample: str, written: str) -> None:
    assert format_date(MARCH_3, sample) == written.replace("~", NBSP)


@pytest.mark.parametrize("sample", ["", "2022-03-03", "3 мар. 2022", "ДД.ММ.ГГ"])
def test_an_unknown_form_is_refused_with_the_list_of_forms(sample: str) -> None:
    with pytest.raises(ValueError, match="есть «03"):
        format_date(MARCH_3, sample)


@given(DAYS, st.sampled_from(list(DATE_FORMS)))
def test_a_written_date_has_no_narrow_space(day: dt.date, form: str) -> None:
    assert "\u202f" not in format_date(day, form)


@pytest.mark.parametrize(
    "typed",
    [
        "1.09.2026",
        "01.09.2026",
        "01.09.2026г.",
        "01.09.2026 г.",
        "01.09.2026 года",
        "1 сентября 2026 г.",
        "1\u00a0сентября 2026\u00a0г.",
        "«01» сентября 2026 г.",
        "« 01 » сентября 2026 г.",
        '"1" сентября 2026 года',
        "2026-09-01",
    ],
)
def test_a_typed_date_is_read(typed: str) -> None:
    assert parse_date(typed) == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "01/09/2026",
        "31.02.2022",
        "29.02.2023",
        "0.1.2022",
        "1.13.2022",
        "сентябрь",
        "1 мартобря 2022",
        "01.09.22",
    ],
)
def test_what_is_ambiguous_or_impossible_is_no_date(typed: str) -> None:
    assert parse_date(typed) is None


@given(st.text(max_size=40) | st.text("0123456789.-/ гмая«»", max_size=20))
def test_no_text_makes_the_readers_of_dates_fail(text: str) -> None:
    parse_date(text)
    last_deadline(text)
    years_in(text)


def test_a_date_in_words_declines_by_its_day() -> None:
    day = dt.date(2026, 11, 21)
    tail = "ноября две тысячи двадцать шестого года"
    assert date_words(day, "им") == f"двадцать первое {tail}"
    assert date_words(day) == f"двадцать первого {tail}"
    assert date_words(day, "дат") == f"двадцать первому {tail}"
    assert date_words(day, "твор") == f"двадцать первым {tail}"


@pytest.mark.parametrize("year", range(1990, 2061))
def test_a_year_in_words_is_an_ordinal_in_the_genitive(year: int) -> None:
    words = date_words(dt.date(year, 1, 1)).removesuffix(" года").split()
    assert words[-1].endswith(("ого", "его"))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2026, 8, 31), "2025/2026"),
        (dt.date(2026, 9, 1), "2026/2027"),
        (dt.date(2027, 5, 31), "2026/2027"),
    ],
)
def test_the_school_year_begins_on_the_first_of_september(day: dt.date, year: str) -> None:
    assert school_year(day) == year


@given(DAYS)
def test_a_day_lies_in_its_school_year(day: dt.date) -> None:
    first, last = school_year_bounds(school_year(day))
    assert first <= day <= last


@pytest.mark.parametrize(
    "typed", ["2026/2027", "2026-2027", "2026–2027", " 2026 / 2027 ", "2026/27"]
)
def test_the_bounds_of_a_school_year_are_read(typed: str) -> None:
    assert school_year_bounds(typed) == (dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@pytest.mark.parametrize("typed", ["", "2026", "2026/2028", "2027/2026", "0000/0001", "9999/10000"])
def test_what_is_no_school_year_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="не учебный год"):
        school_year_bounds(typed)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Март-апрель 2023", dt.date(2023, 4, 30)),
        ("Апрель, 2022, Далее ежегодно сентябрь", dt.date(2022, 4, 30)),
        ("Декабрь 2022-январь 2023", dt.date(2023, 1, 31)),
        ("До 15.09.2021г./ МУ «РЦ УО»", dt.date(2021, 9, 15)),
        ("До 1.10.2021г./ ОО", dt.date(2021, 10, 1)),
        ("2022-2023 уч.год", dt.date(2023, 8, 31)),
        ("2022-2023 учебный год", dt.date(2023, 8, 31)),
        ("в 2022/23 учебном году", dt.date(2023, 8, 31)),
        ("2022/2023", dt.date(2023, 8, 31)),
        ("2022-2023 у.г.", dt.date(2023, 8, 31)),
        ("до 15.09.22", dt.date(2022, 9, 15)),
        ("июль 2021-2024", dt.date(2024, 12, 31)),
        ("с 1 по 15 сентября 2022 года", dt.date(2022, 9, 15)),
        ("4 квартал 2022 года", dt.date(2022, 12, 31)),
        ("IV квартал 2022 г.", dt.date(2022, 12, 31)),
        ("I–II квартал 2023 года", dt.date(2023, 6, 30)),
        ("I полугодие 2023 года", dt.date(2023, 6, 30)),
        ("второе полугодие 2023 года", dt.date(2023, 12, 31)),
        ("августа 2023", dt.date(2023, 8, 31)),
        ("ноябрь, 2023", dt.date(2023, 11, 30)),
        ("февраль 2024", dt.date(2024, 2, 29)),
        ("09.2023", dt.date(2023, 9, 30)),
        ("В течение 2022 года", dt.date(2022, 12, 31)),
        ("2023-2026 годы", dt.date(2026, 12, 31)),
        ("Ежегодно до 31 августа 2023", dt.date(2023, 8, 31)),
        ("с 1 сентября 2026 г. по 31 мая 2027 г.", dt.date(2027, 5, 31)),
        ("до «15» марта 2022 года", dt.date(2022, 3, 15)),
        ("до 2023-05-01", dt.date(2023, 5, 1)),
    ],
)
def test_a_deadline_reaches_the_last_day_that_it_names(text: str, last: dt.date) -> None:
    assert last_deadline(text) == last


@pytest.mark.parametrize(
    "text",
    [
        "",
        "сентябрь",
        "ежегодно, до 15 сентября",
        "постоянно",
        "IV квартал",
        "31.02.2022",
        "№ 2022-а",
    ],
)
def test_a_deadline_without_a_year_reaches_nowhere(text: str) -> None:
    assert last_deadline(text) is None


@given(DAYS.filter(lambda day: day.year >= 2000))
def test_the_month_of_a_deadline_ends_with_the_month(day: dt.date) -> None:
    months = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
    if day.year < 2100:
        end = calendar.monthrange(day.year, day.month)[1]
        assert last_deadline(f"{months.split()[day.month - 1]} {day.year}") == day.replace(day=end)


@pytest.mark.parametrize(
    ("heading", "years"),
    [
        ("на 2022 год", {2022}),
        ("с 2021 по 2024 год", {2021, 2024}),
        ("на 2023-2026 годы", {2023, 2026}),
        ("на 2023–2026 годы", {2023, 2026}),
        ("2021-2022 учебный год", {2021, 2022}),
        ("на 2026/27 учебный год", {2026, 2027}),
        ("О наставничестве", set()),
    ],
)
def test_a_heading_names_years(heading: str, years: set[int]) -> None:
    assert years_in(heading) == years


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2023, 1, 22), "воскресенье"),
        (dt.date(2026, 11, 21), "суббота"),
        (dt.date(2026, 11, 4), "праздничный день"),
        (dt.date(2025, 5, 2), "перенос"),
        (dt.date(2024, 4, 29), "перенос"),
        (dt.date(2035, 1, 3), "праздничный день"),
    ],
)
def test_a_day_off_says_why(day: dt.date, words: str) -> None:
    assert words in day_off(day)


@pytest.mark.parametrize(
    "day", [dt.date(2022, 3, 3), dt.date(2025, 11, 1), dt.date(2024, 12, 28), dt.date(2026, 9, 1)]
)
def test_a_working_day_says_nothing_even_if_it_is_a_saturday(day: dt.date) -> None:
    assert day_off(day) == ""


def test_the_calendar_agrees_with_the_decrees_of_the_government() -> None:
    # Moved days off: decrees No. 1335 of 2024 (for 2025) and No. 1466 of 2025 (for 2026).
    moved = [(2025, 5, 2), (2025, 5, 8), (2025, 6, 13), (2025, 11, 3), (2025, 12, 31)]
    moved += [(2026, 1, 9), (2026, 12, 31)]
    assert all("перенос" in day_off(dt.date(*day)) for day in moved)


def test_working_days_of_a_year_are_as_many_as_the_production_calendar_says() -> None:
    worked = {
        year: sum(
            not day_off(dt.date(year, 1, 1) + dt.timedelta(number))
            for number in range(366 if calendar.isleap(year) else 365)
        )
        for year in (2024, 2025, 2026)
    }
    assert worked == {2024: 248, 2025: 247, 2026: 247}


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        (dt.date(2026, 9, 1), 3, dt.date(2026, 9, 4)),
        (dt.date(2026, 9, 4), 1, dt.date(2026, 9, 7)),
        (dt.date(2026, 9, 4), 0, dt.date(2026, 9, 4)),
        (dt.date(2026, 9, 7), -1, dt.date(2026, 9, 4)),
        (dt.date(2026, 11, 3), 1, dt.date(2026, 11, 5)),
        (dt.date(2026, 5, 29), 10, dt.date(2026, 6, 15)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays(
    day: dt.date, count: int, reached: dt.date
) -> None:
    assert add_workdays(day, count) == reached


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("до 31 ноября 2026 г.", "31 ноября 2026"),
        ("с 30 февраля", "30 февраля"),
        ("29 февраля", ""),
        ("29 февраля 2027 г.", "29 февраля 2027"),
        ("до 30 ноября 2026 г.", ""),
        ("131 марта", ""),
        ("ежемесячно", ""),
    ],
)
def test_a_day_that_no_calendar_has_is_found(text: str, absent: str) -> None:
    assert absent_day(text) == absent
