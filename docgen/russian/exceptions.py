"""Words that no rule gets right, each group with its reason."""

from __future__ import annotations

INDECLINABLE_SURNAMES: dict[str, str] = {
    # French surnames with a stressed last vowel do not decline.
    **dict.fromkeys(
        ("дюма", "золя", "петипа", "дега", "гавальда", "люка", "тома", "труайя", "моруа"),
        "французская фамилия с ударным окончанием не склоняется",
    ),
    # An imperative sentence grown into a name keeps its shape.
    **dict.fromkeys(
        ("забейворота", "подопригора", "крутивус"),
        "фамилия-предложение не склоняется",
    ),
}
"""Surnames of both genders that stay as they are; the value says why."""

FIXED_FIRST_PARTS: dict[str, str] = {
    # Not surnames of their own, so they stay in double surnames.
    **dict.fromkeys(
        ("бонч", "тер", "кара", "тян", "тянь", "грум", "нор", "мелик", "дон", "сент", "сен", "ибн"),
        "первая часть двойной фамилии сама не фамилия",
    ),
}
"""First parts of double surnames that never decline."""

FIXED_FIRST_NAME_PARTS = frozenset(
    # Arabic and French compound names are one name: only the end declines.
    ("абдул", "абд", "абу", "аль", "эль", "ибн", "бен", "нур", "жан", "сен", "мир", "шах", "хан")
)
"""First parts of compound first names that never decline."""

FOREIGN_IN_OV = frozenset(
    # Foreign surnames in -ин, -ов are nouns: instrumental -ом, not -ым.
    (
        *("чаплин", "дарвин", "франклин", "гершвин", "кальвин", "гудвин", "роллин", "бенжамин"),
        *("мартин", "крамлин", "хичин", "росселлин", "грин", "вирхов", "бюлов", "флотов"),
    )
)
"""Foreign surnames with the instrumental in -ом."""

STRESSED_ICH = frozenset(("ильич", "кузьмич", "фомич", "лукич"))
"""Names in -ич with a stressed ending: instrumental -ом."""

SURNAME_GENITIVES: dict[str, str] = {
    # The vowel falls out as in the noun of the craft; the dictionary lacks the noun.
    "кравец": "кравц",
    # One consonant too many would stand together without the vowel.
    "швец": "швец",
    "чернец": "чернец",
    # The bird and the insect: the vowel turns into a soft sign.
    "воробей": "воробь",
    "муравей": "муравь",
    # The animal and the old first name.
    "лев": "льв",
}
"""Stems of the oblique cases where neither the engine nor the dictionary has them right."""

NOUN_IN_INA = frozenset(
    # Ukrainian noun surnames: man and woman have one form, declined as a noun.
    ("тычина", "тучина", "ярина", "крапива", "година")
)
"""Surnames in -ина that are nouns for a woman too."""

NOUN_IN_IJ = frozenset(
    # Ukrainian noun surnames in -ий; adjectives in -ий are the rule.
    ("топчий", "бабий", "гудзий", "палий", "бокий", "кобзий", "багрий", "гургий", "кулий", "рогий")
)
"""Surnames in -ий that decline as nouns although they look like adjectives."""

ANIMATE_NOUNS = frozenset(
    # New titles: the dictionary takes them for things, so the accusative would not change.
    (
        "тьютор",
        "коуч",
        "ментор",
        "модератор",
        "наставник",
        "логопед",
        "дефектолог",
        "субъект",
        "дезинфектор",
    )
)
"""Nouns that name people although the dictionary does not say so."""

ANIMATE_ENDINGS = (
    *("тор", "лог", "ист", "ник", "тель", "мейстер", "вед", "граф", "ёр", "ер", "нт", "арь"),
    *("олог", "ец", "щик", "чик", "вод", "завр", "метр", "ач"),
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
        *(
            "чек",
            "экспресс",
            "блиц",
            "квест",
            "пилот",
            "обер",
            "унтер",
            "штабс",
            "контр",
            "онлайн",
            "офлайн",
            "сити",
            "эко",
            "мини",
            "шеф",
        ),
    )
)
"""Parts of hyphenated titles that never decline."""

ENGINE_INDECLINABLE = frozenset(("рева", "кива", "богода", "шандра", "ремень", "камень"))
"""Slavic surnames that the engine leaves undeclined on somebody's wish; the norm declines them."""

SURE_FIRST_NAMES_IN_L = frozenset(("нинель", "рахиль", "рашель", "жизель", "адель", "ассоль"))
"""Women's names in -ль that dictionaries decline; of others usage differs."""

NOUN_IN_OVA = frozenset(("голова", "корова", "подкова", "основа", "обнова"))
"""Surnames in -ова that are nouns for a woman too; «Королева» is not one of them."""
