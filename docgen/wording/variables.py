"""The variables of one document's template: its rows as views, cards, day, year, signers."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Final

from docgen import russian
from docgen.errors import Location, Problem, TemplateError
from docgen.model import (
    BlankRow,
    Kind,
    MarkedSigner,
    PacketKind,
    PlannedDocument,
    PlannedSigner,
    Record,
    Reference,
    SignatureRule,
    Variable,
    Workspace,
    sameness,
)
from docgen.model.choices import Quotation
from docgen.model.columns import (
    APPENDICES,
    NAME,
    PAPERS,
    PERSONNEL_NUMBER,
    POST,
    ROW_NAMES,
    TITLE_PAGE,
)
from docgen.wording.acts import NamedAct, is_advice, is_in_force
from docgen.wording.blank_views import BlankRecordView
from docgen.wording.environment import fill_line
from docgen.wording.excerpts import Excerpt, QuotingRow, quoting_row
from docgen.wording.order_terms import deadline_after, deadline_before
from docgen.wording.own_papers import consents_of, find_own_order, find_own_paper, signed_on
from docgen.wording.people import Signatory, certifier_of, signatory_of
from docgen.wording.personal_excerpts import personal_excerpt
from docgen.wording.protocols import organisation_of, settings_of
from docgen.wording.receiver_consents import assigned_pairs, pairs_to_pass, people_not_to_pass
from docgen.wording.record_views import RecordView, Scope
from docgen.wording.register_rows import rows_of
from docgen.wording.site_versions import site_version
from docgen.wording.teachers import teachers_of
from docgen.wording.template_faults import LINE_ERRORS, sentence_of
from docgen.wording.value_views import NameView, WordingError, text_of

_QUOTED = 200
SIGN_MARK = "sign_"
"""Begins the name of a bookmark where somebody signs; the signer's number in ``signs`` follows."""
SHEET_MARK = f"{SIGN_MARK}0"
"""The bookmark of those who sign in an order as on a sheet beside it, whatever their number."""

QUOTED: Final = "выдержка"
"""The variable of papers that print a part of a signed order."""
EXCERPTS: Final[Mapping[str, Callable[[QuotingRow], Excerpt]]] = {
    Quotation.PERSON: personal_excerpt,
    Quotation.SITE: site_version,
}
"""How a part of a signed order is made, by what the kind's ``quotes`` says."""


def make_scope(document: PlannedDocument, workspace: Workspace) -> Scope:
    """Return what a document may see of its workspace."""
    kind = document.kind
    return Scope(
        workspace,
        document.date,
        frozenset(kind.personal),
        numbering=kind.numbering,
        number_marks=kind.number_marks,
    )


def make_variables(
    scope: Scope, kind: Kind, variables: Mapping[str, Variable], order: Record | None, year: str
) -> dict[str, object]:
    """Return what the kind's template and title may use, by the names of template variables."""
    sign = settings_of(scope).знак_года
    cited_acts = _acts_to_cite(scope, kind)
    made: dict[str, object] = {
        "организация": organisation_of(scope),
        "настройки": settings_of(scope),
        "дата": scope.date(scope.day),
        "учебный_год": re.sub(r"[/–-]", sign, year),
        "подписант": signatory_of(scope, order or _paper_of_its_own(kind, variables)),
        "титульный_лист": kind.has_title_page or _asks_for_title_page(kind, variables, scope),
        "акты_основания": cited_acts,
        "обязательные_акты": [one for one in cited_acts if not is_advice(one)],
        "рекомендательные_акты": [one for one in cited_acts if is_advice(one)],
        "локальный_акт": functools.partial(find_own_paper, scope, order),
        "согласия": functools.partial(consents_of, scope),
        "подписано": functools.partial(signed_on, scope),
        "приказ_о": functools.partial(find_own_order, scope, year),
        "педагогические_работники": functools.partial(teachers_of, scope),
        "закреплённые_пары": functools.partial(assigned_pairs, scope),
        "согласные_на_передачу": functools.partial(pairs_to_pass, scope),
        "без_согласия_на_передачу": functools.partial(people_not_to_pass, scope),
        "строки": functools.partial(rows_of, scope),
        "в_срок": functools.partial(deadline_after, scope, order),
        "до_начала": functools.partial(deadline_before, scope, order),
        "акт": functools.partial(_find_act, scope),
        "заверяет_копии": functools.partial(certifier_of, scope),
        "действующие_акты": functools.partial(_find_acts_in_force, scope),
    }
    made.update({name: _view(scope, value) for name, value in variables.items()})
    made.update(_blank_day(scope, kind, variables))
    made.update(_quoted(scope, kind, variables))
    for name, value in variables.items():
        if isinstance(value, tuple):
            rows = [row for row in value if isinstance(row, Record)]
            scope.note_rows(f"{kind.name}/{name}", rows)
            _note_change_columns(scope, kind, rows)
    return made


