"""Places by type: which names agree with «город», «станица», «село», and which stay.

The norm (Розенталь § 197, gramota.ru): names agree with «город», with «деревня», «станица»,
«слобода» when they are of that gender; they stay when plural, in -о and -е,
and after «село», «посёлок», «хутор», «аул», «район», «округ», «республика».
"""

from __future__ import annotations

import functools
import re

from docgen.russian import morphology
from docgen.russian.exceptions import GENERIC_BODIES
from docgen.russian.place_lists import listed_end
from docgen.russian.place_names import PlaceName, place_name
from docgen.russian.tokens import Token

_TOWN, _WOMAN, _STREET, _ROAD, _STAYS = "город", "ж", "улица", "проспект", ""
_TYPES = (
    (r"город(?:а|у|ом|е)?(?:[-‑](?:герой|курорт|спутник|порт)\w*)?", _TOWN, r"город(?:[-‑]\w+)?"),
    (r"деревн(?:я|и|е|ю|ей)", _WOMAN, "деревня"),
    (r"станиц(?:а|ы|е|у|ей)", _WOMAN, "станица"),
    (r"слобод(?:а|ы|е|у|ой)", _WOMAN, "слобода"),
    (r"сел(?:о|а|у|ом|е)", _STAYS, "село"),
    (r"пос[её]л(?:ок|ка|ку|ком|ке)", _STAYS, r"пос[её]лок"),
    (
        r"(?:хутор|аул|улус|наслег|кишлак|разъезд|микрорайон|кордон|сомон|арбан)(?:а|у|ом|е)?",
        _STAYS,
        r"\w+[рлсгкзн]д?",
    ),
    (r"станци(?:я|и|ю|ей)|местност(?:ь|и|ью)", _STAYS, "станция|местность"),
    (r"(?:урочищ|местечк)(?:о|е|а|у|ом|ем)", _STAYS, "урочище|местечко"),
    (r"(?:район|округ)(?:а|у|ом|е)?", _STAYS, "район|округ"),
    (r"(?:поселени|образовани)(?:е|я|ю|ем|и)", _STAYS, r"\w+е"),
    (r"республик(?:а|и|е|у|ой)", _STAYS, "республика"),
    (r"рек(?:а|и|е|у|ой)", _WOMAN, "река"),
    (r"пункт(?:а|у|ом|е)?", _STAYS, "пункт"),
    (r"местечк(?:о|а|у|ом|е)|урочищ(?:е|а|у|ем)", _STAYS, "местечко|урочище"),
    (r"(?:кордон|аал|почин(?=к|ок))(?:а|у|ом|е|ок|ка|ку|ком|ке)?", _STAYS, "кордон|аал|починок"),
    (r"озер(?:о|а|у|ом|е)|(?:полу)?остров(?:а|у|ом|е)?", _STAYS, "озеро|(?:полу)?остров"),
    (r"улиц(?:а|ы|е|у|ей)|площад(?:ь|и|ью)|набережн(?:ая|ой|ую)", _STREET, r"\w+(?:ца|дь|ая)"),
    (
        r"(?:проспект|бульвар|проезд|тупик|переул(?=к|ок))(?:ок|а|у|ом|е|ка|ку|ком|ке)?",
        _ROAD,
        r"проспект|бульвар|проезд|тупик|переулок",
    ),
)
_TYPE = re.compile("|".join(f"({forms})" for forms, _, _ in _TYPES), re.IGNORECASE)
_SHORT_TYPES = {
    **dict.fromkeys(("г.", "гор."), _TOWN),
    **dict.fromkeys(("дер.", "д.", "ст.", "ст-ца", "сл."), _WOMAN),
    **dict.fromkeys(("с.", "пос.", "п.", "пгт", "пгт.", "рп", "х.", "мкр."), _STAYS),
}
_TERRITORIES = frozenset(("ЗАТО", "ГО", "МО", "МР", "МГО", "ГП", "СП"))
"""Abbreviations of territories: the name after them stays."""
_CAPITALISED = re.compile("[А-ЯЁ][А-ЯЁа-яё‑-]*")
_LARGE = ("район", "округ", "поселени", "образовани")
_POSTS = frozenset(
    ("ответственный", "старший", "младший", "главный", "ведущий", "доверенный", "уполномоченный")
)
_KINDS = frozenset(("типа", "значения", "подчинения", "славы"))
"""What parts a type from its name: «посёлок городского типа», «город воинской славы»."""


