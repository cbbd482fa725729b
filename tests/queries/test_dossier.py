"""All that is on record of a matter: the register, its steps and allowances, by hand and by plain loops."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from oracles.base import Oracle

from queries import Selection, Source, open_source, rows
from queries.dossier import allowances, register, steps, supports

TODAY = date(2014, 4, 13)
BODIES = [
    {"body_id": "BU1", "level": 2, "unit_id": "U1", "name_zh": "甲镇", "name_en": "Jia"},
    {"body_id": "COUNTY", "level": 1, "name_zh": "县委督查室", "name_en": "Office"},
]
CALENDAR = [
    {"day": day, "is_workday": day.weekday() < 5}
    for day in (date(2014, 3, 1) + timedelta(days=number) for number in range(60))
]
MATTER: dict[str, Any] = {
    **{"matter_id": "M1", "lead_body_id": "BU1", "registered_on": date(2014, 3, 12)},
    **{"due_on_original": date(2014, 4, 1), "due_on": date(2014, 4, 21)},
}


def county(events: list[dict[str, Any]], known_on: date = TODAY, **matter: Any) -> Source:
    told = [{"matter_id": "M1", "event_no": no, **event} for no, event in enumerate(events, start=1)]
    tables = {
        **{"bodies": BODIES, "work_calendar": CALENDAR, "matters": [MATTER | matter], "matter_events": told},
        "matter_bodies": [
            {"matter_id": "M1", "body_id": "BU1", "role": "lead"},
            {"matter_id": "M1", "body_id": "COUNTY", "role": "support"},
            {"matter_id": "M1", "body_id": "GONE", "role": "support", "is_void": True},
        ],
    }
    return given.source(given.tables({"T1": {"U1": "township"}}, tables), known_on)


def event(kind: str, day: date, **further: Any) -> dict[str, Any]:
    return {"event_type": kind, "happened_on": day, **further}


EXTENDED = [
    event("registered", date(2014, 3, 12), to_body_id="COUNTY"),
    event("extension_asked", date(2014, 3, 28), from_body_id="BU1"),
    event("extension_granted", date(2014, 3, 31)),
]


def only(source: Source, **selection: Any) -> dict[str, Any]:
    return register(source, Selection(**selection)).row(0, named=True)


def test_the_deadline_in_force_is_the_original_one_until_the_extension_is_granted() -> None:
    source = county(EXTENDED)
    assert only(source, events_until=date(2014, 3, 30))["due_on"] == date(2014, 4, 1)
    now = only(source, events_until=date(2014, 3, 31))
    assert (now["due_on"], now["extended_on"]) == (date(2014, 4, 21), date(2014, 3, 31))
    assert (now["count_asked"], now["count_granted"], now["count_refused"]) == (1, 1, 0)


def test_a_matter_belongs_to_the_group_of_its_lead_bodys_unit_and_is_there_once_registered() -> None:
    source = county([])
    assert only(source)["group_id"] == "T1"
    assert register(source, Selection(events_until=date(2014, 3, 11))).is_empty()


def test_a_matter_of_a_body_that_is_no_unit_is_in_no_group() -> None:
    source = county([], lead_body_id="COUNTY")
    assert only(source)["group_id"] is None
    assert register(source, Selection(groups=("T1",))).is_empty()


def test_a_closing_stands_until_the_matter_is_reopened() -> None:
    closed = [event("closed", date(2014, 4, 2))]
    assert only(county(closed))["closed_on"] == date(2014, 4, 2)
    assert only(county(closed), events_until=date(2014, 4, 1))["closed_on"] is None
    assert only(county([*closed, event("reopened", date(2014, 4, 5))]))["closed_on"] is None


def test_a_cancelled_matter_stays_in_the_register() -> None:
    found = only(county([], status="cancelled", reported_at=date(2014, 4, 3)))
    assert (found["cancelled_on"], found["closed_on"]) == (date(2014, 4, 3), None)


def test_only_supporting_bodies_that_were_not_withdrawn_support() -> None:
    assert supports(county([]), Selection()).select("body_id", "body_name_en").rows() == [("COUNTY", "Office")]


def test_each_step_belongs_to_the_hop_it_was_taken_in() -> None:
    taken = steps(
        county(
            [
                event("urged", date(2014, 3, 12)),
                event("assigned", date(2014, 3, 13), to_body_id="COUNTY"),
                event("urged", date(2014, 3, 20)),
                event("forwarded", date(2014, 3, 21), to_body_id="BU1"),
                event("slip_issued", date(2014, 3, 21), slip_colour="amber"),
                event("closed", date(2014, 3, 30)),
            ]
        ),
        Selection(),
    )
    assert taken["event_type"].to_list() == ["urged", "assigned", "urged", "forwarded", "slip_issued", "closed"]
    assert taken["hop_no"].to_list() == [None, 1, 1, 2, 2, 2]
    assert taken["slip_colour"].to_list()[4] == "amber"
    assert taken["to_name_en"].to_list()[1] == "Office"


def test_the_closing_day_of_the_register_is_a_step_only_where_no_closing_is_on_record() -> None:
    on = date(2014, 4, 2)
    handed = event("assigned", date(2014, 3, 13), to_body_id="COUNTY")
    with_event = steps(county([handed, event("closed", on)], status="closed", closed_on=on), Selection())
    without = steps(county([handed], status="closed", closed_on=on), Selection())
    assert with_event["event_type"].to_list() == without["event_type"].to_list() == ["assigned", "closed"]
    assert with_event["reported_at"].null_count() == 0
    assert without["reported_at"].to_list()[-1] is None


@pytest.mark.parametrize(
    ("kind", "days", "until"),
    [
        ("calendar", 3, date(2014, 3, 16)),
        ("calendar", 0, date(2014, 3, 13)),
        ("working", 1, date(2014, 3, 16)),
        ("working", 3, date(2014, 3, 18)),
        (None, 2, date(2014, 3, 15)),
    ],
)
def test_the_last_day_allowed_is_in_the_kind_of_day_allowed(kind: str | None, days: int, until: date) -> None:
    """13 March 2014 is a Thursday: one working day more lasts over the weekend until Sunday."""
    handed = event("assigned", date(2014, 3, 13), to_body_id="COUNTY", allowed_days=days, allowed_kind=kind)
    assert allowances(county([handed]), Selection())["allowed_until"].to_list() == [until]


def test_a_hop_without_days_allowed_has_no_last_day() -> None:
    assert allowances(county([event("assigned", date(2014, 3, 13), to_body_id="COUNTY")]), Selection()).is_empty()


@pytest.mark.parametrize("seed", range(40))
def test_a_hop_is_beyond_its_last_day_exactly_when_it_stalls(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(0, campaigns.WEEKS * 7))
    source = given.source(campaigns.known(whole, known_on), known_on)
    until = known_on - timedelta(days=chance.randint(0, (known_on - given.LAUNCHED_ON).days))
    selection = Selection(events_until=until)
    hops = rows("stall_days", source, selection).join(allowances(source, selection), on=["matter_id", "hop_no"])
    told = hops.filter(pl.col("stall_days").is_not_null(), pl.col("allowed_until").is_not_null())
    for hop in told.to_dicts():
        left = hop["left_on"] or until
        assert (left > hop["allowed_until"]) == (hop["stall_days"] > 0), hop


@pytest.mark.parametrize("seed", range(40))
def test_the_register_and_plain_loops_tell_the_same(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(0, campaigns.WEEKS * 7))
    then = campaigns.known(whole, known_on)
    source, oracle = given.source(then, known_on), Oracle(then, known_on)
    until = known_on - timedelta(days=chance.randint(0, (known_on - given.LAUNCHED_ON).days))
    bodies = {body["body_id"]: body for body in then["bodies"]}
    expected = {}
    for matter in then["matters"]:
        if matter["is_void"] or matter["registered_on"] > until:
            continue
        events = [
            one for one in then["matter_events"] if one["matter_id"] == matter["matter_id"] and not one["is_void"]
        ]
        granted = [one["happened_on"] for one in events if one["event_type"] == "extension_granted"]
        moved = not granted or min(granted) <= until
        unit = bodies.get(matter["lead_body_id"], {}).get("unit_id")
        place = oracle.standing.get((unit, max(matter["due_on_original"], given.LAUNCHED_ON)))
        expected[matter["matter_id"]] = (
            place["group"] if place else None,
            matter["due_on"] if moved else matter["due_on_original"],
            sum(day <= until for day in granted),
        )
    found = register(source, Selection(events_until=until))
    assert (
        dict(zip(found["matter_id"], found.select("group_id", "due_on", "count_granted").rows(), strict=True))
        == expected
    )


def test_every_step_of_the_county_is_told_and_lies_in_a_hop(demo_data: Path) -> None:
    source = open_source(demo_data)
    taken = steps(source, Selection())
    assert taken.filter(pl.col("event_type") != "cancelled").height == source.table("matter_events").height
    assert taken["hop_no"].null_count() == 0
    assert register(source, Selection()).height == source.table("matters").height == 24
