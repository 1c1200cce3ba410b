"""Distinct events in the tables of GDELT 2.0: the Event Database (events) and its Mentions (mentions).

GDELT's layout and codes, not its data: a row is what the records know, and what they do not know is empty. The columns
are those of the GDELT Event Codebook 2.0 (2015-02-19), without a header, as GDELT has them.
"""

from communique.export.gdelt.events import EVENT_FIELDS, write_events
from communique.export.gdelt.mentions import MENTION_FIELDS, write_mentions
from communique.export.gdelt.reports import reported

__all__ = ["EVENT_FIELDS", "MENTION_FIELDS", "reported", "write_events", "write_mentions"]
