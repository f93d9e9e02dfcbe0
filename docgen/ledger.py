"""What was made from what: lies beside the output, so a build does only what is needed.

The ledger holds sizes, times and hashes, never a value of a register. Reads are hashed with a key
of the ledger's own, so that a short value cannot be found by trying; the key keeps its place.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from docgen.files import atomic_write
from docgen.files import digest as file_digest
from docgen.model import Read

LEDGER_NAME = "ledger.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as last seen: size, time of change in nanoseconds, SHA-256 when it is an output."""

    size: int
    mtime_ns: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell that a document read: where it lies and a keyed hash of what it said."""

    place: str
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one made document; paths are relative to the output folder."""

    docx: str
    pdf: str
    docx_sha256: str
    source_sha256: str
    template: str
    tools: str
    reads: Mapping[str, Seen] = field(default_factory=dict)
    state: str = ""


@dataclass(slots=True)
class Ledger:
    """Everything that the last build left behind.

    ``pending`` are hashes of .docx files that a build is about to write: one that was killed has
    left its own files, not a person's. ``edited`` are outputs that a person has changed.
    """

    key: str = ""
    inputs: dict[str, Stamp] = field(default_factory=dict)
    outputs: dict[str, Stamp] = field(default_factory=dict)
    documents: dict[str, Entry] = field(default_factory=dict)
    packets: dict[str, str] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)
    edited: frozenset[str] = frozenset()
    options: str = ""
    warnings: int = 0
    is_complete: bool = False

    def hashed(self, reads: Mapping[str, Read]) -> dict[str, Seen]:
        """Return reads without their values."""
        return {key: Seen(str(read.where), self._hash(read.value)) for key, read in reads.items()}

    def _hash(self, value: str) -> str:
        raw = value.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(raw, key=self.key.encode(), digest_size=12).hexdigest()

    def changed(self, entry: Entry, reads: Mapping[str, Read]) -> list[str]:
        """Return the places of the cells that say something else than when the entry was made."""
        now = self.hashed(reads)
        keys = [*now, *(key for key in entry.reads if key not in now)]
        places = [
            (now.get(key) or entry.reads[key]).place or _list_name(key)
            for key in keys
            if now.get(key, Seen("", "")).hash != entry.reads.get(key, Seen("", "")).hash
        ]
        return list(dict.fromkeys(places))


def _list_name(key: str) -> str:
    return f"состав строк «{key.rstrip('#').rsplit('/', 1)[-1]}»"


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger of an output folder; an empty one when there is none or it is broken."""
    try:
        return _ledger(json.loads((folder / LEDGER_NAME).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Ledger(key=secrets.token_hex(16))


def _ledger(told: dict[str, Any]) -> Ledger:
    """Return the ledger that a file tells; a wrong file ends in one of the errors of JSON."""
    if told["format"] != FORMAT:
        raise ValueError(told["format"])
    return Ledger(
        key=_key(told["key"]),
        inputs={name: Stamp(*stamp) for name, stamp in told["inputs"].items()},
        outputs={name: Stamp(*stamp) for name, stamp in told["outputs"].items()},
        documents={key: _entry(item) for key, item in told["documents"].items()},
        packets=_texts(told["packets"]),
        pending=_texts(told["pending"]),
        edited=frozenset(told["edited"]),
        options=_text(told["options"]),
        warnings=int(told["warnings"]),
        is_complete=told["complete"] is True,
    )


def _key(told: object) -> str:
    key = _text(told)
    if len(key.encode()) > hashlib.blake2b.MAX_KEY_SIZE:
        raise ValueError(key)
    return key


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError(told)
    return told


def _texts(told: dict[str, object]) -> dict[str, str]:
    return {name: _text(value) for name, value in told.items()}


def _entry(told: dict[str, Any]) -> Entry:
    reads = {key: Seen(*pair) for key, pair in told["reads"].items()}
    return Entry(**{**told, "reads": reads})


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Leave the ledger whole in the output folder."""
    told = {
        "format": FORMAT,
        "key": ledger.key,
        "inputs": {name: _stamp(stamp) for name, stamp in sorted(ledger.inputs.items())},
        "outputs": {name: _stamp(stamp) for name, stamp in sorted(ledger.outputs.items())},
        "documents": {key: _told(entry) for key, entry in sorted(ledger.documents.items())},
        "packets": dict(sorted(ledger.packets.items())),
        "pending": dict(sorted(ledger.pending.items())),
        "edited": sorted(ledger.edited),
        "options": ledger.options,
        "warnings": ledger.warnings,
        "complete": ledger.is_complete,
    }
    text = json.dumps(told, ensure_ascii=False, indent=0)
    atomic_write(folder / LEDGER_NAME, text.encode(), mode=0o600)


def _stamp(stamp: Stamp) -> tuple[int, int, str]:
    return stamp.size, stamp.mtime_ns, stamp.sha256


def _told(entry: Entry) -> dict[str, object]:
    told = asdict(entry)
    told["reads"] = {key: (seen.place, seen.hash) for key, seen in entry.reads.items()}
    return told


def take_stamps(files: Iterable[Path], names: Mapping[Path, str]) -> dict[str, Stamp]:
    """Return size and time of the files that exist, by their names."""
    stamps = {}
    for path in files:
        try:
            stat = path.stat()
        except OSError:
            continue
        stamps[names.get(path, str(path))] = Stamp(stat.st_size, stat.st_mtime_ns)
    return stamps


def stamp_output(path: Path) -> Stamp:
    """Return size, time and hash of a finished output file."""
    stat = path.stat()
    return Stamp(stat.st_size, stat.st_mtime_ns, file_digest(path))


def is_untouched(path: Path, stamp: Stamp | None) -> bool:
    """Return whether a file is as the ledger left it; its hash is asked when its time differs."""
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


def same_inputs(now: Mapping[str, Stamp], before: Mapping[str, Stamp]) -> bool:
    """Return whether the same input files have the same sizes and times."""
    return {name: (one.size, one.mtime_ns) for name, one in now.items()} == {
        name: (one.size, one.mtime_ns) for name, one in before.items()
    }
