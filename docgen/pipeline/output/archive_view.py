"""The archive of a workspace as builds and answers see it: read once, mended by builds alone."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from docgen.archive import (
    ARCHIVE,
    Archive,
    ArchiveWriter,
    archive_findings,
    archive_folder,
    needs_repair,
    read_archive,
    read_heads,
    repair,
)
from docgen.errors import Location, Problem, UsageError, command, warning
from docgen.files import ensure_writable, find_leftovers, folder_lock, remove_leftovers
from docgen.model import Family, PlannedDocument, Record
from docgen.model.columns import STATE
from docgen.pipeline.output.archive_states import (
    order_command,
    order_folder_command,
    order_words,
)
from docgen.pipeline.output.built_documents import proven_document
from docgen.pipeline.output.document_archive import ArchivedDocument, documents_of, lost_keys
from docgen.pipeline.output.store import OutputStore

_NAMED = 5
_PATIENCE_S = 30.0
"""How long a build waits for another that writes into the archive; each writes for a moment."""


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """What is archived, by the keys of documents; what is lost; what there is to say of it."""

    archive: Archive = field(default_factory=lambda: Archive(Path()))
    documents: dict[str, ArchivedDocument] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def is_newer(self) -> bool:
        """Whether a later docgen has written into the archive, so that this one must not."""
        return bool(self.archive.newer)


def look_at(workspace: Path, shown: Callable[[Path], str]) -> ArchiveView:
    """Return the archive of a workspace as it lies; nothing is written and nobody waited for.

    Raises:
        UsageError: when a file lies where its folder should.
    """
    _refuse_file(workspace, shown)
    archive = read_archive(workspace)
    return _view(archive, archive_findings(archive, shown, is_repaired=False))


def look_and_mend(workspace: Path, shown: Callable[[Path], str], day: dt.date) -> ArchiveView:
    """Return the archive of a workspace after putting back what can be put back.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    _refuse_file(workspace, shown)
    archive = read_archive(workspace)
    late = _clock_problems(archive, shown, day)
    is_tidy = not find_leftovers(archive.path)
    if archive.newer or (is_tidy and not needs_repair(archive)):
        return _view(archive, [*archive_findings(archive, shown, is_repaired=False), *late])
    with archive_lock(workspace):
        remove_leftovers(archive.path)
        archive = read_archive(workspace)
        found = archive_findings(archive, shown, is_repaired=True)
        repair(archive, ArchiveWriter(archive, day))
    return _view(read_archive(workspace), [*found, *late])


def _refuse_file(workspace: Path, shown: Callable[[Path], str]) -> None:
    path = archive_folder(workspace)
    if path.exists() and not path.is_dir():
        message = (
            f"вместо папки «{ARCHIVE}» лежит файл с этим именем; переименуйте его, а папку верните"
        )
        raise UsageError([Problem("output-unwritable", Location(file=shown(path)), message)])


def _clock_problems(archive: Archive, shown: Callable[[Path], str], day: dt.date) -> list[Problem]:
    """Return a warning when the day is before what the archive has seen already."""
    last = max((event.day for event in archive.journal.events.values()), default="")
    if last <= day.isoformat():
        return []
    message = (
        f"сегодня по часам компьютера {day:%d.%m.%Y}, а в архив уже писали "
        f"{dt.date.fromisoformat(last):%d.%m.%Y}; проверьте часы. Сборка идёт дальше"
    )
    return [warning("clock-behind", Location(file=shown(archive.path)), message)]


def _view(archive: Archive, problems: Sequence[Problem]) -> ArchiveView:
    return ArchiveView(archive, documents_of(archive), lost_keys(archive), tuple(problems))