def _paper_of_its_own(kind: Kind, variables: Mapping[str, Variable]) -> Record | None:
    """Return the row of a paper without an order, which may say itself who signs it."""
    row = variables.get(ROW_NAMES[PAPERS]) if kind.register == PAPERS else None
    return row if isinstance(row, Record) else None


def _asks_for_title_page(kind: Kind, variables: Mapping[str, Variable], scope: Scope) -> bool:
    """Return whether the row of a text asks for a title page in its own column."""
    row = variables.get(ROW_NAMES.get(kind.register, ""))
    if kind.register not in {APPENDICES, PAPERS} or not isinstance(row, Record) or row.is_broken:
        return False
    return row.values.get(TITLE_PAGE) is True and scope.view(row).value(TITLE_PAGE) is True


def _blank_day(scope: Scope, kind: Kind, variables: Mapping[str, Variable]) -> dict[str, object]:
    """Return the paper's day as a line to write on where its column is left for the pen."""
    row = variables.get(scope.workspace.schemas[kind.register].one)
    if not kind.day or not isinstance(row, Record) or row.is_broken:
        return {}
    column = scope.workspace.schemas[kind.register].column(kind.day)
    is_left = column.is_by_hand and row.values.get(kind.day) is None
    return {"дата": scope.wrap(None, column, row.where)} if is_left else {}


def _quoted(scope: Scope, kind: Kind, variables: Mapping[str, Variable]) -> dict[str, object]:
    """Return what the paper prints of the signed order of its row."""
    row = variables.get(scope.workspace.schemas[kind.register].one)
    if not kind.quotes or not isinstance(row, Record):
        return {}
    return {QUOTED: EXCERPTS[kind.quotes](quoting_row(row, scope))}


def _note_change_columns(scope: Scope, kind: Kind, rows: list[Record]) -> None:
    """Note the columns whose change demands another document as read, printed or not.

    «Прекращена с» stands in no pair order, yet its date makes the signed one out of date.
    """
    for row in rows:
        for name in kind.change_documents:
            if name in row.values:
                scope.view(row).value(name)


def fill_entry(
    kind: Kind | PacketKind, key: str, text: str, variables: Mapping[str, object]
) -> str:
    """Return a line of a kind's entry with its tags filled in and its blanks single.

    Raises:
        TemplateError: ``bad-entry`` naming the entry and the key when a tag is wrong.
    """
    try:
        return " ".join(fill_line(text, variables).split())
    except LINE_ERRORS as error:
        where = Location(file=kind.source, key=key)
        message = f"в строке «{text[:_QUOTED]}» ошибка: {sentence_of(error)}"
        raise TemplateError([Problem("bad-entry", where, message)]) from error


def signers_of(kind: Kind, variables: Mapping[str, object]) -> list[MarkedSigner]:
    """Return whose signatures the document expects, in order; a name may be empty."""
    return [
        MarkedSigner(one.agreed_role or one.role, one.name, mark, one.number)
        for mark, one in _signers(kind, variables)
    ]


