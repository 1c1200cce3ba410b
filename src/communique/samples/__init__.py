"""Sample pages that come with the program, about invented events; see ``paths``."""

from importlib.resources import files
from pathlib import Path

NAMES = ("summit.txt", "harbour.html")


def paths() -> tuple[Path, ...]:
    """Return the files of the sample pages: a flattened page and an HTML page."""
    return tuple(Path(str(files(__name__) / name)) for name in NAMES)
