"""Numbers, counted nouns, sums, dates and periods, over all the range that papers need."""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.russian import (
    CASES,
    DATE_FORMS,
    approved_word,
    count_noun,
    date_words,
    format_date,
    format_period,
    format_years,
    gender_of_phrase,
    number_words,
    parse_date,
    school_year,
    school_year_bounds,
    sum_words,
    with_preposition,
    years_in,
)

NBSP = "\u00a0"
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
DAYS = [FIRST + dt.timedelta(number) for number in range((LAST - FIRST).days + 1)]
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def words_of(text: str) -> list[str]:
    return text.split()


# --- counted nouns ---------------------------------------------------------------------------

NOUNS = """
год, года, лет
учебный год, учебных года, учебных лет
месяц, месяца, месяцев
неделя, недели, недель
день, дня, дней
рабочий день, рабочих дня, рабочих дней
календарный день, календарных дня, календарных дней
час, часа, часов
академический час, академических часа, академических часов
минута, минуты, минут
человек, человека, человек
пара, пары, пар
наставническая пара, наставнические пары, наставнических пар
педагог, педагога, педагогов
учитель, учителя, учителей
молодой специалист, молодых специалиста, молодых специалистов
наставник, наставника, наставников
наставляемый, наставляемых, наставляемых
обучающийся, обучающихся, обучающихся
рабочий, рабочих, рабочих
ученик, ученика, учеников
студентка, студентки, студенток
ребёнок, ребёнка, детей
участник, участника, участников
член комиссии, члена комиссии, членов комиссии
школа, школы, школ
детский сад, детских сада, детских садов
организация, организации, организаций
учреждение, учреждения, учреждений
занятие, занятия, занятий
заседание, заседания, заседаний
встреча, встречи, встреч
мероприятие, мероприятия, мероприятий
урок, урока, уроков
лист, листа, листов
страница, страницы, страниц
экземпляр, экземпляра, экземпляров
приложение, приложения, приложений
пункт, пункта, пунктов
рубль, рубля, рублей
дорожная карта, дорожные карты, дорожных карт
педагог-наставник, педагога-наставника, педагогов-наставников
документ, документа, документов
балл, балла, баллов
место, места, мест
сутки, суток, суток
"""


def after(number: int) -> int:
    """Return which form a number asks for: of one, of two to four, or of many."""
    last_two, last = number % 100, number % 10
    if last == 1 and last_two != 11:
        return 0
    return 1 if last in {2, 3, 4} and last_two not in {12, 13, 14} else 2


@pytest.mark.parametrize("line", NOUNS.strip().splitlines())
def test_a_noun_agrees_with_every_number_to_a_thousand(line: str) -> None:
    forms = line.split(", ")
    for number in range(1001):
        assert count_noun(number, forms[0]) == f"{number}{NBSP}{forms[after(number)]}"


# --- approval ---------------------------------------------------------------------------------

DOCUMENTS = {
    "УТВЕРЖДЕН": (
        *("план", "план мероприятий (дорожная карта)", "порядок", "регламент", "реестр", "график"),
        *("перечень", "список наставников", "состав рабочей группы", "устав", "кодекс", "паспорт"),
        *("учебный план", "отчёт", "договор", "акт", "протокол", "план-график", "режим работы"),
    ),
    "УТВЕРЖДЕНА": (
        *("программа", "дорожная карта", "форма", "инструкция", "должностная инструкция", "смета"),
        *("концепция", "номенклатура дел", "структура", "методика", "модель", "анкета"),
        *("персонализированная программа наставничества", "рабочая программа воспитания"),
    ),
    "УТВЕРЖДЕНО": ("положение", "Положение о наставничестве", "расписание", "штатное расписание"),
    "УТВЕРЖДЕНЫ": (
        *("правила", "правила внутреннего распорядка", "методические рекомендации", "показатели"),
        *("критерии оценки", "нормативы", "изменения", "формы документов", "составы комиссий"),
    ),
}


@pytest.mark.parametrize(
    ("document", "word"),
    [(document, word) for word, documents in DOCUMENTS.items() for document in documents],
)
def test_the_mark_of_approval_agrees_with_the_document(document: str, word: str) -> None:
    assert approved_word(gender_of_phrase(document)) == word


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", DATE_FORMS)
def test_every_day_of_two_centuries_is_read_back_from_every_form(form: str) -> None:
    assert [day for day in DAYS if parse_date(format_date(day, form)) != day] == []


def test_every_day_of_two_centuries_is_written_by_the_rule() -> None:
    for day in DAYS:
        digits, words = format_date(day, "03.03.2022"), format_date(day, "3 марта 2022 г.")
        assert digits == day.strftime("%d.%m.%Y")
        assert words == f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}{NBSP}г."


