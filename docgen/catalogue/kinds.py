"""The .toml entries of document kinds, and the choices that they add to registers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from docgen.catalogue.toml_keys import (
    EntryKey,
    files_by_name,
    read_entry,
    stop_if_any,
    take,
)
from docgen.errors import Location, Problem, warning
from docgen.model import (
    Audience,
    Column,
    ColumnKind,
    DocumentPer,
    EarlierPaper,
    Family,
    Kind,
    KindCheck,
    OrderState,
    OrderSubject,
    Schema,
    SignatureRule,
    sameness,
)
from docgen.model.choices import NUMBER_SAMPLE, NUMBERED, Numbering, Quotation
from docgen.model.columns import ABOUT, ORDERS, PAIR_FORM, PAIRS
from docgen.suggestions import suggestion_or_choices

_NUMBERED = ("own", "continued")
"""How an order may print its pairs in a table of numbered rows."""
_STYLE_PREFIX = "стиль"
"""How the names of house styles begin, which lie among the templates of kinds."""

_RETENTION = re.compile(
    r"(?:постоянно|до ликвидации организации|до замены новыми|до минования надобности"
    r"|вместе с приказом"
    r"|\d{1,2}(?:/\d{1,2})? (?:год|года|лет)(?: ЭПК)?(?: после [а-яё ]+)?)"
    r"(?:, ст\. \d{1,3}(?: [а-я]\))?)?"
)
"""Retention terms as the перечень writes them (приказ Росархива от 20.12.2019 № 236)."""

_KIND_KEYS = {
    "title": EntryKey(is_required=True),
    "register": EntryKey(is_required=True),
    "output": EntryKey(is_required=True),
    "family": EntryKey(choices=tuple(Family), default=Family.PAPER),
    "per": EntryKey(choices=tuple(DocumentPer), default=DocumentPer.ROW),
    "group_by": EntryKey(),
    "where": EntryKey("wanted"),
    "each": EntryKey("texts"),
    "each_where": EntryKey("wanted_by_register"),
    "only": EntryKey(choices=("", *Audience)),
    "distinct": EntryKey("flag"),
    "cross": EntryKey(),
    "cross_where": EntryKey("wanted"),
    "uses": EntryKey("wanted_by_register"),
    "needs": EntryKey("texts"),
    "sheets": EntryKey("texts"),
    "beside": EntryKey("texts"),
    "signs": EntryKey("tables"),
    "personal": EntryKey("texts"),
    "private": EntryKey("flag"),
    "catalogue": EntryKey("wholes"),
    "blank": EntryKey("flag"),
    "sort": EntryKey("whole", default=50),
    "changes": EntryKey("text_by_name"),
    "retention": EntryKey(),
    "ground": EntryKey(),
    "when": EntryKey(),
    "signers": EntryKey(),
    "day": EntryKey(),
    "closes_year": EntryKey("flag"),
    "groups": EntryKey("flag"),
    "numbering": EntryKey(choices=("", *Numbering)),
    "numbers": EntryKey("text_by_name"),
    "title_page": EntryKey("flag"),
    "apart": EntryKey("flag"),
    "voluntary": EntryKey("flag"),
    "cites": EntryKey(),
    "only_blank": EntryKey("flag"),
    "form": EntryKey("flag"),
    "uses_by": EntryKey("text_by_name"),
    "with_rows": EntryKey("texts"),
    "where_settings": EntryKey("wanted"),
    "waits_for_consents": EntryKey("flag"),
    "checks": EntryKey("tables"),
    "after": EntryKey("tables"),
    "order": EntryKey(),
    "acquaints": EntryKey("texts"),
    "leaves": EntryKey(choices=("", *OrderState)),
    "numbered": EntryKey(choices=("", *_NUMBERED)),
    "xlsx": EntryKey("flag"),
    "quotes": EntryKey(choices=("", *Quotation)),
}
_SIGN_KEYS = {
    "role": EntryKey(is_required=True),
    "who": EntryKey(is_required=True),
    "sheet": EntryKey("flag"),
}
_CHECK_KEYS = {
    "when": EntryKey(is_required=True),
    "says": EntryKey(is_required=True),
    "at": EntryKey(is_required=True),
    "rows": EntryKey(),
    "error": EntryKey("flag"),
}
_AFTER_KEYS = {
    "paper": EntryKey(is_required=True),
    "why": EntryKey(is_required=True),
    **{name: EntryKey() for name in ("rows", "when", "of", "day", "last")},
    "within": EntryKey("whole"),
    **{name: EntryKey("flag") for name in ("needed", "signed")},
}


def read_kinds(folders: Sequence[Path]) -> dict[str, Kind]:
    """Return the document kinds by name (the stem that .toml and .docx share).

    A later folder overrides an earlier one file by file: a .docx of its own keeps the earlier
    .toml. Subfolders (blocks, packets) hold no kinds.

    Raises:
        TemplateError: ``bad-entry`` or ``entry-alone``, every broken entry at once.
    """
    problems: list[Problem] = []
    templates, entries = _templates_in(folders), files_by_name(folders, ".toml")
    is_half_lost = bool(entries.keys() - templates.keys())
    problems += [
        _alone_problem(name, templates.get(name) or entries[name], templates, entries)
        for name in sorted(templates.keys() ^ entries.keys())
        # A .docx alone is the other half of an entry, or a copy that somebody has left.
        if is_half_lost or name not in templates
    ]
    kinds: dict[str, Kind] = {}
    for name, path in entries.items():
        raw = read_entry(path, problems)
        if raw is not None:
            template = templates.get(name, path.with_suffix(".docx"))
            kinds[name] = _kind(name, template, raw, Location(file=str(path)), problems)
    stop_if_any(problems)
    return kinds


def _templates_in(folders: Sequence[Path]) -> dict[str, Path]:
    return {
        name: path
        for name, path in files_by_name(folders, ".docx").items()
        if not name.startswith(_STYLE_PREFIX)
    }


def lonely_templates(folders: Sequence[Path]) -> list[Problem]:
    """Return a warning for each .docx without an entry, where no entry lacks its .docx."""
    templates, entries = _templates_in(folders), files_by_name(folders, ".toml")
    if entries.keys() - templates.keys():
        return []
    return [
        warning(
            "entry-alone",
            Location(file=str(templates[name])),
            f"у шаблона нет описания «{name}.toml», и бумаг по нему не делается; если это "
            "забытая копия, уберите её из папки шаблонов; если свой вид, добавьте описание",
        )
        for name in sorted(templates.keys() - entries.keys())
    ]


def twin_kinds(kinds: Mapping[str, Kind]) -> list[Problem]:
    """Return a warning for each kind that makes the papers of another: a copy that was left."""
    found: list[Problem] = []
    first: dict[str, Kind] = {}
    for kind in kinds.values():
        same = repr((kind.register, kind.per, kind.where, kind.each, kind.cross, kind.output))
        twin = first.setdefault(same, kind)
        if twin is not kind:
            message = (
                f"вид «{kind.name}» делает те же бумаги, что «{twin.name}»: каждая выйдет дважды; "
                "если это забытая копия, уберите оба её файла, .docx и .toml"
            )
            found.append(warning("twin-kinds", Location(file=kind.source), message))
    return found


def _alone_problem(
    name: str, path: Path, templates: Mapping[str, Path], entries: Mapping[str, Path]
) -> Problem:
    """Return the problem of a .toml without its .docx or the reverse, with a likely partner."""
    is_template = name in templates
    others, suffix = (entries, ".toml") if is_template else (templates, ".docx")
    spare = others.keys() - (templates if is_template else entries).keys()
    hint = suggestion_or_choices(name, sorted(spare)) if spare else ""
    message = f"нет файла «{name}{suffix}» с тем же именем: вид документа — это два файла{hint}"
    return Problem("entry-alone", Location(file=str(path)), message)


def _kind(
    name: str, template: Path, raw: Mapping[str, Any], where: Location, problems: list[Problem]
) -> Kind:
    """Return the kind that an entry describes; add what is wrong to ``problems``."""
    problems += _misplaced_keys(raw, where)
    raw = {key: value for key, value in raw.items() if key not in _OF_COLUMNS}
    values = take(raw, _KIND_KEYS, where, problems)
    signs = _taken(values, "signs", _SIGN_KEYS, where, problems)
    checks = _taken(values, "checks", _CHECK_KEYS, where, problems)
    after = _taken(values, "after", _AFTER_KEYS, where, problems)
    if values["per"] == DocumentPer.GROUP and not values["group_by"]:
        place = Location(file=where.file, key="group_by")
        message = 'при per = "group" впишите ключ group_by: по какому столбцу собирать строки'
        problems.append(Problem("bad-entry", place, message))
    problems += _wrong_form(values, where)
    problems += _wrong_retention(values["retention"], where)
    problems += _wrong_numbers(values["numbers"], where)
    same = {one.name: _KEY_OF.get(one.name, one.name) for one in fields(Kind)}
    read = {field: values[key] for field, key in same.items() if key in values}
    read |= {
        "name": name,
        "template": template,
        "source": where.file,
        "only": values["only"] or None,
        "signs": tuple(SignatureRule(one["role"], one["who"], one["sheet"]) for one in signs),
        "checks": tuple(map(_check, checks)),
        "after": tuple(map(_earlier_paper, after)),
    }
    return Kind(**read)


_KEY_OF = {
    "is_apart": "apart",
    "is_voluntary": "voluntary",
    "is_only_blank": "only_blank",
    "is_form": "form",
    "is_distinct": "distinct",
    "has_blank_form": "blank",
    "change_documents": "changes",
    "is_confidential": "private",
    "joins_groups": "groups",
    "number_marks": "numbers",
    "has_title_page": "title_page",
    "order_column": "order",
    "has_workbook": "xlsx",
}
"""The keys of an entry by the fields of a kind that are called otherwise."""


def _check(read: Mapping[str, Any]) -> KindCheck:
    return KindCheck(read["when"], read["says"], read["at"], read["rows"], read["error"])


def _earlier_paper(read: Mapping[str, Any]) -> EarlierPaper:
    flags = {"is_needed": read["needed"], "is_signed_first": read["signed"]}
    return EarlierPaper(
        **{key: read[key] for key in read if key not in {"needed", "signed"}}, **flags
    )


def _taken(
    values: Mapping[str, Any],
    name: str,
    keys: Mapping[str, EntryKey],
    where: Location,
    problems: list[Problem],
) -> list[dict[str, Any]]:
    """Return the tables of a list of the entry, each with all of its keys."""
    return [
        take(table, keys, Location(file=where.file, key=f"{name}[{number}]"), problems)
        for number, table in enumerate(values[name], start=1)
    ]


_OF_COLUMNS = ("by_hand", "line", "caption")
"""Keys of a register's column that are typed into kinds, where they would change nothing."""


