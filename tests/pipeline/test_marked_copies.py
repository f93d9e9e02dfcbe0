"""``check --mark``: copies of books and templates with remarks, and whose files stay untouched."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tests.support.builders import write_book
from tests.support.small_root import BOOK, Sheets, files_below, make_root, make_school, put, run

RED = "00FFC7CE"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


def lack_a_goal(sheets: Sheets) -> None:
    sheets["Пары"][1][3] = None


def change(template: Path, edit: Any) -> None:
    """Edit a template as Word would."""
    document = Document(str(template))
    edit(document)
    document.save(str(template))


def comments_of(docx: Path) -> list[tuple[str, str]]:
    """Return the paragraph that each comment covers, and what it says."""
    document = Document(str(docx))
    texts = {one.comment_id: one.text for one in document.comments}
    return [
        (
            "".join(one.text or "" for one in start.getparent().iter(qn("w:t"))),
            texts[int(start.get(qn("w:id")))],
        )
        for start in document.element.body.iter(qn("w:commentRangeStart"))
    ]


# --- books -----------------------------------------------------------------------------------


def test_a_book_with_remarks_gets_a_copy_for_its_owner_alone(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    before = files_below(root)
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    assert [path.name for path in place.iterdir()] == [BOOK]
    assert stat.S_IMODE((place / BOOK).stat().st_mode) == 0o600
    assert files_below(root) == before
    book = load_workbook(place / BOOK)
    assert book["Пары"]["D2"].fill.fgColor.rgb == RED
    assert book["Пары"]["D2"].comment.text.startswith("Мешает печатать: ")
    assert book.worksheets[0]["A1"].value == (
        f"Это копия с пометками: исправляйте в самой книге registers/школа/{BOOK}"
    )
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"копия с пометками: {place / BOOK} (замечаний: 1)"


def test_without_remarks_nothing_is_made_and_that_is_said(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "пометки"
    assert run("check", make_school(root), "--mark", place) == 0
    assert not place.exists()
    assert "помечать нечего: в книгах и шаблонах замечаний нет" in capsys.readouterr().out


def test_an_earlier_copy_is_made_anew_and_goes_when_all_is_mended(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    first = (place / BOOK).read_bytes()
    put(school, "Пары", "D2", "адаптация")
    put(school, "Пары", "E2", "когда-нибудь")
    assert run("check", school, "--mark", place) == 3
    assert (place / BOOK).read_bytes() != first
    assert load_workbook(place / BOOK)["Пары"]["E2"].fill.fgColor.rgb == RED
    make_school(root)
    capsys.readouterr()
    assert run("check", school, "--mark", place) == 0
    assert list(place.iterdir()) == []
    assert f"прежняя копия больше не верна и убрана: {place / BOOK}" in capsys.readouterr().out


def test_a_copy_of_another_book_stays_when_this_one_has_no_remarks(
    root: Path, tmp_path: Path
) -> None:
    place = tmp_path / "пометки"
    assert run("check", make_school(root, lack_a_goal, name="первая"), "--mark", place) == 3
    assert run("check", make_school(root, name="вторая"), "--mark", place) == 0
    assert [path.name for path in place.iterdir()] == [BOOK]


def test_each_of_several_workspaces_has_a_folder(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_school(root, lack_a_goal, name="первая")
    make_school(root, lack_a_goal, name="вторая")
    make_school(root, name="третья")
    place = tmp_path / "пометки"
    monkeypatch.chdir(root)
    assert run("check", "--mark", place) == 3
    assert sorted(path.relative_to(place).as_posix() for path in place.rglob("*.xlsx")) == [
        f"вторая/{BOOK}",
        f"первая/{BOOK}",
    ]
    said = load_workbook(place / "первая" / BOOK).worksheets[0]["A1"].value
    assert said.endswith(f"registers/первая/{BOOK}")


def test_the_answer_for_programs_stays_alone_on_stdout(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    assert run("check", school, "--json") == 3
    plain = capsys.readouterr().out
    assert run("check", school, "--json", "--mark", tmp_path / "пометки") == 3
    captured = capsys.readouterr()
    assert captured.out == plain
    assert json.loads(captured.out)
    assert "копия с пометками" in captured.err


def test_a_book_that_does_not_open_has_no_copy_and_does_not_stop_the_others(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    (school / "Старая.xlsx").write_bytes(b"<html>")
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    assert [path.name for path in place.iterdir()] == [BOOK]
    shown = capsys.readouterr().out
    assert "копия не сделана: registers/школа/Старая.xlsx: " in shown


def test_a_book_with_too_much_in_it_is_not_opened_for_a_copy(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    book = load_workbook(school / BOOK)
    book["Пары"].merge_cells("Z1:AX26000")
    book.save(school / BOOK)
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    assert not place.exists()
    shown = capsys.readouterr().out
    assert (
        f"копия не сделана: registers/школа/{BOOK}: лист «Пары», ячейка Z1:AX26000: объединено "
        "слишком много ячеек"
    ) in shown


def test_a_copy_of_what_no_longer_opens_goes_too(root: Path, tmp_path: Path) -> None:
    school = make_school(root, lack_a_goal)
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    (school / BOOK).write_bytes(b"<html>")
    assert run("check", school, "--mark", place) == 3
    assert list(place.iterdir()) == []


# --- what is not written over ----------------------------------------------------------------


def test_a_file_of_a_person_stops_the_copies_before_any_is_made(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    write_book(school / "Ещё.xlsx", {"Пары": [["Форма"], ["педагог – педагог"]]})
    own = write_book(tmp_path / "пометки" / BOOK, {"Моё": [["важно"]]})
    before = own.read_bytes()
    assert run("check", school, "--mark", own.parent) == 2
    assert own.read_bytes() == before
    assert [path.name for path in own.parent.iterdir()] == [BOOK]
    captured = capsys.readouterr()
    assert "[required]" in captured.out or "ошибок:" in captured.out
    (line,) = captured.err.splitlines()
    assert "файл, который сделал не docgen или который с тех пор изменили" in line


def test_a_copy_in_which_a_person_typed_is_not_written_over(root: Path, tmp_path: Path) -> None:
    school = make_school(root, lack_a_goal)
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    put(place, "Пары", "D2", "адаптация")
    typed = (place / BOOK).read_bytes()
    assert run("check", school, "--mark", place) == 2
    assert (place / BOOK).read_bytes() == typed


@pytest.mark.parametrize("lock", [f"~${BOOK}", f".~lock.{BOOK}#"])
def test_an_open_copy_is_told(
    root: Path, tmp_path: Path, lock: str, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    place = tmp_path / "пометки"
    assert run("check", school, "--mark", place) == 3
    before = (place / BOOK).read_bytes()
    (place / lock).touch()
    put(school, "Пары", "E2", "когда-нибудь")
    assert run("check", school, "--mark", place) == 2
    assert "открыта в Excel или LibreOffice; закройте её и повторите" in capsys.readouterr().err
    assert (place / BOOK).read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("registers/школа", "рабочую папку «школа»"),
        ("registers/школа/пометки", "рабочую папку «школа»"),
        ("registers/школа/templates", "рабочую папку «школа»"),
        ("registers/пометки", "папку реестров"),
        ("registers", "папку реестров"),
        ("templates_docx", "папку шаблонов"),
        ("templates_docx/blocks/пометки", "папку шаблонов"),
    ],
)
def test_copies_never_go_where_docgen_reads(
    root: Path, folder: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    before = files_below(root)
    assert run("check", school, "--mark", root / folder) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"копии с пометками нельзя класть в {words}" in captured.err
    assert files_below(root) == before


def test_the_folder_above_two_workspaces_is_refused_for_both(tmp_path: Path, root: Path) -> None:
    homes = [make_school(root, lack_a_goal, name=name) for name in ("первая", "вторая")]
    home = tmp_path / "дом"
    home.mkdir()
    moved = [one.rename(home / one.name) for one in homes]
    before = files_below(home)
    assert run("check", *moved, "--root", root, "--mark", home) == 2
    assert files_below(home) == before
    assert run("check", moved[0], "--root", root, "--mark", home) == 3
    assert (home / BOOK).is_file()


def test_a_link_into_the_workspace_is_seen_through(root: Path, tmp_path: Path) -> None:
    school = make_school(root, lack_a_goal)
    (tmp_path / "ссылка").symlink_to(school)
    assert run("check", school, "--mark", tmp_path / "ссылка") == 2


def test_a_file_is_no_folder_for_copies(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "пометки").write_text("моё", "utf-8")
    assert run("check", make_school(root, lack_a_goal), "--mark", tmp_path / "пометки") == 2
    assert "это файл; назовите папку" in capsys.readouterr().err
    assert (tmp_path / "пометки").read_text("utf-8") == "моё"


# --- templates -------------------------------------------------------------------------------


def test_a_template_is_commented_at_the_paragraph_of_the_remark(root: Path, tmp_path: Path) -> None:
    template = root / "templates_docx" / "приказ.docx"

    def spoil(document: Any) -> None:
        document.paragraphs[-1].insert_paragraph_before("До таблицы {{ приказ.номир }}")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 1).text = "В ячейке {{ приказ.заголовок|нет_такого }}"

    change(template, spoil)
    before = files_below(root)
    place = tmp_path / "пометки"
    assert run("check", make_school(root), "--mark", place) == 4
    assert [path.name for path in place.iterdir()] == ["приказ.docx"]
    assert stat.S_IMODE((place / "приказ.docx").stat().st_mode) == 0o600
    assert files_below(root / "templates_docx") == {
        name.removeprefix("templates_docx/"): mark
        for name, mark in before.items()
        if name.startswith("templates_docx/")
    }
    (_, notice), *rest = comments_of(place / "приказ.docx")
    assert notice == (
        "Это копия с пометками: исправляйте в самом шаблоне templates_docx/приказ.docx"
    )
    found = dict(rest)
    assert "нет_такого" in found["В ячейке {{ приказ.заголовок|нет_такого }}"]
    assert all(one.startswith("Мешает печатать: ") for one in found.values())


def test_what_is_wrong_in_a_header_is_said_at_the_first_paragraph(
    root: Path, tmp_path: Path
) -> None:
    def spoil(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Лист {{ приказ.номер|нет_такого }}"

    change(root / "templates_docx" / "стиль.docx", spoil)
    place = tmp_path / "пометки"
    assert run("check", make_school(root), "--mark", place) == 4
    comments = comments_of(place / "стиль.docx")
    first = next(
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for paragraph in Document(str(place / "стиль.docx")).element.body.iter(qn("w:p"))
    )
    assert {paragraph for paragraph, _ in comments} == {first}
    said = [text for _, text in comments[1:]]
    assert any(one.startswith("Верхний колонтитул, абзац ") and "нет_такого" in one for one in said)


def test_templates_of_one_name_are_kept_apart(root: Path, tmp_path: Path) -> None:
    for name in ("приказ.docx", "blocks/шапка.docx"):
        change(root / "templates_docx" / name, lambda one: one.add_paragraph("{{ скобка"))
    (root / "templates_docx" / "blocks" / "шапка.docx").rename(
        root / "templates_docx" / "blocks" / "приказ.docx"
    )
    place = tmp_path / "пометки"
    assert run("check", make_school(root), "--mark", place) == 4
    assert {"приказ.docx", "приказ (2).docx"} <= {path.name for path in place.iterdir()}


def test_a_template_that_does_not_open_has_no_copy(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "templates_docx" / "приказ.docx").write_bytes(b"<html>")
    place = tmp_path / "пометки"
    assert run("check", make_school(root), "--mark", place) == 4
    assert not place.exists()
    (line,) = [
        one for one in capsys.readouterr().out.splitlines() if one.startswith("копия не сделана")
    ]
    assert "templates_docx/приказ.docx: это не документ .docx" in line


def test_remarks_on_entries_are_counted_as_shown_elsewhere(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = root / "templates_docx" / "приказ.toml"
    entry.write_text(entry.read_text("utf-8").replace("sort = 10", "sorting = 10"), "utf-8")
    assert run("check", make_school(root), "--mark", tmp_path / "пометки") == 4
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == [
        "помечать нечего: в книгах и шаблонах замечаний нет",
        "не о книгах и не о шаблонах замечаний: 1; они только в ответе выше",
    ]
