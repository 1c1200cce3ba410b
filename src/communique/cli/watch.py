"""``communique watch``: sources on the web to an archive (communique.watch.Watch.round)."""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from communique.cli.options import announce, grammar_option, model_option, ontology_option
from communique.cli.pages import tell
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.archive.watched import Problem


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("sources", nargs=-1)
@click.option("--once", is_flag=True, help="One round, for cron and timers; without it, until it is stopped.")
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="From one round to the next: 15m, 2h.")
@click.option(
    "--limit-per-host", type=click.IntRange(1), default=200, show_default=True, help="Pages of a host in one round."
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 3600),
    default=1.0,
    show_default=True,
    help="Seconds between two fetches from a host, at least; its robots.txt may ask for more.",
)
@click.option("--contact", metavar="ADDRESS", help="A mail or web address for site owners, sent with each request.")
@click.option("--allow-local", is_flag=True, help="Fetch from this machine and private networks, too.")
@click.option("--problems", is_flag=True, help="Only list what could not be read; fetch nothing.")
@ontology_option
@grammar_option
@model_option
def watch(
    archive: str,
    sources: tuple[str, ...],
    once: bool,
    every: str,
    limit_per_host: int,
    delay: float,
    contact: str | None,
    allow_local: bool,
    problems: bool,
    ontology: str | None,
    grammar_only: bool,
    model: str | None,
) -> None:
    """Fetch the news of SOURCES and keep their records in ARCHIVE, made if there is none.

    SOURCES are addresses, lists of addresses in files, one a line, and OPML files. An address is of a feed (RSS,
    Atom), a sitemap or an index of sitemaps, which are read again each round, or of a page. Each page is read once.
    What cannot be read is kept with its reason, tried again some times, and listed after each round. Stop it at any
    point: the same command goes on from there.

    \b
    communique watch news.db feeds.txt --contact news@example.org
    communique watch news.db https://news.example/rss.xml --once
    communique watch news.db --problems
    """
    if not sources and not problems:
        raise UsageError("no sources", remedy="name addresses, or files that hold them: communique watch --help")
    from communique.archive import Archive, Watched

    if problems:
        with Archive(archive) as store:
            watched = Watched(store)
            for problem in watched.problems():
                print(_line(problem))
            pages = watched.count_pages()
        tell(f"{archive}: pages: {', '.join(f'{count} {state}' for state, count in pages.items())}")
        return
    try:
        from communique.watch import Fetcher, Stop, Watch, schedule
    except ModuleNotFoundError as error:
        raise UsageError(
            f"watch needs the package {error.name}, which is not installed",
            remedy='pip install "communique[watch]"',
        ) from error
    from communique.coder import Coder

    seconds = schedule.seconds(every)
    addresses = _addresses(sources)
    if not addresses:
        raise UsageError("no address among the sources", remedy="see communique watch --help")
    announce(ontology)
    with Archive(archive, create=True) as store, Fetcher(contact=contact, allow_local=allow_local) as fetcher:
        coder = Coder(model, trained=not grammar_only, ontology=ontology)
        stop = Stop()
        watching = Watch(
            archive=store, coder=coder, fetcher=fetcher, every=seconds, delay=delay, limit_per_host=limit_per_host,
            sleep=stop.sleep, stopping=lambda: stop.asked,
        )  # fmt: skip
        stop.listen()
        while not stop.asked:
            start = time.monotonic()
            report = watching.round(addresses)
            tell(f"{archive}: {datetime.now().isoformat(' ', 'minutes')}: {report}")
            for problem in report.problems:
                tell(_line(problem))
            if once:
                break
            stop.sleep(start + seconds - time.monotonic())
            addresses = _addresses(sources)
        if stop.asked:
            tell("stopped; what is kept stays, and the same command goes on from here")


def _addresses(sources: Sequence[str]) -> list[str]:
    """Return the addresses of the sources, asked for anew each round, so that lists can be changed under way."""
    from communique.ingest import Failure
    from communique.watch import addresses

    found = []
    for address in addresses.given(sources):
        if isinstance(address, Failure):
            tell(address.error)
        else:
            found.append(address)
    return list(dict.fromkeys(found))


def _line(problem: "Problem") -> str:
    when = f"again {datetime.fromtimestamp(problem.due).isoformat(' ', 'minutes')}" if problem.due else "given up"
    return f"{problem.kind} {problem.address}: {problem.problem} ({when})"
