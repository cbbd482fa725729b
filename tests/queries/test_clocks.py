"""The two clocks: what was published of a day stays as it was, and what came later is told apart."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import given
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.exceptions import SnapshotError
from data.snapshots import Snapshot
from queries import (
    Selection,
    Source,
    catalog,
    indicators,
    known_growth,
    late_facts,
    maturity,
    open_source,
    rank_until,
    rows,
    run,
)
from queries.database import Limits
from queries.exceptions import QueryError, SelectionError, UnknownNameError

MEETING = date(2014, 4, 13)
MOBILISED = Selection(events_until=date(2014, 3, 25))
LATE = "late_arriving_share"
FACT = ["fact_kind", "fact_key"]


@pytest.fixture(scope="module")
def at_the_meeting(demo_data: Path) -> Source:
    return open_source(demo_data, known_on=MEETING)


# what later snapshots change


def published_until(demo_data: Path, folder: Path) -> Iterator[tuple[date, Path]]:
    """A data folder of every snapshot so far, for each of the demonstration county's snapshots."""
    for snapshot in Snapshot.list(demo_data):
        only = folder / snapshot.id
        (only / "snapshots").mkdir(parents=True)
        for earlier in Snapshot.list(demo_data):
            if earlier.sequence <= snapshot.sequence:
                (only / "snapshots" / earlier.id).symlink_to(earlier.folder, target_is_directory=True)
        yield snapshot.known_on, only


@pytest.mark.filterwarnings("ignore:Shown is:queries.exceptions.SnapshotWarning")
def test_an_answer_of_a_known_on_day_is_the_same_whatever_snapshots_come_later(demo_data: Path, tmp_path: Path) -> None:
    """By group, and every fourth snapshot over all as well; at the other snapshots a third of the indicators."""
    published = list(published_until(demo_data, tmp_path))

    def compare(known_on: date, folder: Path) -> int:
        one_thread = Limits(threads=1)
        then = open_source(folder, limits=one_thread)
        now = open_source(demo_data, known_on=known_on, limits=one_thread)
        assert then.snapshot_id == now.snapshot_id
        week = then.extent.week_of(known_on)
        for place, name in enumerate(indicators()):
            if week % 4 != 1 and place % 3 != week % 3:
                continue
            asked = {given.askable(name, ["group"]), *([()] if week % 4 == 1 else [])}
            for by in asked if name != LATE else ():
                answers = (run(name, source, Selection(), by) for source in (then, now))
                assert_frame_equal(*answers, check_exact=True)
        return week

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(compare, *zip(*published, strict=True))) == list(range(1, 30))


@pytest.mark.filterwarnings("ignore:Shown is:queries.exceptions.SnapshotWarning")
def test_the_late_share_alone_changes_and_by_exactly_what_arrived(demo_data: Path, tmp_path: Path) -> None:
    newest = open_source(demo_data).table("facts")
    for known_on, folder in published_until(demo_data, tmp_path):
        then, now = open_source(folder), open_source(demo_data, known_on=known_on)
        before, after = (run(LATE, source, Selection()).row(0, named=True) for source in (then, now))
        happened = newest.filter(pl.col("occurred_on").is_between(now.launched_on, known_on))
        arrived = happened.join(then.table("facts"), on=FACT, how="anti")
        assert (before["numerator"], before["denominator"]) == (0, then.table("unit_facts").height)
        assert (after["numerator"], after["denominator"]) == (arrived.height, happened.height)
        assert late_facts(now).select(FACT).sort(FACT).equals(arrived.select(FACT).sort(FACT))
        assert late_facts(then).is_empty()


def test_only_the_late_share_reads_what_came_later() -> None:
    """So no other indicator can change when a snapshot is added."""
    reads = {name: read_by(defined.sql) for name, defined in indicators().items()}
    assert {name for name, tables in reads.items() if "later_facts" in tables} == {LATE}


def read_by(sql: str) -> set[str]:
    """The tables an SQL text reads, directly or through staging."""
    reading = re.compile(r"\b(?:from|join)\s+(\w+)")
    found: set[str] = set()
    left = reading.findall(sql)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += reading.findall(catalog.text("staging", name)) if name in catalog.names("staging") else []
    return found


# dates that do not fit


def test_events_after_the_known_on_day_are_refused(at_the_meeting: Source) -> None:
    tomorrow = Selection(events_until=MEETING + timedelta(days=1))
    for ask in (
        lambda: run("completion_rate", at_the_meeting, tomorrow),
        lambda: rows("completion_rate", at_the_meeting, tomorrow),
        lambda: known_growth(at_the_meeting, tomorrow),
        lambda: late_facts(at_the_meeting, tomorrow),
    ):
        with pytest.raises(SelectionError, match="events_until 2014-04-14 lies after known_on 2014-04-13"):
            ask()


def test_events_before_the_launch_are_refused(at_the_meeting: Source) -> None:
    with pytest.raises(SelectionError, match="events_until 2014-03-09 lies before the launch"):
        run("completion_rate", at_the_meeting, Selection(events_until=date(2014, 3, 9)))


