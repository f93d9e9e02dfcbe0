"""The ledger of an output folder: what was made from what, so that a build can skip it.

The ledger holds sizes, times and hashes, never a value of a register. Reads are hashed with a key
of the ledger's own, so that a short value cannot be found by trying; the key keeps its place.

It is an SQLite file: a build of thousands of papers notes what it has done a hundred papers at a
time, and a kill at any moment leaves the notes whole. A text would be written anew each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from docgen.errors import SignalError
from docgen.files import file_digest, unwritable_error
from docgen.model import ReadCell

LEDGER_NAME = "ledger.sqlite"
FORMAT = "2"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as last seen: size, time of change in nanoseconds, SHA-256 when it is an output."""

    size: int
    mtime_ns: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell that a document read: where it lies and a keyed hash of what it said."""

    place: str
    hash: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is known of one made document; paths are relative to the output folder.

    ``reads`` are packed, see ``seen``; ``signatures`` are role, page and point of each.
    """

    docx: str
    pdf: str
    docx_sha256: str
    source_sha256: str
    template: str
    tools: str
    reads: bytes = b""
    state: str = ""
    pages: int = 0
    signatures: tuple[tuple[str, int, float | None, float | None], ...] = ()

    def seen(self) -> dict[str, SeenCell]:
        """Return the cells that the document read, by their keys."""
        if not self.reads:
            return {}
        pairs = json.loads(zlib.decompress(self.reads))
        return {key: SeenCell(*pair) for key, pair in pairs.items()}


def hash_read(value: str, key: str) -> str:
    """Return the keyed hash of a value that was read from a cell."""
    raw = value.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(raw, key=key.encode(), digest_size=12).hexdigest()


def pack(seen: Mapping[str, SeenCell]) -> bytes:
    """Return cells compressed to a thirtieth: a district has half a million."""
    pairs = {key: (one.place, one.hash) for key, one in seen.items()}
    return zlib.compress(json.dumps(pairs, ensure_ascii=False).encode("utf-8", "surrogatepass"), 3)


class Section(dict[str, _T], Generic[_T]):
    """A part of the ledger that knows which of its rows are not written yet.

    Only ``[…] =``, ``del`` and ``become`` change it.
    """

    def __init__(self, rows: Mapping[str, _T] | None = None) -> None:
        super().__init__(rows or {})
        self.unwritten: set[str] = set(self)

    def __setitem__(self, name: str, row: _T) -> None:
        if name not in self or self[name] != row:
            self.unwritten.add(name)
            super().__setitem__(name, row)

    def __delitem__(self, name: str) -> None:
        self.unwritten.add(name)
        super().__delitem__(name)

    def become(self, rows: Mapping[str, _T]) -> None:
        """Replace all rows by these."""
        for name in [name for name in self if name not in rows]:
            del self[name]
        for name, row in rows.items():
            self[name] = row


@dataclass(slots=True)
class Ledger:
    """Everything that the last build left behind; filled while the next one runs.

    ``derived`` maps files made of other outputs to what they were made of;
    ``pending`` are hashes of files that a build is about to write: one that was killed has left
    its own files, not a person's. ``edited`` are outputs that a person has changed; ``heads``
    those of the journal of the workspace's archive; ``said`` are codes of what is said once.
    ``sheets`` are the titles of the sheets with rows that the last whole build read, by register.
    """

    key: str = ""
    inputs: Section[FileStamp] = field(default_factory=Section)
    outputs: Section[FileStamp] = field(default_factory=Section)
    documents: Section[LedgerEntry] = field(default_factory=Section)
    packets: Section[str] = field(default_factory=Section)
    derived: Section[str] = field(default_factory=Section)
    pending: Section[str] = field(default_factory=Section)
    sheets: Section[str] = field(default_factory=Section)
    edited: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    options: str = ""
    warnings: int = 0
    is_complete: bool = False

    def hashed(self, reads: Mapping[str, ReadCell]) -> dict[str, SeenCell]:
        """Return reads without their values."""
        return {
            key: SeenCell(str(read.where), hash_read(read.value, self.key))
            for key, read in reads.items()
        }

    def changed(self, entry: LedgerEntry, reads: Mapping[str, ReadCell]) -> list[str]:
        """Return the places of the cells whose values changed since the entry was made."""
        now, before = self.hashed(reads), entry.seen()
        keys = [*now, *(key for key in before if key not in now)]
        places = [
            (now.get(key) or before[key]).place or _list_name(key)
            for key in keys
            if now.get(key, SeenCell("", "")).hash != before.get(key, SeenCell("", "")).hash
        ]
        return list(dict.fromkeys(places))


