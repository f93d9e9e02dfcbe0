"""One school's year: pairs, consents, children, and the orders between them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model import PersonName, PlannedDocument, Record, Reference
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.plan import Plan, plan_documents
from docgen.records import check_workspace
from tests.support.shipped import ready_at

ROOT = Path(__file__).resolve().parents[2]
BOOK = "Наставничество.xlsx"
SCHOOL = ROOT / "registers" / "school"
ORDER_KINDS = (
    "приказ_о_внедрении",
    "приказ_о_кураторе",
    "приказ_о_парах",
    "приказ_о_парах_обучающихся",
)


@cache
def prepared() -> Ready:
    """Return the school's registers and templates, read once."""
    return ready_at(SCHOOL)


@cache
def planned() -> Plan:
    """Return every paper of the school's year."""
    return plan_of(prepared())


def plan_of(ready: Ready) -> Plan:
    assert ready.workspace is not None
    return plan_documents(ready.workspace, ready.kinds)


def papers(kind: str, *, blank: bool = False) -> list[PlannedDocument]:
    """Return the papers of a kind, or its blank forms."""
    return [
        paper
        for paper in planned().documents
        if paper.kind.name == kind and paper.is_blank_form == blank
    ]


def text_of(paper: PlannedDocument, ready: Ready | None = None) -> str:
    """Return the words of a paper as its .docx holds them, blanks and hyphens folded."""
    return folded(words_of(rendered(paper, ready).docx))


def rendered(paper: PlannedDocument, ready: Ready | None = None) -> Rendered:
    """Return a paper as it is made, each of the unchanged school's only once."""
    return made(paper) if ready is None else made_from(paper, ready)


@cache
def made(paper: PlannedDocument) -> Rendered:
    return made_from(paper, prepared())


def made_from(paper: PlannedDocument, ready: Ready) -> Rendered:
    outcome = render(paper, ready)
    assert isinstance(outcome, Rendered), outcome
    return outcome


def words_of(docx: bytes) -> str:
    body = Document(io.BytesIO(docx)).element.body
    marks = (qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:p"))
    return "".join(
        (node.text or "") if node.tag == qn("w:t") else "\n" for node in body.iter(*marks)
    )


def folded(text: str) -> str:
    return " ".join(text.replace("\u2011", "-").split())


def rows(register: str) -> tuple[Record, ...]:
    return prepared().workspace.records[register]


def name_of(record: Record, column: str = "фио") -> str:
    value = record.values[column]
    assert isinstance(value, PersonName)
    return value.text


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Ready]:
    """Return a way to read the school again after a change in its workbook."""

    def change(touch: Callable[[Worksheet], object], sheet: str) -> Ready:
        folder = tmp_path / "school"
        folder.mkdir(exist_ok=True)
        book = load_workbook(SCHOOL / BOOK)
        touch(book[sheet])
        book.save(folder / BOOK)
        return ready_at(folder)

    return change


