"""Signatures on paper: the register that fills itself, consents that lack, who has not signed."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from docgen import pages, registers
from docgen.errors import UsageError
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.workspace.folders import Folders, find_workspaces
from tests.support.book_surgery import parts_of, replaced
from tests.support.builders import shipped_schemas
from tests.support.peoples_books import DROPDOWN, SHEET_PART, records_of
from tests.support.small_root import (
    LOCKS,
    SHIPPED,
    Sheets,
    make_root,
    make_school,
    put,
    run,
    text_of,
)

BOOK = "Согласия и подписи.xlsx"
SHEET = "Согласия и подписи"
HEAD, MENTOR, MENTEE = (
    "Иванова Мария Петровна",
    "Петрова Анна Сергеевна",
    "Кузнецов Денис Олегович",
)
MENTORING = "Согласие на наставничество"
OCTOBER = dt.date(2026, 10, 1)
BEFORE_ORDER = dt.date(2026, 9, 10)
Touch = Callable[[Worksheet], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def school(root: Path) -> Path:
    return make_school(root)


def add(workspace: Path) -> int:
    return run("signatures", workspace, "--root", workspace.parents[1])


def sheet_of(workspace: Path) -> Worksheet:
    return load_workbook(workspace / BOOK)[SHEET]


def headers(sheet: Worksheet) -> list[Any]:
    return [cell.value for cell in sheet[1]]


def rows(workspace: Path) -> list[dict[str, Any]]:
    sheet = sheet_of(workspace)
    return [
        dict(zip(headers(sheet), values, strict=True))
        for values in sheet.iter_rows(min_row=2, values_only=True)
        if any(values)
    ]


def edit(workspace: Path, change: Touch) -> None:
    book = load_workbook(workspace / BOOK)
    change(book[SHEET])
    book.save(workspace / BOOK)


def enter(workspace: Path, who: str, paper: str = "", **cells: str | dt.date) -> None:
    """Type into the rows of a person's papers, by headers with «_» for a blank."""

    def change(sheet: Worksheet) -> None:
        names = headers(sheet)
        for row in sheet.iter_rows(min_row=2):
            if row[1].value == who and paper in str(row[0].value):
                for header, value in cells.items():
                    row[names.index(header.replace("_", " "))].value = value

    edit(workspace, change)


def check(workspace: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, str]]:
    capsys.readouterr()
    run("check", workspace, "--root", workspace.parents[1], "--json", *more)
    problems: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return problems


