"""Archives with a few papers for tests, told in words."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path

from docx import Document

from docgen.archive import (
    ARCHIVE,
    DOCX,
    PDF,
    Archive,
    ArchiveWriter,
    EventKind,
    KeptFile,
    NewPaper,
    PaperRecord,
    archive_findings,
    new_id,
    read_archive,
    repair,
)
from docgen.model import MarkedSigner

DAY = dt.date(2026, 9, 10)


@functools.cache
def docx_of(*paragraphs: str) -> bytes:
    """Return a .docx with these paragraphs, the same bytes every time."""
    written = io.BytesIO()
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(written)
    return written.getvalue()


def paper_named(title: str, *, text: str = "", has_pdf: bool = True, key: str = "") -> NewPaper:
    """Return a paper whose .docx says ``text``; its PDF is a few bytes."""
    contents = {DOCX: docx_of(text or title)}
    if has_pdf:
        contents[PDF] = f"%PDF-1.7 {title}".encode()
    record = PaperRecord(
        id=new_id(),
        key=key or f"приказ|{title}",
        kind="приказ",
        title=title,
        number="31-од",
        date="2026-09-01",
        state="подписан",
        output=f"Приказы/{title}",
        reads={"приказы/о парах/тема": ("Наставничество.xlsx, лист «Приказы»", "'о парах'")},
        signers=(MarkedSigner("директор", "Мкртчян А. Г.", "sign_1", "0007"),),
        files={
            name: KeptFile(hashlib.sha256(data).hexdigest(), len(data), int(name == PDF))
            for name, data in contents.items()
        },
        made={"docgen": "0"},
    )
    return NewPaper(record, contents)


def archive_of(workspace: Path, *titles: str) -> Archive:
    """Put a paper with each of the titles into the workspace's archive; return it as it lies."""
    writer_for(workspace).put([paper_named(title) for title in titles])
    return read_archive(workspace)


def writer_for(workspace: Path) -> ArchiveWriter:
    return ArchiveWriter(read_archive(workspace), DAY)


def mended(workspace: Path) -> Archive:
    """Repair an archive as a build does; return it as it lies then."""
    archive = read_archive(workspace)
    repair(archive, ArchiveWriter(archive, DAY))
    return read_archive(workspace)


def folder_of(workspace: Path, title: str) -> Path:
    """Return the folder of the paper with a title."""
    papers = read_archive(workspace).papers
    return next(paper.folder for paper in papers if paper.record.title == title)


def said(workspace: Path) -> list[str]:
    """Return what a check says of the archive, as lines."""
    found = archive_findings(read_archive(workspace), lambda path: path.name, is_repaired=False)
    return [str(problem) for problem in found]


def codes(workspace: Path) -> list[str]:
    """Return the codes of what a check says, errors in capitals."""
    found = archive_findings(read_archive(workspace), lambda path: path.name, is_repaired=False)
    return [one.code.upper() if one.is_error else one.code for one in found]


def drop_copies(workspace: Path, *names: str) -> None:
    """Remove second copies by their hashes; all of them without names."""
    store = workspace / ARCHIVE / ".хранилище"
    for path in list(store.iterdir()):
        if not names or path.name in names:
            path.unlink()


def snapshot(workspace: Path) -> Mapping[str, bytes]:
    """Return every file of the archive with its bytes."""
    archive = workspace / ARCHIVE
    return {
        path.relative_to(archive).as_posix(): path.read_bytes()
        for path in sorted(archive.rglob("*"))
        if path.is_file()
    }


def old_paper(workspace: Path, title: str, folder: str = "", **changes: object) -> Path:
    """Leave a paper as the first docgen archived it; return its folder."""
    place = workspace / ARCHIVE / (folder or f"приказ {title} 1a2b3c4d")
    place.mkdir(parents=True)
    (place / f"{title}.docx").write_bytes(docx_of(title))
    (place / f"{title}.pdf").write_bytes(b"%PDF-1.7")
    kept = {
        "key": f"приказ|{title}",
        "kind": "приказ",
        "title": title,
        "output": f"Приказы/{title}",
        "docx": f"{title}.docx",
        "pdf": f"{title}.pdf",
        "reads": {"приказы/о парах/номер": ["Наставничество.xlsx", "'31-од'"]},
        "signers": [["директор", "Мкртчян А. Г.", "sign_1", ""]],
    }
    text = json.dumps(kept | changes, ensure_ascii=False, indent=1)
    (place / "запись.json").write_text(text, "utf-8")
    return place


__all__ = [
    "DAY",
    "EventKind",
    "archive_of",
    "codes",
    "drop_copies",
    "folder_of",
    "mended",
    "old_paper",
    "paper_named",
    "said",
    "snapshot",
    "writer_for",
]
