"""Near-duplicates and same events in a dataset, as an archive's stories find them, but spread over a cluster.

Two rounds for each of the two. Postings, a member under each of its keys, are grouped by keys, and members that have
enough keys in common become candidates; candidates are grouped by the earlier one's day, so that few days' files are
read for each group, and compared by the functions that archives use. The links come back to one machine, which makes
groups of them: these must fit into its memory, about 3 KB a link.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.scale.cluster import spread, told
from communique.scale.dataset import UNDATED, Dataset, parquet
from communique.stories import near, same_event
from communique.stories.clusters import Pair, clusters
from communique.stories.comparing import AKIN, REACH, SAME
from communique.stories.sightings import UNKNOWN_DAY, Sighting, ordinal, sighting

if TYPE_CHECKING:
    from ray.data import Dataset as Rows

ARTICLES_OF_A_BUCKET = 20_000
"""Articles whose postings are grouped in one task, about: some hundred megabytes."""

POSTING = pa.schema([
    ("bucket", pa.int64()), ("key", pa.int64()), ("member", pa.string()), ("article", pa.string()),
    ("home", pa.int64()), ("day", pa.int64()), ("size", pa.int64()), ("sought", pa.bool_()),
])  # fmt: skip
"""A member under one of its keys: ``home`` is the article's day, ``day`` its own; 0 is none. ``sought``: it looks for
others that have the key and not sought it."""
CANDIDATE = pa.schema([
    ("group", pa.int64()), ("one", pa.string()), ("other", pa.string()), ("article_one", pa.string()),
    ("article_other", pa.string()), ("home_one", pa.int64()), ("home_other", pa.int64()), ("shared", pa.int64()),
    ("least", pa.int64()),
])  # fmt: skip
"""Two members that may be the same; ``shared`` of the keys of the one that has fewer, ``least``, are found so far."""
FOUND = pa.schema([
    ("one", pa.string()), ("other", pa.string()), ("kind", pa.string()), ("score", pa.float64()),
    ("reasons", pa.list_(pa.string())), ("facts", pa.list_(pa.binary())),
    ("articles", pa.list_(pa.string())), ("homes", pa.list_(pa.int64())),
])  # fmt: skip
LINKS = pa.schema([("level", pa.string()), *list(FOUND)[:5]])
REPORTS = pa.schema([("article", pa.string()), ("report", pa.string())])
SAME_EVENTS = pa.schema([("event", pa.string()), ("same_as", pa.string())])

Found = dict[str, Any]
"""A link with what its groups need: the events' sightings (``facts``), the articles and their days (``homes``)."""
Rowwise = Iterator[dict[str, Any]]


