"""Copies with a password: they open with it alone, say what the packet says, are never old."""

from __future__ import annotations

import io
import json
import os
import pty
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from docgen.errors import UsageError
from docgen.pages import BrokenPdfError, normalise, write_locked_copy
from docgen.pipeline.products.locked_copies import refuse_bad_password
from tests.conftest import ROOT
from tests.support.signers import signed
from tests.support.small_pdfs import small_pdf
from tests.support.small_root import Sheets, files_below, make_root, make_school, put, run
from tests.support.verapdf import verapdf

FOLDER = "копии с паролем"
PASSWORD = "синий трактор едет 7"
PACKET = "Копии. Приказ № 163-од от 11.09.2026.pdf"


def type_in(monkeypatch: pytest.MonkeyPatch, typed: bytes | str) -> None:
    """Feed docgen's standard input."""
    data = typed.encode() if isinstance(typed, str) else typed
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def manifest_of(school: Path) -> Any:
    return json.loads((output_of(school) / "manifest.json").read_text("utf-8"))


def text_with(path: Path, password: str | None) -> list[str]:
    opened = pypdfium2.PdfDocument(path, password=password)
    found = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    return found


# --- one file --------------------------------------------------------------------------------


def test_a_locked_copy_opens_with_its_password_alone(tmp_path: Path) -> None:
    plain, locked = tmp_path / "plain.pdf", tmp_path / "locked.pdf"
    plain.write_bytes(normalise(small_pdf(["one", "two"]), "Тайный приказ").data)
    write_locked_copy(plain, locked, PASSWORD)
    assert text_with(locked, PASSWORD) == text_with(plain, None)
    for wrong in (None, "", PASSWORD + " ", PASSWORD[:-1]):
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(locked, password=wrong)
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(locked, password=wrong or "")
    with pikepdf.open(locked, password=PASSWORD) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert "aesv3" in str(document.encryption.stream_method)
        assert b"pdfaid:part" not in document.Root.Metadata.read_bytes()
        assert document.check_pdf_syntax() == []
    data = locked.read_bytes()
    assert "приказ".encode("utf-16-be") not in data
    assert "приказ".encode() not in data
    write_locked_copy(plain, locked, PASSWORD)
    assert locked.read_bytes() != data


def test_what_is_no_pdf_or_is_locked_already_has_no_copy(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing")
    with pytest.raises(BrokenPdfError):
        write_locked_copy(broken, tmp_path / "copy.pdf", PASSWORD)
    broken.write_bytes(small_pdf(["one"]))
    write_locked_copy(broken, tmp_path / "copy.pdf", PASSWORD)
    with pytest.raises(BrokenPdfError):
        write_locked_copy(tmp_path / "copy.pdf", tmp_path / "again.pdf", PASSWORD)


# --- passwords -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "пароль не введён"),
        ("короткий", "пароль короче 12 знаков"),
        (" синий трактор", "пробел в начале или в конце"),
        ("синий трактор ", "пробел в начале или в конце"),
        ("111111111111111", "меньше 5 разных знаков"),
        ("синий трактор № 7", "знак «№»"),
        ("синий\ttрактор едет", "невидимый знак"),
        ("синий\u200bтрактор едет", "невидимый знак"),
        ("щука " * 20 + "щука", "длиннее 127 байт"),
    ],
)
def test_a_bad_password_is_refused_and_not_repeated(password: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        refuse_bad_password(password)
    assert reason in str(caught.value)
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize("password", [PASSWORD, "correct horse", "Ёлка-йод-7%-ъ", "k" * 8 + "abcd"])
def test_a_good_password_is_taken(password: str) -> None:
    refuse_bad_password(password)


@pytest.mark.parametrize(
    ("words", "fed", "reason"),
    [
        (["--encrypt"], b"", "пароль не введён"),
        (["--encrypt"], b"\n" + PASSWORD.encode(), "пароль не введён"),
        (["--encrypt"], "пароль".encode(), "короче 12 знаков"),
        (["--encrypt"], "синий трактор".encode("cp1251"), "не в кодировке UTF-8"),
        (["--encrypt", "--no-pdf"], b"", "--encrypt и --no-pdf вместе не бывают"),
        (["--encrypt", "--blank", "приказ"], b"", "--encrypt и --blank вместе не бывают"),
        (["--encrypt=тайна"], b"", "ключ «--encrypt» написан без значения или с лишним"),
    ],
)
def test_bad_words_are_refused_before_anything_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    fed: bytes,
    reason: str,
) -> None:
    school = make_school(make_root(tmp_path))
    type_in(monkeypatch, fed)
    assert run("build", school, *words) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert "тайна" not in said
    assert not output_of(school).exists()


