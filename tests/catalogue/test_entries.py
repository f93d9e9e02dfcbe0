"""Entries are read whole or refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import catalogue
from docgen.catalogue.toml_keys import read_entry
from docgen.errors import Problem, TemplateError, UsageError
from docgen.model import ColumnKind, Kind, Schema
from tests.support.builders import write_text

ROOT = Path(__file__).resolve().parents[2]

SCHEMA = """
workbook = "Книга.xlsx"
sheet = "Люди"
one = "человек"
many = "люди"
key = ["фио"]

[[columns]]
name = "фио"
header = "ФИО"
type = "name"
required = true

[[columns]]
name = "роль"
header = "Роль"
type = "choice"
choices = ["куратор"]

[[columns]]
name = "паспорт"
header = "Паспорт"
personal = true
"""
PAIRS = """
workbook = "Книга.xlsx"
sheet = "Пары"
one = "пара"
many = "пары"

[[columns]]
name = "наставник"
header = "Наставник"
type = "reference"
to = ["люди"]
reverse = "пары_наставника"
"""
KIND = """
title = "Согласие"
register = "люди"
output = "Согласие {{ человек.фио }}"
"""


def write_kind(folder: Path, entry: str = KIND, name: str = "согласие") -> Path:
    write_text(folder / f"{name}.docx", "")
    return write_text(folder / f"{name}.toml", entry)


def read_both(folder: Path) -> tuple[dict[str, Schema], dict[str, Kind]]:
    return (
        catalogue.read_schemas([folder / "schema"]),
        catalogue.read_kinds([folder / "templates"]),
    )


def schema_problems(folder: Path, **entries: str) -> tuple[Problem, ...]:
    for name, entry in entries.items():
        write_text(folder / f"{name}.toml", entry)
    with pytest.raises(TemplateError) as caught:
        catalogue.read_schemas([folder])
    return caught.value.problems


def kind_problems(folder: Path, entry: str) -> tuple[Problem, ...]:
    write_kind(folder, entry)
    with pytest.raises(TemplateError) as caught:
        catalogue.read_kinds([folder])
    return caught.value.problems


def test_shipped_schemas_can_be_read() -> None:
    schemas = catalogue.read_schemas([ROOT / "registers" / "schema"])
    assert schemas["пары"].column("наставник").to == ("сотрудники", "дети")
    assert schemas["организация"].is_card
    assert (schemas["организация"].begins, schemas["организация"].ends) == ("Действует с", "по")
    assert schemas["акты"].is_shared


def test_shipped_examples_give_every_required_column() -> None:
    for schema in catalogue.read_schemas([ROOT / "registers" / "schema"]).values():
        for row in schema.example_rows:
            missing = [c.name for c in schema.columns if c.is_required and c.name not in row]
            assert not missing, (schema.name, row)


def test_an_entry_becomes_a_schema(tmp_path: Path) -> None:
    write_text(tmp_path / "люди.toml", SCHEMA)
    schema = catalogue.read_schemas([tmp_path])["люди"]
    assert schema.key == ("фио",)
    assert schema.column("фио").kind == ColumnKind.NAME
    assert schema.column("фио").is_required
    assert schema.column("паспорт").is_personal
    assert schema.column("паспорт").width == 18


def test_a_workspace_overrides_a_schema_by_its_name(tmp_path: Path) -> None:
    write_text(tmp_path / "shipped" / "люди.toml", SCHEMA)
    write_text(tmp_path / "own" / "люди.toml", SCHEMA.replace('"Роль"', '"Обязанность"'))
    schemas = catalogue.read_schemas([tmp_path / "shipped", tmp_path / "own", tmp_path / "absent"])
    assert schemas["люди"].column("роль").header == "Обязанность"


def test_an_entry_with_a_byte_order_mark_and_windows_lines_is_read(tmp_path: Path) -> None:
    (tmp_path / "люди.toml").write_bytes(b"\xef\xbb\xbf" + SCHEMA.replace("\n", "\r\n").encode())
    assert "люди" in catalogue.read_schemas([tmp_path])


def test_every_broken_entry_is_named_at_once(tmp_path: Path) -> None:
    problems = schema_problems(
        tmp_path,
        люди=SCHEMA.replace("sheet =", "shet ="),
        пары=PAIRS.replace('"reference"', '"referense"').replace('["люди"]', '["люди", "детки"]'),
    )
    assert {problem.code for problem in problems} == {"bad-entry"}
    said = [str(problem) for problem in problems]
    assert any("неизвестный ключ «shet»; возможно, вы имели в виду «sheet»" in s for s in said)
    assert any("нет обязательного ключа «sheet»" in s for s in said)
    assert any("возможно, вы имели в виду «reference»" in s for s in said)
    assert any("нет реестра «детки»" in s and "columns.наставник.to" in s for s in said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = ["фио"]', 'key = ["фоо"]', "возможно, вы имели в виду «фио»"),
        ('key = ["фио"]', 'begins = "с"', "нет столбца «с»"),
        ("required = true", 'required = "да"', "true или false"),
        ('choices = ["куратор"]', "", "впишите список choices"),
        ('name = "роль"', 'name = "фио"', "описан дважды"),
        ('header = "ФИО"', 'header = ""', "обязательное значение пусто"),
        ('many = "люди"', "many = люди", "(строка 5, знак 8); русские имена и значения берутся в"),
        ('many = "люди"', 'many = "люди', "(строка 5, знак 13); проверьте кавычки"),
    ],
)
def test_a_broken_schema_says_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    (problem, *_) = schema_problems(tmp_path, люди=SCHEMA.replace(old, new))
    assert problem.code == "bad-entry"
    assert said in problem.message
    assert "люди.toml" in str(problem.where)


def test_a_reference_must_say_where_to(tmp_path: Path) -> None:
    (problem,) = schema_problems(tmp_path, пары=PAIRS.replace('to = ["люди"]', ""))
    assert "впишите to" in problem.message


def test_an_example_may_only_fill_columns(tmp_path: Path) -> None:
    (problem,) = schema_problems(tmp_path, люди=f'{SCHEMA}\n[[examples]]\n"фия" = "Иванов"\n')
    assert "неизвестный ключ «фия»; возможно, вы имели в виду «фио»" in problem.message


def test_an_entry_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "люди.toml").write_bytes(SCHEMA.encode("cp1251"))
    (problem,) = schema_problems(tmp_path)
    assert "UTF-8" in problem.message


def test_an_entry_becomes_a_kind(tmp_path: Path) -> None:
    write_kind(
        tmp_path,
        KIND
        + """
        family = "consent"
        each = ["наставник", "наставляемый"]
        only = "дети"
        distinct = true
        catalogue = [29]
        blank = true
        signs = [{role = "Наставник", who = "человек"}]
        where = {"роль" = "куратор"}
        uses = {"пары" = {"форма" = ["а", "б"]}}
        changes = {"роль" = "приказ о смене"}
        """,
    )
    kind = catalogue.read_kinds([tmp_path])["согласие"]
    assert kind.template == tmp_path / "согласие.docx"
    assert kind.where == {"роль": ("куратор",)}
    assert kind.uses == {"пары": {"форма": ("а", "б")}}
    assert [(sign.role, sign.who) for sign in kind.signs] == [("Наставник", "человек")]
    assert (kind.family, kind.per, kind.sort, kind.only) == ("consent", "row", 50, "дети")
    assert kind.is_distinct
    assert kind.has_blank_form


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (KIND + 'family = "ordr"', "возможно, вы имели в виду «order»"),
        (KIND + 'per = "rows"', "возможно, вы имели в виду «row»"),
        (KIND + 'per = "group"', "group_by"),
        (KIND + 'only = "старики"', "неизвестное значение «старики»"),
        (KIND + 'signs = [{role = "Директор"}]', "нет обязательного ключа «who»"),
        (KIND + "catalogue = [true]", "список целых чисел"),
        (KIND + "form = true", "добавьте blank = true"),
        (KIND + 'where = {"роль" = 1}', "столбец = значение"),
        (KIND.replace("title", "titel"), "возможно, вы имели в виду «title»"),
    ],
)
def test_a_broken_kind_says_what_is_wrong(tmp_path: Path, entry: str, said: str) -> None:
    problems = kind_problems(tmp_path, entry)
    assert any(said in str(problem) for problem in problems)
    assert all(problem.where.key for problem in problems)


def test_half_a_kind_is_refused_with_the_half_that_may_be_meant(tmp_path: Path) -> None:
    write_text(tmp_path / "приказ.toml", KIND)
    write_text(tmp_path / "приказы.docx", "")
    with pytest.raises(TemplateError) as caught:
        catalogue.read_kinds([tmp_path])
    assert [problem.code for problem in caught.value.problems] == ["entry-alone"] * 2
    assert "возможно, вы имели в виду «приказы»" in str(caught.value)


def test_styles_blocks_packets_and_lock_files_are_no_kinds(tmp_path: Path) -> None:
    write_kind(tmp_path)
    for other in ("стиль.docx", "~$согласие.docx", ".скрытый.toml", "blocks/шапка.docx"):
        write_text(tmp_path / other, "")
    assert list(catalogue.read_kinds([tmp_path])) == ["согласие"]


def test_a_workspace_may_override_only_the_docx(tmp_path: Path) -> None:
    write_kind(tmp_path / "shipped")
    own = write_text(tmp_path / "own" / "согласие.docx", "")
    kind = catalogue.read_kinds([tmp_path / "shipped", tmp_path / "own"])["согласие"]
    assert kind.template == own
    assert kind.title == "Согласие"


def test_an_entry_becomes_a_set(tmp_path: Path) -> None:
    entry = 'title = "Копии"\npurpose = "copies"\nper = "year"\nfamilies = ["order"]\ncover = true'
    write_text(tmp_path / "копии.toml", entry)
    write_text(tmp_path / "обложка.docx", "")
    packet = catalogue.read_packets([tmp_path])["копии"]
    assert packet.has_cover
    assert not packet.has_stamp
    assert packet.families == ("order",)


def test_a_folder_of_a_signer_holds_originals_alone(tmp_path: Path) -> None:
    entry = 'title = "Папка"\npurpose = "print"\nper = "signer"\nfamilies = ["order"]'
    write_text(tmp_path / "папка.toml", entry)
    with pytest.raises(TemplateError, match="подписывают только подлинник"):
        catalogue.read_packets([tmp_path])


def test_a_broken_set_says_what_is_wrong(tmp_path: Path) -> None:
    entry = 'title = "Копии"\npurpose = "copy"\nper = "year"\nfamilies = ["orders"]'
    write_text(tmp_path / "копии.toml", entry)
    with pytest.raises(TemplateError) as caught:
        catalogue.read_packets([tmp_path])
    assert "«copies»" in str(caught.value)
    assert "«order»" in str(caught.value)


def test_what_a_kind_waits_for_becomes_a_choice(tmp_path: Path) -> None:
    write_text(tmp_path / "schema" / "люди.toml", SCHEMA)
    write_kind(tmp_path / "templates", KIND + 'where = {"роль" = ["куратор", "наставник"]}')
    schemas, kinds = read_both(tmp_path)
    extended = catalogue.extend_choices(schemas, kinds)
    assert extended["люди"].column("роль").choices == ("куратор", "наставник")
    assert schemas["люди"].column("роль").choices == ("куратор",)


def test_columns_and_registers_that_a_kind_names_must_exist(tmp_path: Path) -> None:
    write_text(tmp_path / "schema" / "люди.toml", SCHEMA)
    write_text(tmp_path / "schema" / "пары.toml", PAIRS)
    entry = KIND + 'where = {"рол" = "а"}\neach = ["фоо"]\npersonal = ["паспорт", "пасспорт"]\n'
    write_kind(tmp_path / "templates", entry + 'uses = {"пара" = {"форма" = "а"}}')
    schemas, kinds = read_both(tmp_path)
    with pytest.raises(TemplateError) as caught:
        catalogue.check_kinds(kinds, schemas)
    said = str(caught.value)
    for meant in ("«роль»", "«фио»", "«паспорт»", "«пары»"):
        assert f"возможно, вы имели в виду {meant}" in said


def test_a_kind_may_reach_over_references_and_lists(tmp_path: Path) -> None:
    write_text(tmp_path / "schema" / "люди.toml", SCHEMA)
    write_text(tmp_path / "schema" / "пары.toml", PAIRS)
    write_kind(tmp_path / "templates", KIND + 'each = ["пары_наставника.наставник.фио"]')
    schemas, kinds = read_both(tmp_path)
    catalogue.check_kinds(kinds, schemas)
    write_kind(tmp_path / "templates", KIND + 'each = ["фио.имя"]')
    schemas, kinds = read_both(tmp_path)
    with pytest.raises(TemplateError, match="не ссылка"):
        catalogue.check_kinds(kinds, schemas)


def test_the_root_is_the_nearest_folder_upwards_with_templates(tmp_path: Path) -> None:
    workspace = tmp_path / "registers" / "school"
    workspace.mkdir(parents=True)
    (tmp_path / "templates_docx").mkdir()
    assert catalogue.find_root(workspace, None) == tmp_path.resolve()
    assert catalogue.find_root(workspace, tmp_path) == tmp_path


def test_without_templates_upwards_the_installed_ones_serve(tmp_path: Path) -> None:
    assert (catalogue.find_root(tmp_path, None) / "templates_docx").is_dir()


def test_a_given_root_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="templates_docx"):
        catalogue.find_root(None, tmp_path)


# --- terms of retention ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "term",
    [
        "постоянно",
        "постоянно, ст. 19",
        "до ликвидации организации",
        "5 лет",
        "1 год",
        "75 лет",
        "50/75 лет ЭПК, ст. 434",
        "3 года после отзыва или окончания срока",
        "вместе с приказом",
        "5 лет, ст. 8 б)",
    ],
)
def test_a_term_of_retention_is_taken_as_the_list_of_terms_writes_it(
    tmp_path: Path, term: str
) -> None:
    write_kind(tmp_path, f'{KIND}retention = "{term}"')
    assert catalogue.read_kinds([tmp_path])["согласие"].retention == term


def test_a_kind_without_a_term_of_retention_is_a_kind(tmp_path: Path) -> None:
    write_kind(tmp_path)
    assert catalogue.read_kinds([tmp_path])["согласие"].retention == ""


@pytest.mark.parametrize("term", ["долго", "лет 5", "5", "5 лет ст. 19", "вечно, ст. 19"])
def test_a_term_of_another_form_is_refused_with_examples(tmp_path: Path, term: str) -> None:
    write_kind(tmp_path, f'{KIND}retention = "{term}"')
    with pytest.raises(TemplateError) as caught:
        catalogue.read_kinds([tmp_path])
    (problem,) = caught.value.problems
    assert problem.code == "bad-entry"
    assert problem.where.key == "retention"
    assert f"срок хранения «{term}» не понят" in problem.message
    assert "«5 лет, ст. 19»" in problem.message


def test_every_shipped_kind_has_a_term_of_retention() -> None:
    kinds = catalogue.read_kinds([ROOT / "templates_docx"])
    assert [name for name, kind in kinds.items() if not kind.retention] == []


@pytest.mark.parametrize(
    ("purpose", "per", "key", "found"),
    [
        ("copies", "year", "", "without"),
        ("copies", "year", 'children = "with"', "with"),
        ("copies", "order", "", "with"),
        ("print", "year", "", "with"),
        ("copies", "year", 'children = "only"', "only"),
    ],
)
def test_copies_of_a_year_hold_no_papers_about_children_unless_their_entry_says_so(
    tmp_path: Path, purpose: str, per: str, key: str, found: str
) -> None:
    entry = f'title = "К"\npurpose = "{purpose}"\nper = "{per}"\nfamilies = ["order"]\n{key}\n'
    (tmp_path / "комплект.toml").write_text(entry, "utf-8")
    assert catalogue.read_packets([tmp_path])["комплект"].children == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("а" * 70_000, "больше 64 КБ"),
        (f"a = {'[' * 900}{']' * 900}", "вложена глубже 20"),
        (f"a = {'[' * 25}{']' * 25}", "вложена глубже 20"),
        (f"a = {'{a = ' * 900}1{'}' * 900}", "вложена глубже 20"),
        (f"a{'.a' * 30_000} = 1", "вложена глубже 20"),
        (f"[a{'.a' * 30}]", "вложена глубже 20"),
        (f"a = {'9' * 60_000}", "слишком много цифр"),
    ],
    ids=lambda one: one[:12],
)
def test_an_entry_without_measure_is_refused(tmp_path: Path, text: str, said: str) -> None:
    problems: list[Problem] = []
    assert read_entry(write_text(tmp_path / "вид.toml", text), problems) is None
    assert [one.code for one in problems] == ["bad-entry"]
    assert said in problems[0].message


def test_an_entry_as_deep_as_people_write_is_read(tmp_path: Path) -> None:
    problems: list[Problem] = []
    text = f"a = {'[' * 15}{']' * 15}\nb = '{'…' * 900}{'.' * 900}'"
    assert read_entry(write_text(tmp_path / "вид.toml", text), problems) is not None
    assert not problems


# --- columns added to a shipped register -----------------------------------------------------

ADDED = """
extends = true

