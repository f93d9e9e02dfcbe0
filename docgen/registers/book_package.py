"""The package of a workbook: what any other file is, and what of a package is not to be read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

from docgen.registers.book_limits import (
    LIMIT_PARTS,
    LIMIT_RATIO,
    LIMIT_TREE_BYTES,
    LIMIT_TREE_TAGS,
    LIMIT_UNPACKED_BYTES,
    RATIO_FROM_BYTES,
    spaced,
)
from docgen.registers.cells_read import DamagedBookError, NotAWorkbookError, TooLargeError
from docgen.registers.sheet_xml import (
    STYLE_ELEMENTS,
    PartParser,
    local_name,
    parse_part,
    refuse_doctype,
)
from docgen.registers.strict_names import pieces_with_usual_names, with_usual_names

# What zipfile, expat and openpyxl raise for a broken package: they have no error class for that.
BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = re.compile(rb"\s*<(?:!--|!doctype\s+html|html|head|body|meta|table)", re.IGNORECASE)
_SAVE: Final = "откройте его в Excel и сохраните как «Книга Excel (.xlsx)»"
_XML: Final = (".xml", ".rels", ".vml")
_LARGE_PARTS: Final = re.compile(r"xl/(?:worksheets/[^/]+|sharedstrings)\.xml", re.IGNORECASE)
"""Parts that are looked at while they are read, piece by piece."""
_STRICT: Final = b'"http://purl.oclc.org/ooxml/spreadsheetml/main"'
_LISTED: Final = b"PK\x01\x02"
_LOCKED: Final = 0x1
_PIECE: Final = 64 << 10
_MOST_STRANGE: Final = 5
_SMALL: Final = 256 << 10


class BookPackage(zipfile.ZipFile):
    """The parts of a workbook; one becomes a tree in memory only when it is small enough.

    ``strange`` are elements of the styles that no book has, once these are read.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self.strange: list[str] = []
        self._small: dict[str, bytes] = {}

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part; one of XML is looked at first.

        Raises:
            NotAWorkbookError: when it has an entity, too many tags, or is nested too deep.
            ParseError: when it should be XML and is not.
        """
        info = self.getinfo(name) if isinstance(name, str) else name
        is_xml = info.filename.lower().endswith((".xml", ".rels"))
        if is_xml and info.file_size > LIMIT_TREE_BYTES:
            raise TooLargeError(f"часть «{info.filename}» больше {LIMIT_TREE_BYTES >> 20} МБ")
        data = self._unpacked(info, pwd)
        if info.filename == ARC_STYLE:
            styles = _StylesCounter()
            parse_part([data], styles)
            self.strange = list(styles.strange)
        elif is_xml:
            parse_part([data], _TreeCounter())
        return data

    def _unpacked(self, info: zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        known = self._small.get(info.filename)
        if known is not None:
            return known
        data = with_usual_names(super().read(info, pwd))
        if len(data) <= _SMALL:
            self._small[info.filename] = data
        return data

    def search_doctypes(self) -> None:
        """Refuse a package in which a part has a DOCTYPE, even one that is not going to be read.

        Raises:
            DamagedBookError: when it has.
        """
        for info in self.infolist():
            name = info.filename.lower()
            if name.endswith(_XML) and not _LARGE_PARTS.fullmatch(name):
                _search_doctype(self._unpacked(info))

    def refuse_strict(self) -> None:
        """Refuse a book in Excel's strict format, whose every name is another.

        Raises:
            NotAWorkbookError: when it is one.
        """
        for info in self.infolist():
            if info.filename.lower() == "xl/workbook.xml" and _STRICT in self._unpacked(info):
                raise NotAWorkbookError(
                    "книга сохранена в строгом формате (Strict Open XML); откройте её в Excel и "
                    "сохраните как «Книга Excel (.xlsx)»"
                )

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece, so that it is never whole in memory."""
        with self.open(name) as part:
            yield from pieces_with_usual_names(iter(lambda: part.read(_PIECE), b""))


class _TreeCounter(PartParser):
    """Counts the tags of a part that is going to be a tree."""

    most_tags = LIMIT_TREE_TAGS


