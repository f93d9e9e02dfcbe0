"""People and bodies: positions with names, ages, heads, and who signs on which day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from docgen import russian
from docgen.model import PersonName, Phrase, Record, Reference, sameness
from docgen.model.ages import ADULT_AGE, SIGNING_AGE, day_of_age, full_years
from docgen.model.columns import (
    ACTING_HEAD,
    BODIES,
    BORN,
    CHILDREN,
    FORMER_SURNAME,
    FORMER_UNTIL,
    GUARDIAN,
    HEAD,
    NAME,
    ORDERS,
    ORGANISATION,
    POST,
    RELATION,
    SIGNATORY,
    STAFF,
)
from docgen.wording.filters import capitalised, uncapitalised
from docgen.wording.protocols import (
    BodyView,
    ChildView,
    OptionalPhrase,
    OrganisationView,
    PersonView,
    WorkerView,
    organisation_of,
    settings_of,
    to_body,
    to_worker,
)
from docgen.wording.record_views import BrokenRecordError, Scope, derived_value
from docgen.wording.spelling import Speller
from docgen.wording.value_views import (
    BlankView,
    DateView,
    JoinedView,
    MissingView,
    NameView,
    PhraseView,
    PrintableText,
    text_of,
)

GUARDIAN_BY_LAW = "опекун"
TRUSTEE = "попечитель"


def name_on(person: Record, day: dt.date) -> PersonName | None:
    """Return a person's name on a day: with the former surname up to «Прежняя фамилия по»."""
    name = person.values.get(NAME)
    if not isinstance(name, PersonName):
        return None
    former, until = person.values.get(FORMER_SURNAME), person.values.get(FORMER_UNTIL)
    if not (isinstance(former, str) and former and isinstance(until, dt.date) and day <= until):
        return name
    text = " ".join(part for part in (former, name.first, name.patronymic) if part)
    # «Не склонять» and the typed forms belong to the surname that the row has now.
    return replace(name, text=text, surname=former, is_fixed=False, forms=())


@derived_value(STAFF, "фио")
def worker_name(worker: WorkerView) -> NameView:
    """Return the name that the worker has on the document's day.

    Raises:
        BrokenRecordError: when the row has no name.
    """
    for column in (NAME, FORMER_SURNAME, FORMER_UNTIL):
        worker.value(column)
    name = name_on(worker.record, worker.scope.day)
    if name is None:
        raise BrokenRecordError([])
    return worker.scope.name(name, worker.record.cells.get(NAME, worker.record.where))


@derived_value(STAFF, "должность")
def worker_position(worker: WorkerView) -> OptionalPhrase:
    """Return the post as it stands within a sentence: lists of 1С begin it with a capital."""
    post = worker.value(POST)
    if not isinstance(post, Phrase):
        return ""
    where = worker.record.cells.get(POST, worker.record.where)
    text = russian.within_sentence(post.text)
    return PhraseView(text, worker.scope.speller, where, is_small=text != post.text)


@derived_value(STAFF, "должность_полностью")
def position_in_full(worker: WorkerView) -> JoinedView | str:
    """Return the post, of a bare one elsewhere with the body: «директор МБУ «Центр»»."""
    position = worker.должность
    return JoinedView((position, _employer_of(worker))) if isinstance(position, PhraseView) else ""


@derived_value(STAFF, "с_должностью")
def position_and_name(worker: WorkerView) -> NameView | JoinedView:
    """Return e.g. «директор Иванова М.П.», with an outside body as above; it declines whole."""
    name = worker.фио.in_style("initials")
    position = position_in_full(worker)
    return JoinedView((position, name)) if isinstance(position, JoinedView) else name


@dataclass(frozen=True, slots=True)
class _FixedWords(PrintableText):
    """Words that stay as they are while their neighbours decline."""

    text: str

    def in_case(self, case: str) -> _FixedWords:
        """Return the same words."""
        del case
        return self

    def __str__(self) -> str:
        """Return the words."""
        return self.text


def _employer_of(worker: WorkerView) -> _FixedWords:
    """Return the outside body where the worker is employed, in the genitive.

    Nothing for a worker of the organisation itself, or when the position names a body already.
    """
    employer = worker.организация
    if not str(employer):
        return _FixedWords("")
    body = to_body(employer)
    name = PhraseView(str(employer)) if body is None else body.текстом
    genitive = str(name.in_case("род"))
    position = str(worker.должность)
    is_named = any(letter.isupper() for letter in position[1:]) or (
        sameness(genitive) in sameness(position)
    )
    return _FixedWords("" if is_named else genitive)


@derived_value(STAFF, "взрослый")
def _worker_is_adult(worker: WorkerView) -> bool:
    del worker
    return True


