"""A zero-based scale with round ticks, for the drawing and its static twin alike."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.formats import measure, percent


@dataclass(frozen=True)
class Scale:
    """From where to where, with zero within, and the round numbers on it."""

    start: float
    end: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    @classmethod
    def over(cls, values: Iterable[float | None], unit: str) -> "Scale":
        """A scale that holds zero and all the values; a share never beyond 100 % by more than its pad."""
        known = [0.0, *(value for value in values if value is not None)]
        low, high = min(known), max(known)
        reach = (high - low) or 1.0
        power = 10 ** math.floor(math.log10(reach / 5))
        step = next(power * factor for factor in (1, 2, 5, 10) if reach / (power * factor) <= 6)
        first, last = math.floor(low / step + 1e-9), math.ceil((high or (0 if low else 1)) / step - 1e-9)
        ticks = tuple(round(step * at, 10) for at in range(first, last + 1))
        labels = tuple(
            percent(tick, 0 if step >= 0.01 else 1) if unit == "share" else measure(tick, "") for tick in ticks
        )
        return cls(ticks[0], ticks[-1], ticks, labels)

    def at(self, value: float, length: float) -> float:
        """Where a value lies on so many pixels."""
        return (value - self.start) / (self.end - self.start) * length
