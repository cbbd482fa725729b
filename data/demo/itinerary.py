"""Which unit each group visits on which day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from data.demo.calendar import LAUNCH, WEEKS, week_days
from data.demo.chance import below, chance, shuffled
from data.demo.groups import GROUPS, Unit, units_of
from data.demo.rhythm import OPENING_WEEKS, RHYTHMS, visits_wanted


class Stop(NamedTuple):
    """One unit on one day."""

    group_id: str
    unit_id: str
    week: int
    day: date


@cache
def stops() -> tuple[Stop, ...]:
    """Every visit on the spot of the campaign, by group and then by day."""
    return tuple(stop for group_id in GROUPS for stop in _group(group_id))


def opening_stops(group_id: str, seed: int) -> list[Stop]:
    """The visits of the first five weeks that a seed gives."""
    found: list[Stop] = []
    scatter = RHYTHMS[group_id].scatter
    counts = {unit.unit_id: 0 for unit in units_of(group_id)}
    for week in range(1, OPENING_WEEKS + 1):
        draws = {unit_id: counts[unit_id] + scatter * chance("opening", seed, week, unit_id) for unit_id in counts}
        chosen = sorted(draws, key=lambda unit_id: draws[unit_id])[: visits_wanted(group_id, week)]
        for unit_id in chosen:
            counts[unit_id] += 1
        found += _spread(group_id, week, chosen, seed)
    return found


def longest_gaps(found: list[Stop], units: tuple[Unit, ...], until: date) -> list[int]:
    """Each unit's longest time in days without a visit between the launch and a day, ascending."""
    points: dict[str, list[date]] = {unit.unit_id: [LAUNCH] for unit in units}
    for stop in sorted(found, key=lambda stop: stop.day):
        points[stop.unit_id].append(stop.day)
    return sorted(
        max((later - earlier).days for earlier, later in zip(days, [*days[1:], until], strict=True))
        for days in points.values()
    )


def _group(group_id: str) -> list[Stop]:
    found = opening_stops(group_id, RHYTHMS[group_id].seed)
    last = {unit.unit_id: LAUNCH for unit in units_of(group_id)}
    last |= {stop.unit_id: stop.day for stop in found}
    for week in range(OPENING_WEEKS + 1, WEEKS + 1):
        start = LAUNCH + timedelta(weeks=week - 1)
        waited = {unit_id: -(start - day).days + 12 * chance("next", week, unit_id) for unit_id, day in last.items()}
        chosen = sorted(waited, key=lambda unit_id: waited[unit_id])[: visits_wanted(group_id, week)]
        found += (stops := _spread(group_id, week, chosen, 0))
        last |= {stop.unit_id: stop.day for stop in stops}
    return found


def _spread(group_id: str, week: int, chosen: list[str], seed: int) -> list[Stop]:
    days = week_days(week)
    start = below(len(days), "start", group_id, week, seed)
    ordered = shuffled(chosen, "route", week, seed)
    stops = [
        Stop(group_id, unit_id, week, days[(start + place * len(days) // max(1, len(ordered))) % len(days)])
        for place, unit_id in enumerate(ordered)
    ]
    return sorted(stops, key=lambda stop: stop.day)
