"""A user's own ontology beside PLOVER: event types, words and dictionaries of one YAML file.

The form of the file is in ``form``; PETRARCH's and TABARI's dictionaries are read by ``verbs``, ``patterns`` and
``actors``; ``examples`` codes the file's example sentences.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from communique.actors.lexicon import Lexicon as ActorLexicon
from communique.actors.lexicon import built
from communique.actors.lexicon import lexicon as packaged_actors
from communique.events.lexicon import Lexicon, extended
from communique.events.lexicon import lexicon as packaged_triggers
from communique.extension.actors import Named, read_actors, with_names
from communique.extension.form import Form, read_form
from communique.extension.patterns import Translated, Unused, translated
from communique.extension.rows import read_rows
from communique.extension.verbs import content, read_verbs
from communique.extension.words import own_classes, own_senses, own_types, word_classes
from communique.ontology import Ontology
from communique.ontology import ontology as packaged_ontology

__all__ = ["Dictionary", "Extension", "Unused"]


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


class Extension:
    """PLOVER with what a user's file adds. Dictionaries are read when what they hold is first asked for.

    The user's own words are tried first, then the patterns of verb dictionaries, PLOVER's own words, and last the
    dictionaries' verbs that stand alone. ``Extension(path)`` and its properties raise KnowledgeError, with file and
    line, when a file is missing or wrong.
    """

    def __init__(self, path: str | Path) -> None:
        self.form: Form = read_form(path)
        packaged, triggers = packaged_ontology(), packaged_triggers()
        self.ontology: Ontology = replace(packaged, types={**packaged.types, **own_types(self.form, packaged)})
        classes = own_classes(self.form, triggers.classes)
        self._words = word_classes(classes)
        self._senses = list(own_senses(self.form, self.ontology, {*triggers.classes, *classes}))

    @cached_property
    def triggers(self) -> Lexicon:
        """The packaged lexicon of triggers with the user's words and those of the verb dictionaries."""
        lexicon = packaged_triggers()
        for found in self._verbs:
            classes = word_classes(found.classes)
            lexicon = extended(lexicon, before=found.patterns, after=found.verbs, classes=classes)
        return extended(lexicon, before=self._senses, after=(), classes=self._words)

    @cached_property
    def actors(self) -> ActorLexicon:
        """The packaged lexicon of actors with the user's own rows and what the actor dictionaries hold."""
        lexicon = packaged_actors()
        if self.form.actors:
            lexicon = built(read_rows(self.form.actors, packaged_ontology(), lexicon.states))
        for named in self._actors:
            lexicon = with_names(lexicon, named)
        return lexicon

    @property
    def dictionaries(self) -> tuple[Dictionary, ...]:
        """What of each dictionary is used, in the file's order, verbs first."""
        files = (*self.form.petrarch_verbs, *self.form.petrarch_actors)
        found: tuple[Translated | Named, ...] = (*self._verbs, *self._actors)
        return tuple(Dictionary(file, one.used, tuple(one.unused)) for file, one in zip(files, found, strict=True))

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that depend on the content of all files, and on it alone."""
        files = (self.form.path, *self.form.actors, *self.form.petrarch_verbs, *self.form.petrarch_actors)
        sums = (hashlib.sha256(content(file)).digest() for file in files)
        return hashlib.sha256(b"".join(sums)).hexdigest()[:12]

    @cached_property
    def _verbs(self) -> list[Translated]:
        return [translated(read_verbs(file), self.ontology) for file in self.form.petrarch_verbs]

    @cached_property
    def _actors(self) -> list[Named]:
        states = packaged_actors().states
        return [read_actors(file, packaged_ontology(), states) for file in self.form.petrarch_actors]
