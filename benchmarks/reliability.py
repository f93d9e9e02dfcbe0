"""Turn a run of `make trust` into figures and the tables of both pages of reliability.

`python -m benchmarks.reliability REPORT` reads the report of pytest (JUnit XML), prints the table,
keeps it in reliability.json and writes it into docs/reliability.md and its Russian twin; a run with
FULL=1 has a table of its own there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from defusedxml import ElementTree

from benchmarks.report import read_versions

ROOT: Final = Path(__file__).resolve().parent.parent
FIGURES: Final = ROOT / "benchmarks" / "reliability.json"
RUN: Final = "full" if os.environ.get("FULL") else "trust"
PROMISES: Final[Mapping[str, tuple[str, str]]] = {
    "R1": ("bad input: a sentence, no crash, no silence", "плохой вход: понятное слово, не сбой"),
    "R2": ("no value is lost on paper", "ни одно значение не теряется на бумаге"),
    "R3": ("killed at any write", "снят на любой записи"),
    "R4": ("any write refused by the disk", "диск отказал на любой записи"),
    "R5": ("LibreOffice killed", "LibreOffice убит"),
    "R6": ("LibreOffice lies or hangs", "LibreOffice отдаёт не то или виснет"),
    "R7": ("builds side by side", "сборки одновременно"),
    "R8": ("a large batch", "большая пачка"),
    "R9": ("a long run leaks nothing", "долгая работа без утечек"),
    "R11": ("the same bytes again", "те же байты при повторе"),
    "R13": ("no request, no local file", "ни запроса в сеть, ни чужого файла"),
    "R14": ("no template reaches the program", "шаблон не достаёт до программы"),
    "R15": ("personal data stay in papers", "личные данные только в бумагах"),
    "R16": ("Latin letters in Russian names", "латинские буквы в русских фамилиях"),
    "R17": ("names of files", "имена файлов"),
    "ways": ("ways to lose a signed paper", "способы потерять подписанное"),
    "innocent": ("innocent events", "невинные события"),
}
PAGES: Final = (
    (ROOT / "docs" / "reliability.md", 0, "| promise | tried | tests | failed | seconds |"),
    (ROOT / "docs" / "надёжность.md", 1, "| обещание | попыток | тестов | не прошло | секунд |"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a run has shown of one promise."""

    tries: int = 0
    tests: int = 0
    failed: int = 0
    seconds: float = 0.0


def read_report(report: Path) -> dict[str, Figure]:
    """Return the figures of each promise that a run has tried, in the order of the pages."""
    found: dict[str, Figure] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        noted = {one.get("name"): one.get("value") for one in case.iter("property")}
        promise = noted.get("promise")
        if promise is None or case.find("skipped") is not None:
            continue
        before = found.get(promise, Figure())
        found[promise] = Figure(
            before.tries + int(noted["tries"] or 0),
            before.tests + 1,
            before.failed + (case.find("failure") is not None or case.find("error") is not None),
            before.seconds + float(case.get("time") or 0),
        )
    return {name: found[name] for name in PROMISES if name in found}


def to_table(figures: Mapping[str, Figure], language: int, head: str) -> str:
    """Return the figures as a table in Markdown."""
    lines = [head, "|---|--:|--:|--:|--:|"]
    for name, one in figures.items():
        lines.append(
            f"| {name}: {PROMISES[name][language]} | {one.tries:,} | {one.tests:,} | {one.failed} "
            f"| {one.seconds:.0f} |"
        )
    return "\n".join(lines)


def write_page(page: Path, table: str, versions: str) -> None:
    """Write a table into a page, between the marks of its run."""
    begin, end = f"<!-- {RUN}: begin -->", f"<!-- {RUN}: end -->"
    text = page.read_text("utf-8")
    before, after = text.split(begin)[0], text.split(end)[1]
    page.write_text(f"{before}{begin}\n\n{versions}.\n\n{table}\n\n{end}{after}", "utf-8")


def main(report: Path) -> int:
    """Print and keep the figures of a run; return 1 when a promise was broken."""
    figures = {
        name: replace(one, seconds=round(one.seconds)) for name, one in read_report(report).items()
    }
    versions = read_versions()
    kept = {name: asdict(one) for name, one in figures.items()}
    runs = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    runs[RUN] = {"versions": versions, "promises": kept}
    FIGURES.write_text(json.dumps(runs, indent=1) + "\n")
    for page, language, head in PAGES:
        table = to_table(figures, language, head)
        write_page(page, table, versions)
        if not language:
            sys.stdout.write(table + "\n")
    return int(any(one.failed for one in figures.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
