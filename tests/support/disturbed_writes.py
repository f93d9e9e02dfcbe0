"""Disturbs a docgen that writes: kills it before one of its writes, or has the disk refuse one.

A process of its own: it forks one that works, and kills itself with SIGKILL, or is refused, at the
nth change of the disk. Then the work is done again, and everything is held to what it gives
undisturbed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docgen.archive import ARCHIVE, read_archive
from tests.support.signed_school import edit_book, leave_first_archive
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import build_signed, make_root, make_school, run, sign_orders

_WRITES: Final = frozenset(
    {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.link", "os.truncate"}
)
_FLAGS: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NO_PDF: Final = "--no-pdf"
REFUSALS: Final = (errno.ENOSPC, errno.EIO, errno.EACCES)
"""How a disk refuses: it is full, it is broken, it lets nobody in."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a process is killed at: how the school is made ready, what is run then."""

    prepare: Callable[[Path], Path]
    command: Callable[[Path], tuple[object, ...]]


def _build(school: Path) -> tuple[object, ...]:
    return ("build", school, NO_PDF)


def _signed(root: Path) -> Path:
    return build_signed(root, NO_PDF)


def _newly_signed(root: Path) -> Path:
    assert run(*_build(make_school(root))) == 0
    return make_school(root, sign_orders)


def _scanned(root: Path) -> Path:
    school = _signed(root)
    write_small_pdf(school / "скан.pdf", ["скан"])

    def change(sheet: Any) -> None:
        sheet["H1"].value, sheet["H3"].value = "Скан", "скан.pdf"

    edit_book(school, "Приказы", change)
    return school


def _moved_on(root: Path) -> Path:
    school = _signed(root)

    def change(sheet: Any) -> None:
        sheet["G2"].value = sheet["G3"].value = "утратил силу"

    edit_book(school, "Приказы", change)
    return school


def _damaged(root: Path) -> Path:
    school = _signed(root)
    first, second, *_ = sorted((school / ARCHIVE).glob("*/запись.json"))
    shutil.rmtree(first.parent)
    second.write_bytes(b"")
    min((school / ARCHIVE / "журнал").iterdir()).unlink()
    return school


def _of_first_docgen(root: Path) -> Path:
    school = _signed(root)
    leave_first_archive(school)
    (root / "output" / school.name / "ledger.sqlite").unlink()
    return school


WORKS: Final = {
    "building": Work(make_school, _build),
    "signing": Work(_newly_signed, _build),
    "a scan": Work(_scanned, _build),
    "a state": Work(_moved_on, _build),
    "healing": Work(_damaged, _build),
    "taking in": Work(_of_first_docgen, _build),
    "unsigning": Work(
        _signed, lambda school: ("unsign", "О парах", "--reason", "по ошибке", school)
    ),
}


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


@dataclass(frozen=True, slots=True)
class Child:
    """How a disturbed process ended: its exit code, None when it was killed; its writes."""

    code: int | None
    writes: int


def _in_child(work: Work, school: Path, at: int, refusal: int = 0) -> Child:
    """Run a work in a process that is killed at its nth write, or refused it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        count = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            is_open = event == "open" and isinstance(arguments[2], int) and arguments[2] & _FLAGS
            if (is_open or event in _WRITES) and str(school.parents[1]) in str(arguments[0]):
                count += 1
                if count == at and refusal:
                    raise OSError(refusal, os.strerror(refusal), str(arguments[0]))
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        with _silence():
            code = run(*work.command(school))
        os.write(writing, f"{code} {count}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        made = answer.read()
    os.waitpid(child, 0)
    if not made:
        return Child(None, 0)
    ended, _, counted = made.partition(" ")
    return Child(int(ended), int(counted))


def _outcome(school: Path) -> dict[str, str]:
    """Return what stands in the archive and in the output, ids aside."""
    found = {
        f"{paper.record.title}/{name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for paper in read_archive(school).papers
        for name, path in paper.sources.items()
    }
    output = school.parents[1] / "output" / school.name
    for path in output.rglob("documents/**/*.docx"):
        found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _faults(school: Path) -> list[str]:
    """Return what is not whole in an archive."""
    archive = read_archive(school)
    numbers = sorted(event.n for event in archive.journal.events.values())
    seen = {
        "lost": archive.lost,
        "unreadable": archive.unreadable,
        "unfinished": archive.unfinished,
        "missing events": archive.journal.missing,
        "faulty": [paper for paper in archive.papers if paper.faults or paper.is_record_changed],
        "parted": archive.journal.heads[1:],
        "numbers": numbers != [*range(1, len(numbers) + 1)],
    }
    seen["leftovers"] = [*school.parents[1].rglob("*.tmp"), *school.rglob("*.new")]
    return [name for name, found in seen.items() if found]


def disturb(folder: Path, times: int, seed: int, *, is_killed: bool) -> dict[str, Any]:
    """Disturb works at so many points; return how often it was done and what was wrong after."""
    moments = random.Random(seed)
    wrong: list[str] = []
    done = 0
    for name, work in WORKS.items():
        place = folder / name
        place.mkdir()
        with _silence():
            school = work.prepare(make_root(place))
        inside = school.relative_to(place)
        calm = folder / f"{name} calm"
        shutil.copytree(place, calm)
        writes = _in_child(work, calm / inside, 0).writes
        with _silence():
            run(*_build(calm / inside))
        expected = _outcome(calm / inside)
        for at in sorted(moments.choices(range(1, writes + 1), k=-(-times // len(WORKS)))):
            disturbed = folder / "disturbed"
            shutil.copytree(place, disturbed)
            refusal = 0 if is_killed else moments.choice(REFUSALS)
            ended = _in_child(work, disturbed / inside, at, refusal)
            found = _of_ending(ended, _outcome(disturbed / inside) == expected, refusal)
            found += _after(work, disturbed / inside, expected)
            wrong += [f"{name}, write {at} of {writes}, {refusal}: {one}" for one in found]
            done += 1
            shutil.rmtree(disturbed)
    return {"tries": done, "wrong": wrong}


def _of_ending(ended: Child, is_whole: bool, refusal: int) -> list[str]:
    if not refusal:
        return [] if ended.code is None else ["it was not killed"]
    if ended.code == 1:
        return ["a bug"]
    return ["a false success"] if ended.code == 0 and not is_whole else []


def _after(work: Work, school: Path, expected: dict[str, str]) -> list[str]:
    with _silence():
        run(*work.command(school))
        code = run(*_build(school))
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        again = run(*_build(school))
    found = _faults(school)
    if _outcome(school) != expected:
        found.append("another outcome")
    if code != again or (code == 0 and "изменений нет" not in said.getvalue()):
        found.append(f"the second build: {code} {again} {said.getvalue()}")
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        answer = disturb(
            Path(made), int(sys.argv[2]), int(sys.argv[3]), is_killed=sys.argv[1] == "kill"
        )
        sys.stdout.write(json.dumps(answer, ensure_ascii=False))
