"""Copies for e-mail that open with a password: of sets, or of single papers of one kind.

The password is in no file: neither ledger nor manifest knows it, so a copy is made anew only when
somebody types it again. A copy of what has changed since goes, lest an old one be sent.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, UsageError, warning
from docgen.files import PRIVATE_FILE, file_digest, put_in_place, restrict_to_owner
from docgen.pages import BrokenPdfError, lock
from docgen.pipeline.output import document_files
from docgen.pipeline.output.ledger import stamp_output, write_ledger
from docgen.pipeline.output.places import COPIED, COPIES, source_of
from docgen.pipeline.output.side_files import Beside
from docgen.pipeline.output.signed_files import is_signed_pdf

TOLD_ONCE = frozenset({"copy-not-made", "copy-outdated"})
"""Codes of what ``check`` cannot repeat."""

LEAST_LETTERS = 12
"""More than the usual 8 of systems: nobody counts the tries at a file that has been sent."""
_LEAST_DIFFERENT: Final = 5
_MOST_BYTES: Final = 127
"""ISO 32000-2, 7.6.4.3.2: readers cut off the rest."""


def refuse_bad_password(password: str) -> None:
    """Refuse a password that is soon found, or that readers would understand differently.

    Raises:
        UsageError: with a sentence that does not repeat it.
    """
    if fault := _fault_of(password):
        raise UsageError([Problem("usage", Location(), fault)])


def _fault_of(password: str) -> str:
    if not password:
        return "пароль не введён; --encrypt спрашивает его или читает первую строку ввода"
    if password != password.strip():
        return "пробел в начале или в конце пароля не виден; уберите его"
    if len(password) < LEAST_LETTERS:
        return (
            f"пароль короче {LEAST_LETTERS} знаков подберёт программа; возьмите несколько слов, "
            "не связанных друг с другом"
        )
    if len(set(password)) < _LEAST_DIFFERENT:
        return f"в пароле меньше {_LEAST_DIFFERENT} разных знаков; его подберёт программа"
    if len(password.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
        return f"пароль длиннее {_MOST_BYTES} байт (около 60 русских букв); сократите его"
    return _fault_of_signs(password)


def _fault_of_signs(password: str) -> str:
    """Return what is wrong with a sign: readers rewrite some of them, each in its own way."""
    for sign in password:
        if unicodedata.normalize("NFKC", sign) != sign or not sign.isprintable():
            shown = f"знак «{sign}»" if sign.isprintable() else "невидимый знак"
            return f"{shown} в пароле разные программы понимают по-разному; замените его"
    return ""


@dataclass(slots=True)
class Copies(Beside):
    """Copies by the files that they are made of, in place of the keys of papers."""

    count: int = field(default=0)


def copy_of(source: str) -> str:
    """Return where the copy of a set or a paper lies, by its name in the output."""
    folder, _, rest = source.partition("/")
    return f"{COPIED[folder]}/{rest}"


def put_copies(sources: Sequence[str], password: str, room: document_files.Room) -> Copies:
    """Leave a copy of each file, locked with the password, for its owner's eyes only."""
    found = Copies()
    drafts: dict[str, tuple[Path, str, str]] = {}
    for number, source in enumerate(sources):
        name, path = copy_of(source), room.output / source
        if is_signed_pdf(path):
            found.problems.append(_sealed(path))
        elif name in room.ledger.outputs and document_files.is_edited(name, room):
            found.edited.add(name)
            found.files.add(name)
        else:
            draft = room.stage / f"locked-{number:06}.pdf"
            try:
                lock(path, draft, password)
            except BrokenPdfError:
                found.problems.append(_unreadable(path))
                continue
            drafts[source] = draft, file_digest(draft), file_digest(path)
    _put(drafts, found, room)
    return found


def _put(
    drafts: Mapping[str, tuple[Path, str, str]], found: Copies, room: document_files.Room
) -> None:
    ledger = room.ledger
    for source, (_, sha256, _) in drafts.items():
        ledger.pending[copy_of(source)] = sha256
    write_ledger(room.output, ledger)
    for source, (draft, sha256, plain_sha256) in drafts.items():
        name = copy_of(source)
        path = room.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in _folders(name):
            restrict_to_owner(room.output / folder)
        put_in_place(draft, path, mode=PRIVATE_FILE)
        ledger.outputs[name] = stamp_output(path)
        ledger.derived[name] = plain_sha256
        found.files.add(name)
        found.made[source] = (name, sha256)
        found.count += 1
    write_ledger(room.output, ledger)


def keep_current(found: Copies, sources: frozenset[str] | None, room: document_files.Room) -> None:
    """Keep copies whose files are what they were; remove the others, and say so.

    ``sources`` are the files of a whole build; None when it is not known what is still wanted.
    """
    ledger = room.ledger
    for name in sorted(ledger.outputs):
        source = source_of(name)
        is_copy = name.startswith(f"{COPIES}/") and (room.output / name).is_file()
        if not is_copy or name in found.files:
            continue
        if _is_current(name, source, sources, room):
            found.files.add(name)
            found.made[source] = (name, ledger.outputs[name].sha256)
        elif document_files.is_edited(name, room):
            found.edited.add(name)
            found.files.add(name)
        else:
            _remove(name, room)
            found.problems.append(_gone(room.output / name))


def _remove(name: str, room: document_files.Room) -> None:
    (room.output / name).unlink()
    for folder in _folders(name):
        with contextlib.suppress(OSError):
            (room.output / folder).rmdir()


def _is_current(
    name: str, source: str, sources: frozenset[str] | None, room: document_files.Room
) -> bool:
    path = room.output / source
    if not document_files.is_ours(name, room) or not path.is_file():
        return False
    if sources is not None and source not in sources:
        return False
    return document_files.stamp_of(source, room).sha256 == room.ledger.derived.get(name)


def _folders(name: str) -> Iterator[Path]:
    """Yield the folders of a copy in the output, from the inside out."""
    yield from (one for one in Path(name).parents if one != Path())


def nothing_to_copy(output: Path) -> Problem:
    """Return the warning that nothing was made that is sent to anybody."""
    return warning(
        "copy-not-made",
        Location(file=str(output)),
        "копий с паролем нет: не собрано ни одного комплекта, кроме «Печать. …» (с --only — ни "
        "одного документа этого вида)",
    )


def _sealed(path: Path) -> Problem:
    return warning(
        "copy-not-made",
        Location(file=str(path)),
        "подписан электронной подписью, а копия с паролем потеряла бы её; отправьте сам файл с "
        "подписью, например в архиве с паролем",
    )


def _unreadable(path: Path) -> Problem:
    message = "PDF не открывается, и копии с паролем нет; соберите его заново: docgen build"
    return Problem("copy-not-made", Location(file=str(path)), message)


def _gone(path: Path) -> Problem:
    return warning(
        "copy-outdated",
        Location(file=str(path)),
        "копия с паролем убрана: то, что в ней было, с тех пор изменилось; если она нужна, "
        "соберите с ключом --encrypt ещё раз",
    )
