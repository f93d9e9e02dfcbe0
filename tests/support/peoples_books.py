"""Workbooks as people's programs write them, made by hand: Excel, LibreOffice, МойОфис, Р7.

Each has the sheet «Журнал» with the same words: headers in row 1, three rows, row 6 left out, a
note in row 7. What a program has of its own (lists on other sheets, pictures) stands around.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
SHEET: Final = "Журнал"
LIST: Final = "Списки"
SHEET_PART: Final = "xl/worksheets/sheet1.xml"
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Number format by style: 1 a header, 2 plain with a frame, 3 a day, 4 yellow, 5 text.
STYLES: Final = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="dd\\.mm\\.yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name '
    'val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor '
    'rgb="FFFFFF00"/></patternFill></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"><protection locked="0"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Обычный" xfId="0" builtinId="0"/>'
    '</cellStyles><dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill>'
    "</fill></dxf></dxfs></styleSheet>"
)
TEXTS: Final = (
    "Имя", "Номер", "Дата", "Заметка", "О парах", "147-од", "О кураторе", "О плане", "своё",
    "подпись ниже",
)  # fmt: skip
STRINGS: Final = (
    f'{XML}<sst xmlns="{MAIN}" count="{len(TEXTS)}" uniqueCount="{len(TEXTS)}">'
    + "".join(f"<si><t>{text}</t></si>" for text in TEXTS)
    + "</sst>"
)


def _rels(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "://" in kind else f"{DOC}/{kind}"}" '
        f'Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _types(parts: Mapping[str, str]) -> str:
    kinds = {
        "xl/workbook.xml": "sheet.main",
        "xl/styles.xml": "styles",
        "xl/sharedStrings.xml": "sharedStrings",
        "xl/calcChain.xml": "calcChain",
        "xl/comments1.xml": "comments",
        "xl/tables/table1.xml": "table",
    }
    start = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    said = {name: f"{start}.{kinds[name]}+xml" for name in parts if name in kinds}
    said |= {n: f"{start}.worksheet+xml" for n in parts if n.startswith("xl/worksheets/sheet")}
    inner = "".join(f'<Override PartName="/{n}" ContentType="{k}"/>' for n, k in said.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="vml" ContentType='
        '"application/vnd.openxmlformats-officedocument.vmlDrawing"/><Default Extension="png" '
        f'ContentType="image/png"/><Default Extension="bin" ContentType="application/bin"/>{inner}'
        "</Types>"
    )


def _workbook(more: str = "", properties: str = "<workbookPr/>") -> str:
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOC}">{properties}<sheets><sheet name="{SHEET}" '
        f'sheetId="1" r:id="rId1"/><sheet name="{LIST}" sheetId="2" state="hidden" r:id="rId2"/>'
        f"</sheets>{more}</workbook>"
    )


def _parts(sheet: str, workbook: str, *, has_strings: bool = True) -> dict[str, str]:
    """Return the parts that every book has."""
    related = [
        ("worksheet", "worksheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
        ("styles", "styles.xml"),
    ]
    parts = {
        "_rels/.rels": _rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook,
        SHEET_PART: sheet,
        "xl/worksheets/sheet2.xml": (
            f'{XML}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><f>'
            f"'{SHEET}'!A2</f><v>О парах</v></c></row></sheetData></worksheet>"
        ),
        "xl/styles.xml": STYLES,
    }
    if has_strings:
        parts["xl/sharedStrings.xml"] = STRINGS
        related.append(("sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = _rels(*related)
    return parts


# --- Excel -----------------------------------------------------------------------------------

X14: Final = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
DROPDOWN: Final = (
    f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1"><x14:formula1><xm:f>'
    f"{LIST}!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>D2:D5</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)
"""A list that lies on another sheet, as Excel of today writes it: openpyxl drops it."""
EXCEL_SHEET: Final = (
    f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{DOC}" xmlns:mc="http://schemas.openxmlformats.org/'
    'markup-compatibility/2006" mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/'
    'office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/'
    '2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"><sheetPr><tabColor '
    'rgb="FF00B050"/></sheetPr><dimension ref="A1:D7"/><sheetViews><sheetView tabSelected="1" '
    'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="1" '
    'width="30" customWidth="1"/><col min="3" max="3" width="12" style="3" customWidth="1"/></cols>'
    '<sheetData><row r="1" spans="1:4" s="1" customFormat="1" x14ac:dyDescent="0.25"><c r="A1" '
    's="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" s="1" t="s"><v>2</v></c>'
    '<c r="D1" s="1" t="s"><v>3</v></c></row><row r="2" spans="1:4" x14ac:dyDescent="0.25"><c '
    'r="A2" s="2" t="s"><v>4</v></c><c r="B2" t="s"><v>5</v></c><c r="C2" s="3"><v>46266</v></c>'
    '<c r="D2" s="4" t="s"><v>8</v></c></row><row r="3" spans="1:4" ht="30" customHeight="1" '
    'x14ac:dyDescent="0.25"><c r="A3" s="2" t="s"><v>6</v></c><c r="B3" s="4"/><c r="C3" s="4"/>'
    '<c r="D3"><f>LEN(A3)</f><v>10</v></c></row><row r="4" spans="1:4" x14ac:dyDescent="0.25"><c '
    'r="A4" s="2" t="s"><v>7</v></c><c r="D4" s="4"/></row><row r="5" spans="1:4"/><row r="7" '
    'spans="1:4"><c r="A7" s="2" t="s"><v>9</v></c><c r="C7" s="3"/><c r="D7" s="4"/></row>'
    '</sheetData><autoFilter ref="A1:D7"/><mergeCells count="1"><mergeCell ref="A7:B7"/>'
    '</mergeCells><conditionalFormatting sqref="B2:B7"><cfRule type="containsBlanks" dxfId="0" '
    'priority="1"><formula>LEN(TRIM(B2))=0</formula></cfRule></conditionalFormatting>'
    '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="A2:A7">'
    '<formula1>"О парах,О плане"</formula1></dataValidation></dataValidations><pageMargins '
    'left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><drawing '
    'r:id="rId1"/><legacyDrawing r:id="rId2"/><mc:AlternateContent><mc:Choice Requires="x14">'
    '<controls/></mc:Choice></mc:AlternateContent><tableParts count="1"><tablePart '
    f'r:id="rId5"/></tableParts>{DROPDOWN}</worksheet>'
)
TABLE: Final = (
    f'{XML}<table xmlns="{MAIN}" id="1" name="Журнал" displayName="Журнал" ref="A1:D7" '
    'totalsRowShown="0"><autoFilter ref="A1:D7"/><tableColumns count="4"><tableColumn id="1" '
    'name="Имя"/><tableColumn id="2" name="Номер"/><tableColumn id="3" name="Дата"/><tableColumn '
    'id="4" name="Заметка"/></tableColumns><tableStyleInfo name="TableStyleMedium2"/></table>'
)


def excel() -> dict[str, str]:
    """Return a book of Excel with all that openpyxl drops or writes anew."""
    more = (
        f'<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f'{SHEET}!$A$1:$D$7</definedName></definedNames><calcPr calcId="191029"/>'
    )
    parts = _parts(EXCEL_SHEET, _workbook(more))
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts |= {
        "xl/worksheets/_rels/sheet1.xml.rels": _rels(
            ("drawing", "../drawings/drawing1.xml"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("comments", "../comments1.xml"),
            (
                "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
            ("table", "../tables/table1.xml"),
        ),
        "xl/tables/table1.xml": TABLE,
        "xl/comments1.xml": (
            f'{XML}<comments xmlns="{MAIN}"><authors><author>Секретарь</author></authors>'
            '<commentList><comment ref="A2" authorId="0"><text><t>спросить</t></text></comment>'
            "</commentList></comments>"
        ),
        "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml"/>',
        "xl/threadedComments/threadedComment1.xml": f'{XML}<ThreadedComments xmlns="{threads}"/>',
        "xl/persons/person.xml": f'{XML}<personList xmlns="{threads}"/>',
        "xl/drawings/drawing1.xml": (
            f'{XML}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
            'spreadsheetDrawing"/>'
        ),
        "xl/media/image1.png": "\x89PNG picture",
        "xl/calcChain.xml": f'{XML}<calcChain xmlns="{MAIN}"><c r="D3" i="1"/></calcChain>',
        "xl/printerSettings/printerSettings1.bin": "\x00\x01printer",
    }
    return parts


# --- the others ------------------------------------------------------------------------------


def libreoffice() -> dict[str, str]:
    """Return a book as LibreOffice writes it: no extent, every attribute said."""
    heights = 'customFormat="false" ht="12.8" hidden="false" customHeight="false"'
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?>\r\n<worksheet xmlns="{MAIN}" xmlns:r="{DOC}">'
        '<sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr><cols><col '
        'collapsed="false" customWidth="true" hidden="false" outlineLevel="0" max="1" min="1" '
        f'style="0" width="30"/></cols><sheetData><row r="1" {heights}><c r="A1" s="1" t="s"><v>0'
        '</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" s="1" t="s"><v>2</v></c><c r="D1" '
        f's="1" t="s"><v>3</v></c></row><row r="2" {heights}><c r="A2" s="0" t="s"><v>4</v></c><c '
        'r="B2" s="0" t="s"><v>5</v></c><c r="C2" s="3" t="n"><v>46266</v></c><c r="D2" s="4" '
        f't="s"><v>8</v></c></row><row r="3" {heights}><c r="A3" s="0" t="s"><v>6</v></c><c r="B3" '
        's="4"></c><c r="C3" s="4"></c><c r="D3" s="0" t="n"><f aca="false">LEN(A3)</f><v>10</v>'
        f'</c></row><row r="4" {heights}><c r="A4" s="0" t="s"><v>7</v></c></row><row r="5" '
        f'{heights}></row><row r="7" {heights}><c r="A7" s="0" t="s"><v>9</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A7:B7"/></mergeCells><printOptions/></worksheet>'
    )
    return _parts(sheet, _workbook('<calcPr iterateCount="100"/>'))


def myoffice() -> dict[str, str]:
    """Return a book whose rows and cells have no places, and its texts in the cells."""

    def text(words: str, style: str = "0") -> str:
        return f'<c s="{style}" t="inlineStr"><is><t>{words}</t></is></c>'

    rows: tuple[list[str], ...] = (
        [text(words, "1") for words in TEXTS[:4]],
        [text("О парах"), text("147-од"), '<c s="3"><v>46266</v></c>', text("своё", "4")],
        [text("О кураторе"), '<c s="4"/>', '<c s="4"/>', "<c><f>LEN(A3)</f><v>10</v></c>"],
        [text("О плане")],
        [],
    )
    inner = "".join(f"<row>{''.join(row)}</row>" for row in rows)
    note = f'<row r="7">{text("подпись ниже")}</row>'
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{inner}{note}</sheetData><mergeCells><mergeCell '
        'ref="A7:B7"/></mergeCells></worksheet>'
    )
    return _parts(sheet, _workbook(), has_strings=False)


def prefixed() -> dict[str, str]:
    """Return a book of a program that puts a prefix before every name, in broken lines."""
    parts = excel()
    head, body = parts[SHEET_PART].split("<worksheet", 1)
    body = f"<worksheet{body}"
    named = re.sub(r"<(/?)(?=[a-zA-Z]+[\s/>])", r"<\1x:", body)
    named = named.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').replace(
        "><x:row", ">\r\n  <x:row"
    )
    parts[SHEET_PART] = head + named.replace("<x:c ", "\n    <x:c\n      ")
    return parts


def from_1904() -> dict[str, str]:
    """Return a book of an old Macintosh, whose days are counted from 1904."""
    parts = libreoffice()
    parts["xl/workbook.xml"] = _workbook(properties='<workbookPr date1904="1"/>')
    parts[SHEET_PART] = parts[SHEET_PART].replace("46266", str(46266 - 1462))
    return parts


def strict() -> dict[str, str]:
    """Return a book that Excel saved as strict Open XML: every namespace is another."""
    purl = "http://purl.oclc.org/ooxml"
    renamed = ((MAIN, f"{purl}/spreadsheetml/main"), (DOC, f"{purl}/officeDocument/relationships"))
    parts = excel()
    for before, after in renamed:
        parts = {name: part.replace(before, after) for name, part in parts.items()}
    return parts


def r7() -> dict[str, str]:
    """Return a book of Р7: Excel's shape in few bytes, lists of other sheets at its end."""
    parts = libreoffice()
    sheet = re.sub(r' (?:hidden|customHeight|customFormat|aca)="false"', "", parts[SHEET_PART])
    sheet = sheet.replace("<sheetData>", '<dimension ref="A1:D7"/><sheetData>', 1)
    sheet = re.sub(r"(<(?:c|row) [^>]*)></(?:c|row)>", r"\1/>", sheet)
    parts[SHEET_PART] = sheet.replace("<printOptions/>", DROPDOWN)
    return parts


