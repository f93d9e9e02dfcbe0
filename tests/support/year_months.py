"""What the clerk of a school types in each month of a year, and on which day it is checked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.year_school import (
    CLERK,
    CURATOR,
    DEPUTY,
    DROZDOVA,
    FOMIN,
    GROMOVA,
    GUSEVA,
    INSPECTION,
    INTRODUCTION,
    KARPOV,
    KOTOVA,
    KRYLOVA,
    LOSEVA,
    MAP,
    METHODIST,
    MISHCHENKO,
    NEXT_YEAR,
    PAIRS,
    PANIN,
    PROLONGATION,
    PUPILS,
    REPLACEMENT,
    RESULTS,
    SHUBIN,
    SOKOLOV,
    YUDINA,
    ZHUKOVA,
    ZIMIN,
    ZOTOVA,
    Clerk,
    Row,
    begin,
    day,
    order,
    pair,
    point,
)


@dataclass(frozen=True, slots=True)
class Month:
    """A step of the year: the day on which registers are checked, and what was typed before."""

    on: dt.date
    type_in: Callable[[Clerk], object]


def _august(clerk: Clerk) -> None:
    """The school introduces mentoring: statute, roadmap, curator; pairs are being looked for."""
    clerk.add(
        "приказы",
        order(
            INTRODUCTION,
            "140-од",
            "27.08.2026",
            "внедрение наставничества",
            "О внедрении системы наставничества педагогических работников",
            основание="Протокол педсовета",
            ознакомить=f"{METHODIST}; {CLERK}",
        ),
        order(
            CURATOR,
            "143-од",
            "31.08.2026",
            "назначение куратора",
            "О назначении куратора наставничества",
            ознакомить=METHODIST,
        ),
    )
    clerk.add(
        "приложения",
        {
            "приказ": INTRODUCTION,
            "номер": "1",
            "вид": "положение",
            "заголовок": "Положение о системе наставничества педагогических работников",
            "шаблон": "положение о наставничестве",
        },
        {
            "приказ": INTRODUCTION,
            "номер": "2",
            "вид": "дорожная карта",
            "заголовок": "Дорожная карта внедрения системы наставничества",
            "шаблон": "таблица",
            "лист": MAP,
        },
    )
    clerk.add(
        "грифы",
        {
            "приказ": INTRODUCTION,
            "приложение": "1",
            "слово": "ПРИНЯТО",
            "кто": "педагогический совет",
            "чем": "протокол",
            "дата": day("26.08.2026"),
            "номер": "1",
        },
    )
    clerk.save()
    clerk.build(day("27.08.2026"))


def _pairs(clerk: Clerk) -> None:
    """The first order is signed; pairs are typed, and sheets for their consents are handed out."""
    clerk.sign(INTRODUCTION)
    clerk.add(
        "приказы",
        order(
            PAIRS,
            "144-од",
            "01.09.2026",
            "закрепление пар педагогов",
            "О закреплении наставнических пар педагогических работников",
            ознакомить=f"участники; {METHODIST}; {CLERK}",
        ),
    )
    term = ("03.09.2026", "28.05.2027")
    clerk.add(
        "пары",
        pair(DROZDOVA, FOMIN, "адаптация молодого специалиста", *term),
        pair(KARPOV, ZOTOVA, "адаптация молодого специалиста", *term),
        pair(YUDINA, LOSEVA, "подготовка к аттестации", "03.09.2026", "29.01.2027"),
        pair(MISHCHENKO, PANIN, "работа с группой риска", *term),
        pair(GUSEVA, KRYLOVA, "функциональная грамотность", *term),
        pair(DEPUTY, SHUBIN, "работа с документами", *term, форма="руководитель – педагог"),
    )
    clerk.save()
    clerk.build(day("28.08.2026"))
    clerk.expect()


def _consents(clerk: Clerk) -> None:
    """All consents are back."""
    clerk.collect(day("31.08.2026"))
    clerk.build(day("31.08.2026"))


def _september(clerk: Clerk) -> None:
    """Curator and pairs are signed."""
    clerk.sign(CURATOR, PAIRS)
    clerk.save()
    clerk.build(day("01.09.2026"))


def _october(clerk: Clerk) -> None:
    """Pairs of pupils: representatives and pupils have consented."""
    clerk.add(
        "приказы",
        order(
            PUPILS,
            "161-од",
            "05.10.2026",
            "закрепление пар обучающихся",
            "О закреплении наставнических пар обучающихся на 2026/2027 учебный год",
            контроль=DEPUTY,
            ознакомить=f"{METHODIST}; {DEPUTY}; {GUSEVA}",
        ),
    )
    clerk.add(
        "приложения",
        {
            "приказ": PUPILS,
            "вид": "список",
            "заголовок": "Список наставнических пар обучающихся",
            "шаблон": "список пар обучающихся",
        },
    )
    more: Row = {"приказ": PUPILS, "оформление": "вне ТК", "выплата": None, "источник": None}
    term = ("12.10.2026", "28.05.2027")
    pupils = "ученик – ученик"
    clerk.add(
        "пары",
        pair(SOKOLOV, GROMOVA, "олимпиада по биологии", *term, форма=pupils) | more,
        pair(ZHUKOVA, ZIMIN, "адаптация в классе", *term, форма=pupils) | more,
        pair(GUSEVA, KOTOVA, "проект по истории", *term, форма="педагог – ученик") | more,
    )
    clerk.save()
    clerk.expect()
    clerk.collect(day("02.10.2026"))
    clerk.build(day("05.10.2026"))


def _november(clerk: Clerk) -> None:
    """A mentor leaves; another takes his mentee."""
    clerk.sign(PUPILS)
    clerk.row("сотрудники", "фио", KARPOV)["по"] = day("13.11.2026")
    left = clerk.row("пары", "наставник", KARPOV)
    left |= {"прекращена": day("14.11.2026"), "причина": "увольнение"}
    clerk.add(
        "приказы",
        order(
            REPLACEMENT,
            "180-од",
            "13.11.2026",
            "закрепление пар педагогов",
            "О замене наставника",
            изменяет=PAIRS,
            ознакомить="участники",
        ),
    )
    clerk.add(
        "пары",
        pair(
            DROZDOVA,
            ZOTOVA,
            "адаптация молодого специалиста",
            "17.11.2026",
            "28.05.2027",
            приказ=REPLACEMENT,
            вместо=KARPOV,
        ),
    )
    clerk.save()
    clerk.expect()
    clerk.collect(day("12.11.2026"))
    clerk.build(day("13.11.2026"))


def _december(clerk: Clerk) -> None:
    """The head is away; her deputy signs an order in the school's own words."""
    clerk.sign(REPLACEMENT)
    clerk.card.append(("И.о. руководителя", DEPUTY, day("14.12.2026"), day("25.12.2026")))
    clerk.add(
        "приказы",
        order(INSPECTION, "195-од", "15.12.2026", "свой текст", "О проверке работы пар"),
    )
    clerk.add("преамбула", {"приказ": INSPECTION, "оборот": "На основании", "акт": INTRODUCTION})
    clerk.add(
        "пункты",
        point(INSPECTION, "1", "Провести проверку", кому=METHODIST, срок="до 25 декабря 2026 г."),
        point(INSPECTION, "2", "Назначить ответственной {кого}", лицо=CLERK),
        point(INSPECTION, "3", "Подвести итоги", кому=METHODIST, срок=day("25.12.2026")),
    )
    clerk.save()
    clerk.build(day("15.12.2026"))


