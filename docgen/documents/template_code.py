"""Turn an opened template into Jinja code in which every line knows its tag's place in Word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from docxtpl import DocxTemplate
from jinja2 import Environment, Template, TemplateSyntaxError

from docgen.documents.tag_pairs import check_nesting
from docgen.documents.tags import (
    CELL_TAGS,
    MERGE_TAGS,
    OPENING,
    STRAY,
    PlacedTag,
    Tag,
    calls_in,
    mixed_alphabet_names,
    name_suggestion,
    odd_letters,
    read_tags,
    replace_tags,
    syntax_fault,
)
from docgen.errors import Location, Problem, TemplateError
from docgen.ooxml import TemplateBody, TemplateParagraph, without_addresses
from docgen.wording.template_faults import syntax_sentence
from docgen.wording.template_work import LIMIT_TAGS, LIMIT_WORDED, spaced

RAW_FILTER: Final = "_готовая_разметка"
"""The filter put behind ``{{p …}}`` and ``{{r …}}``, which lets only docgen's own XML through."""

_CONTENT_NUMBER: Final = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class TemplateCode:
    """The Jinja code of one part; line ``n`` belongs to the tag at ``places[n - 2]``.

    ``fixed_texts`` are the pieces of text that every document made from it contains, in order.
    """

    name: str
    text: str
    places: tuple[Location, ...]
    fixed_texts: tuple[str, ...]

    def place(self, line: int) -> Location:
        """Return where the tag of a line (from 1) of the code stands."""
        if not self.places:
            return Location()
        return self.places[min(max(line - 2, 0), len(self.places) - 1)]


def read_template_code(
    name: str, body: TemplateBody, where: Location, environment: Environment
) -> tuple[TemplateCode | None, list[Problem]]:
    """Return the Jinja code of a part, or nothing, and everything wrong with it.

    Args:
        name: The name of the part in tracebacks.
        body: The part; its tags are replaced in place.
        where: The file and the part; paragraph and tag are added.
        environment: Has the filters and tests that tags may call.
    """
    fault = _too_many_tags(body, where)
    if fault:
        return None, fault
    placed = [
        PlacedTag(tag, paragraph)
        for paragraph in body.paragraphs
        for tag in read_tags(paragraph.text)
    ]
    problems = [*_stray_brackets(body, where)]
    for one in placed:
        problems += _tag_problems(one, where, environment)
    promoted = [_as_paragraph_tag(one) for one in placed]
    promoted, faults = check_nesting(promoted)
    problems += [Problem("bad-template", place_of(one, where), message) for one, message in faults]
    problems += _texts_beside_tags(promoted, body, where)
    if problems:
        return None, problems
    source = _to_code(name, body, promoted, where)
    try:
        environment.parse(source.text)
    except TemplateSyntaxError as error:
        message = f"тег не разобран: {syntax_sentence(error)}"
        return None, [Problem("bad-template", source.place(error.lineno), message)]
    return source, []


def _too_many_tags(body: TemplateBody, where: Location) -> list[Problem]:
    """Return why a part is not read at all: it has far more tags than anybody writes."""
    total = 0
    for paragraph in body.paragraphs:
        total += len(OPENING.findall(paragraph.text))
        place = replace(where, paragraph=paragraph.number)
        if total > LIMIT_TAGS:
            message = (
                f"тегов больше {spaced(LIMIT_TAGS)}; одинаковые строки делайте циклом {{% for %}}"
            )
            return [Problem("bad-template", place, message)]
        if len(paragraph.text) > LIMIT_WORDED:
            message = f"в абзаце больше {spaced(LIMIT_WORDED)} знаков; разделите его"
            return [Problem("bad-template", place, message)]
    return []


def place_of(one: PlacedTag, where: Location) -> Location:
    """Return the place of a tag: the file and part with its paragraph and text."""
    return replace(where, paragraph=one.paragraph.number, tag=one.tag.raw)