def test_a_known_on_day_before_the_first_snapshot_is_refused(demo_data: Path) -> None:
    with pytest.raises(SnapshotError, match="No snapshot was known on 2014-03-15: the first is of 2014-03-16"):
        open_source(demo_data, known_on=date(2014, 3, 15))


def test_a_known_on_day_before_the_source_is_refused(at_the_meeting: Source) -> None:
    with pytest.raises(SelectionError, match="known_on 2014-04-06 lies before this source"):
        run("completion_rate", at_the_meeting, Selection(known_on=date(2014, 4, 6)))


def test_a_later_snapshot_that_is_older_is_refused(demo_data: Path) -> None:
    first, second = Snapshot.list(demo_data)[:2]
    with pytest.raises(QueryError, match="is older than"):
        Source.open(second, later=first)


# how news came in


def test_the_mobilisation_meetings_became_known_week_by_week(at_the_meeting: Source) -> None:
    growth = known_growth(at_the_meeting, MOBILISED, action="A05")
    by_week = growth.group_by("known_by").agg(pl.col("count_known", "count_all").sum()).sort("known_by")
    assert by_week["known_by"].to_list() == [date(2014, 3, 16) + timedelta(days=7 * no) for no in range(5)]
    assert by_week["count_known"].to_list() == [0, 37, 91, 103, 103]
    assert by_week["count_all"].to_list() == [103] * 5


def test_what_had_happened_by_a_week_is_counted_by_its_day_and_not_by_its_report(at_the_meeting: Source) -> None:
    growth = known_growth(at_the_meeting, MOBILISED, action="A05")
    facts = at_the_meeting.table("unit_facts").filter(pl.col("action_code") == "A05")
    for known_by, happened in growth.group_by("known_by").agg(pl.col("count_happened").sum()).rows():
        assert happened == facts.filter(pl.col("occurred_on") <= min(known_by, date(2014, 3, 25))).height
    assert growth.filter(pl.col("count_known") > pl.col("count_happened")).is_empty()


def test_the_twelve_meetings_missing_in_the_third_week_are_those_of_the_late_groups(at_the_meeting: Source) -> None:
    third = known_growth(at_the_meeting, MOBILISED, action="A05").filter(pl.col("week") == 3)
    missing = third.with_columns(missing=pl.col("count_all") - pl.col("count_known")).filter(pl.col("missing") > 0)
    assert dict(missing.select("group_id", "missing").rows()) == {"C2": 10, "T4": 2}


def test_every_group_and_week_has_its_row_though_nothing_was_known(at_the_meeting: Source) -> None:
    growth = known_growth(at_the_meeting, Selection(groups=("T2", "C2")), fact_kind="problem", action="A05")
    assert growth.select("group_id", "week").rows() == [(group, week) for group in ("T2", "C2") for week in range(1, 6)]
    assert growth["count_known"].sum() == growth["count_all"].sum() == 0


def test_growth_is_what_the_snapshots_of_the_time_held(demo_data: Path) -> None:
    """Up to corrections, which count from their own report: an earlier snapshot held as much or more."""
    newest = open_source(demo_data)
    growth = known_growth(newest, MOBILISED).group_by("known_by").agg(pl.col("count_known").sum())
    told = dict(growth.rows())
    held = {each.known_on: open_source(demo_data, each.known_on) for each in Snapshot.list(demo_data)[1:8]}
    for known_on, source in held.items():
        facts = source.table("unit_facts").filter(pl.col("occurred_on") <= MOBILISED.events_until)
        corrected = facts.join(newest.table("facts"), on=FACT, how="left").filter(
            (pl.col("reported_at_right").dt.date() > known_on).fill_null(True)
        )
        assert told[known_on] == facts.height - corrected.height
        assert corrected.height < 0.02 * facts.height


def test_the_last_week_ends_on_the_known_on_day() -> None:
    county = given.tables(
        {"T1": {"U1": "township"}},
        {
            "visits": [
                {"visit_id": "V1", "unit_id": "U1", "visited_on": date(2014, 3, 11), "reported_at": date(2014, 3, 18)}
            ]
        },
    )
    growth = known_growth(given.source(county, date(2014, 3, 18)), fact_kind="visit")
    assert growth.drop("group_id").rows() == [(1, date(2014, 3, 16), 0, 1, 1), (2, date(2014, 3, 18), 1, 1, 1)]


@pytest.mark.parametrize(
    ("asked", "told"), [({"fact_kind": "visits"}, "Did you mean 'visit'"), ({"action": "A99"}, "unknown action 'A99'")]
)
def test_an_unknown_kind_or_action_is_told(at_the_meeting: Source, asked: dict[str, str], told: str) -> None:
    with pytest.raises(UnknownNameError, match=told):
        known_growth(at_the_meeting, **asked)


