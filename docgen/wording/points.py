"""The points of an order: addressees, people and acts put into the text in their cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from docgen import russian
from docgen.model import Phrase, Reference, Value
from docgen.wording.filters import capitalised, uncapitalised
from docgen.wording.values import DateView, PhraseView
from docgen.wording.views import RecordView, derived_value

MARKER = re.compile(r"\{\s*([а-яё]+(?:\s+[а-яё]+){0,3})\s*\}", re.IGNORECASE)
_BULLETS = ("-", "–", "—", "•")
_PLAIN_NUMBER = re.compile(r"^\d+(\.\d+){0,3}$")
_END_MARKS = (".", ":", ";", "!", "?", ",")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed point; ``уровень`` is 0 without a number, 1 for «1.», 5 for a dash."""

    номер: str
    текст: str
    уровень: int = 0
    последний: bool = False

    @property
    def строка(self) -> str:
        """The point with its number, one blank between."""
        return f"{self.номер} {self.текст}".strip()


@derived_value("приказы", "абзацы")
def paragraphs(order: RecordView) -> list[Paragraph]:
    """Return every paragraph of an order: its points, the day of force, the control."""
    rows: list[Any] = order.пункты
    written = [write_point(order, row, position, rows) for position, row in enumerate(rows)]
    found = [paragraph for group in written for paragraph in group]
    found += _closing(order, found)
    if len(found) == 1:
        found = [replace(found[0], номер="", уровень=0)]
    return [replace(item, последний=index >= len(found) - 1) for index, item in enumerate(found)]


def write_point(order: RecordView, row: Any, position: int, rows: list[Any]) -> Iterator[Paragraph]:
    """Yield a point and, under it, the list of appendices or the responsible persons it names."""
    number, level = _number(str(row.номер))
    has_children = position + 1 < len(rows) and _is_below(str(rows[position + 1].номер), number)
    text = point_text(order, row)
    appendices = _appendices(order, row)
    is_list = str(row.ссылка) == "перечнем" and bool(appendices)
    yield Paragraph(number, _ended(text, ":" if has_children or is_list else "."), level)
    if is_list:
        for index, appendix in enumerate(appendices):
            end = "." if index == len(appendices) - 1 else ";"
            yield Paragraph("–", f"{appendix.заголовок} ({appendix.упоминание}){end}", 5)
    if row.ответственный:
        yield Paragraph("", f"{_responsible(row.ответственный)}.", 0)


def point_text(order: RecordView, row: Any) -> str:
    """Return a point's words: addressees in the dative, text, deadline, appendix."""
    addressees = ", ".join(_addressees(row))
    brackets = _brackets(row)
    text = fill_markers(str(row.текст), row, order)
    if addressees and brackets:
        addressees = f"{addressees} ({brackets})"
    if addressees and text:
        text = f"{capitalised(addressees)} {uncapitalised(text)}"
    elif addressees:
        text = capitalised(addressees)
    return _with_appendix(_with_deadline(text, row), order, row)


def fill_markers(text: str, row: Any, order: RecordView | None = None) -> str:
    """Return the text with {кого}, {акт род}, {срок}, {приложение} replaced; others as typed."""
    makers: dict[str, Callable[[str], str]] = {
        "лицо": lambda words: _people(row, words),
        "акт": lambda words: _acts(row, words),
        "срок": lambda _words: _deadline_words(row),
        "приложение": lambda _words: _mention(order, row) if order else "",
    }

    def put(match: re.Match[str]) -> str:
        first, _, rest = match[1].casefold().partition(" ")
        if first in makers:
            return makers[first](rest) or match[0]
        return makers["лицо"](match[1].casefold()) or match[0]

    return MARKER.sub(put, text)


def unknown_markers(text: str, columns: frozenset[str]) -> list[str]:
    """Return the marks in braces that stand for nothing; ``columns`` are the row's columns."""
    return [match[0] for match in MARKER.finditer(text) if not _is_known(match[1], columns)]


