"""No source can send us to the user's own network, by whatever name."""

from collections.abc import Iterator

import pytest

from communique.watch import Fetcher
from communique.watch.fetch import Request

from .site import Site


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher() as fetches:
        yield fetches


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "0.0.0.0",
        "2130706433",
        "0x7f.1",
        "127.1",
        "localhost.",
    ],
)
def test_local_machines_are_not_asked(site: Site, fetcher: Fetcher, host: str) -> None:
    address = site.address.replace("127.0.0.1", host)
    (answer,) = fetcher.fetch([Request(f"{address}/feed.xml", "source")])
    assert answer.status == 0 and answer.problem
    assert site.asked == []


def test_a_local_address_is_refused_for_good(fetcher: Fetcher) -> None:
    named, literal = fetcher.fetch([Request("http://localhost/", "page"), Request("http://10.0.0.1/", "page")])
    assert named.lasting and "which is no public address" in (named.problem or "")
    assert literal.lasting and literal.problem == "10.0.0.1 is no public address"