@derived_value(CHILDREN, "возраст")
def age(child: ChildView) -> int | str:
    """Return the child's full years on the document's day, or nothing without a birth date."""
    born = child.record.values.get(BORN)
    # Every kind may use an age; only one that names the column may print the date itself.
    where = child.record.cells.get(BORN, child.record.where)
    child.scope.note(f"{CHILDREN}/{child.record.identity}/{BORN}", where, born)
    return full_years(born, child.scope.day) if isinstance(born, dt.date) else ""


@derived_value(CHILDREN, "взрослый")
def is_adult(child: ChildView) -> bool:
    """Return whether the child has turned 18 by the document's day (ГК РФ ст. 21)."""
    years = age(child)
    return isinstance(years, int) and years >= ADULT_AGE


@derived_value(CHILDREN, "подписывает_сам")
def has_signing_age(child: ChildView) -> bool:
    """Return whether the child signs beside the representative: from 14 on (ГК РФ ст. 26)."""
    years = age(child)
    return isinstance(years, int) and years >= SIGNING_AGE


@derived_value(CHILDREN, "кем_приходится")
def relation(child: ChildView) -> str:
    """Return what the representative is to the child on the document's day (ГК РФ ст. 32, 33)."""
    typed = text_of(child.value(RELATION))
    if typed not in {GUARDIAN_BY_LAW, TRUSTEE} or not isinstance(age(child), int):
        return typed
    return TRUSTEE if has_signing_age(child) else GUARDIAN_BY_LAW


@derived_value(CHILDREN, "до_18_лет")
def last_day_of_childhood(child: ChildView) -> DateView | str:
    """Return the last day on which a representative may consent, or nothing without a birth date.

    Whoever knows it knows the date of birth, which the kind must be allowed to read.
    """
    born = child.value(BORN)
    if not isinstance(born, dt.date):
        return ""
    return child.scope.date(day_of_age(born, ADULT_AGE) - dt.timedelta(days=1))


@derived_value(CHILDREN, "подписывающий")
def child_signer(child: ChildView) -> NameView | str:
    """Return the name of a child old enough to sign, nothing for a younger one."""
    return child.фио if has_signing_age(child) else ""


@derived_value(CHILDREN, "подписывающий_представитель")
def representative_signer(child: ChildView) -> NameView | str:
    """Return the name of the representative who signs for a child, nothing once it is 18."""
    name = child.value(GUARDIAN)
    if is_adult(child) or not isinstance(name, PersonName):
        return ""
    return child.scope.name(name, child.record.cells.get(GUARDIAN, child.record.where))


@derived_value(CHILDREN, "должность")
@derived_value(CHILDREN, "должность_полностью")
def pupil_position(child: ChildView) -> PhraseView:
    """Return e.g. «обучающийся 9 «А» класса», in the child's gender."""
    word = russian.agree(child.фио.gender, "обучающийся", "обучающаяся")
    in_class = russian.school_class(child.класс, "род").replace("\u00a0", " ")
    return PhraseView(f"{word} {in_class}")


@derived_value(CHILDREN, "с_должностью")
def pupil_position_and_name(child: ChildView) -> JoinedView:
    """Return e.g. «обучающийся 9 «А» класса Смирнов И.А.»."""
    return JoinedView((pupil_position(child), child.фио.in_style("initials")))


@derived_value(BODIES, "текстом")
def body_name(body: BodyView) -> PhraseView:
    """Return the body's short name."""
    return body.краткое


@derived_value(BODIES, "название")
def body_full_name(body: BodyView) -> PhraseView:
    """Return the body's full name, else the short one."""
    return body.полное or body.краткое


@dataclass(frozen=True, slots=True)
class Signatory(PrintableText):
    """Who signs and as what: the lines of the position, the name or a line to write it on."""

    position: str
    name: NameView | BlankView
    person: PersonView | None = None
    speller: Speller = field(default_factory=Speller, repr=False, compare=False)
    is_upper: bool = False

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
        """The name as «И.А. Домарева», or nothing when it is written by hand."""
        name = str(self.name.in_style("ahead")) if isinstance(self.name, NameView) else ""
        return name.upper() if self.is_upper else name

    def __str__(self) -> str:
        """Return position and name."""
        return f"{self.должность} {self.имя}".strip()


def head_row(scope: Scope) -> tuple[Record | None, bool]:
    """Return the card's row that names the head on the day, and whether that is an acting head.

    Raises:
        BrokenRecordError: when that row did not pass the checks.
    """
    card = organisation_of(scope)
    for fact, is_acting in ((ACTING_HEAD, True), (HEAD, False)):
        rows = [row for row in card.rows(fact) if row.holds_on(scope.day)]
        if any(row.is_broken for row in rows):
            raise BrokenRecordError([])
        if rows:
            return rows[-1], is_acting
    return None, False


