"""The workspaces that are timed: registers in Excel, a kind of document, packets.

Registers look as a secretary's do: every sheet that docgen wants, headers of the schema, one row a
record. Peers read the same workbooks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P

from benchmarks.people import Person, make_person

ROOT = Path(__file__).resolve().parent.parent
BOOK = "Наставничество.xlsx"
CONSENT = "согласие_на_сведения"
ROADMAP_ROWS = 38
ORDERS_SHEET, POINTS_SHEET, APPENDICES_SHEET = "Приказы", "Пункты", "Приложения"
PEOPLE_SHEET, PREAMBLE_SHEET = "Сотрудники", "Преамбула"

Cell = str | dt.date | None
Row = Sequence[Cell]

HEAD = Person("Тестова Мария Петровна", "директор", "", "", "")
SCHOOL = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 3»"
_CARD_HEADER = ("Что", "Значение", "Действует с", "по")
_PEOPLE_HEADER = ("Фамилия Имя Отчество", "Должность", "Таб. №", "Паспорт", "Адрес")
_ORDERS_HEADER = (
    *("Краткое имя", "Вид документа", "Номер", "Дата", "О чём", "Заголовок"),
    *("Учебный год", "Контроль", "Куратор", "Состояние"),
)
_POINTS_HEADER = ("Приказ", "№", "Что сделать", "Приложение")
_PREAMBLE_HEADER = ("Приказ", "Оборот", "Текст")
_APPENDICES_HEADER = ("Приказ", "№", "Что это", "Заголовок", "Чем заполняется", "Лист с таблицей")
_PAIRS_HEADER = (
    *("Форма", "Наставник", "Наставляемый", "Цель (направление)", "С", "По", "Как оформлено"),
)
_PURPOSES_HEADER = (
    *("Краткое имя", "Для кого", "Цель", "Какие данные", "Какие действия", "Способы обработки"),
    "Срок согласия",
)
ROADMAP_HEADER = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")

# One print run and nothing else, since that is what a script leaves; the shipped packets get a
# family that these registers do not have, and so no documents.
_PRINT_PACKET = """title = "Печать. {{ год }} учебный год"
purpose = "print"
per = "year"
families = ["order", "appendix", "consent"]
"""
_NO_PACKET = """title = "Нет"
purpose = "print"
per = "year"
families = ["blank-form"]
"""
_PRINT_NAME = "печать"

_CONSENT_ENTRY = """title = "Согласие: {{ сотрудник.фио }}"
register = "сотрудники"
where = { "таб" = "*" }
output = "Согласия/{{ сотрудник.таб }}"
family = "consent"
signs = [{ role = "работник", who = "сотрудник" }]
personal = ["сотрудники.паспорт", "сотрудники.адрес"]
"""
CLAUSE = (
    "Оператор вправе обрабатывать мои персональные данные с использованием средств автоматизации "
    "и без них для ведения банка данных наставников: сбор, запись, систематизация, хранение, "
    "уточнение, передача и уничтожение; срок — до конца учебного года. "
)
_CLAUSES = 16


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that docgen builds, and how many documents come out."""

    folder: Path
    documents: int

    @property
    def book(self) -> Path:
        """Return the workbook of the registers."""
        return self.folder / BOOK


def write_consents(folder: Path, count: int, first: int = 1) -> Workspace:
    """Write a workspace of consents of two pages, one for each of ``count`` people."""
    people = [make_person(first + number) for number in range(count)]
    return write_people(folder, people)


def write_people(folder: Path, people: Sequence[Person]) -> Workspace:
    """Write a workspace of consents for these people."""
    _write_packets(folder / "templates" / "packets")
    _write_consent_kind(folder / "templates")
    orders: dict[str, tuple[Row, list[Row]]] = {ORDERS_SHEET: (_ORDERS_HEADER, [])}
    _write_book(folder / BOOK, _common(people) | orders)
    return Workspace(folder, len(people))


def write_orders(folder: Path, count: int) -> Workspace:
    """Write a workspace of orders by shipped kinds, each with a roadmap as its appendix."""
    return write_numbered_orders(folder, range(1, count + 1))


