"""Templates that mean harm: each is refused with its place, or prints as the table says.

The tables have two ways: what should be refused and prints is a failure, and the reverse.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from docgen.documents import TemplateLibrary
from docgen.errors import DocgenError, Problem, StageError
from docgen.ooxml.docx_text import text_of
from docgen.ooxml.zip_parts import read_parts
from docgen.wording import fill_line, make_environment
from tests.support.pictures import picture
from tests.support.small_docx import insert_xml, with_part, write_docx, write_style

REFUSED: Final = "refused"
RELATIONS: Final = "word/_rels/document.xml.rels"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECONDS: Final = 30.0
"""Far below what a person takes for a hang, far above what any of these needs."""


def library_of(
    folder: Path, *texts: str, header: str = "", prepare: Callable[[Any], None] | None = None
) -> TemplateLibrary:
    """Return a library of one template with these paragraphs and this header."""
    template = write_docx(folder / "приказ.docx", *texts, prepare=prepare)
    style = write_style(folder / "стиль.docx", header=header)
    return TemplateLibrary(
        {"приказ": template}, {}, style, make_environment(), shown=lambda path: path.name
    )


def opened(template: Path) -> TemplateLibrary:
    """Return a library of a template that lies there, with a style beside it."""
    style = write_style(template.with_name("стиль.docx"))
    return TemplateLibrary(
        {"приказ": template}, {}, style, make_environment(), shown=lambda path: path.name
    )


def outcome(library: TemplateLibrary, **names: Any) -> str:
    """Return what a document prints, or that it was refused; what is refused names a place."""
    started = time.monotonic()
    try:
        made = library.render("приказ", names, title="Приказ")
    except StageError as error:
        return REFUSED if all(map(_is_clear, error.problems)) else str(error)
    finally:
        assert time.monotonic() - started < SECONDS
    return "\n".join(text_of(made.docx)).strip()


def _is_clear(problem: Problem) -> bool:
    """Whether a problem has a place and speaks Russian alone."""
    return (
        problem.where.file in {"приказ.docx", "стиль.docx"}
        and re.search("[а-яё]{3}", problem.message) is not None
        and not re.search(r"\b(?:object|expected|unexpected|error)\b", problem.message)
    )


# --- what a tag may reach -------------------------------------------------------------------------

REACHING: Final = [
    "''.__class__.__mro__[1].__subclasses__()",
    "cycler.__init__.__globals__.os.popen('touch {0}').read()",
    "lipsum.__globals__['os'].popen('touch {0}').read()",
    "joiner.__init__.__globals__.os.system('touch {0}')",
    "namespace.__init__.__globals__.os.system('touch {0}')",
    "self.__init__.__globals__.__builtins__.open('{0}', 'w')",
    "self._TemplateReference__context.cycler.__init__.__globals__.os.system('touch {0}')",
    "range.__class__.__mro__",
    "имя|attr('__class__')",
    "''['__class__']['__mro__']",
    "имя.format.__self__.__class__",
    "'{0.__class__}'.format(имя)",
    "'{0.__class__.__mro__}'.format_map({'0': имя})",
    "dict.__base__.__subclasses__()",
    "список.append(1)",
    "[].__class__.__base__.__subclasses__()|map(attribute='__init__.__globals__')|list",
    "список|map(attribute='__class__')|join",
    "имя|pprint",
    "имя|tojson",
    "'<w:p/>'|safe",
    "caller()",
    "self",
    "range",
    "lipsum()",
    "loop.__init__.__globals__",
    "список|map('upper')",
    "namespace(a=1)",
    "(1).to_bytes(9, 'big')",
    "имя.encode()",
    "{}.fromkeys(список)",
    "имя|random",
    "имя|urlize",
    "имя|xmlattr",
    "config.__class__.__init__.__globals__['os'].system('touch {0}')",
]
PRINTING: Final = {
    "'%s-%02d'|format('а', 3)": "а-03",
    "'{}-{:03d}'.format('б', 4)": "б-004",
    "имя|upper ~ 1": "КИМ1",
    "имя[1:]": "им",
    "'ab' + 'cd' * 2": "abcdcd",
    "список|join(', ')": "7, 8",
    "(список + [9])|sum": "24",
    "2 ** 10": "1024",
    "имя|center(7)|length": "7",
    "имя.replace('и', 'о')": "Ком",
    "список|map('string')|join": "78",
    "{'а': 1}.items()|list|length": "1",
}
PLACES: Final = ("body", "cell", "header", "title")


def _printed_at(place: str, folder: Path, code: str) -> str:
    tag = f"{{{{ {code} }}}}"
    names = {"имя": "Ким", "список": [7, 8]}
    if place == "title":
        try:
            return fill_line(tag, names)
        except Exception:  # noqa: BLE001 - how a line is refused is another test's
            return REFUSED
    if place == "cell":

        def with_cell(document: Any) -> None:
            document.add_table(1, 1).cell(0, 0).text = tag

        return outcome(library_of(folder, prepare=with_cell), **names)
    body, header = (tag, "") if place == "body" else ("", tag)
    return outcome(library_of(folder, body, header=header), **names)


@pytest.mark.trust("R14", tries=1)
@pytest.mark.parametrize("payload", REACHING)
@pytest.mark.parametrize("place", PLACES)
def test_a_tag_cannot_reach_the_program(tmp_path: Path, payload: str, place: str) -> None:
    canary = tmp_path / "взлом"
    assert _printed_at(place, tmp_path, payload.replace("{0}'", f"{canary}'")) == REFUSED
    assert not canary.exists()


@pytest.mark.parametrize("place", PLACES)
def test_honest_tags_print_as_ever(tmp_path: Path, place: str) -> None:
    code = " ~ '|' ~ ".join(f"({one})" for one in PRINTING)
    printed = _printed_at(place, tmp_path, code)
    assert "|".join(PRINTING.values()) in printed


@pytest.mark.trust("R14", tries=1)
@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/app.xml", "word/styles.xml"])
def test_tags_in_the_properties_of_a_template_are_never_run(tmp_path: Path, part: str) -> None:
    canary = tmp_path / "взлом"
    tags = "".join(f"{{{{ {one.replace('{0}', str(canary))} }}}}" for one in REACHING)
    path = write_docx(tmp_path / "приказ.docx", "а")
    old = read_parts(path)[part].decode()
    spelled = tags.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    old = old.replace("<dc:title/>", "<dc:title></dc:title>")
    mark = r"(<dc:title>|<Application>|w:name w:val=\")[^<\"]*"
    new = re.sub(mark, lambda found: found[1] + spelled, old, count=1)
    assert new != old
    with_part(path, part, new.encode())
    made = opened(path).render("приказ", {}, title="Приказ").docx
    assert b"cycler" not in b"".join(read_parts(made).values())
    assert not canary.exists()


# --- how much a tag may make ----------------------------------------------------------------------

LOOP: Final = (
    "{% set н=namespace(т='a'*1000) %}{% for i in range(90) %}{% set н.т = ДЕЛО %}{% endfor %}"
)
BOMBS: Final = [
    "{{ 'a'*2000000000 }}",
    "{{ ([1]*1000000000)|length }}",
    "{{ '%0999999999d'|format(1) }}",
    "{{ '%*d'|format(999999999, 1) }}",
    "{{ '%.999999999f' % 1.5 }}",
    "{{ 'a'|center(999999999) }}",
    "{{ 'a'.ljust(999999999) }}",
    "{{ 'a'.zfill(999999999) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ '{:>{}}'.format(1, 999999999) }}",
    "{{ 'a'|indent(999999999, true) }}",
    "{{ ('a\\n'*100000)|indent(9999) }}",
    "{{ range(100000)|join('a'*1000) }}",
    "{{ ','.join(['a'*100000]*10000) }}",
    "{{ [1]|batch(999999999, 1)|list|length }}",
    "{{ [1]|slice(999999999)|list|length }}",
    "{{ ([[1]*10]*10000)|sum(start=[])|length }}",
    "{{ ('a'*1000000)|wordwrap(1)|length }}",
    "{{ ('а'*1000000)|род }}",
    "{{ ('а'*99000)|род }}",
    "{{ ('f'*1000000)|int(0, 16) }}",
    "{{ range(100000)|map('string')|map('center', 9999)|join|length }}",
    "{{ 2**99999999 }}",
    "{{ (9**999)*(9**999) }}",
    "{{ range(10**7)|length }}",
    "{% for а in range(99999) %}{% for б in range(99999) %}{% endfor %}{% endfor %}",
    "{% for а in range(100000) %}" + "длинный текст " * 200 + "{% endfor %}",
    "{% for а in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
    *(
        LOOP.replace("ДЕЛО", step)
        for step in (
            "н.т ~ н.т",
            "н.т + н.т",
            "н.т * 2",
            "[н.т, н.т]",
            "(н.т, [н.т])",
            "{'а': н.т, 'б': н.т}",
            "[н.т]|batch(3, н.т)|list",
            "[н.т, н.т]|join",
            "н.т|replace('a', 'aa')",
            "н.т.replace('a', 'aa')",
            "'%s%s'|format(н.т, н.т)",
            "'{0}{0}'.format(н.т)",
            "''.join([н.т, н.т])",
        )
    ),
    "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
    "{{ " + "-" * 300 + "1 }}",
    "{{ " + "+".join("1" * 500) + " }}",
    "{{ 1" + "|abs" * 300 + " }}",
    "{{ " + "[" * 300 + "]" * 300 + " }}",
    "{{ имя" + ".а" * 500 + " }}",
    "{{ " + "9" * 4500 + " }}",
    "{{ '" + "а" * 5000 + "' }}",
    "{% if 1 %}" * 300 + "а" + "{% endif %}" * 300,
    "{% for а in [1] %}" * 25 + "а" + "{% endfor %}" * 25,
    "{% if 0 %}" + "{% elif 0 %}" * 3000 + "{% endif %}",
    "{{ имя }}" * 60_000,
    "{{" * 60_000,
    "а" * 200_000,
]
ROOMY: Final = [
    "{% if 1 %}" * 15 + "а" + "{% endif %}" * 15,
    "{% for б in [1] %}" * 15 + "а" + "{% endfor %}" * 15,
    "{% set с = 'б' * 100000 %}{% for б in range(20000) %}{% endfor %}{% if с %}а{% endif %}",
    "{% if range(1000)|map('string')|join(', ')|length > 100 %}а{% endif %}",
    "{% if 0 %}" + "{% elif 0 %}" * 150 + "{% else %}а{% endif %}",
    "{# " + "б" * 1000 + " #}а",
]


@pytest.mark.trust("R1", tries=1)
@pytest.mark.parametrize("text", BOMBS, ids=lambda text: text[:60])
def test_a_tag_that_makes_too_much_is_refused_before_it_is_made(tmp_path: Path, text: str) -> None:
    assert outcome(library_of(tmp_path, text), имя="Ким") == REFUSED


@pytest.mark.parametrize("text", ROOMY, ids=lambda text: text[:60])
def test_what_a_long_paper_needs_is_still_made(tmp_path: Path, text: str) -> None:
    assert outcome(library_of(tmp_path, text), имя="Ким").removesuffix("1").strip() == "а"


def test_other_documents_are_made_beside_one_that_makes_too_much(tmp_path: Path) -> None:
    library = library_of(tmp_path, "{% if много %}{{ 'а' * 999999999 }}{% endif %}а")
    assert outcome(library, много=True) == REFUSED
    assert outcome(library, много=False).removesuffix("1").strip() == "а"


# --- what a package may hold ----------------------------------------------------------------------

RELATION = '<Relationship Id="rId99" Type="{}/{}" Target="{}"{}/></Relationships>'
OUTSIDE: Final = ' TargetMode="External"'
BLIP: Final = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="9" cy="9"/>'
    '<wp:docPr id="1" name="а"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/'
    'drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
    'picture"><pic:nvPicPr><pic:cNvPr id="0" name="а"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    "<a:blip {}/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></w:r>"
)
LINK: Final = '<w:hyperlink r:id="rId99"><w:r><w:t>а</w:t></w:r></w:hyperlink>'
TEXT: Final = "<w:r><w:t>а</w:t></w:r>"


def field(*pieces: str) -> str:
    """Return a field whose code stands in several elements, as Word may store it."""
    code = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces
    )
    return (
        f'<w:ins0><w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>а</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:ins0>'
    ).replace("w:ins0", "w:smartTag")


Package = tuple[str, str, str, str, bytes, str]
"""XML of the paragraph; kind, target and mode of its relation; the part; what comes out."""
PACKAGES: Final[dict[str, Package]] = {
    "picture inside": (BLIP.format('r:embed="rId99"'), "image", "media/a.png", "", picture(), "а"),
    "link to the web": (LINK, "hyperlink", "https://школа.рф/", OUTSIDE, b"", "а"),
    "link by e-mail": (LINK, "hyperlink", "mailto:a@b.ru", OUTSIDE, b"", "а"),
    **{
        f"link to {target[:12]}": (LINK, "hyperlink", target, OUTSIDE, b"", REFUSED)
        for target in (
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java&#9;script:alert(1)",
            "file:///etc/passwd",
            "\\\\host\\share\\a",
            "//host/share/a",
            "smb://host/a",
            "ftp://host/a",
            "data:text/html,а",
            "vbscript:а",
            "ms-word:ofe|u|http://x",
            "tel:+79000000000",
            "http://user:word@host/",
            "http:///",
            "../a.docx",
        )
    },
    "link inside the file": (LINK, "hyperlink", "media/a.png", "", picture(), REFUSED),
    "link to a picture": (LINK, "image", "media/a.png", "", picture(), REFUSED),
    "link to a picture outside": (LINK, "image", "http://host/a.png", OUTSIDE, b"", REFUSED),
    "picture by link": (
        BLIP.format('r:link="rId99"'),
        *("image", "http://host/a", OUTSIDE, b"", REFUSED),
    ),
    "picture by link of the web": (
        BLIP.format('r:link="rId99"'),
        *("hyperlink", "http://host/a.png", OUTSIDE, b"", REFUSED),
    ),
    "picture by link inside": (
        BLIP.format('r:link="rId99"'),
        *("image", "media/a.png", "", picture(), REFUSED),
    ),
    "picture with a relation of the web": (
        BLIP.format('r:embed="rId99"'),
        *("hyperlink", "http://host/a.png", OUTSIDE, b"", REFUSED),
    ),
    "picture without TargetMode": (
        BLIP.format('r:embed="rId99"'),
        *("image", "http://host/a.png", "", b"", REFUSED),
    ),
    "picture on a share without TargetMode": (
        BLIP.format('r:embed="rId99"'),
        *("image", "file://host/a.png", "", b"", REFUSED),
    ),
    "picture with a small external": (
        BLIP.format('r:embed="rId99"'),
        *("image", "http://host/a.png", ' TargetMode="external"', b"", REFUSED),
    ),
    "picture of another kind": (
        BLIP.format('r:embed="rId99"'),
        *("oleObject", "media/a.png", "", picture(), REFUSED),
    ),
    "picture that fetches": (
        BLIP.format('r:embed="rId99"'),
        *("image", "media/a.png", "", b'<svg><image href="http://host/a"/></svg>', REFUSED),
    ),
    "picture that is a page": (
        BLIP.format('r:embed="rId99"'),
        *("image", "media/a.png", "", b'<html><img src="http://host/a"></html>', REFUSED),
    ),
    **{
        f"picture {what}": (
            BLIP.format('r:embed="rId99"'),
            *("image", "media/a.png", "", data, REFUSED),
        )
        for what, data in {
            "that is cut short": picture()[:40],
            "of four billion billion points": picture()[:16]
            + b"\x7f\xff\xff\xff" * 2
            + picture()[24:],
            "of a kind that only begins": b"II*\0" + bytes(50),
        }.items()
    },
    "picture that is lost": (
        BLIP.format('r:embed="rId98"'),
        *("image", "media/a.png", "", picture(), REFUSED),
    ),
    **{
        f"relation {kind}": (TEXT, kind, "http://host/a", OUTSIDE, b"", REFUSED)
        for kind in (
            *("attachedTemplate", "frame", "oleObject", "subDocument", "aFChunk", "image"),
            *("externalLink", "externalLinkPath", "customXml", "header", "settings", "styles"),
            *("video", "audio", "package", "control", "xlExternalLinkPath", "font", "а"),
        )
    },
    "alternative text": ('<w:altChunk r:id="rId99"/>', "aFChunk", "a.html", "", b"<b/>", REFUSED),
    "document inside": ('<w:subDoc r:id="rId99"/>', "subDocument", "a.docx", "", b"", REFUSED),
    "movie": ('<w:r><w:movie r:id="rId99"/></w:r>', "video", "media/a.png", "", b"", REFUSED),
    "printer": (f'<w:printerSettings r:id="rId99"/>{TEXT}', "printerSettings", "a", "", b"a", "а"),
    "field with a macro": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="а"/></w:ffData>'
        "</w:fldChar></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        *("image", "media/a.png", "", picture(), REFUSED),
    ),
    "values from another part": (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/а" w:storeItemID="{}"/></w:sdtPr><w:sdtContent>'
        f"{TEXT}</w:sdtContent></w:sdt>",
        *("image", "media/a.png", "", picture(), "а"),
    ),
    "attribute of strict files": (
        BLIP.format(
            'r:embed="rId99" s:link="own1" '
            'xmlns:s="http://purl.oclc.org/ooxml/officeDocument/relationships"'
        ),
        *("image", "media/a.png", "", picture(), "а"),
    ),
    **{
        f"field {number} {pieces[0].strip()}": (field(*pieces), "image", "a", "", b"", REFUSED)
        for number, pieces in enumerate(
            [
                ("INCLUDEPICTURE http://host/a.png \\d",),
                ("INCLUDE", "PICTURE ", "http://host/a.png"),
                (" IN", "CLU", "DEPIC", "TURE &quot;http://host/a.png&quot;"),
                ("I", "N", "C", "LUDETEXT c:\\a.docx"),
                ("DD", "E cmd /c"),
                ("DDEAUTO ", "c:\\\\a"),
                ("LI", "NK Excel.Sheet a"),
                ("HYPER", "LINK file:///etc/passwd"),
                ("HYPERLINK ", "java", "script:alert(1)"),
                ("HYPERLINK &quot;\\\\\\\\host\\\\a&quot;",),
                ("HYPERLINK data:text/html,а",),
                ("HYPERLINK tel:112",),
                ("hyperlink ", "smb://host/a"),
                ("IMPORT http://host/a",),
                ("DATABASE \\d a",),
                ("AUTOTEXT а",),
                ("MACROBUTTON а б",),
            ]
        )
    },
    "field of the web": (
        field("HYPER", "LINK https://host.ru/"),
        *("image", "media/a.png", "", picture(), "а"),
    ),
}


@pytest.mark.trust("R13", tries=1)
@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_fetches_nothing(tmp_path: Path, name: str) -> None:
    xml, kind, target, mode, data, wanted = PACKAGES[name]
    path = tmp_path / "приказ.docx"

    def prepare(document: Any) -> None:
        insert_xml(document.add_paragraph(), f"<w:smartTag>{xml}</w:smartTag>")

    write_docx(path, prepare=prepare)
    listed = read_parts(path)[RELATIONS].decode()
    own = RELATION.format(OFFICE, kind, target, mode)
    with_part(path, RELATIONS, listed.replace("</Relationships>", own).encode())
    if data:
        with_part(path, f"word/{target}", data)
    library = opened(path)
    made = outcome(library).removesuffix("1").strip()
    assert made == (wanted if wanted == REFUSED or "<w:t>" in xml else "")
    if wanted != REFUSED:
        parts = read_parts(library.render("приказ", {}, title="").docx)
        outside = re.findall(r'Target="([^"]*)" TargetMode="External"', parts[RELATIONS].decode())
        assert all(one.startswith(("https://", "mailto:")) for one in outside)
        assert b"own1" not in parts["word/document.xml"] or b"purl.oclc" not in b"".join(
            parts.values()
        )


# --- what may lie in the .docx --------------------------------------------------------------------


def _body(xml: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body>{xml}</w:body></w:document>'.encode()


BODIES: Final[dict[str, bytes]] = {
    "deep": _body("<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>"),
    "many tags": _body("<w:p/>" * 900_000),
    "large": _body("<w:p><w:r><w:t>" + "а" * 17_000_000 + "</w:t></w:r></w:p>"),
    "cut off": _body("<w:p/>")[:-30],
    "no XML": b"\x00\x01\x02",
    "empty": b"",
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]>' + _body("<w:p/>"),
    "entity of a file": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    + _body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"),
    "laughter": b'<!DOCTYPE a [<!ENTITY b "'
    + b"c" * 1000
    + b'"><!ENTITY d "'
    + b"&b;" * 1000
    + b'">]>'
    + _body("<w:p><w:r><w:t>&d;</w:t></w:r></w:p>"),
    "unknown encoding": b'<?xml version="1.0" encoding="UTF-99"?>' + _body("<w:p/>"),
    "odd numbers": _body('<w:p/><w:sectPr><w:pgSz w:w="а" w:h="1e999"/></w:sectPr>'),
}
READ: Final = frozenset({"odd numbers"})


@pytest.mark.trust("R1", tries=1)
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_no_word_wrote_is_refused(tmp_path: Path, name: str) -> None:
    path = with_part(write_docx(tmp_path / "приказ.docx"), "word/document.xml", BODIES[name])
    started = time.monotonic()
    library = opened(path)
    problems = library.check()
    assert time.monotonic() - started < SECONDS
    assert bool(problems) is (name not in READ)
    assert all(one.where.file == "приказ.docx" for one in problems)


def test_a_line_that_makes_too_much_is_refused() -> None:
    for text in BOMBS[:40]:
        with pytest.raises((DocgenError, ValueError, ArithmeticError, RecursionError, TypeError)):
            fill_line(text, {"имя": "Ким"})
