"""Which form of a name or phrase is printed: one typed in a register, else the declined one.

A form typed for the person comes first, then «Не склонять», a form typed for the text, declension.
Every form that a document uses is noted with the reason to check it, if there is one, so that a
person can sign the forms off once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from docgen import russian
from docgen.errors import Location, Problem, RegisterError
from docgen.model import Override, PersonName, sameness

NAME, WORDS = "ФИО", "слова"
_PARTS = ("фамилия", "имя", "отчество")


@dataclass(frozen=True, slots=True)
class UsedForm:
    """A form that a document printed.

    ``what`` is «ФИО» or «слова»; ``proposed`` is what docgen would print by itself, ``typed`` what
    a person typed in its place; ``reason`` says why somebody should check the form, and is empty
    when nobody need or somebody has.
    """

    what: str
    text: str
    case: str
    proposed: str
    typed: str
    reason: str
    where: Location


@dataclass(slots=True)
class Speller:
    """Spells names and phrases for one document, and accumulates the forms that it used.

    ``overrides`` are the typed forms of the workspace; ``agreement`` reads whether names of places
    agree with their types, as the house has it; ``used`` is filled while the document is rendered,
    by what, text and case.
    """

    overrides: Mapping[str, Override] = field(default_factory=dict)
    agreement: Callable[[], str] = lambda: russian.AGREEMENTS[0]
    used: dict[tuple[str, str, str], UsedForm] = field(default_factory=dict)

    def spell_phrase(self, text: str, case: str, where: Location) -> str:
        """Return a phrase in a case: the form typed for this text, else the declined one."""
        if case == "им":
            return typed_form(text, case, self.overrides) or text
        typed = typed_form(text, case, self.overrides)
        form = russian.decline_phrase(text, case, self.agreement())
        reason = form.reason if form.check and not typed else ""
        self._note(UsedForm(WORDS, text, case, form.text, typed, reason, where))
        return typed or form.text

    def spell_name_part(self, name: PersonName, part: str, case: str, where: Location) -> str:
        """Return one part of a name in a case; initials stay as they are.

        ``part`` is фамилия, имя or отчество.

        Raises:
            RegisterError: ``gender-missing`` when the case depends on a gender that is unknown.
        """
        text = dict(zip(_PARTS, (name.surname, name.first, name.patronymic), strict=True))[part]
        if case == "им" or not text or text.endswith("."):
            return text
        typed = self._typed_part(name, part, text, case)
        if not typed and not name.gender:
            raise RegisterError([_gender_problem(name, where)])
        return typed or russian.decline_name(text, case, name.gender, part).text

    def spell_name(self, name: PersonName, case: str, where: Location) -> list[str]:
        """Return surname, first name and patronymic in a case, and note the form."""
        parts = [self.spell_name_part(name, part, case, where) for part in _PARTS]
        if case != "им":
            self._note_name(name, parts, case, where)
        return parts

    def _typed_part(self, name: PersonName, part: str, text: str, case: str) -> str:
        own = _part_of(dict(name.forms).get(case, ""), part)
        if own:
            return own
        if name.is_fixed and part == "фамилия":
            return text
        return (
            _part_of(typed_form(name.text, case, self.overrides), part)
            if typed_form(name.text, case, self.overrides)
            else typed_form(text, case, self.overrides, name.gender)
        )

    def _note_name(self, name: PersonName, parts: list[str], case: str, where: Location) -> None:
        proposed, reasons = [], []
        texts = (name.surname, name.first, name.patronymic)
        for part, text in zip(_PARTS, texts, strict=True):
            if not text or text.endswith(".") or (name.is_fixed and part == "фамилия"):
                proposed.append(text)
                continue
            form = russian.decline_name(text, case, name.gender or None, part)
            proposed.append(form.text)
            if form.check and not self._typed_part(name, part, text, case):
                reasons.append(form.reason)
        engine, printed = (" ".join(filter(None, items)) for items in (proposed, parts))
        typed = printed if printed != engine else ""
        reason = "; ".join(dict.fromkeys(filter(None, reasons)))
        self._note(UsedForm(NAME, name.text, case, engine, typed, reason, where))

    def _note(self, form: UsedForm) -> None:
        self.used.setdefault((form.what, form.text, form.case), form)


_present: ContextVar[Speller | None] = ContextVar("speller", default=None)


def present_speller() -> Speller:
    """Return the speller of the document that is filled in, for words that its template has."""
    return _present.get() or Speller()


@contextmanager
def spelled_by(speller: Speller) -> Iterator[None]:
    """Let a speller spell what a template declines that comes from no cell of its own."""
    token = _present.set(speller)
    try:
        yield
    finally:
        _present.reset(token)


def typed_form(text: str, case: str, overrides: Mapping[str, Override], gender: str = "") -> str:
    """Return the form typed in a register for this text, case and gender, or nothing."""
    folded = _folded(text)
    for key in (f"{folded}|{gender}", f"{folded}|"):
        override = overrides.get(key)
        if override and override.forms.get(case):
            return override.forms[case]
    return ""


@functools.lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return what all spellings of a text share; kept, since names recur in every document."""
    return sameness(text)


def _part_of(typed: str, part: str) -> str:
    """Return one part of a typed form: a single word is a surname, several are a full name."""
    if not typed:
        return ""
    if " " not in typed.strip():
        return typed.strip() if part == "фамилия" else ""
    return dict(zip(_PARTS, russian.split_name(typed), strict=True))[part]


def _gender_problem(name: PersonName, where: Location) -> Problem:
    return Problem(
        "gender-missing",
        where,
        f"нужен пол, чтобы поставить «{name.text}» в падеж; впишите м или ж в столбец «Пол»",
    )
