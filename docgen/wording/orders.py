"""What surrounds an order's text: letterhead, heading, preamble, ground, signature."""

from __future__ import annotations

import re
from typing import Any

from docgen import russian
from docgen.model import Reference, sameness
from docgen.model.columns import (
    DATE,
    LETTERHEAD_DATE_FORM,
    NUMBER,
    ORDERS,
    ORGANISATION,
    SETTINGS,
    SIGNATORY,
)
from docgen.wording.acts import case_after, quoted
from docgen.wording.appendix_mentions import order_number
from docgen.wording.braces import fill_markers, has_marker
from docgen.wording.days import UNKNOWN_DAY, named_year
from docgen.wording.filters import capitalised, spaced_out, uncapitalised
from docgen.wording.people import Signatory, signatory_of
from docgen.wording.record_views import RecordView, Scope, derived_value
from docgen.wording.sentences import ended, without_end
from docgen.wording.value_views import BLANK_DATE, BLANK_NUMBER, BLANK_YEAR, DateView, PhraseView

KIND_LINE = re.compile(r"^\[\s*вид документа\s*\]$", re.IGNORECASE)
NO_TEXT = "без текста"
PREPRINTED = "готовый"
_USUAL_OFFSET_MM = 80
# Words that begin another reason, also when they are typed behind an act in one row.
_REASON = re.compile(
    r"(в целях|с целью|в связи|в рамках|во исполнение|в соответствии|на основании|"
    r"руководствуясь|учитывая)\b",
    re.IGNORECASE,
)
_LINKS = {"и": " и ", "а также": ", а также "}
"""Openers that go on with the turn of speech before them, its case included."""


def _letterhead(order: RecordView) -> tuple[list[str], list[str]]:
    """Return the lines above and below the kind; «[вид документа]» marks its place."""
    lines = [str(line) for line in order.scope.card(ORGANISATION).бланк]
    for index, line in enumerate(lines):
        if KIND_LINE.match(line):
            return lines[:index], lines[index + 1 :]
    return lines, []


@derived_value(ORDERS, "шапка_до")
def letterhead_above(order: RecordView) -> list[str]:
    """Return the letterhead's lines above the kind of document."""
    return _letterhead(order)[0]


@derived_value(ORDERS, "шапка_после")
def letterhead_below(order: RecordView) -> list[str]:
    """Return the letterhead's lines below the kind of document."""
    return _letterhead(order)[1]


@derived_value(ORDERS, "место_бланка")
def room_for_letterhead(order: RecordView) -> list[int]:
    """Return a number for each millimetre that a pre-printed letterhead takes; none to print it."""
    settings = order.scope.card(SETTINGS)
    if str(settings.бланк) != PREPRINTED:
        return []
    told = settings.fact("отступ_бланка")
    offset = told if isinstance(told, int) else _USUAL_OFFSET_MM
    return list(range(max(1, offset - order.scope.top_margin_mm)))


@derived_value(ORDERS, "номер")
def plain_order_number(order: RecordView) -> str:
    """Return the number without «№», however it was typed."""
    return order_number(str(order.value(NUMBER) or ""))


@derived_value(ORDERS, "вид_в_бланке")
def kind_in_letterhead(order: Any) -> str:
    """Return «ПРИКАЗ» or «П Р И К А З», as the house has it."""
    word = str(order.вид).upper()
    is_spaced = order.scope.card(SETTINGS).вид_разрядкой is True
    return spaced_out(word) if is_spaced else word


@derived_value(ORDERS, "дата_в_бланке")
def date_in_letterhead(order: Any) -> str:
    """Return the date with the house's word before it, or room to write it."""
    before = str(order.scope.card(SETTINGS).перед_датой)
    day = order.record.values.get(DATE)
    order.value(DATE)
    form = order.scope.date_form(LETTERHEAD_DATE_FORM)
    text = str(DateView(day, form)) if day else BLANK_DATE
    return f"{before} {text}".strip()


@derived_value(ORDERS, "номер_в_бланке")
def number_in_letterhead(order: Any) -> str:
    """Return «№ 820», «№ ____» to write the number on, or «б/н» as typed."""
    number = str(order.номер)
    return number if sameness(number).startswith("б/н") else f"№ {number or BLANK_NUMBER}"


@derived_value(ORDERS, "от_даты")
def of_date_and_number(order: Any) -> str:
    """Return «от 22.12.2021 № 543», as every mark names the order."""
    day = f"от {order.дата or BLANK_DATE}"
    if not order.номер and str(order.о_чём) == NO_TEXT:
        return day
    return f"{day} {number_in_letterhead(order)}"


