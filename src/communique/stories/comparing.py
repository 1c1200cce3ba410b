"""Bringing an archive's sameness up to date: new articles are compared with those that are there, then grouped anew.

What two articles or events are to each other depends on the two alone (of a story, on the articles of its days), and
groups on the links alone, so the result is the same in whatever order, and in however many goes, articles were added.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import msgspec

from communique.archive import Archive
from communique.archive.sameness import DAY, EVENT, REPORT, STORY, Sameness
from communique.records import Coding
from communique.stories import near, same_event, topics
from communique.stories.clusters import Pair, clusters
from communique.stories.sightings import UNKNOWN_DAY, Sighting, ordinal, sighting

SAME = same_event.SAME
AKIN = "akin"
"""Two texts that share something, but are not one report on its account."""
SAME_REPORT = "same report"
"""Two articles of one story as they print one report; other links of stories are SAME."""
REACH = 14
"""Days between two prints of one report."""
TOGETHER = 100
"""Articles that are compared in one transaction: what a kill may lose."""
CACHED = 8192
"""Texts and sightings kept at hand: about those of the days around, some 20 kB each."""


def bring_up_to_date(archive: Archive, *, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Compare what has not been compared, group what has changed, and return how many articles were new.

    ``progress`` is told how many of how many articles are compared. Each hundred articles, each level's groups and
    each day's stories are written in a transaction of their own, so that nothing is lost or doubled when it is cut
    off. Raises ArchiveError when another program writes for longer than the archive's patience, or the file cannot be
    written.
    """
    same = Sameness(archive)
    if same.is_settled():
        return 0
    comparer = _Comparer(same)
    pending = same.pending()
    for first in range(0, len(pending), TOGETHER):
        with same.writing():
            comparer.forget()
            for article in pending[first : first + TOGETHER]:
                # Another program may have compared it meanwhile, or taken it out.
                if not same.has_sketch(article) and (coding := same.coding(article)) is not None:
                    comparer.compare(coding)
        progress(min(first + TOGETHER, len(pending)), len(pending))
    with same.writing():
        _group_reports(same)
    with same.writing():
        comparer.forget()
        _group_events(same, comparer.sighting)
    for day in same.unsettled(DAY):
        with same.writing():
            _link_stories(same, int(day))
    with same.writing():
        _group_stories(same)
    return len(pending)


class _Comparer:
    """Compares one article after the other; keeps what it has read of the others."""

    def __init__(self, same: Sameness) -> None:
        self.same = same
        self.text = lru_cache(CACHED)(lambda article: near.Text(same.text(article)))
        self.sighting = lru_cache(CACHED)(lambda event: msgspec.json.decode(same.facts(event), type=Sighting))

    def forget(self) -> None:
        """Forget events, which another program may have coded anew since the last transaction; texts never change."""
        self.sighting.cache_clear()

    def compare(self, coding: Coding) -> None:
        """Link an article and its events with those that are there, and keep what later ones are compared with."""
        self._compare_text(coding)
        self._compare_events(coding)

    def _compare_text(self, coding: Coding) -> None:
        article, day = coding.article.id, ordinal(coding.article.day)
        text = self.text(article)
        sketch = text.sketch()
        links, stories = [], []
        for other in self.same.sharing(sketch, near.CANDIDATE, day=day, reach=REACH):
            one, two = sorted((article, other))
            found = near.agreement(self.text(one), self.text(two))
            if found is None:
                continue
            is_same = found.is_same
            passages = [f"{a[0]}-{a[1]} = {b[0]}-{b[1]}" for a, b in found.longest()]
            links.append((one, two, SAME if is_same else AKIN, found.share, (found.reason, *passages)))
            if is_same:
                stories.append((one, two, SAME_REPORT, 1.0, (f"the same report: {found.reason}",)))
        self.same.add_sketch(article, day, sketch, topics.terms(coding))
        self.same.add_links(REPORT, links)
        self.same.add_links(STORY, stories)
        if day != UNKNOWN_DAY:
            self.same.unsettle(DAY, (str(day + after) for after in range(topics.REACH + 1)))

    def _compare_events(self, coding: Coding) -> None:
        mine = [sighting(event, coding.article) for event in coding.events]
        article, reach = coding.article.id, max(same_event.WINDOW, same_event.AHEAD)
        prints = [link for link in self.same.links_of(REPORT, [article]) if link.kind == SAME]
        printed = self.same.sightings_in([link.one if link.other == article else link.other for link in prints])
        for event in mine:
            near_by = set(printed)
            # What has no day may be of any: then only another print of the report can tell of the same.
            if event.first != UNKNOWN_DAY:
                near_by.update(self.same.sightings_by(event.sought(), event.first - reach, event.first + reach))
            found = (same_event.link(event, self.sighting(other)) for other in sorted(near_by))
            self.same.add_links(EVENT, (link for link in found if link is not None))
        for event in mine:
            facts = msgspec.json.encode(event, order="deterministic").decode()
            self.same.add_sighting(event.event, event.keys(), event.first, facts)


def _group_reports(same: Sameness) -> None:
    members, links = same.component(REPORT, same.unsettled(REPORT), SAME)
    # Beside the links that make one report of two texts, those that let others stand together with them.
    akin = {(link.one, link.other) for link in same.links_of(REPORT, members)}

    def may_join(one: Sequence[str], other: Sequence[str]) -> bool:
        return all(((a, b) if a < b else (b, a)) in akin for a in one for b in other)

    _regroup(same, REPORT, members, clusters((Pair(link.score, link.one, link.other) for link in links), may_join))


def _group_events(same: Sameness, facts: Callable[[str], Sighting]) -> None:
    members, links = same.component(EVENT, same.unsettled(EVENT), SAME)
    pairs = (Pair(link.score, link.one, link.other) for link in links)
    _regroup(same, EVENT, members, clusters(pairs, same_event.may_join(facts)))


def _link_stories(same: Sameness, day: int) -> None:
    """Make the links of a day's articles with each other and with those of the days before anew."""
    window = [topics.Described(*row) for row in same.described(day - topics.REACH, day)]
    todays = {described.article for described in window if described.day == day}
    inside = {described.article for described in window}
    before = [link for link in same.links_of(STORY, todays) if {link.one, link.other} <= inside]
    printed = {(link.one, link.other) for link in before if link.kind == SAME_REPORT}
    same.drop_links(STORY, ((link.one, link.other) for link in before if link.kind == SAME))
    events = same.events_shared(sorted(todays), SAME)
    found = topics.likenesses(day, window, lambda one, other: events.get((one, other), []))
    links = [(one, other, SAME, score, why) for one, other, score, why in found if (one, other) not in printed]
    same.add_links(STORY, links)
    same.settle(DAY, [str(day)])


def _group_stories(same: Sameness) -> None:
    members, links = same.component(STORY, same.unsettled(STORY), None)
    pairs = [Pair(link.score, link.one, link.other) for link in links]
    linked = {(pair.one, pair.other) for pair in pairs}
    days = same.days(sorted(members))
    # A story has the id of its earliest article, which those that come later do not change.
    named = [
        sorted(group, key=lambda article: (days[article] == UNKNOWN_DAY, days[article], article))
        for group in clusters(pairs, topics.may_join(days, linked))
    ]
    _regroup(same, STORY, members, named)


def _regroup(same: Sameness, level: str, members: Iterable[str], groups: Iterable[Sequence[str]]) -> None:
    same.regroup(level, members, groups)
    same.settle(level, same.unsettled(level))
