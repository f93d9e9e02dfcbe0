"""What is taken back into the archive, and what a person is told who has lost it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from docgen.archive import ARCHIVE, read_archive
from tests.support.paper_archives import docx_of
from tests.support.small_pdfs import blank_pdf
from tests.support.small_root import (
    BOOK,
    Sheets,
    build_signed,
    made,
    make_root,
    make_school,
    put,
    run,
)

NO_PDF = "--no-pdf"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def school(root: Path) -> Path:
    return build_signed(root, NO_PDF)


def output_of(school: Path) -> Path:
    return school.parent.parent / "output" / school.name


def folder_named(school: Path, words: str) -> Path:
    return min(path for path in (school / ARCHIVE).iterdir() if words in path.name)


def lose_both_copies(school: Path, words: str) -> None:
    (folder_named(school, words) / "бумага.docx").write_bytes(docx_of("Иные слова"))
    shutil.rmtree(school / ARCHIVE / ".хранилище")


def titles(school: Path) -> list[str]:
    return sorted(one.record.title for one in read_archive(school).papers if not one.lost)


# --- restore ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["О парах", "приложение_таблица", "приказ О внедрении"])
def test_a_paper_restored_from_the_output_is_the_same_paper_and_no_second_one(
    school: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {one.record.id for one in read_archive(school).papers}
    lose_both_copies(school, words)
    capsys.readouterr()
    assert run("archive", "restore", school) == 0
    said = capsys.readouterr()
    assert "архив на месте, бумаг: 3; взято из готового: 1" in said.out
    assert "archive-lost" not in said.err
    assert {one.record.id for one in read_archive(school).papers} == before
    assert run("check", school) == 0


def test_restore_says_what_is_still_missing(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(school / ARCHIVE)
    shutil.rmtree(output_of(school))
    capsys.readouterr()
    assert run("archive", "restore", school) == 3
    said = capsys.readouterr()
    assert "в архиве не всё, бумаг: 0" in said.out
    assert "архив на месте" not in said.out
    assert "[archive-absent]" in said.err


def test_who_has_lost_the_archive_is_told_that_the_output_holds_the_papers(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(school / ARCHIVE)
    capsys.readouterr()
    assert run("check", school) == 3
    assert "ещё целы (3): docgen archive restore registers/школа" in capsys.readouterr().out
    shutil.rmtree(output_of(school))
    assert run("check", school) == 3
    assert "archive restore" not in capsys.readouterr().out


def test_verify_says_that_the_archive_lacks_what_the_last_build_knew(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(school / ARCHIVE)
    capsys.readouterr()
    assert run("verify", output_of(school), "--workspace", school) == 6
    said = capsys.readouterr().out
    assert "в архиве не хватает того, что было в нём при прошлой сборке" in said
    assert "Приказ № 163-од" in said


@pytest.mark.parametrize("state", ["подписан без docgen", "аннулирован"])
def test_the_last_copies_of_signed_papers_stay_in_the_output_while_the_archive_lacks_them(
    school: Path, state: str
) -> None:
    shutil.rmtree(school / ARCHIVE)
    before = {one for one in made(output_of(school)) if one.name.startswith("При")}
    for cell in ("G2", "G3"):
        put(school, "Приказы", cell, state)
    assert run("build", school, NO_PDF) == 0
    assert before <= set(made(output_of(school)))
    assert run("build", school, NO_PDF) == 0
    assert before <= set(made(output_of(school)))
    assert run("archive", "accept", school, "--reason", "архива больше нет") == 0
    assert run("build", school, NO_PDF) == 0
    assert not [one for one in made(output_of(school)) if "Приказ" in one.name]


# --- ways out --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["приказ О внедрении", "приложение_таблица"])
def test_a_scan_ends_the_error_of_a_paper_whose_both_copies_are_gone(
    school: Path, words: str, tmp_path: Path
) -> None:
    lose_both_copies(school, words)
    scan = tmp_path / "скан № 5 (й).pdf"
    scan.write_bytes(blank_pdf())
    assert run("check", school) == 3
    assert run("archive", "adopt", "О внедрении", scan, school) == 0
    assert run("check", school) == 0
    assert run("build", school, NO_PDF) == 0


def test_adopt_of_a_file_that_is_not_there_says_so(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(school / ARCHIVE)
    assert run("archive", "adopt", "О парах", "скан.pdf", school) == 2
    assert "нет такого файла" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["№ 163-од", "163-ОД", "№ 163-од «О парах»", "«О парах»"])
def test_an_order_is_known_by_all_that_messages_call_it(school: Path, name: str) -> None:
    assert run("unsign", name, school, "--reason", "по ошибке") == 0


def test_the_commands_of_messages_can_be_typed_as_they_stand(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(school, "Приказы", "G3", "на подписи")
    capsys.readouterr()
    assert run("check", school) == 0
    assert 'docgen unsign "О парах" registers/школа --reason "почему"' in capsys.readouterr().out


def test_a_workspace_is_found_from_inside_and_from_above(
    school: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outside = tmp_path / "Школа № 5 (й)" / "реестры"
    shutil.copytree(school, outside)
    for place, named in ((outside, []), (outside, ["реестры"]), (outside.parent, [])):
        monkeypatch.chdir(place)
        capsys.readouterr()
        assert run("archive", "seal", *named) == 0
        assert capsys.readouterr().out.startswith("реестры: бумаг 3")


# --- what a build says and notes -------------------------------------------------------------


def test_an_archive_that_comes_without_output_is_welcomed_in_one_line(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(output_of(school))
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    assert "школа: архив на месте, бумаг: 3\n" in capsys.readouterr().out
    assert run("build", school, NO_PDF) == 0
    assert "архив на месте" not in capsys.readouterr().out


def test_an_annulled_paper_stays_in_the_archive_with_that_mark(school: Path) -> None:
    put(school, "Приказы", "G3", "аннулирован")
    assert run("build", school, NO_PDF) == 0
    record = json.loads((folder_named(school, "О парах") / "запись.json").read_text("utf-8"))
    assert record["state"] == "аннулирован"
    put(school, "Приказы", "G3", "подписан")
    assert run("build", school, NO_PDF) == 0
    record = json.loads((folder_named(school, "О парах") / "запись.json").read_text("utf-8"))
    assert record["state"] == "подписан"


def test_a_book_in_which_all_orders_are_unsigned_again_is_an_older_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def add(sheets: Sheets, state: str) -> None:
        for number in range(3):
            row = [f"О деле {number}", f"{number}-од", sheets["Приказы"][1][2], "свой текст"]
            sheets["Приказы"].append([*row, f"О деле {number}", None, state])
            sheets["Пункты"].append([f"О деле {number}", "1", "Сделать", None, None])
        for row in sheets["Приказы"][1:]:
            row[6] = state

    school = make_school(root, lambda sheets: add(sheets, "на подписи"))
    assert run("build", school, NO_PDF) == 0
    older = (school / BOOK).read_bytes()
    make_school(root, lambda sheets: add(sheets, "подписан"))
    assert run("build", school, NO_PDF) == 0
    (school / BOOK).write_bytes(older)
    capsys.readouterr()
    assert run("check", school) == 0
    said = capsys.readouterr().out
    assert "книга старше архива" in said
    assert "Вписать обратно 5\u00a0приказов" in said
    assert "unsign" not in said


def test_nothing_is_written_into_an_archive_of_a_later_docgen(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder_named(school, "О парах") / "запись.json"
    path.write_text(path.read_text("utf-8").replace('"version":2', '"version":9'), "utf-8")
    before = {one: one.read_bytes() for one in (school / ARCHIVE).rglob("*") if one.is_file()}
    reason = ("--reason", "так")
    for words in (("unsign", "О внедрении", *reason), ("archive", "accept", *reason)):
        assert run(*words, school) == 2
        assert "[archive-newer]" in capsys.readouterr().err
    run("archive", "restore", school)
    now = {one: one.read_bytes() for one in (school / ARCHIVE).rglob("*") if one.is_file()}
    assert {one: data for one, data in now.items() if "lock" not in one.name} == {
        one: data for one, data in before.items() if "lock" not in one.name
    }


def test_a_paper_that_is_archived_already_is_not_accepted_twice_and_that_is_the_reason_given(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = school / ARCHIVE / "с флешки"
    shutil.copytree(folder_named(school, "О парах"), copy)
    record = json.loads((copy / "запись.json").read_text("utf-8"))
    (copy / "запись.json").write_text(json.dumps(record | {"id": "00112233445566aa"}), "utf-8")
    assert run("archive", "accept", school, "--reason", "нашли") == 3
    assert "уже есть в архиве" in capsys.readouterr().err


def test_seal_says_of_a_paper_that_is_not_as_it_was_signed(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder_named(school, "О парах") / "бумага.docx").write_bytes(docx_of("Иные слова"))
    capsys.readouterr()
    assert run("archive", "seal", school) == 0
    assert "изменён после подписания" in capsys.readouterr().err
    shutil.rmtree(school / ARCHIVE / ".хранилище")
    assert run("archive", "seal", school) == 3
    assert "[archive-lost]" in capsys.readouterr().err
