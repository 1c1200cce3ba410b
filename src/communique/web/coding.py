"""Coding what readers give, for pages and programs alike."""

from starlette.exceptions import HTTPException

from communique.archive import Archive
from communique.records import Article, Coding
from communique.web.state import State


def slow_down(state: State, who: str) -> None:
    """Refuse more pages than one reader may give in a while. Raises HTTPException."""
    wait = state.uploads.wait(who)
    if wait:
        raise HTTPException(429, "too many pages: wait a while", headers={"Retry-After": str(int(wait) + 1)})


def coded(state: State, articles: list[Article], *, keep: bool) -> list[Coding]:
    """Return the codings of articles, and keep them in the archive if asked to."""
    found = [state.desk.code(article) for article in articles]
    if keep:
        with Archive(state.settings.archive) as archive:
            for coding, coder in found:
                archive.add(coding, coder=coder)
    return [coding for coding, _ in found]
