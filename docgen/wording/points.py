"""The points of an order as paragraphs: numbers, addressees, deadlines, control, end marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen import russian
from docgen.model.columns import ADDRESSEES, NUMBER, ORDERS, POINTS, TEXT
from docgen.wording.appendix_mentions import (
    AS_LIST,
    appendices_of_point,
    ends_with_mention,
    mention_appendices,
)
from docgen.wording.braces import deadline_words, fill_markers, has_marker, name_in_text
from docgen.wording.filters import capitalised, uncapitalised
from docgen.wording.protocols import (
    AppendixView,
    OrderView,
    PointView,
    RowOrPhrase,
    to_body,
    to_worker,
)
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.sentences import add_words, ended
from docgen.wording.value_views import DateView, Declinable, PhraseView

_BULLETS = ("-", "–", "—", "•")
_RESPONSIBLE = re.compile(
    r"^\s*ответственн(?:ый|ая|ые)(?:\s+исполнител[ьи])?\s*[:–—-]\s*", re.IGNORECASE
)
"""The words of the line itself, typed once more into the cell."""
_INITIALS = re.compile(r"\b[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_PLAIN_NUMBER = re.compile(r"^\d+(\.\d+){0,3}$")
_ITEM = re.compile(r"^(?:(?P<digit>\d+)|[^\W\d_])\)$")
_LEADING = re.compile(r"^\d+")
_PASTED_NUMBER = re.compile(r"^(?P<number>\d+(?:\.\d+){0,3}[.)]|[-–—•])\s+(?=\S)")
_LIST_START = re.compile(r"^(?:\d+[.)]|[^\W\d_]\)|[-–—•])\s")
LIST_LEVEL = 5
_DIGIT_ITEM, _LETTER_ITEM, _BULLET = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed paragraph; ``уровень`` is 0 without a number, 1 for «1.», 5 for a list item.

    One ``о_предыдущем`` says who is responsible for the point before it; no page ends before it,
    nor after any other paragraph ``с_продолжением``.
    """

    номер: str
    текст: str
    уровень: int = 0
    последний: bool = False
    о_предыдущем: bool = False
    с_продолжением: bool = False

    @property
    def строка(self) -> str:
        """The number and the text, with one blank between."""
        return f"{self.номер} {self.текст}".strip()


@derived_value(ORDERS, "абзацы")
def paragraphs(order: OrderView) -> list[Paragraph]:
    """Return every paragraph of an order: its points, the day of force, the control."""
    points = order.пункты
    found: list[Paragraph] = []
    # Who is responsible for a point is said after its subpoints.
    waiting: list[tuple[str, Paragraph]] = []
    for position, point in enumerate(points):
        number = point.номер
        while waiting and not _is_within(number, waiting[-1][0]):
            found.append(waiting.pop()[1])
        found += _paragraphs_of_point(order, points, position)
        if point.ответственный:
            sentence = _responsible_sentence(point.ответственный)
            waiting.append((number, Paragraph("", sentence, о_предыдущем=True)))
    found += [paragraph for _, paragraph in reversed(waiting)]
    found += _closing_points(order, found)
    if len(found) == 1:
        found = [replace(found[0], номер="", уровень=0)]
    following = [*found[1:], None][: len(found)]
    return [
        replace(
            item,
            последний=after is None,
            с_продолжением=after is None or after.о_предыдущем or item.текст.endswith(":"),
        )
        for item, after in zip(found, following, strict=True)
    ]


@derived_value(POINTS, "номер")
def point_number(point: PointView) -> str:
    """Return the number as typed, else the one pasted in front of the text."""
    return str(point.value(NUMBER) or "").strip() or _pasted(point)[0]


@derived_value(POINTS, "текст")
def point_words(point: PointView) -> str:
    """Return the text of a point without the number that was pasted in front of it."""
    number = str(point.value(NUMBER) or "").strip()
    pasted, words = _pasted(point)
    # «1)» in the text of point 1 begins a list.
    is_pasted = not number or pasted in {number, f"{number}."}
    return words if is_pasted else str(point.value(TEXT) or "")


def _pasted(point: PointView) -> tuple[str, str]:
    """Return the number at the head of the text, and the text after it."""
    text = str(point.value(TEXT) or "")
    found = _PASTED_NUMBER.match(text)
    if found is None or point.value(ADDRESSEES):
        return "", text
    return found["number"], text[found.end() :]


