"""What the drawing commands of any page paint (PDF 32000-1, 8 and 9), followed one by one.

Kept are blocks of text that can be seen: inside the page and every clip, in a colour that stands
out, not painted over.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from docgen.pages.font_alphabets import FontAlphabet, alphabets_of
from docgen.pages.objects_read import Page, PlainFile
from docgen.pages.plane import (
    IDENTITY,
    WHOLE,
    Box,
    Matrix,
    box_of,
    intersected,
    is_inside,
    joined,
    moved,
    multiplied,
    to_box,
    to_matrix,
    widened,
)
from docgen.pages.syntax import BrokenPdfError, Ref, Value, bytes_of, to_number

_TOKEN: Final = re.compile(
    rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\)"
    rb"|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]|/[^\x00\t\n\f\r ()<>\[\]{}/%]*|%[^\r\n]*"
    rb"|[^\x00\t\n\f\r ()<>\[\]{}/%]+",
    re.DOTALL,
)
_INLINE_IMAGE_END: Final = re.compile(rb"\sEI(?=\s|$)")
_NUMBER: Final = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_NUMBERS: Final[Mapping[bytes, float]] = {b"TL": 0, b"Tr": 0, b"Ts": 0, b"Tz": 100, b"Tc": 0}
"""Numbers that commands set: leading, mode, rise, width in percent, gap between letters."""
_INVISIBLE: Final = frozenset({3, 7})
"""Modes of rendering text that paint nothing."""
_LEAST_CONTRAST: Final = 0.12
_LEAST_COVERING: Final = 0.5
_SLACK_PT: Final = 1.5
_TOUCH_PT: Final = 0.5
_MIDDLE_OF_LETTERS: Final = 0.25
"""How far from its base line, in type sizes, the middle of a letter is."""
_EDGE_OF_LETTERS: Final = 0.1
"""How far from the ends of a line, in type sizes, it is looked what is behind it."""
_STEP: Final = 0.3
_MOST_POINTS: Final = 200
"""At how many points of a line it is looked whether it is seen, so many type sizes apart."""
_MOST_LEVELS: Final = 12
_LEVEL: Final = 0.02
"""How steep a line may be that counts as level."""
_WHITE: Final = 1.0
_BLACK: Final = 0.0


class PaintedBlock(NamedTuple):
    """A stretch of text in the form of ``comparable``, from ``x`` to ``right`` at the height ``y``.

    All in points; ``size`` is that of its smallest type. If ``is_turned``, it does not run to the
    right.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    is_turned: bool = False


def media_box(file: PlainFile, page: Page) -> Box:
    """Return what of a page is shown.

    Raises:
        BrokenPdfError: when it has no size.
    """
    boxes = [
        [to_number(file.get(one)) for one in file.items(page.fields[name])]
        for name in (b"/MediaBox", b"/CropBox")
        if name in page.fields
    ]
    if not boxes or any(len(one) != len(WHOLE) for one in boxes):
        raise BrokenPdfError("a page without a size")
    ordered = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in boxes]
    return intersected(ordered[0], ordered[-1])


def painted_by_commands(
    file: PlainFile, page: Page, alphabets: Mapping[bytes, FontAlphabet], data: bytes
) -> list[PaintedBlock]:
    """Return the visible blocks of a page, following every command; see ``painted_blocks``.

    Raises:
        BrokenPdfError: when commands lack what they need.
    """
    canvas = _Canvas(file, media_box(file, page))
    try:
        _Drawing(canvas, page.fields.get(b"/Resources"), alphabets, _State()).draw(data, 0)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise BrokenPdfError(f"drawing commands: {type(error).__name__}") from error
    return [one.block for one in canvas.shown]