@contextlib.contextmanager
def archive_lock(workspace: Path) -> Iterator[None]:
    """Hold the archive of a workspace for writing; readers never wait for it.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    with folder_lock(
        ensure_writable(archive_folder(workspace)), timeout_s=_PATIENCE_S, doing="пополняет"
    ):
        yield


def current_archive(workspace: Path, seen: Archive) -> Archive:
    """Return the archive as it lies now that it is locked: somebody may have written meanwhile."""
    if read_heads(seen.path) == seen.journal.heads:
        return seen
    return read_archive(workspace)


def unknown_heads(view: ArchiveView, heads: Sequence[str]) -> list[str]:
    """Return those of the events that the last build knew which the archive lacks unsaid."""
    journal = view.archive.journal
    return [one for one in heads if one not in journal.events and one not in journal.forgone]


def missing_heads(view: ArchiveView, heads: Sequence[str], where: str) -> list[Problem]:
    """Return a warning when the archive lacks events that the last build knew."""
    if not unknown_heads(view, heads):
        return []
    message = (
        "папка «архив» старше готового: записей, которые были при прошлой сборке, в ней нет. Если "
        "её вернули из копии, возьмите более новую; если новее нет: "
        f"{command('archive', 'accept', PurePosixPath(where).parent.as_posix(), reason=True)}"
    )
    return [warning("archive-journal", Location(file=where), message)]


def unarchived_problems(documents: Sequence[PlannedDocument], store: OutputStore) -> list[Problem]:
    """Return one error for signed orders of which nothing signed is archived, with the ways out.

    Where the output still holds what was signed, and its ledger proves it, that comes first.
    """
    orders = {one.order.identity: one.order for one in documents if one.order is not None}
    if not orders:
        return []
    first = next(iter(orders.values()))
    where = first.cells.get(STATE, first.where)
    proven = [one for one in documents if proven_document(one, store) is not None]
    restoring = order_folder_command(first, "archive", "restore")
    if len(orders) == 1:
        message = _one_unarchived(documents, first, restoring if proven else "")
        return [Problem("archive-absent", where, message)]
    names = ", ".join(map(order_words, list(orders.values())[:_NAMED]))
    more = f" и ещё {len(orders) - _NAMED}" if len(orders) > _NAMED else ""
    held = (
        f" 1) взять из готового бумаги, которые там ещё целы ({len(proven)}): {restoring}; 2)"
        if proven
        else " 1)"
    )
    numbers = (3, 4) if proven else (2, 3)
    message = (
        f"приказов, отмеченных подписанными, а в архиве их нет: {len(orders)} ({names}{more}). Что "
        f"можно:{held} если папка «архив» осталась на другом компьютере, перенесите её сюда; "
        f"{numbers[0]}) если их подписали без docgen, выберите для них «подписан без docgen»; "
        f"{numbers[1]}) принять подписанный PDF или скан одного: "
        f"{order_folder_command(first, 'archive', 'adopt', 'ПРИКАЗ', 'ФАЙЛ')}"
    )
    return [Problem("archive-absent", where, message)]


def _one_unarchived(documents: Sequence[PlannedDocument], order: Record, restoring: str) -> str:
    is_whole = any(one.kind.family == Family.ORDER for one in documents)
    lacking = "подписанного листа" if is_whole else f"подписанного листа «{documents[0].title}»"
    if restoring:
        where = (
            f"в архиве нет {lacking}; в готовом он ещё цел. Что можно: 1) взять оттуда: "
            f"{restoring}, или вернуть папку «архив»"
        )
    else:
        where = (
            f"{lacking} нет: ни в архиве, ни среди собранного раньше. Что можно: 1) вернуть папку "
            "«архив»"
        )
    return (
        f"приказ {order_words(order)} отмечен «{documents[0].state}», а {where}; 2) принять "
        "подписанный PDF или скан: "
        f"{order_command('archive adopt', order, 'ФАЙЛ')}; 3) отметить приказ «подписан без "
        "docgen». Подписи ещё нет? Впишите «на подписи». Если подписан лист, какой дают нынешние "
        f"реестры: {order_command('sign', order)} --current"
    )
