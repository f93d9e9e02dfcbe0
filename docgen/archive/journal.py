"""The journal of the archive: one event a file, each naming all heads that it knew.

An event says what was done with which paper, by ids and hashes alone. The journals of two computers
that were parted join at the next event, which names the heads of both.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from docgen.archive.archive_folders import entries, journal_folder
from docgen.archive.canonical_json import (
    UnreadableJsonError,
    canonical,
    content_hash,
    parse,
    read_json,
)
from docgen.archive.second_copies import SecondCopies
from docgen.files import PRIVATE_FILE, atomic_write

_NAME: Final = re.compile(r"(\d+)-([0-9a-f]{8})(\D.*)?\.json")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_WHAT: Final = re.compile(r"[a-z-]{1,40}")
_PAPER: Final = re.compile(r"(?:[0-9a-f]{16})?")
_KEYS: Final = frozenset({"n", "day", "what", "paper", "record", "after"})
FORGONE: Final = "forgone"
"""Under which name a decision keeps the hashes of events that are gone for good."""
_MARK_LETTERS: Final = 8
_DIGITS: Final = 6
_MOST_BYTES: Final = 4096
"""An event has a few hundred bytes; one that joins many journals, some more."""


class EventKind(enum.StrEnum):
    """What was done with a paper."""

    TAKEN_IN = "taken-in"
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    SCAN = "scan"
    STATE = "state"
    NUMBER = "number"
    RESERVED = "reserved"
    VOID = "void"
    REMOVED = "removed"


LEAVES: Final = frozenset({EventKind.UNSIGNED, EventKind.REMOVED})
"""Events after which a paper is no longer in the archive."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its number in the journal, its day, the paper's id, the hash of its record.

    ``paper`` is empty where an event speaks of the archive as a whole; its record is a decision
    then. ``after`` are the hashes of the heads that were known.
    """

    n: int
    day: str
    what: str
    paper: str
    record: str
    after: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the event as JSON spells it."""
        return {
            "n": self.n,
            "day": self.day,
            "what": self.what,
            "paper": self.paper,
            "record": self.record,
            "after": list(self.after),
        }

    @property
    def hash(self) -> str:
        """The SHA-256 of what the event says."""
        return content_hash(self.to_json())


def event_of(kept: Mapping[str, Any]) -> Event | None:
    """Return the event that JSON spells, None when it is none."""
    n, day, what = kept.get("n"), kept.get("day"), kept.get("what")
    paper, record, after = kept.get("paper"), kept.get("record"), kept.get("after")
    if kept.keys() != _KEYS or type(n) is not int or n < 1:
        return None
    if not (
        isinstance(what, str)
        and _WHAT.fullmatch(what)
        and isinstance(day, str)
        and isinstance(paper, str)
        and isinstance(record, str)
    ):
        return None
    if not isinstance(after, list) or not all(isinstance(one, str) for one in after):
        return None
    if not _PAPER.fullmatch(paper) or not all(map(_HASH.fullmatch, (record, *after))):
        return None
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return None
    return Event(n, day, str(what), paper, record, tuple(after))


@dataclass(frozen=True, slots=True)
class Journal:
    """The events of an archive by their hashes; ``missing`` are hashes that events name in vain.

    ``restored`` came from their second copies; ``forgone`` are gone for good, as a person has said.
    """

    events: Mapping[str, Event] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    restored: frozenset[str] = frozenset()
    forgone: frozenset[str] = frozenset()

    @property
    def is_newer(self) -> bool:
        """Whether a later docgen has written events that this one does not know."""
        known = set(EventKind)
        return any(event.what not in known for event in self.events.values())

    @property
    def heads(self) -> tuple[str, ...]:
        """The events that no other names, sorted: more than one while two journals are parted."""
        named = {one for event in self.events.values() for one in event.after}
        return tuple(sorted(set(self.events) - named))

    def next_number(self) -> int:
        """Return the number of the event that comes next."""
        return 1 + max((event.n for event in self.events.values()), default=0)

    def standing(self) -> dict[str, tuple[Event, ...]]:
        """Return for each paper the events that no later one of it supersedes.

        There is more than one where two computers have dealt with one paper.
        """
        waiting: dict[str, int] = {}
        for event in self.events.values():
            for one in event.after:
                waiting[one] = waiting.get(one, 0) + 1
        older: dict[str, frozenset[str]] = {}
        known: dict[str, _Standing] = {}
        for name, event in sorted(self.events.items(), key=lambda pair: (pair[1].n, pair[0])):
            parents = [one for one in event.after if one in known]
            states = [known[one] for one in parents]
            for one in parents:
                waiting[one] -= 1
                if not waiting[one]:
                    del known[one]
            is_alone = len(parents) == 1 and parents[0] not in known
            now = states[0] if is_alone else _joined(states, older)
            before = now.get(event.paper, frozenset())
            older[name] = before.union(*(older[one] for one in before))
            now[event.paper] = frozenset({name})
            known[name] = now
        return {
            paper: tuple(sorted((self.events[one] for one in names), key=lambda one: one.n))
            for paper, names in _joined(list(known.values()), older).items()
            if paper
        }


