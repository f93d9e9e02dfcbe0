"""Find out which rows are one person or body over time, and to whom a cell refers."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from docgen import russian
from docgen.errors import Location, Problem
from docgen.model import Column, ColumnKind, PersonName, Phrase, Reference, Schema, Value, sameness
from docgen.model.columns import (
    ACTS,
    BEGINS,
    BORN,
    DATE,
    FORMER_SURNAME,
    FULL_NAME,
    MENTEE,
    MENTOR,
    NAME,
    NUMBER,
    PAIRS,
    PERSONNEL_NUMBER,
    TITLE,
)
from docgen.records.cell_values import split_list
from docgen.records.pair_names import named_pairs, nearest_pair, pair_name, people_of
from docgen.records.rows import Draft
from docgen.records.unknown_names import nominative_hint, remedy_of_unknown
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import order_number, text_of

_MOST_COMPARED, _MOST_NAMED = 100_000, 5
_BRACKET = re.compile(r"^(?P<name>.+?)\s*\((?P<mark>[^()]*)\)$")
_TAB_NUMBER = re.compile(
    r"^(?:таб(?:ельный)?\.?\s*(?:№|номер)?|№)\s*(?P<number>\S+)$", re.IGNORECASE
)
_BORN_WORDS = re.compile(r"^р(?:одил\S*|\.)\s*|\s*(?:г\.?\s*р\.?|р\.)$", re.IGNORECASE)
_WITH_INITIALS = re.compile(rf"^[{CAPITAL}][{SMALL}-]+\s+[{CAPITAL}]\.\s?[{CAPITAL}]\.$")
_CAPITALISED = re.compile(f"^[{CAPITAL}][{SMALL}]*(?:-[{CAPITAL}][{SMALL}]*)*$")


@dataclass(slots=True)
class Directory:
    """The rows of one register by the texts that may name them.

    Filled while the register is identified. A row's own name wins over its ``by_alias`` names.
    ``compared`` counts the names that mistyped ones were compared with; one that ``is_absent`` has
    no sheet.
    """

    schema: Schema
    drafts: list[Draft]
    by_name: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    by_alias: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    compared: int = 0
    is_absent: bool = False

    def names_to_propose(self) -> tuple[str, ...]:
        """Return the names that a mistyped one may mean; none once very many were compared.

        Thousands of mistyped names are no slips of a hand, and comparing takes minutes.
        """
        if self.compared > _MOST_COMPARED:
            return ()
        names = self.offered_names()
        self.compared += len(names)
        return names

    def offered_names(self) -> tuple[str, ...]:
        """Return the names that a dropdown offers."""
        return tuple(offered_name(draft) for draft in self.drafts if draft.identity)


def person_column(schema: Schema) -> Column | None:
    """Return the column that names the person of a row, if the register is of people."""
    names = [column for column in schema.columns if column.kind == ColumnKind.NAME]
    return names[0] if names and names[0].name in schema.key else None


def offered_name(draft: Draft) -> str:
    """Return the name under which a dropdown offers a row: a namesake has a mark in brackets."""
    if draft.schema.name == PAIRS:
        return f"{pair_name(draft)} ({', '.join(_marks(draft))})"
    text = _text(draft.values.get(draft.schema.key[0]))
    return f"{text} ({draft.mark})" if draft.mark else text


def make_directory(schema: Schema, drafts: list[Draft]) -> Directory:
    """Give every row its identity, report rows that claim one twice, return the directory."""
    directory = Directory(schema, drafts)
    if not schema.key:
        for draft in drafts:
            draft.identity = f"строка {draft.number}"
        return directory
    if person_column(schema):
        _identify_people(drafts, schema.key[0])
    else:
        for draft in drafts:
            filled = [name for name in schema.apart if draft.values.get(name)]
            names = (*schema.key, *filled)
            draft.identity = " | ".join(_key_part(draft, name) for name in names)
    _report_twins(directory)
    for draft in drafts:
        directory.by_name[sameness(_text(draft.values.get(schema.key[0])))].append(draft)
        for alias in _aliases_of(draft):
            directory.by_alias[sameness(alias)].append(draft)
    return directory


def link(
    text: str, draft: Draft, column: Column, directories: Mapping[str, Directory]
) -> Value | Problem:
    """Return what a reference cell points to: references, free phrases, or a problem."""
    if not column.is_listed:
        return _link_one(" ".join(text.split()), draft, column, directories)
    linked: list[Value] = []
    for item in split_list(text):
        for part in _parted_by_commas(item, column, directories):
            outcome = _link_one(part, draft, column, directories)
            if isinstance(outcome, Problem):
                return outcome
            linked.append(outcome)
    return tuple(linked)


def _parted_by_commas(
    item: str, column: Column, directories: Mapping[str, Directory]
) -> tuple[str, ...]:
    """Return the names that commas part in an item, if each of them names a row.

    Else the item is one: free phrases may have commas in them.
    """
    whole = " ".join(item.split())
    parts = tuple(" ".join(part.split()) for part in item.split(","))

    def is_row(text: str) -> bool:
        return any(find_rows(text, directories[register]) for register in column.to)

    return parts if not is_row(whole) and all(map(is_row, parts)) else (whole,)


def _link_one(
    item: str, draft: Draft, column: Column, directories: Mapping[str, Directory]
) -> Value | Problem:
    for choice in column.choices:
        if sameness(choice) == sameness(item):
            return choice
    found = [draft for register in column.to for draft in find_rows(item, directories[register])]
    if any(draft.schema.name == ACTS for draft in found):
        # What a person has described as an act is meant, not the order of the same name.
        found = [draft for draft in found if draft.schema.name == ACTS]
    if len(found) > 1:
        return ambiguous_name(item, draft.cells[column.name], found)
    if found:
        return Reference(found[0].schema.name, found[0].identity, item)
    if column.is_free and not _is_name_of_person(item):
        return Phrase(item)
    return _unknown(item, draft, column, directories)


def _unknown(
    item: str, draft: Draft, column: Column, directories: Mapping[str, Directory]
) -> Problem:
    """Return the problem of a name that no row has, with the row that may be meant."""
    known = tuple(
        name for register in column.to for name in directories[register].names_to_propose()
    )
    sheets = " или ".join(f"«{directories[register].schema.sheet}»" for register in column.to)
    near = ""
    if column.to == (PAIRS,) and known:
        near = nearest_pair(item, directories[PAIRS].drafts, known)

    def is_row(name: str) -> bool:
        return any(find_rows(name, directories[register]) for register in column.to)

    near = near or nominative_hint(item, known, is_row)
    absent = [directories[one].schema.sheet for one in column.to if directories[one].is_absent]
    return Problem(
        "unknown-ref",
        draft.cells[column.name],
        f"нет такой записи на листе {sheets}: «{item}»"
        f"{remedy_of_unknown(item, known, near, absent, draft.cells[column.name])}",
    )


def _is_name_of_person(text: str) -> bool:
    """Return whether the words are a person's name, which must stand in a register."""
    words = text.split()
    are_capitalised = all(_CAPITALISED.match(word) for word in words[:3])
    is_full = len(words) >= 3 and are_capitalised and bool(russian.gender_of(text))
    return is_full or bool(_WITH_INITIALS.match(text))


