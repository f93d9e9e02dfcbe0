"""A minute of timings that fails where docgen takes over 10 % more than ``budget.json`` has.

``make budget`` compares; ``make budget BUDGET=--update`` writes the file anew. A line is raised
only by name in CHANGELOG.md.

Seconds depend on the machine, so that each run also times a fixed workload without docgen:
limits are the seconds of the file times what that workload takes now over what it took then.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median

from benchmarks.reference import docgen
from benchmarks.run_usage import run
from benchmarks.workloads import (
    BOOK,
    PEOPLE_SHEET,
    ROOT,
    change_cell,
    write_consents,
    write_orders,
)

BUDGET = Path(__file__).with_name("budget.json")
ROUNDS = 3
CONSENTS = 300
TIMEOUT_S = 120
ALLOWED = 1.10
NOISE_S = 0.02
"""Differences below are noise on any machine."""
CALIBRATION = "calibration"
ROOT_AND_DAY = ("--root", str(ROOT), "--date", "2026-09-01")

# What an interpreter does most: loops over text and dictionaries, and starts of processes.
_CALIBRATION = """
import subprocess, sys
for _ in range(8):
    counts = {}
    for number in range(150_000):
        word = f"{number % 977:x}"
        counts[word] = counts.get(word, 0) + len(word)
for _ in range(20):
    subprocess.run([sys.executable, "-S", "-c", "pass"], check=True)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor, LibreOffice included, and by the clock."""

    cpu_s: float
    wall_s: float


MEASURES = tuple(field.name for field in fields(Cost))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line, what it took and what it may take on this machine now."""

    name: str
    cost: Cost
    limit: Cost

    @property
    def exceeded(self) -> list[str]:
        """The measures that are above their limit."""
        return [one for one in MEASURES if getattr(self.cost, one) > getattr(self.limit, one)]


def compare(budget: Mapping[str, Cost], measured: Mapping[str, Cost]) -> list[Verdict]:
    """Return a verdict on each line; both have the same, and the calibration, which is not judged.

    Raises:
        KeyError: when a line stands in one of them alone.
    """
    now, then = measured[CALIBRATION], budget[CALIBRATION]
    scale = Cost(now.cpu_s / then.cpu_s, now.wall_s / then.wall_s)
    return [
        Verdict(name, measured[name], _limit(budget[name], scale))
        for name in dict.fromkeys([*measured, *budget])
        if name != CALIBRATION
    ]


def _limit(cost: Cost, scale: Cost) -> Cost:
    cpu_s, wall_s = cost.cpu_s * scale.cpu_s, cost.wall_s * scale.wall_s
    return Cost(
        max(cpu_s * ALLOWED, cpu_s + NOISE_S),
        max(wall_s * ALLOWED, wall_s + NOISE_S),
    )


def to_table(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as lines of text, the measures above their limits named at the end."""
    lines = [f"{'line':<22}{'CPU, s':>9}{'limit':>9}{'wall, s':>9}{'limit':>9}"]
    for one in verdicts:
        numbers = (one.cost.cpu_s, one.limit.cpu_s, one.cost.wall_s, one.limit.wall_s)
        columns = "".join(f"{number:>9.3f}" for number in numbers)
        above = ", ".join(name.removesuffix("_s") for name in one.exceeded)
        lines.append(f"{one.name:<22}{columns}{f'  ABOVE: {above}' if above else ''}")
    return "\n".join(lines) + "\n"


def read_budget(path: Path) -> dict[str, Cost]:
    """Return the seconds of each line, of the calibration too."""
    return {name: Cost(**cost) for name, cost in json.loads(path.read_text("utf-8")).items()}


def write_budget(path: Path, measured: Mapping[str, Cost]) -> None:
    """Write seconds down as the budget of later runs."""
    rounded = {
        name: {measure: round(seconds, 3) for measure, seconds in asdict(cost).items()}
        for name, cost in measured.items()
    }
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=2) + "\n", "utf-8")


def measure() -> dict[str, Cost]:
    """Return the medians of all lines; each round goes through all, so that drift meets all."""
    costs: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory(prefix="budget-", ignore_cleanup_errors=True) as folder:
        for number in range(ROUNDS):
            for name, command in lines_of_round(Path(folder) / str(number)):
                usage = run(command, timeout_s=TIMEOUT_S)
                costs.setdefault(name, []).append(Cost(usage.cpu_s, usage.wall_s))
    return {
        name: Cost(median(one.cpu_s for one in rounds), median(one.wall_s for one in rounds))
        for name, rounds in costs.items()
    }


def lines_of_round(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands of one round in their order: later ones go on from what earlier left."""
    school = _copy_school(folder / "школа")
    order = write_orders(folder / "order", 1).folder
    consents = write_consents(folder / "consents", CONSENTS).folder
    yield CALIBRATION, [sys.executable, "-c", _CALIBRATION]
    yield "--version", docgen("--version")
    yield "check school", docgen("check", str(school), *ROOT_AND_DAY)
    yield "school from nothing", _build(school)
    yield "nothing changed", _build(school)
    change_cell(school / BOOK, PEOPLE_SHEET, "Должность", 5, "учитель физики и математики")
    yield "one cell changed", _build(school)
    yield "one order", _build(order)
    yield f"{CONSENTS} consents", _build(consents)


def _copy_school(folder: Path) -> Path:
    """Copy the registers of the shipped school, without what a checkout may have archived."""
    folder.mkdir(parents=True)
    for book in (ROOT / "registers" / "school").glob("[!~]*.xlsx"):
        shutil.copy(book, folder)
    return folder


def _build(workspace: Path) -> list[str]:
    out = workspace.parent / "output"
    return docgen("build", str(workspace), "--out", str(out), *ROOT_AND_DAY)


def main(arguments: Sequence[str]) -> int:
    """Time all lines, and compare them with the budget or write it anew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.budget", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the budget anew")
    given = parser.parse_args(arguments)
    # What is being timed runs in another session, and has to end with this program.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    measured = measure()
    if given.update:
        write_budget(BUDGET, measured)
    verdicts = compare(read_budget(BUDGET), measured)
    sys.stdout.write(to_table(verdicts))
    return 1 if any(one.exceeded for one in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
