"""How registers differ from a signed document, and which new document that requires."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.errors import Location, Problem, warning
from docgen.model import Family, Kind, ReadCell, Workspace
from docgen.model.columns import (
    APPENDICES,
    APPROVALS,
    DECLENSIONS,
    ENDED,
    ENDS,
    ORDERS,
    PAIRS,
    POINTS,
    PREAMBLE,
    SETTINGS,
    STATE,
    TEXTS,
)
from docgen.pipeline.output.document_archive import ArchivedDocument, amending_orders
from docgen.pipeline.output.ledger import Ledger, LedgerEntry, hash_read

ANY_CHANGE, ADDED_ROWS = "*", "+"
_LOST_PAIR = "-"
_MOST_NAMED = 5
DEFAULT_DOCUMENT = "приказ о внесении изменений"
_LIST_MARK = "#"
_NO_ROWS = "[]"
_OWN_ROWS = (PREAMBLE, POINTS, APPENDICES, APPROVALS, TEXTS)
"""Registers whose rows belong to one order each, as lists of rows call them."""
_KEY_JOINT = " | "
# Settings change how a paper looks, a state how its order stands: neither needs a new document.
_SILENT_REGISTERS = frozenset({SETTINGS, DECLENSIONS})
_SILENT_COLUMNS = frozenset({STATE})
_OLD_CELL = re.compile(r"TableCell\(text=(.*?), where=Location\(", re.DOTALL)
"""How the first docgen kept the cell of a table: with the place of its book."""
_WORDS = re.compile(r"(?:Phrase\(|Reference\(register='[^']*', identity=.*, )text=(['\"].*['\"])\)")
"""Words of a column that was a text once, such as «Вместо пары»: a phrase now, or a reference."""
_SINGLE = re.compile(r"\((Reference\(.*\)),\)")
"""One reference of a column that holds several now, and held one when the paper was signed."""
_HASHED = "blake2b:"
"""What a value of the archive begins with that is known by its keyed hash alone."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One difference: its place, its words, its key in ``changes`` of the kind's entry."""

    where: Location
    what: str
    key: str


def differences(
    archived: ArchivedDocument, reads: Mapping[str, ReadCell], kind: Kind, workspace: Workspace
) -> list[Problem]:
    """Return a warning for each difference, with the document that it requires.

    Cells that only a newer template reads say nothing: the signed paper never spoke of them. What
    a later signed order has answered, or is about to answer, needs no other.
    """
    amending = amending_orders(workspace).get(archived.order, frozenset())
    if amending - archived.answered_by:
        return []
    answered = archived.paper.record.answered
    reads = {
        key: read
        for key, read in reads.items()
        if key not in answered or not is_same_value(answered[key], read.value)
    }
    lost = _lost_lists(archived, reads)
    reads = {key: read for key, read in reads.items() if key not in lost}
    if kind.family == Family.SHEET:
        # A sheet lists people beside its order: their new posts and names need no other order.
        reads = {key: read for key, read in reads.items() if key.startswith(f"{ORDERS}/")}
    found = [
        *_cell_changes(archived, reads, workspace),
        *_list_changes(archived, reads, workspace),
        *_table_changes(archived, reads, workspace),
    ]
    problems = [_rows_lost(archived, lost, workspace)] if lost else []
    pairs = list(dict.fromkeys(change.what for change in found if change.key == _LOST_PAIR))
    problems += [_pairs_lost(archived, pairs)] if pairs else []
    for change in dict.fromkeys(change for change in found if change.key != _LOST_PAIR):
        named = kind.change_documents.get(change.key) or kind.change_documents.get(ANY_CHANGE)
        message = (
            f"{_called(archived)} подписан и остаётся прежним, а {change.what}; нужен "
            f"{named or DEFAULT_DOCUMENT}"
        )
        problems.append(warning("frozen-differs", change.where, message))
    return problems


def _pairs_lost(archived: ArchivedDocument, pairs: Sequence[str]) -> Problem:
    """Return one warning for the pairs of an order that the book has lost: none is deleted."""
    names = ", ".join(pairs[:_MOST_NAMED])
    more = f" и ещё {len(pairs) - _MOST_NAMED}" if len(pairs) > _MOST_NAMED else ""
    what = "пары в книге больше нет" if len(pairs) == 1 else "пар в книге больше нет"
    message = (
        f"{_called(archived)} подписан и остаётся прежним, а его {what}: {names}{more}. Верните "
        "строки из копии книги: пару не удаляют, ей ставят «Прекращена с» и причину"
    )
    return warning("frozen-differs", Location(), message)


