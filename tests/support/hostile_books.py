"""Workbooks made to hang, to exhaust memory or to lose something in silence, and what is said."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.support.book_surgery import (
    CONTENTS,
    MAIN,
    MARKS,
    PEOPLE,
    RELATED,
    RELATIONS,
    SHEET1,
    SHEET2,
    STRINGS,
    STYLES,
    TYPES,
    changed,
    packed,
    parts_of,
    replaced,
    small_book,
)

Said = frozenset[tuple[str, str, str]]
"""Code, sheet and cell of each problem."""
Trap = Callable[[bytes], bytes]

NOTHING: Final[Said] = frozenset()
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
PACKAGED: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD: Final = (
    f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}" xmlns:r="{RELATED}">'
)


def said(code: str, sheet: str = "", cell: str = "") -> Said:
    return frozenset({(code, sheet, cell)})


def after_rows(xml: str) -> Trap:
    """Return a trap that puts XML after the rows of the second sheet."""
    return lambda data: replaced(data, SHEET2, "</sheetData>", f"</sheetData>{xml}")


def later(make: Callable[[], Trap]) -> Trap:
    """Return a trap that is made when it is needed: it takes much memory."""

    def change(data: bytes) -> bytes:
        return make()(data)

    return change


def within(name: str, xml: str) -> str:
    return f"<{name}>{xml}</{name}>"


def in_place(cell: str, text: str) -> str:
    """Return a row with a text in one cell."""
    return f'<row r="{cell[1:]}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def in_rows(xml: str) -> Trap:
    return lambda data: replaced(data, SHEET2, "</sheetData>", f"{xml}</sheetData>")


def second_sheet(xml: str) -> Trap:
    """Return a trap whose second sheet has only these rows."""
    return lambda data: changed(
        data, SHEET2, f"{HEAD}<sheetData>{xml}</sheetData></worksheet>".encode()
    )


def encoded(encoding: str) -> Trap:
    """Return a trap whose first sheet is written in another encoding."""

    def change(part: bytes) -> bytes:
        text = part.decode().partition("?>")[2] if part.startswith(b"<?xml") else part.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)

    return lambda data: changed(data, SHEET1, change)


def prefixed(part: bytes) -> bytes:
    """Return a sheet whose elements all have a prefix."""
    text = part.decode().replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    return text.replace("<x:?", "<?").replace("xmlns=", "xmlns:x=").encode()


def shared(count: int, each: str = "<si/>", promised: int | None = None) -> Trap:
    counts = "" if promised is None else f' uniqueCount="{promised}"'
    return lambda data: changed(
        data, STRINGS, f'<sst xmlns="{MAIN}"{counts}>'.encode() + each.encode() * count + b"</sst>"
    )


def twice(name: str) -> Trap:
    def change(data: bytes) -> bytes:
        parts = [*parts_of(data).items()]
        with warnings.catch_warnings(action="ignore"):
            return packed([*parts, (name, dict(parts)[SHEET1])])

    return change


def as_link(data: bytes) -> bytes:
    """Return a package in which a sheet is a symbolic link out of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts_of(data).items():
            info = zipfile.ZipInfo(name)
            if name == SHEET2:
                info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
                package.writestr(info, b"../../../../etc/passwd")
            else:
                package.writestr(info, content)
    return made.getvalue()


def locked(data: bytes) -> bytes:
    """Return a package whose parts say that they have a password."""
    made = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


def with_sheets(titles: Iterator[str]) -> Trap:
    """Return a trap that lists many sheets, all of the part of the first."""

    def change(part: bytes) -> bytes:
        rows = "".join(
            f'<sheet name="{title}" sheetId="{number}" r:id="rId1" xmlns:r="{RELATED}"/>'
            for number, title in enumerate(titles, 10)
        )
        return part.replace(b"</sheets>", rows.encode() + b"</sheets>")

    return lambda data: changed(data, CONTENTS, change)


