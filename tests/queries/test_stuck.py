"""Where matters lie, how far they came down and how they were pressed, on matters written by hand."""

from datetime import date, timedelta
from typing import Any

import given
import polars as pl
import pytest
from oracles.base import DAY

from queries import Selection, Source
from queries.stuck import cascade, holders, pressure, standing_matters

TODAY = date(2014, 4, 13)
WHOLE = Selection()
BODIES = [
    {"body_id": "CITY", "level": 0, "body_kind": "party_office"},
    {"body_id": "COUNTY", "level": 1, "body_kind": "government_office"},
    {"body_id": "CONGRESS", "level": 1, "body_kind": "peoples_congress"},
    {"body_id": "BU1", "level": 2, "body_kind": "township", "unit_id": "U1"},
    {"body_id": "STATION", "level": 3, "body_kind": "grassroots"},
]


def county(known_on: date = TODAY, **tables: list[dict[str, Any]]) -> Source:
    rows = given.tables({"T1": {"U1": "township"}}, {"bodies": BODIES, **tables})
    return given.source(rows, known_on)


def matter(no: int = 1, **further: Any) -> dict[str, Any]:
    key = {"matter_id": f"M{no}", "lead_body_id": "BU1", "registered_on": date(2014, 3, 12)}
    return {**key, "due_on_original": date(2014, 5, 9), "due_on": date(2014, 5, 9), **further}


def step(event_no: int, kind: str, day: int, to: str | None = None, no: int = 1, **further: Any) -> dict[str, Any]:
    """A step on a day of March."""
    happened_on = date(2014, 3, 1) + timedelta(days=day - 1)
    key = {"matter_id": f"M{no}", "event_no": event_no, "event_type": kind, "happened_on": happened_on}
    return {**key, "to_body_id": to, "allowed_days": 3, "allowed_kind": "calendar", **further}


DOWN = [
    step(1, "registered", 12, "CITY"),
    step(2, "assigned", 14, "COUNTY"),
    step(3, "signed_for", 15, "COUNTY", allowed_days=None),
    step(4, "forwarded", 24, "BU1"),
    step(5, "started", 26, from_body_id="BU1"),
]


def one(frame: pl.DataFrame) -> dict[str, Any]:
    return frame.row(0, named=True)


# the matters and who holds them


def test_an_open_matter_lies_with_the_last_that_received_it() -> None:
    found = one(standing_matters(county(matters=[matter()], matter_events=DOWN), WHOLE))
    assert (found["holder_id"], found["holder_unit_id"], found["level"]) == ("BU1", "U1", 2)
    assert (found["arrived_on"], found["held_days"], found["allowed_days"], found["stall_days"]) == (
        date(2014, 3, 24),
        20,
        3,
        17,
    )
    assert (found["end"], found["open_days"], found["light"]) == (None, 32, "green")


def test_a_matter_lies_where_it_lay_on_the_day_looked_at() -> None:
    source = county(matters=[matter()], matter_events=DOWN)
    found = one(standing_matters(source, Selection(events_until=date(2014, 3, 20))))
    assert (found["holder_id"], found["held_days"], found["stall_days"]) == ("COUNTY", 6, 3)


@pytest.mark.parametrize(
    ("row", "end", "days"),
    [
        (matter(closed_on=date(2014, 4, 1)), "closed", 20),
        (matter(status="cancelled", reported_at=date(2014, 4, 2)), "cancelled", 21),
        (matter(closed_on=date(2014, 4, 20)), None, 32),
    ],
)
def test_an_ended_matter_lies_with_nobody_and_its_days_are_counted_to_the_end(
    row: dict[str, Any], end: str | None, days: int
) -> None:
    source = county(date(2014, 4, 27), matters=[row], matter_events=DOWN)
    found = one(standing_matters(source, Selection(events_until=TODAY)))
    assert (found["end"], found["open_days"]) == (end, days)
    assert (found["holder_id"] is None) == (end is not None)
    assert (found["light"] is None) == (end == "cancelled")


def test_a_matter_registered_before_the_launch_is_watched_from_the_launch_on() -> None:
    found = standing_matters(county(matters=[matter(registered_on=date(2014, 3, 1)), matter(2)]), WHOLE)
    assert found["watched_from"].to_list() == [9, 0]


def test_the_last_slip_stays_with_a_matter_that_was_cancelled_since() -> None:
    slips = [step(1, "slip_issued", 13, slip_colour="amber"), step(2, "slip_issued", 14, slip_colour="red")]
    gone = matter(status="cancelled", reported_at=date(2014, 3, 20))
    source = county(matters=[gone], matter_events=slips)
    found = one(standing_matters(source, WHOLE))
    assert (found["light"], found["slip_colour"], found["slip_on"]) == (None, "red", date(2014, 3, 14))
    earlier = one(standing_matters(source, Selection(events_until=date(2014, 3, 13))))
    assert (earlier["light"] is None, earlier["slip_colour"]) == (False, "amber")