def write_numbered_orders(folder: Path, numbers: Sequence[int]) -> Workspace:
    """Write a workspace of the orders with these numbers."""
    _write_packets(folder / "templates" / "packets")
    sheets = _common(_staff()) | _orders(numbers, has_roadmap=True)
    for number in numbers:
        rows: list[Row] = [make_step(number, step) for step in range(1, ROADMAP_ROWS + 1)]
        sheets[roadmap_sheet(number)] = (ROADMAP_HEADER, rows)
    _write_book(folder / BOOK, sheets)
    return Workspace(folder, 2 * len(numbers))


def write_school(folder: Path, number: int, pairs: int = 20, orders: int = 30) -> Workspace:
    """Write a school with shipped kinds and packets: seven documents a pair, and orders."""
    first = number * 1000 + 1
    people = [make_person(first + index) for index in range(2 * pairs)]
    rows: list[Row] = [
        (
            *("педагог – педагог", mentor.name, novice.name, "адаптация молодого специалиста"),
            *(dt.date(2026, 9, 14), dt.date(2027, 5, 28), "доп. соглашение"),
        )
        for mentor, novice in zip(people[::2], people[1::2], strict=True)
    ]
    purposes: list[Row] = [_purpose("Муниципальный банк"), _purpose("Сайт школы")]
    sheets = _common(people) | _orders(range(1, orders + 1), has_roadmap=False)
    sheets["Пары"] = (_PAIRS_HEADER, rows)
    sheets["Цели обработки"] = (_PURPOSES_HEADER, purposes)
    _write_book(folder / BOOK, sheets)
    return Workspace(folder, 7 * pairs + orders)


def change_cell(book: Path, sheet: str, header: str, row: int, value: str) -> None:
    """Write a value into one cell and save the workbook, as Excel does."""
    workbook = openpyxl.load_workbook(book)
    headers = [cell.value for cell in workbook[sheet][1]]
    workbook[sheet].cell(row, headers.index(header) + 1, value)
    workbook.save(book)


def roadmap_sheet(number: int) -> str:
    """Return the name of the sheet with the roadmap of an order."""
    return f"Карта {number:03}"


def order_name(number: int) -> str:
    """Return the short name of an order."""
    return f"О карте {number:03}"


def make_step(number: int, step: int) -> tuple[str, str, str, str, str]:
    """Return a row of the roadmap of an order."""
    staff = _staff()
    person = staff[(number + step) % len(staff)]
    return (
        f"{step}",
        f"Провести занятие {step} и обсудить с педагогом, что вышло, а что ещё нет",
        f"до {step % 28 + 1} мая 2027 г.",
        f"{person.short}, {person.post}",
        f"Протокол {number}/{step}",
    )


@cache
def _staff() -> tuple[Person, ...]:
    """Return the people whom roadmaps name, without what only consents print."""
    people = (make_person(index) for index in range(1, ROADMAP_ROWS + 1))
    return tuple(Person(one.name, one.post, "", "", "") for one in people)


def _common(people: Iterable[Person]) -> dict[str, tuple[Row, list[Row]]]:
    """Return the sheets that every workspace has."""
    card: list[Row] = [
        ("Полное название", SCHOOL, None, None),
        ("Краткое название", "МБОУ СШ № 3", None, None),
        ("Строка бланка", "МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ", None, None),
        ("Строка бланка", "«СРЕДНЯЯ ШКОЛА № 3»", None, None),
        ("Место издания", "с. Ивановка", None, None),
        ("Адрес", "Курская область, с. Ивановка, ул. Школьная, д. 1", None, None),
        ("Руководитель", HEAD.name, None, None),
        ("Куратор", HEAD.name, None, None),
    ]
    rows: list[Row] = [
        (one.name, one.post, one.number or None, one.passport or None, one.address or None)
        for one in (HEAD, *people)
    ]
    return {
        "Организация": (_CARD_HEADER, card),
        PEOPLE_SHEET: (_PEOPLE_HEADER, rows),
        "Настройки": (_CARD_HEADER, [("Учебный год", "2026/2027", None, None)]),
    }