def _misplaced_keys(raw: Mapping[str, Any], where: Location) -> list[Problem]:
    return [
        Problem(
            "bad-entry",
            Location(file=where.file, key=key),
            f"у вида документа ключ «{key}» ничего не меняет: черту для записи от руки задают "
            "столбцу реестра, by_hand = true; перенесите его туда, а здесь уберите",
        )
        for key in _OF_COLUMNS
        if key in raw
    ]


def _wrong_form(values: Mapping[str, Any], where: Location) -> list[Problem]:
    """Return the problem of a form to fill in that is never made blank."""
    if not values["form"] or values["blank"]:
        return []
    message = "form = true делает пустой бланк заполняемым в Word; добавьте blank = true"
    return [Problem("bad-entry", Location(file=where.file, key="form"), message)]


def _wrong_retention(term: str, where: Location) -> list[Problem]:
    if not term or _RETENTION.fullmatch(term):
        return []
    message = (
        f"срок хранения «{term}» не понят; напишите так: «постоянно», «5 лет», «50 лет ЭПК», "
        "«3 года после …», «вместе с приказом», за ним можно статью перечня: «5 лет, ст. 19»"
    )
    return [Problem("bad-entry", Location(file=where.file, key="retention"), message)]


def _wrong_numbers(marks: Mapping[str, str], where: Location) -> list[Problem]:
    """Return the problems of samples of numbers that name no part of a text, or show no number."""
    found = []
    for part, sample in marks.items():
        place = Location(file=where.file, key=f"numbers.{part}")
        if part not in NUMBERED:
            hint = suggestion_or_choices(part, NUMBERED)
            found.append(Problem("bad-entry", place, f"у «{part}» номеров не бывает{hint}"))
        elif not NUMBER_SAMPLE.search(sample):
            message = (
                f"в образце номера «{sample}» нет номера; покажите им первый: «1.», «I.», «1.1.», "
                "«а)», «Глава 1.»"
            )
            found.append(Problem("bad-entry", place, message))
    return found


