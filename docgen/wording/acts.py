"""How acts are cited: kind, author, date, number, title (ГОСТ Р 7.0.97-2025, текст документа)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from docgen.model import Record, sameness
from docgen.model.columns import ACTS, BEGINS, DATE, ENDS, ORDERS
from docgen.wording.appendix_mentions import order_number
from docgen.wording.protocols import (
    ActView,
    OptionalDate,
    OptionalPhrase,
    OrderView,
    RowOrPhrase,
    settings_of,
)
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import (
    BLANK_DATE,
    BLANK_NUMBER,
    DateView,
    Declinable,
    PhraseView,
    PrintableText,
)

_ENDINGS_BY_CASE = (
    ("твор", re.compile(r"(?:\bсо?|руководствуясь)$")),
    ("дат", re.compile(r"(?:\b(?:по|ко?)|согласно|благодаря|вопреки)$")),
    (
        "вин",
        re.compile(
            r"(?:\b(?:на|про)|учитывая|рассмотрев|изучив|приняв во внимание"
            r"|принимая во внимание)$"
        ),
    ),
)
"""The endings of openers that govern a case; all other openers govern the genitive."""


def case_after(opener: str) -> str:
    """Return the case that an opener governs, e.g. the instrumental for «в соответствии с»."""
    words = opener.casefold().replace("ё", "е").rstrip()
    return next((case for case, ending in _ENDINGS_BY_CASE if ending.search(words)), "род")


@dataclass(frozen=True, slots=True)
class Citation(PrintableText):
    """An act as a text cites it: its kind declines, its author stays in the genitive."""

    act: ActView
    case: str = "им"
    has_title: bool = True

    def in_case(self, case: str) -> Citation:
        """Return the citation in another case."""
        return replace(self, case=case)

    def __str__(self) -> str:
        """Return e.g. «приказом Минпросвещения России от 24.03.2023 № 196 «Об утверждении …»»."""
        act = self.act
        words = [str(act.вид.in_case(self.case))]
        words += _source(_as_house_names(act.кто, act), act.дата, act.номер)
        second = _source(_as_house_names(act.кто2, act), act.дата2, act.номер2)
        words += ["и", *second] if second else []
        title = without_quotes(act.название)
        if self.has_title and title:
            words.append(quoted(title))
        return " ".join(words)


def without_quotes(title: str) -> str:
    """Return a title without the quotation marks around it as a whole, if it was typed in them."""
    text = title.strip()
    while len(text) > 1 and (text[0], text[-1]) in _AROUND:
        bare = _without_pair(text)
        if bare == text:
            break
        text = bare
    return text


def _without_pair(text: str) -> str:
    """Return a text without its first mark and the last one that closes it, if that one does."""
    opening, closing = text[0], text[-1]
    if opening == closing:
        return text[1:-1].strip() if text.count(opening) == 2 else text
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == opening) - (sign == closing)
        if depth <= 0:
            # Not so in «А» и «Б».
            return text[1:-1].strip() if place == len(text) - 1 else text
    # «Об утверждении «Порядка»: one closing mark serves both.
    return text[1:].strip()


_AROUND = {("«", "»"), ('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("'", "'")}


def quoted(title: str) -> str:
    """Return the title in «»; one mark serves the title and a quotation at its beginning or end."""
    opening = "" if title.startswith("«") and "»" in title else "«"
    return f"{opening}{title}" if title.endswith("»") and "«" in title else f"{opening}{title}»"


def _as_house_names(body: OptionalPhrase, act: ActView) -> OptionalPhrase:
    """Return a ministry under the name that the settings ask for; every other body as typed."""
    way = getattr(settings_of(act.scope), "органы_в_ссылках", "")
    if not way or not isinstance(body, PhraseView):
        return body
    for full, short in _MINISTRIES.items():
        if sameness(body.text) in {sameness(full), sameness(short)}:
            return body.with_text(short if way == "кратко" else full)
    return body


_MINISTRIES = {
    "Министерство просвещения Российской Федерации": "Минпросвещения России",
    "Министерство образования и науки Российской Федерации": "Минобрнауки России",
    "Министерство образования Российской Федерации": "Минобразования России",
    "Министерство труда и социальной защиты Российской Федерации": "Минтруд России",
    "Министерство здравоохранения Российской Федерации": "Минздрав России",
}


def _source(author: OptionalPhrase, day: OptionalDate, number: str) -> list[str]:
    words = [str(author.in_case("род"))] if isinstance(author, PhraseView) else []
    words += [f"от {day.в_тексте}"] if isinstance(day, DateView) else []
    plain = order_number(number)
    words += [f"№ {plain}"] if plain else []
    return words


@dataclass(frozen=True, slots=True)
class OrderCitation(PrintableText):
    """An own order or protocol as a text cites it: everybody knows who has issued it."""

    order: OrderView
    case: str = "им"
    has_title: bool = True

    def in_case(self, case: str) -> OrderCitation:
        """Return the citation in another case."""
        return replace(self, case=case)

    def __str__(self) -> str:
        """Return e.g. «приказом от 31.08.2026 № 147-од «О внедрении …»»."""
        order = self.order
        day = order.дата.в_тексте if isinstance(order.дата, DateView) else BLANK_DATE
        number = order.номер or BLANK_NUMBER
        sign = "" if sameness(number).startswith("б/н") else "№ "
        # A protocol is told by its body, day and number: what it was about has no place here.
        is_protocol = sameness(str(order.вид)).startswith("протокол")
        kind = _protocol_of_body(order) if is_protocol else order.вид
        words = [str(kind.in_case(self.case)), f"от {day}", f"{sign}{number}"]
        title = "" if is_protocol or not self.has_title else without_quotes(order.заголовок)
        return " ".join([*words, quoted(title)] if title else words)


def _protocol_of_body(order: OrderView) -> PhraseView:
    """Return «протокол педагогического совета», be it the kind or the heading that says whose.

    A heading as minutes print it below their kind, «заседания …», goes on from «протокол».
    """
    heading = without_quotes(order.заголовок)
    if sameness(heading).startswith("заседания ") and not _NUMBERED.search(heading):
        heading = f"протокол {heading[:1].lower()}{heading[1:]}"
    is_said = heading[1:].startswith("ротокол ") and not _NUMBERED.search(heading)
    if sameness(str(order.вид)) == "протокол" and is_said:
        return PhraseView(heading[:1].lower() + heading[1:])
    return order.вид


_NUMBERED = re.compile(r"№|\bот\s+\d|\s[оО]б?\s|;")
"""What makes a protocol's heading more than the name of its body: a number, a day, a matter."""


