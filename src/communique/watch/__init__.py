"""The watch: feeds, sitemaps and lists of pages, read again and again, politely, into an archive.

addresses → visits → fetch → documents (feeds, sitemaps) → pages → articles → archive. Nothing else in the package uses
the network.
"""

from communique.watch.fetch import Fetcher
from communique.watch.rounds import Report, Watch
from communique.watch.stopping import Stop

__all__ = ["Fetcher", "Report", "Stop", "Watch"]
