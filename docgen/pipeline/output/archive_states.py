"""Where the registers and the archive disagree about which papers are signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from docgen import registers
from docgen.errors import Location, Problem, command, warning
from docgen.model import PlannedDocument, Record, Schema, Workspace, sameness
from docgen.model.columns import NUMBER, ORDERS, STATE
from docgen.model.states import ELSEWHERE, FROZEN, UNSIGNED, VOID
from docgen.pipeline.output.document_archive import (
    ArchivedDocument,
    archived_by_key,
    has_signed_order,
)
from docgen.records import text_warnings
from docgen.russian import count_noun

TO_BOOK: Final = "docgen archive to-book"
"""The command that writes back into a book what the archive knows."""
_OLDER: Final = "book-older"
_SHOWN: Final = 3
_NAMED: Final = 5


def state_warnings(
    planned_documents: Sequence[PlannedDocument],
    archive: Mapping[str, ArchivedDocument],
    workspace: Workspace,
) -> list[Problem]:
    """Return a warning for each order whose signed papers the registers do not speak of as signed.

    Its row is gone, its state is back, or it was annulled. Papers of a school year that is closed
    are not planned, and nothing is said of them. A book that lacks several orders, or speaks of
    many as of unsigned ones, is said to be older than the archive, in one line.
    """
    own = archived_by_key(planned_documents, archive)
    known = {archived.key for archived in own.values()}
    orders = {sameness(one.identity): one for one in workspace.records.get(ORDERS, ())}
    gone: dict[str, list[ArchivedDocument]] = {}
    for archived in archive.values():
        # Sheets that people sign one by one have no order; their rows may go with the year.
        if archived.key not in known and archived.order:
            gone.setdefault(archived.order, []).append(archived)
    back = _orders_back(planned_documents, own)
    found: list[Problem] = []
    rows_gone = []
    for name, papers in gone.items():
        order = orders.get(sameness(name)) if name else None
        if order is None:
            rows_gone.append(_first(papers))
        else:
            found += _of_order(order, papers)
    is_older = len(rows_gone) + len(back) > 1 if rows_gone else len(back) > _SHOWN
    if is_older:
        return [_older_book(rows_gone, back, workspace), *found]
    return [*map(_state_back, back), *found, *map(_row_gone, rows_gone)]


def is_book_older(problems: Iterable[Problem]) -> bool:
    """Return whether the registers were found older than the archive.

    Then each cell that differs from a signed paper is as it was once, and none needs a paper.
    """
    return any(one.code == _OLDER for one in problems)


def _first(papers: Sequence[ArchivedDocument]) -> ArchivedDocument:
    """Return the paper that the others hang on: the order itself has the shortest key."""
    return min(papers, key=lambda one: (len(one.key), one.key))


def order_words(order: Record) -> str:
    """Return how an order is called: its number, if it has one, and its short name."""
    number = order.values.get(NUMBER)
    return f"№ {number} «{order.identity}»" if number else f"«{order.identity}»"


def order_command(verb: str, order: Record, *words: str, reason: bool = False) -> str:
    """Return a command about an order, with the folder of its workspace."""
    return command(*verb.split(), order.identity, *words, _folder(order), reason=reason)


def order_folder_command(order: Record, *words: str) -> str:
    """Return a command about the workspace of an order."""
    return command(*words, _folder(order))


def _folder(order: Record) -> str:
    return PurePosixPath(order.where.file).parent.as_posix()


def text_of_signed(
    planned_documents: Sequence[PlannedDocument],
    archive: Mapping[str, ArchivedDocument],
    workspace: Workspace,
) -> Callable[[Problem], bool]:
    """Return what tells whether a warning is about text that was signed, whatever the book says."""
    own = archived_by_key(planned_documents, archive)
    names = {order.identity for order in _orders_back(planned_documents, own)}
    return text_warnings(workspace, lambda order: order.identity in names)


def _orders_back(
    planned_documents: Sequence[PlannedDocument], own: Mapping[str, ArchivedDocument]
) -> list[Record]:
    """Return the orders of which signed papers are archived, and which are said to be unsigned."""
    found: dict[str, Record] = {}
    for planned in planned_documents:
        order = planned.order
        if planned.key in own and not has_signed_order(planned) and order is not None:
            found.setdefault(order.identity, order)
    return [*found.values()]


def _state_back(order: Record) -> Problem:
    message = (
        f"приказ {order_words(order)} отмечен «{order.values.get(STATE)}», а подписанный лежит в "
        f"архиве, и печатается он. Подписи ещё нет? {order_command('unsign', order, reason=True)}"
    )
    return warning("frozen-differs", order.cells.get(STATE, order.where), message)


def _of_order(order: Record, papers: Sequence[ArchivedDocument]) -> Iterator[Problem]:
    state = order.values.get(STATE)
    where = order.cells.get(STATE, order.where)
    if state in VOID:
        message = (
            f"приказ {order_words(order)} аннулирован, а подписанный лежит в архиве; там он и "
            "остаётся с этой отметкой, в комплекты не идёт"
        )
        yield warning("frozen-differs", where, message)
    elif state in ELSEWHERE:
        message = (
            f"приказ {order_words(order)} отмечен «{state}», а подписанный лежит в архиве; если он "
            f"там лишний: {order_command('unsign', order, reason=True)}"
        )
        yield warning("frozen-differs", where, message)
    elif state not in FROZEN | UNSIGNED:
        yield _row_gone(_first(papers))


def _row_gone(archived: ArchivedDocument) -> Problem:
    message = (
        f"«{archived.title}» подписан и лежит в архиве, а в книге его строки больше нет: строки "
        f"подписанных приказов не удаляют, их краткое имя не меняют. Вписать её обратно? {TO_BOOK}"
    )
    return warning("frozen-differs", Location(file=str(archived.paper.folder)), message)


def _older_book(
    rows_gone: Sequence[ArchivedDocument], back: Sequence[Record], workspace: Workspace
) -> Problem:
    """Return the one line about a book that was restored from a copy."""
    names = [*map(_called, rows_gone), *map(order_words, back)]
    words = count_noun(len(names), "приказ")
    saved = _saved_before(rows_gone, workspace)
    copy = f"копии от {saved:%d.%m.%Y}" if saved is not None else "копии"
    message = (
        f"книга старше архива: похоже, её восстановили из {copy}. Вписать обратно {words} "
        f"({_listed(names)})? {TO_BOOK}"
    )
    return warning(_OLDER, _sheet_of_orders(rows_gone, back, workspace), message)


def _called(archived: ArchivedDocument) -> str:
    number, name = archived.paper.record.number, archived.order or archived.title
    return f"№ {number} «{name}»" if number else f"«{name}»"


def _listed(names: Sequence[str]) -> str:
    more = f" и ещё {len(names) - _NAMED}" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _saved_before(rows_gone: Sequence[ArchivedDocument], workspace: Workspace) -> dt.date | None:
    """Return the day on which the book was saved, if that explains what it lacks."""
    schema = workspace.schemas.get(ORDERS)
    path = orders_book(workspace.folder, schema) if schema is not None else None
    saved = registers.saved_on(path) if path is not None else None
    last = max((one.paper.record.date for one in rows_gone), default="")
    return saved if saved is not None and saved.isoformat() < last else None


def orders_book(workspace: Path, schema: Schema) -> Path | None:
    """Return the workbook with the register of orders, if it is there."""
    paths = registers.workbook_paths(workspace) if workspace.is_dir() else []
    return next((one for one in paths if sameness(one.name) == sameness(schema.workbook)), None)


def _sheet_of_orders(
    rows_gone: Sequence[ArchivedDocument], back: Sequence[Record], workspace: Workspace
) -> Location:
    known = [one.where for one in workspace.records.get(ORDERS, ())] + [one.where for one in back]
    if known:
        return Location(file=known[0].file, sheet=known[0].sheet)
    return Location(file=str(rows_gone[0].paper.folder.parent))


def set_aside(
    archive: Mapping[str, ArchivedDocument], workspace: Workspace
) -> Iterator[tuple[ArchivedDocument, str]]:
    """Yield archived papers whose orders were annulled since or signed elsewhere; the state too."""
    states = {sameness(one.identity): one.values.get(STATE) for one in _orders(workspace)}
    for archived in archive.values():
        state = states.get(sameness(archived.order)) if archived.order else None
        if state in VOID | ELSEWHERE and archived.paper.record.state != state:
            yield archived, str(state)


def _orders(workspace: Workspace) -> Sequence[Record]:
    return workspace.records.get(ORDERS, ())
