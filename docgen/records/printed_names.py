"""Whom a printed order names beside its registers' columns, and whom it does not name at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Workspace, sameness
from docgen.model.choices import Acquaintance
from docgen.model.columns import (
    ACQUAINT,
    ACQUAINT_LATER,
    APPENDICES,
    APPROVALS,
    CONTROL,
    CURATOR,
    ENDORSE,
    ORDERS,
    ORGANISATION,
    PARTICIPANTS,
    SIGNATORY,
)
from docgen.records.check_acquaintance import (
    PersonKey,
    candidates_in,
    heads_of,
    key_of,
    named_by_order,
    participants_of,
    people_in,
    people_of,
    staff_by_initials,
)
from docgen.records.order_days import document_day, items_of
from docgen.wording import acquaintance_of, text_of

_EXECUTOR: Final = "исполнитель"
_KIND: Final = "вид"
_MOST_SHOWN, _MOST_EXTRA = 6, 5
_LOCAL_ACTS: Final = ("положение", "порядок", "правила", "регламент", "инструкция", "кодекс")
"""What an order approves for many: it is read by more people than it names."""


def acquaintance_problems(
    order: Record, words: Iterable[str], workspace: Workspace
) -> Iterator[Problem]:
    """Yield a warning for people whom an order or its appendix names, or nobody, in its words.

    Whom its points and pairs name by their columns is told without its words.
    """
    day = document_day(order, workspace)
    listed = {
        key_of(one): one.text
        for column in (ACQUAINT, ACQUAINT_LATER)
        for one in people_of(order.values.get(column))
    }
    if not listed or acquaintance_of(order, workspace, day) is Acquaintance.NONE:
        return
    yield from _stands_twice(order)
    texts = list(words)
    named = _named(order, texts, workspace)
    by_columns = named_by_order(order, workspace, staff_by_initials(workspace))
    known = {*listed, *_signing(order, workspace), *by_columns, *_of_marks(order, workspace)}
    # Who has drawn up the order knows it.
    known |= {key_of(one) for one in people_of(order.values.get(_EXECUTOR))}
    if any(sameness(text_of(one)) == PARTICIPANTS for one in items_of(order.values.get(ACQUAINT))):
        known |= participants_of(workspace)
    lacking = [name for key, name in named.items() if key not in known]
    if lacking:
        yield warning(
            "not-acquainted",
            order.cells[ACQUAINT],
            f"в тексте и приложениях названы, а в «Ознакомить» не вписаны: {_shown(lacking)}; "
            "впишите или пропустите, если знакомить не нужно",
        )
    staff = staff_by_initials(workspace)
    possible = {key for text in texts for people in candidates_in(text, staff) for key, _ in people}
    usual = {
        key_of(one)
        for column in (CONTROL, CURATOR, ENDORSE, _EXECUTOR)
        for one in people_of(order.values.get(column))
    }
    extra = [
        name for key, name in listed.items() if not {key} & (possible | by_columns.keys() | usual)
    ]
    if extra and len(extra) <= _MOST_EXTRA and not _approves_local_act(order, workspace):
        yield warning(
            "acquainted-extra",
            order.cells[ACQUAINT],
            f"в «Ознакомить» вписаны, а ни текст, ни таблицы, ни приложения их не называют: "
            f"{_shown(extra)}; уберите их или дайте им поручение",
        )


def _stands_twice(order: Record) -> Iterator[Problem]:
    """Yield a warning for whoever is to stand on the sheet and on its continuation."""
    first = {key_of(one) for one in people_of(order.values.get(ACQUAINT))}
    both = [one.text for one in people_of(order.values.get(ACQUAINT_LATER)) if key_of(one) in first]
    if both:
        yield warning(
            "said-twice",
            order.cells[ACQUAINT_LATER],
            f"стоят и в «Ознакомить», и в «Ознакомить позже»: {_shown(both)}; уберите из второго: "
            "их строка есть в основном листе, и в продолжение они не попадут",
        )


def _named(order: Record, words: Iterable[str], workspace: Workspace) -> dict[PersonKey, str]:
    """Return whom the words name, but for who has only drawn up the order, at its foot."""
    staff = staff_by_initials(workspace)
    foot = {sameness(one.text) for one in people_of(order.values.get(_EXECUTOR))}
    found: dict[PersonKey, str] = {}
    for text in words:
        if sameness(text) not in foot:
            for key, name in people_in(text, staff):
                found.setdefault(key, name)
    return found


def _signing(order: Record, workspace: Workspace) -> set[PersonKey]:
    heads = {
        key_of(one) for row in workspace.records.get(ORGANISATION, ()) for one in heads_of(row)
    }
    return heads | {key_of(one) for one in people_of(order.values.get(SIGNATORY))}


def _of_marks(order: Record, workspace: Workspace) -> set[PersonKey]:
    """Return who signs marks of approval on the order or its appendices."""
    staff = staff_by_initials(workspace)
    rows = [row for row in workspace.records.get(APPROVALS, ()) if workspace.order_of(row) is order]
    return {
        key
        for row in rows
        for value in row.values.values()
        for item in items_of(value)
        for key, _ in people_in(text_of(item), staff)
    }


def _approves_local_act(order: Record, workspace: Workspace) -> bool:
    rows = workspace.children.get((ORDERS, order.identity, APPENDICES), ())
    return any(sameness(text_of(row.values.get(_KIND))).startswith(_LOCAL_ACTS) for row in rows)


def _shown(names: list[str]) -> str:
    more = len(names) - _MOST_SHOWN
    return f"{', '.join(names[:_MOST_SHOWN])}{f' и ещё {more}' if more > 0 else ''}"
