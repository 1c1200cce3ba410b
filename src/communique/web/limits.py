"""How often something may be tried: by whom, in how long a time."""

import time
from collections import OrderedDict, deque
from threading import Lock

REMEMBERED = 10_000


class Limit:
    """Allows ``most`` tries in ``seconds`` to each of those who try; it forgets those who have not tried for long."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: str) -> float:
        """Return 0 and count a try, or how many seconds are to be waited for the next."""
        moment = time.monotonic()
        with self._lock:
            tries = self._tries.setdefault(who, deque())
            self._tries.move_to_end(who)
            if len(self._tries) > REMEMBERED:
                self._tries.popitem(last=False)
            while tries and tries[0] <= moment - self.seconds:
                tries.popleft()
            if len(tries) >= self.most:
                return tries[0] + self.seconds - moment
            tries.append(moment)
            return 0.0

    def forget(self, who: str) -> None:
        """Let somebody begin anew, as after a success."""
        with self._lock:
            self._tries.pop(who, None)
