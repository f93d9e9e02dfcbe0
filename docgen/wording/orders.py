"""What surrounds the points of an order: letterhead, heading, preamble, ground, signature."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import cast

from docgen import russian
from docgen.model import Reference, sameness
from docgen.model.columns import (
    AMENDED,
    BEGINS,
    CURATOR,
    DATE,
    HEADING,
    LETTERHEAD_DATE_FORM,
    NUMBER,
    ORDERS,
    SIGNATORY,
    YEAR,
)
from docgen.wording.acts import case_after, cited, quoted
from docgen.wording.appendix_mentions import order_number
from docgen.wording.braces import fill_markers, has_marker
from docgen.wording.days import UNKNOWN_DAY
from docgen.wording.filters import capitalised, spaced_out, uncapitalised
from docgen.wording.people import Signatory, signatory_of
from docgen.wording.protocols import (
    OrderView,
    PreambleView,
    WorkerView,
    organisation_of,
    settings_of,
)
from docgen.wording.record_views import Scope, derived_value
from docgen.wording.school_years import order_year
from docgen.wording.sentences import ended, without_end
from docgen.wording.value_views import (
    BLANK_DATE,
    BLANK_NUMBER,
    BLANK_YEAR,
    NARROW_DATE,
    DateView,
    MissingView,
    PhraseView,
)

KIND_LINE = re.compile(r"^\[\s*вид документа\s*\]$", re.IGNORECASE)
NO_TEXT = "без текста"
PREPRINTED = "готовый"
_PLACE_BETWEEN = "по краям, место между ними"
_USUAL_OFFSET_MM = 80
# Words that begin another reason, also when they are typed behind an act in one row.
_REASON = re.compile(
    r"(в целях|с целью|в связи|в рамках|во исполнение|в соответствии|на основании|"
    r"руководствуясь|учитывая)\b",
    re.IGNORECASE,
)
_LINKS = {"и": " и ", "а также": ", а также "}
"""Openers that continue the opener before them and its case, with what joins them to it."""


def _letterhead(order: OrderView) -> tuple[list[str], list[str]]:
    """Return the letterhead's lines above and below the line «[вид документа]»."""
    lines = [_with_tied_end(line) for line in organisation_of(order.scope).бланк]
    for index, line in enumerate(lines):
        if KIND_LINE.match(line):
            return lines[:index], lines[index + 1 :]
    return lines, []


def _with_tied_end(line: str) -> str:
    """Return a line that may need two on the sheet so that its last word is not alone there."""
    head, space, last = line.rpartition(" ")
    return f"{head}\u00a0{last}" if space and len(line) > _WIDE_LINE else line


_WIDE_LINE = 36
"""More signs than this, in capitals and bold, may be wider than the measure."""


@derived_value(ORDERS, "шапка_до")
def letterhead_above(order: OrderView) -> list[str]:
    """Return the letterhead's lines above the kind of document."""
    return _letterhead(order)[0]


@derived_value(ORDERS, "шапка_после")
def letterhead_below(order: OrderView) -> list[str]:
    """Return the letterhead's lines below the kind of document."""
    return _letterhead(order)[1]


@derived_value(ORDERS, "место_бланка")
def room_for_letterhead(order: OrderView) -> list[int]:
    """Return a number for each millimetre to leave free for a pre-printed letterhead.

    The list is empty when docgen prints the letterhead itself, as it does everywhere but on the
    sheets for such paper.
    """
    settings = settings_of(order.scope)
    if settings.бланк != PREPRINTED:
        return []
    order.scope.has_letterhead = True
    if not order.scope.is_on_letterhead:
        return []
    typed = settings.отступ_бланка
    offset = typed if isinstance(typed, int) else _USUAL_OFFSET_MM
    return list(range(max(1, offset - order.scope.top_margin_mm)))


@derived_value(ORDERS, "номер")
def plain_order_number(order: OrderView) -> str:
    """Return the order's number without «№», whether or not it was typed with it."""
    return order_number(str(order.value(NUMBER) or ""))


