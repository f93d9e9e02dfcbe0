"""Time docgen against docxtpl with soffice on the same templates and records, in one run.

Writes a table of ratios into docs/performance.md: milliseconds depend on the machine, ratios far
less. Slow ways are timed on a part of the records, since their time per document is constant.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docxtpl import DocxTemplate

from docgen.documents import TemplateLibrary
from docgen.pages import page_count
from docgen.pdf import BatchConverter, ComposingConverter, Converter, find_office
from docgen.pdf.batches import make_tasks
from docgen.pdf.office import Task
from docgen.wording import make_environment

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
ROWS = 38
CLAUSE = (
    "{{ оператор }} вправе обрабатывать персональные данные {{ фио }}, {{ паспорт }}, по адресу "
    "{{ адрес }}, для ведения банка данных наставников: сбор, запись, хранение и уничтожение. "
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workload:
    """A template, the records to print with it, and how many of them the slow ways get."""

    name: str
    template: Path
    records: Sequence[Record]
    few: int
    some: int


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one way took for so many documents."""

    way: str
    documents: int
    seconds: float

    @property
    def each_ms(self) -> float:
        """Return milliseconds for one document."""
        return 1000 * self.seconds / self.documents


def write_consent(path: Path) -> Path:
    """Leave the template of a consent of two pages."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.add_paragraph("СОГЛАСИЕ")
    document.add_paragraph("Я, {{ фио }}, {{ паспорт }}, живу по адресу: {{ адрес }}.")
    for number in range(1, 17):
        document.add_paragraph(f"{number}. {CLAUSE}")
    document.add_paragraph("Подпись ____________ {{ фио }}")
    document.save(str(path))
    return path


def write_order(path: Path) -> Path:
    """Leave the template of an order with a roadmap in a table."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    for text in ("ПРИКАЗ № {{ номер }}", "Назначить {{ фио }} наставником.", "Дорожная карта"):
        document.add_paragraph(text)
    table = document.add_table(4, 3)
    rows = [
        ("№", "Мероприятие", "Срок"),
        ("{%tr for шаг in шаги %}", "", ""),
        ("{{ шаг.номер }}", "{{ шаг.дело }}", "{{ шаг.срок }}"),
        ("{%tr endfor %}", "", ""),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Директор ____________ {{ фио }}")
    document.save(str(path))
    return path


def make_record(number: int) -> Record:
    """Return what the tags of both templates read."""
    steps = [
        {
            "номер": step,
            "дело": f"Провести занятие {step} и обсудить с педагогом, что вышло, а что ещё нет",
            "срок": f"до {step % 28 + 1} мая 2027 г.",
        }
        for step in range(1, ROWS + 1)
    ]
    return {
        "номер": f"{number}-од",
        "фио": f"Орлова Анна Петровна {number}",
        "паспорт": f"паспорт 46 10 {number:06}, выдан отделом внутренних дел",
        "адрес": f"Курская область, село Ивановка, Школьная улица, дом {number}",
        "оператор": "Муниципальное бюджетное общеобразовательное учреждение «Школа № 3»",
        "шаги": steps,
    }


def time_docgen(work: Workload, folder: Path, converter: Converter, count: int, way: str) -> Timing:
    """Render and convert with docgen's own stages."""
    started = time.perf_counter()
    style = ROOT / "templates_docx" / "стиль.docx"
    library = TemplateLibrary({"вид": work.template}, {}, style, make_environment())
    sources = []
    for number, record in enumerate(work.records[:count]):
        source = folder / f"{number:06}.docx"
        source.write_bytes(library.render("вид", record, title="Документ"))
        sources.append(source)
    made = converter.convert(sources, folder / "pdf")
    seconds = time.perf_counter() - started
    for outcome in made.values():
        if not isinstance(outcome, Path) or page_count(outcome) < 2:
            raise RuntimeError(str(outcome))
    return Timing(way, count, seconds)


def take_raw(task: Task, pdf: Path) -> None:
    """Leave what LibreOffice made, as a script would."""
    shutil.copyfile(pdf, task.target)


def time_docxtpl(work: Workload, folder: Path, calls_of: int, count: int, way: str) -> Timing:
    """Render with docxtpl and convert by calls of soffice for so many files each."""
    started = time.perf_counter()
    sources = []
    for number, record in enumerate(work.records[:count]):
        template = DocxTemplate(str(work.template))
        template.render(record, autoescape=True)
        source = folder / f"{number:06}.docx"
        template.save(str(source))
        sources.append(source)
    (folder / "pdf").mkdir()
    converter = BatchConverter(find_office(), batch_size=calls_of, jobs=1)
    converter.work(make_tasks(sources, folder / "pdf", {}), take_raw)
    return Timing(way, count, time.perf_counter() - started)


def time_all(work: Workload) -> list[Timing]:
    """Return how long each way takes, docgen's best last."""
    office = find_office()
    one, two = (ComposingConverter(BatchConverter(office, jobs=jobs)) for jobs in (1, 2))
    files = BatchConverter(office, jobs=1)
    everything = len(work.records)
    ways: Sequence[Callable[[Path], Timing]] = (
        lambda at: time_docxtpl(work, at, 1, work.few, "docxtpl, one soffice call per file"),
        lambda at: time_docxtpl(work, at, 200, work.some, "docxtpl, calls of 200 files"),
        lambda at: time_docgen(work, at, files, work.some // 4, "docgen, every file alone"),
        lambda at: time_docgen(work, at, one, everything, "docgen, one process"),
        lambda at: time_docgen(work, at, two, everything, "docgen, two processes"),
    )
    timings = []
    for way in ways:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            timings.append(way(Path(name)))
        last = timings[-1]
        sys.stderr.write(f"{work.name}: {last.way}: {last.each_ms:.1f} ms\n")
    return timings


def to_table(work: Workload, timings: Sequence[Timing]) -> str:
    """Return a table in which the last way is 1."""
    base = timings[-1].each_ms
    lines = [
        f"### {work.name}",
        "",
        "| way | documents timed | ms a document | times as long |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| {one.way} | {one.documents} | {one.each_ms:.1f} | {one.each_ms / base:.1f} |"
        for one in timings
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Run both workloads and put their tables into the page."""
    records = [make_record(number) for number in range(1, 1001)]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        consent, order = write_consent(folder / "c.docx"), write_order(folder / "o.docx")
        works = [
            Workload("1,000 consents of two pages", consent, records, 10, 200),
            Workload(f"200 orders with a roadmap of {ROWS} rows", order, records[:200], 10, 200),
        ]
        tables = [to_table(work, time_all(work)) for work in works]
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    tables_text = "\n".join(tables)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables_text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
