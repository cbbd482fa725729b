"""The common calendar, who meets whom, and what is asked of units: by hand, by loops, against the indicators."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from oracles.base import Oracle
from oracles.inspections import days_apart, planned, separate, window

from queries import Selection, Source, open_source, rows, run
from queries.inspections import calls, inspections, meetings

DAY = timedelta(days=1)
KNOWN_ON = date(2014, 4, 13)
CHOSEN = [
    Selection(),
    Selection(groups=("C1", "C6")),
    Selection(unit_types=("township",)),
    Selection(period=(4, 6)),
    Selection(events_until=date(2014, 4, 20)),
]


def april(day: int) -> date:
    return date(2014, 4, day)


def plan(no: int, body: str, first: int, **more: Any) -> dict[str, Any]:
    plan = {"inspection_id": f"X{no}", "body_id": body, "unit_id": "U1", "plan_status": "approved", "days": 1.0}
    return plan | {"planned_from": april(first), "planned_to": april(first)} | more


def source(known_on: date = KNOWN_ON, **tables: list[dict[str, Any]]) -> Source:
    return given.source(given.tables({"T1": {"U1": "township"}, "C1": {"U2": "county_department"}}, tables), known_on)


def states(*plans: dict[str, Any], selection: Selection | None = None) -> dict[str, str]:
    frame = inspections(source(inspections=list(plans)), selection or Selection())
    return dict(frame.select("inspection_id", "state").rows())


# the calendar


def test_every_inspection_stands_in_one_state() -> None:
    found = states(
        plan(1, "A", 7, plan_status="held", actual_from=april(7), actual_to=april(8)),
        plan(2, "A", 9, planned_to=april(9)),
        plan(3, "A", 12, planned_to=april(15)),
        plan(4, "A", 13),
        plan(5, "A", 14),
        plan(6, "A", 7, plan_status="merged", merged_into="X1"),
        plan(7, "A", 7, plan_status="cancelled"),
        plan(8, "A", 7, is_void=True),
        plan(9, "A", 7, actual_from=april(8), actual_to=april(8)),
    )
    assert found == {
        **{"X1": "held", "X2": "unreported", "X3": "under_way", "X4": "under_way", "X5": "ahead"},
        **{"X6": "merged", "X9": "held"},
    }


def test_what_is_ahead_follows_the_events_until_date() -> None:
    held = plan(1, "A", 7, plan_status="held", actual_from=april(7), actual_to=april(8))
    for until, state in ((6, "ahead"), (7, "under_way"), (8, "held")):
        assert states(held, selection=Selection(events_until=april(until))) == {"X1": state}


def test_without_a_period_all_that_is_to_come_is_there_and_with_one_its_weeks_are() -> None:
    plans = [plan(1, "A", 7), plan(2, "A", 20), plan(3, "A", 13)]
    assert set(states(*plans)) == {"X1", "X2", "X3"}
    assert set(states(*plans, selection=Selection(period=(5, 5)))) == {"X1", "X3"}


def test_congress_and_consultative_conference_are_partners() -> None:
    kinds = {"A": "party_office", "B": "peoples_congress", "C": "consultative_conference"}
    bodies = [{"body_id": body, "body_kind": kind} for body, kind in kinds.items()]
    plans = [plan(no, body, 7) for no, body in enumerate((*kinds, "unknown"))]
    plans += [plan(4, "A", 8, inspection_kind="law_inspection"), plan(5, "A", 9, inspection_kind="democratic")]
    frame = inspections(source(bodies=bodies, inspections=plans), Selection())
    assert [row["inspection_id"] for row in frame.to_dicts() if row["is_partner"]] == ["X1", "X2", "X4", "X5"]


def test_an_overlap_is_marked_by_either_definition() -> None:
    plans = [plan(1, "A", 7, theme_code="safety"), plan(2, "B", 14), plan(3, "C", 30, theme_code="safety")]
    frame = inspections(source(inspections=plans), Selection())
    assert frame.select("is_near", "is_repeated").rows() == [(True, True), (True, False), (False, True)]


# pairs


def test_a_pair_is_told_once_with_its_days_apart() -> None:
    plans = [
        plan(1, "A", 7),
        plan(2, "B", 10, planned_to=april(11), theme_code="fire"),
        plan(3, "A", 25, theme_code="finance"),
    ]
    (row,) = meetings(source(inspections=plans), Selection()).to_dicts()
    told = ("inspection_id", "other_inspection_id", "gap_days", "is_near", "is_repeated", "is_begun")
    assert tuple(row[name] for name in told) == ("X1", "X2", 3, True, False, True)


def test_a_pair_counts_where_one_of_the_two_lies_in_the_weeks() -> None:
    table = source(inspections=[plan(1, "A", 6), plan(2, "B", 7)])
    for week, n in ((3, 0), (4, 1), (5, 1)):
        assert meetings(table, Selection(period=(week, week))).height == n


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_what_has_begun_of_pairs_and_calendar_is_what_the_indicators_count(demo_data: Path, chosen: Selection) -> None:
    county = open_source(demo_data)
    begun = inspections(county, chosen).filter(~pl.col("state").is_in(["ahead", "merged"]))
    pairs = meetings(county, chosen).filter("is_begun")
    for name, column in (("inspection_overlap", "is_near"), ("inspection_overlap_theme", "is_repeated")):
        counted = run(name, county, chosen)
        assert begun.height == counted["denominator"][0]
        of_kind = pairs.filter(column)
        met = {*of_kind["inspection_id"], *of_kind["other_inspection_id"]} & set(begun["inspection_id"])
        assert len(met) == counted["numerator"][0], name


@pytest.mark.parametrize("seed", range(25))
def test_pairs_are_those_of_a_loop_over_all_inspections(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + chance.randint(20, 70) * DAY
    county = campaigns.known(whole, known_on)
    oracle = Oracle(county, known_on)
    table = given.source(county, known_on)
    placed = {row["inspection_id"] for row in planned(oracle) if oracle.place(row["unit_id"], window(row)[0])}
    assert set(inspections(table, Selection())["inspection_id"]) == placed
    expected = set()
    for one in separate(oracle):
        for other in separate(oracle):
            if one["unit_id"] != other["unit_id"] or one["body_id"] == other["body_id"]:
                continue
            apart, same = days_apart(one, other), one["theme_code"] == other["theme_code"]
            if one["inspection_id"] in placed and (apart <= 7 or (same and apart <= 30)):
                pair = frozenset((one["inspection_id"], other["inspection_id"]))
                expected.add((pair, apart, apart <= 7, same and apart <= 30))
    found = [
        (
            frozenset((row["inspection_id"], row["other_inspection_id"])),
            row["gap_days"],
            row["is_near"],
            row["is_repeated"],
        )
        for row in meetings(table, Selection()).to_dicts()
    ]
    assert len(found) == len(set(found))
    assert set(found) == expected


# what is asked of the units


def called(selection: Selection | None = None, **tables: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    frame = calls(source(**tables), selection or Selection())
    return frame.select("kind", "call_id", "asker").rows()


def test_every_kind_of_call_is_told_with_who_calls() -> None:
    bodies = [
        {"body_id": "A", "body_kind": "party_office"},
        {"body_id": "B", "body_kind": "peoples_congress"},
        {"body_id": "C", "body_kind": "campaign_office"},
        {"body_id": "B-U1", "body_kind": "township", "unit_id": "U1"},
    ]
    found = called(
        bodies=bodies,
        inspections=[plan(1, "A", 7), plan(2, "B", 8), plan(3, "C", 9)],
        visits=[{"visit_id": "v1", "unit_id": "U1", "group_id": "T1", "visited_on": april(1)}],
        report_schedule=[
            {"report_due_id": "r1", "reporter_kind": "unit", "reporter_id": "U1", "due_at": datetime(2014, 4, 2, 18)},
            {"report_due_id": "r2", "reporter_kind": "group", "reporter_id": "T1", "due_at": datetime(2014, 4, 2, 18)},
        ],
        matters=[{"matter_id": "M1", "lead_body_id": "B-U1"}, {"matter_id": "M2", "lead_body_id": "A"}],
        matter_events=[
            {"matter_id": "M1", "event_no": no, "event_type": kind, "happened_on": april(3), "to_body_id": body}
            for no, kind, body in (
                (1, "registered", None),
                (2, "forwarded", "B-U1"),
                (3, "urged", None),
                (4, "feedback", None),
                (5, "forwarded", "A"),
                (6, "slip_issued", None),
            )
        ]
        + [{"matter_id": "M2", "event_no": 1, "event_type": "urged", "happened_on": april(3)}],
    )
    assert found == [
        ("visit", "v1", "visit"),
        ("report", "r1", "report"),
        ("matter", "M1/2", "matter"),
        ("matter", "M1/3", "matter"),
        ("matter", "M1/6", "matter"),
        ("inspection", "X1", "others"),
        ("inspection", "X2", "partners"),
        ("inspection", "X3", "campaign"),
    ]


def test_a_week_not_yet_over_and_what_is_ahead_do_not_count() -> None:
    plans = [plan(1, "A", 5), plan(2, "A", 7), plan(3, "A", 14), plan(4, "A", 5, plan_status="merged")]
    assert [each[1] for each in called(inspections=plans)] == ["X1", "X2"]
    assert [each[1] for each in called(Selection(events_until=april(12)), inspections=plans)] == ["X1"]
    assert called(Selection(events_until=april(12), period=(5, 5)), inspections=plans) == []


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_inspections_and_visits_among_the_calls_are_those_of_the_indicators(demo_data: Path, chosen: Selection) -> None:
    county = open_source(demo_data)
    frame = calls(county, chosen)
    of_weeks = rows("inspection_burden", county, chosen)
    own = frame.filter(kind="inspection")
    assert own["days"].sum() == pytest.approx(of_weeks["inspection_days"].sum())
    assert own.height == of_weeks["count_inspections"].sum()
    weeks = of_weeks["week"].unique().to_list()
    visits = rows("visits_per_unit", county, chosen).filter(pl.col("week").is_in(weeks))
    assert frame.filter(kind="visit").height == visits["numerator"].sum()
