"""The raw figures of a run; the file is written after each timing, so that a stop loses none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Sample:
    """One timing of one way of making documents.

    ``wall_s`` is of ``documents``, a part of the ``whole`` workload; ``start_s`` of it is needed
    once, however many the documents. ``note`` says why there is no timing.
    """

    part: str
    way: str
    round: int
    documents: int
    whole: int
    wall_s: float = 0.0
    start_s: float = 0.0
    cpu_s: float = 0.0
    program_mb: float = 0.0
    office_mb: float = 0.0
    note: str = ""

    @property
    def total_s(self) -> float:
        """Return how long the whole workload takes, at the pace of the documents timed."""
        return self.start_s + (self.wall_s - self.start_s) * self.whole / self.documents

    @property
    def each_ms(self) -> float:
        """Return milliseconds for one document of the whole workload."""
        return 1000 * self.total_s / self.whole


@dataclass(slots=True)
class Figures:
    """Accumulates samples; ``versions`` says by part what they were taken with."""

    path: Path
    versions: dict[str, str] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)

    def add(self, sample: Sample) -> None:
        """Add a sample in place of one of the same round, and save the file."""
        self.samples = [one for one in self.samples if not _is_same(one, sample)] + [sample]
        self.save()

    def has(self, sample: Sample) -> bool:
        """Return whether this has been timed already."""
        return any(_is_same(one, sample) and not one.note for one in self.samples)

    def drop(self, parts: Iterable[str]) -> None:
        """Remove the samples of parts."""
        self.samples = [one for one in self.samples if one.part not in set(parts)]

    def save(self) -> None:
        """Write the file, which is whole at any moment."""
        data = {
            "versions": self.versions,
            "samples": [
                {
                    name: round(value, 3) if isinstance(value, float) else value
                    for name, value in asdict(one).items()
                }
                for one in self.samples
            ],
        }
        beside = self.path.with_suffix(".tmp")
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        beside.replace(self.path)

    def of(self, part: str) -> Iterator[tuple[str, list[Sample]]]:
        """Yield the ways of a part in the order they were first taken, with their samples."""
        ways = dict.fromkeys(one.way for one in self.samples if one.part == part)
        for way in ways:
            yield way, [one for one in self.samples if one.part == part and one.way == way]


def read_figures(path: Path) -> Figures:
    """Return the figures of a file; none when there is no file."""
    if not path.exists():
        return Figures(path)
    data = json.loads(path.read_text("utf-8"))
    return Figures(path, data["versions"], [Sample(**one) for one in data["samples"]])


def median_ms(samples: Iterable[Sample]) -> float:
    """Return the median of milliseconds a document, which a busy moment moves little."""
    return median(one.each_ms for one in samples)


def _is_same(one: Sample, other: Sample) -> bool:
    return (one.part, one.way, one.round, one.whole) == (
        other.part,
        other.way,
        other.round,
        other.whole,
    )
