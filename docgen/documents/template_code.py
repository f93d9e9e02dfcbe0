"""From an opened template to compiled Jinja that knows where each of its tags stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from docxtpl import DocxTemplate
from jinja2 import Environment, Template, TemplateSyntaxError

from docgen.documents.tag_pairs import check_nesting
from docgen.documents.tags import (
    MERGES,
    SPANS,
    STRAY,
    TAG,
    Placed,
    Tag,
    calls_in,
    mixed_words,
    name_suggestion,
    read_tags,
    spelled_out,
    syntax_fault,
)
from docgen.errors import Location, Problem
from docgen.ooxml import TemplateBody, TemplateParagraph

RAW_FILTER: Final = "_готовая_разметка"
"""The inner filter behind ``{{p …}}`` and ``{{r …}}``: lets only made XML through."""

_MARK: Final = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Source:
    """Jinja source of one part; line ``n`` belongs to the tag ``places[n - 2]``.

    ``statics`` are pieces of text that stand in every document made from it, in order.
    """

    name: str
    text: str
    places: tuple[Location, ...]
    statics: tuple[str, ...]

    def place(self, line: int) -> Location:
        """Return where the tag of a line of the source stands."""
        if not self.places:
            return Location()
        return self.places[min(max(line - 2, 0), len(self.places) - 1)]


def read_source(
    name: str, body: TemplateBody, where: Location, environment: Environment
) -> tuple[Source | None, list[Problem]]:
    """Return the Jinja source of a part and everything wrong with it.

    Args:
        name: What Jinja calls the part.
        body: The part; it is rewritten.
        where: The file and the part; paragraph and tag are added.
        environment: Tells known filters and tests.
    """
    placed = [
        Placed(tag, paragraph) for paragraph in body.paragraphs for tag in read_tags(paragraph.text)
    ]
    problems = [*_strays(body, where)]
    for one in placed:
        problems += _tag_problems(one, where, environment)
    promoted = [_promoted(one) for one in placed]
    promoted, faults = check_nesting(promoted)
    problems += [Problem("bad-template", place_of(one, where), message) for one, message in faults]
    problems += _beside(promoted, body, where)
    if problems:
        return None, problems
    source = _to_source(name, body, promoted, where)
    try:
        environment.parse(source.text)
    except TemplateSyntaxError as error:
        message = f"тег не разобран ({error.message}); проверьте его и соседние"
        return None, [Problem("bad-template", source.place(error.lineno), message)]
    return source, []


def place_of(one: Placed, where: Location) -> Location:
    """Return the place of a tag."""
    return replace(where, paragraph=one.paragraph.number, tag=one.tag.raw)


def _strays(body: TemplateBody, where: Location) -> Iterable[Problem]:
    """Yield brackets that belong to no tag: the tag was broken off or runs over paragraphs."""
    for paragraph in body.paragraphs:
        left = TAG.sub("\ufffc", paragraph.text)
        for match in STRAY.finditer(left):
            near = left[max(0, match.start() - 20) : match.end() + 20].replace("\ufffc", "…")
            yield Problem(
                "bad-template",
                replace(where, paragraph=paragraph.number, tag=match[0]),
                f"скобка «{match[0]}» без пары: «{near.strip()}»; тег должен начинаться "
                "и кончаться в одном абзаце",
            )


def _tag_problems(one: Placed, where: Location, environment: Environment) -> Iterable[Problem]:
    place = place_of(one, where)
    fault = syntax_fault(one.tag, environment)
    if fault:
        yield Problem("bad-template", place, fault)
        return
    if one.tag.opening == "{#":
        return
    for word in mixed_words(one.tag.inner):
        yield Problem(
            "lookalike",
            place,
            f"в имени «{word}» смешаны русские и латинские буквы ({spelled_out(word)}); "
            "наберите имя заново в одной раскладке",
        )
    yield from _unknown_calls(one.tag, place, environment)


def _unknown_calls(tag: Tag, place: Location, environment: Environment) -> Iterable[Problem]:
    """Yield filters and tests that do not exist."""
    if tag.opening == "{{" or tag.keyword in SPANS:
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


def _promoted(one: Placed) -> Placed:
    """Take a lone ``{% include %}`` or ``{% set %}`` as the whole paragraph it stands in."""
    tag = one.tag
    if tag.opening == "{%" and not tag.scope and one.is_alone and tag.keyword in {"include", "set"}:
        return replace(one, tag=replace(tag, scope="p"))
    return one


def _beside(placed: list[Placed], body: TemplateBody, where: Location) -> list[Problem]:
    """Return the texts that would vanish with the paragraph, row or cell of a scoped tag."""
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
            message = _lost(tag, rest, paragraph)
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


def _lost(tag: Tag, rest: str, paragraph: TemplateParagraph) -> str:
    unit, own = _UNITS[tag.scope]
    if rest:
        return (
            f"{unit} рядом с тегом стоит «{rest[:60]}» и пропадёт при печати; поставьте тег в {own}"
        )
    if paragraph.beside_text:
        return f"{unit} рядом с тегом стоит {paragraph.beside_text}; поставьте тег в {own}"
    return ""


def _to_source(name: str, body: TemplateBody, placed: list[Placed], where: Location) -> Source:
    """Return Jinja source: docxtpl lifts scoped tags, every tag begins a line of its own."""
    statics = _statics(body, placed)
    spans: dict[int, list[tuple[int, int, str]]] = {}
    for number, one in enumerate(placed):
        spans.setdefault(one.paragraph.number, []).append(
            (one.tag.start, one.tag.end, _marked(one.tag, number))
        )
    for paragraph in body.paragraphs:
        if paragraph.number in spans:
            body.replace(paragraph.number, spans[paragraph.number])
            if not TAG.sub(_keep_but_comments, paragraph.text).strip():
                body.drop(paragraph.number)
    patched = DocxTemplate("").patch_xml(body.xml())
    places: list[Location] = []

    def restore(match: re.Match[str]) -> str:
        one = placed[int(match[1])]
        places.append(place_of(one, where))
        return "\n" + _code(one.tag)

    return Source(name, _MARK.sub(restore, patched), tuple(places), statics)


def _keep_but_comments(match: re.Match[str]) -> str:
    return "" if match[0].startswith("{#") else match[0]


def _marked(tag: Tag, number: int) -> str:
    """Return a tag with its content put aside, so that docxtpl's patterns cannot trip over it."""
    if tag.opening == "{#":
        return ""
    if tag.keyword in MERGES:
        return f"{{% {tag.keyword} %}}"
    closing = "}}" if tag.opening == "{{" else "%}"
    span = f" {tag.keyword}" if tag.keyword in SPANS else ""
    return f"{tag.opening}{tag.scope}{span} \ue000{number}\ue001{closing}"


