"""What positions are asked about: words, each with the other words of its family."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.errors import UsageError
from communique.filters import phrases
from communique.positions.vocabulary import Vocabulary
from communique.stories.terms import stems


@dataclass(frozen=True)
class Issue:
    """Alternatives, each of words that must all be there, each in one of its forms."""

    alternatives: tuple[tuple[tuple[str, ...], ...], ...]

    @classmethod
    def asked(cls, about: str, words: Vocabulary, irregular: Mapping[str, Sequence[str]]) -> "Issue":
        """Return what somebody asks for: all of the words, in any of their forms; a comma separates alternatives.

        ``irregular`` are forms of words that no ending makes ("withdrew"), by the word, and words by such forms.
        Words in double quotes must stand together. Raises UsageError when there is no word.
        """
        alternatives = []
        for part in about.split(","):
            needed = [_forms(one, words, irregular) for one in phrases(part)]
            if needed:
                alternatives.append(tuple(needed))
        if not alternatives:
            raise UsageError(f"{about!r} holds no word", remedy="name an issue, such as --about 'prisoner exchange'")
        return cls(tuple(alternatives))

    def of_any_word(self) -> "Issue":
        """Return the issue that any one of its words is about."""
        return Issue(tuple((forms,) for needed in self.alternatives for forms in needed))

    def is_in(self, text: str) -> bool:
        """Tell whether a text is about it."""
        bare = " ".join(re.findall(r"\w+", text.lower()))
        present = set(stems(text)) | set(bare.split())
        return any(
            all(any(_is_in(form, bare, present) for form in forms) for forms in needed) for needed in self.alternatives
        )


def _forms(word: str, words: Vocabulary, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    plain = word.lower()
    family = next((f for one in (plain, *irregular.get(plain, ())) if (f := words.family(one)) != one), plain)
    alike = {w for w, name in words.families.items() if name == family} | {plain}
    forms = alike | {form for one in alike for form in irregular.get(one, ())}
    return (word, *sorted(form.replace("_", " ") for form in forms - {plain}))


def _is_in(form: str, bare: str, present: Iterable[str]) -> bool:
    plain = " ".join(re.findall(r"\w+", form.lower()))
    if " " in plain:
        return f" {plain} " in f" {bare} "
    return plain in present or _stem(form) in present


def _stem(word: str) -> str:
    found: Sequence[str] = stems(word)
    return found[0] if found else word.lower()
