"""The body of a new template: blocks, a paragraph for each column, places of signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docgen.catalogue.draft_rows import (
    PARTICIPANT_SIGNER,
    DraftRow,
    DraftSigner,
    person_tag,
    personal_columns,
)
from docgen.catalogue.draft_wishes import KindWish
from docgen.model import Column, DocumentPer, Family, Schema
from docgen.model.columns import PARTICIPANT, ROLE
from docgen.ooxml.template_drafts import DraftItem, DraftLine, DraftTable

_TITLE: Final = "Название документа"
_LINE: Final = "Текст без отступа"
_DATE: Final = "Дата и номер"
_HEADING: Final = "Заголовок таблицы"
_NUMBER: Final = "Номер в таблице"
_CELL: Final = "Текст таблицы"
_SUBLINE: Final = "Подстрочник"
_NUMBERS: Final = 6
"""The width of the column of numbers, in per cent."""
_GAP: Final = 12

_ORDER_BEGINS: Final = ("шапка", "заголовок", "преамбула", "пункты")
_ORDER_ENDS: Final = ("подпись", "исполнитель")
_APPENDIX_BEGINS: Final = ("отметка", "грифы_приложения", "заголовок_приложения")


def draft_body(wish: KindWish) -> list[DraftItem]:
    """Return the paragraphs and tables of a new template, in their order."""
    words = DraftRow(wish.register, is_blank=wish.is_blank)
    if wish.family == Family.ORDER:
        return [
            *_blocks(_ORDER_BEGINS),
            *_lists_of_others(wish),
            *_blocks(_ORDER_ENDS),
            *_note(words),
        ]
    if wish.family == Family.APPENDIX:
        return [*_blocks(_APPENDIX_BEGINS), *_lists_of_others(wish), *_note(words)]
    head = [
        DraftLine("{{ организация.краткое or организация.полное }}", _TITLE),
        DraftLine(wish.spoken.upper(), _TITLE),
        DraftLine("{{ организация.место }}\t{{ дата }}", _DATE, gap=_GAP),
        DraftLine("", _LINE),
    ]
    if wish.per != DocumentPer.ROW:
        group = [] if wish.group_by is None else [_line(wish.group_by.header, "{{ группа }}")]
        return [*head, *group, _list(words), *_blocks(["подпись"]), *_note(words)]
    people = list(_participant()) if wish.each else []
    crossed = [] if wish.cross is None else list(_columns(wish.cross, wish))
    rows = [*people, *_columns(wish.register, wish), *crossed]
    return [*head, *rows, *_lists_of_others(wish), *_places(wish)]


def signers_of(wish: KindWish) -> list[DraftSigner]:
    """Return who signs a paper of rows; nobody where the head does."""
    if wish.each:
        return [PARTICIPANT_SIGNER]
    if wish.per != DocumentPer.ROW or wish.family in {Family.ORDER, Family.APPENDIX}:
        return []
    return DraftRow(wish.register).signers()


def _blocks(names: Sequence[str]) -> Iterator[DraftLine]:
    return (DraftLine(f'{{%p include "{name}" %}}') for name in names)


def _line(header: str, tag: str) -> DraftLine:
    return DraftLine(f"{header}: {tag}", _LINE, is_ragged=True)


def _participant() -> Iterator[DraftLine]:
    yield DraftLine(
        f"{{% if {ROLE} %}}{{{{ {ROLE}|с_заглавной }}}}{{% else %}}Участник{{% endif %}}: "
        f"{person_tag(PARTICIPANT)}",
        _LINE,
        is_ragged=True,
    )


def _columns(schema: Schema, wish: KindWish) -> Iterator[DraftLine]:
    """Yield a paragraph for each column; one that may be empty stands under a condition."""
    words = DraftRow(schema, is_blank=wish.is_blank)
    period = words.period()
    personal = personal_columns(schema) if wish.is_personal else []
    for column in [*words.printed(), *personal]:
        if period and column == period[0]:
            begins, ends = (words.tag(one) for one in period)
            yield _line("Срок", f"с {begins} по {ends}")
        elif not (period and column in period):
            yield from _under_condition(words.condition(column), _of_column(words, column))


def _of_column(words: DraftRow, column: Column) -> DraftLine:
    return _line(column.header, words.tag(column))


def _under_condition(condition: str, line: DraftLine) -> Iterator[DraftLine]:
    if not condition:
        yield line
        return
    yield DraftLine(f"{{%p if {condition} %}}")
    yield line
    yield DraftLine("{%p endif %}")


def _lists_of_others(wish: KindWish) -> Iterator[DraftItem]:
    """Yield a table of the rows of each other register that the paper is about."""
    for schema in wish.uses:
        words = DraftRow(schema)
        if wish.is_blank:
            yield DraftLine(f"{{%p if {schema.many} is defined %}}")
        yield DraftLine(f"{schema.sheet}:", _LINE, keeps_next=True, gap=_GAP)
        yield _list(words)
        if wish.is_blank:
            yield DraftLine("{%p endif %}")


def _list(words: DraftRow) -> DraftTable:
    """Return a table of a line for each row."""
    columns = words.in_table()
    room = 100 - _NUMBERS
    whole = sum(one.width for one in columns)
    shares = [int(room * one.width / whole) for one in columns]
    return DraftTable(
        (
            (DraftLine("№", _HEADING), *(DraftLine(one.header, _HEADING) for one in columns)),
            (DraftLine(f"{{%tr for {words.row} in {words.schema.many} %}}"),),
            (
                DraftLine("{{ loop.index }}", _NUMBER),
                *(DraftLine(one.tag, _CELL) for one in columns),
            ),
            (DraftLine("{%tr endfor %}"),),
        ),
        (100 - sum(shares), *shares),
        has_heading=True,
    )


def _places(wish: KindWish) -> Iterator[DraftItem]:
    """Yield the lines to sign on, of the people of the row or of the head."""
    signers = signers_of(wish)
    if not signers:
        yield from _blocks(["подпись"])
        return
    rows: list[tuple[DraftLine, ...]] = []
    for number, one in enumerate(signers, start=1):
        name = f"{{% if {one.name} %}}{{{{ {one.name}|инициалы_впереди }}}}{{% else %}}"
        rows += [
            (
                DraftLine(one.label, _CELL, keeps_next=True),
                DraftLine("«___» _________ 20__ г.", _NUMBER, keeps_next=True),
                DraftLine("___________", _NUMBER, f"sign_{number}", keeps_next=True),
                DraftLine(f"{name}_____________{{% endif %}}", _NUMBER, keeps_next=True),
            ),
            (
                DraftLine("", _CELL, keeps_next=True),
                DraftLine("(дата)", _SUBLINE, keeps_next=True),
                DraftLine("(подпись)", _SUBLINE, keeps_next=True),
                DraftLine("(инициалы, фамилия)", _SUBLINE, keeps_next=True),
            ),
        ]
    yield DraftTable(tuple(rows), (21, 32, 18, 29), has_lines=False)


def _note(words: DraftRow) -> Iterator[DraftLine]:
    """Yield a note of the template that names the tags of all columns; it is not printed."""
    names = "; ".join(f"{one.header}: {words.row}.{one.name}" for one in words.printed())
    yield DraftLine(f"{{# Столбцы. {names} #}}")
