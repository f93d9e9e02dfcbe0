"""Whether Word opens a .docx as it was meant: the standard's schemas, and what they cannot say.

What later versions of Word add is judged as a program of the standard reads it: what a part calls
ignorable is left out, and of alternatives the fallback counts.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from lxml import etree

from docgen.ooxml.fields import Field, fields_in
from docgen.ooxml.zip_parts import read_parts

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/"
_SCHEMAS: Final = Path(__file__).parent / "word_schemas"
_NOT_JUDGED: Final = re.compile(r"docProps/core\.xml|word/theme/.*|customXml/.*")
"""Dublin Core is published by others; theme and data come from Word itself."""
_REFERENCES: Final = ("REF", "PAGEREF", "NOTEREF")
_ERRORS: Final = re.compile(r"Error!|Ошибка!|не найден источник")
_LONGEST: Final = 40
"""Word takes no longer name of a bookmark."""
_STYLES: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_BOXES: Final = re.compile("[☐☑☒✓✔✗✘]")


def faults_of(docx: bytes, *, may_be_uncounted: bool = False) -> list[str]:
    """Return everything for which Word would repair, refuse or misprint a document.

    Pages ``may_be_uncounted`` in one that was not laid out.
    """
    parts = read_parts(docx)
    roots = {
        name: _as_standard(etree.fromstring(data))
        for name, data in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    return [
        *_schema_faults(roots),
        *_package_faults(parts, roots),
        *_field_faults(roots, may_be_uncounted=may_be_uncounted),
        *_bookmark_faults(roots),
        *_style_faults(roots),
        *_sign_faults(roots),
    ]


# --- the schemas -----------------------------------------------------------------------------


@functools.cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_SCHEMAS / "package.xsd")))


def _as_standard(root: Any) -> Any:
    """Return a part as a program sees it that knows the standard alone."""
    ignorable = {
        root.nsmap[prefix]
        for prefix in root.attrib.pop(f"{_MC}Ignorable", "").split()
        if prefix in root.nsmap
    }
    for choice in list(root.iter(f"{_MC}AlternateContent")):
        fallback = choice.find(f"{_MC}Fallback")
        for one in list(fallback) if fallback is not None else ():
            choice.addprevious(one)
        choice.getparent().remove(choice)
    for element in list(root.iter(etree.Element)):
        if etree.QName(element).namespace in ignorable and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        for key in list(element.attrib):
            if etree.QName(key).namespace in ignorable:
                del element.attrib[key]
    return root


def _schema_faults(roots: Mapping[str, Any]) -> Iterator[str]:
    for name, root in roots.items():
        if _NOT_JUDGED.fullmatch(name) or _schema().validate(root):
            continue
        yield from (f"{name}: {_short(line)}" for line in str(_schema().error_log).splitlines())


def _short(message: str) -> str:
    return re.sub(r"\{[^}]*\}", "", message)[:200]


# --- the package -----------------------------------------------------------------------------


def _package_faults(parts: Mapping[str, bytes], roots: Mapping[str, Any]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    space = f"{_PACKAGE}content-types}}"
    defaults = {one.get("Extension").lower() for one in types.iter(f"{space}Default")}
    overrides = [one.get("PartName").lstrip("/") for one in types.iter(f"{space}Override")]
    for name in parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name}: no content type"
    yield from (f"{name}: a type without a part" for name in overrides if name not in parts)
    for name, root in roots.items():
        if name.endswith(".rels"):
            yield from _relation_faults(name, root, parts)
        else:
            yield from _reference_faults(name, root, roots)


def _relation_faults(name: str, root: Any, parts: Mapping[str, bytes]) -> Iterator[str]:
    ids = [one.get("Id") for one in root]
    yield from (f"{name}: id {one} twice" for one, count in Counter(ids).items() if count > 1)
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in root:
        if one.get("TargetMode") == "External":
            continue
        target = one.get("Target")
        path = target.lstrip("/") if target[0] == "/" else posixpath.join(folder, target)
        if posixpath.normpath(path) not in parts:
            yield f"{name}: {one.get('Id')} leads to {target}, which is not there"


def _reference_faults(name: str, root: Any, roots: Mapping[str, Any]) -> Iterator[str]:
    folder, base = posixpath.split(name)
    listing = roots.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    known = {one.get("Id") for one in listing} if listing is not None else set()
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if key.startswith(_R) and value not in known:
                yield f"{name}: relation {value} is not there"


# --- fields, bookmarks, styles, signs --------------------------------------------------------


def _text_roots(roots: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, root in roots.items():
        if re.fullmatch(r"word/(document|header|footer|footnotes)[^/]*\.xml", name):
            yield name, root


def _field_faults(roots: Mapping[str, Any], *, may_be_uncounted: bool) -> Iterator[str]:
    names = {
        one.get(f"{_W}name")
        for _, root in _text_roots(roots)
        for one in root.iter(f"{_W}bookmarkStart")
    }
    for part, root in _text_roots(roots):
        counts = Counter(one.get(f"{_W}fldCharType") for one in root.iter(f"{_W}fldChar"))
        if counts["begin"] != counts["end"] or counts["separate"] > counts["begin"]:
            yield f"{part}: fields are not closed"
        for field in fields_in(root):
            yield from (
                f"{part}: {one}"
                for one in _faults_of_field(field, names, may_be_uncounted=may_be_uncounted)
            )
        yield from (f"{part}: {one}" for one in _faults_of_links(root, names))


def _faults_of_links(root: Any, names: set[str | None]) -> Iterator[str]:
    for element in root.iter(etree.Element):
        anchor = element.get(f"{_W}anchor") if element.tag == f"{_W}hyperlink" else None
        if anchor and anchor not in names:
            yield f"a link to «{anchor}», which is not there"
        if any("docgen" in str(key) for key in element.attrib):
            yield "a mark of docgen's own is left"


def _faults_of_field(
    field: Field, names: set[str | None], *, may_be_uncounted: bool
) -> Iterator[str]:
    code = field.code
    if field.begin is None or (field.end is None and field.begin.tag != f"{_W}fldSimple"):
        yield f"field {code.name} is not whole"
    targets = [code.argument] if code.name in _REFERENCES else code.texts_of("l")
    if code.name in {*_REFERENCES, "HYPERLINK"}:
        yield from (
            f"field {code.name} leads to «{one}», which is not there"
            for one in targets
            if one not in names
        )
    if code.name in _REFERENCES and not field.result_text().strip():
        yield f"field {code.name} shows nothing"
    if code.name == "PAGEREF" and field.result_text() == "0" and not may_be_uncounted:
        yield "field PAGEREF shows no page"
    if _ERRORS.search(field.result_text()):
        yield f"field {code.name} shows «{field.result_text()}»"


def _bookmark_faults(roots: Mapping[str, Any]) -> Iterator[str]:
    for part, root in _text_roots(roots):
        starts = list(root.iter(f"{_W}bookmarkStart"))
        ids = Counter(one.get(f"{_W}id") for one in starts)
        ends = Counter(one.get(f"{_W}id") for one in root.iter(f"{_W}bookmarkEnd"))
        names = Counter(one.get(f"{_W}name").casefold() for one in starts)
        pictures = Counter(one.get("id") for one in root.iter(f"{_WP}docPr"))
        if ids != ends:
            yield f"{part}: bookmarks are not closed"
        for what, counted in (("bookmark", ids), ("name", names), ("picture", pictures)):
            yield from (f"{part}: {what} {one} twice" for one, n in counted.items() if n > 1)
        yield from (f"{part}: «{one}» is too long a name" for one in names if len(one) > _LONGEST)


def _style_faults(roots: Mapping[str, Any]) -> Iterator[str]:
    styles = roots.get("word/styles.xml")
    if styles is None:
        yield "no styles"
        return
    known = {(one.get(f"{_W}type"), one.get(f"{_W}styleId")) for one in styles.iter(f"{_W}style")}
    for part, root in _text_roots(roots):
        for tag, family in _STYLES.items():
            for one in root.iter(f"{_W}{tag}"):
                if (family, one.get(f"{_W}val")) not in known:
                    yield f"{part}: style {one.get(f'{_W}val')} is not there"


def _sign_faults(roots: Mapping[str, Any]) -> Iterator[str]:
    """Yield the signs that print as an empty box unless their run names a font that has them."""
    for part, root in _text_roots(roots):
        for sign in root.iter(f"{_W}sym"):
            if not sign.get(f"{_W}font"):
                yield f"{part}: a sign without a font"
        for run in root.iter(f"{_W}r"):
            text = "".join(one.text or "" for one in run.iter(f"{_W}t"))
            fonts = run.find(f"{_W}rPr/{_W}rFonts")
            if _BOXES.search(text) and (fonts is None or not fonts.get(f"{_W}hAnsi")):
                yield f"{part}: «{text[:20]}» without a font of its own"
