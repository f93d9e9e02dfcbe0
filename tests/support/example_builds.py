"""The shipped workspaces and the eventful school, built once for all tests and workers of a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

from tests.support.eventful_school import eventful_school
from tests.support.shipped import ROOT, WORKSPACES

OPTIONS: Final = ("--fields", "--pdfa", "1a")
"""With these the six workspaces are built: papers, packets, originals, papers for personnel."""
ALIKE: Final = 2
"""So many papers of a kind stand for all of it where each takes time."""


def build_examples(factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the output of each workspace, in which no test may change anything.

    Whoever asks first builds it; coverage does not follow, since tests beside the code do.
    """
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out, is_built = shared / "examples", shared / "examples.built"
    with FileLock(shared / "examples.lock"):
        if not is_built.exists():
            _build(out, *OPTIONS, *(str(ROOT / "registers" / name) for name in WORKSPACES))
            _build(out, "--fields", str(eventful_school()))
            is_built.touch()
    return out


def _build(out: Path, *words: str) -> None:
    command = [sys.executable, "-m", "docgen", "build", "--root", str(ROOT), "--out", str(out)]
    environment = {
        name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"
    }
    made = subprocess.run(
        [*command, *words], env=environment, cwd=ROOT, text=True, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr


def manifest_of(output: Path) -> Any:
    """Return what the manifest of an output folder says."""
    return json.loads((output / "manifest.json").read_text("utf-8"))


def samples_of(papers: Sequence[Any]) -> Iterator[Any]:
    """Yield of the papers of a manifest the first two of each kind, filled and blank."""
    counts: dict[tuple[str, bool], int] = {}
    for paper in papers:
        key = paper["kind"], "бланк" in paper["docx"]
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= ALIKE:
            yield paper
