"""Positions, bodies and titles of documents: cases, gender, words that agree."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.russian import (
    CASES,
    Form,
    agree,
    approved_word,
    decline_name,
    decline_phrase,
    fit_to_gender,
    gender_of_phrase,
)

DATA = Path(__file__).parents[1] / "data"


def undoubtful_rows(file: str) -> Iterator[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not any(mark in row["note"] for mark in ("DOUBT", "UNSURE")):
                yield row


def decline_row(row: dict[str, str]) -> Form:
    """Decline a row of cases.tsv, whose note says what it is."""
    note = row["note"]
    if not note.startswith("person"):
        return decline_phrase(row["nominative"], row["case"])
    gender = "ж" if note.startswith("person-f") else "м"
    part = "имя" if "first name" in note else "отчество" if "patronymic" in note else "фамилия"
    return decline_name(row["nominative"], row["case"], gender, part)


@pytest.mark.parametrize("file", ["phrases.tsv", "cases.tsv"])
def test_phrases_decline_as_the_table_says(file: str) -> None:
    rows = list(undoubtful_rows(file))
    wrong = []
    for row in rows:
        form = decline_row(row)
        if form.text != row["expected"]:
            wrong.append((row["nominative"], row["case"], form))
    assert len(rows) > 400
    assert len(wrong) <= 0.02 * len(rows), wrong
    assert not [miss for miss in wrong if not miss[2].check], wrong


@pytest.mark.parametrize(
    ("nominative", "case", "expected"),
    [
        ("и.о. директора", "вин", "и.о. директора"),
        ("Врио начальника отдела", "дат", "Врио начальника отдела"),
        ("исполняющий обязанности директора", "вин", "исполняющего обязанности директора"),
        (
            "заместитель директора МКУ «МЦ» Камешковского района, куратор по внедрению системы",
            "дат",
            "заместителю директора МКУ «МЦ» Камешковского района, куратору по внедрению системы",
        ),
        (
            "И.о. начальника Управления образования, заместитель начальника",
            "род",
            "И.о. начальника Управления образования, заместителя начальника",
        ),
        ("учитель истории, обществознания", "дат", "учителю истории, обществознания"),
        (
            "руководители общеобразовательных учреждений",
            "дат",
            "руководителям общеобразовательных учреждений",
        ),
        ("Руководители ОО", "вин", "Руководителей ОО"),
        ("наставнические пары", "вин", "наставнические пары"),
        ("план мероприятий (дорожная карта)", "род", "плана мероприятий (дорожной карты)"),
        ("план мероприятий (дорожная карта)", "вин", "план мероприятий (дорожную карту)"),
        (
            "Положение о системе (целевой модели) наставничества",
            "пред",
            "Положении о системе (целевой модели) наставничества",
        ),
        (
            "Управление образования городского округа Первоуральск",
            "род",
            "Управления образования городского округа Первоуральск",
        ),
        ("федеральный закон", "род", "федерального закона"),
        ("город Белгород", "пред", "городе Белгороде"),
        ("МБДОУ «Детский сад № 54»", "дат", "МБДОУ «Детский сад № 54»"),
        ("директор (заведующий)", "дат", "директору (заведующему)"),
        ("продавец (розница)", "дат", "продавцу (розница)"),
        ("лучшие практики", "род", "лучших практик"),
        ("мастер-класс", "род", "мастер-класса"),
        ("Минпросвещения России", "дат", "Минпросвещения России"),
        ("чек-лист", "род", "чек-листа"),
        ("инженер-электроник", "дат", "инженеру-электронику"),
        ("ученик-наставляемый", "твор", "учеником-наставляемым"),
        ("учебно-методический кабинет", "род", "учебно-методического кабинета"),
        ("показатели эффективности и критерии", "дат", "показателям эффективности и критериям"),
        ("молодой специалист (стажёр)", "дат", "молодому специалисту (стажёру)"),
        ("лицо, замещающее директора", "дат", "лицу, замещающему директора"),
        ("бухгалтер и кассир", "дат", "бухгалтеру и кассиру"),
        ("врач-стоматолог детский", "род", "врача-стоматолога детского"),
        ("ответственная за ведение сайта", "вин", "ответственную за ведение сайта"),
        ("школа-интернат № 6", "вин", "школу-интернат № 6"),
        ("Иванова Мария Петровна, учитель", "дат", "Ивановой Марии Петровне, учителю"),
        ("директор МБУ НМИЦ А.С. Журавлев", "вин", "директора МБУ НМИЦ А.С. Журавлева"),
        ("школа имени И.И. Петрова", "дат", "школе имени И.И. Петрова"),
        ("КАЗЕННОЕ УЧРЕЖДЕНИЕ", "род", "КАЗЕННОГО УЧРЕЖДЕНИЯ"),
        ("Стажер", "род", "Стажера"),
        ("секретарь", "твор", "секретарём"),
        ("тьютор", "вин", "тьютора"),
        ("план на 2026/2027 учебный год", "род", "плана на 2026/2027 учебный год"),
        ("отчёт за 2025/26 учебный год", "твор", "отчётом за 2025/26 учебный год"),
        ("коуч", "твор", "коучем"),
        ("коуч-наставник", "вин", "коуча-наставника"),
        ("модератор", "вин", "модератора"),
        ("навигатор детства", "вин", "навигатора детства"),
        ("учитель-олигофренопедагог", "вин", "учителя-олигофренопедагога"),
        ("токарь-универсал", "вин", "токаря-универсала"),
        ("школа-интернат", "вин", "школу-интернат"),
        ("старший дежурный по режиму", "дат", "старшему дежурному по режиму"),
        ("заведующий мастерской", "род", "заведующего мастерской"),
        ("управляющий совет", "род", "управляющего совета"),
        ("ВРИО начальника управления", "дат", "ВРИО начальника управления"),
        ("педагоги, не имеющие опыта", "дат", "педагогам, не имеющим опыта"),
        (
            "администрация городского округа город Воронеж",
            "род",
            "администрации городского округа город Воронеж",
        ),
        ("город федерального значения Москва", "род", "города федерального значения Москвы"),
        ("Ханты-Мансийский автономный округ", "род", "Ханты-Мансийского автономного округа"),
        (
            "учреждение дополнительного образования Центр детского творчества",
            "род",
            "учреждения дополнительного образования Центра детского творчества",
        ),
    ],
)
def test_only_the_head_and_what_agrees_with_it_declines(
    nominative: str, case: str, expected: str
) -> None:
    form = decline_phrase(nominative, case)
    assert form.text == expected
    assert not form.check, form.reason


@pytest.mark.parametrize(
    ("nominative", "genitive", "accusative"),
    [
        # Adjectives in a bracket amid others, numbers and letters of classes, ordinals.
        ("вечерняя (сменная) школа", "вечерней (сменной) школы", "вечернюю (сменную) школу"),
        ("7 «Б» класс", "7 «Б» класса", "7 «Б» класс"),
        ("5-е классы", "5-х классов", "5-е классы"),
        ("1-я средняя школа", "1-й средней школы", "1-ю среднюю школу"),
        ("8-е и 9-е классы", "8-х и 9-х классов", "8-е и 9-е классы"),
        ("школа-детский сад № 4", "школы-детского сада № 4", "школу-детский сад № 4"),
        ("2-й заместитель главы", "2-го заместителя главы", "2-го заместителя главы"),
        # Objects of participles, participles that are nouns too, «их» and «его».
        ("осуществляющий приём", "осуществляющего приём", "осуществляющего приём"),
        ("не прошедшие аттестацию", "не прошедших аттестацию", "не прошедших аттестацию"),
        ("лицо, его заменяющее", "лица, его заменяющего", "лицо, его заменяющее"),
        ("дети и их родители", "детей и их родителей", "детей и их родителей"),
        ("наниматель, именуемый «А»", "нанимателя, именуемого «А»", "нанимателя, именуемого «А»"),
        # Readings of the dictionary that papers never mean.
        ("слесарь-электрик", "слесаря-электрика", "слесаря-электрика"),
        ("совет отцов", "совета отцов", "совет отцов"),
        ("табель учёта", "табеля учёта", "табель учёта"),
        ("осветитель сцены", "осветителя сцены", "осветителя сцены"),
        ("месячник порядка", "месячника порядка", "месячник порядка"),
        ("город-герой Тула", "города-героя Тулы", "город-герой Тулу"),
        ("ООО УК «Быт»", "ООО УК «Быт»", "ООО УК «Быт»"),
        ("ЯСЛИ-САД № 3", "ЯСЛЕЙ-САДА № 3", "ЯСЛИ-САД № 3"),
        ("облоно", "облоно", "облоно"),
        # Abbreviated adjectives; clauses.
        ("муз. руководитель", "муз. руководителя", "муз. руководителя"),
        ("мать, дети которой учатся", "матери, дети которой учатся", "мать, дети которой учатся"),
        ("учитель технологии (мальчики)",) + ("учителя технологии (мальчики)",) * 2,
    ],
)
def test_a_class_of_phrases_declines_by_its_rule(
    nominative: str, genitive: str, accusative: str
) -> None:
    assert decline_phrase(nominative, "род").text == genitive
    assert decline_phrase(nominative, "вин").text == accusative


@pytest.mark.parametrize("title", ["поликлиника № 2 (филиал)", "вахтёр школы (ночной)", "директора школы"])
def test_what_may_be_read_in_two_ways_asks_for_a_look(title: str) -> None:
    assert decline_phrase(title, "род").check


@pytest.mark.parametrize(
    "typed", ["учителю математики", "Специалистам отдела", "директором", "управления образования"]
)
def test_a_title_typed_in_another_case_stays_and_asks_to_be_checked(typed: str) -> None:
    form = decline_phrase(typed, "дат")
    assert (form.text, form.check) == (typed, True)
    assert "именительном" in form.reason
    assert decline_phrase(typed, "им").check


def test_a_plural_that_may_be_a_genitive_asks_to_be_checked() -> None:
    form = decline_phrase("директора школы", "дат")
    assert form.check
    assert "директора" in form.reason


@pytest.mark.parametrize("title", ["правила", "условия", "кураторы", "методические рекомендации"])
def test_an_honest_plural_asks_nothing(title: str) -> None:
    assert not decline_phrase(title, "дат").check


@pytest.mark.parametrize(
    ("title", "genitive"),
    [
        ("МБОУ Нагуратлинская СОШ", "МБОУ Нагуратлинской СОШ"),
        ("Кукуевский детский сад", "Кукуевского детского сада"),
    ],
)
def test_a_name_made_of_a_place_asks_nothing(title: str, genitive: str) -> None:
    form = decline_phrase(title, "род")
    assert (form.text, form.check) == (genitive, False)


@pytest.mark.parametrize("text", ["", "—", "№ 5", "12", "________"])
def test_what_holds_no_words_comes_back_as_it_is(text: str) -> None:
    assert decline_phrase(text, "род") == Form(text, "unchanged")


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("план мероприятий (дорожная карта)", "м"),
        ("дорожная карта", "ж"),
        ("положение", "с"),
        ("правила", "мн"),
        ("форма", "ж"),
        ("формы", "мн"),
        ("список наставников", "м"),
        ("перечень", "м"),
        ("состав рабочей группы", "м"),
        ("Программа наставничества", "ж"),
        ("методические рекомендации", "мн"),
        ("МБОУ СОШ № 5", ""),
    ],
)
def test_a_document_has_the_gender_of_its_head(text: str, gender: str) -> None:
    assert gender_of_phrase(text) == gender


def test_the_approval_mark_agrees_with_the_document() -> None:
    words = [approved_word(gender) for gender in ("м", "ж", "с", "мн")]
    assert words == ["УТВЕРЖДЕН", "УТВЕРЖДЕНА", "УТВЕРЖДЕНО", "УТВЕРЖДЕНЫ"]
    assert approved_word("м", yo=True) == "УТВЕРЖДЁН"
    assert approved_word("ж", yo=True) == "УТВЕРЖДЕНА"
    assert approved_word("ж", word="согласован") == "СОГЛАСОВАНА"
    assert approved_word("мн", word="ПРИНЯТ") == "ПРИНЯТЫ"
    assert approved_word("") == "УТВЕРЖДЕНО"


@pytest.mark.parametrize(("gender", "word"), [("х", "УТВЕРЖДЕН"), ("м", "ОДОБРЕН")])
def test_an_unknown_mark_or_gender_is_refused(gender: str, word: str) -> None:
    with pytest.raises(ValueError, match="нет"):
        approved_word(gender, word=word)


def test_a_word_agrees_or_says_both() -> None:
    assert agree("ж", "ознакомлен", "ознакомлена") == "ознакомлена"
    assert agree("", "ознакомлен", "ознакомлена") == "ознакомлен(а)"
    assert fit_to_gender("м", "ознакомлен(а)") == "ознакомлен"
    assert fit_to_gender("ж", "ознакомлен(а) (директор)") == "ознакомлена (директор)"
    assert fit_to_gender("", "согласовал(а)") == "согласовал(а)"
    assert fit_to_gender("ж", "согласен(на), должен(на)") == "согласна, должна"
    assert fit_to_gender("ж", "согласен(а)") == "согласна"
    assert fit_to_gender("м", "согласен(на)") == "согласен"
    assert fit_to_gender("ж", "проживающий(-ая), он(а)") == "проживающая, она"
    assert fit_to_gender("ж", "учитель(ница)") == "учительница"
    assert fit_to_gender("ж", "руководитель(и)") == "руководитель(и)"
    assert agree("", "согласен", "согласна") == "согласен/согласна"
    assert agree("мн", "утверждён", "утверждена", "утверждено", "утверждены") == "утверждены"
    assert agree("", "врио", "врио") == "врио"


def test_a_word_that_was_not_given_is_missed() -> None:
    with pytest.raises(ValueError, match="«мн»"):
        agree("мн", "утверждён", "утверждена")


PIECES = st.lists(
    st.sampled_from(
        [
            *("директор", "школы", "учитель", "и", "по", "«Сад № 5»", "(дорожная карта)", "МБОУ"),
            *("старший", "заведующая", ",", "/", " – ", "и.о.", "IT-специалист", "лицо", "(", ")"),
            *("ответственное", "за", "Иванов И.И.", "№ 5", "рабочий", "вице-президент", "«", "»"),
        ]
    ),
    max_size=8,
)


@given(PIECES.map(" ".join) | st.text(max_size=30), st.sampled_from(CASES))
def test_no_text_makes_the_phrase_engine_fail(text: str, case: str) -> None:
    form = decline_phrase(text, case)
    assert bool(form.reason) or not form.check
    assert decline_phrase(text, "им").text == text
    gender_of_phrase(text)


@given(st.sampled_from(["директор", "учитель", "школа"]), st.text("абв «»№5", max_size=15))
def test_what_stands_in_quotes_never_changes(head: str, name: str) -> None:
    quoted = "«" + name.replace("«", "").replace("»", "") + "»"
    assert quoted in decline_phrase(f"{head} {quoted}", "твор").text


@pytest.mark.parametrize("typed", ["учитeль математики", "директор шkолы", "МБOУ СОШ № 5"])
def test_latin_letters_that_look_russian_are_told(typed: str) -> None:
    form = decline_phrase(typed, "дат")
    assert (form.text, form.check) == (typed, True)
    assert "латинскими" in form.reason


TITLES = st.sampled_from(["директор", "учитель-логопед", "старший вожатый", "школа-интернат"])
TAILS = st.text("0123456789 №.,;:()/–-«»", max_size=20)


@given(TITLES, TAILS, st.sampled_from(CASES))
def test_nothing_but_letters_ever_changes(title: str, tail: str, case: str) -> None:
    form = decline_phrase(f"{title} {tail}", case).text
    assert form.endswith(f" {tail}")
    assert form.count("-") == f"{title} {tail}".count("-")


@pytest.mark.parametrize(
    ("phrase", "dative"),
    [
        (
            "министерство образования Республики Башҡортостан",
            "министерству образования Республики Башҡортостан",
        ),
        ("учитель Ғәлиев Ә.Ғ.", "учителю Ғәлиеву Ә.Ғ."),
    ],
)
def test_words_with_letters_of_the_republics_stay_whole(phrase: str, dative: str) -> None:
    assert decline_phrase(phrase, "дат").text == dative


@pytest.mark.parametrize(
    ("text", "genitive"),
    [
        ("МБОУ «Школа № 5", "МБОУ «Школа № 5"),
        ("Учреждение «Средняя школа № 5", "Учреждения «Средняя школа № 5"),
        ('Учреждение "Школа № 5', 'Учреждения "Школа № 5'),
        ("учреждение (детский сад", "учреждения (детский сад"),
        ("директор, центр «Родник, Искра", "директора, центра «Родник, Искра"),
        ("Учреждение «Школа № 5»", "Учреждения «Школа № 5»"),
        ("учреждение (детский сад)", "учреждения (детского сада)"),
        ("Центр «Дом «Родник»", "Центра «Дом «Родник»"),
    ],
)
def test_nothing_declines_behind_a_mark_that_never_closes(text: str, genitive: str) -> None:
    assert decline_phrase(text, "род").text == genitive