def find_rows(item: str, directory: Directory) -> list[Draft]:
    """Return one row of each identity that the text may mean."""
    bracket = _BRACKET.match(item)
    found = _bearers(item, directory)
    if not found and bracket:
        mark = _normal_mark(bracket["mark"])
        bearers = _bearers(bracket["name"], directory)
        found = [draft for draft in bearers if mark in map(sameness, _marks(draft))]
    return list({draft.identity: draft for draft in found}.values())


def _bearers(name: str, directory: Directory) -> list[Draft]:
    found = directory.by_name.get(sameness(name)) or directory.by_alias.get(sameness(name))
    if not found and directory.schema.name == PAIRS:
        return named_pairs(name, directory.by_alias)
    return found or []


def ambiguous_name(item: str, where: Location, found: list[Draft]) -> Problem:
    """Return the problem of a name that several rows bear, each named as a dropdown offers it."""
    sheets = dict.fromkeys(draft.schema.sheet for draft in found)
    if person_column(found[0].schema) is None:
        names = _few([f"«{offered_name(draft)}»" for draft in found[:_MOST_NAMED]], found, ", ")
        message = f"«{item}» может означать несколько записей: {names}; впишите краткое имя"
    elif len(sheets) > 1:
        names = " и ".join(f"«{sheet}»" for sheet in sheets)
        message = (
            f"«{item}» есть на листах {names}; допишите в скобках табельный номер или дату "
            "рождения того, кто нужен"
        )
    else:
        message = _namesakes_message(item, found)
    return Problem("unknown-ref", where, message)


