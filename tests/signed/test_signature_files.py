"""Returned signatures are read, and one that does not hold is reported."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import signed
from docgen.signed import Integrity, openssl
from docgen.signed.cms import without_padding
from tests.support.signers import detached
from tests.support.signers import signed as put_signature
from tests.support.small_pdfs import small_pdf, write_small_pdf
from tests.support.small_root import make_root, make_school, run

OWNER = "Иванова Мария Петровна"
DAY = "31.12.2099"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A PDF with a signature beside it."""
    path = write_small_pdf(tmp_path / "Приказ.pdf", ["order"])
    path.with_name("Приказ.pdf.sig").write_bytes(detached(path.read_bytes(), OWNER))
    return path


def test_a_signature_beside_tells_whose_it_is_and_holds(paper: Path) -> None:
    (one,) = signed.signatures_of(paper)
    assert (one.owner, one.state, one.field) == (OWNER, Integrity.INTACT, "")
    assert (one.begins.year, one.ends.year) == (2026, 2099)
    assert int(one.serial, 16) == int.from_bytes(OWNER.encode()[:8], "big")


@pytest.mark.parametrize("name", ["Приказ.sig", "Приказ.pdf.p7s", "Приказ.pdf.sgn"])
def test_a_signature_may_be_letters_and_have_other_names(paper: Path, name: str) -> None:
    beside = paper.with_name("Приказ.pdf.sig")
    text = base64.encodebytes(beside.read_bytes())
    beside.unlink()
    paper.with_name(name).write_bytes(b"-----BEGIN CMS-----\n" + text + b"-----END CMS-----\n")
    assert [one.state for one in signed.signatures_of(paper)] == [Integrity.INTACT]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: data[:-1],
        lambda data: data.replace(b"order", b"ordeR"),
    ],
)
def test_any_change_of_the_file_is_told(paper: Path, change: Callable[[bytes], bytes]) -> None:
    paper.write_bytes(change(paper.read_bytes()))
    assert [one.state for one in signed.signatures_of(paper)] == [Integrity.CHANGED]


@pytest.mark.parametrize("data", [b"", b"no signature", b"0\x03\x02\x01\x05", b"MAMCAQU="])
def test_what_is_no_signature_is_refused(paper: Path, data: bytes) -> None:
    paper.with_name("Приказ.pdf.sig").write_bytes(data)
    with pytest.raises(signed.BrokenSignatureError):
        signed.signatures_of(paper)