def relation(old: str, new: str) -> Trap:
    return lambda data: replaced(data, RELATIONS, old, new)


def dropped(name: str) -> Trap:
    return lambda data: changed(data, name, None)


def swapped(data: bytes) -> bytes:
    """Return a package in which a sheet and the styles have changed places."""
    parts = parts_of(data)
    parts[SHEET2], parts[STYLES] = parts[STYLES], parts[SHEET2]
    return packed(parts)


def listed(old: str, new: str) -> Trap:
    return lambda data: replaced(data, CONTENTS, old, new)


def orphaned(data: bytes) -> bytes:
    """Return a package whose list of sheets has lost one, while its part is there."""
    text = parts_of(data)[CONTENTS].decode()
    first = text.index("<sheet ", text.index(MARKS) - 60)
    end = text.index("/>", first) + 2
    return changed(data, CONTENTS, (text[:first] + text[end:]).encode())


def with_doctype(name: str, encoding: str = "utf-8") -> Trap:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ха">' for n in range(10)
    )

    def change(part: bytes) -> bytes:
        text = part.decode()
        text = text.partition("?>")[2] if text.startswith("<?xml") else text
        head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{laughs}]>'
        return f"{head}{text}".encode(encoding)

    return lambda data: changed(data, name, change)


DEEP: Final = f"{HEAD}<sheetData>{'<row>' * 400_000}"
CELLS: Final = "".join(f'<c r="A{n}"><v>1</v></c>' for n in range(1, 10))
BROKEN_SHEET: Final = said("damaged-book", MARKS)
ORPHAN: Final = said("damaged-book")

