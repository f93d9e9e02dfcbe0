"""The filters and names of templates, asked for as a template asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from docgen.errors import TemplateError
from docgen.model import BlankRow, Kind, PlannedDocument, Reference, SignatureRule
from docgen.wording import FILTERS, BlankRecordView, BlankView, fill_line, make_environment
from docgen.wording.value_views import WordingError
from docgen.wording.variables import fill_entry, make_scope, make_variables, signers_of
from tests.support.builders import (
    ANNA,
    DENIS,
    SEPTEMBER,
    Row,
    first,
    order,
    person,
    plain,
    scope_of,
)

KIND = Kind(
    "приказ", "{{ приказ.номер }}", Path("приказ.docx"), "приказ.toml", "приказы", "{{ год }}"
)


def filled(text: str, **values: Any) -> str:
    return plain(fill_line(text, values))


def anna(post: str = "учитель") -> Any:
    scope = scope_of(staff=[person("Белова Инна Львовна", post)])
    return first(scope, "сотрудники", -1)


@pytest.mark.parametrize("case", ["им", "nom", "род", "рд", "gen", "дат", "вин", "твор", "пред"])
def test_cases_go_by_their_russian_and_latin_names(case: str) -> None:
    assert filled(f"{{{{ слово|{case} }}}}", слово="директор").startswith("директор")


@pytest.mark.parametrize("filters", ["инициалы|дат", "дат|инициалы"])
def test_initials_and_case_may_be_asked_for_in_any_order(filters: str) -> None:
    assert filled(f"{{{{ человек|{filters} }}}}", человек=anna().фио) == "Беловой И.Л."
    assert filled("{{ человек|инициалы_впереди|вин }}", человек=anna()) == "И.Л. Белову"


def test_a_list_declines_item_by_item() -> None:
    assert filled("{{ люди|дат }}", люди=["директор", "завуч"]) == "директору, завучу"
    assert filled("{{ пусто|дат }}", пусто="") == ""
    assert filled("{{ люди|дат }}", люди=["директор", "", "завуч"]) == "директору, завучу"


@pytest.mark.parametrize(("value", "filters"), [(5, "дат"), ("слово", "инициалы"), (5, "дата")])
def test_what_a_filter_cannot_take_is_refused_with_a_sentence(value: object, filters: str) -> None:
    with pytest.raises(WordingError, match="«"):
        filled(f"{{{{ x|{filters} }}}}", x=value)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("м", "ознакомлен"),
        ("ж", "ознакомлена"),
        ("", "ознакомлен(а)"),
        ("комиссия", "ознакомлена"),
    ],
)
def test_a_word_agrees_with_a_gender_or_a_noun(value: str, word: str) -> None:
    assert filled("{{ x|согл('ознакомлен', 'ознакомлена') }}", x=value) == word


def test_a_word_agrees_with_a_person_or_a_name_and_waits_on_a_blank() -> None:
    text = "{{ x|согл('согласен', 'согласна') }}"
    assert filled(text, x=anna()) == "согласна"
    assert filled(text, x=anna().фио) == "согласна"
    assert filled(text, x=BlankView("имя")) == "согласен/согласна"


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("{{ x|утверждён }}", "положение", "УТВЕРЖДЕНО"),
        ("{{ x|кол('педагог') }}", 5, "5 педагогов"),
        ("{{ x|прописью }}", 21, "двадцать один"),
        ("{{ x|прописью('род') }}", 2, "двух"),
        ("{{ x|прописью }}", Decimal(5000), "пять тысяч рублей 00 копеек"),
        ("{{ x|прописью('род') }}", SEPTEMBER, "первого сентября две тысячи двадцать шестого года"),
        ("{{ x|дата_словами }}", SEPTEMBER, "первого сентября две тысячи двадцать шестого года"),
        ("{{ x|дата }}", SEPTEMBER, "1 сентября 2026 г."),
        ("{{ x|дата('03.03.2022') }}", SEPTEMBER, "01.09.2026"),
        ("{{ x|учебный_год }}", SEPTEMBER, "2026/2027"),
        ("{{ x|с_заглавной }}", "школа № 1", "Школа № 1"),
        ("{{ x|со_строчной }}", "Школа № 1", "школа № 1"),
        ("{{ x|со_строчной }}", "МБОУ «Школа»", "МБОУ «Школа»"),
        ("{{ x|со_строчной }}", "", ""),
        ("{{ x|прописными }}", "школа", "ШКОЛА"),
        ("{{ x|разрядкой }}", "п р", "п р"),
        ("{{ x|разрядкой }}", "ПРИКАЗ", "П Р И К А З"),
        ("{{ x|перечень }}", ["а", "б"], "а, б"),
        ("{{ x|перечень('; ') }}", ["а", "б"], "а; б"),
        ("{{ x|перечень }}", "а", "а"),
    ],
)
def test_every_filter_prints_what_its_name_says(text: str, value: object, printed: str) -> None:
    assert filled(text, x=value) == printed


def test_a_date_prints_in_the_house_form_and_in_that_of_running_text() -> None:
    day = first(scope_of({"приказы": [order()]}), "приказы").дата
    assert filled("{{ x }} {{ x.в_тексте }}", x=day) == "01.09.2026 1 сентября 2026 г."
    assert filled("{{ x|дата('03.03.2022 г.') }}", x=day) == "01.09.2026 г."
    assert filled("{{ x|учебный_год }} {{ x|дата }}", x=day) == "2026/2027 01.09.2026"


def test_a_line_to_write_on_stays_a_line_in_every_filter() -> None:
    line = BlankView("дата", 3)
    assert filled("{{ x|дата }} {{ x|инициалы|дат }}", x=line) == "___ (дата) ___ (дата)"


@pytest.mark.parametrize(
    "filters",
    [
        "год",
        "дата('3 марта 2022 г.')",
        "дата_словами",
        "учебный_год",
        "плюс_рабочих_дней(3)",
        "полных_лет(x)|кол('год')",
        "прописью",
    ],
)
def test_an_empty_cell_stays_empty_in_every_filter_of_dates(filters: str) -> None:
    assert filled(f"[{{{{ x|{filters} }}}}]", x="") == "[]"


def test_a_number_left_for_the_pen_keeps_its_noun() -> None:
    assert filled("{{ x|полных_лет(x)|кол('год') }}", x=BlankView("", 3)) == "___ лет"


@pytest.mark.parametrize("filters", ["дата(5)", "перечень(5)"])
def test_a_wrong_word_in_brackets_is_told_without_the_program_s_names(filters: str) -> None:
    day = first(scope_of({"приказы": [order()]}), "приказы").дата
    with pytest.raises(WordingError, match="впишите"):
        filled(f"{{{{ x|{filters} }}}}", x=day)


@given(st.text(st.characters(codec="utf-8")))
def test_letters_change_at_the_start_alone(text: str) -> None:
    for name in ("с_заглавной", "со_строчной"):
        changed = str(FILTERS[name](text))
        assert changed[len(changed) - len(text[1:]) :] == text[1:]


# --- the sandbox -----------------------------------------------------------------------------


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        filled("{{ нет_такого }}")


def test_the_inside_of_the_program_cannot_be_reached() -> None:
    with pytest.raises(SecurityError):
        filled("{{ x.__class__.__mro__ }}", x="")


def test_values_are_escaped_in_documents_and_not_in_titles() -> None:
    name = scope_of({"организации": [{"краткое": "Рога & <Копыта>"}]})
    values = {"x": first(name, "организации").краткое, "y": first(name, "организации")}
    text = "{{ x }}{{ y }}{{ z }}"
    assert make_environment().from_string(text).render(values, z="&") == (
        "Рога &amp; &lt;Копыта&gt;" * 2 + "&amp;"
    )
    assert fill_line(text, {**values, "z": "&"}) == "Рога & <Копыта>" * 2 + "&"


def test_nothing_prints_as_nothing_and_a_flag_as_yes_or_no() -> None:
    assert filled("{{ a }}{{ b }}{{ c }}", a=None, b=True, c=False) == "данет"


# --- what a paper is given -------------------------------------------------------------------


def variables_of(kind: Kind = KIND, **values: Any) -> dict[str, Any]:
    acts: list[Row] = [
        {"имя": "АЗ-1", "вид": "письмо", "ссылаться": "приказ; согласие"},
        {"имя": "АЗ-2", "вид": "письмо", "ссылаться": "Приказ", "по": "31.08.2026"},
        {"имя": "АЗ-3", "вид": "письмо"},
    ]
    rows: dict[str, Sequence[Row]] = {
        "приказы": [order()],
        "акты": acts,
        "настройки": [{"знак_года": "–"}],
    }
    scope = scope_of(rows)
    records = scope.workspace.records
    found = {name: value(records) if callable(value) else value for name, value in values.items()}
    return make_variables(scope, kind, found, records["приказы"][0], "2026/2027")


def test_every_paper_sees_its_house_its_day_and_its_signer() -> None:
    given_ = variables_of()
    assert str(given_["дата"]) == "01.09.2026"
    assert given_["учебный_год"] == "2026–2027"
    assert plain(given_["подписант"]) == "Директор М.П. Иванова"
    assert str(given_["организация"].краткое) == "МБОУ «Школа № 1»"


def test_a_kind_cites_the_acts_that_the_register_tells_it_to() -> None:
    assert [str(act.имя) for act in variables_of()["акты_основания"]] == ["АЗ-1"]


def test_an_act_is_asked_for_by_its_short_name() -> None:
    find = variables_of()["акт"]
    assert str(find("аз-1").имя) == "АЗ-1"
    with pytest.raises(WordingError, match="«Акты» нет акта «9-ФЗ»"):
        find("9-ФЗ")


def test_records_references_lists_and_blank_rows_come_as_views() -> None:
    given_ = variables_of(
        приказ=lambda records: records["приказы"][0],
        люди=(Reference("сотрудники", ANNA, ANNA), Reference("сотрудники", DENIS, DENIS)),
        участник=BlankRow("сотрудники"),
        роль="наставник",
    )
    assert given_["приказ"].номер == "1-од"
    assert [str(one.фио) for one in given_["люди"]] == [ANNA, DENIS]
    assert isinstance(given_["участник"], BlankRecordView)
    assert given_["роль"] == "наставник"


def test_a_column_whose_change_asks_for_a_paper_is_noted_though_not_printed() -> None:
    scope = scope_of({"приказы": [order()]})
    kind = Kind(
        "к", "", Path(), "к.toml", "приказы", "", change_documents={"рассылка": "приказ", "+": ""}
    )
    make_variables(scope, kind, {"приказы": scope.workspace.records["приказы"]}, None, "")
    assert "приказы/О внедрении/рассылка" in scope.reads


def test_a_scope_is_that_of_the_document() -> None:
    kind = Kind("к", "", Path(), "к.toml", "приказы", "", personal=("сотрудники.паспорт",))
    document = PlannedDocument(kind, "к", "", "", SEPTEMBER, {}, "на подписи")
    scope = make_scope(document, scope_of().workspace)
    assert scope.day == SEPTEMBER
    assert scope.personal == {"сотрудники.паспорт"}


@pytest.mark.parametrize(
    "text", ["{{ нет }}", "{{ x|нет }}", "{{ x", "{{ x|дата }}", "{{ x + 1 }}"]
)
def test_a_wrong_tag_of_an_entry_is_told_with_its_line(text: str) -> None:
    with pytest.raises(TemplateError) as error:
        fill_entry(KIND, "title", text, {"x": "слово"})
    (problem,) = error.value.problems
    assert problem.code == "bad-entry"
    assert str(problem.where) == "приказ.toml, ключ «title»"
    assert text in problem.message


def test_blanks_of_a_title_are_closed_up() -> None:
    assert fill_entry(KIND, "title", " {{ x }}\n  {{ x }} ", {"x": "а\u00a0 б"}) == "а б а б"


def test_signers_are_those_that_the_entry_names() -> None:
    signs = (
        SignatureRule("руководитель", "подписант"),
        SignatureRule("{{ роль }}", "участник"),
        SignatureRule("ознакомлен", "люди"),
        SignatureRule("линия", "участник.паспорт"),
        SignatureRule("никто", "подписывающий"),
        SignatureRule("флаг", "взрослый"),
    )
    kind = Kind("к", "", Path(), "к.toml", "пары", "", signs=signs)
    scope = scope_of(personal=frozenset({"сотрудники.паспорт"}))
    people = [first(scope, "сотрудники", number) for number in (1, 2)]
    values = {
        "подписант": variables_of()["подписант"],
        "участник": people[0],
        "роль": "наставник",
        "люди": people,
        "взрослый": True,
    }
    assert [tuple(one) for one in signers_of(kind, values)] == [
        ("руководитель", "Иванова Мария Петровна", "sign_1", ""),
        ("наставник", ANNA, "sign_2", ""),
        ("ознакомлен", ANNA, "sign_3", ""),
        ("ознакомлен", DENIS, "sign_3", ""),
        ("линия", "", "sign_4", ""),
    ]


def test_a_day_is_asked_for_by_the_names_of_days_alone() -> None:
    with pytest.raises(WordingError, match="не дата"):
        FILTERS["дата_словами"]("завтра")
    assert str(FILTERS["прописью"](dt.date(2026, 9, 1), "им")).startswith("первое")
