"""Bringing what is the same up to date before it is shown (communique.stories.comparing.bring_up_to_date)."""

from typing import TYPE_CHECKING

from communique.cli.pages import tell
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.archive import Archive


def bring_up_to_date(store: "Archive", *, must: bool = False) -> int:
    """Compare what is new and return how many articles that were.

    Where the archive cannot be written now, tell it and show what was compared before; with ``must``, raise
    ArchiveError.
    """
    from rich.console import Console
    from rich.progress import Progress

    from communique.stories import comparing

    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as line:
        task = line.add_task("comparing", total=None)
        try:
            return comparing.bring_up_to_date(
                store, progress=lambda done, of: line.update(task, completed=done, total=of)
            )
        except ArchiveError as error:
            if must:
                raise
            tell(f"{error}; what is newer is not compared and not counted as one with anything")
            return 0
