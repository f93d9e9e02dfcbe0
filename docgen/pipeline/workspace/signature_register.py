"""The register of collected signatures: its rows, who has not signed, pairs without consents."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docgen import plan as planning
from docgen import registers
from docgen.errors import Location, Problem, UsageError, warning
from docgen.model import Record, Reference, Schema, sameness
from docgen.model.columns import (
    CELLS_OF_SIGNATURES,
    DESTRUCTION_ACT,
    DOCUMENT,
    DOCUMENT_KEY,
    GROUP,
    ISSUED,
    MENTEE,
    MENTOR,
    ON_BEHALF_OF,
    PAIR,
    PAIRS,
    PARTICIPANT,
    REGARDING,
    SIGNATORY,
    SIGNATURES,
    SIGNED,
    VALID_UNTIL,
    WITHDRAWN,
)
from docgen.pipeline.workspace.readiness import Ready
from docgen.plan import ConsentGap, ExpectedSignature, SigningState
from docgen.registers import SignatureRow, SignatureUpdate
from docgen.wording import text_of

COMMAND = "docgen signatures"
_DAYS_TO_DESTROY = 30
_REFUSALS = frozenset({SigningState.REFUSED, SigningState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class UnsignedDocument:
    """A document that somebody has not signed, with the state of the signature and its dates."""

    title: str
    standing: SigningState
    for_whom: str = ""
    about: str = ""
    issued: str = ""
    since: str = ""


@dataclass(slots=True)
class UnsignedPerson:
    """A person with the documents that lack this person's signature; filled row by row."""

    name: str
    number: str = ""
    documents: list[UnsignedDocument] = field(default_factory=list)


# --- the workbook ----------------------------------------------------------------------------


def write_register(ready: Ready, plan: planning.Plan) -> tuple[Path, SignatureUpdate]:
    """Add to the register of signatures what the originals expect; return its path.

    Raises:
        UsageError: when the root knows no such register, Excel or LibreOffice holds the workbook,
            or it cannot be read or written.
    """
    schema = ready.schemas.get(SIGNATURES)
    if schema is None:
        message = f"нет описания реестра «{SIGNATURES}.toml»; верните его в registers/schema"
        raise UsageError([Problem("usage", Location(file=str(ready.folders.root)), message)])
    path = register_path(ready, schema) or ready.folders.workspace / schema.workbook
    expected = planning.expected_signatures(plan.documents, ready.workspace)
    people = {(one.signer.name, one.signer.person) for one in expected}
    bearers = Counter(name for name, _ in people)
    rows = [
        SignatureRow(one.key, _cells_of(one, has_namesake=bearers[one.signer.name] > 1))
        for one in expected
    ]
    return path, registers.add_signatures(path, schema, rows)


def register_path(ready: Ready, schema: Schema) -> Path | None:
    """Return the workbook with the register of signatures, if the workspace has one."""
    paths = registers.workbook_paths(ready.folders.workspace)
    return next((one for one in paths if sameness(one.name) == sameness(schema.workbook)), None)


def _cells_of(one: ExpectedSignature, *, has_namesake: bool) -> dict[str, str]:
    number = f", таб. {one.signer.number}" if has_namesake and one.signer.number else ""
    return {
        DOCUMENT: one.document.title,
        SIGNATORY: f"{one.signer.name}{number}",
        ON_BEHALF_OF: _for_whom(one),
        REGARDING: _about(one),
    }


def _for_whom(one: ExpectedSignature) -> str:
    """Return for whom a representative signs; nothing when people sign for themselves."""
    about = one.document.variables.get(PARTICIPANT)
    if not isinstance(about, Reference):
        return ""
    is_self = one.signer.person == f"{about.register}/{about.identity}"
    return "" if is_self else about.text


def _about(one: ExpectedSignature) -> str:
    """Return the pair or the order that a document belongs to, in words that stay the same."""
    pair, order = one.document.variables.get(PAIR), one.document.order
    if isinstance(pair, Record) and PAIRS in one.document.variables:
        mentor = text_of(pair.values.get(MENTOR))
        return f"{mentor} – группа «{text_of(pair.values.get(GROUP))}»"
    if isinstance(pair, Record):
        people = [pair.values.get(role) for role in (MENTOR, MENTEE)]
        return " – ".join(person.text for person in people if isinstance(person, Reference))
    return f"«{order.identity}»" if order is not None else ""


# --- pairs without consents ------------------------------------------------------------------


