"""Declined forms that documents print: which to check, which were typed for words that are gone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docgen import registers, russian
from docgen.errors import Problem, warning
from docgen.model import PersonName, Phrase, Record, Value, Workspace, sameness
from docgen.model.columns import ACCEPTED, DECLENSIONS, FORMS, TEXT
from docgen.pipeline.output.known_sheets import prepare_whole
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.registers import FormsRow
from docgen.wording.spelling import UsedForm

SHEET_COMMAND = "docgen decline --sheet"


def used_forms(ready: Ready) -> list[UsedForm]:
    """Return every oblique form that the documents of a workspace print, each once."""
    found: dict[tuple[str, str, str], UsedForm] = {}
    for plan in make_plan(ready, Wish()).documents:
        outcome = render(plan, ready)
        if isinstance(outcome, Rendered):
            merge_forms(found, outcome.forms)
    return list(found.values())


def merge_forms(found: dict[tuple[str, str, str], UsedForm], forms: Iterable[UsedForm]) -> None:
    """Add forms, each once; one that has a cell wins over one that has none."""
    for form in forms:
        key = (form.what, form.text, form.case)
        if key not in found or (form.where.cell and not found[key].where.cell):
            found[key] = form


def doubtful_form_warnings(forms: Iterable[UsedForm]) -> list[Problem]:
    """Return a warning for each name or phrase with doubtful forms that nobody has checked yet.

    Letters of two alphabets in a word are said at their cell, and are to be mended there.
    """
    groups: dict[tuple[str, str], list[UsedForm]] = {}
    for form in forms:
        if form.reason and form.where.cell and not russian.find_lookalikes(form.text):
            groups.setdefault((form.what, form.text), []).append(form)
    return [
        warning(
            "doubtful-form",
            group[0].where,
            f"посмотрите, так ли склоняется «{text}»: "
            + ", ".join(f"{form.proposed} ({form.case}.)" for form in group)
            + f" — {group[0].reason}; примите или исправьте на листе, который делает "
            f"{SHEET_COMMAND}",
        )
        for (_, text), group in groups.items()
    ]


def stale_form_warnings(workspace: Workspace, forms: Iterable[UsedForm]) -> list[Problem]:
    """Return a warning for each row of typed forms whose nominative is in no register any more."""
    known = {sameness(form.text) for form in forms}
    for rows in workspace.records.values():
        for row in rows:
            for value in row.values.values():
                known |= set(_texts(value))
    return [
        warning(
            "stale-form",
            row.cells.get(TEXT, row.where),
            f"форма дана для «{row.values[TEXT]}», а такого имени или слов в реестре больше "
            "нет; исправьте именительный падеж или удалите строку",
        )
        for register in (FORMS, DECLENSIONS)
        for row in workspace.records.get(register, ())
        if _is_typed(row, register) and sameness(str(row.values[TEXT])) not in known
    ]


def _is_typed(row: Record, register: str) -> bool:
    text = row.values.get(TEXT)
    return bool(text) and (register != FORMS or row.values.get(ACCEPTED) is True)


def _texts(value: Value) -> Iterable[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    if isinstance(value, Phrase):
        yield sameness(value.text)
    if isinstance(value, PersonName):
        parts = (value.text, value.surname, value.first, value.patronymic)
        yield from (sameness(part) for part in parts if part)


def write_sheet(ready: Ready) -> Path:
    """Write or renew the sign-off sheet of a workspace; return its path.

    Raises:
        UsageError: when Excel or LibreOffice holds it, or it cannot be read or written.
    """
    schema = ready.schemas[FORMS]
    path = ready.folders.workspace / schema.workbook
    groups: dict[tuple[str, str], list[UsedForm]] = {}
    for form in used_forms(ready):
        groups.setdefault((form.what, form.text), []).append(form)
    rows = [_row(what, text, group) for (what, text), group in groups.items()]
    return registers.write_signoff(path, schema, rows)


def _row(what: str, text: str, group: list[UsedForm]) -> FormsRow:
    reasons = dict.fromkeys(form.reason for form in group if form.reason)
    places = [str(form.where) for form in group if form.where.cell]
    return FormsRow(
        what=what,
        text=text,
        forms={form.case: form.proposed for form in group},
        typed={form.case: form.typed for form in group if form.typed},
        reason="; ".join(reasons),
        place=places[0] if places else "",
    )


def write_forms_sheet(site: Site) -> tuple[Path | None, Findings]:
    """Write or renew the sign-off sheet of declined forms beside the registers.

    Raises:
        UsageError: no such workspace, or Excel or LibreOffice holds the sheet.
    """
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Blocked):
        return None, Findings(ready.name, ready.problems, ready.exit_code)
    return write_sheet(ready), Findings(ready.name, ready.problems)