def lacking(workspace: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [one for one in check(workspace, capsys) if one["code"] == "consent-missing"]


def unsigned(
    workspace: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> dict[str, list[tuple[str, str]]]:
    """Return the papers that lack a signature, with their states, by person."""
    capsys.readouterr()
    assert run("unsigned", workspace, "--root", workspace.parents[1], "--json", *more) == 0
    people = json.loads(capsys.readouterr().out)
    return {
        one["person"]: [(paper["title"], paper["state"]) for paper in one["papers"]]
        for one in people
    }


NAMESAKE = "Кузнецова Ольга Николаевна"


def no_change(sheets: Sheets) -> None:
    del sheets


def as_draft(sheets: Sheets) -> None:
    sheets["Приказы"][2][6] = "проект"


def as_signed(sheets: Sheets) -> None:
    sheets["Приказы"][2][6] = "подписан"


# --- the workbook ----------------------------------------------------------------------------


def test_a_row_is_added_for_each_signature_that_originals_expect(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(school) == 0

    assert "школа: добавлено строк: 4" in capsys.readouterr().out
    signers = [(row["Кто подписывает"], row["К чему (пара, приказ)"]) for row in rows(school)]
    assert signers == [
        (HEAD, "«О внедрении»"),
        (HEAD, "«О парах»"),
        (MENTOR, f"{MENTOR} – {MENTEE}"),
        (MENTEE, f"{MENTOR} – {MENTEE}"),
    ]
    assert rows(school)[2]["Бумага"] == f"{MENTORING}: Петрова А.С. (наставник)"


def test_a_new_workbook_is_private_and_hides_its_keys(school: Path) -> None:
    add(school)

    assert (school / BOOK).stat().st_mode & 0o777 == 0o600
    sheet = sheet_of(school)
    hidden = {key for key, one in sheet.column_dimensions.items() if one.hidden}
    assert "O" in hidden
    assert not hidden & set("ABCDEFGHIJKLMN")
    assert not any("аспорт" in str(name) for name in headers(sheet))


def test_a_second_run_adds_nothing_and_leaves_the_file(school: Path) -> None:
    add(school)
    before = (school / BOOK).read_bytes()

    assert add(school) == 0

    assert (school / BOOK).read_bytes() == before


def test_the_mark_of_an_only_appendix_is_known_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its key ends with a blank, which no cell gives back."""

    def approve(sheets: Sheets) -> None:
        sheets["Грифы"] = [
            ["Приказ", "№ приложения", "Гриф", "Кто"],
            ["О внедрении", None, "УТВЕРЖДАЮ", HEAD],
        ]

    school = make_school(root, approve)
    add(school)
    before = rows(school)
    assert [row["Кто подписывает"] for row in before if "Приложение" in row["Бумага"]] == [HEAD]
    add(school)
    assert rows(school) == before
    for row in before:
        enter(school, row["Кто подписывает"], row["Бумага"], Подписано=OCTOBER)
    assert unsigned(school, capsys) == {}


def test_what_a_person_did_to_the_workbook_stays(school: Path) -> None:
    add(school)

    def rearrange(sheet: Worksheet) -> None:
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "Телефон", "2-22-22"
        sheet.column_dimensions["A"].width = 41
        sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["B3"].comment = Comment("спросить", "секретарь")
        sheet["B4"] = "Согласие Петровой"
        sheet["F4"] = OCTOBER
        sheet["B7"], sheet["C7"] = "Расписка", "Завхоз Н.Н."
        sheet.move_range("A2:Z2", rows=6)

    edit(school, rearrange)
    (school / BOOK).chmod(0o640)
    put(school, "Пары", "C2", "Сидоров Иван Петрович")
    assert add(school) == 0

    sheet = sheet_of(school)
    assert sheet["A1"].value == "Телефон"
    assert (sheet["A8"].value, sheet["C8"].value) == ("2-22-22", HEAD)
    assert sheet.column_dimensions["A"].width == 41
    assert sheet["B3"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["B3"].comment.text == "спросить"
    assert sheet["B4"].value == "Согласие Петровой"
    assert sheet["F4"].value == dt.datetime(2026, 10, 1)  # noqa: DTZ001 - a day of a sheet
    assert (sheet["B7"].value, sheet["C7"].value) == ("Расписка", "Завхоз Н.Н.")
    assert [sheet[f"C{row}"].value for row in (9, 10)] == [MENTOR, "Сидоров Иван Петрович"]
    assert (school / BOOK).stat().st_mode & 0o777 == 0o640


def test_a_number_that_an_order_got_later_comes_into_its_row(school: Path) -> None:
    add(school)
    enter(school, HEAD, "163-од", Подписано=OCTOBER, Где_лежит="дело 01-03")
    put(school, "Приказы", "B3", "170-од")

    assert add(school) == 0

    (row,) = [one for one in rows(school) if "170-од" in one["Бумага"]]
    assert row["Где лежит"] == "дело 01-03"
    assert len(rows(school)) == 4


def test_a_draft_expects_nothing_and_a_signed_order_is_known_to_be_signed(root: Path) -> None:
    for name, change in (("проект", as_draft), ("подписан", as_signed)):
        workspace = make_school(root, change, name=name)
        add(workspace)
        assert [row["Кто подписывает"] for row in rows(workspace)] == [HEAD, MENTOR, MENTEE]


@pytest.mark.parametrize("lock", [f"~${BOOK}", f".~lock.{BOOK}#"])
def test_an_open_workbook_is_not_written(
    school: Path, lock: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    put(school, "Пары", "C2", "Сидоров Иван Петрович")
    before = (school / BOOK).read_bytes()
    (school / lock).write_bytes(b"")

    assert add(school) == 2

    assert "открыта в Excel или LibreOffice" in capsys.readouterr().err
    assert (school / BOOK).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda sheet: sheet.delete_cols(15), "нет столбца «Ключ бумаги»"),
        (lambda sheet: setattr(sheet, "title", "Лист1"), "нет листа «Согласия и подписи»"),
    ],
)
def test_a_workbook_whose_rows_cannot_be_known_is_refused(
    school: Path, change: Touch, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    edit(school, change)
    before = (school / BOOK).read_bytes()

    assert add(school) in {2, 3}

    assert sentence in capsys.readouterr().err
    assert (school / BOOK).read_bytes() == before


def test_a_file_that_is_no_workbook_is_refused(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (school / BOOK).write_bytes(b"PK\x03\x04 broken")

    assert add(school) in {2, 3}

    assert "повреждён" in capsys.readouterr().err
    assert (school / BOOK).read_bytes() == b"PK\x03\x04 broken"


def test_a_workbook_with_a_picture_is_written_and_keeps_it(school: Path) -> None:
    add(school)
    with zipfile.ZipFile(school / BOOK, "a") as package:
        package.writestr("xl/media/image1.png", b"picture")
    before = records_of((school / BOOK).read_bytes())
    put(school, "Пары", "C2", "Сидоров Иван Петрович")

    assert add(school) == 0

    after = records_of((school / BOOK).read_bytes())
    assert [*after] == [*before]
    assert {name for name in before if before[name] != after[name]} == {SHEET_PART}
    assert [row["Кто подписывает"] for row in rows(school)][-2:] == [
        MENTOR,
        "Сидоров Иван Петрович",
    ]


def test_a_list_of_another_sheet_survives_new_rows(school: Path) -> None:
    """Excel writes it behind the rows; openpyxl, which reads it, drops it when it saves."""
    add(school)
    data = replaced(
        (school / BOOK).read_bytes(), SHEET_PART, "</worksheet>", f"{DROPDOWN}</worksheet>"
    )
    (school / BOOK).write_bytes(data)
    put(school, "Пары", "C2", "Сидоров Иван Петрович")

    assert add(school) == 0

    assert DROPDOWN in parts_of((school / BOOK).read_bytes())[SHEET_PART].decode()


def test_a_day_of_handing_out_never_takes_the_place_of_a_formula(school: Path) -> None:
    add(school)
    edit(school, lambda sheet: sheet.__setitem__("E2", '=""'))
    # Excel stores the empty result as well.
    part = parts_of((school / BOOK).read_bytes())[SHEET_PART].decode()
    (formula,) = re.findall(r'<c r="E2"[^>]*>.*?</c>', part)
    computed = formula.replace('r="E2"', 'r="E2" t="str"')
    data = replaced((school / BOOK).read_bytes(), SHEET_PART, formula, computed)
    (school / BOOK).write_bytes(data)
    keys = [row["Ключ бумаги"] for row in rows(school)]

    with pytest.raises(UsageError, match="в ячейке формула") as refused:
        registers.note_issued(school / BOOK, shipped_schemas()["подписи"], keys, OCTOBER)

    assert [one.where.cell for one in refused.value.problems] == ["E2"]
    sheet = sheet_of(school)
    assert sheet["E2"].value == '=""'
    assert {sheet[f"E{row}"].value.date() for row in (3, 4, 5)} == {OCTOBER}
    assert {sheet[f"E{row}"].number_format.lower() for row in (3, 4, 5)} == {"dd.mm.yyyy"}


def test_a_copy_of_the_workbook_is_kept_and_is_no_register(school: Path, root: Path) -> None:
    add(school)
    before = (school / BOOK).read_bytes()
    put(school, "Пары", "C2", "Сидоров Иван Петрович")
    add(school)

    (copy,) = (school / "копии").glob("*.xlsx")
    assert copy.read_bytes() == before
    assert find_workspaces(root) == [school]
    assert run("check", school, "--root", root) == 0
    assert not [one for one in Folders(root, school).inputs() if "копии" in one.parts]


def test_a_table_reaches_the_new_rows(school: Path) -> None:
    add(school)

    def lay_table(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:S5"
        sheet.add_table(Table(displayName="Подписи", ref="A1:S5"))

    edit(school, lay_table)
    put(school, "Пары", "C2", "Сидоров Иван Петрович")
    assert add(school) == 0

    sheet = sheet_of(school)
    assert sheet.auto_filter.ref == "A1:S7"
    assert sheet.tables["Подписи"].ref == "A1:S7"


def test_rows_of_papers_that_are_wanted_no_more_stay_and_are_counted(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    put(school, "Приказы", "G3", "аннулирован")
    capsys.readouterr()

    assert add(school) == 0

    assert "строк прежних бумаг: 3, они оставлены" in capsys.readouterr().out
    assert len(rows(school)) == 4


def test_the_same_papers_make_the_same_workbook(root: Path) -> None:
    found = set()
    for name in ("первая", "вторая"):
        workspace = make_school(root, name=name)
        add(workspace)
        found.add((workspace / BOOK).read_bytes())
    assert len(found) == 1


# --- consents --------------------------------------------------------------------------------


def test_without_the_workbook_nobody_is_asked_for_consents(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(school, capsys) == []


def test_a_pair_without_consents_is_told_at_its_cell(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)

    (problem,) = lacking(school, capsys)

    assert (problem["severity"], problem["sheet"], problem["cell"]) == ("warning", "Пары", "B2")
    assert (
        f"«{MENTORING}: Петрова А.С. (наставник)» — не подписано (строка 4)" in problem["message"]
    )
    assert "соберите подписи прежде, чем подписать «О парах»" in problem["message"]


def test_signed_consents_are_enough(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(school)
    enter(school, MENTOR, Подписано=OCTOBER)

    (problem,) = lacking(school, capsys)
    assert problem["cell"] == "C2"
    assert "Петрова" not in problem["message"]

    enter(school, MENTEE, Подписано=OCTOBER)
    assert lacking(school, capsys) == []


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"Отказ": "да"}, "— отказ"),
        ({"Подписано": OCTOBER, "Отозвано": dt.date(2026, 10, 2)}, "— отозвано 02.10.2026"),
    ],
)
def test_a_refused_or_withdrawn_consent_asks_what_to_do_with_the_pair(
    school: Path,
    entered: dict[str, Any],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add(school)
    enter(school, MENTOR, Подписано=OCTOBER)
    enter(school, MENTEE, **entered)

    (problem,) = lacking(school, capsys)

    assert f"«{MENTORING}: Кузнецов Д.О. (наставляемый)» {words}" in problem["message"]
    assert "впишите «Прекращена с» и причину" in problem["message"]


def test_a_consent_signed_again_after_its_withdrawal_is_there(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    enter(school, MENTOR, Подписано=OCTOBER)
    enter(school, MENTEE, Подписано=OCTOBER, Отозвано=dt.date(2026, 9, 30))

    assert lacking(school, capsys) == []


def test_a_consent_that_ends_before_the_pair_begins_is_none(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    enter(school, MENTOR, Подписано=OCTOBER, Действует_до=dt.date(2026, 9, 1))
    enter(school, MENTEE, Подписано=OCTOBER)

    (problem,) = lacking(school, capsys)

    assert "действует только до 01.09.2026" in problem["message"]


@pytest.mark.parametrize(("change", "count"), [(as_draft, 1), (no_change, 1), (as_signed, 0)])
def test_only_pairs_of_unsigned_orders_are_told(
    root: Path,
    change: Callable[[Sheets], None],
    count: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace = make_school(root, change)
    add(workspace)

    assert len(lacking(workspace, capsys)) == count


def test_a_consent_without_a_row_asks_for_the_command(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    put(school, "Пары", "C2", "Сидоров Иван Петрович")

    (problem,) = lacking(school, capsys)

    assert "их добавит docgen signatures" in problem["message"]


def test_plan_and_build_tell_the_same_and_leave_nothing_out(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    root = school.parents[1]
    for command in (("plan",), ("build", "--no-pdf")):
        capsys.readouterr()
        assert run(command[0], school, "--root", root, *command[1:]) == 0
        assert "[consent-missing]" in capsys.readouterr().err
    built = [path.name for path in (root / "output" / "школа").rglob("*.docx")]
    assert any("163-од" in name for name in built)


@pytest.mark.parametrize(
    ("said", "effect", "header"),
    [
        ("предупредить", "", False),
        ("ПРОЕКТ", "«О парах» печатается с пометкой «ПРОЕКТ»", True),
    ],
)
def test_an_order_waits_for_consents_as_the_settings_say(
    root: Path, capsys: pytest.CaptureFixture[str], said: str, effect: str, *, header: bool
) -> None:
    school = make_school(root, lambda one: one["Настройки"].append(["Пара без согласий", said]))
    add(school)
    capsys.readouterr()
    assert run("build", school, "--root", root, "--no-pdf") == 0
    (message,) = [one for one in capsys.readouterr().err.splitlines() if "consent-missing" in one]
    assert effect in message
    (order,) = [one for one in (root / "output").rglob("*.docx") if "163-од" in one.name]
    with zipfile.ZipFile(order) as package:
        headers = [package.read(one) for one in package.namelist() if "header" in one]
    assert any("ПРОЕКТ".encode() in one for one in headers) is header


def test_an_order_waits_without_the_pair_that_has_not_consented(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def two_pairs(sheets: Sheets) -> None:
        sheets["Настройки"].append(["Пара без согласий", "не печатать пару"])
        first = sheets["Пары"][1]
        sheets["Пары"].append([*first[:2], "Сидоров Иван Петрович", *first[3:]])

    school = make_school(root, two_pairs)
    add(school)
    enter(school, MENTOR, Подписано=BEFORE_ORDER)
    enter(school, MENTEE, Подписано=BEFORE_ORDER)
    capsys.readouterr()
    assert run("build", school, "--root", root, "--no-pdf") == 0
    (message,) = [one for one in capsys.readouterr().err.splitlines() if "consent-missing" in one]
    assert "Сидоров" in message
    assert "пара в «О парах» не печатается, пока согласий нет; соберите" in message
    (order,) = [one for one in (root / "output").rglob("*.docx") if "163-од" in one.name]
    assert "Кузнецов" in text_of(order)
    assert "Сидоров" not in text_of(order)


def test_a_build_does_not_write_the_register(school: Path) -> None:
    add(school)
    before = (school / BOOK).read_bytes()
    run("build", school, "--root", school.parents[1], "--no-pdf")
    assert (school / BOOK).read_bytes() == before


def test_rows_hidden_by_a_filter_count(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(school)
    for who in (MENTOR, MENTEE):
        enter(school, who, Подписано=BEFORE_ORDER)
    edit(school, lambda sheet: setattr(sheet.row_dimensions[4], "hidden", True))

    assert check(school, capsys) == []


def test_a_consent_later_than_its_order_is_said_and_its_day_is_not_to_be_changed(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    enter(school, MENTOR, Подписано=BEFORE_ORDER)
    enter(school, MENTEE, Подписано=dt.date(2026, 9, 12))
    (said,) = check(school, capsys)
    assert (said["code"], said["cell"]) == ("consent-late", "F5")
    assert "подписано 12.09.2026" in said["message"]
    assert "Дату на бумаге не меняйте" in said["message"]


@pytest.mark.parametrize(
    ("signed", "codes"),
    [
        (dt.date(2026, 9, 10), []),
        (dt.date(2026, 9, 11), []),
        (dt.date(2026, 9, 14), ["consent-late"]),
        (dt.date(2026, 9, 30), ["consent-late"]),
    ],
)
def test_a_consent_of_the_orders_day_or_earlier_is_not_late(
    school: Path, capsys: pytest.CaptureFixture[str], signed: dt.date, codes: list[str]
) -> None:
    add(school)
    enter(school, MENTOR, Подписано=BEFORE_ORDER)
    enter(school, MENTEE, Подписано=signed)
    found = [one["code"] for one in check(school, capsys, "--date", "2026-10-01")]
    assert [code for code in found if code == "consent-late"] == codes


def test_children_are_asked_for_with_their_representatives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "registers" / "школа"
    shutil.copytree(SHIPPED / "registers" / "school", workspace, ignore=LOCKS)
    assert run("signatures", workspace, "--root", SHIPPED) == 0
    capsys.readouterr()
    run("check", workspace, "--root", SHIPPED, "--json")
    problems = [
        one for one in json.loads(capsys.readouterr().out) if one["code"] == "consent-missing"
    ]

    assert len(problems) == 14
    (pupils,) = [one for one in problems if "Соколов А.Д." in one["message"]]
    assert "Соколова Елена Викторовна" in pupils["message"]
    whom = {row["Кто подписывает"]: row["За кого"] for row in rows(workspace)}
    assert whom["Соколова Елена Викторовна"] == "Соколов Артём Дмитриевич"
    assert whom["Гайдай Мария Олеговна"] is None


def test_namesakes_are_told_apart_and_who_was_away_signs_the_continuation_alone(
    tmp_path: Path,
) -> None:
    workspace = tmp_path / "registers" / "школа"
    shutil.copytree(SHIPPED / "registers" / "school", workspace, ignore=LOCKS)
    assert run("signatures", workspace, "--root", SHIPPED) == 0
    signers = [(row["Бумага"], row["Кто подписывает"]) for row in rows(workspace)]
    order = "ознакомления. Приказ № 163-од от 11.09.2026"
    assert len(signers) == len(set(signers))
    for who in ("Левченко Ирина Юрьевна", *(f"{NAMESAKE}, таб. {one}" for one in (112, 247))):
        assert (f"Лист {order}", who) in signers
    away = [paper for paper, who in signers if "Рудаков" in who and order in paper]
    assert away == [f"Продолжение листа {order}"]


# --- terms -----------------------------------------------------------------------------------


def test_lapsed_and_withdrawn_consents_are_told_on_a_day(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    enter(school, MENTOR, Подписано=BEFORE_ORDER, Действует_до=dt.date(2026, 12, 31))
    enter(school, MENTEE, Подписано=BEFORE_ORDER, Отозвано=dt.date(2026, 11, 5))

    def cells(day: str) -> list[tuple[str, str]]:
        problems = check(school, capsys, "--date", day)
        return [(one["code"], one["cell"]) for one in problems if one["sheet"] == SHEET]

    assert cells("2026-10-31") == []
    assert cells("2026-12-31") == [("consent-withdrawn", "J5")]
    assert cells("2027-01-01") == [("consent-withdrawn", "J5"), ("overdue", "I4")]


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2026-11-05", "осталось дней: 30"),
        ("2026-12-05", "осталось дней: 0"),
        ("2026-12-06", "срок вышел 1 дн. назад"),
    ],
)
def test_a_withdrawn_consent_counts_the_days_until_an_act_ends_it(
    school: Path, capsys: pytest.CaptureFixture[str], day: str, term: str
) -> None:
    add(school)
    enter(school, MENTEE, Подписано=OCTOBER, Отозвано=dt.date(2026, 11, 5))
    (said,) = [
        one for one in check(school, capsys, "--date", day) if one["code"] == "consent-withdrawn"
    ]
    assert term in said["message"]
    assert "до 05.12.2026" in said["message"]
    capsys.readouterr()
    assert run("check", school, "--date", day) == 0
    first = next(one for one in capsys.readouterr().out.splitlines() if not one.endswith(":"))
    assert "consent-withdrawn" in first
    enter(school, MENTEE, Акт_об_уничтожении="№ 3 от 20.11.2026")
    assert not [
        one for one in check(school, capsys, "--date", day) if one["code"] == "consent-withdrawn"
    ]


# --- who has not signed ----------------------------------------------------------------------


def test_unsigned_papers_are_grouped_by_person(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = unsigned(school, capsys)

    assert [*waiting] == sorted(waiting)
    assert [state for _, state in waiting[HEAD]] == ["waiting", "waiting"]
    assert waiting[MENTOR] == [(f"{MENTORING}: Петрова А.С. (наставник)", "waiting")]


def test_refused_and_withdrawn_are_told_apart(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    enter(school, HEAD, Подписано=OCTOBER)
    enter(school, MENTOR, Отказ="да")
    enter(school, MENTEE, Подписано=OCTOBER, Отозвано=OCTOBER)

    assert {who: state for who, ((_, state),) in unsigned(school, capsys).items()} == {
        MENTEE: "withdrawn",
        MENTOR: "refused",
    }
    run("unsigned", school, "--root", school.parents[1])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == MENTEE
    assert lines[1].startswith("  отозвано 01.10.2026: Согласие на наставничество")
    assert lines[3].startswith("  отказ: Согласие на наставничество")
    assert lines[-1] == "школа: не подписали 2, бумаг 2"


def test_papers_added_by_hand_count_until_they_are_signed(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)

    def append(sheet: Worksheet) -> None:
        sheet["A6"], sheet["B6"], sheet["E6"] = "Доп. соглашение", MENTOR, OCTOBER
        sheet["A7"], sheet["B7"], sheet["F7"] = "Расписка", MENTOR, OCTOBER

    edit(school, append)

    titles = [title for title, _ in unsigned(school, capsys)[MENTOR]]
    assert titles == [f"{MENTORING}: Петрова А.С. (наставник)", "Доп. соглашение"]


def test_when_everything_is_signed_this_is_said(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(school)
    for who in (HEAD, MENTOR, MENTEE):
        enter(school, who, Подписано=OCTOBER)
    capsys.readouterr()

    assert run("unsigned", school, "--root", school.parents[1]) == 0

    assert capsys.readouterr().out == "школа: подписано всё\n"


# --- the folder of a signer ------------------------------------------------------------------


@pytest.mark.office
def test_a_folder_holds_what_is_still_to_be_signed(school: Path) -> None:
    root = school.parents[1]
    output = root / "output" / "школа"
    folder = output / "packets" / "На подпись по людям"
    add(school)
    assert run("build", school, "--root", root) == 0

    assert sorted(path.name for path in folder.iterdir()) == [
        "На подпись. Директор Иванова М.П — контрольный лист.pdf",
        "На подпись. Директор Иванова М.П.pdf",
    ]
    packets = {one["pdf"]: one for one in read_manifest(output)["packets"]}
    own = packets["packets/На подпись по людям/На подпись. Директор Иванова М.П.pdf"]
    titles = [one["title"] for one in own["contents"]]
    assert [title.split(".")[0] for title in titles] == [
        "Приказ № 147-од от 01",
        "Приложение",
        "Приказ № 163-од от 11",
    ]
    assert pages.outline_of(output / own["pdf"]) == [
        (one["title"], one["page"]) for one in own["contents"]
    ]
    (control,) = (" ".join(pages.text_of(path)) for path in folder.glob("*контрольный лист.pdf"))
    assert HEAD in " ".join(control.split())
    assert MENTOR not in control

    enter(school, HEAD, "147-од", Подписано=OCTOBER)
    assert run("build", school, "--root", root) == 0
    assert not folder.exists()
    assert run("verify", output) == 0
