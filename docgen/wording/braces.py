"""Markers in braces, such as {кому} or {акт род}: which exist and what replaces them in a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from docgen import russian
from docgen.wording.acts import cited
from docgen.wording.appendix_mentions import mention_appendices
from docgen.wording.protocols import (
    OrderView,
    PointView,
    RowOrPhrase,
    RowView,
    to_body,
    to_person,
    to_point,
)
from docgen.wording.sentences import joined
from docgen.wording.value_views import DateView, Declinable

MARKER = re.compile(r"\{\s*([а-яё]+(?:\s+[а-яё]+){0,3})\s*\}", re.IGNORECASE)
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_COLUMNS = ("лицо", "акт", "срок", "приложение")
"""The columns that a marker may name; one that names none asks for «лицо»."""


def fill_markers(text: str, row: RowView, order: OrderView | None = None) -> str:
    """Return the text with its markers replaced; those of no known meaning stay as typed.

    ``order`` is the order of a point: only there {приложение} has a meaning.
    """
    columns = frozenset(column.name for column in row.schema.columns)
    point = to_point(row)
    fillers: dict[str, Callable[[str], str]] = {
        "лицо": lambda words: _people(point, words),
        "акт": lambda words: _acts(point, words),
        "срок": lambda _words: deadline_words(point.срок),
        "приложение": lambda _words: mention_appendices(order, point) if order else "",
    }

    def fill(match: re.Match[str]) -> str:
        column, words = _column_and_words(match[1], columns)
        filled = (fillers[column](words) if column else "") or match[0]
        # «… Иванову М.П.» before a typed full stop would end in two dots.
        return filled.removesuffix(".") if text.startswith(".", match.end()) else filled

    return MARKER.sub(fill, text)


def has_marker(text: str, column: str) -> bool:
    """Return whether a marker says where in the text a column's words go."""
    return column in marker_columns(text, frozenset({column}))


def marker_columns(text: str, columns: frozenset[str]) -> list[str]:
    """Return the columns that the markers of a text ask for; ``columns`` are those of its row."""
    found = [_column_and_words(match[1], columns)[0] for match in MARKER.finditer(text)]
    return list(dict.fromkeys(column for column in found if column))


def unknown_markers(text: str, columns: frozenset[str]) -> list[str]:
    """Return the markers of a text that mean nothing; ``columns`` are those of its row."""
    return [match[0] for match in _IN_BRACES.finditer(text) if not _is_known(match[0], columns)]


def _is_known(braces: str, columns: frozenset[str]) -> bool:
    found = MARKER.fullmatch(braces)
    return found is not None and bool(_column_and_words(found[1], columns)[0])


def _column_and_words(words: str, columns: frozenset[str]) -> tuple[str, str]:
    """Return the column that a marker asks for, and the case and style after its name."""
    folded = words.casefold()
    first, _, rest = folded.partition(" ")
    column, rest = (first, rest) if first in _COLUMNS else ("лицо", folded)
    if column not in columns:
        return "", ""
    has_case = column in {"лицо", "акт"} and bool(rest)
    return (column, rest) if not has_case or _case_and_style(rest)[0] else ("", "")


def _case_and_style(words: str) -> tuple[str, str]:
    """Return the case that the words begin with, and the style named after it."""
    parts = words.split()
    for length in (2, 1):
        try:
            case = russian.to_case(" ".join(parts[:length]))
        except ValueError:
            continue
        return case, " ".join(parts[length:])
    return "", ""


def _people(point: PointView, words: str) -> str:
    case, style = _case_and_style(words or "им")
    return joined([str(name_in_text(item, style).in_case(case)) for item in point.лицо])


def name_in_text(item: RowOrPhrase, style: str = "") -> Declinable:
    """Return a person or a body as a text names it; free words as they are.

    ``style`` is «инициалы» or «фио» (Иванова М.П.), «полностью» (full name), or nothing for a
    person with the position and a body with its short name.
    """
    body, person = to_body(item), to_person(item)
    if body is not None:
        return body.название if style == "полностью" else item
    if person is None:
        return item
    if style in {"фио", "инициалы"}:
        return person.фио.in_style("initials")
    return person.фио if style == "полностью" else person.с_должностью


def _acts(point: PointView, words: str) -> str:
    case, style = _case_and_style(words or "им")
    citations = [cited(act, has_title=style != "кратко") for act in point.акт]
    return joined([str(citation.in_case(case)) for citation in citations])


def deadline_words(deadline: DateView | str) -> str:
    """Return e.g. «до 15 марта 2026 г.» for a day, and typed words as they are."""
    if isinstance(deadline, DateView):
        return f"до {deadline.в_тексте}"
    return str(deadline)
