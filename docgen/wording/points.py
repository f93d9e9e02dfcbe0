"""The points of an order: addressees, people and acts put into the text in their cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docgen import russian
from docgen.model.columns import BODIES, NUMBER, ORDERS, POINTS, STAFF, TEXT
from docgen.wording.appendix_mentions import WHOLE_LIST, appendices_named, ends_so, mention
from docgen.wording.braces import deadline_words, fill_markers, has_marker, named
from docgen.wording.filters import capitalised, uncapitalised
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.sentences import ended, with_words
from docgen.wording.value_views import DateView, PhraseView

_BULLETS = ("-", "–", "—", "•")
_PLAIN_NUMBER = re.compile(r"^\d+(\.\d+){0,3}$")
_ITEM = re.compile(r"^(?:(?P<digit>\d+)|[^\W\d_])\)$")
_LEADING = re.compile(r"^\d+")
_PASTED_NUMBER = re.compile(r"^(?P<number>\d+(?:\.\d+){0,3}[.)]|[-–—•])\s+(?=\S)")
_LIST_START = re.compile(r"^(?:\d+[.)]|[^\W\d_]\)|[-–—•])\s")
LIST_LEVEL = 5
_DIGIT_ITEM, _LETTER_ITEM, _BULLET = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed point; ``уровень`` is 0 without a number, 1 for «1.», 5 for an item of a list."""

    номер: str
    текст: str
    уровень: int = 0
    последний: bool = False

    @property
    def строка(self) -> str:
        """The point with its number, one blank between."""
        return f"{self.номер} {self.текст}".strip()


@derived_value(ORDERS, "абзацы")
def paragraphs(order: RecordView) -> list[Paragraph]:
    """Return every paragraph of an order: its points, the day of force, the control."""
    rows: list[Any] = order.пункты
    found: list[Paragraph] = []
    waiting: list[tuple[str, Paragraph]] = []
    for position, row in enumerate(rows):
        number = str(row.номер)
        while waiting and not _is_within(number, waiting[-1][0]):
            found.append(waiting.pop()[1])
        found += write_point(order, row, position, rows)
        if row.ответственный:
            waiting.append((number, Paragraph("", _responsible(row.ответственный))))
    found += [paragraph for _, paragraph in reversed(waiting)]
    found += _closing(order, found)
    if len(found) == 1:
        found = [replace(found[0], номер="", уровень=0)]
    return [replace(item, последний=index >= len(found) - 1) for index, item in enumerate(found)]


@derived_value(POINTS, "номер")
def point_number(row: RecordView) -> str:
    """Return the number as typed, or the one that the words were pasted with."""
    return str(row.value(NUMBER) or "").strip() or _pasted(row)[0]


@derived_value(POINTS, "текст")
def point_words(row: RecordView) -> str:
    """Return the words of a point without its number, when they were pasted with it."""
    number = str(row.value(NUMBER) or "").strip()
    pasted, words = _pasted(row)
    # «1)» in point 1 begins a list of its own.
    return words if not number or pasted in {number, f"{number}."} else str(row.value(TEXT) or "")


def _pasted(row: RecordView) -> tuple[str, str]:
    """Return the number at the head of the words, and the words after it."""
    text = str(row.value(TEXT) or "")
    found = _PASTED_NUMBER.match(text)
    if found is None or row.value("кому"):
        return "", text
    return found["number"], text[found.end() :]


def write_point(order: RecordView, row: Any, position: int, rows: list[Any]) -> Iterator[Paragraph]:
    """Yield a point and, under it, the list of appendices that it names."""
    number, level = _number(str(row.номер))
    appendices = appendices_named(order, row) if str(row.ссылка) == WHOLE_LIST else []
    opens = bool(appendices) or _opens(rows, position)
    end = _end_mark(opens=opens, goes_on=_goes_on(rows, position))
    first, *others = ended(point_text(order, row), end).split("\n")
    yield Paragraph(number, first, level)
    yield from (Paragraph("", line.strip(), LIST_LEVEL) for line in others if line.strip())
    for index, appendix in enumerate(appendices):
        end = "." if index == len(appendices) - 1 else ";"
        yield Paragraph("–", f"{_listed_title(appendix)} ({appendix.упоминание}){end}", LIST_LEVEL)


