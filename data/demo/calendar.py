"""Working days and weeks of the demonstration campaign."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

LAUNCH: Final = date(2014, 3, 10)
PLANNED_END: Final = date(2014, 9, 30)
MEETING_CUT: Final = date(2014, 4, 13)
LAST_HEARD: Final = date(2014, 4, 11)
"""The last working day whose reports the meeting could know."""
KNOWN_ON: Final = tuple(date(2014, 3, 16) + timedelta(weeks=week) for week in range(29))
WEEKS: Final = len(KNOWN_ON)

HOLIDAYS: Final = {
    date(2014, 1, 1): ("元旦", "New Year"),
    **{date(2014, 1, 31) + timedelta(days=day): ("春节", "Spring Festival") for day in range(7)},
    **{date(2014, 4, 5) + timedelta(days=day): ("清明节", "Qingming") for day in range(3)},
    **{date(2014, 5, 1) + timedelta(days=day): ("劳动节", "Labour Day") for day in range(3)},
    **{date(2014, 5, 31) + timedelta(days=day): ("端午节", "Dragon Boat Festival") for day in range(3)},
    **{date(2014, 9, 6) + timedelta(days=day): ("中秋节", "Mid-Autumn Festival") for day in range(3)},
    **{date(2014, 10, 1) + timedelta(days=day): ("国庆节", "National Day") for day in range(7)},
}
MAKE_UP_DAYS: Final = frozenset(
    {date(2014, 1, 26), date(2014, 2, 8), date(2014, 5, 4), date(2014, 9, 28), date(2014, 10, 11)}
)


@cache
def is_workday(day: date) -> bool:
    """Whether offices are open on that day: no weekend or holiday, or a make-up day."""
    return day in MAKE_UP_DAYS or (day.weekday() < 5 and day not in HOLIDAYS)


def next_workday(day: date) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def previous_workday(day: date) -> date:
    """The day itself if it is a working day, else the last one before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def add_workdays(day: date, count: int) -> date:
    """The working day `count` working days after (before, if negative) a day."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day


def workdays(first: date, last: date) -> list[date]:
    """Every working day from first to last, both included."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in days if is_workday(day)]


def week_of(day: date) -> int:
    """Campaign week of a day; week 1 starts on the launch."""
    return (day - LAUNCH).days // 7 + 1


def week_days(week: int) -> list[date]:
    """The working days of a campaign week."""
    monday = LAUNCH + timedelta(weeks=week - 1)
    return workdays(monday, monday + timedelta(days=6))


@cache
def report_day(week: int) -> date:
    """The day on which the weekly report of a campaign week is due: its Friday, or the next working day."""
    return next_workday(LAUNCH + timedelta(weeks=week - 1, days=4))