@derived_value(ORDERS, "текстом")
def order_named(order: Any) -> Any:
    """Return «приказ», which declines; marks add whose, date and number."""
    return order.вид


@derived_value(ORDERS, "слово_отдельно")
def operative_word_alone(order: Any) -> str:
    """Return the operative word when it stands on a line of its own, else nothing."""
    return _operative_word(order) if _has_own_line(order) else ""


@derived_value(ORDERS, "слово_в_преамбуле")
def operative_word_inline(order: Any) -> str:
    """Return the operative word when it ends the preamble; a lone colon is «:»."""
    return "" if _has_own_line(order) else _operative_word(order)


def _operative_word(order: Any) -> str:
    return str(order.слово or order.scope.card(SETTINGS).распорядительное_слово)


def _has_own_line(order: Any) -> bool:
    return str(order.scope.card(SETTINGS).место_слова) == "отдельной строкой"


@derived_value(ORDERS, "преамбула_текст")
def preamble(order: RecordView) -> str:
    """Return why the order is issued, one sentence without its end; the word follows."""
    rows: list[Any] = getattr(order, "преамбула")  # noqa: B009 - a column name, not an attribute
    sentence = opener = ""
    for row in rows:
        own = uncapitalised(row.оборот) if sentence else str(row.оборот)
        link = sameness(own)
        is_new = bool(own) and link not in {sameness(opener), *_LINKS}
        opener = own if is_new else opener
        part = _preamble_part(row, opener, has_opener=is_new)
        if sentence and part:
            sentence = sentence.rstrip(" ,;") + _LINKS.get(link, ", ")
        sentence += part
    return capitalised(_without_word(sentence, _operative_word(order)))


def _without_word(sentence: str, word: str) -> str:
    """Return the sentence open for the operative word, which may have been pasted with it."""
    letters = [re.escape(letter) for letter in word if letter.isalpha()]
    if letters:
        pasted = r"\s*".join(letters)
        sentence = re.sub(rf"[\s,]+{pasted}\s*:?$", "", sentence, flags=re.IGNORECASE)
    return without_end(sentence)[0]


def _preamble_part(row: Any, opener: str, *, has_opener: bool) -> str:
    case = str(row.падеж) or case_after(opener)
    typed = str(row.текст)
    cited = [] if has_marker(typed, "акт") else row.акт
    acts = ", ".join(str(act.in_case(case)) for act in cited)
    words = fill_markers(typed, row)
    joint = ", " if acts and _REASON.match(words) else " "
    text = joint.join(part for part in (acts, words) if part)
    if not (has_opener and opener and text):
        return text or (opener if has_opener else "")
    return russian.with_preposition(opener, text)


@derived_value(ORDERS, "подпись")
def signature(order: RecordView) -> Signatory:
    """Return who signs on the order's day."""
    if order.record.is_broken:
        order.value(SIGNATORY)
    return signatory_of(order.scope, order.record)


@derived_value(ORDERS, "куратор")
def curator(order: RecordView) -> Any:
    """Return whom the order names as curator, else the curator of the organisation's card."""
    own = order.value("куратор")
    if isinstance(own, Reference):
        return order.scope.follow(own)
    return order.scope.card(ORGANISATION).куратор


@derived_value(ORDERS, "основание_строкой")
def ground(order: Any) -> str:
    """Return «Основание: …» or nothing."""
    items = [str(item) for item in order.основание]
    return ended(f"Основание: {'; '.join(items)}") if items else ""


@derived_value(ORDERS, "заголовок_в_бланке")
def heading(order: Any) -> str:
    """Return the heading in the house's letters and quotes."""
    settings = order.scope.card(SETTINGS).заголовок_вид
    text = str(order.заголовок)
    text = text.upper() if "прописными" in settings else text
    return quoted(text) if "в кавычках" in settings else text


@derived_value(ORDERS, "издатель")
def issuer(order: RecordView) -> PhraseView:
    """Return the body named in marks; it declines."""
    return issuer_on(order.scope)


def issuer_on(scope: Scope) -> PhraseView:
    """Return the body named in marks on the paper's day."""
    card = scope.card(ORGANISATION)
    named: Any = card.в_отметках or card.краткое or card.полное
    return named if isinstance(named, PhraseView) else PhraseView(str(named))


@derived_value(ORDERS, "год_строкой")
def order_school_year(order: Any) -> str:
    """Return the school year of the order, as its column or its date tells."""
    sign = str(order.scope.card(SETTINGS).знак_года)
    year = named_year(str(order.год))
    if not year and order.scope.day == UNKNOWN_DAY:
        return f"{BLANK_YEAR}{sign}{BLANK_YEAR}"
    return (year or russian.school_year(order.scope.day)).replace("/", sign)
