"""What a paper prints of the signed order of its row, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from docgen.errors import Problem, RegisterError
from docgen.model import Record, Reference, Table, TableRow, Workspace
from docgen.model.columns import ORDER, ORDERS, STATE
from docgen.model.signed_papers import SignedBlock
from docgen.model.states import OrderState
from docgen.wording.order_parts import WORD_STYLE, SignedOrder, parts_of
from docgen.wording.record_views import BrokenRecordError, Scope
from docgen.wording.value_views import text_of


@dataclass(frozen=True, slots=True)
class ExcerptPart:
    """A paragraph or a table: «абзац», «слово», «пункт», «таблица» (the place of the table)."""

    как: str
    текст: str = ""
    таблица: int = 0


@dataclass(slots=True)
class Excerpt:
    """What templates see under «выдержка»; filled while the signed order is read.

    ``дата_и_номер`` are lines, each by its pieces; ``должность`` are the lines of the position of
    who has signed.
    """

    бланк: list[str] = field(default_factory=list)
    дата_и_номер: list[list[str]] = field(default_factory=list)
    места: list[str] = field(default_factory=list)
    заголовок: list[str] = field(default_factory=list)
    части: list[ExcerptPart] = field(default_factory=list)
    основание: str = ""
    должность: list[str] = field(default_factory=list)
    имя: str = ""
    tables: list[Table] = field(default_factory=list)

    def add(self, block: SignedBlock, *, is_opening: bool = False) -> None:
        """Add a paragraph or a table as it was signed, or as it was cut."""
        if block.table is not None:
            self.части.append(ExcerptPart("таблица", таблица=len(self.tables)))
            name = f"подписанное/{len(self.tables) + 1}"
            self.tables.append(replace(block.table, name=name))
            return
        how = "слово" if block.style == WORD_STYLE else "абзац" if is_opening else "пункт"
        self.части.append(ExcerptPart(how, block.text.strip()))


@dataclass(frozen=True, slots=True)
class QuotingRow:
    """The row of a paper that quotes, its order, and what was signed of it."""

    row: Record
    order: Record
    signed: SignedOrder
    scope: Scope

    @property
    def workspace(self) -> Workspace:
        """All registers."""
        return self.scope.workspace

    def refuse(self, column: str, message: str, code: str = "excerpt-refused") -> NoReturn:
        """Leave the paper out.

        Raises:
            RegisterError: with the reason, at a cell of the row.
        """
        refuse(self.row, column, message, code)


def refuse(row: Record, column: str, message: str, code: str) -> NoReturn:
    """Leave a paper out, with the reason at a cell of its row."""
    raise RegisterError([Problem(code, row.cells.get(column, row.where), message)])


def quoting_row(row: Record, scope: Scope) -> QuotingRow:
    """Return a row with the words of its order, which must be signed and in the archive.

    Raises:
        BrokenRecordError: when the row did not pass the checks.
        RegisterError: when there are no signed words, or they were changed since.
    """
    named = row.values.get(ORDER)
    if row.is_broken or not isinstance(named, Reference):
        raise BrokenRecordError([])
    workspace = scope.workspace
    order = workspace.by_identity[ORDERS, named.identity][0]
    state = text_of(order.values.get(STATE))
    if state != OrderState.SIGNED:
        message = (
            f"«{state}», а часть текста берут только из приказа в состоянии «подписан»; подпишите "
            "его или уберите строку"
        )
        refuse(row, ORDER, message, "excerpt-refused")
    blocks = workspace.signed.get(order.identity, ())
    if not blocks:
        message = (
            "подписанного текста этого приказа в архиве нет; если он подписан только что, соберите "
            "ещё раз, иначе верните архив из резервной копии или снимите копию с бумаги"
        )
        refuse(row, ORDER, message, "signed-words-absent")
    signed = parts_of(blocks)
    if not signed.is_whole:
        message = (
            "в подписанном тексте не узнаны заголовок, пункты или подпись, и части из него не "
            "взять; снимите копию с бумаги"
        )
        refuse(row, ORDER, message, "signed-words-absent")
    return QuotingRow(row, order, signed, scope)


def with_heading(rows: Sequence[TableRow], table: Table) -> tuple[TableRow, ...]:
    """Return the headings of a table and those of its rows that stay."""
    return (*table.rows[: heading_rows(table)], *rows)


def heading_rows(table: Table) -> int:
    """Return how many rows of a table are its head; a table of several rows has one."""
    return table.header_rows or int(len(table.rows) > 1)
