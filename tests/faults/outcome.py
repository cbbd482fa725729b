"""What an experiment found, as figures; every failure names the seed or the step that brings it about again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """One experiment: how many trials, what they ended in, and each that ended wrongly."""

    name: str
    tried: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @contextmanager
    def trial(self, how: str) -> Iterator[None]:
        """One trial; whatever is raised in it is a failure of that trial and does not end the experiment."""
        self.tried += 1
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # Polars' PanicException is not an Exception
            self.failures.append(f"{how}: {type(error).__name__}: {error}")

    def add(self, other: Outcome) -> None:
        """Take in the figures of a part."""
        self.tried += other.tried
        self.counts += other.counts
        self.failures += other.failures

    def row(self) -> str:
        """The figures as a row of a table."""
        counted = ", ".join(f"{count:,} {what}" for what, count in sorted(self.counts.items()))
        return f"| {self.name} | {self.tried:,} | {len(self.failures)} | {counted} | {self.seconds:,.0f} |"


@contextmanager
def timed(outcome: Outcome) -> Iterator[Outcome]:
    """Measure how long the experiment takes."""
    began = time.perf_counter()
    try:
        yield outcome
    finally:
        outcome.seconds = time.perf_counter() - began
