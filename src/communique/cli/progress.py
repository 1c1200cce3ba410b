"""How far a long run is: a line that moves on a terminal, now and then a line of its own anywhere else."""

import time
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

from communique.cli.pages import tell

if TYPE_CHECKING:
    from communique.bulk import Step

SECONDS = 30.0
"""How often a line is written where there is no terminal."""


class Progress:
    """Counts steps, and shows the counts, the rate and, where the ``total`` is known, the time left, on stderr."""

    def __init__(self, total: int | None = None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Line

        screen = Console(stderr=True)
        known = () if total is None else (BarColumn(), TextColumn("left"), TimeRemainingColumn())
        self.line = Line(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), *known,
            console=screen, transient=True, disable=not screen.is_terminal,
        )  # fmt: skip
        self.task = self.line.add_task("starting", total=total)
        self.total, self.is_shown = total, screen.is_terminal
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.start = self.told = time.monotonic()

    def __enter__(self) -> Self:
        """Show the line."""
        self.line.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        self.line.stop()

    def count(self, step: "Step") -> None:
        """Count a step, and tell its warnings, or why it failed."""
        self.counts[step.what] += 1
        for warning in step.warnings:
            tell(f"warning: {step.where}: {warning}")
        if step.what == "failed":
            self.failures.append(step.problem)
            tell(step.problem)
        self.line.update(self.task, advance=1, description=f"{self.summary()}, {self._rate()}")
        if not self.is_shown and time.monotonic() - self.told > SECONDS:
            self.told = time.monotonic()
            of = f" of {self.total}" if self.total is not None else ""
            tell(f"{self.counts.total()}{of} read: {self.summary()}, {self._rate()}")

    def summary(self) -> str:
        """Return the counts, for people."""
        told = (
            f"{self.counts['added']} added, {self.counts['recoded']} coded anew, {self.counts['known']} known before"
        )
        return f"{told}, {self.counts['failed']} failed"

    def _rate(self) -> str:
        return f"{self.counts.total() / max(time.monotonic() - self.start, 0.001):.1f} a second"
