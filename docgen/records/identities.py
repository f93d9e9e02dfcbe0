"""Who is who: the rows of one person or body over time, and references to them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from docgen import russian
from docgen.errors import Problem
from docgen.model import Column, PersonName, Phrase, Reference, Schema, Value, sameness
from docgen.records.rows import Draft
from docgen.records.values import closest, split_list

_BRACKET = re.compile(r"^(?P<name>.+?)\s*\((?P<mark>[^()]*)\)$")
_TAB_NUMBER = re.compile(r"^(?:таб\.?\s*№?|№)\s*(?P<number>\S+)$", re.IGNORECASE)
_FULL_NAME = re.compile(
    r"^[А-ЯЁ][а-яё-]+\s+(?:[А-ЯЁ][а-яё-]+\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична|ьич|мич|кич)"
    r"|[А-ЯЁ]\.\s?[А-ЯЁ]\.)$"
)


@dataclass(slots=True)
class Directory:
    """The identities of one register and every text by which a row may be called."""

    schema: Schema
    drafts: list[Draft]
    by_call: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))

    def calls(self) -> tuple[str, ...]:
        """Return the texts a dropdown would offer, for suggestions."""
        return tuple(offered_name(draft) for draft in self.drafts if draft.identity)


def person_column(schema: Schema) -> Column | None:
    """Return the column that names the person of a row, if the register is of people."""
    names = [column for column in schema.columns if column.kind_of == "name"]
    return names[0] if names and names[0].name in schema.key else None


def offered_name(draft: Draft) -> str:
    """Return how the row is offered in a dropdown: a namesake with its mark in brackets."""
    column = person_column(draft.schema)
    key = draft.values.get(column.name if column else draft.schema.key[0])
    text = _text(key)
    mark = draft.identity.partition("|")[2]
    return f"{text} ({mark})" if mark else text


def make_directory(schema: Schema, drafts: list[Draft]) -> Directory:
    """Give every row its identity, report rows that claim one identity twice."""
    directory = Directory(schema, drafts)
    if not schema.key:
        for draft in drafts:
            draft.identity = f"строка {draft.number}"
        return directory
    if person_column(schema):
        _identify_people(drafts)
    else:
        for draft in drafts:
            draft.identity = " | ".join(_key_part(draft, name) for name in schema.key)
    _report_twins(directory)
    for draft in drafts:
        for call in _calls_of(draft):
            if draft not in directory.by_call[sameness(call)]:
                directory.by_call[sameness(call)].append(draft)
    return directory


def link(
    text: str, draft: Draft, column: Column, directories: Mapping[str, Directory]
) -> Value | Problem:
    """Return what a reference cell points to: references, free words, or a problem."""
    items = split_list(text) if column.is_listed else (" ".join(text.split()),)
    linked: list[Value] = []
    for item in items:
        outcome = _link_one(item, draft, column, directories)
        if isinstance(outcome, Problem):
            return outcome
        linked.append(outcome)
    return tuple(linked) if column.is_listed else linked[0]


def _link_one(
    item: str, draft: Draft, column: Column, directories: Mapping[str, Directory]
) -> Value | Problem:
    for choice in column.choices:
        if sameness(choice) == sameness(item):
            return choice
    for register in column.to:
        found = _find(item, directories[register])
        if len(found) > 1:
            return _two_bearers(item, draft, column, found)
        if found:
            return Reference(register, found[0], item)
    if column.is_free and not _FULL_NAME.match(item):
        return Phrase(item)
    known = tuple(call for register in column.to for call in directories[register].calls())
    sheets = " или ".join(f"«{directories[register].schema.sheet}»" for register in column.to)
    return Problem(
        "unknown-ref",
        draft.cells[column.name],
        f"нет такой записи на листе {sheets}: «{item}»{closest(item, known)}; "
        "выберите из списка или добавьте запись",
    )


def _find(item: str, directory: Directory) -> list[str]:
    drafts = directory.by_call.get(sameness(item), [])
    bracket = _BRACKET.match(item)
    if not drafts and bracket:
        mark = _normal_mark(bracket["mark"])
        drafts = [
            draft
            for draft in directory.by_call.get(sameness(bracket["name"]), [])
            if mark in _marks(draft)
        ]
    return list(dict.fromkeys(draft.identity for draft in drafts))


def _two_bearers(item: str, draft: Draft, column: Column, identities: list[str]) -> Problem:
    both = " и ".join(f"«{identity.replace('|', ' (', 1)})»" for identity in identities)
    if not all("|" in identity for identity in identities):
        both = " и ".join(f"«{identity}»" for identity in identities)
    return Problem(
        "unknown-ref",
        draft.cells[column.name],
        f"«{item}» — так зовут двоих: {both}; выберите из списка запись с отметкой в скобках",
    )


def _text(value: Value) -> str:
    if isinstance(value, PersonName | Phrase | Reference):
        return value.text
    return "" if value is None else str(value)


def _key_part(draft: Draft, name: str) -> str:
    value = draft.values.get(name)
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(_text(value).split())


def _calls_of(draft: Draft) -> Iterable[str]:
    """Yield the texts by which a row may be called: key, full name, number, former surname."""
    yield _text(draft.values.get(draft.schema.key[0]))
    for longer in ("полное", "название"):
        if draft.values.get(longer):
            yield _text(draft.values[longer])
    number = draft.values.get("номер")
    if number and "дата" in draft.values:
        yield from (_text(number), f"№ {_text(number)}")
    name, former = draft.values.get("фио"), draft.values.get("прежняя_фамилия")
    if isinstance(name, PersonName) and former:
        yield " ".join(part for part in (str(former), name.first, name.patronymic) if part)


def _marks(draft: Draft) -> set[str]:
    marks = set()
    if draft.values.get("таб"):
        marks.add(f"таб. {draft.values['таб']}")
    if isinstance(draft.values.get("рождён"), dt.date):
        marks.add(f"{draft.values['рождён']:%d.%m.%Y}")
    return marks


def _normal_mark(mark: str) -> str:
    number = _TAB_NUMBER.match(mark.strip())
    if number:
        return f"таб. {number['number']}"
    day = russian.parse_date(re.sub(r"\s*(?:г\.?\s*р\.?|р\.)$", "", mark.strip()))
    return f"{day:%d.%m.%Y}" if day else mark.strip()


def _identify_people(drafts: list[Draft]) -> None:
    """Tell namesakes apart by табельный № or birth date; else one name is one person."""
    column = person_column(drafts[0].schema) if drafts else None
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        name = draft.values.get(column.name) if column else None
        if isinstance(name, PersonName):
            groups[sameness(name.text)].append(draft)
    for group in groups.values():
        marks = [next(iter(sorted(_marks(draft), reverse=True)), "") for draft in group]
        are_namesakes = len(set(marks)) > 1
        for draft, mark in zip(group, marks, strict=True):
            text = _text(draft.values[column.name]) if column else ""
            draft.identity = f"{text}|{mark}" if are_namesakes and mark else text


def _report_twins(directory: Directory) -> None:
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in directory.drafts:
        if draft.identity and not draft.is_broken:
            groups[sameness(draft.identity)].append(draft)
    for group in groups.values():
        for draft in group:
            draft.identity = group[0].identity
        for earlier, later in pairwise(group):
            if _overlap(earlier, later):
                _report_twin(directory.schema, earlier, later)


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
    later.report(
        Problem(
            "duplicate-key",
            later.cells.get(named, later.where),
            f"«{_text(later.values.get(named))}» уже есть в строке {earlier.number}; {how}",
        )
    )
