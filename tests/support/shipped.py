"""The shipped kinds and workspaces: every document rendered once for all tests of a run."""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docgen.ooxml.zip_parts import read_parts
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.eventful_school import eventful_school

ROOT = Path(__file__).parents[2]
KINDS = sorted(path.stem for path in (ROOT / "templates_docx").glob("*.toml"))
EVENTFUL = "eventful"
WORKSPACES = ("belgorod", "derbent", "ivanteevka", "kameshkovo", "pervouralsk", "school")
"""The shipped workspaces; kinds that none of them makes come from ``EVENTFUL``, made by tests."""


def ready_at(folder: Path) -> Ready:
    """Return a workspace that is expected to be ready."""
    ready = prepare(folder, ROOT)
    assert isinstance(ready, Ready), ready.problems
    return ready


@functools.cache
def prepared(name: str) -> Ready:
    return ready_at(eventful_school() if name == EVENTFUL else ROOT / "registers" / name)


@functools.cache
def rendered(name: str) -> dict[str, Rendered]:
    """Return every document of a workspace by key."""
    found = {}
    for plan in make_plan(prepared(name), Wish()).documents:
        outcome = render(plan, prepared(name))
        assert isinstance(outcome, Rendered), outcome
        found[plan.key] = outcome
    return found


def one_of(kind: str, *, blank: bool = False, by: str = "school") -> tuple[str, Rendered]:
    """Return the first document of a kind, of workspace ``by`` if it makes one, else a form."""
    for is_blank in dict.fromkeys((blank, True)):
        for name in (by, *WORKSPACES, EVENTFUL):
            for document in rendered(name).values():
                if document.plan.kind.name == kind and document.plan.is_blank_form == is_blank:
                    return name, document
    raise AssertionError(kind)


def changed(docx: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a .docx with one part written anew."""
    parts = read_parts(docx)
    before = parts[part].decode()
    after = change(before)
    assert after != before
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, after.encode() if name == part else data)
    return stream.getvalue()
