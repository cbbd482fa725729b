"""Reports due and filed."""

from __future__ import annotations

from oracles.actions import asked_at
from oracles.base import DAY, Oracle, Question, Tallies, answers


@answers("report_timeliness")
def report_timeliness(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _reports(oracle, question, tallies)


@answers("report_lag", kind="median")
def report_lag(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _reports(oracle, question, tallies)


def _reports(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for report in oracle.county.get("report_schedule", ()):
        due_on = report["due_at"].date()
        if due_on > question.events_until:
            continue
        own = [
            row for row in oracle.county.get("report_filings", ()) if row["report_due_id"] == report["report_due_id"]
        ]
        filings = sorted(
            row["filed_at"]
            for row in own
            if not row["is_void"] and not row["returned"] and row["accepted_at"] is not None
        )
        filed = [each for each in filings[:1] if each.date() <= question.events_until]
        for unit in oracle.county["units"]:
            place = oracle.standing.get((unit["unit_id"], due_on))
            if place is None or not question.covers(place):
                continue
            if report["reporter_id"] != place["group" if report["reporter_kind"] == "group" else "unit"]:
                continue
            state = "done" if filed else "withheld" if own and not filings else "not_reported"
            tally = tallies[question.key({**place, "state": state})]
            if report["report_due_id"] in tally.seen:
                continue
            tally.seen.add(report["report_due_id"])
            tally.denominator += 1
            tally.numerator += bool(filed) and filed[0] <= report["due_at"]
            tally.missing += not filed
            tally.immature |= oracle.is_immature(place, due_on)
            tally.numbers.append(((filed[0].date() if filed else question.events_until) - due_on).days)


@answers("told_on_time_share")
def told_on_time_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for row in asked_at(oracle, question.events_until):
        due_on, done_on = row.due_on, row.done_on
        if not row.is_required or due_on is None or due_on > question.events_until:
            continue
        if done_on is None or done_on > min(question.events_until, due_on + row.version["grace_days"] * DAY):
            continue
        place = oracle.standing.get((row.unit_id, due_on))
        if place is None or not question.covers(place):
            continue
        tally = tallies[question.key({**place, **row.names})]
        tally.immature |= oracle.is_immature(place, due_on)
        group = oracle.group_on(row.unit_id, done_on)
        ends = [
            report["due_at"]
            for report in oracle.county.get("report_schedule", ())
            if (report["reporter_kind"], report["report_kind"], report["reporter_id"]) == ("group", "weekly", group)
            and report["period_from"] <= done_on <= report["period_to"]
        ]
        tally.denominator += bool(ends)
        tally.missing += not ends
        told_at = row.done[row.version["min_count"] - 1]["reported_at"]
        tally.numerator += bool(ends) and told_at <= min(ends)