def type_policy(word: str) -> tuple[str, bool] | None:
    """Return how names agree with a type, and whether the word is in the nominative."""
    match = _TYPE.fullmatch(word)
    if match is None or match.lastindex is None:
        return None
    _, policy, nominative = _TYPES[match.lastindex - 1]
    return policy, re.fullmatch(nominative, word, re.IGNORECASE) is not None


def is_type_kind(first: str, second: str) -> bool:
    """Whether two words say what kind a place is of: «федерального значения»."""
    return first.endswith(("ого", "ой")) and second in _KINDS


def is_settlement(word: str) -> bool:
    """Whether a word names a type of place in the nominative: «город», «станица»."""
    found = type_policy(word)
    return found is not None and found[1]


def _agrees(name: PlaceName, policy: str, agreement: str) -> bool:
    if agreement != "по норме":
        return agreement == "всегда"
    if policy == _STAYS or name.is_fixed or name.gender in {"мн", "с"}:
        return False
    if policy in {_STREET, _ROAD}:
        # «Улица Мира» has a genitive after it.
        return name.is_adjective and name.gender == ("ж" if policy == _STREET else "м")
    if policy == _TOWN:
        # Plural and neuter names are gone already; «Старой Руссы» is what most papers have.
        return True
    return name.gender == "ж" and (not name.is_compound or name.is_adjective)


def agreed_name(type_word: str, name: str, case: str, agreement: str = "по норме") -> str:
    """Return a name after its type in a case: «(города) Грозного», «(села) Красный Яр»."""
    found = type_policy(type_word)
    policy = found[0] if found else _SHORT_TYPES.get(type_word.lower(), _STAYS)
    if not _agrees(place_name(name), policy, agreement):
        return name
    # Both names of a republic decline, if at all: «Северной Осетии – Алании».
    halves = re.split(r"(\s+[–—-]\s+|\s*[()]\s*)", name)
    return "".join(
        place_name(half).in_case(case) if half and place % 2 == 0 else half
        for place, half in enumerate(halves)
    )


def _is_capitalised(token: Token) -> bool:
    return token.kind == "word" and _CAPITALISED.fullmatch(token.text) is not None


def _end_of_name(tokens: list[Token], start: int) -> int:
    """Return where a name that begins here ends: adjectives in the nominative lead on."""
    end = start + 1
    while (
        end + 1 < len(tokens) and tokens[end].kind == "space" and _is_capitalised(tokens[end + 1])
    ):
        before, word = place_name(tokens[end - 1].text), place_name(tokens[end + 1].text)
        leads = before.is_adjective or re.fullmatch(
            r".+(?:[оеё]в|[иы]н)", tokens[end - 1].text.lower()
        )
        fits = before.gender == word.gender or word.is_fixed
        if not leads or not fits or _is_oblique(tokens[end + 1].text):
            break
        end += 2
    return end


def _is_oblique(word: str) -> bool:
    """Whether an adjective stands in another case: «Белгородской области»."""
    return word.lower().endswith(("ского", "ской", "цкой", "цкого", "ному", "ного"))


def _of_republic(tokens: list[Token], end: int) -> int:
    """Return where the name of a republic ends: with its second half or with its bracket."""
    if end < len(tokens) and tokens[end].kind == "break" and tokens[end].text.strip() in "–—-":
        return end + 2 if end + 1 < len(tokens) and _is_capitalised(tokens[end + 1]) else end
    if end + 1 < len(tokens) and tokens[end + 1].kind == "open":
        closing = (n for n in range(end, len(tokens)) if tokens[n].kind == "close")
        return next(closing, end - 1) + 1
    return end


def _after_type(tokens: list[Token], place: int) -> int:
    """Return the place of the word after a type: that after «федерального значения», too."""
    if tokens[place].kind == "abbreviation" and place + 1 < len(tokens):
        # «г.Грозный» is typed without a blank, too.
        return place + 1 + (tokens[place + 1].kind == "space")
    after = place + 2
    words = [token.text for token in tokens[after : after + 3] if token.kind == "word"]
    return after + 4 if len(words) == 2 and is_type_kind(*words) else after


