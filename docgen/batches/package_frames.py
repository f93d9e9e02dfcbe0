"""What documents of one package share: all parts but for the text and the title, read once."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from docgen.batches.paragraph_facts import PackageStyles, is_strange
from docgen.ooxml.docx_package import APP_PROPERTIES, CORE_PART
from docgen.ooxml.font_names import fonts_in, theme_fonts
from docgen.ooxml.word_xml import T, parse
from docgen.ooxml.zip_parts import (
    DOCUMENT_PART,
    STYLES_PART,
    ZipEntry,
    check_size,
    read_parts,
    to_entry,
)

_OWN_PARTS: Final = frozenset({DOCUMENT_PART, CORE_PART})
_MOST_PACKAGES: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class PackageFrame:
    """What documents of one package share: all parts but for the text and the title.

    ``digests`` are hashes of these parts, ``signs`` what their headers and footers print,
    ``fonts`` the font families that they name, ``parts`` the parts themselves.
    """

    entries: tuple[ZipEntry, ...]
    digests: str
    signs: frozenset[str]
    fonts: frozenset[str]
    styles: PackageStyles
    parts: Mapping[str, bytes]


_packages: Final[dict[bytes, tuple[PackageFrame | None]]] = {}


def read_package(data: bytes) -> tuple[PackageFrame | None, str]:
    """Return what a package shares with others, known or read now, and the XML of its text.

    None where its documents must not be composed.

    Raises:
        TemplateError: when a part is no XML.
        zipfile.BadZipFile: when it is no package.
        KeyError: when it has no text.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_size(archive)
        xml = archive.read(DOCUMENT_PART).decode()
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [*[info.header_offset for info in infos[1:]], archive.start_dir]
    raw = b"".join(
        [
            data[info.header_offset : end]
            for info, end in zip(infos, ends, strict=True)
            if info.filename not in _OWN_PARTS
        ]
    )
    known = _packages.get(raw)
    if known is None:
        known = (_make_frame(read_parts(data)),)
        if len(_packages) >= _MOST_PACKAGES:
            _packages.clear()
        _packages[raw] = known
    return known[0], xml


def _make_frame(parts: dict[str, bytes]) -> PackageFrame | None:
    if parts.get("docProps/app.xml") != APP_PROPERTIES.encode() or STYLES_PART not in parts:
        return None
    shared = {one: parts[one] for one in sorted(parts) if one not in _OWN_PARTS}
    roots = [parse(part) for one, part in shared.items() if one.startswith("word/")]
    if any(map(is_strange, roots)):
        return None
    return PackageFrame(
        tuple(to_entry(one, part) for one, part in shared.items()),
        "\n".join(f"{one} {hashlib.sha256(part).hexdigest()}" for one, part in shared.items()),
        frozenset(sign for root in roots for one in root.iter(T) for sign in one.text or ""),
        frozenset(fonts_in(shared)),
        PackageStyles(shared[STYLES_PART], theme_fonts(shared)),
        shared,
    )
