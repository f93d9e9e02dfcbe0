"""Time what an archive costs: a school with 400 signed orders and 300 scans, and without them.

`python -m benchmarks.archive_cost` prints the seconds, and writes them into both pages.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pikepdf

from benchmarks.reliability import PAGES
from benchmarks.run_usage import run
from tests.support.small_root import Sheets, make_root, make_school

ORDERS, SCANS, ROUNDS = 400, 300, 5
SCAN_BYTES: Final = 300_000
BEGIN, END = "<!-- archive cost: begin -->", "<!-- archive cost: end -->"
_LINES: Final = (
    "`{0}` of a school with {1} signed orders and {2} scans: {3:.2f} s; with as many unsigned: "
    "{4:.2f} s (the least of {5} runs).",
    "`{0}` школы с {1} подписанными приказами и {2} сканами: {3:.2f} с; со столькими же "
    "неподписанными: {4:.2f} с (наименьшее из {5}).",
)


def orders(state: str, scans: int) -> Callable[[Sheets], None]:
    """Return a change that gives the school many orders in a state, and scans to the first ones."""

    def change(sheets: Sheets) -> None:
        head = [*sheets["Приказы"][0], "Скан"]
        sheets["Приказы"], sheets["Пункты"] = [head], [sheets["Пункты"][0]]
        sheets["Приложения"] = [sheets["Приложения"][0]]
        del sheets["Пары"][1:]
        for number in range(ORDERS):
            name = f"О деле {number}"
            scan = f"сканы/{number}.pdf" if number < scans else None
            day = dt.date(2026, 9, 1) + dt.timedelta(days=number % 60)
            sheets["Приказы"].append(
                [name, f"{number + 1}-од", day, "свой текст", name, "за собой", state, scan]
            )
            sheets["Пункты"].append([name, "1", f"Провести дело {number}", None, None])

    return change


def write_scan(path: Path) -> None:
    """Write what a scanner leaves: a page that is nothing but a picture."""
    path.parent.mkdir(exist_ok=True)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(os.urandom(SCAN_BYTES))
        picture.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        pdf.save(path)


def docgen(*arguments: str) -> float:
    """Run docgen; return the seconds by the clock."""
    return run([sys.executable, "-m", "docgen", *arguments], timeout_s=900).wall_s


def least(*arguments: str) -> float:
    """Return the least seconds of several runs: the machine does other work, too."""
    return min(docgen(*arguments) for _ in range(ROUNDS))


def measure(folder: Path) -> dict[str, tuple[float, float]]:
    """Return the seconds of each command with an archive and without."""
    found: dict[str, list[float]] = {"docgen check": [], "docgen build": []}
    for name, is_signed in (("with", True), ("without", False)):
        place = folder / name
        place.mkdir()
        root = make_root(place)
        school = make_school(root, orders("на подписи", 0))
        docgen("build", str(school))
        if is_signed:
            for number in range(SCANS):
                write_scan(school / f"сканы/{number}.pdf")
            make_school(root, orders("подписан", SCANS))
            docgen("build", str(school))
        found["docgen check"].append(least("check", str(school)))
        found["docgen build"].append(least("build", str(school)))
    return {name: (seconds[0], seconds[1]) for name, seconds in found.items()}


def write_pages(found: dict[str, tuple[float, float]]) -> None:
    """Write the seconds into both pages, between their marks."""
    for page, language, _ in PAGES:
        lines = [
            _LINES[language].format(name, ORDERS, SCANS, *seconds, ROUNDS)
            for name, seconds in found.items()
        ]
        text = page.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        body = "\n\n".join(lines)
        page.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", "utf-8")


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as made:
        found = measure(Path(made))
    for name, (signed, unsigned) in found.items():
        sys.stdout.write(f"{name}: {signed:.2f} s, without {unsigned:.2f} s\n")
    write_pages(found)


if __name__ == "__main__":
    main()
