"""Articles of an archive → what was uttered in them, with its claims."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from communique import language
from communique.actors.lexicon import Lexicon, lexicon, straight
from communique.positions.answers import TAKING_BACK, Uttered
from communique.positions.claims import Reader, Said
from communique.positions.sides import OFFICIAL, Side
from communique.positions.vocabulary import Mood, Vocabulary
from communique.quick import quicken
from communique.records import Actor, Article, Coding, Event, Span, Statement
from communique.stories.sightings import ordinal
from communique.syntax import SUBJECTS

BY_CUE = "cue "
"""How the basis of an act begins that the speaker's verb decided."""
# Marks within a sentence, around words that begin small: '… rejects “in totality” the ruling'.
SCARE_QUOTES = re.compile(r"(?<=[\w,] )([“\"])[a-z][^“”\"]{0,80}?\w([”\"])(?= [a-z])")
THIS = frozenset({"this", "that", "it", "these", "those"})
MOOD_OF_ACT: Mapping[str, Mood] = {
    "demand": "due", "appeal": "due", "offer": "future", "promise": "future", "threaten": "future", "warn": "possible",
}  # fmt: skip
TRUTH = frozenset({
    "true", "untrue", "false", "wrong", "absurd", "baseless", "groundless", "ridiculous", "unacceptable", "nonsense",
    "lie", "fake", "fabrication", "unfounded", "rubbish",
})  # fmt: skip
ANY_CLAIM = frozenset({"accuse", "assert", "criticise", "warn", "express"})


def parser(model: str | None = None) -> Language:
    """Return the pipeline that parses paragraphs: the language model without names, and our repairs."""
    nlp = quicken(language.load_model(model))
    if "ner" in nlp.pipe_names:
        nlp.disable_pipe("ner")
    nlp.add_pipe("communique_sentences", before="parser")
    nlp.add_pipe("communique_repairs")
    return nlp


def irregular(nlp: Language) -> dict[str, list[str]]:
    """Return the forms that no ending makes by their word, and the words by such forms: 'withdraw' and 'withdrew'."""
    found: dict[str, list[str]] = defaultdict(list)
    tables = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_exc", {})  # type: ignore[attr-defined] # spaCy's own
    for part in ("verb", "noun"):
        for form, lemmas in tables.get(part, {}).items():
            for lemma in lemmas:
                found[lemma].append(form)
                found[form].append(lemma)
    return dict(found)


@dataclass(frozen=True)
class Paragraph:
    """A parsed paragraph, and where each of its tokens begins in the article's text."""

    doc: Doc
    offsets: Sequence[int]

    def tokens(self, span: Span) -> range:
        """Return the tokens that lie in a span of the article's text."""
        first = bisect_left(self.offsets, span[0])
        last = bisect_left(self.offsets, span[1])
        while last > first and self.offsets[last - 1] + len(self.doc[last - 1]) > span[1]:
            last -= 1
        return range(first, last)


@dataclass(frozen=True)
class _Place:
    """A record and the paragraph that it stands in."""

    record: Statement | Event
    order: int
    side: int
    actors: tuple[Actor, ...]
    paragraph: Span


