"""Every template opened, checked and compiled once; documents rendered from it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, Template, TemplateNotFound, nodes

from docgen.documents.guard import lost_texts, suspicious
from docgen.documents.includes import include_problems
from docgen.documents.runtime import RENDER_ERRORS, broken, make_strict, to_problems
from docgen.documents.template_code import Source, compile_source, read_source
from docgen.documents.template_variables import paths_in
from docgen.errors import Location, Problem, StageError, TemplateError, warning
from docgen.model import Table
from docgen.ooxml import (
    ILLEGAL,
    Finisher,
    HouseStyle,
    Made,
    Running,
    Shell,
    TemplateSource,
    ZipEntry,
    make_shell,
    markup,
    open_running,
    open_template,
    printed_by,
    table_xml,
)

BODY: Final = "тело"
_HEADER_STYLE: Final = "Заголовок таблицы"
_TEXT_STYLE: Final = "Текст таблицы"
_TWIPS_IN_A_MM: Final = 1440 / 25.4


@dataclass(slots=True)
class _Opened:
    """A template or block with its problems; ``source`` is absent when there are errors."""

    where: Location
    opened: TemplateSource | None
    source: Source | None
    problems: list[Problem]
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all documents of a kind share; ``running`` by part name, ``printed`` by those words."""

    shell: Shell
    running: tuple[Running, ...]
    printed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledDocument:
    """A finished document and the texts that it prints, those of headers and footers too."""

    docx: bytes
    printed: tuple[str, ...]


