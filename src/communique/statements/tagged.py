"""The grammar's attributions and the tagger's as one list: the tagger's words, and what the grammar knows of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from communique.statements.attribution import Attribution, ByToken
from communique.statements.contents import Part, Quoted, joined, overlapping
from communique.statements.cues import VERB_TAGS, Cue, Cues
from communique.statements.frames import is_silence
from communique.statements.verbs import addressee
from communique.syntax import antecedent
from communique.tagging.tags import Tagged

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
IMPERSONAL = frozenset({"you", "anyone", "nobody", "there", "what"})
# The marks and the comma or stop within them.
MARKS = 3


def with_tags(
    doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted], *, cues: Cues
) -> Iterator[Attribution]:
    """Yield the attributions that the tagger sees, and those of the grammar that it does not contradict.

    The tagger has learned where people draw the bounds of source, cue and content, so its words stand; of what the
    grammar found too, rule, verb and addressee are the grammar's. What only the grammar finds is left out where it
    crosses a content of the tagger's; within one it may be speech within speech, which the tagger was not taught.
    """
    by_cue = {i: tag for tag in doc._.tagged for i in range(*tag.cue)}
    matched: dict[Tagged, Attribution] = {}
    alone: list[Attribution] = []
    for one in found:
        tag = next((by_cue[i] for i in range(*one.cue) if i in by_cue), None) if one.cue is not None else None
        if tag is None:
            alone.append(one)
        elif tag not in matched or _shared(one, tag) > _shared(matched[tag], tag):
            matched[tag] = one
    claims, contents = _claims(alone), ByToken()
    for tag in doc._.tagged:
        if not any(_has_words(doc, part) for part in tag.content):
            continue
        whole = _with_claims(_made(doc, tag, matched.get(tag), quotes, cues=cues), claims)
        for made in _utterances(doc, whole, quotes):
            if _says_something(doc, made) and not _is_nobodys(made):
                contents.add(made)
                yield made
    for one in alone:
        near = {other for i in one.tokens() for other in contents.at(i)}
        if all(one.inside(other) for other in near):
            yield one


def _claims(found: Sequence[Attribution]) -> dict[int, list[Attribution]]:
    """Claims that nouns name ('Oslo’s suggestion that …') by the tokens of noun and content."""
    claims: dict[int, list[Attribution]] = defaultdict(list)
    for one in found:
        if one.rule == "noun" and one.cue is not None and one.source is not None:
            for i in {one.cue[0], *one.tokens()}:
                claims[i].append(one)
    return claims


def _with_claims(whole: Attribution, claims: Mapping[int, Sequence[Attribution]]) -> Attribution:
    """The attribution with all of the claims that it is about: 'rejected Oslo’s suggestion, made on air, that …'.

    Where the tagger sees only what is claimed as the content, the noun belongs to it: the claim is Oslo's.
    """
    inside = whole.tokens()
    parts = list(whole.content)
    for one in {one for i in inside for one in claims.get(i, ())}:
        if one.cue is None or one.source is None or one.source == whole.source:
            continue
        if one.cue[0] in inside or 2 * len(inside & one.tokens()) > len(one.tokens()):
            parts += [(min(one.source.left_edge.i, one.cue[0]), one.cue[1]), *one.content]
    return replace(whole, content=joined(parts))


def _utterances(doc: Doc, whole: Attribution, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Yield what the cue reports, then the quotations of the sentences after it, each as what goes on from it.

    The tagger has learned to take '“A,” she said. “B.”' for one content, where the records have one for each.
    """
    after = whole.cue[1] if whole.cue is not None else 0
    cuts = [
        quote.start
        for quote in overlapping(quotes, max(after, whole.start + 1), whole.end)
        if quote.start > max(after, whole.start) and doc[quote.start].is_sent_start
    ]
    bounds = [whole.start, *cuts, whole.end]
    last = whole
    for start, end in pairwise(bounds):
        parts = tuple((max(a, start), min(b, end)) for a, b in whole.content if a < end and start < b)
        if parts and start == whole.start:
            last = whole = replace(whole, content=parts)
            yield whole
        elif parts:
            last = Attribution(
                whole.source, None, parts, "continued", continues=last, named=whole.named, score=whole.score
            )
            yield last