def _code(tag: Tag) -> str:
    if tag.opening == "{{" and tag.scope:
        return f"({tag.inner})|{RAW_FILTER} "
    if tag.keyword in SPANS:
        return tag.inner.removeprefix(tag.keyword) + " "
    return tag.inner + " "


def _statics(body: TemplateBody, placed: list[Placed]) -> tuple[str, ...]:
    """Return the texts outside of all conditions and loops."""
    by_number: dict[int, list[Tag]] = {}
    for one in placed:
        by_number.setdefault(one.paragraph.number, []).append(one.tag)
    depth = 0
    found: list[str] = []
    for paragraph in body.paragraphs:
        start = 0
        for tag in by_number.get(paragraph.number, []):
            if depth == 0:
                found.append(paragraph.text[start : tag.start])
            depth += tag.keyword in {"if", "for", "with"}
            depth -= tag.keyword in {"endif", "endfor", "endwith"}
            start = tag.end
        if depth == 0:
            found.append(paragraph.text[start:])
    return tuple(
        piece for text in found for piece in re.split("[\t\n\u2011\u00ad]", text) if piece.strip()
    )


def compile_source(source: Source, environment: Environment) -> Template:
    """Return the source compiled under its name, so that tracebacks lead back to it."""
    code = environment.compile(source.text, name=source.name, filename=source.name)
    return Template.from_code(environment, code, environment.make_globals(None))
