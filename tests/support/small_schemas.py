"""A list of people and a card of their house, in one workbook: schemas for tests of registers."""

from __future__ import annotations

from docgen.model import Column, ColumnKind, Schema

BOOK = "Книга.xlsx"


PEOPLE = Schema(
    name="люди",
    workbook=BOOK,
    sheet="Люди",
    one="человек",
    many="люди",
    source="люди.toml",
    key=("фио",),
    columns=(
        Column("фио", "Фамилия Имя Отчество", ColumnKind.NAME, synonyms=("ФИО",), is_required=True),
        Column("таб", "Таб. №", synonyms=("Табельный номер",)),
        Column("приём", "Дата приёма", ColumnKind.DATE),
        Column("с", "Работает с", ColumnKind.DATE),
        Column("договор", "Трудовой договор №"),
        Column("роль", "Роль", ColumnKind.CHOICE, choices=("куратор", "наставник")),
    ),
)


CARD = Schema(
    name="карточка",
    workbook=BOOK,
    sheet="Карточка",
    one="дом",
    many="дом",
    source="карточка.toml",
    is_card=True,
    is_optional=True,
    begins="Действует с",
    ends="по",
    columns=(
        Column("полное", "Полное название", ColumnKind.PHRASE, is_required=True),
        Column("руководитель", "Руководитель", synonyms=("директор",)),
        Column("бланк", "Строка бланка", synonyms=("строка бланка 2",), is_listed=True),
    ),
)