ONES = words_of("первого второго третьего четвёртого пятого шестого седьмого восьмого девятого")
TEENS = words_of(
    "десятого одиннадцатого двенадцатого тринадцатого четырнадцатого пятнадцатого "
    "шестнадцатого семнадцатого восемнадцатого девятнадцатого"
)
TENS = words_of("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
ROUND = words_of(
    "двадцатого тридцатого сорокового пятидесятого шестидесятого семидесятого восьмидесятого "
    "девяностого"
)


def ordinal(number: int) -> str:
    """Return 1 to 99 as an ordinal in the genitive, by the school grammar."""
    if number < 10:
        return ONES[number - 1]
    if number < 20:
        return TEENS[number - 10]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens - 2]} {ONES[ones - 1]}" if ones else ROUND[tens - 2]


def year_in_words(year: int) -> str:
    """Return 1900 to 2100 as papers say them: only the last word declines."""
    hundreds, rest = divmod(year, 100)
    if rest:
        return f"{ {19: 'одна тысяча девятьсот', 20: 'две тысячи'}[hundreds] } {ordinal(rest)}"
    return {19: "одна тысяча девятисотого", 20: "двухтысячного", 21: "две тысячи сотого"}[hundreds]


def test_every_day_of_two_centuries_is_said_in_words() -> None:
    days = {day: date_words(dt.date(2024, 1, day)).split(" января")[0] for day in range(1, 32)}
    assert days == {day: ordinal(day) for day in range(1, 32)}
    for year in range(1900, 2101):
        said = date_words(dt.date(year, 5, 1)).removeprefix("первого мая ").removesuffix(" года")
        assert said.removeprefix("одна ") == year_in_words(year).removeprefix("одна ")
    for month, word in enumerate(MONTHS, 1):
        assert f" {word} " in date_words(dt.date(2026, month, 1))


def test_only_the_day_takes_the_case_of_a_date() -> None:
    for number in range(1, 32):
        heads = {
            case: date_words(dt.date(2026, 1, number), case).split(" января", 1)[0]
            for case in CASES
        }
        tails = {date_words(dt.date(2026, 1, number), case).split("января")[1] for case in CASES}
        assert len(tails) == 1
        assert heads["им"].endswith(("ое", "ье"))
        assert heads["род"].endswith("го")
        assert heads["дат"].endswith("му")
        assert heads["вин"] == heads["им"]
        assert heads["твор"].endswith("м")
        assert heads["пред"].endswith("м")


# --- numbers and sums -------------------------------------------------------------------------

UNITS = {
    word: value
    for value, word in enumerate(
        words_of(
            "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
            "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
        )
    )
} | {"одна": 1, "две": 2}
UNITS |= {word: value for value, word in zip(range(20, 100, 10), TENS, strict=True)}
UNITS |= {
    word: value
    for value, word in zip(
        range(100, 1000, 100),
        words_of("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"),
        strict=True,
    )
}
THOUSANDS = {"тысяча": 0, "тысячи": 1, "тысяч": 2}


def value_of(words: str) -> int:
    """Return the number that the words say; thousands must agree with what stands before them."""
    total = group = 0
    for word in words.split():
        if word in THOUSANDS:
            assert THOUSANDS[word] == after(group or 1), words
            total, group = total + (group or 1) * 1000, 0
        else:
            group += UNITS[word]
    return total + group


BOUNDARIES = sorted(
    {
        max(0, near + shift)
        for near in (0, *range(10, 121, 10), *range(100, 1100, 100), 9_999, 10_000, 11_000, 12_000)
        for shift in range(-2, 6)
    }
    | {
        thousands * 1000 + rest
        for thousands in (1, 2, 4, 5, 10, 11, 12, 14, 20, 21, 22, 99, 100, 101, 111, 121, 211, 999)
        for rest in (0, 1, 2, 5, 11, 21, 100, 111, 999)
    }
)


def check_sum(rubles: int, kopecks: int) -> None:
    value = Decimal(rubles) + Decimal(kopecks) / 100
    ruble = ("рубль", "рубля", "рублей")[after(rubles)]
    kopeck = ("копейка", "копейки", "копеек")[after(kopecks)]
    said = sum_words(value)
    words, digits = said.split(f" {ruble} ")
    assert value_of(words) == rubles
    assert digits == f"{kopecks:02} {kopeck}"
    in_words = sum_words(value, has_kopeck_words=True).split(f" {ruble} ")[1]
    assert value_of(in_words.removesuffix(f" {kopeck}")) == kopecks
    assert not in_words.startswith(("один ", "два ")), in_words


@pytest.mark.parametrize("kopecks", [0, 1, 2, 5, 10, 11, 12, 21, 22, 99])
def test_a_sum_at_every_boundary_says_its_value(kopecks: int) -> None:
    for rubles in BOUNDARIES:
        check_sum(rubles, kopecks)


@given(st.integers(0, 999_999), st.integers(0, 99))
@example(999_999, 99)
def test_any_sum_says_its_value(rubles: int, kopecks: int) -> None:
    check_sum(rubles, kopecks)


