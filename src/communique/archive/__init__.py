"""The archive: one SQLite file that keeps codings, written by one, read by many. All SQL is run in this folder."""

from communique.archive.store import Archive, Found, is_archive
from communique.archive.watched import Watched

__all__ = ["Archive", "Found", "Watched", "is_archive"]
