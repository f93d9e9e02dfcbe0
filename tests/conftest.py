"""What all tests share: the checkout's folders, the golden files, one build of the examples."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time: a test that fails sometimes tells nobody anything.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
WORKSPACES = ("belgorod", "derbent", "ivanteevka", "kameshkovo", "pervouralsk", "school")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


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
