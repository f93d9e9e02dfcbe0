"""The ages from which a person acts alone before the law."""

from __future__ import annotations

from typing import Final

ADULT_AGE: Final = 18
"""Full years of an adult, who needs no representative (ГК РФ ст. 21)."""

SIGNING_AGE: Final = 14
"""Full years of a child who signs beside the representative (ГК РФ ст. 26)."""
