"""Tells the addresses that people set of new matches of their saved searches; nothing else is ever sent."""

import json
import logging
import threading
from typing import TYPE_CHECKING

from communique.archive.searches import Search, Searches
from communique.errors import CommuniqueError
from communique.web.data.news import news

if TYPE_CHECKING:
    from communique.web.state import State

SECONDS = 60.0
MOST = 50
log = logging.getLogger("communique.web")


class Webhooks:
    """Looks for new matches every minute, in a thread of its own, if anybody wants to be told."""

    def __init__(self, state: "State") -> None:
        self._state = state
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is being sent may still arrive."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(SECONDS):
            self.tell()

    def tell(self) -> None:
        """Tell all who want it of what is new; who cannot be reached is told the next time."""
        try:
            for search in Searches(self._state.people).with_webhooks():
                self._tell(search)
        except CommuniqueError as error:
            log.warning("webhooks: %s", error)

    def _tell(self, search: Search) -> None:
        try:
            with self._state.readings.open() as archive:
                items = news(archive, search.hits, after=int(search.told or 0), limit=MOST)
            if not items:
                return
            matches = [
                {"record": item.record.id, "article": item.article.id, "title": item.title[:200],
                 "words": item.words[:2000], "url": (item.article.url or "")[:2000]}
                for item in items
            ]  # fmt: skip
            body = json.dumps({"search": search.name, "kind": search.kind, "matches": matches}, ensure_ascii=False)
            status = self._state.fetcher.post(search.webhook, body.encode())
            if 200 <= status < 300:
                Searches(self._state.people).tell(search.key, str(max(item.key for item in items)))
            else:
                log.warning("webhook of search %d answers %d", search.key, status)
        except CommuniqueError as error:
            log.warning("webhook of search %d: %s", search.key, error)