def consent_warnings(ready: Ready, plan: planning.Plan, today: dt.date) -> Iterator[Problem]:
    """Yield a warning for each pair of an order still to be signed that lacks consents.

    Only once the workbook is there: who collects signatures without it is not to be bothered.
    """
    schema = ready.schemas.get(SIGNATURES)
    if schema is None or register_path(ready, schema) is None:
        yield from planning.unheeded_setting(ready.workspace)
        return
    for lacking in planning.find_consent_gaps(plan.documents, ready.workspace, today):
        where = lacking.pair.cells.get(lacking.role, lacking.pair.where)
        yield warning("consent-missing", where, _consent_message(lacking, schema))


def _consent_message(lacking: ConsentGap, schema: Schema) -> str:
    listed = "; ".join(_consent_words(one, standing) for one, standing in lacking.consents)
    order = f"«{lacking.order.identity}»"
    if any(standing in _REFUSALS for _, standing in lacking.consents):
        remedy = (
            f"возьмите согласие снова или уберите пару из документа {order}: впишите «Прекращена "
            "с» и причину"
        )
    elif all(one.row is None for one, _ in lacking.consents):
        remedy = f"строк для них в книге «{schema.workbook}» нет, их добавит {COMMAND}"
    else:
        remedy = (
            f"соберите подписи прежде, чем подписать {order}, и впишите даты в столбец "
            f"«Подписано» книги «{schema.workbook}»"
        )
    return f"у пары нет согласий: {listed}; {_effect(lacking)}{remedy}"


def _effect(lacking: ConsentGap) -> str:
    """Return what becomes of the order meanwhile, by the settings."""
    order = f"«{lacking.order.identity}»"
    if lacking.is_withheld:
        return f"пара в {order} не печатается, пока согласий нет; "
    return f"{order} печатается с пометкой «ПРОЕКТ»; " if lacking.is_draft else ""


def _consent_words(one: ExpectedSignature, standing: SigningState) -> str:
    """Return e.g. ``«Согласие …: Зуев К.С.» — не подписано (Ковалёва Анна Игоревна, строка 7)``."""
    words = signature_state_words(standing, _since(one.row, standing))
    is_shared = len(one.document.signers) > 1 or bool(_for_whom(one))
    beside = [one.signer.name] if is_shared else []
    beside += [f"строка {_number_of(one.row)}"] if one.row is not None else []
    words = f"«{one.document.title}» — {words}"
    return f"{words} ({', '.join(beside)})" if beside else words


def _number_of(row: Record) -> str:
    """Return the number of a row on its sheet."""
    return "".join(sign for sign in row.cells[DOCUMENT_KEY].cell if sign.isdigit())


def signature_state_words(standing: SigningState, since: str = "") -> str:
    """Return the state of a signature in Russian."""
    words = {
        SigningState.WAITING: "не подписано",
        SigningState.SIGNED: "подписано",
        SigningState.REFUSED: "отказ",
        SigningState.WITHDRAWN: f"отозвано {since}",
        SigningState.LAPSED: f"действует только до {since}",
    }
    return words[standing].strip()


def _since(row: Record | None, standing: SigningState) -> str:
    names = {SigningState.WITHDRAWN: WITHDRAWN, SigningState.LAPSED: VALID_UNTIL}
    return _date(row, names[standing]) if standing in names else ""


def _date(row: Record | None, name: str) -> str:
    day = row.values.get(name) if row is not None else None
    return f"{day:%d.%m.%Y}" if isinstance(day, dt.date) else ""


def lapsed_warnings(ready: Ready, plan: planning.Plan, day: dt.date) -> Iterator[Problem]:
    """Yield a warning for each signature still wanted that has run out by then."""
    for one in planning.expected_signatures(plan.documents, ready.workspace):
        if one.row is None:
            continue
        if one.state_on(day) is SigningState.LAPSED:
            ended = _date(one.row, VALID_UNTIL)
            message = f"«{one.document.title}» действовало до {ended}; возьмите новое"
            yield _on_day(one.row, VALID_UNTIL, day, message)


def late_warnings(ready: Ready, plan: planning.Plan, today: dt.date) -> Iterator[Problem]:
    """Yield a warning for each consent that was signed after its order, or after the pair began."""
    for late in planning.late_consents(plan.documents, ready.workspace, today):
        row = late.consent.row
        if row is None:
            continue
        order = (
            f", приказ «{late.order.identity}» – {late.ordered:%d.%m.%Y}" if late.ordered else ""
        )
        work = f", пара работает с {late.begins:%d.%m.%Y}" if late.begins else ""
        message = (
            f"«{late.consent.document.title}» подписано {late.signed:%d.%m.%Y}{order}{work}. "
            "Дату на бумаге не меняйте; если работа началась раньше согласия, решите с директором"
        )
        yield warning("consent-late", row.cells.get(SIGNED, row.where), message)