@derived_value(ORDERS, "вид_в_бланке")
def kind_in_letterhead(order: OrderView) -> str:
    """Return «ПРИКАЗ» or «П Р И К А З», as the settings say."""
    word = str(order.вид).upper()
    is_spaced = settings_of(order.scope).вид_разрядкой is True
    return spaced_out(word) if is_spaced else word


@derived_value(ORDERS, "дата_в_бланке")
def date_in_letterhead(order: OrderView) -> str:
    """Return the date after the word that the settings put before it, or a line to write it on."""
    settings = settings_of(order.scope)
    before = settings.перед_датой
    day = order.value(DATE)
    form = order.scope.date_form(LETTERHEAD_DATE_FORM)
    # The place behind the line to write on begins in the middle of the sheet.
    blank = NARROW_DATE if settings.дата_и_номер == _PLACE_BETWEEN else BLANK_DATE
    text = str(DateView(day, form)) if isinstance(day, dt.date) else blank
    return f"{before} {text}".strip()


@derived_value(ORDERS, "номер_в_бланке")
def number_in_letterhead(order: OrderView) -> str:
    """Return e.g. «№ 820», «№ ____» to write the number on, or «б/н» as typed."""
    number = order.номер
    return number if sameness(number).startswith("б/н") else f"№ {number or BLANK_NUMBER}"


@derived_value(ORDERS, "от_даты")
def of_date_and_number(order: OrderView) -> str:
    """Return e.g. «от 22.12.2021 № 543», as every mark names the order."""
    return f"от {order.дата or BLANK_DATE} {number_in_letterhead(order)}"


@derived_value(ORDERS, "текстом")
def order_noun(order: OrderView) -> PhraseView:
    """Return the order's kind as its name, e.g. «приказ», which declines."""
    return order.вид


@derived_value(ORDERS, "слово_отдельно")
def operative_word_alone(order: OrderView) -> str:
    """Return the operative word when it stands on a separate line, else nothing."""
    return _operative_word(order) if _has_own_line(order) else ""


@derived_value(ORDERS, "слово_в_преамбуле")
def operative_word_inline(order: OrderView) -> str:
    """Return the operative word when it ends the preamble, else nothing."""
    return "" if _has_own_line(order) else _operative_word(order)


def _operative_word(order: OrderView) -> str:
    return _typed_word(order).lstrip(", ")


def _typed_word(order: OrderView) -> str:
    return order.слово or settings_of(order.scope).распорядительное_слово


def _has_own_line(order: OrderView) -> bool:
    return settings_of(order.scope).место_слова == "отдельной строкой"


@derived_value(ORDERS, "преамбула_текст")
def preamble(order: OrderView) -> str:
    """Return why the order is issued, as one sentence that the operative word will end."""
    sentence = opener = ""
    for row in order.преамбула:
        own = uncapitalised(row.оборот) if sentence else row.оборот
        link = sameness(own)
        is_new = bool(own) and link not in {sameness(opener), *_LINKS}
        opener = own if is_new else opener
        part = _preamble_part(row, opener, has_opener=is_new)
        if sentence and part:
            sentence = sentence.rstrip(" ,;") + _LINKS.get(link, _comma(row))
        sentence += part
    sentence = capitalised(_without_operative_word(sentence, _operative_word(order)))
    # «…, приказываю:» is as right as «… приказываю:».
    has_comma = _typed_word(order).startswith(",") and not _has_own_line(order)
    return f"{sentence}," if sentence and has_comma else sentence


def _comma(row: PreambleView) -> str:
    """Return what parts a row from the one before: the same as acts, if it goes on with one."""
    is_act = "№" in row.текст or (row.акт and not has_marker(row.текст, "акт"))
    goes_on = is_act and not row.оборот
    return f"{settings_of(row.scope).между_актами} " if goes_on else ", "


def _without_operative_word(sentence: str, word: str) -> str:
    """Return the sentence without its end mark and the operative word, if that was pasted too."""
    letters = [re.escape(letter) for letter in word if letter.isalpha()]
    if letters:
        pasted = r"\s*".join(letters)
        sentence = re.sub(rf"[\s,]+{pasted}\s*:?$", "", sentence, flags=re.IGNORECASE)
    return without_end(sentence)[0]


