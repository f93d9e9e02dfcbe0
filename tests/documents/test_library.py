"""Templates: what they may say, what they refuse, what comes out."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_BREAK
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen import ooxml
from docgen.documents import TemplateLibrary
from docgen.documents.tags import with_plain_signs
from docgen.errors import DocgenError, Location, Problem, RegisterError, TemplateError
from docgen.model import MarkedSigner, Table, TableCell, TableRow
from docgen.ooxml import WordMarkup
from docgen.ooxml.docx_text import bookmarks_of, text_of
from docgen.ooxml.zip_parts import read_parts
from docgen.pipeline.workspace.signature_places import absent_signers
from docgen.wording.value_views import PictureView
from tests.support.pictures import picture
from tests.support.small_docx import (
    insert_xml,
    opened,
    split_runs,
    structure_of,
    with_part,
    write_docx,
    write_style,
)

NOWHERE = Location()


def environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.filters["дат"] = lambda text: f"{text}у"
    made.filters["дата"] = lambda day, form="%d.%m.%Y": day.strftime(form)
    made.filters["сломан"] = _refuse
    made.filters["нет_пола"] = _refuse_row
    return made


def _refuse(value: object) -> str:
    raise ValueError(f"«{value}» не склоняется")


def _refuse_row(value: object) -> str:
    place = Location(file="Книга.xlsx", sheet="Люди", cell="C7")
    raise RegisterError([Problem("gender-missing", place, f"нет пола: «{value}»")])


class Bench:
    """A folder with a house style in which templates are written and rendered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.style = write_style(folder / "стиль.docx")
        self.templates: dict[str, Path] = {}
        self.blocks: dict[str, Path] = {}
        self.typeset: Callable[[str], str] = str

    def template(self, *texts: str, name: str = "приказ", **options: Any) -> None:
        self.templates[name] = write_docx(self.folder / f"{name}.docx", *texts, **options)

    def block(self, name: str, *texts: str, **options: Any) -> None:
        self.blocks[name] = write_docx(self.folder / f"блок_{name}.docx", *texts, **options)

    def library(self) -> TemplateLibrary:
        return TemplateLibrary(
            self.templates,
            self.blocks,
            self.style,
            environment(),
            shown=lambda path: path.name,
            typeset=self.typeset,
        )

    def render(
        self, *, title: str = "Приказ", landscape: bool = False, note: str = "", **names: Any
    ) -> bytes:
        made = self.library().render(
            "приказ", names, title=title, is_landscape=landscape, header_note=note
        )
        return made.docx

    def text(self, **names: Any) -> list[str]:
        return ooxml.body_text_of(self.render(**names))

    def complaint(self) -> str:
        return "\n".join(str(one) for one in self.library().check())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


# --- what comes out ---------------------------------------------------------------------------


def test_text_comes_out_as_typed_whatever_signs_it_holds(bench: Bench) -> None:
    bench.template("от «{{ имя }}».")
    value = "ООО «Рога & Копыта» <директор> \"прямо\" 'так' {{ 7*7 }} {% if %} {# #} №\u00a05"
    assert bench.text(имя=value) == [f"от «{value}»."]


PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t")
)


@pytest.fixture(scope="module")
def plain_library() -> TemplateLibrary:
    bench = Bench(Path(tempfile.mkdtemp()))
    bench.template("начало {{ значение }} конец")
    return bench.library()


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.differing_executors])
@given(PRINTABLE)
@example("{{ 7*7 }}{% raw %}{#")
@example("None nan 00:00:00")
@example("]]>&amp;\u2028\x85\u00ad\u200b  ")
def test_any_printable_value_comes_out_unchanged(
    plain_library: TemplateLibrary, value: str
) -> None:
    made = plain_library.render("приказ", {"значение": value}, title=value).docx
    assert ooxml.body_text_of(made) == [f"начало {value} конец"]


def test_line_breaks_and_tabs_of_values_become_words_own(bench: Bench) -> None:
    bench.template("{{ имя }}")
    made = bench.render(имя="один\r\nдва\rтри\tчетыре")
    xml = read_parts(made)["word/document.xml"].decode()
    assert (xml.count("<w:br/>"), xml.count("<w:tab/>")) == (2, 1)
    assert ooxml.body_text_of(made) == ["один\nдва\nтри\tчетыре"]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe"])
def test_a_control_character_is_refused_at_its_tag(bench: Bench, sign: str) -> None:
    bench.template("до", "имя {{ имя }}")
    with pytest.raises(TemplateError) as caught:
        bench.render(имя=f"а{sign}б")
    (problem,) = caught.value.problems
    assert (problem.where.paragraph, problem.where.tag) == (2, "{{ имя }}")
    assert f"U+{ord(sign):04X}" in problem.message


def test_loops_and_conditions_leave_no_empty_paragraphs(bench: Bench) -> None:
    bench.template(
        "{%p if люди %}", "Люди:", "{%p for имя in люди %}", "– {{ имя }}", "{%p endfor %}",
        "{%p else %}", "Никого.", "{%p endif %}", "{# заметка #}", "Всё.",
    )  # fmt: skip
    assert bench.text(люди=["Аня", "Боря"]) == ["Люди:", "– Аня", "– Боря", "Всё."]
    assert bench.text(люди=[]) == ["Никого.", "Всё."]


def test_lone_conditions_without_a_letter_are_taken_as_paragraphs(bench: Bench) -> None:
    bench.template("{% for имя in люди %}", "{{ имя }}", "{% endfor %}", '{% include "низ" %}')
    bench.block("низ", "Директор {{ директор }}")
    assert bench.text(люди=["Аня"], директор="Ким") == ["Аня", "Директор Ким"]


