"""A run: code what is not coded, put it under its days, find what is the same; each step spread over the cluster."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from communique.bulk import Settings
from communique.coder import name_of
from communique.errors import CodingError
from communique.ingest import Failure
from communique.scale.cluster import MEMORY, connected, spread, told
from communique.scale.dataset import Dataset, Done
from communique.scale.merging import find_same
from communique.scale.shards import Shard, shards

MERGED = "_merged"
"""Marks a dataset in which all that is the same has been found."""


@dataclass(frozen=True, slots=True)
class Step:
    """What has been done: a shard, with how many of how many are; or, in words, something else (``told``).

    ``failures`` is how many inputs of it, or of what was done before, gave no article.
    """

    done: int
    of: int
    shard: Done | None = None
    told: str = ""
    failures: int = 0


def scaled(
    paths: Iterable[str],
    folder: str | Path,
    *,
    settings: Settings,
    workers: int,
    address: str | None = None,
    merge: bool = True,
    most: int | None = None,
) -> Iterator[Step | Failure]:
    """Code the files behind the paths on a cluster, to a dataset in ``folder``, and tell of each step.

    Without an ``address`` the cluster is this machine alone. Whatever is done already, by the same coder with the same
    options, is passed over. A worker that ends, whatever the reason, is replaced and its shard coded again. ``merge``:
    find near-duplicates and same events, if there is anything new. ``most`` is how many bytes of the files one worker
    takes at a time, about. Raises UsageError, ModelError, KnowledgeError, and CodingError when the cluster gives up.
    """
    dataset = Dataset(folder)
    coder = name_of(settings.model, trained=settings.trained, ontology=settings.ontology)
    todo: dict[str, Shard] = {}
    for found in shards(paths, settings.options, most=most):
        if isinstance(found, Failure):
            yield found
        else:
            todo[found.key] = found
    dataset.begin(coder)
    of = len(todo)
    before = [done for key in todo if (done := dataset.done(key)) is not None]
    known = {done.key for done in before}
    todo = {key: shard for key, shard in todo.items() if key not in known}
    if before:
        yield Step(len(before), of, told="done before", failures=sum(done.failures for done in before))
    merged = dataset.folder / MERGED
    if not todo and not dataset.unsettled() and (merged.exists() or not merge):
        return
    with connected(address, workers) as room:
        for number, done in enumerate(_coded(todo.values(), dataset, settings, coder, room), of - len(todo) + 1):
            yield Step(number, of, done, failures=done.failures)
        days = dataset.unsettled()
        if days:
            merged.unlink(missing_ok=True)
            _settle(dataset, days)
            yield Step(of, of, told=f"{len(days)} days written")
        dataset.forget_coded([path.stem for path in (dataset.folder / "_coded").glob("shard-*.parquet")])
        if merge and not merged.exists():
            reports, events = find_same(dataset, room)
            merged.touch()
            yield Step(of, of, told=f"{reports} reports in several prints, {events} events in several reports")


def _coded(todo: Iterable[Shard], dataset: Dataset, settings: Settings, coder: str, workers: int) -> Iterator[Done]:
    from ray.data import ActorPoolStrategy

    from communique.scale.coding import Worker

    rows = [{"shard": msgspec.json.encode(shard).decode()} for shard in todo]
    if not rows:
        return
    # Ray Data starts a worker that has ended again, and gives it the same shard, as often as it takes.
    coded = spread(rows).map(
        Worker,
        fn_constructor_args=(settings, str(dataset.folder), coder),
        # One shard at a time, so that each waits for whoever is free first.
        compute=ActorPoolStrategy(min_size=1, max_size=min(workers, len(rows)), max_tasks_in_flight_per_actor=1),
        num_cpus=1,
        memory=MEMORY,
    )
    for row in told(coded):
        if row["problem"]:
            raise CodingError(row["problem"], where="the cluster", remedy="install the same on all of its machines")
        yield msgspec.json.decode(row["done"], type=Done)


def _settle(dataset: Dataset, days: dict[str, list[str]]) -> None:
    def settle(row: dict[str, Any]) -> dict[str, Any]:
        dataset.settle(row["day"], row["keys"])
        return {"day": row["day"]}

    for _ in told(spread([{"day": day, "keys": keys} for day, keys in days.items()]).map(settle, num_cpus=1)):
        pass
