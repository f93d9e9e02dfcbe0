"""Names of people: their cases, their parts, their initials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.russian import (
    CASES,
    Form,
    WrongEngineError,
    decline_name,
    gender_of,
    initials,
    self_test,
    split_name,
    to_case,
)
from docgen.russian import name_cases as people_module

NBSP = "\u00a0"


def forms_of(name: str, gender: str | None = None, part: str | None = None) -> str:
    """Return the five oblique cases in a row."""
    return ", ".join(decline_name(name, case, gender, part).text for case in CASES[1:])


@pytest.mark.parametrize(
    ("name", "gender", "expected"),
    [
        # One line for each class that the engine's own rules get wrong, with words not in its list.
        ("Плескач", "м", "Плескача, Плескачу, Плескача, Плескачом, Плескаче"),
        ("Володенок", "м", "Володенка, Володенку, Володенка, Володенком, Володенке"),
        ("Донец", "м", "Донца, Донцу, Донца, Донцом, Донце"),
        ("Скворец", "м", "Скворца, Скворцу, Скворца, Скворцом, Скворце"),
        ("Мудрец", "м", "Мудреца, Мудрецу, Мудреца, Мудрецом, Мудреце"),
        ("Украинец", "м", "Украинца, Украинцу, Украинца, Украинцем, Украинце"),
        ("Орёл", "м", "Орла, Орлу, Орла, Орлом, Орле"),
        ("Лев", "м", "Льва, Льву, Льва, Львом, Льве"),
        ("Карась", "м", "Карася, Карасю, Карася, Карасём, Карасе"),
        ("Чужой", "м", "Чужого, Чужому, Чужого, Чужим, Чужом"),
        ("Лесничий", "м", "Лесничего, Лесничему, Лесничего, Лесничим, Лесничем"),
        ("Бабий", "м", "Бабия, Бабию, Бабия, Бабием, Бабии"),
        ("Рева", "м", "Ревы, Реве, Реву, Ревой, Реве"),
        ("Ван", "м", "Вана, Вану, Вана, Ваном, Ване"),
        ("Саранча", "м", "Саранчи, Саранче, Саранчу, Саранчой, Саранче"),
        ("Заря", "ж", "Зари, Заре, Зарю, Зарёй, Заре"),
        ("Струна", "ж", "Струны, Струне, Струну, Струной, Струне"),
        ("Корова", "ж", "Коровы, Корове, Корову, Коровой, Корове"),
        ("Королева", "ж", "Королевой, Королевой, Королеву, Королевой, Королевой"),
        ("Львова", "ж", "Львовой, Львовой, Львову, Львовой, Львовой"),
        ("Большая", "ж", "Большой, Большой, Большую, Большой, Большой"),
        ("Младшая", "ж", "Младшей, Младшей, Младшую, Младшей, Младшей"),
        (
            "Тянь-Шанский",
            "м",
            "Тянь-Шанского, Тянь-Шанскому, Тянь-Шанского, Тянь-Шанским, Тянь-Шанском",
        ),
        # Georgian, Tuvan, Korean and Chinese names in a vowel; Ukrainian -ий; -й after any vowel.
        ("Долгий", "м", "Долгого, Долгому, Долгого, Долгим, Долгом"),
        ("Стогний", "м", "Стогния, Стогнию, Стогния, Стогнием, Стогнии"),
        ("Шаляй", "м", "Шаляя, Шаляю, Шаляя, Шаляем, Шаляе"),
        ("Стрюй", "м", "Стрюя, Стрюю, Стрюя, Стрюем, Стрюе"),
        ("Задорожный", "м", "Задорожного, Задорожному, Задорожного, Задорожным, Задорожном"),
        ("Саая", "ж", "Сааи, Саае, Сааю, Сааей, Саае"),
        ("Лисья", "ж", "Лисьей, Лисьей, Лисью, Лисьей, Лисьей"),
        ("Гогуа", "м", "Гогуа, Гогуа, Гогуа, Гогуа, Гогуа"),
        ("Ма", "м", "Ма, Ма, Ма, Ма, Ма"),
        ("Пя", "ж", "Пя, Пя, Пя, Пя, Пя"),
        ("Алибек", "м", "Алибека, Алибеку, Алибека, Алибеком, Алибеке"),
        ("Бит-Саркис", "м", "Бит-Саркиса, Бит-Саркису, Бит-Саркиса, Бит-Саркисом, Бит-Саркисе"),
        # Somebody's child after a sibilant; German -их; one syllable in -ых; nouns in -ой, -ин.
        ("Лукашонок", "м", "Лукашонка, Лукашонку, Лукашонка, Лукашонком, Лукашонке"),
        ("Эрлих", "м", "Эрлиха, Эрлиху, Эрлиха, Эрлихом, Эрлихе"),
        ("Карих", "м", "Карих, Карих, Карих, Карих, Карих"),
        ("Штых", "м", "Штыха, Штыху, Штыха, Штыхом, Штыхе"),
        ("Злых", "м", "Злых, Злых, Злых, Злых, Злых"),
        ("Сысой", "м", "Сысоя, Сысою, Сысоя, Сысоем, Сысое"),
        ("Недобой", "м", "Недобоя, Недобою, Недобоя, Недобоем, Недобое"),
        ("Литвин", "м", "Литвина, Литвину, Литвина, Литвином, Литвине"),
        ("Южанин", "м", "Южанина, Южанину, Южанина, Южаниным, Южанине"),
        ("Филин", "м", "Филина, Филину, Филина, Филиным, Филине"),
        ("Римша", "м", "Римши, Римше, Римшу, Римшей, Римше"),
        ("Хейфец", "м", "Хейфеца, Хейфецу, Хейфеца, Хейфецем, Хейфеце"),
        # First parts that are titles or articles, and all before the Tuvan «son».
        (
            "Султан-Галиев",
            "м",
            "Султан-Галиева, Султан-Галиеву, Султан-Галиева, Султан-Галиевым, Султан-Галиеве",
        ),
        ("Аль-Хамид", "м", "Аль-Хамида, Аль-Хамиду, Аль-Хамида, Аль-Хамидом, Аль-Хамиде"),
        ("Кызыл-оол", "м", "Кызыл-оола, Кызыл-оолу, Кызыл-оола, Кызыл-оолом, Кызыл-ооле"),
        ("Присекарь", "м", "Присекаря, Присекарю, Присекаря, Присекарем, Присекаре"),
        ("Присекарь", "ж", "Присекарь, Присекарь, Присекарь, Присекарь, Присекарь"),
    ],
)
def test_a_class_of_surnames_declines_by_its_rule(name: str, gender: str, expected: str) -> None:
    assert forms_of(name, gender, "фамилия") == expected


@pytest.mark.parametrize(
    ("name", "gender", "expected"),
    [
        ("Хадижа", "ж", "Хадижи, Хадиже, Хадижу, Хадижей, Хадиже"),
        ("Зарек", "м", "Зарека, Зареку, Зарека, Зареком, Зареке"),
        ("Абу-Бакр", "м", "Абу-Бакра, Абу-Бакру, Абу-Бакра, Абу-Бакром, Абу-Бакре"),
        ("Чодураа", "ж", "Чодураа, Чодураа, Чодураа, Чодураа, Чодураа"),
        ("Захария", "м", "Захарии, Захарии, Захарию, Захарией, Захарии"),
        ("Данило", "м", "Данилы, Даниле, Данилу, Данилой, Даниле"),
        ("Марко", "м", "Марка, Марку, Марка, Марком, Марке"),
        (
            "Чимит-Доржу",
            "м",
            "Чимит-Доржу, Чимит-Доржу, Чимит-Доржу, Чимит-Доржу, Чимит-Доржу",
        ),
        ("Май-оол", "м", "Май-оола, Май-оолу, Май-оола, Май-оолом, Май-ооле"),
        ("Ван Хынг", "м", "Ван Хынга, Ван Хынгу, Ван Хынга, Ван Хынгом, Ван Хынге"),
        ("Отто", "м", "Отто, Отто, Отто, Отто, Отто"),
        ("Патимат", "ж", "Патимат, Патимат, Патимат, Патимат, Патимат"),
    ],
)
def test_a_class_of_first_names_declines_by_its_rule(name: str, gender: str, expected: str) -> None:
    assert forms_of(name, gender, "имя") == expected


@pytest.mark.parametrize(
    ("name", "instrumental"),
    [
        ("Силыч", "Силычем"),
        ("Савельич", "Савельичем"),
        ("Фокич", "Фокичем"),
        ("Саввич", "Саввичем"),
        ("Никитич", "Никитичем"),
        ("Ильич", "Ильичом"),
        ("Кузьмич", "Кузьмичом"),
        ("Фомич", "Фомичом"),
        ("Лукич", "Лукичом"),
        ("Абдул-Азизович", "Абдул-Азизовичем"),
    ],
)
def test_a_short_patronymic_is_stressed_in_four_names_only(name: str, instrumental: str) -> None:
    assert decline_name(name, "твор", "м", "отчество").text == instrumental


@pytest.mark.parametrize(
    ("name", "gender", "part"),
    [
        ("Журавель", "м", "фамилия"),
        ("Завгородний", "м", "фамилия"),
        ("Прудкий", "м", "фамилия"),
        ("Шенгелая", "ж", "фамилия"),
        ("Папушой", "м", "фамилия"),
        ("Бодних", "м", "фамилия"),
        ("Бадма-Ханда", "м", "имя"),
        ("Вэй", "м", "имя"),
        ("Вольфганг", "м", "отчество"),
        ("Данило", "м", "имя"),
    ],
)
def test_what_the_family_decides_asks_for_a_look(name: str, gender: str, part: str) -> None:
    assert decline_name(name, "дат", gender, part).check


@pytest.mark.parametrize(
    ("written", "case", "expected"),
    [
        ("О Михаил Петрович", "твор", "О Михаилом Петровичем"),
        ("Новиков-Прибой Алексей Силыч", "дат", "Новикову-Прибою Алексею Силычу"),
        ("Иванова Мария Петровна", "дат", "Ивановой Марии Петровне"),
        ("Мария Петровна Иванова", "твор", "Марией Петровной Ивановой"),
        ("ИВАНОВ ИВАН ИВАНОВИЧ", "род", "ИВАНОВА ИВАНА ИВАНОВИЧА"),
        ("Гладилова О.А.", "вин", "Гладилову О.А."),
        ("О.А. Гладилова", "вин", "О.А. Гладилову"),
        ("В.А.Козлова", "дат", "В.А.Козловой"),
        ("А.С. Журавлев", "вин", "А.С. Журавлева"),
        ("Мамедов Вагиф Ахмед оглы", "дат", "Мамедову Вагифу Ахмед оглы"),
        ("Мамедова Лейла Ахмед кызы", "дат", "Мамедовой Лейле Ахмед кызы"),
        ("Абрамович Иван Петрович", "род", "Абрамовича Ивана Петровича"),
        ("Абрамович Анна Петровна", "род", "Абрамович Анны Петровны"),
        ("Королёв Пётр Ильич", "твор", "Королёвым Петром Ильичом"),
        ("фон Берг Карл Иванович", "род", "фон Берга Карла Ивановича"),
        ("Алексеева-Ким Анна-Мария Ильинична", "род", "Алексеевой-Ким Анны-Марии Ильиничны"),
        ("Мария", "род", "Марии"),
        ("Ивановна", "дат", "Ивановне"),
    ],
)
def test_a_name_declines_however_it_is_written(written: str, case: str, expected: str) -> None:
    assert decline_name(written, case).text == expected


@pytest.mark.parametrize(
    ("name", "gender", "expected"),
    [
        ("Ким Чен Ын", "м", "Кима Чен Ына"),
        ("Нгуен Тхи Лан", "ж", "Нгуен Тхи Лан"),
        ("Гёте Иоганн Вольфганг", "м", "Гёте Иоганна Вольфганга"),
    ],
)
def test_a_third_word_that_is_no_patronymic_declines_as_a_name(
    name: str, gender: str, expected: str
) -> None:
    form = decline_name(name, "род", gender)
    assert form.text == expected
    assert form.check == (gender == "м")


@pytest.mark.parametrize("surname", ["Литвин", "Боярин", "Дворянин", "Филин", "Яков", "Кулич"])
def test_a_noun_among_possessives_asks_for_a_look_at_its_instrumental(surname: str) -> None:
    assert decline_name(surname, "твор", "м", "фамилия").check
    assert not decline_name(surname, "род", "м", "фамилия").check


def test_without_a_gender_an_ambiguous_surname_stays_and_asks_to_be_checked() -> None:
    form = decline_name("Присекарь И.А.", "дат")
    assert form == Form("Присекарь И.А.", "unchanged", True, "пол не указан и по отчеству не виден")


def test_a_surname_that_is_the_same_for_both_genders_needs_none() -> None:
    assert decline_name("Шевченко О.И.", "дат") == Form("Шевченко О.И.", "unchanged")


def test_a_gender_told_only_by_the_first_name_asks_to_be_checked() -> None:
    form = decline_name("Ким Анна", "род")
    assert (form.text, form.check) == ("Ким Анны", True)


def test_the_told_gender_wins_over_everything() -> None:
    assert decline_name("Ким Женя", "дат", "м").text == "Киму Жене"
    assert decline_name("Мельник А.П.", "дат", "ж").text == "Мельник А.П."


@pytest.mark.parametrize("part", [None, "фамилия"])
def test_latin_letters_that_look_russian_are_told(part: str | None) -> None:
    form = decline_name("Пeтров", "дат", "м", part)
    assert (form.text, form.source, form.check) == ("Пeтров", "unchanged", True)
    assert "латинскими" in form.reason


def test_a_fleeting_vowel_asks_what_the_family_says() -> None:
    form = decline_name("Заяц Пётр Ильич", "род")
    assert form.text == "Зайца Петра Ильича"
    assert form.check
    assert "Заяц" in form.reason


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("Иванов", "местный"), "местный"),
        (("Иванов", "род", "х"), "х"),
        (("Иванов", "род", "м", "кличка"), "кличка"),
    ],
)
def test_an_unknown_case_gender_or_part_is_named(arguments: tuple[str, ...], named: str) -> None:
    with pytest.raises(ValueError, match=f"«{named}»"):
        decline_name(*arguments)


@pytest.mark.parametrize(
    ("alias", "case"),
    [
        ("им", "им"),
        ("Родительный", "род"),
        ("gen", "род"),
        ("genitive", "род"),
        ("чего", "род"),
        ("кому?", "дат"),
        ("кого", "вин"),
        ("кого/что", "вин"),
        ("чем", "твор"),
        ("о чём", "пред"),
        ("о чем", "пред"),
        ("о ком", "пред"),
        ("тв", "твор"),
        ("prepositional", "пред"),
    ],
)
def test_a_case_has_many_names(alias: str, case: str) -> None:
    assert to_case(alias) == case


@pytest.mark.parametrize("word", ["", "звательный", "r", "о"])
def test_what_is_no_case_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="нет такого падежа"):
        to_case(word)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Гладилова О.А.", ("Гладилова", "О.", "А.")),
        ("О. А. Гладилова", ("Гладилова", "О.", "А.")),
        ("В.А.Козлова", ("Козлова", "В.", "А.")),
        ("Петров И.", ("Петров", "И.", "")),
        ("Иванова Мария", ("Иванова", "Мария", "")),
        ("Мария Иванова", ("Иванова", "Мария", "")),
        ("Иван Петрович Абрамович", ("Абрамович", "Иван", "Петрович")),
        ("Мамедов Вагиф Ахмед оглы", ("Мамедов", "Вагиф", "Ахмед оглы")),
        ("Соловьев Седой Пётр Ильич", ("Соловьев Седой", "Пётр", "Ильич")),
        ("Ю Анна Ильинична", ("Ю", "Анна", "Ильинична")),
        ("", ("", "", "")),
        ("—", ("", "", "")),
    ],
)
def test_a_written_name_falls_into_its_parts(written: str, parts: tuple[str, str, str]) -> None:
    assert split_name(written) == parts


@pytest.mark.parametrize(
    ("written", "gender"),
    [
        ("Ким Ольга Ивановна", "ж"),
        ("Ким Лука Ильич", "м"),
        ("Сковорода Григорий Саввич", "м"),
        ("Мамедов Вагиф Ахмед оглы", "м"),
        ("Мамедова Лейла Ариф-кызы", "ж"),
        ("Петрова Анна Саввична", "ж"),
        ("Гладилова О.А.", ""),
        ("Абрамович О.А.", ""),
        ("Абрамович Анна", ""),
        ("Абрамович", ""),
        ("Иванова Мария", ""),
        ("", ""),
    ],
)
def test_only_a_patronymic_tells_the_gender(written: str, gender: str) -> None:
    assert gender_of(written) == gender


def test_initials_hold_on_to_the_surname() -> None:
    assert initials("Иванова", "Ирина", "Ильинична") == f"Иванова{NBSP}И.И."
    assert initials("Иванова", "Ирина", "Ильинична", ahead=True) == f"И.И.{NBSP}Иванова"
    assert initials("Иванова", "И.", "И.", ahead=True, spaced=True) == f"И.{NBSP}И.{NBSP}Иванова"


def test_initials_leave_no_stray_stop_where_a_part_is_missing() -> None:
    assert initials("Ли", "Мин", "") == f"Ли{NBSP}М."
    assert initials("Ли", "", "") == "Ли"
    assert initials("Мамедов", "Вагиф", "Ахмед оглы") == f"Мамедов{NBSP}В.А."
    assert initials("Мамедова", "Лейла", "Ариф-кызы") == f"Мамедова{NBSP}Л.А."


SURNAMES = st.sampled_from(
    ["Иванов", "Королёв", "Заяц", "Ким", "Белый", "Гоголь", "Римский-Корсаков"]
)
FIRST_NAMES = st.sampled_from(["Пётр", "Илья", "Лев", "Юрий", "Жан-Поль"])
PATRONYMICS = st.sampled_from(["Ильич", "Львович", "Юрьевич", "Саввич"])


@given(SURNAMES, FIRST_NAMES, PATRONYMICS, st.sampled_from(CASES))
def test_the_surname_is_one_and_the_same_with_initials_and_in_full(
    surname: str, first: str, patronymic: str, case: str
) -> None:
    full = decline_name(f"{surname} {first} {patronymic}", case, "м").text
    short = decline_name(initials(surname, first, patronymic), case, "м").text
    assert split_name(full)[0] == split_name(short)[0]


@given(SURNAMES, FIRST_NAMES, PATRONYMICS, st.sampled_from(CASES))
def test_capitals_change_nothing_but_themselves(
    surname: str, first: str, patronymic: str, case: str
) -> None:
    name = f"{surname} {first} {patronymic}"
    assert decline_name(name.upper(), case, "м").text == decline_name(name, case, "м").text.upper()


LETTERS = st.text(st.characters(exclude_categories=["C"]), max_size=40)
RUSSIAN = st.text("абвеёийклоьчшхцняАБВЁИЙЛО .,-«»()1№", max_size=30)


@given(LETTERS | RUSSIAN, st.sampled_from(CASES), st.sampled_from(["м", "ж", None]))
def test_no_text_makes_the_name_engine_fail(text: str, case: str, gender: str | None) -> None:
    form = decline_name(text, case, gender)
    assert bool(form.reason) or not form.check
    assert decline_name(text, "им", gender).text == text
    split_name(text)
    gender_of(text)


@given(RUSSIAN, st.sampled_from(CASES), st.sampled_from(["фамилия", "имя", "отчество"]))
def test_no_part_of_a_name_makes_the_engine_fail(text: str, case: str, part: str) -> None:
    assert isinstance(decline_name(text, case, "ж", part), Form)


def test_the_engine_in_use_passes_its_own_test() -> None:
    self_test()


def test_an_engine_that_writes_olgy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_module, "_engine_form", lambda word, *_: f"{word[:-1]}ы")
    with pytest.raises(WrongEngineError, match="ольгы"):
        self_test()


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            "Ғәлиев Айдар Рөстәмович",
            "Ғәлиева Айдара Рөстәмовича, Ғәлиеву Айдару Рөстәмовичу, Ғәлиева Айдара Рөстәмовича, "
            "Ғәлиевым Айдаром Рөстәмовичем, Ғәлиеве Айдаре Рөстәмовиче",
        ),
        (
            "Хәбибуллина Фәридә Җәүдәтовна",
            "Хәбибуллиной Фәриды Җәүдәтовны, Хәбибуллиной Фәриде Җәүдәтовне, "
            "Хәбибуллину Фәриду Җәүдәтовну, Хәбибуллиной Фәридой Җәүдәтовной, "
            "Хәбибуллиной Фәриде Җәүдәтовне",
        ),
        (
            "Ө.Ә. Өмәрова",
            "Ө.Ә. Өмәровой, Ө.Ә. Өмәровой, Ө.Ә. Өмәрову, Ө.Ә. Өмәровой, Ө.Ә. Өмәровой",
        ),
        (
            "ҪЕРКИЕВ А.Ӑ.",
            "ҪЕРКИЕВА А.Ӑ., ҪЕРКИЕВУ А.Ӑ., ҪЕРКИЕВА А.Ӑ., ҪЕРКИЕВЫМ А.Ӑ., ҪЕРКИЕВЕ А.Ӑ.",
        ),
    ],
)
def test_names_with_letters_of_the_republics_decline_and_ask_for_a_look(
    name: str, forms: str
) -> None:
    assert forms_of(name) == forms
    assert decline_name(name, "род").check
