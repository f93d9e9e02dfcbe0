"""What all tests share: the checkout's folders, the golden files, one build of the examples."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from coverage import Coverage
from hypothesis import settings

# The same examples every time: a test that fails sometimes tells nobody anything.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
WORKSPACES = ("belgorod", "derbent", "ivanteevka", "kameshkovo", "pervouralsk", "school")

FOLLOWED_CASES: Final = 1
"""So many cases of each test are followed for coverage, which doubles the time that they take.

What is said of coverage is what these few reach; the others can only add to it.
"""
FOLLOWED_BUILDS: Final = 1
"""So many tests of a module that need LibreOffice are followed: they go through everything."""
UNFOLLOWED: Final = tuple(
    f"tests/{name}" for name in ("papers/", "trust/", "whole/", "year/", "test_benchmarks.py")
)
"""These go through the whole program at length, and to few lines that tests beside them do not."""
_CHILDREN: Final = "COVERAGE_PROCESS_CONFIG"
_IS_FOLLOWED: Final = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )
    parser.addoption(
        "--follow-all", action="store_true", help="follow all cases of each test for coverage"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose the cases that are followed for coverage: neither samples of trust nor most builds."""
    cases: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        module = test.partition("::")[0]
        cases[test] += 1
        is_build = item.get_closest_marker("office") is not None
        cases[module] += is_build
        item.stash[_IS_FOLLOWED] = bool(config.getoption("--follow-all")) or (
            cases[test] <= FOLLOWED_CASES
            and not module.startswith(UNFOLLOWED)
            and not (is_build and cases[module] > FOLLOWED_BUILDS)
            and item.get_closest_marker("trust") is None
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Follow a case, or run it and the processes that it starts at full speed."""
    measure = Coverage.current()
    if measure is None or item.stash[_IS_FOLLOWED]:
        return (yield)
    measure.stop()
    config = os.environ.pop(_CHILDREN, None)
    try:
        return (yield)
    finally:
        if config is not None:
            os.environ[_CHILDREN] = config
        measure.start()


@pytest.fixture(scope="session", autouse=True)
def one_office() -> Iterator[None]:
    """Let a build in this process run one LibreOffice, as on one core, if not asked for more.

    Other workers of pytest use the other cores, and a second office costs a small build more than
    its papers do. What a build leaves does not depend on how many run (``tests/pdf``).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        yield


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of all shipped workspaces and of the eventful school, only to be read."""
    # Its schools are made of schemas, which tests of single words need not load.
    from tests.support.example_builds import build_examples

    return build_examples(tmp_path_factory)


@pytest.fixture(autouse=True)
def promise(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    """Note for the figures of `make trust` which promise a test tries, and how often."""
    marker = request.node.get_closest_marker("trust")
    if marker is not None:
        record_property("promise", marker.args[0])
        record_property("tries", marker.kwargs["tries"])


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``tests/golden/<name>.txt``; ``--update-golden`` writes it."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / f"{name}.txt"
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            return
        wanted = path.read_text("utf-8") if path.is_file() else ""
        lines = difflib.unified_diff(
            wanted.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1
        )
        assert text == wanted, "\n".join(lines)

    return compare
