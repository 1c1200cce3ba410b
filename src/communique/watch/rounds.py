"""A round of the watch: due sources are read, then the pages that they name, whose records go to the archive.

Fetching and coding take turns: while pages are coded, the pauses that hosts want run down.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from communique.archive import Archive, Watched
from communique.archive.watched import Page, Problem, Source
from communique.coder import Coder
from communique.errors import CodingError, InputError, defects_as
from communique.ingest import article_from_html
from communique.records import Article
from communique.watch import documents, schedule, sitemaps
from communique.watch.addresses import cleaned, host, origin
from communique.watch.fetch import Answer, Request
from communique.watch.robots import HOLDS, Robots
from communique.watch.visits import MAX_HOPS, Queue, Turns, Visit

AT_ONCE = 16
"""Hosts that are asked at the same time; as many pages as the language model reads together."""

_GONE = frozenset({HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS})
_REST = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class Fetches(Protocol):
    """What a round needs of communique.watch.fetch.Fetcher."""

    def fetch(self, requests: Sequence[Request]) -> list[Answer]:
        """Return the answers, in the order of the requests."""


@dataclass(slots=True)
class Report:
    """What a round did: ``counts`` of read, unchanged, new, kept and failed, and the ``problems`` it met."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        c = self.counts
        return (
            f"sources: {c['read']} read, {c['unchanged']} unchanged; pages: {c['new']} new, {c['kept']} kept; "
            f"problems: {len(self.problems)}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Reads sources into an archive, round by round.

    ``every`` is the seconds from one round to the next, after which a round stops too, ``delay`` the shortest pause
    between two visits to a host, ``limit_per_host`` how many pages of one host a round fetches at most. ``clock`` and
    ``sleep`` stand for those of the module time. When ``stopping`` becomes true, a round ends before its next step.
    """

    archive: Archive
    coder: Coder
    fetcher: Fetches
    every: int = 900
    delay: float = 1.0
    limit_per_host: int = 200
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    stopping: Callable[[], bool] = lambda: False

    def round(self, addresses: Sequence[str]) -> Report:
        """Read what is due of the sources at these addresses, and the pages that wait; return what was done."""
        return _Round(self, addresses).run()


class _Round:
    """The state of one round."""

    def __init__(self, watch: Watch, addresses: Sequence[str]) -> None:
        self._watch, self._watched = watch, Watched(watch.archive)
        self._clock, self._every = watch.clock, watch.every
        self._end = self._clock() + watch.every
        self._queue, self._turns = Queue(), Turns(watch.delay)
        self._visits: list[Visit] = []
        self._robots: dict[str, Robots] = {}
        self._sources: set[str] = set()
        self._fetched: list[tuple[Page, Article]] = []
        self.report = Report()
        self._add_sources(addresses)

    def _add_sources(self, addresses: Sequence[str]) -> None:
        for source in self._watched.due_sources(addresses, self._now):
            if source.address not in self._sources:
                self._sources.add(source.address)
                self._queue.add(Visit(source, source.address))

    @property
    def _now(self) -> int:
        return int(self._clock())

    def run(self) -> Report:
        while self._clock() < self._end and not self._watch.stopping():
            self._choose()
            if self._visits:
                answers = self._watch.fetcher.fetch([visit.request for visit in self._visits])
                for visit, answer in zip(self._visits, answers, strict=True):
                    self._visited(visit, answer)
                self._visits.clear()
                self._code()
            elif (next_turn := self._next_turn()) < self._end:
                self._watch.sleep(max(0.0, next_turn - self._clock()))
            else:
                break
        return self.report

    # Whom to visit

    def _hosts(self) -> list[str]:
        """Return the hosts with something to visit: sources first, so that the newest pages are known early."""
        waiting = self._watched.waiting_hosts(self._now, without=self._taken())
        within = [of for of in waiting if self._turns.pages[of] < self._watch.limit_per_host]
        return list(dict.fromkeys([*self._queue.hosts(), *within]))

    def _when(self, of: str) -> float:
        return max(self._turns.when(of), self._watched.rest(of)[0])

    def _next_turn(self) -> float:
        return min(map(self._when, self._hosts()), default=self._end)

    def _choose(self) -> None:
        """Choose at most one visit to each host whose turn it is."""
        for of in self._hosts():
            if self._when(of) <= self._clock() and (visit := self._next(of)):
                self._visits.append(visit)
            if len(self._visits) == AT_ONCE:
                return

    def _taken(self) -> Iterator[str]:
        """Yield the pages that wait in the archive, but have a visit already, perhaps to another host."""
        yield from self._queue.pages()
        yield from (visit.subject.address for visit in self._visits if isinstance(visit.subject, Page))

    def _next(self, of: str) -> Visit | None:
        """Return the next visit to a host: what is not allowed is told and left out, unknown rules are asked for."""
        while visit := self._queue.next(of) or self._next_page(of):
            if visit.kind == "robots":
                return visit
            rules = self._rules(origin(visit.target))
            if rules is None:
                self._queue.put_back(visit)
                return Visit(origin(visit.target), f"{origin(visit.target)}/robots.txt")
            elif rules.allows(visit.target):
                return visit
            else:
                self._failed(visit, "robots.txt does not allow it", lasting=True)
        return None

    def _next_page(self, of: str) -> Visit | None:
        if self._turns.pages[of] >= self._watch.limit_per_host:
            return None
        page = self._watched.waiting_page(of, self._now, without=self._taken())
        return Visit(page, page.address) if page else None

    def _rules(self, at: str) -> Robots | None:
        if at not in self._robots:
            text = self._watched.robots(at, self._now)
            if text is None:
                return None
            self._robots[at] = Robots(text)
        return self._robots[at]

    # What comes back

    def _visited(self, visit: Visit, answer: Answer) -> None:
        rules = self._robots.get(origin(visit.target))
        self._turns.visited(visit.host, self._clock(), asked=rules.delay if rules else 0.0)
        if visit.kind == "page":
            self._turns.pages[visit.host] += 1
        if answer.status == 0 and not answer.lasting:
            self._leave_alone(visit.host, None)
        elif answer.status in _REST:
            self._leave_alone(visit.host, schedule.retry_after(answer.retry_after, self._clock()))
        elif self._watched.rest(visit.host)[1]:
            self._watched.keep_rest(visit.host, due=0, failures=0)
        if answer.moved is not None:
            self._moved(visit, answer.moved)
        elif visit.kind == "robots":
            self._read_robots(visit, answer)
        elif answer.problem is not None:
            self._failed(visit, answer.problem, lasting=answer.lasting or answer.status in _GONE)
        elif isinstance(visit.subject, Source):
            self._read_source(visit, visit.subject, answer)
        elif isinstance(visit.subject, Page):
            self._read_page(visit, visit.subject, answer)

    def _leave_alone(self, of: str, asked: int | None) -> None:
        failures = self._watched.rest(of)[1] + 1
        seconds = asked or schedule.back_off(failures, every=self._every)
        self._watched.keep_rest(of, due=self._now + seconds, failures=failures)

    def _moved(self, visit: Visit, to: str) -> None:
        target = cleaned(to)
        if target is None:
            self._failed(visit, f"leads to what is no address: {to[:100]}", lasting=True)
        elif visit.hops >= MAX_HOPS:
            self._failed(visit, f"leads from one address to the next, more than {MAX_HOPS} times")
        elif isinstance(visit.subject, Page) and (known := self._watched.kept_as(target)):
            self._watched.know_page(visit.subject.address, known)
        elif visit.kind == "robots":
            # All else of the host waits for it.
            self._queue.put_back(visit.moved(target))
        else:
            self._queue.add(visit.moved(target))

    def _read_robots(self, visit: Visit, answer: Answer) -> None:
        """Keep the rules of an origin: where there are none everything is allowed, where they are withheld nothing."""
        at = str(visit.subject)
        if answer.status == 200 and answer.problem is None:
            text = answer.body.decode("utf-8", errors="replace")
        elif 400 <= answer.status < 500 and answer.status not in _REST:
            text = ""
        elif answer.status == 0 and answer.lasting:
            # Nothing there may be asked at all, as each visit will be told.
            self._robots[at] = Robots("")
            return
        else:
            self._withheld(visit, answer)
            return
        self._watched.keep_robots(at, text, due=self._now + HOLDS)
        rules = self._robots[at] = Robots(text)
        self._turns.visited(visit.host, self._clock(), asked=rules.delay)

    def _withheld(self, visit: Visit, answer: Answer) -> None:
        if self._watched.rest(visit.host)[0] <= self._now:
            self._leave_alone(visit.host, None)
        due = self._watched.rest(visit.host)[0]
        problem = f"robots.txt cannot be read: {answer.problem}"
        self.report.problems.append(Problem("source", str(visit.subject), problem, due))

    def _read_source(self, visit: Visit, source: Source, answer: Answer) -> None:
        # An index tells when its sitemaps change; they are asked then, and each day in any case.
        due = self._now + (HOLDS if source.listed else self._every)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            self._watched.keep_source(source, due=due)
            self.report.counts["unchanged"] += 1
            return
        try:
            with defects_as(InputError, where=source.address):
                found = documents.read(answer.body, address=visit.target, today=self._today)
        except InputError as error:
            self._failed(visit, error.message)
            return
        self.report.counts["read"] += 1
        if found.kind == "page":
            page = Page(source.address, host(source.address))
            self.report.counts["new"] += self._watched.keep_pages(source.address, [page], self._now)
            self._watched.keep_source(replace(source, kind="page"), due=None)
            if self._watched.kept_as(page.address) is None:
                self._read_page(visit, page, answer)
            return
        # A day that is still to come is no day on which the page was there.
        latest = (self._today + timedelta(days=1)).isoformat()
        pages = [
            Page(link.address, host(link.address), seen=link.seen if (link.seen or "") <= latest else None)
            for link in found.links
        ]
        self.report.counts["new"] += self._watched.keep_pages(source.address, pages, self._now)
        if found.children and source.depth < sitemaps.MAX_DEPTH:
            self._watched.keep_children(source, found.children, self._now)
            self._add_sources([address for address, _ in found.children])
        read = replace(source, kind=found.kind, etag=answer.etag, modified=answer.modified)
        self._watched.keep_source(read, due=due)

    def _read_page(self, visit: Visit, page: Page, answer: Answer) -> None:
        try:
            with defects_as(InputError, where=page.address):
                article = article_from_html(answer.body, url=visit.target, charset=answer.charset, seen=page.seen)
        except InputError as error:
            self._failed(Visit(page, visit.target), error.message, lasting=True)
        else:
            self._fetched.append((page, article))

    def _failed(self, visit: Visit, problem: str, *, lasting: bool = False) -> None:
        """Keep and report what could not be read; sources are always tried again, pages some times."""
        if isinstance(visit.subject, Source):
            failures = visit.subject.failures + 1
            due: int | None = self._now + schedule.back_off(failures, every=self._every)
            self._watched.fail_source(visit.subject.address, problem, due=due or 0)
            self.report.problems.append(Problem("source", visit.subject.address, problem, due))
        elif isinstance(visit.subject, Page):
            wait = None if lasting else schedule.retry(visit.subject.failures + 1, every=self._every)
            due = None if wait is None else self._now + wait
            self._watched.fail_page(visit.subject.address, problem, due=due)
            self.report.problems.append(Problem("page", visit.subject.address, problem, due))
        else:
            self._withheld(visit, Answer(problem=problem))

    # What is kept

    def _code(self) -> None:
        """Code the pages that have come, and keep each with its records."""
        waiting: dict[str, tuple[Article, list[Page]]] = {}
        for page, article in self._fetched:
            waiting.setdefault(article.id, (article, []))[1].append(page)
        self._fetched.clear()
        errors: list[CodingError] = []
        for coding in self._watch.coder.code_many([article for article, _ in waiting.values()], failed=errors.append):
            _, pages = waiting.pop(coding.article.id)
            for page in pages:
                self._watched.keep_page(page.address, coding, coder=self._watch.coder.name)
                self.report.counts["kept"] += 1
        # What is left are those that a stage failed on, in the order of the errors.
        for (_, pages), error in zip(list(waiting.values()), errors, strict=True):
            for page in pages:
                self._failed(Visit(page, page.address), error.message, lasting=True)

    @property
    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), tz=UTC).date()
