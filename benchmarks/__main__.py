"""Time docgen against its peers in one run on the same registers.

``python -m benchmarks --only consents,orders --scale 0.05`` is a quick look that writes no page;
a run that was stopped goes on with ``--resume``.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figures, read_figures
from benchmarks.parts import PARTS, Session
from benchmarks.report import PAGE, read_versions, to_tables, write_page
from benchmarks.run_usage import RunError

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
QUICK = HERE / ".peers" / "quick.json"


def main(arguments: Sequence[str]) -> int:
    """Time the parts asked for and print what was found."""
    given = _parse(arguments)
    # What is being timed runs in another session, and has to end with this program.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    names = [name for name in given.only.split(",") if name] or list(PARTS)
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.stderr.write(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}\n")
        return 2
    is_whole = given.scale == 1
    figures = read_figures(given.results or (RESULTS if is_whole else QUICK))
    if not given.report:
        code = _time(names, figures, given)
        if code:
            return code
    sys.stdout.write(to_tables(figures) + "\n")
    if is_whole and given.results is None:
        write_page(figures, PAGE)
    return 0


def _time(names: Sequence[str], figures: Figures, given: argparse.Namespace) -> int:
    """Time the parts one after another; report one that fails, and go on with the others."""
    if not given.resume:
        figures.drop(names)
    figures.versions |= dict.fromkeys(names, read_versions())
    failed = False
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        session = Session(figures, Path(folder), rounds=given.rounds, scale=given.scale)
        for name in names:
            try:
                PARTS[name](session)
            except RunError as error:
                failed = True
                sys.stderr.write(f"{name}: {error}\n")
    return 1 if failed else 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help=f"parts by comma: {', '.join(PARTS)}")
    parser.add_argument("--scale", type=float, default=1.0, help="0.05: a twentieth, no page")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--resume", action="store_true", help="keep what has been timed")
    parser.add_argument("--report", action="store_true", help="only write the page anew")
    parser.add_argument("--results", type=Path, help="other raw figures; no page is written")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
