"""What later snapshots read otherwise: hand-made snapshots, one rule a test, and the county's moved deadlines."""

from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import given
import polars as pl
import pytest

from data.snapshots import Snapshot
from queries import Selection, Source, open_source
from queries.restatements import changes, reading, restatements, terms

FIRST, SECOND, THIRD = date(2014, 3, 16), date(2014, 3, 23), date(2014, 3, 30)
MATTER: dict[str, Any] = {
    **{"matter_id": "M1", "title_zh": "修路", "lead_body_id": "BU1", "registered_on": date(2014, 3, 12)},
    **{"due_on_original": date(2014, 4, 1), "due_on": date(2014, 4, 1), "status": "assigned"},
}
GOAL: dict[str, Any] = {
    **{"matter_id": "M1", "element_no": 1, "level": 0, "element_kind": "goal", "decided_value": 120.0},
    **{"unit_of_measure": "户", "state": "kept", "recorded_on": date(2014, 3, 12)},
}
ASKED = {"event_type": "extension_asked", "happened_on": date(2014, 3, 18), "from_body_id": "BU1"}
GRANTED = {"event_type": "extension_granted", "happened_on": date(2014, 3, 19), "from_body_id": "COUNTY"}


def known(known_on: date, matters: list[dict[str, Any]], elements: list[dict[str, Any]] | None = None) -> pl.DataFrame:
    return terms(given.frame("matters", matters), given.frame("matter_elements", elements or []), known_on)


def now(*events: dict[str, Any], known_on: date = THIRD, **matter: Any) -> Source:
    """The snapshot looked at, in which each step was reported on the day it happened."""
    told = [
        {"matter_id": "M1", "event_no": no, "reported_at": event["happened_on"], **event}
        for no, event in enumerate(events, start=1)
    ]
    bodies = [
        {"body_id": "BU1", "level": 2, "unit_id": "U1", "name_en": "Jia"},
        {"body_id": "COUNTY", "level": 1, "name_en": "Office"},
    ]
    tables = {"bodies": bodies, "matters": [MATTER | matter], "matter_events": told}
    return given.source(given.tables({"T1": {"U1": "township"}}, tables), known_on)


def compared(readings: list[pl.DataFrame], source: Source, **selection: Any) -> list[dict[str, Any]]:
    return restatements(changes(readings), source, Selection(**selection)).to_dicts()


@pytest.mark.parametrize(
    ("term", "changed", "before", "after"),
    [
        ("wording", {"title_zh": "修桥"}, "修路", "修桥"),
        ("due_original", {"due_on_original": date(2014, 4, 9)}, "2014-04-01", "2014-04-09"),
        ("due", {"due_on": date(2014, 4, 21)}, "2014-04-01", "2014-04-21"),
        ("status", {"status": "closed"}, "assigned", "closed"),
    ],
)
def test_each_term_of_a_matter_is_compared_between_snapshots(
    term: str, changed: dict[str, Any], before: str, after: str
) -> None:
    (found,) = compared([known(FIRST, [MATTER]), known(SECOND, [MATTER | changed])], now(known_on=SECOND))
    assert (found["term"], found["said_before"], found["said"]) == (term, before, after)
    assert (found["known_before"], found["known_on"], found["group_id"]) == (FIRST, SECOND, "T1")


def test_a_lowered_target_is_told_of_its_element() -> None:
    readings = [known(FIRST, [MATTER], [GOAL]), known(SECOND, [MATTER], [GOAL | {"decided_value": 84.0}])]
    (found,) = compared(readings, now(known_on=SECOND))
    assert (found["term"], found["element_no"], found["level"]) == ("target", 1, 0)
    assert (found["said_before"], found["said"], found["unit_of_measure"]) == ("120.0", "84.0", "户")
    assert found["happened_on"] == date(2014, 3, 12)


def test_what_a_level_made_of_an_element_is_compared_level_by_level() -> None:
    below = GOAL | {"level": 2, "restated_value": 120.0}
    later = below | {"restated_value": 84.0, "state": "altered"}
    readings = [known(FIRST, [MATTER], [GOAL, below]), known(SECOND, [MATTER], [GOAL, later])]
    found = compared(readings, now(known_on=SECOND))
    assert [(row["term"], row["level"], row["said"]) for row in found] == [
        ("kept", 2, "altered"),
        ("restated", 2, "84.0"),
    ]


def test_what_is_new_and_what_is_withdrawn_is_no_change() -> None:
    withdrawn = MATTER | {"is_void": True, "title_zh": "修桥"}
    assert compared([known(FIRST, []), known(SECOND, [MATTER], [GOAL])], now()) == []
    assert compared([known(FIRST, [MATTER], [GOAL]), known(SECOND, [withdrawn])], now()) == []


def test_a_gap_is_bridged_and_a_change_back_is_a_change() -> None:
    other = MATTER | {"title_zh": "修桥"}
    (over_a_gap,) = compared([known(FIRST, [MATTER]), known(SECOND, []), known(THIRD, [other])], now())
    assert (over_a_gap["known_before"], over_a_gap["known_on"]) == (FIRST, THIRD)
    back = compared([known(FIRST, [MATTER]), known(SECOND, [other]), known(THIRD, [MATTER])], now())
    assert [row["said"] for row in back] == ["修桥", "修路"]