def _span_after(tokens: list[Token], place: int) -> tuple[int, int] | None:
    """Return where the name after a type begins and ends."""
    start = _after_type(tokens, place)
    if start >= len(tokens) or tokens[start - 1].kind not in {"space", "abbreviation"}:
        return None
    kind = tokens[place].text.lower()
    if kind.startswith("образовани") and not _is_municipal(tokens, place):
        return None
    if kind.startswith("образовани") and (inner := _inner_type(tokens, start)):
        return start, inner
    return _span_of_name(tokens, place, start) if _is_capitalised(tokens[start]) else None


def _span_of_name(tokens: list[Token], place: int, start: int) -> tuple[int, int] | None:
    """Return where the name in capitals that follows a type begins and ends."""
    kind = tokens[place].text.lower()
    is_large = kind.startswith(_LARGE)
    first = tokens[start].text.lower()
    # «Республики Поволжья».
    readings = morphology.readings_of(first)
    is_genitive = first.endswith("ья") and all(each.gender == "мн" for each in readings)
    if is_genitive or type_policy(first) or (is_large and first in GENERIC_BODIES):
        return None
    if tokens[place].kind == "word" and not is_settlement(kind) and _is_office(first):
        return None
    end = _end_of_name(tokens, start)
    if kind.startswith("республик"):
        end = _of_republic(tokens, end)
    if (
        is_large
        and end + 1 < len(tokens)
        and tokens[end + 1].text.lower() in {"район", "округ", "сельсовет"}
    ):
        # «Муниципальное образование Каневской район» is a name in the nominative.
        end += 2
    return start, end


def _inner_type(tokens: list[Token], start: int) -> int:
    """Return the end of a name such as «муниципальный округ Коломяги» in it, else 0."""
    place = start
    if is_settlement(tokens[start].text) and start + 2 < len(tokens):
        # «Муниципальное образование город-курорт Геленджик».
        return _end_of_name(tokens, start + 2) if _is_capitalised(tokens[start + 2]) else 0
    while place + 2 < len(tokens) and tokens[place].text.lower().endswith(("ый", "ой", "ое")):
        place += 2
    is_type = place > start and tokens[place].text in {"округ", "район", "поселение"}
    if is_type and place + 2 < len(tokens) and is_settlement(tokens[place + 2].text):
        # «Городской округ город-курорт Сочи».
        place += 2
    if not is_type or place + 2 >= len(tokens) or not _is_capitalised(tokens[place + 2]):
        return 0
    return _end_of_name(tokens, place + 2)


def _is_municipal(tokens: list[Token], place: int) -> bool:
    """Whether «образование» is a territory rather than what schools give."""
    return place >= 2 and tokens[place - 2].text.lower().startswith("муниципальн")


def _is_office(low: str) -> bool:
    """Whether a capitalised word is an office rather than a name: «глава города Председатель»."""
    found = morphology.readings_of(low)
    return bool(found) and found[0].is_noun and found[0].is_animate and not found[0].is_proper


def with_places(tokens: list[Token], agreement: str = "по норме") -> list[Token]:
    """Return the tokens with every name of a place in one piece of the kind «place».

    It declines where the type, in the nominative, stands right before it.
    """
    if not any(_is_type(token) or listed_end(tokens, n) for n, token in enumerate(tokens)):
        return _bare(tokens)
    result: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        result.append(token)
        place += 1
        if listed := listed_end(tokens, place - 1):
            result.append(tokens[place])
            result.append(Token("place", "".join(each.text for each in tokens[place + 1 : listed])))
            place = listed
            continue
        span = _span_after(tokens, place - 1) if _is_type(token) else None
        if span is None:
            continue
        start, end = span
        leads = _leads(result[:-1])
        result.extend(tokens[place:start])
        name = "".join(each.text for each in tokens[start:end])
        is_short = is_short_type(token.text)
        is_address = end < len(tokens) and tokens[end].kind == "break"
        is_alone = not is_address and _leads_address(result[:-2])
        is_free = is_alone if is_short else leads and is_settlement(token.text)
        is_plain = not is_free and not is_short
        if is_plain and (not is_settlement(token.text) or _is_of_territory(result)):
            # «Школа села Новое»: no plural «сёла», and no head; «МО город Краснодар».
            token.kind = "named"
        result.append(_place_token(token, name, agreement, is_free=is_free))
        place = end
    return result


