"""The actors an article has introduced so far, and whom a pronoun or an epithet means among them.

The order of preference is that of salience accounts of coreference (Lappin and Leass 1994): recent sentences first,
subjects before the rest; a candidate must agree in kind, number and, where the page tells it, gender.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from communique.actors.lexicon import straight
from communique.records import Actor

# How far back a pronoun looks, in sentences; measured by nobody yet, chosen as in Lappin and Leass (four).
PRONOUN_REACH = 4
# How far back 'the bloc' and 'the group' look.
BODY_REACH = 6
PERSONAL_KINDS = frozenset({"person"})
STATE_KINDS = frozenset({"state", "government"})
FEMALE_WORDS = frozenset(
    "ms mrs miss queen princess lady baroness spokeswoman chairwoman congresswoman madam mother wife daughter".split()
)
MALE_WORDS = frozenset(
    "mr king prince lord baron spokesman chairman congressman sir brother father husband son".split()
)
MALE_PRONOUNS = frozenset({"he", "him", "his", "himself"})
FEMALE_PRONOUNS = frozenset({"she", "her", "hers", "herself"})


@dataclass(slots=True)
class Entry:
    """One actor of the article: where it was last mentioned, how, and what is known to tell it by."""

    actor: Actor
    last: int
    sentence: int
    subject: bool
    count: int = 1
    names: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False


class Cast:
    """The article's actors so far. Fed in text order; answers look back only."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._by_name: dict[str, list[Entry]] = {}
        # The last words of all names and roles, in small letters: most nouns are none of them.
        self._last_words: set[str] = set()
        self._groups: list[tuple[int, tuple[Actor, ...]]] = []

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries, the latest mentioned first."""
        return iter(sorted(self._entries.values(), key=lambda e: -e.last))

    def note(
        self,
        actor: Actor,
        head: Token,
        *,
        sentence: int,
        names: Iterable[str] = (),
        roles: Collection[str] = (),
        gender: str = "",
        plural: bool = False,
    ) -> None:
        """Record a mention of the actor at its head."""
        # 'The Israeli military' and 'its troops' are one actor, but 'it' means the first and 'they' the second.
        key = f"{actor.id or actor.name.lower()}{'+' if plural else ''}"
        is_subject = head.dep_ in {"nsubj", "nsubjpass", "agent"} or (
            head.dep_ == "conj" and head.head.dep_ in {"nsubj", "nsubjpass"}
        )
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = Entry(actor, head.i, sentence, is_subject, 0)
        # Within one sentence a subject stays the more salient mention.
        if sentence != entry.sentence or is_subject or not entry.subject:
            entry.subject = is_subject
        # Twice in one sentence is no more than once: who is spoken of most is who comes up again and again.
        entry.count += entry.count == 0 or sentence != entry.sentence
        entry.last, entry.sentence = head.i, sentence
        for name in {straight(name) for name in names} - entry.names:
            entry.names.add(name)
            self._by_name.setdefault(name, []).append(entry)
            self._last_words.add(name.lower().rsplit(" ", 1)[-1])
        entry.roles.update(roles)
        self._last_words.update(role.lower().rsplit(" ", 1)[-1] for role in roles)
        entry.gender = entry.gender or gender
        entry.plural = entry.plural or plural

    def note_group(self, actors: tuple[Actor, ...], *, sentence: int) -> None:
        """Record that the actors stood together: coordinated, or as the two sides of one talk."""
        if len({actor.id or actor.name for actor in actors}) > 1:
            self._groups.append((sentence, actors))

    def named(self, name: str) -> Entry | None:
        """Return the one actor known by this name or surname; None when there is none or more than one."""
        found = self._by_name.get(straight(name), ())
        return found[0] if len(found) == 1 else None

    def salient(
        self, fits: Callable[[Entry], bool], *, sentence: int, reach: int, before: int | None = None
    ) -> Entry | None:
        """Return the most salient fitting entry of the last ``reach`` sentences, None when there is none."""
        found = [
            e
            for e in self._entries.values()
            if sentence - e.sentence <= reach and (before is None or e.last < before) and fits(e)
        ]
        return max(found, key=_salience, default=None)

    def only(self, fits: Callable[[Entry], bool], *, sentence: int) -> Entry | None:
        """Return the fitting entry that was mentioned last, None where two fit in the same sentence."""
        found = [e for e in self._entries.values() if sentence - e.sentence <= BODY_REACH and fits(e)]
        last = max((e.sentence for e in found), default=0)
        latest = [e for e in found if e.sentence == last]
        return latest[0] if len(latest) == 1 else None

    def person(self, gender: str, *, sentence: int, exclude: Entry | None = None) -> Entry | None:
        """Return whom 'he' or 'she' means: somebody whose name or country the page has told."""
        return self.salient(
            lambda e: (
                e.actor.kind in PERSONAL_KINDS
                and (e.actor.id is not None or e.actor.country is not None)
                and not e.plural
                and e is not exclude
                and e.gender in {"", gender}
            ),
            sentence=sentence,
            reach=PRONOUN_REACH,
        )

    def collective(self, *, sentence: int, reach: int = 1) -> Entry | None:
        """Return whom 'it' means: the state, government or body last spoken of."""
        return self.salient(
            lambda e: e.actor.kind not in PERSONAL_KINDS and not e.plural and e.actor.kind != "population",
            sentence=sentence,
            reach=reach,
        )

    def acting(self, country: str, *, sentence: int) -> Actor | None:
        """Return a country's state or government that acts in this or the last sentence, None where others act, too.

        Other states may: who speaks for a government tells what they do.
        """
        people = {*PERSONAL_KINDS, "population", "group"}
        acting = [e for e in self if e.subject and sentence - e.sentence <= 1 and e.actor.kind not in people]
        own = [e.actor for e in acting if e.actor.country == country and e.actor.sector in {None, "GOV"}]
        others = [e for e in acting if e.actor.kind not in STATE_KINDS and e.actor not in own]
        return own[0] if own and not others else None

    def together(self, *, sentence: int, reach: int) -> tuple[Actor, ...]:
        """Return the actors that last stood together within ``reach`` sentences, () when none did."""
        return next((actors for when, actors in reversed(self._groups) if sentence - when <= reach), ())

    def named_in(self, sentence: int) -> tuple[Actor, ...]:
        """Return the actors last mentioned in a sentence, in its order."""
        return tuple(e.actor for e in sorted(self._entries.values(), key=lambda e: e.last) if e.sentence == sentence)

    def only_pair(self, *, sentence: int, reach: int) -> tuple[Actor, ...]:
        """Return the two actors that stood together within ``reach`` sentences; () for none, or for several pairs.

        Two countries are one pair, whoever stands for them: 'the Chinese and Russian leaders', 'Beijing and Moscow'.
        """
        pairs = {
            _pair(actors): actors for when, actors in self._groups if sentence - when <= reach and len(actors) == 2
        }
        return next(iter(pairs.values())) if len(pairs) == 1 else ()

    def two_sides(self, *, persons: bool) -> tuple[Actor, ...]:
        """Return one actor for each of the two countries that the article has spoken of most, () without two.

        Of a country the person most spoken of stands for it, or where ``persons`` is False its state or government.
        """
        sides: dict[str, list[Entry]] = {}
        for entry in self._entries.values():
            if entry.actor.country and (entry.actor.kind in PERSONAL_KINDS or not persons):
                sides.setdefault(entry.actor.country, []).append(entry)
        busiest = sorted(sides.values(), key=lambda side: (-_mentions(side), -max(e.last for e in side)))
        # A country named in passing is no side: the second must be spoken of a third as often as the first.
        if len(busiest) < 2 or 3 * _mentions(busiest[1]) < _mentions(busiest[0]) or _mentions(busiest[1]) < 2:
            return ()
        chosen = [
            max(side, key=lambda e: (e.actor.kind in STATE_KINDS, e.count, e.last)).actor for side in busiest[:2]
        ]
        return tuple(sorted(chosen, key=lambda actor: actor.name))

    def body(self, noun: str) -> Entry | None:
        """Return the body last named by words that end so: 'the ministry' after 'the Defence Ministry'."""
        if noun not in self._last_words:
            return None
        return next(
            (e for e in self if e.actor.kind not in PERSONAL_KINDS and any(_ends(r, noun) for r in e.roles | e.names)),
            None,
        )

    def with_role(self, fits: Callable[[Entry], bool]) -> Entry | None:
        """Return the most salient person that fits, however far back."""
        found = [e for e in self if e.actor.kind in PERSONAL_KINDS and fits(e)]
        return max(found, key=_salience, default=None)


def _salience(entry: Entry) -> tuple[int, int]:
    return 2 * entry.sentence + (3 if entry.subject else 0), entry.last


def _pair(actors: Sequence[Actor]) -> frozenset[str]:
    countries = frozenset(actor.country for actor in actors if actor.country)
    return countries if len(countries) == len(actors) else frozenset(actor.id or actor.name for actor in actors)


def _mentions(side: Sequence[Entry]) -> int:
    return sum(entry.count for entry in side)


def _ends(words: str, noun: str) -> bool:
    return words.lower().endswith(f" {noun}")


def gender_of_words(words: Iterable[str]) -> str:
    """Return "f", "m" or "" as titles and roles tell it.

    >>> gender_of_words(["Foreign", "Ministry", "spokeswoman"])
    'f'
    """
    lowered = {word.lower().rstrip(".") for word in words}
    if lowered & FEMALE_WORDS:
        return "f"
    return "m" if lowered & MALE_WORDS else ""
