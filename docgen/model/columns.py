"""The registers and columns on which logic depends, by their names in ``registers/schema/``.

Templates and entries may name any column; code names one only through this module, and
``COLUMNS`` says in which register each stands. A test holds all of it to the shipped schemas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# --- registers -------------------------------------------------------------------------------

ACTS: Final = "акты"
APPENDICES: Final = "приложения"
APPROVALS: Final = "грифы"
BODIES: Final = "организации"
CHANGES: Final = "изменения"
CHILDREN: Final = "дети"
DECLENSIONS: Final = "склонения"
FINDINGS: Final = "выводы"
FORMS: Final = "формы"
MEETINGS: Final = "заседания"
MEMBERS: Final = "составы"
INDICATORS: Final = "показатели"
ORDERS: Final = "приказы"
ORGANISATION: Final = "организация"
PAPERS: Final = "бумаги"
PAIRS: Final = "пары"
POINTS: Final = "пункты"
PREAMBLE: Final = "преамбула"
PROGRAMMES: Final = "программы"
PURPOSES: Final = "цели"
REMARKS: Final = "замечания"
SAMPLES: Final = "образцы"
SETTINGS: Final = "настройки"
SIGNATURES: Final = "подписи"
SITE_VERSIONS: Final = "версии"
STAFF: Final = "сотрудники"
SURVEYS: Final = "мониторинги"
TEXTS: Final = "тексты"

# --- columns ---------------------------------------------------------------------------------

ABOUT: Final = "о_чём"
ACCEPTED: Final = "принято"
ACQUAINT: Final = "ознакомить"
ACQUAINT_LATER: Final = "ознакомить_позже"
ACQUAINTANCE: Final = "ознакомление"
ACTING_HEAD: Final = "исполняющий"
ACTIONS: Final = "действия"
ALLOWED: Final = "разрешено"
AMENDED: Final = "изменяет"
ADDRESSEES: Final = "кому"
AGREEMENT_DATE: Final = "соглашение_дата"
AGREEMENT_NUMBER: Final = "соглашение_номер"
APPENDIX: Final = "приложение"
APPROVAL_WORD: Final = "слово"
ARRANGEMENT: Final = "оформление"
BECOMES: Final = "стало"
BEGINS: Final = "с"
BORN: Final = "рождён"
BY_DOCUMENT: Final = "чем"
CATEGORY: Final = "категория"
CITED_AS: Final = "ссылаться"
CODE: Final = "код"
COLUMN: Final = "столбец"
CONTROL: Final = "контроль"
CURATOR: Final = "куратор"
DATE: Final = "дата"
DATE_FORM: Final = "вид_даты"
DEADLINE: Final = "срок"
DESTRUCTION_ACT: Final = "акт"
DOCUMENT: Final = "бумага"
DOCUMENT_KEY: Final = "ключ_бумаги"
DOCUMENT_KIND: Final = "вид"
DUPLEX: Final = "двусторонняя"
EFFECTIVE: Final = "вступает_в_силу"
ENDED: Final = "прекращена"
ENDORSE: Final = "согласовать"
ENDS: Final = "по"
EXPERIENCED_SINCE: Final = "стаж_с"
FIXED: Final = "не_склонять"
FINGERPRINT: Final = "отпечаток"
FORMER_SURNAME: Final = "прежняя_фамилия"
FORMER_UNTIL: Final = "прежняя_по"
FOUNDER: Final = "учредитель"
FULL_NAME: Final = "полное"
GENDER: Final = "пол"
GROUP: Final = "группа"
GUARDIAN: Final = "представитель"
HEAD: Final = "руководитель"
HOW: Final = "как"
FILES_YEAR: Final = "год_дел"
WITHOUT_CONSENT: Final = "без_согласий"
HIDDEN_ROWS: Final = "скрытые_строки"
GROUND: Final = "основание"
HEADING: Final = "заголовок"
HOURS: Final = "часы"
INSTEAD_OF: Final = "вместо"
ISSUED: Final = "выдано"
ISSUER: Final = "кто"
LAST_YEAR: Final = "прошлый"
LETTERHEAD_DATE_FORM: Final = "вид_даты_бланка"
MARK: Final = "отметка"
MENTEE: Final = "наставляемый"
MENTOR: Final = "наставник"
NAME: Final = "фио"
NUMBER: Final = "номер"
NUMBERING: Final = "нумерация"
ON_BEHALF_OF: Final = "за_кого"
OF_APPENDIX: Final = "к_приложению"
ORDER: Final = "приказ"
ORIENTATION: Final = "ориентация"
OWN_FORMS: Final = "особые_формы"
PAIR_FORM: Final = "форма"
PART: Final = "часть"
PERSON: Final = "лицо"
PAY: Final = "выплата"
PAY_CLAUSE: Final = "пункт_оплаты"
PAY_PERIOD: Final = "период_выплаты"
PAY_SIZE: Final = "размер"
PAY_SOURCE: Final = "источник"
PAY_TYPE: Final = "вид_выплаты"
PAY_UNIT: Final = "единица"
PERIOD_BEGINS: Final = "период_с"
PERIOD_ENDS: Final = "период_по"
PLANNED: Final = "план"
NOTE: Final = "примечание"
PERSONNEL_NUMBER: Final = "таб"
PLACE: Final = "где"
POST: Final = "должность"
PROFILE: Final = "профиль"
PROGRAMME_ORDER: Final = "приказ_программы"
PROLONGED: Final = "продлена"
REASON: Final = "причина"
RECEIVER: Final = "получатель"
RECIPIENTS: Final = "рассылка"
RELATION: Final = "кем_приходится"
REFUSED: Final = "отказ"
REGARDING: Final = "к_чему"
REPLACED_BY: Final = "заменён"
REPLACEMENTS: Final = "замены"
RESOURCE: Final = "ресурс"
RESPONSIBLE: Final = "ответственный"
ROW: Final = "строка"
SCAN: Final = "скан"
SCHOOL_YEAR: Final = "учебный_год"
SERIES: Final = "серия"
SHEET: Final = "лист"
SHORT_NAME: Final = "имя"
SIGNATORY: Final = "подписывает"
SIGNATURE_KEY: Final = "ключ_подписи"
SIGNED: Final = "подписано"
SPACED_INITIALS: Final = "инициалы_с_пробелом"
PLACE_AGREEMENT: Final = "названия_мест"
STATE: Final = "состояние"
TABLE_LOOK: Final = "вид_таблицы"
TEMPLATE: Final = "шаблон"
TEXT: Final = "текст"
THEIR_BODY: Final = "организация"
"""Of somebody who works elsewhere."""
TEXT_DATE_FORM: Final = "вид_даты_текста"
SURVEYED_ON: Final = "на_дату"
TITLE: Final = "название"
TITLE_PAGE: Final = "титул"
VALID_UNTIL: Final = "до"
VALUE: Final = "значение"
WAS: Final = "было"
WHAT: Final = "что"
WITHDRAWN: Final = "отозвано"
YEAR: Final = "год"

OBLIQUE_CASES: Final = ("род", "дат", "вин", "твор", "пред")
"""The columns of typed forms, one for each case but the nominative."""

PROPOSED: Final = "было_"
"""Begins the name of the column that keeps what docgen proposed for another one."""

CELLS_OF_SIGNATURES: Final = (DOCUMENT, SIGNATORY, ON_BEHALF_OF, REGARDING)
"""The columns of «Подписи» that docgen fills in."""

# --- variables of templates ------------------------------------------------------------------

PAIR: Final = "пара"
PARTICIPANT: Final = "участник"
PARTICIPANTS: Final = "участники"
"""Also the word under «Ознакомить» that means the mentors and mentees of an order's pairs."""
PURPOSE: Final = "цель"
ROLE: Final = "роль"