def answer(school: Path, *answers: str) -> tuple[int, str]:
    """Run the command on a terminal and type at each question; return its code and the screen."""
    try:
        master, slave = pty.openpty()
    except OSError:
        pytest.skip("this system has no terminals: /dev/pts is not mounted")
    command = [sys.executable, "-m", "docgen", "build", str(school), "--encrypt"]
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(slave)
    screen = b""
    waiting = list(answers)
    while True:
        try:
            screen += os.read(master, 4096)
        except OSError:
            break
        if waiting and screen.decode(errors="ignore").rstrip().endswith(":"):
            time.sleep(0.2)
            os.write(master, f"{waiting.pop(0)}\n".encode())
            screen += b"\n"
    os.close(master)
    return process.wait(timeout=120), screen.decode()


def test_on_a_terminal_it_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    school = make_school(make_root(tmp_path))
    code, screen = answer(school, PASSWORD, PASSWORD[:-1])
    assert code == 2
    assert "Пароль для копий (на экране не виден):" in screen
    assert "Тот же пароль ещё раз:" in screen
    assert "пароли не совпали" in screen
    assert "трактор" not in screen
    code, screen = answer(school, "мало")
    assert code == 2
    assert "короче 12 знаков" in screen
    assert "ещё раз" not in screen
    assert not output_of(school).exists()


@pytest.mark.office
def test_what_is_typed_on_a_terminal_opens_the_copies(tmp_path: Path) -> None:
    school = make_school(make_root(tmp_path))
    code, screen = answer(school, PASSWORD, PASSWORD)
    assert code == 0, screen
    assert "копий с паролем 7" in screen
    assert text_with(output_of(school) / FOLDER / "комплекты" / PACKET, PASSWORD)


