"""Slips of the keyboard are found, and what only looks like one is left alone."""

from __future__ import annotations

import pytest

from docgen.russian import SlipKind, agreement_slip, text_slips


def kinds(text: str) -> list[str]:
    return [one.kind.value for one in text_slips(text)]


@pytest.mark.parametrize(
    "text",
    [
        "МБОУ «Школа № 5",
        "Школа № 5»",
        "Положение «О наставничестве» в школе»",
        "положение (далее – Положение",
        "1) первый; 2) второй) третий",
        "приказ [проект",
        'приказ "О кураторе',
        "«А» «Б",
    ],
)
def test_a_mark_without_its_other_half_is_found(text: str) -> None:
    assert kinds(text) == [SlipKind.UNPAIRED]


@pytest.mark.parametrize(
    "text",
    [
        "Положение «О наставничестве в МБОУ «Школа № 5»",
        "Положение «О «Точке роста» в школе»",
        "«А «Б» в «В»",
        "1) первый; 2) второй",
        "а) план; б) отчёт",
        "а)",
        "8 (000) 000-05-05",
        "(далее – Положение)",
        'ООО "Ромашка"',
        'диск 5" и 7"',
        "наставник(и) и (или) куратор",
        "",
    ],
)
def test_marks_in_pairs_and_numbers_of_items_are_well(text: str) -> None:
    assert SlipKind.UNPAIRED not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "в (название …) школе",
        "приказ (наименование организации) от",
        "директору (указать ФИО)",
        "в срок (дата ...)",
        "[впишите школу]",
        "<наименование>",
        "от ХХ.ХХ.ХХХХ № 5",
    ],
)
def test_room_left_for_words_is_found(text: str) -> None:
    assert kinds(text) == [SlipKind.PLACEHOLDER]


@pytest.mark.parametrize(
    "text",
    [
        "(нужное подчеркнуть)",
        "Подпись ________ (____________)",
        "сноска [1]",
        "XX век, XXX Олимпиада",
        "и т.д…",
        "(наименование показателя)",
        "1 < 2",
    ],
)
def test_what_is_no_room_for_words_is_left_alone(text: str) -> None:
    assert SlipKind.PLACEHOLDER not in kinds(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("В соответствие с планом", "в соответствии с"),
        ("согласно приказа № 5", "согласно приказу"),
        ("Согласно требований", "согласно требованиям"),
        ("по окончанию года", "по окончании"),
        ("по завершению работы", "по завершении"),
        ("по истечению срока", "по истечении"),
        ("в течении 2026 года", "в течение"),
        ("в течении учебного года", "в течение"),
        ("не смотря на отпуск", "несмотря на"),
        ("вследствии болезни", "вследствие"),
        ("всоответствии с планом", "в соответствии"),
        ("Воисполнение приказа", "Во исполнение"),
        ("до 31декабря", "слиплись"),
        ("Утвердить план.Назначить куратора", "слиплись"),
        ("планы,отчёты", "слиплись"),
        ("приказОб утверждении", "слиплись"),
        ("приказ N 5", "№"),
        ("приказ No 5", "№"),
        ("приказ #5", "№"),
        ("план , график", "пробел"),
        ("Утвердить план .", "пробел"),
        ("план,, график", "лишний"),
        ("на на год", "повторено"),
        ("работы работы", "повторено"),
    ],
)
def test_a_slip_of_the_keyboard_is_found_once(text: str, advice: str) -> None:
    (slip,) = text_slips(text)
    assert slip.kind is SlipKind.TYPING
    assert advice in slip.advice


@pytest.mark.parametrize(
    "text",
    [
        "привести в соответствие с законом",
        "приведение локальных актов в соответствие с ними",
        "согласно приказу, плану и положению",
        "в течении реки",
        "школа им. А.С.Пушкина, г.Москва, ул.Ленина",
        "Технопарк «КванториУм»",
        "1,5 года; 2026/2027 уч.год; т.д., т.п.",
        "№№ 1, 2 и № Р-145",
        "еле-еле, всё равно, по по-новому",
        "IT-куб, Wi-Fi, п. 1.2.3.",
        "Иванов И.И., Петров П.П.",
        "МКУ «МЦ», УО",
        "- первый пункт;",
        "и только только что",
        "5 «А» класс",
        "поэтому в целях развития",
        "e-mail: school@example.ru",
        "https://school.example/план.docx",
    ],
)
def test_what_only_looks_like_a_slip_is_left_alone(text: str) -> None:
    assert text_slips(text) == []


def test_a_long_cell_is_quoted_around_its_slip_alone() -> None:
    text = f"{'слова ' * 1}{'разные и ещё ' * 30}план , график {'и так далее ' * 30}"
    (slip,) = [one for one in text_slips(text) if "пробел" in one.advice]
    assert "план , график" in slip.found
    assert len(slip.found) < 60


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("План мероприятий (дорожной карты) внедрения", "дорожной карты"),
        ("План мероприятий (дорожная карта) внедрения", ""),
        ("План мероприятий (для педагогов)", ""),
        ("О плане мероприятий (дорожной карте)", ""),
    ],
)
def test_a_paper_named_twice_stands_in_one_case(heading: str, words: str) -> None:
    assert agreement_slip(heading) == words
