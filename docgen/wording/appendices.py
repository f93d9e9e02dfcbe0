"""Appendices and marks: «Приложение № 1 к приказу …», УТВЕРЖДЕН, the words beside a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.model import sameness
from docgen.model.columns import APPENDICES, NUMBER, ORDERS, SETTINGS, STAFF
from docgen.wording.appendix_mentions import is_about, plain_number
from docgen.wording.braces import fill_markers
from docgen.wording.filters import approved, capitalised
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import BLANK_DATE, BLANK_NUMBER, PhraseView

_AGREEING = {"УТВЕРЖДЕНО": "УТВЕРЖДЕН", "СОГЛАСОВАНО": "СОГЛАСОВАН", "ПРИНЯТО": "ПРИНЯТ"}
_DASHES = ("-", "–", "—", "•")
_PLACE_TO_SIGN = "______________"
_PLACE_FOR_NAME = "_" * 24


@dataclass(frozen=True, slots=True)
class AppendixText:
    """A paragraph beside an appendix table; ``как`` is абзац, подзаголовок or перечень."""

    как: str
    текст: str


@derived_value(APPENDICES, "номер")
def appendix_plain_number(appendix: RecordView) -> str:
    """Return the number alone, however «№ 1» or «1.» was typed."""
    return plain_number(str(appendix.value(NUMBER) or ""))


@derived_value(APPENDICES, "номер_с_знаком")
def appendix_number(appendix: Any) -> str:
    """Return «№ 1» or «1» as the house has it; nothing when there is no number."""
    if not appendix.номер:
        return ""
    has_sign = str(appendix.scope.card(SETTINGS).номер_приложения) == "№ 1"
    return f"№ {appendix.номер}" if has_sign else str(appendix.номер)


@derived_value(APPENDICES, "упоминание")
def appendix_mention(appendix: RecordView) -> str:
    """Return «приложение № 1», as a list of appendices names it."""
    return f"приложение {appendix_number(appendix)}".strip()


@derived_value(APPENDICES, "обозначение")
def appendix_title(appendix: RecordView) -> str:
    """Return «Приложение № 1» or «Приложение»."""
    return f"Приложение {appendix_number(appendix)}".strip()


@derived_value(APPENDICES, "отметка_строки")
def appendix_mark(appendix: Any) -> list[str]:
    """Return the lines of the mark on the appendix's first sheet (ГОСТ, отметка о приложении)."""
    order = appendix.приказ
    named = [
        f"к {order.вид.in_case('дат')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]
    style = str(appendix.отметка)
    if style == "гриф":
        return _approval(appendix)
    if style == "приложение и гриф":
        return [appendix.обозначение, *_approval(appendix)]
    return [appendix.обозначение, *named]


def _approval(appendix: Any) -> list[str]:
    order = appendix.приказ
    yo = order.scope.card(SETTINGS).ё_в_грифах is True
    return [
        approved(appendix.вид, yo=yo),
        f"{order.вид.in_case('твор')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]


# --- the words beside a table ----------------------------------------------------------------


@derived_value(APPENDICES, "тексты_до")
def texts_before(appendix: RecordView) -> list[AppendixText]:
    """Return the paragraphs before the table."""
    return list(_texts(appendix, "перед таблицей"))


@derived_value(APPENDICES, "тексты_после")
def texts_after(appendix: RecordView) -> list[AppendixText]:
    """Return the paragraphs after the table."""
    return list(_texts(appendix, "после таблицы"))


def _texts(appendix: Any, place: str) -> Iterator[AppendixText]:
    for row in _rows_about(appendix, appendix.приказ.тексты):
        if str(row.где) == place:
            text = fill_markers(str(row.текст), row)
            dash = str(row.как) == "перечень" and not text.startswith(_DASHES)
            yield AppendixText(str(row.как), f"– {text}" if dash else text)


def _rows_about(appendix: Any, rows: list[Any]) -> list[Any]:
    count = len(appendix.приказ.приложения)
    return [row for row in rows if is_about(str(row.приложение), appendix.номер, count)]


# --- marks of approval -----------------------------------------------------------------------


@derived_value(APPENDICES, "грифы")
def appendix_marks(appendix: Any) -> list[list[str]]:
    """Return the approval marks of an appendix, each as its lines."""
    rows = _rows_about(appendix, appendix.приказ.грифы)
    return [_mark_lines(row, str(appendix.вид)) for row in rows]


@derived_value(ORDERS, "грифы_приказа")
def order_marks(order: Any) -> list[list[str]]:
    """Return the approval marks of the order itself, each as its lines."""
    return [_mark_lines(row, str(order.вид)) for row in _rows_about_order(order)]


def _rows_about_order(order: Any) -> list[Any]:
    return [row for row in order.грифы if is_about_order(str(row.приложение), str(order.вид))]


@derived_value(APPENDICES, "подписи_грифов")
def appendix_mark_signers(appendix: Any) -> dict[str, list[Any]]:
    """Return who signs the marks of an appendix, by the column where the mark stands."""
    return _signers_by_column(_rows_about(appendix, appendix.приказ.грифы))


@derived_value(ORDERS, "подписи_грифов")
def order_mark_signers(order: Any) -> dict[str, list[Any]]:
    """Return who signs the marks of the order itself, by the column where the mark stands."""
    return _signers_by_column(_rows_about_order(order))


def _signers_by_column(rows: list[Any]) -> dict[str, list[Any]]:
    people = mark_grid([[_signer_of(row)] for row in rows])
    columns = zip(*people, strict=True) if people else ((), ())
    named = zip(("слева", "справа"), columns, strict=True)
    return {name: [one[0] for one in column if one and one[0]] for name, column in named}


def is_about_order(typed: str, order_kind: str) -> bool:
    """Return whether a mark's row names the order itself, not an appendix."""
    return sameness(typed) in {"приказ", sameness(order_kind)}


def _mark_lines(row: Any, noun: str) -> list[str]:
    word = str(row.слово).upper()
    base = _AGREEING.get(word.replace("Ё", "Е"))
    yo = row.scope.card(SETTINGS).ё_в_грифах is True
    first = approved(noun, base, yo=yo) if base else word
    person = _signer_of(row)
    if person is not None:
        return [
            first,
            capitalised(person.должность),
            f"{_PLACE_TO_SIGN} {person.фио.in_style('ahead')}",
            str(row.дата or BLANK_DATE),
        ]
    return [first, *_body_lines(row, word)]


def _signer_of(row: Any) -> Any:
    """Return the person who signs an approval mark; a body's decision is signed elsewhere."""
    who = row.кто
    return who if isinstance(who, RecordView) and who.record.register == STAFF else None


def _body_lines(row: Any, word: str) -> Iterator[str]:
    day_and_number = f"от {row.дата or BLANK_DATE} № {row.номер or BLANK_NUMBER}"
    document = str(row.чем)
    in_genitive = word.startswith("С ") or document not in {"", "протокол"}
    who = str(row.кто.in_case("род" if in_genitive else "твор")) if str(row.кто) else ""
    who = who or _PLACE_FOR_NAME
    if document in {"", "протокол"}:
        yield who
        yield f"({document} {day_and_number})" if document else str(row.дата or BLANK_DATE)
        return
    yield f"{PhraseView(document).in_case('твор')} {who}"
    yield day_and_number


def mark_grid(marks: list[list[Any]]) -> list[list[list[Any]]]:
    """Return marks two in a row, the last alone at the right, as they stand above a title."""
    rows = [marks[index : index + 2] for index in range(0, len(marks), 2)]
    return [row if len(row) == 2 else [[], row[0]] for row in rows]


@derived_value(APPENDICES, "грифы_сетка")
def appendix_mark_grid(appendix: Any) -> list[list[list[str]]]:
    """Return the approval marks of an appendix two in a row."""
    return mark_grid(appendix.грифы)


@derived_value(ORDERS, "грифы_сетка")
def order_mark_grid(order: Any) -> list[list[list[str]]]:
    """Return the approval marks of an order two in a row."""
    return mark_grid(order.грифы_приказа)
