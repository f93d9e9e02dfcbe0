"""One tag of a template: read as people type it in Word, its spelling normalised and checked."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.ooxml import TemplateParagraph
from docgen.suggestions import suggestion_sentence
from docgen.wording.sandbox import check_depth
from docgen.wording.template_faults import syntax_sentence
from docgen.wording.template_work import LIMIT_LINE, spaced

CLOSINGS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
OPENING: Final = re.compile(r"\{[{%#]")
STRAY: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")

_SCOPES: Final = {
    **dict.fromkeys(("p", "р"), "p"),
    **dict.fromkeys(("tr", "тр", "тr", "tр"), "tr"),
    **dict.fromkeys(("tc", "тс", "тc", "tс", "c", "с"), "tc"),
    **dict.fromkeys(("r", "г"), "r"),
}
"""What a scoped tag removes with itself (p paragraph, tr row, tc cell, r run) by the letters typed.

On a Russian keyboard these are Cyrillic letters that look alike.
"""

_SCOPE: Final = re.compile(r"(\{\{|\{%|\{#)([a-zа-я]{1,2})(?=\s+\S)", re.IGNORECASE)
_LOOSE_SCOPE: Final = re.compile(r"(\{%)\s+([pр]|[tт][rр]|[tт][cс])(?=\s+\S)", re.IGNORECASE)
_QUOTES: Final = {"«": "»", "„": "“”", "“": "”“", "”": "”", "‘": "’", "’": "’", "»": "»«"}
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BLANKS: Final = re.compile(r"[\s\u200b\u2060\ufeff\u00ad]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN_TWINS: Final = str.maketrans("aceopxykABCEHKMOPTXY", "асеорхукАВСЕНКМОРТХУ")

CLOSING_TAGS: Final = {"if": "endif", "for": "endfor", "with": "endwith"}
"""What closes a statement, by its keyword."""
BRANCH_TAGS: Final = {"elif": ("if",), "else": ("if", "for")}
"""Which statements a keyword may divide."""
_STANDALONE: Final = ("set", "include")
_MOST_TAGS: Final = 2048
_SHALLOW: Final = 150
"""Tags of so few signs cannot go too deep."""
CELL_TAGS: Final = ("colspan", "cellbg")
"""Tags of docxtpl that set a property of their table cell from a value."""
MERGE_TAGS: Final = ("vm", "hm")
"""Tags of docxtpl that merge their table cell downwards or sideways."""
KEYWORDS: Final = (
    *CLOSING_TAGS,
    *CLOSING_TAGS.values(),
    *BRANCH_TAGS,
    *_STANDALONE,
    *CELL_TAGS,
    *MERGE_TAGS,
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at a position of its paragraph: ``raw`` as typed, ``inner`` its content normalised.

    ``opening`` is one of ``{{``, ``{%``, ``{#``; ``scope`` one of p, tr, tc, r or empty.
    """

    raw: str
    opening: str
    scope: str
    inner: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """The first word of a statement, e.g. ``for``; empty for values and remarks."""
        return self.inner.split(maxsplit=1)[0] if self.opening == "{%" and self.inner else ""


@dataclass(frozen=True, slots=True)
class PlacedTag:
    """A tag with its paragraph."""

    tag: Tag
    paragraph: TemplateParagraph

    @property
    def is_alone(self) -> bool:
        """Whether nothing else stands in the paragraph."""
        return self.paragraph.text.strip() == self.tag.raw


def read_tags(text: str) -> list[Tag]:
    """Return the tags of a paragraph in order."""
    return [_read_tag(text[start:end], start, end) for start, end in tag_places(text)]


def tag_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each tag begins and ends, from left to right; what nothing closes is none."""
    begin, lacking = 0, set[str]()
    while opening := OPENING.search(text, begin):
        start, closing = opening.start(), CLOSINGS[opening[0]]
        # What does not come later from here comes later from nowhere: thousands of openings are
        # not to be looked along to the end one by one.
        close = -1 if closing in lacking else text.find(closing, start + 2)
        if close < 0:
            lacking.add(closing)
            begin = start + 1
        else:
            yield start, close + 2
            begin = close + 2


def replace_tags(text: str, change: Callable[[str], str]) -> str:
    """Return a text with each tag changed."""
    kept, begin = list[str](), 0
    for start, end in tag_places(text):
        kept += [text[begin:start], change(text[start:end])]
        begin = end
    return "".join([*kept, text[begin:]])


def _read_tag(raw: str, start: int, end: int) -> Tag:
    found = _SCOPE.match(raw) or _LOOSE_SCOPE.match(raw)
    scope = _SCOPES.get(found[2].lower(), "") if found else ""
    inner = raw[found.end() if found and scope else 2 : -2]
    return Tag(raw, raw[:2], scope, with_plain_signs(inner).strip(), start, end)


def with_plain_signs(inner: str) -> str:
    """Return a tag's content with Word's quotes, blanks and dashes replaced by plain ones.

    Text inside straight quotes stays as typed, so that «» can be printed by a filter.
    """
    text = unicodedata.normalize("NFC", inner)
    made: list[str] = []
    place = 0
    while place < len(text):
        end = _end_of_string(text, place)
        if end:
            content = text[place + 1 : end]
            quote = "'" if text[place] == "'" or '"' in content else '"'
            made.append(f"{quote}{content}{quote}")
            place = end + 1
        else:
            made.append(_plain(text[place]))
            place += 1
    return "".join(made)


def _plain(sign: str) -> str:
    if sign in _QUOTES:
        return '"'
    if sign in "\u200b\u2060\ufeff\u00ad":
        return ""
    return _BLANKS.sub(" ", sign).translate(_DASHES)


def _end_of_string(text: str, place: int) -> int:
    """Return where the string that begins at ``place`` ends, or 0 when none begins there."""
    opening = text[place]
    if opening in "\"'":
        end = text.find(opening, place + 1)
        if end > 0:
            return end
        closers = "»”“’"
    elif opening in _QUOTES:
        closers = _QUOTES[opening] + '"'
    else:
        return 0
    ends = [found for closer in closers if (found := text.find(closer, place + 1)) > 0]
    return min(ends, default=0)


def name_suggestion(word: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known name, or "" when none is near."""
    return suggestion_sentence(word, sorted(known), fold=_without_twins)