_Standing = dict[str, frozenset[str]]


def _joined(states: list[_Standing], older: Mapping[str, frozenset[str]]) -> _Standing:
    """Return for each paper its events in any of the states, without those superseded in one."""
    found: _Standing = {}
    for state in states:
        for paper, names in state.items():
            found[paper] = found.get(paper, frozenset()) | names
    return {
        paper: names - frozenset().union(*(older[one] for one in names))
        if len(names) > 1
        else names
        for paper, names in found.items()
    }


def read_journal(archive: Path, copies: SecondCopies) -> Journal:
    """Return the journal of an archive; events that are gone come from their second copies.

    What is no event of docgen is passed over: a cloud's copies of conflicts, lock files, notes.
    """
    events: dict[str, Event] = {}
    for name, path in entries(journal_folder(archive)).items():
        if not (found := _NAME.fullmatch(name)):
            continue
        event = _read(path)
        sha256 = event.hash if event is not None else ""
        if event is not None and sha256.startswith(found[2]):
            events[sha256] = event
    restored = _copied_events(events, copies)
    events |= restored
    forgone = _forgone(events.values(), copies)
    missing = _missing(events.values(), events) - forgone
    return Journal(events, frozenset(missing), frozenset(restored), frozenset(forgone))


def _copied_events(known: Mapping[str, Event], copies: SecondCopies) -> dict[str, Event]:
    """Return the events of which only second copies are left, the last ones among them."""
    named = known.keys() | {event.record for event in known.values()}
    found: dict[str, Event] = {}
    for name in copies.small_names(_MOST_BYTES):
        if name not in named and (event := _copy_of(name, copies)) is not None:
            found[name] = event
    return found


def _forgone(events: Iterable[Event], copies: SecondCopies) -> set[str]:
    """Return the events of which a person has said that they are gone for good."""
    found: set[str] = set()
    for event in events:
        data = None if event.paper else copies.read(event.record)
        try:
            kept = parse(data).get(FORGONE) if data is not None else None
        except UnreadableJsonError:
            continue
        if isinstance(kept, list):
            found |= {one for one in kept if isinstance(one, str)}
    return found


def read_heads(archive: Path) -> tuple[str, ...]:
    """Return the heads of the journal of an archive as it lies."""
    return read_journal(archive, SecondCopies(archive)).heads


def _missing(events: Iterable[Event], known: Mapping[str, Event]) -> set[str]:
    return {one for event in events for one in event.after} - known.keys()


def _read(path: Path) -> Event | None:
    try:
        return event_of(read_json(path))
    except (OSError, UnreadableJsonError):
        return None


def _copy_of(name: str, copies: SecondCopies) -> Event | None:
    data = copies.read(name)
    try:
        return event_of(parse(data)) if data is not None else None
    except UnreadableJsonError:
        return None


def event_path(archive: Path, event: Event) -> Path:
    """Return where an event lies."""
    return journal_folder(archive) / f"{event.n:0{_DIGITS}}-{event.hash[:_MARK_LETTERS]}.json"


def write_event(archive: Path, event: Event, copies: SecondCopies) -> None:
    """Write an event and its second copy.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    data = canonical(event.to_json())
    copies.write(data)
    atomic_write(event_path(archive, event), data, mode=PRIVATE_FILE)