def _listed_title(appendix: Any) -> str:
    """Return the title after «Утвердить прилагаемые:», in the accusative, on one line."""
    title = PhraseView(" ".join(str(appendix.заголовок).split()), appendix.scope.speller)
    return str(title.in_case("вин"))


def _opens(rows: list[Any], position: int) -> bool:
    """Return whether the points that follow go on this one, so that it ends in a colon."""
    if position + 1 >= len(rows) or _stands_alone(rows, position + 1):
        return False
    return _is_below(str(rows[position + 1].номер), str(rows[position].номер))


def _goes_on(rows: list[Any], position: int) -> bool:
    """Return whether the list of which this point is an item goes on after it."""
    number = str(rows[position].номер)
    following = str(rows[position + 1].номер) if position + 1 < len(rows) else ""
    is_item = _is_item_of_list(number, rows[:position]) and not _stands_alone(rows, position)
    if is_item or _rank(number) > 0:
        return is_item and _rank(number) == _rank(following)
    # «3.1. разработать …» is an item of point 3, «3.1. Разработать …» a sentence.
    parent = _parent(number)
    is_clause = str(rows[position].текст)[:1].islower() and not rows[position].кому
    return bool(parent) and is_clause and _parent(following) == parent


def _parent(number: str) -> str:
    """Return «3» for «3.1», nothing for «3» or a dash."""
    return number.rstrip(".)").rpartition(".")[0]


def _stands_alone(rows: list[Any], position: int) -> bool:
    """Return whether a dash opens a point of its own: «• Назначить …» under no number or colon."""
    row = rows[position]
    if _rank(str(row.номер)) != _BULLET:
        return False
    heads = [head for head in rows[:position] if _rank(str(head.номер)) != _BULLET]
    is_sentence = bool(row.кому) or str(row.текст)[:1].isupper()
    if not heads:
        return is_sentence
    is_opened = bool(str(heads[-1].номер)) or str(heads[-1].текст).endswith(":")
    return is_sentence and not is_opened


def _end_mark(*, opens: bool, goes_on: bool) -> str:
    if opens:
        return ":"
    return ";" if goes_on else "."


def point_text(order: RecordView, row: Any) -> str:
    """Return a point's words: addressees in the dative, text, appendix, deadline."""
    addressees = ", ".join(_addressees(row))
    brackets = _brackets(row)
    typed = str(row.текст)
    text = fill_markers(typed, row, order)
    if addressees and brackets:
        addressees = f"{addressees} ({brackets})"
    if addressees:
        joint = ":\n" if _LIST_START.match(text) else " "
        text = f"{capitalised(addressees)}{joint}{uncapitalised(text)}".strip()
    if not (str(row.ссылка) == WHOLE_LIST or has_marker(typed, "приложение") or ends_so(typed)):
        text = with_words(text, mention(order, row))
    return text if has_marker(typed, "срок") else with_words(text, _deadline(row))


def _addressees(row: Any) -> Iterator[str]:
    for item in row.кому:
        if isinstance(item, RecordView) and item.record.register == STAFF:
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
            names.append(str(named(item, "инициалы")))
    return ", ".join(name for name in names if name)


def _head_initials(body: RecordView) -> str:
    if body.record.register != BODIES or not body.руководитель:
        return ""
    head: Any = body.руководитель
    return str(head.фио.in_style("initials"))


def _deadline(row: Any) -> str:
    words = deadline_words(row.срок)
    return f"в срок {words}" if isinstance(row.срок, DateView) else words


