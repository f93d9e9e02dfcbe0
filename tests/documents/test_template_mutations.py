"""Templates changed at random: each prints what it held, or is refused with a sentence.

``FULL=1`` tries ten times as many.
"""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from docgen.documents import TemplateLibrary
from docgen.errors import StageError
from docgen.ooxml.docx_text import text_of
from docgen.wording import make_environment
from tests.support.small_docx import write_docx, write_style

MUTATIONS: Final = 400 if os.environ.get("FULL") else 40
SECONDS: Final = 20.0
TEXTS: Final = (
    "Приказываю назначить {{ имя|upper }} наставником.",
    "{%p for один in список %}",
    "Пункт {{ один }} исполняет {{ имя }}.",
    "{%p endfor %}",
    "{% if имя %}Есть{% else %}Нет{% endif %} подпись.",
    "Контроль оставляю за собой.",
)
NAMES: Final = {"имя": "Ким", "список": ["первый", "второй"]}
HONEST: Final = (
    "Приказываю назначить КИМ наставником. Пункт первый исполняет Ким. Пункт второй исполняет Ким. "
    "Есть подпись. Контроль оставляю за собой."
)
PIECES: Final = (
    *("{{", "}}", "{%", "%}", "{#", "#}", "{{ имя }}", "{% if 1 %}", "{% endif %}", "{%p", "{%tr"),
    *("{{ 'а'*9999999999 }}", "{{ имя.__class__ }}", "{{ 1/0 }}", "{{ список[9] }}", "{{ нет }}"),
    *(
        "{% for а in range(99999) %}",
        "{% endfor %}",
        "&#0;",
        "&#x202e;",
        "<w:br/>",
        "]]>",
        "<",
        "&",
    ),
    *('<w:altChunk r:id="rId1"/>', "<w:fldSimple w:instr='INCLUDETEXT а'/>", "<w:p>", "</w:p>"),
)
Parts = dict[str, bytes]


def swap_bytes(parts: Parts, dice: random.Random) -> None:
    """Change some bytes of a part."""
    name = dice.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(dice.randint(1, 8)):
        if data:
            data[dice.randrange(len(data))] = dice.randrange(256)
    parts[name] = bytes(data)


def lose_part(parts: Parts, dice: random.Random) -> None:
    """Lose a part, or put another in its place."""
    name = dice.choice(sorted(parts))
    if dice.random() < 0.5:
        del parts[name]
    else:
        parts[name] = parts[dice.choice(sorted(parts))]


def put_piece(parts: Parts, dice: random.Random) -> None:
    """Put a piece of a tag or of XML into the body, at words or anywhere."""
    body = parts["word/document.xml"].decode()
    places = [one.end() for one in re.finditer(r"<w:t[^>]*>", body)] or [0]
    place = dice.choice(places) if dice.random() < 0.7 else dice.randrange(len(body))
    parts["word/document.xml"] = f"{body[:place]}{dice.choice(PIECES)}{body[place:]}".encode()


def cut_words(parts: Parts, dice: random.Random) -> None:
    """Remove or double a stretch of the body."""
    body = parts["word/document.xml"].decode()
    start = dice.randrange(len(body))
    end = min(len(body), start + dice.randint(1, 200))
    middle = body[start:end] * dice.choice((0, 2))
    parts["word/document.xml"] = f"{body[:start]}{middle}{body[end:]}".encode()


def change_number(parts: Parts, dice: random.Random) -> None:
    """Put an odd value into an attribute of any part."""
    name = dice.choice([one for one in sorted(parts) if one.endswith((".xml", ".rels"))])
    text = parts[name].decode()
    found = list(re.finditer(r'="([^"]*)"', text))
    if found:
        start, end = dice.choice(found).span(1)
        odd = dice.choice(("", "-1", "1e999", "а", "99999999999", "{{ имя }}", "nan", "http://а/"))
        parts[name] = f"{text[:start]}{odd}{text[end:]}".encode()


CHANGES: Final[tuple[Callable[[Parts, random.Random], None], ...]] = (
    swap_bytes,
    lose_part,
    put_piece,
    put_piece,
    cut_words,
    change_number,
)


def _zipped(parts: Parts, dice: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    raw = bytearray(stream.getvalue())
    if dice.random() < 0.15:
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    if dice.random() < 0.05:
        del raw[dice.randrange(len(raw)) :]
    return bytes(raw)


def _printed(template: Path, style: Path) -> str:
    library = TemplateLibrary({"приказ": template}, {}, style, make_environment())
    library.check()
    made = library.render("приказ", NAMES, title="Приказ").docx
    return " ".join(" ".join(text_of(made)).split())


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_template_prints_its_words_or_is_refused(tmp_path: Path, seed: int) -> None:
    whole = write_docx(tmp_path / "приказ.docx", *TEXTS).read_bytes()
    style = write_style(tmp_path / "стиль.docx")
    assert HONEST in _printed(tmp_path / "приказ.docx", style)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number in range(MUTATIONS // 8):
        dice = random.Random(f"{seed}-{number}")
        changed = dict(parts)
        for change in dice.sample(CHANGES, dice.randint(1, 2)):
            if changed.get("word/document.xml"):
                try:
                    change(changed, dice)
                except UnicodeDecodeError:
                    continue
        is_style = dice.random() < 0.2
        victim = tmp_path / "испорчен.docx"
        victim.write_bytes(_zipped(changed, dice))
        started = time.monotonic()
        try:
            said = (
                _printed(tmp_path / "приказ.docx", victim) if is_style else _printed(victim, style)
            )
        except StageError as error:
            text = str(error)
            assert re.search("[а-яё]{3}", text), text
            continue
        finally:
            assert time.monotonic() - started < SECONDS
        if changed["word/document.xml"] == parts["word/document.xml"] and not is_style:
            assert HONEST in said, (seed, number)
        assert "{{" not in said, (seed, number)