def _paragraphs_of_point(
    order: OrderView, points: Sequence[PointView], position: int
) -> Iterator[Paragraph]:
    """Yield a point and, under it, the appendices that it lists."""
    point = points[position]
    number, level = _number_and_level(point.номер)
    appendices = appendices_of_point(order, point) if point.ссылка == AS_LIST else []
    opens_list = bool(appendices) or _has_subpoints(points, position)
    end = _end_mark(opens_list=opens_list, continues_list=_continues_list(points, position))
    first, *others = ended(_point_text(order, point), end).split("\n")
    yield Paragraph(number, first, level)
    yield from (Paragraph("", line.strip(), LIST_LEVEL) for line in others if line.strip())
    for index, appendix in enumerate(appendices):
        end = "." if index == len(appendices) - 1 else ";"
        title = _title_in_list(appendix)
        yield Paragraph("–", f"{title} ({appendix.упоминание}){end}", LIST_LEVEL)


def _title_in_list(appendix: AppendixView) -> str:
    """Return the title after «Утвердить прилагаемые:», in the accusative, on one line."""
    title = PhraseView(" ".join(appendix.заголовок.split()), appendix.scope.speller)
    return str(title.in_case("вин"))


def _has_subpoints(points: Sequence[PointView], position: int) -> bool:
    """Return whether the next point continues this one, so that this one ends in a colon."""
    if position + 1 >= len(points) or _is_separate_dash(points, position + 1):
        return False
    return _is_below(points[position + 1].номер, points[position].номер)


def _continues_list(points: Sequence[PointView], position: int) -> bool:
    """Return whether the point is an item of a list and the next point is its next item."""
    point = points[position]
    number = point.номер
    following = points[position + 1].номер if position + 1 < len(points) else ""
    is_item = _is_list_item(number, points[:position]) and not _is_separate_dash(points, position)
    if is_item or _rank(number) > 0:
        return is_item and _rank(number) == _rank(following)
    # «3.1. разработать …» is an item of point 3, «3.1. Разработать …» a sentence.
    parent = _parent(number)
    is_clause = point.текст[:1].islower() and not point.кому
    return bool(parent) and is_clause and _parent(following) == parent


def _parent(number: str) -> str:
    """Return the number of the point above, e.g. «3» for «3.1»; nothing for «3» or a dash."""
    return number.rstrip(".)").rpartition(".")[0]


def _is_separate_dash(points: Sequence[PointView], position: int) -> bool:
    """Return whether a dash begins a sentence that continues no other point: «• Назначить …»."""
    point = points[position]
    if _rank(point.номер) != _BULLET:
        return False
    heads = [head for head in points[:position] if _rank(head.номер) != _BULLET]
    is_sentence = bool(point.кому) or point.текст[:1].isupper()
    if not heads:
        return is_sentence
    is_opened = bool(heads[-1].номер) or heads[-1].текст.endswith(":")
    return is_sentence and not is_opened


def _end_mark(*, opens_list: bool, continues_list: bool) -> str:
    if opens_list:
        return ":"
    return ";" if continues_list else "."


def _point_text(order: OrderView, point: PointView) -> str:
    """Return the words of a point: addressees in the dative, text, appendices, deadline."""
    addressees = ", ".join(_addressees(point))
    brackets = _brackets(point)
    typed = point.текст
    text = fill_markers(typed, point, order)
    if addressees and brackets:
        addressees = f"{addressees} ({brackets})"
    if addressees:
        joint = ":\n" if _LIST_START.match(text) else " "
        text = f"{capitalised(addressees)}{joint}{uncapitalised(text)}".strip()
    is_mentioned = has_marker(typed, "приложение") or ends_with_mention(typed)
    if point.ссылка != AS_LIST and not is_mentioned:
        text = add_words(text, mention_appendices(order, point))
    return text if has_marker(typed, "срок") else add_words(text, _deadline(point))


def _addressees(point: PointView) -> Iterator[str]:
    for item in point.кому:
        worker = to_worker(item)
        if worker is not None:
            yield str(worker.с_должностью.in_case("дат"))
        elif isinstance(item, RecordView) and _begins_with_abbreviation(str(item)):
            yield str(item)
        else:
            yield str(item.in_case("дат"))


def _begins_with_abbreviation(name: str) -> bool:
    """Return whether the name begins with an abbreviation, so that it does not decline."""
    return name.split(" ", 1)[0].isupper()


def _brackets(point: PointView) -> str:
    """Return the names for the brackets after the addressees; «руководитель» means their heads."""
    names: list[str] = []
    for item in point.в_скобках:
        if isinstance(item, str):
            names += [_head_with_initials(addressee) for addressee in point.кому]
        else:
            names.append(str(name_in_text(item, "инициалы")))
    return ", ".join(name for name in names if name)


