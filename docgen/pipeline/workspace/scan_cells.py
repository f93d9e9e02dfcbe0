"""Scans of signed orders that cells of «Скан» name: PDFs inside the workspace, or a warning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen import pages
from docgen.errors import Location, Problem, warning
from docgen.files import reading_reason
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import ORDERS, SCAN, STATE
from docgen.model.states import UNSIGNED
from docgen.pipeline.workspace.picture_cells import is_file_there, path_inside
from docgen.records.order_days import paper_name
from docgen.suggestions import suggestion

_KEPT: Final = ". Скан, который docgen уже принял в архив, остаётся там и идёт в копии"
_SUFFIX: Final = ".pdf"
_NONE: Final = "нет"
_MOST_BYTES: Final = 200_000_000
"""An order of a hundred sheets, scanned in colour, takes half of it."""


@dataclass(frozen=True, slots=True)
class ScanCell:
    """A filled cell of «Скан»: its order, what was typed, the file it names, None outside.

    ``is_denied``: somebody has typed that there is no scan, though one was taken in.
    """

    order: Record
    typed: str
    path: Path | None

    @property
    def is_denied(self) -> bool:
        """Whether the cell takes back a scan that was named by mistake."""
        return sameness(self.typed) == _NONE


def scan_cells(workspace: Workspace) -> Iterator[ScanCell]:
    """Yield the filled cells of «Скан»."""
    base = workspace.folder.resolve()
    for order in workspace.records.get(ORDERS, ()):
        typed = str(order.values.get(SCAN) or "").strip()
        if typed:
            yield ScanCell(order, typed, path_inside(base, typed))


def scan_paths(workspace: Workspace) -> Iterator[Path]:
    """Yield the scans that cells name, there or not."""
    for cell in scan_cells(workspace):
        if not cell.is_denied and cell.path is not None:
            yield cell.path


def scan_problems(workspace: Workspace) -> list[Problem]:
    """Return a warning for each cell of «Скан» that names no scan, or one of an unsigned order."""
    return [problem for cell in scan_cells(workspace) for problem in _problems_of(cell, workspace)]


def _problems_of(cell: ScanCell, workspace: Workspace) -> Iterable[Problem]:
    if cell.is_denied:
        return
    order = cell.order
    where = order.cells.get(SCAN, order.where)
    if fault := _fault_of(cell, workspace):
        kept = "" if order.values.get(STATE) in UNSIGNED or "нет файла" not in fault else _KEPT
        message = f"{paper_name(order)}, скан: {fault}{kept}"
        yield warning("bad-scan", where, message)
    elif order.values.get(STATE) in UNSIGNED:
        message = (
            f"у приказа «{order.identity}» есть скан, а отмечен он «{order.values[STATE]}»; если "
            "подписан, впишите «подписан»: тогда скан пойдёт в копии"
        )
        yield warning("bad-scan", order.cells.get(STATE, where), message)


def _fault_of(cell: ScanCell, workspace: Workspace) -> str:
    """Return what is wrong with a scan and what to do, "" if nothing."""
    typed, path = cell.typed, cell.path
    if path is None:
        return (
            f"файл «{typed}» лежит вне рабочей папки; положите его в папку с книгой и впишите имя "
            "без пути или путь от этой папки"
        )
    if not is_file_there(path):
        return _absent(typed, path, workspace)
    if path.suffix.casefold() != _SUFFIX:
        return f"«{typed}» не PDF; отсканируйте приказ в PDF, все листы одним файлом"
    try:
        if path.stat().st_size > _MOST_BYTES:
            return f"файл «{typed}» больше 200 МБ; отсканируйте с меньшим разрешением"
        pages.scanned_pages(path)
    except OSError as error:
        return f"файл «{typed}» не читается: {reading_reason(error)}"
    except pages.LockedPdfError:
        return f"файл «{typed}» закрыт паролем; сохраните его без пароля"
    except pages.BrokenPdfError:
        return f"файл «{typed}» не открывается: это не PDF, или он повреждён; отсканируйте заново"
    return ""


def _absent(typed: str, path: Path, workspace: Workspace) -> str:
    beside = path.parent if path.parent.is_dir() else workspace.folder
    names = sorted(one.name for one in beside.iterdir() if one.suffix.casefold() == _SUFFIX)
    hint = suggestion(path.name, names, fold=sameness)
    return f"нет файла «{typed}»{hint}; положите его в рабочую папку или исправьте имя"


def scan_place(order: Record) -> Location:
    """Return where the scan of an order is to be written in."""
    return order.cells.get(SCAN, Location(order.where.file, order.where.sheet))