def quoted_once() -> dict[str, str]:
    """Return a book of a program that puts attributes into single quotes."""
    parts = excel()
    for name in (SHEET_PART, "xl/styles.xml", "xl/tables/table1.xml"):
        parts[name] = re.sub(r'="([^"\']*)"', r"='\1'", parts[name])
    return parts


SHAPES: Final[Mapping[str, Callable[[], dict[str, str]]]] = {
    "Excel": excel,
    "LibreOffice": libreoffice,
    "МойОфис": myoffice,
    "a prefix before every name": prefixed,
    "Р7": r7,
    "single quotes": quoted_once,
    "days from 1904": from_1904,
    "strict": strict,
}


def packed(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the package of a book: padding beside the contents, as Excel has it, and a comment."""
    made = io.BytesIO()
    spelled = {
        name: part if isinstance(part, bytes) else part.encode("utf-8")
        for name, part in parts.items()
    }
    strings = {name: part for name, part in parts.items() if isinstance(part, str)}
    with zipfile.ZipFile(made, "w", method, compresslevel=3) as package:
        types = zipfile.ZipInfo("[Content_Types].xml", (2026, 9, 17, 8, 0, 0))
        types.compress_type = method
        types.extra = struct.pack("<2H", 0xA220, 20) + b"\x14\xa2\x00\x00" + bytes(16)
        package.writestr(types, _types(strings))
        for name, part in spelled.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = method, 0o600 << 16
            package.writestr(info, part)
        package.comment = "книга школы".encode()
    return made.getvalue()


class _Stream(io.BytesIO):
    """A stream that cannot go back, so that sizes stand behind the parts."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation


def streamed(parts: Mapping[str, str]) -> bytes:
    """Return the package as a web service writes it: sizes stand behind the parts."""
    made = _Stream()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in {"[Content_Types].xml": _types(parts), **parts}.items():
            with package.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream:
                stream.write(part.encode("utf-8"))
    return made.getvalue()


def records_of(data: bytes) -> dict[str, bytes]:
    """Return the record of each part as it lies in a package: its header and its packed bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
        start = package.start_dir
    places = [info.header_offset for info in infos]
    ends = dict(zip(sorted(places), [*sorted(places)[1:], start], strict=True))
    return {info.filename: data[info.header_offset : ends[info.header_offset]] for info in infos}
