"""Many pages: read, coded by several processes and kept in an archive, so that it can be stopped and gone on with."""

from communique.bulk.adding import Step, added
from communique.bulk.counting import total
from communique.bulk.pool import Settings, coded

__all__ = ["Settings", "Step", "added", "coded", "total"]