class TemplateLibrary:
    """The templates of a workspace under one house style.

    Args:
        templates: Files of kinds by the kinds' names.
        blocks: Files of blocks by the names that ``include`` uses.
        style: The file of the house style.
        environment: A sandbox with all filters; it is not changed.
        shown: Returns a path as a person knows it.
        typeset: Puts non-breaking spaces into a finished text without changing its length.

    Raises:
        TemplateError: when the house style cannot be used; without it nothing can.
    """

    def __init__(
        self,
        templates: Mapping[str, Path],
        blocks: Mapping[str, Path],
        style: Path,
        environment: Environment,
        *,
        shown: Callable[[Path], str] = str,
        typeset: Callable[[str], str] = str,
    ) -> None:
        self._shown = shown
        self._typeset = functools.lru_cache(maxsize=1024)(typeset)
        self._style_place = Location(file=shown(style))
        try:
            self._house = HouseStyle(style)
        except StageError as error:
            raise TemplateError(_placed(error.problems, self._style_place)) from error
        self._finisher = Finisher(self._house, self._typeset)
        self._sources: dict[str, Source] = {}
        block_sources: dict[str, Source] = {}
        self._environment = make_strict(environment, block_sources)
        self._blocks = {
            name: self._open(f"блок {name}", path, is_block=True) for name, path in blocks.items()
        }
        for name, block in self._blocks.items():
            if block.source is not None:
                block_sources[name] = replace(block.source, text=_inner(block.source.text))
        self._templates = {
            name: self._open(f"вид {name}", path, is_block=False)
            for name, path in templates.items()
        }
        self._running_templates: dict[str, dict[str, Template]] = {}
        self._running_problems = self._compile_running("")
        self._shells: dict[tuple[str, str, bool], _Shared] = {}

    def _open(self, name: str, path: Path, *, is_block: bool) -> _Opened:
        """Open and read one file; nothing is raised, since all problems are told at once."""
        where = Location(file=self._shown(path), part=BODY)
        try:
            opened = open_template(path, self._house, is_block=is_block)
        except StageError as error:
            problems = _placed(error.problems, Location(file=where.file))
            return _Opened(where, None, None, problems)
        problems = [
            Problem("bad-template", replace(where, paragraph=one.paragraph), one.message)
            for one in opened.findings
        ]
        problems += _own_running(opened, where)
        source, faults = read_source(name, opened.body, where, self._environment)
        problems += faults
        if source is not None and not any(one.is_error for one in problems):
            self._sources[name] = source
            return _Opened(where, opened, source, problems)
        return _Opened(where, opened, None, problems)

    def _compile_running(self, note: str) -> list[Problem]:
        """Compile the headers and footers of the house style that have tags; return faults."""
        compiled: dict[str, Template] = {}
        problems = []
        for one in self._house.running(note):
            label = "верхний колонтитул" if one.role == "header" else "нижний колонтитул"
            where = replace(self._style_place, part=label)
            name = f"колонтитул {note} {one.part.name}"
            source, faults = read_source(name, open_running(one.part), where, self._environment)
            problems += faults
            if source is not None and source.places:
                self._sources[name] = source
                compiled[one.part.name] = compile_source(source, self._environment)
        self._running_templates[note] = compiled
        return problems

    @property
    def top_margin_mm(self) -> int:
        """The distance of an upright page's text from the edge of the sheet."""
        return round(abs(self._house.margins(is_landscape=False)["top"]) / _TWIPS_IN_A_MM)

    @property
    def house(self) -> HouseStyle:
        """The house style that every document gets."""
        return self._house

    def check(self) -> list[Problem]:
        """Return every problem of every template and block, without any data."""
        problems = list(self._running_problems)
        blocks = {name: block.source for name, block in self._blocks.items()}
        for opened in (*self._blocks.values(), *self._templates.values()):
            problems += opened.problems
            if opened.source is not None:
                problems += include_problems(opened.source, blocks, self._environment)
        return problems

    def variables(self, name: str) -> set[str]:
        """Return the paths a kind reads, e.g. ``пары[].наставник.фио``; none if it is broken."""
        source = self._templates[name].source
        if source is None:
            return set()

        def parsed(block: str) -> nodes.Node | None:
            found = self._blocks.get(block)
            if found is None or found.source is None:
                return None
            return self._environment.parse(_inner(found.source.text))

        hidden = frozenset(self._environment.globals)
        return paths_in(self._environment.parse(source.text), hidden, parsed)

    def table(self, table: Table) -> Made:
        """Return an appendix table as a value for ``{{p …}}``, over the full width of its sheet."""
        return markup(
            table_xml(
                table,
                width=self._house.text_width(is_landscape=table.is_landscape),
                header_style=self._house.style_id(_HEADER_STYLE) or "",
                text_style=self._house.style_id(_TEXT_STYLE) or "",
                typeset=self._typeset,
            )
        )

    def render(self, name: str, variables: Mapping[str, object], **asked: Any) -> bytes:
        """Return a document as .docx; see ``make``."""
        return self.make(name, variables, **asked).docx

    def make(
        self,
        name: str,
        variables: Mapping[str, object],
        *,
        title: str,
        landscape: bool = False,
        header_note: str = "",
        has_running: bool = True,
    ) -> FilledDocument:
        """Return a document as .docx with what it prints; same arguments, same bytes.

        Args:
            name: The kind.
            variables: What the tags read.
            title: The document's title property, printed nowhere.
            landscape: Lays every section on its side.
            header_note: A word for the header of every page, e.g. ПРОЕКТ.
            has_running: Whether pages get the house's headers and footers.

        Raises:
            TemplateError: with the place of every tag that failed.
        """
        opened = self._templates[name]
        errors = [one for one in opened.problems if one.is_error] + self._running_problems
        if opened.source is None or opened.opened is None or errors:
            raise broken(errors)
        if opened.template is None:
            opened.template = compile_source(opened.source, self._environment)
        shared = self._shared(name, opened.opened, header_note, has_running=has_running)
        xml = self._fill(opened.template, variables)
        try:
            body = self._finisher.finish(xml, shared.running, is_landscape=landscape)
        except StageError as error:
            raise TemplateError(_placed(error.problems, opened.where)) from error
        self._guard(opened, body.texts, variables)
        filled = self._filled(shared.running, header_note, variables)
        printed = {**shared.printed, **{part: told for part, (_, told) in filled.items()}}
        return FilledDocument(
            shared.shell.fill(
                body.document,
                ILLEGAL.sub("", title),
                {part: entry for part, (entry, _) in filled.items()},
            ),
            (*printed.values(), *body.printed),
        )

    def _fill(self, template: Template, variables: Mapping[str, object]) -> str:
        try:
            return template.render(variables)
        except StageError as error:
            # The class stays: whose fault it is, a register's or a template's, the filter knows.
            raise type(error)(to_problems(error, self._sources, variables)) from error
        except TemplateNotFound as error:
            block = self._blocks.get(str(error.name))
            problems = block.problems if block is not None else []
            raise TemplateError(problems or to_problems(error, self._sources, variables)) from error
        except RENDER_ERRORS as error:
            raise TemplateError(to_problems(error, self._sources, variables)) from error

    def _shared(
        self, name: str, opened: TemplateSource, note: str, *, has_running: bool
    ) -> _Shared:
        """Return the parts that all documents of a kind share, made once."""
        key = (name, note, has_running)
        if key not in self._shells:
            running = self._house.running(note) if has_running else ()
            if note not in self._running_templates:
                self._compile_running(note)
            shell = make_shell(self._house, running, opened.pictures, opened.content_types)
            printed = {one.part.name: printed_by(one.part.data) for one in running}
            self._shells[key] = _Shared(shell, running, printed)
        return self._shells[key]

    def _filled(
        self, running: tuple[Running, ...], note: str, variables: Mapping[str, object]
    ) -> dict[str, tuple[ZipEntry, str]]:
        """Return the headers and footers that hold tags, filled, and what they print."""
        filled = {}
        for one in running:
            template = self._running_templates[note].get(one.part.name)
            if template is not None:
                xml = self._fill(template, variables)
                filled[one.part.name] = self._finisher.running(one.part.name, xml)
        return filled

    def _guard(
        self,
        opened: _Opened,
        texts: Sequence[str],
        variables: Mapping[str, object],
    ) -> None:
        """Re-read what was made.

        Raises:
            TemplateError: when words of the template are not there, or a Python value was
                printed.
        """
        statics = opened.source.statics if opened.source is not None else ()
        messages = [
            f"текст шаблона «{one.strip()[:60]}» пропал при печати"
            for one in lost_texts(statics, texts)
        ]
        messages += [
            f"в документе напечатано «{one}» вместо значения"
            for one in suspicious(texts, statics, variables)
        ]
        if messages:
            raise broken(Problem("bad-template", opened.where, one) for one in messages)


def _placed(problems: Iterable[Problem], where: Location) -> list[Problem]:
    return [one if str(one.where) else replace(one, where=where) for one in problems]


def _own_running(opened: TemplateSource, where: Location) -> Iterable[Problem]:
    """Yield a warning for words in a template's own header: the house's header is printed."""
    for label, body in opened.running:
        words = " ".join(one.text.strip() for one in body.paragraphs if one.text.strip())
        if re.search(r"[^\W\d_]|\{", words):
            yield warning(
                "bad-template",
                replace(where, part=label),
                f"«{words[:60]}» не печатается: колонтитулы всех документов берутся из стиль.docx",
            )


def _inner(xml: str) -> str:
    """Return what stands inside the body of a block."""
    start = xml.index(">", xml.index("<w:body")) + 1
    return xml[start : xml.rindex("</w:body>")] if "</w:body>" in xml else ""