def _is_known(words: str, columns: frozenset[str]) -> bool:
    first, _, rest = words.casefold().partition(" ")
    if first in {"срок", "приложение"}:
        return first in columns
    if first in {"акт", "лицо"}:
        return first in columns and (not rest or bool(_case_in(rest)[0]))
    return "лицо" in columns and bool(_case_in(words.casefold())[0])


def _case_in(words: str) -> tuple[str, str]:
    """Return the case named by the words and the style asked for after it."""
    parts = words.split()
    for length in (2, 1):
        try:
            case = russian.to_case(" ".join(parts[:length]))
        except ValueError:
            continue
        return case, " ".join(parts[length:])
    return "", ""


def _people(row: Any, words: str) -> str:
    case, style = _case_in(words)
    people = getattr(row, "лицо", [])
    if not case or not people:
        return ""
    return ", ".join(str(_named(person, style).in_case(case)) for person in people)


def _named(person: Any, style: str) -> Any:
    if not isinstance(person, RecordView):
        return person
    if person.record.register == "организации":
        return person.название if style == "полностью" else person
    if style in {"фио", "инициалы"}:
        return person.фио.in_style("initials")
    if style == "полностью":
        return person.фио
    return person.с_должностью


def _acts(row: Any, words: str) -> str:
    case, style = _case_in(words or "им")
    acts = row.акт or []
    cited = [act.кратко if style == "кратко" else act.текстом for act in acts]
    return ", ".join(str(act.in_case(case)) for act in cited) if case else ""


def _addressees(row: Any) -> Iterator[str]:
    for item in row.кому:
        if isinstance(item, RecordView) and item.record.register == "сотрудники":
            yield str(item.с_должностью.in_case("дат"))
        elif isinstance(item, RecordView) and _is_institution(str(item)):
            yield str(item)
        else:
            yield str(item.in_case("дат"))


def _is_institution(name: str) -> bool:
    """Return whether the name begins with an abbreviation, which does not decline."""
    return name.split(" ", 1)[0].isupper()


def _brackets(row: Any) -> str:
    names: list[str] = []
    for item in row.в_скобках:
        if isinstance(item, str):
            names += [_head_initials(body) for body in row.кому if isinstance(body, RecordView)]
        else:
            names.append(str(item.фио.in_style("initials") if hasattr(item, "фио") else item))
    return ", ".join(name for name in names if name)


def _head_initials(body: RecordView) -> str:
    if body.record.register != "организации" or not body.руководитель:
        return ""
    head: Any = body.руководитель
    return str(head.фио.in_style("initials"))


def _deadline_words(row: Any) -> str:
    deadline = row.срок
    if isinstance(deadline, DateView):
        return f"до {deadline.в_тексте}"
    return str(deadline)


def _with_deadline(text: str, row: Any) -> str:
    words = _deadline_words(row)
    if not words or "{срок}" in str(row.текст).replace(" ", ""):
        return text
    text, end = _without_end(text)
    joined = f"в срок {words}" if isinstance(row.срок, DateView) else words
    return f"{text} {joined}{end}"


def _with_appendix(text: str, order: RecordView, row: Any) -> str:
    if not row.приложение or "{приложение}" in str(row.текст).replace(" ", ""):
        return text
    if str(row.ссылка) == "перечнем":
        return text
    text, end = _without_end(text)
    return f"{text} {_mention(order, row)}{end}"


def _without_end(text: str) -> tuple[str, str]:
    return (text[:-1], text[-1]) if text.endswith((".", ";", ":")) else (text, "")


def _appendices(order: RecordView, row: Any) -> list[Any]:
    wanted = {item.removeprefix("№").strip() for item in row.приложение}
    every: list[Any] = order.приложения
    if wanted & {"да", "+"}:
        return every
    return [appendix for appendix in every if str(appendix.номер) in wanted]


