"""When something is asked again: plain sums, without chance, so that the same answers make the same times."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from communique.errors import UsageError

LONGEST_WAIT = 24 * 3600
"""Seconds of rest that a server can ask for."""

LONGEST_BACK_OFF = 4 * 3600
"""Seconds after which a source or host that gives no answer is tried again at the latest."""

MAX_TRIES = 5
"""How often a page is tried: with a quarter of an hour between rounds, over 21 hours."""

SHORTEST_ROUND = 60


def back_off(failures: int, *, every: int) -> int:
    """Return the seconds until a source or host is tried again that has failed ``failures`` times in a row.

    >>> [back_off(n, every=900) for n in (1, 2, 3, 9)]
    [900, 1800, 3600, 14400]
    """
    return min(every << min(failures - 1, 20), max(LONGEST_BACK_OFF, every))


def retry(failures: int, *, every: int) -> int | None:
    """Return the seconds until a page is tried again that has failed ``failures`` times; None for never.

    >>> [retry(n, every=900) for n in (1, 2, 3, 4, 5)]
    [900, 3600, 14400, 57600, None]
    """
    return every << 2 * (failures - 1) if failures < MAX_TRIES else None


def retry_after(written: str | None, now: float) -> int | None:
    """Return the seconds that a Retry-After head asks for, as seconds or as a date; None when it says neither.

    >>> retry_after("120", 0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0), retry_after("soon", 0)
    (120, 60, None)
    """
    if not written:
        return None
    if re.fullmatch(r"\d{1,9}", written.strip()):
        seconds = int(written)
    else:
        try:
            date = parsedate_to_datetime(written[:100])
            seconds = int((date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 1), LONGEST_WAIT)


def seconds(text: str) -> int:
    """Return a span of time such as "90s", "15m", "2h" or "1d" in seconds. Raises UsageError when it is none.

    >>> seconds("15m")
    900
    """
    match = re.fullmatch(r"(\d{1,5})\s*([smhd])", text.strip(), re.I)
    found = int(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[match[2].lower()] if match else 0
    if found < SHORTEST_ROUND:
        raise UsageError(f"no span of time: {text}", remedy="give minutes, hours or days, a minute at least: 15m, 2h")
    return found
