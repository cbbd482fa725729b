"""Problems and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from oracles.base import DAY, Oracle, Question, Row, Tallies, answers


@answers("rectification_rate")
def rectification_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, on_time=False)


@answers("rectification_on_time")
def rectification_on_time(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, on_time=True)


def _due(oracle: Oracle, question: Question, tallies: Tallies, on_time: bool) -> None:
    for problem in standing_problems(oracle):
        if problem["term"] == "long_term" or problem["found_on"] > question.events_until:
            continue
        known = Known.of(oracle, problem, question.events_until)
        day = known.due_on or problem["found_on"]
        for place in _places(oracle, question, problem, day):
            tally = tallies[question.key({**place, "state": known.state})]
            tally.immature |= oracle.is_immature(place, day)
            if known.due_on is None:
                tally.missing += 1
                continue
            tally.denominator += 1
            if known.closed_on is not None:
                tally.numerator += not on_time or known.closed_on <= known.due_on


@answers("rectification_age", kind="median")
def rectification_age(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for problem in standing_problems(oracle):
        known = Known.of(oracle, problem, question.events_until)
        if known.closed_on is None and problem["term"] != "long_term":
            for place in _places(oracle, question, problem, problem["found_on"]):
                tally = tallies[question.key({**place, "state": known.state})]
                tally.denominator += 1
                tally.numbers.append((question.events_until - problem["found_on"]).days)
                tally.immature |= oracle.is_immature(place, question.events_until)


@answers("claimed_unverified_share")
def claimed_unverified_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for problem in standing_problems(oracle):
        known = Known.of(oracle, problem, question.events_until)
        if known.closed_on is None:
            for place in _places(oracle, question, problem, problem["found_on"]):
                tally = tallies[question.key({**place, "state": known.state})]
                tally.denominator += 1
                tally.numerator += known.said == "claimed_done"
                tally.immature |= oracle.is_immature(place, question.events_until)


@answers("long_term_rectification")
def long_term_rectification(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for problem in standing_problems(oracle):
        if problem["term"] == "long_term":
            known = Known.of(oracle, problem, question.events_until)
            for place in _places(oracle, question, problem, problem["found_on"]):
                tally = tallies[question.key({**place, "state": known.state})]
                tally.denominator += 1
                tally.numerator += known.closed_on is not None
                tally.immature |= oracle.is_immature(place, question.events_until)


@answers("recurrence_rate")
def recurrence_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for problem in standing_problems(oracle):
        for closed_on, reopened_on in closings_of(oracle, problem):
            last = closed_on + 90 * DAY
            failures = [
                other["found_on"] for other in standing_problems(oracle) if other["recurs_of"] == problem["problem_id"]
            ]
            failures += [] if reopened_on is None else [reopened_on]
            failed = any(closed_on <= day <= min(last, question.events_until) for day in failures)
            for place in _places(oracle, question, problem, closed_on):
                tally = tallies[question.key(place)]
                tally.immature |= oracle.is_immature(place, last)
                if failed or last <= question.events_until:
                    tally.denominator += 1
                    tally.numerator += failed
                else:
                    tally.missing += 1


@dataclass
class Known:
    """What is known of a problem on a day: `said` is the last of claim, refusal and reopening."""

    due_on: date | None
    closed_on: date | None = None
    said: str = ""
    answered: bool = False

    @classmethod
    def of(cls, oracle: Oracle, problem: Row, until: date) -> Known:
        known = cls(problem["due_on"])
        for step in _steps(oracle, problem):
            if step["happened_on"] > until:
                break
            kind = step["event_type"]
            known.answered |= kind != "listed"
            if kind == "extended" and step["new_due_on"] is not None:
                known.due_on = step["new_due_on"]
            if kind == "verified_closed" and known.closed_on is None:
                known.closed_on = step["happened_on"]
            if kind == "reopened":
                known.closed_on = None
            if kind in ("claimed_done", "verification_failed", "reopened"):
                known.said = kind
        return known

    @property
    def state(self) -> str:
        if self.closed_on is not None:
            return "done"
        said = {"claimed_done": "in_progress", "verification_failed": "withheld", "reopened": "not_done"}
        return said.get(self.said, "in_progress" if self.answered else "not_reported")


def standing_problems(oracle: Oracle) -> list[Row]:
    return [row for row in oracle.county.get("problems", ()) if not row["is_void"]]


def _steps(oracle: Oracle, problem: Row) -> list[Row]:
    own = [
        row
        for row in oracle.county.get("rectification_events", ())
        if row["problem_id"] == problem["problem_id"] and not row["is_void"]
    ]
    return sorted(own, key=lambda row: (row["happened_on"], row["event_no"]))


def closings_of(oracle: Oracle, problem: Row) -> Iterator[tuple[date, date | None]]:
    """Each closing and the day it was undone, none while it stands."""
    closed_on = None
    for step in _steps(oracle, problem):
        if step["event_type"] == "verified_closed" and closed_on is None:
            closed_on = step["happened_on"]
        if step["event_type"] == "reopened" and closed_on is not None:
            yield closed_on, step["happened_on"]
            closed_on = None
    if closed_on is not None:
        yield closed_on, None


def _places(oracle: Oracle, question: Question, problem: Row, day: date) -> Iterator[dict[str, Any]]:
    """Where the problem's unit stands on the day, when that is in the selection."""
    place = oracle.standing.get((problem["unit_id"], day)) if day <= question.events_until else None
    if place is not None and question.covers(place):
        yield {**place, "category": problem["category"]}
