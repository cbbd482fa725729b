"""How long each group takes to tell the campaign office of an event (the third weakness of the county)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from data.demo.calendar import MEETING_CUT, add_workdays, previous_workday, report_day, week_of
from data.demo.chance import below, between, chance
from data.demo.rows import stamp

SLOW_GROUPS: Final = {
    "C2": ((date(2014, 6, 30), 11), (date(2014, 7, 31), 8), (date(2014, 8, 31), 5), (date.max, 3)),
    "T4": ((date(2014, 6, 30), 9), (date(2014, 7, 31), 6), (date(2014, 8, 31), 4), (date.max, 2)),
}
QUICK: Final = 0.15
STRAGGLING: Final = {"C1": 0.12, "T3": 0.12, "C3": 0.15}


def with_weekly_report(day: date) -> date:
    """The first weekly report day on or after an event."""
    due = report_day(week_of(day))
    return due if due >= day else report_day(week_of(day) + 1)


def reported_on(group_id: str, day: date, *key: object, prompt: bool = False) -> date:
    """The day on which the office hears of an event.

    Ordinary groups tell it on the next day or with the weekly report, a few events some days later unless `prompt`;
    the two slow groups need one to two weeks, less from July on. Facts of the week before the meeting never straggle.
    """
    if group_id in SLOW_GROUPS:
        days = next(days for until, days in SLOW_GROUPS[group_id] if day <= until)
        return max(day, previous_workday(day + timedelta(days=days + between(0, 2, "latency", group_id, *key))))
    due = with_weekly_report(day)
    if chance("quick", group_id, *key) < QUICK:
        return min(due, add_workdays(day, 1))
    critical = MEETING_CUT - timedelta(days=7) < day <= MEETING_CUT
    if prompt or critical or chance("straggles", group_id, *key) >= STRAGGLING.get(group_id, 0.06):
        return due
    return add_workdays(due, 1 + below(3, "straggling", group_id, *key))


def reported_at(
    group_id: str,
    day: date,
    *key: object,
    prompt: bool = False,
    not_before: date | None = None,
    not_after: date | None = None,
) -> datetime:
    """The moment on which the office hears of an event, kept back to one day or brought forward to another if given."""
    heard = reported_on(group_id, day, *key, prompt=prompt)
    if not_before and heard < not_before:
        heard = add_workdays(not_before, below(3, "kept back", group_id, *key))
    return stamp(min(heard, not_after) if not_after else heard, group_id, *key)
