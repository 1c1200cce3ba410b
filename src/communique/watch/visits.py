"""Whose turn it is: one visit to a host at a time, with a pause between two, and hosts that want rest left alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.archive.watched import Page, Source
from communique.watch.addresses import host
from communique.watch.fetch import Kind, Request

MAX_HOPS = 5
"""Redirects in a row that are followed."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Something to be fetched: a source, a page or the robots.txt of an origin.

    ``target`` is where it is to be found now, after ``hops`` redirects.
    """

    subject: Source | Page | str
    target: str
    hops: int = 0

    @property
    def kind(self) -> Kind:
        """As what the server is asked."""
        return "source" if isinstance(self.subject, Source) else "page" if isinstance(self.subject, Page) else "robots"

    @property
    def host(self) -> str:
        """The machine in whose queue the visit stands: that which is asked.

        A robots.txt stays with its own host wherever it has gone, as all other visits there wait for it.
        """
        return host(self.subject if isinstance(self.subject, str) else self.target)

    @property
    def request(self) -> Request:
        """What is asked; of a source, whether it has changed."""
        if isinstance(self.subject, Source):
            return Request(self.target, self.kind, etag=self.subject.etag, modified=self.subject.modified)
        return Request(self.target, self.kind)

    def moved(self, target: str) -> "Visit":
        """Return the visit to where a redirect leads."""
        return replace(self, target=target, hops=self.hops + 1)


class Queue:
    """The visits of a round that are not made yet, in the order in which they came, by host."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Visit]] = {}

    def add(self, visit: Visit) -> None:
        """Put a visit at the end of its host's queue."""
        self._waiting.setdefault(visit.host, []).append(visit)

    def put_back(self, visit: Visit) -> None:
        """Put a visit at the front of its host's queue."""
        self._waiting.setdefault(visit.host, []).insert(0, visit)

    def hosts(self) -> list[str]:
        """Return the hosts that are to be visited."""
        return list(self._waiting)

    def pages(self) -> Iterator[str]:
        """Yield the addresses of the pages among them, as their sources gave them."""
        for visits in self._waiting.values():
            yield from (visit.subject.address for visit in visits if isinstance(visit.subject, Page))

    def next(self, of: str) -> Visit | None:
        """Return the next visit to a host, which then waits no longer; None when there is none."""
        visits = self._waiting.get(of, [])
        visit = visits.pop(0) if visits else None
        if not visits:
            self._waiting.pop(of, None)
        return visit


class Turns:
    """When a host may be visited next, and how many of its pages were fetched; ``delay`` is the shortest pause."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._next: dict[str, float] = {}
        self.pages: Counter[str] = Counter()

    def when(self, of: str) -> float:
        """Return the moment from which a host may be visited."""
        return self._next.get(of, 0.0)

    def visited(self, of: str, now: float, *, asked: float) -> None:
        """Keep that a host was visited; ``asked`` is the pause that its robots.txt asks for."""
        self._next[of] = now + max(self._delay, asked)
