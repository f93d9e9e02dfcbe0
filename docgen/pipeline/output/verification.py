"""What ``docgen verify`` says of an output folder: how its files differ from the manifest."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen import pages
from docgen.errors import Location, Problem, UsageError
from docgen.files import file_digest
from docgen.pipeline.output.ledger import read_ledger
from docgen.pipeline.output.manifest import MANIFEST, revisions_of, side_path
from docgen.pipeline.output.verified_pages import SCAN, PacketPages, words_problem

_REBUILD = "соберите заново: docgen build"


def verify_output(output: Path) -> list[Problem]:
    """Return everything that is not as the manifest says: files, hashes, pages, bookmarks, fonts.

    ``output`` is the folder of one workspace, or the one above with a folder for each.

    Raises:
        UsageError: when there is no such folder.
    """
    if not output.is_dir():
        message = f"нет папки «{output}»; укажите папку с готовыми документами"
        raise UsageError([Problem("usage", Location(file=str(output)), message)])
    inner = sorted(path.parent for path in output.glob(f"*/{MANIFEST}"))
    if inner and not (output / MANIFEST).exists():
        return [problem for folder in inner for problem in verify_output(folder)]
    path = output / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
        documents, packets = manifest["documents"], manifest["packets"]
        fonts = frozenset[str](manifest["versions"].get("fonts", ()))
        # What was signed years ago keeps the fonts of its time, and so does a packet holding it.
        is_old = any(one.get("frozen") for one in documents)
        check = _OutputCheck(output, read_ledger(output).edited)
        return [
            *(problem for one in documents for problem in check.document(one)),
            *(problem for one in packets for problem in check.packet(one)),
            *check.words(documents, packets),
            *(
                problem
                for one in [*documents, *packets]
                if one["pdf"] and not _has_scan(one)
                for problem in _font_problems(
                    output / one["pdf"], frozenset() if one.get("frozen", is_old) else fonts
                )
            ),
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = f"нет списка готовых документов или он испорчен; {_REBUILD}"
        return [_failed(path, message)]


def _has_scan(entry: Mapping[str, Any]) -> bool:
    """Whether a packet holds pages of a scanner, which have what fonts they have."""
    return any(one.get("source") == SCAN for one in entry.get("contents", ()))


@dataclass(frozen=True, slots=True)
class _OutputCheck:
    """Checks the entries of a manifest; ``edited`` names outputs that hold a person's changes."""

    output: Path
    edited: Collection[str]

    def document(self, entry: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong with a document and the files made beside it."""
        if entry["docx"]:
            yield from _file_problems(self.output / entry["docx"], entry["sha256"]["docx"])
        if entry["pdf"]:
            yield from self._pdf(entry, entry["sha256"]["pdf"])
        for field in ("original", "personnel"):
            if beside := entry.get(field):
                path = self.output / beside["pdf"]
                yield from _signable_problems(path, beside["sha256"], entry["pages"])
        for field in ("letterhead", "workbook"):
            if beside := entry.get(field):
                yield from _file_problems(self.output / side_path(beside), beside["sha256"])
        yield from self._encrypted(entry)

    def words(
        self, documents: Sequence[Mapping[str, Any]], packets: Sequence[Mapping[str, Any]]
    ) -> Iterator[Problem]:
        """Yield PDFs that do not say what their documents say, packets that do not repeat them.

        What a person has changed since is reported as such.
        """
        for one in documents:
            names = (one["docx"], one["pdf"])
            if all(names) and all(self._is_as_left(name, one["sha256"]) for name in names):
                problem = words_problem(self.output / one["docx"], self.output / one["pdf"])
                if problem is not None:
                    yield problem
        repeated = PacketPages(self.output, documents)
        for one in packets:
            yield from repeated.problems(one)

    def _is_as_left(self, name: str, sha256: Mapping[str, str]) -> bool:
        path = self.output / name
        return path.is_file() and file_digest(path) == sha256[path.suffix[1:]]

    def packet(self, entry: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong with a packet and its copy with a password."""
        contents = [(one["title"], one["page"]) for one in entry["contents"]]
        yield from self._pdf(entry, entry["sha256"], contents)
        yield from self._encrypted(entry)

    def _pdf(
        self, entry: Mapping[str, Any], sha256: str, contents: list[tuple[str, int]] | None = None
    ) -> Iterator[Problem]:
        """Yield what is wrong with a PDF; ``contents`` are the bookmarks that a packet has."""
        path = self.output / entry["pdf"]
        if not path.is_file():
            yield _missing(path)
            return
        is_changed = file_digest(path) != sha256
        is_foreign = is_changed or entry["pdf"] in self.edited
        try:
            found = pages.read_foreign(path) if is_foreign else None
            # Whatever pypdf makes of a file, a viewer must open it too.
            shown = pages.page_count(path)
            outline = found.outline if found else pages.outline_of(path)
        except pages.BrokenPdfError as error:
            remedy = f'верните его или соберите заново: docgen build --redo "{path.name}"'
            yield _unreadable(path, error, remedy)
            return
        if is_changed:
            yield _changed(path)
        count = found.pages if found else shown
        if count != entry["pages"]:
            yield _failed(path, f"страниц {count}, а должно быть {entry['pages']}")
        if contents is not None and outline != contents:
            yield _failed(path, f"закладки не совпадают с описью; {_REBUILD}")
        if contents and found and not found.is_numbered_plainly:
            yield _misnumbered(path, found)

    def _encrypted(self, entry: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong with a copy that nobody can open without its password."""
        copy = entry.get("encrypted")
        if not copy:
            return
        path = self.output / copy["pdf"]
        if not path.is_file() or file_digest(path) != copy["sha256"]:
            yield _failed(
                path,
                "копии с паролем нет или она изменена; сделайте её заново: docgen build --encrypt",
            )


def _file_problems(path: Path, sha256: str) -> Iterator[Problem]:
    if not path.is_file():
        yield _missing(path)
    elif file_digest(path) != sha256:
        yield _changed(path)


def _signable_problems(path: Path, sha256: str, page_count: int) -> Iterator[Problem]:
    """Yield what is wrong with a file that may have been signed since, but not changed.

    ``page_count`` is how many pages the document has now.
    """
    if not path.is_file():
        yield _missing(path)
        return
    revisions = revisions_of(path.read_bytes())
    if revisions[-1] == sha256:
        return
    try:
        found = pages.read_foreign(path)
    except pages.BrokenPdfError as error:
        yield _unreadable(path, error, "верните его из копии или подпишите документ заново")
        return
    if sha256 not in revisions:
        yield _changed(path)
    if found.pages != page_count:
        yield _failed(
            path,
            f"в файле страниц {found.pages}, а в документе теперь {page_count}; "
            f'посмотрите, что изменилось: docgen diff "{path}"',
        )


def _font_problems(path: Path, allowed: frozenset[str]) -> Iterator[Problem]:
    """Yield what is wrong with the fonts of a PDF; an empty ``allowed`` allows any."""
    try:
        found = pages.typefaces_of(path)
    except (pages.BrokenPdfError, OSError):
        return
    for one in found:
        if not one.is_embedded:
            yield _failed(
                path,
                f"шрифт «{one.name}» не вложен в PDF: на другом компьютере буквы будут иными; "
                f"{_REBUILD}",
            )
        elif allowed and one.name not in allowed:
            yield _failed(
                path,
                f"шрифт «{one.name}» не из файла стиля (там {', '.join(sorted(allowed))}); "
                "поставьте шрифты стиля, уберите чужой шрифт из документа и соберите заново: "
                f'docgen build --redo "{path.name}"',
            )


def _failed(path: Path, message: str) -> Problem:
    return Problem("verify-failed", Location(file=str(path)), message)


def _missing(path: Path) -> Problem:
    return _failed(path, f"файла нет; {_REBUILD}")


def _changed(path: Path) -> Problem:
    return _failed(path, "файл изменён после сборки; верните его или соберите заново")


def _unreadable(path: Path, error: pages.BrokenPdfError, remedy: str) -> Problem:
    """Return the one thing to say of a PDF that cannot be opened, or not without a password."""
    if isinstance(error, pages.LockedPdfError):
        return _failed(path, f"PDF открывается только с паролем; снимите пароль, или {remedy}")
    return _failed(path, f"PDF не открывается; {remedy}")


def _misnumbered(path: Path, found: pages.ForeignPdf) -> Problem:
    """Return that a reader program shows other page numbers than the опись prints."""
    labels = enumerate(found.labels, start=1)
    page, label = next((page, label) for page, label in labels if label != str(page))
    return _failed(
        path,
        f"страница {page} показана в программе просмотра как «{label}», а опись считает с 1; "
        f"уберите в файле свою нумерацию страниц или {_REBUILD}",
    )
