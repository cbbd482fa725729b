"""What the demonstration county must show, and how figures of its parts add up to the whole."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from queries import Selection, Source, open_source, run
from queries.statistics import control_limits

MEETING = date(2014, 4, 13)
NEXT_BUT_ONE = date(2014, 4, 27)
THEN = Selection(events_until=MEETING)


@pytest.fixture(scope="module")
def at_the_meeting(demo_data: Path) -> Source:
    return open_source(demo_data, known_on=MEETING)


@pytest.fixture(scope="module")
def two_weeks_on(demo_data: Path) -> Source:
    return open_source(demo_data, known_on=NEXT_BUT_ONE)


def counts(name: str, source: Source) -> tuple[int, int]:
    total = run(name, source, THEN)
    return total["numerator"].item(), total["denominator"].item()


@pytest.mark.parametrize(
    ("name", "then", "later"),
    [
        ("completion_rate", (853, 927), (892, 927)),
        ("on_time_rate", (799, 927), (835, 927)),
        ("visits_per_unit", (264, 103), (279, 103)),
        ("report_timeliness", (38, 50), (38, 50)),
    ],
)
def test_the_two_clocks_tell_late_from_idle(
    at_the_meeting: Source, two_weeks_on: Source, name: str, then: tuple[int, int], later: tuple[int, int]
) -> None:
    assert counts(name, at_the_meeting) == then
    assert counts(name, two_weeks_on) == later


def flagged(source: Source, name: str) -> set[str]:
    limits = control_limits(run(name, source, THEN, ["group"]))
    return set(limits.filter(pl.col("flag") == "below")["group_id"])


def test_the_chart_of_the_meeting_accuses_a_late_group_and_the_later_one_does_not(
    at_the_meeting: Source, two_weeks_on: Source
) -> None:
    assert flagged(at_the_meeting, "completion_rate") == {"C1", "C2"}
    assert flagged(two_weeks_on, "on_time_rate") == {"C1", "T3"}


def test_the_late_groups_arrive_late_and_their_figures_are_called_immature(at_the_meeting: Source) -> None:
    late = run("late_arriving_share", at_the_meeting, THEN, ["group"])
    assert set(late.filter(pl.col("value") > 0.1)["group_id"]) == {"C2", "T4"}
    lag = run("event_to_report_latency", at_the_meeting, THEN, ["group"])
    slow = lag.filter(pl.col("value") > 5).select("group_id", "value")
    assert slow.rows() == [("T4", 9.0), ("C2", 11.0)]
    assert set(run("visits_per_unit", at_the_meeting, THEN, ["group"])["maturity"]) == {"immature"}


def test_a_weak_groups_empty_weeks_are_rows_of_zero(two_weeks_on: Source) -> None:
    weeks = run("weekly_coverage", two_weeks_on, Selection(events_until=MEETING, groups=("C3",)), ["week"])
    assert weeks["numerator"].to_list() == [6, 5, 3, 0, 0]
    assert weeks["denominator"].to_list() == [13] * 5


@pytest.mark.parametrize("by", ["group", "unit_type", "unit", "week"])
@pytest.mark.parametrize(
    "name", ["completion_rate", "on_time_rate", "weekly_coverage", "late_arriving_share", "event_to_report_latency"]
)
def test_the_parts_add_up_to_the_whole(at_the_meeting: Source, name: str, by: str) -> None:
    parts = run(name, at_the_meeting, Selection(), [by])
    whole = run(name, at_the_meeting, Selection())
    for column in ("numerator", "denominator", "n_missing"):
        assert parts[column].sum() == whole[column].item()


@pytest.mark.parametrize("name", ["report_timeliness", "report_lag"])
def test_reports_add_up_over_groups_and_weeks(at_the_meeting: Source, name: str) -> None:
    parts = run(name, at_the_meeting, Selection(), ["group", "week"])
    whole = run(name, at_the_meeting, Selection())
    for column in ("numerator", "denominator", "n_missing"):
        assert parts[column].sum() == whole[column].item()
