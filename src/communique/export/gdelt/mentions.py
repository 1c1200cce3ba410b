"""GDELT 2.0's Mentions: a row for each report of a dyad of a distinct event, in the 16 columns of its files."""

from collections.abc import Iterable, Iterator
from typing import IO

from communique.export.facts import dyads
from communique.export.gdelt.reports import WEB, Report, Reported, document, global_id, timestamp
from communique.export.rows import Row, write_tabs
from communique.records import Actor, Article

MENTION_FIELDS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
"""The columns, in the order of the files."""


def mention_rows(one: Reported) -> Iterator[Row]:
    """Yield a row for each dyad and report; sentences are not numbered, tone is not known, nothing is translated.

    An actor's offset is that of the words by which this report names it, empty where it does not. InRawText is 1 where
    the clause has both names in full, 0 where the rest of the text or the knowledge tables told who is meant.
    """
    first = timestamp(one.reports[0].article)
    for number, dyad in enumerate(dyads(one.distinct.event), start=1):
        for report in one.reports:
            article, (kind, name) = report.article, document(report.article)
            yield {
                "GLOBALEVENTID": global_id(one.distinct, number),
                "EventTimeDate": first,
                "MentionTimeDate": timestamp(article),
                "MentionType": kind,
                "MentionSourceName": _source(article, kind),
                "MentionIdentifier": name,
                "Actor1CharOffset": _offset(dyad[0], report),
                "Actor2CharOffset": _offset(dyad[1], report),
                "ActionCharOffset": report.event.trigger[0],
                "InRawText": int(all(_in_clause(actor, report) for actor in dyad)),
                "Confidence": round(report.event.confidence * 100),
                "MentionDocLen": len(article.text),
            }


def _offset(actor: Actor | None, report: Report) -> int | None:
    """Return where this report names an actor of the event."""
    if actor is None:
        return None
    for own in (*report.event.source, *report.event.target):
        same = own.id == actor.id if actor.id is not None else own.name == actor.name
        if same and own.mention is not None:
            return own.mention.start
    return None


def _in_clause(actor: Actor | None, report: Report) -> bool:
    """Tell whether the clause has an actor's name in full, so that nothing else had to be read to know it."""
    clause = report.article.text[slice(*report.event.evidence)]
    return actor is None or actor.name.casefold() in clause.casefold()


def _source(article: Article, kind: int) -> str | None:
    """Return who printed a document: by domain on the web, else by name."""
    outlet = article.outlet
    if outlet is None:
        return None
    return (outlet.domain or outlet.name) if kind == WEB else (outlet.name or outlet.domain)


def write_mentions(events: Iterable[Reported], out: IO[str]) -> int:
    """Write the reports of distinct events, without a header; return how many rows."""
    return write_tabs((row for one in events for row in mention_rows(one)), MENTION_FIELDS, out, header=False)