class _Shown(NamedTuple):
    block: PaintedBlock
    points: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state: transformation, clip, brightness of fills, font, size, text mode."""

    matrix: Matrix = IDENTITY
    clip: Box = WHOLE
    fill: float = _BLACK
    opacity: float = 1.0
    font: bytes = b""
    size: float = 0.0
    numbers: Mapping[bytes, float] = field(default_factory=lambda: _NUMBERS)


@dataclass(slots=True)
class _Canvas:
    """What has been painted on a page; filled while commands are followed."""

    file: PlainFile
    box: Box
    shown: list[_Shown] = field(default_factory=list)
    fills: list[tuple[Box, float]] = field(default_factory=list)

    def cover(self, area: Box, brightness: float) -> None:
        """Paint an area: text under it is seen no more, but text that touches it is."""
        inner = widened(area, -_TOUCH_PT)
        self.shown = [
            one for one in self.shown if not any(is_inside(point, inner) for point in one.points)
        ]
        self.fills.append((area, brightness))

    def background(self, point: tuple[float, float]) -> float:
        """Return how bright the page is at a point."""
        under = [brightness for area, brightness in self.fills if is_inside(point, area)]
        return under[-1] if under else _WHITE


@dataclass(slots=True)
class _Drawing:
    """One stream of commands with its resources; filled while it is followed."""

    canvas: _Canvas
    resources: Value | None
    alphabets: Mapping[bytes, FontAlphabet]
    state: _State
    stack: list[_State] = field(default_factory=list)
    path: list[Box] = field(default_factory=list)
    is_clip: bool = False
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    is_going_on: bool = False

    def draw(self, data: bytes, level: int) -> None:
        """Follow the commands of a stream."""
        if level > _MOST_LEVELS:
            raise BrokenPdfError("forms too deep in each other")
        operands: list[bytes] = []
        position = 0
        while found := _TOKEN.search(data, position):
            token, position = found[0], found.end()
            if _NUMBER.fullmatch(token) or token[:1] in b"(<[/]>":
                operands.append(token)
            elif token == b"BI":
                end = _INLINE_IMAGE_END.search(data, position)
                position = end.end() if end else len(data)
                self._fill_area(box_of(self.state.matrix, (0.0, 0.0, 1.0, 1.0)), _BLACK)
                operands = []
            elif token[:1] != b"%":
                self._run(token, operands, level)
                operands = []

    def _run(self, command: bytes, operands: list[bytes], level: int) -> None:
        """Follow one command; those that change nothing of what is kept are passed over."""
        if command in _SHOWING:
            if command in _NEXT_LINE_FIRST:
                self._next_line(0.0, -self.state.numbers[b"TL"])
            self._show(operands)
        elif command in _POSITIONING:
            self._place_text(command, operands)
        elif command == b"Do":
            self._draw_object(operands[-1], level)
        elif command in _FILL_COLOURS:
            self.state = replace(self.state, fill=_brightness(command, operands))
        elif command in _NUMBERS:
            numbers = {**self.state.numbers, command: float(operands[-1])}
            self.state = replace(self.state, numbers=numbers)
        elif command in _PAINTING:
            self._paint_path(command)
        else:
            self._change(command, operands)

    def _change(self, command: bytes, operands: list[bytes]) -> None:
        """Change the graphics state or the path."""
        match command:
            case b"q":
                self.stack.append(self.state)
            case b"Q" if self.stack:
                self.state = self.stack.pop()
            case b"cm":
                matrix = multiplied(to_matrix(_numbers(operands)), self.state.matrix)
                self.state = replace(self.state, matrix=matrix)
            case b"gs":
                self.state = replace(self.state, opacity=self._opacity(operands[-1]))
            case b"re" | b"m" | b"l" | b"c" | b"v" | b"y":
                self._extend_path(command, _numbers(operands))
            case b"W" | b"W*":
                self.is_clip = True

    # --- text ------------------------------------------------------------------------------------

    def _place_text(self, command: bytes, operands: list[bytes]) -> None:
        match command:
            case b"BT":
                self.text = self.line = IDENTITY
                self.is_going_on = False
            case b"Tf":
                self.state = replace(self.state, font=operands[-2], size=float(operands[-1]))
            case b"Tm":
                self.text = self.line = to_matrix(_numbers(operands))
            case b"Td":
                self._next_line(*map(float, operands[-2:]))
            case b"TD":
                self._run(b"TL", [b"%f" % -float(operands[-1])], 0)
                self._next_line(*map(float, operands[-2:]))
            case _:
                self._next_line(0.0, -self.state.numbers[b"TL"])

    def _next_line(self, x: float, y: float) -> None:
        self.text = self.line = multiplied((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def _show(self, operands: Sequence[bytes]) -> None:
        """Show the strings among the operands, gaps between them moving the pen."""
        state = self.state
        alphabet = self.alphabets.get(state.font)
        if alphabet is None:
            raise BrokenPdfError("text in a font that the page does not have")
        codes, advance = b"", 0.0
        for one in operands:
            if one[:1] in b"(<":
                own = bytes_of(one)
                codes += own
                advance += (
                    (alphabet.width(own) * state.size / 1000 + len(own) * state.numbers[b"Tc"])
                    * state.numbers[b"Tz"]
                    / 100
                )
            elif one[:1] not in b"[]/":
                advance -= float(one) * state.size / 1000 * state.numbers[b"Tz"] / 100
        whole = multiplied(self.text, state.matrix)
        start = moved(whole, 0.0, state.numbers[b"Ts"])
        end = moved(whole, advance, state.numbers[b"Ts"])
        height = (whole[2] ** 2 + whole[3] ** 2) ** 0.5 * state.size
        is_turned = abs(whole[1]) > _LEVEL * abs(whole[0])
        block = PaintedBlock(alphabet.read(codes), *start, end[0], height, is_turned)
        count = min(max(int(advance / (_STEP * max(state.size, 1.0))), 1), _MOST_POINTS)
        middle = state.numbers[b"Ts"] + _MIDDLE_OF_LETTERS * state.size
        points = [moved(whole, advance * step / count, middle) for step in range(count + 1)]
        # Where a line begins and ends, what is behind its neighbours begins, too.
        last = codes[len(codes.rstrip(alphabet.blanks)) :] if alphabet.wide is None else b""
        length = advance - alphabet.width(last) * state.size * state.numbers[b"Tz"] / 100_000
        edge = min(_EDGE_OF_LETTERS * state.size, max(length, 0.0) / 4)
        inner = [
            moved(whole, min(max(length * step / count, edge), length - edge), middle)
            for step in range(count + 1)
        ]
        if block.text and self._is_seen(points, inner):
            self._add(block, points)
        self.text = multiplied((1.0, 0.0, 0.0, 1.0, advance, 0.0), self.text)

    def _is_seen(
        self, points: Sequence[tuple[float, float]], inner: Sequence[tuple[float, float]]
    ) -> bool:
        """Whether letters lie on the page, by the points of all, and differ from what is behind."""
        limits = widened(intersected(self.state.clip, self.canvas.box), _SLACK_PT)
        if self.state.numbers[b"Tr"] in _INVISIBLE:
            return False
        return all(is_inside(one, limits) for one in points) and all(
            abs(self.state.fill - self.canvas.background(one)) * self.state.opacity
            >= _LEAST_CONTRAST
            for one in inner
        )

    def _add(self, block: PaintedBlock, points: list[tuple[float, float]]) -> None:
        shown = self.canvas.shown
        if self.is_going_on and shown and shown[-1].block.y == block.y:
            before, earlier = shown[-1]
            size = min(before.size, block.size)
            joined = before._replace(text=before.text + block.text, right=block.right, size=size)
            shown[-1] = _Shown(joined, earlier + points)
        else:
            shown.append(_Shown(block, points))
        self.is_going_on = True

    # --- everything else -------------------------------------------------------------------------

    def _draw_object(self, name: bytes, level: int) -> None:
        file = self.canvas.file
        objects = file.fields(file.fields(self.resources).get(b"/XObject"))
        found = objects.get(name)
        fields = file.fields(found)
        if fields.get(b"/Subtype") == b"/Form" and isinstance(found, Ref):
            matrix = [to_number(file.get(one)) for one in file.items(fields.get(b"/Matrix"))]
            own = multiplied(to_matrix(matrix) if matrix else IDENTITY, self.state.matrix)
            box = [to_number(file.get(one)) for one in file.items(fields.get(b"/BBox"))]
            inner = box_of(own, to_box(box)) if box else WHOLE
            state = replace(self.state, matrix=own, clip=intersected(self.state.clip, inner))
            resources = fields.get(b"/Resources", self.resources)
            alphabets = {**self.alphabets, **alphabets_of(file, resources)}
            _Drawing(self.canvas, resources, alphabets, state).draw(file.content(found), level + 1)
        elif fields and b"/SMask" not in fields and fields.get(b"/ImageMask") != b"true":
            self._fill_area(box_of(self.state.matrix, (0.0, 0.0, 1.0, 1.0)), _BLACK)

    def _extend_path(self, command: bytes, numbers: list[float]) -> None:
        if command == b"re":
            x, y, width, height = numbers
            self.path.append(box_of(self.state.matrix, (x, y, x + width, y + height)))
            return
        for x, y in zip(numbers[::2], numbers[1::2], strict=False):
            point = box_of(self.state.matrix, (x, y, x, y))
            if command == b"m":
                self.path.append(point)
            elif self.path:
                self.path[-1] = joined(self.path[-1], point)

    def _paint_path(self, command: bytes) -> None:
        if self.is_clip and self.path:
            whole = functools.reduce(joined, self.path)
            self.state = replace(self.state, clip=intersected(self.state.clip, whole))
        if command in _FILLING:
            for one in self.path:
                self._fill_area(one, self.state.fill)
        self.path, self.is_clip = [], False

    def _opacity(self, name: bytes) -> float:
        """Return how opaque fills are from now on."""
        file = self.canvas.file
        states = file.fields(file.fields(self.resources).get(b"/ExtGState"))
        fields = file.fields(states.get(name))
        if isinstance(file.get(fields.get(b"/SMask")), dict):
            # What shines through is masked so by LibreOffice; how much is not looked into.
            return _LEAST_COVERING / 2
        opacity = fields.get(b"/ca")
        return self.state.opacity if opacity is None else to_number(file.get(opacity))

    def _fill_area(self, area: Box, brightness: float) -> None:
        if self.state.opacity < _LEAST_COVERING:
            return
        self.canvas.cover(intersected(area, self.state.clip), brightness)


_POSITIONING: Final = frozenset({b"BT", b"Tf", b"Tm", b"Td", b"TD", b"T*"})
_SHOWING: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})
_NEXT_LINE_FIRST: Final = frozenset({b"'", b'"'})
_FILL_COLOURS: Final = frozenset({b"g", b"rg", b"k", b"sc", b"scn"})
_FILLING: Final = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_PAINTING: Final = _FILLING | {b"S", b"s", b"n"}


def _brightness(command: bytes, operands: Sequence[bytes]) -> float:
    numbers = _numbers([one for one in operands if one[:1] != b"/"])
    if not numbers:
        return _BLACK
    if command == b"k" or len(numbers) == 4:
        black = numbers[3]
        numbers = [(1 - one) * (1 - black) for one in numbers[:3]]
    return sum(numbers) / len(numbers)


def _numbers(operands: Sequence[bytes]) -> list[float]:
    return [float(one) for one in operands if _NUMBER.fullmatch(one)]
