"""Names in running texts: whose they are, in any case, with former surnames too."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from docgen import russian
from docgen.model import PersonName, Phrase, Record, Workspace, sameness
from docgen.model.columns import FORMER_SURNAME, NAME, PERSONNEL_NUMBER, POST
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording.spelling import typed_form
from docgen.wording.value_views import text_of

PersonKey: TypeAlias = tuple[str, str]
"""Register and identity."""

CASES: Final = ("им", "род", "дат", "вин", "твор", "пред")
_WORD: Final = f"(?:[{CAPITAL}][{SMALL}]+|[{CAPITAL}]{{2,}})"
_SURNAME: Final = rf"{_WORD}(?:-{_WORD})*"
_NAMES: Final = re.compile(
    rf"\b(?P<a>{_SURNAME})\s(?P<b>[{CAPITAL}])\.\s?(?:(?P<c>[{CAPITAL}])\.)?"
    rf"|\b(?P<d>[{CAPITAL}])\.\s?(?:(?P<e>[{CAPITAL}])\.\s?)?(?P<f>{_SURNAME})"
    rf"|\b(?P<g>{_SURNAME})\s(?P<h>[{CAPITAL}][{SMALL}]+)\s(?P<i>[{CAPITAL}][{SMALL}]+)"
)
_TOKEN: Final = re.compile(rf"\b{_SURNAME}")
_PATRONYMIC: Final = re.compile(r"(?:ич|вн|ичн)[а-яё]{0,3}$")
_NAMESAKE: Final = re.compile(r"(?:\bимени|\bим\.|\bпамяти)\s*(?:[\w.]+\s){0,4}$", re.IGNORECASE)
"""«Имени А.С. Пушкина» names nobody of the registers."""
_SENTENCE: Final = re.compile(r"(?:^|[.!?:;]\s|\n)[\s\d.)«]*$")
_LONGEST_ABBREVIATION: Final = 4
"""«КИМ» is no teacher Ким, «ЛИ» no Ли."""
_SIGN: Final = sameness("№")
_PLAIN: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, with all who may be meant: nobody of the registers, one, namesakes."""

    start: int
    end: int
    surname: str
    people: frozenset[PersonKey]


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A person under one surname; the letters are those of the first name and the patronymic."""

    key: PersonKey
    initials: str


class NameIndex:
    """The people of a workspace by every form of their surnames."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._bearers: dict[str, set[_Bearer]] = {}
        for row, column, name in names_in(workspace):
            key = (row.register, row.identity if column == NAME else f"{row.identity}/{column}")
            initials = (name.first[:1] + name.patronymic[:1]).upper()
            for form in surname_forms(name, workspace):
                self._bearers.setdefault(form, set()).add(_Bearer(key, initials))

    def mentions(self, text: str, *, is_strict: bool = False) -> list[Mention]:
        """Return the names in a text, in its order; spaces and hyphens may be of any kind.

        Who ``is_strict`` takes a usual word that begins a sentence for a name, too.
        """
        plain = text.translate(_PLAIN)
        found = list(self._full(plain))
        taken = [range(one.start, one.end) for one in found]
        for token in _TOKEN.finditer(plain):
            if not any(token.start() in one for one in taken):
                found += self._bare(token, plain, is_strict=is_strict)
        narrowed = (self._narrowed(one, plain) for one in found)
        return sorted(narrowed, key=lambda one: one.start)

    def _narrowed(self, mention: Mention, text: str) -> Mention:
        """Return a name of namesakes as that of the one whose post or number stands beside it."""
        if len(mention.people) < 2:
            return mention
        before, after = sameness(text[: mention.start]), sameness(text[mention.end :])
        meant = frozenset(
            key for key in mention.people if _is_beside(key, before, after, self._workspace)
        )
        return replace(mention, people=meant) if len(meant) == 1 else mention

    def _full(self, text: str) -> Iterator[Mention]:
        """Yield names with initials or with all their parts."""
        start = 0
        while match := _NAMES.search(text, start):
            surname = match["a"] or match["f"] or match["g"]
            letters = "".join((match[one] or "")[:1] for one in "bcdehi")
            people = frozenset(
                one.key
                for one in self._bearers.get(sameness(surname), ())
                if one.initials.startswith(letters)
            )
            is_name = bool(match["c"] or match["e"]) or (
                match["i"] is not None and _PATRONYMIC.search(match["i"]) is not None
            )
            if (people or is_name) and not _NAMESAKE.search(text[: match.start()]):
                yield Mention(match.start(), match.end(), surname, people)
                start = match.end()
            else:
                # A part of these words may begin a name of its own.
                start = match.start() + 1

    def _bare(self, token: re.Match[str], text: str, *, is_strict: bool) -> Iterator[Mention]:
        """Yield a surname that stands alone; a usual word that begins a sentence is none."""
        if token[0].isupper() and len(token[0]) <= _LONGEST_ABBREVIATION:
            return
        people = self._bearers.get(sameness(token[0]), ())
        before = text[: token.start()]
        if not people or _NAMESAKE.search(before):
            return
        if not is_strict and _SENTENCE.search(before) and russian.is_common_noun(token[0].lower()):
            return
        yield Mention(token.start(), token.end(), token[0], frozenset(one.key for one in people))


