"""What the gazetteer knows of a record's place beyond the record."""

from communique.places import gazetteer
from communique.places.gazetteer import DIVISIONS, Entry
from communique.records import Place


def entry_of(place: Place) -> Entry | None:
    """Return the gazetteer's entry that a record's place is; None for one that it does not have, or has no more."""
    found = gazetteer.load().named(gazetteer.folded(place.name))
    return next((entry for entry in found if entry.place == place), None)


def is_division(entry: Entry | None) -> bool:
    """Tell whether a place is known to be a state or province, and not a sea, a county or a mountain."""
    return entry is not None and entry.kind in DIVISIONS


def division_of(entry: Entry | None) -> str | None:
    """Return the name of the state or province that a place is, or lies in, as far as it is known."""
    return gazetteer.load().division(entry.admin) if entry is not None and entry.admin else None
