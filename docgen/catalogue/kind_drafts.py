"""A new kind of document as it begins: its entry with a word of explanation, its body."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from docgen.catalogue.draft_bodies import draft_body, signers_of
from docgen.catalogue.draft_rows import DraftRow, personal_columns
from docgen.catalogue.draft_wishes import KindWish
from docgen.model import DocumentPer, Family
from docgen.model.columns import ABOUT, NAME, PARTICIPANT, ROLE, TEMPLATE
from docgen.ooxml.template_drafts import DraftItem

_ORDER_TITLE: Final = (
    "{{ приказ.вид|с_заглавной }}{% if приказ.номер %} № {{ приказ.номер }}{% endif %}"
    "{% if приказ.дата %} от {{ приказ.дата|дата('03.03.2022') }}{% endif %}. "
    "{{ приказ.заголовок }}"
)
_ORDER_OUTPUT: Final = (
    "{{ приказ.имя|replace('/', '-') }}/{{ приказ.вид|с_заглавной }}"
    "{% if приказ.номер %} № {{ приказ.номер|replace('/', '-') }}{% endif %}"
    "{% if приказ.дата %} от {{ приказ.дата|дата('03.03.2022') }}{% endif %}"
)
_APPENDIX_TITLE: Final = "{{ приложение.обозначение }}. {{ приложение.заголовок }}"
_APPENDIX_OUTPUT: Final = (
    "{{ приложение.приказ.имя|replace('/', '-') }}/{{ приложение.обозначение|replace('/', '-') }}"
)
_HEAD: Final = '{ role = "руководитель", who = "подписант" }'
_OF_ORDER: Final = (
    _HEAD,
    '{ role = "гриф", who = "приказ.подписи_грифов.слева" }',
    '{ role = "гриф", who = "приказ.подписи_грифов.справа" }',
    '{ role = "гриф", who = "приказ.подписи_грифов.посередине" }',
    '{ role = "ознакомлен(а)", who = "ознакомляемые", sheet = true }',
)
_OF_APPENDIX: Final = (
    '{ role = "гриф", who = "приложение.подписи_грифов.слева" }',
    '{ role = "гриф", who = "приложение.подписи_грифов.справа" }',
    '{ role = "гриф", who = "приложение.подписи_грифов.посередине" }',
)


@dataclass(frozen=True, slots=True)
class KindDraft:
    """A new kind: the text of its entry, the items of its template.

    ``left_out`` are the headers of personal columns, which a paper prints only if it must;
    ``chosen_as`` is the word that chooses the kind in its register, if one does.
    """

    name: str
    title: str
    entry: str
    items: tuple[DraftItem, ...]
    left_out: tuple[str, ...] = ()
    chosen_as: str = ""


def draft_kind(wish: KindWish) -> KindDraft:
    """Return a kind that makes papers as it is, and that its author goes on with."""
    title = wish.spoken[:1].upper() + wish.spoken[1:]
    is_shown = wish.is_personal or wish.per != DocumentPer.ROW
    hidden = () if is_shown else tuple(one.header for one in personal_columns(wish.register))
    chosen = wish.spoken if _chooser(wish) else ""
    entry = "\n".join(_lines(wish, title)) + "\n"
    return KindDraft(wish.name, title, entry, tuple(draft_body(wish)), hidden, chosen)


def _chooser(wish: KindWish) -> str:
    """Return the column in which people choose the kind."""
    return {Family.ORDER: ABOUT, Family.APPENDIX: TEMPLATE}.get(wish.family, "")


def _lines(wish: KindWish, title: str) -> Iterator[str]:
    """Yield the entry line by line."""
    yield f"# {title}. Вид документа — два файла: {wish.name}.docx (слова) и этот (для чего)."
    yield "# Название бумаги в списках и описях; в нём те же {{ … }}, что в шаблоне."
    yield f"title = {_quoted(_title(wish, title))}"
    yield "# Реестр, строки которого дают бумагу."
    yield f"register = {_quoted(wish.register.name)}"
    yield from _per_lines(wish)
    yield from _row_lines(wish)
    yield "# Куда положить файл; «/» делает папку."
    yield f"output = {_quoted(_output(wish, title))}"
    yield f"family = {_quoted(wish.family.value)}"
    if wish.family == Family.ORDER:
        yield 'needs = ["пункты"]\nbeside = ["преамбула"]'
    yield "# Кто подписывает, по порядку; место подписи в шаблоне — закладка sign_1, sign_2, …"
    yield from _signs(wish)
    read = [one for one in (wish.register, wish.cross) if one is not None]
    names = [f"{one.name}.{column.name}" for one in read for column in personal_columns(one)]
    if wish.is_personal and names:
        yield "# Личные столбцы, которые печатает шаблон; лишние уберите и там и тут."
        yield f"personal = {_list(names)}"
    if wish.is_blank:
        yield "# Печатать и пустой бланк, с чертами для записи."
        yield "blank = true"
    yield "# Для списка бумаг: когда делается, на чём основана, сколько хранить."
    yield '# when = "до начала работы"'
    yield '# ground = "положение о наставничестве"'
    yield '# retention = "5 лет, ст. 19"'


def _row_lines(wish: KindWish) -> Iterator[str]:
    """Yield which rows a paper is made for and about."""
    chooser = _chooser(wish)
    if chooser:
        header = wish.register.column(chooser).header
        yield f"# Для строк, где в столбце «{header}» выбрано это."
        yield f"where = {{ {_quoted(chooser)} = {_quoted(wish.spoken)} }}"
    else:
        example = _quoted(wish.register.columns[0].name)
        yield f'# Только для некоторых строк: where = {{ {example} = "значение столбца" }}'
    if wish.uses:
        tables = ", ".join(f"{_quoted(one.name)} = {{}}" for one in wish.uses)
        yield "# Строки других реестров, о которых бумага; в {} можно вписать условие."
        yield f"uses = {{ {tables} }}"


def _per_lines(wish: KindWish) -> Iterator[str]:
    """Yield what one paper is made for."""
    if wish.each:
        yield "# Бумага на каждого человека из этих столбцов строки."
        yield f"each = {_list(wish.each)}"
    if wish.only:
        yield f"only = {_quoted(wish.only.value)}"
    if wish.is_distinct:
        yield "# Одна бумага на человека, сколько бы строк его ни называло."
        yield "distinct = true"
    if wish.cross is not None:
        yield f"# И на каждую строку листа «{wish.cross.sheet}»."
        yield f"cross = {_quoted(wish.cross.name)}"
    if wish.per != DocumentPer.ROW:
        yield "# Одна бумага на все строки (register) или на каждую группу строк (group)."
        yield f"per = {_quoted(wish.per.value)}"
    if wish.group_by is not None:
        yield f"group_by = {_quoted(wish.group_by.name)}"


def _title(wish: KindWish, title: str) -> str:
    if wish.family == Family.ORDER:
        return _ORDER_TITLE
    if wish.family == Family.APPENDIX:
        return _APPENDIX_TITLE
    if wish.per == DocumentPer.REGISTER:
        return f"{title}, {{{{ учебный_год }}}} учебный год"
    if wish.per == DocumentPer.GROUP:
        return f"{title}: {{{{ группа }}}}"
    if wish.each:
        shown = f": {{{{ {PARTICIPANT}.{NAME}|инициалы }}}} ({{{{ {ROLE} }}}})"
        return f"{title}{{% if {ROLE} %}}{shown}{{% endif %}}{_crossed(wish)}"
    words = DraftRow(wish.register, is_blank=wish.is_blank)
    return title + words.filled(f": {words.own_name()}") + _crossed(wish)


def _crossed(wish: KindWish) -> str:
    """Return the tags of the second register's row, in brackets, if there is one."""
    return "" if wish.cross is None else f" ({DraftRow(wish.cross).own_name()})"


