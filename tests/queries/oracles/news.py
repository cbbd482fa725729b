"""What happened, and when the office learnt of it."""

from __future__ import annotations

from oracles.base import Oracle, Question, Tallies, answers, facts


@answers("late_arriving_share")
def late_arriving_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    known = {key for _, _, _, key in facts(oracle.county)}
    oracle.mark_weeks(question, tallies)
    for unit_id, day, _, key in facts(oracle.county if oracle.later is None else oracle.later):
        place = oracle.standing.get((unit_id, day)) if day <= question.events_until else None
        if place is not None and question.covers(place):
            tally = tallies[question.key(place)]
            tally.denominator += 1
            tally.numerator += key not in known


@answers("event_to_report_latency", kind="median")
def event_to_report_latency(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    oracle.mark_weeks(question, tallies)
    for unit_id, day, reported_at, _ in facts(oracle.county):
        place = oracle.standing.get((unit_id, day)) if day <= question.events_until else None
        if place is not None and question.covers(place):
            tally = tallies[question.key(place)]
            tally.denominator += 1
            tally.numbers.append((reported_at.date() - day).days)
