"""The words of the interface: English is what the templates say; another language is a file of translations.

A file is TOML: ``name`` is the language's own name, ``[words]`` gives for each English text the translation. What a
file lacks is shown in English.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from communique.errors import InputError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface; ``code`` is ISO 639-1."""

    code: str
    name: str
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __call__(self, text: str, /, **values: object) -> str:
        """Return the translation of an English text, or the text; ``{name}`` in it stands for a value."""
        told = self.words.get(text, text)
        return told.format(**values) if values else told


ENGLISH = Language("en", "English")


def read(path: Path) -> Language:
    """Return the language of a file, named as its code: ``ru.toml``. Raises InputError when it is none."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"no file of translations: {error}", where=str(path)) from error
    words = content.get("words")
    name = content.get("name")
    if not isinstance(name, str) or not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
        raise InputError(
            "no file of translations", where=str(path), remedy='it has name = "…" and [words] with "English" = "…"'
        )
    return Language(path.stem, name, MappingProxyType(words))


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
