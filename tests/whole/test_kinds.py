"""Every shipped kind, template and block says what its golden text says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import pipeline
from docgen.ooxml.docx_text import text_of
from docgen.ooxml.zip_parts import read_parts
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.shipped import KINDS, ROOT, WORKSPACES, one_of, prepared, rendered

TEMPLATES = sorted((ROOT / "templates_docx").rglob("*.docx"))


def as_text(docx: bytes | Path) -> str:
    return (
        "\n".join(line.replace("\u00a0", "°").replace("\u2011", "¬") for line in text_of(docx))
        + "\n"
    )


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
    checked = pipeline.check_workspace(pipeline.Site(ROOT / "registers" / name, ROOT))

    assert [str(problem) for problem in checked.problems if problem.is_error] == []
    assert checked.exit_code == 0


def test_no_template_holds_a_date_an_author_or_a_machine() -> None:
    for document in rendered("school").values():
        parts = read_parts(document.docx)
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
