"""Words and names that no rule declines rightly, each group with its reason."""

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
    # Not surnames of their own: Turkic and Arabic titles, Western articles and prefixes.
    (
        *("бонч", "тер", "кара", "тян", "тянь", "грум", "нор", "мелик", "дон", "сент", "сен"),
        *(
            "ибн",
            "бит",
            "аль",
            "эль",
            "абу",
            "абд",
            "хан",
            "бек",
            "бик",
            "шах",
            "мир",
            "султан",
            "мирза",
        ),
        *("ван", "вон", "сан", "мак"),
    )
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
        "берлин",
        *("вирхов", "бюлов", "флотов"),
    )
)
"""Foreign surnames with the instrumental in -ом."""

NOUN_IN_IN = frozenset(
    # Peoples, ranks, animals and Christian names: their -ин, -ов is no possessive suffix.
    (
        *("литвин", "русин", "немчин", "грузин", "осетин", "татарин", "болгарин", "мордвин"),
        *("лезгин", "абазин", "сербин", "боярин", "барин", "господин", "хозяин", "раввин"),
        *("павлин", "пингвин", "дельфин", "исполин", "богослов", "мышелов"),
        *("константин", "валентин", "августин", "мартын", "логвин", "логин", "устин", "акиндин"),
        *("северин", "яков", "иаков", "иов"),
    )
)
"""Surnames in -ин, -ов that are nouns: the instrumental has -ом, unless the family says -ым."""

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
    ("топчий", "бабий", "гудзий", "палий", "бокий", "багрий", "стогний", "кирий", "корний")
)
"""Surnames in -ий that decline as nouns although they look like adjectives."""

ANIMATE_NOUNS = frozenset(
    # The dictionary lacks these titles or takes them for things.
    (
        *("тьютор", "ментор", "дефектолог", "субъект", "дезинфектор", "документовед"),
        *("модератор", "медиатор", "навигатор", "калькулятор", "супервизор", "трекер", "тимлид"),
        *("агент", "осветитель", "полотёр", "кондуктор", "проводник", "отладчик", "перевозчик"),
        *("грузоперевозчик", "авиаперевозчик", "энергетик", "краскотёр", "дровокол", "водовоз"),
        *("фасилитатор", "регистратор", "тарификатор", "аттестатор", "комментатор", "адаптер"),
        *("стример", "блогер", "копирайтер", "рерайтер", "рекрутер", "промоутер", "эйчар"),
    )
)
"""Nouns that name people although the dictionary does not say so."""

INANIMATE_NOUNS = frozenset(("субботник", "месячник", "двухмесячник", "бот"))
"""Events and things that the dictionary takes for people."""

ANIMATE_ENDINGS = (
    *("тор", "лог", "гог", "ист", "ник", "тель", "мейстер", "вед", "граф", "ёр", "ер", "нт", "арь"),
    *("олог", "ец", "щик", "чик", "вод", "ач", "певт", "вик", "рук"),
)
"""Endings of masculine nouns that name people."""

LOAN_MODELS = {
    # The dictionary guesses these new titles from their endings, and guesses wrong.
    "коуч": "сторож",
    "хелпер": "тренер",
    "тимлид": "гид",
    "шедоу": "маэстро",
    "бадди": "маэстро",
    # Soviet short names of school boards, as «районо».
    **dict.fromkeys(("облоно", "гороно", "крайоно"), "районо"),
}
"""Titles of people by the word that they decline like."""

CONTRACTIONS = {
    "ст-ца": "станица",
    "р-н": "район",
    "пр-т": "проспект",
    "пр-кт": "проспект",
    "б-р": "бульвар",
    "об-во": "общество",
    "мин-во": "министерство",
    "пр-во": "правительство",
    "хоз-во": "хозяйство",
    "ин-т": "институт",
    "ун-т": "университет",
    "уч-ще": "училище",
    "з-д": "завод",
    "ф-ка": "фабрика",
    "б-ка": "библиотека",
    "ф-л": "филиал",
    "г-н": "господин",
    "г-жа": "госпожа",
    "д-р": "доктор",
    "к-т": "комитет",
}
"""Words with a hyphen in place of their middle; their ends decline: «в ст-це», «из р-на»."""

MASCULINE_NOUNS = frozenset(("табель",))
"""Nouns of both genders in dictionaries that official papers take for masculine."""

DETERMINERS = frozenset(
    (
        *("весь", "каждый", "любой", "всякий", "иной", "другой", "этот", "тот", "такой", "сам"),
        *("самый", "наш", "ваш", "мой", "твой", "свой", "некоторый", "данный"),
    )
)
"""Pronouns that agree with a noun as adjectives do: «каждого наставника», «всем педагогам»."""

GENERIC_BODIES = frozenset(
    (
        *("центр", "дом", "дворец", "станция", "школа", "гимназия", "лицей", "сад", "колледж"),
        *("техникум", "институт", "академия", "училище", "клуб", "комбинат", "театр", "музей"),
        *("библиотека", "лагерь", "прогимназия", "ясли"),
    )
)
"""Generic names of bodies, which decline inside a body's name when written without quotes."""

BODIES = GENERIC_BODIES | frozenset(
    (
        *("филиал", "отдел", "отделение", "управление", "подразделение", "служба", "сектор"),
        *("комитет", "департамент", "организация", "учреждение", "агентство", "министерство"),
        *("университет", "кафедра", "факультет", "лаборатория", "корпус", "ассоциация", "совет"),
        *("комиссия", "объединение", "общество", "интернат", "поликлиника", "больница"),
    )
)
"""Bodies and their parts: one in brackets after another is the same body or a part of it."""

