"""Rows about an order of the year before that is signed: extracts, what a site may show of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from docgen.archive import DOCX, KeptFile, NewPaper, PaperRecord, new_id
from docgen.model import Family
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.builders import ROOT, Cell, shipped_schemas
from tests.support.paper_archives import writer_for

PAIRS_2025: Final = "О парах 2025"
SITE: Final = "Страница наставничества"
YEAR: Final = "2025/2026"

ORDERS: Final[tuple[Mapping[str, Cell], ...]] = (
    {
        "имя": PAIRS_2025,
        "вид": "приказ",
        "серия": "основная деятельность",
        "номер": "152-од",
        "дата": dt.datetime(2025, 9, 11),  # noqa: DTZ001 - a day of a cell has no zone
        "о_чём": "закрепление пар педагогов",
        "заголовок": "О закреплении наставнических пар педагогических работников",
        "год": YEAR,
        "куратор": "Левченко Ирина Юрьевна",
        "контроль": "за собой",
        "исполнитель": "Сухих Галина Павловна",
        "состояние": "подписан",
        "дело": "01-05",
    },
)


def _pair(mentor: str, mentee: str, purpose: str) -> dict[str, Cell]:
    return {
        "форма": "педагог – педагог",
        "наставник": mentor,
        "наставляемый": mentee,
        "цель": purpose,
        "с": dt.datetime(2025, 9, 15),  # noqa: DTZ001 - a day of a cell has no zone
        "по": dt.datetime(2026, 5, 29),  # noqa: DTZ001 - a day of a cell has no zone
        "оформление": "обязанность",
        "приказ": PAIRS_2025,
    }


PAIRS: Final = (
    _pair("Левченко Ирина Юрьевна", "Мицкевич Алина Руслановна", "адаптация молодого специалиста"),
    _pair("Черных Наталья Викторовна", "Фёдорова Анна Ильинична", "подготовка открытых уроков"),
)


def _extract(person: str, purpose: str, copies: int | None = None) -> dict[str, Cell]:
    return {
        "приказ": PAIRS_2025,
        "лицо": person,
        "дата": dt.datetime(2026, 9, 15),  # noqa: DTZ001 - a day of a cell has no zone
        "для_чего": purpose,
        "экземпляров": copies,
    }


EXTRACTS: Final = (
    _extract("Черных Наталья Викторовна", "в личное дело"),
    _extract("Фёдорова Анна Ильинична", "по заявлению работника", 2),
    _extract("Левченко Ирина Юрьевна", "в личное дело"),
    _extract("Мицкевич Алина Руслановна", "в личное дело"),
)

VERSIONS: Final[tuple[Mapping[str, Cell], ...]] = (
    {
        "приказ": PAIRS_2025,
        "ресурс": SITE,
        "дата": dt.datetime(2026, 10, 1),  # noqa: DTZ001 - a day of a cell has no zone
    },
)
SHOWN: Final = {
    "Левченко Ирина Юрьевна": "фамилия, имя, отчество; должность",
    "Мельник Анна Петровна": "фамилия, имя, отчество",
    "Черных Наталья Викторовна": "должность",
}
"""What people have allowed on the page."""
SIGNED_ROWS: Final[Mapping[str, tuple[Mapping[str, Cell], ...]]] = {
    "приказы": ORDERS,
    "пары": PAIRS,
    "выписки": EXTRACTS,
    "версии": VERSIONS,
}
"""The rows by their registers."""


def allow_names(folder: Path) -> None:
    """Add the consents to dissemination to a workspace's register of signatures."""
    schema = shipped_schemas()["подписи"]
    book = load_workbook(folder / schema.workbook)
    for person, allowed in SHOWN.items():
        row: dict[str, Cell] = {
            "бумага": "Согласие на распространение персональных данных",
            "подписывает": person,
            "подписано": dt.datetime(2026, 9, 9),  # noqa: DTZ001 - a day of a cell has no zone
            "разрешено": allowed,
            "ключ_бумаги": f"согласие_на_распространение|{person}|{SITE}",
            "ключ_подписи": f"субъект персональных данных|сотрудники/{person}",
        }
        book[schema.sheet].append([row.get(column.name) for column in schema.columns])
    book.save(folder / schema.workbook)


def archive_orders(folder: Path, *names: str, year: str = YEAR) -> None:
    """Put signed orders of a workspace into its archive as they are rendered now."""
    ready = prepare(folder, ROOT)
    assert isinstance(ready, Ready), ready.problems
    papers = []
    for plan in make_plan(ready, Wish(year=year)).documents:
        order = plan.order
        if order is None or order.identity not in names or plan.kind.family != Family.ORDER:
            continue
        made = render(plan, ready)
        assert isinstance(made, Rendered), made
        record = PaperRecord(
            id=new_id(),
            key=plan.key,
            kind=plan.kind.name,
            title=plan.title,
            number=str(order.values["номер"]),
            date=str(order.values["дата"]),
            state=plan.state,
            output=plan.output,
            reads={},
            signers=(),
            files={DOCX: KeptFile(hashlib.sha256(made.docx).hexdigest(), len(made.docx), 0)},
            made={"docgen": "0", "order": order.identity},
        )
        papers.append(NewPaper(record, {DOCX: made.docx}))
    writer_for(folder).put(papers)