def _list_name(key: str) -> str:
    return f"состав строк «{key.rstrip('#').rsplit('/', 1)[-1]}»"


# --- the file --------------------------------------------------------------------------------

_SCHEMA = "CREATE TABLE IF NOT EXISTS rows (part TEXT, name TEXT, told, PRIMARY KEY (part, name))"
_SELECT = "SELECT name, told FROM rows WHERE part = ?"
_PUT = "INSERT OR REPLACE INTO rows VALUES (?, ?, ?)"
_DROP = "DELETE FROM rows WHERE part = ? AND name = ?"
_READS, _SHEETS = "reads", "sheets"


class BrokenLedgerError(SignalError, ValueError):
    """A ledger is of another format or damaged; docgen starts a new one."""


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger of an output folder; an empty one when there is none or it is broken."""
    path = folder / LEDGER_NAME
    if path.is_file():
        with (
            contextlib.suppress(sqlite3.Error, ValueError, KeyError, TypeError, AttributeError),
            contextlib.closing(sqlite3.connect(path)) as base,
        ):
            return _ledger(base)
    return Ledger(key=secrets.token_hex(16))


def read_known_sheets(folder: Path) -> Mapping[str, str]:
    """Return the sheets of the last whole build without the rest of the ledger."""
    return _part(folder, _SHEETS)


def read_known_heads(folder: Path) -> list[str]:
    """Return the heads of the archive's journal that the last build knew."""
    try:
        return [str(one) for one in json.loads(_part(folder, "facts").get("heads", "[]"))]
    except (ValueError, TypeError):
        return []


def _part(folder: Path, name: str) -> Mapping[str, str]:
    """Return the rows of one part of a ledger, nothing when they cannot be read."""
    path = folder / LEDGER_NAME
    if path.is_file():
        with (
            contextlib.suppress(sqlite3.Error, ValueError),
            contextlib.closing(sqlite3.connect(path)) as base,
        ):
            return {str(key): str(row) for key, row in base.execute(_SELECT, (name,))}
    return {}


def _ledger(base: sqlite3.Connection) -> Ledger:
    """Return the ledger read from its file; a broken file raises one of JSON's errors."""
    facts = dict(base.execute(_SELECT, ("facts",)))
    if facts["format"] != FORMAT:
        raise BrokenLedgerError(facts["format"])
    reads = dict(base.execute(_SELECT, (_READS,)))

    def entry(name: str, row: Any) -> LedgerEntry:
        fields = json.loads(row)
        signatures = tuple((str(one[0]), *one[1:]) for one in fields.pop("signatures"))
        return LedgerEntry(**fields, reads=reads[name], signatures=signatures)

    return Ledger(
        key=_key(facts["key"]),
        inputs=_section(base, "inputs", lambda _, row: FileStamp(*json.loads(row))),
        outputs=_section(base, "outputs", lambda _, row: FileStamp(*json.loads(row))),
        documents=_section(base, "documents", entry),
        packets=_section(base, "packets", lambda _, row: str(row)),
        derived=_section(base, "derived", lambda _, row: str(row)),
        pending=_section(base, "pending", lambda _, row: str(row)),
        sheets=_section(base, _SHEETS, lambda _, row: str(row)),
        edited=frozenset(json.loads(facts["edited"])),
        heads=tuple(map(str, json.loads(facts.get("heads", "[]")))),
        said=frozenset(map(str, json.loads(facts.get("said", "[]")))),
        options=str(facts["options"]),
        warnings=int(facts["warnings"]),
        is_complete=facts["complete"] == "1",
    )


def _section(base: sqlite3.Connection, part: str, take: Callable[[str, Any], _T]) -> Section[_T]:
    rows = {name: take(name, row) for name, row in base.execute(_SELECT, (part,))}
    section = Section(rows)
    section.unwritten.clear()
    return section


def _key(key: object) -> str:
    if not isinstance(key, str) or len(key.encode()) > hashlib.blake2b.MAX_KEY_SIZE:
        raise BrokenLedgerError(key)
    return key


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Write what has changed since the ledger was read or written last: all of it or nothing.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    path = folder / LEDGER_NAME
    try:
        if not path.is_file():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            _mark_unwritten(ledger)
        _empty_other_format(path)
        with contextlib.closing(sqlite3.connect(path)) as base, base:
            base.execute(_SCHEMA)
            _write(base, ledger)
    except (OSError, sqlite3.Error) as error:
        raise unwritable_error(path, error) from error
    for section in _sections(ledger).values():
        section.unwritten.clear()