def _orders(numbers: Sequence[int], *, has_roadmap: bool) -> dict[str, tuple[Row, list[Row]]]:
    """Return the sheets of orders whose texts are typed in the registers, half a page each."""
    orders: list[Row] = []
    points: list[Row] = []
    preamble: list[Row] = []
    appendices: list[Row] = []
    for number in numbers:
        name = order_name(number)
        # Working days of eight weeks without a holiday: docgen warns of others.
        week, weekday = divmod(number % 40, 5)
        day = dt.date(2026, 9, 7) + dt.timedelta(weeks=week, days=weekday)
        title = f"О мероприятиях группы наставников № {number}"
        orders.append(
            (
                *(name, "приказ", f"{number}-од", day, "свой текст", title, "2026/2027"),
                *("за собой", None, "на подписи"),
            )
        )
        preamble.append((name, "В целях", f"сопровождения педагогов группы {number}"))
        what = "Утвердить дорожную карту" if has_roadmap else "Утвердить состав группы"
        texts = [
            f"{what} на 2026/2027 учебный год",
            f"Заместителю директора довести порядок работы до педагогов группы № {number}",
            "Педагогам вести журнал встреч и сдавать его ежемесячно до пятого числа",
            "Специалисту по кадрам ознакомить педагогов с приказом под подпись",
        ]
        for place, text in enumerate(texts, 1):
            appendix = "1" if has_roadmap and place == 1 else None
            points.append((name, str(place), text, appendix))
        if has_roadmap:
            heading = f"Дорожная карта группы № {number}"
            sheet = roadmap_sheet(number)
            appendices.append((name, "1", "дорожная карта", heading, "таблица", sheet))
    return {
        ORDERS_SHEET: (_ORDERS_HEADER, orders),
        PREAMBLE_SHEET: (_PREAMBLE_HEADER, preamble),
        POINTS_SHEET: (_POINTS_HEADER, points),
        APPENDICES_SHEET: (_APPENDICES_HEADER, appendices),
    }


def _purpose(name: str) -> Row:
    return (
        *(name, "работники", "формирования и ведения банка наставников и наставляемых района"),
        "фамилия, имя, отчество; должность и место работы; преподаваемый предмет; стаж",
        "сбор, запись, систематизация, накопление, хранение, уточнение, удаление, уничтожение",
        *("смешанная обработка", dt.date(2027, 8, 31)),
    )


def _write_book(path: Path, sheets: dict[str, tuple[Row, list[Row]]]) -> None:
    """Write a workbook with these sheets: header, then rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(header)
        for row in rows:
            sheet.append(row)
        if header == ROADMAP_HEADER:
            for letter, width in zip("ABCDE", (6, 50, 18, 28, 18), strict=True):
                sheet.column_dimensions[letter].width = width
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _write_packets(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{_PRINT_NAME}.toml").write_text(_PRINT_PACKET, "utf-8")
    shipped = (path.stem for path in (ROOT / "templates_docx" / "packets").glob("*.toml"))
    for name in sorted(set(shipped) - {_PRINT_NAME}):
        (folder / f"{name}.toml").write_text(_NO_PACKET.replace("Нет", f"Нет {name}"), "utf-8")


def _mark_signature(paragraph: CT_P) -> None:
    """Mark where the first signer signs, as docs/new-kind.md says."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), "1")
    start.set(qn("w:name"), "sign_1")
    paragraph.insert(1, start)
    paragraph.append(end)


def _write_consent_kind(folder: Path) -> None:
    """Write a kind of exactly two pages, with the styles of the shipped kinds."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{CONSENT}.toml").write_text(_CONSENT_ENTRY, "utf-8")
    document = Document(str(ROOT / "templates_docx" / "приказ.docx"))
    for paragraph in document.paragraphs:
        document.element.body.remove(paragraph._p)  # noqa: SLF001 - python-docx has no way
    add = document.add_paragraph
    add("СОГЛАСИЕ НА ОБРАБОТКУ СВЕДЕНИЙ", "Название документа")
    add(
        "Я, {{ сотрудник.фио }}, {{ сотрудник.должность }}, паспорт {{ сотрудник.паспорт }}, "
        "адрес: {{ сотрудник.адрес }}, даю своё согласие:",
        "Текст приказа",
    )
    for number in range(1, _CLAUSES + 1):
        add(f"{number}. {CLAUSE}", "Текст приказа")
    last = add("Подпись ____________ {{ сотрудник.фио|инициалы_впереди }}", "Текст без отступа")
    add("Дата ____________", "Текст без отступа")
    _mark_signature(last._p)  # noqa: SLF001 - nor for bookmarks
    document.save(str(folder / f"{CONSENT}.docx"))