def _place_token(kind: Token, name: str, agreement: str, *, is_free: bool) -> Token:
    """Return the name after a type; one that is not free declines only if its type does."""

    def in_case(case: str) -> str:
        if kind.inflect is None and not (is_free and is_short_type(kind.text)):
            return name
        return agreed_name(kind.text, name, case, agreement)

    return Token("place" if is_free else "named", name, in_case)


def _is_of_territory(before: list[Token]) -> bool:
    return any(token.text in _TERRITORIES for token in before[-4:-2])


def _leads(before: list[Token]) -> bool:
    """Whether a type may be the head of its part: nothing but adjectives stand before it."""
    words = [token for token in before if token.kind != "space"]
    if not words or words[-1].kind == "break":
        return True
    last = words[-1]
    return last.kind == "word" and last.text.lower().endswith(("ый", "ий", "ой", "ая", "яя", "ое"))


def _leads_address(before: list[Token]) -> bool:
    """Whether a shortened type begins the phrase, or follows its region and a comma.

    «г. Тары Омской области», «Алтайского края, г. Барнаула», but «школа г. Тара».
    """
    words = [token for token in before if token.kind != "space"]
    if not words:
        return True
    *regions, last = words
    return (last.kind == "break" or last.text == "и") and all(
        token.kind == "break"
        or type_policy(token.text) is not None
        or token.text.lower() in {"край", "область"}
        or (_is_capitalised(token) and token.text.lower().endswith(("ий", "ый", "ой", "ая")))
        for token in regions
    )


def is_short_type(word: str) -> bool:
    """Whether a word is a shortened type: «г.», «пос.», «ЗАТО»."""
    return word in _TERRITORIES or word.lower() in _SHORT_TYPES


def _is_type(token: Token) -> bool:
    if token.kind == "word":
        return type_policy(token.text) is not None or is_short_type(token.text)
    return token.kind == "abbreviation" and is_short_type(token.text)


def _bare(tokens: list[Token]) -> list[Token]:
    """Return a phrase that is the name of a place alone as one piece, or two names as two."""
    dashes = [n for n, token in enumerate(tokens) if token.text.strip() in {"–", "—"}]
    if len(dashes) == 1 and tokens[dashes[0]].kind == "break":
        halves = [tokens[: dashes[0]], tokens[dashes[0] + 1 :]]
        texts = ["".join(token.text for token in half) for half in halves]
        if all(half and all(map(_is_capitalised, half[::2])) for half in halves) and all(
            _is_on_map(text.lower().rsplit(maxsplit=1)[-1]) for text in texts
        ):
            # «Северная Осетия – Алания».
            first, second = (Token("place", text, place_name(text).in_case) for text in texts)
            return [first, tokens[dashes[0]], second]
    words = tokens[::2]
    if len(words) > 3 or not all(map(_is_capitalised, words)):
        return tokens
    text = "".join(token.text for token in tokens)
    return [Token("place", text, place_name(text).in_case)] if _is_bare_name(text) else tokens


@functools.lru_cache(maxsize=1024)
def _is_bare_name(text: str) -> bool:
    low = text.lower()
    if re.search(r"[-‑](?:на|под|в)[-‑]", low):
        return True
    if " " in low:
        return place_name(text).is_compound and _is_town(low.rsplit(maxsplit=1)[-1])
    if re.fullmatch("[А-ЯЁ][а-яё]+[-‑][А-ЯЁ][а-яё]+(?:[сц]к(?:ий)?|град|бург|поль)", text):
        return True
    return text[1:] == low[1:] and _is_town(low)


def _is_on_map(low: str) -> bool:
    found = morphology.readings_of(low)
    return any(each.is_known and "Geox" in each.parse.tag for each in found)


def _is_town(low: str) -> bool:
    found = [each for each in morphology.readings_of(low) if each.is_known]
    if _is_on_map(low):
        return True
    if any(each.is_noun and not each.is_proper for each in found) or low in _POSTS:
        return False
    # «Радужный», «Свободный» alone are towns: officials are «дежурный», «заведующий».
    if not found:
        guessed = [e for e in morphology.readings_of(low) if "Fixd" not in e.parse.tag]
        return bool(guessed) and all(each.is_proper for each in guessed)
    return any(
        str(each.parse.tag.POS) == "ADJF" and "Subx" not in each.parse.tag and each.gender == "м"
        for each in found
    ) or any("Surn" in each.parse.tag or "Name" in each.parse.tag for each in found)
