"""The .docx as a zip: its parts and relations read with limits, its bytes written reproducibly."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.files import reading_reason
from docgen.ooxml.word_xml import parse, template_error

MAX_PARTS: Final = 2000
MAX_BYTES: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 100
"""How many bytes may come of one compressed byte; only of parts above ``_RATIO_CHECKED_FROM``."""
_RATIO_CHECKED_FROM: Final = 1024 * 1024

MAX_TREE_BYTES: Final = 32 * 1024 * 1024
MAX_TREE_TAGS: Final = 800_000
"""Brackets of a part that becomes a tree in memory: some 300 pages of a template."""
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    struct.error,
)
"""What the reader of packages raises at a file that is none."""

CONTENT_TYPES: Final = "[Content_Types].xml"
DOCUMENT_PART: Final = "word/document.xml"
STYLES_PART: Final = "word/styles.xml"


def read_parts(docx: Path | bytes) -> dict[str, bytes]:
    """Return the parts of a package by their names.

    Raises:
        TemplateError: when it is no .docx, is damaged, or would unpack to an absurd size.
    """
    try:
        stream = io.BytesIO(docx if isinstance(docx, bytes) else docx.read_bytes())
        with zipfile.ZipFile(stream) as archive:
            check_size(archive)
            names = archive.namelist()
            if len(set(names)) < len(names):
                raise template_error("внутри файла две части с одним именем; сохраните его заново")
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except OSError as error:
        raise template_error(
            f"файл не читается: {reading_reason(error)}; проверьте, открывается ли он"
        ) from error
    except _DAMAGED as error:
        raise template_error(
            "это не документ .docx (может быть, .doc или зашифрованный файл); "
            "откройте его в Word и сохраните как «Документ Word (.docx)» без пароля"
        ) from error
    if DOCUMENT_PART not in parts or CONTENT_TYPES not in parts:
        raise template_error(
            "внутри файла нет документа Word; сохраните его как «Документ Word (.docx)»"
        )
    return parts


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is made to exhaust memory.

    Raises:
        TemplateError: when it has too many parts or would unpack to an absurd size.
    """
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    is_bomb = any(
        info.file_size > _RATIO_CHECKED_FROM and info.file_size > MAX_RATIO * info.compress_size
        for info in infos
    )
    if len(infos) > MAX_PARTS or total > MAX_BYTES or is_bomb:
        raise template_error("файл распаковывается до недопустимого размера; это не обычный шаблон")


def check_trees(parts: Mapping[str, bytes]) -> None:
    """Refuse parts that would take far more memory as trees than any template does.

    Raises:
        TemplateError: when one does.
    """
    for name, data in parts.items():
        if name.startswith("word/media/"):
            continue
        if len(data) > MAX_TREE_BYTES or data.count(b"<") > MAX_TREE_TAGS:
            raise template_error(
                f"часть «{name[-80:]}» больше, чем бывает у шаблонов ({len(data) >> 20} МБ); "
                "разделите шаблон или скопируйте его текст в новый документ"
            )


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to.

    ``relation_type`` is an address that ends in the kind, e.g. ``/image``; ``target`` is a part's
    name such as ``word/styles.xml``, or an address when it is outside of the package.
    """

    relation_type: str
    target: str
    is_outside: bool


def relations_of(parts: Mapping[str, bytes], source: str) -> dict[str, Relation]:
    """Return what a part such as ``word/document.xml`` refers to, by the ids that it uses."""
    folder, base = posixpath.split(source)
    listing = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if listing is None:
        return {}
    relations = {}
    for element in parse(listing):
        target = element.get("Target", "")
        is_outside = element.get("TargetMode", "") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        relations[element.get("Id", "")] = Relation(element.get("Type", ""), target, is_outside)
    return relations


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A compressed part, which can be written into many packages.

    ``local`` are its header and data in the package; ``listed`` is the beginning of its entry in
    the package's directory, which its offset and ``raw_name`` complete.
    """

    name: str
    raw_name: bytes
    local: bytes
    listed: bytes


_COMMON: Final = struct.Struct("<HHHHHLLLHH")
_UTF8: Final = 0x0800
_DEFLATED: Final = 8
_DAY_1980: Final = 0x0021


def to_entry(name: str, data: bytes, *, level: int = 6) -> ZipEntry:
    """Return a part compressed; ``level`` 1 is for a package that is read once and deleted."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    raw_name = name.encode()
    common = _COMMON.pack(
        20,
        _UTF8,
        _DEFLATED,
        0,
        _DAY_1980,
        zlib.crc32(data),
        len(packed),
        len(data),
        len(raw_name),
        0,
    )
    return ZipEntry(
        name,
        raw_name,
        b"".join([b"PK\x03\x04", common, raw_name, packed]),
        b"".join([b"PK\x01\x02\x14\x00", common, bytes(10)]),
    )


def to_zip(entries: Iterable[ZipEntry]) -> bytes:
    """Return the package: content types first, then by name, each dated 1 January 1980.

    ``zipfile`` cannot add parts that are compressed already, so the format is written here.
    """
    ordered = sorted(entries, key=lambda entry: (entry.name != CONTENT_TYPES, entry.name))
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for entry in ordered:
        directory += [entry.listed, offset.to_bytes(4, "little"), entry.raw_name]
        body.append(entry.local)
        offset += len(entry.local)
    listing = b"".join(directory)
    closing = struct.pack(
        "<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(ordered), len(ordered), len(listing), offset, 0
    )
    return b"".join([*body, listing, closing])
