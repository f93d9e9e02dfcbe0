"""Check that the appendices which points, texts and approval marks name are there."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import Problem
from docgen.model import Record, Workspace
from docgen.model.columns import (
    APPENDICES,
    APPENDIX,
    APPROVALS,
    DOCUMENT_KIND,
    NUMBER,
    POINTS,
    TEXTS,
)
from docgen.wording import (
    appendix_numbers_in,
    is_about_appendix,
    is_about_order,
    names_every_appendix,
    plain_number,
    text_of,
)


def check_marks(workspace: Workspace) -> Iterator[Problem]:
    """Yield a problem for each row that names an appendix which its order does not have."""
    for register in (POINTS, TEXTS, APPROVALS):
        for row in workspace.records.get(register, ()):
            order = workspace.order_of(row)
            if order is None or row.is_broken:
                continue
            if register == POINTS:
                yield from _check_point(row, order, workspace)
            else:
                yield from _check_row(row, order, workspace)


def _appendix_numbers(order: Record, workspace: Workspace) -> list[str]:
    """Return the numbers of an order's appendices, «» for an appendix without one."""
    rows = workspace.children.get((order.register, order.identity, APPENDICES), ())
    return [plain_number(text_of(row.values.get(NUMBER))) for row in rows]


def _check_point(point: Record, order: Record, workspace: Workspace) -> Iterator[Problem]:
    named = point.values.get(APPENDIX)
    if not isinstance(named, tuple):
        return
    typed, known = [text_of(item) for item in named], _appendix_numbers(order, workspace)
    missing = [number for number in appendix_numbers_in(typed, known) if number not in known]
    if names_every_appendix(typed) and not known:
        missing = typed
    for number in missing:
        yield _absent(point, order, number)


def _check_row(row: Record, order: Record, workspace: Workspace) -> Iterator[Problem]:
    typed, known = text_of(row.values.get(APPENDIX)), _appendix_numbers(order, workspace)
    word = text_of(order.values.get(DOCUMENT_KIND))
    if row.register == APPROVALS and is_about_order(typed, word):
        return
    if any(is_about_appendix(typed, number, len(known)) for number in known):
        return
    if typed:
        yield _absent(row, order, typed)
    else:
        yield Problem(
            "appendix-absent",
            row.cells[APPENDIX],
            f"не сказано, к какому приложению документа «{order.identity}» относится эта строка "
            f"(приложений: {len(known)}); впишите номер",
        )


def _absent(row: Record, order: Record, number: str) -> Problem:
    return Problem(
        "appendix-absent",
        row.cells[APPENDIX],
        f"приложения «{number}» у документа «{order.identity}» нет на листе "
        "«Приложения»; добавьте его или исправьте номер",
    )
