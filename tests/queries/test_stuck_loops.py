"""Where matters lie, how far they came down and how they were pressed: by plain loops, and by the indicators."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from oracles.base import Oracle
from oracles.matters import Hop, closed, hops, own_matters
from test_oracle import selection_of

from queries import Selection, open_source, rows, run
from queries.exceptions import SelectionError
from queries.matters import bottleneck, lights
from queries.stuck import cascade, holders, pressure, standing_matters

TODAY = date(2014, 4, 13)
WHOLE = Selection()


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
