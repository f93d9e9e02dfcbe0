"""Words that no rule gets right, each group with its reason."""

from __future__ import annotations

INDECLINABLE_SURNAMES = frozenset(
    # French surnames with a stressed last vowel; a sentence grown into a name.
    (
        *("дюма", "золя", "петипа", "дега", "гавальда", "люка", "тома", "труайя", "моруа"),
        "забейворота",
    )
)
"""Surnames in -а, -я that stay as they are."""

FIXED_FIRST_PARTS = frozenset(
    # Not surnames of their own.
    ("бонч", "тер", "кара", "тян", "тянь", "грум", "нор", "мелик", "дон", "сент", "сен", "ибн")
)
"""First parts of double surnames that never decline."""

FIXED_FIRST_NAME_PARTS = frozenset(
    # Arabic and French compound names are one name: only the end declines.
    ("абдул", "абд", "абу", "аль", "эль", "ибн", "бен", "нур", "жан", "сен", "мир", "шах", "хан")
)
"""First parts of compound first names that never decline."""

FOREIGN_IN_OV = frozenset(
    # Foreign surnames in -ин, -ов are nouns, not possessives.
    (
        *("чаплин", "дарвин", "франклин", "гершвин", "кальвин", "гудвин", "мартин", "грин"),
        *("вирхов", "бюлов", "флотов"),
    )
)
"""Foreign surnames with the instrumental in -ом."""

STRESSED_ICH = frozenset(("ильич", "кузьмич", "фомич", "лукич"))
"""Names in -ич with a stressed ending: instrumental -ом."""

SURNAME_STEMS = {
    # Also a first name: the vowel falls out although the word is short.
    "лев": "льв",
}
"""Stems of the oblique cases that no rule finds."""

NOUN_IN_INA = frozenset(
    # Ukrainian noun surnames: man and woman have one form, declined as a noun.
    ("тычина", "ярина", "година")
)
"""Surnames in -ина that are nouns for a woman too."""

NOUN_IN_IJ = frozenset(
    # Ukrainian noun surnames; adjectives in -ий are the rule.
    ("топчий", "бабий", "гудзий", "палий", "бокий", "багрий")
)
"""Surnames in -ий that decline as nouns although they look like adjectives."""

ANIMATE_NOUNS = frozenset(
    # The dictionary lacks these titles or takes them for things.
    ("тьютор", "ментор", "дефектолог", "субъект", "дезинфектор", "документовед")
)
"""Nouns that name people although the dictionary does not say so."""

ANIMATE_ENDINGS = (
    *("тор", "лог", "ист", "ник", "тель", "мейстер", "вед", "граф", "ёр", "ер", "нт", "арь"),
    *("олог", "ец", "щик", "чик", "вод", "ач"),
)
"""Endings of masculine nouns that name people."""

FROZEN_STARTS = frozenset(
    # Abbreviated beginnings govern the genitive and never decline, nor does what follows.
    (
        *("и.о.", "ио", "врио", "врио.", "в.р.и.о.", "зам.", "зав.", "пом.", "нач.", "рук."),
        *("дир.", "преп.", "спец.", "зам", "зав", "уч."),
    )
)
"""Beginnings after which a title stays as it is."""

GENITIVE_STARTS = frozenset(("минпросвещения", "минобразования", "минкультуры", "минцифры"))
"""Short names of ministries that end in a genitive already: no rule can decline them."""

SKIPPED_STARTS = frozenset(("гл.", "ст.", "мл.", "вед.", "засл.", "нар.", "№"))
"""Abbreviated adjectives: they stay, the title after them declines."""

FIXED_HYPHEN_PARTS = frozenset(
    # A first part that is no word of its own in the title.
    (
        *("вице", "бизнес", "пресс", "экс", "генерал", "арт", "медиа", "топ", "веб", "интернет"),
        *("чек", "экспресс", "блиц", "квест", "пилот", "обер", "унтер", "штабс", "контр"),
        *("онлайн", "офлайн", "сити", "эко", "мини", "шеф"),
    )
)
"""Parts of hyphenated titles that never decline."""

ENGINE_INDECLINABLE = frozenset(("рева", "кива", "богода", "шандра", "ремень", "камень"))
"""Slavic surnames that the engine leaves undeclined on somebody's wish; the norm declines them."""

SURE_FIRST_NAMES_IN_L = frozenset(("нинель", "рахиль", "рашель", "жизель", "адель", "ассоль"))
"""Women's names in -ль that dictionaries decline; of others usage differs."""

NOUN_IN_OVA = frozenset(("голова", "корова", "подкова", "основа", "обнова"))
"""Surnames in -ова that are nouns for a woman too; «Королева» is not one of them."""
