"""Innocent events: what happens to a folder without anybody meaning it locks no door.

A check and a build go on for everything else, the signed papers stay as they were signed, and what
is said at most is a note, or one sentence about one paper.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document

from docgen.archive import DOCX, PDF, ArchiveWriter, EventKind, read_archive
from docgen.archive.canonical_json import canonical, content_hash
from docgen.archive.journal import Event, write_event
from tests.support.signed_school import (
    PLAN,
    RECORD,
    SignedSchool,
    ask,
    copy_of,
    edit_book,
    edit_json,
    leave_first_archive,
    make_signed,
    set_times,
    take_names_apart,
)
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import BOOK, SHIPPED
from tests.support.trust_sizes import some_of

pytestmark = pytest.mark.office

Happens = Callable[[SignedSchool], "SignedSchool | None"]
JOURNAL: Final = "журнал"
COPIES: Final = ".хранилище"


# --- Word, sync programs, virus scanners -----------------------------------------------------


def open_in_word(one: SignedSchool) -> None:
    for place in (one.folder() / "~$бумага.docx", one.school / f"~${BOOK}"):
        place.write_bytes(b"\x05user" + bytes(157))


def save_again_in_word(one: SignedSchool) -> None:
    path = one.folder() / DOCX
    Document(str(path)).save(str(path))


def open_in_libreoffice(one: SignedSchool) -> None:
    (one.folder() / ".~lock.бумага.docx#").write_text(",user,pc,12.10.2026 10:11;", "utf-8")


def leave_files_of_windows(one: SignedSchool) -> None:
    for folder in (one.school, one.archive, one.folder(), one.archive / JOURNAL, one.output):
        (folder / "desktop.ini").write_bytes(b"[.ShellClassInfo]\r\n")
        (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")


def leave_files_of_macos(one: SignedSchool) -> None:
    for path in [*one.archive.rglob("*.json"), *one.archive.rglob("*.docx")]:
        (path.parent / f"._{path.name}").write_bytes(b"\0\5\x16\7")
    (one.archive / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")


def leave_true_copy_of_folder(one: SignedSchool) -> None:
    shutil.copytree(one.folder(), one.folder().with_name(f"{one.folder().name} (копия)"))


def leave_copies_of_files(one: SignedSchool) -> None:
    for path in list(one.folder().iterdir()):
        shutil.copy(path, path.with_name(f"{path.stem} (копия){path.suffix}"))


def leave_conflicts_of_journal(one: SignedSchool) -> None:
    for path in list((one.archive / JOURNAL).iterdir()):
        shutil.copy(path, path.with_name(f"{path.stem}-PC-5.json"))
        shutil.copy(path, path.with_name(f"{path.stem} (conflicted copy 2026-11-12).json"))


def take_one_file(one: SignedSchool) -> None:
    (one.folder() / DOCX).unlink()


def take_one_copy(one: SignedSchool) -> None:
    next((one.archive / COPIES).iterdir()).unlink()


def take_one_event(one: SignedSchool) -> None:
    max((one.archive / JOURNAL).glob("*.json")).unlink()


def leave_files_online(one: SignedSchool) -> None:
    """Leave what a cloud's program shows of files that it has not brought down: nothing inside."""
    for name in (DOCX, PDF):
        (one.folder() / name).write_bytes(b"")


def lie_in_onedrive(one: SignedSchool) -> SignedSchool:
    root = one.root.with_name("OneDrive - МБОУ Школа № 1")
    one.root.rename(root)
    return replace(one, root=root)


# --- copied, renamed, restored ---------------------------------------------------------------


def copy_by_flash_drive(one: SignedSchool) -> SignedSchool:
    """Copy the whole root as a drive of FAT keeps it: no rights, even seconds."""
    root = one.root.with_name("флешка")
    shutil.copytree(one.root, root, copy_function=shutil.copyfile)
    for path in [root, *root.rglob("*")]:
        path.chmod(0o777)
    set_times(root, dt.datetime(2026, 11, 12, 10, 0, 2).astimezone())
    return replace(one, root=root)


def come_from_macos(one: SignedSchool) -> None:
    take_names_apart(one.root)


