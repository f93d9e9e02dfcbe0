"""Orders whose form is about rows of another register of which there are none, and the like."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from docgen.errors import Problem, command, warning
from docgen.model import Kind, Record, Reference, Schema, Workspace
from docgen.model.columns import (
    ABOUT,
    DOCUMENT_KIND,
    ENDED,
    NUMBER,
    ORDER,
    ORDERS,
    PAIRS,
    PAPERS,
    STATE,
)
from docgen.model.kind_sheets import registers_of_list
from docgen.model.states import DRAFTS, UNSIGNED
from docgen.plan.selection import is_formed_later, select
from docgen.wording import day_of, order_number, text_of, year_of


def absent_rows(
    kind: Kind, order: Record | None, variables: Mapping[str, object], workspace: Workspace
) -> Iterator[Problem]:
    """Yield what an unsigned order lacks without which its form says nothing.

    ``variables`` has the rows that the order is about, by the names of their registers.
    """
    if order is None or text_of(order.values.get(STATE)) not in UNSIGNED:
        return
    yield from _absent_sheets(kind, order, workspace)
    for register, where in kind.uses.items():
        schema = workspace.schemas[register]
        if not variables.get(schema.many):
            yield Problem(
                "order-empty",
                order.cells[ABOUT],
                f"{paper_of(order)}: бумага не собрана: форма — "
                f"«{text_of(order.values.get(ABOUT))}», а "
                f"{_what_is_there(kind, order, schema, where, workspace)}",
            )
    for name in kind.needs:
        if workspace.children.get((order.register, order.identity, name)):
            continue
        makers = registers_of_list(ORDERS, name, workspace.schemas)
        sheet = f"«{workspace.schemas[makers[0]].sheet}»" if makers else ""
        message = (
            f"{paper_of(order)}: печатается с листа {sheet}, а его в книге нет; добавьте его: "
            f"{_add_command(kind, order)}"
            if makers and workspace.absent.issuperset(makers)
            else f"{paper_of(order)}: на листе {sheet} для него нет ни одной строки, печатать в "
            "нём нечего; впишите их с этим кратким именем"
        )
        # Whoever begins an order writes its row first.
        is_draft = text_of(order.values.get(STATE)) in DRAFTS
        make = warning if is_draft else Problem
        yield make("order-empty", order.cells[ABOUT], message)


def _absent_sheets(kind: Kind, order: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning about sheets that the form of an order speaks of and that are not there."""
    absent = [workspace.schemas[name] for name in kind.sheets if name in workspace.absent]
    if kind.register != ORDERS or not absent:
        return
    sheets = ", ".join(f"«{one.sheet}»" for one in absent)
    what = f"нужного ей листа {sheets}" if len(absent) == 1 else f"нужных ей листов {sheets}"
    yield warning(
        "missing-sheet",
        order.cells[ABOUT],
        f"{paper_of(order)}: форма — «{text_of(order.values.get(ABOUT))}», а {what} в книге нет; "
        f"добавьте: {_add_command(kind, order)}",
    )


def _add_command(kind: Kind, order: Record) -> str:
    """Return the command that adds what a kind needs to the workspace of an order."""
    folder = PurePosixPath(order.where.file).parent.as_posix()
    return command("add", kind.spoken, folder)


def paper_of(order: Record) -> str:
    """Return the order as a remark calls it: «приказ № 163-од «О парах педагогов»»."""
    kind = text_of(order.values.get(DOCUMENT_KIND)) or "приказ"
    number = order_number(text_of(order.values.get(NUMBER)))
    return f"{kind}{f' № {number}' if number else ''} «{order.identity}»"


