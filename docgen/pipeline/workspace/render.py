"""Documents rendered to .docx in memory, with the cells that they read and their signers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from docgen.documents import TemplateLibrary
from docgen.errors import Location, Problem, StageError
from docgen.fonts import missing_glyphs
from docgen.model import Family, MarkedSigner, PlannedDocument, ReadCell, Record, Table
from docgen.model.choices import Orientation, Quotation, TableLook
from docgen.model.columns import ORIENTATION, ROW_NAMES, TABLE_LOOK
from docgen.model.states import DRAFTS
from docgen.ooxml import bookmarks_of, package_words, with_controls
from docgen.pipeline.workspace.printed_faces import SIGN_FAMILIES, glyph_message
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.signature_places import absent_signers
from docgen.wording import Scope, looks_of_tables
from docgen.wording.site_versions import refuse_hidden
from docgen.wording.spelling import UsedForm, spelled_by
from docgen.wording.variables import SHEET_MARK, make_scope, make_variables, signers_of

DRAFT_NOTE = "ПРОЕКТ"
_OF_ORDERS = frozenset({Family.ORDER, Family.APPENDIX})
_TABLE, _TABLES = "таблица", "таблицы"
_WITHOUT_HEADING = frozenset({TableLook.WITHOUT_HEADING, TableLook.WITHOUT_LINES})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as bytes, the cells it read, and who has to sign it.

    If it ``has_page_references``, it prints pages of its own places, to be counted by its PDF. One
    that ``has_letterhead`` goes onto paper with a printed head. ``acts`` are those that its
    template names and prints; ``words`` are the paragraphs of an order or an appendix.
    """

    plan: PlannedDocument
    docx: bytes
    reads: Mapping[str, ReadCell]
    signers: tuple[MarkedSigner, ...]
    forms: tuple[UsedForm, ...] = ()
    has_page_references: bool = False
    has_letterhead: bool = False
    acts: tuple[Record, ...] = ()
    words: tuple[str, ...] = ()


def render(
    plan: PlannedDocument, ready: Ready, *, is_on_letterhead: bool = False
) -> Rendered | list[Problem]:
    """Return the document, or why it is left out (no problems: they stand at its rows).

    One that ``is_on_letterhead`` leaves the room of a printed head free, if the house has any.
    """
    scope = make_scope(plan, ready.workspace)
    scope.top_margin_mm = ready.library.top_margin_mm
    scope.is_on_letterhead = is_on_letterhead
    try:
        with spelled_by(scope.speller):
            outcome = _render(plan, scope, ready.library, ready.families)
    except StageError as error:
        return list(error.problems)
    if isinstance(outcome, Rendered):
        ready.hidden.note(plan, outcome.reads)
        ready.points.note(plan, outcome.reads, ready.workspace)
        ready.orders.note(plan, outcome.words)
    return outcome


def _render(
    plan: PlannedDocument, scope: Scope, library: TemplateLibrary, families: tuple[str, ...]
) -> Rendered | list[Problem]:
    variables = make_variables(scope, plan.kind, plan.variables, plan.order, plan.year)
    signers = tuple(signers_of(plan.kind, variables))
    is_landscape = False
    if plan.tables:
        is_landscape = (
            any(table.is_landscape for table in plan.tables)
            or _is_landscape(variables, plan.kind.register)
            or any(map(library.is_wide, plan.tables))
        )
        laid = _laid(plan, variables, is_landscape=is_landscape)
        drawn = [library.table(table) for table in laid]
        variables |= {_TABLES: drawn, _TABLE: drawn[0]}
        for table in plan.tables:
            _note_table(scope, table)
        printed = library.variables(plan.kind.name) if len(plan.tables) > 1 else set()
        if _TABLE in printed and _TABLES not in printed:
            return [_prints_one_table(plan)]
    filled = library.render(
        plan.kind.name,
        variables,
        title=plan.title,
        is_landscape=is_landscape,
        header_note=DRAFT_NOTE if plan.state in DRAFTS else "",
    )
    _hold_to_consents(plan, scope, filled.docx)
    reads = scope.reads
    problems = glyph_problems(filled.printed, reads, plan, families)
    problems += _signature_problems(filled.printed, signers, plan)
    problems += _lines_problems(filled.docx, signers, plan)
    forms = tuple(scope.speller.used.values())
    return problems or Rendered(
        plan,
        with_controls(filled.docx) if plan.is_fillable else filled.docx,
        reads,
        signers,
        forms,
        filled.has_page_references,
        scope.has_letterhead,
        tuple(scope.printed_acts.values()),
        filled.printed if plan.order is not None and plan.kind.family in _OF_ORDERS else (),
    )


