"""Every shipped kind, template and block says what its golden text says."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import build, ooxml
from docgen.build.rendering import Rendered, render
from docgen.build.running import Wish, make_plan
from docgen.build.workspaces import Prepared, prepare

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates_docx").rglob("*.docx"))
KINDS = sorted(path.stem for path in (ROOT / "templates_docx").glob("*.toml"))
WORKSPACES = ("belgorod", "derbent", "ivanteevka", "kameshkovo", "pervouralsk", "school")


@functools.cache
def prepared(name: str) -> Prepared:
    return prepare(ROOT / "registers" / name, ROOT)


@functools.cache
def rendered(name: str) -> dict[str, Rendered]:
    """Return every document of a workspace by key."""
    found = {}
    for plan in make_plan(prepared(name), Wish()).documents:
        outcome = render(plan, prepared(name))
        assert isinstance(outcome, Rendered), outcome
        found[plan.key] = outcome
    return found


def as_text(docx: bytes | Path) -> str:
    return "\n".join(line.replace("\u00a0", "°") for line in ooxml.text_of(docx)) + "\n"


def one_of(kind: str, *, blank: bool = False) -> tuple[str, Rendered]:
    """Return the first document of a kind, from the school if it makes one, else a blank form."""
    for is_blank in dict.fromkeys((blank, True)):
        for name in ("school", *WORKSPACES):
            for document in rendered(name).values():
                if document.plan.kind.name == kind and document.plan.is_blank_form == is_blank:
                    return name, document
    raise AssertionError(kind)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_the_text_of_a_template_is_golden(path: Path, golden: Callable[[str, str], None]) -> None:
    golden(f"templates/{path.parent.name}-{path.stem}", as_text(path))


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_of_each_kind_is_golden(kind: str, golden: Callable[[str, str], None]) -> None:
    _, document = one_of(kind)
    golden(f"kinds/{kind}", as_text(document.docx))


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if prepared("school").kinds[kind].has_blank_form]
)
def test_a_blank_form_of_each_consent_is_golden(
    kind: str, golden: Callable[[str, str], None]
) -> None:
    _, document = one_of(kind, blank=True)
    golden(f"blank/{kind}", as_text(document.docx))


@pytest.mark.parametrize("name", WORKSPACES[:-1])
def test_every_paper_of_a_municipal_order_is_golden(
    name: str, golden: Callable[[str, str], None]
) -> None:
    for number, document in enumerate(rendered(name).values(), start=1):
        golden(f"{name}/{number}", as_text(document.docx))


@pytest.mark.parametrize("name", WORKSPACES)
def test_the_six_workspaces_have_no_errors(name: str) -> None:
    checked = build.check_workspace(build.Site(ROOT / "registers" / name, ROOT))

    assert [str(problem) for problem in checked.problems if problem.is_error] == []
    assert checked.exit_code == 0


def test_no_template_holds_a_date_an_author_or_a_machine() -> None:
    for document in rendered("school").values():
        parts = ooxml.read_parts(document.docx)
        core = parts["docProps/core.xml"].decode()
        assert "creator" not in core
        assert "created" not in core
        assert document.plan.title.replace("&", "&amp;") in core


def test_rendering_twice_gives_the_same_bytes() -> None:
    document = next(iter(rendered("derbent").values()))

    again = render(document.plan, prepared("derbent"))

    assert isinstance(again, Rendered)
    assert again.docx == document.docx


def test_a_blank_form_is_made_on_request_where_nobody_keeps_pairs() -> None:
    kind = "согласие_на_наставничество"
    usual = make_plan(prepared("belgorod"), Wish()).documents
    asked = make_plan(prepared("belgorod"), Wish(blank=kind)).documents

    assert not any(plan.is_blank_form for plan in usual)
    assert [plan.kind.name for plan in asked if plan.is_blank_form] == [kind]
