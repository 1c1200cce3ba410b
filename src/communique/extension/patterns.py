"""Verb dictionary → senses: what a verb's code and patterns say, in the terms of the lexicon.

Of a pattern the words and synonym sets after the verb become words that must hang on it in the parse, a noun before
it what its subject must be, "+" the place of the target, "%" parties that act together. Auxiliaries, "$" and "^" need
no word of their own: the grammar reads voice, tense and sources itself. What has no such translation is left out and
told, with its line and the reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from communique.events.lexicon import Sense
from communique.extension.verbs import Block, VerbDictionary, VerbLine
from communique.extension.words import VERB_TARGET
from communique.ontology import Ontology

CODE = re.compile(r"(?P<first>\d{2,4}|---)?(?::(?P<second>\d{2,4}|---)?)?[!?]?")
ELEMENT = re.compile(r"\{[^}]*\}|\([^)]*\)|&\w+|[*+$%^]|[^\s{}()&*+$%^_]+(?:_[^\s{}()&*+$%^_]+)*_?")
PREPOSITIONS = frozenset(
    "about across after against along among around as at before behind between beyond by during for from in into near "
    "of off on onto out over through to toward towards under up upon with within without down away forward back "
    "together aside apart".split()
)
AUXILIARIES = frozenset("is are am was were be been being has have had having".split())
# What stands before the verb and tells how the act stands; the grammar finds that out for itself.
STANDING = frozenset(
    "not no never cannot would will could should shall must may might can do does did to said says say if whether "
    "fail failed refuse refused unable without unlikely likely want wants".split()
)


@dataclass(frozen=True, slots=True)
class Unused:
    """A line of a dictionary that has no translation, and why."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Translated:
    """What came out of a dictionary: senses of patterns and of bare verbs, the classes of words that they name.

    ``used`` counts the lines that were translated; the others are ``unused``.
    """

    patterns: list[Sense] = field(default_factory=list)
    verbs: list[Sense] = field(default_factory=list)
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: int = 0
    unused: list[Unused] = field(default_factory=list)


class NoTranslation(Exception):  # noqa: N818 - reads as what it says; never leaves this module
    """A pattern or code that the lexicon has no terms for; the message says why."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern in the lexicon's terms."""

    others: tuple[str, ...] = ()
    objects: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    target: tuple[str, ...] = VERB_TARGET
    flags: frozenset[str] = frozenset()


def translated(dictionary: VerbDictionary, known: Ontology) -> Translated:
    """Return the senses of a verb dictionary and what of it has no translation. Nothing is left out in silence."""
    return Translation(dictionary, known).done()