def _empty_other_format(path: Path) -> None:
    """Empty a file that is no ledger of this format; one without rows is as good as empty."""
    with contextlib.closing(sqlite3.connect(path)) as base:
        try:
            facts = dict(base.execute(_SELECT, ("facts",)))
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            facts = {}
    if facts.get("format") != FORMAT:
        path.write_bytes(b"")


def _write(base: sqlite3.Connection, ledger: Ledger) -> None:
    facts = {
        "format": FORMAT,
        "key": ledger.key,
        "edited": json.dumps(sorted(ledger.edited)),
        "heads": json.dumps(ledger.heads),
        "said": json.dumps(sorted(ledger.said)),
        "options": ledger.options,
        "warnings": str(ledger.warnings),
        "complete": str(int(ledger.is_complete)),
    }
    base.executemany(_PUT, [("facts", name, value) for name, value in facts.items()])
    for part, section in _sections(ledger).items():
        gone = [(part, name) for name in section.unwritten if name not in section]
        base.executemany(_DROP, gone)
        new = [name for name in section.unwritten if name in section]
        base.executemany(_PUT, ((part, name, _row_text(section[name])) for name in new))
        if part == "documents":
            base.executemany(_DROP, ((_READS, name) for _, name in gone))
            base.executemany(_PUT, ((_READS, name, section[name].reads) for name in new))


def _sections(ledger: Ledger) -> dict[str, Section[Any]]:
    return {
        "inputs": ledger.inputs,
        "outputs": ledger.outputs,
        "documents": ledger.documents,
        "packets": ledger.packets,
        "derived": ledger.derived,
        "pending": ledger.pending,
        _SHEETS: ledger.sheets,
    }


def _mark_unwritten(ledger: Ledger) -> None:
    for section in _sections(ledger).values():
        section.unwritten.update(section)


def _row_text(row: FileStamp | LedgerEntry | str) -> str:
    if isinstance(row, str):
        return row
    names = [name for name in row.__slots__ if name != "reads"]
    values = {name: getattr(row, name) for name in names}
    return json.dumps(list(values.values()) if isinstance(row, FileStamp) else values)


# --- files -----------------------------------------------------------------------------------


def take_stamps(files: Iterable[Path], names: Mapping[Path, str]) -> dict[str, FileStamp]:
    """Return size and time of the files that exist, by their names."""
    stamps = {}
    for path in files:
        try:
            stat = path.stat()
        except OSError:
            continue
        stamps[names.get(path, str(path))] = FileStamp(stat.st_size, stat.st_mtime_ns)
    return stamps


def stamp_output(path: Path) -> FileStamp:
    """Return size, time and hash of a finished output file."""
    stat = path.stat()
    return FileStamp(stat.st_size, stat.st_mtime_ns, file_digest(path))


def is_untouched(path: Path, stamp: FileStamp | None) -> bool:
    """Return whether a file is as the ledger knows it; it is hashed only when its time differs."""
    try:
        stat = path.stat()
    except OSError:
        return False
    if stamp is None:
        return False
    if (stat.st_size, stat.st_mtime_ns) == (stamp.size, stamp.mtime_ns):
        return True
    return stat.st_size == stamp.size and file_digest(path) == stamp.sha256


def is_pending(ledger: Ledger, name: str, path: Path) -> bool:
    """Return whether a file is what a killed build had meant to write."""
    return path.is_file() and ledger.pending.get(name) == file_digest(path)


def outputs_are_whole(folder: Path, ledger: Ledger) -> bool:
    """Return whether every output is there with the size and time it was left with."""
    for name, stamp in ledger.outputs.items():
        try:
            stat = (folder / name).stat()
        except OSError:
            return False
        if (stat.st_size, stat.st_mtime_ns) != (stamp.size, stamp.mtime_ns):
            return False
    return True


def same_inputs(now: Mapping[str, FileStamp], before: Mapping[str, FileStamp]) -> bool:
    """Return whether the same input files have the same sizes and times."""
    return {name: (one.size, one.mtime_ns) for name, one in now.items()} == {
        name: (one.size, one.mtime_ns) for name, one in before.items()
    }
