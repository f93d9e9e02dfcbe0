"""The ways in which a signed paper can be lost or altered: each is noticed, healed or refused.

One table: what happens, what a check and a build end with and say, what stands in the output then.
Whatever happens, no signed paper is made anew, a second build says nothing new and changes nothing,
and the papers of nobody else are stopped.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest

from docgen.archive import DOCX, PDF
from tests.support.shipped import changed
from tests.support.signed_school import (
    PAIRS,
    PLAN,
    RECORD,
    SignedSchool,
    ask,
    copy_of,
    edit_book,
    edit_docx,
    edit_json,
    make_signed,
    take_names_apart,
)
from tests.support.signers import detached, signed
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import SHIPPED, files_below, run
from tests.support.trust_sizes import some_of

pytestmark = [pytest.mark.office]

ORDER_ROW: Final = {PLAN: 2, PAIRS: 3}
STATE_CELL: Final = "G3"
Happens = Callable[[SignedSchool], "SignedSchool | None"]


@dataclass(frozen=True, slots=True)
class Way:
    """What happens, what commands end with and say, what stands in the output and the archive.

    ``said`` are codes of what is said, nothing else may be when there are none; ``hidden`` when a
    check cannot see it. ``left_out`` counts files of signed papers that the output lacks then,
    ``strangers`` those that are not as frozen, ``archived`` those that the archive still has,
    ``others`` papers that belong to no order. ``noticed`` is what ``verify`` ends with before the
    build, ``options`` are those of the builds.
    """

    happens: Happens
    said: tuple[str, ...] = ()
    check: int = 0
    build: int = 0
    left_out: int = 0
    verify: int = 0
    noticed: int | None = None
    options: tuple[str, ...] = ()
    others: int = 3
    archived: int = 6
    strangers: int = 0
    hidden: bool = False


# --- the output ------------------------------------------------------------------------------


def delete_output_file(one: SignedSchool) -> None:
    one.built().unlink()


def edit_output_file(one: SignedSchool) -> None:
    edit_docx(one.built())


def swap_output_files(one: SignedSchool) -> None:
    for suffix in (".docx", ".pdf"):
        shutil.copy(one.built("147-од", suffix), one.built("163-од", suffix))


def delete_output(one: SignedSchool) -> None:
    shutil.rmtree(one.output)


def edit_manifest(one: SignedSchool) -> None:
    def change(kept: dict[str, Any]) -> None:
        for document in kept["documents"]:
            document["sha256"] = dict.fromkeys(document["sha256"], "0" * 64)

    edit_json(one.output / "manifest.json", change)


def delete_ledger(one: SignedSchool) -> None:
    (one.output / "ledger.sqlite").unlink()


def delete_ledger_and_manifest(one: SignedSchool) -> None:
    delete_ledger(one)
    (one.output / "manifest.json").unlink()


def take_ledger_of_another(one: SignedSchool) -> None:
    other = another_school(one)
    shutil.copy(other.output / "ledger.sqlite", one.output / "ledger.sqlite")


def another_school(one: SignedSchool) -> SignedSchool:
    """Build another school that has signed orders of the same names; return it."""
    folder = one.root.parent / "другая"
    folder.mkdir()
    return make_signed(folder, "--no-pdf")


# --- the archive -----------------------------------------------------------------------------


def edit_archived_docx(one: SignedSchool) -> None:
    edit_docx(one.folder() / DOCX)


def swap_archived_pdf(one: SignedSchool) -> None:
    shutil.copy(one.folder(PLAN) / PDF, one.folder() / PDF)


def empty_archived_docx(one: SignedSchool) -> None:
    (one.folder() / DOCX).write_bytes(b"")


def edit_record(one: SignedSchool) -> None:
    edit_json(one.folder() / RECORD, lambda kept: kept.update(title="О другом", number="999-од"))


def forge_record(one: SignedSchool) -> None:
    edit_archived_docx(one)
    data = (one.folder() / DOCX).read_bytes()

    def change(kept: dict[str, Any]) -> None:
        kept["files"][DOCX].update(sha256=hashlib.sha256(data).hexdigest(), size=len(data))

    edit_json(one.folder() / RECORD, change)


def lead_record_out(one: SignedSchool) -> None:
    def change(kept: dict[str, Any]) -> None:
        kept["made"]["output"] = "../../../чужое"
        kept["files"]["../../../../passwd"] = kept["files"][DOCX]

    edit_json(one.folder() / RECORD, change)


def save_record_in_notepad(one: SignedSchool) -> None:
    path = one.folder() / RECORD
    text = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, indent=1)
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


def delete_record(one: SignedSchool) -> None:
    (one.folder() / RECORD).unlink()


def delete_folder(one: SignedSchool) -> None:
    shutil.rmtree(one.folder())


def delete_archive(one: SignedSchool) -> None:
    shutil.rmtree(one.archive)


def delete_archive_and_change_registers(one: SignedSchool) -> None:
    delete_archive(one)
    change_pair(one)


def delete_archive_and_output(one: SignedSchool) -> None:
    delete_archive(one)
    delete_output(one)


def move_without_archive(one: SignedSchool) -> None:
    delete_archive_and_output(one)
    change_pair(one)


def copy_folder_with_edit(one: SignedSchool) -> None:
    folder = one.folder()
    beside = folder.with_name(f"а {folder.name}")
    shutil.copytree(folder, beside)
    edit_docx(beside / DOCX)


def rename_folder(one: SignedSchool) -> None:
    one.folder().rename(one.folder().with_name("пары 2026"))


def put_folder_of_another(one: SignedSchool) -> None:
    other = another_school(one)
    shutil.copytree(other.folder(), one.archive / "чужая")


def put_folder_of_another_in_place(one: SignedSchool) -> None:
    other = another_school(one)
    shutil.rmtree(one.folder())
    shutil.copytree(other.folder(), one.archive / "чужая")


def take_archive_names_apart(one: SignedSchool) -> None:
    take_names_apart(one.school)


def drop_foreign_files(one: SignedSchool) -> None:
    (one.folder() / "~$бумага.docx").write_bytes(b"lock")
    (one.folder() / "заметки.txt").write_text("не терять", "utf-8")
    (one.archive / "Thumbs.db").write_bytes(b"x")


def lose_both_copies(one: SignedSchool) -> None:
    delete_folder(one)
    shutil.rmtree(one.archive / ".хранилище")


def edit_without_second_copy(one: SignedSchool) -> None:
    edit_archived_docx(one)
    shutil.rmtree(one.archive / ".хранилище")


def lose_journal(one: SignedSchool) -> None:
    shutil.rmtree(one.archive / "журнал")


def lose_journal_and_copies(one: SignedSchool) -> None:
    lose_journal(one)
    shutil.rmtree(one.archive / ".хранилище")


def forge_without_journal(one: SignedSchool) -> None:
    forge_record(one)
    lose_journal(one)


# --- registers -------------------------------------------------------------------------------


def state(value: str | None) -> Happens:
    """Return a change of the state of the order about pairs."""

    def happens(one: SignedSchool) -> None:
        def change(sheet: Any) -> None:
            sheet[STATE_CELL].value = value

        edit_book(one.school, "Приказы", change)

    return happens


def cell(sheet_name: str, place: str, value: object) -> Happens:
    """Return a change of one cell."""

    def happens(one: SignedSchool) -> None:
        def change(sheet: Any) -> None:
            sheet[place].value = value

        edit_book(one.school, sheet_name, change)

    return happens


change_pair = cell("Пары", "D2", "иная цель")


def delete_row(one: SignedSchool) -> None:
    edit_book(one.school, "Приказы", lambda sheet: sheet.delete_rows(ORDER_ROW[PAIRS]))


def delete_row_and_all_that_names_it(one: SignedSchool) -> None:
    edit_book(one.school, "Приказы", lambda sheet: sheet.delete_rows(ORDER_ROW[PLAN]))
    edit_book(one.school, "Пункты", lambda sheet: sheet.delete_rows(2, 2))
    edit_book(one.school, "Приложения", lambda sheet: sheet.delete_rows(2))


def rename_order_everywhere(one: SignedSchool) -> None:
    cell("Приказы", "A3", "О наставниках")(one)
    cell("Пары", "G2", "О наставниках")(one)


def take_older_book(one: SignedSchool) -> None:
    delete_row_and_all_that_names_it(one)
    edit_book(one.school, "Приказы", lambda sheet: sheet.delete_rows(2))
    edit_book(one.school, "Пары", lambda sheet: sheet.delete_rows(2))


def annul_namesake(one: SignedSchool) -> None:
    """Annul «О пар»; the row of the signed «О парах» is deleted."""

    def change(sheet: Any) -> None:
        sheet["A3"].value, sheet["B3"].value = "О пар", "1-од"
        sheet[STATE_CELL].value = "аннулирован"

    edit_book(one.school, "Приказы", change)
    cell("Пары", "G2", "О пар")(one)


def change_template(one: SignedSchool) -> None:
    path = one.root / "templates_docx" / "приказ_о_парах.docx"
    data = changed(
        path.read_bytes(), "word/document.xml", lambda xml: xml.replace("Закрепить", "Назначить", 1)
    )
    path.write_bytes(data)


def change_person(one: SignedSchool) -> None:
    cell("Сотрудники", "A4", "Кузнецов Дмитрий Олегович")(one)
    cell("Пары", "C2", "Кузнецов Дмитрий Олегович")(one)


# --- tools -----------------------------------------------------------------------------------


def clean_all(one: SignedSchool) -> None:
    assert run("clean", "--all", one.school) == 0


def redo(one: SignedSchool) -> None:
    change_pair(one)
    edit_docx(one.built())
    assert one.build("--redo", one.built()) in {0, 7}


def build_elsewhere(one: SignedSchool) -> None:
    change_pair(one)
    assert one.build("--out", one.root.parent / "иное место") == 0
    elsewhere = files_below(one.root.parent / "иное место")
    for name, sha256 in one.frozen.items():
        assert sha256 in {data for path, data in elsewhere.items() if path.endswith(name)}


def build_twice_at_once(one: SignedSchool) -> None:
    change_pair(one)
    command = [sys.executable, "-m", "docgen", "build", str(one.school), *one.options]
    both = [
        subprocess.Popen(command, cwd=SHIPPED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert {process.wait(120) for process in both} <= {0, 2}


def rename_workspace(one: SignedSchool) -> SignedSchool:
    one.school.rename(one.school.with_name("школа 2026"))
    return replace(one, name="школа 2026")


def move_workspace(one: SignedSchool) -> SignedSchool:
    root = one.root.with_name("другой диск")
    one.root.rename(root)
    return replace(one, root=root)


def copy_workspace(one: SignedSchool) -> SignedSchool:
    shutil.copytree(one.school, one.school.with_name("копия"))
    return replace(one, name="копия")


# --- by hand ---------------------------------------------------------------------------------


def put_signature_of_another(one: SignedSchool) -> None:
    pdf = one.built(suffix=".pdf")
    pdf.with_name(f"{pdf.name}.sig").write_bytes(
        detached(one.built("147-од", ".pdf").read_bytes(), "Иванова Мария Петровна")
    )


def edit_signed_pdf(one: SignedSchool) -> None:
    """Sign the PDF of the output electronically; then change a few of its bytes."""
    pdf = one.built(suffix=".pdf")
    data = bytearray(signed(pdf.read_bytes(), "руководитель", "Иванова Мария Петровна"))
    pdf.write_bytes(bytes(data))
    assert one.build() == 0
    place = len(data) // 3
    data[place : place + 4] = bytes(255 - byte for byte in data[place : place + 4])
    pdf.write_bytes(bytes(data))


def replace_scan(one: SignedSchool) -> None:
    """Let an order's scan be taken in; then put another one over the first in the archive."""
    write_small_pdf(one.school / "скан.pdf", ["подлинник"])

    def name_scan(sheet: Any) -> None:
        sheet["H1"].value, sheet["H3"].value = "Скан", "скан.pdf"

    edit_book(one.school, "Приказы", name_scan)
    assert one.build() == 0
    write_small_pdf(one.folder() / "скан.pdf", ["другой, длиннее первого"])


