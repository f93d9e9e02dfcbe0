"""Papers that an earlier docgen archived: without ids, hashes and second copies."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docgen.archive.archive_folders import DOCX, PDF, OutsidePathError, inner_name, output_name
from docgen.archive.canonical_json import content_hash
from docgen.archive.paper_record import BadRecordError, KeptFile, PaperRecord
from docgen.model import MarkedSigner

_KEYS: Final = frozenset({"key", "kind", "title", "output", "docx", "pdf", "reads", "signers"})


@dataclass(frozen=True, slots=True)
class LegacyPaper:
    """A paper as an earlier docgen kept it, with the record that it gets when it is taken in.

    ``sources`` are its files by the names that they get; ``lost`` the names of those that its
    record names in vain. One that ``is_taken`` is in the archive already: docgen was stopped
    before its old folder was gone.
    """

    record: PaperRecord
    folder: Path
    sources: Mapping[str, Path]
    lost: tuple[str, ...] = ()
    is_taken: bool = False


def is_legacy(kept: Mapping[str, Any]) -> bool:
    """Return whether JSON is a record of the first version, which did not say its version."""
    return "version" not in kept and kept.keys() >= _KEYS


def read_legacy(kept: Mapping[str, Any], folder: Path, names: Mapping[str, Path]) -> LegacyPaper:
    """Return a paper of an earlier docgen.

    Raises:
        BadRecordError: when its record is broken or names a file outside its folder.
    """
    try:
        wanted = {DOCX: inner_name(kept["docx"])}
        if kept["pdf"]:
            wanted[PDF] = inner_name(kept["pdf"])
        sources = {to: names[name] for to, name in wanted.items() if name in names}
        record = PaperRecord(
            id=content_hash(dict(kept))[:16],
            key=str(kept["key"]),
            kind=str(kept["kind"]),
            title=str(kept["title"]),
            number="",
            date="",
            state="",
            output=output_name(kept["output"]),
            reads={key: (str(place), str(value)) for key, (place, value) in kept["reads"].items()},
            signers=tuple(MarkedSigner(*map(str, one)) for one in kept["signers"]),
            files={to: _kept(path) for to, path in sources.items()},
            made={"docgen": "0"},
        )
    except (KeyError, TypeError, ValueError, AttributeError, OSError, OutsidePathError) as error:
        raise BadRecordError(type(error).__name__) from error
    lost = tuple(name for to, name in wanted.items() if to not in sources)
    return LegacyPaper(record, folder, sources, lost)


def _kept(path: Path) -> KeptFile:
    data = path.read_bytes()
    return KeptFile(hashlib.sha256(data).hexdigest(), len(data))
