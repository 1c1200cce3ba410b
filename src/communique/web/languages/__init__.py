"""The words of the interface: English is what the templates say; another language is a file of translations.

A file is TOML: ``name`` is the language's own name, ``[words]`` gives for each English text the translation,
``[numbers]`` for each text with a number its forms by the categories of Unicode's CLDR: one, few, many, other,
``[messages]`` what is said of errors, warnings and reasons (``messages``). What a file lacks is shown in English.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeGuard

from communique.errors import InputError
from communique.web.languages.messages import PLACE, Messages

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface; ``code`` is ISO 639-1. ``told`` translates messages."""

    code: str
    name: str
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    told: Messages = field(default_factory=lambda: Messages({}))

    def __call__(self, text: str, /, **values: object) -> str:
        """Return the translation of an English text, or the text; ``{name}`` in it stands for a value."""
        told = self.words.get(text, text)
        return told.format(**values) if values else told

    def count(self, number: int, one: str, other: str, *, more: bool = False) -> str:
        """Return the translation of an English text with a number, in its plural form; ``more`` adds a plus sign.

        >>> ENGLISH.count(1, "{n} event", "{n} events"), ENGLISH.count(1200, "{n} event", "{n} events", more=True)
        ('1 event', '1,200+ events')
        """
        forms = self.numbers.get(other, {})
        told = forms.get(category(self.code, number)) or forms.get("other") or (one if number == 1 else other)
        separator = "," if self.code == "en" else "\N{NO-BREAK SPACE}"
        return told.format(n=f"{number:,}".replace(",", separator) + ("+" if more else ""))


ENGLISH = Language("en", "English")


def category(code: str, number: int) -> str:
    """Return the plural category of a whole number in a language, as CLDR has it; "other" where it is not known here.

    >>> [category("ru", n) for n in (1, 3, 5, 11, 21, 112)]
    ['one', 'few', 'many', 'many', 'one', 'many']
    """
    tens, last = number % 100, number % 10
    if code in {"ru", "uk", "be"}:
        if last == 1 and tens != 11:
            return "one"
        return "few" if last in {2, 3, 4} and tens not in {12, 13, 14} else "many"
    if code == "pl":
        few = last in {2, 3, 4} and tens not in {12, 13, 14}
        return "one" if number == 1 else "few" if few else "many"
    if code == "fr":
        return "one" if number < 2 else "other"
    return "one" if number == 1 else "other"


def read(path: Path) -> Language:
    """Return the language of a file, named as its code: ``ru.toml``. Raises InputError when it is none."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"no file of translations: {error}", where=str(path)) from error
    name, words, numbers = content.get("name"), content.get("words"), content.get("numbers", {})
    messages = content.get("messages", {})
    if not isinstance(name, str) or not _texts(words) or not _forms(numbers) or not _fillable(messages):
        raise InputError(
            "no file of translations",
            where=str(path),
            remedy='it has name = "…", [words] and [messages] with "English" = "…", [numbers] with tables',
        )
    return Language(path.stem, name, MappingProxyType(words), MappingProxyType(numbers), Messages(messages))


def _texts(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _fillable(value: object) -> TypeGuard[dict[str, str]]:
    """Tell whether these are texts, and each translation has places for as many words as its text."""
    if not _texts(value):
        return False
    try:
        for text, told in value.items():
            if PLACE in text:
                told.format(*[""] * text.count(PLACE))
    except (IndexError, KeyError, ValueError):
        return False
    return True


def _forms(value: object) -> TypeGuard[dict[str, dict[str, str]]]:
    return isinstance(value, dict) and all(_texts(forms) for forms in value.values())


def languages(own: Iterable[Path] = ()) -> dict[str, Language]:
    """Return all languages by code: English, those that come with the program, then those of the user's files."""
    found = [ENGLISH, *(read(path) for path in sorted(FOLDER.glob("*.toml"))), *(read(path) for path in own)]
    return {language.code: language for language in found}


def preferred(header: str, known: Mapping[str, Language]) -> Language:
    """Return the first known language of an Accept-Language header; English when there is none.

    >>> preferred("de;q=0.9, ru, en;q=0.8", {"en": ENGLISH, "ru": Language("ru", "Русский")}).code
    'ru'
    """
    wanted: list[tuple[float, str]] = []
    for part in header[:200].split(","):
        code, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), code.strip().lower().split("-")[0]))
        except ValueError:
            continue
    for _, code in sorted(wanted, key=lambda item: item[0]):
        if code in known:
            return known[code]
    return ENGLISH
