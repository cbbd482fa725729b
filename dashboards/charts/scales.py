"""Axes: where they begin and end, and the round numbers on them."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.formats import count, day, percent
from dashboards.theme import Language


@dataclass(frozen=True)
class Axis:
    """A range with its ticks and their labels."""

    start: float
    end: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]


def share_axis(lowest: float = 0.0, highest: float = 1.0) -> Axis:
    """Shares from a round number below the lowest to one above the highest, with round ticks."""
    lowest, highest = max(min(lowest, 1.0), 0.0), min(max(highest, 0.0), 1.0)
    reach = max(highest - lowest, 0.05)
    step = next((step for step, most in ((0.05, 0.24), (0.1, 0.48)) if reach <= most), 0.2)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    if first >= last:
        first, last = (first, first + 1) if step * (first + 1) <= 1 + 1e-9 else (first - 1, first)
    ticks = tuple(round(step * at, 2) for at in range(first, last + 1))
    pad = (ticks[-1] - ticks[0]) * 0.02
    return Axis(ticks[0] - pad, ticks[-1] + pad, ticks, tuple(percent(tick, 0) for tick in ticks))


def days_axis(highest: float, *, lowest: float = 0.0) -> Axis:
    """Whole numbers (days, counts) from a round number up to one above the highest, with about five ticks."""
    reach = max(highest - lowest, 1.0)
    power = 10 ** math.floor(math.log10(reach / 4)) if reach > 4 else 1
    step = next((power * factor for factor in (1, 2, 5) if reach / (power * factor) <= 6), power * 10)
    first, last = math.floor(lowest / step), math.ceil(highest / step - 1e-9)
    ticks = tuple(float(step * at) for at in range(first, max(last, first + 1) + 1))
    pad = (ticks[-1] - ticks[0]) * 0.02
    return Axis(ticks[0] - pad, ticks[-1] + pad, ticks, tuple(count(tick) for tick in ticks))


def dates_axis(first: date, last: date, language: Language, most: int = 4) -> Axis:
    """Days as their ordinal numbers from one to another, with Mondays named, at most so many."""
    reach = max((last - first).days, 7)
    monday = first + timedelta(days=-first.weekday() % 7)
    step = 7 * math.ceil((reach + 1) / 7 / most)
    days = [monday + timedelta(days=passed) for passed in range(0, reach + 1, step)]
    ticks = tuple(float(one.toordinal()) for one in days if one <= first + timedelta(days=reach))
    labels = tuple(day(one, language, year=False) for one in days[: len(ticks)])
    pad = reach * 0.02
    return Axis(first.toordinal() - pad, first.toordinal() + reach + pad, ticks, labels)


def week_ticks(first: int, last: int, most: int = 10) -> list[int]:
    """The weeks that are named on an axis."""
    step = math.ceil((last - first + 1) / most)
    return [week for week in range(first, last + 1) if (week - first) % step == 0]
