"""Which papers stand before which: days that cross and papers that are missed, and innocent twins.

Each rule of a shipped entry is tried on the last day that is right and on the first that is not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from docgen.catalogue import check_kinds
from docgen.errors import Problem, StageError
from docgen.model import EarlierPaper, Family
from docgen.plan import expected_signatures, plan_documents
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    checked,
    order,
    pair,
    school,
    shipped_kinds,
    shipped_schemas,
    workspace,
)

CODES = ("paper-early", "paper-late", "paper-missing")
PAIRS, PAY, ACCESS, PROGRAMMES = "О парах", "О выплатах", "О допуске", "О программах"
PROLONGING, AMENDING, WAGES = "О продлении", "Об изменениях", "Об оплате"
ABOUT = {
    PAIRS: "закрепление пар педагогов",
    PAY: "выплаты за наставничество",
    ACCESS: "допуск к персональным данным",
    PROGRAMMES: "утверждение программ",
    PROLONGING: "продление наставничества",
    AMENDING: "внесение изменений",
    WAGES: "изменение положения об оплате труда",
    "О внедрении": "внедрение наставничества",
    "Об отмене": "отмена приказа",
}
PROCESSING: Row = {
    "имя": "Наставничество",
    "для_кого": "работники",
    "цель": "организация наставничества",
    "данные": "фамилия, имя, отчество",
    "действия": "сбор, хранение",
    "срок": dt.date(2027, 8, 31),
}


def on(text: str) -> dt.date:
    """Return a day of the school year 2026/2027 written as 01.09."""
    of_month, month = map(int, text.split("."))
    return dt.date(2026 if month > 7 else 2027, month, of_month)


def issued(name: str, dated: str = "", **more: Cell) -> Row:
    """Return an order that is to be signed, without a date if none is given."""
    row: Row = {
        "имя": name,
        "номер": f"{len(name)}-од",
        "дата": on(dated) if dated else None,
        "о_чём": ABOUT[name],
        "заголовок": name,
    }
    return order(**{**row, **more})


@dataclass(frozen=True, slots=True)
class School:
    """Orders, a pair of teachers, and days of signature by the kind of paper."""

    orders: tuple[Row, ...]
    pair: Mapping[str, Cell] = field(default_factory=dict)
    signed: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def rows(self, signatures: list[Row]) -> dict[str, list[Row]]:
        named: list[Row] = [
            {**one, "куратор": ANNA} if one["имя"] == PAY else one for one in self.orders
        ]
        terms: dict[str, Cell] = {
            "оформление": "доп. соглашение",
            "размер": 10,
            "единица": "рублей",
        }
        pairs: list[Row] = [pair(ANNA, DENIS, **{**terms, **self.pair})]
        return {
            "приказы": named,
            "пары": pairs,
            "подписи": signatures,
            "цели": [PROCESSING],
            **{name: list(rows) for name, rows in self.more.items()},
        }

    def remarks(self) -> list[Problem]:
        """Return what is told of the order of papers, once the papers named are signed."""
        kinds = shipped_kinds()
        unsigned = workspace(school(self.rows([])))
        documents = plan_documents(unsigned, kinds).documents
        rows: list[Row] = [
            {
                "бумага": one.document.title,
                "подписано": on(self.signed[one.document.kind.name])
                if self.signed[one.document.kind.name]
                else None,
                "ключ_бумаги": one.key[0],
                "ключ_подписи": one.key[1],
            }
            for one in expected_signatures(documents, unsigned)
            if one.document.kind.name in self.signed
        ]
        plan = plan_documents(workspace(school(self.rows(rows))), kinds)
        return [one for one in plan.problems if one.code in CODES]

    def codes(self) -> list[str]:
        return [one.code for one in self.remarks()]


CONSENT = "согласие_на_наставничество"
OF_PAIR: Mapping[str, Cell] = {"приказ": PAIRS}
PAID: Mapping[str, Cell] = {**OF_PAIR, "приказ_выплаты": PAY}
AGREED: Mapping[str, Cell] = {"соглашение_дата": on("10.09")}
LONGER: Mapping[str, Cell] = {
    **OF_PAIR,
    "по": on("30.03"),
    "продлена": on("28.05"),
    "продлена_приказом": PROLONGING,
}
SHEET, EXTRACT = "лист_ознакомления", "выписка_о_выплате"
BEFORE = issued(PAIRS, "01.09")
SIGNED = issued(PAIRS, "01.09", состояние="подписан")

RULES: dict[str, tuple[School, School, str]] = {
    "pay is set by an agreement that is concluded": (
        School((BEFORE, issued(PAY, "10.09")), {**PAID, **AGREED}),
        School((BEFORE, issued(PAY, "09.09")), {**PAID, **AGREED}),
        "paper-early",
    ),
    "pay is set by an agreement that has a day": (
        School((BEFORE, issued(PAY, "10.09")), {**PAID, "оформление": "пункт договора"}),
        School((BEFORE, issued(PAY, "10.09")), PAID),
        "paper-missing",
    ),
    "pay is set once the rules of wages know it": (
        School((issued(WAGES, "10.09"), issued(PAY, "10.09")), {**PAID, **AGREED, "приказ": None}),
        School((issued(WAGES, "11.09"), issued(PAY, "10.09")), {**PAID, **AGREED, "приказ": None}),
        "paper-early",
    ),
    "pay is set on a memo that is signed": (
        School(
            (BEFORE, issued(PAY, "10.09")),
            {**PAID, **AGREED},
            {"служебная_записка_о_выплате": "10.09"},
        ),
        School(
            (BEFORE, issued(PAY, "10.09")),
            {**PAID, **AGREED},
            {"служебная_записка_о_выплате": "11.09"},
        ),
        "paper-early",
    ),
    "an agreement follows the consent": (
        School((BEFORE,), {**OF_PAIR, **AGREED}, {CONSENT: "10.09"}),
        School((BEFORE,), {**OF_PAIR, **AGREED}, {CONSENT: "11.09"}),
        "paper-early",
    ),
    "an agreement stands before the work": (
        School((BEFORE,), {**OF_PAIR, "соглашение_дата": on("14.09")}),
        School((BEFORE,), {**OF_PAIR, "соглашение_дата": on("15.09")}),
        "paper-late",
    ),
    "programmes follow within ten working days": (
        School((BEFORE, issued(PROGRAMMES, "15.09")), {**OF_PAIR, "приказ_программы": PROGRAMMES}),
        School((BEFORE, issued(PROGRAMMES, "16.09")), {**OF_PAIR, "приказ_программы": PROGRAMMES}),
        "paper-late",
    ),
    "programmes follow the pairs": (
        School((BEFORE, issued(PROGRAMMES, "01.09")), {**OF_PAIR, "приказ_программы": PROGRAMMES}),
        School((BEFORE, issued(PROGRAMMES, "31.08")), {**OF_PAIR, "приказ_программы": PROGRAMMES}),
        "paper-early",
    ),
    "data are read by those who were admitted": (
        School((issued(ACCESS, "31.08"),), signed={"согласие_на_обработку_данных": "31.08"}),
        School((issued(ACCESS, "01.09"),), signed={"согласие_на_обработку_данных": "31.08"}),
        "paper-early",
    ),
    "pairs are formed once mentoring is there": (
        School((BEFORE, issued("О внедрении", "01.09")), OF_PAIR),
        School((BEFORE, issued("О внедрении", "02.09")), OF_PAIR),
        "paper-early",
    ),
    "a pair is prolonged before it ends": (
        School((BEFORE, issued(PROLONGING, "30.03")), LONGER),
        School((BEFORE, issued(PROLONGING, "31.03")), LONGER),
        "paper-late",
    ),
    "a pair is prolonged with consent": (
        School((BEFORE, issued(PROLONGING, "30.03")), LONGER, {"согласие_на_продление": "30.03"}),
        School((BEFORE, issued(PROLONGING, "29.03")), LONGER, {"согласие_на_продление": "30.03"}),
        "paper-early",
    ),
    "a pair is prolonged when all have consented": (
        School((BEFORE, issued(PROLONGING, "30.03")), LONGER, {CONSENT: "31.08"}),
        School((BEFORE, issued(PROLONGING, "30.03")), LONGER, {"согласие_на_продление": ""}),
        "paper-missing",
    ),
    "an agreement prolongs before the term is over": (
        School((BEFORE, issued(PROLONGING, "29.03")), LONGER, {"соглашение_о_продлении": "30.03"}),
        School((BEFORE, issued(PROLONGING, "29.03")), LONGER, {"соглашение_о_продлении": "31.03"}),
        "paper-late",
    ),
    "an agreement prolongs after its order": (
        School((BEFORE, issued(PROLONGING, "29.03")), LONGER, {"соглашение_о_продлении": "29.03"}),
        School((BEFORE, issued(PROLONGING, "29.03")), LONGER, {"соглашение_о_продлении": "26.03"}),
        "paper-early",
    ),
    "what is cancelled is issued": (
        School((SIGNED, issued("Об отмене", "01.09", изменяет=PAIRS)), OF_PAIR),
        School((SIGNED, issued("Об отмене", "31.08", изменяет=PAIRS)), OF_PAIR),
        "paper-early",
    ),
    "people are acquainted with what is issued": (
        School((issued(PAIRS, "01.09", ознакомить=ANNA),), OF_PAIR, {SHEET: "01.09"}),
        School((issued(PAIRS, "01.09", ознакомить=ANNA),), OF_PAIR, {SHEET: "31.08"}),
        "paper-early",
    ),
    "an order is endorsed before it is issued": (
        School(
            (issued(PAIRS, "01.09", согласовать=ANNA),), OF_PAIR, {"лист_согласования": "01.09"}
        ),
        School(
            (issued(PAIRS, "01.09", согласовать=ANNA),), OF_PAIR, {"лист_согласования": "02.09"}
        ),
        "paper-late",
    ),
    "an extract is certified once its order is signed": (
        School(
            (BEFORE, issued(PAY, "10.09", состояние="подписан")),
            {**PAID, **AGREED},
            {EXTRACT: "10.09"},
        ),
        School((BEFORE, issued(PAY, "10.09")), {**PAID, **AGREED}, {EXTRACT: "10.09"}),
        "paper-early",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_paper_that_comes_in_its_order_is_not_told(rule: str) -> None:
    innocent, _, _ = RULES[rule]
    assert innocent.remarks() == []


@pytest.mark.parametrize("rule", RULES)
def test_a_paper_out_of_its_order_is_told_once(rule: str) -> None:
    _, faulty, code = RULES[rule]
    assert faulty.codes() == [code]


@pytest.mark.parametrize("rule", RULES)
def test_a_remark_names_both_papers_their_days_and_what_to_do(rule: str) -> None:
    _, faulty, code = RULES[rule]
    (found,) = faulty.remarks()
    days = re.findall(r"\d\d\.\d\d\.\d{4}", found.message)
    assert len(days) >= (0 if code == "paper-missing" else 2)
    assert found.where.cell
    assert any(word in found.message for word in ("сверьте", "впишите", "не меняйте"))
    assert "  " not in found.message
    assert not found.is_error


@pytest.mark.parametrize("state", ["подписан", "изменён", "утратил силу", "подписан без docgen"])
def test_a_signed_order_is_past_telling(state: str) -> None:
    late = School((BEFORE, issued(PAY, "09.09", состояние=state)), {**PAID, **AGREED})
    assert late.codes() == []


def test_days_left_for_the_pen_cross_nothing() -> None:
    assert School((BEFORE, issued(PAY)), {**PAID, **AGREED}).codes() == []
    assert School((issued(PAIRS), issued(PROGRAMMES, "30.09")), OF_PAIR).codes() == []
    assert School((BEFORE,), OF_PAIR, {CONSENT: "11.09"}).codes() == []


def test_many_papers_that_run_into_one_day_are_one_remark() -> None:
    days = {"согласие_на_обработку_данных": "31.08"}
    (found,) = School((issued(ACCESS, "15.10"), BEFORE), OF_PAIR, days).remarks()
    assert found.message.endswith("(и ещё бумаг: 2)")
    assert found.where.cell == "E2"


@pytest.mark.parametrize("dated", ["", "30.08"])
def test_an_earlier_order_of_the_kind_answers_for_a_later_one(dated: str) -> None:
    orders = (issued(ACCESS, "15.10"), issued(ACCESS, dated, имя="О прежнем допуске"), BEFORE)
    assert School(orders, OF_PAIR, {"согласие_на_обработку_данных": "31.08"}).codes() == []


def test_a_cancelled_order_stands_before_nothing() -> None:
    orders = (issued("О внедрении", "05.09", состояние="аннулирован"), BEFORE)
    assert School(orders, OF_PAIR).codes() == []


def test_consents_to_a_pair_are_told_by_their_own_codes_alone() -> None:
    assert School((BEFORE,), OF_PAIR, {CONSENT: "05.09"}).codes() == []


@pytest.mark.parametrize(("dated", "codes"), [("01.09", []), ("31.08", ["paper-early"])])
def test_an_extract_is_not_older_than_the_signed_order_of_which_it_is_made(
    dated: str, codes: list[str]
) -> None:
    extract: Row = {"приказ": PAIRS, "лицо": ANNA, "дата": on(dated)}
    rows = School((SIGNED,), OF_PAIR, more={"выписки": (extract,)}).rows([])
    # What it quotes of the archive has no part in its days.
    kind = replace(shipped_kinds()["выписка_из_приказа"], quotes="")
    problems = plan_documents(workspace(school(rows)), {kind.name: kind}).problems
    assert [one.code for one in problems if one.code in CODES] == codes


def test_a_condition_limits_what_is_told() -> None:
    head = {**PAID, "наставник": "Иванова Мария Петровна", "форма": "руководитель – педагог"}
    assert School((BEFORE, issued(PAY, "10.09")), head).codes() == []


def test_a_wrong_condition_is_told_at_its_entry() -> None:
    kinds = dict(shipped_kinds())
    pay = kinds["приказ_о_выплатах"]
    kinds[pay.name] = replace(pay, after=(replace(pay.after[0], when="пара.нет_такого("),))
    rows = School((BEFORE, issued(PAY, "10.09")), PAID).rows([])
    found = [one for one in plan_documents(workspace(school(rows)), kinds).problems if one.is_error]
    assert [(one.code, one.where.key) for one in found] == [("bad-entry", "after.when")]


# --- entries ---------------------------------------------------------------------------------


def test_every_paper_that_stands_before_another_is_a_kind_or_a_register() -> None:
    known = {*shipped_kinds(), *shipped_schemas()}
    named = [(kind.name, one) for kind in shipped_kinds().values() for one in kind.after]
    assert len(named) > 30
    words = [(name, one.paper) for name, one in named if one.paper not in known]
    assert words == [("лист_согласования", "проект приказа")]
    # Of a register alone nothing tells the day: its path does.
    registers = [(name, one) for name, one in named if one.paper in shipped_schemas()]
    assert [name for name, one in registers if not one.of] == []


def test_no_two_papers_wait_for_each_other() -> None:
    kinds = shipped_kinds()
    seen: dict[str, set[str]] = {}

    def before(name: str, path: tuple[str, ...] = ()) -> set[str]:
        assert name not in path, (*path, name)
        if name not in seen:
            direct = {one.paper for one in kinds[name].after if one.paper in kinds}
            seen[name] = direct.union(*(before(one, (*path, name)) for one in direct))
        return seen[name]

    for name in kinds:
        before(name)
    assert "согласие_на_наставничество" in seen["приказ_о_программах"]


def test_every_consent_that_nobody_is_free_to_refuse_stands_before_something() -> None:
    kinds = shipped_kinds()
    named = {one.paper for kind in kinds.values() for one in kind.after}
    wanted = {
        kind.name
        for kind in kinds.values()
        if kind.family == Family.CONSENT and not kind.is_voluntary and not kind.is_only_blank
    }
    assert wanted - named == set()


@pytest.mark.parametrize(
    ("rule", "key", "words"),
    [
        ({"of": "пара.соглашение_день"}, "after[1].of", "соглашение_дата"),
        ({"of": "соглашение_дата"}, "after[1].of", "строкой реестра"),
        ({"last": "парад.с"}, "after[1].last", "пара"),
        ({"day": "пара"}, "after[1].day", "столбец"),
        ({"rows": "парам"}, "after[1].rows", "пары"),
    ],
)
def test_a_path_that_leads_nowhere_is_told_at_its_entry(
    rule: dict[str, Any], key: str, words: str
) -> None:
    pay = shipped_kinds()["приказ_о_выплатах"]
    kind = replace(pay, after=(replace(EarlierPaper("приказ_о_парах", "так надо"), **rule),))
    with pytest.raises(StageError) as refused:
        check_kinds({kind.name: kind}, shipped_schemas())
    (problem,) = refused.value.problems
    assert problem.where.key == key
    assert words in problem.message


def test_a_protocol_later_than_the_order_that_rests_on_it_is_told_by_its_own_code() -> None:
    protocol: Row = {
        "имя": "Протокол",
        "вид": "протокол",
        "кто": "педагогический совет",
        "дата": on("02.09"),
        "номер": "1",
    }
    rows: dict[str, list[Row]] = {"приказы": [order(основание="Протокол")], "акты": [protocol]}
    assert "act-not-in-force" in [one.code for one in checked(school(rows))]
