"""What the archive makes of what lies on the disk, whatever has been done to it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.archive import ARCHIVE, DOCX, PDF, RECORD, ArchiveWriter, read_archive
from docgen.archive.journal import EventKind, read_journal
from docgen.archive.second_copies import SecondCopies
from tests.support.paper_archives import (
    DAY,
    archive_of,
    codes,
    docx_of,
    drop_copies,
    folder_of,
    mended,
    old_paper,
    paper_named,
    said,
    snapshot,
    writer_for,
)

TITLE, OTHER = "О кураторе", "О парах"


def is_as_frozen(workspace: Path, title: str = TITLE) -> bool:
    paper = next(one for one in read_archive(workspace).papers if one.record.title == title)
    sources = {name: path.read_bytes() for name, path in paper.sources.items()}
    return sources[DOCX] == docx_of(title) and sources[PDF] == f"%PDF-1.7 {title}".encode()


# --- nothing is wrong ------------------------------------------------------------------------


def test_an_untouched_archive_says_nothing(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    assert codes(tmp_path) == []
    assert is_as_frozen(tmp_path)


def test_a_workspace_without_archive_has_no_papers(tmp_path: Path) -> None:
    archive = read_archive(tmp_path)
    assert (archive.papers, archive.journal.heads) == ((), ())


def test_folder_names_are_short_and_files_have_plain_names(tmp_path: Path) -> None:
    archive_of(tmp_path, "О " + "весьма длинном названии приказа " * 5)
    (folder,) = (path for path in (tmp_path / ARCHIVE).iterdir() if (path / RECORD).exists())
    assert len(folder.name) <= 40
    assert {path.name for path in folder.iterdir()} == {DOCX, PDF, RECORD}


def test_an_event_names_no_person_and_no_title(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE)
    for path in (tmp_path / ARCHIVE / "журнал").iterdir():
        event = json.loads(path.read_text("utf-8"))
        assert event.keys() == {"n", "day", "what", "paper", "record", "after"}
        assert path.read_bytes().isascii()


# --- innocent events -------------------------------------------------------------------------


def leave_word_lock(folder: Path) -> None:
    (folder / "~$мага.docx").write_bytes(b"\x05name")


def leave_thumbs(folder: Path) -> None:
    (folder / "Thumbs.db").write_bytes(b"thumbs")


def leave_office_lock(folder: Path) -> None:
    (folder / f".~lock.{DOCX}#").write_text(",root,host,10.09.2026")


def leave_desktop_ini(folder: Path) -> None:
    (folder.parent / "desktop.ini").write_text("[.ShellClassInfo]")


def drop_scan(folder: Path) -> None:
    (folder / "скан с ксерокса.pdf").write_bytes(b"%PDF-1.4 scan")


def save_record_in_notepad(folder: Path) -> None:
    text = json.dumps(
        json.loads((folder / RECORD).read_text("utf-8")), ensure_ascii=False, indent=2
    )
    (folder / RECORD).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


def save_record_as_unicode(folder: Path) -> None:
    (folder / RECORD).write_text((folder / RECORD).read_text("utf-8"), "utf-16")


def rename_folder(folder: Path) -> None:
    folder.rename(folder.with_name("куратор 2026"))


def take_names_apart(folder: Path) -> None:
    for path in folder.iterdir():
        path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))
    folder.rename(folder.with_name(unicodedata.normalize("NFD", folder.name)))
    journal = folder.parent / "журнал"
    journal.rename(journal.with_name(unicodedata.normalize("NFD", journal.name)))


def touch_all(folder: Path) -> None:
    for path in folder.parent.rglob("*"):
        os.utime(path, (1, 1))


def leave_conflict_of_event(folder: Path) -> None:
    journal = folder.parent / "журнал"
    event = min(journal.iterdir())
    shutil.copy(event, event.with_name(f"{event.stem} (конфликт PC-5).json"))


@pytest.mark.parametrize(
    "happens",
    [
        leave_word_lock,
        leave_thumbs,
        leave_office_lock,
        leave_desktop_ini,
        drop_scan,
        save_record_in_notepad,
        save_record_as_unicode,
        rename_folder,
        take_names_apart,
        touch_all,
        leave_conflict_of_event,
    ],
)
def test_an_innocent_event_is_not_remarked(tmp_path: Path, happens: Callable[[Path], None]) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    happens(folder_of(tmp_path, TITLE))
    assert codes(tmp_path) == []
    assert is_as_frozen(tmp_path)


# --- what is put back ------------------------------------------------------------------------


def edit_docx(folder: Path) -> None:
    (folder / DOCX).write_bytes(docx_of("О кураторе на год"))


def empty_docx(folder: Path) -> None:
    (folder / DOCX).write_bytes(b"")


def swap_pdf(folder: Path) -> None:
    (folder / PDF).write_bytes(b"%PDF-1.7 forged")


def take_pdf(folder: Path) -> None:
    (folder / PDF).unlink()


def take_record(folder: Path) -> None:
    (folder / RECORD).unlink()


def take_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def break_record(folder: Path) -> None:
    (folder / RECORD).write_bytes(b"{")


def edit_record(folder: Path) -> None:
    kept = json.loads((folder / RECORD).read_text("utf-8"))
    kept["title"] = "О другом"
    (folder / RECORD).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def forge_with_record(folder: Path) -> None:
    forged = docx_of("О другом кураторе")
    (folder / DOCX).write_bytes(forged)
    kept = json.loads((folder / RECORD).read_text("utf-8"))
    kept["files"][DOCX] |= {"sha256": hashlib.sha256(forged).hexdigest(), "size": len(forged)}
    (folder / RECORD).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def lead_out(folder: Path) -> None:
    kept = json.loads((folder / RECORD).read_text("utf-8"))
    kept["files"]["../../запись"] = kept["files"][DOCX]
    (folder / RECORD).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    "happens",
    [
        edit_docx,
        empty_docx,
        swap_pdf,
        take_pdf,
        take_record,
        take_folder,
        break_record,
        edit_record,
        forge_with_record,
        lead_out,
    ],
)
def test_what_was_changed_is_put_back_from_the_second_copy(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    happens(folder_of(tmp_path, TITLE))
    assert set(codes(tmp_path)) == {"archive-healed"}
    assert is_as_frozen(tmp_path)
    mended(tmp_path)
    assert codes(tmp_path) == []
    assert (folder_of(tmp_path, TITLE) / DOCX).read_bytes() == docx_of(TITLE)


def test_the_words_that_differ_are_named_and_the_other_version_stays(tmp_path: Path) -> None:
    writer_for(tmp_path).put([paper_named(TITLE, text="работать до 28 мая 2027 года")])
    folder = folder_of(tmp_path, TITLE)
    edited = docx_of("работать до 31 мая 2027 года")
    (folder / DOCX).write_bytes(edited)
    (line,) = said(tmp_path)
    assert "было «28», стало «31»" in line
    mended(tmp_path)
    assert (folder / "бумага (другая версия).docx").read_bytes() == edited


def test_a_paper_saved_again_by_word_has_the_same_words(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE)
    folder = folder_of(tmp_path, TITLE)
    data = docx_of(TITLE, "")
    assert data != (folder / DOCX).read_bytes()
    (folder / DOCX).write_bytes(data)
    assert "слова в нём прежние" in said(tmp_path)[0]


def test_a_second_copy_that_is_gone_is_made_again(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE)
    before = snapshot(tmp_path)
    drop_copies(tmp_path)
    assert codes(tmp_path) == []
    mended(tmp_path)
    assert {name for name in before if "хранилище" in name and name in snapshot(tmp_path)}
    take_folder(folder_of(tmp_path, TITLE))
    assert is_as_frozen(tmp_path)


# --- what is lost ----------------------------------------------------------------------------


def test_a_paper_whose_both_copies_are_gone_is_an_error_of_it_alone(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE, OTHER)
    (paper,) = (one for one in archive.papers if one.record.title == TITLE)
    drop_copies(tmp_path, paper.record.files[PDF].sha256)
    (paper.folder / PDF).unlink()
    assert codes(tmp_path) == ["ARCHIVE-LOST"]
    assert TITLE in said(tmp_path)[0]
    assert is_as_frozen(tmp_path, OTHER)


def test_a_changed_record_without_second_copy_is_an_error(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE)
    edit_record(archive.papers[0].folder)
    drop_copies(tmp_path, archive.papers[0].record.hash)
    assert codes(tmp_path) == ["ARCHIVE-CHANGED"]
    assert not read_archive(tmp_path).papers


def test_a_folder_lost_with_all_copies_is_one_error(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE, OTHER)
    take_folder(archive.papers[0].folder)
    drop_copies(tmp_path)
    assert codes(tmp_path) == ["ARCHIVE-LOST"]
    assert len(read_archive(tmp_path).papers) == 1


# --- folders that are no papers --------------------------------------------------------------


def test_a_true_copy_of_a_folder_is_a_note(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE)
    folder = folder_of(tmp_path, TITLE)
    shutil.copytree(folder, folder.with_name(f"{folder.name} (копия)"))
    assert codes(tmp_path) == ["archive-extra"]
    assert "точная копия" in said(tmp_path)[0]
    assert is_as_frozen(tmp_path)


def test_of_two_folders_of_a_paper_the_one_that_was_signed_counts(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE)
    folder = folder_of(tmp_path, TITLE)
    shutil.copytree(folder, folder.with_name("а копия"))
    edit_docx(folder.with_name("а копия"))
    assert codes(tmp_path) == ["archive-extra"]
    assert is_as_frozen(tmp_path)


def test_a_folder_of_another_workspace_does_not_count(tmp_path: Path) -> None:
    archive_of(tmp_path / "one", TITLE)
    archive_of(tmp_path / "two", OTHER)
    shutil.copytree(folder_of(tmp_path / "two", OTHER), tmp_path / "one" / ARCHIVE / "чужая")
    assert codes(tmp_path / "one") == ["archive-extra"]
    assert [one.record.title for one in read_archive(tmp_path / "one").papers] == [TITLE]


def test_a_paper_of_a_later_docgen_is_an_error_that_says_so(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    folder = folder_of(tmp_path, TITLE)
    kept = json.loads((folder / RECORD).read_text("utf-8")) | {"version": 3}
    (folder / RECORD).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    assert "ARCHIVE-NEWER" in codes(tmp_path)


# --- the journal -----------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1, -1])
def test_an_event_that_is_gone_comes_from_its_second_copy(tmp_path: Path, which: int) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    journal = tmp_path / ARCHIVE / "журнал"
    before = {path.name for path in journal.iterdir()}
    sorted(journal.iterdir())[which].unlink()
    assert codes(tmp_path) == []
    mended(tmp_path)
    assert {path.name for path in journal.iterdir()} == before
    assert is_as_frozen(tmp_path)


def test_a_journal_that_is_gone_comes_from_second_copies_and_no_forgery_with_it(
    tmp_path: Path,
) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    journal = tmp_path / ARCHIVE / "журнал"
    before = {path.name for path in journal.iterdir()}
    shutil.rmtree(journal)
    assert codes(tmp_path) == []
    forge_with_record(folder_of(tmp_path, TITLE))
    assert set(codes(tmp_path)) == {"archive-healed"}
    assert is_as_frozen(tmp_path)
    mended(tmp_path)
    assert {path.name for path in journal.iterdir()} == before


def test_what_has_left_does_not_come_back_with_the_last_event_gone(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE)
    ArchiveWriter(archive, DAY).destroy(list(archive.papers), "акт 3")
    max((tmp_path / ARCHIVE / "журнал").iterdir()).unlink()
    assert not mended(tmp_path).papers
    assert codes(tmp_path) == []


def test_a_journal_that_is_gone_with_its_copies_is_a_warning_and_begun_anew(
    tmp_path: Path,
) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    shutil.rmtree(tmp_path / ARCHIVE / "журнал")
    drop_copies(tmp_path)
    assert codes(tmp_path) == ["archive-journal"]
    assert is_as_frozen(tmp_path)
    mended(tmp_path)
    assert codes(tmp_path) == []


def test_journals_of_two_computers_join_at_the_next_event(tmp_path: Path) -> None:
    archive_of(tmp_path / "here", TITLE)
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    archive_of(tmp_path / "here", OTHER)
    archive_of(tmp_path / "there", "О плане")
    shutil.copytree(tmp_path / "there", tmp_path / "here", dirs_exist_ok=True)
    archive = read_archive(tmp_path / "here")
    assert len(archive.journal.heads) == 2
    assert {one.record.title for one in archive.papers} == {TITLE, OTHER, "О плане"}
    assert codes(tmp_path / "here") == ["archive-joined"]
    assert len(mended(tmp_path / "here").journal.heads) == 1
    assert codes(tmp_path / "here") == []


def test_a_paper_renewed_on_one_computer_has_its_newer_record_after_joining(tmp_path: Path) -> None:
    archive_of(tmp_path / "here", TITLE)
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    archive_of(tmp_path / "there", OTHER)
    archive = read_archive(tmp_path / "here")
    paper = archive.papers[0]
    newer = replace(paper.record, state="утратил силу")
    ArchiveWriter(archive, DAY).renew(paper, newer, EventKind.STATE)
    for path in (tmp_path / "there" / ARCHIVE).rglob("*"):
        target = tmp_path / "here" / path.relative_to(tmp_path / "there")
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    states = {one.record.title: one.record.state for one in read_archive(tmp_path / "here").papers}
    assert states == {TITLE: "утратил силу", OTHER: "подписан"}


# --- papers that an earlier docgen archived --------------------------------------------------


def test_papers_of_the_first_docgen_are_taken_in_once(tmp_path: Path) -> None:
    old_paper(tmp_path, TITLE)
    (tmp_path / ARCHIVE / f"приказ {TITLE} 1a2b3c4d" / "скан.pdf").write_bytes(b"scan")
    archive = mended(tmp_path)
    (paper,) = archive.papers
    assert paper.record.title == TITLE
    assert paper.sources[DOCX].read_bytes() == docx_of(TITLE)
    assert (paper.folder / "скан.pdf").read_bytes() == b"scan"
    assert codes(tmp_path) == []
    old_paper(tmp_path, OTHER)
    assert codes(tmp_path) == ["archive-extra"]
    assert len(mended(tmp_path).papers) == 1


def test_a_paper_of_the_first_docgen_without_its_file_is_an_error_of_it_alone(
    tmp_path: Path,
) -> None:
    old_paper(tmp_path, TITLE)
    (old_paper(tmp_path, OTHER) / f"{OTHER}.docx").unlink()
    assert codes(tmp_path) == ["ARCHIVE-LOST"]
    assert [one.record.title for one in mended(tmp_path).papers] == [TITLE]
    assert codes(tmp_path) == ["ARCHIVE-LOST"]


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a/b.docx", "..", ""])
def test_a_record_never_leads_out_of_its_folder(tmp_path: Path, name: str) -> None:
    old_paper(tmp_path, TITLE, docx=name)
    assert not read_archive(tmp_path).legacy
    assert codes(tmp_path) == ["archive-extra"]


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "Приказы/../../x", ""])
def test_a_record_never_leads_out_of_the_output(tmp_path: Path, name: str) -> None:
    old_paper(tmp_path, TITLE, output=name)
    assert codes(tmp_path) == ["archive-extra"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a": ' * 50_000,
        '{"version": 2, "version": 2}',
        '{"version": 1e400}',
        '{"version": 2, "id": 7}',
        "null",
        "",
        "\x00" * 100,
    ],
)
def test_a_hostile_record_is_no_paper_and_stops_nothing(tmp_path: Path, text: str) -> None:
    archive_of(tmp_path, TITLE)
    hostile = tmp_path / ARCHIVE / "чужое"
    hostile.mkdir()
    (hostile / RECORD).write_text(text, "utf-8")
    assert codes(tmp_path) == ["archive-extra"]
    assert is_as_frozen(tmp_path)


def test_a_record_too_large_to_be_one_is_not_read(tmp_path: Path) -> None:
    archive_of(tmp_path, TITLE)
    hostile = tmp_path / ARCHIVE / "чужое"
    hostile.mkdir()
    with (hostile / RECORD).open("wb") as stream:
        stream.truncate(40_000_000_000)
    assert codes(tmp_path) == ["archive-extra"]


def test_pipes_in_the_place_of_files_are_not_waited_for(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE)
    paper = archive.papers[0]
    copy = archive.copies.path(paper.record.files[PDF].sha256)
    for path in (paper.folder / PDF, copy, tmp_path / ARCHIVE / "журнал" / "000009-00000000.json"):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    assert codes(tmp_path) == ["ARCHIVE-LOST"]


# --- leaving ---------------------------------------------------------------------------------


def test_a_paper_taken_out_lies_in_its_own_folder_with_the_reason(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE, OTHER)
    (paper,) = (one for one in archive.papers if one.record.title == TITLE)
    ArchiveWriter(archive, DAY).remove([paper], "поставили по ошибке", EventKind.UNSIGNED)
    assert [one.record.title for one in read_archive(tmp_path).papers] == [OTHER]
    assert codes(tmp_path) == []
    kept = json.loads(
        (tmp_path / ARCHIVE / "снято" / paper.folder.name / RECORD).read_text("utf-8")
    )
    assert kept["removed"]["reason"] == "поставили по ошибке"


def test_a_destroyed_paper_leaves_its_event_alone(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE, OTHER)
    (paper,) = (one for one in archive.papers if one.record.title == TITLE)
    ArchiveWriter(archive, DAY).destroy([paper], "акт 3 от 01.09.2032")
    everything = b"".join(snapshot(tmp_path).values())
    assert paper.record.id.encode() in everything
    assert TITLE.encode() not in everything
    assert docx_of(TITLE) not in snapshot(tmp_path).values()
    assert codes(tmp_path) == []


def test_a_destroyed_paper_that_a_backup_brings_back_is_destroyed_again(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TITLE)
    shutil.copytree(archive.papers[0].folder, tmp_path / "backup")
    ArchiveWriter(archive, DAY).destroy(list(archive.papers), "акт 3")
    shutil.copytree(tmp_path / "backup", archive.papers[0].folder)
    assert not mended(tmp_path).papers
    assert not archive.papers[0].folder.exists()


# --- kills -----------------------------------------------------------------------------------


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at", range(1, 40))
def test_a_kill_at_any_write_leaves_an_archive_that_the_next_start_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    archive_of(tmp_path, OTHER)
    count = 0

    def counted(original: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count == at:
                raise Killed
            return original(*args, **kwargs)

        return call

    with monkeypatch.context() as patched:
        for name in ("rename", "replace", "write_bytes", "mkdir"):
            patched.setattr(Path, name, counted(getattr(Path, name)))
        with contextlib.suppress(Killed):
            writer_for(tmp_path).put([paper_named(TITLE), paper_named("О плане")])
    mended(tmp_path)
    titles = {one.record.title for one in read_archive(tmp_path).papers}
    assert codes(tmp_path) == []
    assert OTHER in titles
    assert titles <= {OTHER, TITLE, "О плане"}
    assert not list((tmp_path / ARCHIVE).glob(".*.new"))
    known = {
        one.paper
        for one in read_journal(
            tmp_path / ARCHIVE, SecondCopies(tmp_path / ARCHIVE)
        ).events.values()
    }
    assert {one.record.id for one in read_archive(tmp_path).papers} == known - {""}


# --- events that are gone for good -----------------------------------------------------------


def lose_event(workspace: Path, number: int) -> None:
    """Remove an event of the journal and its second copy."""
    path = sorted((workspace / ARCHIVE / "журнал").iterdir())[number]
    mark = path.stem.partition("-")[2]
    for copy in (workspace / ARCHIVE / ".хранилище").glob(f"{mark}*"):
        copy.unlink()
    path.unlink()


@pytest.mark.parametrize("number", [0, 1, 2, -1])
def test_a_whole_paper_counts_though_its_event_is_gone_for_good(
    tmp_path: Path, number: int
) -> None:
    archive_of(tmp_path, TITLE, OTHER, "О юбилее")
    lose_event(tmp_path, number)
    assert {one.record.title for one in read_archive(tmp_path).papers} == {TITLE, OTHER, "О юбилее"}
    assert set(codes(tmp_path)) == {"archive-journal"}
    mended(tmp_path)
    assert all(one.is_known for one in read_archive(tmp_path).papers)


def test_the_newer_record_of_a_paper_counts_though_its_event_is_gone_for_good(
    tmp_path: Path,
) -> None:
    archive = archive_of(tmp_path, TITLE, OTHER)
    paper = next(one for one in archive.papers if one.record.title == TITLE)
    renewed = replace(paper.record, state="изменён")
    writer_for(tmp_path).renew(paper, renewed, EventKind.STATE)
    lose_event(tmp_path, -1)
    states = {one.record.title: one.record.state for one in read_archive(tmp_path).papers}
    assert states[TITLE] == "изменён"


@pytest.mark.parametrize("name", ["архив", "журнал", DOCX, PDF, RECORD])
def test_a_name_that_comes_back_in_capitals_is_the_same_name(tmp_path: Path, name: str) -> None:
    archive_of(tmp_path, TITLE, OTHER)
    shutil.rmtree(tmp_path / ARCHIVE / ".хранилище")
    for path in [tmp_path / ARCHIVE, *(tmp_path / ARCHIVE).rglob("*")]:
        if path.name == name:
            path.rename(path.with_name(name.upper()))
    assert codes(tmp_path) == []
    assert is_as_frozen(tmp_path)
    mended(tmp_path)
    assert is_as_frozen(tmp_path)
    assert len(read_archive(tmp_path).journal.events) == 3
