"""Clusters: the strongest link first, the same in any order, and no chains."""

import random

from hypothesis import given
from hypothesis import strategies as st

from communique.stories.clusters import Pair, clusters

pairs = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda p: p[1] < p[2]),
    max_size=20,
    unique_by=lambda p: p[1:],
)


def distance(one: str, other: str) -> int:
    return abs(ord(one) - ord(other))


def near(one: object, other: object) -> bool:
    return all(distance(a, b) <= 2 for a in one for b in other)  # type: ignore[attr-defined]


@given(pairs, st.integers(0, 10))
def test_the_order_of_links_does_not_count(found: list[tuple[float, str, str]], seed: int) -> None:
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    assert clusters([Pair(*p) for p in found], near) == clusters([Pair(*p) for p in shuffled], near)


@given(pairs)
def test_no_chain_joins_what_must_stay_apart(found: list[tuple[float, str, str]]) -> None:
    made = clusters([Pair(*p) for p in found], near)
    members = [member for cluster in made for member in cluster]
    assert len(members) == len(set(members))
    for cluster in made:
        assert len(cluster) > 1
        assert cluster == sorted(cluster)
        assert near(cluster, cluster)


def test_the_stronger_link_wins() -> None:
    found = clusters([Pair(0.6, "a", "c"), Pair(0.9, "c", "e"), Pair(0.5, "e", "f")], near)
    assert found == [["c", "e"]]  # a and f stand too far from the other end