def refused(happens: Happens, *said: str, **more: Any) -> Way:
    """Return a way after which a paper is an error and left out; the rest goes on."""
    return Way(happens, said, check=3, build=7, **more)


def healed(happens: Happens, **more: Any) -> Way:
    """Return a way after which the second copy is put back, with a note."""
    return Way(happens, ("archive-healed",), **more)


def differs(happens: Happens, **more: Any) -> Way:
    """Return a way after which registers and archive disagree, and that is said."""
    return Way(happens, ("frozen-differs",), **more)


WAYS: Final[Mapping[str, Way]] = {
    "output: a file deleted": Way(delete_output_file, noticed=6),
    "output: a file edited": healed(edit_output_file, noticed=6, hidden=True),
    "output: a file replaced by another paper's": healed(swap_output_files, noticed=6, hidden=True),
    "output: all deleted": Way(delete_output),
    "output: manifest edited": Way(edit_manifest, noticed=6),
    "output: ledger deleted": Way(delete_ledger),
    "output: ledger and manifest deleted": Way(delete_ledger_and_manifest, noticed=6),
    "output: ledger of another workspace": Way(take_ledger_of_another, ("archive-journal",)),
    "archive: .docx edited": healed(edit_archived_docx),
    "archive: .pdf swapped": healed(swap_archived_pdf),
    "archive: .docx emptied": healed(empty_archived_docx),
    "archive: record edited": healed(edit_record),
    "archive: record and .docx forged": healed(forge_record),
    "archive: record leads out of the workspace": healed(lead_record_out),
    "archive: record saved with BOM and CRLF": Way(save_record_in_notepad),
    "archive: record deleted": healed(delete_record),
    "archive: a folder deleted": healed(delete_folder),
    "archive: deleted, registers as before": refused(
        delete_archive, "archive-absent", "archive-journal", archived=0
    ),
    "archive: deleted, registers changed": refused(
        delete_archive_and_change_registers, "archive-absent", archived=0
    ),
    "archive: deleted with the output": refused(
        delete_archive_and_output, "archive-absent", left_out=6, archived=0
    ),
    "archive: not copied to a new place": refused(
        move_without_archive, "archive-absent", left_out=6, archived=0
    ),
    "archive: a folder copied beside with an edited .docx": Way(
        copy_folder_with_edit, ("archive-extra",)
    ),
    "archive: a folder renamed": Way(rename_folder),
    "archive: a folder of another workspace put in": Way(put_folder_of_another, ("archive-extra",)),
    "archive: a folder of another workspace instead": healed(put_folder_of_another_in_place),
    "archive: names with letters taken apart": Way(take_archive_names_apart),
    "archive: foreign files dropped": Way(drop_foreign_files),
    "archive: both copies of a paper gone": refused(
        lose_both_copies, "archive-lost", "archive-absent", archived=4
    ),
    "archive: .docx edited, no second copies": refused(
        edit_without_second_copy, "archive-lost", archived=5
    ),
    "archive: journal gone": Way(lose_journal),
    "archive: journal gone with all second copies": Way(
        lose_journal_and_copies, ("archive-journal",)
    ),
    "archive: forged, journal gone": healed(forge_without_journal),
    "registers: state back to «на подписи»": differs(state("на подписи")),
    "registers: state back to «проект»": differs(state("проект")),
    "registers: state back to nothing": refused(state(None), "missing-value"),
    "registers: state to «аннулирован»": differs(state("аннулирован"), left_out=2, others=1),
    "registers: row deleted": refused(delete_row, "unknown-ref"),
    "registers: row deleted with all that names it": differs(
        delete_row_and_all_that_names_it, left_out=4
    ),
    "registers: short name changed": refused(cell("Приказы", "A3", "О наставниках"), "unknown-ref"),
    "registers: short name changed everywhere": Way(rename_order_everywhere),
    "registers: number changed": differs(cell("Приказы", "B3", "164-од")),
    "registers: an older workbook": differs(take_older_book, left_out=6, others=0),
    "registers: an annulled order of a name that is part": differs(
        annul_namesake, left_out=2, others=1
    ),
    "registers: pair changed": differs(change_pair),
    "registers: person changed": differs(change_person),
    "registers: template changed": Way(change_template),
    "registers: school year changed": Way(cell("Настройки", "B2", "2027/2028")),
    "tools: --redo": differs(redo),
    "tools: clean --all": Way(clean_all),
    "tools: --only": differs(change_pair, options=("--only", "приказ_о_парах")),
    "tools: build with another --out": differs(build_elsewhere),
    "tools: two builds at once": differs(build_twice_at_once),
    "tools: workspace renamed": Way(rename_workspace),
    "tools: workspace moved": Way(move_workspace),
    "tools: workspace copied": Way(copy_workspace),
    "hand: signed PDF edited": Way(edit_signed_pdf, noticed=6, verify=6, strangers=1),
    "hand: .sig of another file": Way(put_signature_of_another, noticed=6, verify=6),
    "hand: a scan replaced": healed(replace_scan),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SignedSchool:
    return make_signed(tmp_path_factory.mktemp("signed"))


@pytest.mark.trust("ways", tries=1)
@pytest.mark.parametrize("name", some_of([*WAYS], 6))
def test_a_signed_paper_stays_as_it_was_signed_or_is_left_out_and_said(
    name: str, base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = WAYS[name]
    one = copy_of(base, tmp_path)
    one = way.happens(one) or one
    if way.noticed is not None:
        assert ask(capsys, "verify", one.output).code == way.noticed
    checked = ask(capsys, "check", one.school)
    built = ask(capsys, "build", one.school, *way.options)
    assert (checked.code, built.code) == (way.check, way.build), checked.text + built.text
    assert set(way.said) <= built.codes | checked.codes, built.text
    assert way.hidden or set(way.said) <= checked.codes | {"archive-healed"}, checked.text
    assert bool(way.said) or not checked.codes | built.codes, checked.text + built.text

    stands = dict(one.hashes())
    strange = [path for path, sha256 in stands.items() if one.frozen.get(path) != sha256]
    assert len(strange) == way.strangers, strange
    assert len(one.frozen.keys() - stands.keys()) == way.left_out
    assert one.archived() <= {*one.frozen.values()}
    assert len(one.archived()) == way.archived
    assert len(one.others()) == way.others

    papers = one.papers()
    again = ask(capsys, "build", one.school, *way.options)
    assert again.code == way.build, again.text
    assert again.codes <= built.codes, again.text
    assert one.papers() == papers
    last = ask(capsys, "check", one.school)
    assert last.code == way.check
    assert last.codes <= checked.codes
    assert ("их покажет docgen check" in again.text) <= bool(last.codes)
    assert ask(capsys, "verify", one.output).code == way.verify
