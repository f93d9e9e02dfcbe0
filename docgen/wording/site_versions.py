"""What of a signed order may stand on the school's site: no person, no pay.

152-ФЗ, art. 10.1: names of those alone who have allowed it; a name gives way to its post.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from docgen.model import Record, Reference, Table, TableCell, TableRow, sameness
from docgen.model.columns import REPLACEMENTS, RESOURCE, SERIES
from docgen.model.signed_papers import SignedBlock
from docgen.wording.excerpts import Excerpt, QuotingRow, heading_rows, refuse
from docgen.wording.name_cuts import acquainted_list, foreign_in, without_names
from docgen.wording.name_posts import post_in_place_of
from docgen.wording.named_people import Mention, PersonKey, is_same, name_index
from docgen.wording.order_parts import SignedPoint
from docgen.wording.record_views import Scope
from docgen.wording.shown_names import people_to_show
from docgen.wording.value_views import text_of

_PERSONNEL: Final = "личный состав"
_PAY: Final = re.compile(
    r"\d[\d\s\u00a0]*(?:,\d+)?\s*(?:\([^)]*\)\s*)?(?:руб|₽|%|процент)", re.IGNORECASE
)
_ACQUAINTED: Final = "названных в нём работников"
"""Instead of the names of those who are to be acquainted with «настоящий приказ»."""
_PAY_HEADER: Final = re.compile(r"выплат|размер|сумм|доплат|надбав|оклад", re.IGNORECASE)
_GROUND_WORD: Final = re.compile(r"^\s*Основание:\s*")
_HEADER: Final = ("Форма наставничества", "Число пар")
_SHARES: Final = (0.7, 0.3)
_QUOTED: Final = 60


def site_version(quoting: QuotingRow) -> Excerpt:
    """Return a signed order without what may not be shown.

    Raises:
        RegisterError: when a name can be neither cut nor replaced, or nothing is left.
    """
    if sameness(text_of(quoting.order.values.get(SERIES))) == _PERSONNEL:
        quoting.refuse(
            RESOURCE,
            "приказы по личному составу на сайте не размещают, в них выплаты; уберите строку",
        )
    cutter = _Publisher(quoting, shown_in(quoting.row, quoting.scope))
    signed, made = quoting.signed, Excerpt()
    made.бланк, made.дата_и_номер, made.места = signed.letterhead, signed.dated, signed.places
    made.заголовок = [cutter.public(one, "заголовок") for one in signed.heading]
    for block in signed.opening:
        made.add(replace(block, text=cutter.public(block.text, "преамбула")), is_opening=True)
    before = len(made.части)
    for point in signed.points:
        for block in cutter.blocks_of(point):
            made.add(block)
    if len(made.части) == before:
        quoting.refuse(RESOURCE, "без имён и выплат в приказе ничего не остаётся; уберите строку")
    made.основание = cutter.ground(signed.ground)
    made.должность = [cutter.public(one, "подпись") for one in signed.position]
    made.имя = "" if cutter.foreign(signed.signatory) else signed.signatory
    return made


def shown_in(row: Record, scope: Scope) -> frozenset[PersonKey]:
    """Return whose names the version of a row may show."""
    resource = row.values.get(RESOURCE)
    return people_to_show(scope, resource) if isinstance(resource, Reference) else frozenset()


def hidden_names_in(texts: Iterable[str], row: Record, scope: Scope) -> list[str]:
    """Return the names in texts that the version of a row must not show, each once.

    It asks no more how a text was made: whatever is printed or kept in a file is looked at.
    """
    shown, index = shown_in(row, scope), name_index(scope.workspace)
    found = [
        one.surname
        for text in texts
        for one in index.mentions(text, is_strict=True)
        if not is_same(one, shown)
    ]
    return list(dict.fromkeys(found))


def refuse_hidden(texts: Iterable[str], row: Record, scope: Scope) -> None:
    """Leave a version out that would show a name which nobody has allowed.

    Raises:
        RegisterError: with these names.
    """
    names = hidden_names_in(texts, row, scope)
    if names:
        refuse(
            row,
            RESOURCE,
            f"на сайте осталось бы имя без согласия на распространение: {', '.join(names)}; "
            "впишите замену в «Чем заменить имена» или уберите строку",
            "excerpt-refused",
        )


@dataclass(frozen=True, slots=True)
class _Publisher:
    """Takes names and sums out of a signed order."""

    quoting: QuotingRow
    shown: frozenset[PersonKey]

    def is_foreign(self, mention: Mention) -> bool:
        return not is_same(mention, self.shown)

    def foreign(self, text: str) -> list[Mention]:
        return foreign_in(text, self.is_foreign, self.quoting.workspace)

    def public(self, text: str, place: str) -> str:
        """Return a text whose names have given way to posts, or are gone.

        Raises:
            RegisterError: when a name has no post, or the case is not certain.
        """
        text = without_names(self._replaced(text), self.is_foreign, self.quoting.workspace)
        listed, end = acquainted_list(text, self.quoting.workspace)
        if any(map(self.is_foreign, listed)):
            text = text[: listed[0].start] + _ACQUAINTED + text[end:]
        for mention in reversed(self.foreign(text)):
            post = post_in_place_of(mention, text, self.quoting.scope)
            name = text[mention.start : mention.end]
            if not post:
                self.quoting.refuse(
                    RESOURCE,
                    f"{place}: имя «{name}» не заменить должностью без ошибки: «{_short(text)}»; "
                    f"впишите в «Чем заменить имена»: {name} – чем",
                )
            text = text[: mention.start] + post + text[mention.end :]
        return text

    def _replaced(self, text: str) -> str:
        """Return a text with the words that the row gives for names."""
        listed = self.quoting.row.values.get(REPLACEMENTS)
        for item in listed if isinstance(listed, tuple) else ():
            name, _, words = text_of(item).replace("—", "–").partition("–")
            if name.strip() and words.strip():
                spelled = r"[\s\u00a0]*".join(map(re.escape, name.split()))
                text = re.sub(spelled, words.strip(), text)
        return text

    def blocks_of(self, point: SignedPoint) -> list[SignedBlock]:
        """Return what stays of a point; nothing if it is of pay, or its table was of persons."""
        if any(_PAY.search(one.text) for one in point.blocks):
            return []
        own: list[SignedBlock] = []
        for block in point.blocks:
            if block.table is None:
                own.append(replace(block, text=self.public(block.text, _place(point))))
                continue
            table = self._table(block.table)
            if table is None:
                return []
            own.append(replace(block, table=table))
        below = [block for one in point.below for block in self.blocks_of(one)]
        is_hanging = point.below and not below and own[-1].text.rstrip().endswith(":")
        return [] if is_hanging else own + below

    def _table(self, table: Table) -> Table | None:
        """Return a table without persons; of pairs their number; of pay nothing."""
        head = [one.text for row in table.rows[: heading_rows(table)] for one in _cells(row)]
        if any(map(_PAY_HEADER.search, head)):
            return None
        form, mentee = _column(head, "форма"), _column(head, "наставляем")
        body = table.rows[heading_rows(table) :]
        if form is not None and mentee is not None:
            return _counted(table, body, form, mentee)
        rows = [row for row in body if not any(self.foreign(one.text) for one in _cells(row))]
        if not rows:
            return None
        return replace(table, rows=(*table.rows[: heading_rows(table)], *rows))

    def ground(self, lines: list[str]) -> str:
        """Return what the order rests on, papers of persons apart."""
        items = [
            without_names(item.strip(), self.is_foreign, self.quoting.workspace)
            for line in lines
            for item in _GROUND_WORD.sub("", line).strip().rstrip(".").split(";")
        ]
        kept = [one for one in items if one and not self.foreign(one)]
        return f"Основание: {'; '.join(kept)}." if kept else ""


def _counted(table: Table, rows: Iterable[TableRow], form: int, mentee: int) -> Table:
    """Return the number of pairs by form, in the order of a table."""
    counts: Counter[str] = Counter()
    for row in rows:
        cells = list(_cells(row))
        if len(cells) > max(form, mentee):
            lines = [one for one in cells[mentee].text.split("\n") if one.strip()]
            counts[cells[form].text.partition(";")[0].strip()] += max(1, len(lines))
    texts = [_HEADER, *((name, str(number)) for name, number in counts.items())]
    made = tuple(
        TableRow(
            number,
            tuple(
                TableCell(text, table.where, align="center" if column else "")
                for column, text in enumerate(row)
            ),
        )
        for number, row in enumerate(texts, start=1)
    )
    return replace(table, rows=made, header_rows=1, widths=_SHARES, set_widths=(True, True))


def _column(head: list[str], begins: str) -> int | None:
    found = [place for place, text in enumerate(head) if sameness(text).startswith(begins)]
    return found[0] if found else None


def _cells(row: TableRow) -> Iterator[TableCell]:
    return (one for one in row.cells if one is not None)


def _place(point: SignedPoint) -> str:
    return f"пункт {point.number}" if point.number else "пункт"


def _short(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= _QUOTED else f"{short[:_QUOTED].rstrip()} и далее"