def test_late_facts_say_how_late_they_were(at_the_meeting: Source) -> None:
    late = late_facts(at_the_meeting, Selection(events_until=MEETING))
    assert late.height == run(LATE, at_the_meeting, Selection())["numerator"].item()
    days = (pl.col("reported_at").dt.date() - pl.lit(MEETING)).dt.total_days()
    assert late["days_after"].equals(late.select(days_after=days)["days_after"])
    assert late["days_after"].min() > 0
    slow = late.filter(pl.col("days_after") > 3)
    assert set(slow["group_id"]) == {"C2", "T4"}


# how far figures are complete


def test_the_default_ranking_day_is_the_known_on_day_less_the_slowest_groups_limit(at_the_meeting: Source) -> None:
    limits = maturity(at_the_meeting)
    assert limits["group_id"].to_list() == list(at_the_meeting.extent.groups)
    assert set(limits["basis"]) == {"settled"}
    assert limits.sort("latency_limit_days")["group_id"].to_list()[-2:] == ["T4", "C2"]
    slowest = limits["latency_limit_days"].max()
    assert slowest <= 14
    assert rank_until(at_the_meeting) == MEETING - timedelta(days=slowest) == date(2014, 3, 31)
    assert set(limits["rank_until"]) == {date(2014, 3, 31)}


def test_only_the_groups_shown_decide_the_ranking_day(at_the_meeting: Source) -> None:
    shown = maturity(at_the_meeting, ("C4", "C6"))
    assert shown["group_id"].to_list() == ["C4", "C6"]
    assert rank_until(at_the_meeting, ("C4", "C6")) == shown["mature_until"].min() > rank_until(at_the_meeting)
    with pytest.raises(SelectionError, match="unknown group 'C9'"):
        maturity(at_the_meeting, ("C9",))


def test_ranked_up_to_that_day_the_weak_groups_are_flagged_and_no_late_one(at_the_meeting: Source) -> None:
    complete = Selection(events_until=rank_until(at_the_meeting))
    flagged = rows("group_balance", at_the_meeting, complete).filter(pl.col("flag") == "below")
    assert flagged["group_id"].to_list() == ["T3", "C1"]
    assert run("group_balance", at_the_meeting, complete)["maturity"].to_list() == ["mature"]


def visit_of(no: int, occurred_on: date, days: int) -> dict[str, object]:
    return {
        "visit_id": f"V{no}",
        "unit_id": "U1",
        "visited_on": occurred_on,
        "reported_at": occurred_on + timedelta(days=days),
    }


def limits_of(known_on: date, *visits: dict[str, object]) -> dict[str, object]:
    county = given.tables({"T1": {"U1": "township"}}, {"visits": list(visits)})
    return maturity(given.source(county, known_on)).row(0, named=True)


def test_a_young_fact_does_not_make_a_group_look_fast() -> None:
    """Its slow neighbours are not in yet: only facts at least 30 days old say how slow a group is."""
    slow, quick = visit_of(1, date(2014, 4, 1), 9), visit_of(2, date(2014, 5, 10), 0)
    settled = limits_of(date(2014, 5, 11), slow, quick)
    assert (settled["basis"], settled["p90_days"], settled["latency_limit_days"]) == ("settled", 9.0, 9)
    assert settled["rank_until"] == date(2014, 5, 2)


def test_all_facts_speak_where_none_is_old_enough() -> None:
    young = limits_of(date(2014, 5, 11), visit_of(1, date(2014, 5, 1), 2), visit_of(2, date(2014, 5, 2), 2))
    assert (young["basis"], young["latency_limit_days"]) == ("all", 2)


def test_a_fact_older_than_eight_weeks_says_nothing_of_today() -> None:
    old, settled = visit_of(1, date(2014, 3, 16), 12), visit_of(2, date(2014, 3, 17), 3)
    assert limits_of(date(2014, 5, 11), old, settled)["latency_limit_days"] == 3


def test_no_limit_is_longer_than_fourteen_days() -> None:
    slow = limits_of(date(2014, 5, 11), visit_of(1, date(2014, 4, 1), 30))
    assert (slow["p90_days"], slow["latency_limit_days"], slow["mature_until"]) == (30.0, 14, date(2014, 4, 27))


def test_without_facts_and_in_the_first_four_weeks_it_is_fourteen_days() -> None:
    assert [limits_of(date(2014, 5, 11))[key] for key in ("basis", "latency_limit_days")] == ["none", 14]
    early = limits_of(date(2014, 4, 6), visit_of(1, date(2014, 3, 11), 1))
    assert (early["basis"], early["latency_limit_days"]) == ("first_weeks", 14)


def test_while_nothing_is_complete_there_is_no_ranking_day() -> None:
    source = given.source(given.tables({"T1": {"U1": "township"}}, {}), date(2014, 3, 23))
    assert maturity(source)["mature_until"].to_list() == [date(2014, 3, 9)]
    assert rank_until(source) is None
    assert rank_until(given.source(given.tables({"T1": {"U1": "township"}}, {}), date(2014, 3, 24))) == date(
        2014, 3, 10
    )