def _what_is_there(
    kind: Kind,
    order: Record,
    schema: Schema,
    where: Mapping[str, tuple[str, ...]],
    workspace: Workspace,
) -> str:
    """Return why an order has no row of a register."""
    rows = workspace.records.get(schema.name, ())
    if schema.name == PAIRS and any(one is order for _, one in workspace.withheld):
        return (
            "ни у одной его пары нет всех согласий, а в настройке «Пара без согласий» – «не "
            "печатать пару»; соберите согласия или выберите «предупредить»"
        )
    if schema.name in workspace.absent:
        return f"листа «{schema.sheet}» в книге нет, добавьте его: {_add_command(kind, order)}"
    if not rows:
        return f"на листе «{schema.sheet}» нет ни одной строки; впишите их"
    fitting = select(rows, where, workspace)
    if fitting:
        link = kind.uses_by.get(schema.name, ORDER)
        why = Counter(_why_not(row, order, schema, workspace, link) for row in fitting)
        said = ", ".join(f"{one} ({count})" for one, count in sorted(why.items()))
        return f"подходящие строки листа «{schema.sheet}» не для него: {said}; сверьте их"
    wanted = "; ".join(f"«{value}»" for values in where.values() for value in values)
    found = dict.fromkeys(text_of(row.values.get(name)) for row in rows for name in where)
    return (
        f"на листе «{schema.sheet}» нет подходящей строки: годятся {wanted}, а там "
        + ", ".join(f"«{one}»" for one in found)
        + "; исправьте форму строк или приказа"
    )


def _why_not(row: Record, order: Record, schema: Schema, workspace: Workspace, link: str) -> str:
    """Return why an order leaves out a row that fits its form."""
    named, ended = row.values.get(link), row.values.get(ENDED)
    own = year_of(order, workspace, "")
    if isinstance(named, Reference) and named.identity != order.identity:
        if link == ORDER:
            return f"закреплены приказом «{named.identity}»"
        return f"«{schema.column(link).header}» – «{named.identity}»"
    if (
        link == ORDER
        and isinstance(ended, dt.date)
        and ended <= day_of(None, order, workspace, own)
    ):
        return f"«{schema.column(ENDED).header}» {ended:%d.%m.%Y}"
    year = year_of(row, workspace, own)
    if not named and year != own:
        return f"учебный год {year}, а у приказа {own}"
    if not named and link != ORDER and is_formed_later(row, order, workspace):
        return "закреплены более поздним приказом"
    return "печатаются в другом приказе этой формы"


def papers_for_nobody(kinds: Mapping[str, Kind], workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for each paper without order that is made for those it names, and names none.

    A letter without «Получатели» would not be made, and nobody would miss it.
    """
    for _, kind in sorted(kinds.items()):
        if kind.register != PAPERS or not kind.each:
            continue
        columns = [workspace.schemas[PAPERS].column(name) for name in kind.each]
        for row in select(workspace.records.get(PAPERS, ()), kind.where, workspace):
            if row.is_broken or any(row.values.get(column.name) for column in columns):
                continue
            yield Problem(
                "missing-value",
                row.cells.get(columns[0].name, row.where),
                f"«{row.identity}»: бумага делается для каждого из столбца «{columns[0].header}», "
                "а он пуст; впишите, кому она",
            )


def unfitting_rows(kinds: Mapping[str, Kind], workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for each row that names an order whose form does not take it."""
    orders = workspace.records.get(ORDERS, ())
    users = [kind for _, kind in sorted(kinds.items()) if kind.register == ORDERS and kind.uses]
    by_order = {
        order.identity: takers
        for order in orders
        if text_of(order.values.get(STATE)) in UNSIGNED
        and (takers := [one for one in users if select((order,), one.where, workspace)])
    }
    links = {(name, kind.uses_by.get(name, ORDER)): None for kind in users for name in kind.uses}
    for register, link in links:
        for row in workspace.records.get(register, ()):
            named = row.values.get(link)
            if row.is_broken or not isinstance(named, Reference):
                continue
            takers = [
                one
                for one in by_order.get(named.identity, ())
                if register in one.uses and one.uses_by.get(register, ORDER) == link
            ]
            if takers and not any(select((row,), one.uses[register], workspace) for one in takers):
                yield _unfitting(row, named.identity, takers[0].uses[register], workspace)


def _unfitting(
    row: Record, order: str, where: Mapping[str, tuple[str, ...]], workspace: Workspace
) -> Problem:
    unmet = (name for name in where if not select((row,), {name: where[name]}, workspace))
    name = next(unmet, next(iter(where)))
    header = workspace.schemas[row.register].column(name).header
    wanted = "; ".join(f"«{value}»" for value in where[name])
    return Problem(
        "order-empty",
        row.cells.get(name, row.where),
        f"строка закреплена приказом «{order}», а в столбце «{header}» у неё "
        f"«{text_of(row.values.get(name))}»: в этот приказ она не попадёт, он берёт {wanted}; "
        "исправьте одно из двух",
    )
