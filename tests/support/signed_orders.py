"""Signed orders in words: paragraphs and tables, as the archive gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.errors import Location
from docgen.model import Workspace
from docgen.model.signed_papers import SignedBlock
from docgen.model.workbooks import Table, TableCell, TableRow
from docgen.wording import Scope
from docgen.wording.excerpts import QuotingRow, quoting_row
from tests.support.builders import SEPTEMBER, Row, RowsByRegister, order, school, workspace

NAME = "О внедрении"
HEADER = ("№", "Наставник", "Наставляемый", "Форма, направление")
_WHERE = Location("архив/бумага.docx")


def table_of(*rows: Sequence[str]) -> SignedBlock:
    """Return a table with these rows below one heading."""
    made = tuple(
        TableRow(number, tuple(TableCell(text, _WHERE) for text in row))
        for number, row in enumerate((HEADER, *rows), start=1)
    )
    shares = (1 / len(HEADER),) * len(HEADER)
    return SignedBlock("Заголовок таблицы", table=Table("", _WHERE, shares, 1, made))


def blocks_of(
    *body: str | SignedBlock, ground: str = "", heading: str = "О наставничестве"
) -> tuple[SignedBlock, ...]:
    """Return a signed order with these points and tables."""
    points = [SignedBlock("Пункт приказа", one) if isinstance(one, str) else one for one in body]
    signature = (TableCell("Директор", _WHERE), TableCell("М.П. Иванова", _WHERE))
    signed = Table("", _WHERE, (0.5, 0.5), 0, (TableRow(1, signature),))
    return (
        SignedBlock("Бланк", "МБОУ «Школа № 1»"),
        SignedBlock("Дата и номер", "01.09.2026\t№ 1-од"),
        SignedBlock("Заголовок приказа", heading),
        SignedBlock("Текст приказа", "В целях поддержки молодых педагогов"),
        SignedBlock("Распорядительное слово", "ПРИКАЗЫВАЮ:"),
        *points,
        *([SignedBlock("Основание", ground)] if ground else []),
        SignedBlock("Подпись приказа", table=signed),
        SignedBlock("Исполнитель", "Сидоров И.П., 8 (000) 000-00-00"),
    )


def signed_workspace(
    blocks: tuple[SignedBlock, ...],
    registers: RowsByRegister | None = None,
    staff: Sequence[Row] = (),
    state: str = "подписан",
    series: str = "основная деятельность",
) -> Workspace:
    """Return a small school whose only order is signed so."""
    orders = [order(имя=NAME, состояние=state, серия=series)]
    rows = school({"приказы": orders, **(registers or {})}, staff=staff)
    return replace(workspace(rows), signed={NAME: blocks} if blocks else {})


def quoting(made: Workspace, register: str) -> QuotingRow:
    """Return the first row of a register that quotes, with the words of its order."""
    return quoting_row(made.records[register][0], Scope(made, SEPTEMBER))
