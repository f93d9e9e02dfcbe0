"""The seal of a copy (.xlsx, .docx) that docgen made: of what, and that nobody saved it since."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, unescape

SEALED_PART: Final = "docProps/core.xml"
"""The part that holds the seal: every program writes it anew when it saves a file."""

_PROPERTIES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Копия с пометками</dc:title><dc:subject>{source}</dc:subject>"
    "<dc:creator>docgen</dc:creator><cp:keywords>docgen {digest}</cp:keywords>"
    "</cp:coreProperties>"
)
_SEAL: Final = re.compile(
    r"<dc:subject>([^<]*)</dc:subject>.*<cp:keywords>docgen (\w{64})<", re.DOTALL
)
_LONGEST: Final = 64 << 10
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def seal(package: bytes, source: str) -> bytes:
    """Return a package that says what it is a copy of, and whose other parts are sealed.

    ``source`` is what was copied, as people know it. The package must have ``SEALED_PART``.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w") as new:
        properties = _PROPERTIES.format(source=escape(source), digest=_digest_of(old))
        for name in old.namelist():
            part = properties.encode() if name == SEALED_PART else old.read(name)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return packed.getvalue()


def sealed_source(path: Path) -> str | None:
    """Return of what a file is docgen's copy; None for any other, and for one saved since."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(SEALED_PART).file_size > _LONGEST:
                return None
            found = _SEAL.search(package.read(SEALED_PART).decode("utf-8", "replace"))
            if found is None or found[2] != _digest_of(package):
                return None
            return unescape(found[1])
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def _digest_of(package: zipfile.ZipFile) -> str:
    """Return the hash of all parts but the one with the seal, by the sums that a package keeps."""
    parts = sorted(
        (info.filename, info.CRC, info.file_size)
        for info in package.infolist()
        if info.filename != SEALED_PART
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()