def _january(clerk: Clerk) -> None:
    """A pair goes on after its term; a child has turned fourteen."""
    clerk.sign(INSPECTION)
    clerk.add(
        "приказы",
        order(
            PROLONGATION,
            "12-од",
            "25.01.2027",
            "закрепление пар педагогов",
            "О продлении работы наставнической пары",
            изменяет=PAIRS,
            ознакомить="участники",
        ),
    )
    clerk.row("пары", "наставник", YUDINA).update(
        {"прекращена": day("30.01.2027"), "причина": "завершена"}
    )
    clerk.add(
        "пары",
        pair(
            YUDINA,
            LOSEVA,
            "подготовка к аттестации",
            "01.02.2027",
            "28.05.2027",
            приказ=PROLONGATION,
        ),
    )
    clerk.save()
    clerk.expect()
    clerk.collect(day("22.01.2027"))
    clerk.build(day("25.01.2027"))


def _february(clerk: Clerk) -> None:
    """A mentor among the pupils is about to come of age."""
    clerk.sign(PROLONGATION)
    clerk.save()
    clerk.build(day("19.02.2027"))


def _nothing(_: Clerk) -> None:
    """Nothing is typed; a day passes."""


def _may(clerk: Clerk) -> None:
    """The year is closed by an order of the school's own words."""
    clerk.add(
        "приказы",
        order(
            RESULTS,
            "70-од",
            "28.05.2027",
            "свой текст",
            "Об итогах наставничества в 2026/2027 учебном году",
        ),
    )
    clerk.add(
        "преамбула",
        {"приказ": RESULTS, "оборот": "На основании", "акт": "Протокол педсовета"},
    )
    clerk.add(
        "пункты",
        point(RESULTS, "1", "Признать работу наставнических пар удовлетворительной"),
        point(RESULTS, "2", "Разместить отчёт на сайте", кому=CLERK, срок=day("04.06.2027")),
    )
    clerk.save()
    clerk.build(day("28.05.2027"))


