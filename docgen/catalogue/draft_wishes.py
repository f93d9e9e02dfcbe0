"""What a person wants of a new kind of document, checked against the registers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.catalogue.draft_rows import column_named, people_columns, register_named
from docgen.errors import Location, Problem, UsageError
from docgen.model import Audience, Column, DocumentPer, Family, Schema
from docgen.model.columns import APPENDICES, ORDERS
from docgen.suggestions import suggestion_or_choices

_NAME: Final = re.compile(r"[а-яёa-z0-9]+(?:[_-][а-яёa-z0-9]+)*")
_STYLE: Final = "стиль"
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class KindWish:
    """What a new kind is to be made of and for; see ``docs/new-kind.md`` for the words."""

    name: str
    register: Schema
    family: Family
    per: DocumentPer = DocumentPer.ROW
    group_by: Column | None = None
    each: tuple[str, ...] = ()
    only: Audience | None = None
    is_distinct: bool = False
    uses: tuple[Schema, ...] = ()
    is_blank: bool = False
    is_personal: bool = False
    cross: Schema | None = None

    @property
    def spoken(self) -> str:
        """Its name as people say it."""
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class TypedWish:
    """The same as typed on the command line, names not looked up yet."""

    name: str
    register: str
    family: str = ""
    per: str = ""
    group_by: str = ""
    each: Sequence[str] = field(default=())
    only: str = ""
    is_distinct: bool = False
    uses: Sequence[str] = field(default=())
    is_blank: bool = False
    is_personal: bool = False
    cross: str = ""


def checked_wish(typed: TypedWish, schemas: Mapping[str, Schema]) -> KindWish:
    """Return the wish with its registers and columns found.

    Raises:
        UsageError: when a name means nothing, or two wishes do not go together.
    """
    name = _checked_name(typed.name)
    schema = _register(typed.register, schemas)
    if schema.is_card:
        raise _refusal(
            f"«{schema.sheet}» — карточка, её сведения есть в каждой бумаге; назовите реестр, "
            f"строка которого даёт бумагу: {_tables(schemas)}"
        )
    per = DocumentPer(typed.per or (DocumentPer.GROUP if typed.group_by else DocumentPer.ROW))
    family = Family(typed.family or _usual_family(schema))
    _check_family(family, schema)
    each = tuple(_person_column(one, schema) for one in typed.each)
    _check_together(typed, per, family)
    return KindWish(
        name,
        schema,
        family,
        per,
        _group_column(typed.group_by, schema),
        each,
        Audience(typed.only) if typed.only else None,
        typed.is_distinct,
        tuple(_register(one, schemas) for one in typed.uses),
        typed.is_blank,
        typed.is_personal,
        _register(typed.cross, schemas) if typed.cross else None,
    )


def _checked_name(typed: str) -> str:
    """Return the name of the files: small letters, a line for a blank."""
    name = "_".join(unicodedata.normalize("NFC", typed).casefold().split())
    if name.startswith(_STYLE):
        raise _refusal(f"имена на «{_STYLE}» заняты стилями оформления; назовите вид иначе")
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise _refusal(
            f"имя вида «{typed}» не годится для файла: возьмите буквы, цифры и пробелы, не больше "
            f"{_LONGEST} знаков, например «карточка наставника»"
        )
    return name


def _register(typed: str, schemas: Mapping[str, Schema]) -> Schema:
    found = register_named(typed, schemas)
    if found is None:
        raise _refusal(f"нет реестра «{typed}»{suggestion_or_choices(typed, schemas)}")
    return found


def _tables(schemas: Mapping[str, Schema]) -> str:
    return ", ".join(one.name for one in schemas.values() if not one.is_card and not one.is_kept)


def _usual_family(schema: Schema) -> Family:
    return {ORDERS: Family.ORDER, APPENDICES: Family.APPENDIX}.get(schema.name, Family.PAPER)


def _check_family(family: Family, schema: Schema) -> None:
    """Refuse an order or an appendix that no row of its own register stands behind."""
    wanted = {Family.ORDER: ORDERS, Family.APPENDIX: APPENDICES}.get(family, schema.name)
    if wanted != schema.name:
        raise _refusal(
            f"вид семейства {family.value} делается по реестру «{wanted}», а назван "
            f"«{schema.name}»; исправьте --register или --family"
        )


def _person_column(typed: str, schema: Schema) -> str:
    people = people_columns(schema)
    column = column_named(typed, [one for one in schema.columns if one.name in people])
    if column is not None:
        return column.name
    if not people:
        raise _refusal(
            f"в реестре «{schema.name}» нет столбцов, где названы люди; уберите --each: бумага "
            "будет на строку"
        )
    raise _refusal(
        f"в столбце «{typed}» реестра «{schema.name}» люди не названы"
        f"{suggestion_or_choices(typed, people)}"
    )


def _group_column(typed: str, schema: Schema) -> Column | None:
    if not typed:
        return None
    column = column_named(typed, schema.columns)
    if column is None:
        names = [one.name for one in schema.columns]
        hint = suggestion_or_choices(typed, names)
        raise _refusal(f"в реестре «{schema.name}» нет столбца «{typed}»{hint}")
    return column


def _check_together(typed: TypedWish, per: DocumentPer, family: Family) -> None:
    """Refuse wishes that contradict each other."""
    if (per == DocumentPer.GROUP) != bool(typed.group_by):
        raise _refusal(
            "--per group и --group-by идут вместе: по какому столбцу собирать строки в одну бумагу"
        )
    if typed.each and per != DocumentPer.ROW:
        raise _refusal("--each — бумага на каждого человека строки; уберите --per или --each")
    if (typed.only or typed.is_distinct) and not typed.each:
        raise _refusal("--only и --distinct говорят о людях строки; добавьте --each СТОЛБЕЦ")
    is_of_row = per == DocumentPer.ROW
    if typed.cross and not is_of_row:
        raise _refusal("--cross — бумага на каждую строку второго реестра; уберите --per")
    is_order = family in {Family.ORDER, Family.APPENDIX}
    if is_order and (typed.each or typed.cross or not is_of_row):
        raise _refusal(
            "приказ и приложение делаются на строку; уберите --each, --cross, --per, --group-by"
        )


def _refusal(message: str) -> UsageError:
    return UsageError([Problem("usage", Location(), message)])