def _namesakes_message(item: str, found: list[Draft]) -> str:
    names = _few([_quoted(draft) for draft in found[:_MOST_NAMED]], found, " и ")
    advice = "выберите из списка запись с отметкой в скобках"
    if not all(draft.mark for draft in found):
        advice = "впишите каждому табельный номер или дату рождения и выберите из списка"
    many = "двоих" if len(found) == 2 else "нескольких"
    return f"«{item}» — так зовут {many}: {names}; {advice}"


def _few(names: Sequence[str], found: Sequence[Draft], between: str) -> str:
    """Return the names of the first of those found, and how many more there are."""
    more = len(found) - len(names)
    return between.join(names) + (f" и ещё {more}" if more > 0 else "")


def _quoted(draft: Draft) -> str:
    row = "" if draft.mark else f" (строка {draft.number})"
    return f"«{offered_name(draft)}»{row}"


def _text(value: Value) -> str:
    return " ".join(text_of(value).split())


def _key_part(draft: Draft, name: str) -> str:
    """Return what a key column adds to an identity."""
    value = draft.values.get(name)
    if isinstance(value, dt.date):
        return value.isoformat()
    return _text(value)


def _aliases_of(draft: Draft) -> Iterator[str]:
    """Yield the other texts that may name a row: full name, number, former surname."""
    for longer in (FULL_NAME, TITLE):
        if draft.values.get(longer):
            yield _text(draft.values[longer])
    if draft.schema.name == PAIRS:
        yield pair_name(draft)
        yield " – ".join(people_of(draft))
        yield " – ".join(_text(draft.values.get(name)) for name in (MENTOR, MENTEE))
    number = order_number(_text(draft.values.get(NUMBER)))
    if number and DATE in draft.values:
        yield from (number, f"№ {number}")
    name, former = draft.values.get(NAME), draft.values.get(FORMER_SURNAME)
    if isinstance(name, PersonName) and former:
        yield " ".join(part for part in (str(former), name.first, name.patronymic) if part)


# --- namesakes -------------------------------------------------------------------------------


def _marks(draft: Draft) -> list[str]:
    """Return what tells a row from a namesake: a personnel number, a birth date, a pair's start."""
    marks = []
    if draft.schema.name == PAIRS and isinstance(draft.values.get(BEGINS), dt.date):
        marks.append(f"{draft.values[BEGINS]:%d.%m.%Y}")
    if draft.values.get(PERSONNEL_NUMBER):
        marks.append(f"таб. {_text(draft.values[PERSONNEL_NUMBER])}")
    born = draft.values.get(BORN)
    if isinstance(born, dt.date):
        marks.append(f"{born:%d.%m.%Y}")
    return marks