def test_every_kopeck_is_said() -> None:
    for kopecks in range(100):
        check_sum(121, kopecks)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("им", "двадцать одна тысяча триста сорок два"),
        ("род", "двадцати одной тысячи трёхсот сорока двух"),
        ("дат", "двадцати одной тысяче трёмстам сорока двум"),
        ("вин", "двадцать одну тысячу триста сорок два"),
        ("твор", "двадцатью одной тысячей тремястами сорока двумя"),
        ("пред", "двадцати одной тысяче трёхстах сорока двух"),
    ],
)
def test_a_number_declines_in_all_its_words(case: str, words: str) -> None:
    assert number_words(21_342, case) == words


@functools.cache
def words_in(case: str) -> frozenset[str]:
    return frozenset(word for number in range(1000) for word in number_words(number, case).split())


def test_no_oblique_number_keeps_a_word_of_the_nominative() -> None:
    common = words_in("им") - {"сто", "сорок", "девяносто"}
    assert {
        case: words_in(case) & common for case in ("род", "дат", "твор", "пред")
    } == dict.fromkeys(("род", "дат", "твор", "пред"), frozenset())


# --- periods ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "form", "written"),
    [
        ("2026-09-01", "2027-05-31", "", "с~1~сентября 2026~г. по~31~мая 2027~г."),
        ("2026-09-01", "2026-12-25", "", "с~1~сентября по~25~декабря 2026~г."),
        ("2026-09-01", "2026-09-15", "", "с~1 по~15~сентября 2026~г."),
        ("2026-09-01", "2026-09-01", "", "1~сентября 2026~г."),
        ("2026-09-01", "2027-09-01", "", "с~1~сентября 2026~г. по~1~сентября 2027~г."),
        ("2026-09-01", "2026-09-15", "03.03.2022", "с~01.09.2026 по~15.09.2026"),
        ("2026-09-01", "2026-09-15", "3 марта 2022 года", "с~1 по~15~сентября 2026~года"),
    ],
)
def test_a_period_says_nothing_twice(first: str, last: str, form: str, written: str) -> None:
    ends = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    period = format_period(*ends, form) if form else format_period(*ends)
    assert period == written.replace("~", NBSP)


def test_a_period_must_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="раньше"):
        format_period(dt.date(2026, 9, 2), dt.date(2026, 9, 1))
    with pytest.raises(ValueError, match="раньше"):
        format_years(2027, 2026)


def test_a_range_of_years_has_an_en_dash_without_blanks() -> None:
    assert format_years(2023, 2026) == f"2023–2026{NBSP}годы"
    assert format_years(2026, 2026) == f"2026{NBSP}год"


@given(st.integers(1900, 2099), st.integers(0, 50))
def test_a_range_of_years_is_read_back(first: int, length: int) -> None:
    if first >= 2000 and first + length < 2100:
        assert years_in(format_years(first, first + length)) == {first, first + length}


@pytest.mark.parametrize("mark", ["/", "-", "–"])
def test_every_school_year_is_read_back_whatever_its_mark(mark: str) -> None:
    for year in range(1900, 2101):
        bounds = (dt.date(year, 9, 1), dt.date(year + 1, 8, 31))
        assert school_year_bounds(school_year(bounds[0], mark)) == bounds
        assert school_year(bounds[1], mark) == school_year(bounds[0], mark)


def test_no_other_mark_parts_the_years_of_a_school_year() -> None:
    with pytest.raises(ValueError, match="есть / - –"):
        school_year(FIRST, "+")


# --- short prepositions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preposition", "text", "written"),
    [
        ("В соответствии с", "статьёй 9", "В соответствии со статьёй 9"),
        ("В соответствии с", "приказом", "В соответствии с приказом"),
        ("с", "школой", "со школой"),
        ("с", "соглашением", "с соглашением"),
        ("с", "сада", "с сада"),
        ("с", "мнением", "с мнением"),
        ("С", "вторника", "Со вторника"),
        ("с", "СОШ № 5", "с СОШ № 5"),
        ("с", "«Школой»", "со «Школой»"),
        ("в", "Владимире", "во Владимире"),
        ("в", "Воронеже", "в Воронеже"),
        ("в", "всех школах", "во всех школах"),
        ("В", "исполнение приказа", "Во исполнение приказа"),
        ("к", "всем приказам", "ко всем приказам"),
        ("к", "приказу", "к приказу"),
        ("о", "учителе", "об учителе"),
        ("О", "внедрении", "О внедрении"),
        ("о", "ёлке", "о ёлке"),
        ("о", "всех", "обо всех"),
        ("на основании", "статьи", "на основании статьи"),
        ("с", "", "с "),
    ],
)
def test_a_preposition_is_long_where_russian_asks_it(
    preposition: str, text: str, written: str
) -> None:
    assert with_preposition(preposition, text) == written


@given(st.sampled_from(["с", "в", "к", "о", "согласно", "В связи с"]), st.text(max_size=20))
def test_no_text_is_changed_by_the_preposition_before_it(preposition: str, text: str) -> None:
    assert with_preposition(preposition, text).endswith(f" {text}")
