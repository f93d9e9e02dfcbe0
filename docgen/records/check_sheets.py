"""Check the sheets that appendices print: named twice, how each looks, which words stand where."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import Problem, warning
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import (
    APPENDICES,
    APPENDIX,
    NUMBER,
    PLACE,
    SHEET,
    STATE,
    TABLE_LOOK,
    TEXTS,
)
from docgen.model.states import VOID
from docgen.records.check_marks import address_of
from docgen.records.order_days import paper_name
from docgen.wording import (
    is_about_appendix,
    looks_of_tables,
    place_of_words,
    plain_number,
    text_of,
)


def check_sheets(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the sheets that appendices name and with the words around them."""
    printed: dict[tuple[str, str], Record] = {}
    for appendix in workspace.records.get(APPENDICES, ()):
        order = workspace.order_of(appendix)
        if order is None or appendix.is_broken:
            continue
        yield from _check_looks(appendix, workspace)
        if text_of(order.values.get(STATE)) not in VOID:
            yield from _check_repeated(appendix, order, printed, workspace)
    for row in workspace.records.get(TEXTS, ()):
        order = workspace.order_of(row)
        if order is not None and not row.is_broken:
            yield from _check_place(row, order, workspace)


def _check_looks(appendix: Record, workspace: Workspace) -> Iterator[Problem]:
    typed, count = text_of(appendix.values.get(TABLE_LOOK)), len(workspace.sheets_of(appendix))
    if looks_of_tables(typed, max(count, 1)) is not None:
        return
    offered = ", ".join(
        f"«{one}»" for one in workspace.schemas[APPENDICES].column(TABLE_LOOK).choices
    )
    yield Problem(
        "bad-choice",
        appendix.cells[TABLE_LOOK],
        f"в столбце «Вид таблицы» стоит «{typed}», а листов с таблицами {count}; выберите один вид "
        f"на все или по одному на каждый лист через точку с запятой: {offered}",
    )


def _check_repeated(
    appendix: Record, order: Record, printed: dict[tuple[str, str], Record], workspace: Workspace
) -> Iterator[Problem]:
    """Yield a warning for each sheet that an order prints twice: it was meant to be another."""
    for sheet in workspace.sheets_of(appendix):
        before = printed.setdefault((order.identity, sameness(sheet)), appendix)
        if before is appendix and _count(sheet, appendix, workspace) == 1:
            continue
        where = (
            "в этом же приложении"
            if before is appendix
            else f"в приложении {plain_number(text_of(before.values.get(NUMBER)))}".rstrip()
        )
        yield warning(
            "said-twice",
            appendix.cells[SHEET],
            f"{paper_name(order)}: лист «{sheet}» назван ещё раз {where}, таблица напечатается "
            "дважды; оставьте одно или назовите другой лист",
        )
        if before is appendix:
            return


def _count(sheet: str, appendix: Record, workspace: Workspace) -> int:
    return [sameness(one) for one in workspace.sheets_of(appendix)].count(sameness(sheet))


def _check_place(row: Record, order: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for words beside a table that the appendix does not have."""
    appendices = workspace.children.get((order.register, order.identity, APPENDICES), ())
    named, typed = text_of(row.values.get(APPENDIX)), text_of(row.values.get(PLACE))
    for appendix in appendices:
        if not is_about_appendix(named, address_of(appendix), len(appendices)):
            continue
        sheets = workspace.sheets_of(appendix)
        if place_of_words(typed, sheets) is None:
            several = (
                f"листов с таблицами у приложения {len(sheets)} («{'», «'.join(sheets)}»): впишите "
                "«перед таблицей 2» или «после таблицы» с именем листа"
                if len(sheets) > 1
                else "выберите «перед таблицей» или «после таблицы»"
            )
            yield Problem(
                "bad-choice",
                row.cells.get(PLACE, row.where),
                f"{paper_name(order)}: в столбце «Где» стоит «{typed}», а такого места нет; "
                f"{several}",
            )
