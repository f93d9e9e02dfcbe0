"""Invented people: names are drawn from lists, and no two records share one."""

from __future__ import annotations

from dataclasses import dataclass

SURNAMES = (
    "Абрамов",
    "Акимов",
    "Андреев",
    "Баранов",
    "Белов",
    "Беляев",
    "Богданов",
    "Борисов",
    "Быков",
    "Васильев",
    "Власов",
    "Волков",
    "Воробьёв",
    "Гаврилов",
    "Голубев",
    "Григорьев",
    "Гусев",
    "Давыдов",
    "Денисов",
    "Егоров",
    "Ершов",
    "Жуков",
    "Зайцев",
    "Захаров",
    "Зимин",
    "Иванов",
    "Ильин",
    "Казаков",
    "Калинин",
    "Карпов",
    "Киселёв",
    "Ковалёв",
    "Козлов",
    "Комаров",
    "Королёв",
    "Крылов",
    "Кузнецов",
    "Куликов",
    "Лебедев",
    "Макаров",
    "Медведев",
    "Миронов",
    "Морозов",
    "Наумов",
    "Новиков",
    "Орлов",
    "Осипов",
    "Павлов",
    "Поляков",
    "Тихонов",
)
WOMEN = (
    "Анна",
    "Вера",
    "Галина",
    "Дарья",
    "Елена",
    "Ирина",
    "Лариса",
    "Марина",
    "Наталья",
    "Светлана",
)
MEN = (
    "Андрей",
    "Борис",
    "Виктор",
    "Денис",
    "Игорь",
    "Максим",
    "Николай",
    "Олег",
    "Павел",
    "Степан",
)
FATHERS = (
    "Алексеев",
    "Андреев",
    "Антонов",
    "Борисов",
    "Викторов",
    "Владимиров",
    "Денисов",
    "Егоров",
    "Иванов",
    "Игорев",
    "Кириллов",
    "Максимов",
    "Михайлов",
    "Николаев",
    "Олегов",
    "Павлов",
    "Петров",
    "Романов",
    "Семёнов",
    "Сергеев",
    "Степанов",
    "Фёдоров",
    "Юрьев",
    "Яковлев",
)
POSTS = (
    "учитель математики",
    "учитель русского языка и литературы",
    "учитель начальных классов",
    "учитель физики",
    "учитель истории и обществознания",
    "педагог-психолог",
    "учитель английского языка",
    "учитель химии",
)
VILLAGES = ("Ивановка", "Заречье", "Сосновка", "Берёзовка", "Каменка", "Липовка", "Ольховатка")
STREETS = ("Школьная", "Садовая", "Полевая", "Набережная", "Центральная", "Лесная")
MOST = len(SURNAMES) * len(WOMEN) * len(FATHERS) * 2
_STEP = 7919


@dataclass(frozen=True, slots=True)
class Person:
    """What a register holds about somebody."""

    name: str
    post: str
    number: str
    passport: str
    address: str

    @property
    def initials(self) -> str:
        """Return e.g. ``И.О. Фамилия``, as a signature has it."""
        surname, first, father = self.name.split()
        return f"{first[0]}.{father[0]}. {surname}"

    @property
    def short(self) -> str:
        """Return e.g. ``Фамилия И.О.``."""
        surname, first, father = self.name.split()
        return f"{surname} {first[0]}.{father[0]}."


def make_person(index: int) -> Person:
    """Return the same person for an index each time; up to ``MOST`` names differ."""
    # A step that shares no factor with MOST meets every name once, and neighbours differ in all.
    left, is_man = divmod(index * _STEP % MOST, 2)
    left, at_father = divmod(left, len(FATHERS))
    at_surname, at_first = divmod(left, len(WOMEN))
    first = (MEN if is_man else WOMEN)[at_first]
    surname = SURNAMES[at_surname] + ("" if is_man else "а")
    father = FATHERS[at_father] + ("ич" if is_man else "на")
    village, street = VILLAGES[index % len(VILLAGES)], STREETS[index % len(STREETS)]
    return Person(
        name=f"{surname} {first} {father}",
        post=POSTS[index % len(POSTS)],
        number=f"{index:05}",
        passport=f"серия 46 10 № {index:06}, выдан отделом внутренних дел района",
        address=f"Курская область, село {village}, улица {street}, дом {index % 97 + 1}",
    )
