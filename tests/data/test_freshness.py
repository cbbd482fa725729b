"""How old a snapshot is, and which week can be closed."""

from datetime import date, timedelta

import pytest

from data.freshness import days_old, is_stale, week_due
from data.snapshots import Snapshot


def test_a_week_is_fresh_for_eight_days(published: list[Snapshot]) -> None:
    snapshot = published[0]
    ages = [days_old(snapshot, snapshot.known_on + timedelta(days=days)) for days in range(-2, 12)]
    assert ages == [0, 0, *range(12)]
    stale = [is_stale(snapshot, snapshot.known_on + timedelta(days=days)) for days in range(12)]
    assert stale == [False] * 9 + [True] * 3


def test_the_week_due_is_the_last_sunday_that_is_over() -> None:
    sunday = date(2014, 4, 13)
    for days in range(1, 8):
        assert week_due(sunday + timedelta(days=days)) == sunday
    assert week_due(sunday) == date(2014, 4, 6)


@pytest.mark.parametrize("today", [date(2016, 2, 29), date(2015, 1, 1), date(2014, 12, 29)])
def test_the_week_due_is_a_sunday_of_the_seven_days_before(today: date) -> None:
    due = week_due(today)
    assert due.isoweekday() == 7
    assert 1 <= (today - due).days <= 7
