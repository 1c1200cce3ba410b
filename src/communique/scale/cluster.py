"""Ray: started here, or an existing cluster by its address. Nothing else in the package knows how.

Ray's dashboard is not started and its statistics of use are not sent: nothing leaves the machines of the cluster.
"""

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import CodingError, UsageError

if TYPE_CHECKING:
    from ray.data import Dataset as Rows

MEMORY = 1_200_000_000
"""Bytes that a worker is given: what it may come to before it gives way, and what one page may need."""
OBJECTS = 200_000_000
"""Bytes of Ray's shared memory on one machine: what passes between steps; the records themselves go by files."""
TEMPORARY = "/tmp" if Path("/tmp").is_dir() else None
"""Where Ray's sockets and logs are: their paths must be short, which other folders for such files may not be."""
SECONDS = 5.0
"""How long an address may take to answer."""

QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}


@contextmanager
def connected(address: str | None, workers: int) -> Iterator[int]:
    """Have Ray within the block, and give how many workers there can be: at most ``workers``.

    Without an address it starts on this machine, guarded by a token unless the program has imported Ray before, and
    ends with the block. One processor is left for the tasks that read and write: a pool as large as the cluster would
    wait for them forever. Raises UsageError when Ray is not installed, the address does not answer, or there is no
    room for a worker.
    """
    os.environ |= QUIET
    if address is None and "ray" not in sys.modules:
        # Whoever else reaches Ray's ports is turned away. Ray reads this when it is imported, once in a process.
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
        os.environ.setdefault("RAY_AUTH_MODE", "token")
    try:
        import ray
    except ModuleNotFoundError as error:
        remedy = 'pip install "communique[scale]"'
        raise UsageError(f"scale needs the package {error.name}, which is not installed", remedy=remedy) from error
    settings: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    with tempfile.TemporaryDirectory(prefix="communique-", dir=TEMPORARY) as folder:
        if address is None:
            settings |= {"num_cpus": workers + 1, "include_dashboard": False, "_temp_dir": folder}
            settings |= {"object_store_memory": OBJECTS}
        else:
            _answers(address)
            settings["address"] = address
        try:
            ray.init(**settings)
        except (ConnectionError, RuntimeError, ValueError) as error:
            what = f"no cluster of Ray at {address}" if address else "Ray does not start"
            remedy = "ray start --head starts one; --address takes auto, HOST:PORT or ray://HOST:PORT"
            raise UsageError(f"{what} ({_line(error)})", remedy=remedy) from error
        try:
            _quiet()
            yield _room(ray.cluster_resources(), workers)
        finally:
            ray.shutdown()


def spread(rows: list[dict[str, Any]]) -> "Rows":
    """Return rows of which each is a task of its own."""
    import ray.data

    return ray.data.from_items(rows, override_num_blocks=len(rows))


def told(rows: "Rows") -> Iterator[dict[str, Any]]:
    """Yield rows as they are made. Raises CodingError, in a line, when Ray gives up."""
    import ray

    try:
        yield from rows.iter_rows()
    except (ray.exceptions.RayError, OSError) as error:
        line = (str(error).strip() or type(error).__name__).splitlines()[-1][:300]
        raise CodingError(line, where="the cluster", remedy="the same command goes on from here") from error


def _quiet() -> None:
    import logging

    from ray.data import DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _room(resources: dict[str, float], workers: int) -> int:
    room = min(workers, int(resources.get("CPU", 0)) - 1, int(resources.get("memory", 0) // MEMORY))
    if room < 1:
        needs = f"two processors and {MEMORY / 1e9:.1f} GB of free memory"
        raise UsageError("the cluster has no room for a worker", remedy=f"it needs {needs}")
    return room


def _answers(address: str) -> None:
    """Ask an address before Ray does, which would go on asking for minutes. Raises UsageError."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if address == "auto":
        return
    if not host or not port.isdigit():
        raise UsageError(f"--address {address!r} is none", remedy="it is auto, HOST:PORT or ray://HOST:PORT")
    try:
        socket.create_connection((host, int(port)), timeout=SECONDS).close()
    except OSError as error:
        remedy = "check the address, and that ray start --head runs there"
        raise UsageError(f"{address} does not answer ({error.strerror or error})", remedy=remedy) from error


def _line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
