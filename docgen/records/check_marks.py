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
    MARK,
    NUMBER,
    OF_APPENDIX,
    POINTS,
    TEXTS,
)
from docgen.suggestions import NEAR, suggestion
from docgen.wording import (
    appendix_address,
    appendix_numbers_in,
    is_about_appendix,
    is_about_order,
    is_nested,
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
    for appendix in workspace.records.get(APPENDICES, ()):
        if not appendix.is_broken:
            yield from _check_own_mark(appendix, workspace)
            yield from _check_above(appendix, workspace)


def _check_own_mark(appendix: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for a mark that is neither offered nor words of one's own."""
    typed = text_of(appendix.values.get(MARK))
    choices = workspace.schemas[APPENDICES].column(MARK).choices
    if not typed or typed in choices:
        return
    is_word = " " not in typed
    hint = suggestion(typed, choices, likeness=NEAR if is_word else _ONE_OFFERED)
    if hint or is_word:
        yield Problem(
            "bad-choice",
            appendix.cells[MARK],
            f"отметки «{typed}» нет{hint}; выберите из списка: {', '.join(choices)}, или впишите "
            "отметку своими словами, например «к Положению о наставничестве»",
        )


_ONE_OFFERED = 0.8
"""How alike several words are that were meant for a choice of the list."""


def _appendix_numbers(order: Record, workspace: Workspace) -> list[str]:
    """Return how rows name an order's appendices, «» for an appendix without a number."""
    rows = workspace.children.get((order.register, order.identity, APPENDICES), ())
    return [address_of(row) for row in rows]


def address_of(appendix: Record) -> str:
    """Return how rows name an appendix: «1», or «1 к 2» for one of another appendix."""
    number, above = (text_of(appendix.values.get(name)) for name in (NUMBER, OF_APPENDIX))
    return appendix_address(number, above)


def _check_above(appendix: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for an appendix to an appendix that the order does not have."""
    above, order = text_of(appendix.values.get(OF_APPENDIX)), workspace.order_of(appendix)
    if not above or order is None:
        return
    named = plain_number(above)
    rows = workspace.children.get((order.register, order.identity, APPENDICES), ())
    if not any(address_of(one) == named for one in rows if one is not appendix):
        yield Problem(
            "appendix-absent",
            appendix.cells[OF_APPENDIX],
            f"в столбце «К приложению» стоит «{above}», а такого приложения у этого приказа нет; "
            "впишите номер приложения, к которому относится это",
        )


def _check_point(point: Record, order: Record, workspace: Workspace) -> Iterator[Problem]:
    named = point.values.get(APPENDIX)
    if not isinstance(named, tuple):
        return
    known = [one for one in _appendix_numbers(order, workspace) if not is_nested(one)]
    typed = [text_of(item) for item in named]
    missing = [number for number in appendix_numbers_in(typed, known) if number not in known]
    if names_every_appendix(typed) and not known:
        missing = typed
    for number in missing:
        yield _absent(point, number)


def _check_row(row: Record, order: Record, workspace: Workspace) -> Iterator[Problem]:
    typed, known = text_of(row.values.get(APPENDIX)), _appendix_numbers(order, workspace)
    word = text_of(order.values.get(DOCUMENT_KIND))
    if row.register == APPROVALS and is_about_order(typed, word):
        return
    if any(is_about_appendix(typed, number, len(known)) for number in known):
        return
    if typed:
        yield _absent(row, typed)
    else:
        yield Problem(
            "appendix-absent",
            row.cells[APPENDIX],
            f"не сказано, к какому приложению относится эта строка (приложений: {len(known)}); "
            "впишите номер",
        )


def _absent(row: Record, number: str) -> Problem:
    return Problem(
        "appendix-absent",
        row.cells[APPENDIX],
        f"приложения «{number}» нет на листе «Приложения»; добавьте его или исправьте номер",
    )
