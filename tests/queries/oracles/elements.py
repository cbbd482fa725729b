"""Elements of decisions: what the levels made of them, and what was reached."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from oracles.base import Oracle, Question, Row, Tallies, answers
from oracles.matters import due_matters, is_immature, own_matters, place_of, verified_results


@answers("retention_rate")
def retention_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _share(oracle, question, tallies, "kept")


@answers("drift")
def drift(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    every = {
        (row["matter_id"], row["element_no"], row["level"]): row
        for row in oracle.county.get("matter_elements", ())
        if not row["is_void"] and row["recorded_on"] <= question.events_until
    }
    for row, place in _levels(oracle, question):
        if row["level"] == 0:
            continue
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, max(row["recorded_on"], oracle.launched_on))
        above = every.get((row["matter_id"], row["element_no"], row["level"] - 1))
        if above is None or "not_restated" in (row["state"], above["state"]):
            tally.missing += 1
        else:
            tally.denominator += 1
            tally.numerator += (above["state"] == "kept") - (row["state"] == "kept")


@answers("element_altered_share")
def element_altered_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _share(oracle, question, tallies, "altered")


@answers("element_dropped_share")
def element_dropped_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _share(oracle, question, tallies, "dropped")


def _share(oracle: Oracle, question: Question, tallies: Tallies, state: str) -> None:
    for row, place in _levels(oracle, question):
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, max(row["recorded_on"], oracle.launched_on))
        if row["state"] == "not_restated":
            tally.missing += 1
        else:
            tally.denominator += 1
            tally.numerator += row["state"] == state


@answers("element_not_restated_share")
def element_not_restated_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for row, place in _levels(oracle, question):
        tally = tallies[question.key(place)]
        tally.immature |= is_immature(oracle, place, max(row["recorded_on"], oracle.launched_on))
        tally.denominator += 1
        tally.numerator += row["state"] == "not_restated"


@answers("result_shortfall")
def result_shortfall(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for matter, due_on, place in due_matters(oracle, question, original=True):
        for row in _decided(oracle, matter):
            decided = row["decided_value"]
            if decided is None:
                continue
            tally = tallies[question.key({**place, "category": row["element_kind"]})]
            tally.immature |= is_immature(oracle, place, max(due_on, oracle.launched_on))
            results = _results(oracle, question, row)
            if not results or results[0]["achieved_value"] is None:
                tally.missing += 1
                continue
            missed = decided - results[0]["achieved_value"]
            if results[0]["direction"] == "at_most":
                missed = -missed
            part = missed / (abs(decided) or 1)
            tally.denominator += 1
            tally.numerator += Fraction(math.floor(min(max(part, 0), 1) * 10_000 + 0.5), 10_000)


@answers("deadline_drift", kind="median")
def deadline_drift(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    reached = {(row["matter_id"], row["element_no"]): day for row, day in verified_results(oracle)}
    for matter, due_on, place in due_matters(oracle, question, original=True):
        for row in _decided(oracle, matter):
            tally = tallies[question.key({**place, "category": row["element_kind"]})]
            tally.immature |= is_immature(oracle, place, max(due_on, oracle.launched_on))
            day = reached.get((row["matter_id"], row["element_no"]))
            is_open = day is None or day > question.events_until
            tally.missing += is_open
            tally.denominator += 1
            tally.numbers.append(((question.events_until if is_open or day is None else day) - due_on).days)


def _levels(oracle: Oracle, question: Question) -> Iterator[tuple[Row, dict[str, Any]]]:
    matters = {row["matter_id"]: row for row in own_matters(oracle)}
    for row in oracle.county.get("matter_elements", ()):
        if row["is_void"] or row["matter_id"] not in matters or row["recorded_on"] > question.events_until:
            continue
        place = place_of(oracle, matters[row["matter_id"]], row["recorded_on"])
        if question.covers(place):
            yield row, {**place, "level": row["level"], "category": row["element_kind"]}


def _decided(oracle: Oracle, matter: Row) -> list[Row]:
    return [
        row
        for row in oracle.county.get("matter_elements", ())
        if row["matter_id"] == matter["matter_id"] and row["level"] == 0 and not row["is_void"]
    ]


def _results(oracle: Oracle, question: Question, element: Row) -> list[Row]:
    return [
        row
        for row, day in verified_results(oracle)
        if (row["matter_id"], row["element_no"]) == (element["matter_id"], element["element_no"])
        and day <= question.events_until
    ]
