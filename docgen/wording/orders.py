"""What surrounds an order's text: letterhead, preamble, signature, marks of its appendices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen import russian
from docgen.model import Reference
from docgen.wording.acts import case_after
from docgen.wording.filters import approved, capitalised, spaced_out
from docgen.wording.people import Signatory, signatory_of
from docgen.wording.points import fill_markers
from docgen.wording.values import BLANK_DATE, BLANK_NUMBER, DateView, PhraseView
from docgen.wording.views import RecordView, Scope, derived_value

KIND_LINE = re.compile(r"^\[\s*вид документа\s*\]$", re.IGNORECASE)
NO_TEXT = "без текста"


def _letterhead(order: RecordView) -> tuple[list[str], list[str]]:
    """Return the lines above and below the kind; «[вид документа]» marks its place."""
    lines = [str(line) for line in order.scope.card("организация").бланк]
    for index, line in enumerate(lines):
        if KIND_LINE.match(line):
            return lines[:index], lines[index + 1 :]
    return lines, []


@derived_value("приказы", "шапка_до")
def letterhead_above(order: RecordView) -> list[str]:
    """Return the letterhead's lines above the kind of document."""
    return _letterhead(order)[0]


@derived_value("приказы", "шапка_после")
def letterhead_below(order: RecordView) -> list[str]:
    """Return the letterhead's lines below the kind of document."""
    return _letterhead(order)[1]


@derived_value("приказы", "вид_в_бланке")
def kind_in_letterhead(order: Any) -> str:
    """Return «ПРИКАЗ» or «П Р И К А З», as the house has it."""
    word = str(order.вид).upper()
    is_spaced = order.scope.card("настройки").вид_разрядкой is True
    return spaced_out(word) if is_spaced else word


@derived_value("приказы", "дата_в_бланке")
def date_in_letterhead(order: Any) -> str:
    """Return the date with the house's word before it, or room to write it."""
    before = str(order.scope.card("настройки").перед_датой)
    day = order.record.values.get("дата")
    order.value("дата")
    form = order.scope.date_form("вид_даты_бланка")
    text = str(DateView(day, form)) if day else BLANK_DATE
    return f"{before} {text}".strip()


@derived_value("приказы", "номер_в_бланке")
def number_in_letterhead(order: Any) -> str:
    """Return «№ 820», or «№ ____» to write the number on."""
    return f"№ {order.номер or BLANK_NUMBER}"


@derived_value("приказы", "от_даты")
def of_date_and_number(order: Any) -> str:
    """Return «от 22.12.2021 № 543», as every mark names the order."""
    day = f"от {order.дата or BLANK_DATE}"
    if not order.номер and str(order.о_чём) == NO_TEXT:
        return day
    return f"{day} {number_in_letterhead(order)}"


@derived_value("приказы", "текстом")
def order_named(order: Any) -> PhraseView:
    """Return «приказ», which declines; marks add whose, date and number."""
    return PhraseView(str(order.вид))


@derived_value("приказы", "слово_отдельно")
def operative_word_alone(order: Any) -> str:
    """Return the operative word when it stands on a line of its own, else nothing."""
    return _operative_word(order) if _has_own_line(order) else ""


@derived_value("приказы", "слово_в_преамбуле")
def operative_word_inline(order: Any) -> str:
    """Return the operative word when it ends the preamble; a lone colon is «:»."""
    return "" if _has_own_line(order) else _operative_word(order)


def _operative_word(order: Any) -> str:
    return str(order.слово or order.scope.card("настройки").распорядительное_слово)


def _has_own_line(order: Any) -> bool:
    return str(order.scope.card("настройки").место_слова) == "отдельной строкой"


@derived_value("приказы", "преамбула_текст")
def preamble(order: RecordView) -> str:
    """Return why the order is issued, one sentence without its end; the word follows."""
    rows: list[Any] = getattr(order, "преамбула")  # noqa: B009 - a column name, not an attribute
    parts: list[str] = []
    opener = ""
    for row in rows:
        opener = str(row.оборот) or opener
        parts.append(_preamble_part(row, opener))
    return capitalised(", ".join(part for part in parts if part))


def _preamble_part(row: Any, opener: str) -> str:
    case = str(row.падеж) or case_after(opener)
    acts = ", ".join(str(act.in_case(case)) for act in row.акт)
    text = fill_markers(str(row.текст), row)
    return " ".join(part for part in (str(row.оборот), acts, text) if part)


@derived_value("приказы", "подпись")
def signature(order: RecordView) -> Signatory:
    """Return who signs on the order's day."""
    if order.record.is_broken:
        order.value("подписывает")
    return signatory_of(order.scope, order.record)


@derived_value("приказы", "куратор")
def curator(order: RecordView) -> Any:
    """Return whom the order names as curator, else the curator of the organisation's card."""
    own = order.value("куратор")
    if isinstance(own, Reference):
        return order.scope.follow(own)
    return order.scope.card("организация").куратор


@derived_value("приказы", "основание_строкой")
def ground(order: Any) -> str:
    """Return «Основание: …» or nothing."""
    items = [str(item) for item in order.основание]
    return f"Основание: {'; '.join(items)}." if items else ""


@derived_value("приказы", "заголовок_в_бланке")
def heading(order: Any) -> str:
    """Return the heading in the house's letters and quotes."""
    settings = order.scope.card("настройки").заголовок_вид
    text = str(order.заголовок)
    text = text.upper() if "прописными" in settings else text
    return f"«{text}»" if "в кавычках" in settings else text


@derived_value("приказы", "издатель")
def issuer(order: RecordView) -> PhraseView:
    """Return the body named in marks; it declines."""
    return issuer_on(order.scope)