def names_in(workspace: Workspace) -> Iterator[tuple[Record, str, PersonName]]:
    """Yield every name of every register: row, column, name; former surnames too."""
    for rows in workspace.records.values():
        for row in rows:
            for column, value in row.values.items():
                if isinstance(value, PersonName):
                    yield row, column, value
            name, former = row.values.get(NAME), row.values.get(FORMER_SURNAME)
            if isinstance(name, PersonName) and isinstance(former, str) and former.strip():
                yield (
                    row,
                    NAME,
                    PersonName(former, former, name.first, name.patronymic, name.gender),
                )


def surname_forms(name: PersonName, workspace: Workspace) -> frozenset[str]:
    """Return every form of a surname, typed ones too, folded; of several words each alone."""
    forms = {form for _, form in forms_by_case(name, workspace)}
    words = {word for form in forms for word in form.split() if len(word) > 2}
    return frozenset(sameness(one) for one in forms | words)


def forms_by_case(name: PersonName, workspace: Workspace) -> list[tuple[str, str]]:
    """Return the forms of a surname, each with its case: declined ones, and those typed."""
    surname = name.surname or name.text.partition(" ")[0]
    found = [(case, form) for case in CASES for form in _declined(surname, name.gender, case)]
    typed = [(case, _surname_of(form)) for case, form in name.forms if form]
    for override in _overrides_by_surname(workspace).get(sameness(surname), ()):
        typed += [(case, _surname_of(form)) for case, form in override.items() if form]
    return [*found, *typed]


@functools.lru_cache(maxsize=8192)
def _declined(surname: str, gender: str, case: str) -> tuple[str, ...]:
    genders = (gender,) if gender else ("м", "ж")
    return tuple(
        dict.fromkeys(
            russian.decline_name(surname, case, one, part="фамилия").text for one in genders
        )
    )


def _surname_of(form: str) -> str:
    return russian.split_name(form)[0] if " " in form.strip() else form.strip()


@functools.lru_cache(maxsize=8)
def _overrides_by_surname(workspace: Workspace) -> Mapping[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for one in workspace.overrides.values():
        found.setdefault(sameness(_surname_of(one.text)), []).append(one.forms)
    return found


@functools.lru_cache(maxsize=8)
def name_index(workspace: Workspace) -> NameIndex:
    """Return the people of a workspace by their surnames; many papers ask."""
    return NameIndex(workspace)


def is_same(mention: Mention, people: Iterable[PersonKey]) -> bool:
    """Return whether whoever may be meant is among these people."""
    return bool(mention.people) and mention.people <= set(people)


@functools.lru_cache(maxsize=1024)
def post_forms(key: PersonKey, workspace: Workspace) -> frozenset[str]:
    """Return a person's posts over time in every case, folded."""
    return frozenset(
        sameness(form)
        for row in workspace.by_identity.get(key, ())
        if isinstance(post := row.values.get(POST), Phrase)
        for case in CASES
        for form in (post_in(post.text, case, workspace),)
    )


def post_in(post: str, case: str, workspace: Workspace) -> str:
    """Return a post in a case: as it was typed on «Склонения», else declined."""
    text = russian.within_sentence(post)
    return typed_form(text, case, workspace.overrides) or russian.decline_phrase(text, case).text


def _is_beside(key: PersonKey, before: str, after: str, workspace: Workspace) -> bool:
    """Return whether a person's post or personnel number stands beside a name, folded."""
    numbers = {
        text_of(row.values.get(PERSONNEL_NUMBER)) for row in workspace.by_identity.get(key, ())
    }
    is_numbered = any(
        re.match(rf"[\s,(]*таб\.\s?(?:{_SIGN}\s?)?{re.escape(sameness(one))}\b", after)
        for one in numbers
        if one
    )
    posts = post_forms(key, workspace)
    is_of_post = any(
        re.search(rf"(?:^|\W){re.escape(one)}$", before)
        or re.match(rf"\W*(?:таб\.\s?(?:{_SIGN}\s?)?\w+,\s)?{re.escape(one)}(?:\W|$)", after)
        for one in posts
    )
    return is_numbered or is_of_post
