"""Copies for e-mail that open with a password: of packets, or of documents of one kind.

The password is in no file: neither ledger nor manifest knows it, so a copy is made anew only when
somebody types it again. A copy of what has changed since is removed, so that nobody sends it.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, UsageError, warning
from docgen.files import restrict_to_owner
from docgen.pages import BrokenPdfError, write_locked_copy
from docgen.pipeline.output.places import COPIED, COPIES, source_of
from docgen.pipeline.output.side_files import SideFiles
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.output.store import Bench, FileDraft, OutputStore, Verdict

SAID_ONCE = frozenset({"copy-not-made", "copy-outdated"})
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
    """Return what is wrong with a sign that PDF readers normalise differently, "" if nothing."""
    for sign in password:
        if unicodedata.normalize("NFKC", sign) != sign or not sign.isprintable():
            shown = f"знак «{sign}»" if sign.isprintable() else "невидимый знак"
            return f"{shown} в пароле разные программы понимают по-разному; замените его"
    return ""


@dataclass(slots=True)
class LockedCopies(SideFiles):
    """Accumulates copies; ``by_key`` has them by the files that they are made of.

    ``count`` is how many this build has made.
    """

    count: int = field(default=0)


def copy_name(source: str) -> str:
    """Return where the copy of a packet or a document lies, by its name in the output."""
    folder, _, rest = source.partition("/")
    return f"{COPIED[folder]}/{rest}"


def make_copies(sources: Sequence[str], password: str, bench: Bench) -> LockedCopies:
    """Leave a copy of each file, locked with the password, for its owner's eyes only.

    Raises:
        UsageError: when the disk refuses.
    """
    found = LockedCopies()
    drafts: dict[str, FileDraft] = {}
    for source in sources:
        name, path = copy_name(source), bench.path(source)
        if is_signed_pdf(path):
            found.problems.append(_signed_problem(path))
        elif not bench.may_overwrite(name):
            found.edited.add(name)
            found.files.add(name)
        else:
            locked = bench.stage_path(".pdf")
            try:
                write_locked_copy(path, locked, password)
            except BrokenPdfError:
                found.problems.append(_unreadable(path))
                continue
            drafts[source] = bench.draft_of(name, locked, is_private=True)
    for draft in drafts.values():
        bench.path(draft.name).parent.mkdir(parents=True, exist_ok=True)
        for folder in _folders(draft.name):
            restrict_to_owner(bench.folder / folder)
    bench.leave([*drafts.values()])
    for source, draft in drafts.items():
        bench.ledger.derived[draft.name] = bench.sha256(source)
        found.files.add(draft.name)
        found.by_key[source] = (draft.name, draft.sha256)
        found.count += 1
    bench.note()
    return found


def keep_current(found: LockedCopies, sources: frozenset[str] | None, bench: Bench) -> None:
    """Keep copies whose files are what they were; remove the others, and say so.

    ``sources`` are the files of a whole build; None when it is not known what is still wanted.
    """
    ledger = bench.ledger
    for name in sorted(ledger.outputs):
        source = source_of(name)
        is_copy = name.startswith(f"{COPIES}/") and bench.is_there(name)
        if not is_copy or name in found.files:
            continue
        if _is_current(name, source, sources, bench):
            found.files.add(name)
            found.by_key[source] = (name, ledger.outputs[name].sha256)
        elif bench.verdict(name) is not Verdict.OURS:
            found.edited.add(name)
            found.files.add(name)
        else:
            _remove(name, bench)
            found.problems.append(_removed_problem(bench.path(name)))


def _remove(name: str, bench: Bench) -> None:
    bench.path(name).unlink()
    for folder in _folders(name):
        with contextlib.suppress(OSError):
            (bench.folder / folder).rmdir()


def _is_current(name: str, source: str, sources: frozenset[str] | None, store: OutputStore) -> bool:
    if not store.is_unchanged(name) or not store.is_there(source):
        return False
    if sources is not None and source not in sources:
        return False
    return store.sha256(source) == store.ledger.derived.get(name)


def _folders(name: str) -> Iterator[Path]:
    """Yield the folders of a copy in the output, from the inside out."""
    yield from (one for one in Path(name).parents if one != Path())


def nothing_to_copy(output: Path) -> Problem:
    """Return the warning that there was no packet or document to copy."""
    return warning(
        "copy-not-made",
        Location(file=str(output)),
        "копий с паролем нет: не собрано ни одного комплекта, кроме «Печать. …» (с --only — ни "
        "одного документа этого вида); посмотрите, что собирается: docgen plan",
    )


def _signed_problem(path: Path) -> Problem:
    return warning(
        "copy-not-made",
        Location(file=str(path)),
        "подписан электронной подписью, а копия с паролем потеряла бы её; отправьте сам файл с "
        "подписью, например в архиве с паролем",
    )


def _unreadable(path: Path) -> Problem:
    message = "PDF не открывается, и копии с паролем нет; соберите его заново: docgen build"
    return Problem("copy-not-made", Location(file=str(path)), message)


def _removed_problem(path: Path) -> Problem:
    return warning(
        "copy-outdated",
        Location(file=str(path)),
        "копия с паролем убрана: то, что в ней было, с тех пор изменилось; если она нужна, "
        "соберите с ключом --encrypt ещё раз",
    )