def _normal_mark(mark: str) -> str:
    """Return a mark in brackets, as people type it, in the spelling of ``_marks``."""
    number = _TAB_NUMBER.match(mark.strip())
    if number:
        return sameness(f"таб. {number['number']}")
    day = russian.parse_date(_BORN_WORDS.sub("", mark.strip()))
    return f"{day:%d.%m.%Y}" if day else sameness(mark)


def _identify_people(drafts: list[Draft], column: str) -> None:
    """Tell namesakes apart by personnel number or birth date; else one name is one person."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        name = draft.values.get(column)
        if isinstance(name, PersonName):
            groups[sameness(name.text)].append(draft)
    for group in groups.values():
        people = _people_of_one_name(group)
        for number, person in enumerate(people, 1):
            text = _text(group[0].values.get(column))
            mark = _mark_of(person) if len(people) > 1 else ""
            # A birth date is personal: it must not get into keys that files beside papers hold.
            shown_mark = mark if mark.startswith("таб.") else str(number)
            for draft in person:
                draft.mark = mark
                draft.identity = f"{text}|{shown_mark}" if mark else text


def _people_of_one_name(group: list[Draft]) -> list[list[Draft]]:
    """Return the rows of each person with this name: the rows of one person share a mark.

    Rows without marks are one more person, unless there is only one other and they hold before
    or after all of that person's rows.
    """
    known: dict[int, tuple[list[Draft], set[str]]] = {}
    owners: dict[str, int] = {}
    for number, draft in enumerate(group):
        marks = set(_marks(draft))
        if marks:
            rows: list[Draft] = []
            # Marks lead to the people who bear them: of thousands of namesakes few are asked.
            for owner in sorted({owners[mark] for mark in marks if mark in owners}):
                bearer, others = known.pop(owner)
                rows += bearer
                marks |= others
            known[number] = ([*rows, draft], marks)
            owners |= dict.fromkeys(marks, number)
    people = [rows for rows, _ in known.values()]
    unmarked = [draft for draft in group if not _marks(draft)]
    if len(people) == 1 and not any(_overlap(a, b) for a in people[0] for b in unmarked):
        return [group]
    people.sort(key=_born)
    return [*people, unmarked] if unmarked else people


def _born(person: list[Draft]) -> dt.date:
    days = [day for row in person if isinstance(day := row.values.get(BORN), dt.date)]
    return min(days, default=dt.date.min)


def _mark_of(person: list[Draft]) -> str:
    marks = [mark for row in person for mark in _marks(row)]
    numbers = [mark for mark in marks if mark.startswith("таб.")]
    return next(iter(numbers or marks), "")


def _report_twins(directory: Directory) -> None:
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in directory.drafts:
        if draft.identity:
            groups[sameness(draft.identity)].append(draft)
    for group in groups.values():
        for place, later in enumerate(group):
            later.identity = group[0].identity
            if later.is_broken:
                continue
            earlier = (one for one in islice(group, place) if not one.is_broken)
            twin = next((one for one in earlier if _overlap(one, later)), None)
            if twin is not None:
                _report_twin(directory.schema, twin, later)


def _overlap(one: Draft, other: Draft) -> bool:
    begins = max(one.begins or dt.date.min, other.begins or dt.date.min)
    ends = min(one.ends or dt.date.max, other.ends or dt.date.max)
    return begins <= ends


def _report_twin(schema: Schema, earlier: Draft, later: Draft) -> None:
    named = schema.key[0]
    how = (
        "однофамильцам впишите табельный номер или дату рождения, а прежней должности — даты "
        "«Работает с» и «по»"
        if person_column(schema)
        else "оставьте одну из них"
    )
    # Of several columns the first alone is no name: a mentor has many pairs.
    what = f"«{_text(later.values.get(named))}»" if len(schema.key) == 1 else "то же самое"
    message = f"{what} уже есть в строке {earlier.number}; {how}"
    later.report(Problem("duplicate-key", later.cells.get(named, later.where), message))