def issuer_on(scope: Scope) -> PhraseView:
    """Return the body named in marks on the paper's day."""
    card = scope.card("организация")
    named: Any = card.в_отметках or card.краткое or card.полное
    return named if isinstance(named, PhraseView) else PhraseView(str(named))


# --- appendices ------------------------------------------------------------------------------


@derived_value("приложения", "номер_с_знаком")
def appendix_number(appendix: Any) -> str:
    """Return «№ 1» or «1» as the house has it; nothing when there is no number."""
    if not appendix.номер:
        return ""
    has_sign = str(appendix.scope.card("настройки").номер_приложения) == "№ 1"
    return f"№ {appendix.номер}" if has_sign else str(appendix.номер)


@derived_value("приложения", "упоминание")
def appendix_mention(appendix: RecordView) -> str:
    """Return «приложение № 1», as a list of appendices names it."""
    return f"приложение {appendix_number(appendix)}".strip()


@derived_value("приложения", "обозначение")
def appendix_title(appendix: RecordView) -> str:
    """Return «Приложение № 1» or «Приложение»."""
    return f"Приложение {appendix_number(appendix)}".strip()


@derived_value("приложения", "отметка_строки")
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
    yo = order.scope.card("настройки").ё_в_грифах is True
    return [
        approved(appendix.вид, yo=yo),
        f"{order.вид.in_case('твор')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]


@derived_value("приложения", "тексты_до")
def texts_before(appendix: RecordView) -> list[AppendixText]:
    """Return the paragraphs before the table."""
    return list(_texts(appendix, "перед таблицей"))


@derived_value("приложения", "тексты_после")
def texts_after(appendix: RecordView) -> list[AppendixText]:
    """Return the paragraphs after the table."""
    return list(_texts(appendix, "после таблицы"))


@dataclass(frozen=True, slots=True)
class AppendixText:
    """A paragraph beside an appendix table; ``как`` is абзац, подзаголовок or перечень."""

    как: str
    текст: str


def _texts(appendix: Any, place: str) -> Iterator[AppendixText]:
    for row in appendix.приказ.тексты:
        if str(row.где) == place and str(row.приложение) == str(appendix.номер):
            text = fill_markers(str(row.текст), row)
            dash = str(row.как) == "перечень" and not text.startswith(("-", "–", "—", "•"))
            yield AppendixText(str(row.как), f"– {text}" if dash else text)


# --- marks of approval -----------------------------------------------------------------------

_AGREEING = {"УТВЕРЖДЕНО": "УТВЕРЖДЕН", "СОГЛАСОВАНО": "СОГЛАСОВАН", "ПРИНЯТО": "ПРИНЯТ"}


@derived_value("приложения", "грифы")
def appendix_marks(appendix: Any) -> list[list[str]]:
    """Return the approval marks of an appendix, each as its lines."""
    rows = [row for row in appendix.приказ.грифы if str(row.приложение) == str(appendix.номер)]
    return [_mark_lines(row, str(appendix.вид)) for row in rows]


@derived_value("приказы", "грифы_приказа")
def order_marks(order: Any) -> list[list[str]]:
    """Return the approval marks of the order itself, each as its lines."""
    rows = [
        row for row in order.грифы if str(row.приложение).casefold() in {"приказ", str(order.вид)}
    ]
    return [_mark_lines(row, str(order.вид)) for row in rows]


def _mark_lines(row: Any, noun: str) -> list[str]:
    word = str(row.слово).upper()
    base = _AGREEING.get(word.replace("Ё", "Е"))
    yo = row.scope.card("настройки").ё_в_грифах is True
    first = approved(noun, base, yo=yo) if base else word
    who = row.кто
    if isinstance(who, RecordView) and who.record.register == "сотрудники":
        person: Any = who
        return [
            first,
            capitalised(person.должность),
            f"______________ {person.фио.in_style('ahead')}",
            str(row.дата or BLANK_DATE),
        ]
    return [first, *_body_lines(row, word)]


def _body_lines(row: Any, word: str) -> Iterator[str]:
    day_and_number = f"от {row.дата or BLANK_DATE} № {row.номер or BLANK_NUMBER}"
    document = str(row.чем)
    in_genitive = word.startswith("С ") or document not in {"", "протокол"}
    who = str(row.кто.in_case("род" if in_genitive else "твор")) if str(row.кто) else "_" * 24
    if document in {"", "протокол"}:
        yield who
        yield f"({document} {day_and_number})" if document else str(row.дата or BLANK_DATE)
        return
    yield f"{PhraseView(document).in_case('твор')} {who}"
    yield day_and_number


def mark_grid(marks: list[list[str]]) -> list[list[list[str]]]:
    """Return marks two in a row, the last alone at the right, as they stand above a title."""
    rows = [marks[index : index + 2] for index in range(0, len(marks), 2)]
    return [row if len(row) == 2 else [[], row[0]] for row in rows]


@derived_value("приложения", "грифы_сетка")
def appendix_mark_grid(appendix: Any) -> list[list[list[str]]]:
    """Return the approval marks of an appendix two in a row."""
    return mark_grid(appendix.грифы)


@derived_value("приказы", "грифы_сетка")
def order_mark_grid(order: Any) -> list[list[list[str]]]:
    """Return the approval marks of an order two in a row."""
    return mark_grid(order.грифы_приказа)


@derived_value("приказы", "год_строкой")
def order_school_year(order: Any) -> str:
    """Return the school year of the order, as its column or its date tells."""
    sign = str(order.scope.card("настройки").знак_года)
    year = str(order.год) or russian.school_year(order.scope.day)
    return re.sub(r"[/–-]", sign, year)
