"""Pages on the way in: articles from ingest, and what people are told about them on stderr."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.errors import CommuniqueError
    from communique.ingest import Options
    from communique.records import Article


def tell(message: object) -> None:
    """Print a line for people on stderr; standard output is for records."""
    print(f"communique: {message}", file=sys.stderr)


def articles(
    paths: Iterable[str], options: "Options", *, failed: Callable[["CommuniqueError"], None]
) -> Iterator["Article"]:
    """Yield the articles of the inputs, and tell their warnings; ``failed`` gets the error of each other input."""
    from communique.ingest import Failure, read

    for found in read(paths, options=options):
        if isinstance(found, Failure):
            failed(found.error)
            continue
        warn(found)
        yield found


def warn(article: "Article") -> None:
    """Tell what is doubtful about an article."""
    for warning in article.warnings:
        tell(f"warning: {article.url or article.title or article.id}: {warning}")