def _without_twins(word: str) -> str:
    """Return the word with Latin letters as the Cyrillic ones they look like, in lower case."""
    return word.translate(_LATIN_TWINS).casefold().replace("ё", "е")


def mixed_alphabet_names(inner: str) -> Iterator[str]:
    """Yield the names, outside of strings, that mix Latin and Cyrillic letters in one word."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", " ", inner)
    for match in re.finditer(r"[^\W\d]\w*", bare):
        for word in _WORD.findall(match[0]):
            alphabets = {_alphabet(letter) for letter in word}
            if {"LATIN", "CYRILLIC"} <= alphabets:
                yield match[0]
                break


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]


def odd_letters(word: str) -> str:
    """Return a mixed word's letters of the rarer alphabet, e.g. ``латинские: «o»``."""
    latin = sorted({letter for letter in word if _alphabet(letter) == "LATIN"})
    cyrillic = sorted({letter for letter in word if _alphabet(letter) == "CYRILLIC"})
    if len(latin) <= len(cyrillic):
        return "латинские: " + ", ".join(f"«{letter}»" for letter in latin)
    return "русские: " + ", ".join(f"«{letter}»" for letter in cyrillic)


def syntax_fault(tag: Tag, environment: Environment) -> str:
    """Return what is wrong with a tag regardless of others, as a Russian sentence, or nothing."""
    fault = _shape_fault(tag)
    if fault or tag.opening == "{#" or tag.keyword in (*MERGE_TAGS, "else", *CLOSING_TAGS.values()):
        return fault
    return _parse_fault(_as_whole_template(tag), environment)


@functools.lru_cache(maxsize=_MOST_TAGS)
def _parse(code: str, environment: Environment) -> nodes.Template | TemplateSyntaxError:
    """Return a piece of a template parsed, or its error; most tags stand in many templates."""
    try:
        tree = environment.parse(code)
        if len(code) > _SHALLOW:
            check_depth(tree)
    except TemplateSyntaxError as error:
        return error
    return tree


def _parse_fault(code: str, environment: Environment) -> str:
    """Return why a piece of a template cannot be parsed, or nothing."""
    parsed = _parse(code, environment)
    return syntax_sentence(parsed) if isinstance(parsed, TemplateSyntaxError) else ""


@functools.lru_cache(maxsize=_MOST_TAGS)
def calls_in(code: str, environment: Environment) -> tuple[tuple[bool, str], ...]:
    """Return the filters (True) and tests (False) that a piece of a template calls.

    A piece that cannot be parsed calls none; ``syntax_fault`` reports it.
    """
    parsed = _parse(code, environment)
    if isinstance(parsed, TemplateSyntaxError):
        return ()
    found = parsed.find_all((nodes.Filter, nodes.Test))
    return tuple(
        (isinstance(node, nodes.Filter), node.name)
        for node in found
        if isinstance(node, nodes.Filter | nodes.Test)
    )


def _shape_fault(tag: Tag) -> str:
    body = tag.raw[2:-2]
    if len(body) > LIMIT_LINE:
        return f"тег длиннее {spaced(LIMIT_LINE)} знаков; разделите его"
    if body.startswith(("-", "–", "+")) or body.endswith(("-", "–", "+")):
        return "знаки «-» и «+» у скобок тега не нужны: уберите их"
    if tag.opening == "{#":
        return ""
    if not tag.inner:
        return "тег пуст; впишите имя переменной или уберите скобки"
    if tag.opening == "{%":
        return _statement_fault(tag)
    return ""


def _statement_fault(tag: Tag) -> str:
    keyword = tag.keyword
    if keyword not in KEYWORDS:
        known = ", ".join((*CLOSING_TAGS, *BRANCH_TAGS, *_STANDALONE))
        return f"команды «{keyword}» нет; есть: {known}.{name_suggestion(keyword, KEYWORDS)}"
    if keyword == "set" and "=" not in tag.inner:
        return "после set нужно имя, знак «=» и значение, всё в одном теге"
    if keyword == "include" and tag.scope not in {"", "p"}:
        return "блок состоит из абзацев: пишите {%p include …%} в отдельном абзаце"
    return ""


def _as_whole_template(tag: Tag) -> str:
    """Return a complete template around the tag, e.g. with ``endif`` after an ``if``."""
    if tag.opening == "{{":
        return f"{{{{ {tag.inner} }}}}"
    keyword = tag.keyword
    if keyword in CELL_TAGS:
        return f"{{{{ {tag.inner.removeprefix(keyword)} }}}}"
    if keyword == "elif":
        return f"{{% if 1 %}}{{% {tag.inner} %}}{{% endif %}}"
    closing = f"{{% {CLOSING_TAGS[keyword]} %}}" if keyword in CLOSING_TAGS else ""
    return f"{{% {tag.inner} %}}{closing}"
