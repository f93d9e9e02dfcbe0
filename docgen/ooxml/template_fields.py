"""What becomes of the fields of a template when it is opened: checked, emptied, made into tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docgen.errors import Location
from docgen.ooxml.field_codes import FieldCode
from docgen.ooxml.field_rules import Decision, decide
from docgen.ooxml.fields import (
    FIELD_CODE,
    STAMP,
    Field,
    Stamp,
    anchors,
    bookmark_names,
    code_run,
    field_char,
    fields_in,
    new_run,
    paragraph_above,
    paragraphs_of,
    part_field_runs,
)
from docgen.ooxml.hazards import Finding
from docgen.ooxml.word_xml import (
    CELL,
    SECTION,
    Element,
    P,
    R,
    T,
    make_text,
    paragraph_text,
    remove,
    xml_name,
)
from docgen.russian import is_date_picture

MergeTags: TypeAlias = Callable[[str, str], tuple[str, str]]
"""Returns what a tag prints in the place of a merge field, or why there is nothing.

It is given the name of the field and the whole text of the body, whose loops may have rows.
"""

_TAG: Final = re.compile(r"\{\{|\{%|\{#")
_TOP: Final = "_top"
_TORN: Final = "разорвано: его начало и конец стоят в разных местах; вставьте поле заново"
_FORMATS: Final = {"UPPER": "|прописными", "LOWER": "|lower", "FIRSTCAP": "|с_заглавной"}


def no_merge_tags(name: str, text: str) -> tuple[str, str]:
    """Return that there is no column for a merge field, as in a block."""
    del text
    return "", (
        f"поле слияния «{name}» здесь не знает, из какой строки брать значение; поставьте тег "
        "{{ … }}"
    )


@dataclass(slots=True)
class OpenedFields:
    """What was found in a body; filled while its fields are taken.

    ``leftovers`` are the lines of old contents, which are not printed; ``led_to`` the bookmarks to
    which its fields and links lead; ``merged`` the tags that took the places of merge fields.
    """

    findings: list[Finding] = field(default_factory=list)
    leftovers: set[Element] = field(default_factory=set)
    led_to: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)


def open_fields(
    root: Element, where: Location, merge_tags: MergeTags, *, is_alone: bool
) -> OpenedFields:
    """Check the fields of a template's body and prepare them to be worked out in documents.

    Args:
        root: The body; it is changed.
        where: The file and the part of it.
        merge_tags: Knows the columns of merge fields.
        is_alone: Whether all bookmarks that fields may lead to stand in this very body.
    """
    part_field_runs(root)
    opening = _Opening(root, where, merge_tags)
    for one in fields_in(root):
        opening.take(one)
    opening.stamp_links()
    if is_alone:
        opening.report_lost()
    return opening.opened


def header_field_faults(root: Element) -> Iterator[str]:
    """Yield what is wrong with the fields of a header or footer of the house style."""
    for one in fields_in(root):
        decision, fault = decide(one.code, is_in_header=True)
        if decision is Decision.REFUSED:
            yield fault


class _Opening:
    """One body whose fields are taken one by one."""

    def __init__(self, root: Element, where: Location, merge_tags: MergeTags) -> None:
        self.opened = OpenedFields()
        self._root = root
        self._where = where
        self._merge_tags = merge_tags
        self._numbers = paragraphs_of(root)
        self._text = "\n".join(map(paragraph_text, self._numbers))
        self._names = bookmark_names(root)
        self._settled: set[Field] = set()
        self._targets: list[tuple[Element, str, str]] = []

    def take(self, one: Field) -> None:
        """Decide about a field; what stands in one that goes as a whole goes with it."""
        if one.within in self._settled:
            self._settled.add(one)
            return
        code = self._code_of(one)
        decision, fault = decide(code)
        if not fault and (one.begin is None or one.end is None):
            fault = f"поле {code.name} без начала или без конца; вставьте его заново"
        if not fault and (one.is_in_code or _TAG.search(one.instruction)):
            fault = f"в коде поля {code.name} стоит тег или другое поле; уберите его оттуда"
        if fault:
            self._settled.add(one)
            self._report(one.place, fault)
        elif decision is Decision.CONTENTS:
            self._settled.add(one)
            self._take_contents(one)
        elif not one.is_whole:
            self._report(one.place, f"поле {code.name} {_TORN}")
        elif decision is Decision.MERGED:
            self._settled.add(one)
            self._merge(one, code)
        else:
            self._take_kept(one, code, decision)

    def _code_of(self, one: Field) -> FieldCode:
        """Return the code; the name of a bookmark alone is short for a reference to it."""
        by_fold = {name.upper(): name for name in self._names}
        code = one.code
        if code.name in by_fold:
            one.instruction = f"REF {one.instruction.strip()}"
            code = one.code
        return code

    def _report(self, place: Element, message: str) -> None:
        paragraph = paragraph_above(place)
        number = None if paragraph is None else self._numbers.get(paragraph)
        found = Finding(number, message, "")
        if found not in self.opened.findings:
            self.opened.findings.append(found)

    def _take_kept(self, one: Field, code: FieldCode, decision: Decision) -> None:
        shown = one.result_text()
        if decision is Decision.LINK:
            if code.texts_of("l") and not code.argument:
                self._stamp(one.place, code.texts_of("l")[0], shown)
            return
        self._empty(one)
        if decision is not Decision.KEPT:
            self._settled.add(one)
            target = "" if decision is Decision.COUNTED else code.argument
            self._stamp(one.place, target, shown)

    def _empty(self, one: Field) -> None:
        """Bring a field into the form of begin, code, separate, end; the result gives its look."""
        runs = one.runs()
        result = [run for run in one.result_runs() if run.tag == R]
        like = result[0] if result else runs[0]
        separate = field_char("separate", like)
        for run in runs[1:-1]:
            remove(run)
        runs[0].addnext(code_run(one.instruction, runs[0]))
        runs[-1].addprevious(separate)
        one.separate = separate[-1]

    def _merge(self, one: Field, code: FieldCode) -> None:
        name = code.argument
        expression, fault = self._merge_tags(name, self._text)
        if not fault and (one.is_in_code or _has_quotes(code)):
            fault = f"поле MERGEFIELD {name}: уберите кавычки из его ключей"
        odd = [one for one in code.texts_of("@") if not is_date_picture(one)]
        if not fault and odd:
            fault = (
                rf"поле MERGEFIELD {name}: вид даты «\@ {odd[0]}» не поддержан; есть d, dd, M, MM, "
                "yy, yyyy и MMMM вместе с днём"
            )
        if fault:
            self._report(one.place, fault)
            return
        runs = one.runs()
        result = [run for run in one.result_runs() if run.tag == R]
        fresh = new_run(result[0] if result else runs[0])
        tag = _tag_of(expression, code)
        self.opened.merged[name] = tag
        fresh.append(make_text(tag))
        runs[0].addprevious(fresh)
        for run in runs:
            remove(run)

    def _take_contents(self, one: Field) -> None:
        """Leave of contents a paragraph with an empty field; its old lines are not printed."""
        first, last = paragraph_above(one.place), None
        if one.end is not None:
            last = paragraph_above(one.end)
        if first is None or last is None:
            return
        if next(first.iterancestors(CELL), None) is not None:
            self._report(first, "поле TOC стоит в таблице; поставьте оглавление в обычный абзац")
            return
        paragraphs = list(self._root.iter(P))
        lines = paragraphs[paragraphs.index(first) : paragraphs.index(last) + 1]
        if _text_before(first, one) or _text_after(last, one):
            self._report(first, "рядом с полем TOC стоит текст; поставьте его в другой абзац")
            return
        stamp = self._stamp_text(first, "", "")
        _clear_after(last, one)
        for line in lines[:-1] if last is not first else ():
            _clear(line)
        _clear_runs_of(first)
        begin = field_char("begin")
        begin[-1].set(STAMP, stamp)
        first.extend([begin, code_run(one.instruction), field_char("separate"), field_char("end")])
        self.opened.leftovers |= {
            line
            for line in lines[1:]
            if next(line.iter(SECTION), None) is None and not _has_content(line)
        }

    # --- references --------------------------------------------------------------------------

    def _stamp(self, element: Element, target: str, shown: str) -> None:
        element.set(STAMP, self._stamp_text(element, target, shown))
        if target:
            self.opened.led_to.add(target)
            self._targets.append((element, target, shown))

    def _stamp_text(self, element: Element, target: str, shown: str) -> str:
        paragraph = paragraph_above(element)
        number = 0 if paragraph is None else self._numbers.get(paragraph, 0)
        copies = re.compile(rf"{re.escape(target)}_\d+")
        names = tuple(sorted(name for name in self._names if copies.fullmatch(name)))
        return Stamp(self._where.file, self._where.part, number, shown, names).to_text()

    def stamp_links(self) -> None:
        """Stamp the links to places of the document itself."""
        for link, name in anchors(self._root):
            if name != _TOP and not _is_within(link, self.opened.leftovers):
                self._stamp(link, name, paragraph_text(link))

    def report_lost(self) -> None:
        """Report the references to bookmarks that do not exist."""
        for element, target, shown in self._targets:
            if target not in self._names:
                self._report(
                    element,
                    f"ссылка «{shown[:60]}» ведёт на закладку «{target}», а её в шаблоне нет; "
                    "вставьте перекрёстную ссылку заново или замените её текстом",
                )


def _is_within(element: Element, paragraphs: set[Element]) -> bool:
    return any(one in paragraphs for one in element.iterancestors(P))


def _has_quotes(code: FieldCode) -> bool:
    return any("{" in text or '"' in text for _, text in code.switches)


def _tag_of(expression: str, code: FieldCode) -> str:
    """Return the tag that prints what a merge field prints, its switches being filters."""
    printed = expression
    for picture in code.texts_of("@"):
        printed += f'|дата_по_образцу("{picture}")'
    for name in code.texts_of("*"):
        printed += _FORMATS.get(name.upper(), "")
    tag = f"{{{{ {printed} }}}}"
    before, after = "".join(code.texts_of("b")), "".join(code.texts_of("f"))
    if before or after:
        return f"{{% if {expression}|string %}}{before}{tag}{after}{{% endif %}}"
    return tag


# --- the paragraphs of contents --------------------------------------------------------------


def _inline(paragraph: Element) -> list[Element]:
    """Return what a paragraph holds besides its properties."""
    return [one for one in paragraph if one.tag != xml_name("w:pPr")]


def _position(paragraph: Element, element: Element) -> int:
    """Return which child of a paragraph an element stands in."""
    above = element
    while (parent := above.getparent()) is not None and parent is not paragraph:
        above = parent
    return paragraph.index(above)


def _text_before(paragraph: Element, one: Field) -> str:
    place = _position(paragraph, one.place)
    return "".join(
        text.text or "" for inner in list(paragraph)[:place] for text in inner.iter(T)
    ).strip()


def _text_after(paragraph: Element, one: Field) -> str:
    if one.end is None:
        return ""
    place = _position(paragraph, one.end)
    after = list(paragraph)[place + 1 :]
    return "".join(text.text or "" for inner in after for text in inner.iter(T)).strip()


def _clear_after(last: Element, one: Field) -> None:
    """Remove the end of contents and what stands before it from their last paragraph."""
    if one.end is None:
        return
    place = _position(last, one.end)
    for inner in list(last)[: place + 1]:
        if inner.tag != xml_name("w:pPr"):
            last.remove(inner)


def _clear(paragraph: Element) -> None:
    for inner in _inline(paragraph):
        paragraph.remove(inner)


def _clear_runs_of(first: Element) -> None:
    """Remove the old lines from the first paragraph; its style was that of a line of contents."""
    for inner in _inline(first):
        if inner.tag == R and next(inner.iter(FIELD_CODE, T), None) is None and _has_break(inner):
            continue
        first.remove(inner)
    style = first.find(f"{xml_name('w:pPr')}/{xml_name('w:pStyle')}")
    if style is not None:
        remove(style)


def _has_break(run: Element) -> bool:
    return next(run.iter(xml_name("w:br")), None) is not None


def _has_content(paragraph: Element) -> bool:
    return any(True for _ in paragraph.iter(R))
