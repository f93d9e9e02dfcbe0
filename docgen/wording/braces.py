"""Marks in braces: people, acts, deadlines and appendices put into a text in their cases."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docgen import russian
from docgen.model.columns import BODIES
from docgen.wording.appendix_mentions import mention
from docgen.wording.record_views import RecordView
from docgen.wording.sentences import joined
from docgen.wording.value_views import DateView

MARKER = re.compile(r"\{\s*([а-яё]+(?:\s+[а-яё]+){0,3})\s*\}", re.IGNORECASE)
_COLUMNS = ("лицо", "акт", "срок", "приложение")


def fill_markers(text: str, row: Any, order: RecordView | None = None) -> str:
    """Return the text with {кого}, {акт род}, {срок}, {приложение} replaced; others as typed."""
    columns = frozenset(column.name for column in row.schema.columns)
    makers: dict[str, Callable[[str], str]] = {
        "лицо": lambda words: _people(row, words),
        "акт": lambda words: _acts(row, words),
        "срок": lambda _words: deadline_words(row.срок),
        "приложение": lambda _words: mention(order, row) if order else "",
    }

    def put(match: re.Match[str]) -> str:
        column, words = _meaning(match[1], columns)
        made = (makers[column](words) if column else "") or match[0]
        # «… Иванову М.П.» before a typed full stop would end in two dots.
        return made.removesuffix(".") if text.startswith(".", match.end()) else made

    return MARKER.sub(put, text)


def has_marker(text: str, column: str) -> bool:
    """Return whether the text itself says where a column's words go."""
    return column in marked_columns(text, frozenset({column}))


def marked_columns(text: str, columns: frozenset[str]) -> list[str]:
    """Return the columns whose words the marks of a text ask for; ``columns`` are the row's."""
    found = [_meaning(match[1], columns)[0] for match in MARKER.finditer(text)]
    return list(dict.fromkeys(column for column in found if column))


def unknown_markers(text: str, columns: frozenset[str]) -> list[str]:
    """Return the marks in braces that stand for nothing; ``columns`` are the row's columns."""
    return [match[0] for match in MARKER.finditer(text) if not _meaning(match[1], columns)[0]]


def _meaning(words: str, columns: frozenset[str]) -> tuple[str, str]:
    """Return the column that a mark speaks of and the case and style after its name."""
    folded = words.casefold()
    first, _, rest = folded.partition(" ")
    column, rest = (first, rest) if first in _COLUMNS else ("лицо", folded)
    if column not in columns:
        return "", ""
    has_case = column in {"лицо", "акт"} and bool(rest)
    return (column, rest) if not has_case or _case_in(rest)[0] else ("", "")


def _case_in(words: str) -> tuple[str, str]:
    """Return the case named by the words and the style asked for after it."""
    parts = words.split()
    for length in (2, 1):
        try:
            case = russian.to_case(" ".join(parts[:length]))
        except ValueError:
            continue
        return case, " ".join(parts[length:])
    return "", ""


def _people(row: Any, words: str) -> str:
    case, style = _case_in(words or "им")
    return joined([str(named(person, style).in_case(case)) for person in row.лицо])


def named(person: Any, style: str = "") -> Any:
    """Return a person or a body as a text names it.

    ``style`` is «инициалы» (Иванова М.П.), «полностью», or nothing for a person with the position.
    """
    if not isinstance(person, RecordView):
        return person
    if person.record.register == BODIES:
        return person.название if style == "полностью" else person
    if style in {"фио", "инициалы"}:
        return person.фио.in_style("initials")
    if style == "полностью":
        return person.фио
    return person.с_должностью


def _acts(row: Any, words: str) -> str:
    case, style = _case_in(words or "им")
    cited = [act.кратко if style == "кратко" else act.текстом for act in row.акт]
    return joined([str(act.in_case(case)) for act in cited])


def deadline_words(deadline: Any) -> str:
    """Return «до 15 марта 2026 г.» for a day, the words as typed for anything else."""
    if isinstance(deadline, DateView):
        return f"до {deadline.в_тексте}"
    return str(deadline)
