"""What the joint conference decided, and whether it was kept: each rule by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import given
import polars as pl
import pytest

from queries import Selection, Source, open_source
from queries.conferences import decisions

KNOWN_ON = date(2014, 4, 13)
FIRST, SECOND = date(2014, 3, 20), date(2014, 4, 10)
PLANNED = {"planned_from": date(2014, 4, 2), "planned_to": date(2014, 4, 3)}
AHEAD = {"planned_from": date(2014, 4, 13), "planned_to": date(2014, 4, 14)}
HELD = {"plan_status": "held", "actual_from": date(2014, 4, 2), "actual_to": date(2014, 4, 3)}
EARLY = {"plan_status": "held", "actual_from": date(2014, 4, 1), "actual_to": date(2014, 4, 1)}
LATE = {"plan_status": "held", "actual_from": date(2014, 4, 4), "actual_to": date(2014, 4, 4)}
MERGED = {"plan_status": "merged", "merged_into": "X9"}
GONE = {"plan_status": "cancelled"}
PUT_OFF = {"planned_from": date(2014, 4, 11), "planned_to": date(2014, 4, 14)}


def source(
    items: list[dict[str, Any]], sessions: tuple[date, ...] = (FIRST,), **tables: list[dict[str, Any]]
) -> Source:
    held = [{"conference_id": f"J{no}", "held_on": day} for no, day in enumerate(sessions, start=1)]
    listed = [{"conference_id": "J1", "item_no": no} | item for no, item in enumerate(items, start=1)]
    given_tables = {"joint_conferences": held, "joint_conference_items": listed, **tables}
    units = {"T1": {"U1": "township"}, "C1": {"U2": "county_department"}}
    return given.source(given.tables(units, given_tables), KNOWN_ON)


def outcome(decision: str, inspection: dict[str, Any] | None, *sessions: date, again: str = "") -> str:
    """What became of a decision of the first session, about an inspection as the snapshot knows it."""
    items = [{"decision": decision, "inspection_id": "X1"}]
    if again:
        items.append({"conference_id": "J2", "decision": again, "inspection_id": "X1"})
    known = {"inspection_id": "X1", "unit_id": "U1", "plan_status": "approved", **PLANNED} | (inspection or {})
    table = source(items, sessions or (FIRST,), inspections=[known] if inspection is not None else [])
    return str(decisions(table, Selection()).filter(conference_id="J1")["outcome"].item())


@pytest.mark.parametrize(
    ("decision", "inspection", "expected"),
    [
        ("approve", HELD, "kept"),
        ("approve", EARLY, "broken"),
        ("approve", LATE, "broken"),
        ("approve", GONE, "broken"),
        ("approve", {"is_void": True}, "broken"),
        ("approve", MERGED, "kept"),
        ("approve", AHEAD, "pending"),
        ("approve", {}, "unknown"),
        ("merge", MERGED, "kept"),
        ("merge", GONE, "kept"),
        ("merge", HELD, "broken"),
        ("merge", AHEAD, "pending"),
        ("merge", {}, "unknown"),
        ("reject", GONE, "kept"),
        ("reject", MERGED, "kept"),
        ("reject", HELD, "broken"),
        ("reject", AHEAD, "pending"),
        ("reject", {}, "unknown"),
        ("approve", None, "unknown"),
        ("postpone", None, "unknown"),
    ],
)
def test_a_decision_is_kept_or_not(decision: str, inspection: dict[str, Any] | None, expected: str) -> None:
    assert outcome(decision, inspection) == expected


@pytest.mark.parametrize(
    ("inspection", "sessions", "expected"),
    [
        (PUT_OFF, (FIRST, SECOND), "kept"),
        (PUT_OFF | {"plan_status": "held", "actual_from": SECOND}, (FIRST, SECOND), "kept"),
        (HELD, (FIRST, SECOND), "broken"),
        (HELD, (FIRST,), "broken"),
        (GONE, (FIRST,), "kept"),
        (MERGED, (FIRST,), "kept"),
        ({}, (FIRST,), "pending"),
        ({}, (FIRST, SECOND), "unknown"),
    ],
)
def test_what_is_postponed_waits_for_the_next_session(
    inspection: dict[str, Any], sessions: tuple[date, ...], expected: str
) -> None:
    assert outcome("postpone", inspection, *sessions) == expected


@pytest.mark.parametrize(
    ("decision", "inspection", "expected"),
    [
        ("approve", {}, "replaced"),
        ("reject", AHEAD, "replaced"),
        ("postpone", {}, "replaced"),
        ("approve", HELD, "kept"),
        ("reject", HELD, "broken"),
    ],
)
def test_a_later_session_that_decides_again_replaces_what_is_open(
    decision: str, inspection: dict[str, Any], expected: str
) -> None:
    assert outcome(decision, inspection, FIRST, SECOND, again="approve") == expected


@pytest.mark.parametrize(
    ("handed", "sessions", "expected"),
    [
        ([FIRST], (FIRST,), "kept"),
        ([date(2014, 4, 1)], (FIRST,), "kept"),
        ([date(2014, 3, 19)], (FIRST, SECOND), "unknown"),
        ([date(2014, 3, 19), date(2014, 4, 1)], (FIRST,), "kept"),
        ([], (FIRST,), "pending"),
        ([], (FIRST, SECOND), "broken"),
        ([date(2014, 4, 14)], (FIRST,), "pending"),
    ],
)
@pytest.mark.parametrize("kind", ["assigned", "forwarded"])
def test_a_matter_is_assigned_when_it_is_handed_on(
    handed: list[date], sessions: tuple[date, ...], expected: str, kind: str
) -> None:
    events = [
        {"matter_id": "M1", "event_no": no, "event_type": kind, "happened_on": day} for no, day in enumerate(handed, 1)
    ]
    events.append({"matter_id": "M1", "event_no": 9, "event_type": "urged", "happened_on": FIRST})
    item = {"decision": "assign", "matter_id": "M1"}
    table = source([item], sessions, matters=[{"matter_id": "M1"}], matter_events=events)
    assert decisions(table, Selection())["outcome"].to_list() == [expected]


def test_what_happens_after_the_events_until_date_has_not_happened() -> None:
    known = {"inspection_id": "X1", "unit_id": "U1", **PLANNED, **HELD}
    table = source([{"decision": "reject", "inspection_id": "X1"}], inspections=[known])
    for until, expected in ((date(2014, 4, 1), "pending"), (date(2014, 4, 2), "broken")):
        assert decisions(table, Selection(events_until=until))["outcome"].to_list() == [expected]


def test_sessions_to_come_have_decided_nothing() -> None:
    known = {"inspection_id": "X1", "unit_id": "U1", **PLANNED}
    table = source([{"decision": "approve", "inspection_id": "X1"}], inspections=[known])
    assert decisions(table, Selection(events_until=date(2014, 3, 19))).is_empty()


def test_weeks_and_groups_narrow_by_the_session_and_the_unit() -> None:
    plans = [{"inspection_id": f"X{no}", "unit_id": f"U{no}", **PLANNED} for no in (1, 2)]
    items = [{"decision": "approve", "inspection_id": "X1"}, {"decision": "approve", "inspection_id": "X2"}]
    table = source([*items, {"decision": "assign", "matter_id": "M1"}], inspections=plans)
    assert decisions(table, Selection()).height == 3
    assert decisions(table, Selection(groups=("T1",)))["inspection_id"].to_list() == ["X1"]
    assert decisions(table, Selection(period=(2, 2))).height == 3
    assert decisions(table, Selection(period=(3, 3))).is_empty()


def test_of_the_county_one_rejected_and_one_postponed_inspection_took_place(demo_data: Path) -> None:
    frame = decisions(open_source(demo_data), Selection())
    counted = dict(frame.group_by("decision").len().rows())
    assert counted == {"approve": 92, "merge": 4, "postpone": 2, "reject": 2, "assign": 6}
    broken = frame.filter(outcome="broken").sort("inspection_id")
    assert broken.select("decision", "inspection_id").rows() == [("postpone", "X054"), ("reject", "X056")]
    assert frame.filter(pl.col("outcome") == "kept").height == 104
