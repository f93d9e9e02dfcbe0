"""Numbers as a section of a format shows them in Russian Excel: digits, fractions, exponents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from docgen.registers.number_formats import FormatSection, FormatToken, Mark

NBSP = "\u00a0"
PAD = "\ue001"
"""Stands for a blank that only lines numbers up (a private-use character)."""

LONGEST_GENERAL = 15
"""Digits of a whole number without a format: Excel keeps no more, and shows the rest as zeros."""

_PADS = re.compile(f"[ {PAD}]*{PAD}[ {PAD}]*")
_WIDTH_OF_GENERAL = 10
_EXACT = Context(prec=1000)
_THOUSAND = Decimal(1000)
_NOTHING = 5e-8
_OPENING, _CLOSING = ("-", "+", "("), (")", "%")


def decimal_of(value: float) -> Decimal:
    """Return a number as Excel counts with it: of a fraction 15 digits, of a whole number all."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def without_pads(text: str) -> str:
    """Return what is printed of a line whose blanks were there to line numbers up."""
    if PAD not in text:
        return text.strip()
    return _PADS.sub(_blank, text).strip()


def _blank(match: re.Match[str]) -> str:
    """Return what is printed for pads: nothing inside brackets and after a sign, else a blank."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    is_inside = before in _OPENING or after in _CLOSING
    return "" if is_inside and " " not in match[0] else " "


def general_text(value: Decimal, point: str = ",") -> str:
    """Return a number as it shows without a format: eleven characters, else an exponent.

    A whole number is printed up to its fifteenth digit, though Excel shows it so only when its
    cell was a text: numbers of taxpayers have twelve, and ``7,7E+11`` would be none.
    """
    if value == value.to_integral_value():
        return f"{value:.0f}" if value.adjusted() < LONGEST_GENERAL else _short(value, point)
    whole_digits = max(value.adjusted() + 1, 1)
    places = max(_WIDTH_OF_GENERAL - whole_digits, 0)
    rounded = _rounded(value, places)
    is_fine = value.adjusted() >= -4 or rounded == value
    if rounded.adjusted() > _WIDTH_OF_GENERAL or not is_fine:
        return _short(value, point)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".").replace(".", point) if places else text


def _short(value: Decimal, point: str) -> str:
    """Return a number by six digits and an exponent, as ``1,23457E+15``."""
    mantissa, exponent = _scientific(value, 1, 5)
    digits = f"{mantissa:f}".rstrip("0").rstrip(".")
    return f"{digits.replace('.', point)}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)


def _scientific(value: Decimal, step: int, places: int) -> tuple[Decimal, int]:
    """Return mantissa and exponent, which is a multiple of ``step``."""
    if not value:
        return _rounded(value, places), 0
    exponent = value.adjusted() // step * step
    mantissa = _rounded(value.scaleb(-exponent, _EXACT), places)
    if mantissa.adjusted() >= step:
        exponent += step
        mantissa = _rounded(value.scaleb(-exponent, _EXACT), places)
    return mantissa, exponent


def number_text(
    value: Decimal, section: FormatSection, *, is_signed: bool, point: str = ","
) -> str:
    """Return a number as a section shows it; pads are left in, see ``without_pads``.

    ``is_signed`` is off when the words of the section say the minus.
    """
    tokens = section.tokens
    marks = [token.mark for token in tokens]
    size = abs(value)
    if Mark.GENERAL in marks or Mark.TEXT in marks:
        text, is_zero = _with_general(tokens, general_text(size, point)), not size
    elif Mark.EXPONENT in marks and Mark.DIGIT in marks:
        text, is_zero = _with_exponent(size, tokens, point), not size
    elif _denominator_of(tokens) is not None:
        text, is_zero = _with_fraction(size, tokens)
    else:
        text, is_zero = _with_digits(size, tokens, point)
    return f"-{text}" if value < 0 and is_signed and not is_zero else text


def word_of(token: FormatToken) -> str:
    """Return what a token prints that takes no digit."""
    return PAD if token.mark == Mark.PAD else token.text


def _with_general(tokens: Sequence[FormatToken], text: str) -> str:
    return "".join(
        text if token.mark in {Mark.GENERAL, Mark.TEXT} else word_of(token) for token in tokens
    )


# --- digits ----------------------------------------------------------------------------------


def _with_digits(size: Decimal, tokens: Sequence[FormatToken], point: str) -> tuple[str, bool]:
    """Return the text of a number without exponent or fraction, and whether it shows a zero."""
    tokens, is_grouped, scale = _without_commas(tokens)
    size = (size / _THOUSAND**scale) * 100 ** sum(t.mark == Mark.PERCENT for t in tokens)
    dot = next((i for i, token in enumerate(tokens) if token.mark == Mark.POINT), len(tokens))
    whole_tokens, rest = tokens[:dot], tokens[dot + 1 :]
    if not any(token.mark == Mark.DIGIT for token in tokens):
        return "".join(word_of(token) for token in tokens), not size
    rounded = _rounded(size, sum(token.mark == Mark.DIGIT for token in rest))
    whole, _, fraction = f"{rounded:f}".partition(".")
    text = _whole_text(whole, whole_tokens, is_grouped=is_grouped)
    if dot < len(tokens):
        text += point + _fraction_text(fraction, rest)
    return text, not rounded


def _without_commas(tokens: Sequence[FormatToken]) -> tuple[list[FormatToken], bool, int]:
    """Return the tokens without commas, whether thousands are parted, how often they are cut off.

    A comma between digits parts thousands; one right after the last digit divides by a thousand.
    """
    kept: list[FormatToken] = []
    is_grouped, scale = False, 0
    digits = [i for i, token in enumerate(tokens) if token.mark == Mark.DIGIT]
    dot = next((i for i, token in enumerate(tokens) if token.mark == Mark.POINT), len(tokens))
    for index, token in enumerate(tokens):
        if token.mark != Mark.COMMA:
            kept.append(token)
        elif digits and digits[0] < index < dot and any(index < digit < dot for digit in digits):
            is_grouped = True
        elif index and tokens[index - 1].mark in {Mark.DIGIT, Mark.COMMA}:
            scale += 1
        else:
            kept.append(FormatToken(Mark.WORD, token.text))
    return kept, is_grouped, scale


def _whole_text(digits: str, tokens: Sequence[FormatToken], *, is_grouped: bool) -> str:
    """Return the whole part under its marks, e.g. ``123-45`` under ``000-00``."""
    marks = [token.text for token in tokens if token.mark == Mark.DIGIT]
    placed = iter(_placed("" if digits == "0" else digits, marks, is_grouped=is_grouped))
    ahead = next(placed)
    if not marks:
        return "".join(word_of(token) for token in tokens) + ahead
    text: list[str] = []
    for token in tokens:
        if token.mark != Mark.DIGIT:
            text.append(word_of(token))
            continue
        text += [ahead, next(placed)]
        ahead = ""
    return "".join(text)


def _placed(digits: str, marks: Sequence[str], *, is_grouped: bool) -> list[str]:
    """Return the digits that no mark is left for, then what stands under each mark."""
    blanks = {"0": "0", "#": "", "?": PAD}
    width = max(len(digits), len(marks))
    found = []
    for place in range(width - 1, -1, -1):
        digit = digits[-1 - place] if place < len(digits) else blanks[marks[-1 - place]]
        is_parted = is_grouped and place and place % 3 == 0 and digit.isdigit()
        found.append(f"{digit}{NBSP}" if is_parted else digit)
    spare = width - len(marks)
    return ["".join(found[:spare]), *found[spare:]]


def _fraction_text(digits: str, tokens: Sequence[FormatToken]) -> str:
    """Return what stands after the point; zeros at the end print under ``0`` alone."""
    text: list[str] = []
    at = 0
    for token in tokens:
        if token.mark != Mark.DIGIT:
            text.append(word_of(token))
            continue
        if token.text == "0" or digits[at:].strip("0"):
            text.append(digits[at])
        elif token.text == "?":
            text.append(PAD)
        at += 1
    return "".join(text)


# --- exponents -------------------------------------------------------------------------------


def _with_exponent(size: Decimal, tokens: Sequence[FormatToken], point: str) -> str:
    """Return a number as ``1,23E+06``; with several digits before the point in steps of these."""
    at = next(i for i, token in enumerate(tokens) if token.mark == Mark.EXPONENT)
    mantissa_tokens, _, _ = _without_commas(tokens[:at])
    dot = next(
        (i for i, token in enumerate(mantissa_tokens) if token.mark == Mark.POINT),
        len(mantissa_tokens),
    )
    step = max(sum(token.mark == Mark.DIGIT for token in mantissa_tokens[:dot]), 1)
    places = sum(token.mark == Mark.DIGIT for token in mantissa_tokens[dot:])
    size *= 100 ** sum(token.mark == Mark.PERCENT for token in tokens)
    mantissa, exponent = _scientific(size, step, places)
    whole, _, fraction = f"{mantissa:f}".partition(".")
    text = _whole_text(whole, mantissa_tokens[:dot], is_grouped=False)
    if dot < len(mantissa_tokens):
        text += point + _fraction_text(fraction, mantissa_tokens[dot + 1 :])
    letter = tokens[at].text.removesuffix("-")
    if exponent < 0:
        letter = f"{letter.removesuffix('+')}-"
    return text + letter + _whole_text(str(abs(exponent)), tokens[at + 1 :], is_grouped=False)


# --- fractions -------------------------------------------------------------------------------


def _denominator_of(tokens: Sequence[FormatToken]) -> tuple[int, int, int] | None:
    """Return where numerator and slash stand, and where what follows the denominator begins."""
    slash = next((i for i, token in enumerate(tokens) if token.mark == Mark.SLASH), 0)
    start, end = slash, slash + 1
    while start and tokens[start - 1].mark == Mark.DIGIT:
        start -= 1
    while end < len(tokens) and (tokens[end].mark == Mark.DIGIT or tokens[end].text.isdigit()):
        end += 1
    return (start, slash, end) if start < slash and end > slash + 1 else None


def _with_fraction(size: Decimal, tokens: Sequence[FormatToken]) -> tuple[str, bool]:
    """Return a number as ``1 1/4``, and whether it shows a zero."""
    start, slash, end = _denominator_of(tokens) or (0, 0, 0)
    below = "".join(token.text for token in tokens[slash + 1 : end])
    has_whole = any(token.mark == Mark.DIGIT for token in tokens[:start])
    exact = Fraction(size)
    whole = int(exact) if has_whole else 0
    part = exact - whole
    if re.search("[1-9]", below):
        bottom = int(re.sub("[#?]", "0", below))
        top = int(part * bottom + Fraction(1, 2))
    else:
        top, bottom = _near(float(part % 1), 10 ** len(below) - 1)
        top += int(part) * bottom
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    front, tail = tokens[:start], "".join(word_of(token) for token in tokens[end:])
    if has_whole and not top:
        lead = _whole_text(str(whole), front, is_grouped=False)
        return (lead if lead.strip(f" {PAD}") or whole else "0") + PAD + tail, not whole
    lead = _whole_text(str(whole), front, is_grouped=False)
    if has_whole and not whole and not any(t.text == "0" for t in front if t.mark == Mark.DIGIT):
        lead = _before_digits(front)
    top_text = _whole_text(str(top), tokens[start:slash], is_grouped=False) if top else "0"
    bottom_text = str(bottom) if re.search("[1-9]", below) else _left(bottom, below)
    return f"{lead}{top_text}/{bottom_text}{tail}", not top and not whole


def _near(number: float, limit: int) -> tuple[int, int]:
    """Return the last continued fraction of a number whose denominator is within a limit.

    Not the nearest fraction of all: Excel shows 0,23 as 3/13, where 20/87 would be nearer.
    """
    before, last = (0, 1), (1, 0)
    rest = number
    while last[1] < limit:
        whole = int(rest)
        before, last = last, (whole * last[0] + before[0], whole * last[1] + before[1])
        if rest - whole < _NOTHING:
            break
        rest = 1 / (rest - whole)
    return last if last[1] <= limit else before


def _before_digits(tokens: Sequence[FormatToken]) -> str:
    """Return the words before a whole part that is left out, without the blank behind it."""
    first = next(i for i, token in enumerate(tokens) if token.mark == Mark.DIGIT)
    return "".join(word_of(token) for token in tokens[:first])


def _left(number: int, marks: str) -> str:
    """Return a denominator under its marks; Excel pads it on the right."""
    digits = str(number)
    return digits + "".join("" if mark == "#" else PAD for mark in marks[len(digits) :])
