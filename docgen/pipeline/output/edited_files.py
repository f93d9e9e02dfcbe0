"""Files of the output that a person has changed: kept, unless a signed paper is to lie there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.archive import put_aside
from docgen.archive.word_differences import word_difference
from docgen.errors import Location, Problem, warning
from docgen.pipeline.output.places import SIDE_FOLDERS
from docgen.pipeline.output.store import Bench, OutputStore
from docgen.pipeline.workspace.render import Rendered

_SHOWN: Final = 3


def edited_problem(name: str, store: OutputStore, moved: Sequence[str] = ()) -> Problem:
    """Return the warning that a person's version of an output is kept.

    ``moved`` are places of cells that have changed since, so that the version is out of date.
    """
    option = SIDE_FOLDERS.get(name.partition("/")[0])
    # What lies beside documents has their names, so it is called with its folder.
    called = name if option is not None else name.rpartition("/")[2]
    command = " ".join(filter(None, ["docgen build", option]))
    since = f", а в реестрах с тех пор изменилось: {'; '.join(moved[:_SHOWN])}" if moved else ""
    since += f" и ещё мест: {len(moved) - _SHOWN}" if len(moved) > _SHOWN else ""
    message = (
        f"файл исправлен вручную и оставлен как есть{since}; чтобы собрать его заново, запустите: "
        f'{command} --redo "{called}"'
    )
    return warning("edited-output", Location(file=str(store.path(name))), message)


def moved_since(key: str, rendered: Rendered | None, store: OutputStore) -> list[str]:
    """Return the places of cells that have changed since docgen made what a person then edited."""
    entry = store.ledger.documents.get(key)
    return store.ledger.changed(entry, rendered.reads) if entry and rendered else []


def hazard_problem(name: str, hazard: str, store: OutputStore) -> Problem:
    """Return the error that a signed document without PDF is not handed to LibreOffice."""
    message = (
        f"PDF подписанного документа не сделан: {hazard}. Примите подписанный PDF или скан: docgen "
        "archive adopt"
    )
    return Problem("archive-changed", Location(file=str(store.path(name))), message)


def put_back_problem(name: str, source: Path, title: str, bench: Bench) -> Problem:
    """Move what a person made of a signed document aside; return what is to be said of it.

    ``source`` is the archived file that comes back.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    path = bench.path(name)
    words = word_difference(source, path) if path.suffix == ".docx" else None
    aside = put_aside(path)
    said = f": {words}" if words else ""
    message = (
        f"файл «{title}» изменён после подписания{said}. На печать идёт подписанный, он возвращён; "
        f"изменённый лежит рядом: «{aside.name}»"
    )
    return warning("archive-healed", Location(file=str(path)), message)