def test_without_openssl_nothing_is_called_intact(
    paper: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    openssl.has_engine.cache_clear()
    (one,) = signed.signatures_of(paper)
    assert (one.state, one.note) == (Integrity.UNKNOWN, "нет программы openssl")
    openssl.has_engine.cache_clear()


# --- commands --------------------------------------------------------------------------------


def test_sign_status_tells_owner_state_and_that_the_file_is_unknown(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sign-status", paper) == 0
    printed = capsys.readouterr().out
    assert f"подписал(а): {OWNER} — подпись верна, файл не изменён" in printed
    assert f"до {DAY}" in printed
    assert "в списке готовых документов такого файла нет" in printed
    assert run("sign-status", paper.with_name("Приказ.pdf.sig")) == 0
    assert capsys.readouterr().out == printed
    paper.write_bytes(paper.read_bytes() + b"\n")
    assert run("sign-status", paper) == 6
    assert Integrity.CHANGED.value in capsys.readouterr().out
    paper.with_name("Приказ.pdf.sig").write_bytes(b"x")
    assert run("sign-status", paper) == 6
    assert "подпись не читается" in capsys.readouterr().out


def test_a_list_that_another_program_left_is_no_list_of_docgens(
    tmp_path: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (
        ("игра", '{"documents": [{"pdf": "а.pdf"}], "packets": []}'),
        ("расширение", '{"documents": ["а"], "packets": [1]}'),
        ("список", "[1, 2]"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(text, "utf-8")
    assert run("sign-status", paper) == 0
    assert "в списке готовых документов такого файла нет" in capsys.readouterr().out


def test_sign_status_says_when_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = write_small_pdf(tmp_path / "Пусто.pdf", ["nothing"])
    assert run("sign-status", bare) == 0
    assert "подписи нет" in capsys.readouterr().out
    assert run("sign-status", tmp_path / "нет.pdf") == 2
    assert "нет файла" in capsys.readouterr().err
    (tmp_path / "обрыв.pdf").write_bytes(bare.read_bytes()[:200])
    assert run("sign-status", tmp_path / "обрыв.pdf") == 6
    assert "файл или подпись не читается" in capsys.readouterr().out


def test_sign_status_looks_into_any_folder_and_refuses_one_that_is_not_there(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sign-status", paper.parent) == 0
    assert OWNER in capsys.readouterr().out
    assert run("sign-status", tmp_path / "опечатка") == 2
    assert "нет папки" in capsys.readouterr().err
    school = make_school(make_root(tmp_path))
    assert run("sign-status", school) == 2
    assert "или соберите её" in capsys.readouterr().err
    assert run("verify", school) == 2
    assert run("build", school, "--no-pdf") == 0
    assert run("verify", school) == 0


def test_without_pyhanko_the_command_says_how_to_get_it(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "docgen.pipeline.answers.signature_status", None)
    assert run("sign-status", paper) == 2
    assert 'pip install "docgen[sign]"' in capsys.readouterr().err


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registers of a small school whose papers have been made, with fields."""
    root = make_root(tmp_path_factory.mktemp("school"))
    made = make_school(root)
    assert run("build", made, "--fields") == 0
    return made


@pytest.fixture
def output(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


@pytest.mark.office
def test_returned_files_are_known_by_the_manifest(
    tmp_path: Path, school: Path, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = next((output / "электронные подлинники").rglob("Приказ*147*.pdf"))
    back = tmp_path / "подписано.pdf"
    back.write_bytes(put_signature(original.read_bytes(), "руководитель", OWNER))
    capsys.readouterr()
    assert run("sign-status", school, back) == 0
    printed = capsys.readouterr().out
    assert "поле «руководитель» — подпись верна, файл не изменён" in printed
    assert "это «Приказ № 147-од от 01.09.2026. О внедрении наставничества», как собрано" in printed
    consent = next((output / "электронные подлинники").rglob("*наставник*.pdf"))
    assert run("sign-status", consent) == 0
    assert "ждёт подписи: наставник: Петрова Анна Сергеевна" in capsys.readouterr().out


@pytest.mark.office
def test_verify_looks_at_signatures_too(
    school: Path,
    output: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = next((output / "электронные подлинники").rglob("Приказ*147*.pdf"))
    data = put_signature(original.read_bytes(), "руководитель", OWNER)
    original.write_bytes(data)
    pdf = next((output / "pdf").rglob("Приказ*163*.pdf"))
    beside = pdf.with_name(f"{pdf.name}.sig")
    beside.write_bytes(detached(pdf.read_bytes(), OWNER))
    assert run("verify", output) == 0
    for folder in (school, output):
        capsys.readouterr()
        assert run("sign-status", folder) == 0
        assert capsys.readouterr().out.count(OWNER) == 2
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "docgen.pipeline.answers.signature_status", None)
        assert run("verify", output) == 0
        assert "электронные подписи не проверены" in capsys.readouterr().out
    original.write_bytes(data + b"\n%")
    assert run("verify", output) == 6
    assert f"{Integrity.CHANGED.value} ({original})" in capsys.readouterr().out
    original.write_bytes(data)
    beside.write_bytes(detached(pdf.read_bytes() + b"x", OWNER))
    assert run("verify", output) == 6


# --- ГОСТ ------------------------------------------------------------------------------------

needs_engine = pytest.mark.skipif(
    not openssl.has_engine(),
    reason="openssl has no engine of ГОСТ: apt-get install libengine-gost-openssl",
)
ALGORITHM = ("gost2012_256", "-pkeyopt", "paramset:A")


def gost(*arguments: object) -> None:
    program = shutil.which("openssl")
    assert program is not None
    command = [program, *map(str, arguments), "-engine", "gost"]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def gost_signer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate of ГОСТ Р 34.10-2012, as an authority would give them."""
    folder = tmp_path_factory.mktemp("gost")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = "/CN=МБОУ «Школа № 1»/SN=Иванова/GN=Мария Петровна"
    gost(
        *("req", "-x509", "-utf8", "-nodes", "-newkey", *ALGORITHM, "-md_gost12_256"),
        *("-days", 365, "-subj", subject, "-keyout", key, "-out", certificate),
    )
    return key, certificate


@needs_engine
def test_a_gost_signature_is_checked_and_one_added_byte_fails(
    tmp_path: Path, gost_signer: tuple[Path, Path]
) -> None:
    key, certificate = gost_signer
    path = write_small_pdf(tmp_path / "Приказ.pdf", ["order"])
    beside = path.with_name("Приказ.pdf.sig")
    gost(
        *("cms", "-sign", "-binary", "-cades", "-md", "md_gost12_256", "-outform", "DER"),
        *("-signer", certificate, "-inkey", key, "-in", path, "-out", beside),
    )
    (one,) = signed.signatures_of(path)
    assert (one.owner, one.state) == (OWNER, Integrity.INTACT)
    assert one.time is not None
    path.write_bytes(path.read_bytes() + b"\n")
    assert [one.state for one in signed.signatures_of(path)] == [Integrity.CHANGED]


def test_without_the_engine_gost_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openssl, "has_engine", lambda: False)
    state, note = signed.verify_detached(b"0\x82" + openssl.GOST + b"\x01", small_pdf(["order"]))
    assert state is Integrity.UNKNOWN
    assert "libengine-gost-openssl" in note


def test_a_signature_in_a_pdf_ends_where_it_says_not_at_its_last_zeros() -> None:
    ends_in_zero = b"\x30\x03\x02\x01\x00"
    assert without_padding(ends_in_zero + bytes(40)) == ends_in_zero
    assert without_padding(ends_in_zero) == ends_in_zero
    with pytest.raises(ValueError, match="Insufficient data"):
        without_padding(b"\x30\x09\x02\x01\x00")
