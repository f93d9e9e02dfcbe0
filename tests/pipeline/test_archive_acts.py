"""What can be done with signed papers, by command, as a secretary meets it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION

from docgen.pipeline.answers.destruction import term_ends
from docgen.pipeline.run import many_workspaces
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import (
    Sheets,
    build_signed,
    files_below,
    make_root,
    make_school,
    put,
    run,
    sign_orders,
)

NO_PDF = "--no-pdf"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def papers(school: Path) -> dict[str, str]:
    """Return the frozen files by path, with their hashes."""
    return {
        name: data
        for name, data in files_below(school / "архив").items()
        if name.count("/") == 1 and name.endswith((".docx", ".pdf"))
    }


def texts(school: Path) -> set[str]:
    """Return the hashes of the built .docx files."""
    return {
        data
        for name, data in files_below(output_of(school)).items()
        if name.startswith("documents/")
    }


# --- what is frozen --------------------------------------------------------------------------


def test_what_was_built_is_what_is_frozen_and_the_cells_that_moved_are_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    assert run("build", school, NO_PDF) == 0
    printed = texts(school)

    def change(sheets: Sheets) -> None:
        sign_orders(sheets)
        sheets["Пары"][1][3] = "иная цель"

    make_school(root, change)
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    said = capsys.readouterr().err
    assert "[signed-earlier]" in said
    assert "лист «Пары», ячейка D2" in said
    assert "стало" in said
    assert 'docgen sign "О парах" registers/школа --current' in said
    assert set(papers(school).values()) <= printed
    capsys.readouterr()
    assert run("check", school) == 0
    assert "изменился столбец «Цель (направление)»" in capsys.readouterr().out
    put(school, "Пары", "D2", "адаптация в профессии")


def test_a_value_put_back_to_what_was_signed_is_no_change(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    before: list[object] = []
    make_school(root, lambda sheets: before.append(sheets["Пары"][1][3]))
    assert run("build", school, NO_PDF) == 0

    def change(sheets: Sheets) -> None:
        sign_orders(sheets)
        sheets["Пары"][1][3] = "иная цель"

    make_school(root, change)
    assert run("build", school, NO_PDF) == 0
    make_school(root, sign_orders)
    capsys.readouterr()
    assert run("check", school) == 0
    assert "frozen-differs" not in capsys.readouterr().out


def test_an_order_called_signed_that_was_never_built_is_asked_about_and_not_made(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, sign_orders)
    assert run("check", school) == 3
    assert "[archive-absent]" in capsys.readouterr().out
    assert run("build", school, NO_PDF) == 7
    said = capsys.readouterr().err
    assert said.count("archive-absent") == 1
    assert not papers(school)
    assert not list(output_of(school).rglob("Приказ*.docx"))


def test_a_book_full_of_signed_orders_is_one_question(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def many(sheets: Sheets) -> None:
        sign_orders(sheets)
        row = sheets["Приказы"][1]
        for number in range(40):
            new = [*row]
            new[0], new[3] = f"Приказ {number}", f"{200 + number}-од"
            sheets["Приказы"].append(new)

    school = make_school(root, many)
    assert run("check", school) == 3
    assert capsys.readouterr().out.count("archive-absent") == 1


def test_signed_without_docgen_makes_nothing_and_misses_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def elsewhere(sheets: Sheets) -> None:
        for row in sheets["Приказы"][1:]:
            row[6] = "подписан без docgen"

    school = make_school(root, elsewhere)
    assert run("check", school) == 0
    assert run("build", school, NO_PDF) == 0
    assert "archive" not in capsys.readouterr().err
    assert not list(output_of(school).rglob("Приказ*.docx"))


def test_a_draft_is_not_what_was_signed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def draft(sheets: Sheets) -> None:
        for row in sheets["Приказы"][1:]:
            row[6] = "проект"

    school = make_school(root, draft)
    assert run("build", school, NO_PDF) == 0
    make_school(root, sign_orders)
    assert run("build", school, NO_PDF) == 7
    assert "archive-absent" in capsys.readouterr().err


def test_a_workspace_renamed_or_copied_has_not_changed(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    renamed = school.with_name("школа 2026")
    school.rename(renamed)
    copied = tmp_path / "на другом компьютере"
    shutil.copytree(renamed, copied)
    capsys.readouterr()
    assert run("check", renamed) == 0
    assert run("check", copied, "--root", root) == 0
    assert "frozen-differs" not in capsys.readouterr().out


def test_an_order_that_changes_a_signed_one_answers_what_has_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)

    def end_pair(sheets: Sheets, state: str = "на подписи") -> None:
        sign_orders(sheets)
        sheets["Пары"][1][7] = dt.date(2026, 12, 1)
        sheets["Приказы"][0].append("Изменяет / отменяет")
        row = [*sheets["Приказы"][1], "О парах"]
        row[0], row[1], row[2], row[4] = "О прекращении", "201-од", dt.date(2026, 12, 1), "О ней"
        row[6] = state
        sheets["Приказы"].append(row)
        sheets["Пункты"].append(["О прекращении", "1", "Прекратить наставничество", None, None])

    def said() -> str:
        capsys.readouterr()
        run("check", school)
        return capsys.readouterr().out

    make_school(root, end_pair)
    assert "нужен приказ о прекращении наставничества" in said()
    run("build", school, NO_PDF)
    make_school(root, lambda sheets: end_pair(sheets, "подписан"))
    assert "нужен приказ" not in said()
    assert run("build", school, NO_PDF) == 0
    assert "нужен приказ" not in said()
    put(school, "Пары", "D2", "иная цель")
    assert said().count("нужен приказ") == 1


# --- the archive is lost ---------------------------------------------------------------------


def test_a_lost_archive_is_an_error_and_nothing_is_signed_anew(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    shutil.rmtree(school / "архив")
    put(school, "Пары", "D2", "иная цель")
    before = texts(school)
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 7
    assert "archive-absent" in capsys.readouterr().err
    assert not papers(school)
    assert before - texts(school) == set() or texts(school) <= before | texts(school)


def test_what_the_output_still_holds_is_taken_back_by_command(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    frozen = set(papers(school).values())
    shutil.rmtree(school / "архив")
    put(school, "Пары", "D2", "иная цель")
    assert run("archive", "restore", school) == 0
    assert "взято из готового: 3" in capsys.readouterr().out
    assert set(papers(school).values()) == frozen
    assert run("build", school, NO_PDF) == 0
    capsys.readouterr()
    assert run("check", school) == 0
    assert "изменился столбец" in capsys.readouterr().out


def test_an_edited_output_is_not_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    school = build_signed(root, NO_PDF)
    shutil.rmtree(school / "архив")
    edited = next(output_of(school).rglob("Приказ*163*.docx"))
    edited.write_bytes(edited.read_bytes() + b"x")
    assert run("archive", "restore", school) == 3
    assert "взято из готового: 2" in capsys.readouterr().out


# --- sign and unsign -------------------------------------------------------------------------


def test_sign_current_takes_what_registers_give_now(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    before = papers(school)
    put(school, "Пары", "D2", "иная цель")
    assert run("sign", "О парах", "--current", NO_PDF, school) == 0
    after = papers(school)
    assert len(after) == len(before)
    assert len(set(after.values()) - set(before.values())) == 1
    capsys.readouterr()
    assert run("check", school) == 0
    assert "frozen-differs" not in capsys.readouterr().out
    assert list((school / "архив" / "снято").iterdir())


def test_sign_current_archives_an_order_that_was_never_built(root: Path) -> None:
    school = make_school(root, sign_orders)
    assert run("sign", "163-од", "--current", NO_PDF, school) == 7
    assert len(papers(school)) == 1
    assert run("sign", "О внедрении", "--current", NO_PDF, school) == 0
    assert run("check", school) == 0


def test_sign_wants_the_state_in_the_book_first(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    assert run("sign", "О парах", NO_PDF, school) == 2
    assert "впишите «подписан»" in capsys.readouterr().err
    assert run("sign", "О порах", NO_PDF, school) == 2
    assert "возможно, вы имели в виду «О парах»" in capsys.readouterr().err


def test_unsign_takes_all_papers_of_an_order_out_with_the_reason(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    count = len(papers(school))
    assert run("unsign", "О внедрении", "--reason", "поставили по ошибке", school) == 0
    assert len(papers(school)) < count
    assert "поставили по ошибке" in "".join(
        path.read_text("utf-8") for path in (school / "архив" / "снято").rglob("запись.json")
    )
    make_school(root)
    put(school, "Приказы", "G3", "подписан")
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    assert "frozen-differs" not in capsys.readouterr().err


def test_unsign_is_refused_when_somebody_has_signed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    folder = next(path.parent for path in (school / "архив").glob("*парах*/запись.json"))
    (folder / "скан.pdf").write_bytes(b"%PDF")
    assert run("unsign", "О парах", "--reason", "ошибка", school) == 2
    said = capsys.readouterr().err
    assert "в архиве лежит «скан.pdf»" in said
    assert "нужен приказ об отмене или изменении" in said
    assert papers(school)


# --- adopt, accept, seal, destroy ------------------------------------------------------------


def test_a_scan_is_adopted_for_an_order_of_which_nothing_is_there(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, sign_orders)
    scan = write_small_pdf(root / "скан.pdf", ["Приказ № 163-од"])
    assert run("archive", "adopt", "О парах", scan, school) == 0
    assert run("archive", "adopt", "О внедрении", scan, school) == 0
    assert run("check", school) == 0
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    assert not capsys.readouterr().err
    copies = list(output_of(school).rglob("*.pdf"))
    assert {path.read_bytes() for path in copies} == {scan.read_bytes()}
    assert run("verify", output_of(school)) == 0
    assert run("build", school, NO_PDF) == 0


def test_adopt_refuses_what_is_no_pdf_and_what_is_archived(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    scan = write_small_pdf(root / "скан.pdf", ["Приказ"])
    assert run("archive", "adopt", "О парах", scan, school) == 2
    assert "уже в архиве" in capsys.readouterr().err
    bad = root / "скан.txt"
    bad.write_text("не PDF", "utf-8")
    assert run("unsign", "О парах", "--reason", "ошибка", school) == 0
    assert run("archive", "adopt", "О парах", bad, school) == 2
    assert "это не PDF" in capsys.readouterr().err


def test_accept_takes_found_papers_and_writes_lost_ones_off(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    shutil.copytree(school / "архив", tmp_path / "копия")
    assert run("unsign", "О парах", "--reason", "проба", school) == 0
    folder = next(path.parent for path in (tmp_path / "копия").glob("*парах*/запись.json"))
    lost = next(path.parent for path in (school / "архив").glob("*/запись.json"))
    shutil.rmtree(lost)
    for path in (school / "архив" / ".хранилище").iterdir():
        path.unlink()
    shutil.rmtree(school / "архив" / "снято")
    assert run("check", school) == 3
    assert "archive-lost" in capsys.readouterr().out
    assert folder.exists()
    assert run("archive", "accept", "--reason", "взять негде", school) == 0
    assert "списано: 1" in capsys.readouterr().out
    capsys.readouterr()
    run("check", school)
    assert "archive-lost" not in capsys.readouterr().out


def test_seal_is_one_line_that_changes_with_the_archive(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    capsys.readouterr()
    assert run("archive", "seal", school) == 0
    first = capsys.readouterr().out
    assert len(first.splitlines()) == 1
    assert "бумаг 3" in first
    assert run("unsign", "О парах", "--reason", "проба", school) == 0
    capsys.readouterr()
    assert run("archive", "seal", school) == 0
    assert capsys.readouterr().out != first


@pytest.mark.parametrize(
    ("retention", "begins", "ends"),
    [
        ("50 лет ЭПК, ст. 434", dt.date(2026, 9, 1), dt.date(2077, 1, 1)),
        ("3 года после отзыва или окончания срока", dt.date(2026, 5, 31), dt.date(2030, 1, 1)),
        ("1 год", dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
        ("постоянно, ст. 19", dt.date(1990, 1, 1), None),
        ("", dt.date(1990, 1, 1), None),
    ],
)
def test_a_term_runs_from_the_year_after_the_paper_was_closed(
    retention: str, begins: dt.date, ends: dt.date | None
) -> None:
    assert term_ends(retention, begins) == ends


def test_nothing_is_destroyed_before_its_term(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    before = files_below(school / "архив")
    assert run("archive", "destroy", "--act", "акт № 1", "--yes", school) == 0
    assert "бумаг с вышедшим сроком нет" in capsys.readouterr().out
    assert files_below(school / "архив") == before


def test_an_archive_older_than_the_output_is_remarked_until_it_is_accepted(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    assert run("build", school, NO_PDF) == 0
    put(school, "Приказы", "G2", "подписан")
    assert run("build", school, NO_PDF) == 0
    shutil.copytree(school / "архив", tmp_path / "старый")
    put(school, "Приказы", "G3", "подписан")
    assert run("build", school, NO_PDF) == 0
    shutil.rmtree(school / "архив")
    shutil.copytree(tmp_path / "старый", school / "архив")
    capsys.readouterr()
    assert run("check", school) == 3
    said = capsys.readouterr().out
    assert "папка «архив» старше готового" in said
    assert "archive-absent" in said
    assert "О внедрении" not in said
    assert run("archive", "restore", school) == 0
    assert run("archive", "accept", "--reason", "новее нет", school) == 0
    capsys.readouterr()
    assert run("check", school) == 0
    assert "архив" not in capsys.readouterr().out


# --- a person has changed what lies in the output --------------------------------------------


def test_a_signed_paper_edited_in_the_output_is_put_back_and_the_words_are_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    (order,) = output_of(school).rglob("*163-од*.docx")
    before = order.read_bytes()
    document = Document(str(order))
    document.add_paragraph("Дописано")
    document.save(str(order))
    put(school, "Настройки", "A3", "Вид даты")
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    said = capsys.readouterr().err
    assert "изменён после подписания: появились слова «Дописано»" in said
    assert order.read_bytes() == before
    assert order.with_name(f"{order.stem} (другая версия).docx").is_file()
    assert run("verify", output_of(school)) == 0


def test_of_an_edited_paper_the_cells_that_moved_on_are_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    assert run("build", school, NO_PDF) == 0
    (order,) = output_of(school).rglob("*163-од*.docx")
    document = Document(str(order))
    document.add_paragraph("Дописано")
    document.save(str(order))
    put(school, "Пары", "D2", "иная цель")
    for _ in range(2):
        capsys.readouterr()
        assert run("build", school, NO_PDF) == 0
        said = capsys.readouterr().err
        assert "оставлен как есть, а в реестрах с тех пор изменилось:" in said
        assert "лист «Пары», ячейка D2" in said
        put(school, "Настройки", "A3", "Вид даты")


# --- what is signed is not remarked again ----------------------------------------------------


def test_the_text_of_a_signed_order_is_not_remarked_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def on_sunday(sheets: Sheets) -> None:
        sheets["Приказы"][1][2] = dt.date(2026, 9, 6)

    def signed_on_sunday(sheets: Sheets) -> None:
        sign_orders(sheets)
        on_sunday(sheets)

    school = make_school(root, on_sunday)
    assert run("build", school, NO_PDF) == 0
    assert "day-off" in capsys.readouterr().err
    make_school(root, signed_on_sunday)
    assert run("build", school, NO_PDF) == 0
    assert run("check", school) == 0
    assert "day-off" not in capsys.readouterr().out


def test_a_clock_that_is_behind_is_a_warning_and_the_build_goes_on(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    school = build_signed(root, NO_PDF)
    put(school, "Пары", "D2", "иная цель")
    capsys.readouterr()
    assert run("build", school, NO_PDF, "--date", "2020-01-01") == 0
    assert "clock-behind" not in capsys.readouterr().err, "a day of checks is no clock"
    monkeypatch.setattr(many_workspaces, "computers_day", lambda: dt.date(2020, 1, 1))
    put(school, "Пары", "D2", "третья цель")
    assert run("build", school, NO_PDF) == 0
    assert "[clock-behind]" in capsys.readouterr().err


@pytest.mark.office
def test_a_paper_of_the_first_docgen_that_fetches_files_is_not_handed_to_libreoffice(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    folder = next(path.parent for path in (school / "архив").glob("*парах*/запись.json"))
    kept = json.loads((folder / "запись.json").read_text("utf-8"))
    old = {
        "key": kept["key"],
        "kind": kept["kind"],
        "title": kept["title"],
        "output": kept["made"]["output"],
        "docx": "Приказ.docx",
        "pdf": "",
        "reads": kept["reads"],
        "signers": kept["signers"],
    }
    shutil.rmtree(school / "архив")
    place = school / "архив" / "приказ"
    place.mkdir(parents=True)
    document = Document()
    document.part.relate_to("http://127.0.0.1:9/x.png", RELATION.IMAGE, is_external=True)
    document.save(str(place / "Приказ.docx"))
    (place / "запись.json").write_text(json.dumps(old, ensure_ascii=False), "utf-8")
    capsys.readouterr()
    assert run("build", school) == 7
    assert "PDF подписанного документа не сделан: документ берёт содержимое" in (
        capsys.readouterr().err
    )


def test_a_cell_that_all_papers_of_an_order_print_is_one_line_that_names_the_order(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    put(school, "Приказы", "B2", "148-од")
    capsys.readouterr()
    assert run("check", school) == 0
    said = capsys.readouterr().out
    assert said.count("изменился столбец «Номер»") == 1
    assert "приказ № 147-од «О внедрении» подписан и остаётся прежним, а изменился" in said
