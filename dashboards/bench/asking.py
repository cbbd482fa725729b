"""What an analyst writes as arguments, read into a selection: days, weeks and names in the forms people use."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from queries import Selection
from queries.exceptions import SelectionError
from queries.extent import Extent

Day = date | str
Names = str | Iterable[str]
Period = int | Sequence[int | Day]


def as_day(value: Day, what: str) -> date:
    """A day given as a date, a datetime or an ISO text; SelectionError for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise SelectionError(f"{what} {value!r} is not a day: give a date or a text like '2014-04-13'.") from None


def as_names(value: Names) -> tuple[str, ...]:
    """One name or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def as_weeks(period: Period | None, extent: Extent) -> tuple[int, int] | None:
    """A period: a week, or the first and the last one, each a campaign week or a day in it; None for all."""
    if period is None:
        return None
    ends = (period,) if isinstance(period, int | str | date) else tuple(period)
    if len(ends) not in (1, 2):
        raise SelectionError(f"period {period!r} has {len(ends)} ends: give one week or two, like 5 or (3, 8).")
    weeks = [_week(end, extent) for end in ends]
    return weeks[0], weeks[-1]


def selected(
    extent: Extent, groups: Names, unit_types: Names, period: Period | None, events_until: Day | None
) -> Selection:
    """The selection these name within one snapshot, not yet held against it."""
    return Selection(
        known_on=extent.known_on,
        events_until=None if events_until is None else as_day(events_until, "events_until"),
        groups=as_names(groups),
        unit_types=as_names(unit_types),
        period=as_weeks(period, extent),
    )


def _week(end: int | Day, extent: Extent) -> int:
    if isinstance(end, int):
        return end
    if isinstance(end, str) and end.isdecimal():
        return int(end)
    try:
        return extent.week_of(as_day(end, "period"))
    except SelectionError:
        raise SelectionError(
            f"period: {end!r} is neither a campaign week nor a day: give weeks like (3, 8), or days like "
            "('2014-03-24', '2014-05-04')."
        ) from None