# --- what a build leaves ---------------------------------------------------------------------


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace built once with copies."""
    school = make_school(make_root(tmp_path))
    type_in(monkeypatch, f"\ufeff{PASSWORD}\r\nдругая строка\n")
    assert run("build", school, "--encrypt") == 0
    return school


@pytest.mark.office
def test_every_set_but_for_the_printer_has_a_copy_and_no_file_has_the_password(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = output_of(school)
    copies = {one["pdf"]: one["encrypted"] for one in manifest_of(school)["packets"]}
    assert {name for name, copy in copies.items() if copy is None} == {
        name for name in copies if Path(name).name.startswith("Печать")
    }
    names = {f"{FOLDER}/{name}" for name in files_below(output / FOLDER)}
    assert names == {copy["pdf"] for copy in copies.values() if copy}
    for name, copy in copies.items():
        if copy:
            assert text_with(output / copy["pdf"], PASSWORD) == text_with(output / name, None)
            assert stat.S_IMODE((output / copy["pdf"]).stat().st_mode) == 0o600
            assert stat.S_IMODE((output / copy["pdf"]).parent.stat().st_mode) == 0o700
    assert verapdf([output / "packets" / PACKET]) == [""]
    for path in output.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(PASSWORD.encode(code) in data for code in ("utf-8", "utf-16-be"))
    assert run("verify", output) == 0
    # Made anew only when asked for, though nothing has changed.
    before = files_below(output)
    assert run("build", school) == 0
    assert files_below(output) == before
    type_in(monkeypatch, "совсем другие слова")
    assert run("build", school, "--encrypt") == 0
    after = files_below(output)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {*names, "manifest.json", "ledger.sqlite"}
    assert text_with(output / FOLDER / "комплекты" / PACKET, "совсем другие слова")
    assert run("verify", output) == 0


@pytest.mark.office
def test_a_copy_of_what_has_changed_goes_and_that_is_told(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = output_of(school)
    before = files_below(output / FOLDER)
    put(school, "Приказы", "E3", "О закреплении пар")
    capsys.readouterr()
    assert run("build", school) == 0
    reported = capsys.readouterr().err
    gone = {*before} - {*files_below(output / FOLDER)}
    assert f"комплекты/{PACKET}" in gone
    assert len(gone) < len(before)
    assert f"и ещё {len(gone) - 1} таких же" in reported
    assert "соберите с ключом --encrypt ещё раз" in reported
    assert all(name in reported for name in gone)
    assert run("verify", output) == 0
    assert run("build", school) == 0
    assert "предупреждений" not in capsys.readouterr().out
    # A packet that nobody plans any more.
    put(school, "Приказы", "G3", "аннулирован")
    assert run("build", school) == 0
    left = files_below(output / FOLDER)
    packets = files_below(output / "packets")
    assert {name.removeprefix("комплекты/") for name in left} <= {*packets}
    assert run("verify", output) == 0


@pytest.mark.office
def test_single_papers_are_locked_by_kind(
    school: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = output_of(school)
    copies = files_below(output / FOLDER / "комплекты")
    type_in(monkeypatch, PASSWORD)
    assert run("build", school, "--encrypt", "--only", "согласие на наставничество") == 0
    assert "копий с паролем 2" in capsys.readouterr().out
    assert files_below(output / FOLDER / "комплекты") == copies
    papers = files_below(output / FOLDER / "документы")
    assert len(papers) == 2
    assert not any("бланк" in name for name in papers)
    for name in papers:
        copy = text_with(output / FOLDER / "документы" / name, PASSWORD)
        assert copy == text_with(output / "pdf" / name, None)
    locked = [one for one in manifest_of(school)["documents"] if one["encrypted"]]
    assert len(locked) == 2
    assert run("build", school) == 0
    assert files_below(output / FOLDER / "документы") == papers
    assert run("verify", output) == 0


@pytest.mark.office
def test_a_copy_that_is_damaged_or_gone_is_told(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = output_of(school)
    path = output / FOLDER / "комплекты" / PACKET
    data = path.read_bytes()
    path.write_bytes(data[:-100] + bytes(100))
    assert run("verify", output) == 6
    path.unlink()
    assert run("verify", output) == 6
    assert "копии с паролем нет или она изменена" in capsys.readouterr().out
    path.write_bytes(data)
    assert run("verify", output) == 0
    path.write_bytes(data + b"%")
    assert run("build", school) == 0
    said = capsys.readouterr().err
    assert f'docgen build --encrypt --redo "{FOLDER}/комплекты/{PACKET}"' in said
    assert path.read_bytes() == data + b"%"


@pytest.mark.office
def test_what_is_signed_has_no_copy_that_would_lose_the_signature(
    school: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = output_of(school)
    path = output / "packets" / PACKET
    path.write_bytes(signed(path.read_bytes(), "Подпись", "Иванова Мария Петровна"))
    type_in(monkeypatch, PASSWORD)
    capsys.readouterr()
    assert run("build", school, "--encrypt") == 0
    said = capsys.readouterr().err
    assert "[copy-not-made]" in said
    assert "копия с паролем потеряла бы её" in said
    assert not (output / FOLDER / "комплекты" / PACKET).exists()
    assert len(files_below(output / FOLDER)) == 6
    assert run("verify", output) == 0


@pytest.mark.office
def test_a_school_without_sets_to_send_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_pairs(sheets: Sheets) -> None:
        del sheets["Пары"][1:], sheets["Приказы"][2]

    school = make_school(make_root(tmp_path), no_pairs)
    type_in(monkeypatch, PASSWORD)
    assert run("build", school, "--encrypt", "--only", "согласие_на_наставничество") == 0
    assert "копий с паролем нет" in capsys.readouterr().err
    assert not (output_of(school) / FOLDER).exists()


@pytest.mark.office
def test_copies_go_with_the_rest_and_wider_rights_are_taken(school: Path) -> None:
    output = output_of(school)
    path = output / FOLDER / "комплекты" / PACKET
    path.chmod(0o666)
    path.parent.chmod(0o777)
    assert run("build", school) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert run("build", school, "--no-pdf") == 0
    assert path.is_file()
    assert run("clean", "--all", school) == 0
    assert not (output / FOLDER).exists()
