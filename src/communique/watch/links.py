"""Links: the pages that a feed or a sitemap names."""

from dataclasses import dataclass

from communique.ingest import dates

MAX_LINKS = 1_000
"""Pages taken from one document, as many as a news sitemap may name; feeds have some dozens."""


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a page, and the day or moment that its source gives for it, as in Article."""

    address: str
    seen: str | None = None


def moment(written: str) -> str | None:
    """Return a date as it stands in a feed or sitemap in the form of Article, None when it is none."""
    stamp = dates.parse(written)
    return stamp.published if stamp else None
