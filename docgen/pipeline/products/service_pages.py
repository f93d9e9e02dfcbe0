"""Service pages of packets, from template to PDF: cover, опись, stamps, last and control sheet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen import packet
from docgen.documents import TemplateLibrary
from docgen.errors import Location, PacketError, Problem, TemplateError
from docgen.model.columns import ORGANISATION, SETTINGS
from docgen.pages import PageSize, pick
from docgen.pdf import FinishedPdf, PdfResult
from docgen.pipeline.workspace.folders import SERVICE
from docgen.pipeline.workspace.prepare import STAMP
from docgen.wording import Scope, signatory_of

COVER, CONTENTS, CLOSING = "обложка", "опись", "заверительный_лист"
CONTROL, CHECK = "контрольный_лист", "контрольный_лист_копий"
_A_THIRD = 842 / 3


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service page on its way to LibreOffice: template, variables, orientation."""

    template: str
    variables: dict[str, Any]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class ServiceDrafts:
    """Service pages as Word files, from their templates and the facts of the house.

    ``rendered`` keeps what has been rendered, by the page.
    """

    library: TemplateLibrary
    stamps: TemplateLibrary
    scope: Scope
    rendered: dict[str, bytes] = field(default_factory=dict)

    def render(self, wanted: Sequence[packet.ServicePages]) -> list[bytes]:
        """Return service pages as Word files, as they would go to LibreOffice."""
        return self.render_pages([page for one in wanted for page in _pages_of(one)])

    def render_pages(self, pages: Sequence[ServicePage]) -> list[bytes]:
        """Return these pages as Word files."""
        house = {
            "организация": self.scope.card(ORGANISATION),
            "настройки": self.scope.card(SETTINGS),
            "подписант": signatory_of(self.scope, None),
        }
        return [self._render_once(page, house) for page in pages]

    def _render_once(self, page: ServicePage, house: Mapping[str, Any]) -> bytes:
        """Return a page; equal ones, of a key and of its packet, are rendered once."""
        name = repr(page)
        if name not in self.rendered:
            self.rendered[name] = self._render(page, house)
        return self.rendered[name]

    def _render(self, page: ServicePage, house: Mapping[str, Any]) -> bytes:
        is_stamp = page.template == STAMP
        library = self.stamps if is_stamp else self.library
        document = library.render(
            f"{SERVICE}/{page.template}",
            {**house, **page.variables},
            title=str(page.variables["название"]),
            is_landscape=page.is_landscape,
            has_headers_footers=not is_stamp,
        )
        if document.has_page_references:
            message = "номера страниц на служебных листах не считаются; уберите TOC и PAGEREF"
            raise TemplateError([Problem("bad-template", Location(file=page.template), message)])
        return document.docx


@dataclass(frozen=True, slots=True)
class ServicePrinter:
    """Service pages as PDFs: ``convert`` is a call of LibreOffice, ``stage`` its folder."""

    drafts: ServiceDrafts
    convert: Callable[[Sequence[Path], Path], dict[Path, PdfResult]]
    stage: Path

    def __call__(self, wanted: Sequence[packet.ServicePages]) -> list[Path | bytes]:
        """Return one PDF for each service page, all made in one call of LibreOffice.

        Raises:
            PacketError: when LibreOffice does not make one of them.
        """
        pages = [list(_pages_of(one)) for one in wanted]
        folder = Path(tempfile.mkdtemp(dir=self.stage))
        made = iter(self._convert([page for group in pages for page in group], folder))
        results: list[Path | bytes] = []
        for number, (one, group) in enumerate(zip(wanted, pages, strict=True)):
            pdfs = [next(made) for _ in group]
            if isinstance(one, packet.StampPages):
                stamps = folder / f"stamps-{number:06}.pdf"
                stamps.write_bytes(_interleaved(one, pdfs))
                results.append(stamps)
            else:
                results.append(pdfs[0])
        return results

    def _convert(self, pages: Sequence[ServicePage], folder: Path) -> list[Path]:
        sources = []
        for number, docx in enumerate(self.drafts.render_pages(pages)):
            source = folder / f"{number:06}.docx"
            source.write_bytes(docx)
            sources.append(source)
        results = self.convert(sources, folder)
        problems = [one for one in results.values() if isinstance(one, Problem)]
        if problems:
            raise PacketError(dict.fromkeys(problems))
        return [one.path for source in sources if isinstance(one := results[source], FinishedPdf)]