def _stray_brackets(body: TemplateBody, where: Location) -> Iterable[Problem]:
    """Yield brackets without a partner: the tag is incomplete or runs over two paragraphs."""
    for paragraph in body.paragraphs:
        left = replace_tags(paragraph.text, lambda _: "\ufffc")
        for match in STRAY.finditer(left):
            near = left[max(0, match.start() - 20) : match.end() + 20].replace("\ufffc", "…")
            yield Problem(
                "bad-template",
                replace(where, paragraph=paragraph.number, tag=match[0]),
                f"скобка «{match[0]}» без пары: «{near.strip()}»; допишите тег: он "
                "начинается и кончается в одном абзаце",
            )


def _tag_problems(one: PlacedTag, where: Location, environment: Environment) -> Iterable[Problem]:
    place = place_of(one, where)
    fault = syntax_fault(one.tag, environment)
    if fault:
        yield Problem("bad-template", place, fault)
        return
    if one.tag.opening == "{#":
        return
    for word in mixed_alphabet_names(one.tag.inner):
        yield Problem(
            "lookalike",
            place,
            f"в имени «{word}» смешаны русские и латинские буквы ({odd_letters(word)}); "
            "наберите имя заново в одной раскладке",
        )
    yield from _unknown_calls(one.tag, place, environment)


def _unknown_calls(tag: Tag, place: Location, environment: Environment) -> Iterable[Problem]:
    """Yield filters and tests that do not exist."""
    if tag.opening == "{{" or tag.keyword in CELL_TAGS:
        code = f"{{{{ {tag.inner.removeprefix('colspan').removeprefix('cellbg')} }}}}"
    elif tag.keyword in {"if", "for", "with"}:
        code = f"{{% {tag.inner} %}}{{% end{tag.keyword} %}}"
    elif tag.keyword == "elif":
        code = f"{{% {tag.inner.removeprefix('el')} %}}{{% endif %}}"
    elif tag.keyword in {"set", "include"}:
        code = f"{{% {tag.inner} %}}"
    else:
        return
    for is_filter, called in calls_in(code, environment):
        known = environment.filters if is_filter else environment.tests
        if called not in known:
            kind = "фильтра" if is_filter else "проверки"
            message = f"{kind} «{called}» нет.{name_suggestion(called, known)}"
            yield Problem("undefined-variable", place, message)


def _as_paragraph_tag(one: PlacedTag) -> PlacedTag:
    """Return a tag with scope p if it is an ``include`` or ``set`` alone in its paragraph."""
    tag = one.tag
    if tag.opening == "{%" and not tag.scope and one.is_alone and tag.keyword in {"include", "set"}:
        return replace(one, tag=replace(tag, scope="p"))
    return one


def _texts_beside_tags(
    placed: list[PlacedTag], body: TemplateBody, where: Location
) -> list[Problem]:
    """Return the problems of texts that would vanish with a scoped tag's paragraph, row or cell."""
    texts: dict[tuple[str, int], str] = {}
    for paragraph in body.paragraphs:
        for scope, number in (
            ("p", paragraph.number),
            ("tr", paragraph.row),
            ("tc", paragraph.cell),
        ):
            texts[scope, number] = texts.get((scope, number), "") + paragraph.text
    problems = []
    for one in placed:
        tag, paragraph = one.tag, one.paragraph
        message = ""
        if tag.scope in {"tr", "tc"} and not paragraph.cell:
            message = f"тег {{%{tag.scope} …%}} стоит вне таблицы; в абзаце пишите {{%p …%}}"
        elif tag.scope in _UNITS:
            number = {"p": paragraph.number, "tr": paragraph.row, "tc": paragraph.cell}[tag.scope]
            rest = texts[tag.scope, number].replace(tag.raw, "", 1).strip()
            message = _vanishing(tag, rest, paragraph)
        elif tag.keyword == "include":
            message = "рядом с include стоит текст; поставьте тег в отдельный абзац"
        if message:
            problems.append(Problem("bad-template", place_of(one, where), message))
    return problems


_UNITS: Final = {
    "p": ("в абзаце", "отдельный абзац"),
    "tr": ("в строке таблицы", "отдельную строку таблицы"),
    "tc": ("в ячейке", "отдельную ячейку"),
}


