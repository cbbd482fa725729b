"""The groups' own work plans."""

from __future__ import annotations

from oracles.base import DAY, Oracle, Question, Tallies, answers


@answers("plan_progress")
def plan_progress(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    last = min(oracle.monday(question.last_week) + 6 * DAY, question.events_until)
    adopted = {
        (plan["group_id"], plan["plan_no"])
        for plan in oracle.county.get("group_plans", ())
        if not plan["is_void"] and plan["adopted_on"] <= last
    }
    for item in oracle.county.get("group_plan_items", ()):
        group = item["group_id"]
        if item["is_void"] or (group, item["plan_no"]) not in adopted:
            continue
        if question.unit_types or (question.groups and group not in question.groups):
            continue
        done_on = (item["done_on"] or item["reported_at"].date()) if item["status"] == "done" else None
        if done_on is not None and done_on <= last:
            state = "done"
        elif item["status"] == "dropped":
            state = "not_done"
        elif item["status"] != "planned":
            state = "in_progress"
        else:
            state = "not_reported" if item["due_on"] is not None and item["due_on"] <= last else "not_due"
        tally = tallies[question.key({"group": group, "aspect": item["aspect"], "state": state})]
        tally.denominator += 1
        tally.numerator += state == "done"
        tally.missing += state == "not_reported"
        tally.immature |= last > oracle.mature_until[group]
