"""How acts are cited: kind, author, date, number, title (ГОСТ Р 7.0.97-2025, текст документа)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from docgen.model import Record
from docgen.model.columns import ACTS, BEGINS, ENDS
from docgen.wording.appendix_mentions import order_number
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import PrintableText

_GOVERNED = (
    ("твор", re.compile(r"(?:\bс|руководствуясь)$")),
    ("дат", re.compile(r"(?:\b(?:по|к)|согласно|благодаря|вопреки)$")),
    (
        "вин",
        re.compile(
            r"(?:\b(?:на|про)|учитывая|рассмотрев|изучив|приняв во внимание"
            r"|принимая во внимание)$"
        ),
    ),
)
"""What an opener ends in, by the case that it governs; others govern the genitive."""


def case_after(opener: str) -> str:
    """Return the case that an opener governs: «в соответствии с» instrumental, else genitive."""
    words = opener.casefold().replace("ё", "е").rstrip()
    return next((case for case, ending in _GOVERNED if ending.search(words)), "род")


@dataclass(frozen=True, slots=True)
class Citation(PrintableText):
    """An act as it is cited; its kind declines, its author stays in the genitive."""

    act: RecordView
    case: str = "им"
    has_title: bool = True

    def in_case(self, case: str) -> Citation:
        """Return the citation in another case."""
        return replace(self, case=case)

    def __str__(self) -> str:
        """Return e.g. «приказом Минпросвещения России от 24.03.2023 № 196 «Об утверждении …»»."""
        act: Any = self.act
        words = [str(act.вид.in_case(self.case))]
        words += _author(act.кто, act.дата, act.номер)
        second = _author(act.кто2, act.дата2, act.номер2)
        words += ["и", *second] if second else []
        if self.has_title and act.название:
            words.append(quoted(str(act.название)))
        return " ".join(words)


def quoted(title: str) -> str:
    """Return the title in «», two closing marks at its end written as one."""
    return f"«{title}" if title.endswith("»") and "«" in title else f"«{title}»"


def _author(who: Any, day: Any, number: Any) -> list[str]:
    words = [str(who.in_case("род"))] if str(who) else []
    words += [f"от {day.в_тексте}"] if str(day) else []
    plain = order_number(str(number))
    words += [f"№ {plain}"] if plain else []
    return words


@derived_value(ACTS, "текстом")
def citation(act: RecordView) -> Citation:
    """Return the act as cited in full."""
    return Citation(act)


@derived_value(ACTS, "кратко")
def short_citation(act: RecordView) -> Citation:
    """Return the act as cited without its title."""
    return Citation(act, has_title=False)


@derived_value(ACTS, "действует")
def holds(act: RecordView) -> bool:
    """Return whether the act is in force on the paper's day."""
    return is_in_force(act.record, act.scope.day)


def is_in_force(act: Record, day: dt.date) -> bool:
    """Return whether the day lies within the act's period, open where a date is empty."""
    begins, ends = act.values.get(BEGINS), act.values.get(ENDS)
    after = not isinstance(begins, dt.date) or begins <= day
    return after and (not isinstance(ends, dt.date) or day <= ends)
