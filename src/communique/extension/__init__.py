"""A user's own ontology beside PLOVER: event types, words and dictionaries of one YAML file.

The form of the file is in ``form``; PETRARCH's and TABARI's dictionaries are read by ``verbs``, ``patterns`` and
``actors``; ``examples`` codes the file's example sentences.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from communique.actors.lexicon import Lexicon as ActorLexicon
from communique.actors.lexicon import lexicon as packaged_actors
from communique.events.lexicon import Lexicon, extended
from communique.events.lexicon import lexicon as packaged_triggers
from communique.extension.actors import Named, read_actors, with_names
from communique.extension.form import Form, read_form
from communique.extension.patterns import Translated, Unused, translated
from communique.extension.verbs import read_verbs
from communique.extension.words import own_classes, own_senses, own_types
from communique.ontology import Ontology
from communique.ontology import ontology as packaged_ontology

__all__ = ["Dictionary", "Extension", "Unused", "actor_lexicon", "read"]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary that has been read: how many entries and patterns are used, and the lines that are not."""

    path: Path
    used: int
    unused: tuple[Unused, ...]

    def __str__(self) -> str:
        counts = Counter(line.why for line in self.unused)
        reasons = "; ".join(f"{count} {why}" for why, count in counts.most_common())
        return f"{self.path}: {self.used} entries and patterns used, {len(self.unused)} not" + (
            f": {reasons}" if reasons else ""
        )


@dataclass(frozen=True, slots=True)
class Extension:
    """PLOVER with what the user's file adds. ``digest`` depends on the content of all files read, and on it alone."""

    form: Form
    ontology: Ontology
    lexicon: Lexicon
    verbs: tuple[Dictionary, ...]
    digest: str


def read(path: str | Path) -> Extension:
    """Read a user's ontology with its verb dictionaries.

    Raises KnowledgeError, with file and line, when a file is missing or wrong.
    """
    form = read_form(path)
    packaged, triggers = packaged_ontology(), packaged_triggers()
    known = replace(packaged, types={**packaged.types, **own_types(form, packaged)})
    classes = own_classes(form, triggers.classes)
    senses = list(own_senses(form, known, {*triggers.classes, *classes.members}))
    lexicon = extended(triggers, first=senses, beside=(), classes=classes)
    verbs = []
    for file in form.petrarch_verbs:
        found: Translated = translated(read_verbs(file), known)
        lexicon = extended(lexicon, first=(), beside=found.senses, classes=found.word_classes)
        verbs.append(Dictionary(file, found.used, tuple(found.unused)))
    return Extension(form, known, lexicon, tuple(verbs), _digest(form))


def actor_lexicon(path: str | Path) -> tuple[ActorLexicon, tuple[Dictionary, ...]]:
    """Return the lexicon of actors with the names of the file's actor dictionaries, and what of these is used.

    Raises KnowledgeError when a file is missing or wrong.
    """
    form = read_form(path)
    lexicon, read_ = packaged_actors(), []
    for file in form.petrarch_actors:
        named: Named = read_actors(file, packaged_ontology(), lexicon.states)
        lexicon = with_names(lexicon, named)
        read_.append(Dictionary(file, named.used, tuple(named.unused)))
    return lexicon, tuple(read_)


def _digest(form: Form) -> str:
    sums = (hashlib.sha256(file.read_bytes()).digest() for file in _files(form))
    return hashlib.sha256(b"".join(sums)).hexdigest()[:12]


def _files(form: Form) -> Iterator[Path]:
    yield form.path
    yield from form.petrarch_verbs
    yield from (file for file in form.petrarch_actors if file.is_file())