def lose_hidden_folders(one: SignedSchool) -> None:
    """Copy without what is hidden, as some archivers do."""
    shutil.rmtree(one.archive / COPIES)
    (one.archive / ".docgen.lock").unlink(missing_ok=True)


def rename_folder(one: SignedSchool) -> None:
    one.folder().rename(one.folder().with_name("2026 пары учителей"))


def restore_workspace(one: SignedSchool) -> None:
    set_times(one.school, dt.datetime(2026, 9, 17, 8, 0).astimezone())


def take_older_archive(one: SignedSchool) -> None:
    """Take the archive back to the day before the last event of it."""
    last = max((one.archive / JOURNAL).glob("*.json"))
    paper = json.loads(last.read_text("utf-8"))["paper"]
    folder = next(
        path.parent
        for path in one.archive.glob(f"*/{RECORD}")
        if json.loads(path.read_text("utf-8"))["id"] == paper
    )
    shutil.rmtree(folder)
    shutil.rmtree(one.archive / COPIES)
    last.unlink()


def take_older_book(one: SignedSchool) -> None:
    def change(sheet: Any) -> None:
        sheet["G2"].value = sheet["G3"].value = "на подписи"

    edit_book(one.school, "Приказы", change)


def save_record_in_notepad(one: SignedSchool) -> None:
    for path in one.archive.rglob("*.json"):
        text = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, indent=1)
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


def save_record_as_unicode(one: SignedSchool) -> None:
    path = one.folder() / RECORD
    path.write_text(path.read_text("utf-8"), "utf-16")


def make_read_only(one: SignedSchool) -> None:
    for path in one.archive.rglob("*"):
        if path.is_file():
            path.chmod(0o444)


# --- people, clocks, versions ----------------------------------------------------------------


def drop_scans(one: SignedSchool) -> None:
    write_small_pdf(one.folder() / "скан приказа.pdf", ["скан"])
    (one.folder(PLAN) / "IMG_2031.jpg").write_bytes(b"\xff\xd8\xff\xe0")


def drop_strangers(one: SignedSchool) -> None:
    (one.archive / "читай меня.txt").write_text("не трогать", "utf-8")
    (one.archive / "старое").mkdir()
    (one.archive / "старое" / "приказ.doc").write_bytes(b"\xd0\xcf\x11\xe0")


def run_a_clock_ahead(one: SignedSchool) -> None:
    set_times(one.archive, dt.datetime(2031, 1, 1).astimezone())


def run_a_clock_behind(one: SignedSchool) -> None:
    set_times(one.root, dt.datetime(1999, 1, 1).astimezone())


