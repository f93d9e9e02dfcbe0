"""The school's year, played once for all tests of a run, and a way to put faults into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docgen.problem_codes import ExitCode
from tests.support.book_changes import Change
from tests.support.typed_books import TypedBook
from tests.support.year_months import MONTHS, play
from tests.support.year_school import Clerk

PutIn = Callable[[str, Change], list[str]]


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the clerk's folder of each month."""
    return play(tmp_path_factory.mktemp("год"))


@pytest.fixture(scope="session")
def usual(year: dict[str, Path]) -> Callable[[str], Counter[str]]:
    """Return the remarks of a month as the clerk left it."""
    known: dict[str, Counter[str]] = {}

    def remarks_of(month: str) -> Counter[str]:
        if month not in known:
            clerk = Clerk(year[month])
            book = TypedBook(clerk.workspace)
            problems = clerk.check(MONTHS[month].on).problems
            known[month] = Counter(book.remark(one) for one in problems)
        return known[month]

    return remarks_of


@contextmanager
def restored(folder: Path) -> Iterator[None]:
    """Put the books of a folder back as they were: to copy a year for each fault is slow."""
    kept = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    try:
        yield
    finally:
        for path in folder.iterdir():
            if path.is_file() and path not in kept:
                path.unlink()
        for path, data in kept.items():
            path.write_bytes(data)


@pytest.fixture
def put_in(year: dict[str, Path], usual: Callable[[str], Counter[str]]) -> PutIn:
    """Return a way to change a month's book, which returns what is said besides the usual."""

    def changed(month: str, change: Change) -> list[str]:
        clerk = Clerk(year[month])
        expected = usual(month)
        with restored(clerk.workspace):
            book = TypedBook(clerk.workspace)
            change(book)
            book.save()
            found = clerk.check(MONTHS[month].on)
        remarks = Counter(book.remark(one) for one in found.problems)
        is_stopped = any(one.is_error for one in found.problems)
        assert (found.exit_code != ExitCode.DONE) == is_stopped
        return sorted((remarks - expected).elements())

    return changed