class Readings:
    """Reads codings for some sides."""

    def __init__(self, sides: Sequence[Side], words: Vocabulary, nlp: Language) -> None:
        self.sides = sides
        self.words = words
        self.nlp = nlp
        self.lexicon: Lexicon = lexicon()

    def uttered(self, codings: Iterable[Coding]) -> Iterator[tuple[Coding, list[Uttered]]]:
        """Yield each coding with all that is uttered in it, in text order; of the sides with claims, else without.

        The side of whoever is of none is -1.
        """
        for coding in codings:
            places = list(self._places(coding))
            wanted = sorted({place.paragraph for place in places if place.side >= 0})
            bare = [_without_scare_quotes(self.nlp.make_doc(coding.article.text[slice(*span)])) for span in wanted]
            docs = {
                span: Paragraph(doc, [span[0] + offset for offset in offsets])
                for span, doc, (_, offsets) in zip(wanted, self.nlp.pipe([doc for doc, _ in bare]), bare, strict=True)
            }
            known = _named(coding)
            names = {span: self._names(paragraph.doc, known) for span, paragraph in docs.items()}
            yield coding, [self._uttered(place, coding.article, docs, names) for place in places]

    def _places(self, coding: Coding) -> Iterator[_Place]:
        records: list[tuple[int, Statement | Event]] = [(_start(s), s) for s in coding.statements]
        spans = [span for statement in coding.statements for span in statement.content]
        records += [
            (e.trigger[0], e)
            for e in coding.events
            if e.type == "REJECT" and not any(start <= e.trigger[0] < end for start, end in spans)
            and e.statement is None and e.status == "happened"
        ]  # fmt: skip
        speaking = [side.spokesmen(_told_of(coding)) for side in self.sides]
        for order, (start, record) in enumerate(sorted(records, key=lambda pair: (pair[0], pair[1].id))):
            side, actors = self._side(record, speaking)
            paragraph = next((p for p in coding.article.paragraphs if p[0] <= start < p[1]), (0, 0))
            yield _Place(record, order, side, actors, paragraph)

    def _side(self, record: Statement | Event, speaking: Sequence[frozenset[str]]) -> tuple[int, tuple[Actor, ...]]:
        """Return the number of the side that a record is of, and who speaks or rejects.

        ``speaking`` are the ids of who speaks for each side all over the page.
        """
        if isinstance(record, Event):
            speakers = [(actor, actor.mention.text if actor.mention else actor.name) for actor in record.source]
        elif record.speaker is not None:
            speakers = [(record.speaker.actor, record.speaker.mention.text)]  # type: ignore[list-item]
        else:
            speakers = []
        actors = tuple(actor for actor, _ in speakers if actor is not None)
        for number, side in enumerate(self.sides):
            if any(side.has(actor, mention) for actor, mention in speakers):
                return number, actors
        for number, ids in enumerate(speaking):
            if any(actor.id in ids for actor in actors):
                return number, actors
        return -1, actors

    def _uttered(
        self, place: _Place, article: Article, docs: Mapping[Span, Paragraph], names: Mapping[Span, Mapping[int, str]]
    ) -> Uttered:
        record, act = place.record, place.record.act if isinstance(place.record, Statement) else "reject"
        keys = frozenset(key for actor in place.actors for key in keys_of(actor))
        day = ordinal((_said_on(record) or article.day or "").partition("/")[0])
        taken_back = act in TAKING_BACK and (
            isinstance(record, Event) or record.basis.get("act", "").startswith(BY_CUE)
        )
        bare = Uttered(
            record, place.side, keys, day, place.order, act, (), taken_back, (),
            isinstance(record, Statement) and record.negated,
        )  # fmt: skip
        if place.side < 0 or place.paragraph not in docs:
            return bare
        paragraph = docs[place.paragraph]
        said = self._said(record, paragraph, keys)
        if not said.content:
            return bare
        if isinstance(record, Statement) and record.conditional:
            return bare
        reader = Reader(paragraph.doc, said, names[place.paragraph], self.words)
        claims = tuple(c._replace(negative=not c.negative) if taken_back else c for c in reader.claims())
        if taken_back and act == "reject":
            # To reject a meeting is not to mean it; to reject a charge, that it is so.
            claims += tuple(c._replace(mood="future") for c in claims if c.is_noun and c.mood == "fact")
        if taken_back:
            # 'Ruled out an apology', 'denied an attack': one's own, if nobody else's.
            claims = tuple(c._replace(subject=c.subject or keys) if c.is_noun else c for c in claims)
        reports = tuple(self._reports(reader, names[place.paragraph], act))
        return msgspec.structs.replace(
            bare,
            claims=claims,
            reports=reports,
            matters=reader.matters(),
            sentence=_sentence(record, paragraph, article),
        )

    def _said(self, record: Statement | Event, paragraph: Paragraph, keys: frozenset[str]) -> Said:
        doc = paragraph.doc
        spans = record.content if isinstance(record, Statement) else (record.evidence,)
        cue = record.cue if isinstance(record, Statement) else record.trigger
        content = frozenset(i for span in spans for i in paragraph.tokens(span))
        cues = frozenset(paragraph.tokens(cue)) if cue is not None else frozenset[int]()
        if isinstance(record, Event):
            # What is rejected: all below the verb but who rejects.
            cues = frozenset(sorted(cues)[:1])
            below = {t.i for i in cues for t in doc[i].subtree}
            content &= below - {t.i for i in cues for c in doc[i].children if c.dep_ in SUBJECTS for t in c.subtree}
            return Said(content - cues, cues, keys, is_direct=False)
        mood = MOOD_OF_ACT.get(record.act, "fact") if record.cue is not None else "fact"
        return Said(content - cues, cues, keys, record.kind == "direct", mood)

    def _names(self, doc: Doc, known: Mapping[str, str]) -> dict[int, str]:
        """Return the keys of named actors by token: by the knowledge tables, or by words ``known`` on the page."""
        found: dict[int, str] = {}
        i = 0
        while i < len(doc):
            length = self.lexicon.longest_name(doc[i].text)
            for n in range(min(length, len(doc) - i), 0, -1):
                readings = self.lexicon.names.get(straight(doc[i : i + n].text), [])
                key = next((r.country or (r.actor and (r.actor.country or r.actor.id)) for r in readings), None)
                if key:
                    found |= dict.fromkeys(range(i, i + n), f"@{key}")
                    i += n - 1
                    break
            else:
                if doc[i].text in known and doc[i].pos_ == "PROPN":
                    found[i] = known[doc[i].text]
            i += 1
        return found

    def _reports(
        self, reader: Reader, names: Mapping[int, str], act: str
    ) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
        words = {reader.doc[i].lower_ for i in reader.said.content}
        if act not in TAKING_BACK and not words & TRUTH:
            return
        nouns = reader.report_nouns()
        for noun in nouns:
            owners = frozenset(names[t.i] for t in noun.subtree if t.i in names)
            yield noun.lemma_.lower(), self.words.reports[noun.lemma_.lower()], owners
        if not nouns and words & THIS and act in TAKING_BACK and (words & TRUTH or not reader.names_something()):
            yield "this", ANY_CLAIM, frozenset()