def _output(wish: KindWish, title: str) -> str:
    """Return the path of a paper; that of the second register's row is a folder."""
    bare = title
    if wish.cross is not None:
        title = f"{title}/{DraftRow(wish.cross).own_name()}"
    if wish.family == Family.ORDER:
        return _ORDER_OUTPUT
    if wish.family == Family.APPENDIX:
        return _APPENDIX_OUTPUT
    if wish.per == DocumentPer.REGISTER:
        return f"{title}/{title}"
    if wish.per == DocumentPer.GROUP:
        return f"{title}/{{{{ группа }}}}"
    words = DraftRow(wish.register, is_blank=wish.is_blank)
    if wish.each:
        whose = f"{{{{ {PARTICIPANT}.{NAME} }}}}"
        about = "" if wish.is_distinct else f" – {{{{ {ROLE} }}}} ({words.own_name()})"
        return f"{title}/{{% if {ROLE} %}}{whose}{about}{{% else %}}{bare}{{% endif %}}"
    if wish.is_blank:
        return f"{title}/{words.filled(words.own_name()).removesuffix('{% endif %}')}" + (
            f"{{% else %}}{bare}{{% endif %}}"
        )
    return f"{title}/{words.own_name()}"


def _signs(wish: KindWish) -> Iterator[str]:
    yield "signs = ["
    people = signers_of(wish)
    lines: Iterable[str] = (
        f"{{ role = {_quoted(one.role)}, who = {_quoted(one.who)} }}" for one in people
    )
    if wish.family == Family.ORDER:
        lines = _OF_ORDER
    elif wish.family == Family.APPENDIX:
        lines = _OF_APPENDIX
    elif not people:
        lines = (_HEAD,)
    yield from (f"  {one}," for one in lines)
    yield "]"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(one) for one in texts)}]"
