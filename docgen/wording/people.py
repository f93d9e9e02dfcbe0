"""People and bodies: positions with names, heads, ages, who signs on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from docgen import russian
from docgen.model import PersonName, Record, Reference
from docgen.wording.values import (
    BlankView,
    JoinedView,
    NameView,
    PhraseView,
    Printed,
)
from docgen.wording.views import CardView, RecordView, Scope, derived_value

ADULT_AGE = 18
SIGNING_AGE = 14


@derived_value("сотрудники", "с_должностью")
def position_and_name(person: RecordView) -> Any:
    """Return «директор Иванова М.П.», which declines as a whole."""
    name: Any = person.фио
    if not str(person.должность):
        return name.in_style("initials")
    return JoinedView((person.должность, name.in_style("initials")))


@derived_value("сотрудники", "взрослый")
def _worker_is_adult(person: RecordView) -> bool:
    del person
    return True


@derived_value("дети", "возраст")
def age(child: RecordView) -> int | str:
    """Return full years on the paper's day; nothing when the birth date is unknown."""
    born = child.record.values.get("рождён")
    return full_years(born, child.scope.day) if isinstance(born, dt.date) else ""


def full_years(born: dt.date, day: dt.date) -> int:
    """Return the age in full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@derived_value("дети", "взрослый")
def is_adult(child: RecordView) -> bool:
    """Return whether the child is 18 on the paper's day (ГК РФ ст. 21)."""
    years = age(child)
    return isinstance(years, int) and years >= ADULT_AGE


@derived_value("дети", "подписывает_сам")
def signs_too(child: RecordView) -> bool:
    """Return whether the child signs beside the representative: from 14 (ГК РФ ст. 26)."""
    years = age(child)
    return isinstance(years, int) and years >= SIGNING_AGE


@derived_value("дети", "подписывающий")
def child_signer(child: Any) -> Any:
    """Return the name of a child who signs too, nothing for a younger one."""
    return child.фио if signs_too(child) else ""


@derived_value("дети", "должность")
def pupil_position(child: Any) -> PhraseView:
    """Return «обучающийся 9 «А» класса», in the child's gender."""
    word = russian.agree(child.фио.gender, "обучающийся", "обучающаяся")
    return PhraseView(f"{word} {child.класс} класса")


@derived_value("дети", "с_должностью")
def pupil_and_name(child: Any) -> JoinedView:
    """Return «обучающийся 9 «А» класса Смирнов И.А.»."""
    return JoinedView((child.должность, child.фио.in_style("initials")))


@derived_value("организации", "текстом")
def body_name(body: RecordView) -> Any:
    """Return the body's short name."""
    return body.краткое


@derived_value("организации", "название")
def body_full_name(body: RecordView) -> Any:
    """Return the body's full name, else the short one."""
    return body.полное or body.краткое


@dataclass(frozen=True, slots=True)
class Signatory(Printed):
    """Who signs and as what: lines of the position, the name or a blank to write it."""

    position: str
    name: NameView | BlankView
    person: RecordView | None = None

    @property
    def должность(self) -> PhraseView:
        """The position as one phrase."""
        return PhraseView(" ".join(self.position.split()))

    @property
    def строки(self) -> list[str]:
        """The position's lines as they stand above the signature."""
        return [line.strip() for line in self.position.split("\n") if line.strip()]

    @property
    def фио(self) -> NameView | BlankView:
        """The signer's name."""
        return self.name

    @property
    def имя(self) -> str:
        """«И.А. Домарева», or nothing when the name is written by hand."""
        return str(self.name.in_style("ahead")) if isinstance(self.name, NameView) else ""

    def __str__(self) -> str:
        """Return position and name."""
        return f"{self.должность} {self.имя}".strip()


def head_row(scope: Scope) -> tuple[Record | None, bool]:
    """Return the card's row of the head on the day and whether it is an acting head."""
    card = scope.card("организация")
    for fact, is_acting in (("исполняющий", True), ("руководитель", False)):
        rows = [row for row in card.rows(fact) if row.holds_on(scope.day)]
        if rows:
            return rows[-1], is_acting
    return None, False


def signatory_of(scope: Scope, order: Record | None) -> Signatory:
    """Return who signs on the paper's day: the order's own choice, an acting head, the head."""
    chosen = order.values.get("подписывает") if order else None
    card = scope.card("организация")
    if isinstance(chosen, Reference):
        person = scope.follow(chosen)
        return Signatory(_head_position(card, person, chosen), person.фио, person)
    row, is_acting = head_row(scope)
    if row is None:
        return Signatory(str(card.должность_руководителя), BlankView(""))
    reference = row.values["исполняющий" if is_acting else "руководитель"]
    if not isinstance(reference, Reference):
        raise TypeError(reference)
    scope.note("организация/руководитель", row.where, reference)
    person = scope.follow(reference)
    position = _acting_position(card, person) if is_acting else str(card.должность_руководителя)
    return Signatory(position or _capital(str(person.должность)), person.фио, person)


def _head_position(card: CardView, person: RecordView, chosen: Reference) -> str:
    """Return how the chosen signer signs: as head or acting head when the card says so."""
    if any(chosen == row.values.get("исполняющий") for row in card.rows("исполняющий")):
        return _acting_position(card, person)
    if any(chosen == row.values.get("руководитель") for row in card.rows("руководитель")):
        return str(card.должность_руководителя) or _capital(str(person.должность))
    return _capital(str(person.должность))


def _acting_position(card: CardView, person: RecordView) -> str:
    typed = str(card.должность_исполняющего)
    head = card.должность_руководителя
    if typed or not str(head):
        return typed or f"И.о. {person.должность}"
    lowered = PhraseView(_small(str(head)), head.overrides) if hasattr(head, "overrides") else head
    return f"И.о. {lowered.in_case('род')}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def is_known_person(name: PersonName, surname_and_initials: str) -> bool:
    """Return whether «Иванова М.П.» or «М.П. Иванова» may be this person."""
    short = russian.initials(name.surname, name.first, name.patronymic)
    ahead = russian.initials(name.surname, name.first, name.patronymic, ahead=True)
    wanted = _letters(surname_and_initials)
    return wanted in {_letters(short), _letters(ahead)}


def _letters(text: str) -> str:
    return "".join(symbol for symbol in text.casefold().replace("ё", "е") if symbol.isalpha())
