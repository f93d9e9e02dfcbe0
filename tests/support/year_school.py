"""A school in words, and what its clerk types from August to June, month by month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from docgen.pipeline.answers.findings import check_workspace
from docgen.pipeline.output.places import Findings, Site
from tests.support.builders import ROOT, Cell, shipped_schemas, write_book
from tests.support.small_root import BOOK, run

SIGNATURES: Final = "Согласия и подписи.xlsx"
MAP: Final = "Дорожная карта"
INTRODUCTION, CURATOR, PAIRS = "О внедрении", "О кураторе", "О парах"
PUPILS, REPLACEMENT, INSPECTION = "О парах обучающихся", "О замене", "О проверке"
PROLONGATION, RESULTS, NEXT_YEAR = "О продлении", "Об итогах", "О плане"

Row = dict[str, Cell]


def day(text: str) -> dt.date:
    """Return a day written as 01.09.2026."""
    of_month, month, year = map(int, text.split("."))
    return dt.date(year, month, of_month)


# --- the school in words ---------------------------------------------------------------------

HEAD, DEPUTY, METHODIST = (
    "Лаптева Галина Юрьевна",
    "Осокин Павел Андреевич",
    "Тихонова Вера Львовна",
)
CLERK = "Рощина Инна Олеговна"
DROZDOVA, KARPOV, YUDINA = (
    "Дроздова Нина Егоровна",
    "Карпов Сергей Иванович",
    "Юдина Ольга Петровна",
)
MISHCHENKO, GUSEVA = "Мищенко Лариса Викторовна", "Гусева Алла Борисовна"
FOMIN, ZOTOVA, LOSEVA = "Фомин Артём Ильич", "Зотова Дарья Романовна", "Лосева Юлия Максимовна"
PANIN, KRYLOVA, SHUBIN = (
    "Панин Глеб Олегович",
    "Крылова Софья Антоновна",
    "Шубин Олег Павлович",
)
SOKOLOV, GROMOVA, ZHUKOVA = (
    "Соколов Илья Дмитриевич",
    "Громова Вера Антоновна",
    "Жукова Мария Олеговна",
)
ZIMIN, KOTOVA = "Зимин Кирилл Станиславович", "Котова Анна Ильинична"

STAFF: Final[Mapping[str, str]] = {
    HEAD: "директор",
    DEPUTY: "заместитель директора по учебно-воспитательной работе",
    METHODIST: "заместитель директора по методической работе",
    CLERK: "специалист по кадрам",
    DROZDOVA: "учитель математики",
    KARPOV: "учитель физики",
    YUDINA: "учитель русского языка и литературы",
    MISHCHENKO: "педагог-психолог",
    GUSEVA: "учитель начальных классов",
    FOMIN: "учитель математики",
    ZOTOVA: "учитель физики",
    LOSEVA: "учитель русского языка и литературы",
    PANIN: "социальный педагог",
    KRYLOVA: "учитель начальных классов",
    SHUBIN: "учитель информатики",
}
CHILDREN: Final = (
    (SOKOLOV, "14.02.2010", "10 «А»", "Соколова Елена Викторовна", "мать"),
    (GROMOVA, "15.01.2013", "6 «Б»", "Громов Антон Павлович", "опекун"),
    (ZHUKOVA, "20.03.2009", "11 «А»", "Жукова Нина Фёдоровна", "мать"),
    (ZIMIN, "30.05.2012", "8 «В»", "Зимина Анна Игоревна", "мать"),
    (KOTOVA, "11.10.2011", "9 «А»", "Котов Илья Сергеевич", "отец"),
)
ORGANISATION: Final = (
    ("Полное название", "Муниципальное бюджетное общеобразовательное учреждение «Школа № 12»"),
    ("Краткое название", "МБОУ «Школа № 12»"),
    ("Строка бланка", "МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ"),
    ("Строка бланка", "«ШКОЛА № 12»"),
    ("Место издания", "г. Приозёрск"),
    ("Адрес", "000000, г. Приозёрск, ул. Школьная, д. 12"),
    ("Эл. почта", "school12@priozersk.example"),
    ("Руководитель", HEAD),
    ("Должность руководителя", "Директор"),
    ("Куратор", METHODIST),
    ("Ответственный за персональные данные", CLERK),
)
ROADMAP: Final = (
    ("№", "Мероприятие", "Срок", "Ответственный"),
    ("1", "2", "3", "4"),
    ("1. Подготовка", None, None, None),
    ("1.1", "Утверждение положения и дорожной карты", "27 августа 2026 г.", "Лаптева Г.Ю."),
    ("1.2", "Назначение куратора", "31 августа 2026 г.", "Лаптева Г.Ю."),
    ("1.3", "Сбор согласий наставников", "до 1 сентября 2026 г.", "Рощина И.О."),
    ("2. Работа пар", None, None, None),
    ("2.1", "Закрепление пар педагогов", "1 сентября 2026 г.", "Лаптева Г.Ю."),
    ("2.2", "Закрепление пар обучающихся", "октябрь 2026 г.", "Тихонова В.Л."),
    ("2.3", "Посещение уроков", "ноябрь 2026 г. – апрель 2027 г.", "Тихонова В.Л."),
    ("2.4", "Промежуточные итоги", "январь 2027 г.", "Тихонова В.Л."),
    ("3. Итоги", None, None, None),
    ("3.1", "Итоговый методический совет", "до 31 мая 2027 г.", "Тихонова В.Л."),
)


def order(name: str, number: str, dated: str, about: str, heading: str, **more: Cell) -> Row:
    """Return a row of «Приказы» that is to be signed."""
    return {
        "имя": name,
        "номер": number,
        "дата": day(dated),
        "о_чём": about,
        "заголовок": heading,
        "контроль": "за собой",
        "исполнитель": CLERK,
        "состояние": "на подписи",
        **more,
    }


def pair(mentor: str, mentee: str, goal: str, begins: str, ends: str, **more: Cell) -> Row:
    """Return a row of «Пары»."""
    return {
        "форма": "педагог – педагог",
        "наставник": mentor,
        "наставляемый": mentee,
        "цель": goal,
        "с": day(begins),
        "по": day(ends),
        "оформление": "доп. соглашение",
        "выплата": "10 % оклада",
        "источник": "фонд оплаты труда",
        "приказ": PAIRS,
        **more,
    }


def point(name: str, number: str, text: str, **more: Cell) -> Row:
    """Return a row of «Пункты»."""
    return {"приказ": name, "номер": number, "текст": text, **more}


# --- the clerk -------------------------------------------------------------------------------


@dataclass(slots=True)
class Clerk:
    """Types registers of a school in a folder; ``rows`` are by register and column name."""

    folder: Path
    rows: dict[str, list[Row]] = field(default_factory=dict)
    card: list[tuple[object, ...]] = field(default_factory=list)
    settings: list[tuple[str, str]] = field(default_factory=list)

    @property
    def workspace(self) -> Path:
        """The folder with the school's books."""
        return self.folder / "школа"

    @property
    def site(self) -> Site:
        """The school as commands take it, with the shipped kinds."""
        return Site(self.workspace, ROOT, self.folder / "output")

    def add(self, register: str, *rows: Row) -> None:
        """Add rows to a register."""
        self.rows.setdefault(register, []).extend(rows)

    def row(self, register: str, column: str, value: str) -> Row:
        """Return the row of a register with this value."""
        return next(one for one in self.rows[register] if one[column] == value)

    def order(self, name: str) -> Row:
        """Return the row of an order."""
        return self.row("приказы", "имя", name)

    def sign(self, *names: str) -> None:
        """Call orders signed."""
        for name in names:
            self.order(name)["состояние"] = "подписан"

    def save(self) -> None:
        """Write the book as it is now, every column of the shipped registers in it."""
        sheets: dict[str, list[list[object]]] = {}
        for name, schema in shipped_schemas().items():
            if schema.workbook != BOOK:
                continue
            if schema.is_card:
                facts = self.card if name == "организация" else self.settings
                head: list[object] = ["Что", "Значение", "Действует с", "по"]
                sheets[schema.sheet] = [head, *map(list, facts)]
            else:
                names = [one.name for one in schema.columns]
                sheets[schema.sheet] = [[one.header for one in schema.columns]]
                for row in self.rows.get(name, ()):
                    sheets[schema.sheet].append([row.get(one) for one in names])
        sheets[MAP] = [list(row) for row in ROADMAP]
        write_book(self.workspace / BOOK, sheets)

    def build(self, on: dt.date) -> int:
        """Build without PDF on a day; return the exit code."""
        out = ("--root", ROOT, "--out", self.folder / "output")
        return run("build", self.workspace, "--no-pdf", *out, "--date", on)

    def check(self, on: dt.date) -> Findings:
        """Return what a check says on a day."""
        return check_workspace(self.site, on)

    def expect(self) -> None:
        """Have the rows of expected signatures written."""
        assert run("signatures", self.workspace, "--root", ROOT) == 0

    def collect(self, on: dt.date) -> None:
        """Write the day of signature into every row that has none.

        Nobody is acquainted with an order on a day before its date. Banks follow the pairs all
        year: nobody signs them while these change.
        """
        path = self.workspace / SIGNATURES
        book = load_workbook(path)
        sheet = book.worksheets[0]
        headers = [cell.value for cell in sheet[1]]
        for number in range(2, sheet.max_row + 1):
            cell = sheet.cell(number, headers.index("Подписано") + 1)
            title = str(sheet.cell(number, 1).value or "")
            dated = re.search(r"^Лист ознакомления.* от (\d\d\.\d\d\.\d{4})", title)
            waits = title.startswith("Банк") or (dated and day(dated[1]) > on)
            if title and cell.value is None and not waits:
                cell.value = on
        book.save(path)


