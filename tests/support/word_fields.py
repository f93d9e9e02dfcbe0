"""Fields of Word as XML for templates of tests, and templates made of such XML."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.documents import MergeTags, TemplateLibrary
from docgen.wording import make_environment
from tests.support.shipped import ROOT
from tests.support.small_docx import add_styles

SECTION = "Раздел"
"""A style of the house whose paragraphs are headings of the first level."""
_STYLE = ROOT / "templates_docx" / "стиль.docx"
_NUMBERS = itertools.count(1)


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def simple(code: str, result: str = "старое") -> str:
    return f"<w:fldSimple w:instr={quoteattr(code)}>{run(result)}</w:fldSimple>"


def field(code: str, result: str = "старое", *, pieces: int = 1) -> str:
    """Return a field of several runs; its code is split into so many pieces, as Word does."""
    size = max(-(-len(code) // pieces), 1)
    codes = [code[start : start + size] for start in range(0, len(code), size)]
    instructions = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(one)}</w:instrText></w:r>' for one in codes
    )
    return (
        f"{_char('begin')}{instructions}{_char('separate')}"
        f"{run(result) if result else ''}{_char('end')}"
    )


def _char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def opened(code: str) -> str:
    """Return the beginning of a field whose result follows."""
    instruction = f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    return f"{_char('begin')}{instruction}{_char('separate')}"


def closed() -> str:
    return _char("end")


def bookmark(name: str, inside: str) -> str:
    number = next(_NUMBERS)
    return (
        f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{inside}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def paragraph(*inside: str, properties: str = "") -> str:
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inner}{''.join(inside)}</w:p>"


def heading(text: str, level: int = 1) -> str:
    return paragraph(run(text), properties=f'<w:outlineLvl w:val="{level - 1}"/>')


def page_break() -> str:
    return paragraph('<w:r><w:br w:type="page"/></w:r>')


def text_lines(count: int) -> str:
    return "".join(paragraph(run(f"Строка {number}.")) for number in range(count))


def write_template(path: Path, *body: str) -> Path:
    """Write a template whose body is the given XML."""
    document = Document()
    add_styles(document, [SECTION])
    inside = document.element.body
    for old in list(inside):
        if old.tag != qn("w:sectPr"):
            inside.remove(old)
    # python-docx gives its own classes to elements only when they are parsed by it.
    made = parse_xml(f"<w:body {nsdecls('w', 'r')}>{''.join(body)}</w:body>")
    for number, one in enumerate(made):
        inside.insert(number, one)
    stream = io.BytesIO()
    document.save(stream)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())
    return path


def library_of(
    folder: Path,
    *body: str,
    blocks: Mapping[str, str] | None = None,
    merge_names: MergeTags | None = None,
) -> TemplateLibrary:
    """Return a library with the kind «проба» of this body and blocks of these bodies."""
    return TemplateLibrary(
        {"проба": write_template(folder / "проба.docx", *body)},
        {
            name: write_template(folder / f"блок_{name}.docx", xml)
            for name, xml in (blocks or {}).items()
        },
        _STYLE,
        make_environment(),
        shown=lambda path: path.name,
        merge_names={} if merge_names is None else {"проба": merge_names},
    )