def extend_choices(schemas: Mapping[str, Schema], kinds: Mapping[str, Kind]) -> dict[str, Schema]:
    """Return the registers with the values that kinds select by added to the columns' choices.

    A new kind of order is thus offered and accepted under «О чём» at once.
    """
    extended = dict(schemas)
    for _, kind in sorted(kinds.items()):
        schema = extended.get(kind.register)
        if schema is not None:
            columns = tuple(_extended(column, kind.where) for column in schema.columns)
            extended[kind.register] = replace(schema, columns=columns)
        for name, wanted in kind.uses.items():
            if name in extended:
                columns = tuple(_extended(one, wanted) for one in extended[name].columns)
                extended[name] = replace(extended[name], columns=columns)
    return extended


def _extended(column: Column, wanted: Mapping[str, tuple[str, ...]]) -> Column:
    """Return the column with the values that a kind selects by added to its choices."""
    if column.kind != ColumnKind.CHOICE:
        return column
    known = {"", "*", *map(sameness, column.choices)}
    new = [one for one in wanted.get(column.name, ()) if sameness(one) not in known]
    return replace(column, choices=(*column.choices, *new)) if new else column


def order_subjects(kinds: Mapping[str, Kind]) -> dict[str, OrderSubject]:
    """Return what orders may be about, by the folded value of «О чём» that kinds wait for."""
    found: dict[str, OrderSubject] = {}
    for kind in kinds.values():
        if kind.register != ORDERS:
            continue
        for about in kind.where.get(ABOUT, ()):
            before = found.get(sameness(about), OrderSubject())
            # An order whose pairs another one has formed forms none.
            uses = {} if PAIRS in kind.uses_by else kind.uses.get(PAIRS, {})
            found[sameness(about)] = OrderSubject(
                closes_year=before.closes_year or kind.closes_year,
                pair_forms=(*before.pair_forms, *uses.get(PAIR_FORM, ())),
                leaves=before.leaves or kind.leaves,
                numbered=before.numbered or kind.numbered,
            )
    return found