def planned_signers(kind: Kind, variables: Mapping[str, object]) -> list[PlannedSigner]:
    """Return who signs the document, in order, with what tells namesakes apart."""
    return [one for _, one in _signers(kind, variables)]


def _signers(kind: Kind, variables: Mapping[str, object]) -> list[tuple[str, PlannedSigner]]:
    return [
        (
            SHEET_MARK if item.is_of_sheet else f"{SIGN_MARK}{number}",
            _signer(fill_entry(kind, "signs", item.role, variables), person, item),
        )
        for number, item in enumerate(kind.signs, start=1)
        for person in _signers_at(item.who, variables)
    ]


def _signers_at(path: str, variables: Mapping[str, object]) -> list[object]:
    """Return who signs at a path such as «пара.наставник»: rows, signatories, names, blanks."""
    first, *rest = path.split(".")
    value = variables.get(first, "")
    if isinstance(value, functools.partial):
        value = value()
    for part in rest:
        if isinstance(value, list):
            value = _each_once(value, part)
            continue
        owner = value
        value = value.get(part, "") if isinstance(value, dict) else getattr(value, part, "")
        # «участник.подписывающий» is the child's own name: it stands for the child.
        if isinstance(owner, RecordView) and isinstance(value, NameView):
            value = owner if owner.record.values.get(NAME) == value.name else value
    if isinstance(value, list):
        return value
    return [] if isinstance(value, bool) or value == "" else [value]


def _each_once(rows: list[object], column: str) -> list[object]:
    """Return the people whom the rows of a list name in a column, each once, in their order."""
    found: list[object] = []
    for row in rows:
        named = getattr(row, column, "")
        for one in named if isinstance(named, list) else [named]:
            if one and one not in found:
                found.append(one)
    return found


def _signer(role: str, person: object, rule: SignatureRule) -> PlannedSigner:
    name = getattr(person, "фио", person)
    if not isinstance(name, NameView):
        return PlannedSigner(role, "", is_of_sheet=rule.is_of_sheet)
    view = person.person if isinstance(person, Signatory) else person
    row = view.record if isinstance(view, RecordView) else None
    return PlannedSigner(
        role=role,
        name=str(name),
        agreed_role=russian.fit_to_gender(name.gender, role),
        person=f"{row.register}/{row.identity}" if row else str(name),
        short=str(name.in_style("initials")),
        post=_post_of(person),
        number=text_of(row.values.get(PERSONNEL_NUMBER)) if row else "",
        is_of_sheet=rule.is_of_sheet,
    )


def _post_of(person: object) -> str:
    """Return the position of a signer; the cell is not noted, since no document prints it here."""
    if isinstance(person, Signatory):
        return " ".join(person.position.split())
    if isinstance(person, RecordView):
        return text_of(person.record.values.get(POST))
    return ""


def _view(scope: Scope, value: Variable) -> object:
    if isinstance(value, Record):
        return scope.view(value)
    if isinstance(value, Reference):
        return scope.follow(value)
    if isinstance(value, BlankRow):
        return BlankRecordView(scope.workspace.schemas[value.register], scope)
    return [_view(scope, item) for item in value] if isinstance(value, tuple) else value


def _acts_to_cite(scope: Scope, kind: Kind) -> list[RecordView]:
    """Return the acts that the kind is to cite and that are in force on the document's day."""
    acts = scope.lookup.acts_to_cite.get(sameness(kind.cites or kind.name), ())
    return [scope.view(act) for act in acts if is_in_force(act, scope.day)]


def _find_act(scope: Scope, name: str) -> RecordView:
    """Return the act that a template names.

    Raises:
        WordingError: when there is none.
    """
    act = scope.lookup.acts.get(sameness(name))
    if act is None:
        raise WordingError(f"на листе «Акты» нет акта «{name}»")
    return NamedAct(act, scope)


def _find_acts_in_force(scope: Scope, *names: str) -> list[RecordView]:
    """Return those of the acts that a template names which are in force on its day."""
    found = [_find_act(scope, name) for name in names]
    return [act for act in found if is_in_force(act.record, scope.day)]