def _head_with_initials(addressee: RowOrPhrase) -> str:
    body = to_body(addressee)
    head = body.руководитель if body is not None else None
    return str(head.фио.in_style("initials")) if head else ""


def _deadline(point: PointView) -> str:
    words = deadline_words(point.срок)
    return f"в срок {words}" if isinstance(point.срок, DateView) else words


def _responsible_sentence(people: Sequence[RowOrPhrase]) -> str:
    """Return who is responsible for a point: one, several, or a group («классные руководители»)."""
    names = [_RESPONSIBLE.sub("", str(name_in_text(person, "инициалы"))) for person in people]
    has_words = isinstance(people[0], PhraseView)
    if len(names) > 1 or (has_words and len(_INITIALS.findall(names[0])) > 1):
        start = "Ответственные:"
    elif has_words and russian.gender_of_phrase(names[0]) == "мн":
        start = "Ответственные –"
    else:
        start = "Ответственный –"
    return ended(f"{start} {', '.join(names)}")


# --- numbers ---------------------------------------------------------------------------------


def _number_and_level(text: str) -> tuple[str, int]:
    """Return the number as it is printed, and the level of its paragraph."""
    if _rank(text) > _DIGIT_ITEM:
        return text, LIST_LEVEL
    level = text.rstrip(".)").count(".") + 1 if text[:1].isdigit() else 0
    return (f"{text}." if _PLAIN_NUMBER.match(text) else text), level


def _rank(number: str) -> int:
    """Return how deep in a list the number stands: 1 for «1)», 2 for «а)», 3 for a dash, else 0."""
    if number in _BULLETS:
        return _BULLET
    item = _ITEM.match(number)
    if item is None:
        return 0
    return _DIGIT_ITEM if item["digit"] else _LETTER_ITEM


def _is_below(number: str, parent: str) -> bool:
    """Return whether a point of that number continues the point right before it."""
    if _rank(number) == 0 or _rank(parent) == 0:
        is_list = _rank(number) > (0 if parent else _DIGIT_ITEM)
        return is_list or (bool(parent) and number.startswith(parent.rstrip(".)") + "."))
    return _rank(number) > _rank(parent)


def _is_within(number: str, parent: str) -> bool:
    """Return whether a point of that number lies at any depth under the other."""
    return _is_below(number, parent) or (_rank(number) > _rank(parent) and bool(parent))


def _is_list_item(number: str, before: Sequence[PointView]) -> bool:
    """Return whether the point is an item that ends in «;»: «1)» is one only under a number."""
    if _rank(number) == _DIGIT_ITEM:
        return any(point.номер and _rank(point.номер) == 0 for point in before)
    return _rank(number) > 0


# --- points that docgen adds -----------------------------------------------------------------


def _closing_points(order: OrderView, before: list[Paragraph]) -> list[Paragraph]:
    """Return the points that docgen adds: the day of force and then, last of all, the control."""
    sentences = [*_force_sentences(order), *_control_sentences(order)]
    top = [item for item in before if item.уровень == 1]
    numbered = [item for item in top if _rank(item.номер) == 0] or top
    if before and not numbered:
        return [Paragraph("", sentence) for sentence in sentences]
    last = max((_leading_number(item.номер) for item in numbered), default=0)
    mark = ")" if numbered and numbered[-1].номер.endswith(")") else "."
    return [
        Paragraph(f"{last + index}{mark}", sentence, 1)
        for index, sentence in enumerate(sentences, 1)
    ]


def _leading_number(number: str) -> int:
    digits = _LEADING.match(number)
    return int(digits[0]) if digits else 0


@derived_value(ORDERS, "о_контроле")
def control_sentence(order: OrderView) -> str:
    """Return the sentence about control, for kinds whose template has the points; or nothing."""
    return next(_control_sentences(order), "")


def _force_sentences(order: OrderView) -> Iterator[str]:
    day = order.вступает_в_силу
    if isinstance(day, DateView):
        gender = russian.gender_of_phrase(str(order.вид)) or "м"
        ending = russian.agree(gender, "ий", "ая", "ее", "ие")
        since = russian.with_preposition("с", str(day.в_тексте))
        yield ended(f"Настоящ{ending} {order.вид} вступает в силу {since}")


def _control_sentences(order: OrderView) -> Iterator[str]:
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


def _controller(control: RowOrPhrase) -> Declinable:
    """Return who controls the order: a worker, a body's head, else what was typed."""
    body = to_body(control)
    worker = to_worker(control) if body is None else body.руководитель
    return worker.с_должностью if worker else control