def _vanishing(tag: Tag, rest: str, paragraph: TemplateParagraph) -> str:
    """Return a sentence about what would vanish with a scoped tag, or nothing."""
    unit, own = _UNITS[tag.scope]
    if rest:
        return (
            f"{unit} рядом с тегом стоит «{rest[:60]}» и пропадёт при печати; поставьте тег в {own}"
        )
    if paragraph.beside_text:
        return f"{unit} рядом с тегом стоит {paragraph.beside_text}; поставьте тег в {own}"
    return ""


def _to_code(
    name: str, body: TemplateBody, placed: list[PlacedTag], where: Location
) -> TemplateCode:
    """Return Jinja code: docxtpl widens scoped tags to their elements; each tag begins a line."""
    fixed_texts = _fixed_texts(body, placed)
    spans: dict[int, list[tuple[int, int, str]]] = {}
    for number, one in enumerate(placed):
        spans.setdefault(one.paragraph.number, []).append(
            (one.tag.start, one.tag.end, _with_placeholder(one.tag, number))
        )
    for paragraph in body.paragraphs:
        if paragraph.number in spans:
            body.replace(paragraph.number, spans[paragraph.number])
            if not replace_tags(paragraph.text, _keep_but_comments).strip():
                body.drop(paragraph.number)
    patched = DocxTemplate("").patch_xml(body.xml())
    places: list[Location] = []

    def restore(match: re.Match[str]) -> str:
        one = placed[int(match[1])]
        places.append(place_of(one, where))
        return "\n" + _jinja_of(one.tag)

    return TemplateCode(name, _CONTENT_NUMBER.sub(restore, patched), tuple(places), fixed_texts)


def _keep_but_comments(tag: str) -> str:
    return "" if tag.startswith("{#") else tag


def _with_placeholder(tag: Tag, number: int) -> str:
    """Return a tag with a number for its content, which docxtpl's patterns might misread."""
    if tag.opening == "{#":
        return ""
    if tag.keyword in MERGE_TAGS:
        return f"{{% {tag.keyword} %}}"
    closing = "}}" if tag.opening == "{{" else "%}"
    span = f" {tag.keyword}" if tag.keyword in CELL_TAGS else ""
    return f"{tag.opening}{tag.scope}{span} \ue000{number}\ue001{closing}"


def _jinja_of(tag: Tag) -> str:
    if tag.opening == "{{" and tag.scope:
        return f"({tag.inner})|{RAW_FILTER} "
    if tag.keyword in CELL_TAGS:
        return tag.inner.removeprefix(tag.keyword) + " "
    return tag.inner + " "


def _fixed_texts(body: TemplateBody, placed: list[PlacedTag]) -> tuple[str, ...]:
    """Return the pieces of text outside of all conditions and loops, in order."""
    by_number: dict[int, list[Tag]] = {}
    for one in placed:
        by_number.setdefault(one.paragraph.number, []).append(one.tag)
    depth = 0
    found: list[str] = []
    for paragraph in body.paragraphs:
        start, text = 0, without_addresses(paragraph.text)
        for tag in by_number.get(paragraph.number, []):
            if depth == 0:
                found.append(text[start : tag.start])
            depth += tag.keyword in {"if", "for", "with"}
            depth -= tag.keyword in {"endif", "endfor", "endwith"}
            start = tag.end
        if depth == 0:
            found.append(text[start:])
    return tuple(
        piece for text in found for piece in re.split("[\t\n\u2011\u00ad]", text) if piece.strip()
    )


def compile_code(source: TemplateCode, environment: Environment, where: Location) -> Template:
    """Return the code compiled under its name, which tracebacks then have.

    Raises:
        TemplateError: when Python cannot compile it.
    """
    try:
        code = environment.compile(source.text, name=source.name, filename=source.name)
    except TemplateSyntaxError as error:
        raise TemplateError([Problem("bad-template", where, syntax_sentence(error))]) from error
    return Template.from_code(environment, code, environment.make_globals(None))


def content_of_body(xml: str) -> str:
    """Return the XML inside the body of a block."""
    start = xml.index(">", xml.index("<w:body")) + 1
    return xml[start : xml.rindex("</w:body>")] if "</w:body>" in xml else ""
