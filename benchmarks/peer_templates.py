"""The templates of the peers: documents that docgen made, with plain tags in place of values.

So styles, fonts, pages and words are the same for all, and only the way to them differs.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A rendered document, its values by the names of tags, and the fields of its table."""

    docx: Path
    values: Mapping[str, str]
    fields: Sequence[str] = ()


def write_docxtpl_template(specimen: Specimen, target: Path) -> None:
    """Write a template with ``{{ name }}`` and ``{%tr for row in rows %}``."""
    _write(specimen, target, "{{{{ {} }}}}", _repeat_by_docxtpl)


def write_carbone_template(specimen: Specimen, target: Path) -> None:
    """Write a template with ``{d.name}`` and ``{d.rows[i].name}``."""
    _write(specimen, target, "{{d.{}}}", _repeat_by_carbone)


_BREAKING = {0xA0: " ", 0x2011: "-"}


def read_text(docx: Path) -> str:
    """Return the words of a document, a line for each paragraph; nothing in it is non-breaking."""
    with zipfile.ZipFile(docx) as package:
        body = etree.fromstring(package.read(BODY))
    paragraphs = (
        "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
        for paragraph in body.iter(f"{_W}p")
    )
    return "\n".join(text.translate(_BREAKING).strip() for text in paragraphs).strip()


def _write(
    specimen: Specimen,
    target: Path,
    tag: str,
    repeat: Callable[[_Element, Sequence[str]], None],
) -> None:
    with zipfile.ZipFile(specimen.docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = etree.fromstring(parts[BODY])
    for name, value in specimen.values.items():
        _replace(body, name, value, tag.format(name))
    if specimen.fields:
        repeat(next(body.iter(f"{_W}tbl")), specimen.fields)
    parts[BODY] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def _replace(body: _Element, name: str, value: str, tag: str) -> None:
    """Replace a value by a tag wherever it stands.

    Raises:
        ValueError: when it stands nowhere.
    """
    # docgen ties words with non-breaking blanks and hyphens.
    tied = "[ \u00a0]".join(re.escape(word) for word in value.split())
    wanted = re.compile(tied.replace(r"\-", "[-\u2011]"))
    found = 0
    for text in body.iter(f"{_W}t"):
        text.text, times = wanted.subn(lambda _: tag, text.text or "")
        found += times
    if not found:
        raise ValueError(f"the specimen does not say {name}: {value}")


def _rows(table: _Element) -> tuple[_Element, list[_Element]]:
    """Return the first row below the heading, and the ones after it."""
    first, *others = table.findall(f"{_W}tr")[1:]
    return first, others


def _fill(row: _Element, texts: Sequence[str]) -> _Element:
    for cell, text in zip(row.findall(f"{_W}tc"), texts, strict=True):
        next(cell.iter(f"{_W}t")).text = text
    return row


def _repeat_by_docxtpl(table: _Element, fields: Sequence[str]) -> None:
    first, others = _rows(table)
    for row in others:
        table.remove(row)
    empty = [""] * (len(fields) - 1)
    first.addprevious(_fill(deepcopy(first), ["{%tr for row in rows %}", *empty]))
    first.addnext(_fill(deepcopy(first), ["{%tr endfor %}", *empty]))
    _fill(first, [f"{{{{ row.{name} }}}}" for name in fields])


def _repeat_by_carbone(table: _Element, fields: Sequence[str]) -> None:
    first, (second, *others) = _rows(table)
    for row in others:
        table.remove(row)
    _fill(first, [f"{{d.rows[i].{name}}}" for name in fields])
    _fill(second, [f"{{d.rows[i+1].{name}}}" for name in fields])