def signatory_of(scope: Scope, order: Record | None) -> Signatory:
    """Return who signs on the document's day: the order's own choice, an acting head, the head."""
    chosen = order.values.get(SIGNATORY) if order else None
    card = organisation_of(scope)
    is_upper = settings_of(scope).фамилия_прописными is True
    if order is not None and isinstance(chosen, Reference):
        scope.note(f"{ORDERS}/{order.identity}/{SIGNATORY}", order.cells[SIGNATORY], chosen)
        worker: WorkerView = scope.follow(chosen)
        position = _position_of_chosen(card, worker, chosen, scope.day)
        return Signatory(position, worker.фио, worker, scope.speller, is_upper)
    row, is_acting = head_row(scope)
    head = row.values[ACTING_HEAD if is_acting else HEAD] if row else None
    if row is None or not isinstance(head, Reference):
        return Signatory(str(card.должность_руководителя), BlankView(""), speller=scope.speller)
    scope.note(f"{ORGANISATION}/{HEAD}", row.where, head)
    worker = scope.follow(head)
    position = _acting_position(card, worker) if is_acting else str(card.должность_руководителя)
    position = position or capitalised(worker.должность)
    return Signatory(position, worker.фио, worker, scope.speller, is_upper)


@derived_value(STAFF, "за_работодателя")
def employer_for(worker: WorkerView) -> Signatory:
    """Return who signs for the employer what a worker signs: of the head's papers the founder."""
    signatory = signatory_of(worker.scope, None)
    if not is_own_employer(worker):
        return signatory
    founder = organisation_of(worker.scope).учредитель
    head = to_worker(founder.руководитель) if to_body(founder) is not None else None
    if head is None:
        return Signatory("", BlankView(""), speller=worker.scope.speller)
    post = str(capitalised(head.должность))
    return Signatory(post, head.фио, head, worker.scope.speller, signatory.is_upper)


@derived_value(STAFF, "сам_подписант")
def is_own_employer(worker: WorkerView) -> bool:
    """Return whether a worker is the head, or acts for the head, on the document's day."""
    signatory = signatory_of(worker.scope, None)
    is_signing = signatory.person is not None and signatory.person.record is worker.record
    chosen = Reference(STAFF, worker.record.identity, worker.record.identity)
    card = organisation_of(worker.scope)
    return is_signing or _holds_post(card, HEAD, chosen, worker.scope.day)


def _position_of_chosen(
    card: OrganisationView, worker: WorkerView, chosen: Reference, day: dt.date
) -> str:
    """Return the role in which the chosen signer signs: the card may name a head or acting head."""
    if _holds_post(card, ACTING_HEAD, chosen, day):
        return _acting_position(card, worker)
    if _holds_post(card, HEAD, chosen, day):
        return str(card.должность_руководителя) or capitalised(worker.должность)
    return capitalised(worker.должность)


def post_of(worker: WorkerView, day: dt.date | None = None) -> str:
    """Return as what a worker signs on a day: the head and an acting head as such.

    The day is the document's, if no other is given.
    """
    card = organisation_of(worker.scope)
    chosen = Reference(STAFF, worker.record.identity, str(worker.record.values.get(NAME)))
    position = _position_of_chosen(card, worker, chosen, day or worker.scope.day)
    return str(position) or capitalised(worker.должность)


def _holds_post(card: OrganisationView, post: str, chosen: Reference, day: dt.date) -> bool:
    """Return whether the card names the chosen person for the post on the day."""
    holders = [row.values[post] for row in card.rows(post) if row.holds_on(day)]
    return any(isinstance(one, Reference) and one.identity == chosen.identity for one in holders)


def _acting_position(card: OrganisationView, worker: WorkerView) -> str:
    typed = card.должность_исполняющего
    head = card.должность_руководителя
    if typed or not isinstance(head, PhraseView):
        return typed or f"И.о. {uncapitalised(worker.должность)}"
    return f"И.о. {head.with_text(uncapitalised(head)).in_case('род')}"


def short_name_keys(names: Iterable[PersonName]) -> frozenset[str]:
    """Return the keys of «Иванова М.П.» and «М.П. Иванова» for each name."""
    return frozenset().union(
        *[_short_keys(name.surname, name.first, name.patronymic) for name in names]
    )


@functools.lru_cache(maxsize=8192)
def _short_keys(surname: str, first: str, patronymic: str) -> frozenset[str]:
    short = russian.initials(surname, first, patronymic)
    ahead = russian.initials(surname, first, patronymic, ahead=True)
    return frozenset({short_name_key(short), short_name_key(ahead)})


@functools.lru_cache(maxsize=8192)
def short_name_key(surname_and_initials: str) -> str:
    """Return a surname with initials as its letters alone, to compare it however it is typed."""
    text = surname_and_initials.casefold().replace("ё", "е")
    return "".join([symbol for symbol in text if symbol.isalpha()])


def certifier_of(scope: Scope) -> WorkerView | MissingView:
    """Return who certifies copies and extracts: by the settings, else the specialist in staff."""
    return settings_of(scope).заверяет_копии or organisation_of(scope).кадровик