def test_conditions_work_inside_a_paragraph(bench: Bench) -> None:
    bench.template("Утвердить{% if срок %} до {{ срок }}{% else %} сразу{% endif %}.")
    assert bench.text(срок="мая") == ["Утвердить до мая."]
    assert bench.text(срок="") == ["Утвердить сразу."]


def _pair_table(document: Any) -> None:
    table = document.add_table(rows=4, cols=2)
    rows = [["№", "Имя"], ["{%tr for п in пары %}", ""], ["{{ loop.index }}", "{{ п }}"]]
    for row, texts in zip(table.rows, [*rows, ["{%tr endfor %}", ""]], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_rows_of_a_table_repeat(bench: Bench) -> None:
    bench.template("Пары:", prepare=_pair_table)
    made = bench.render(пары=["Аня", "Боря"])
    assert structure_of(made).tables == ((2, 2, 2),)
    assert [one for one in ooxml.body_text_of(made) if one] == [
        "Пары:", "№", "Имя", "1", "Аня", "2", "Боря",
    ]  # fmt: skip


def test_cells_emptied_by_a_condition_stay_whole(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        cell.text = "{%p if есть %}"
        cell.add_paragraph("да")
        cell.add_paragraph("{%p endif %}")

    bench.template("Текст", prepare=prepare)
    assert structure_of(bench.render(есть=False)).tables == ((1,),)
    opened(bench.render(есть=False))


def test_plain_docxtpl_gives_the_same_text_and_structure(bench: Bench) -> None:
    bench.template(
        "Приказ № {{ номер }}", "{%p for имя in пары %}", "{{ loop.index }}. {{ имя }}",
        "{%p endfor %}", "{% if номер %}да{% endif %}", prepare=_pair_table,
    )  # fmt: skip
    names: dict[str, Any] = {"номер": "5 & <6>", "пары": ["Аня", "Боря"]}
    plain = DocxTemplate(bench.templates["приказ"])
    plain.render(names, jinja_env=Environment(autoescape=True))
    stream = io.BytesIO()
    plain.save(stream)
    ours = bench.render(**names)
    theirs = stream.getvalue()
    after_the_table = [""]
    assert ooxml.body_text_of(ours) == ooxml.body_text_of(theirs) + after_the_table
    assert structure_of(ours).tables == structure_of(theirs).tables


def test_words_own_hyphens_are_not_taken_for_lost_text(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        paragraph = document.add_paragraph("273")
        insert_xml(paragraph, "<w:r><w:noBreakHyphen/><w:t>ФЗ</w:t></w:r>")

    bench.template(prepare=prepare)
    assert bench.text() == ["273\u2011ФЗ"]


def test_a_document_does_not_end_with_empty_lines(bench: Bench) -> None:
    bench.template("а", "", "")
    assert bench.text() == ["а"]


def test_an_appendix_table_stands_where_its_tag_stood(bench: Bench) -> None:
    bench.template("До", "{{p таблица }}", "После")
    cells = (TableCell("а & б", NOWHERE), TableCell("1\n- 2", NOWHERE))
    table = Table("т", NOWHERE, (0.5, 0.5), 0, (TableRow(1, cells),))
    assert bench.text(таблица=bench.library().table(table)) == ["До", "а & б", "1", "- 2", "После"]


def test_a_table_tag_may_be_typed_in_cyrillic(bench: Bench) -> None:
    bench.template("{{р таблица }}")
    assert bench.text(таблица=WordMarkup("<w:p><w:r><w:t>а</w:t></w:r></w:p>")) == ["а"]


def test_a_run_of_another_look_takes_its_look_along(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        paragraph = document.add_paragraph("Назначить ")
        paragraph.add_run("{{ имя }}").bold = True
        paragraph.add_run(" куратором.")

    bench.template(prepare=prepare)
    made = opened(bench.render(имя="Ким"))
    assert [(run.text, run.bold) for run in made.paragraphs[0].runs] == [
        ("Назначить ", None), ("Ким", True), (" куратором.", None),
    ]  # fmt: skip


def test_typesetting_sees_a_paragraph_over_all_its_runs(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        document.add_paragraph("Приказ № ").add_run("{{ номер }}").bold = True

    bench.typeset = lambda text: text.replace("№ 5", "№\u00a05")
    bench.template(prepare=prepare)
    assert bench.text(номер="5") == ["Приказ №\u00a05"]


# --- tags as Word and people write them ---------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{%р if имя %}", "{%р endif %}"),
        ("{% p if имя %}", "{%p endif%}"),
        ("{%P if имя %}", "{%\u00a0р\u00a0endif\u00a0%}"),
        ("{%p if имя == «Аня» %}", "{%p endif %}"),
        ("{%p if имя != „Боря“ %}", "{%p endif %}"),
        ("{%p if имя|length – 3 == 0 %}", "{%p endif %}"),
    ],
)
def test_tags_are_taken_as_meant(bench: Bench, opening: str, closing: str) -> None:
    bench.template(opening, "{{\u00a0имя|replace(‘А’, «О») }}", closing)
    assert bench.text(имя="Аня") == ["Оня"]


def test_a_cyrillic_letter_names_table_rows(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        table = document.add_table(rows=3, cols=1)
        for row, text in zip(
            table.rows, ["{%тр for п in пары %}", "{{ п }}", "{%тr endfor %}"], strict=True
        ):
            row.cells[0].text = text

    bench.template(prepare=prepare)
    assert [one for one in bench.text(пары=["А", "Б"]) if one] == ["А", "Б"]


def test_a_tag_split_into_runs_is_one_tag(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        split_runs(document.add_paragraph(), ["от {", "{ им", "я|д", "ат }", "} г."])
        split_runs(document.add_paragraph(), ["{", "%p if ", "имя %", "}"])
        document.add_paragraph("да")
        split_runs(document.add_paragraph(), ["{%p e", "ndif %}"])

    bench.template(prepare=prepare)
    assert bench.text(имя="Ким") == ["от Киму г.", "да"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("имя|default(«нет»)", 'имя|default("нет")'),
        ("имя|default(„нет“)", 'имя|default("нет")'),
        ("имя|default(“нет”)", 'имя|default("нет")'),
        ("имя|default('«03» мая')", "имя|default('«03» мая')"),
        ('день|дата("«d» MMMM")', 'день|дата("«d» MMMM")'),
        ("а\u00a0—\u202f1", "а - 1"),
        ("имя\u200b", "имя"),
        ("и\u0306", "й"),
    ],
)
def test_quotes_blanks_and_dashes_of_word_become_plain(typed: str, meant: str) -> None:
    assert with_plain_signs(typed) == meant


@given(st.text())
def test_taking_tags_as_meant_never_fails_on_any_text(text: str) -> None:
    with_plain_signs(text)


def test_what_word_leaves_in_passing_is_gone(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        paragraph = document.add_paragraph()
        for xml in (
            "<w:bookmarkStart w:id='7' w:name='_GoBack'/>",
            "<w:bookmarkEnd w:id='7'/>",
            "<w:proofErr w:type='spellStart'/>",
            "<w:r w:rsidR='00A1'><w:rPr><w:lang w:val='en-US'/></w:rPr><w:t>от {{ и</w:t></w:r>",
            "<w:smartTag w:element='x'><w:smartTagPr/><w:r><w:t>мя</w:t></w:r></w:smartTag>",
            "<w:sdt><w:sdtPr><w:alias w:val='поле'/></w:sdtPr><w:sdtContent>"
            "<w:r><w:rPr/><w:t> }}</w:t></w:r></w:sdtContent></w:sdt>",
            "<w:r><w:lastRenderedPageBreak/><w:t>!</w:t></w:r>",
        ):
            insert_xml(paragraph, xml)
        newer = "{http://schemas.microsoft.com/office/word/2010/wordml}"
        paragraph._p.set(f"{newer}paraId", "7F00")
        paragraph._p.append(paragraph._p.makeelement(f"{newer}conflictIns"))

    bench.template(prepare=prepare)
    made = bench.render(имя="Ким")
    assert ooxml.body_text_of(made) == ["от Ким!"]
    xml = read_parts(made)["word/document.xml"].decode()
    for trace in ("_GoBack", "proofErr", "lang", "rsid", "sdt", "smartTag", "paraId", "2010"):
        assert trace not in xml
    assert xml.count("<w:r>") == 1


# --- problems of a template, without data -------------------------------------------------------


def test_a_sound_template_has_no_problems(bench: Bench) -> None:
    bench.template("{{ имя|дат }}", "{%p for п in пары if п.да %}", "{{ п.имя }}", "{%p endfor %}")
    bench.block("низ", "{{ директор }}")
    assert bench.library().check() == []


def test_all_problems_of_all_templates_come_at_once(bench: Bench) -> None:
    bench.template("{{ имя|дта }}", "{%p if %}", "{{ a b }}", name="первый")
    bench.template("{% фор п in пары %}", name="второй")
    bench.block("низ", "{{ }}")
    problems = bench.library().check()
    assert {one.where.file for one in problems} == {"первый.docx", "второй.docx", "блок_низ.docx"}
    first = [one.where.paragraph for one in problems if one.where.file == "первый.docx"]
    assert set(first) == {1, 2, 3}


@pytest.mark.parametrize(
    ("texts", "code", "paragraph", "words"),
    [
        (["да", "{{ имя|дт }}"], "undefined-variable", 2, "фильтра «дт» нет. Возможно"),
        (["{{ приказ.нoмер }}"], "lookalike", 1, "латинские: «o»"),
        (["{{ имя|дaт }}"], "lookalike", 1, "латинские: «a»"),
        (["текст {%p if имя %}", "{%p endif %}"], "bad-template", 1, "«текст» и пропадёт"),
        (["{%p if имя %}", "а", "{%p endif %} хвост"], "bad-template", 3, "«хвост» и пропадёт"),
        (["{%p if имя %}", "а"], "bad-template", 1, "не закрыт"),
        (["а", "{%p endif %}"], "bad-template", 2, "лишний"),
        (["{%p for а in б %}", "{%p endif %}", "{%p endfor %}"], "bad-template", 2, "здесь ждали"),
        (["{%p if имя %}", "а {% endif %}"], "bad-template", 1, "другого вида"),
        (["а {% if имя %}", "б {% endif %}"], "bad-template", 1, "в другом месте"),
        (["{{ имя", "}}"], "bad-template", 1, "без пары"),
        (["{{ имя }"], "bad-template", 1, "без пары"),
        (["{{ }}"], "bad-template", 1, "тег пуст"),
        (["{{ имя; }}"], "bad-template", 1, "не на месте «;»"),
        (["{{ имя) }}"], "bad-template", 1, "лишнее"),
        (["{{ имя дом }}"], "bad-template", 1, "«дом»"),
        (["{%- if а %}да{% endif %}"], "bad-template", 1, "уберите их"),
        (["{% фор п in пары %}"], "bad-template", 1, "команды «фор» нет"),
        (["{% extends «а» %}"], "bad-template", 1, "команды «extends» нет"),
        (["{%tr if имя %}", "{%tr endif %}"], "bad-template", 1, "вне таблицы"),
        (["текст {% include «низ» %}"], "bad-template", 1, "отдельный абзац"),
        (["{%p include «нет» %}"], "undefined-variable", 1, "блока «нет» нет; есть: «низ»"),
        (["{% else %}"], "bad-template", 1, "вне условия"),
    ],
)
def test_a_fault_of_a_tag_names_file_part_paragraph_and_tag(
    bench: Bench, texts: list[str], code: str, paragraph: int, words: str
) -> None:
    bench.template(*texts)
    bench.block("низ", "низ")
    problems = bench.library().check()
    named = [(one.code, one.where.paragraph) for one in problems if words in one.message]
    assert (code, paragraph) in named, [str(one) for one in problems]
    assert {(one.where.file, one.where.part) for one in problems} == {("приказ.docx", "тело")}
    assert all(one.where.tag for one in problems)


def test_a_break_beside_a_tag_is_not_lost_silently(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        document.paragraphs[0].add_run().add_break(WD_BREAK.PAGE)

    bench.template("{%p if имя %}", "а", "{%p endif %}", prepare=prepare)
    assert "рядом с тегом стоит разрыв страницы" in bench.complaint()


def test_a_broken_template_is_not_rendered(bench: Bench) -> None:
    bench.template("{{ имя|дта }}")
    with pytest.raises(TemplateError, match="фильтра «дта» нет"):
        bench.render(имя="а")


def test_text_beside_a_row_tag_is_not_lost_silently(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "{%tr if имя %}", "потерянное"

    bench.template(prepare=prepare)
    assert "«потерянное» и пропадёт" in bench.complaint()


def test_two_row_tags_need_two_rows(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "{%tr for п in пары %}", "{{ п }}{%tr endfor %}"

    bench.template(prepare=prepare)
    assert "поставьте тег в отдельную строку таблицы" in bench.complaint()


def test_a_condition_may_not_leave_its_cell(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "{%p if имя %}", "{%p endif %}"

    bench.template(prepare=prepare)
    assert "стоит в другом месте" in bench.complaint()


def test_words_in_a_templates_own_header_are_warned_of(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Своё {{ имя }}"

    bench.template("а", prepare=prepare)
    (problem,) = bench.library().check()
    assert (problem.is_error, problem.where.part) == (False, "верхний колонтитул")


MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PROMPT = (
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r>"
    "</w:sdtContent></w:sdt>"
)
FORBIDDEN = {
    "<w:ins w:id='1' w:author='я'><w:r><w:t>новое</w:t></w:r></w:ins>": "режиме исправлений",
    "<w:del w:id='1' w:author='я'><w:r><w:delText>оклад</w:delText></w:r></w:del>": "исправлений",
    "<w:commentRangeStart w:id='1'/>": "примечания",
    "<w:r><w:object/></w:r>": "объект другой программы",
    "<w:r><w:pict/></w:r>": "надпись или фигура",
    "<w:r><w:footnoteReference w:id='1'/></w:r>": "сноска",
    "<w:fldSimple w:instr=' INCLUDETEXT c:/x.docx '/>": "поле INCLUDETEXT",
    "<w:r><w:instrText> NUMPAGES </w:instrText></w:r>": "поле NUMPAGES",
    "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>": "автоматический номер",
    "<w:pPr><w:framePr w:w='1'/></w:pPr>": "рамке",
    "<w:r><w:monthLong/></w:r>": "Word ставит сам",
    f"<m:oMath xmlns:m='{MATHS}'><m:r><m:t>x+y</m:t></m:r></m:oMath>": "формула Word",
    f"<m:oMathPara xmlns:m='{MATHS}'><m:oMath/></m:oMathPara>": "формула",
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri='chart'/></a:graphic></wp:inline>"
    "</w:drawing></w:r>": "диаграмма",
    PROMPT.format("Место для ввода текста."): "подсказку «Место для ввода текста.»",
}


def test_what_a_field_for_input_holds_is_printed(bench: Bench) -> None:
    for filled in (
        PROMPT.format("{{ дата }}"),
        PROMPT.format(" "),
        PROMPT.format("Иванова").replace("<w:showingPlcHdr/>", ""),
    ):
        bench.template("а", "б", prepare=lambda one, xml=filled: insert_xml(one.paragraphs[1], xml))
        assert bench.library().check() == []


def test_a_frame_at_the_foot_of_the_page_covers_nothing(bench: Bench) -> None:
    foot = "<w:framePr w:wrap='notBeside' w:vAnchor='margin' w:yAlign='bottom'/>"
    xml = f"<w:pPr>{foot}</w:pPr>"
    bench.template("а", "б", prepare=lambda document: insert_xml(document.paragraphs[1], xml))
    assert bench.library().check() == []


@pytest.mark.parametrize("xml", FORBIDDEN, ids=list(FORBIDDEN.values()))
def test_what_leaks_fetches_or_floats_is_refused(bench: Bench, xml: str) -> None:
    bench.template("а", "б", prepare=lambda document: insert_xml(document.paragraphs[1], xml))
    (problem,) = bench.library().check()
    assert FORBIDDEN[xml] in problem.message
    assert (problem.where.paragraph, problem.is_error) == (2, True)


def test_links_to_other_files_and_macros_are_refused(bench: Bench) -> None:
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://x/attachedTemplate" Target="http://x/a.dotm"'
        b' TargetMode="External"/></Relationships>'
    )
    bench.template("а")
    with_part(bench.templates["приказ"], "word/_rels/settings.xml.rels", outside)
    with_part(bench.templates["приказ"], "word/vbaProject.bin", b"x")
    complaint = bench.complaint()
    assert "присоединён другой шаблон" in complaint
    assert "макросы" in complaint


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"\xd0\xcf\x11\xe0", "не документ .docx"), (b"<html>", "не документ .docx"), (b"", ".docx")],
)
def test_a_file_of_another_kind_is_named(bench: Bench, data: bytes, words: str) -> None:
    bench.template("а")
    bench.templates["приказ"].write_bytes(data)
    (problem,) = bench.library().check()
    assert problem.where.file == "приказ.docx"
    assert words in problem.message


def test_a_missing_template_file_is_named(bench: Bench) -> None:
    bench.templates["приказ"] = bench.folder / "нет.docx"
    assert "«нет.docx»: файл не читается: нет такого файла; " in bench.complaint()


def test_a_broken_house_style_stops_everything(bench: Bench) -> None:
    bench.style.write_bytes(b"x")
    with pytest.raises(TemplateError, match="стиль"):
        bench.library()


def test_an_xml_bomb_is_refused(bench: Bench) -> None:
    bench.template("а")
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with_part(bench.templates["приказ"], "word/document.xml", bomb)
    assert "DOCTYPE" in bench.complaint()


def test_a_zip_bomb_is_refused_before_unpacking(bench: Bench) -> None:
    bench.template("а")
    with_part(bench.templates["приказ"], "word/big.xml", b"0" * 5_000_000)
    assert "недопустимого размера" in bench.complaint()


def test_a_style_that_the_house_does_not_know_is_named(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        document.styles.add_style("Мой стиль", 1)
        document.add_paragraph("б", style="Мой стиль")

    bench.template("а", prepare=prepare)
    (problem,) = bench.library().check()
    assert (problem.where.paragraph, "«Мой стиль»" in problem.message) == (2, True)


def test_styles_are_found_by_name_whatever_word_calls_them_inside(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        style = document.styles["Текст приказа"]
        style.element.set(style.element.nsmap["w"].join("{}") + "styleId", "a17")
        document.add_paragraph("б").style = style

    bench.template(prepare=prepare)
    made = opened(bench.render())
    assert made.paragraphs[0].style.name == "Текст приказа"


# --- faults while rendering ---------------------------------------------------------------------


def _fault(bench: Bench, **names: Any) -> Problem:
    with pytest.raises(DocgenError) as caught:
        bench.render(**names)
    (problem,) = caught.value.problems
    return problem


def test_an_unknown_name_is_told_with_its_place_and_a_suggestion(bench: Bench) -> None:
    bench.template("а", "до {{ имя }} и {{ директро }} после", "б")
    problem = _fault(bench, имя="Ким", директор="Пак")
    assert problem.code == "undefined-variable"
    assert (problem.where.paragraph, problem.where.tag) == (2, "{{ директро }}")
    assert "имени «директро» нет. Возможно, вы имели в виду «директор»." in problem.message


def test_an_unknown_attribute_is_compared_with_the_ones_there_are(bench: Bench) -> None:
    bench.template("{%p for п in пары %}", "{{ п.фамлия }}", "{%p endfor %}")
    problem = _fault(bench, пары=[{"фамилия": "Ким"}])
    assert (problem.where.paragraph, "«фамилия»" in problem.message) == (2, True)


def test_a_fault_inside_a_block_names_the_block(bench: Bench) -> None:
    bench.template("{%p include «низ» %}")
    bench.block("низ", "а", "{{ нет }}")
    problem = _fault(bench)
    assert (problem.where.file, problem.where.paragraph) == ("блок_низ.docx", 2)


def test_a_broken_block_stops_the_kinds_that_include_it(bench: Bench) -> None:
    bench.template("{%p include «низ» %}")
    bench.block("низ", "а", "{{ имя|дта }}")
    problem = _fault(bench, имя="Ким")
    assert (problem.where.file, problem.where.paragraph) == ("блок_низ.docx", 2)


def test_a_block_whose_name_is_computed_is_looked_for_by_name_only(bench: Bench) -> None:
    bench.template("{%p include имя %}")
    bench.block("низ", "внизу")
    assert bench.text(имя="низ") == ["внизу"]
    assert "блока «../низ» нет. Возможно" in _fault(bench, имя="../низ").message


def test_a_row_that_did_not_pass_the_checks_is_told_by_its_own_error(bench: Bench) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RegisterError([])

    bench.template("{{ имя }}")
    with pytest.raises(RegisterError) as caught:
        bench.render(имя=Broken())
    assert caught.value.problems == ()


def test_conditions_on_unknown_names_fail_too(bench: Bench) -> None:
    bench.template("{%p if нет %}", "а", "{%p endif %}")
    assert _fault(bench).where.paragraph == 1


def test_a_filters_own_sentence_is_kept(bench: Bench) -> None:
    bench.template("а", "{{ имя|сломан }}")
    problem = _fault(bench, имя="Ким")
    assert (problem.code, problem.message) == ("bad-template", "«Ким» не склоняется")
    assert problem.where.paragraph == 2


def test_a_filters_own_place_in_a_register_is_kept(bench: Bench) -> None:
    bench.template("{{ имя|нет_пола }}")
    with pytest.raises(RegisterError) as caught:
        bench.render(имя="Ким")
    assert caught.value.problems[0].where.cell == "C7"


@pytest.mark.parametrize(
    "value", [None, True, 5.0, float("nan"), dt.date(2026, 9, 1), dt.time(0, 0), [1], {}]
)
def test_values_that_would_print_in_python_are_refused(bench: Bench, value: object) -> None:
    bench.template("{{ имя }}")
    problem = _fault(bench, имя=value)
    assert (problem.code, problem.where.tag) == ("bad-template", "{{ имя }}")


def test_pythons_words_inside_joined_texts_are_found(bench: Bench) -> None:
    bench.template("{{ «от » ~ день }}")
    assert "None" in _fault(bench, день=None).message


def test_plain_text_is_not_taken_for_made_markup(bench: Bench) -> None:
    bench.template("{{p имя }}")
    assert "готовую разметку" in _fault(bench, имя="<w:p/>").message


def test_an_expected_signer_must_be_found(bench: Bench) -> None:
    bench.template("Директор {{ имя }}")
    made = bench.library().render("приказ", {"имя": "А.Б.\u00a0Ким"}, title="")
    signers = [
        MarkedSigner("директор", "Ким Анна Борисовна"),
        MarkedSigner("директор", "Пак Вера Глебовна"),
    ]
    assert absent_signers(signers, made.printed) == ["Пак Вера Глебовна"]


def test_blocks_that_include_each_other_end_in_a_sentence(bench: Bench) -> None:
    bench.template("{%p include «а» %}")
    bench.block("а", "{%p include «б» %}")
    bench.block("б", "{%p include «а» %}")
    assert "по кругу" in bench.complaint()
    assert "по кругу" in _fault(bench).message


PAYLOADS = [
    "''.__class__.__mro__[1].__subclasses__()",
    "cycler.__init__.__globals__.os.popen('touch {0}').read()",
    "lipsum.__globals__['os'].popen('touch {0}').read()",
    "self.__init__.__globals__.__builtins__.open('{0}', 'w')",
    "self._TemplateReference__context.cycler.__init__.__globals__.os.system('touch {0}')",
    "joiner.__init__.__globals__.os.system('touch {0}')",
    "namespace.__init__.__globals__.os.system('touch {0}')",
    "().__class__.__base__.__subclasses__()[0]",
    "range.__class__.__mro__",
    "имя.__class__.__init__.__globals__",
    "имя|attr('__class__')",
    "''['__class__']['__mro__']",
    "имя.format.__self__.__class__",
    "'{{0.__class__}}'.format(имя)",
    "'{{0.__class__.__mro__}}'.format_map({{'0': имя}})",
    "dict.__base__.__subclasses__()",
    "список.append(1)",
    "список.clear()",
    "(lambda: 1).__globals__",
    "loop.__init__.__globals__",
    "config.__class__.__init__.__globals__['os'].system('touch {0}')",
    "[].__class__.__base__.__subclasses__()|map(attribute='__init__.__globals__')|list",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("part", ["body", "header", "property"])
def test_a_template_cannot_run_programs(bench: Bench, payload: str, part: str) -> None:
    canary = bench.folder / "взлом"
    tag = "{{ " + payload.replace("{0}", str(canary)).replace("{{", "{").replace("}}", "}") + " }}"
    bench.template(tag if part == "body" else "а")
    if part == "header":
        write_style(bench.style, header=tag)
    try:
        made = bench.render(имя="Ким", список=[1], title=tag if part == "property" else "")
        spoken = "\n".join(text_of(made))
        assert "class" not in spoken
        assert "function" not in spoken
    except DocgenError:
        assert part != "property"
    assert not canary.exists()


# --- the package ----------------------------------------------------------------------------------


def test_the_same_inputs_give_the_same_bytes(bench: Bench) -> None:
    bench.template("{{ имя }}")
    first = hashlib.sha256(bench.render(имя="Ким")).hexdigest()
    assert hashlib.sha256(bench.render(имя="Ким")).hexdigest() == first
    library = bench.library()
    library.render("приказ", {"имя": "Пак"}, title="Иное")
    again = library.render("приказ", {"имя": "Ким"}, title="Приказ").docx
    assert hashlib.sha256(again).hexdigest() == first


def test_nothing_tells_who_when_and_where(bench: Bench) -> None:
    bench.template("{{ имя }}")
    made = bench.render(имя="Ким", title="О наставничестве & <прочем>")
    parts = read_parts(made)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    core = parts["docProps/core.xml"].decode()
    assert "<dc:title>О наставничестве &amp; &lt;прочем&gt;</dc:title>" in core
    for word in ("creator", "lastModifiedBy", "created", "modified", "revision"):
        assert word not in core
    for data in parts.values():
        assert b"rsid" not in data
    assert opened(made).core_properties.language == "ru-RU"


def test_the_house_style_gives_sheet_margins_and_header(bench: Bench) -> None:
    bench.template("а")
    (section,) = opened(bench.render()).sections
    assert [round(one.mm) for one in (section.left_margin, section.right_margin)] == [30, 10]
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header._element.xml


def test_a_lying_sheet_keeps_its_binding_margin_at_the_binding(bench: Bench) -> None:
    bench.template("а")
    (section,) = opened(bench.render(landscape=True)).sections
    margins = (
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin,
    )  # fmt: skip
    assert [round(one.mm) for one in margins] == [30, 20, 10, 25]
    assert round(section.page_width.mm) == 297
    assert bench.library().house.text_width(is_landscape=True) == pytest.approx(
        (297 - 20 - 25) / 25.4 * 1440, abs=3
    )


def test_sections_of_a_template_keep_only_which_way_they_lie(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        section = document.add_section()
        section.orientation = 1
        section.page_width, section.page_height = section.page_height, section.page_width
        document.add_paragraph("лёжа")

    bench.template("стоя", prepare=prepare)
    made = bench.render()
    assert structure_of(made).is_landscape == (False, True)
    first, second = opened(made).sections
    assert (round(first.left_margin.mm), round(second.top_margin.mm)) == (30, 30)
    assert (
        first.different_first_page_header_footer,
        second.different_first_page_header_footer,
    ) == (
        True,
        False,
    )


def test_a_note_stands_in_the_header_of_every_page(bench: Bench) -> None:
    bench.template("а")
    (section,) = opened(bench.render(note="ПРОЕКТ")).sections
    assert section.first_page_header.paragraphs[0].text == "ПРОЕКТ"
    assert section.header.paragraphs[0].text == "ПРОЕКТ"
    assert 'w:instr="PAGE"' in section.header._element.xml
    assert text_of(bench.render())[-1] == "а"


def test_one_kind_is_made_with_and_without_running_headers(bench: Bench) -> None:
    bench.template("а")
    library = bench.library()
    for has_headers in (True, False, True):
        made = library.render("приказ", {}, title="", has_headers_footers=has_headers)
        assert any("header" in part for part in read_parts(made.docx)) is has_headers


def test_tags_in_the_header_of_the_house_style_are_filled(bench: Bench) -> None:
    write_style(bench.style, header="{{ имя }} ")
    bench.template("а")
    assert "Ким " in text_of(bench.render(имя="Ким"))
    problem = _fault(bench)
    assert (problem.where.file, problem.where.part) == ("стиль.docx", "верхний колонтитул")


def test_tags_are_filled_in_a_header_with_a_note(bench: Bench) -> None:
    write_style(bench.style, header="{{ имя }} ")
    bench.template("а")
    texts = text_of(bench.render(имя="Ким", note="ПРОЕКТ"))
    assert texts == ["ПРОЕКТ", "Ким ", "ПРОЕКТ", "а"]


def test_pictures_of_a_template_come_along(bench: Bench) -> None:
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
    )
    bench.template("а", prepare=lambda document: document.add_picture(io.BytesIO(picture)))
    assert bench.complaint() == ""
    made = opened(bench.render())
    (shape,) = made.inline_shapes
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    assert made.part.related_parts[blip.embed].blob == picture


def test_a_bookmark_inside_a_loop_gets_a_name_for_each_copy(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        paragraph = document.paragraphs[1]
        insert_xml(paragraph, "<w:bookmarkStart w:id='0' w:name='подпись'/>")
        insert_xml(paragraph, "<w:bookmarkEnd w:id='0'/>")

    bench.template("{%p for п in пары %}", "{{ п }}", "{%p endfor %}", prepare=prepare)
    assert bookmarks_of(bench.render(пары=[1, 2])) == ("подпись", "подпись_2")


# --- the variables of a kind ----------------------------------------------------------------------


def test_variables_follow_loops_names_and_blocks(bench: Bench) -> None:
    bench.template(
        "{{ приказ.номер }} {{ приказ['дата']|дата }}",
        "{%p for п in приказ.пары|sort if п.есть %}",
        "{{ loop.index }} {{ п.наставник.фио|дат }} {{ приказ[п.ключ] }}",
        "{%p endfor %}",
        "{%p set р = приказ.руководитель %}",
        "{{ р.должность }} {% with к = куратор %}{{ к.фио }}{% endwith %}",
        "{%p include «низ» %}",
    )
    bench.block("низ", "{{ р.имя }} {{ кабинет }}")
    assert bench.library().variables("приказ") >= {
        "приказ.номер", "приказ.дата", "приказ.пары", "приказ.пары[].есть",
        "приказ.пары[].наставник.фио", "приказ.пары[].ключ", "приказ.руководитель.должность",
        "приказ.руководитель.имя", "куратор.фио", "кабинет",
    }  # fmt: skip


def test_a_broken_template_has_no_variables(bench: Bench) -> None:
    bench.template("{{ имя|дта }}")
    assert bench.library().variables("приказ") == set()


# --- pictures and links ------------------------------------------------------------------------


def view(data: bytes = b"", width_mm: float = 0) -> PictureView:
    read = ooxml.read_picture(data or picture(), "подпись.png")
    return PictureView(replace(read, width_mm=width_mm))


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def link(target: str, words: str = "сайт") -> Callable[[Any], None]:
    """Return what puts a link into the first paragraph of a template."""

    def prepare(document: Any) -> None:
        hyperlink = RELATIONS + "/hyperlink"
        identity = document.part.relate_to(target, hyperlink, is_external=True)
        text = f"<w:hyperlink r:id='{identity}'><w:r><w:t>{words}</w:t></w:r></w:hyperlink>"
        insert_xml(document.paragraphs[0], text)

    return prepare


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def targets(docx: bytes) -> list[str]:
    rels = parts_of(docx)["word/_rels/document.xml.rels"].decode()
    return re.findall(r'relationships/(?:hyperlink|image)" Target="([^"]*)"', rels)


def test_a_picture_is_printed_where_its_tag_stands(bench: Bench) -> None:
    bench.template("подпись: {{ подпись }}!", "конец")
    docx = bench.render(подпись=view(width_mm=20))
    assert ooxml.body_text_of(docx) == ["подпись: !", "конец"]
    (target,) = targets(docx)
    parts = parts_of(docx)
    assert parts[f"word/{target}"] == picture()
    assert b'Extension="png"' in parts["[Content_Types].xml"]
    assert b'<wp:extent cx="720000" cy="360000"/>' in parts["word/document.xml"]
    assert docx == bench.render(подпись=view(width_mm=20))


def test_pictures_of_a_loop_are_numbered_and_stored_once(bench: Bench) -> None:
    bench.template("{%p for п in люди %}", "{{ п }}", "{%p endfor %}", "{{ люди[0] }}")
    docx = bench.render(люди=[view(), view(), view(picture((9, 9)))])
    body = parts_of(docx)["word/document.xml"].decode()
    assert re.findall(r'<wp:docPr id="(\d+)"', body) == ["1", "2", "3", "4"]
    assert len(targets(docx)) == 2
    assert len(opened(docx).inline_shapes) == 4


def test_a_document_without_pictures_is_as_it_was(bench: Bench) -> None:
    bench.template("{% if подпись %}{{ подпись }}{% endif %}слово")
    assert targets(bench.render(подпись="")) == []


def test_a_picture_in_a_block_is_printed_by_tag_and_as_drawn(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        document.add_picture(io.BytesIO(picture((7, 7))))

    bench.template("а", '{%p include "низ" %}', '{%p include "низ" %}')
    bench.block("низ", "{{ подпись }}", prepare=prepare)
    docx = bench.render(подпись=view())
    body = parts_of(docx)["word/document.xml"].decode()
    assert re.findall(r'<wp:docPr id="(\d+)"', body) == ["1", "2", "3", "4"]
    assert len(targets(docx)) == 2
    assert len(opened(docx).inline_shapes) == 4


def test_a_link_in_a_block_stays(bench: Bench) -> None:
    bench.template("а", '{%p include "низ" %}')
    bench.block("низ", "см. ", prepare=link("https://a.ru/b"))
    assert targets(bench.render()) == ["https://a.ru/b"]


def test_a_picture_in_a_header_is_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.style = write_style(tmp_path / "стиль.docx", header="{{ герб }}")
    bench.template("а")
    with pytest.raises(TemplateError, match="колонтитуле"):
        bench.render(герб=view())


def test_a_picture_is_no_paragraph_of_markup(bench: Bench) -> None:
    bench.template("а", "{{p подпись }}")
    with pytest.raises(TemplateError, match="без буквы"):
        bench.render(подпись=view())


@pytest.mark.parametrize(
    ("target", "filled"),
    [
        ("mailto:%7B%7B%20%D0%BF%D0%BE%D1%87%D1%82%D0%B0%20%7D%7D", "mailto:a@b.ru"),
        ("mailto:{{ почта }}", "mailto:a@b.ru"),
        ("https://{{ сайт }}/x?a={{ н }}", "https://school5.ru/x?a=5"),
        ("{{ сайт }}", "http://school5.ru"),
        ("{{ почта }}", "mailto:a@b.ru"),
        ("https://%7b%7b сайт|lower %7d%7d", "https://school5.ru"),
        ("{% if н %}https://{{ сайт }}{% else %}http://b.ru{% endif %}", "https://school5.ru"),
        ("https://a.ru/b", "https://a.ru/b"),
    ],
)
def test_a_tag_in_the_address_of_a_link_is_filled(bench: Bench, target: str, filled: str) -> None:
    bench.template("см. ", prepare=link(target, "{{ слово }}"))
    assert bench.complaint() == ""
    docx = bench.render(почта="a@b.ru", сайт="school5.ru", н=5, слово="сайт")
    assert ooxml.body_text_of(docx) == ["см. сайт"]
    assert targets(docx) == [filled]
    assert b'w:styleId="Hyperlink"' in parts_of(docx)["word/styles.xml"]


def test_a_link_inside_a_loop_leads_elsewhere_each_time(bench: Bench) -> None:
    def prepare(document: Any) -> None:
        link("mailto:{{ п }}")(document)
        document.paragraphs[0]._p.addprevious(document.paragraphs[1]._p)

    bench.template("", "{%p for п in люди %}", "{%p endfor %}", prepare=prepare)
    docx = bench.render(люди=["a@b.ru", "c@d.ru", "a@b.ru"])
    assert sorted(targets(docx)) == ["mailto:a@b.ru", "mailto:c@d.ru"]
    body = parts_of(docx)["word/document.xml"].decode()
    assert len(re.findall('<w:hyperlink r:id="link', body)) == 3


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///c:/a.docx",
        "\\\\server\\share",
        "smb://server/a",
        "a.docx",
        "www.a.ru",
        "ftp://a.ru",
    ],
)
def test_a_link_to_anything_but_the_web_is_refused_with_its_paragraph(
    bench: Bench, target: str
) -> None:
    bench.template("см. ", prepare=link(target))
    (problem,) = bench.library().check()
    assert (problem.code, problem.where.paragraph) == ("bad-template", 1)
    assert target in problem.message


def test_a_value_that_is_no_address_is_refused_with_the_paragraph(bench: Bench) -> None:
    bench.template("см. ", prepare=link("{{ сайт }}"))
    with pytest.raises(TemplateError) as caught:
        bench.render(сайт="javascript:alert(1)")
    (problem,) = caught.value.problems
    assert (problem.where.file, problem.where.paragraph) == ("приказ.docx", 1)
    assert "javascript:alert(1)" in problem.message


def test_a_name_that_an_address_asks_for_must_exist(bench: Bench) -> None:
    bench.template("см. ", prepare=link("mailto:{{ почьта }}"))
    with pytest.raises(TemplateError, match="почьта"):
        bench.render(почта="a@b.ru")


def test_a_table_brings_its_pictures_and_links(bench: Bench) -> None:
    bench.template("а", "{{p таблица }}")
    one = TableCell("сайт", NOWHERE, link="https://a.ru")
    two = TableCell("", NOWHERE, pictures=(view().picture,))
    made = Table("План", NOWHERE, (0.5, 0.5), 0, (TableRow(1, (one, two)),))
    docx = bench.render(таблица=bench.library().table(made))
    assert sorted(one.partition(":")[0][:5] for one in targets(docx)) == ["https", "media"]
