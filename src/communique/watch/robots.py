"""What a site's robots.txt lets us do."""

from protego import Protego

NAME = "communique"
"""The name by which robots.txt may address the program."""

MAX_BYTES = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least."""

HOLDS = 24 * 3600
"""Seconds for which one holds, by RFC 9309."""

LONGEST_DELAY = 3_600.0


class Robots:
    """The rules of one robots.txt; an empty text lets everything be fetched."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, address: str) -> bool:
        """Tell whether an address may be fetched."""
        return bool(self._rules.can_fetch(address, NAME))

    @property
    def delay(self) -> float:
        """The seconds that the site asks for between two fetches, 0 if it does not; an hour at most."""
        asked = self._rules.crawl_delay(NAME)
        return min(max(float(asked or 0), 0.0), LONGEST_DELAY)
