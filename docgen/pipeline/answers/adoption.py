"""A scan or a signed PDF that stands for an order of which docgen has no sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docgen import pages
from docgen.archive import ArchiveWriter, read_archive
from docgen.errors import Location, Problem, UsageError
from docgen.model import Family, PlannedDocument
from docgen.pipeline.answers.archive_acts import NamedOrder, check_signed
from docgen.pipeline.output.archive_view import archive_lock, look_and_mend
from docgen.pipeline.output.frozen_documents import scan_paper
from docgen.pipeline.workspace.wish import Wish, make_plan


def adopt(named: NamedOrder, file: Path, day: dt.date) -> int:
    """Archive a file as what was signed of an order; return its number of pages.

    The order's appendices are in it: they are not made beside it.

    Raises:
        UsageError: when the file is no PDF, the order is archived or not called signed, or
            ``архив/`` cannot be written.
    """
    check_signed(named)
    if named.papers:
        message = (
            f"приказ {named.called} уже в архиве; скан положите в столбец «Скан», ошибочный лист "
            f"снимите: docgen unsign «{named.order.identity}»"
        )
        raise UsageError([Problem("usage", named.order.where, message)])
    data, count = _read(file)
    planned = _main_document(named)
    workspace = named.ready.folders.workspace
    look_and_mend(workspace, str, day)
    with archive_lock(workspace):
        archive = read_archive(workspace)
        ArchiveWriter(archive, day).put([scan_paper(planned, data, count)])
    return count


def _read(file: Path) -> tuple[bytes, int]:
    try:
        data = file.read_bytes()
        return data, pages.page_count(file)
    except (OSError, pages.BrokenPdfError) as error:
        message = "это не PDF, или он не открывается; отсканируйте подписанный приказ в PDF"
        raise UsageError([Problem("usage", Location(file=str(file)), message)]) from error


def _main_document(named: NamedOrder) -> PlannedDocument:
    """Return the planned document that is the order itself: the first of its papers."""
    plan = make_plan(named.ready, Wish())
    own = [
        one
        for one in plan.documents
        if one.order is not None and one.order.identity == named.order.identity
        if one.kind.family == Family.ORDER
    ]
    if not own:
        message = (
            f"приказ {named.called} docgen не делает; храните скан сами, а приказ отметьте "
            "«подписан без docgen»"
        )
        raise UsageError([Problem("usage", named.order.where, message)])
    return own[0]
