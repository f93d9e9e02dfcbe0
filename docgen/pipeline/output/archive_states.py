"""Where the registers and the archive disagree about which papers are signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from docgen.errors import Location, Problem, command, warning
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
    back = [*_states_back(planned_documents, own)]
    found: list[Problem] = []
    rows_gone = []
    for name, papers in gone.items():
        order = orders.get(sameness(name)) if name else None
        if order is None:
            rows_gone.append(_first(papers))
        else:
            found += _of_order(order, papers)
    if len(rows_gone) + len(back) > _SHOWN:
        return [_older_book(rows_gone, back), *found]
    return [*back, *found, *map(_row_gone, rows_gone)]


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
            f"и печатается он. Подписи ещё нет? {order_command('unsign', order, reason=True)}"
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
            f"там лишний: {order_command('unsign', order, reason=True)}"
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


def _older_book(rows_gone: Sequence[ArchivedDocument], back: Sequence[Problem]) -> Problem:
    names = ", ".join(f"«{one.order or one.title}»" for one in rows_gone[:_NAMED])
    more = f" и ещё {len(rows_gone) - _NAMED}" if len(rows_gone) > _NAMED else ""
    lacking = [f"подписанных приказов в ней нет: {names}{more}"] if rows_gone else []
    if back:
        cells = ", ".join(one.where.cell for one in back[:_NAMED])
        others = f" и ещё {len(back) - _NAMED}" if len(back) > _NAMED else ""
        lacking.append(f"подписанные отмечены иначе: {len(back)} ({cells}{others})")
    message = (
        "книга старше архива: похоже, её восстановили из копии. В архиве бумаги целы, а "
        f"{'; '.join(lacking)}. Возьмите более новую книгу или впишите эти приказы снова, с "
        "состоянием «подписан»"
    )
    where = back[0].where if back else Location(file=str(rows_gone[0].paper.folder.parent))
    return warning("book-older", where, message)


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
