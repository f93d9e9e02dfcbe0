"""Caches of forms: their room follows the workspace."""

from __future__ import annotations

from docgen.russian.form_cache import FormCache, hold_forms


def counted() -> tuple[FormCache[[int], int], list[int]]:
    made: list[int] = []

    def make(number: int) -> int:
        """Double a number."""
        made.append(number)
        return 2 * number

    return FormCache(make), made


def test_what_was_made_is_kept() -> None:
    double, made = counted()
    assert [double(2), double(2), double(3)] == [4, 4, 6]
    assert made == [2, 3]
    assert double.__doc__ == "Double a number."


def test_a_small_room_finds_nothing_of_a_large_workspace_asked_in_turn() -> None:
    double, made = counted()
    for _ in range(2):
        for number in range(10_000):
            double(number)
    assert len(made) == 20_000


def test_the_room_follows_the_rows_of_the_workspace() -> None:
    double, made = counted()
    hold_forms(1_000)
    for _ in range(2):
        for number in range(10_000):
            double(number)
    assert len(made) == 10_000


def test_a_smaller_workspace_takes_no_room_away() -> None:
    double, made = counted()
    hold_forms(1_000)
    double(1)
    hold_forms(1)
    assert double(1) == 2
    assert made == [1]