def _called(archived: ArchivedDocument) -> str:
    """Return the order of a paper: one line for it and all that belongs to it."""
    if not archived.order:
        return f"«{archived.title}»"
    number = archived.paper.record.number
    return f"приказ № {number} «{archived.order}»" if number else f"приказ «{archived.order}»"


def values_built(
    entry: LedgerEntry, reads: Mapping[str, ReadCell], ledger: Ledger
) -> dict[str, tuple[str, str]]:
    """Return the cells that a document was built from, as the archive keeps them.

    The ledger knows what they said by keyed hashes alone: a value that has changed since is kept as
    such a hash with its key, which tells whether a later value is the one that was signed.
    """
    now = ledger.hashed(reads)
    kept: dict[str, tuple[str, str]] = {}
    for key, seen in entry.seen().items():
        if key in now and now[key].hash == seen.hash:
            kept[key] = str(reads[key].where), reads[key].value
        else:
            kept[key] = seen.place, hashed_value(seen.hash, ledger)
    return kept


def hashed_value(seen: str, ledger: Ledger) -> str:
    """Return what the archive keeps of a value that is known by the ledger's hash alone."""
    return f"{_HASHED}{ledger.key}:{seen}"


def is_same_value(kept: str, now: str) -> bool:
    """Return whether a value of the archive is what a cell says now, both as Python's ``repr``."""
    if (found := _OLD_CELL.match(kept)) is not None:
        return found[1] == now
    if (words := _WORDS.fullmatch(now)) is not None and is_same_value(kept, words[1]):
        return True
    if (single := _SINGLE.fullmatch(now)) is not None and is_same_value(kept, single[1]):
        return True
    if not kept.startswith(_HASHED):
        return kept == now
    key, _, digest = kept.removeprefix(_HASHED).rpartition(":")
    return hash_read(now, key) == digest


def _cell_changes(
    archived: ArchivedDocument, reads: Mapping[str, ReadCell], workspace: Workspace
) -> Iterator[_Change]:
    for key, read in reads.items():
        before = archived.reads.get(key)
        register, _, rest = key.partition("/")
        if before is None or is_same_value(before[1], read.value) or key.endswith(_LIST_MARK):
            continue
        if register in _SILENT_REGISTERS or register not in workspace.schemas:
            continue
        identity, _, column = rest.rpartition("/")
        is_over = (register, column) == (PAIRS, ENDED) and _has_run_its_term(identity, workspace)
        if column not in _SILENT_COLUMNS and not is_over:
            header = _header(workspace, register, column)
            yield _Change(read.where, f"изменился столбец «{header}»", column)


def _has_run_its_term(identity: str, workspace: Workspace) -> bool:
    """Whether a pair has ended with the term that its order gave it: nothing is called off."""
    rows = workspace.by_identity.get((PAIRS, identity), ())
    days = [(row.values.get(ENDS), row.values.get(ENDED)) for row in rows]
    return bool(days) and all(
        isinstance(ends, dt.date) and isinstance(ended, dt.date) and ended >= ends
        for ends, ended in days
    )


def _header(workspace: Workspace, register: str, name: str) -> str:
    columns = workspace.schemas[register].columns
    return next((column.header for column in columns if column.name == name), name)


# --- lists of rows ---------------------------------------------------------------------------


def _list_changes(
    archived: ArchivedDocument, reads: Mapping[str, ReadCell], workspace: Workspace
) -> Iterator[_Change]:
    seen: set[tuple[str, ...]] = set()
    for key, read in reads.items():
        before = archived.reads.get(key)
        if before is None or is_same_value(before[1], read.value) or not key.endswith(_LIST_MARK):
            continue
        if before[1].startswith(_HASHED):
            yield _Change(read.where, "изменился список строк", ANY_CHANGE)
            continue
        old, new = _identities(before[1]), _identities(read.value)
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        if (*gone, *come) in seen:
            continue
        seen.add((*gone, *come))
        if gone or come:
            lost = {one for one in gone if _register_of(one, archived.reads) == PAIRS}
            yield from _row_changes(gone, come, reads, workspace, lost)
        else:
            yield _Change(Location(), "изменился порядок строк", ANY_CHANGE)


def _lost_lists(archived: ArchivedDocument, reads: Mapping[str, ReadCell]) -> list[str]:
    """Return the lists of an order's own rows when all of them are gone from the book.

    Nobody changes an order so: its rows were lost, and it needs no other.
    """
    start = f"{ORDERS}/{archived.order}/"
    own = [f"{start}{name}{_LIST_MARK}" for name in _OWN_ROWS]
    had = [key for key in own if key in archived.reads and _identities(archived.reads[key][1])]
    # What nothing mentions any more is not even asked for.
    now = {reads[key].value for key in had if key in reads}
    return had if now == {_NO_ROWS} else []