def hold_the_lock_for_a_moment(one: SignedSchool) -> None:
    """Hold the lock of the archive in another process, as a slow share does."""
    (one.folder() / DOCX).unlink()
    code = (
        "import sys, time; from pathlib import Path; from docgen.files import folder_lock\n"
        "with folder_lock(Path(sys.argv[1])):\n print('held', flush=True); time.sleep(2)"
    )
    command = [sys.executable, "-c", code, str(one.archive)]
    with subprocess.Popen(command, cwd=SHIPPED, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        begun = time.monotonic()
        # The check does not wait; the build does, and is not refused.
        assert one.build() == 0
        assert time.monotonic() - begun < 30


def leave_a_dead_lock(one: SignedSchool) -> None:
    for folder in (one.archive, one.output):
        (folder / ".docgen.lock").write_bytes(b"")
        (folder / ".docgen.owner").write_text("999999\nuser\nPC-5\n10:00\n2026-11-01", "utf-8")


def meet_a_newer_record(one: SignedSchool) -> None:
    """Let a later docgen have written a paper's record, with its event and its second copy."""
    path = one.folder() / RECORD
    edit_json(path, lambda kept: kept.update(version=3, colour="red"))
    kept = json.loads(path.read_text("utf-8"))
    writer = ArchiveWriter(read_archive(one.school), dt.date(2026, 11, 30))
    writer.copies.write(canonical(kept))
    writer.note(EventKind.STATE, kept["id"], content_hash(kept))


def meet_a_newer_event(one: SignedSchool) -> None:
    """Let a later docgen have written an event of a kind that this one does not know."""
    archive = read_archive(one.school)
    record = archive.papers[0].record
    heads = archive.journal.heads
    number = archive.journal.next_number()
    event = Event(number, "2026-11-30", "stitched", record.id, record.hash, heads)
    write_event(one.archive, event, archive.copies)


def meet_an_older_archive(one: SignedSchool) -> None:
    leave_first_archive(one.school)
    (one.output / "ledger.sqlite").unlink()


EVENTS: Final[Mapping[str, tuple[Happens, tuple[str, ...]]]] = {
    "opened in Word": (open_in_word, ("office-lock",)),
    "saved again by Word": (save_again_in_word, ("archive-healed",)),
    "opened in LibreOffice": (open_in_libreoffice, ()),
    "files of Windows": (leave_files_of_windows, ()),
    "files of macOS": (leave_files_of_macos, ()),
    "a folder copied by a sync": (leave_true_copy_of_folder, ("archive-extra",)),
    "files copied by a sync": (leave_copies_of_files, ()),
    "conflict copies of the journal": (leave_conflicts_of_journal, ()),
    "a virus scanner takes a file": (take_one_file, ("archive-healed",)),
    "a virus scanner takes a second copy": (take_one_copy, ()),
    "a virus scanner takes an event": (take_one_event, ()),
    "files that are online only": (leave_files_online, ("archive-healed",)),
    "a folder of OneDrive": (lie_in_onedrive, ("foreign-cloud",)),
    "a flash drive": (copy_by_flash_drive, ()),
    "names of macOS": (come_from_macos, ()),
    "hidden folders not copied": (lose_hidden_folders, ()),
    "a paper's folder renamed": (rename_folder, ()),
    "the workspace restored from a backup": (restore_workspace, ()),
    "the archive older than the book": (take_older_archive, ("archive-journal", "archive-absent")),
    "the book older than the archive": (take_older_book, ("frozen-differs",)),
    "records saved by Notepad": (save_record_in_notepad, ()),
    "a record saved as UTF-16": (save_record_as_unicode, ()),
    "files made read-only": (make_read_only, ()),
    "scans dropped by hand": (drop_scans, ("scan-found",)),
    "foreign files and folders dropped": (drop_strangers, ()),
    "a clock that runs ahead": (run_a_clock_ahead, ()),
    "a clock that runs behind": (run_a_clock_behind, ()),
    "a slow share": (hold_the_lock_for_a_moment, ()),
    "the lock of a dead process": (leave_a_dead_lock, ()),
    "a record of a newer docgen": (meet_a_newer_record, ("archive-newer",)),
    "an event of a newer docgen": (meet_a_newer_event, ("archive-newer",)),
    "an archive of the first docgen": (meet_an_older_archive, ()),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SignedSchool:
    return make_signed(tmp_path_factory.mktemp("signed"))


ONE_PAPER_ALONE: Final = {"archive-absent", "archive-newer"}
"""Errors of one paper, or of writing into one archive: everything else goes on."""


@pytest.mark.trust("innocent", tries=1)
@pytest.mark.parametrize("name", some_of([*EVENTS], 6))
def test_an_innocent_event_locks_no_door(
    name: str, base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    happens, said = EVENTS[name]
    one = copy_of(base, tmp_path)
    one = happens(one) or one
    # Something is to be done, so that the build is seen to go on.
    (one.output / one.others()[0]).unlink()
    checked = ask(capsys, "check", one.school)
    built = ask(capsys, "build", one.school)
    is_error = bool(ONE_PAPER_ALONE.intersection(said))
    assert (checked.code, built.code) == ((3, 7) if is_error else (0, 0)), built.text
    assert built.codes == {*said}, built.text
    assert checked.codes <= {*said}, checked.text
    assert len(one.others()) == len(base.others())
    assert dict(one.hashes()) == one.frozen
    papers = one.papers()
    again = ask(capsys, "build", one.school)
    assert again.code == built.code, again.text
    assert again.codes <= built.codes
    assert one.papers() == papers
    assert ask(capsys, "verify", one.output).code == 0