def _interleaved(wanted: packet.StampPages, pdfs: Sequence[Path]) -> bytes:
    """Return the stamps' pages in their order from the portrait and the landscape file."""
    kinds = _orientations(wanted)
    counters = dict.fromkeys(kinds, 0)
    order: list[tuple[int, int] | PageSize] = []
    for stamp in wanted.stamps:
        if stamp.is_empty:
            order.append(PageSize(stamp.width, stamp.height))
            continue
        counters[stamp.is_landscape] += 1
        order.append((kinds.index(stamp.is_landscape), counters[stamp.is_landscape]))
    return pick(pdfs, order)


def _orientations(wanted: packet.StampPages) -> list[bool]:
    return sorted({stamp.is_landscape for stamp in wanted.stamps if not stamp.is_empty})


def _pages_of(wanted: packet.ServicePages) -> Iterable[ServicePage]:
    """Yield what to render for a service page: one file, or for stamps one per orientation."""
    match wanted:
        case packet.CoverPages():
            variables = {"строки": list(wanted.lines), "документов": wanted.documents}
            yield ServicePage(COVER, _titled(wanted, variables | {"листов": wanted.sheets}))
        case packet.ContentsPages():
            yield ServicePage(CONTENTS, _titled(wanted, _contents(wanted)))
        case packet.ClosingSheet():
            numbers = {"листов": wanted.sheets, "есть_проекты": wanted.has_drafts}
            yield ServicePage(CLOSING, _titled(wanted, numbers))
        case packet.ControlSheet():
            yield ServicePage(CONTROL, _titled(wanted, _control(wanted)))
        case packet.CheckSheet():
            yield ServicePage(CHECK, _titled(wanted, _check(wanted)))
        case packet.StampPages():
            for is_landscape in _orientations(wanted):
                rows = [
                    _stamp(one)
                    for one in wanted.stamps
                    if one.is_landscape == is_landscape and not one.is_empty
                ]
                variables = {"штампы": rows, "название": wanted.packet}
                yield ServicePage(STAMP, variables, is_landscape)


def _titled(wanted: Any, variables: dict[str, Any]) -> dict[str, Any]:
    return {"название": wanted.title, **variables}


def _contents(wanted: packet.ContentsPages) -> dict[str, Any]:
    rows = [
        {
            "номер": row.number,
            "название": row.title,
            "страница": row.page,
            "последняя_страница": row.last_page,
            "лист": row.sheet,
            "последний_лист": row.last_sheet,
            "листов": row.sheets,
            "в_деле": not row.page,
        }
        for row in wanted.rows
    ]
    return {
        "документы": rows,
        "листов_документов": wanted.document_sheets,
        "листов_прочих": wanted.service_sheets,
        "листов": wanted.sheets,
    }


def _control(wanted: packet.ControlSheet) -> dict[str, Any]:
    rows = [
        {
            "номер": row.number,
            "название": row.title,
            "роль": row.role,
            "имя": row.name,
            "вместе": ", ".join(row.others),
            "страница": row.page,
            "место": _height_in_words(row.y),
            "страниц": row.pages,
            "страница_комплекта": row.packet_page,
            "экземпляров": row.copies,
        }
        for row in wanted.rows
    ]
    return {
        "рассылка": [
            {"номер": number, "кому": name, "экземпляров": copies}
            for number, (name, copies) in enumerate(wanted.recipients, start=1)
        ],
        "копий": sum(copies for _, copies in wanted.recipients),
        "подписи": rows,
        "документов": wanted.documents,
        "листов": wanted.sheets,
        "экземпляров": wanted.copies,
    }


def _check(wanted: packet.CheckSheet) -> dict[str, Any]:
    rows = [
        {
            "номер": row.number,
            "название": row.title,
            "источник": str(row.source),
            "лист": row.sheet,
            "последний_лист": row.last_sheet,
            "в_деле": not row.sheet,
        }
        for row in wanted.rows
    ]
    sources = {row.source for row in wanted.rows}
    return {
        "документы": rows,
        "листов": wanted.sheets,
        "есть_проекты": packet.CopySource.DRAFT in sources,
    }


def _height_in_words(y: float | None) -> str:
    """Return the height of a line on an upright A4 page in words, "" if it is not known."""
    return "" if y is None else ("низ", "середина", "верх")[min(int(y / _A_THIRD), 2)]


def _stamp(stamp: packet.MarginStamp) -> dict[str, Any]:
    return {
        "лист": stamp.sheet,
        "листов": stamp.sheets,
        "заверяется": stamp.is_certified,
        "проект": stamp.is_draft,
        "подписан": stamp.says_signed,
        "где_подлинник": stamp.says_where,
        "лежит": stamp.is_landscape,
        "пустой": False,
    }
