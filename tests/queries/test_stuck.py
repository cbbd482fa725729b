"""Where matters lie, how far they came down, how they were pressed: by hand, by plain loops, and by the indicators."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from oracles.base import DAY, Oracle
from oracles.matters import Hop, closed, hops, own_matters
from test_oracle import selection_of

from queries import Selection, Source, open_source, rows, run
from queries.exceptions import SelectionError
from queries.matters import bottleneck, lights
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


# all of them against plain loops


def _cascade(oracle: Oracle, row: Any, until: date) -> dict[int, list[date | None]]:
    """By level: arrived, received, acted, fed back, decomposed."""
    known = [hop for hop in hops(oracle, row) if hop.arrived_on <= until]
    every = hops(oracle, row)
    told: dict[int, list[list[date]]] = defaultdict(lambda: [[], [], [], [], []])
    for at, hop in enumerate(known):
        if hop.level is None:
            continue
        arrived, received, acted, fed_back, decomposed = told[hop.level]
        arrived.append(hop.arrived_on)
        received += [hop.arrived_on] if hop.arrived_by != "registered" else []
        acts = [act for act in hop.acts if act["happened_on"] <= until]
        acted += [act["happened_on"] for act in acts] + _results(oracle, hop, until)
        fed_back += [act["happened_on"] for act in acts if act["event_type"] in ("feedback", "claimed_done")]
        after = every[at + 1] if at + 1 < len(every) else None
        if hop.left_by in ("assigned", "forwarded") and hop.left_on is not None and hop.left_on <= until:
            assert after is not None
            decomposed += [hop.left_on] if after.level is not None and after.level > hop.level else []
    return {level: [min(days, default=None) for days in lists] for level, lists in told.items()}


def _results(oracle: Oracle, hop: Hop, until: date) -> list[date]:
    return [
        row["achieved_on"]
        for row in oracle.county.get("matter_results", ())
        if row["matter_id"] == hop.matter["matter_id"]
        and not row["is_void"]
        and row["achieved_on"] is not None
        and hop.arrived_on <= row["achieved_on"] <= min(hop.left_on or until, until)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_the_listings_and_plain_loops_tell_the_same(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(0, campaigns.WEEKS * 7))
    then = campaigns.known(whole, known_on)
    source, oracle = given.source(then, known_on), Oracle(then, known_on)
    until = known_on - timedelta(days=chance.randint(0, (known_on - given.LAUNCHED_ON).days))
    selection = Selection(events_until=until)
    standing, levels, pressed = {}, {}, []
    for row in own_matters(oracle):
        if row["registered_on"] > until:
            continue
        cancelled = row["status"] == "cancelled" and row["reported_at"].date() <= until
        closed_on = closed(oracle, row, until)
        end = "cancelled" if cancelled else "closed" if closed_on else None
        ended_on = row["reported_at"].date() if cancelled else closed_on or until
        held = [
            hop for hop in hops(oracle, row) if hop.arrived_on <= until and not (hop.left_on and hop.left_on <= until)
        ]
        last = held[-1] if held and end is None else None
        standing[row["matter_id"]] = (
            *(end, (ended_on - row["registered_on"]).days),
            *((last.body, last.level, last.arrived_on) if last else (None, None, None)),
        )
        for level, days in _cascade(oracle, row, until).items():
            levels[row["matter_id"], level] = tuple(days)
        events = [each for each in oracle.county["matter_events"] if each["matter_id"] == row["matter_id"]]
        events = [each for each in events if not each["is_void"] and each["happened_on"] <= until]
        events = [each for each in events if each["event_type"] in ("urged", "escalated")]
        ordered = sorted(events, key=lambda each: (each["happened_on"], each["event_no"]))
        pressed += [(row["matter_id"], each["event_type"], each["happened_on"]) for each in ordered]
    found = standing_matters(source, selection)
    columns = ("end", "open_days", "holder_id", "level", "arrived_on")
    assert {row["matter_id"]: tuple(row[name] for name in columns) for row in found.to_dicts()} == standing
    came = cascade(source, selection)
    columns = ("arrived_on", "received_on", "acted_on", "fed_back_on", "decomposed_on")
    assert {(row["matter_id"], row["level"]): tuple(row[name] for name in columns) for row in came.to_dicts()} == levels
    assert sorted(pressure(source, selection).select("matter_id", "rung", "happened_on").rows()) == sorted(pressed)


@pytest.mark.parametrize("seed", range(30))
def test_bodies_count_what_the_indicators_count(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(7, campaigns.WEEKS * 7))
    source = given.source(campaigns.known(whole, known_on), known_on)
    selection = selection_of(chance, source)
    found = holders(source, selection)
    for name, column, part in [
        ("stall_days", "stall_days", "numerator"),
        ("hold_days", "held_days", "numerator"),
        ("hold_days", "hops", "denominator"),
        ("return_share", "returns", "numerator"),
        ("passed_on_only_share", "handed_on", "denominator"),
        ("passed_on_only_share", "passed_on_only", "numerator"),
    ]:
        asked = run(name, source, selection, ("body", "level")).select("body_id", "level", part).rows()
        expected = {(body, level): number for body, level, number in asked if number}
        given_here = found.select("body_id", "level", column).rows()
        assert {(body, level): number for body, level, number in given_here if number} == expected, name
    matters: dict[Any, set[str]] = defaultdict(set)
    for row in rows("stall_days", source, selection).to_dicts():
        matters[row["body_id"], row["level"]].add(row["matter_id"])
    assert {(row["body_id"], row["level"]): row["matters"] for row in found.to_dicts()} == {
        key: len(ids) for key, ids in matters.items()
    }


# the demonstration county


@pytest.mark.parametrize("known_on", [TODAY, date(2014, 9, 28)])
def test_matters_of_a_group_are_those_whose_light_is_the_groups(demo_data: Path, known_on: date) -> None:
    source = open_source(demo_data, known_on=known_on)
    for group in ("C2", "T1"):
        selection = Selection(groups=(group,))
        lit, found = lights(source, selection), standing_matters(source, selection)
        kept = found.filter(pl.col("light").is_not_null())
        assert kept.select("matter_id", "light").equals(lit.select("matter_id", "light"))
        assert cascade(source, selection)["matter_id"].is_in(found["matter_id"].to_list()).all()


def test_the_bodies_of_a_level_add_up_to_it(demo_data: Path) -> None:
    source = open_source(demo_data)
    summed = holders(source, WHOLE).group_by("level").agg(pl.col("stall_days", "held_days", "hops").sum()).sort("level")
    assert summed.equals(bottleneck(source, WHOLE).select("level", "stall_days", "held_days", "hops"))


def test_a_selection_that_does_not_fit_is_refused(demo_data: Path) -> None:
    source, wrong = open_source(demo_data), Selection(events_until=date(2014, 3, 1))
    for listing in (standing_matters, holders, pressure, cascade):
        with pytest.raises(SelectionError):
            listing(source, wrong)
