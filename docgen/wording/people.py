"""People and bodies: positions with names, heads, ages, who signs on which day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from docgen import russian
from docgen.model import PersonName, Record, Reference, sameness
from docgen.model.ages import ADULT_AGE, SIGNING_AGE
from docgen.model.columns import (
    ACTING_HEAD,
    BODIES,
    BORN,
    CHILDREN,
    FORMER_SURNAME,
    FORMER_UNTIL,
    HEAD,
    NAME,
    ORDERS,
    ORGANISATION,
    SIGNATORY,
    STAFF,
)
from docgen.wording.filters import capitalised, uncapitalised
from docgen.wording.record_views import (
    BrokenRecordError,
    CardView,
    RecordView,
    Scope,
    derived_value,
)
from docgen.wording.spelling import Speller
from docgen.wording.value_views import (
    BlankView,
    JoinedView,
    NameView,
    PhraseView,
    PrintableText,
)


def name_on(person: Record, day: dt.date) -> PersonName | None:
    """Return a person's name on a day: the former surname up to «Прежняя фамилия по»."""
    name = person.values.get(NAME)
    if not isinstance(name, PersonName):
        return None
    former, until = person.values.get(FORMER_SURNAME), person.values.get(FORMER_UNTIL)
    if not (isinstance(former, str) and former and isinstance(until, dt.date) and day <= until):
        return name
    text = " ".join(part for part in (former, name.first, name.patronymic) if part)
    # «Не склонять» and the typed forms are said of the surname that the row has now.
    return replace(name, text=text, surname=former, is_fixed=False, forms=())


@derived_value(STAFF, "фио")
def person_name(person: RecordView) -> Any:
    """Return the name that the person had on the paper's day."""
    for column in (NAME, FORMER_SURNAME, FORMER_UNTIL):
        person.value(column)
    return person.scope.named(person, NAME, name_on(person.record, person.scope.day))


@derived_value(STAFF, "с_должностью")
def position_and_name(person: RecordView) -> Any:
    """Return «директор Иванова М.П.», which declines as a whole.

    A bare position in another body is followed by that body: «директор МБУ «Центр» Орлов И.П.».
    """
    name: Any = person.фио
    if not str(person.должность):
        return name.in_style("initials")
    return JoinedView((person.должность, _body_of(person), name.in_style("initials")))


@dataclass(frozen=True, slots=True)
class _KeptPeople(PrintableText):
    """Words that stay as they are while their neighbours decline."""

    text: str

    def in_case(self, case: str) -> _KeptPeople:
        """Return the same words."""
        del case
        return self

    def __str__(self) -> str:
        """Return the words."""
        return self.text


def _body_of(person: Any) -> _KeptPeople:
    """Return another body in the genitive, or nothing when the position names one itself."""
    body = person.организация
    if not str(body):
        return _KeptPeople("")
    named = body.текстом if isinstance(body, RecordView) else PhraseView(str(body))
    genitive = str(named.in_case("род"))
    position = str(person.должность)
    is_named = any(letter.isupper() for letter in position[1:]) or (
        sameness(genitive) in sameness(position)
    )
    return _KeptPeople("" if is_named else genitive)


@derived_value(STAFF, "взрослый")
def _worker_is_adult(person: RecordView) -> bool:
    del person
    return True


@derived_value(CHILDREN, "возраст")
def age(child: RecordView) -> int | str:
    """Return full years on the paper's day; nothing when the birth date is unknown."""
    born = child.record.values.get(BORN)
    # Every kind may count an age; only one that names the column may print the date itself.
    where = child.record.cells.get(BORN, child.record.where)
    child.scope.note(f"дети/{child.record.identity}/рождён", where, born)
    return full_years(born, child.scope.day) if isinstance(born, dt.date) else ""


def full_years(born: dt.date, day: dt.date) -> int:
    """Return the age in full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@derived_value(CHILDREN, "взрослый")
def is_adult(child: RecordView) -> bool:
    """Return whether the child is 18 on the paper's day (ГК РФ ст. 21)."""
    years = age(child)
    return isinstance(years, int) and years >= ADULT_AGE


@derived_value(CHILDREN, "подписывает_сам")
def signs_too(child: RecordView) -> bool:
    """Return whether the child signs beside the representative: from 14 (ГК РФ ст. 26)."""
    years = age(child)
    return isinstance(years, int) and years >= SIGNING_AGE


@derived_value(CHILDREN, "подписывающий")
def child_signer(child: Any) -> Any:
    """Return the name of a child who signs too, nothing for a younger one."""
    return child.фио if signs_too(child) else ""


@derived_value(CHILDREN, "должность")
def pupil_position(child: Any) -> PhraseView:
    """Return «обучающийся 9 «А» класса», in the child's gender."""
    word = russian.agree(child.фио.gender, "обучающийся", "обучающаяся")
    return PhraseView(f"{word} {child.класс} класса")