def _told_of(coding: Coding) -> Iterator[Actor]:
    """Yield the actors of a coding's records as they are mentioned there."""
    for statement in coding.statements:
        if statement.speaker is not None and statement.speaker.actor is not None:
            yield statement.speaker.actor
    for event in coding.events:
        yield from (*event.source, *event.target)


def _sentence(record: Statement | Event, paragraph: Paragraph, article: Article) -> str:
    """Return the sentences that hold a record's content, its cue and, in the same paragraph, its speaker."""
    if isinstance(record, Statement):
        spans = [*record.content, *([record.cue] if record.cue is not None else [])]
        speaker = record.speaker.mention if record.speaker is not None else None
        spans += [(speaker.start, speaker.end)] if speaker is not None else []
    else:
        spans = [record.evidence]
    tokens = [paragraph.doc[i] for span in spans for i in paragraph.tokens(span)]
    first, last = min(tokens).sent, max(tokens).sent
    start, end = paragraph.offsets[first.start], paragraph.offsets[last.end - 1] + len(paragraph.doc[last.end - 1])
    return " ".join(article.text[start:end].split())


def keys_of(actor: Actor) -> tuple[str, ...]:
    """Return the keys of an actor: whoever is a person or of no country, and the country that it speaks for."""
    own = (f"@{actor.id}",) if actor.id is not None and (actor.kind == "person" or actor.country is None) else ()
    speaks = actor.country and (not own or actor.sector in OFFICIAL)
    return (*own, *((f"@{actor.country}",) if speaks else ()))


def _named(coding: Coding) -> dict[str, str]:
    """Return the keys of an article's actors by each word of their names."""
    return {
        word: key
        for actor in _actors(coding)
        if actor.mention is not None
        for word in actor.mention.text.split()
        if word[:1].isupper()
        for key in keys_of(actor)[:1]
    }


def _actors(coding: Coding) -> Iterator[Actor]:
    for statement in coding.statements:
        for party in (statement.speaker, statement.addressee):
            if party is not None and party.actor is not None:
                yield party.actor
    for event in coding.events:
        yield from (*event.source, *event.target)


def _start(statement: Statement) -> int:
    return min(start for start, _ in statement.content)


def _said_on(record: Statement | Event) -> str | None:
    return record.said_on if isinstance(record, Statement) else record.date


def _without_scare_quotes(doc: Doc) -> tuple[Doc, list[int]]:
    """Return a text's tokens without the marks around a few words of a sentence, and the offset of each token.

    'Moscow seeks to “threaten” its neighbour' is parsed as two sentences with its marks, and rightly without them.
    """
    marks = {
        i
        for match in SCARE_QUOTES.finditer(doc.text)
        for start in (match.start(1), match.end(2) - 1)
        if (span := doc.char_span(start, start + 1)) is not None
        for i in range(span.start, span.end)
    }
    kept = [token for token in doc if token.i not in marks]
    spaces = [
        bool(token.whitespace_) or (token.i + 1 in marks and bool(doc[token.i + 1].whitespace_)) for token in kept
    ]
    made = Doc(doc.vocab, words=[token.text for token in kept], spaces=spaces)
    for token, before in zip(made, kept, strict=True):
        token.norm_ = before.norm_  # that “n’t” is “not” only the tokenizer knows
    return made, [token.idx for token in kept]
