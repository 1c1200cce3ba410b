"""A dataset → an archive, without coding again."""

from itertools import islice
from pathlib import Path

from communique.archive import Archive
from communique.scale.dataset import Dataset

TOGETHER = 200
"""Articles that are written in one transaction."""


def added(dataset: Dataset, path: str | Path) -> int:
    """Add what an archive, made if there is none, does not hold of a dataset; return how many articles these were.

    Raises ArchiveError.
    """
    coder, new = dataset.coder(), 0
    with Archive(path, create=True) as archive:
        for day in dataset.days():
            codings = dataset.codings(day)
            while some := list(islice(codings, TOGETHER)):
                with archive.transaction():
                    new += sum(archive.add(coding, coder=coder) != "known" for coding in some)
    return new