def begin(folder: Path) -> Clerk:
    """Return the clerk of a school that prepares the year 2026/2027, its orders not begun."""
    clerk = Clerk(folder)
    clerk.card = list(ORGANISATION)
    clerk.settings = [("Учебный год", "2026/2027"), ("Профиль оформления", "школа")]
    for name, post in STAFF.items():
        clerk.add("сотрудники", {"фио": name, "должность": post})
    for name, born, form, guardian, relation in CHILDREN:
        child: Row = {"фио": name, "рождён": day(born), "класс": form}
        child |= {"представитель": guardian, "кем_приходится": relation}
        if relation == "опекун":
            child["полномочия"] = "распоряжение администрации от 12.02.2020 № 31-р"
        clerk.add("дети", child)
    clerk.add(
        "цели",
        {
            "имя": "Наставничество обучающихся",
            "для_кого": "обучающиеся",
            "цель": "организация и сопровождение наставничества обучающихся",
            "данные": "фамилия, имя, отчество; класс",
            "действия": "сбор, запись, хранение, использование, удаление, уничтожение",
            "срок": day("31.08.2027"),
        },
    )
    clerk.add(
        "акты",
        {
            "имя": "Протокол педсовета",
            "вид": "протокол заседания",
            "кто": "педагогический совет",
            "дата": day("26.08.2026"),
            "номер": "1",
        },
    )
    return clerk