def withdrawn_warnings(ready: Ready, today: dt.date) -> Iterator[Problem]:
    """Yield a warning for each consent that was withdrawn, until an act says what was done.

    Personal data are destroyed within 30 days after the withdrawal: 152-ФЗ, art. 21, part 5.
    """
    for row in ready.workspace.records.get(SIGNATURES, ()):
        withdrawn = row.values.get(WITHDRAWN)
        if not isinstance(withdrawn, dt.date) or row.values.get(DESTRUCTION_ACT):
            continue
        if planning.state_of_signature(row) is not SigningState.WITHDRAWN or withdrawn > today:
            continue
        last = withdrawn + dt.timedelta(days=_DAYS_TO_DESTROY)
        left = (last - today).days
        term = f"осталось дней: {left}" if left >= 0 else f"срок вышел {-left} дн. назад"
        message = (
            f"«{row.values.get(DOCUMENT)}» отозвано {withdrawn:%d.%m.%Y}; решите о паре, а данные, "
            f"которые держатся на этом согласии, уничтожьте до {last:%d.%m.%Y} ({term}; 152-ФЗ, "
            "ст. 21, ч. 5). Уничтожили – впишите акт в «Акт об уничтожении»"
        )
        yield warning("consent-withdrawn", row.cells.get(WITHDRAWN, row.where), message)


def early_signature_warnings(
    ready: Ready, plan: planning.Plan, today: dt.date
) -> Iterator[Problem]:
    """Yield a warning for each signature of a day to come, of other papers than lone sheets.

    Those are looked at where they are archived: ``plan.signed_sheets``.
    """
    alone = {one.key for one in plan.documents if one.order is None and not one.is_blank_form}
    for row in ready.workspace.records.get(SIGNATURES, ()):
        signed = row.values.get(SIGNED)
        is_early = isinstance(signed, dt.date) and signed > today
        if is_early and str(row.values.get(DOCUMENT_KEY) or "") not in alone:
            title = row.values.get(DOCUMENT)
            message = (
                f"«{title}»: подписано {signed:%d.%m.%Y}? Такого дня ещё не было: подпись не "
                "считаю; исправьте дату"
            )
            yield warning("doubtful-date", row.cells.get(SIGNED, row.where), message)


def _on_day(row: Record, column: str, day: dt.date, message: str) -> Problem:
    return warning("overdue", row.cells.get(column, row.where), f"на {day:%d.%m.%Y}: {message}")


# --- who has not signed ----------------------------------------------------------------------


def unsigned_people(
    ready: Ready, plan: planning.Plan, day: dt.date | None, today: dt.date
) -> list[UnsignedPerson]:
    """Return everybody who has not signed, by name, with the documents in the order of packets.

    Terms are looked at on a ``day``; a signature of a day after ``today`` does not count.
    """
    workspace = ready.workspace
    people: dict[str, UnsignedPerson] = {}
    for one in planning.expected_signatures(plan.documents, workspace, today):
        standing = one.state_on(day)
        if standing is not SigningState.SIGNED:
            person = UnsignedPerson(one.signer.name, one.signer.number)
            document = _unsigned_document(
                one.document.title, standing, one.row, _for_whom(one), _about(one)
            )
            people.setdefault(one.signer.person, person).documents.append(document)
    for row in planning.rows_added_by_hand(workspace):
        standing = planning.state_of_signature(row, day, today)
        if standing is not SigningState.SIGNED:
            title, name, whom, about = (
                str(row.values.get(column) or "") for column in CELLS_OF_SIGNATURES
            )
            same = next((one for one in people.values() if one.name == name), None)
            person = same or people.setdefault(f"\0{name}", UnsignedPerson(name))
            person.documents.append(_unsigned_document(title, standing, row, whom, about))
    return sorted(people.values(), key=lambda one: (sameness(one.name), one.number))


def _unsigned_document(
    title: str, standing: SigningState, row: Record | None, for_whom: str, about: str
) -> UnsignedDocument:
    return UnsignedDocument(
        title, standing, for_whom, about, _date(row, ISSUED), _since(row, standing)
    )