APPOSED_FIRST_PARTS = frozenset(
    (
        *("вечер", "концерт", "конкурс", "семинар", "фестиваль", "урок", "тренинг", "митинг"),
        *("марафон", "турнир", "квест", "диктант", "опрос", "практикум", "спектакль"),
        *("план", "отчёт", "отчет", "акт", "договор", "опросник", "тест", "список", "журнал"),
        *("наряд", "отзыв", "заказ", "счёт", "счет", "лист", "протокол", "приказ", "обзор"),
        *("очерк", "доклад", "конспект", "рапорт", "запрос", "анализ", "прогноз", "рассказ"),
        *("альбом", "атлас", "бланк", "каталог", "паспорт", "реестр", "сборник", "словарь"),
        *("город", "край", "регион", "вуз", "завод", "класс", "отряд", "округ", "район"),
        # Spans of time: «в сентябре-октябре».
        *("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь"),
        *("октябрь", "ноябрь", "декабрь", "понедельник", "вторник", "четверг"),
        *("университет", "музей", "салон", "магазин", "вагон", "корпус", "комплекс", "отдел"),
    )
)
"""Kinds of events, papers, bodies and times: the noun after their hyphen declines with them."""

SETTLEMENTS = frozenset(("город", "посёлок", "поселок", "село", "станица", "деревня", "хутор"))
"""After «округ» and the like they begin a name that stays: «городского округа город Воронеж»."""

GOVERNING_STEMS = ("заведующ", "управляющ", "ведающ", "руководящ", "командующ")
"""Participles in charge of something: «заведующий мастерской» has no masculine adjective in it."""

TRANSITIVE_STEMS = ("осуществляющ", "замещающ", "исполняющ", "выполняющ", "возглавляющ", "имеющ")
"""Participles that never stand without an object: «осуществляющий приём» is no kind of приём."""

PEOPLE_STEMS = (
    *("обучающ", "воспитывающ", "наставляем", "проживающ", "поступающ", "ответственн", "дежурн"),
    *("уполномоченн", "присутствующ", "учащ", "аттестуем", "отдыхающ", "служащ"),
)
"""Adjectives and participles that stand for people by themselves: «обучающиеся школы»."""

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

SKIPPED_STARTS = frozenset(
    (
        *("гл.", "ст.", "мл.", "вед.", "засл.", "нар.", "№", "муз.", "мед.", "физ.", "худ."),
        *("тех.", "хоз.", "пед.", "соц.", "адм.", "мун.", "гос.", "рег.", "мат.", "общ.", "шк."),
    )
)
"""Abbreviated adjectives: they stay, the title after them declines."""

FIXED_HYPHEN_PARTS = frozenset(
    # First parts that are no words by themselves.
    (
        *("вице", "бизнес", "пресс", "экс", "генерал", "арт", "медиа", "топ", "веб", "интернет"),
        *("чек", "экспресс", "блиц", "квест", "пилот", "обер", "унтер", "штабс", "контр"),
        *("онлайн", "офлайн", "сити", "эко", "мини", "шеф", "видео", "фото", "кино", "аудио"),
        # Borrowed attributes that the dictionary holds as nouns of their own.
        *("джаз", "рок", "поп", "рэп", "стресс", "дизайн", "фитнес", "скейт", "брейн", "кейс"),
        *("тренд", "бренд", "офис", "пиар", "рейтинг", "смарт", "спорт", "брифинг", "имидж"),
        *("гейм", "крафт", "драйв", "чудо", "стоп"),
    )
)
"""Parts of hyphenated titles that never decline."""

ENGINE_INDECLINABLE = frozenset(("рева", "кива", "богода", "шандра", "ремень", "камень"))
"""Slavic surnames that the engine leaves undeclined at a user's wish; the norm declines them."""

NOUN_IN_OVA = frozenset(("голова", "корова", "подкова", "основа", "обнова"))
"""Surnames in -ова that are nouns for a woman too; «Королева» is not one of them."""

TURKIC_ENDINGS = ("бек", "дек", "ызек")
"""Endings of Turkic names that look like -ек with a fleeting vowel and keep it: «Алибек»."""

STRESSED_IYA = frozenset(
    # Arabic and Turkic names of women are stressed on the last syllable, yet written as «Мария».
    (
        *("алия", "альфия", "асия", "галия", "гульфия", "зульфия", "нурия", "сания", "рания"),
        *("залия", "закия", "мавлия", "бадия", "хания", "вазия", "рамзия", "магфия", "рафия"),
        *("сафия", "назия", "асфия", "васия", "гания", "газия", "фаузия", "наджия", "раушания"),
        *("марзия", "шамсия", "рузия", "хадия", "мафия", "загия", "гайния", "разия", "сурия"),
    )
)
"""Names in a stressed -ия: «Зульфие», as «судье»; unstressed ones have «Марии»."""

SLAVIC_FIRST_NAMES_IN_O = frozenset(
    # Old Russian and Ukrainian names of men; foreign ones in -о (Отто, Бруно) never decline.
    (
        *("данило", "михайло", "гаврило", "кирилло", "кирило", "павло", "петро", "дмитро"),
        *("марко", "левко", "сашко", "васько", "ивасько", "миколо", "самойло", "измайло"),
    )
)
"""Slavic first names in -о that decline or stay, as the family decides."""
