"""The gold standard of declension, scored: the table of ``docs/russian.md``.

``.venv/bin/python -m tests.support.russian_gold`` prints the table, ``--write`` puts it into the
page, ``--misses`` lists what is wrong or marked; ``tests/test_russian_gold.py`` holds the page.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docgen.russian import decline_name, decline_phrase
from docgen.russian.case_forms import Form

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
PAGE = ROOT / "docs" / "russian.md"
COMMAND = ".venv/bin/python -m tests.support.russian_gold"
CASES = ("род", "дат", "вин", "твор", "пред")
TO_BE_ASKED = "?"
"""Stands for the forms of a text that no rule can decline: it has to be marked."""

_OPEN = "<!-- gold -->"
_CLOSE = "<!-- /gold -->"


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its right forms by case; several right ones are parted by «|»."""

    group: str
    text: str
    gender: str
    part: str | None
    is_name: bool
    forms: dict[str, str]

    def decline(self, case: str) -> Form:
        """Return what docgen makes of the text."""
        if self.is_name:
            return decline_name(self.text, case, self.gender or None, self.part)
        return decline_phrase(self.text, case)


@dataclass(slots=True)
class Score:
    """How the texts of one group came out; filled while they are read."""

    texts: int = 0
    right: int = 0
    wrong_marked: int = 0
    wrong_silent: int = 0
    right_marked: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, gold: GoldText) -> None:
        """Count one text: it is right when it is in all its cases."""
        forms = {case: gold.decline(case) for case in gold.forms}
        is_marked = any(form.check for form in forms.values())
        wrong = [
            f"{case} «{form.text}»"
            for case, form in forms.items()
            if gold.forms[case] != TO_BE_ASKED and form.text not in gold.forms[case].split("|")
        ]
        is_to_be_asked = TO_BE_ASKED in gold.forms.values()
        is_right = is_marked if is_to_be_asked else not wrong
        self.texts += 1
        self.right += is_right
        self.wrong_marked += not is_right and is_marked
        self.wrong_silent += not is_right and not is_marked
        self.right_marked += is_right and is_marked and not is_to_be_asked
        if not is_right or (is_marked and not is_to_be_asked):
            verdict = "right, marked" if is_right else "marked" if is_marked else "SILENT"
            self.misses.append(f"{verdict}: «{gold.text}» {', '.join(wrong)}")


def gold_texts() -> Iterator[GoldText]:
    """Yield every text of the standard."""
    with (DATA / "russian.tsv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
            forms = {case: row[case] for case in CASES if row[case]}
            group = f"{row['source']}: {row['class']}"
            is_name = row["class"].startswith("names")
            yield GoldText(
                group, row["nominative"], row["gender"], row["part"] or None, is_name, forms
            )


def scores() -> dict[str, Score]:
    """Return the score of each group, in the order of the tables."""
    found: dict[str, Score] = {}
    for gold in gold_texts():
        found.setdefault(gold.group, Score()).add(gold)
    return found


def table() -> str:
    """Return the table of ``docs/russian.md``."""
    lines = [
        "| group | texts | right in all cases | wrong, marked | wrong, silent | right, marked |",
        "|---|---|---|---|---|---|",
    ]
    total = Score()
    for group, score in scores().items():
        lines.append(_line(group, score))
        for name in ("texts", "right", "wrong_marked", "wrong_silent", "right_marked"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
    return "\n".join([*lines, _line("**all**", total)])


def _line(group: str, score: Score) -> str:
    # Rounded down: 1,999 of 2,000 are not all.
    right = f"{score.right} = {math.floor(1000 * score.right / score.texts) / 10:.1f} %"
    counts = (score.wrong_marked, score.wrong_silent, score.right_marked)
    return f"| {group} | {score.texts} | {right} | {' | '.join(map(str, counts))} |"


def table_of_page() -> str:
    """Return the table that the page holds now."""
    text = PAGE.read_text(encoding="utf-8")
    return text.split(_OPEN, 1)[1].split(_CLOSE, 1)[0].strip()


def write_page() -> None:
    """Write the table into the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(_OPEN, 1)
    after = rest.split(_CLOSE, 1)[1]
    PAGE.write_text(f"{before}{_OPEN}\n{table()}\n{_CLOSE}{after}", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Print the table, or what misses, or write the page."""
    if "--write" in arguments:
        write_page()
    elif "--misses" in arguments:
        found = scores().items()
        lines = [f"{group}: {miss}\n" for group, score in found for miss in score.misses]
        sys.stdout.writelines(lines)
    else:
        sys.stdout.write(table() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