class Translation:
    """The work on one dictionary; ``result`` fills as the blocks are read."""

    def __init__(self, dictionary: VerbDictionary, known: Ontology) -> None:
        self.dictionary, self.known = dictionary, known
        self.result = Translated()

    def done(self) -> Translated:
        """Translate block by block."""
        for line in self.dictionary.unread:
            why = "a transformation of clauses" if line.text.startswith("~") else "not understood"
            self._leave(line, why)
        for line in (member for members in self.dictionary.synonyms.values() for member in members):
            if len(_words(line.text)) > 2:
                self._leave(line, "a name of more than two words")
        for block in self.dictionary.blocks:
            verbs = [verb for line in block.verbs for verb in self._verb(line, block)]
            for line in block.patterns:
                self._pattern(line, block, verbs)
        self.result.unused.sort(key=lambda unused: unused.line)
        return self.result

    def _leave(self, line: VerbLine, why: str) -> None:
        text = f"{line.text} [{line.code}]" if line.code else line.text
        self.result.unused.append(Unused(line.line, text, why))

    # -- verbs ------------------------------------------------------------------------------------------------

    def _verb(self, line: VerbLine, block: Block) -> Iterator[tuple[str, ...]]:
        """Yield the verb's words, in TABARI's case each reading of its stem; its own sense goes to the result."""
        words = tuple(word.lower() for word in line.text.lstrip("+").split("_") if word)
        if "+" in line.text[1:] or not words:
            self._leave(line, "a verb that is not the first of its words")
            return
        if "-" in words[0]:
            self._leave(line, "a verb with a hyphen, of which the parser makes several words")
            return
        participle = words[0] in AUXILIARIES and len(words) > 1  # 'is determined'
        lemma, *others = words[1:] if participle else words
        readings = [(reading, *others) for reading in (_stems(lemma) if block.stems or participle else [lemma])]
        try:
            type_, code, flags = self._code(line, line.code if line.code is not None else block.code)
        except NoTranslation as reason:
            self._leave(line, str(reason))
            type_ = ""
        else:
            self.result.used += 1
            if type_:
                for reading in readings:
                    self.result.verbs.append(self._sense(reading, Frame(flags=flags), type_, code, line))
        yield from readings

    def _code(self, line: VerbLine, text: str) -> tuple[str, str, frozenset[str]]:
        """Return PLOVER's type ("" for no event), the CAMEO code and the flags that a pair of codes stands for."""
        match = CODE.fullmatch(text)
        if match is None or not (match["first"] or match["second"]):
            raise NoTranslation("the story is to be discarded" if "#" in text else "no CAMEO code")
        first, second = match["first"], match["second"]
        if not first or (first == "---" and second not in {None, "---"}):
            raise NoTranslation("a code for the target alone")
        if first == "---":
            return "", "", frozenset()
        code = self.known.codes.get(first if len(first) > 2 else first + "0")
        if code is None:
            raise NoTranslation("a code that CAMEO lacks")
        if second not in {None, first} and (first, second) != ("042", "043"):
            self._leave(line, "used, but for the second of its two codes")
        flags = frozenset({"mutual"}) if second == first else frozenset()
        # What is only said (CAMEO 01, 02) is no event in PLOVER.
        return code.type or "", first if len(first) > 2 else first + "0", flags

    def _sense(self, verb: Sequence[str], frame: Frame, type_: str, code: str, line: VerbLine) -> Sense:
        facts = self.known.codes.get(code)
        return Sense(
            lemma=verb[0],
            others=(*verb[1:], *frame.others),
            pos="verb",
            objects=frame.objects,
            type=type_,
            mode=facts.mode if facts else None,
            cameo=code,
            context=facts.context if facts else (),
            target=frame.target,
            flags=frame.flags,
            subject=frame.subject,
            origin=f"{self.dictionary.path.name}:{line.line}",
        )

    # -- patterns ---------------------------------------------------------------------------------------------

    def _pattern(self, line: VerbLine, block: Block, verbs: Sequence[Sequence[str]]) -> None:
        try:
            frames = [f for text in _variants(line.text) for f in self._frames(text, stems=block.stems)]
            type_, code, flags = self._code(line, line.code or "")
        except NoTranslation as reason:
            self._leave(line, str(reason))
            return
        if not verbs:
            self._leave(line, "a pattern of verbs that are not used")
            return
        self.result.used += 1
        for frame, verb in product(frames, verbs):
            whole = replace(frame, flags=frame.flags | flags)
            self.result.patterns.append(self._sense(verb, whole, type_, code if type_ else "", line))

    def _frames(self, text: str, *, stems: bool) -> Iterator[Frame]:
        elements = ELEMENT.findall(re.sub(r"_?\*_?", " * ", text))
        if elements.count("*") != 1:
            raise NoTranslation("no single verb in the pattern")
        at = elements.index("*")
        subject, flags, before = self._before(elements[:at], stems=stems)
        after, target, passive = self._after(elements[at + 1 :], stems=stems)
        if passive or before == "+":
            flags |= {"passive"}
            target = ("object", "object_of_verb")
        if not (after or subject or flags or target):
            raise NoTranslation("no words beside the verb")
        if not target:
            # 'attacked the town with rockets': the words are not those that name the target.
            target = ("object_of_verb", *VERB_TARGET) if PREPOSITIONS & set(after) else VERB_TARGET
        for others in _orders(after, stems=stems):
            # The last word is what the act is done to, or a further word of the act.
            if others and others[-1].startswith("@"):
                yield Frame(others[:-1], frozenset({others[-1]}), subject, target, flags)
            yield Frame(others, frozenset(), subject, target, flags)

    def _before(self, elements: Sequence[str], *, stems: bool) -> tuple[frozenset[str], frozenset[str], str]:
        """Return what the subject must be, the flags, and which party stands before the verb."""
        flags: frozenset[str] = frozenset()
        party = ""
        nouns = []
        for element in elements:
            words = set(_words(element))
            if element in {"+", "$"}:
                party = element
            elif element == "%":
                flags = frozenset({"mutual", "plural"})
            elif element == "^" or words <= AUXILIARIES or element.startswith(("&AUXVERB", "&TOBEVERB")):
                continue
            elif words & STANDING:
                raise NoTranslation("a negation, modal verb or report before the verb")
            elif element.endswith("LY"):
                raise NoTranslation("an adverb before the verb")
            else:
                nouns.append(element)
        if len(nouns) > 1 or any(noun.startswith("(") for noun in nouns):
            raise NoTranslation("several words before the verb")
        return frozenset(self._class(noun, stems=stems) for noun in nouns), flags, party

    def _after(self, elements: Sequence[str], *, stems: bool) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Return the words after the verb, where the target stands (nothing: anywhere), and whether it is passive."""
        words: list[str] = []
        target: tuple[str, ...] = ()
        passive = False
        flat = [inner for element in elements for inner in _flattened(element)]
        for i, element in enumerate(flat):
            if element == "+":
                preposition = words[-1] if words and not words[-1].startswith("@") else ""
                target = ("object", preposition) if preposition else ("object_of_verb", "object")
            elif element == "$":
                if not words or words[-1] != "by":
                    raise NoTranslation("the source after the verb")
                words.pop()
                passive = True
            elif element == "%":
                raise NoTranslation("both parties after the verb")
            elif element == "^" or (element.lower().strip("_") in AUXILIARIES):
                continue
            else:
                words += self._word(element, stems=stems)
            if i > 7:
                raise NoTranslation("more than eight words")
        return tuple(words), target, passive

    def _word(self, element: str, *, stems: bool) -> list[str]:
        """Return a function word as it is, anything else as a class; compounds with a function word come in parts."""
        parts = _words(element)
        if element.startswith(("{", "&")):
            return [self._class(element, stems=stems)]
        if any(part in PREPOSITIONS for part in parts) or len(parts) > 2:
            return [part if part in PREPOSITIONS else self._class(part, stems=stems) for part in parts]
        return [self._class(element, stems=stems)]

    def _class(self, element: str, *, stems: bool) -> str:
        """Return "@" and the name of the class of an element, which is made when it is first met."""
        # The file's name sets its classes apart from those of triggers.toml and of other dictionaries.
        key = f"{self.dictionary.path.stem}:{'-'.join(element.strip('{} _').lower().split())}"
        if key not in self.result.classes:
            names = [name for option in element.strip("{} ").split("|") for name in self._names(option)]
            # The parser makes two words of 'cease-fire'.
            names += [tuple(name[0].split("-")) for name in names if len(name) == 1 and name[0].count("-") == 1]
            forms = [(*name[:-1], form) for name in names for form in _forms(name[-1], stems=stems)]
            self.result.classes[key] = tuple(" ".join(form) for form in forms if all(form))
        return f"@{key}"

    def _names(self, element: str) -> list[tuple[str, ...]]:
        """Return the names that an element means, of one or two words: 'MILITARY ADVISERS', '&SHIP', '&SHIP CREW'."""
        options = [self._synonyms(part) if part.startswith("&") else [_words(part)] for part in element.split()]
        names = [tuple(word for part in choice for word in part) for choice in product(*options)]
        short = [name for name in names if 0 < len(name) <= 2]
        if not short:
            raise NoTranslation("a name of more than two words")
        return short

    def _synonyms(self, element: str) -> list[list[str]]:
        name = element[1:].strip("_")
        if name not in self.dictionary.synonyms:
            raise NoTranslation("a synonym set that the dictionary lacks")
        return [_words(member.text) for member in self.dictionary.synonyms[name]]


def _words(element: str) -> list[str]:
    return [word.lower() for word in re.split(r"[\s_{}()|&]+", element) if word]


def _variants(text: str) -> list[str]:
    """Return the pattern with each of its alternative prepositions.

    >>> _variants("* (BY/WITH SANCTIONS)")
    ['* (BY SANCTIONS)', '* (WITH SANCTIONS)']
    """
    for choice in re.finditer(r"[A-Z]+(?:/[A-Z]+)+", text):
        options = choice[0].split("/")
        if all(option.lower() in PREPOSITIONS for option in options):
            start, end = choice.span()
            return [variant for option in options for variant in _variants(text[:start] + option + text[end:])]
    return [text]


def _flattened(element: str) -> list[str]:
    """Return the elements within the parentheses of a prepositional phrase, else the element itself."""
    return ELEMENT.findall(element[1:-1]) if element.startswith("(") else [element]


def _orders(words: tuple[str, ...], *, stems: bool) -> list[tuple[str, ...]]:
    """Return the orders in which words may hang on each other, the likely first.

    "To" may begin an infinitive, on which it hangs itself ('agreed to meet'), and TABARI marks no noun phrases.

    >>> _orders(("to", "@meet"), stems=False), _orders(("@naval", "@base"), stems=True)
    ([('to', '@meet'), ('@meet',)], [('@naval', '@base'), ('@base', '@naval')])
    """
    orders = [words]
    for i, (one, other) in enumerate(pairwise(words)):
        if one == "to" and other.startswith("@"):
            orders += [order for rest in _orders(words[i + 1 :], stems=stems) for order in [(*words[:i], *rest)]]
            break
        if stems and one.startswith("@") and other.startswith("@"):
            orders.append((*words[:i], other, one, *words[i + 2 :]))
            break
    return orders


def _forms(word: str, *, stems: bool) -> list[str]:
    """Return the lemmas and forms by which a noun may be found: itself, its singular, for a stem its likely ends."""
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        forms.append(word[:-1])
    if stems:
        forms += [word + end for end in ("e", "y", "ion", "ing", "ment")]
        forms += _stems(word)
    return list(dict.fromkeys(forms))


def _stems(stem: str) -> list[str]:
    """Return the lemmas that a TABARI stem may begin: 'accus' → accuse, 'carr' → carry, 'attacked' → attack.

    >>> _stems("accus")
    ['accus', 'accuse', 'accusy']
    """
    found = [stem, stem + "e", stem + "y"]
    for end in ("ied", "ed", "ing", "i"):
        if stem.endswith(end) and len(stem) > len(end) + 2:
            root = stem.removesuffix(end)
            found += [root + "y"] if end.startswith("i") and end != "ing" else [root, root + "e"]
    if stem[-1:] == stem[-2:-1]:
        found.append(stem[:-1])
    return list(dict.fromkeys(found))
