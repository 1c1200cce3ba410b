"""A user's words: classes of nouns, and the senses that verbs, nouns and patterns of a type have."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from communique.errors import KnowledgeError
from communique.events.lexicon import Sense, WordClasses, sense_of
from communique.extension.form import EventForm, Form, Pattern, listed
from communique.ontology import Ontology, TypeFacts

# Where words without a frame of their own look for whom the act is done to.
VERB_TARGET = ("object", "owner", "against", "on", "to", "with", "from", "inside", "of", "for")
NOUN_TARGET = ("of", "against", "on", "to", "with")


def own_types(form: Form, known: Ontology) -> dict[str, TypeFacts]:
    """Return the types that the user adds. Raises KnowledgeError for one that lacks a key or redefines PLOVER's."""
    return {
        name: _facts(name, entry, form, known)
        for name, entry in form.types.items()
        if not _is_plover(name, form, known)
    }


def own_classes(form: Form, packaged: Collection[str]) -> dict[str, Sequence[str]]:
    """Return the members of the user's classes of nouns by name.

    Raises KnowledgeError for the name of a packaged class or a member of three words.
    """
    found: dict[str, Sequence[str]] = {}
    for name, words in form.classes.items():
        where = form.where("classes", name)
        if name in packaged:
            raise KnowledgeError(f"class {name!r} is one of triggers.toml", where=where, remedy="choose another name")
        found[name] = listed(words)
        for word in found[name]:
            if len(word.split()) > 2:
                raise KnowledgeError(f"{word!r} has more than two words", where=where)
    return found


def word_classes(classes: Mapping[str, Sequence[str]]) -> WordClasses:
    """Return classes of nouns by name from their members, each of one word or of two ('fishing boat')."""
    members: dict[str, frozenset[str]] = {}
    modified: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for name, words in classes.items():
        parts = [word.lower().split() for word in words]
        members[name] = frozenset("-".join(part) for part in parts)
        for first, last in (part for part in parts if len(part) == 2):
            modified.setdefault(last, []).append((first, frozenset({f"{first}-{last}"})))
    return WordClasses(members, {noun: tuple(entries) for noun, entries in modified.items()})


def own_senses(form: Form, known: Ontology, classes: Collection[str]) -> Iterator[Sense]:
    """Yield the senses of all types. Raises KnowledgeError, with file and line, for a wrong pattern."""
    for name, entry in form.types.items():
        plain = [
            (Pattern(entry.verbs), ("types", name, "verbs")),
            (Pattern(entry.nouns, "noun"), ("types", name, "nouns")),
        ]
        rows = [(pattern, ("types", name, "patterns", i)) for i, pattern in enumerate(entry.patterns)]
        for pattern, keys in (*rows, *plain):
            where = form.where(*keys)
            for words in listed(pattern.words):
                if not words.strip():
                    raise KnowledgeError(f"{name} has a word without letters", where=where)
                yield sense_of(
                    words.lower(), _row(name, pattern, known, form), known=known, classes=classes, where=where
                )


def _row(name: str, pattern: Pattern, known: Ontology, form: Form) -> dict[str, str]:
    default = VERB_TARGET if pattern.pos == "verb" else NOUN_TARGET
    return {
        "type": name,
        "pos": pattern.pos,
        "object": "|".join(listed(pattern.object)),
        "subject": "|".join(listed(pattern.subject)),
        "target": "|".join(default if pattern.target is None else listed(pattern.target)),
        "flags": "|".join(listed(pattern.flags)),
        "mode": pattern.mode,
        "context": "|".join(listed(pattern.context)),
        "cameo": pattern.cameo or known.types[name].cameo,
        "origin": form.path.name,
    }


def _is_plover(name: str, form: Form, known: Ontology) -> bool:
    if name not in known.types:
        return False
    entry = form.types[name]
    for key in ("definition", "quad", "goldstein", "cameo", "recipient", "modes"):
        if getattr(entry, key):
            raise KnowledgeError(
                f"{name} is PLOVER's: its {key} is fixed", where=form.where("types", name, key), remedy="leave it out"
            )
    return True


def _facts(name: str, entry: EventForm, form: Form, known: Ontology) -> TypeFacts:
    where = form.where("types", name)
    if not entry.definition or entry.quad is None:
        missing = "quad" if entry.definition else "definition"
        raise KnowledgeError(f"{name} has no {missing}", where=where)
    if entry.quad not in {1, 2, 3, 4}:
        raise KnowledgeError(f"quad {entry.quad} is not 1 to 4", where=form.where("types", name, "quad"))
    if entry.goldstein is not None and not -10 <= entry.goldstein <= 10:
        raise KnowledgeError(
            f"goldstein {entry.goldstein} is not -10 to 10", where=form.where("types", name, "goldstein")
        )
    if entry.cameo and entry.cameo not in known.codes:
        raise KnowledgeError(f"unknown CAMEO code {entry.cameo!r}", where=form.where("types", name, "cameo"))
    own = known.codes[entry.cameo].goldstein if entry.cameo else 0.0
    return TypeFacts(
        quad=entry.quad,
        score=entry.goldstein if entry.goldstein is not None else own,
        recipient=bool(entry.recipient),
        cameo=entry.cameo or "",
        definition=entry.definition,
        modes=entry.modes,
        goldstein=entry.goldstein,
    )