[[columns]]
name = "стаж"
header = "Стаж"
type = "integer"

[[columns]]
name = "наставник"
header = "Наставник"
type = "reference"
to = ["люди"]
reverse = "подопечные"
"""


def extended(folder: Path, own: str, name: str = "люди") -> dict[str, Schema]:
    write_text(folder / "shipped" / "люди.toml", SCHEMA)
    write_text(folder / "own" / f"{name}.toml", own)
    return catalogue.read_schemas([folder / "shipped", folder / "own"])


def test_a_file_that_extends_a_register_adds_columns_behind_its_own(tmp_path: Path) -> None:
    made = extended(tmp_path, ADDED)["люди"]
    names = [column.name for column in made.columns]
    assert names == ["фио", "роль", "паспорт", "стаж", "наставник"]
    assert (made.sheet, made.key) == ("Люди", ("фио",))
    assert made.column("стаж").kind == ColumnKind.INTEGER
    assert made.source.endswith("shipped/люди.toml")


def test_a_third_folder_adds_to_what_the_second_has_added(tmp_path: Path) -> None:
    extended(tmp_path, ADDED)
    last = ADDED.replace("стаж", "разряд").replace("Стаж", "Разряд").split("\n\n[[columns]]")
    write_text(tmp_path / "last" / "люди.toml", "\n\n[[columns]]".join(last[:2]))
    made = catalogue.read_schemas([tmp_path / one for one in ("shipped", "own", "last")])["люди"]
    assert [column.name for column in made.columns][-2:] == ["наставник", "разряд"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "стаж"', 'name = "роль"', "столбец «роль» в реестре «люди» уже есть"),
        ('header = "Стаж"', 'header = "Роль "', "заголовок «Роль» уже занят столбцом «Роль»"),
        ('header = "Стаж"', 'header = "Лет"\nsynonyms = ["ФИО"]', "уже занят столбцом «ФИО»"),
        ("extends = true", 'extends = true\nsheet = "Иные"', "неизвестный ключ «sheet»"),
        ("extends = true", 'extends = "да"', "true или false"),
        ('to = ["люди"]', 'to = ["звери"]', "нет реестра «звери»"),
        ('name = "наставник"', 'name = "стаж"', "описан дважды"),
        ('type = "integer"', 'type = "number"', "неизвестное значение «number»"),
    ],
)
def test_a_wrong_extension_is_named_in_its_own_file(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        extended(tmp_path, ADDED.replace(old, new))
    found = [problem for problem in caught.value.problems if said in problem.message]
    assert found, [str(problem) for problem in caught.value.problems]
    assert "own/люди.toml" in str(found[0].where)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "стаж"', 'name = "стаж лет"', "имя столбца «стаж лет» не прочтёт ни один шаблон"),
        ('name = "стаж"', 'name = "подопечные"', "уже занято списком строк (reverse)"),
        (
            'type = "integer"',
            'type = "reference"\nto = ["люди"]\nreverse = "подопечные"',
            "(reverse)",
        ),
    ],
)
def test_a_name_that_templates_cannot_tell_apart_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        extended(tmp_path, ADDED.replace(old, new))
    (problem,) = caught.value.problems
    assert said in problem.message
    assert "own/люди.toml" in str(problem.where)


def test_columns_alone_ask_whether_they_should_be_added(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        extended(tmp_path, ADDED.replace("extends = true", ""))
    (problem,) = caught.value.problems
    assert "впишите первой строкой extends = true" in problem.message


def test_what_is_not_shipped_cannot_be_extended(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        extended(tmp_path, ADDED.replace("подопечные", "другие"), name="люды")
    (problem,) = caught.value.problems
    assert "дополнять нечего" in problem.message
    assert "возможно, вы имели в виду «люди»" in problem.message


@pytest.mark.parametrize("key", ['by_hand = ["паспорт"]', "line = 40", 'caption = "подпись"'])
def test_a_key_of_columns_is_refused_in_a_kind(tmp_path: Path, key: str) -> None:
    write_kind(tmp_path, f"{KIND}{key}\n")
    with pytest.raises(TemplateError) as caught:
        catalogue.read_kinds([tmp_path])
    (problem,) = caught.value.problems
    assert key.split(maxsplit=1)[0] in problem.where.key
    assert "столбцу реестра" in problem.message