@derived_value(CHILDREN, "с_должностью")
def pupil_and_name(child: Any) -> JoinedView:
    """Return «обучающийся 9 «А» класса Смирнов И.А.»."""
    return JoinedView((child.должность, child.фио.in_style("initials")))


@derived_value(BODIES, "текстом")
def body_name(body: RecordView) -> Any:
    """Return the body's short name."""
    return body.краткое


@derived_value(BODIES, "название")
def body_full_name(body: RecordView) -> Any:
    """Return the body's full name, else the short one."""
    return body.полное or body.краткое


@dataclass(frozen=True, slots=True)
class Signatory(PrintableText):
    """Who signs and as what: lines of the position, the name or a blank to write it."""

    position: str
    name: NameView | BlankView
    person: RecordView | None = None
    speller: Speller = field(default_factory=Speller, repr=False, compare=False)

    @property
    def должность(self) -> PhraseView:
        """The position as one phrase."""
        return PhraseView(" ".join(self.position.split()), self.speller)

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
    """Return the card's row of the head on the day and whether it is an acting head.

    Raises:
        BrokenRecordError: when that row did not pass the checks.
    """
    card = scope.card(ORGANISATION)
    for fact, is_acting in ((ACTING_HEAD, True), (HEAD, False)):
        rows = [row for row in card.rows(fact) if row.holds_on(scope.day)]
        if any(row.is_broken for row in rows):
            raise BrokenRecordError([])
        if rows:
            return rows[-1], is_acting
    return None, False


def signatory_of(scope: Scope, order: Record | None) -> Signatory:
    """Return who signs on the paper's day: the order's own choice, an acting head, the head."""
    chosen = order.values.get(SIGNATORY) if order else None
    card = scope.card(ORGANISATION)
    if order is not None and isinstance(chosen, Reference):
        scope.note(f"{ORDERS}/{order.identity}/{SIGNATORY}", order.cells[SIGNATORY], chosen)
        person: Any = scope.follow(chosen)
        position = _chosen_position(card, person, chosen, scope.day)
        return Signatory(position, person.фио, person, scope.speller)
    row, is_acting = head_row(scope)
    if row is None:
        return Signatory(str(card.должность_руководителя), BlankView(""), speller=scope.speller)
    reference = row.values[ACTING_HEAD if is_acting else HEAD]
    if not isinstance(reference, Reference):
        raise TypeError(reference)
    scope.note("организация/руководитель", row.where, reference)
    person = scope.follow(reference)
    position = _acting_position(card, person) if is_acting else str(card.должность_руководителя)
    position = position or capitalised(person.должность)
    return Signatory(position, person.фио, person, scope.speller)


def _chosen_position(card: CardView, person: Any, chosen: Reference, day: dt.date) -> str:
    """Return how the chosen signer signs: as head or acting head when the card says so."""
    if _holds_post(card, ACTING_HEAD, chosen, day):
        return _acting_position(card, person)
    if _holds_post(card, HEAD, chosen, day):
        return str(card.должность_руководителя) or capitalised(person.должность)
    return capitalised(person.должность)


def _holds_post(card: CardView, post: str, chosen: Reference, day: dt.date) -> bool:
    """Return whether the card names the chosen person to the post on the day."""
    named = [row.values[post] for row in card.rows(post) if row.holds_on(day)]
    return any(isinstance(one, Reference) and one.identity == chosen.identity for one in named)


def _acting_position(card: CardView, person: Any) -> str:
    typed = str(card.должность_исполняющего)
    head: Any = card.должность_руководителя
    if typed or not str(head):
        return typed or f"И.о. {uncapitalised(str(person.должность))}"
    return f"И.о. {head.in_words(uncapitalised(head)).in_case('род')}"


def short_names(names: Iterable[PersonName]) -> frozenset[str]:
    """Return the marks of «Иванова М.П.» and «М.П. Иванова» for each name."""
    return frozenset().union(
        *[_short_marks(name.surname, name.first, name.patronymic) for name in names]
    )


@functools.lru_cache(maxsize=8192)
def _short_marks(surname: str, first: str, patronymic: str) -> frozenset[str]:
    short = russian.initials(surname, first, patronymic)
    ahead = russian.initials(surname, first, patronymic, ahead=True)
    return frozenset({short_name_mark(short), short_name_mark(ahead)})


@functools.lru_cache(maxsize=8192)
def short_name_mark(surname_and_initials: str) -> str:
    """Return by what a surname with initials is looked up, however it is spaced and dotted."""
    text = surname_and_initials.casefold().replace("ё", "е")
    return "".join([symbol for symbol in text if symbol.isalpha()])
