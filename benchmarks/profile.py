"""Where a build's time goes, stage by stage: ``python -m benchmarks.profile WORKSPACE``.

The build has one job, so that all of it is in this process and in one LibreOffice, for which this
one waits. Every few milliseconds the stack is looked at and the processor time is read. The floor
is what LibreOffice needs for a further page of the most frequent document, its body repeated in
one file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from lxml import etree

from benchmarks.peer_templates import BODY
from benchmarks.reference import read_documents
from benchmarks.run_usage import Usage, run
from docgen.__main__ import main as run_docgen

INTERVAL_S = 0.004
FLOOR_DOCUMENTS = 100
FLOOR_TIMEOUT_S = 600
IMPORTS, ELSEWHERE = "imports", "elsewhere"
# The first that fits the innermost module of docgen; modules of no stage pass on to their caller.
STAGES = (
    ("docgen.batches.cut", "cutting"),
    ("docgen.batches.sample_lines", "reusing layout"),
    ("docgen.batches.references", "reusing layout"),
    ("docgen.batches.samples", "reusing layout"),
    ("docgen.batches.rounds", "reusing layout"),
    ("docgen.batches.cache", "reusing layout"),
    ("docgen.pages.page_prints", "reading back"),
    ("docgen.pdf.pdf_files", "reading back"),
    ("docgen.batches.compose", "composing"),
    ("docgen.batches.members", "composing"),
    ("docgen.pdf", "LibreOffice"),
    ("docgen.packet", "packets"),
    ("docgen.pipeline.products.packet_files", "packets"),
    ("docgen.pipeline.output.ledger", "ledger"),
    ("docgen.pipeline.output.manifest", "ledger"),
    ("docgen.pipeline.output.document_files", "writing"),
    ("docgen.registers", "reading"),
    ("docgen.records", "reading"),
    ("docgen.catalogue", "reading"),
    ("docgen.pipeline.workspace.prepare", "reading"),
    ("docgen.plan", "planning"),
    ("docgen.documents", "rendering"),
    ("docgen.wording", "rendering"),
    ("docgen.russian", "rendering"),
    ("docgen.ooxml", "rendering"),
    ("docgen.pipeline.workspace.render", "rendering"),
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(slots=True)
class StageTimes:
    """Accumulates seconds by stage and by module."""

    cpu_s: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    wall_s: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    modules_s: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))


class Sampler(threading.Thread):
    """Looks at the stacks of all other threads until it is stopped."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.spent = StageTimes()
        self._done = threading.Event()
        self._clocks: dict[int, float] = {}
        self._main = threading.main_thread().ident

    def run(self) -> None:
        """Look and wait in turns."""
        before = time.perf_counter()
        while not self._done.wait(INTERVAL_S):
            now = time.perf_counter()
            self._look(now - before)
            before = now

    def stop(self) -> StageTimes:
        """End, and return the times."""
        self._done.set()
        self.join()
        return self.spent

    def _look(self, passed_s: float) -> None:
        for ident, frame in sys._current_frames().items():  # noqa: SLF001 - there is no other way
            if ident == self.ident:
                continue
            stage, module = stage_of(frame)
            used_s = self._worked_s(ident)
            self.spent.cpu_s[stage] += used_s
            self.spent.modules_s[module] += used_s
            if ident == self._main:
                self.spent.wall_s[stage] += passed_s

    def _worked_s(self, ident: int) -> float:
        """Return the processor seconds of a thread since the last look."""
        try:
            now = time.clock_gettime(time.pthread_getcpuclockid(ident))
        except OSError:
            return 0.0
        used_s = now - self._clocks.get(ident, 0.0)
        self._clocks[ident] = now
        return max(used_s, 0.0)


def stage_of(frame: FrameType | None) -> tuple[str, str]:
    """Return the stage of a stack and the innermost module of docgen in it."""
    innermost = ""
    for name in _modules(frame):
        if name.startswith("importlib."):
            return IMPORTS, IMPORTS
        if name.startswith("docgen."):
            innermost = innermost or name
            for prefix, stage in STAGES:
                if name == prefix or name.startswith(f"{prefix}."):
                    return stage, innermost
    return ELSEWHERE, innermost or ELSEWHERE


