"""Papers of people who are hard to write about: who signs, what is declined, what is left out."""

from __future__ import annotations

import pytest

from tests.support.hard_cases import papers

SAID = {
    "the acting head signs, in short": (
        ("приказ_о_парах_обучающихся",),
        "И.о. директора С.И. Рудаков",
    ),
    "applications go to the acting head": (
        ("согласие_на_участие", "Взрослов И.О. (наставник)"),
        "И.о. директора МБОУ СОШ № 5 Рудакову С.И. от обучающегося 11 «А» класса Взрослова Ильи",
    ),
    "a hyphenated surname of a man declines in its second part": (
        ("выписка_о_паре", "Мартинес"),
        "Мамин-Сибиряк Дмитрий Наркисович, учитель физики",
    ),
    "a surname of two words declines": (
        ("согласие_на_наставничество", "Мартинес"),
        "от учителя испанского языка Мартинес Веги Ольги Ивановны",
    ),
    "a former surname in brackets declines, too": (
        ("согласие_на_наставничество", "Соколова (Бездетко) И.П. (наставник)"),
        "от учителя музыки Соколовой (Бездетко) Инны Петровны",
    ),
    "surnames of a group each decline in their own way": (
        ("дополнительное_соглашение", "Соколова"),
        "тьютора Шейх Лины Маратовны; тьютора Дубровина-Седых Петра Ильича; тьютора Мышь Анны",
    ),
    "the mentor of a group helps other workers": (
        ("согласие_на_наставничество", "Соколова (Бездетко) И.П. (наставник)"),
        "оказывать другим работникам помощь",
    ),
    "the mentor of one helps another worker": (
        ("согласие_на_наставничество", "Мамин-Сибиряк Д.Н. (наставник)"),
        "оказывать другому работнику помощь",
    ),
    "a group asks in the plural": (
        ("программа_наставничества", "Соколова"),
        "2. Запросы наставляемых Ткаченко Я.О.:",
    ),
    "the order has pairs and groups": (
        ("приказ_о_парах",),
        "совместно с участниками пар и групп персонализированные программы",
    ),
    "pupils, too, have pairs and groups": (
        ("приказ_о_парах_обучающихся",),
        "наставнические пары и группы с участием обучающихся",
    ),
    "the order names the house of a mentor from outside": (
        ("приказ_о_парах",),
        "Ожегова-Крафт Жанна Эдуардовна, ведущий инженер ООО «Прибор» Ткач Илья",
    ),
    "with a mentor from outside the house agrees in another way": (
        ("приказ_о_парах",),
        "2.4. до начала работы подготовить соглашение о наставничестве с наставником, который не "
        "работает в учреждении.",
    ),
    "a mentor from outside meets pupils beside a worker": (
        ("приказ_о_парах_обучающихся",),
        "при наличии справки об отсутствии судимости и только в присутствии работника учреждения",
    ),
    "a mentor from outside consents without the labour code": (
        ("согласие_на_наставничество", "Ожегова-Крафт Ж.Э. (наставник)"),
        "даю письменное согласие осуществлять наставничество в МБОУ СОШ № 5 – оказывать работнику",
    ),
    "refusal is explained to those who are commissioned, not to those whose duty it is": (
        ("приказ_о_парах",),
        "разъяснить наставникам, которым поручена работа по наставничеству, под подпись",
    ),
    "mentors by duty have a point of their own": (
        ("приказ_о_парах",),
        "4. Наставникам, в должностные обязанности которых входит наставничество (Лебедь И.В., "
        "Неживых В.И.)",
    ),
    "the extract of a mentor by duty repeats that point without other names": (
        ("выписка_о_паре", "Неживых В.И. (наставник)"),
        "4. Наставникам, в должностные обязанности которых входит наставничество (Неживых В.И.),",
    ),
    "the founder is told of the head who is a mentor": (
        ("приказ_о_парах",),
        "5.3. направить учредителю (Управление образования администрации города Верхнеозёрска) "
        "проект дополнительного соглашения к трудовому договору с руководителем учреждения;",
    ),
    "the head consents before the founder": (
        ("согласие_на_наставничество", "Мельник А.П. (наставник)"),
        "Начальнику Управления образования администрации города Верхнеозёрска Козловой В.А. "
        "от директора МБОУ СОШ № 5 Мельник Анны Петровны",
    ),
    "the founder signs the agreement with the head": (
        ("дополнительное_соглашение", "Мельник"),
        "______________ В.А. Козлова М.П. ______________ А.П. Мельник",
    ),
    "a guardian of a child of 13 is a guardian": (
        ("согласие_на_участие", "Младшева М.Ю. (наставляемый)"),
        "от Бабушкиной Розы Ильиничны, опекуна обучающейся 7 «А» класса Младшевой Милы Юрьевны",
    ),
    "a guardian of a child who is 14 on the day is a trustee": (
        ("согласие_на_участие", "Ровнин О.Ю. (наставляемый)"),
        "от Дедушкина Ивана Ильича, попечителя обучающегося 7 «А» класса Ровнина Олега Юрьевича",
    ),
    "a child of 14 signs beside the trustee": (
        ("согласие_представителя", "Ровнин"),
        "Обучающийся (на обработку согласен)",
    ),
    "the consent of a parent ends at 18": (
        ("согласие_представителя", "Семнадцатых"),
        "по 14 января 2027 г. включительно (до достижения 18 лет)",
    ),
    "so does the one to dissemination": (
        ("согласие_на_распространение_представителя", "Семнадцатых"),
        "по 14 января 2027 г. включительно (до достижения 18 лет)",
    ),
    "a grown-up pupil ends it by an application of his own": (
        ("согласие_на_участие", "Взрослов И.О. (наставник)"),
        "прекращается в любое время по моему заявлению",
    ),
    "a grown-up pupil consents for himself": (
        ("согласие_обучающегося", "Взрослов"),
        "Я, Взрослов Илья Олегович, в соответствии со статьёй 9",
    ),
}
UNSAID = {
    "no pay for a duty, and none to the head or somebody from outside": (
        ("приказ_о_выплатах",),
        ("Неживых", "Мельник Анна", "Ожегова"),
    ),
    "the founder's act sets the pay of the head": (
        ("дополнительное_соглашение", "Мельник"),
        ("Положения об оплате труда",),
    ),
    "nor does the consent of the head name the house's rules": (
        ("согласие_на_наставничество", "Мельник А.П. (наставник)"),
        ("Положения об оплате труда", "И.о. директора"),
    ),
    "the extract of a mentor by duty names no other": (
        ("выписка_о_паре", "Неживых В.И. (наставник)"),
        ("Лебедь", "отказаться"),
    ),
    "a child of 13 does not sign the consent to processing": (
        ("согласие_представителя", "Младшева"),
        ("на обработку согласна", "попечител"),
    ),
    "nobody's parent is named by a grown-up": (
        ("согласие_на_участие", "Взрослов"),
        ("родител", "представител"),
    ),
}
NOT_MADE = {
    "no supplement for a duty": ("дополнительное_соглашение", "Неживых"),
    "no supplement with somebody from outside": ("дополнительное_соглашение", "Ожегова"),
    "no consent to what is a duty": ("согласие_на_наставничество", "Неживых"),
    "no commission by duty of others": ("поручение_наставнику", "Мамин"),
    "no parent consents for a grown-up": ("согласие_представителя", "Взрослов"),
    "no grown-up's consent for a minor": ("согласие_обучающегося", "Семнадцатых"),
    "no extract of pay for the head": ("выписка_о_выплате", "Мельник"),
}


@pytest.mark.parametrize(("where", "words"), SAID.values(), ids=SAID.keys())
def test_a_hard_case_is_said_right(where: tuple[str, ...], words: str) -> None:
    found = papers(*where)
    assert found
    assert [text for text in found if words not in text] == []


@pytest.mark.parametrize(("where", "words"), UNSAID.values(), ids=UNSAID.keys())
def test_a_hard_case_leaves_out_what_is_not_its_own(
    where: tuple[str, ...], words: tuple[str, ...]
) -> None:
    found = papers(*where)
    assert found
    assert [one for one in words if any(one in text for text in found)] == []


@pytest.mark.parametrize("where", NOT_MADE.values(), ids=NOT_MADE.keys())
def test_a_paper_that_is_not_wanted_is_not_made(where: tuple[str, ...]) -> None:
    assert papers(where[0])
    assert papers(*where) == []