def cell_with(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Return row and column of the first cell that holds this text."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text and cell.column is not None:
                return cell.row, cell.column
    raise AssertionError(text)


# --- the registers ---------------------------------------------------------------------------


def test_the_school_has_nothing_to_complain_of() -> None:
    ready = prepared()
    assert ready.workspace is not None
    assert [str(problem) for problem in ready.problems] == []
    assert [str(problem) for problem in check_workspace(ready.workspace)] == []
    assert planned().problems == []
    assert planned().left_out == 0


def day_in(record: Record, column: str) -> dt.date:
    day = record.values[column]
    assert isinstance(day, dt.date)
    return day


def test_dates_follow_each_other_as_the_law_wants() -> None:
    orders = {row.identity: row for row in rows("приказы")}
    for mark in rows("грифы"):
        paper = mark.values["чем"]
        dated = orders[paper.identity] if isinstance(paper, Reference) else mark
        assert day_in(dated, "дата") <= day_in(orders["О внедрении"], "дата")
    for pair in rows("пары"):
        order = pair.values["приказ"]
        assert isinstance(order, Reference)
        assert day_in(orders[order.identity], "дата") <= day_in(pair, "с")
    drafts = [name for name, row in orders.items() if row.values["состояние"] != "на подписи"]
    assert drafts == ["О завершении"]


def test_signatory_is_the_acting_head_only_while_the_director_is_away() -> None:
    acting = [row for row in rows("организация") if row.values.get("исполняющий")]
    assert len(acting) == 1
    assert acting[0].ends is not None
    assert acting[0].ends < dt.date(2026, 8, 31)
    for kind in ORDER_KINDS:
        (signer,) = rendered(papers(kind)[0]).signers
        assert signer[:3] == ("руководитель", "Мельник Анна Петровна", "sign_1")


# --- what comes out --------------------------------------------------------------------------


def test_every_paper_of_the_year_is_there_once() -> None:
    counted = Counter(paper.kind.name for paper in planned().documents if not paper.is_blank_form)
    assert counted == {
        **dict.fromkeys(ORDER_KINDS, 1),
        "приказ": 2,
        "положение_о_наставничестве": 1,
        "положение_о_наставничестве_обучающихся": 1,
        "приложение_таблица": 1,
        "список_пар_обучающихся": 1,
        "приложение_текст": 2,
        "бумага_текст": 1,
        "письмо": 1,
        "лист_ознакомления": 13,
        "лист_ознакомления_позже": 1,
        "лист_согласования": 1,
        "лист_ознакомления_с_актом": 1,
        "выписка_о_паре": 24,
        "согласие_на_наставничество": 23,
        "поручение_наставнику": 1,
        "дополнительное_соглашение": 10,
        "приказ_о_выплатах": 1,
        "выписка_о_выплате": 11,
        "программа_наставничества": 12,
        "приказ_о_программах": 1,
        "перечень_программ": 1,
        "служебная_записка_о_выплате": 1,
        "приказ_об_оплате_наставничества": 1,
        "согласие_на_участие": 4,
        "согласие_на_обработку_данных": 24,
        "согласие_представителя": 4,
        "согласие_на_распространение": 24,
        "согласие_на_распространение_представителя": 4,
        "акт_об_уничтожении": 1,
        "приказ_о_допуске": 1,
        "обязательство_о_неразглашении": 3,
        "банк_наставников": 1,
        "банк_наставляемых": 1,
        "банк_обучающихся": 1,
        "сведения_для_банка": 1,
        "приказ_о_реестре_наставников": 1,
        "реестр_наставников": 1,
        "приказ_о_мониторинге": 1,
        "форма_сведений": 1,
        "сведения_о_наставничестве": 1,
        "протокол": 1,
        "приказ_о_завершении": 1,
    }
    outputs = [paper.output for paper in planned().documents]
    assert len(set(outputs)) == len(outputs)


def test_each_consent_has_one_blank_form_with_lines_to_write_on() -> None:
    for kind in ("наставничество", "обработку_данных"):
        (blank,) = papers(f"согласие_на_{kind}", blank=True)
        assert "____ (фамилия, имя, отчество)" in text_of(blank)
    (blank,) = papers("согласие_обучающегося", blank=True)
    assert "(серия, номер, кем и когда выдан)" in text_of(blank)
    (blank,) = papers("согласие_представителя", blank=True)
    assert "Обучающийся с 14 лет" in text_of(blank)


def test_pair_order_holds_twelve_pairs_of_teachers_and_no_child() -> None:
    (order,) = papers("приказ_о_парах")
    docx = Document(io.BytesIO(rendered(order).docx))
    table = next(table for table in docx.tables if len(table.columns) == 5)
    assert [row.cells[0].text for row in table.rows[1:]] == [str(n) for n in range(1, 13)]
    first = [folded(cell.text) for cell in table.rows[1].cells]
    assert first[1:] == [
        "Черных Наталья Викторовна, учитель русского языка и литературы",
        "Кузнецова Ольга Николаевна, учитель русского языка и литературы",
        "педагог – педагог; подготовка обучающихся к итоговому сочинению",
        "с 15.09.2026 по 28.05.2027",
    ]
    text = text_of(order)
    assert not [child for child in rows("дети") if name_of(child) in text]


def test_namesakes_are_told_apart_by_their_numbers() -> None:
    posts = {
        folded(str(view.title)): text_of(view)
        for view in papers("согласие_на_наставничество")
        if "Кузнецова О.Н." in view.title
    }
    teacher = posts["Согласие на наставничество: Кузнецова О.Н. (наставник)"]
    novice = posts["Согласие на наставничество: Кузнецова О.Н. (наставляемый)"]
    assert "от учителя начальных классов Кузнецовой Ольги Николаевны" in teacher
    assert "от учителя русского языка и литературы Кузнецовой Ольги Николаевны" in novice


def test_children_stand_only_in_the_appendix_and_in_their_own_consents() -> None:
    names = [name_of(child).split()[0] for child in rows("дети")]
    allowed = {
        "список_пар_обучающихся",
        "банк_обучающихся",
        "согласие_представителя",
        "согласие_на_участие",
        "согласие_на_распространение_представителя",
    }
    for paper in planned().documents:
        found = [name for name in names if name in text_of(paper)]
        assert bool(found) == (paper.kind.name in allowed and not paper.is_blank_form), paper.title
    (listed,) = papers("список_пар_обучающихся")
    assert all(name in text_of(listed) for name in names)
    assert "Вдовиченко Софья Антоновна, обучающаяся 6 «Б» класса" in text_of(listed)


def test_children_and_their_families_are_asked_to_sign_nothing_but_their_consent() -> None:
    for sheet in papers("лист_ознакомления"):
        assert not [one for one in rendered(sheet).signers if "Соколов" in one.name]


def test_everybody_is_to_be_acquainted_in_groups() -> None:
    (sheet,) = [one for one in papers("лист_ознакомления") if "163-од" in one.title]
    text = text_of(sheet)
    groups = [text.index(name) for name in ("Дата Работники", "Наставники", "Наставляемые")]
    assert groups == sorted(groups)
    signers = [one.name for one in rendered(sheet).signers]
    numbered = [text.index(f"{number} {name}") for number, name in enumerate(signers, start=1)]
    assert numbered == sorted(numbered)
    assert text.index("4 Черных") > groups[1]
    # Before anybody has read it nobody is called acquainted.
    assert re.findall(r"ознакомлен\S*", text) == ["ознакомлен(а):"]


def test_those_who_were_away_have_a_sheet_of_their_own_and_the_first_one_stays() -> None:
    (later,) = papers("лист_ознакомления_позже")
    assert [one.name for one in rendered(later).signers] == ["Рудаков Сергей Иванович"]
    (sheet,) = [one for one in papers("лист_ознакомления") if "163-од" in one.title]
    assert "Рудаков" not in text_of(sheet)
    assert "Дорохина Вера Степановна" in text_of(sheet)


def test_those_who_agree_stand_in_the_order_of_the_register() -> None:
    (sheet,) = papers("лист_согласования")
    assert [one.name for one in rendered(sheet).signers] == [
        "Левченко Ирина Юрьевна",
        "Рудаков Сергей Иванович",
        "Дорохина Вера Степановна",
    ]
    assert "ЛИСТ СОГЛАСОВАНИЯ к проекту приказа МБОУ СОШ № 5 О закреплении" in text_of(sheet)


# --- consents --------------------------------------------------------------------------------

NINE_ITEMS = (
    # 152-ФЗ ст. 9 ч. 4, п. 1: the person, address, identity paper
    "Субъект персональных данных",
    "(адрес регистрации)",
    "(серия, номер, кем и когда выдан)",
    # п. 3: the operator and its address
    "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа "
    "№ 5» города Верхнеозёрска, 000005, г. Верхнеозёрск, ул. Кленовая, д. 5",
    # п. 4-8: purpose, data, who processes on commission, actions and methods, term, withdrawal
    "Цель обработки",
    "Перечень персональных данных",
    "Обработка по поручению оператора другим лицом",
    "Действия с персональными данными",
    "Способы обработки",
    "по 31 августа 2027 г. включительно",
    "Порядок отзыва",
    # п. 9: the signature, dated by hand
    "(подпись)",
    "(дата)",
)


def test_consent_to_processing_has_all_nine_items_and_its_recipient() -> None:
    for consent in papers("согласие_на_обработку_данных"):
        text = text_of(consent)
        assert [item for item in NINE_ITEMS if item not in text] == []
        assert "Цель обработки формирование и ведение муниципального банка наставников" in text
        assert "«Информационно-методический центр» города Верхнеозёрска, 000001," in text
        assert not re.search(r"наставничество на|трудов|приказ", text)


def test_consent_of_a_minor_names_child_representative_and_powers() -> None:
    consents = {str(paper.title): paper for paper in papers("согласие_представителя")}
    guardian = text_of(next(p for title, p in consents.items() if "Гайдай" in title))
    assert (
        "законный представитель (попечитель) несовершеннолетней Гайдай Марии Олеговны" in guardian
    )
    assert "распоряжение администрации города Верхнеозёрска от 12.02.2021 № 84-р" in guardian
    father = text_of(next(p for title, p in consents.items() if "Вдовиченко" in title))
    assert "(отец) несовершеннолетней Вдовиченко Софьи Антоновны" in father
    assert "(свидетельство о рождении: серия, номер, дата выдачи)" in father
    items = [item for item in NINE_ITEMS if item not in father]
    assert items == []


def test_a_child_signs_too_from_fourteen() -> None:
    signers = {
        signed.plan.title.split(": ")[1].split(" (")[0]: [one.role for one in signed.signers]
        for signed in map(rendered, papers("согласие_представителя"))
    }
    both = ["законный представитель", "обучающийся"]
    assert signers == {
        "Соколов А.Д.": both,
        "Вдовиченко С.А.": ["законный представитель"],
        "Гайдай М.О.": both,
        "Зуев К.С.": both,
    }


OF_ADULT_PUPILS = (
    "согласие_обучающегося",
    "согласие_на_распространение_обучающегося",
    "согласие_на_участие",
)


def test_at_eighteen_a_pupil_consents_alone(changed: Callable[..., Ready]) -> None:
    def age(sheet: Worksheet) -> None:
        row, _ = cell_with(sheet, "Гайдай Мария Олеговна")
        _, column = cell_with(sheet, "Дата рождения")
        sheet.cell(row, column).value = dt.date(2008, 6, 5)

    ready = changed(age, "Дети и родители")
    consents = [p for p in plan_of(ready).documents if p.kind.family == "consent"]
    own, shown, part = sorted(
        (p for p in consents if "Гайдай" in p.title),
        key=lambda p: OF_ADULT_PUPILS.index(p.kind.name),
    )
    assert [one.role for one in rendered(shown, ready).signers] == ["субъект персональных данных"]
    assert "Черненко" not in text_of(shown, ready)
    assert [one.role for one in rendered(part, ready).signers] == ["обучающийся"]
    assert "Черненко" not in text_of(part, ready)
    (signer,) = rendered(own, ready).signers
    assert signer[:3] == ("субъект персональных данных", "Гайдай Мария Олеговна", "sign_1")
    assert "Черненко" not in text_of(own, ready)


def test_dates_and_signatures_of_consents_are_left_to_the_hand() -> None:
    for kind in ("на_наставничество", "на_обработку_данных"):
        for consent in papers(f"согласие_{kind}"):
            text = text_of(consent)
            assert "«____» ___________ 20___ г." in text
            assert "2026 г. № 163" not in text


def test_mentor_may_refuse_with_three_working_days_of_notice() -> None:
    for consent in papers("согласие_на_наставничество"):
        text = text_of(consent)
        is_mentor = "(наставник)" in consent.title
        assert (
            "предупредив об этом работника не менее чем за три рабочих дня" in text
        ) == is_mentor
        assert "с 15 сентября 2026 г. по 28 мая 2027 г." in text
        assert ("Выплаты" in text) == is_mentor


def test_mentoring_within_the_job_function_is_commissioned_without_consent_and_extra_pay() -> None:
    assert not [p for p in papers("согласие_на_наставничество") if "Лебедь" in p.title]
    (lebed,) = papers("поручение_наставнику")
    text = text_of(lebed)
    assert "по которым наставничество входит в Ваши должностные обязанности" in text
    assert not re.search(r"10 % оклада|351\.8|отказаться|даю", text)
    assert [one.name for one in rendered(lebed).signers] == [
        "Мельник Анна Петровна",
        "Лебедь Игорь Валентинович",
    ]
    assert [p for p in papers("согласие_на_наставничество") if "Грищук" in p.title]


# --- orders ----------------------------------------------------------------------------------


def test_acts_of_orders_are_those_in_force_in_2026() -> None:
    (order,) = papers("приказ_о_внедрении")
    text = text_of(order)
    for act in ("№ 273-ФЗ", "статьёй 351.8 Трудового кодекса", "№ 1264-р", "«Молодёжь и дети»"):
        assert act in text
    assert "№ Р-145" not in text
    (pupils,) = papers("приказ_о_парах_обучающихся")
    assert "№ Р-145" in text_of(pupils)


def test_no_sentence_of_an_order_ends_with_two_stops() -> None:
    for paper in planned().documents:
        assert ".." not in text_of(paper), paper.title


def test_control_stays_with_the_director_or_is_laid_on_a_deputy() -> None:
    own = text_of(papers("приказ_о_парах")[0])
    assert "7. Контроль за исполнением настоящего приказа оставляю за собой." in own
    laid = text_of(papers("приказ_о_парах_обучающихся")[0])
    assert (
        "7. Контроль за исполнением настоящего приказа возложить на заместителя директора "
        "по учебно-воспитательной работе Рудакова С.И. Основание:"
    ) in laid


def test_order_names_its_appendices_and_they_name_the_order() -> None:
    text = text_of(papers("приказ_о_внедрении")[0])
    assert "Положение о системе наставничества педагогических работников (приложение № 1);" in text
    assert "Дорожную карту внедрения системы наставничества" in text
    position = text_of(papers("положение_о_наставничестве")[0])
    assert position.startswith(
        "Приложение № 1 УТВЕРЖДЕНО приказом МБОУ СОШ № 5 от 31.08.2026 № 147-од"
    )
    assert "ПРИНЯТО педагогическим советом (протокол от 27.08.2026 № 1)" in position
    roadmap = text_of(papers("приложение_таблица")[0])
    assert "УТВЕРЖДЕНА приказом МБОУ СОШ № 5 от 31.08.2026 № 147-од" in roadmap


def test_roadmap_has_seven_stages() -> None:
    workspace = prepared().workspace
    assert workspace is not None
    table = workspace.tables["Дорожная карта"]
    stages = [row for row in table.rows if row.cells[0] and row.cells[0].columns == 5]
    assert len(stages) == 7


def test_number_changed_in_one_cell_changes_every_mark(
    changed: Callable[..., Ready],
) -> None:
    def renumber(sheet: Worksheet) -> None:
        row, column = cell_with(sheet, "147-од")
        sheet.cell(row, column).value = "150-од"

    ready = changed(renumber, "Приказы")
    for paper in plan_of(ready).documents:
        assert "147-од" not in text_of(paper, ready)
        assert "147-од" not in paper.title + paper.output


def test_a_man_as_curator_changes_case_and_gender_everywhere(
    changed: Callable[..., Ready],
) -> None:
    def replace(sheet: Worksheet) -> None:
        row, column = cell_with(sheet, "Левченко Ирина Юрьевна")
        sheet.cell(row, column).value = "Заречный Пётр Ильич"

    def follow(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("Левченко Ирина Юрьевна", "Заречный Пётр Ильич")

    def both(sheet: Worksheet) -> None:
        replace(sheet)
        assert sheet.parent is not None
        for name in ("Организация", "Приказы", "Пункты", "Допуск к данным", "Повестка заседаний"):
            follow(sheet.parent[name])

    ready = changed(both, "Сотрудники")
    orders = {p.kind.name: text_of(p, ready) for p in plan_of(ready).documents if p.order}
    assert (
        "Назначить заместителя директора по методической работе Заречного П.И. куратором"
        in (orders["приказ_о_кураторе"])
    )
    assert (
        "заместителю директора по методической работе Заречному П.И.:" in (orders["приказ_о_парах"])
    )
    assert "Левченко" not in orders["приказ_о_парах"]


def test_an_ended_pair_is_read_by_its_order_so_that_a_signed_one_notices() -> None:
    reads = rendered(papers("приказ_о_парах")[0]).reads
    assert sum(key.endswith("/прекращена") for key in reads) == 12