def _modules(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield str(frame.f_globals.get("__name__", ""))
        frame = frame.f_back


@dataclass(frozen=True, slots=True)
class Floor:
    """What a further page of a kind costs one LibreOffice, in milliseconds."""

    kind: str
    wall_ms: float
    cpu_ms: float


def measure_floor(output: Path) -> Floor:
    """Return what a further page of the most frequent kind costs."""
    documents = read_documents(output)
    kind = Counter(one["kind"] for one in documents).most_common(1)[0][0]
    model = next(one for one in documents if one["kind"] == kind)
    with tempfile.TemporaryDirectory(prefix="bench-floor-") as name:
        folder = Path(name)
        once, twice = (
            _convert(_repeat(output / model["docx"], folder, times), folder)
            for times in (FLOOR_DOCUMENTS, 2 * FLOOR_DOCUMENTS)
        )
    pages = FLOOR_DOCUMENTS * int(model["pages"])
    return Floor(
        kind,
        1000 * (twice.wall_s - once.wall_s) / pages,
        1000 * (twice.cpu_s - once.cpu_s) / pages,
    )


def _repeat(docx: Path, folder: Path, times: int) -> Path:
    """Write a document with the body of the given one ``times`` times, each on a new page."""
    with zipfile.ZipFile(docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts[BODY])
    body = root[0]
    model = [element for element in body if element.tag != f"{_W}sectPr"]
    for _ in range(times - 1):
        for place, element in enumerate(deepcopy(model)):
            if place == 0:
                body.insert(len(body) - 1, _page_break())
            body.insert(len(body) - 1, element)
    parts[BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    target = folder / f"{times}.docx"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target


def _page_break() -> etree._Element:
    text = f'<w:p xmlns:w="{_W[1:-1]}"><w:r><w:br w:type="page"/></w:r></w:p>'
    return etree.fromstring(text)


def _convert(docx: Path, folder: Path) -> Usage:
    """Return what LibreOffice takes, the cheaper of two runs: the first makes its profile."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(docx)]
    return min((run(command, timeout_s=FLOOR_TIMEOUT_S) for _ in range(2)), key=_cpu_of)


def _cpu_of(used: Usage) -> float:
    return used.cpu_s


def _print_times(spent: StageTimes, wall_s: float, pages: int) -> None:
    longest = sorted(spent.modules_s.items(), key=lambda one: -one[1])
    lines = [f"{'stage':<14}{'CPU, s':>9}{'wall, s':>9}{'wall, %':>9}"]
    for stage in sorted({*spent.cpu_s, *spent.wall_s}, key=lambda one: -spent.wall_s[one]):
        share = 100 * spent.wall_s[stage] / wall_s
        lines.append(
            f"{stage:<14}{spent.cpu_s[stage]:>9.2f}{spent.wall_s[stage]:>9.2f}{share:>9.1f}"
        )
    lines += [
        f"{'all':<14}{sum(spent.cpu_s.values()):>9.2f}{wall_s:>9.2f}",
        f"pages: {pages}",
        "",
        *(f"{module:<40}{used:>8.2f}" for module, used in longest[:20]),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def main(arguments: Sequence[str]) -> int:
    """Build workspaces into an empty folder and print where the time went."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("workspace", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-profile-") as name:
        folders = [str(folder.resolve()) for folder in given.workspace]
        sampler = Sampler()
        started = time.perf_counter()
        sampler.start()
        code = run_docgen(["build", *folders, "--out", name, "--jobs", "1"])
        wall_s = time.perf_counter() - started
        spent = sampler.stop()
        outputs = [Path(name) / Path(folder).name for folder in folders]
        made = [one for output in outputs for one in read_documents(output)]
        pages = sum(int(one["pages"]) for one in made)
        _print_times(spent, wall_s, pages)
        floor = measure_floor(outputs[0])
    sys.stdout.write(
        f"\nfloor, a further page of «{floor.kind}» in one LibreOffice: "
        f"{floor.cpu_ms:.2f} ms CPU, {floor.wall_ms:.2f} ms wall\n"
        f"the build with one job, a page: {1000 * wall_s / pages:.2f} ms\n"
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