def _responsible(people: list[Any]) -> str:
    names = [str(named(person, "инициалы")) for person in people]
    start = "Ответственный –" if len(names) == 1 else "Ответственные:"
    return ended(f"{start} {', '.join(names)}")


# --- numbers ---------------------------------------------------------------------------------


def _number(text: str) -> tuple[str, int]:
    if _rank(text) > _DIGIT_ITEM:
        return text, LIST_LEVEL
    level = text.rstrip(".)").count(".") + 1 if text[:1].isdigit() else 0
    return (f"{text}." if _PLAIN_NUMBER.match(text) else text), level


def _rank(number: str) -> int:
    """Return 0 for «3.1» and no number, 1 for «1)», 2 for «а)», 3 for a dash."""
    if number in _BULLETS:
        return _BULLET
    item = _ITEM.match(number)
    if item is None:
        return 0
    return _DIGIT_ITEM if item["digit"] else _LETTER_ITEM


def _is_below(number: str, parent: str) -> bool:
    """Return whether the point of that number goes on the one before it."""
    if _rank(number) == 0 or _rank(parent) == 0:
        is_list = _rank(number) > (0 if parent else _DIGIT_ITEM)
        return is_list or (bool(parent) and number.startswith(parent.rstrip(".)") + "."))
    return _rank(number) > _rank(parent)


def _is_within(number: str, parent: str) -> bool:
    """Return whether the point of that number lies anywhere under the other."""
    return _is_below(number, parent) or (_rank(number) > _rank(parent) and bool(parent))


def _is_item_of_list(number: str, before: list[Any]) -> bool:
    """Return whether the point is an item that ends in «;»: «1)» only under a numbered point."""
    if _rank(number) == _DIGIT_ITEM:
        return any(str(row.номер) and _rank(str(row.номер)) == 0 for row in before)
    return _rank(number) > 0


# --- what docgen words itself ----------------------------------------------------------------


def _closing(order: RecordView, before: list[Paragraph]) -> list[Paragraph]:
    """Return the points that docgen words itself: day of force, then control, which is last."""
    sentences = [*_force(order), *_control(order)]
    top = [item for item in before if item.уровень == 1]
    numbered = [item for item in top if _rank(item.номер) == 0] or top
    if before and not numbered:
        return [Paragraph("", sentence) for sentence in sentences]
    last = max((_leading(item.номер) for item in numbered), default=0)
    mark = ")" if numbered and numbered[-1].номер.endswith(")") else "."
    return [
        Paragraph(f"{last + index}{mark}", sentence, 1)
        for index, sentence in enumerate(sentences, 1)
    ]


def _leading(number: str) -> int:
    digits = _LEADING.match(number)
    return int(digits[0]) if digits else 0


@derived_value(ORDERS, "о_контроле")
def control_sentence(order: RecordView) -> str:
    """Return the sentence about control for kinds with points of their own, or nothing."""
    return next(_control(order), "")


def _force(order: Any) -> Iterator[str]:
    day = order.вступает_в_силу
    if str(day):
        gender = russian.gender_of_phrase(str(order.вид)) or "м"
        ending = russian.agree(gender, "ий", "ая", "ее", "ие")
        yield ended(f"Настоящ{ending} {order.вид} вступает в силу с {day.в_тексте}")


def _control(order: Any) -> Iterator[str]:
    control = order.контроль
    if not control:
        return
    gender = russian.gender_of_phrase(str(order.вид)) or "м"
    this = russian.agree(gender, "настоящего", "настоящей", "настоящего", "настоящих")
    start = f"Контроль за исполнением {this} {order.вид.in_case('род')}"
    if isinstance(control, str):
        yield f"{start} оставляю за собой."
        return
    yield ended(f"{start} возложить на {_controller(control).in_case('вин')}")


def _controller(control: Any) -> Any:
    if not isinstance(control, RecordView):
        return control
    if control.record.register == BODIES and control.руководитель:
        head: Any = control.руководитель
        return head.с_должностью
    return control.с_должностью if control.record.register == STAFF else control