TRAPS: Final[dict[str, tuple[Trap, Said]]] = {
    "nothing is wrong": (lambda data: data, NOTHING),
    # --- links and merges
    "a link over 390,000 cells": (
        after_rows('<hyperlinks><hyperlink ref="Z40:Z390040" location="A1"/></hyperlinks>'),
        said("too-large", MARKS, "Z40:Z390040"),
    ),
    "many links over some cells each": (
        after_rows(
            "<hyperlinks>"
            + "".join(f'<hyperlink ref="A{n}:Z{n}" location="A1"/>' for n in range(1, 3000))
            + "</hyperlinks>"
        ),
        said("too-large", MARKS, "A1924:Z1924"),
    ),
    "30,000 links": (
        after_rows(within("hyperlinks", '<hyperlink ref="A1" location="A1"/>' * 30_000)),
        said("too-large", MARKS),
    ),
    "a link without its address": (
        after_rows('<hyperlinks><hyperlink ref="A9" r:id="rId7"/></hyperlinks>'.replace("r:", "")),
        NOTHING,
    ),
    "a hundred merges of 390,000 cells": (
        after_rows(within("mergeCells", '<mergeCell ref="A1:O26000"/>' * 100)),
        said("too-large", MARKS, "A1:O26000"),
    ),
    "30,000 merges": (
        after_rows(within("mergeCells", '<mergeCell ref="A1:A2"/>' * 30_000)),
        said("too-large", MARKS, "A1:A2"),
    ),
    "a merge over the whole sheet": (
        after_rows('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        said("too-large", MARKS, "A1:XFD1048576"),
    ),
    # --- rows and cells
    "a far cell": (
        in_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        said("not-a-workbook", MARKS, "XFD1048576"),
    ),
    "300,000 rows": (
        later(lambda: in_rows("".join(f'<row r="{n}"/>' for n in range(9, 300_000)))),
        said("too-large", MARKS),
    ),
    "a million rows with a prefix": (
        lambda data: changed(
            data,
            SHEET2,
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'.encode()
            + b'<x:row r="9"/>' * 1_000_000
            + b"</x:sheetData></x:worksheet>",
        ),
        said("too-large", MARKS),
    ),
    "a prefix before every element": (lambda d: changed(d, SHEET1, prefixed), NOTHING),
    "nine million empty cells": (
        later(lambda: second_sheet(within("row", '<c r="A1"/>' * 9_000_000))),
        said("too-large", MARKS, "A1"),
    ),
    "600,000 filled cells": (
        later(lambda: second_sheet(within("row", "<c><v>1</v></c>" * 100) * 6_000)),
        said("too-large", MARKS),
    ),
    "rows that go down and up again": (
        second_sheet(
            '<row r="3"><c r="A3" t="inlineStr"><is><t>Согласовано</t></is></c></row>'
            '<row r="2"><c r="A2" t="inlineStr"><is><t>Утверждаю</t></is></c></row>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Гриф</t></is></c></row>'
        ),
        NOTHING,
    ),
    "a number that never ends": (
        in_rows('<row r="9"><c r="A9"><v>1e400</v></c></row>'),
        said("cell-error", MARKS, "A9"),
    ),
    "a value below a merge": (
        after_rows('<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
        said("not-printed", MARKS, "A3"),
    ),
    "a value of an unknown kind": (
        in_rows('<row r="9"><c r="A9" t="zz"><v>1</v></c></row>'),
        said("cell-error", MARKS, "A9"),
    ),
    "a cell written twice": (
        in_rows('<row r="3"><c r="A3"><v>1</v></c></row>'),
        said("damaged-book", MARKS, "A3"),
    ),
    "a row before the first": (in_rows('<row r="0"><c r="A0"><v>1</v></c></row>'), BROKEN_SHEET),
    "a row of another name": (
        lambda data: changed(
            data,
            SHEET2,
            parts_of(data)[SHEET2].replace(b"<row", b"<rov").replace(b"</row", b"</rov"),
        ),
        BROKEN_SHEET,
    ),
    "a value of another name": (
        lambda data: changed(
            data, SHEET2, parts_of(data)[SHEET2].replace(b"<v>", b"<w>").replace(b"</v>", b"</w>")
        ),
        said("damaged-book", MARKS, "A1"),
    ),
    "400,000 rows inside each other": (
        lambda data: changed(data, SHEET2, DEEP.encode()),
        said("too-large", MARKS),
    ),
    "a merge of another name": (
        after_rows('<mergeCells><mergeSell ref="A2:A3"/></mergeCells>'),
        BROKEN_SHEET,
    ),
    "a lying dimension": (
        lambda data: changed(
            data,
            SHEET1,
            parts_of(data)[SHEET1].replace(b'<dimension ref="A1:B4"', b'<dimension ref="A1"'),
        ),
        NOTHING,
    ),
    "100,000 runs of columns": (
        lambda data: changed(
            data,
            SHEET2,
            f"{HEAD}<cols>".encode()
            + b"".join(b'<col min="%d" max="99999999"/>' % n for n in range(100_000))
            + b"</cols><sheetData/></worksheet>",
        ),
        said("too-large", MARKS),
    ),
    # --- texts
    "a cell of 120 MB": (
        later(lambda: second_sheet(in_place("A1", "я" * 60_000_000))),
        said("too-large"),
    ),
    "a cell of 20 MB that packs badly": (
        later(
            lambda: second_sheet(
                in_place("A1", "Гриф")
                + in_place("A2", "".join(f"{n * 7919:x} " for n in range(2_500_000)))
            )
        ),
        said("too-large", MARKS, "A2"),
    ),
    "a result of 200,000 signs": (
        in_rows(f'<row r="9"><c r="A9" t="str"><v>{"абвг" * 50_000}</v></c></row>'),
        said("too-large", MARKS, "A9"),
    ),
    "a text of 30,000 typefaces": (
        in_rows(
            '<row r="9"><c r="A9" t="inlineStr"><is>'
            + "<r><rPr><b/></rPr><t>а</t></r>" * 30_000
            + "</is></c></row>"
        ),
        said("too-large", MARKS, "A9"),
    ),
    "ten million empty strings": (shared(10_000_000), said("too-large")),
    "600,000 strings": (shared(600_000, "<si><t>а</t></si>"), said("too-large")),
    "a string lost from the middle": (
        lambda data: replaced(data, STRINGS, "<si><t>и журнал</t></si>", ""),
        said("damaged-book") | said("damaged-book", "Заметки", "A2"),
    ),
    "the strings of a book": (dropped(STRINGS), said("damaged-book")),
    "a string of another name": (
        lambda data: replaced(data, STRINGS, "<si><t>Орлов</t></si>", "<sj><t>Орлов</t></sj>"),
        said("damaged-book"),
    ),
    "words of another name": (
        lambda data: replaced(data, STRINGS, "<si><t>Орлов</t></si>", "<si><u>Орлов</u></si>"),
        said("damaged-book"),
    ),
    "a string before the first": (
        second_sheet('<row><c r="A1" t="s"><v>-1</v></c></row>'),
        said("damaged-book", MARKS, "A1"),
    ),
    "styles that are not there": (dropped(STYLES), said("damaged-book")),
    "a style that is not there": (
        second_sheet('<row><c r="A1" s="-1"><v>1</v></c></row>'),
        said("damaged-book", MARKS, "A1"),
    ),
    # --- entities, depth, packing
    "laughs in a sheet": (with_doctype(SHEET2), BROKEN_SHEET),
    "laughs in a sheet in UTF-16": (with_doctype(SHEET2, "utf-16"), BROKEN_SHEET),
    "laughs in the contents": (with_doctype(CONTENTS), said("damaged-book")),
    "laughs in the styles in UTF-16": (with_doctype(STYLES, "utf-16"), said("damaged-book")),
    "laughs in the strings": (with_doctype(STRINGS), said("damaged-book")),
    "a million styles": (
        lambda data: changed(
            data,
            STYLES,
            f'<styleSheet xmlns="{MAIN}"><fonts>'.encode()
            + b"<font/>" * 1_000_000
            + b"</fonts></styleSheet>",
        ),
        said("too-large"),
    ),
    "styles 100,000 deep": (
        lambda data: changed(
            data, STYLES, f'<styleSheet xmlns="{MAIN}">'.encode() + b"<a>" * 100_000
        ),
        said("too-large"),
    ),
    "an attribute of 20 MB": (
        later(
            lambda: second_sheet(
                f'<row spans="{"".join(f"{n * 7919:x}" for n in range(2_500_000))}"/>'
            )
        ),
        said("too-large", MARKS),
    ),
    "a zip bomb": (lambda d: changed(d, "xl/media/a.bin", b"\0" * (129 << 20)), said("too-large")),
    "a small zip bomb": (
        lambda d: packed(parts_of(d) | {"xl/media/a.bin": b"\0" * (20 << 20)}, level=9),
        said("too-large"),
    ),
    "20,000 parts": (
        lambda d: packed(parts_of(d) | {f"xl/media/{n}.bin": b"" for n in range(20_000)}),
        said("too-large"),
    ),
    "a part named twice": (twice(SHEET2), said("damaged-book")),
    "a part named twice but for capitals": (twice(SHEET2.upper()), said("damaged-book")),
    "a part with a password": (locked, said("not-a-workbook")),
    "an encrypted book": (
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        said("not-a-workbook"),
    ),
    "a link out of the package": (as_link, BROKEN_SHEET),
    "a name out of the package": (
        lambda d: packed(parts_of(d) | {"../../etc/cron.d/a": b"x", "/xl/a.bin": b""}),
        NOTHING,
    ),
    "a book cut short": (lambda data: data[: len(data) // 2], said("not-a-workbook")),
    # --- sheets and their parts
    "a sheet without its part": (dropped(SHEET2), BROKEN_SHEET),
    "a sheet of nothing": (lambda d: changed(d, SHEET2, b""), BROKEN_SHEET),
    "a sheet of garbage": (lambda d: changed(d, SHEET2, b"\x00garbage" * 99), BROKEN_SHEET),
    "a sheet that is a chart": (
        lambda d: changed(d, SHEET2, f'<chartsheet xmlns="{MAIN}"/>'.encode()),
        BROKEN_SHEET,
    ),
    "a sheet that is the styles": (
        swapped,
        BROKEN_SHEET | said("damaged-book") | said("damaged-book", PEOPLE, "B2"),
    ),
    "a relation that is lost": (relation('Id="rId2"', 'Id="rId99"'), BROKEN_SHEET | ORPHAN),
    "a sheet without a relation": (listed('r:id="rId2"', ""), BROKEN_SHEET | ORPHAN),
    "two sheets of one part": (
        relation("sheet2.xml", "sheet1.xml"),
        BROKEN_SHEET | said("damaged-book"),
    ),
    "a sheet outside": (
        relation('Target="/xl/worksheets/sheet2.xml"', 'Target="http://x/a" TargetMode="External"'),
        BROKEN_SHEET | said("damaged-book"),
    ),
    "a sheet that is a picture": (
        lambda d: changed(
            d,
            TYPES,
            parts_of(d)[TYPES].replace(
                b'sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument'
                b'.spreadsheetml.worksheet+xml"',
                b'sheet2.xml" ContentType="image/png"',
            ),
        ),
        BROKEN_SHEET,
    ),
    "a sheet that no list has": (orphaned, said("damaged-book")),
    "8,000 sheets of one name": (
        with_sheets("Люди" for _ in range(8_000)),
        said("too-large"),
    ),
    "two sheets of one name": (
        listed(MARKS, PEOPLE),
        said("damaged-book", PEOPLE) | said("missing-sheet", f"{PEOPLE}1"),
    ),
    "a sheet hidden for good": (
        listed(
            f'name="{MARKS}" sheetId="2" state="visible"',
            f'name="{MARKS}" sheetId="2" state="veryHidden"',
        ),
        said("not-printed", MARKS),
    ),
    "8,000 names of one name": (
        lambda data: changed(
            data,
            CONTENTS,
            parts_of(data)[CONTENTS].replace(
                b"</sheets>",
                b"</sheets><definedNames>"
                + b'<definedName name="n">A1</definedName>' * 8_000
                + b"</definedNames>",
            ),
        ),
        NOTHING,
    ),
    "drawings that are the sheet itself": (
        lambda data: changed(
            replaced(
                data, SHEET2, "</worksheet>", f'<drawing xmlns:r="{RELATED}" r:id="d"/></worksheet>'
            ),
            "xl/worksheets/_rels/sheet2.xml.rels",
            f'<Relationships xmlns="{PACKAGED}"><Relationship Id="d" Type="{RELATED}/drawing" '
            'Target="sheet1.xml"/></Relationships>'.encode(),
        ),
        BROKEN_SHEET,
    ),
    "a title with a Latin letter": (listed(MARKS, "Гpифы"), said("missing-sheet", "Гpифы")),
    "a title with a number": (listed(MARKS, "Грифы1"), said("missing-sheet", "Грифы1")),
    "a book in the strict format": (
        lambda data: packed(
            {
                name: part.replace(MAIN.encode(), STRICT.encode())
                for name, part in parts_of(data).items()
            }
        ),
        NOTHING,
    ),
    # --- encodings
    "a sheet in UTF-16": (encoded("utf-16"), NOTHING),
    "a sheet in windows-1251": (encoded("windows-1251"), NOTHING),
    "a sheet in an encoding nobody has": (
        lambda d: changed(d, SHEET2, b'<?xml version="1.0" encoding="x-klingon"?><worksheet/>'),
        BROKEN_SHEET,
    ),
}
"""A trap and what is said of it, by what it is; what the registers say stays the same elsewhere."""


def trap(name: str, folder: Path) -> bytes:
    """Return the workbook of a trap."""
    return TRAPS[name][0](small_book(folder))