def cited(row: RowOrPhrase, *, has_title: bool = True) -> Declinable:
    """Return an act, or an own order, as a text cites it; free words as they are."""
    if not isinstance(row, RecordView):
        return row
    if row.record.register == ORDERS:
        return OrderCitation(row, has_title=has_title)
    citation_of: Declinable = row.текстом if has_title else row.кратко
    return citation_of


@derived_value(ACTS, "текстом")
def citation(act: ActView) -> Citation:
    """Return the full citation of an act."""
    return Citation(act)


@derived_value(ACTS, "кратко")
def short_citation(act: ActView) -> Citation:
    """Return the citation of an act without its title."""
    return Citation(act, has_title=False)


@derived_value(ACTS, "действует")
def holds_on_document_day(act: ActView) -> bool:
    """Return whether the act is in force on the document's day."""
    return is_in_force(act.record, act.scope.day)


def is_in_force(act: Record, day: dt.date) -> bool:
    """Return whether the act is in force on the day: from «Действует с», else from its date on."""
    begins, ends = first_day(act), act.values.get(ENDS)
    after = begins is None or begins <= day
    return after and (not isinstance(ends, dt.date) or day <= ends)


def is_advice(act: ActView) -> bool:
    """Return whether an act advises and binds nobody: it is taken into account, not followed."""
    return sameness(str(act.вид)).startswith(ADVICE)


ADVICE = ("письмо", "методические рекомендации", "рекомендации", "разъяснение")


def first_day(act: Record) -> dt.date | None:
    """Return the day from which an act is in force: no act is before its own date."""
    found = (act.values.get(name) for name in (BEGINS, DATE))
    return next((day for day in found if isinstance(day, dt.date)), None)


class NamedAct(RecordView):
    """An act that a template names itself: the document notes that it prints it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        """Return what the row offers; only whether it is in force is asked without printing."""
        if not name.startswith("_") and name != "действует":
            self._note_printed()
        return super().__getattr__(name)

    def __str__(self) -> str:
        """Return the full citation."""
        self._note_printed()
        return super().__str__()

    def in_case(self, case: str) -> Declinable:
        """Return the full citation in a case."""
        self._note_printed()
        return super().in_case(case)

    def _note_printed(self) -> None:
        self.scope.printed_acts[self.record.identity] = self.record
