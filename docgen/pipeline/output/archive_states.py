"""Where the registers and the archive disagree about which papers are signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docgen.errors import Location, Problem, warning
from docgen.model import PlannedDocument, Record, Workspace, sameness
from docgen.model.columns import NUMBER, ORDERS, STATE
from docgen.model.states import ELSEWHERE, FROZEN, UNSIGNED, VOID
from docgen.pipeline.output.document_archive import (
    ArchivedDocument,
    archived_by_key,
    has_signed_order,
)

_SHOWN: Final = 3
_NAMED: Final = 5


def state_warnings(
    planned_documents: Sequence[PlannedDocument],
    archive: Mapping[str, ArchivedDocument],
    workspace: Workspace,
) -> list[Problem]:
    """Return a warning for each order whose signed papers the registers do not speak of as signed.

    Its row is gone, its state is back, or it was annulled. Papers of a school year that is closed
    are not planned, and nothing is said of them.
    """
    own = archived_by_key(planned_documents, archive)
    known = {archived.key for archived in own.values()}
    orders = {sameness(one.identity): one for one in workspace.records.get(ORDERS, ())}
    gone: dict[str, list[ArchivedDocument]] = {}
    for archived in archive.values():
        # Sheets that people sign one by one have no order; their rows may go with the year.
        if archived.key not in known and archived.order:
            gone.setdefault(archived.order, []).append(archived)
    found = [*_states_back(planned_documents, own)]
    rows_gone = []
    for name, papers in gone.items():
        order = orders.get(sameness(name)) if name else None
        if order is None:
            rows_gone.append(_first(papers))
        else:
            found += _of_order(order, papers)
    if len(rows_gone) + len(found) > _SHOWN and rows_gone:
        return [_older_book(rows_gone, found)]
    return [*found, *map(_row_gone, rows_gone)]


def _first(papers: Sequence[ArchivedDocument]) -> ArchivedDocument:
    """Return the paper that the others hang on: the order itself has the shortest key."""
    return min(papers, key=lambda one: (len(one.key), one.key))


def order_words(order: Record) -> str:
    """Return how an order is called: its number, if it has one, and its short name."""
    number = order.values.get(NUMBER)
    return f"№ {number} «{order.identity}»" if number else f"«{order.identity}»"


def _states_back(
    planned_documents: Sequence[PlannedDocument], own: Mapping[str, ArchivedDocument]
) -> Iterator[Problem]:
    said: set[str] = set()
    for planned in planned_documents:
        order = planned.order
        if planned.key not in own or has_signed_order(planned) or order is None:
            continue
        if order.identity in said:
            continue
        said.add(order.identity)
        message = (
            f"приказ {order_words(order)} отмечен «{planned.state}», а подписанный лежит в архиве, "
            f"и печатается он. Подписи ещё нет? docgen unsign «{order.identity}»"
        )
        yield warning("frozen-differs", order.cells.get(STATE, order.where), message)


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
            f"там лишний: docgen unsign «{order.identity}»"
        )
        yield warning("frozen-differs", where, message)
    elif state not in FROZEN | UNSIGNED:
        yield _row_gone(_first(papers))


def _row_gone(archived: ArchivedDocument) -> Problem:
    message = (
        f"«{archived.title}» подписан и лежит в архиве, а в книге его строки больше нет; верните "
        "её: строки подписанных приказов не удаляют, их краткое имя не меняют"
    )
    return warning("frozen-differs", Location(file=str(archived.paper.folder)), message)


def _older_book(rows_gone: Sequence[ArchivedDocument], found: Sequence[Problem]) -> Problem:
    names = ", ".join(f"«{one.order or one.title}»" for one in rows_gone[:_NAMED])
    more = f" и ещё {len(rows_gone) - _NAMED}" if len(rows_gone) > _NAMED else ""
    marked = f"; отмечены иначе: {len(found)}" if found else ""
    message = (
        "книга старше архива: похоже, её восстановили из копии. Подписанных приказов в ней нет: "
        f"{names}{more}{marked}. Возьмите более новую книгу или впишите эти приказы снова; бумаги "
        "в архиве целы"
    )
    return warning("book-older", Location(file=str(rows_gone[0].paper.folder.parent)), message)
