"""What became of each problem: the listing against hand-written rows, plain loops and the indicators of problems."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from oracles.base import Oracle
from oracles.problems import Known, closings_of, standing_problems
from test_oracle import selection_of

from queries import Selection, open_source, problems, rows
from queries.exceptions import SelectionError

KNOWN_ON = date(2014, 9, 28)
FOUND = {"problem_id": "P1", "unit_id": "U1", "found_on": date(2014, 3, 20), "due_on": date(2014, 4, 20)}


def became(steps: list[tuple[str, date]], until: date = KNOWN_ON, recurring: date | None = None) -> dict[str, Any]:
    """What became of a problem with these steps."""
    events = [
        {"problem_id": "P1", "event_no": no, "event_type": kind, "happened_on": day}
        for no, (kind, day) in enumerate(steps, start=1)
    ]
    again = [FOUND | {"problem_id": "P2", "found_on": recurring, "recurs_of": "P1"}] if recurring else []
    county = given.tables({"T1": {"U1": "township"}}, {"problems": [FOUND, *again], "rectification_events": events})
    found = problems(given.source(county, KNOWN_ON), Selection(events_until=until))
    return found.filter(pl.col("problem_id") == "P1").row(0, named=True)


CLAIMED = [("listed", date(2014, 3, 20)), ("claimed_done", date(2014, 4, 1))]
CLOSED = [*CLAIMED, ("verified_closed", date(2014, 4, 10))]
REOPENED = [*CLOSED, ("reopened", date(2014, 5, 5))]


def test_claimed_done_is_not_closed() -> None:
    told = became(CLAIMED)
    assert (told["is_claimed"], told["closed_on"], told["claimed_on"]) == (True, None, date(2014, 4, 1))
    assert told["open_days"] == (KNOWN_ON - date(2014, 3, 20)).days


def test_a_claim_that_was_refused_waits_no_longer() -> None:
    told = became([*CLAIMED, ("verification_failed", date(2014, 4, 5))])
    assert (told["is_claimed"], told["state"]) == (False, "withheld")


def test_a_verified_closing_ends_its_days() -> None:
    told = became(CLOSED)
    assert (told["closed_on"], told["is_claimed"], told["open_days"]) == (date(2014, 4, 10), False, 21)


def test_a_reopened_problem_is_open_again_and_keeps_its_first_closing() -> None:
    told = became(REOPENED)
    assert (told["closed_on"], told["state"]) == (None, "not_done")
    assert (told["first_closed_on"], told["reopened_on"]) == (date(2014, 4, 10), date(2014, 5, 5))


def test_a_problem_closed_a_second_time_stands_closed_and_tells_that_it_came_back() -> None:
    told = became([*REOPENED, ("verified_closed", date(2014, 6, 1))])
    assert (told["closed_on"], told["count_closings"]) == (date(2014, 6, 1), 2)
    assert told["reopened_on"] == date(2014, 5, 5)


def test_a_problem_found_again_is_told_of_the_one_it_recurs_of() -> None:
    assert became(CLOSED, recurring=date(2014, 5, 7))["recurred_on"] == date(2014, 5, 7)
    assert became(CLAIMED, recurring=date(2014, 5, 7))["recurred_on"] is None


def test_what_came_after_the_last_counted_day_has_not_happened() -> None:
    told = became([*REOPENED, ("verified_closed", date(2014, 6, 1))], until=date(2014, 4, 30))
    assert (told["closed_on"], told["reopened_on"], told["count_closings"]) == (date(2014, 4, 10), None, 1)
    assert became(CLOSED, until=date(2014, 4, 9))["first_closed_on"] is None


def test_a_selection_that_does_not_fit_is_refused(demo_data: Path) -> None:
    with pytest.raises(SelectionError):
        problems(open_source(demo_data), Selection(events_until=date(2014, 3, 1)))


@pytest.mark.parametrize("seed", range(40))
def test_the_listing_and_plain_loops_tell_the_same(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(0, campaigns.WEEKS * 7))
    then = campaigns.known(whole, known_on)
    source, oracle = given.source(then, known_on), Oracle(then, known_on)
    selection = selection_of(chance, source).resolve(source)
    until, period = selection.events_until, selection.period
    assert until is not None
    assert period is not None
    expected = {}
    for problem in standing_problems(oracle):
        place = oracle.standing.get((problem["unit_id"], problem["found_on"]))
        if place is None or problem["found_on"] > until or not period[0] <= place["week"] <= period[1]:
            continue
        if selection.groups and place["group"] not in selection.groups:
            continue
        if selection.unit_types and place["unit_type"] not in selection.unit_types:
            continue
        known = Known.of(oracle, problem, until)
        closings = [pair for pair in closings_of(oracle, problem) if pair[0] <= until]
        again = [row["found_on"] for row in standing_problems(oracle) if row["recurs_of"] == problem["problem_id"]]
        expected[problem["problem_id"]] = (
            place["group"],
            known.due_on,
            known.closed_on,
            known.state,
            known.said == "claimed_done" and known.closed_on is None,
            len(closings),
            min((day for _, day in closings if day is not None and day <= until), default=None),
            min((day for day in again if day <= until and any(closed <= day for closed, _ in closings)), default=None),
        )
    columns = ("group_id", "due_on", "closed_on", "state", "is_claimed", "count_closings", "reopened_on", "recurred_on")
    found = {row["problem_id"]: tuple(row[name] for name in columns) for row in problems(source, selection).to_dicts()}
    assert found == expected


@pytest.mark.parametrize("known_on", [date(2014, 4, 13), KNOWN_ON])
def test_it_counts_what_the_indicators_count(demo_data: Path, known_on: date) -> None:
    source, everything = open_source(demo_data, known_on=known_on), Selection()
    found = problems(source, everything)
    still_open = found.filter(pl.col("closed_on").is_null())
    share = rows("claimed_unverified_share", source, everything)
    assert still_open["problem_id"].sort().equals(share["problem_id"].sort())
    assert still_open["is_claimed"].sum() == share["numerator"].sum()
    ages = rows("rectification_age", source, everything)
    limited = still_open.filter(pl.col("term") != "long_term").sort("found_on", "problem_id")
    assert limited["open_days"].to_list() == ages["age_days"].to_list()
    long_term = rows("long_term_rectification", source, everything)
    assert found.filter(pl.col("term") == "long_term", pl.col("closed_on").is_not_null()).height == int(
        long_term["numerator"].sum()
    )