def find_same(dataset: Dataset, workers: int) -> tuple[int, int]:
    """Find the near-duplicates and same events of a dataset; return how many groups of each there are.

    They are written to ``reports`` (article, report: the smallest id of its prints), ``same_events`` (event, same_as)
    and ``links`` (what makes them one, and what is akin or related). Whoever is alone is in neither.
    """
    if not dataset.days():
        return 0, 0
    buckets = max(workers, dataset.count("articles") // ARTICLES_OF_A_BUCKET + 1)
    reports = _found(_candidates(dataset, _sketches, _alike, buckets), dataset, _compare_texts, workers)
    printed = [_printed(link) for link in reports if link["kind"] == SAME]
    events = _found(_candidates(dataset, _sightings, _sought, buckets), dataset, _compare_events, workers, printed)
    grouped = _reports(reports), _events(events)
    _write(dataset.folder, reports, events, *grouped)
    return len(grouped[0]), len(grouped[1])


def _candidates(
    dataset: Dataset,
    postings: Callable[[Dataset, str, int], Rowwise],
    pairs: Callable[[pa.Table], Rowwise],
    buckets: int,
) -> "Rows":
    def of_a_day(row: pa.Table) -> Iterator[pa.Table]:
        yield from _tables((one for day in row["day"].to_pylist() for one in postings(dataset, day, buckets)), POSTING)

    def of_a_bucket(rows: pa.Table) -> Iterator[pa.Table]:
        yield from _tables(pairs(rows), CANDIDATE)

    found = spread([{"day": day} for day in dataset.days()])
    posted = found.map_batches(of_a_day, batch_size=1, batch_format="pyarrow", num_cpus=1)
    return posted.groupby("bucket", num_partitions=buckets).map_groups(of_a_bucket, batch_format="pyarrow")


def _found(
    candidates: "Rows",
    dataset: Dataset,
    compare: Callable[[Dataset, list[dict[str, Any]]], Rowwise],
    workers: int,
    more: Sequence[Found] = (),
) -> list[Found]:
    """Return the links that comparing the candidates, and more of them, gives."""
    import ray.data

    if more:
        candidates = candidates.union(ray.data.from_arrow(pa.Table.from_pylist(list(more), schema=CANDIDATE)))

    def of_a_day(rows: pa.Table) -> Iterator[pa.Table]:
        yield from _tables(compare(dataset, rows.to_pylist()), FOUND)

    partitions = max(workers, len(dataset.days()) // 4)
    compared = candidates.groupby("group", num_partitions=partitions).map_groups(of_a_day, batch_format="pyarrow")
    return sorted(told(compared), key=lambda link: (link["one"], link["other"]))


def _tables(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield rows as tables of some thousand, at least one table, so that an empty one has its columns, too."""
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == 20_000:
            yield pa.Table.from_pylist(some, schema=schema)
            some = []
    yield pa.Table.from_pylist(some, schema=schema)


# Reports


def _sketches(dataset: Dataset, day: str, buckets: int) -> Iterator[dict[str, Any]]:
    for batch in _articles(dataset, day):
        for identity, text in zip(batch["id"].to_pylist(), batch["text"].to_pylist(), strict=True):
            sketch = near.Text(text).sketch()
            for key in sketch:
                yield _posting(key, identity, identity, _number(day), _number(day), buckets, size=len(sketch))


def _alike(rows: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the pairs that have some of this bucket's keys in common, with how many."""
    shared: Counter[tuple[str, str]] = Counter()
    seen: dict[str, tuple[int, int]] = {}
    for group in _by_key(rows):
        for posting in group:
            seen[posting["member"]] = posting["home"], posting["size"]
        for one, other in combinations(sorted({posting["member"] for posting in group}), 2):
            if _reach(seen[one][0], seen[other][0]):
                shared[one, other] += 1
    for (one, other), count in shared.items():
        (home_one, size_one), (home_other, size_other) = seen[one], seen[other]
        yield _candidate(one, other, one, other, home_one, home_other, shared=count, least=min(size_one, size_other))


def _reach(one: int, other: int) -> bool:
    return UNKNOWN_DAY in (one, other) or abs(one - other) <= REACH


def _compare_texts(dataset: Dataset, rows: list[dict[str, Any]]) -> Iterator[Found]:
    shared: Counter[tuple[str, str]] = Counter()
    least: dict[tuple[str, str], int] = {}
    homes: dict[str, int] = {}
    for row in rows:
        pair = row["one"], row["other"]
        shared[pair] += row["shared"]
        least[pair] = row["least"]
        homes |= {row["one"]: row["home_one"], row["other"]: row["home_other"]}
    pairs = sorted(pair for pair, count in shared.items() if count >= max(1, int(near.CANDIDATE * least[pair])))
    texts = _texts(dataset, {article: homes[article] for pair in pairs for article in pair})
    for one, other in pairs:
        found = near.agreement(texts[one], texts[other])
        if found is not None:
            passages = [f"{a[0]}-{a[1]} = {b[0]}-{b[1]}" for a, b in found.longest()]
            yield {
                "one": one, "other": other, "kind": SAME if found.is_same else AKIN, "score": found.share,
                "reasons": [found.reason, *passages], "facts": [], "articles": [one, other],
                "homes": [homes[one], homes[other]],
            }  # fmt: skip


def _texts(dataset: Dataset, wanted: dict[str, int]) -> dict[str, near.Text]:
    found = {}
    for day, articles in _by_home(wanted).items():
        for batch in _articles(dataset, day):
            for row in batch.filter(pc.is_in(batch["id"], pa.array(articles))).to_pylist():
                found[row["id"]] = near.Text(row["text"])
    return found


def _articles(dataset: Dataset, day: str) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(dataset.part("articles", day)) as file:
        yield from file.iter_batches(1_000, columns=["id", "text"], use_threads=False)


def _reports(links: Sequence[Found]) -> list[list[str]]:
    akin = {(link["one"], link["other"]) for link in links}

    def may_join(one: Sequence[str], other: Sequence[str]) -> bool:
        return all(((a, b) if a < b else (b, a)) in akin for a in one for b in other)

    return clusters(_pairs(links), may_join)


# Events


def _sightings(dataset: Dataset, day: str, buckets: int) -> Iterator[dict[str, Any]]:
    for coding in dataset.codings(day):
        for event in coding.events:
            seen = sighting(event, coding.article)
            # What has no day may be of any: it is compared with those of other prints of its report alone.
            if seen.first != UNKNOWN_DAY:
                for keys, sought in ((seen.keys(), False), (seen.sought(), True)):
                    for key in keys:
                        number = int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "big")
                        yield _posting(
                            number, event.id, coding.article.id, _number(day), seen.first, buckets, sought=sought
                        )


def _sought(rows: pa.Table) -> Iterator[dict[str, Any]]:
    reach = max(same_event.WINDOW, same_event.AHEAD)
    told: set[tuple[str, str]] = set()
    for group in _by_key(rows):
        kept: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for posting in group:
            if not posting["sought"]:
                kept[posting["day"]].append(posting)
        for mine in group:
            if mine["sought"]:
                for day in range(mine["day"] - reach, mine["day"] + reach + 1):
                    for theirs in kept.get(day, ()):
                        a, b = sorted((mine, theirs), key=lambda posting: posting["member"])
                        pair = a["member"], b["member"]
                        if a["article"] != b["article"] and pair not in told:
                            told.add(pair)
                            yield _candidate(*pair, a["article"], b["article"], a["home"], b["home"])


def _printed(link: Found) -> dict[str, Any]:
    """Two prints of one report: any of their events may be the same."""
    return _candidate("", "", *link["articles"], *link["homes"])


def _compare_events(dataset: Dataset, rows: list[dict[str, Any]]) -> Iterator[Found]:
    homes: dict[str, int] = {}
    for row in rows:
        homes |= {row["article_one"]: row["home_one"], row["article_other"]: row["home_other"]}
    seen = _seen(dataset, homes)
    pairs: set[tuple[str, str]] = set()
    by_id = {one.event: one for some in seen.values() for one in some}
    for row in rows:
        if row["one"]:
            pairs.add((row["one"], row["other"]))
        else:
            one, other = seen[row["article_one"]], seen[row["article_other"]]
            pairs.update((min(a.event, b.event), max(a.event, b.event)) for a in one for b in other)
    for a, b in sorted(pairs):
        link = same_event.link(by_id[a], by_id[b])
        if link is not None:
            facts = [msgspec.json.encode(by_id[a]), msgspec.json.encode(by_id[b])] if link.kind == SAME else []
            yield {**link._asdict(), "reasons": list(link.reasons), "facts": facts, "articles": [], "homes": []}


def _seen(dataset: Dataset, homes: dict[str, int]) -> dict[str, list[Sighting]]:
    found = {}
    for day, articles in _by_home(homes).items():
        wanted = set(articles)
        for coding in dataset.codings(day):
            if coding.article.id in wanted:
                found[coding.article.id] = [sighting(event, coding.article) for event in coding.events]
    return found


def _events(links: Sequence[Found]) -> list[list[str]]:
    same = [link for link in links if link["kind"] == SAME]
    sightings = {link[end]: fact for link in same for end, fact in zip(("one", "other"), link["facts"], strict=True)}
    facts = lru_cache(8_192)(lambda event: msgspec.json.decode(sightings[event], type=Sighting))
    return clusters(_pairs(same), same_event.may_join(facts))


# Both


def _posting(
    key: int, member: str, article: str, home: int, day: int, buckets: int, *, size: int = 0, sought: bool = False
) -> dict[str, Any]:
    values = (key % buckets, key, member, article, home, day, size, sought)
    return dict(zip(POSTING.names, values, strict=True))


def _candidate(
    one: str, other: str, article_one: str, article_other: str, home_one: int, home_other: int, *,
    shared: int = 1, least: int = 1,
) -> dict[str, Any]:  # fmt: skip
    values = (min(home_one, home_other), one, other, article_one, article_other, home_one, home_other, shared, least)
    return dict(zip(CANDIDATE.names, values, strict=True))


def _by_key(rows: pa.Table) -> Iterator[list[dict[str, Any]]]:
    """Yield the postings of each key that has two or more."""
    rows = rows.sort_by("key")
    keys = rows["key"].to_numpy()
    start = 0
    for end in [*(int(at) + 1 for at in (keys[1:] != keys[:-1]).nonzero()[0]), len(keys)]:
        if end - start > 1:
            yield rows.slice(start, end - start).to_pylist()
        start = end


def _pairs(links: Iterable[Found]) -> Iterator[Pair]:
    return (Pair(link["score"], link["one"], link["other"]) for link in links if link["kind"] == SAME)


def _number(day: str) -> int:
    return UNKNOWN_DAY if day == UNDATED else ordinal(day)


def _by_home(homes: dict[str, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for article, home in homes.items():
        found[UNDATED if home == UNKNOWN_DAY else date.fromordinal(home).isoformat()].append(article)
    return dict(sorted(found.items()))


def _write(
    folder: Path, reports: Sequence[Found], events: Sequence[Found], prints: list[list[str]], same: list[list[str]]
) -> None:
    with parquet(folder / "links" / "part.parquet", LINKS) as add:
        for level, links in (("report", reports), ("event", events)):
            for link in links:
                add({"level": level, **{name: link[name] for name in LINKS.names[1:]}})
    for name, schema, groups in (("reports", REPORTS, prints), ("same_events", SAME_EVENTS, same)):
        with parquet(folder / name / "part.parquet", schema) as add:
            for group in groups:
                for member in group:
                    add(dict(zip(schema.names, (member, group[0]), strict=True)))