def test_a_matter_the_viewers_source_does_not_have_is_left_out() -> None:
    stranger = MATTER | {"matter_id": "M9"}
    readings = [known(FIRST, [stranger]), known(SECOND, [stranger | {"title_zh": "修桥"}])]
    assert changes(readings).height == 1
    assert compared(readings, now()) == []


MOVED = [known(FIRST, [MATTER]), known(SECOND, [MATTER | {"due_on": date(2014, 4, 21)}])]


def test_an_extension_tells_who_asked_who_granted_and_when() -> None:
    (found,) = compared(MOVED, now(ASKED, GRANTED))
    assert (found["happened_on"], found["asked_on"]) == (date(2014, 3, 19), date(2014, 3, 18))
    assert (found["asked_by_en"], found["granted_by_en"]) == ("Jia", "Office")


def test_an_extension_that_was_told_at_another_time_is_not_the_reason() -> None:
    later = GRANTED | {"reported_at": date(2014, 3, 27)}
    (found,) = compared(MOVED, now(ASKED, later))
    assert (found["happened_on"], found["asked_by_en"]) == (None, None)


def test_of_two_extensions_in_a_week_the_last_one_set_the_deadline() -> None:
    again = GRANTED | {"happened_on": date(2014, 3, 21), "reported_at": date(2014, 3, 21)}
    (found,) = compared(MOVED, now(ASKED, GRANTED, again))
    assert found["happened_on"] == date(2014, 3, 21)


def test_a_new_standing_has_the_day_of_the_step_that_brought_it() -> None:
    steps = [
        {"event_type": "started", "happened_on": date(2014, 3, 17)},
        {"event_type": "feedback", "happened_on": date(2014, 3, 20)},
    ]
    readings = [known(FIRST, [MATTER]), known(SECOND, [MATTER | {"status": "in_progress"}])]
    (found,) = compared(readings, now(*steps))
    assert found["happened_on"] == date(2014, 3, 17)


def test_what_happened_after_the_day_asked_is_left_out_however_early_it_is_known() -> None:
    assert compared(MOVED, now(ASKED, GRANTED), events_until=date(2014, 3, 18)) == []
    assert len(compared(MOVED, now(ASKED, GRANTED), events_until=date(2014, 3, 19))) == 1


def test_the_weeks_are_those_it_happened_in_or_became_known_in() -> None:
    source = now(ASKED, GRANTED)
    assert [len(compared(MOVED, source, period=(week, week))) for week in (1, 2, 3)] == [0, 1, 0]
    unknown = now()
    assert [len(compared(MOVED, unknown, period=(week, week))) for week in (1, 2, 3)] == [0, 1, 0]


def test_a_group_has_the_changes_of_its_matters() -> None:
    assert len(compared(MOVED, now(), groups=("T1",))) == 1
    assert compared(MOVED, now(lead_body_id="COUNTY"), groups=("T1",)) == []


@pytest.mark.parametrize("seed", range(30))
def test_plain_loops_find_the_same_changes(seed: int) -> None:
    chance = Random(seed)
    days = [FIRST, SECOND, THIRD]
    tables = [
        [
            MATTER | {"matter_id": f"M{no}", "title_zh": chance.choice("甲乙"), "is_void": chance.random() < 0.2}
            for no in range(3)
            if chance.random() < 0.8
        ]
        for _ in days
    ]
    expected, last = [], dict[str, tuple[str, date]]()
    for day, matters in zip(days, tables, strict=True):
        for matter in matters:
            if matter["is_void"]:
                continue
            key, said = matter["matter_id"], matter["title_zh"]
            if key in last and last[key][0] != said:
                expected.append((key, *last[key], said, day))
            last[key] = (said, day)
    found = changes([known(day, matters) for day, matters in zip(days, tables, strict=True)])
    told = found.select("matter_id", "said_before", "known_before", "said", "known_on").rows()
    assert sorted(told) == sorted(expected)


def test_the_deadlines_moved_in_the_county_are_those_extended_in_its_newest_snapshot(demo_data: Path) -> None:
    source = open_source(demo_data)
    readings = [reading(snapshot) for snapshot in Snapshot.list(demo_data)]
    found = restatements(changes(readings), source, Selection())
    moved = source.table("matters").filter(pl.col("due_on") != pl.col("due_on_original"))
    due = found.filter(pl.col("term") == "due")
    assert due["matter_id"].sort().to_list() == moved["matter_id"].sort().to_list()
    assert due["happened_on"].null_count() == due["asked_by_zh"].null_count() == 0
    assert (due["happened_on"] <= due["known_on"]).all()
    assert found.filter(~pl.col("term").is_in(["due", "status"])).is_empty()


def test_an_earlier_snapshot_knows_of_fewer_changes(demo_data: Path) -> None:
    source = open_source(demo_data, date(2014, 4, 13))
    readings = [reading(one) for one in Snapshot.list(demo_data) if one.known_on <= source.known_on]
    due = restatements(changes(readings), source, Selection()).filter(pl.col("term") == "due")
    assert due.select("matter_id", "known_on").rows() == [("M005", date(2014, 4, 6)), ("M009", date(2014, 4, 13))]


def test_no_snapshot_has_no_changes() -> None:
    assert changes([]).is_empty()
    assert compared([], now()) == []


def test_a_reading_tells_when_the_new_wording_was_reported() -> None:
    told = MATTER | {"title_zh": "修桥", "reported_at": datetime(2014, 3, 20, 9)}
    (found,) = compared([known(FIRST, [MATTER]), known(SECOND, [told])], now())
    assert found["reported_on"] == date(2014, 3, 20)
