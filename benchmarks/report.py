"""Write the table of ratios into docs/performance.md, between its marks."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import docxtpl

from benchmarks.figures import Figures, Sample, median_ms
from benchmarks.parts import DOCGEN_NAMES
from benchmarks.peers import CARBONE, UNOSERVER
from docgen import __version__

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
TITLES = {
    "consents": "Consents of two pages",
    "orders": "Orders, each with a roadmap of 38 rows",
    "district": "A district: schools with pairs, six papers a pair, and orders",
    "growth": "Growth: consents of two pages",
}


def read_versions() -> str:
    """Return the versions of all programs that are timed and installed, e.g. ``node v20.20.2``."""
    found = {
        "docgen": __version__,
        "commit": _version("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        "Python": platform.python_version(),
        "LibreOffice": _version("soffice", "--version").removeprefix("LibreOffice").strip(),
        "docxtpl": docxtpl.__version__,
        "unoserver": _version(str(UNOSERVER), "--version").removeprefix("unoserver").strip(),
        "node": _version("node", "--version"),
        "Carbone": _carbone_version(),
    }
    return ", ".join(f"{name} {version}" for name, version in found.items() if version)


def write_page(figures: Figures, page: Path = PAGE) -> None:
    """Write the tables into the page, between its marks."""
    text = page.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{to_tables(figures)}\n{END}{after}", "utf-8")


def to_tables(figures: Figures) -> str:
    """Return the figures as tables in Markdown."""
    lines: list[str] = []
    for part, title in TITLES.items():
        ways = list(figures.of(part))
        if ways:
            lines += [f"### {title}", "", f"{figures.versions.get(part, '')}.", ""]
            lines += _against_peers(ways) if part in {"consents", "orders"} else _alone(part, ways)
            lines.append("")
    return "\n".join(lines)


def _against_peers(ways: Sequence[tuple[str, list[Sample]]]) -> Iterator[str]:
    """Yield a table of ways as multiples of docgen's best, the slowest first."""
    good = {way: [one for one in samples if not one.note] for way, samples in ways}
    bests = [median_ms(good[way]) for way in DOCGEN_NAMES.values() if good.get(way)]
    best = min(bests, default=0.0)
    yield f"{ways[0][1][0].whole:,} documents."
    yield ""
    yield "| way | timed | rounds | ms a document | times as long | program, MB | LibreOffice, MB |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    timed = [(way, samples) for way, samples in good.items() if samples]
    for way, samples in sorted(timed, key=lambda one: -median_ms(one[1])):
        each = median_ms(samples)
        ratio = f"{each / best:.1f}" if best else "–"
        yield (
            f"| {way} | {samples[0].documents:,} | {len(samples)} | {each:.1f} | {ratio} | "
            f"{_peaks(samples)} |"
        )
    for way, samples in ways:
        if not good[way]:
            yield f"| {way} | {samples[-1].note} | | | | | |"


def _alone(part: str, ways: Sequence[tuple[str, list[Sample]]]) -> Iterator[str]:
    """Yield a table of docgen's builds."""
    yield "| build | documents | rounds | seconds | ms a document | program, MB | LibreOffice, MB |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for way, samples in ways:
        good = [one for one in samples if not one.note]
        if not good:
            yield f"| {way} | {samples[-1].note} | | | | | |"
            continue
        each, whole = median_ms(good), good[0].whole
        yield (
            f"| {way} | {whole:,} | {len(good)} | {each * whole / 1000:.1f} | {each:.1f} | "
            f"{_peaks(good)} |"
        )
    if part == "growth":
        yield from _marginal(ways)


def _marginal(ways: Sequence[tuple[str, list[Sample]]]) -> Iterator[str]:
    """Yield the cost of a further document beside that of one in the smallest workload."""
    good = [one for _, samples in ways for one in samples if not one.note]
    if len(good) < 2:
        return
    small = min(good, key=lambda one: one.whole)
    yield ""
    for large in good:
        if large.whole > small.whole:
            further = 1000 * (large.total_s - small.total_s) / (large.whole - small.whole)
            change = 100 * (further / small.each_ms - 1)
            yield f"A further document, {large.way}: {further:.1f} ms ({change:+.0f} %)."


def _peaks(samples: Sequence[Sample]) -> str:
    program, office = (
        max(getattr(one, name) for one in samples) for name in ("program_mb", "office_mb")
    )
    return f"{program:.0f} | {office:.0f}"


def _version(*command: str) -> str:
    """Return the first two words that a program prints, "" when it is not installed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    return " ".join(done.stdout.split()[:2])


def _carbone_version() -> str:
    package = CARBONE / "package.json"
    return str(json.loads(package.read_text("utf-8"))["version"]) if package.exists() else ""