class _StylesCounter(_TreeCounter):
    """Counts the styles of a book, and notes elements that openpyxl would pass over."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: dict[str, None] = {}
        self.starts = dict.fromkeys(STYLE_ELEMENTS)

    def meet_stranger(self, name: str) -> None:
        """Note an element that openpyxl would pass over."""
        if name.startswith(SHEET_MAIN_NS) and len(self.strange) < _MOST_STRANGE:
            self.strange[local_name(name)] = None


def open_package(data: bytes) -> BookPackage:
    """Return the package of a workbook.

    Raises:
        NotAWorkbookError: when the bytes are something else, or would unpack to too much.
    """
    if not data.startswith(b"PK"):
        raise NotAWorkbookError(_what_it_is(data))
    if data.count(_LISTED) > LIMIT_PARTS:
        raise TooLargeError(f"внутри файла больше {spaced(LIMIT_PARTS)} частей: книги так не пишут")
    try:
        package = BookPackage(data)
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        message = "файл обрезан или повреждён (недокачан?); скопируйте его заново"
        raise NotAWorkbookError(message) from error
    _refuse_odd(package)
    package.search_doctypes()
    return package


def _refuse_odd(package: BookPackage) -> None:
    """Refuse a package that is none of a workbook, is locked, ambiguous or a bomb."""
    parts = [info for info in package.infolist() if not info.is_dir()]
    names = [info.filename for info in parts]
    if not any(name.lower() == "xl/workbook.xml" for name in names):
        raise NotAWorkbookError(_what_package(names))
    if any(info.flag_bits & _LOCKED for info in parts):
        raise NotAWorkbookError("архив книги закрыт паролем; снимите пароль и сохраните её заново")
    name, count = Counter(name.lower() for name in names).most_common(1)[0]
    if count > 1:
        raise DamagedBookError(
            f"в файле {count} части с именем «{name}», и неясно, какая верна; верните книгу из "
            "копии или сохраните заново в Excel"
        )
    if sum(info.file_size for info in parts) > LIMIT_UNPACKED_BYTES:
        raise TooLargeError(
            f"внутри файла слишком много данных (больше {LIMIT_UNPACKED_BYTES >> 20} МБ); он не "
            "похож на реестр"
        )
    for info in parts:
        packed = max(1, info.compress_size)
        if info.file_size > RATIO_FROM_BYTES and info.file_size > LIMIT_RATIO * packed:
            raise TooLargeError(
                f"часть «{info.filename}» сжата в {info.file_size // packed} раз: так прячут "
                "огромный файл в маленьком; сохраните книгу заново в Excel"
            )


def _search_doctype(part: bytes) -> None:
    head = part if part[:2] not in (b"\xff\xfe", b"\xfe\xff") else part.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        refuse_doctype()


def _what_it_is(data: bytes) -> str:
    """Return in Russian what bytes that are no .xlsx seem to be, and what to do."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        return "файл пуст; возьмите его копию или создайте книгу заново"
    if data.startswith(_OLE_MAGIC):
        return _what_ole(data)
    if _HTML.match(body[:4096]):
        return f"это веб-страница (выгрузка HTML) под именем .xlsx; {_SAVE}"
    if body.lstrip().startswith(b"<?xml"):
        return f"это таблица XML под именем .xlsx; {_SAVE}"
    what = "не книга Excel" if b"\x00" in data[:4096] else "обычный текст (CSV?) под именем .xlsx"
    return f"это {what}; {_SAVE}"


def _what_ole(data: bytes) -> str:
    """Return in Russian whether an OLE file is an old workbook or one with a password."""
    # Names of streams in an OLE directory are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "книга защищена паролем; снимите пароль (Файл — Сведения — Защита книги)"
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return f"это старая книга Excel (.xls), а не .xlsx; {_SAVE}"
    return f"это старая книга .xls или книга под паролем, а не .xlsx; снимите пароль, {_SAVE}"


def _what_package(names: list[str]) -> str:
    """Return in Russian what a zip without a workbook seems to be."""
    if any(name.startswith("word/") for name in names):
        return "это документ Word под именем .xlsx, а не книга; положите сюда книгу Excel"
    if "mimetype" in names:
        return "это таблица OpenDocument (.ods); сохраните её в LibreOffice как .xlsx"
    if any(name.lower() == "xl/workbook.bin" for name in names):
        return "это двоичная книга (.xlsb); сохраните её в Excel как «Книга Excel (.xlsx)»"
    return "это архив, а не книга Excel; распакуйте его и положите сюда саму книгу"
