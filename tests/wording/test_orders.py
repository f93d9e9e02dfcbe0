"""What surrounds an order's text: letterhead, preamble, acts, ground, heading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from docgen.wording import Scope
from docgen.wording.acts import case_after
from tests.support.builders import (
    ACT,
    ANNA,
    DENIS,
    SEPTEMBER,
    Cell,
    Row,
    RowsByRegister,
    first,
    linked,
    order,
    plain,
    school,
    scope_of,
)

LAW: Row = {
    "имя": "273-ФЗ",
    "вид": "Федеральный закон",
    "дата": "29.12.2012",
    "номер": "273-ФЗ",
    "название": "Об образовании в Российской Федерации",
}
LETTER: Row = {
    "имя": "АЗ-1128/08",
    "вид": "письмо",
    "кто": "Минпросвещения России",
    "дата": "21.12.2021",
    "номер": "№ АЗ-1128/08",
    "кто2": "Профсоюз работников образования",
    "дата2": "21.12.2021",
    "номер2": "657",
}
PROTOCOL: Row = {
    "имя": "Протокол",
    "вид": "протокол",
    "кто": "педагогический совет",
    "дата": "28.08.2026",
    "номер": "1",
}


def made(
    preamble: Sequence[Row] = (),
    card: Sequence[Row] = (),
    settings: Row | None = None,
    **more: Cell,
) -> Any:
    """Return an order as its template sees it, in a house with these settings."""
    rows: dict[str, Sequence[Row]] = {
        "приказы": [order(**more)],
        "преамбула": [{"приказ": "О внедрении", **row} for row in preamble],
        "настройки": [{fact: value} for fact, value in (settings or {}).items()],
        "акты": [LAW, LETTER, PROTOCOL],
    }
    return first(scope_of(rows, card=card), "приказы")


def preamble(*rows: Row, **settings: Cell) -> str:
    return plain(made(preamble=rows, settings=settings).преамбула_текст)


# --- letterhead ------------------------------------------------------------------------------


def test_the_kind_stands_under_the_letterhead() -> None:
    one = made(card=[{"бланк": "РОССИЯ"}, {"бланк": "ШКОЛА № 1"}])
    assert (one.шапка_до, one.шапка_после) == (["РОССИЯ", "ШКОЛА № 1"], [])


def test_the_kind_may_stand_above_the_issuing_body() -> None:
    one = made(card=[{"бланк": "ОБЛАСТЬ;[ Вид документа ];Управления образования"}])
    assert (one.шапка_до, one.шапка_после) == (["ОБЛАСТЬ"], ["Управления образования"])


@pytest.mark.parametrize(
    ("spaced", "word"), [("да", "Р А С П О Р Я Ж Е Н И Е"), ("", "РАСПОРЯЖЕНИЕ")]
)
def test_the_kind_is_spaced_as_the_house_has_it(spaced: str, word: str) -> None:
    assert made(settings={"вид_разрядкой": spaced}, вид="распоряжение").вид_в_бланке == word


@pytest.mark.parametrize(
    ("settings", "letterhead", "marks"),
    [
        ({}, "01.09.2026", "от 01.09.2026 № 1-од"),
        ({"перед_датой": "От"}, "От 01.09.2026", "от 01.09.2026 № 1-од"),
        (
            {"вид_даты_бланка": "«03» марта 2022 г."},
            "«01» сентября 2026 г.",
            "от 01.09.2026 № 1-од",
        ),
        ({"вид_даты": "03.03.2022г."}, "01.09.2026г.", "от 01.09.2026г. № 1-од"),
    ],
)
def test_the_date_is_written_as_the_house_has_it(
    settings: Row, letterhead: str, marks: str
) -> None:
    one = made(settings=settings)
    assert plain(one.дата_в_бланке) == letterhead
    assert plain(one.от_даты) == marks


def test_an_order_without_a_date_has_room_to_write_it() -> None:
    assert made(дата=None).дата_в_бланке == "«____» ______________ 20___ г."
    assert made(дата=None, номер="").от_даты == "от «____» ______________ 20___ г. № ____"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("820", "№ 820"),
        ("№ 543", "№ 543"),
        ("133/6 – ОД", "№ 133/6 – ОД"),
        ("31/2", "№ 31/2"),
        ("", "№ ____"),
        ("№ ____", "№ ____"),
        ("б/н", "б/н"),
    ],
)
def test_a_number_is_printed_with_one_sign(typed: str, number: str) -> None:
    assert made(номер=typed).номер_в_бланке == number


def test_a_number_may_be_asked_for_without_its_sign() -> None:
    assert made(номер="№ 543").номер == "543"
    assert made(номер="№ ____").номер == ""


def test_an_order_that_is_not_printed_here_has_room_for_its_number_in_marks_too() -> None:
    assert made(номер="", о_чём="без текста").от_даты == "от 01.09.2026 № ____"


# --- operative word, heading, year -----------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "own", "inline", "alone"),
    [
        ({}, "", "", "ПРИКАЗЫВАЮ:"),
        ({"место_слова": "в конце преамбулы"}, "", "ПРИКАЗЫВАЮ:", ""),
        ({"место_слова": "в конце преамбулы"}, ":", ":", ""),
        ({"распорядительное_слово": "о б я з ы в а ю:"}, "", "", "о б я з ы в а ю:"),
    ],
)
def test_the_operative_word_stands_where_the_house_puts_it(
    settings: Row, own: str, inline: str, alone: str
) -> None:
    one = made(settings=settings, слово=own)
    assert (one.слово_в_преамбуле, one.слово_отдельно) == (inline, alone)


@pytest.mark.parametrize(
    ("look", "title", "printed"),
    [
        ("", "О школе", "О школе"),
        ("прописными", "О школе", "О ШКОЛЕ"),
        ("в кавычках, жирный", "О школе", "«О школе»"),
        ("в кавычках", "О школе «Луч»", "«О школе «Луч»"),
    ],
)
def test_a_heading_has_the_letters_and_quotes_of_the_house(
    look: str, title: str, printed: str
) -> None:
    assert made(settings={"заголовок_вид": look}, заголовок=title).заголовок_в_бланке == printed


@pytest.mark.parametrize(
    ("settings", "more", "year"),
    [
        ({}, {}, "2026/2027"),
        ({"знак_года": "–"}, {}, "2026–2027"),
        ({}, {"год": "2025-2026"}, "2025/2026"),
    ],
)
def test_the_school_year_is_written_with_the_sign_of_the_house(
    settings: Row, more: dict[str, Cell], year: str
) -> None:
    assert made((), (), settings, **more).год_строкой == year


def test_an_order_of_no_known_time_has_room_for_its_year() -> None:
    scope = scope_of({"приказы": [order(дата=None)]}, day=dt.date.max)
    assert first(scope, "приказы").год_строкой == "20___/20___"


@pytest.mark.parametrize(
    ("settings", "millimetres"),
    [
        ({}, 0),
        ({"бланк": "печатать", "отступ_бланка": 60}, 0),
        ({"бланк": "готовый"}, 60),
        ({"бланк": "готовый", "отступ_бланка": 65}, 45),
        ({"бланк": "готовый", "отступ_бланка": 0}, 1),
    ],
)
def test_a_letterhead_printed_before_leaves_room_below_the_margin(
    settings: Row, millimetres: int
) -> None:
    one = made(settings=settings)
    assert one.scope.top_margin_mm == 20
    assert one.место_бланка == []
    assert one.scope.has_letterhead == bool(millimetres)
    one.scope.is_on_letterhead = True
    assert len(one.место_бланка) == millimetres


# --- preamble and acts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opener", "case"),
    [
        ("В соответствии с", "твор"),
        ("во исполнение", "род"),
        ("на основании", "род"),
        ("в целях реализации", "род"),
        ("с учётом", "род"),
        ("руководствуясь", "твор"),
        ("согласно", "дат"),
        ("опираясь на", "вин"),
        ("учитывая", "вин"),
        ("", "род"),
    ],
)
def test_an_opener_governs_the_case_of_its_acts(opener: str, case: str) -> None:
    assert case_after(opener) == case


def test_an_act_is_cited_with_its_authors_dates_numbers_and_title() -> None:
    assert preamble({"оборот": "В соответствии с", "акт": "273-ФЗ; АЗ-1128/08"}) == (
        "В соответствии с Федеральным законом от 29 декабря 2012 г. № 273-ФЗ "
        "«Об образовании в Российской Федерации», письмом Минпросвещения России "
        "от 21 декабря 2021 г. № АЗ-1128/08 и Профсоюза работников образования "
        "от 21 декабря 2021 г. № 657"
    )


def test_a_case_typed_for_an_act_wins() -> None:
    text = preamble({"оборот": "Имея в виду", "акт": "АЗ-1128/08", "падеж": "вин"})
    assert text.startswith("Имея в виду письмо Минпросвещения России")


def test_parts_of_a_preamble_are_one_sentence() -> None:
    rows = [
        {"оборот": "На основании", "акт": "273-ФЗ", "текст": "(далее – Закон)"},
        {"оборот": "В целях", "текст": "поддержки педагогов"},
        {"оборот": "", "текст": "развития наставничества"},
    ]
    assert preamble(*rows) == (
        "На основании Федерального закона от 29 декабря 2012 г. № 273-ФЗ "
        "«Об образовании в Российской Федерации» (далее – Закон), в целях поддержки педагогов, "
        "развития наставничества"
    )


def test_another_reason_typed_behind_an_act_is_parted_by_a_comma() -> None:
    row = {"оборот": "На основании", "акт": "АЗ-1128/08", "текст": "в целях развития школы"}
    assert preamble(row).endswith("от 21 декабря 2021 г. № 657, в целях развития школы")


def test_an_opener_repeated_in_the_next_row_is_printed_once() -> None:
    rows = [
        {"оборот": "Руководствуясь", "акт": "АЗ-1128/08"},
        {"оборот": "руководствуясь", "акт": "Протокол"},
    ]
    assert preamble(*rows).casefold().count("руководствуясь") == 1
    assert preamble(*rows).endswith("протоколом педагогического совета от 28 августа 2026 г. № 1")


def test_a_preamble_of_ten_acts_is_printed_whole() -> None:
    text = preamble({"оборот": "Согласно", "акт": "; ".join(["АЗ-1128/08"] * 10)})
    assert text.count("письму Минпросвещения России") == 10


def test_an_order_may_have_no_preamble() -> None:
    assert preamble() == ""


def test_an_act_may_be_cited_without_its_title_or_without_anything_but_its_kind() -> None:
    scope = scope_of({"акты": [LAW, {"имя": "Устав", "вид": "устав"}]})
    law, charter = first(scope, "акты"), first(scope, "акты", 1)
    assert plain(law.кратко.in_case("дат")) == (
        "Федеральному закону от 29 декабря 2012 г. № 273-ФЗ"
    )
    assert str(charter.текстом.in_case("род")) == "устава"


@pytest.mark.parametrize(
    ("day", "holds"), [("31.08.2026", False), ("01.09.2026", True), ("02.09.2026", False)]
)
def test_an_act_knows_whether_it_is_in_force(day: str, *, holds: bool) -> None:
    act = {**LAW, "с": "01.09.2026", "по": "01.09.2026"}
    stands = dt.datetime.strptime(day, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    assert first(scope_of({"акты": [act]}, day=stands), "акты").действует is holds


# --- ground, curator -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", ""),
        ("Протокол", "Основание: протокол педагогического совета от 28 августа 2026 г. № 1."),
        ("заявление работника", "Основание: заявление работника."),
        ("протокол от 1 мая 2026 г.", "Основание: протокол от 1 мая 2026 г."),
        (
            "Протокол; служебная записка",
            "Основание: протокол педагогического совета от 28 августа 2026 г. № 1; "
            "служебная записка.",
        ),
    ],
)
def test_the_ground_is_a_protocol_or_words(typed: str, printed: str) -> None:
    assert plain(made(основание=typed).основание_строкой) == printed


def test_the_curator_is_the_order_s_own_else_that_of_the_card() -> None:
    card = [{"куратор": ANNA}]
    assert str(made(card=card).куратор.фио) == ANNA
    assert str(made(card=card, куратор=DENIS).куратор.фио) == DENIS
    assert not made().куратор


def test_marks_name_the_body_as_the_card_tells() -> None:
    assert str(made().издатель.in_case("род")) == "МБОУ «Школа № 1»"
    named = made(card=[{"в_отметках": "управление образования"}])
    assert str(named.издатель.in_case("род")) == "управления образования"
    made_, _ = linked({**school({"приказы": [order()]}), "организация": [{"полное": "Школа"}]})
    assert str(first(Scope(made_, SEPTEMBER), "приказы").издатель) == "Школа"


def test_an_own_order_and_an_own_protocol_are_grounds_by_their_short_names() -> None:
    others: list[Row] = [
        {
            **order(),
            "имя": "Педсовет",
            "вид": "протокол заседания педагогического совета",
            "номер": "1",
            "дата": "28.08.2026",
            "заголовок": "О педсовете",
        },
        {
            **order(),
            "имя": "Старый",
            "номер": "31/2",
            "дата": "25.08.2026",
            "заголовок": "О кураторе",
        },
        {**order(), "имя": "Будущий", "номер": "", "дата": "", "заголовок": "«О плане»"},
    ]
    reasons: list[Row] = [
        {"приказ": "О внедрении", "оборот": "На основании", "акт": "Педсовет; Старый"},
        {
            "приказ": "О внедрении",
            "оборот": "во исполнение",
            "текст": "{акт род кратко}",
            "акт": "Старый",
        },
        {"приказ": "О внедрении", "оборот": "в соответствии с", "акт": "Будущий"},
    ]
    rows: RowsByRegister = {
        "приказы": [order(основание="Старый; 273-ФЗ; заявление"), *others],
        "преамбула": reasons,
        "акты": [ACT],
    }
    one = first(scope_of(rows), "приказы")
    assert plain(one.преамбула_текст) == (
        "На основании протокола заседания педагогического совета от 28 августа 2026 г. № 1, "
        "приказа от 25 августа 2026 г. № 31/2 «О кураторе», во исполнение приказа от 25 августа "
        "2026 г. № 31/2, "
        "в соответствии с приказом от «____» ______________ 20___ г. № ____ «О плане»"
    )
    assert plain(one.основание_строкой).startswith(
        "Основание: приказ от 25 августа 2026 г. № 31/2 «О кураторе»; "
    )
    assert plain(one.основание_строкой).endswith("; заявление.")


def test_an_act_described_by_hand_wins_over_the_order_of_its_name() -> None:
    twin: Row = {"имя": "О внедрении", "вид": "приказ", "дата": "31.08.2026", "номер": "9"}
    rows: RowsByRegister = {"приказы": [order(основание="О внедрении")], "акты": [twin]}
    assert plain(first(scope_of(rows), "приказы").основание_строкой) == (
        "Основание: приказ от 31 августа 2026 г. № 9."
    )


@pytest.mark.parametrize(
    ("sign", "sentence"),
    [
        ("", "В соответствии с письмом А, приказом Б, указом В, в целях порядка"),
        (";", "В соответствии с письмом А; приказом Б; указом В, в целях порядка"),
    ],
)
def test_acts_of_one_opener_are_parted_as_the_settings_say(sign: str, sentence: str) -> None:
    acts: list[Row] = [
        {"имя": name, "вид": f"{kind} {name}"}
        for name, kind in (("А", "письмо"), ("Б", "приказ"), ("В", "указ"))
    ]
    reasons: list[Row] = [
        {"приказ": "О внедрении", "оборот": "В соответствии с", "акт": "А; Б"},
        {"приказ": "О внедрении", "акт": "В"},
        {"приказ": "О внедрении", "оборот": "в целях", "текст": "порядка"},
    ]
    rows: RowsByRegister = {
        "приказы": [order()],
        "акты": acts,
        "преамбула": reasons,
        "настройки": [{"между_актами": sign}],
    }
    assert plain(first(scope_of(rows), "приказы").преамбула_текст) == sentence


def test_an_act_typed_in_words_is_parted_as_one_of_the_register() -> None:
    acts: list[Row] = [{"имя": "А", "вид": "письмо А"}]
    reasons: list[Row] = [
        {"приказ": "О внедрении", "оборот": "На основании", "акт": "А"},
        {"приказ": "О внедрении", "текст": "приказа от 01.02.2026 № 5"},
        {"приказ": "О внедрении", "текст": "приказа от 02.02.2026 № 6"},
        {"приказ": "О внедрении", "текст": "решения школы"},
    ]
    rows: RowsByRegister = {
        "приказы": [order()],
        "акты": acts,
        "преамбула": reasons,
        "настройки": [{"между_актами": ";"}],
    }
    assert plain(first(scope_of(rows), "приказы").преамбула_текст) == (
        "На основании письма А; приказа от 01.02.2026 № 5; приказа от 02.02.2026 № 6, решения школы"
    )


@pytest.mark.parametrize(
    ("word", "place", "sentence", "inline"),
    [
        (", приказываю:", "в конце преамбулы", "В целях порядка,", "приказываю:"),
        ("приказываю:", "в конце преамбулы", "В целях порядка", "приказываю:"),
        (", ПРИКАЗЫВАЮ:", "отдельной строкой", "В целях порядка", ""),
    ],
)
def test_a_comma_before_the_operative_word_ends_the_preamble(
    word: str, place: str, sentence: str, inline: str
) -> None:
    rows: RowsByRegister = {
        "приказы": [order()],
        "преамбула": [{"приказ": "О внедрении", "оборот": "В целях", "текст": "порядка"}],
        "настройки": [{"распорядительное_слово": word}, {"место_слова": place}],
    }
    made = first(scope_of(rows), "приказы")
    assert (plain(made.преамбула_текст), made.слово_в_преамбуле) == (sentence, inline)


@pytest.mark.parametrize(("typed", "name"), [("", "М.П. Иванова"), ("да", "М.П. ИВАНОВА")])
def test_the_surname_of_the_signer_is_written_as_the_settings_say(typed: str, name: str) -> None:
    rows: RowsByRegister = {"приказы": [order()], "настройки": [{"фамилия_прописными": typed}]}
    assert plain(first(scope_of(rows), "приказы").подпись.имя) == name
