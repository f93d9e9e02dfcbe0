"""What a signed order says of one person: extracts name nobody else.

ТК РФ, ст. 62: copies and extracts of orders about the work of the worker who asks; 152-ФЗ, ст. 7:
nothing of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from docgen.model import Reference, Table, TableCell, TableRow
from docgen.model.columns import MENTEE, MENTOR, PAIRS, PERSON, STAFF
from docgen.model.signed_papers import SignedBlock
from docgen.wording.excerpts import Excerpt, QuotingRow, heading_rows, with_heading
from docgen.wording.name_cuts import foreign_in, without_acquainted, without_names
from docgen.wording.named_people import Mention, PersonKey, is_same, name_index
from docgen.wording.order_parts import SignedPoint

_OF_DAY: Final = re.compile(r",?\s*от\s[^(),;]*\(([^()]*)\)")
"""«от 8 сентября 2026 г. (Черных Н.В., Коваль Д.О.)»."""
_GROUND_WORD: Final = re.compile(r"^\s*Основание:\s*")
_QUOTED: Final = 60


def personal_excerpt(quoting: QuotingRow) -> Excerpt:
    """Return the points of a signed order that name the person of the row, and nobody else's.

    Raises:
        RegisterError: when they name others too and cannot be cut, or nobody is named.
    """
    named = quoting.row.values.get(PERSON)
    person = named if isinstance(named, Reference) else None
    if person is None:
        quoting.refuse(PERSON, "не сказано, о ком выписка; впишите человека в «О ком»")
    cutter = _Cutter(quoting, (person.register, person.identity), _mates_of(person, quoting))
    signed, made = quoting.signed, Excerpt()
    made.бланк, made.дата_и_номер, made.места = signed.letterhead, signed.dated, signed.places
    made.заголовок = [cutter.cut(one, "заголовок") for one in signed.heading]
    for block in signed.opening:
        text = cutter.cut(block.text, "преамбула")
        made.add(replace(block, text=text), is_opening=True)
    before = len(made.части)
    for point in signed.points:
        for block in cutter.blocks_of(point):
            made.add(block)
    if len(made.части) == before:
        quoting.refuse(
            PERSON,
            f"пункты и таблицы подписанного приказа не называют: {person.text}; проверьте «О ком», "
            "а если названо только в приложении, снимите копию с него",
        )
    made.основание = cutter.ground(signed.ground)
    made.должность, made.имя = signed.position, signed.signatory
    return made


def _mates_of(person: Reference, quoting: QuotingRow) -> frozenset[PersonKey]:
    """Return the adults with whom the person is or was in a pair: its row names both."""
    found = set()
    for pair in quoting.workspace.records.get(PAIRS, ()):
        people = {
            (one.register, one.identity)
            for role in (MENTOR, MENTEE)
            if isinstance(one := pair.values.get(role), Reference)
        }
        if (person.register, person.identity) in people:
            found |= {one for one in people if one[0] == STAFF}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Leaves of a signed order what is of a person and of those in a pair with him."""

    quoting: QuotingRow
    person: PersonKey
    mates: frozenset[PersonKey]

    def is_foreign(self, mention: Mention) -> bool:
        return not is_same(mention, {self.person, *self.mates})

    def names_person(self, text: str) -> bool:
        """Whether a text names the person, and nobody of the same name may be meant.

        Raises:
            RegisterError: for namesakes.
        """
        found = [
            one
            for one in name_index(self.quoting.workspace).mentions(text)
            if self.person in one.people
        ]
        if any(len(one.people) > 1 for one in found):
            self.quoting.refuse(
                PERSON,
                f"«{_short(text)}» называет однофамильцев, и чьё это, не понять; сделайте выписку "
                "сами",
            )
        return bool(found)

    def foreign(self, text: str) -> list[Mention]:
        return foreign_in(text, self.is_foreign, self.quoting.workspace)

    def cut(self, text: str, place: str) -> str:
        """Return a text without the names of others.

        Raises:
            RegisterError: when it does not stay whole without them.
        """
        workspace = self.quoting.workspace
        cut = without_names(text, self.is_foreign, workspace)
        cut = without_acquainted(cut, self.is_foreign, workspace)
        left = self.foreign(cut)
        if left:
            named = ", ".join(dict.fromkeys(cut[one.start : one.end] for one in left))
            self.quoting.refuse(
                PERSON,
                f"{place} называет и других ({named}), вырезать их нельзя: «{_short(text)}»; "
                "выдайте копию приказа тем, кого он касается, или сделайте выписку сами",
            )
        return cut

    def blocks_of(self, point: SignedPoint) -> list[SignedBlock]:
        """Return what stays of a point and of those below it; nothing if it is about others."""
        lead = point.blocks[0]
        is_addressed = lead.table is None and self.names_person(lead.text)
        below = [
            block
            for one in point.below
            if not is_addressed or not self._is_of_others(one)
            for block in (self._whole(one) if is_addressed else self.blocks_of(one))
        ]
        rest = [*self._rest(point, is_addressed=is_addressed)]
        if not (is_addressed or below or rest):
            return []
        own = replace(lead, text=self.cut(lead.text, _place(point)))
        return [own, *rest, *below]

    def _whole(self, point: SignedPoint) -> list[SignedBlock]:
        """Return a point below one that is given to the person: it is his, whomever it names."""
        if self.blocks_of(point):
            return self.blocks_of(point)
        own = [replace(one, text=self.cut(one.text, _place(point))) for one in point.blocks]
        return own + [
            block
            for one in point.below
            if not self._is_of_others(one)
            for block in self._whole(one)
        ]

    def _is_of_others(self, point: SignedPoint) -> bool:
        """Return whether a point is about others alone."""
        texts = [one.text for one in point.blocks if one.table is None]
        tables = [one.table for one in point.blocks if one.table is not None]
        texts += [cell.text for table in tables for row in table.rows for cell in row.cells if cell]
        return any(map(self.foreign, texts)) and not any(map(self.names_person, texts))

    def _rest(self, point: SignedPoint, *, is_addressed: bool) -> Iterator[SignedBlock]:
        """Yield the paragraphs and tables of a point behind its first paragraph."""
        kept = []
        is_named = is_addressed
        for block in point.blocks[1:]:
            if block.table is not None:
                table = self._table(block.table, is_addressed=is_addressed)
                kept += [replace(block, table=table)] if table is not None else []
                is_named = is_named or table is not None
            elif self.names_person(block.text) or not self.foreign(block.text):
                is_named = is_named or self.names_person(block.text)
                kept.append(replace(block, text=self.cut(block.text, _place(point))))
        if is_named:
            yield from kept

    def _table(self, table: Table, *, is_addressed: bool) -> Table | None:
        """Return a table with the person's rows alone; nothing if it has none."""
        body = table.rows[heading_rows(table) :]
        rows = [row for row in body if any(self.names_person(one.text) for one in _cells(row))]
        if not rows:
            is_general = not any(
                self.foreign(one.text) for row in table.rows for one in _cells(row)
            )
            return table if is_addressed and is_general else None
        return replace(table, rows=with_heading([self._row(one) for one in rows], table))

    def _row(self, row: TableRow) -> TableRow:
        cells = tuple(None if one is None else self._cell(one) for one in row.cells)
        return replace(row, cells=cells)

    def _cell(self, cell: TableCell) -> TableCell:
        """Return a cell without the lines that name others: each mentee of a group has one."""
        lines = cell.text.split("\n")
        kept = [one for one in lines if not self.foreign(one)]
        has_names = all(name_index(self.quoting.workspace).mentions(one) for one in kept)
        if not kept or (len(kept) < len(lines) and not has_names):
            kept = lines
        text = "\n".join(self.cut(one, "строка таблицы") for one in kept)
        return replace(cell, text=text if len(kept) == len(lines) else text.rstrip("; "))

    def ground(self, lines: list[str]) -> str:
        """Return what the order rests on, without papers of others."""
        kept = []
        for line in lines:
            for item in _GROUND_WORD.sub("", line).strip().rstrip(".").split(";"):
                text = self._without_days(item.strip())
                cut = without_names(text, self.is_foreign, self.quoting.workspace)
                if self.foreign(cut) and not self.names_person(cut):
                    continue
                kept.append(self.cut(cut, "основание"))
        return f"Основание: {'; '.join(kept)}." if kept else ""

    def _without_days(self, text: str) -> str:
        """Return a list of days with names in brackets without the days of others alone."""

        def is_of_others(match: re.Match[str]) -> bool:
            return bool(self.foreign(match[1])) and not any(
                is_same(one, {self.person, *self.mates})
                for one in name_index(self.quoting.workspace).mentions(match[1])
            )

        days = list(_OF_DAY.finditer(text))
        others = [one for one in days if is_of_others(one)]
        if not others or len(others) == len(days):
            return text
        for one in reversed(others):
            text = text[: one.start()] + text[one.end() :]
        return (
            re.sub(r"(\w)\s*,\s*от\s", r"\1 от ", text, count=1) if others[0] is days[0] else text
        )


def _cells(row: TableRow) -> Iterator[TableCell]:
    return (one for one in row.cells if one is not None)


def _place(point: SignedPoint) -> str:
    return f"пункт {point.number}" if point.number else "пункт"


def _short(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= _QUOTED else f"{short[:_QUOTED].rstrip()} и далее"
