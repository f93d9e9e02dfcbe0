"""What a school types of questionnaires and of the work of its pairs in the year of tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.support.builders import shipped_schemas

_SURVEY: Final = "Обратная связь, январь 2027 г."
_FORM: Final = "обратная связь"
_HELD: Final = dt.datetime(2027, 1, 22)  # noqa: DTZ001 - a day of a cell has no zone
PAIR: Final = "Черных – Кузнецова"
SETTINGS: Final = {"план_работы": "готовит куратор", "сведения_о_программе": "сведения"}
ANSWERS: Final[tuple[tuple[int, str], ...]] = (
    *((number, "5; 4; 4; 3; 5; 4") for number in range(1, 9)),
    (9, "5; 4; 3"),
    (10, "5; 5; 4; 4; 5; 5"),
    (11, "; ".join(["хочу продолжить"] * 4 + ["хочу сменить наставника", "хочу завершить"])),
)
OPTIONS: Final = 11
EVENTS: Final = (
    ("октябрь 2026 г.", "Посещение уроков наставника", dt.datetime(2026, 10, 8)),  # noqa: DTZ001
    ("октябрь 2026 г.", "Разбор урока наставляемого", dt.datetime(2026, 10, 22)),  # noqa: DTZ001
    ("сентябрь 2026 г.", "Знакомство с классом", dt.datetime(2026, 9, 18)),  # noqa: DTZ001
    ("ежемесячно", "Консультации", None),
)


def add_form_rows(book: Any) -> None:
    """Add the settings, the answers and the events of one pair to a workbook."""
    schemas = shipped_schemas()
    card = book[schemas["настройки"].sheet]
    for name, value in SETTINGS.items():
        card.append([schemas["настройки"].column(name).header, value])
    answers = [
        {
            "опрос": _SURVEY,
            "бланк": _FORM,
            "дата": _HELD,
            "вопрос": number,
            "значения": given,
            "листов": 6 if number == OPTIONS else None,
        }
        for number, given in ANSWERS
    ]
    events = [
        {"пара": PAIR, "текст": text, "срок": term, "форма": "встреча", "выполнено": done}
        for term, text, done in EVENTS
    ]
    _add_sheet(book, "ответы", answers)
    _add_sheet(book, "программы", events)


def _add_sheet(book: Any, register: str, rows: Sequence[Mapping[str, object]]) -> None:
    schema = shipped_schemas()[register]
    if schema.sheet not in book.sheetnames:
        book.create_sheet(schema.sheet).append([column.header for column in schema.columns])
    sheet = book[schema.sheet]
    names = {column.header: column.name for column in schema.columns}
    headers = [cell.value for cell in sheet[1]]
    missing = [one for one in names if one not in headers]
    for number, header in enumerate(missing, start=len(headers) + 1):
        sheet.cell(1, number, header)
    for row in rows:
        sheet.append([row.get(names.get(header, "")) for header in (*headers, *missing)])
