"""A book older than its archive: one line says so, and what is signed is written back into it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from docgen.archive import read_archive
from docgen.pipeline.output.kept_values import shown_value
from tests.support.book_surgery import changed
from tests.support.peoples_books import records_of
from tests.support.small_root import (
    BOOK,
    Sheets,
    build_signed,
    make_root,
    make_school,
    run,
    sign_orders,
)

ORDERS: Final = "Приказы"
PAIRS_ROW: Final = (
    "О парах",
    "163-од",
    dt.datetime(2026, 9, 11),  # noqa: DTZ001 - a day of a sheet
    "закрепление пар педагогов",
    "О закреплении наставнических пар",
    None,
    "подписан",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_root(tmp_path_factory.mktemp("signed"))
    build_signed(root, "--no-pdf")
    return root


@pytest.fixture
def root(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "корень"))


def restored(root: Path, change: Callable[[Sheets], object]) -> Path:
    """Put a book in place of the signed one, as it is restored from a copy."""

    def older(sheets: Sheets) -> None:
        sign_orders(sheets)
        change(sheets)

    return make_school(root, older)


def lose_pairs(sheets: Sheets) -> None:
    del sheets[ORDERS][2]
    sheets["Пары"][1][6] = None


def lose_all(sheets: Sheets) -> None:
    del sheets[ORDERS][1:]
    sheets["Пары"][1][6] = None
    del sheets["Пункты"][1:]
    del sheets["Приложения"][1:]


def lose_one_and_set_one_back(sheets: Sheets) -> None:
    lose_pairs(sheets)
    sheets[ORDERS][1][6] = "на подписи"
    sheets[ORDERS][1][4] = "О внедрении"


def orders(school: Path) -> list[tuple[Any, ...]]:
    sheet = load_workbook(school / BOOK)[ORDERS]
    return [row for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]


def to_book(school: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert run("archive", "to-book", school, *options) == 0
    return capsys.readouterr().out


def said(school: Path, capsys: pytest.CaptureFixture[str], command: str = "check") -> list[str]:
    capsys.readouterr()
    options = ["--no-pdf"] if command == "build" else []
    run(command, school, *options)
    text = "".join(capsys.readouterr()).replace("\u00a0", " ")
    return [line for line in text.splitlines() if re.search(r"\[[a-z-]+\]$", line)]


# --- one line --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "plan", "build"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lose_all, "Вписать обратно 2 приказа (№ 147-од «О внедрении», № 163-од «О парах»)?"),
        (
            lose_one_and_set_one_back,
            "Вписать обратно 2 приказа (№ 163-од «О парах», № 147-од «О внедрении»)?",
        ),
    ],
)
def test_a_book_restored_from_a_copy_is_one_line(
    change: Callable[[Sheets], object],
    words: str,
    command: str,
    root: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    school = restored(root, change)
    (line,) = [one for one in said(school, capsys, command) if "no-scan" not in one]
    assert "книга старше архива: похоже, её восстановили из копии" in line
    assert words in line
    assert "? docgen archive to-book (" in line
    assert line.endswith(") [book-older]")


def test_a_row_that_is_gone_alone_names_the_command(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lose_pairs)
    (line,) = said(school, capsys)
    assert "а в книге его строки больше нет" in line
    assert "docgen archive to-book" in line


def test_the_day_of_the_copy_is_named_when_the_book_was_saved_before(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lose_all)
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    for day, words in (("2026-09-05", "из копии от 05.09.2026."), ("2026-10-01", "из копии.")):
        dated = modified.sub(rb"\g<1>" + day.encode() + b"T08:00:00Z", _properties(school))
        data = changed((school / BOOK).read_bytes(), "docProps/core.xml", dated)
        (school / BOOK).write_bytes(data)
        assert words in "".join(said(school, capsys))


def _properties(school: Path) -> bytes:
    with zipfile.ZipFile(school / BOOK) as package:
        return package.read("docProps/core.xml")


def test_a_whole_book_says_nothing_and_gets_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = root / "registers" / "школа"
    before = (school / BOOK).read_bytes()
    assert said(school, capsys) == []
    assert to_book(school, capsys, "--yes") == "школа: вписывать нечего\n"
    assert (school / BOOK).read_bytes() == before


# --- what is written back --------------------------------------------------------------------


def test_rows_are_shown_first_and_written_when_a_person_agrees(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lose_pairs)
    before = (school / BOOK).read_bytes()
    shown = to_book(school, capsys)
    assert "строка приказа № 163-од от 11.09.2026 «О парах»: О закреплении" in shown
    assert "ничего не вписано; вписать: та же команда с ключом --yes" in shown
    assert (school / BOOK).read_bytes() == before

    assert "вписано строк: 1, ячеек в других строках: 0" in to_book(school, capsys, "--yes")

    assert orders(school)[1] == PAIRS_ROW
    (copy,) = (school / "копии").glob("*.xlsx")
    assert copy.read_bytes() == before
    assert said(school, capsys) == []
    assert to_book(school, capsys, "--yes") == "школа: вписывать нечего\n"


def test_what_is_signed_is_not_made_again_after_it_was_written_back(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lose_all)
    ids = {one.record.id for one in read_archive(school).papers}
    to_book(school, capsys, "--yes")
    assert run("build", school, "--no-pdf") == 0
    assert {one.record.id for one in read_archive(school).papers} == ids
    assert [row[6] for row in orders(school)] == ["подписан", "подписан"]


def test_rows_of_an_order_that_are_all_gone_are_one_line_and_need_no_other_order(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lose_all)
    to_book(school, capsys, "--yes")
    (line,) = said(school, capsys)
    assert "О внедрении наставничества» в книге больше нет (листы: Пункты, Приложения)" in line
    assert "нужен приказ" not in line


def test_a_point_that_is_gone_alone_still_needs_an_order(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lambda sheets: sheets["Пункты"].__delitem__(2))
    (line,) = said(school, capsys)
    assert "больше нет строки" in line
    assert "нужен приказ о внесении изменений" in line


def test_every_other_part_of_the_book_stays(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    school = restored(root, lose_one_and_set_one_back)
    before = records_of((school / BOOK).read_bytes())
    to_book(school, capsys, "--yes")
    after = records_of((school / BOOK).read_bytes())
    assert [*after] == [*before]
    changed_parts = {name for name in before if before[name] != after[name]}
    assert len(changed_parts - {"xl/styles.xml"}) == 1


def set_back(sheets: Sheets) -> None:
    sheets[ORDERS][1][1:3] = None, None
    sheets[ORDERS][1][6] = None
    sheets[ORDERS][2][6] = "на подписи"


def test_empty_cells_and_earlier_states_are_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, set_back)
    shown = to_book(school, capsys, "--yes")
    assert "B2 «Номер»: «147-од»" in shown
    assert "G3 «Состояние»: «подписан» вместо «на подписи»" in shown
    first, second = orders(school)
    assert first[:3] == ("О внедрении", "147-од", dt.datetime(2026, 9, 1))  # noqa: DTZ001
    assert first[6] == second[6] == "подписан"


TYPED: Final[dict[str, tuple[int, int, object, str]]] = {
    "another number": (1, 1, "150-од", "B2 «Номер»: в книге «150-од», подписан с «147-од»"),
    "another day": (1, 2, dt.date(2026, 9, 2), "C2 «Дата»: в книге «02.09.2026», подписан с «01"),
    "words in place of a day": (1, 2, "скоро", "C2 «Дата»: в книге «скоро»"),
    "annulled": (2, 6, "аннулирован", "G3 «Состояние»: в книге «аннулирован»"),
    "signed elsewhere": (2, 6, "подписан без docgen", "G3 «Состояние»: в книге «подписан без"),
}


@pytest.mark.parametrize("what", TYPED)
def test_what_a_person_typed_is_named_and_stays(
    what: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row, column, value, words = TYPED[what]

    def type_it(sheets: Sheets) -> None:
        sheets[ORDERS][row][column] = value

    school = restored(root, type_it)
    before = (school / BOOK).read_bytes()
    shown = to_book(school, capsys, "--yes")
    assert f"не трогаю: № {'147' if row == 1 else '163'}-од" in shown
    assert words in shown
    assert (school / BOOK).read_bytes() == before


@pytest.mark.parametrize(
    ("column", "value"), [(2, "1 сентября 2026 г."), (1, "147-ОД"), (6, "изменён")]
)
def test_the_same_thing_in_other_words_is_no_difference(
    column: int, value: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def type_it(sheets: Sheets) -> None:
        sheets[ORDERS][1][column] = value

    school = restored(root, type_it)
    assert to_book(school, capsys, "--yes") == "школа: вписывать нечего\n"


def test_an_order_with_another_short_name_is_not_written_twice(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def rename(sheets: Sheets) -> None:
        sheets[ORDERS][2][0] = sheets["Пары"][1][6] = "О парах педагогов"

    school = restored(root, rename)
    assert to_book(school, capsys, "--yes") == "школа: вписывать нечего\n"


def test_a_number_that_another_order_has_by_now_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def give_away(sheets: Sheets) -> None:
        sheets[ORDERS][2][0], sheets[ORDERS][2][2] = "О дежурстве", dt.date(2026, 12, 1)
        sheets[ORDERS][2][3], sheets[ORDERS][2][6] = "свой текст", "проект"
        sheets["Пары"][1][6] = None

    school = restored(root, give_away)
    shown = to_book(school, capsys, "--yes")
    assert "его номер в книге у другого приказа, «О дежурстве» (B3 «Номер»)" in shown
    assert len(orders(school)) == 2


def test_a_cell_with_a_formula_is_named_and_stays(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = restored(root, lambda sheets: sheets[ORDERS][1].__setitem__(6, '=""'))
    before = (school / BOOK).read_bytes()
    assert "не трогаю" in to_book(school, capsys, "--yes")
    assert (school / BOOK).read_bytes() == before


def test_a_book_that_is_open_waits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    school = restored(root, lose_pairs)
    (school / f"~${BOOK}").write_bytes(b"")
    assert run("archive", "to-book", school, "--yes") == 2
    assert "открыта в Excel или LibreOffice; закройте её и повторите" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("'147-од'", "147-од"),
        ("Phrase(text='приказ')", "приказ"),
        ("Reference(register='акты', identity='ТК', text='ТК РФ')", "ТК РФ"),
        ("(Reference(register='а', identity='1', text='один'), 'два')", "один; два"),
        ("datetime.date(2026, 9, 1)", dt.date(2026, 9, 1)),
        ("Decimal('2.5')", "2,5"),
        ("5", "5"),
        ("True", "да"),
        ("None", None),
        ("''", None),
        ("()", None),
        ("['строка 2']", None),
        ("blake2b:aa:bb", None),
        ("datetime.date(2026, 13, 1)", None),
        ("__import__('os').system('x')", None),
        ("(" * 5000, None),
    ],
)
def test_a_kept_value_is_shown_as_a_cell_said_it(kept: str, shown: object) -> None:
    assert shown_value(kept) == shown
