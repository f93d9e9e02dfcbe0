"""The whole run: what is made, what is kept, what is history, what was changed and why."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from docgen import pages
from docgen.files import folder_lock
from docgen.pipeline.output import ledger as ledgers
from docgen.pipeline.output import store
from docgen.pipeline.run import one_workspace
from tests.support.builders import write_text
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import (
    BOOK,
    Sheets,
    build_signed,
    files_below,
    made,
    make_root,
    make_school,
    put,
    run,
    sign_orders,
    text_of,
)

PAIRS = "Приказ № 163-од от 11.09.2026"
ORDER = "Приказ № 147-од от 01.09.2026"
Plan = Callable[..., dict[str, Any]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def school(root: Path) -> Path:
    return make_school(root)


@pytest.fixture
def plan(capsys: pytest.CaptureFixture[str]) -> Plan:
    """Return what ``plan --json`` says."""

    def ask(*arguments: object) -> dict[str, Any]:
        capsys.readouterr()
        assert run("plan", "--json", *arguments) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return ask


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def build(school: Path, *options: object) -> int:
    return run("build", school, "--no-pdf", *options)


def paper(school: Path, stem: str, suffix: str = ".docx") -> Path:
    """Return the finished file of that name."""
    (found,) = [path for path in made(output_of(school), suffix) if path.stem == stem]
    return found


def edit(docx: Path, text: str) -> bytes:
    """Add a paragraph to a finished document, as a person in Word would; return its new bytes."""
    document = Document(str(docx))
    document.add_paragraph(text)
    document.save(str(docx))
    return docx.read_bytes()


def state_of(planned: dict[str, Any], stem: str) -> str:
    (found,) = [one["state"] for one in planned["documents"] if stem in one["output"]]
    return str(found)


# --- like make -------------------------------------------------------------------------------


def test_a_second_build_does_nothing_and_says_so(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    before = {path: path.stat().st_mtime_ns for path in output_of(school).rglob("*.*")}
    capsys.readouterr()
    start = time.monotonic()
    assert build(school) == 0
    assert time.monotonic() - start < 2
    assert "изменений нет" in capsys.readouterr().out
    after = {path: path.stat().st_mtime_ns for path in output_of(school).rglob("*.*")}
    assert {path for path in before if before[path] != after[path]} <= {
        output_of(school) / ".docgen.lock"
    }


def test_one_changed_cell_makes_only_the_documents_that_read_it(school: Path) -> None:
    assert build(school) == 0
    before = files_below(output_of(school) / "documents")
    put(school, "Пары", "D2", "наставничество молодого учителя")
    assert build(school) == 0
    after = files_below(output_of(school) / "documents")
    changed = {name for name in before if before[name] != after[name]}
    assert {Path(name).stem for name in changed} == {
        PAIRS,
        "Кузнецов Денис Олегович – наставляемый (Петрова А.С.)",
        "Петрова Анна Сергеевна – наставник (Кузнецов Д.О.)",
    }


def test_explain_names_the_changed_cell(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(school) == 0
    order = paper(school, PAIRS)
    capsys.readouterr()
    assert run("explain", order) == 0
    shown = capsys.readouterr().out
    assert "Состояние: собран, изменений нет." in shown
    assert f"registers/школа/{BOOK}, лист «Пары», ячейка D2" in shown
    put(school, "Пары", "D2", "другая цель")
    assert run("explain", order) == 0
    shown = capsys.readouterr().out
    assert f"изменилось: registers/школа/{BOOK}, лист «Пары», ячейка D2" in shown


def test_explain_refuses_what_docgen_did_not_make(school: Path) -> None:
    assert run("explain", school / BOOK) == 2
    assert build(school) == 0
    assert run("explain", write_text(output_of(school) / "documents" / "чужой.docx", "x")) == 2


def test_plan_tells_states_and_reasons(school: Path, plan: Plan) -> None:
    planned = plan(school)
    assert {one["state"] for one in planned["documents"]} == {"new"}
    keys = {"kind", "catalogue", "key", "title", "output", "state", "reasons"}
    assert all(set(one) == keys for one in planned["documents"])
    assert all(set(one) == {"name", "contents"} for one in planned["packets"])
    assert not output_of(school).exists(), "plan makes nothing"
    assert build(school) == 0
    assert {one["state"] for one in plan(school)["documents"]} == {"up to date"}
    put(school, "Пары", "D2", "другая цель")
    edit(paper(school, ORDER), "от руки")
    planned = plan(school)
    assert state_of(planned, PAIRS) == "stale"
    assert state_of(planned, ORDER) == "edited"
    (stale,) = [one for one in planned["documents"] if PAIRS in one["output"]]
    assert any("ячейка D2" in reason for reason in stale["reasons"])


def test_a_removed_row_takes_its_documents_away_but_not_an_edited_one(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    mentor = "Петрова Анна Сергеевна – наставник (Кузнецов Д.О.)"
    kept = edit(paper(school, mentor), "дописано от руки")
    for column in "ABCDEFG":
        put(school, "Пары", f"{column}2", None)
    # An order about pairs without any would be left out.
    put(school, "Приказы", "G3", "аннулирован")
    capsys.readouterr()
    assert build(school) == 0
    names = {path.stem for path in made(output_of(school))}
    assert "Кузнецов Денис Олегович – наставляемый (Петрова А.С.)" not in names
    assert paper(school, mentor).read_bytes() == kept
    assert "оставлен" in capsys.readouterr().err


def test_a_renamed_order_leaves_nothing_of_its_old_folder(school: Path) -> None:
    assert build(school) == 0
    put(school, "Приказы", "B2", "200")
    assert build(school) == 0
    names = {path.stem for path in made(output_of(school))}
    assert ORDER not in names
    assert "Приказ № 200 от 01.09.2026" in names


def test_nothing_is_written_into_the_workspace_or_the_root(root: Path, school: Path) -> None:
    before = files_below(root)
    for command in (["check"], ["plan"], ["build", "--no-pdf"]):
        assert run(*command, school) == 0
    after = files_below(root)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("output/") for name in after.keys() - before.keys())


def test_the_ledger_and_the_manifest_hold_no_value_of_a_personal_column(school: Path) -> None:
    def add_passport(sheets: Sheets) -> None:
        sheets["Сотрудники"][0].append("Паспорт")
        for row in sheets["Сотрудники"][1:]:
            row.append("4509 123456")

    make_school(school.parents[1], add_passport)
    assert build(school) == 0
    assert "123456" not in (output_of(school) / "manifest.json").read_text("utf-8")
    ledger = output_of(school) / ledgers.LEDGER_NAME
    assert b"123456" not in ledger.read_bytes()
    reads = [entry.seen() for entry in ledgers.read_ledger(output_of(school)).documents.values()]
    assert any(reads)
    assert "123456" not in repr(reads)


# --- what a person did -----------------------------------------------------------------------


def test_a_hand_edited_document_is_kept_until_the_edit_is_dropped(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    mine = edit(paper(school, ORDER), "дописано от руки")
    put(school, "Пункты", "C2", "Утвердить другую дорожную карту")
    for _ in range(3):
        capsys.readouterr()
        assert build(school) == 0
        assert paper(school, ORDER).read_bytes() == mine
        shown = capsys.readouterr().err
        assert "исправлен вручную" in shown
        assert f'--redo "{ORDER}.docx"' in shown
    assert build(school, "--redo", f"{ORDER}.docx") == 0
    assert "другую дорожную карту" in text_of(paper(school, ORDER))
    assert "дописано от руки" not in text_of(paper(school, ORDER))
    capsys.readouterr()
    assert build(school) == 0
    assert "изменений нет" in capsys.readouterr().out


def test_redo_takes_a_path_as_typed_an_absolute_one_or_a_name(
    root: Path, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(school) == 0
    clean = paper(school, ORDER).read_bytes()
    monkeypatch.chdir(root)
    relative = paper(school, ORDER).relative_to(root)
    for typed in (relative, paper(school, ORDER), f"О внедрении/{ORDER}.docx", f"{ORDER}.docx"):
        edit(paper(school, ORDER), "от руки")
        assert build(school, "--redo", typed) == 0
        assert paper(school, ORDER).read_bytes() == clean, typed


def test_redo_of_no_file_or_of_two_is_refused(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    assert build(school, "--redo", "нет такого.docx") == 2
    assert "среди готовых файлов нет" in capsys.readouterr().err
    other = output_of(school) / "documents" / "О парах" / f"{ORDER}.docx"
    shutil.copy(paper(school, ORDER), other)
    assert build(school, "--redo", f"{ORDER}.docx") == 2
    assert "несколько" in capsys.readouterr().err


def test_an_edit_survives_runs_for_other_kinds_and_years(school: Path) -> None:
    assert build(school) == 0
    mine = edit(paper(school, ORDER), "от руки")
    put(school, "Пункты", "C2", "Утвердить новое")
    assert build(school, "--only", "приказ_о_парах") == 0
    assert build(school, "--year", "2025/2026") == 0
    assert build(school, "--blank", "согласие_на_наставничество") == 0
    assert build(school) == 0
    assert paper(school, ORDER).read_bytes() == mine


def test_what_a_killed_build_wrote_is_not_taken_for_an_edit(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    first = ledgers.read_ledger(output_of(school))
    put(school, "Пары", "D2", "вторая цель")
    assert build(school) == 0
    killed = ledgers.read_ledger(output_of(school))
    # A kill between writing a document and the ledger leaves the old ledger with its intentions.
    first.pending.become(
        {entry.docx: killed.outputs[entry.docx].sha256 for entry in killed.documents.values()}
    )
    first.is_complete = False
    (output_of(school) / ledgers.LEDGER_NAME).unlink()
    ledgers.write_ledger(output_of(school), first)
    (output_of(school) / ".docgen-killed.tmp").mkdir()
    put(school, "Пары", "D2", "третья цель")
    capsys.readouterr()
    assert build(school) == 0
    assert capsys.readouterr().err == ""
    assert "третья цель" in text_of(paper(school, PAIRS))
    assert not (output_of(school) / ".docgen-killed.tmp").exists()


def test_two_killed_builds_in_a_row_are_not_taken_for_an_edit(
    school: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(school) == 0

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    written, noted = (one_workspace, "collect"), (store, "put_in_place")
    for goal, (module, where) in (("вторая", written), ("третья", noted)):
        put(school, "Пары", "D2", goal)
        with monkeypatch.context() as patched:
            patched.setattr(module, where, killed)
            assert build(school) == 130
    put(school, "Пары", "D2", "четвёртая")
    capsys.readouterr()
    assert build(school) == 0
    assert capsys.readouterr().err == ""
    assert "четвёртая" in text_of(paper(school, PAIRS))


@pytest.mark.office
def test_a_kill_once_the_pdf_of_an_edited_document_is_there_costs_no_edit(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    assert run("build", school) == 0
    mine = edit(paper(school, PAIRS), "от руки")
    with monkeypatch.context() as patched:
        patched.setattr(one_workspace, "_make_packets", killed)
        assert run("build", school) == 130
    put(school, "Пары", "D2", "другая цель")
    assert run("build", school) == 0
    assert paper(school, PAIRS).read_bytes() == mine


def test_a_lost_ledger_costs_no_edit_and_no_document(school: Path) -> None:
    assert build(school) == 0
    mine = edit(paper(school, ORDER), "от руки")
    before = files_below(output_of(school) / "documents")
    (output_of(school) / ledgers.LEDGER_NAME).write_text("{", "utf-8")
    assert build(school) == 0
    assert files_below(output_of(school) / "documents") == before
    assert paper(school, ORDER).read_bytes() == mine


@pytest.mark.office
@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7 torn"])
def test_a_pdf_that_cannot_be_read_any_more_is_named_and_left_out(
    school: Path, capsys: pytest.CaptureFixture[str], damage: bytes
) -> None:
    assert run("build", school) == 0
    torn = paper(school, PAIRS, ".pdf")
    torn.write_bytes(damage)
    packet = min((output_of(school) / "packets").rglob("Печать*.pdf"))
    packet.write_bytes(damage)
    put(school, "Пары", "D2", "другая цель")
    capsys.readouterr()
    assert run("build", school) == 7
    said = capsys.readouterr().err
    assert f"«{torn.name}»: PDF изменён после сборки и не открывается" in said
    assert f'docgen build --redo "{torn.name}"' in said
    assert torn.read_bytes() == damage
    assert run("build", school, "--redo", torn, "--redo", packet) == 0
    assert run("verify", output_of(school)) == 0


@pytest.mark.office
def test_a_pdf_of_a_person_in_docgens_place_is_kept(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    mine = paper(school, PAIRS).relative_to(output_of(school) / "documents").with_suffix(".pdf")
    path = output_of(school) / "pdf" / mine
    write_small_pdf(path, ["mine"])
    kept = path.read_bytes()
    capsys.readouterr()
    assert run("build", school) == 0
    assert f"«{path.name}»: файл исправлен вручную и оставлен как есть" in capsys.readouterr().err
    assert path.read_bytes() == kept


# --- signed papers ---------------------------------------------------------------------------


def archived(school: Path) -> dict[str, str]:
    """Return the files of the archived papers: no second copies, no journal."""
    return {
        name: data
        for name, data in files_below(school / "архив").items()
        if name.count("/") == 1
        and name.partition("/")[0] not in {".хранилище", "журнал", "решения"}
    }


def test_a_signed_paper_stays_whatever_changes_and_plan_names_the_paper_needed(
    root: Path, school: Path, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root, "--no-pdf")
    kept = archived(school)
    assert len([name for name in kept if name.endswith(".docx")]) == 3
    order = paper(school, PAIRS).read_bytes()
    put(school, "Пары", "C2", "Сидоров Иван Петрович")
    template = root / "templates_docx" / "приказ_о_парах.docx"
    document = Document(str(template))
    document.paragraphs[-1].insert_paragraph_before("Новая строка шаблона: {{ приказ.вид }}")
    document.save(str(template))
    capsys.readouterr()
    assert build(school) == 0
    assert "нужен приказ о внесении изменений в приказ о закреплении пар" in capsys.readouterr().err
    assert archived(school) == kept
    assert paper(school, PAIRS).read_bytes() == order
    planned = plan(school)
    (one,) = [one for one in planned["documents"] if PAIRS in one["output"]]
    assert one["state"] == "frozen"
    assert any("«Наставляемый»" in reason for reason in one["reasons"])
    consents = {path.stem for path in made(output_of(school)) if "Сидоров" in path.stem}
    assert consents, "what is not signed follows the registers"


@pytest.mark.parametrize(
    ("cell", "value", "needed"),
    [
        ("H2", dt.date(2026, 12, 1), "приказ о прекращении наставничества"),
        ("B2", "Сидоров Иван Петрович", "приказ о замене наставника"),
        ("F2", dt.date(2027, 6, 30), "приказ о продлении срока наставничества"),
        ("D2", "иная цель", "приказ о внесении изменений в приказ о закреплении пар"),
    ],
)
def test_each_change_of_a_signed_pair_names_its_own_paper(
    root: Path, school: Path, plan: Plan, cell: str, value: str | dt.date, needed: str
) -> None:
    build_signed(root, "--no-pdf")
    put(school, "Пары", cell, value)
    (reasons,) = [one["reasons"] for one in plan(school)["documents"] if PAIRS in one["output"]]
    assert len(reasons) == 1
    assert f"нужен {needed}" in reasons[0]


def test_an_added_pair_needs_an_order_of_its_own(root: Path, school: Path, plan: Plan) -> None:
    build_signed(root, "--no-pdf")

    def add(sheets: Sheets) -> None:
        sign_orders(sheets)
        sheets["Пары"].append([*sheets["Пары"][1]])
        sheets["Пары"][2][2] = "Сидоров Иван Петрович"

    make_school(root, add)
    (reasons,) = [one["reasons"] for one in plan(school)["documents"] if PAIRS in one["output"]]
    assert len(reasons) == 1
    assert "добавлена строка" in reasons[0]
    assert "нужен приказ о закреплении дополнительных наставнических пар" in reasons[0]


def test_a_signed_paper_stays_when_its_order_is_put_back_to_another_state(
    root: Path, school: Path, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root, "--no-pdf")
    kept, order = archived(school), paper(school, PAIRS).read_bytes()
    make_school(root)
    put(school, "Пары", "C2", "Сидоров Иван Петрович")
    capsys.readouterr()
    assert build(school) == 0
    reported = capsys.readouterr().err
    assert "приказ № 163-од «О парах» отмечен «на подписи»" in reported
    assert "ячейка G3)" in reported
    assert 'Подписи ещё нет? docgen unsign "О парах" registers/школа --reason' in reported
    assert reported.count('docgen unsign "О парах"') == 1
    assert (archived(school), paper(school, PAIRS).read_bytes()) == (kept, order)
    assert state_of(plan(school), PAIRS) == "frozen"
    shutil.rmtree(school / "архив")
    assert build(school) == 0
    assert paper(school, PAIRS).read_bytes() != order, "what was never signed is made anew"


@pytest.mark.parametrize("state", ["на подписи", "аннулирован"])
def test_what_was_signed_is_not_remarked_again_when_its_state_is_put_back(
    state: str, root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def mistype(sheets: Sheets) -> None:
        sheets["Приказы"][1][2] = "06.09.2026"
        sheets["Пункты"][1][2] = "Утвердить «карту"

    def sign(sheets: Sheets) -> None:
        mistype(sheets)
        sign_orders(sheets)

    make_school(root, mistype)
    assert build(school, "--no-pdf") == 0
    assert "[day-off]" in capsys.readouterr().err
    make_school(root, sign)
    assert build(school, "--no-pdf") == 0

    def put_back(sheets: Sheets) -> None:
        sign(sheets)
        sheets["Приказы"][1][6] = state

    make_school(root, put_back)
    capsys.readouterr()
    for command in ("check", "plan"):
        assert run(command, school) == 0
        written = capsys.readouterr()
        said = written.out + written.err
        assert "[frozen-differs]" in said
        assert "[day-off]" not in said
        assert "[unpaired-mark]" not in said


def test_a_signed_order_under_another_short_name_is_the_same_paper(
    root: Path, school: Path, plan: Plan
) -> None:
    build_signed(root, "--no-pdf")
    kept, order = archived(school), paper(school, PAIRS).read_bytes()

    def rename(sheets: Sheets) -> None:
        sign_orders(sheets)
        sheets["Приказы"][2][0] = sheets["Пары"][1][6] = "О парах педагогов"
        sheets["Пары"][1][3] = "иная цель"

    make_school(root, rename)
    assert build(school) == 0
    assert (archived(school), paper(school, PAIRS).read_bytes()) == (kept, order)
    assert state_of(plan(school), PAIRS) == "frozen"


def test_a_signed_order_whose_row_was_deleted_is_told_and_kept(
    root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root, "--no-pdf")
    kept = archived(school)

    def delete(sheets: Sheets) -> None:
        sign_orders(sheets)
        del sheets["Приказы"][2]
        sheets["Пары"][1][6] = None

    make_school(root, delete)
    capsys.readouterr()
    assert run("check", school) == 0
    assert "в книге его строки больше нет" in capsys.readouterr().out
    assert build(school) == 0
    assert archived(school) == kept


def test_a_signed_order_that_was_annulled_needs_no_row_of_its_own(
    root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root, "--no-pdf")

    def annul(sheets: Sheets) -> None:
        sign_orders(sheets)
        sheets["Приказы"][2][6] = "аннулирован"
        sheets["Пары"][1][6] = None

    make_school(root, annul)
    capsys.readouterr()
    assert run("check", school) == 0
    said = capsys.readouterr().out
    assert "больше нет" not in said
    assert said.count("аннулирован, а подписанный лежит в архиве") == 1


def test_a_changed_table_of_a_signed_appendix_is_told_once(
    root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root, "--no-pdf")
    put(school, "Карта", "B2", "Издание двух приказов")
    put(school, "Карта", "B3", "Сбор заявлений")
    capsys.readouterr()
    assert build(school) == 0
    changes = [
        line for line in capsys.readouterr().err.splitlines() if "изменилась таблица" in line
    ]
    assert len(changes) == 1
    assert "ячейка B2" in changes[0]


def test_settings_and_newer_templates_need_no_new_paper(
    root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root, "--no-pdf")
    put(school, "Настройки", "A3", "Вид даты")
    put(school, "Настройки", "B3", "3 марта 2022 г.")
    put(school, "Приказы", "G2", "утратил силу")
    capsys.readouterr()
    assert run("check", school) == 0
    assert "frozen-differs" not in capsys.readouterr().out


def test_a_draft_is_marked_and_a_void_order_is_not_made(root: Path, school: Path) -> None:
    def spoil(sheets: Sheets) -> None:
        sheets["Приказы"][1][6] = "проект"
        sheets["Приказы"][2][6] = "аннулирован"

    make_school(root, spoil)
    assert build(school) == 0
    assert "ПРОЕКТ" in text_of(paper(school, ORDER))
    assert PAIRS not in {path.stem for path in made(output_of(school))}


def test_a_copy_of_a_signed_paper_comes_back_when_it_is_lost(root: Path, school: Path) -> None:
    build_signed(root, "--no-pdf")
    order = paper(school, PAIRS)
    data = order.read_bytes()
    order.unlink()
    put(school, "Пары", "D2", "иное")
    assert build(school) == 0
    assert order.read_bytes() == data


# --- options ---------------------------------------------------------------------------------


def test_only_makes_one_kind_and_leaves_the_rest_alone(school: Path) -> None:
    assert build(school, "--only", "приказ о парах") == 0
    assert [path.stem for path in made(output_of(school))] == [PAIRS]
    assert build(school) == 0
    assert len(made(output_of(school))) == 6
    assert build(school, "--only", "приказ") == 0
    assert len(made(output_of(school))) == 6
    manifest = json.loads((output_of(school) / "manifest.json").read_text("utf-8"))
    assert len(manifest["documents"]) == 6


def test_an_unknown_kind_is_a_bad_command_line_with_a_guess(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for option in ("--only", "--blank"):
        assert build(school, option, "приказ_о_порах") == 2
        assert "возможно, вы имели в виду «приказ_о_парах»" in capsys.readouterr().err


def test_blank_makes_blank_forms_of_one_kind(school: Path) -> None:
    assert build(school, "--blank", "согласие_на_наставничество") == 0
    assert [path.stem for path in made(output_of(school))] == ["Согласие на наставничество (бланк)"]


def test_a_year_chooses_papers_and_keeps_those_of_other_years(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    before = made(output_of(school))
    assert build(school, "--year", "2025/26") == 0
    assert made(output_of(school)) == before
    assert build(school, "--year", "когда-нибудь") == 2
    assert "2026/2027" in capsys.readouterr().err


def test_a_date_moves_checks_of_terms_and_no_byte_of_a_document(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    before = files_below(output_of(school) / "documents")
    capsys.readouterr()
    assert run("check", school, "--date", "2027-06-01") == 0
    shown = capsys.readouterr().out
    assert shown.count("[overdue]") == 3
    assert "на 01.06.2027: срок пары закончился" in shown
    assert "лист «Пары», ячейка F2)" in shown
    put(school, "Пункты", "C2", "Утвердить дорожную карту")
    assert build(school, "--date", "2027-06-01") == 0
    assert "[overdue]" in capsys.readouterr().err
    assert files_below(output_of(school) / "documents") == before


def test_out_stands_for_the_output_folder(school: Path, tmp_path: Path) -> None:
    assert build(school, "--out", tmp_path / "иное") == 0
    assert len(made(tmp_path / "иное" / "школа")) == 6
    assert not output_of(school).exists()
    (one, *_) = made(tmp_path / "иное" / "школа")
    assert run("explain", one, "--root", school.parents[1]) == 0


def test_a_workspace_outside_the_root_has_its_output_beside_itself(
    root: Path, school: Path, tmp_path: Path
) -> None:
    home = tmp_path / "дом"
    shutil.copytree(school, home / "школа")
    before = files_below(root)
    assert run("build", home / "школа", "--no-pdf") in {0, 7}
    assert made(home / "output" / "школа")
    (one, *_) = made(home / "output" / "школа")
    assert run("explain", one) == 0
    assert run("build", home / "школа", "--no-pdf", "--root", root) == 0
    assert files_below(root).keys() - before.keys(), "a root that was named keeps the outputs"


def test_a_second_build_of_one_workspace_says_who_holds_it(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with folder_lock(output_of(school)):
        assert build(school) == 2
    assert f"процесс {os.getpid()})" in capsys.readouterr().err


# --- the finished folder ---------------------------------------------------------------------


def test_verify_finds_what_is_missing_or_changed(
    root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == 0
    assert run("verify", output_of(school)) == 0
    assert run("verify", root / "output") == 0
    edit(paper(school, ORDER), "от руки")
    paper(school, PAIRS).unlink()
    capsys.readouterr()
    assert run("verify", output_of(school)) == 6
    shown = capsys.readouterr().out
    assert "файл изменён после сборки" in shown
    assert "файла нет" in shown
    assert shown.count("[verify-failed]") == 2


def test_verify_of_no_folder_is_a_bad_command_line(tmp_path: Path) -> None:
    assert run("verify", tmp_path / "нет") == 2
    assert run("verify", tmp_path) == 6


# --- with LibreOffice ------------------------------------------------------------------------


@pytest.mark.office
def test_signed_pdfs_and_edited_documents_go_into_the_sets_as_they_are(
    root: Path, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_signed(root)
    kept = archived(school)
    assert len(kept) == 9
    consent = "Петрова Анна Сергеевна – наставник (Кузнецов Д.О.)"
    edit(paper(school, consent), "Дописано от руки")
    put(school, "Пары", "D2", "иная цель")
    capsys.readouterr()
    assert run("build", school) == 0
    assert "исправлен вручную" in capsys.readouterr().err
    assert archived(school) == kept
    pdf = paper(school, PAIRS, ".pdf")
    assert pdf.read_bytes() in {path.read_bytes() for path in (school / "архив").rglob("*.pdf")}
    (printed,) = [
        one for one in made(output_of(school), ".pdf") if one.stem.startswith("Печать. 2")
    ]
    assert "Дописано от руки" in "".join(pages.text_of(printed))
    capsys.readouterr()
    assert run("explain", printed) == 0
    shown = capsys.readouterr().out
    assert "Собран из документов:" in shown
    assert "Состояние: собран, изменений нет." in shown
    assert run("verify", output_of(school)) == 0


@pytest.mark.office
def test_a_pdf_that_a_person_signed_or_changed_is_never_overwritten(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", school) == 0
    signed, changed = paper(school, ORDER, ".pdf"), paper(school, PAIRS, ".pdf")
    copies = next(
        one for one in made(output_of(school), ".pdf") if one.stem.startswith("Копии. Приказ № 147")
    )
    signed.with_name(signed.name + ".sig").write_bytes(b"signature")
    changed.write_bytes(changed.read_bytes() + b"\n% a note\n")
    copies.write_bytes(copies.read_bytes() + b"\n% a note\n")
    before = {path: path.read_bytes() for path in (signed, changed, copies)}
    put(school, "Пункты", "C2", "Утвердить иное")
    put(school, "Пары", "D2", "иная цель")
    capsys.readouterr()
    assert run("build", school) == 0
    assert {path: path.read_bytes() for path in before} == before
    shown = capsys.readouterr().err
    assert "подписан электронной подписью" in shown
    assert shown.count("исправлен вручную") == 2
    assert run("build", school, "--redo", changed, "--redo", copies) == 0
    assert changed.read_bytes() != before[changed]
    assert copies.read_bytes() != before[copies]
    assert signed.read_bytes() == before[signed]


@pytest.mark.office
def test_a_run_without_pdf_leaves_finished_pdfs_and_sets_alone(school: Path) -> None:
    assert run("build", school) == 0
    before = {path: path.read_bytes() for path in made(output_of(school), ".pdf")}
    put(school, "Пары", "D2", "иная цель")
    assert build(school) == 0
    assert {path: path.read_bytes() for path in made(output_of(school), ".pdf")} == before
    assert run("build", school) == 0
    after = {path: path.read_bytes() for path in made(output_of(school), ".pdf")}
    assert after.keys() == before.keys()
    assert {path.stem for path in after if after[path] != before[path]} >= {PAIRS}


@pytest.mark.office
def test_a_paper_signed_without_pdf_gets_its_pdf_into_the_archive_later(
    root: Path, school: Path
) -> None:
    build_signed(root, "--no-pdf")
    kept = archived(school)
    put(school, "Пары", "D2", "иная цель")
    assert run("build", school) == 0
    now = archived(school)
    docx = {name for name in kept if name.endswith(".docx")}
    assert {name: now[name] for name in docx} == {name: kept[name] for name in docx}
    assert len([name for name in now if name.endswith(".pdf")]) == len(docx)
