"""What a person is told of the archive: the paper first, what is true, one thing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from docgen.archive.archive_contents import Archive, ExtraFolder
from docgen.archive.archive_folders import ARCHIVE, DOCX, RECORD
from docgen.archive.journal import EventKind
from docgen.archive.newer_archives import newer_problem
from docgen.archive.paper_files import ArchivedPaper, FileFault
from docgen.archive.word_differences import word_difference
from docgen.errors import Location, Problem, command, warning


def archive_findings(
    archive: Archive, shown: Callable[[Path], str], *, is_repaired: bool
) -> list[Problem]:
    """Return what is to be said of an archive that was read.

    ``shown`` words a path. After a build everything that could be put back ``is_repaired``.
    """
    if archive.newer:
        # What this docgen does not understand it does not judge either, nor does it mend.
        lost = [paper for paper in archive.papers if paper.lost]
        return [newer_problem(archive, shown(archive.path)), *_of_papers(lost, shown)]
    return [
        *_of_papers(archive.papers, shown, is_repaired=is_repaired),
        *_lost(archive, shown),
        *_legacy(archive, shown),
        *_extra(archive, shown),
        *_of_journal(archive, shown),
    ]


# --- papers ----------------------------------------------------------------------------------


def _of_papers(
    papers: Sequence[ArchivedPaper], shown: Callable[[Path], str], *, is_repaired: bool = False
) -> Iterator[Problem]:
    for paper in papers:
        yield from _of_paper(paper, shown, is_repaired=is_repaired)


def _of_paper(
    paper: ArchivedPaper, shown: Callable[[Path], str], *, is_repaired: bool
) -> Iterator[Problem]:
    if paper.is_outdated:
        # docgen was stopped halfway; nobody has done anything to the paper.
        return
    if not (paper.faults or paper.is_record_changed):
        return
    where = Location(file=shown(paper.folder))
    title = paper.record.title
    if paper.lost:
        workspace = shown(paper.folder.parent.parent)
        yield _lost_problem(title, [one.name for one in paper.lost], where, workspace)
        return
    gone = _gone(paper)
    if gone:
        what = _files(gone) if paper.folder.is_dir() else "папки"
        message = f"в архиве не хватало {what} бумаги «{title}»; вторая копия цела, "
        yield warning("archive-healed", where, message + _back(is_repaired=is_repaired))
    elif paper.is_record_changed:
        message = f"запись о бумаге «{title}» в архиве была изменена; вторая копия цела, "
        yield warning("archive-healed", where, message + _back(is_repaired=is_repaired))
    for fault in paper.faults:
        if fault.found is not None and fault.copy is not None:
            message = _changed_words(fault, title, is_repaired=is_repaired)
            yield warning("archive-healed", where, message)


def _gone(paper: ArchivedPaper) -> list[str]:
    """Return the names of files that are not in the folder of a paper, its record among them."""
    gone = [one.name for one in paper.faults if one.found is None]
    if paper.is_record_changed and not (paper.folder / RECORD).exists():
        gone.append(RECORD)
    return gone


def _files(names: Sequence[str]) -> str:
    *most, last = (f"«{name}»" for name in names)
    word = "файлов" if most else "файла"
    return f"{word} {', '.join(most)} и {last}" if most else f"{word} {last}"


def _back(*, is_repaired: bool) -> str:
    if is_repaired:
        return "всё возвращено на место. Делать ничего не нужно"
    return "печататься будет она, а сборка вернёт её на место. Делать ничего не нужно"


def _changed_words(fault: FileFault, title: str, *, is_repaired: bool) -> str:
    difference = _difference(fault)
    if difference == "":
        said = f"Word пересохранил файл подписанной бумаги «{title}», слова в нём прежние"
    elif difference is None:
        said = f"файл «{fault.name}» бумаги «{title}» изменён после подписания"
    else:
        said = f"файл бумаги «{title}» изменён после подписания: {difference}"
    if fault.is_empty:
        said = (
            f"файл «{fault.name}» бумаги «{title}» пуст: возможно, он ещё не скачан из облака или "
            "скопирован не до конца"
        )
        return f"{said}. Вторая копия цела: {_back(is_repaired=is_repaired)}"
    if is_repaired:
        return f"{said}. Подлинный возвращён, изменённый лежит рядом с ним"
    return f"{said}. На печать пойдёт подлинный; сборка вернёт его, а изменённый оставит рядом"


def _difference(fault: FileFault) -> str | None:
    """Return what a changed .docx says otherwise, "" if nothing, None if it cannot be told."""
    if fault.name != DOCX or fault.copy is None or fault.found is None:
        return None
    return word_difference(fault.copy, fault.found)


def _lost_problem(title: str, names: Sequence[str], where: Location, workspace: str) -> Problem:
    message = (
        f"обе копии бумаги «{title}» пропали или изменены ({', '.join(names)}). Остальное "
        "собирается. Что можно: 1) вернуть папку «архив» из резервной копии или взять лист из "
        f"готового: {command('archive', 'restore', workspace)}; 2) приложить скан или подписанный "
        f"PDF: {command('archive', 'adopt', 'ПРИКАЗ', 'ФАЙЛ', workspace)}; 3) отметить приказ "
        "«подписан без docgen» и списать бумагу: "
        f"{command('archive', 'accept', workspace, reason=True)}"
    )
    return Problem("archive-lost", where, message)


def _accepted_by(archive: Archive, shown: Callable[[Path], str]) -> str:
    """Return the command by which a person takes the archive as it is."""
    return command("archive", "accept", shown(archive.path.parent), reason=True)


def _lost(archive: Archive, shown: Callable[[Path], str]) -> Iterator[Problem]:
    accepting = _accepted_by(archive, shown)
    for lost in archive.lost:
        if lost.record is not None and lost.folder is not None:
            message = (
                f"запись о бумаге «{lost.record.title}» не та, что была при подписании, а второй "
                "копии нет; бумага не печатается. Верните папку «архив» из резервной копии или "
                f"примите бумагу такой, какая есть: {accepting}"
            )
            yield Problem("archive-changed", Location(file=shown(lost.folder)), message)
    gone = [lost for lost in archive.lost if lost.record is None]
    if gone:
        days = ", ".join(_day(day) for day in sorted({lost.day for lost in gone}))
        message = (
            f"в архиве не хватает бумаг, записанных в его журнале: {len(gone)} (записаны {days}); "
            "вторых копий тоже нет. Остальное собирается. Верните папку «архив» из копии; "
            f"если вернуть нечего, спишите их: {accepting}"
        )
        yield Problem("archive-lost", Location(file=shown(archive.path)), message)


def _legacy(archive: Archive, shown: Callable[[Path], str]) -> Iterator[Problem]:
    for one in archive.legacy:
        where = Location(file=shown(one.folder))
        if archive.takes_legacy and one.lost:
            workspace = shown(archive.path.parent)
            yield _lost_problem(one.record.title, one.lost, where, workspace)
        elif not archive.takes_legacy and not one.is_taken:
            message = _EXTRA.format(title=one.record.title, accepting=_accepted_by(archive, shown))
            yield warning("archive-extra", where, message)


# --- folders that are no papers --------------------------------------------------------------

_EXTRA: Final = (
    "бумагу «{title}» из этой папки docgen в архив не клал, она не учитывается. Если это ваша "
    "подписанная бумага, примите её: {accepting}; если лишняя, уберите папку"
)


def _extra(archive: Archive, shown: Callable[[Path], str]) -> Iterator[Problem]:
    copies = [one for one in archive.extra if one.twin is not None]
    for extra in copies:
        where = Location(file=shown(extra.folder))
        yield warning("archive-extra", where, _copy_words(extra))
    for extra in archive.extra:
        if extra.twin is None and extra.leave is None:
            title = extra.record.title if extra.record is not None else extra.folder.name
            message = _EXTRA.format(title=title, accepting=_accepted_by(archive, shown))
            yield warning("archive-extra", Location(file=shown(extra.folder)), message)
        elif extra.leave is EventKind.UNSIGNED and extra.record is not None:
            message = (
                f"бумага «{extra.record.title}» снята с архива раньше; её папка снова лежит здесь, "
                "сборка перенесёт её в «снято»"
            )
            yield warning("archive-extra", Location(file=shown(extra.folder)), message)
    for folder in archive.unreadable:
        message = (
            "запись в этой папке архива не читается, и чья она, неизвестно; на печать отсюда "
            "ничего не идёт. Верните папку из резервной копии или уберите её"
        )
        yield warning("archive-extra", Location(file=shown(folder)), message)


def _copy_words(extra: ExtraFolder) -> str:
    title = extra.twin.record.title if extra.twin is not None else ""
    if extra.is_equal:
        return f"это точная копия папки с бумагой «{title}»; она не мешает, её можно убрать"
    return (
        f"это вторая папка с бумагой «{title}», и она отличается от подписанной; на печать идёт "
        "подписанная, а эту уберите"
    )


def _day(day: str) -> str:
    return f"{dt.date.fromisoformat(day):%d.%m.%Y}"


# --- the journal -----------------------------------------------------------------------------


def _of_journal(archive: Archive, shown: Callable[[Path], str]) -> Iterator[Problem]:
    where = Location(file=shown(archive.path))
    whole = [paper for paper in archive.papers if not paper.lost]
    if archive.is_journal_lost or archive.journal.missing:
        message = (
            f"часть журнала в папке «{ARCHIVE}» пропала; целых бумаг: {len(whole)}. Если папку "
            "переносили не целиком, перенесите и остальное; если взять его негде, подтвердите: "
            f"{_accepted_by(archive, shown)}"
        )
        yield warning("archive-journal", where, message)
        return
    for paper in whole:
        if not paper.is_known:
            message = (
                f"бумага «{paper.record.title}» цела, а запись о ней в журнале архива пропала; "
                "сборка делает её снова. Делать ничего не нужно"
            )
            yield warning("archive-journal", Location(file=shown(paper.folder)), message)
    if len(archive.journal.heads) > 1:
        message = (
            f"папку «{ARCHIVE}» меняли на двух компьютерах. Бумаги целы; записи сводятся вместе. "
            "Делать ничего не нужно"
        )
        yield warning("archive-joined", where, message)