ROW_NAMES: Final[Mapping[str, str]] = {
    APPENDICES: APPENDIX,
    ORDERS: ORDER,
    PAIRS: PAIR,
    PAPERS: "бумага",
    PURPOSES: PURPOSE,
}
"""What templates call one row of a register, where code asks for it."""

# --- what stands where -----------------------------------------------------------------------

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    ACTS: (
        BEGINS,
        CITED_AS,
        DATE,
        DOCUMENT_KIND,
        ENDS,
        ISSUER,
        NUMBER,
        REPLACED_BY,
        SHORT_NAME,
        TITLE,
    ),
    APPENDICES: (
        HEADING,
        MARK,
        NUMBER,
        NUMBERING,
        OF_APPENDIX,
        ORDER,
        ORIENTATION,
        SHEET,
        TABLE_LOOK,
        TEMPLATE,
        TITLE_PAGE,
    ),
    APPROVALS: (APPENDIX, APPROVAL_WORD, BY_DOCUMENT, DATE, NUMBER, ORDER),
    BODIES: (FULL_NAME, HEAD),
    CHANGES: (BECOMES, DOCUMENT_KIND, ORDER, PLACE, WAS),
    CHILDREN: (BORN, GENDER, GUARDIAN, NAME, OWN_FORMS, RELATION),
    DECLENSIONS: (GENDER, TEXT, *OBLIQUE_CASES),
    INDICATORS: (LAST_YEAR, NOTE, ORDER, PAY_UNIT, PLANNED, TITLE, VALUE),
    FINDINGS: (TEXT,),
    FORMS: (ACCEPTED, PLACE, REASON, TEXT, WHAT, *OBLIQUE_CASES),
    MEETINGS: ("кворум", "орган", "присутствовали", "сколько", "членов"),
    MEMBERS: ("орган", "сотрудник"),
    ORDERS: (
        ABOUT,
        ACQUAINT,
        ACQUAINT_LATER,
        ACQUAINTANCE,
        AMENDED,
        CONTROL,
        CURATOR,
        DATE,
        DOCUMENT_KIND,
        EFFECTIVE,
        ENDORSE,
        GROUND,
        HEADING,
        NUMBER,
        RECIPIENTS,
        SCAN,
        SERIES,
        SIGNATORY,
        STATE,
        YEAR,
    ),
    ORGANISATION: (ACTING_HEAD, FOUNDER, HEAD),
    PAIRS: (
        AGREEMENT_DATE,
        AGREEMENT_NUMBER,
        ARRANGEMENT,
        BEGINS,
        ENDED,
        ENDS,
        GROUP,
        HOURS,
        INSTEAD_OF,
        MENTEE,
        MENTOR,
        ORDER,
        PAIR_FORM,
        PAY,
        PAY_CLAUSE,
        PAY_PERIOD,
        PAY_SIZE,
        PAY_SOURCE,
        PAY_TYPE,
        PAY_UNIT,
        PROGRAMME_ORDER,
        PROLONGED,
        PURPOSE,
        REASON,
    ),
    PAPERS: (
        DATE,
        HEADING,
        NUMBER,
        NUMBERING,
        ORIENTATION,
        SHEET,
        SIGNATORY,
        TABLE_LOOK,
        TEMPLATE,
        TITLE_PAGE,
    ),
    POINTS: (ADDRESSEES, APPENDIX, DEADLINE, NUMBER, ORDER, PERSON, RESPONSIBLE, TEXT),
    PREAMBLE: (ORDER, TEXT),
    PROGRAMMES: (DEADLINE, PAIR, PART, TEXT),
    PURPOSES: (ACTIONS, RECEIVER),
    REMARKS: (ACCEPTED, CODE, COLUMN, FINGERPRINT, ROW, SHEET, TEXT),
    SAMPLES: (DEADLINE, PART, PURPOSE, TEXT),
    SETTINGS: (
        ACQUAINTANCE,
        DATE_FORM,
        DUPLEX,
        FILES_YEAR,
        HIDDEN_ROWS,
        WITHOUT_CONSENT,
        LETTERHEAD_DATE_FORM,
        PLACE_AGREEMENT,
        PROFILE,
        SCHOOL_YEAR,
        SPACED_INITIALS,
        TEXT_DATE_FORM,
    ),
    SIGNATURES: (
        *CELLS_OF_SIGNATURES,
        ALLOWED,
        DESTRUCTION_ACT,
        DOCUMENT_KEY,
        ISSUED,
        REFUSED,
        SIGNATURE_KEY,
        SIGNED,
        VALID_UNTIL,
        WITHDRAWN,
    ),
    STAFF: (
        BEGINS,
        BORN,
        CATEGORY,
        ENDS,
        EXPERIENCED_SINCE,
        FIXED,
        FORMER_SURNAME,
        FORMER_UNTIL,
        NAME,
        OWN_FORMS,
        PERSONNEL_NUMBER,
        POST,
        THEIR_BODY,
    ),
    SITE_VERSIONS: (ORDER, REPLACEMENTS, RESOURCE),
    SURVEYS: (ORDER, PERIOD_BEGINS, PERIOD_ENDS, SURVEYED_ON),
    TEXTS: (APPENDIX, HOW, ORDER, TEXT),
}
"""Which of these columns each register has."""