def _hold_to_consents(plan: PlannedDocument, scope: Scope, docx: bytes) -> None:
    """Leave a paper for the site out if any part of its file holds a name that must not be there.

    Raises:
        RegisterError: with these names.
    """
    row = plan.variables.get(scope.workspace.schemas[plan.kind.register].one)
    if plan.kind.quotes == Quotation.SITE and isinstance(row, Record):
        refuse_hidden([plan.title, plan.output, *package_words(docx)], row, scope)


def _is_landscape(variables: Mapping[str, object], register: str) -> bool:
    row = variables.get(ROW_NAMES.get(register, ""))
    return str(getattr(row, ORIENTATION, "")) == Orientation.LANDSCAPE


def _laid(
    plan: PlannedDocument, variables: Mapping[str, object], *, is_landscape: bool
) -> list[Table]:
    """Return tables as their row asks for them: landscape, without headings or lines."""
    row, tables = variables.get(ROW_NAMES.get(plan.kind.register, "")), plan.tables
    typed = str(getattr(row, TABLE_LOOK, ""))
    looks = looks_of_tables(typed, len(tables)) or [TableLook.HEADED] * len(tables)
    return [
        replace(
            table,
            is_landscape=is_landscape,
            header_rows=0 if look in _WITHOUT_HEADING else table.header_rows,
            has_lines=look != TableLook.WITHOUT_LINES,
        )
        for table, look in zip(tables, looks, strict=True)
    ]


def _prints_one_table(plan: PlannedDocument) -> Problem:
    return Problem(
        "bad-template",
        Location(file=str(plan.kind.template)),
        f"«{plan.title}»: листов с таблицами названо {len(plan.tables)}, а шаблон печатает одну "
        "таблицу; переберите их: {% for таблица in таблицы %}",
    )


def _note_table(scope: Scope, table: Table) -> None:
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if cell is not None:
                # Its words alone: where the book lies, and what it looks like, changes no paper.
                scope.note(f"{table.name}/{row.number}/{index}", cell.where, cell.text)


def glyph_problems(
    texts: Iterable[str],
    reads: Mapping[str, ReadCell],
    plan: PlannedDocument,
    families: tuple[str, ...],
) -> list[Problem]:
    """Return a problem for each character that no font in use can draw, at its cell."""
    return [
        Problem(
            "missing-glyph",
            _where_read(symbol, reads, plan),
            glyph_message(symbol, families),
        )
        for symbol in missing_glyphs(texts, families, SIGN_FAMILIES)
    ]


def _signature_problems(
    texts: Iterable[str], signers: tuple[MarkedSigner, ...], plan: PlannedDocument
) -> list[Problem]:
    return [
        Problem(
            "bad-template",
            Location(file=str(plan.kind.template)),
            f"«{plan.title}» подписывает {name}, а имени в документе нет; поставьте тег подписи",
        )
        for name in absent_signers(signers, texts)
    ]


def _lines_problems(
    docx: bytes, signers: tuple[MarkedSigner, ...], plan: PlannedDocument
) -> list[Problem]:
    """Return a problem when people are to sign lines that the template does not print.

    Their names alone prove nothing: the text of an order may call them too.
    """
    expected = sum(one.mark == SHEET_MARK for one in signers)
    if not expected or sum(one.startswith(SHEET_MARK) for one in bookmarks_of(docx)) == expected:
        return []
    message = (
        f"«{plan.title}»: нет строк ознакомления (закладка «{SHEET_MARK}»); возьмите блок "
        "«подпись» из поставки или выберите «Ознакомление»: «лист»"
    )
    return [Problem("bad-template", Location(file=str(plan.kind.template)), message)]


def _where_read(symbol: str, reads: Mapping[str, ReadCell], plan: PlannedDocument) -> Location:
    # Values are kept as Python shows them: a private sign as its code, a letter as it was typed.
    spellings = {repr(one)[1:-1] for one in (symbol, symbol.lower(), symbol.upper())}
    for read in reads.values():
        if read.where.file and any(one in read.value for one in spellings):
            return read.where
    return Location(file=str(plan.kind.template))
