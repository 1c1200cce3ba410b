"""Stories: which articles of a few days tell of one thing, by the rare words, names, places and events they share.

The measure is the cosine of tf-idf vectors (Salton and Buckley, 1988). How rare a term is, is counted in the articles
of the day and the days before it that are compared, so that a link depends on these articles alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from communique.records import Coding
from communique.stories.terms import proper, stems

REACH = 3
"""Days between two articles that may be linked; a story goes on for longer by articles in between."""
LONGEST = 14
"""Days from a story's first article to its last."""
TERMS = 80
"""Terms of an article that are compared: the most frequent, names first."""
READ = 3000
"""Characters of an article whose words are counted: what comes later is background."""
ALIKE = 0.26
"""Cosine from which two articles are of one story. Set by reading pairs of news of 2015-16 (docs/quality.md)."""
RARE = 0.2
"""Share of the window's articles that may have a term for it to count as rare …"""
SMALLEST = 50
"""Articles that the window is taken to have at least: in a few articles any word is rare."""
LEAST, MOST = 10, 100
"""… and how many always may, and at most: of few articles, half may tell of one story; by terms more common than that
none would be found that the rarer do not find."""
PART = 0.08
"""What rare terms alone, names alone, and other words alone add to the cosine at least: bombs in two cities on a day
are two stories, and so are two conflicts of one country."""
EVENT = 0.1
"""What each event that both report adds, up to twice."""
LINKED = 1 / 3
"""Share of the pairs within reach that are linked when two clusters become one."""

Terms = Mapping[str, int]
"""An article's terms and how often it has them: actors and places begin with "@", stems of names with "^"."""


class Described(NamedTuple):
    """An article as its story is told by: id, ordinal day, terms."""

    article: str
    day: int
    terms: Terms


class Likeness(NamedTuple):
    """That two articles are of one story; ``one`` is the smaller id."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


def terms(coding: Coding) -> dict[str, int]:
    """Return what an article's story is told by: stems of its words (its title's count thrice), actors and places."""
    article = coding.article
    counted = Counter(stems(article.text[:READ]))
    for stem in stems(article.title or ""):
        counted[stem] += 3
    named = proper(article.text[:READ])
    names: Counter[str] = Counter()
    for event in coding.events:
        names.update(f"@{actor.name}" for actor in (*event.source, *event.target) if actor.id)
        names.update(f"@{event.place.name}" for _ in range(1) if event.place is not None)
    for statement in coding.statements:
        if statement.speaker is not None and statement.speaker.actor is not None and statement.speaker.actor.id:
            names[f"@{statement.speaker.actor.name}"] += 1
    first = sorted(names.items(), key=lambda item: (-item[1], item[0]))[: TERMS // 4]
    others = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[: TERMS - len(first)]
    return dict(sorted([*first, *((f"^{stem}" if stem in named else stem, count) for stem, count in others)]))


def likenesses(
    day: int, window: Collection[Described], shared_events: Callable[[str, str], Sequence[str]]
) -> Iterator[Likeness]:
    """Yield the links of the articles of a day with each other and with those of the days before, in reach.

    ``window`` are all articles from ``day - REACH`` to ``day``; ``shared_events`` tells of two articles which events
    both report, in words.
    """
    documents = max(len(window), SMALLEST)
    frequency = Counter(term for described in window for term in described.terms)
    vectors = {described.article: _vector(described.terms, frequency, documents) for described in window}
    rare = {term for term, count in frequency.items() if 2 <= count <= max(LEAST, min(MOST, RARE * documents))}
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for described in sorted(window, key=lambda described: (described.day, described.article)):
        article = described.article
        vector = vectors[article]
        telling = [term for term in described.terms if term in rare]
        if described.day == day:
            near: dict[str, float] = defaultdict(float)
            for term in telling:
                for other, weight in postings[term]:
                    near[other] += vector[term] * weight
            for other in sorted(other for other, part in near.items() if part >= PART):
                one, two = sorted((article, other))
                found = _likeness(one, two, vectors[one], vectors[two], rare, shared_events(one, two))
                if found is not None:
                    yield found
        for term in telling:
            postings[term].append((article, vector[term]))


def _vector(terms: Terms, frequency: Mapping[str, int], documents: int) -> dict[str, float]:
    weighted = {term: (1 + log(count)) * log(1 + documents / frequency[term]) for term, count in terms.items()}
    length = sqrt(sum(weight * weight for weight in weighted.values()))
    return {term: weight / length for term, weight in weighted.items()}


def _likeness(
    one: str, other: str, mine: Mapping[str, float], theirs: Mapping[str, float], rare: Collection[str],
    events: Sequence[str],
) -> Likeness | None:  # fmt: skip
    shares = {term: weight * theirs[term] for term, weight in mine.items() if term in theirs}
    by_name = sum(shares[term] for term in sorted(shares) if term[0] in "@^")
    by_word = sum(shares[term] for term in sorted(shares) if term[0] not in "@^")
    score = round(by_name + by_word + EVENT * min(2, len(events)), 3)
    if score < ALIKE or min(by_name, by_word) < PART:
        return None
    telling = sorted((term for term in shares if term in rare), key=lambda term: (-shares[term], term))
    names = [term[1:] for term in telling if term.startswith("@")]
    plain = [term.removeprefix("^") for term in telling if not term.startswith("@")]
    reasons = [
        f"likeness {by_name:.2f} by names and {by_word:.2f} by other words",
        *(f"event: {event}" for event in events),
    ]
    reasons += [f"names: {', '.join(names[:5])}"] if names else []
    reasons += [f"words: {', '.join(plain[:8])}"] if plain else []
    return Likeness(one, other, min(score, 1.0), tuple(reasons))


def may_join(
    days: Mapping[str, int], linked: Collection[tuple[str, str]]
) -> Callable[[Sequence[str], Sequence[str]], bool]:
    """Return the test whether two clusters of articles are one story.

    ``days`` are the articles' ordinal days (0 for none), ``linked`` the pairs that are. They are one when a third of
    the pairs that could be linked are, and the whole is not longer than LONGEST days: a chain of days is no story.
    """

    def test(one: Sequence[str], other: Sequence[str]) -> bool:
        dated = [day for article in (*one, *other) if (day := days.get(article, 0))]
        if dated and max(dated) - min(dated) > LONGEST:
            return False
        in_reach = together = 0
        for mine in one:
            for theirs in other:
                pair = (mine, theirs) if mine < theirs else (theirs, mine)
                both = pair in linked
                together += both
                in_reach += both or (days[mine] > 0 and days[theirs] > 0 and abs(days[mine] - days[theirs]) <= REACH)
        return together > 0 and together >= LINKED * in_reach

    return test


def headline(titles: Mapping[str, str], pairs: Iterable[tuple[str, str, float]]) -> str:
    """Return the title of the article that is nearest to all others; ``titles`` by article, ``pairs`` with scores."""
    nearness: Counter[str] = Counter()
    for one, other, score in pairs:
        nearness[one] += score  # type: ignore[assignment] # counts of any number
        nearness[other] += score  # type: ignore[assignment]
    ranked = sorted(titles, key=lambda article: (not titles[article], -nearness[article], article))
    return titles[ranked[0]] if ranked else ""