def _end_of_may(clerk: Clerk) -> None:
    """The year's last order is signed; pairs are over, and nobody has said so yet."""
    clerk.sign(RESULTS)
    clerk.save()
    clerk.build(day("31.05.2027"))


def _june(clerk: Clerk) -> None:
    """All pairs are done; the order of the coming year is drafted."""
    for one in clerk.rows["пары"]:
        if not one.get("прекращена"):
            one |= {"прекращена": day("29.05.2027"), "причина": "завершена"}
    clerk.add(
        "приказы",
        order(
            NEXT_YEAR,
            "81-од",
            "16.06.2027",
            "свой текст",
            "О плане наставничества на 2027/2028 учебный год",
        ),
    )
    clerk.add("пункты", point(NEXT_YEAR, "1", "Утвердить план наставничества"))
    clerk.save()
    clerk.build(day("16.06.2027"))


MONTHS: Final[Mapping[str, Month]] = {
    "август": Month(day("27.08.2026"), _august),
    "пары": Month(day("28.08.2026"), _pairs),
    "согласия": Month(day("31.08.2026"), _consents),
    "сентябрь": Month(day("01.09.2026"), _september),
    "октябрь": Month(day("05.10.2026"), _october),
    "ноябрь": Month(day("13.11.2026"), _november),
    "декабрь": Month(day("15.12.2026"), _december),
    "январь": Month(day("25.01.2027"), _january),
    "февраль": Month(day("19.02.2027"), _february),
    "март": Month(day("01.03.2027"), _nothing),
    "апрель": Month(day("15.04.2027"), _nothing),
    "май": Month(day("28.05.2027"), _may),
    "конец мая": Month(day("31.05.2027"), _end_of_may),
    "июнь": Month(day("16.06.2027"), _june),
}


def play(folder: Path) -> dict[str, Path]:
    """Play the year; return a folder for each month, as the clerk's was on its day."""
    kept = {}
    clerk = begin(folder / "год")
    for name, month in MONTHS.items():
        month.type_in(clerk)
        kept[name] = folder / name
        shutil.copytree(clerk.folder, kept[name])
    return kept
