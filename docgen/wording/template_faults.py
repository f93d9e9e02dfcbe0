"""What Jinja and Python raise while a template runs, in Russian: they speak English."""

from __future__ import annotations

import re
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateAssertionError, TemplateNotFound

from docgen.errors import DocgenError

LINE_ERRORS: Final = (
    TemplateError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)
"""What the tags of a line raise, beside the errors of docgen that name a place of their own."""
RENDER_ERRORS: Final = (*LINE_ERRORS, DocgenError)
"""What tags and filters raise; anything else is a bug of docgen."""

_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
_INTERNAL: Final = re.compile(r"<[\w.]+ object|object at 0x|docgen\.\w+\.")
"""What Python shows of the inside of docgen."""
_CHECK_SPELLING: Final = "проверьте кавычки, скобки, точки и черту «|» перед фильтром"
_SYNTAX: Final = (
    (re.compile(r"unexpected char '?(.+?)'? at"), "в теге лишний знак «{}»"),
    (re.compile(r"unexpected '(.+?)'$"), "в теге лишнее «{}»"),
    (re.compile(r"expected token '.+', got '(.+)'"), "в теге лишнее или не на месте «{}»"),
    (re.compile(r"unexpected end of template|got 'end of"), "тег оборван"),
    (re.compile(r"unknown tag '(\w+)'"), "команды «{}» нет или она здесь лишняя"),
)
_RUNTIME: Final = (
    (re.compile(r"No filter named '(.+)'"), "фильтра «{}» нет"),
    (re.compile(r"No test named '(.+)'"), "проверки «{}» нет"),
    (re.compile(r"^'(.+)' is undefined"), "имени «{}» нет"),
    (re.compile(r"has no attribute '(.+)'"), "у значения нет «{}»"),
    (
        re.compile(r"^(?:'?(?:list|tuple|str) object'?) has no element (.+)"),
        "в списке нет места {}",
    ),
    (re.compile(r"has no element (.+)"), "это одно значение, а не список; места {} в нём нет"),
    (re.compile(r"not subscriptable"), "это одно значение, а не список; части у него нет"),
    (re.compile(r"not callable"), "это значение, а не вызов; уберите скобки за его именем"),
    (re.compile(r"has no len\(\)"), "это одно значение, а не список; считают только списки"),
    (
        re.compile(r"sequence item"),
        "список соединяет фильтр «перечень», например {{{{ … | перечень }}}}",
    ),
    (re.compile(r"__round__|bad operand type for"), "это не число"),
    (re.compile(r"Range too big"), "range даёт не больше 100 000 чисел"),
    (re.compile(r"too large to convert"), "число слишком велико; проверьте умножение и степень"),
    (re.compile(r"division|modulo by zero|ZeroDivision|DivisionBy"), "деление на ноль"),
    (re.compile(r"no loader"), "вставлять файлы здесь нельзя"),
    (re.compile(r"not iterable"), "это одно значение, а не список; цикл ему не нужен"),
    (
        re.compile(r"argument"),
        "у фильтра или вызова не те значения в скобках; сверьте их с описанием",
    ),
    (
        re.compile(r"unsupported operand|can only concatenate|must be str|not supported between"),
        "складываются и сравниваются значения разного рода; соединяйте тексты знаком «~»",
    ),
    (re.compile(r"format"), "значения не подходят к образцу; проверьте знаки «%» и «{{}}»"),
    (re.compile(r"index out of range|No first item"), "список короче, чем ждёт тег"),
    (re.compile(r"invalid literal|could not convert"), "это не число"),
)
_CIRCLE: Final = "тег или блок вызывает сам себя по кругу; разорвите круг"
_NO_MEMORY: Final = "на это не хватило памяти; проверьте, что перебирает и повторяет тег"
_INSIDE: Final = "тег обращается к внутренностям программы; уберите его"
_UNKNOWN: Final = "тег не выполнен; проверьте, к тому ли значению он относится"


def is_russian(text: str) -> bool:
    """Whether a message is docgen's own rather than Python's."""
    return _CYRILLIC.search(text) is not None


def syntax_sentence(error: TemplateSyntaxError) -> str:
    """Return why a tag cannot be read."""
    message = error.message or ""
    if isinstance(error, TemplateAssertionError):
        return _found_in(message, _RUNTIME) or _UNKNOWN
    for pattern, sentence in _SYNTAX:
        match = pattern.search(message)
        if match and not (match.groups() and match[1].startswith("end of")):
            return f"{sentence.format(*match.groups())}; {_CHECK_SPELLING}"
    if is_russian(message):
        return message
    return f"тег оборван или не закончен; {_CHECK_SPELLING}"


def sentence_of(error: BaseException) -> str:
    """Return why a tag did not run: docgen's own sentence, or one in its stead."""
    match error:
        case TemplateSyntaxError():
            return syntax_sentence(error)
        case SecurityError():
            return str(error) if is_russian(str(error)) else _INSIDE
        case RecursionError():
            return _CIRCLE
        case MemoryError():
            return _NO_MEMORY
        case TemplateNotFound():
            return f"блока «{error.name}» нет"
        case ArithmeticError():
            return _found_in(f"{error} {type(error).__name__}", _RUNTIME) or "число не вычислено"
    return _sentence_of_text(error)


def _sentence_of_text(error: BaseException) -> str:
    if isinstance(error, KeyError) and error.args:
        return f"имени «{error.args[0]}» нет"
    text = str(error)
    found = _found_in(text, _RUNTIME)
    if _INTERNAL.search(text):
        return found or _UNKNOWN
    if is_russian(text) and (not found or isinstance(error, DocgenError)):
        return text
    return found or _UNKNOWN


def _found_in(message: str, sentences: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, sentence in sentences:
        match = pattern.search(message)
        if match:
            return sentence.format(*match.groups())
    return ""
