"""Small archives of made-up reports, for the tests of positions."""

from pathlib import Path

from communique.actors.lexicon import lexicon
from communique.archive import Archive
from communique.coder import Coder
from communique.ingest import Options, article_from_text
from communique.positions.account import Account, account
from communique.positions.judging import Judge
from communique.positions.sides import Side

DAY = "2020-03-05"


def archived(folder: Path, coder: Coder, *texts: str | tuple[str, str]) -> Path:
    """Return an archive of these texts, of one day each if they are given with it, by outlets of their own."""
    path = folder / "news.db"
    with Archive(path, create=True) as archive:
        for number, one in enumerate(texts):
            day, text = (DAY, one) if isinstance(one, str) else one
            article = article_from_text(text, url=f"https://outlet{number}.example.org/", options=Options(date=day))
            archive.add(coder.code(article), coder=coder.name)
    return path


def between(
    folder: Path,
    coder: Coder,
    one: str,
    other: str,
    about: str | None,
    *texts: str | tuple[str, str],
    judge: Judge | None = None,
) -> Account:
    """Return the positions of two sides in an archive of these texts."""
    with Archive(archived(folder, coder, *texts)) as archive:
        return account(archive, [Side.named(name, lexicon()) for name in (one, other)], about, judge=judge)


def pairs(found: Account) -> list[tuple[str, str, str]]:
    """Return kind, side and other side of the contradictions."""
    return [(c.kind, c.one.side, c.other.side) for c in found.contradictions]