def _preamble_part(row: PreambleView, opener: str, *, has_opener: bool) -> str:
    """Return the words of one row; ``opener`` governs their case even when it is not printed."""
    case = row.падеж or case_after(opener)
    acts_here = [] if has_marker(row.текст, "акт") else row.акт
    between = f"{settings_of(row.scope).между_актами} "
    acts = between.join(str(cited(act).in_case(case)) for act in acts_here)
    words = fill_markers(row.текст, row)
    joint = ", " if acts and _REASON.match(words) else " "
    text = joint.join(part for part in (acts, words) if part)
    if not (has_opener and opener and text):
        return text or (opener if has_opener else "")
    return russian.with_preposition(_LONG_PREPOSITION.sub(r"\1", opener), text)


_LONG_PREPOSITION = re.compile(r"\b([вкс])о$", re.IGNORECASE)
"""A preposition as it was typed for other words: «В соответствии со»."""


@derived_value(ORDERS, "подпись")
def signature(order: OrderView) -> Signatory:
    """Return who signs the order on its day, whatever the day of the paper that cites it."""
    if order.record.is_broken:
        order.value(SIGNATORY)
    day = order.value(DATE)
    scope = replace(order.scope, day=day) if isinstance(day, dt.date) else order.scope
    return signatory_of(scope, order.record)


@derived_value(ORDERS, "куратор")
def curator(order: OrderView) -> WorkerView | MissingView:
    """Return the order's own curator, else the curator of the organisation."""
    own = order.value(CURATOR)
    if isinstance(own, Reference):
        return order.scope.follow(own)
    return organisation_of(order.scope).куратор


@derived_value(ORDERS, "основание_строкой")
def ground_line(order: OrderView) -> str:
    """Return the line «Основание: …», or nothing."""
    items = [str(cited(item)) for item in order.основание]
    return ended(f"Основание: {'; '.join(items)}") if items else ""


@derived_value(ORDERS, "в_изменение")
def changed_order(order: OrderView) -> str:
    """Return e.g. «приказа от 11.09.2026 № 163-од» of what «Изменяет / отменяет» names, if any."""
    named = order.value(AMENDED)
    views = [
        cast("OrderView", order.scope.follow(one))
        for one in (named if isinstance(named, tuple) else (named,))
        if isinstance(one, Reference) and one.register == ORDERS
    ]
    return ", ".join(f"{one.вид.in_case('род')} {one.от_даты}" for one in views)


@derived_value(ORDERS, "заголовок_в_бланке")
def heading(order: OrderView) -> str:
    """Return the heading in the letters and quotes that the settings ask for."""
    looks = settings_of(order.scope).заголовок_вид
    text = order.заголовок.upper() if "прописными" in looks else order.заголовок
    return quoted(text) if "в кавычках" in looks else text


@derived_value(ORDERS, "издатель")
def issuer(order: OrderView) -> PhraseView:
    """Return the name of the organisation in marks, which declines."""
    return issuer_of(order.scope)


def issuer_of(scope: Scope) -> PhraseView:
    """Return the name of the organisation in marks on the document's day."""
    card = organisation_of(scope)
    name = card.в_отметках or card.краткое or card.полное
    return name if isinstance(name, PhraseView) else PhraseView("")


@derived_value(ORDERS, "год_строкой")
def order_school_year(order: OrderView) -> str:
    """Return the school year of the order, as its cell, its heading, its pairs or its date say."""
    sign = settings_of(order.scope).знак_года
    found = order_year(order.record, order.scope.workspace)
    for column in (YEAR, HEADING, DATE):
        order.value(column)
    if found.is_of_pairs:
        for pair in found.pairs:
            order.scope.view(pair).value(BEGINS)
    if not found.year and order.scope.day == UNKNOWN_DAY:
        return f"{BLANK_YEAR}{sign}{BLANK_YEAR}"
    return (found.year or russian.school_year(order.scope.day)).replace("/", sign)
