"""Stopping: a signal ends the watch when the step under way is done, the second one at once."""

import signal
import time
from types import FrameType

STEP = 0.2
"""Seconds after which a sleeper looks whether it is to stop."""


class Stop:
    """Whether the watch is to end.

    An exception amid whatever is being done would be sooner, but libraries take those for errors of their own.
    """

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Take SIGTERM, by which services are stopped, and SIGINT, Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def sleep(self, seconds: float) -> None:
        """Sleep, but no longer than until the watch is to end."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(STEP, left))

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
