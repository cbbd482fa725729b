"""The lights of matters, the level where they lie, and how decisions drift."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import given
import pytest
import yaml

from queries import Selection, Source
from queries.matters import LIGHTS, bottleneck, drift, lights

CASES = Path(__file__).parent / "cases"
BY_HAND = "as_worked_out_by_hand.yaml"
TODAY = date(2014, 4, 13)
WHOLE = Selection()
CALENDAR = [
    {"day": day, "is_workday": day.weekday() < 5}
    for day in (TODAY + timedelta(days=number) for number in range(-40, 40))
]
"""13 April 2014 is a Sunday: three working days are left on Wednesday the 16th."""


def county(**tables: list[dict[str, Any]]) -> Source:
    bodies = [{"body_id": "BU1", "level": 2, "unit_id": "U1"}, {"body_id": "COUNTY", "level": 1}]
    rows = given.tables({"T1": {"U1": "township"}}, {"bodies": bodies, "work_calendar": CALENDAR, **tables})
    return given.source(rows, TODAY + timedelta(days=14))


def matter(due_on: date = date(2014, 5, 9), **further: Any) -> dict[str, Any]:
    key = {"matter_id": "M1", "lead_body_id": "BU1", "registered_on": date(2014, 3, 12)}
    return {**key, "due_on_original": due_on, "due_on": due_on, **further}


def event(event_no: int, kind: str, happened_on: date = date(2014, 4, 1), **further: Any) -> dict[str, Any]:
    return {"matter_id": "M1", "event_no": event_no, "event_type": kind, "happened_on": happened_on, **further}


STARTED = [event(1, "started")]
REPORTED = [event(1, "feedback"), event(2, "returned", to_body_id="BU1")]


@pytest.mark.parametrize(
    ("light", "row", "events"),
    [
        ("grey", matter(), []),
        ("grey", matter(due_on=date(2014, 4, 14)), [event(1, "assigned", to_body_id="BU1")]),
        ("green", matter(), STARTED),
        ("green", matter(planned_progress=0.4, actual_progress=0.4), []),
        ("green", matter(due_on=date(2014, 4, 17)), STARTED),
        ("green", matter(due_on=date(2014, 4, 1)), [event(1, "closed", date(2014, 4, 1))]),
        ("green", matter(), [*REPORTED, event(3, "feedback")]),
        ("green", matter(), [event(1, "returned", to_body_id="BU1"), event(2, "started")]),
        ("blue", matter(due_on=date(2014, 4, 16)), STARTED),
        ("blue", matter(due_on=TODAY), STARTED),
        ("amber", matter(planned_progress=0.4, actual_progress=0.3), STARTED),
        ("amber", matter(planned_progress=0.1), []),
        ("amber", matter(due_on=TODAY, planned_progress=0.4, actual_progress=0.3), STARTED),
        ("amber", matter(), REPORTED),
        ("red", matter(due_on=date(2014, 4, 12)), STARTED),
        ("red", matter(due_on=date(2014, 4, 12)), []),
        ("red", matter(due_on=date(2014, 4, 12)), [event(1, "claimed_done")]),
        ("red", matter(due_on=date(2014, 4, 12)), [event(1, "closed", date(2014, 4, 14))]),
        ("red", matter(due_on=date(2014, 4, 12)), [event(1, "closed"), event(2, "reopened")]),
        ("done_late", matter(due_on=date(2014, 4, 1)), [event(1, "closed", date(2014, 4, 2))]),
    ],
)
def test_each_light_has_its_rule(light: str, row: dict[str, Any], events: list[dict[str, Any]]) -> None:
    shown = lights(county(matters=[row], matter_events=events), Selection(events_until=TODAY))
    assert shown["light"].to_list() == [light]
    assert light in LIGHTS


def test_the_slip_is_the_last_one_issued_whatever_the_light_says() -> None:
    slips = [
        event(1, "started"),
        event(2, "slip_issued", slip_colour="amber"),
        event(3, "slip_issued", slip_colour="blue", is_void=True),
        event(4, "slip_issued", date(2014, 4, 14), slip_colour="red"),
    ]
    shown = lights(county(matters=[matter()], matter_events=slips), Selection(events_until=TODAY))
    assert shown.select("light", "slip_colour", "slip_on").rows() == [("green", "amber", date(2014, 4, 1))]


@pytest.mark.parametrize(
    ("due_on", "left"),
    [(date(2014, 4, 16), 3), (date(2014, 4, 19), 5), (date(2014, 4, 10), -1), (date(2014, 12, 13), 244)],
)
def test_days_left_are_working_days_and_calendar_days_where_the_calendar_ends(due_on: date, left: int) -> None:
    shown = lights(county(matters=[matter(due_on=due_on)]), Selection(events_until=TODAY))
    assert shown["workdays_left"].to_list() == [left]


def test_an_extension_granted_later_does_not_turn_the_red_light_green() -> None:
    row = matter(due_on=date(2014, 4, 10)) | {"due_on": date(2014, 5, 9)}
    granted = [event(1, "started"), event(2, "extension_granted", date(2014, 4, 14))]
    source = county(matters=[row], matter_events=granted)
    assert lights(source, Selection(events_until=TODAY))["light"].to_list() == ["red"]
    assert lights(source, Selection(events_until=date(2014, 4, 14)))["light"].to_list() == ["green"]


def test_a_matter_cancelled_or_not_yet_registered_has_no_light() -> None:
    rows = [matter(status="cancelled"), matter(matter_id="M2", registered_on=date(2014, 4, 14))]
    assert lights(county(matters=rows), Selection(events_until=TODAY)).is_empty()


def test_lights_follow_the_groups_chosen_and_stand_without_group_where_the_lead_is_no_unit() -> None:
    rows = [matter(), matter(matter_id="M2", lead_body_id="COUNTY")]
    source = county(matters=rows)
    assert lights(source, WHOLE)["group_id"].to_list() == ["T1", None]
    assert lights(source, Selection(groups=("T1",)))["matter_id"].to_list() == ["M1"]


def by_hand(name: str, case: str) -> Source:
    read = yaml.safe_load((CASES / name / f"{case}_{BY_HAND}").read_text(encoding="utf-8"))
    return given.source(given.tables(read["groups"], read["given"]), read["known_on"])


def test_the_county_holds_most_of_the_stall_but_two_matters_are_too_few_to_say_so() -> None:
    source = by_hand("stall_days", "two_matters_over_four_levels")
    found = bottleneck(source, WHOLE)
    assert found["held_days"].to_list() == [3, 29, 38, 7]
    assert found["stall_days"].to_list() == [0, 22, 10, 0]
    assert found["share"].to_list() == [0, 0.6875, 0.3125, 0]
    assert found["matters"].to_list() == [2, 2, 2, 1]
    assert not found["is_bottleneck"].any()
    assert bottleneck(source, WHOLE, fewest=2)["is_bottleneck"].to_list() == [False, True, False, False]


def test_without_any_stall_no_level_is_the_bottleneck() -> None:
    moves = [event(1, "registered", TODAY, to_body_id="BU1", allowed_days=90)]
    found = bottleneck(county(matters=[matter()], matter_events=moves), WHOLE, fewest=1)
    assert found.select("share", "is_bottleneck").rows() == [(None, False)]
    assert bottleneck(county(), WHOLE).is_empty()


def test_drift_is_what_each_level_loses_against_the_one_above() -> None:
    found = drift(by_hand("retention_rate", "four_elements_over_four_levels"), WHOLE)
    assert found["retention"].to_list() == [1, 0.75, 0.5, 0.25]
    assert found["drift"].to_list() == [None, 0.25, 0.25, 0.25]
    assert found["not_restated"].to_list() == [0, 0, 0, 0]


def test_not_restated_is_no_drift() -> None:
    states = [(0, "kept"), (1, "not_restated"), (2, "dropped")]
    elements = [
        {"matter_id": "M1", "element_no": 1, "level": level, "state": state, "recorded_on": TODAY}
        for level, state in states
    ]
    found = drift(county(matters=[matter()], matter_elements=elements), WHOLE)
    assert found["retention"].to_list() == [1, None, 0]
    assert found["drift"].to_list() == [None, None, None]
    assert found["not_restated"].to_list() == [0, 1, 0]
