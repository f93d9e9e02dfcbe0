"""The templates of a workspace: each opened, checked and compiled once, documents made of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jinja2 import Environment, Template, TemplateNotFound, nodes

from docgen.documents.filled_document import FilledDocument
from docgen.documents.includes import include_problems
from docgen.documents.merge_names import MergeTags
from docgen.documents.runtime import attachments, make_strict, to_problems
from docgen.documents.template_code import (
    TemplateCode,
    compile_code,
    content_of_body,
    read_template_code,
)
from docgen.documents.template_variables import paths_in
from docgen.documents.text_checks import (
    fixed_words,
    lost_texts,
    stray_python_words,
    text_problems,
)
from docgen.errors import Location, Problem, StageError, TemplateError
from docgen.model import Table
from docgen.ooxml import (
    ILLEGAL,
    TWIPS_IN_A_MM,
    FaceChooser,
    Finisher,
    HeaderFooter,
    HouseStyle,
    Picture,
    SharedParts,
    TemplateSource,
    WordMarkup,
    ZipEntry,
    has_marks,
    has_page_references,
    is_too_wide,
    make_shared_parts,
    no_merge_tags,
    no_sign_faces,
    open_header_footer,
    open_template,
    part_text,
    settle_marks,
    sign_font_parts,
    table_markup,
)
from docgen.russian import typeset_closely
from docgen.wording.template_faults import RENDER_ERRORS
from docgen.wording.template_work import OvertimeError

BODY: Final = "тело"
"""How problems name the main part of a template."""


@dataclass(slots=True)
class _OpenedTemplate:
    """A template or block with its problems; ``code`` is absent when there are errors.

    ``compiled`` is filled when the first document is made: most runs use few templates.
    """

    where: Location
    source: TemplateSource | None
    code: TemplateCode | None
    problems: list[Problem]
    compiled: Template | None = None


@dataclass(frozen=True, slots=True)
class _KindBase:
    """What all documents of a kind share; ``printed`` are texts of headers by part name."""

    parts: SharedParts
    headers_footers: tuple[HeaderFooter, ...]
    printed: Mapping[str, str]


class TemplateLibrary:
    """The templates of a workspace under one house style.

    Args:
        templates: Files of kinds by the kinds' names.
        blocks: Files of blocks by the names that ``include`` uses.
        style: The file of the house style.
        environment: A sandbox with all filters; it is not changed.
        shown: Returns a path as people know it, for problems.
        typeset: Puts non-breaking spaces into a finished text without changing its length.
        choose_face: Knows which signs the face of a text cannot draw.
        merge_names: What the merge fields of Word may name, by kind.

    Raises:
        TemplateError: when the house style cannot be used.
    """

    def __init__(  # noqa: PLR0913 - all that decides what templates become
        self,
        templates: Mapping[str, Path],
        blocks: Mapping[str, Path],
        style: Path,
        environment: Environment,
        *,
        shown: Callable[[Path], str] = str,
        typeset: Callable[[str], str] = str,
        choose_face: FaceChooser = no_sign_faces,
        merge_names: Mapping[str, MergeTags] | None = None,
    ) -> None:
        self._shown = shown
        self._typeset = functools.lru_cache(maxsize=1024)(typeset)
        self._style_place = Location(file=shown(style))
        try:
            self._house = HouseStyle(style)
        except StageError as error:
            raise TemplateError(_with_place(error.problems, self._style_place)) from error
        self._finisher = Finisher(self._house, self._typeset, choose_face)
        self._codes: dict[str, TemplateCode] = {}
        block_codes: dict[str, TemplateCode] = {}
        self._environment = make_strict(environment, block_codes)
        self._blocks = {
            name: self._open(f"блок {name}", path, None, is_block=True)
            for name, path in blocks.items()
        }
        self._block_parts: dict[str, Picture] = {}
        for name, block in self._blocks.items():
            if block.source is not None:
                self._block_parts |= {one.relation: one for one in block.source.pictures}
            if block.code is not None:
                block_codes[name] = replace(block.code, text=content_of_body(block.code.text))
        self._templates = {
            name: self._open(f"вид {name}", path, (merge_names or {}).get(name), is_block=False)
            for name, path in templates.items()
        }
        self._header_templates: dict[str, dict[str, Template]] = {}
        self._header_problems = self._compile_headers_footers("")
        self._bases: dict[tuple[str, str, bool], _KindBase] = {}

    def _open(
        self, name: str, path: Path, merge_names: MergeTags | None, *, is_block: bool
    ) -> _OpenedTemplate:
        """Open and read one file; its faults are collected, since all are reported at once."""
        where = Location(file=self._shown(path), part=BODY)
        try:
            source = open_template(
                path,
                self._house,
                is_block=is_block,
                where=where,
                merge_tags=no_merge_tags if merge_names is None else merge_names.tag_of,
            )
        except StageError as error:
            problems = _with_place(error.problems, Location(file=where.file))
            return _OpenedTemplate(where, None, None, problems)
        problems = [
            Problem("bad-template", replace(where, paragraph=one.paragraph), one.message)
            for one in source.findings
        ]
        problems += text_problems(source, where)
        code, faults = read_template_code(name, source.body, where, self._environment)
        problems += faults
        if code is not None and not any(one.is_error for one in problems):
            self._codes[name] = code
            return _OpenedTemplate(where, source, code, problems)
        return _OpenedTemplate(where, source, None, problems)

    def _compile_headers_footers(self, note: str) -> list[Problem]:
        """Compile the headers and footers that have tags; return their faults."""
        compiled: dict[str, Template] = {}
        problems = []
        for one in self._house.headers_footers(note):
            label = "верхний колонтитул" if one.role == "header" else "нижний колонтитул"
            where = replace(self._style_place, part=label)
            name = f"колонтитул {note} {one.part.name}"
            header, odd_fields = open_header_footer(one.part)
            problems += [Problem("bad-template", where, message) for message in odd_fields]
            code, faults = read_template_code(name, header, where, self._environment)
            problems += faults
            if code is not None and code.places:
                self._codes[name] = code
                compiled[one.part.name] = compile_code(code, self._environment, where)
        self._header_templates[note] = compiled
        return problems

    @property
    def top_margin_mm(self) -> int:
        """The distance of a portrait page's text from the upper edge of the sheet, in mm."""
        return round(abs(self._house.margins(is_landscape=False)["top"]) / TWIPS_IN_A_MM)

    @property
    def house(self) -> HouseStyle:
        """The house style of every document."""
        return self._house

    def check(self) -> list[Problem]:
        """Return every problem that templates and blocks have whatever the data."""
        problems = list(self._header_problems)
        blocks = {name: block.code for name, block in self._blocks.items()}
        for opened in (*self._blocks.values(), *self._templates.values()):
            problems += opened.problems
            if opened.code is not None:
                problems += include_problems(opened.code, blocks, self._environment)
        return problems

    def words(self) -> Iterator[tuple[Location, str]]:
        """Yield the words of all templates and blocks, a sign in place of each tag."""
        for opened in (*self._blocks.values(), *self._templates.values()):
            if opened.source is not None:
                yield from fixed_words(opened.source, opened.where)

    def variables(self, name: str) -> set[str]:
        """Return what a kind reads, e.g. ``пары[].наставник.фио``; nothing if it is broken."""
        code = self._templates[name].code
        if code is None:
            return set()

        def parsed(block: str) -> nodes.Node | None:
            found = self._blocks.get(block)
            if found is None or found.code is None:
                return None
            return self._environment.parse(content_of_body(found.code.text))

        common_names = frozenset(self._environment.globals)
        return paths_in(self._environment.parse(code.text), common_names, parsed)

    def merge_fields(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the merge fields of a kind's template with the tags in their places."""
        source = self._templates[name].source
        return source.merge_fields if source is not None else ()

    def table(self, table: Table) -> WordMarkup:
        """Return an appendix table as a value for ``{{p …}}``, as wide as the text of its page."""
        return table_markup(table, self._house, typeset_closely)

    def is_wide(self, table: Table) -> bool:
        """Return whether an upright page is too narrow for the words of a table."""
        return is_too_wide(table, self._house, typeset_closely)

    def render(
        self,
        name: str,
        variables: Mapping[str, object],
        *,
        title: str,
        is_landscape: bool = False,
        header_note: str = "",
        has_headers_footers: bool = True,
    ) -> FilledDocument:
        """Return a document with the texts it prints; the same arguments give the same bytes.

        Args:
            name: The kind.
            variables: What the tags read.
            title: The document's title property, printed nowhere.
            is_landscape: Whether every page is turned on its side.
            header_note: A word to print in the header of every page, e.g. ПРОЕКТ.
            has_headers_footers: Whether pages get the headers and footers of the house style.

        Raises:
            TemplateError: with the place of every tag that failed.
        """
        opened = self._templates[name]
        errors = [one for one in opened.problems if one.is_error] + self._header_problems
        if opened.code is None or opened.source is None or errors:
            raise TemplateError(errors)
        if opened.compiled is None:
            opened.compiled = compile_code(opened.code, self._environment, opened.where)
        base = self._base(name, opened.source, header_note, has_headers_footers=has_headers_footers)
        xml, attached = self._run_body(opened, variables, is_landscape=is_landscape)
        try:
            body = self._finisher.finish(xml, base.headers_footers, is_landscape=is_landscape)
        except StageError as error:
            raise TemplateError(_with_place(error.problems, opened.where)) from error
        self._check_printed(opened, body.texts, variables)
        filled = self._filled_headers(base.headers_footers, header_note, variables)
        printed = {**base.printed, **{part: text for part, (_, text) in filled.items()}}
        return FilledDocument(
            base.parts.to_docx(
                body.document,
                ILLEGAL.sub("", title),
                {
                    **{part: entry for part, (entry, _) in filled.items()},
                    **base.parts.parts_with(attached),
                    **sign_font_parts(self._house, body.document, base.headers_footers),
                },
            ),
            (*printed.values(), *body.printed),
            has_page_references(body.document),
        )

    def _run_body(
        self, opened: _OpenedTemplate, variables: Mapping[str, object], *, is_landscape: bool
    ) -> tuple[str, list[Picture]]:
        """Return the XML of a body, and the pictures and links that it has of its own.

        Raises:
            TemplateError: with the paragraph of each link that leads nowhere.
        """
        if opened.compiled is None:
            raise TemplateError(opened.problems)
        with attachments() as found:
            try:
                xml = self._run(opened.compiled, variables)
            except TemplateError as error:
                if isinstance(error.__cause__, OvertimeError):
                    # It would take as long for each of its documents.
                    opened.problems += error.problems
                raise TemplateError(_with_place(error.problems, opened.where)) from error
        parts = {**self._block_parts, **found.parts}
        if has_marks(xml):
            widest = self._house.text_width(is_landscape=is_landscape) / TWIPS_IN_A_MM
            settled = settle_marks(xml, found.pictures, widest_mm=widest)
            if settled.faults:
                raise TemplateError(
                    Problem("bad-template", replace(opened.where, paragraph=number or None), one)
                    for number, one in settled.faults
                )
            xml = settled.xml
            parts |= {one.relation: one for one in settled.attached}
        return xml, [parts[one] for one in sorted(parts) if f'"{one}"' in xml]

    def _run(self, template: Template, variables: Mapping[str, object]) -> str:
        """Return the XML that a compiled template makes, its errors as problems at their tags."""
        try:
            return template.render(variables)
        except StageError as error:
            # The class stays: the filter knows whether a register or a template is at fault.
            raise type(error)(to_problems(error, self._codes, variables)) from error
        except TemplateNotFound as error:
            block = self._blocks.get(str(error.name))
            problems = block.problems if block is not None else []
            raise TemplateError(problems or to_problems(error, self._codes, variables)) from error
        except RENDER_ERRORS as error:
            raise TemplateError(to_problems(error, self._codes, variables)) from error

    def _base(
        self, name: str, source: TemplateSource, note: str, *, has_headers_footers: bool
    ) -> _KindBase:
        """Return what all documents of a kind share, made once."""
        key = (name, note, has_headers_footers)
        if key not in self._bases:
            found = self._house.headers_footers(note) if has_headers_footers else ()
            headers_footers = tuple(map(self._finisher.fixed_header_footer, found))
            if note not in self._header_templates:
                self._compile_headers_footers(note)
            parts = make_shared_parts(
                self._house, headers_footers, source.pictures, source.content_types
            )
            printed = {one.part.name: part_text(one.part.data) for one in headers_footers}
            self._bases[key] = _KindBase(parts, headers_footers, printed)
        return self._bases[key]

    def _filled_headers(
        self, headers_footers: tuple[HeaderFooter, ...], note: str, variables: Mapping[str, object]
    ) -> dict[str, tuple[ZipEntry, str]]:
        """Return by part name the headers and footers with tags, filled, and their texts."""
        filled = {}
        for one in headers_footers:
            template = self._header_templates[note].get(one.part.name)
            if template is not None:
                xml = self._run(template, variables)
                filled[one.part.name] = self._finisher.header_footer(one.part.name, xml)
        return filled

    def _check_printed(
        self,
        opened: _OpenedTemplate,
        texts: Sequence[str],
        variables: Mapping[str, object],
    ) -> None:
        """Check the text of a finished body.

        Raises:
            TemplateError: when words of the template are missing, or ``None`` or ``nan`` is
                printed.
        """
        fixed_texts = opened.code.fixed_texts if opened.code is not None else ()
        messages = [
            f"текст шаблона «{one.strip()[:60]}» пропал при печати"
            for one in lost_texts(fixed_texts, texts)
        ]
        messages += [
            f"в документе напечатано «{one}» вместо значения"
            for one in stray_python_words(texts, fixed_texts, variables)
        ]
        if messages:
            raise TemplateError(Problem("bad-template", opened.where, one) for one in messages)


def _with_place(problems: Iterable[Problem], where: Location) -> list[Problem]:
    """Return problems with a place for those that have none, or its file."""
    return [replace(one, where=one.where.within(where)) for one in problems]
