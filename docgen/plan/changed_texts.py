"""Whether an order that changes another one quotes what was signed, and leaves it as it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Workspace, sameness
from docgen.model.columns import (
    ABOUT,
    AMENDED,
    BECOMES,
    CHANGES,
    DOCUMENT_KIND,
    ORDERS,
    PLACE,
    STATE,
    WAS,
)
from docgen.model.states import DRAFTS, ELSEWHERE, FROZEN, UNSIGNED, VOID, OrderState
from docgen.plan.absent_rows import paper_of
from docgen.wording import text_of

CHANGES_LIST: Final = "изменения"
"""The list under which an order sees the changes that it makes."""
_REPLACED: Final = "заменить слова"
_OF_POINTS: Final = frozenset({_REPLACED, "изложить", "исключить", "утратил силу"})
_WITHOUT_TEXT: Final = frozenset({"исключить", "утратил силу", "новая редакция приложения"})
_ADDED: Final = "дополнить"
_POINT: Final = re.compile(r"(?:под)?пункт\w*\s+(\d+(?:\.\d+)*)", re.IGNORECASE)
_SIGNS: Final = str.maketrans(
    {"„": "«", "“": "»", "”": "»", "—": "–", "‑": "-", "\u00a0": " ", "\u202f": " "}
)


def changed_text_problems(
    order: Record | None, texts: Mapping[str, str], workspace: Workspace
) -> Iterator[Problem]:
    """Yield what is wrong with the changes that an unsigned order lists.

    ``texts`` are the signed texts of orders with their appendices, a paragraph a line. What an
    earlier order has changed is looked for in that order's words, too.
    """
    if order is None or text_of(order.values.get(STATE)) not in UNSIGNED:
        return
    rows = workspace.children.get((ORDERS, order.identity, CHANGES_LIST), ())
    by = _Quoting(order, tuple(_amended(order, workspace)))
    found = [texts[one.identity] for one in by.amended if one.identity in texts]
    if rows and by.amended and not found:
        yield from _check_absence(by)
    text = "\n".join([*found, *_earlier_words(by, workspace)])
    for row in rows:
        if row.is_broken or not by.amended:
            continue
        faults = [*_check_words(row, by)]
        yield from faults or (_check_text(row, by, text) if found else ())


def _amended(order: Record, workspace: Workspace) -> list[Record]:
    named = order.values.get(AMENDED)
    return [
        workspace.by_identity[one.register, one.identity][0]
        for one in (named if isinstance(named, tuple) else (named,))
        if isinstance(one, Reference) and one.register == ORDERS
    ]


@dataclass(frozen=True, slots=True)
class _Quoting:
    """An order that changes others: these, and how what it misquotes is told."""

    order: Record
    amended: tuple[Record, ...]

    def problem_at(
        self, row: Record, column: str, message: str, *, is_hint: bool = False
    ) -> Problem:
        """Return a remark at a cell: of a draft, or as a hint, a warning."""
        is_draft = text_of(self.order.values.get(STATE)) in DRAFTS
        make = warning if is_draft or is_hint else Problem
        where = row.cells.get(column, row.where)
        return make("change-not-found", where, f"{paper_of(self.order)}: {message}")

    @property
    def names(self) -> str:
        """The orders that are changed, as a remark calls them."""
        return ", ".join(map(paper_of, self.amended))


def _check_words(row: Record, by: _Quoting) -> Iterator[Problem]:
    """Yield what a change lacks to be printed at all."""
    kind = text_of(row.values.get(DOCUMENT_KIND))
    if kind == _REPLACED and not row.values.get(WAS):
        message = "не сказано, какие слова заменить; впишите их в «Было», как в подписанном приказе"
        yield by.problem_at(row, WAS, message)
    if kind not in _WITHOUT_TEXT and not row.values.get(BECOMES):
        yield by.problem_at(row, BECOMES, "нет нового текста; впишите его в «Стало»")


def _check_text(row: Record, by: _Quoting, text: str) -> Iterator[Problem]:
    """Yield what a change says of a signed text that is not there."""
    kind, was = text_of(row.values.get(DOCUMENT_KIND)), text_of(row.values.get(WAS))
    if was and _folded(was) not in _folded(text):
        message = f"слов «{was}» в подписанном тексте нет ({by.names}); впишите их, как в нём"
        yield by.problem_at(row, WAS, message)
        return
    found = _POINT.search(text_of(row.values.get(PLACE)))
    if found is None or kind not in {*_OF_POINTS, _ADDED}:
        return
    has_point = _has_point(text, found[1])
    if kind in _OF_POINTS and not has_point:
        message = f"пункта {found[1]} в подписанном тексте нет ({by.names}); сверьте «Где»"
        yield by.problem_at(row, PLACE, message)
    elif kind == _ADDED and has_point:
        message = (
            f"пункт {found[1]} в подписанном тексте уже есть ({by.names}); дополните другим "
            "номером или изложите этот"
        )
        yield by.problem_at(row, PLACE, message, is_hint=True)


def _check_absence(by: _Quoting) -> Iterator[Problem]:
    """Yield that there is no text to compare with: a hint where docgen has never made it."""
    states = {text_of(one.values.get(STATE)) for one in by.amended}
    if states & (UNSIGNED | VOID):
        message = f"{by.names}: не подписан, и изменять нечего; исправьте его самого"
        yield by.problem_at(by.order, AMENDED, message)
        return
    message = (
        f"подписанного текста нет в архиве ({by.names}), «Было» и номера пунктов не сверены; "
        "сверьте их с бумагой сами"
    )
    yield by.problem_at(by.order, AMENDED, message, is_hint=states <= ELSEWHERE)


def _earlier_words(by: _Quoting, workspace: Workspace) -> Iterator[str]:
    """Yield what signed orders have put into the same papers."""
    names = {one.identity for one in by.amended}
    for row in workspace.records.get(CHANGES, ()):
        other = workspace.order_of(row)
        if other is None or other is by.order or row.is_broken:
            continue
        is_signed = text_of(other.values.get(STATE)) in FROZEN | ELSEWHERE
        if is_signed and names & {one.identity for one in _amended(other, workspace)}:
            yield text_of(row.values.get(BECOMES))


def _has_point(text: str, number: str) -> bool:
    begins = rf"^\W*{re.escape(number)}(?:\.|\)|\s)(?!\d)"
    return re.search(begins, text, re.MULTILINE) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())


def outdated_states(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each order that a signed one has changed or ended, in an old state."""
    for order in workspace.records.get(ORDERS, ()):
        subject = workspace.subjects.get(sameness(text_of(order.values.get(ABOUT))))
        is_signed = text_of(order.values.get(STATE)) in FROZEN | ELSEWHERE
        if subject is None or not subject.leaves or not is_signed:
            continue
        for one in _amended(order, workspace):
            state = text_of(one.values.get(STATE))
            if state not in {subject.leaves, OrderState.REPEALED} | VOID | ELSEWHERE:
                where = one.cells.get(STATE, one.where)
                message = f"{paper_of(one)}: «{state}», а {paper_of(order)} подписан"
                yield warning("state-behind", where, f"{message}; впишите «{subject.leaves}»")