def test_a_matter_nobody_received_has_no_holder() -> None:
    assert one(standing_matters(county(matters=[matter()]), WHOLE))["holder_id"] is None


def of_kind(no: int, days: int, **further: Any) -> dict[str, Any]:
    registered = date(2014, 3, 10)
    return matter(no, registered_on=registered, closed_on=registered + timedelta(days=days), **further)


def test_a_matter_is_old_when_nine_tenths_of_its_kind_were_closed_sooner() -> None:
    kind = [of_kind(no, no + 10) for no in range(1, 11)]
    young, old = matter(11, registered_on=TODAY - 19 * DAY), matter(12, registered_on=TODAY - 20 * DAY)
    found = standing_matters(county(matters=[*kind, young, old]), WHOLE).filter(pl.col("end").is_null())
    assert found.select("kind_basis", "kind_closed", "kind_days", "is_beyond_kind").rows() == [
        ("kind", 10, 19, False),
        ("kind", 10, 19, True),
    ]


def test_with_few_of_a_kind_the_urgency_alone_is_compared_and_with_few_of_these_nothing() -> None:
    sources = ["document", "media", "document", "media", "document"]
    kind = [of_kind(no, 10, source=source, urgency="urgent") for no, source in enumerate(sources)]
    asked = [matter(8, source="media", urgency="urgent"), matter(9, source="media", urgency="difficult")]
    found = standing_matters(county(matters=[*kind, *asked]), WHOLE).filter(pl.col("end").is_null())
    assert found.select("kind_basis", "kind_closed", "is_beyond_kind").rows() == [
        ("urgency", 5, True),
        (None, 0, False),
    ]


# the bodies


def test_a_partner_is_never_named_and_a_body_only_with_three_matters() -> None:
    moves = [[step(1, "registered", 12, "CONGRESS", no), step(2, "assigned", 30, "COUNTY", no)] for no in (1, 2, 3)]
    source = county(matters=[matter(no) for no in (1, 2, 3)], matter_events=[each for own in moves for each in own])
    found = holders(source, WHOLE).select("body_id", "is_partner", "stall_days", "is_named").rows()
    assert found == [("CONGRESS", True, 45, False), ("COUNTY", False, 33, True)]
    few = county(matters=[matter(no) for no in (1, 2)], matter_events=[each for own in moves[:2] for each in own])
    assert not holders(few, WHOLE)["is_named"].any()
    assert holders(county(), WHOLE).is_empty()


# pressing


def test_pressing_stands_in_the_order_in_which_it_was_done() -> None:
    events = [
        *DOWN,
        step(6, "slip_issued", 28, slip_colour="red", allowed_days=None),
        step(7, "urged", 27, allowed_days=None),
        step(8, "slip_issued", 29, slip_colour="amber", allowed_days=None),
        step(9, "slip_issued", 30, slip_colour="red", allowed_days=None),
        step(10, "slip_issued", 30, slip_colour="blue", allowed_days=None, is_void=True),
        step(11, "escalated", 60, allowed_days=None),
    ]
    found = pressure(county(matters=[matter()], matter_events=events), WHOLE)
    assert found.select("rung", "days_after", "is_first").rows() == [
        ("urged", None, True),
        ("red", 1, True),
        ("amber", 1, True),
        ("red", 1, False),
    ]


# the cascade


def test_each_level_tells_what_came_and_what_was_done_there() -> None:
    found = cascade(county(matters=[matter()], matter_events=DOWN), WHOLE)
    march = {number: date(2014, 3, number) for number in range(1, 31)}
    columns = (
        "level",
        "arrived_on",
        "received_on",
        "accepted_on",
        "acted_on",
        "fed_back_on",
        "decomposed_on",
        "is_here",
    )
    assert found.select(columns).rows() == [
        (0, march[12], None, None, None, None, march[14], False),
        (1, march[14], march[14], march[15], None, None, march[24], False),
        (2, march[24], march[24], None, march[26], None, None, True),
    ]


def test_a_matter_sent_back_is_not_handed_down_and_a_receipt_of_another_body_does_not_count() -> None:
    events = [
        step(1, "assigned", 12, "BU1"),
        step(2, "signed_for", 13, "COUNTY", allowed_days=None),
        step(3, "feedback", 14, from_body_id="BU1", allowed_days=None),
        step(4, "returned", 15, "COUNTY"),
    ]
    found = cascade(county(matters=[matter()], matter_events=events), WHOLE)
    assert found.select("level", "accepted_on", "fed_back_on", "decomposed_on").rows() == [
        (1, None, None, None),
        (2, None, date(2014, 3, 14), None),
    ]


def test_what_came_after_the_day_looked_at_has_not_happened() -> None:
    source = county(matters=[matter()], matter_events=DOWN)
    found = cascade(source, Selection(events_until=date(2014, 3, 14)))
    assert found.select("level", "accepted_on", "decomposed_on").rows() == [
        (0, None, date(2014, 3, 14)),
        (1, None, None),
    ]
