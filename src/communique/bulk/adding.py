"""Inputs → archive: each is read and coded once by the same coder with the same options, however often it comes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from communique.archive import Archive
from communique.bulk.pool import Settings, coded
from communique.coder import name_of
from communique.errors import CommuniqueError
from communique.ingest import Failure, Input
from communique.records import Coding


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one input: ``problem`` says why it failed, ``warnings`` what is doubtful about its article."""

    what: Literal["added", "recoded", "known", "failed", "passed over"]
    where: str
    problem: str = ""
    warnings: tuple[str, ...] = ()


def added(
    found: Iterable[Input | Failure], store: Archive, *, settings: Settings, workers: int, retry: bool = False
) -> Iterator[Step]:
    """Code what the archive does not know by this coder and these options, keep it, and tell of each input in order.

    Each input is kept with what became of it in one transaction, so that after a kill at any moment the same call goes
    on where it stopped. A failure is kept, too, and told again without work, unless it is to be tried again
    (``retry``). Raises ModelError and ArchiveError.
    """
    coder = name_of(settings.model, trained=settings.trained, ontology=settings.ontology)
    reading = hashlib.sha256(msgspec.json.encode(settings.options)).digest()

    def key(one: Input) -> bytes:
        return hashlib.blake2b(one.fingerprint, digest_size=16, key=reading).digest()

    def fresh() -> Iterator[Input | Step]:
        for one in found:
            if isinstance(one, Failure):
                yield Step("failed", one.where, str(one.error))
                continue
            problem = store.read_before(key(one), coder=coder)
            if problem is None or (problem and retry):
                yield one
            else:
                yield Step("failed" if problem else "known", one.where, problem)

    for result in coded(fresh(), settings=settings, workers=workers):
        if isinstance(result, Step):
            yield result
            continue
        one, outcome = result
        if isinstance(outcome, Coding):
            article = outcome.article
            what = store.add(outcome, coder=coder, source=key(one))
            yield Step(what, article.url or article.title or article.id, warnings=article.warnings)
        else:
            problem = str(outcome) if isinstance(outcome, CommuniqueError) else ""
            store.pass_over(key(one), problem, coder=coder)
            yield Step("failed" if problem else "passed over", one.where, problem)
