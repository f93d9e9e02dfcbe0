"""What a person decides about signed papers: sign, take back, accept, seal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.archive import (
    ArchiveWriter,
    EventKind,
    accept,
    archive_findings,
    is_evidence,
    read_archive,
)
from docgen.errors import Location, Problem, UsageError
from docgen.model import Record, Reference, Workspace, sameness
from docgen.model.columns import (
    AMENDED,
    DOCUMENT_KEY,
    NUMBER,
    ORDERS,
    SIGNATORY,
    SIGNATURES,
    SIGNED,
    STATE,
)
from docgen.model.states import FROZEN
from docgen.pipeline.output.archive_states import order_words
from docgen.pipeline.output.archive_view import archive_lock, look_and_mend
from docgen.pipeline.output.document_archive import (
    ArchivedDocument,
    documents_of,
)
from docgen.pipeline.output.known_sheets import losses_of, prepare_whole, refuse_lost
from docgen.pipeline.output.ledger import read_ledger
from docgen.pipeline.output.places import Site
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.suggestions import suggestion_or_choices

SIGNED_ANEW: Final = "подписан другой лист"


@dataclass(frozen=True, slots=True)
class NamedOrder:
    """An order that a person has named, with its workspace and what is archived of it."""

    site: Site
    ready: Ready
    order: Record
    papers: tuple[ArchivedDocument, ...]

    @property
    def called(self) -> str:
        """How the order is called in sentences."""
        return order_words(self.order)

    @property
    def losses(self) -> list[Problem]:
        """What was told of sheets that the registers have lost."""
        return losses_of(self.ready)


def find_order(sites: Sequence[Site], name: str) -> NamedOrder:
    """Return the order of that short name or number; of several workspaces the one that has it.

    Raises:
        UsageError: when there is none, or more than one.
        RegisterError: when the registers cannot be read.
    """
    found: list[NamedOrder] = []
    known: list[str] = []
    problems: list[Problem] = []
    for site in sites:
        ready = prepare_whole(site.folder, site.root, site.output)
        if isinstance(ready, Blocked):
            problems += [one for one in ready.problems if one.is_error]
            continue
        orders = ready.workspace.records.get(ORDERS, ())
        known += [order.identity for order in orders]
        found += [_named(site, ready, order) for order in orders if _is_called(order, name)]
    if len(found) == 1:
        return found[0]
    if not found and problems:
        raise UsageError(problems)
    if not found:
        message = f"нет приказа «{name}»{suggestion_or_choices(name, known)}"
    else:
        which = ", ".join(f"{one.called} ({one.site.name})" for one in found)
        message = f"приказов «{name}» несколько: {which}; назовите и рабочую папку"
    raise UsageError([Problem("usage", Location(), message)])


def _is_called(order: Record, name: str) -> bool:
    typed = sameness(name.strip().strip("«»\"'").removeprefix("№"))
    number = order.values.get(NUMBER)
    names = [order.identity, order_words(order).removeprefix("№").strip("«»")]
    return typed in map(sameness, [*names, str(number)] if number else names)


def _named(site: Site, ready: Ready, order: Record) -> NamedOrder:
    documents = documents_of(read_archive(ready.folders.workspace))
    own = [one for one in documents.values() if sameness(one.order) == sameness(order.identity)]
    return NamedOrder(site, ready, order, tuple(own))


# --- sign and unsign -------------------------------------------------------------------------


def check_signed(named: NamedOrder) -> None:
    """Refuse to archive an order that the register does not call signed.

    Raises:
        UsageError: with the cell to fill in.
    """
    state = named.order.values.get(STATE)
    if state not in FROZEN:
        message = (
            f"приказ {named.called} отмечен «{state}»; впишите «подписан», сохраните книгу и "
            "повторите"
        )
        where = named.order.cells.get(STATE, named.order.where)
        raise UsageError([Problem("usage", where, message)])


def release_for_current(named: NamedOrder, day: dt.date) -> None:
    """Take the archived papers of an order out, so that today's take their place.

    Raises:
        UsageError: when something stands on them, or ``архив/`` cannot be written.
    """
    _refuse_with_evidence(named, "заменить нельзя: нужен приказ о внесении изменений")
    _remove(named, SIGNED_ANEW, day)


def unsign(named: NamedOrder, reason: str, day: dt.date) -> int:
    """Take the papers of an order that was never signed out of the archive; return how many.

    Raises:
        UsageError: when there are none, something stands on them, or ``архив/`` cannot be written.
    """
    if not named.papers:
        message = f"приказа {named.called} в архиве нет, снимать нечего; проверьте краткое имя"
        raise UsageError([Problem("usage", named.order.where, message)])
    _refuse_with_evidence(named, "снять нельзя: нужен приказ об отмене или изменении")
    _remove(named, reason, day)
    return len(named.papers)


def _remove(named: NamedOrder, reason: str, day: dt.date) -> None:
    workspace = named.ready.folders.workspace
    if not named.papers:
        return
    look_and_mend(workspace, str, day)
    with archive_lock(workspace):
        archive = read_archive(workspace)
        ids = {one.paper.record.id for one in named.papers}
        papers = [paper for paper in archive.papers if paper.record.id in ids]
        ArchiveWriter(archive, day).remove(papers, reason, EventKind.UNSIGNED)


def _refuse_with_evidence(named: NamedOrder, remedy: str) -> None:
    """Refuse while a signature, a scan or a later signed paper stands on an order's papers.

    Raises:
        UsageError: with the list of what stands on them, or because nobody can know: the sheet
            that says who signed is gone.
    """
    refuse_lost(named.ready, SIGNATURES, named.site.output)
    standing = [
        *_signatures(named),
        *(
            f"приказ {order_words(later)} ссылается на него"
            for later in named.ready.workspace.records.get(ORDERS, ())
            if later.values.get(STATE) in FROZEN and _names(later, named.order)
        ),
    ]
    if standing:
        message = f"приказ {named.called}: {'; '.join(standing)}; {remedy}"
        raise UsageError([Problem("usage", named.order.where, message)])


def _signatures(named: NamedOrder) -> Iterable[str]:
    for one in named.papers:
        evidence = [path.name for path in sorted(one.paper.folder.glob("*")) if is_evidence(path)]
        evidence += [name for name in one.paper.record.files if is_evidence(Path(name))]
        if evidence:
            yield f"в архиве лежит «{evidence[0]}» («{one.title}»)"
        pdf = named.site.output / "pdf" / f"{one.output}.pdf"
        if is_signed_pdf(pdf):
            yield f"«{one.title}» подписан электронной подписью"
    yield from _signed_sheets(named.ready.workspace, named.papers)


def _signed_sheets(workspace: Workspace, papers: Sequence[ArchivedDocument]) -> Iterable[str]:
    keys = {one.key for one in papers}
    for row in workspace.records.get(SIGNATURES, ()):
        if row.values.get(DOCUMENT_KEY) in keys and row.values.get(SIGNED):
            yield f"«{row.values.get(SIGNATORY)}» расписался {row.values[SIGNED]}"


def _names(later: Record, order: Record) -> bool:
    value = later.values.get(AMENDED)
    named = value if isinstance(value, tuple) else (value,)
    return any(
        isinstance(one, Reference) and one.register == ORDERS and one.identity == order.identity
        for one in named
    )


# --- the archive as a whole ------------------------------------------------------------------


def seal(site: Site) -> tuple[str, list[Problem]]:
    """Return one line that stands for all of an archive: its papers, events and last hash.

    Every file is hashed; with the line comes what is not as it was sealed before.
    """
    workspace = site.folder.resolve()
    archive = read_archive(workspace, is_thorough=True)
    shown = Folders(site.root.resolve(), workspace).shown
    heads = " ".join(archive.journal.heads) or "пусто"
    number = archive.journal.next_number() - 1
    line = f"{site.name}: бумаг {len(archive.papers)}, записей {number}, сумма {heads}"
    return line, archive_findings(archive, shown, is_repaired=False)


def accept_archive(site: Site, reason: str, day: dt.date) -> tuple[int, int, list[str]]:
    """Take the archive as it is; return the papers taken in, written off, and refused by title.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    workspace = site.folder.resolve()
    look_and_mend(workspace, str, day)
    with archive_lock(workspace):
        archive = read_archive(workspace)
        heads = read_ledger(site.output).heads
        done = accept(archive, ArchiveWriter(archive, day), reason, heads)
    return done.taken, done.written_off, done.refused
