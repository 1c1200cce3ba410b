"""Is a name of the gazetteer a place where it stands? What the recogniser and its neighbours say of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from communique.places.context import (
    QUARTERS,
    has_article,
    heads_public_body,
    is_at_home,
    is_based,
    is_located,
    is_part_of_name,
    is_reached,
    is_surely_located,
    is_told,
    is_within_entity,
    relation,
)
from communique.places.gazetteer import DIVISIONS, Entry, folded
from communique.places.mentions import LOCATIVE, PATHS
from communique.places.names import Found
from communique.places.resolution import GOVERNED, TOWNS, is_small
from communique.places.towns import is_word

# A one-word name of a smaller place is taken only with a sign from its context: many are also words or surnames.
WELL_KNOWN = 100_000
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
TIME_LABELS = frozenset({"DATE", "TIME", "MONEY", "CARDINAL"})
# Of these a place can be the object; of 'with', 'by' and 'for' people are.
PREPOSITIONS = LOCATIVE - {"by", "over"} | PATHS - {"for", "through", "via"} | {"of", "between"}
NO_NAMES = frozenset("ADJ VERB ADV ADP DET PRON AUX CCONJ SCONJ PART INTJ NUM".split())


@dataclass(frozen=True, slots=True)
class Sight:
    """What the recogniser sees in a Doc: its entities by token, and the surnames of the people named in full."""

    entities: Mapping[int, Span]
    surnames: Collection[str]

    @classmethod
    def of(cls, doc: Doc) -> "Sight":
        """Gather what the recogniser sees."""
        # 'John Bolton' once named, Bolton is he.
        people = (e for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and e[-1].tag_ == "NNP")
        entities = {i: entity for entity in doc.ents for i in range(entity.start, entity.end)}
        return cls(entities, frozenset(folded(person[-1].text) for person in people))

    def entity(self, span: Span) -> Span | None:
        """Return the entity that the words are in, if any."""
        return next((self.entities[i] for i in range(span.start, span.end) if i in self.entities), None)


def use_of(found: Found, sight: Sight, *, settled: bool) -> str:
    """Return "place"; "name" where a body is named for it; "doubt" where the page must decide; "" for no place.

    ``settled``: the words around say which place it is, 'Springfield, Illinois'.
    """
    span, best = found.span, found.entries[0]
    entity = sight.entity(span)
    if not _is_name(found, entity.label_ if entity else ""):
        return ""
    within = is_within_entity(span.doc, span.start, span.end, entity)
    if is_part_of_name(span.doc, span.start, span.end) or within:
        known = best.kind not in TOWNS or best.population >= WELL_KNOWN
        if not known or is_word(found.key):
            return ""
        # 'the Hong Kong chief executive', 'LONDON Pope Francis': two names, if the recogniser parts them.
        apart = entity is not None and entity.label_ == "GPE" and (entity.start, entity.end) == (span.start, span.end)
        return "name" if heads_public_body(span) or (apart and not within) else ""
    label = entity.label_ if entity is not None else ""
    return _bare(found, label, sight.surnames, settled=settled)


def is_possible(found: Found, *, named: bool) -> bool:
    """Tell whether the clause lets a doubtful name be a place; ``named``: it is one elsewhere on the page."""
    _, how, _ = relation(found.span)
    if how in PREPOSITIONS:
        return True
    return named and (how in {"title", "object"} or found.entries[0].kind not in TOWNS)


def _is_name(found: Found, label: str) -> bool:
    span = found.span
    if len(span) > 1:
        return True
    if (span.root.pos_ in NO_NAMES and label != "GPE") or len(span.text) < 2 or found.key in QUARTERS:
        return False
    # 'P.A.' and 'ICE' are no towns.
    initials = span.text.isupper() and (len(span.text) < 4 or "." in span.text)
    return not (initials and found.entries[0].kind in TOWNS)


def _bare(found: Found, label: str, surnames: Collection[str], *, settled: bool) -> str:
    """Return the use of a name that is no part of a longer one."""
    span, best = found.span, found.entries[0]
    town = best.kind in TOWNS
    if town and (has_article(span) or (len(span) == 1 and found.key in surnames)):
        return "place" if label in PLACE_LABELS and is_surely_located(span) and not has_article(span) else ""
    if settled:
        return "place"
    if town and label in TIME_LABELS and not (is_surely_located(span) and found.key.isalpha()):
        return ""
    if is_word(found.key):
        seen = label in PLACE_LABELS and (is_located(span) or is_at_home(span))
        if seen or is_told(span):
            return "place"
        return "doubt" if label in PLACE_LABELS else ""
    if not town:
        if found.key in surnames and not is_located(span):
            return ""
        sure = best.kind in GOVERNED | DIVISIONS or (label != "PERSON" and found.key not in surnames)
        return "place" if sure or is_located(span) or is_based(span) or is_at_home(span) else "doubt"
    return "place" if _is_sure(span, best, label) else "doubt"


def _is_sure(span: Span, best: Entry, label: str) -> bool:
    """Tell whether a name of a town is a place by the recogniser's word, its clause or its size."""
    known = best.population >= WELL_KNOWN or best.kind == "capital"
    if is_small(best) and label not in PLACE_LABELS and not is_surely_located(span):
        return False
    if label in PLACE_LABELS or is_based(span):
        return True
    if is_surely_located(span) or is_reached(span):
        return True
    if label == "PERSON":
        return best.kind == "capital" or (known and is_located(span))
    if is_located(span) or is_at_home(span) or _holder(span):
        return True
    return known and label not in {"NORP", "LANGUAGE"} and span.root.tag_ in {"NNP", "NNPS"}


def _holder(span: Span) -> bool:
    doc, end = span.doc, span.end
    return end + 1 < len(doc) and doc[end].text in {",", "("} and doc[end + 1].ent_type_ == "GPE"
