"""A scan or a signed PDF that stands for an order of which docgen has no sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen import pages
from docgen.archive import Archive, ArchivedPaper, ArchiveWriter, EventKind, read_archive
from docgen.errors import Location, Problem, UsageError
from docgen.model import Family, PlannedDocument, sameness
from docgen.pipeline.answers.archive_acts import NamedOrder, check_signed
from docgen.pipeline.output.archive_states import order_command
from docgen.pipeline.output.archive_view import archive_lock, look_and_mend
from docgen.pipeline.output.document_archive import document_of
from docgen.pipeline.output.frozen_documents import scan_paper
from docgen.pipeline.workspace.wish import Wish, make_plan

ADOPTED: Final = "вместо бумаги принят скан"


def adopt(named: NamedOrder, file: Path, day: dt.date) -> int:
    """Archive a file as what was signed of an order; return its number of pages.

    The order's appendices are in it: they are not made beside it. What of the order is lost from
    the archive is written off.

    Raises:
        UsageError: when the file is no PDF, the order is archived or not called signed, or
            ``архив/`` cannot be written.
    """
    check_signed(named)
    workspace = named.ready.folders.workspace
    lost = _lost_papers(read_archive(workspace), named)
    if named.papers and not lost:
        message = (
            f"приказ {named.called} уже в архиве; имя скана впишите в столбец «Скан», ошибочный "
            f"лист снимите: {order_command('unsign', named.order, reason=True)}"
        )
        raise UsageError([Problem("usage", named.order.where, message)])
    data, count = _read(file)
    planned = _document_for(named, lost)
    look_and_mend(workspace, str, day)
    with archive_lock(workspace):
        archive = read_archive(workspace)
        writer = ArchiveWriter(archive, day)
        writer.put([scan_paper(planned, data, count)])
        writer.remove(_lost_papers(archive, named), ADOPTED, EventKind.REMOVED)
    return count


def _lost_papers(archive: Archive, named: NamedOrder) -> list[ArchivedPaper]:
    return [
        paper
        for paper in archive.papers
        if paper.lost and sameness(document_of(paper).order) == sameness(named.order.identity)
    ]


def _read(file: Path) -> tuple[bytes, int]:
    try:
        data = file.read_bytes()
    except OSError as error:
        message = "нет такого файла, или он не читается; проверьте имя и папку"
        raise UsageError([Problem("usage", Location(file=str(file)), message)]) from error
    try:
        return data, pages.page_count(file)
    except (OSError, pages.BrokenPdfError) as error:
        message = "это не PDF, или он не открывается; отсканируйте подписанный приказ в PDF"
        raise UsageError([Problem("usage", Location(file=str(file)), message)]) from error


def _document_for(named: NamedOrder, lost: Sequence[ArchivedPaper]) -> PlannedDocument:
    """Return the planned document that a file stands for: the order itself, its first paper.

    Where the order's own sheet is archived, and only what belongs to it is ``lost``, it is that.
    """
    plan = make_plan(named.ready, Wish())
    archived = {one.key for one in named.papers}
    keys = {paper.record.key for paper in lost}
    own = [
        one
        for one in plan.documents
        if one.order is not None and one.order.identity == named.order.identity
        if one.key not in archived
        if one.kind.family == Family.ORDER or one.key in keys
    ]
    if not own:
        message = (
            f"приказ {named.called} docgen не делает; храните скан сами, а приказ отметьте "
            "«подписан без docgen»"
        )
        raise UsageError([Problem("usage", named.order.where, message)])
    return own[0]
