"""GDELT 2.0's Event Database: a row for each dyad of a distinct event, in the 61 columns of its export files."""

from collections.abc import Iterable, Iterator
from typing import IO

from communique.export.facts import dyads, whole_day
from communique.export.gdelt.codes import act_columns, actor_columns
from communique.export.gdelt.places import place_columns
from communique.export.gdelt.reports import Report, Reported, document, global_id, timestamp
from communique.export.rows import Row, write_tabs

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_FIELDS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{role}Geo_{name}" for role in ("Actor1", "Actor2", "Action") for name in _PLACE),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The columns, in the order of the files."""
# GDELT's fraction of a year takes every month for 30 days.
MONTH, YEAR = 30, 365


def event_rows(one: Reported) -> Iterator[Row]:
    """Yield a row for each dyad of an event; tone and the places of the actors are not known."""
    event, articles = one.distinct.event, [report.article for report in one.reports]
    outlets = {one.outlet.name or one.outlet.domain for one in articles if one.outlet} - {None}
    shared = {
        **_date_columns(one.distinct.day),
        "IsRootEvent": int(any(in_lead(report) for report in one.reports)),
        **act_columns(event),
        # A clause is a mention, and a report may have several.
        "NumMentions": sum(1 + len(report.event.also) for report in one.reports),
        "NumSources": len(outlets) or None,
        "NumArticles": len({article.id for article in articles}),
        **place_columns("Actor1", None),
        **place_columns("Actor2", None),
        **place_columns("Action", event.place),
        "DATEADDED": timestamp(articles[0]),
        "SOURCEURL": document(articles[0])[1],
    }
    for number, (source, target) in enumerate(dyads(event), start=1):
        yield {
            "GLOBALEVENTID": global_id(one.distinct, number),
            **shared,
            **actor_columns(1, source),
            **actor_columns(2, target),
        }


def _date_columns(date: str | None) -> Row:
    """Return the columns of a day; of an interval the month and year that it lies in, if it lies in one."""
    if date is None:
        return {}
    first, _, last = date.partition("/")
    last = last or first
    day = whole_day(date)
    columns: dict[str, str] = {}
    if day is not None:
        fraction = ((int(day[5:7]) - 1) * MONTH + int(day[8:10])) / YEAR
        columns |= {"SQLDATE": day.replace("-", ""), "FractionDate": f"{day[:4]}.{round(fraction * 10_000):04}"}
    if first[:7] == last[:7]:
        columns["MonthYear"] = first[:7].replace("-", "")
    if first[:4] == last[:4]:
        columns["Year"] = first[:4]
    return columns


def in_lead(report: Report) -> bool:
    """Tell whether the clause stands in the first paragraph."""
    paragraphs = report.article.paragraphs
    return bool(paragraphs) and report.event.evidence[0] < paragraphs[0][1]


def write_events(events: Iterable[Reported], out: IO[str]) -> int:
    """Write distinct events, without a header; return how many rows."""
    return write_tabs((row for one in events for row in event_rows(one)), EVENT_FIELDS, out, header=False)
