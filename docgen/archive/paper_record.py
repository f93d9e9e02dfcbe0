"""The record of an archived paper: what it is, what it was made from, which files are it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from docgen.archive.archive_folders import DOCX, PDF, inner_name, output_name
from docgen.archive.canonical_json import content_hash
from docgen.errors import SignalError
from docgen.model import MarkedSigner

VERSION: Final = 2
_ID: Final = re.compile(r"[0-9a-f]{16}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_KNOWN: Final = frozenset(
    ("version", "id", "key", "kind", "title", "number", "date", "state", "reads", "signers")
) | {"files", "made", "removed", "answered"}


class BadRecordError(SignalError, ValueError):
    """A record lacks what every record has, or names files outside its folder."""


class NewerRecordError(BadRecordError):
    """A record that a later docgen wrote."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a paper as it was frozen; ``pages`` is 0 for what is no PDF."""

    sha256: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What ``запись.json`` says of a paper.

    ``reads`` maps the key of a cell to its place and its value (Python's ``repr``). ``number`` and
    ``date`` are of its order, the date as YYYY-MM-DD; ``output`` is where the paper goes below
    ``documents/``, without suffix. ``removed`` is why a paper is no longer in the archive;
    ``answered`` are cells that have changed since, as they were when a later order answered them.
    """

    id: str
    key: str
    kind: str
    title: str
    number: str
    date: str
    state: str
    output: str
    reads: Mapping[str, tuple[str, str]]
    signers: tuple[MarkedSigner, ...]
    files: Mapping[str, KeptFile]
    made: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    answered: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_pdf(self) -> bool:
        """Whether the paper's PDF is there; one made without LibreOffice gets it later."""
        return PDF in self.files

    @property
    def has_docx(self) -> bool:
        """Whether there is a .docx; what was signed on paper and scanned has none."""
        return DOCX in self.files

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON spells it."""
        spelled: dict[str, Any] = {
            "version": VERSION,
            "id": self.id,
            "key": self.key,
            "kind": self.kind,
            "title": self.title,
            "number": self.number,
            "date": self.date,
            "state": self.state,
            "reads": {key: list(pair) for key, pair in self.reads.items()},
            "signers": [list(one) for one in self.signers],
            "files": {
                name: {"sha256": one.sha256, "size": one.size, "pages": one.pages}
                for name, one in self.files.items()
            },
            "made": {**self.made, "output": self.output},
        }
        later = {"removed": dict(self.removed), "answered": dict(self.answered)}
        return spelled | {name: value for name, value in later.items() if value}

    @property
    def hash(self) -> str:
        """The SHA-256 of what the record says."""
        return content_hash(self.to_json())


def new_id() -> str:
    """Return the id of a new paper: 16 hexadecimal digits that say nothing of anybody."""
    return secrets.token_hex(8)


def record_of(kept: Mapping[str, Any]) -> PaperRecord:
    """Return the record that JSON spells.

    Raises:
        NewerRecordError: when a later docgen wrote it.
        BadRecordError: when it is none, or names a file outside its folder.
    """
    try:
        version = kept["version"]
        if isinstance(version, int) and version > VERSION:
            raise NewerRecordError(str(version))
        return _read(kept)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, BadRecordError):
            raise
        raise BadRecordError(type(error).__name__) from error


def _read(kept: Mapping[str, Any]) -> PaperRecord:
    if kept["version"] != VERSION or not kept.keys() <= _KNOWN:
        raise BadRecordError("another shape")
    made = {name: _text(value) for name, value in kept["made"].items()}
    return PaperRecord(
        id=_matching(_ID, kept["id"]),
        key=_text(kept["key"]),
        kind=_text(kept["kind"]),
        title=_text(kept["title"]),
        number=_text(kept["number"]),
        date=_text(kept["date"]),
        state=_text(kept["state"]),
        output=output_name(made.pop("output")),
        reads={key: (_text(place), _text(value)) for key, (place, value) in kept["reads"].items()},
        signers=tuple(MarkedSigner(*map(_text, one)) for one in kept["signers"]),
        files={inner_name(name): _file(one) for name, one in kept["files"].items()},
        made=made,
        removed={name: _text(value) for name, value in kept.get("removed", {}).items()},
        answered={name: _text(value) for name, value in kept.get("answered", {}).items()},
    )


def _file(kept: Mapping[str, Any]) -> KeptFile:
    size, page_count = kept["size"], kept["pages"]
    if type(size) is not int or type(page_count) is not int or min(size, page_count) < 0:
        raise BadRecordError("a size")
    return KeptFile(_matching(_SHA256, kept["sha256"]), size, page_count)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadRecordError("no text")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadRecordError("no hash")
    return value