def _rows_lost(archived: ArchivedDocument, lost: Sequence[str], workspace: Workspace) -> Problem:
    registers = [key.rpartition("/")[2].removesuffix(_LIST_MARK) for key in lost]
    sheets = [workspace.schemas[one].sheet for one in registers if one in workspace.schemas]
    message = (
        f"строк бумаги «{archived.title}» в книге больше нет (листы: {', '.join(sheets)}); "
        "подписанная печатается из архива. Нужны – верните их из копии книги"
    )
    return warning("frozen-differs", Location(), message)


def _identities(text: str) -> list[str]:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return []
    return [str(item) for item in value] if isinstance(value, list) else []


def _row_changes(
    gone: list[str],
    come: list[str],
    reads: Mapping[str, ReadCell],
    workspace: Workspace,
    pairs: Collection[str],
) -> Iterator[_Change]:
    """Yield rows added, removed, or renamed in one of their key columns.

    ``pairs`` are those of the removed rows that are pairs.
    """
    for new in come:
        register = _register_of(new, reads)
        key = workspace.schemas[register].key if register in workspace.schemas else ()
        renamed = [(old, at) for old in gone if (at := _only_difference(old, new, key)) is not None]
        if renamed:
            old, column = renamed[0]
            gone.remove(old)
            where = _place(register, new, column, reads)
            what = f"в строке «{_shown(new)}» изменился столбец «"
            yield _Change(where, f"{what}{_header(workspace, register, column)}»", column)
        else:
            where = _place(register, new, key[0] if key else "", reads)
            yield _Change(where, f"добавлена строка «{_shown(new)}»", ADDED_ROWS)
    for old in gone:
        if old in pairs and not workspace.by_identity.get((PAIRS, old)):
            people = (part.partition(" ")[0] for part in old.split(_KEY_JOINT)[:2])
            yield _Change(Location(), " – ".join(people), _LOST_PAIR)
            continue
        yield _Change(Location(), f"больше нет строки «{_shown(old)}»", ANY_CHANGE)


def _register_of(identity: str, reads: Iterable[str]) -> str:
    middle = f"/{identity}/"
    return next((key.partition("/")[0] for key in reads if middle in key), "")


def _only_difference(old: str, new: str, key: Sequence[str]) -> str | None:
    """Return the one column of several in the key in which two rows differ."""
    parts = list(zip(old.split(_KEY_JOINT), new.split(_KEY_JOINT), strict=False))
    if len(key) < 2 or len(parts) != len(key):
        return None
    differing = [name for name, (was, now) in zip(key, parts, strict=True) if was != now]
    return differing[0] if len(differing) == 1 else None


def _place(register: str, identity: str, column: str, reads: Mapping[str, ReadCell]) -> Location:
    start = f"{register}/{identity}/"
    exact = reads.get(f"{start}{column}")
    if exact is not None:
        return exact.where
    return next((read.where for key, read in reads.items() if key.startswith(start)), Location())


def _shown(identity: str) -> str:
    return identity.replace(_KEY_JOINT, " – ").replace("|", ", ")


# --- tables of appendices --------------------------------------------------------------------


def _table_changes(
    archived: ArchivedDocument, reads: Mapping[str, ReadCell], workspace: Workspace
) -> Iterator[_Change]:
    """Yield one change for each sheet whose table differs from the signed one."""
    named: set[str] = set()
    answered = archived.paper.record.answered
    for key, (_, value) in archived.reads.items():
        sheet = key.partition("/")[0]
        is_cell = (
            sheet not in workspace.schemas and not key.endswith(_LIST_MARK) and key not in answered
        )
        if (
            is_cell
            and sheet not in named
            and (key not in reads or not is_same_value(value, reads[key].value))
        ):
            named.add(sheet)
            where = reads[key].where if key in reads else Location()
            yield _Change(where, f"изменилась таблица «{sheet}»", ANY_CHANGE)
    # Behind a sheet that is gone, another one is its new name.
    known = {key.partition("/")[0] for key in archived.reads if _is_of_table(key, workspace)}
    for key, read in reads.items():
        sheet = key.partition("/")[0]
        is_new = key not in archived.reads and (sheet in known or (known and not named))
        if is_new and sheet not in named and _is_of_table(key, workspace):
            named.add(sheet)
            yield _Change(read.where, f"изменилась таблица «{sheet}»", ANY_CHANGE)


def _is_of_table(key: str, workspace: Workspace) -> bool:
    return key.partition("/")[0] not in workspace.schemas and _LIST_MARK not in key
