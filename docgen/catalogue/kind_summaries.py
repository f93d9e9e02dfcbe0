"""What a kind of paper is, in words for those who look for one: one per what, when, who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.model import Audience, DocumentPer, Family, Kind, Schema
from docgen.model.columns import APPENDICES, ORDERS, PAIRS, PAPERS

_ROWS: Final[Mapping[str, str]] = {
    ORDERS: "приказ",
    APPENDICES: "приложение",
    PAIRS: "пару",
    PAPERS: "бумагу",
}
_MARK: Final = "гриф"
_FAMILIES: Final = (
    Family.ORDER,
    Family.APPENDIX,
    Family.SHEET,
    Family.CONSENT,
    Family.PAPER,
    Family.BLANK_FORM,
)
_HEADINGS: Final[Mapping[Family, str]] = {
    Family.ORDER: "Приказы",
    Family.APPENDIX: "Приложения к приказам",
    Family.SHEET: "Листы к приказам",
    Family.CONSENT: "Согласия",
    Family.PAPER: "Другие бумаги",
}


@dataclass(frozen=True, slots=True)
class KindSummary:
    """A kind as people look for it; ``chosen_as`` is the word under «О чём» or the like."""

    name: str
    spoken: str
    heading: str
    sheet: str
    chosen_as: tuple[str, ...]
    one_per: str
    when: str
    ground: str
    retention: str
    signers: str
    numbers: tuple[int, ...]


def summaries_of(
    kinds: Mapping[str, Kind], schemas: Mapping[str, Schema]
) -> tuple[KindSummary, ...]:
    """Return every kind, orders first, those of one family by their place."""
    ordered = sorted(
        kinds.values(), key=lambda one: (_FAMILIES.index(one.family), one.sort, one.name)
    )
    return tuple(_summary(kind, schemas) for kind in ordered)


def _summary(kind: Kind, schemas: Mapping[str, Schema]) -> KindSummary:
    schema = schemas[kind.register]
    chosen = [
        value
        for column in schema.columns
        if kind.register != PAIRS and column.name in kind.where
        for value in kind.where[column.name]
        if value not in {"", "*"}
    ]
    return KindSummary(
        kind.name,
        kind.spoken,
        _HEADINGS[kind.family],
        schema.sheet,
        tuple(chosen),
        _one_per(kind, schemas),
        kind.when,
        kind.ground,
        kind.retention,
        kind.signers or _plain_roles(kind),
        kind.catalogue,
    )


def _one_per(kind: Kind, schemas: Mapping[str, Schema]) -> str:
    """Return what one paper is made for, in the accusative: «пару», «человека и цель»."""
    schema = schemas[kind.register]
    if kind.per == DocumentPer.REGISTER:
        return f"весь лист «{schema.sheet}»"
    if kind.per == DocumentPer.GROUP:
        return f"«{schema.column(kind.group_by).header}»"
    what = _ROWS.get(kind.register, f"строку листа «{schema.sheet}»")
    if kind.each:
        headers = [schema.column(name).header.lower() for name in kind.each]
        what = " и ".join(_accusative(one) for one in headers)
        what = f"{what} пары" if not kind.is_distinct and kind.register == PAIRS else what
        if kind.only is not None:
            what = f"{what} ({_people(kind.only)})"
    if kind.joins_groups:
        what = f"{what}; у группы одна"
    return f"{what} и строку листа «{schemas[kind.cross].sheet}»" if kind.cross else what


def _accusative(header: str) -> str:
    if header.endswith("ый"):
        return f"{header.removesuffix('ый')}ого"
    return f"{header}а" if header.endswith("ник") else header


def _people(only: Audience) -> str:
    return str(only.value)


def _plain_roles(kind: Kind) -> str:
    """Return the roles of an entry that hold no tags, each once; not of marks and of sheets."""
    roles = [one.role for one in kind.signs if "{" not in one.role and not one.is_of_sheet]
    roles = [one for one in roles if one != _MARK]
    return ", ".join(dict.fromkeys(roles))


def guide_lines(summaries: Sequence[KindSummary]) -> list[tuple[str, str]]:
    """Return the ready forms as the guide of a workbook lists them: its name, when it is made."""
    return [(_titled(one.spoken), one.when or f"одна на {one.one_per}") for one in summaries]


def _titled(text: str) -> str:
    return text[:1].upper() + text[1:]
