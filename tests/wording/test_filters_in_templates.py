"""Every filter in one rendered paper, and what filters refuse at the tag that asks for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen import ooxml
from docgen.documents import TemplateLibrary
from docgen.errors import Problem, RegisterError, TemplateError
from docgen.wording.environment import make_environment
from docgen.wording.filters import FILTERS
from docgen.wording.money_views import MoneyView
from docgen.wording.value_views import BlankView, DateView, PhraseView
from tests.support.builders import first, person, plain, scope_of
from tests.support.small_docx import write_docx, write_style

DAY = dt.date(2026, 9, 1)
CASES = {
    "им": ("nom",),
    "род": ("рд", "gen", "genitive"),
    "дат": ("дт", "dat", "dative"),
    "вин": ("вн", "acc", "accusative"),
    "твор": ("тв", "ins", "instrumental"),
    "пред": ("пр", "prep", "prepositional"),
}
CASE_TAGS = [
    f"{{{{ {value}|{name} }}}}"
    for value in ("педагог.фио", "педагог.должность", "педагог.с_должностью", "орган", "'план'")
    for case, aliases in CASES.items()
    for name in (case, *aliases)
]
OTHER_TAGS = (
    "{{ педагог.фио|инициалы }}",
    "{{ педагог|инициалы }}",
    "{{ педагог|инициалы_впереди }}",
    "{{ педагог.фио|инициалы|дат }}",
    "{{ педагог.фио|твор|инициалы_впереди }}",
    "{{ педагог|согл('ознакомлен', 'ознакомлена') }}",
    "{{ директор|согл('действующего', 'действующей') }} на основании Устава",
    "{{ педагог|согл('действующего', 'действующей') }} на основании Устава",
    "{{ ''|согл('согласен', 'согласна') }}",
    "{{ true|флажок }} да, {{ 'нет'|флажок }} нет, {{ ''|флажок }}, {{ педагог|флажок }}",
    "{{ орган|согл('утвердил', 'утвердила', 'утвердило', 'утвердили') }}",
    "{{ 'план мероприятий'|утверждён }}, {{ 'программа'|утверждён }}",
    "{{ 'положение'|утверждён }}, {{ 'правила'|утверждён('СОГЛАСОВАН') }}",
    "{{ 'порядок'|утверждён(yo=true) }}",
    "{{ 1|кол('пара') }}, {{ 3|кол('рабочий день') }}, {{ 5|кол('год') }}, {{ 12|кол('человек') }}",
    "{{ 21|прописью }}, {{ 5|прописью('род') }}",
    "{{ сумма|прописью }}",
    "{{ сумма|прописью('им', 'словами') }}",
    "{{ сумма }}, {{ тысяча }}, {{ тысяча * 3 }}, {{ сумма|кол('рубль') }}",
    *[f"{{{{ сумма|прописью('{case}') }}}}, {{{{ тысяча|прописью('{case}') }}}}" for case in CASES],
    *[f"{{{{ тысяча|сумма('{case}') }}}}" for case in CASES],
    "{{ сумма|сумма }}, {{ сумма|сумма('род', 'словами') }}, {{ 21|сумма('дат') }}",
    "{{ день|прописью }}, {{ день|прописью('род') }}",
    "{{ день|дата }}, {{ день|дата('03.03.2022') }}, {{ день|дата('«03» марта 2022 г.') }}",
    "{{ день|дата_по_образцу('dd.MM.yy') }}, {{ конец|дата_по_образцу('«d» MMMM yyyy г.') }}",
    "{{ день|дата_словами }}, {{ день|дата_словами('дат') }}",
    "{{ день|учебный_год }}, {{ день|учебный_год('-') }}, {{ день|учебный_год('–') }}",
    "{{ день|период(конец) }}, {{ день|период(конец, '03.03.2022') }}",
    "{{ день|период(скоро) }}, {{ день|период(день) }}, на {{ 2026|период(2028) }}",
    "{{ 'статья 9'|твор|с_предлогом('В соответствии с') }}",
    "{{ 'приказ'|твор|с_предлогом('с') }}, {{ 'учитель'|пред|с_предлогом('о') }}",
    "{{ 'в школе'|с_заглавной }}, {{ 'Приказ'|со_строчной }}, {{ 'МБОУ'|со_строчной }}",
    "{{ 'приказ'|прописными }}, {{ 'ПРИКАЗ'|разрядкой }}",
    "{{ ['план', 'отчёт']|перечень }}, {{ ['план', 'отчёт']|дат }}",
    "{{ [4, 5, 2]|среднее }}, {{ [4, 5, 2]|среднее(2) }}",
    "{{ черта|дат }}, {{ черта|дата }}, {{ черта|картинка(30) }}",
    "{{ день|плюс_рабочих_дней(3) }}, {{ день|плюс_рабочих_дней(-1) }}, {{ день|год }} год",
    "{{ день|полных_лет(конец)|кол('год') }}, {{ черта|полных_лет(день) }}, {{ черта|год }}",
    "{{ 'план «О весне»'|в_кавычках }}, {{ 'начало'|в_кавычках('«', '') }}",
    "{{ день|плюс_дней(1) }}, {{ день|плюс_дней(-1) }}, {{ черта|плюс_дней(1) }}",
    "в течение {{ 3|кол('рабочий день', 'род') }}, с {{ 5|кол('наставник', 'твор') }}",
    "не позднее {{ 10|кол('календарный день', 'род', 'обоими') }}, {{ 21|кол('пара', 'вин') }}",
    "назначить {{ 2|кол('наставник', 'вин') }}, {{ 22|кол('наставник', 'вин') }}",
    "назначить {{ 2|кол('наставник', 'вин', 'словами') }}, {{ черта|кол('день') }}",
    "в размере {{ пять_тысяч|сумма('род') }}",
    *[f"{{{{ 3|кол('рабочий день', '{case}', 'обоими') }}}}" for case in CASES],
    *[
        f"{{{{ 2|порядковое('младшая группа', '{case}') }}}}, "
        f"{{{{ 3|порядковое('этап', '{case}', 'словами') }}}}, "
        f"{{{{ 1|порядковое('ж', '{case}') }}}}"
        for case in CASES
    ],
    *[
        f"{{{{ 14|летний('подросток', '{case}') }}}}, {{{{ директор|достигший(14, '{case}') }}}}"
        for case in CASES
    ],
    "{{ 'мн'|достигший(18, 'род') }}, {{ ''|достигший(14) }}, {{ 15|летний('ж', 'дат') }}",
    *[f"{{{{ '5 «А»'|класс('{case}') }}}}, {{{{ '9'|класс('{case}') }}}}" for case in CASES],
    *[f"{{{{ день|учебный_год('/', '{case}') }}}}" for case in CASES],
    "в {{ '2026/2027'|учебный_год('-', 'пред') }}",
    "{{ день2|дата|с_предлогом('с') }}, {{ день2|период(конец) }}, {{ день2|период(скоро) }}",
    "{{ директор|в_лице('Устав') }}; {{ педагог|в_лице('доверенность от 01.09.2026 № 5') }}",
    "{{ педагог|в_лице('Устава', 'инициалы') }}; {{ директор|в_лице }}",
    *[
        f"{{{{ 'город Грозный'|место('{case}') }}}}, {{{{ 'город Набережные Челны'|{case} }}}}, "
        f"{{{{ 'станица Каневская'|место('{case}', 'никогда') }}}}"
        for case in CASES
    ],
    "{% for имя in ['Юрьев', 'Ёжиков', 'Елин']|по_алфавиту %}{{ имя }}; {% endfor %}",
    "{% for группа in []|по_группам %}{{ группа }}{% endfor %}групп нет",
)


def names() -> dict[str, Any]:
    scope = scope_of(staff=[person("Заяц Пётр Ильич", "старший вожатый")])
    return {
        "педагог": first(scope, "сотрудники", -1),
        "директор": first(scope, "сотрудники"),
        "орган": PhraseView("управление образования администрации города"),
        "день": DateView(DAY, "3 марта 2022 г."),
        "конец": dt.date(2027, 5, 31),
        "скоро": dt.date(2026, 9, 15),
        "сумма": Decimal("12345.60"),
        "тысяча": MoneyView(1000),
        "пять_тысяч": MoneyView(5000),
        "день2": dt.date(2026, 9, 2),
        "черта": BlankView("", 5),
    }


@pytest.fixture
def rendered(tmp_path: Path) -> Callable[..., bytes]:
    """Render a paper of one paragraph for each text, with the filters that templates have."""

    def render(*texts: str, variables: Mapping[str, Any] | None = None) -> bytes:
        library = TemplateLibrary(
            {"приказ": write_docx(tmp_path / "приказ.docx", *texts)},
            {},
            write_style(tmp_path / "стиль.docx"),
            make_environment(),
            shown=lambda path: path.name,
            typeset=str,
        )
        made = names() if variables is None else variables
        return library.render("приказ", made, title="Приказ").docx

    return render


def test_every_filter_prints_what_the_golden_paper_has(
    rendered: Callable[..., bytes], golden: Callable[[str, str], None]
) -> None:
    tags = [*CASE_TAGS, *OTHER_TAGS]
    lines = ooxml.body_text_of(rendered(*tags))
    golden(
        "filters", "".join(f"{tag}\n    {line}\n" for tag, line in zip(tags, lines, strict=True))
    )


def test_the_golden_paper_holds_every_filter() -> None:
    tags = "".join((*CASE_TAGS, *OTHER_TAGS))
    assert [name for name in FILTERS if f"|{name} " not in tags and f"|{name}(" not in tags] == []


def complaint(rendered: Callable[..., bytes], tag: str) -> Problem:
    with pytest.raises(TemplateError) as caught:
        rendered("Приказ", "По пункту", tag)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("value", ["день", "5", "сумма", "педагог", "конец", "true", "none"])
def test_a_case_of_what_has_no_cases_is_an_error_at_its_tag(
    rendered: Callable[..., bytes], value: str
) -> None:
    tag = f"{{{{ {value}|дат }}}}"
    problem = complaint(rendered, tag)
    assert problem.code == "bad-template"
    assert "не склоняется" in problem.message
    assert (problem.where.file, problem.where.paragraph, problem.where.tag) == (
        "приказ.docx",
        3,
        tag,
    )


@pytest.mark.parametrize(
    ("tag", "named"),
    [
        ("{{ орган|инициалы }}", "не имя"),
        ("{{ орган|дата }}", "не дата"),
        ("{{ день|дата('март') }}", "март"),
        ("{{ день|прописью('звательный') }}", "звательный"),
        ("{{ сумма|прописью('им', 'никак') }}", "никак"),
        ("{{ день|учебный_год('+') }}", "«+»"),
        ("{{ конец|период(день) }}", "раньше"),
        ("{{ 2028|период(2026) }}", "раньше"),
        ("{{ 'ответ'|утверждён('ОДОБРЕН') }}", "ОДОБРЕН"),
        ("{{ орган|согл('один', 'одна') }}", "«с»"),
    ],
)
def test_a_filter_that_cannot_serve_names_what_it_was_given(
    rendered: Callable[..., bytes], tag: str, named: str
) -> None:
    problem = complaint(rendered, tag)
    assert named in problem.message
    assert (problem.where.paragraph, problem.where.tag) == (3, tag)


def test_a_name_of_unknown_gender_is_refused_at_its_cell(rendered: Callable[..., bytes]) -> None:
    scope = scope_of(staff=[person("Присекарь И.А.", "учитель")])
    variables = {"кто": first(scope, "сотрудники", -1)}
    with pytest.raises(RegisterError) as caught:
        rendered("{{ кто.фио|дат }}", variables=variables)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.cell) == ("gender-missing", "A5")
    (line,) = ooxml.body_text_of(rendered("{{ кто.фио }}", variables=variables))
    assert plain(line) == "Присекарь И.А."


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("{{ люди|map(attribute='фио')|перечень }}", "Петрова Анна Сергеевна, Заяц Пётр Ильич"),
        ("{{ люди|map('инициалы')|перечень('; ') }}", "Петрова\u00a0А.С.; Заяц\u00a0П.И."),
        ("{{ люди|select|перечень }}", "Петрова Анна Сергеевна, Заяц Пётр Ильич"),
        ("{{ range(3)|перечень('-') }}", "0-1-2"),
        ("{{ {'а': 1, 'б': 2}|перечень }}", "а, б"),
        ("{{ 'план'|перечень }}", "план"),
        ("{{ люди|map(attribute='фио')|дат }}", "Петровой Анне Сергеевне, Зайцу Петру Ильичу"),
    ],
)
def test_whatever_can_be_gone_through_makes_a_list(
    rendered: Callable[..., bytes], tag: str, line: str
) -> None:
    people = scope_of(staff=[person("Заяц Пётр Ильич", "старший вожатый")])
    listed = [first(people, "сотрудники", 1), first(people, "сотрудники", -1)]
    names_and_lists = {**names(), "люди": listed}
    assert ooxml.body_text_of(rendered(tag, variables=names_and_lists)) == [line]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ [педагог]|map(attribute='фио')|upper }}", "часть программы"),
        ("{{ 'к' ~ ([педагог]|map(attribute='фио')) }}", "часть программы"),
        ("{{ [педагог]|прописными }}", "это список"),
        ("{{ [[педагог]]|перечень }}", "это список"),
        ("{{ [[педагог]]|join(', ') }}", "это список"),
        ("{{ [педагог.record]|перечень }}", "часть программы"),
        ("{{ '%s'|format([педагог]) }}", "это список"),
        ("{{ '%s' % ([педагог],) }}", "это список"),
        ("{{ '{}'.format([педагог]) }}", "это список"),
        ("{{ ', '.join([педагог]) }}", "соединяет фильтр «перечень»"),
        ("{{ [педагог]|с_предлогом('с') }}", "это список"),
        ("{{ [педагог]|дата }}", "это список"),
        ("{{ [педагог]|инициалы }}", "список — не имя"),
        ("{{ none|дат }}", "пустое значение не склоняется"),
        ("{{ день[0] }}", "места 0 в нём нет"),
        ("{{ день[0:2] }}", "это одно значение, а не список"),
        ("{{ день() }}", "уберите скобки"),
        ("{{ педагог|length }}", "считают только списки"),
        ("{{ день|round }}", "это не число"),
        ("{{ педагог.value('стаж') }}", "имени «стаж» нет"),
        ("{{ педагог|кол('год') }}", "не целое число"),
    ],
)
def test_what_prints_nothing_by_itself_is_refused_in_russian(
    rendered: Callable[..., bytes], tag: str, said: str
) -> None:
    with pytest.raises(TemplateError) as refused:
        rendered(tag)
    (problem,) = refused.value.problems
    assert said in problem.message
    assert problem.where.paragraph
    assert not re.search("[a-z]+ object|docgen", problem.message, re.IGNORECASE)
