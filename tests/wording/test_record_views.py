"""What a paper may read of registers, and what it remembers of that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from docgen.errors import Location, RegisterError, TemplateError
from docgen.model import Column, ColumnKind
from docgen.wording import (
    BlankRecordView,
    BrokenRecordError,
    Scope,
    make_environment,
)
from docgen.wording.value_views import MissingView, WordingError
from tests.support.builders import (
    SEPTEMBER,
    first,
    linked,
    order,
    person,
    school,
    scope_of,
)

# --- what a paper may read -------------------------------------------------------------------


def test_a_personal_column_must_be_named_by_the_kind() -> None:
    row = person("Белова Инна Львовна", паспорт="00 00 000000")
    secret = first(scope_of(staff=[row]), "сотрудники", -1)
    with pytest.raises(TemplateError) as error:
        _ = secret.паспорт
    assert error.value.problems[0].code == "personal-column"
    assert 'personal = ["сотрудники.паспорт"]' in str(error.value)
    named = scope_of(staff=[row], personal=frozenset({"сотрудники.паспорт"}))
    assert first(named, "сотрудники", -1).паспорт == "00 00 000000"


def test_an_empty_by_hand_cell_prints_a_line_with_its_caption() -> None:
    scope = scope_of(personal=frozenset({"сотрудники.паспорт"}))
    line = first(scope, "сотрудники").паспорт
    column = scope.workspace.schemas["сотрудники"].column("паспорт")
    assert str(line) == "_" * column.line + " (серия, номер, кем и когда выдан)"
    assert not line
    assert line.in_case("дат") is line


def test_every_cell_that_a_paper_reads_is_noted_with_its_place() -> None:
    scope = scope_of({"приказы": [order()]})
    _ = first(scope, "приказы").заголовок
    read = scope.reads["приказы/О внедрении/заголовок"]
    assert str(read.where) == "Наставничество.xlsx, лист «Приказы», ячейка G2"
    assert "О внедрении системы наставничества" in read.value


def test_every_line_of_a_listed_fact_is_noted() -> None:
    scope = scope_of(card=[{"бланк": "РОССИЯ"}, {"бланк": "ШКОЛА № 1"}])
    assert scope.card("организация").бланк == ["РОССИЯ", "ШКОЛА № 1"]
    assert [read.value for key, read in scope.reads.items() if "бланк" in key] == [
        "('РОССИЯ',)",
        "('ШКОЛА № 1',)",
    ]


def test_a_broken_row_is_read_by_nobody() -> None:
    made, _ = linked(school({"приказы": [order(состояние="готов")]}))
    view = first(Scope(made, SEPTEMBER), "приказы")
    with pytest.raises(BrokenRecordError):
        _ = view.заголовок


def test_a_list_that_may_lack_a_row_is_not_printed() -> None:
    rows = school({"приказы": [order()], "пункты": [{"приказ": "О чём-то", "номер": "1"}]})
    with pytest.raises(BrokenRecordError):
        _ = first(Scope(linked(rows)[0], SEPTEMBER), "приказы").пункты


def test_a_broken_fact_of_the_card_leaves_papers_out() -> None:
    made, _ = linked(school(card=[{"куратор": "Никто Иван Петрович"}]))
    with pytest.raises(BrokenRecordError):
        _ = Scope(made, SEPTEMBER).card("организация").куратор


def test_a_fact_that_nobody_told_is_its_default_or_nothing() -> None:
    settings = scope_of().card("настройки")
    assert settings.вид_даты == "03.03.2022"
    assert settings.заголовок_вид == []
    assert settings.перед_датой == ""


def test_the_last_of_several_facts_of_the_day_is_taken() -> None:
    card = [{"телефон": "1", "по": "31.08.2026"}, {"телефон": "2", "с": "01.09.2026"}]
    assert scope_of(card=card).card("организация").телефон == "2"
    assert scope_of(card=card, day=dt.date(2026, 8, 31)).card("организация").телефон == "1"


def test_a_person_of_another_day_is_told_with_the_cell_and_the_day() -> None:
    card = [{"куратор": "Петрова Анна Сергеевна", "с": "02.09.2026"}]
    nobody = scope_of(card=card).card("организация").куратор
    assert not nobody
    with pytest.raises(RegisterError, match=r"на 01\.09\.2026 никого нет") as error:
        _ = nobody.с_должностью
    where = error.value.problems[0].where
    assert (where.file, where.sheet, bool(where.cell)) == (
        "Наставничество.xlsx",
        "Организация",
        True,
    )


@pytest.mark.parametrize("name", ["нет_такого", "_record_of"])
def test_a_name_that_does_not_exist_is_an_error(name: str) -> None:
    scope = scope_of({"приказы": [order()]})
    blank = BlankRecordView(scope.workspace.schemas["пары"], scope)
    for view in (first(scope, "приказы"), scope.card("организация"), blank):
        with pytest.raises(AttributeError):
            getattr(view, name)


def test_misspelt_names_are_told_by_the_names_that_exist() -> None:
    scope = scope_of({"приказы": [order()]})
    blank = BlankRecordView(scope.workspace.schemas["сотрудники"], scope)
    assert {"заголовок", "абзацы", "пункты", "номер"} <= {*dir(first(scope, "приказы"))}
    assert {"полное", "бланк"} <= {*dir(scope.card("организация"))}
    assert {"фио", "с_должностью", "пары_наставника"} <= {*dir(blank)}
    assert not [
        name for view in (blank, first(scope, "приказы")) for name in dir(view) if name.isascii()
    ]


def test_a_record_prints_its_own_name_and_is_escaped() -> None:
    bodies = [{"краткое": "Центр & К"}]
    scope = scope_of({"организации": bodies, "приказы": [order()], "пункты": []})
    body = first(scope, "организации")
    assert make_environment().from_string("{{ орган }}").render(орган=body) == "Центр &amp; К"
    assert str(first(scope, "сотрудники")) == "Иванова Мария Петровна"
    assert str(first(scope, "приказы").in_case("дат")) == "приказу"
    with pytest.raises(WordingError, match="назовите её столбец"):
        first(scope, "сотрудники").in_case("дат")


def test_a_row_without_a_key_prints_its_number() -> None:
    scope = scope_of(
        {"приказы": [order()], "грифы": [{"приказ": "О внедрении", "слово": "ПРИНЯТО"}]}
    )
    assert str(first(scope, "грифы")) == "строка 2"


def test_views_of_one_row_are_equal() -> None:
    scope = scope_of()
    one, same, other = (first(scope, "сотрудники", number) for number in (0, 0, 1))
    assert one == same
    assert one != other
    assert len({one, same, other}) == 2


# --- blank forms -----------------------------------------------------------------------------


def test_a_row_nobody_has_filled_in_prints_lines() -> None:
    scope = scope_of()
    blank: Any = BlankRecordView(scope.workspace.schemas["пары"], scope)
    assert not blank
    assert list(blank) == []
    assert str(blank) == "_" * 30 + " (пары)"
    assert blank.in_case("дат") is blank
    assert str(blank.группа) == "_" * 30 + " (группа)"
    assert str(blank.наставник.паспорт).endswith("_ (серия, номер, кем и когда выдан)")
    assert str(blank.наставник.с_должностью) == "_" * 30
    assert blank.наставник.пары_наставника == []


def test_an_empty_reference_prints_nothing_and_tells_its_cell_when_more_is_asked() -> None:
    column = Column("куратор", "Куратор", ColumnKind.REFERENCE, to=("сотрудники",))
    nobody: Any = MissingView(column, Location(file="книга.xlsx", sheet="Приказы", cell="K2"))

    assert not nobody
    assert str(nobody) == "" == str(nobody.in_case("дат"))
    with pytest.raises(RegisterError, match=r"^пустая ячейка в столбце «Куратор».* ячейка K2\)"):
        _ = nobody.с_должностью