def _mention(order: RecordView, row: Any) -> str:
    """Return «(приложение № 1)», «(прилагается)» or «согласно приложению № 1»."""
    found = _appendices(order, row)
    if not found:
        return ""
    numbers = ", ".join(str(item.номер_с_знаком) for item in found if str(item.номер_с_знаком))
    many = len(found) > 1
    if str(row.ссылка) == "(прилагается)":
        plural = many or russian.gender_of_phrase(str(found[0].вид)) == "мн"
        return "(прилагаются)" if plural else "(прилагается)"
    if str(row.ссылка) == "согласно приложению":
        word = "приложениям" if many else "приложению"
        return f"согласно {word} {numbers}".strip()
    word = "приложения" if many else "приложение"
    return f"({word} {numbers})" if numbers else f"({word})"


def _responsible(people: list[Any]) -> str:
    names = [
        str(_named(person, "фио")) if isinstance(person, RecordView) else str(person)
        for person in people
    ]
    return (
        f"Ответственный – {names[0]}" if len(names) == 1 else f"Ответственные: {', '.join(names)}"
    )


def _number(text: str) -> tuple[str, int]:
    if text in _BULLETS:
        return text, 5
    level = text.rstrip(".)").count(".") + 1 if text[:1].isdigit() else 0
    return (f"{text}." if _PLAIN_NUMBER.match(text) else text), level


def _is_below(number: str, parent: str) -> bool:
    if number in _BULLETS:
        return parent not in _BULLETS
    return bool(parent) and number.startswith(parent.rstrip(".)") + ".")


def _ended(text: str, mark: str) -> str:
    return text if text.endswith(_END_MARKS) else text + mark


def _closing(order: RecordView, before: list[Paragraph]) -> list[Paragraph]:
    """Return the points that docgen words itself: day of force, then control, which is last."""
    sentences = [*_force(order), *_control(order)]
    tops = [int(item.номер.split(".")[0]) for item in before if item.номер[:1].isdigit()]
    if before and not tops:
        return [Paragraph("", sentence, 0) for sentence in sentences]
    last = max(tops, default=0)
    return [
        Paragraph(f"{last + index}.", sentence, 1) for index, sentence in enumerate(sentences, 1)
    ]


@derived_value("приказы", "о_контроле")
def control_sentence(order: RecordView) -> str:
    """Return the sentence about control for kinds with points of their own, or nothing."""
    return next(_control(order), "")


def _force(order: Any) -> Iterator[str]:
    if str(order.вступает_в_силу):
        yield (
            f"Настоящ{_ending(order)} {order.вид} вступает в силу с "
            f"{order.вступает_в_силу.в_тексте}"
        ).rstrip() + ("" if str(order.вступает_в_силу.в_тексте).endswith(".") else ".")


def _ending(order: Any) -> str:
    return russian.agree(russian.gender_of_phrase(str(order.вид)), "ий", "ая", "ее", "ие")


def _control(order: Any) -> Iterator[str]:
    control = order.контроль
    if not control:
        return
    start = f"Контроль за исполнением настоящего {order.вид.in_case('род')}"
    if isinstance(control, str):
        yield f"{start} оставляю за собой."
        return
    yield _ended(f"{start} возложить на {_controller(control).in_case('вин')}", ".")


def _controller(control: Any) -> Any:
    if not isinstance(control, RecordView):
        return control
    if control.record.register == "организации" and control.руководитель:
        head: Any = control.руководитель
        return head.с_должностью
    return control.с_должностью if control.record.register == "сотрудники" else control


def plain_text(value: Value) -> str:
    """Return a reference's, a phrase's or a plain value's text."""
    return value.text if isinstance(value, Phrase | Reference) else str(value or "")


__all__ = [
    "MARKER",
    "Paragraph",
    "PhraseView",
    "fill_markers",
    "paragraphs",
    "plain_text",
    "point_text",
    "unknown_markers",
]