def _says_something(doc: Doc, one: Attribution) -> bool:
    """Tell whether a content holds more than marks and words like 'so'; 'rejected the demand' does not say which."""
    words = [doc[i] for i in one.tokens() if not (doc[i].is_stop or doc[i].is_punct or doc[i].is_space)]
    points_back = len(words) == 1 and words[0].pos_ == "NOUN" and any(c.tag_ == "DT" for c in words[0].children)
    return bool(words) and not (points_back and one.rule == "tagger")


def _is_nobodys(one: Attribution) -> bool:
    """Tell whether nobody in particular speaks, or is silent: 'you might say that …', 'declined to comment'."""
    if one.rule != "tagger" or one.verb is None or one.source is None:
        return False
    is_anybody = one.source.lower_ == "one" and any(c.tag_ == "MD" for c in one.verb.children)
    is_silent = any(c.i >= one.start and c.dep_ == "xcomp" and is_silence(c) for c in one.verb.children)
    return is_anybody or is_silent or one.source.lower_ in IMPERSONAL


def _shared(one: Attribution, tag: Tagged) -> int:
    return sum(len(range(max(a, c), min(b, d))) for a, b in one.content for c, d in tag.content)


def _made(doc: Doc, tag: Tagged, known: Attribution | None, quotes: Sequence[Quoted], *, cues: Cues) -> Attribution:
    verb, reporting = (known.verb, known.reporting) if known is not None else _reporting(doc, tag.cue, cues=cues)
    named = next((part for part in tag.source if _head(doc, part) is not None), None)
    source = _head(doc, named) if named is not None else None
    if named is not None and source is not None and source.lower_ in RELATIVE:
        named, source = None, antecedent(source)
    if source is None and known is not None:
        source = known.source
    spoken_to = known.addressee if known is not None else None
    if known is None and verb is not None and reporting is not None:
        spoken_to = addressee(verb, reporting)
    return Attribution(
        source=source,
        cue=_without_marks(doc, tag.cue),
        content=joined([_with_marks(part, quotes) for part in _bridged(doc, tag.content)]),
        rule=known.rule if known is not None else "tagger",
        addressee=spoken_to,
        reporting=reporting,
        verb=verb,
        named=named,
        score=tag.score,
    )


def _head(doc: Doc, part: Part) -> Token | None:
    """The head of the noun phrase that some words are, None if they are none."""
    inside = range(*part)
    return next(
        (t for t in doc[part[0] : part[1]] if t.pos_ in NOMINAL and (t.head.i not in inside or t.head == t)), None
    )


def _reporting(doc: Doc, part: Part, *, cues: Cues) -> tuple[Token, Cue | None]:
    """The word of a cue that reports, and what the cue table knows of it."""
    words = doc[part[0] : part[1]]
    for word in words:
        cue = cues.of_verb(word)
        if cue is not None:
            return word, cue
    for word in words:
        cue = cues.nouns.get(word.lemma_.lower()) or cues.adjectives.get(word.lemma_.lower())
        if cue is not None:
            return word, cue
    return next((word for word in words if word.pos_ in VERB_TAGS and word.dep_ != "aux"), words.root), None


def _bridged(doc: Doc, parts: Sequence[Part]) -> list[Part]:
    """The parts that hold words, those with nothing but marks between them as one: annotators differ on commas."""
    found: list[Part] = []
    for start, end in parts:
        if not _has_words(doc, (start, end)):
            continue
        if found and not _has_words(doc, (found[-1][1], start)):
            start, _ = found.pop()
        found.append((start, end))
    return found


def _has_words(doc: Doc, part: Part) -> bool:
    return any(not (token.is_punct or token.is_space) for token in doc[part[0] : part[1]])


def _without_marks(doc: Doc, cue: Part) -> Part:
    """A cue of words without the marks at its edges: 'said:'; one that is a mark stays."""
    worded = [i for i in range(*cue) if not (doc[i].is_punct or doc[i].is_space)]
    return (worded[0], worded[-1] + 1) if worded else cue


def _with_marks(part: Part, quotes: Sequence[Quoted]) -> Part:
    """A part that holds a quotation but for its marks, with these."""
    start, end = part
    for quote in overlapping(quotes, start, end):
        if quote.start < start <= quote.start + MARKS and quote.end - MARKS <= end:
            start = quote.start
        if end < quote.end <= end + MARKS and start <= quote.start + MARKS:
            end = quote.end
    return start, end
