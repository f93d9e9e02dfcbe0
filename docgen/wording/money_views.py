"""How a sum of money prints, and that what is counted with it prints so, too."""

from __future__ import annotations

from decimal import Decimal

from docgen import russian


class MoneyView(Decimal):
    """A sum of money that prints as «3 500,50», in whole rubles as «21 000»."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return the sum in digits."""
        return russian.format_sum(self)

    def __add__(self, other: object) -> MoneyView:
        """Return the sum and another one."""
        number = _exact(other)
        return NotImplemented if number is None else MoneyView(Decimal.__add__(self, number))

    def __radd__(self, other: object) -> MoneyView:
        """Return the sum and another one; ``sum`` begins with 0."""
        return self.__add__(other)

    def __sub__(self, other: object) -> MoneyView:
        """Return what is left of the sum."""
        number = _exact(other)
        return NotImplemented if number is None else MoneyView(Decimal.__sub__(self, number))

    def __rsub__(self, other: object) -> MoneyView:
        """Return what is left of another sum."""
        return (-self).__add__(other)

    def __mul__(self, other: object) -> MoneyView:
        """Return the sum several times, or a part of it such as ``0.15``."""
        number = _exact(other)
        return NotImplemented if number is None else MoneyView(Decimal.__mul__(self, number))

    def __rmul__(self, other: object) -> MoneyView:
        """Return the sum several times."""
        return self.__mul__(other)

    def __truediv__(self, other: object) -> MoneyView:
        """Return a part of the sum."""
        number = _exact(other)
        return NotImplemented if number is None else MoneyView(Decimal.__truediv__(self, number))

    def __neg__(self) -> MoneyView:
        """Return the sum as a loss."""
        return MoneyView(Decimal.__neg__(self))


def _exact(number: object) -> Decimal | None:
    """Return a number of a template as it is written there: 0.15 is no binary fraction."""
    if isinstance(number, float):
        return Decimal(repr(number))
    return Decimal(number) if isinstance(number, int | Decimal) else None
