"""What could be merged: by hand, by a loop over every possible run of days, and in the demonstration county."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import given
import polars as pl
import pytest

from queries import Selection, Source, open_source
from queries.exceptions import SelectionError
from queries.merging import proposals, window

DAY = timedelta(days=1)
KNOWN_ON = date(2014, 4, 13)
KINDS = {
    "PARTY": "party_office",
    "GOV": "government_office",
    "OFFICE": "campaign_office",
    "CONGRESS": "peoples_congress",
    "CONSULT": "consultative_conference",
}
BODIES = [{"body_id": body, "body_kind": kind, "name_en": body.title()} for body, kind in KINDS.items()]
WEEKENDS = [{"day": day, "is_workday": day.weekday() < 5} for day in (date(2014, 3, 1) + n * DAY for n in range(120))]


def april(day: int) -> date:
    return date(2014, 4, day)


def plan(no: int, body: str, first: int, last: int | None = None, days: float = 1, **more: Any) -> dict[str, Any]:
    """An inspection of U1 in April."""
    window = {"planned_from": april(first), "planned_to": april(last or first)}
    return {
        "inspection_id": f"X{no}",
        "body_id": body,
        "unit_id": "U1",
        "theme_code": f"theme {no}",
        "role": "lead",
        "plan_status": "approved",
        "days": float(days),
        **window,
        **more,
    }


def source(*inspections: dict[str, Any], known_on: date = KNOWN_ON) -> Source:
    units = {"T1": {"U1": "township", "U2": "township"}}
    tables = {"bodies": BODIES, "work_calendar": WEEKENDS, "inspections": list(inspections)}
    return given.source(given.tables(units, tables), known_on)


def found(*inspections: dict[str, Any], selection: Selection | None = None) -> list[dict[str, Any]]:
    return proposals(source(*inspections), selection or Selection()).to_dicts()


def test_two_bodies_near_one_another_go_in_the_days_both_have() -> None:
    # 22 and 23 April are in both windows; the longest needs two days: 3 days now, 2 after, 1 spared.
    (row,) = found(plan(1, "PARTY", 22, 23, 2), plan(2, "GOV", 23, 23, 1))
    assert (row["window_from"], row["window_to"], row["moved_days"]) == (april(22), april(23), 0)
    assert (row["days_now"], row["days_after"], row["days_saved"]) == (3.0, 2.0, 1.0)
    assert (row["when"], row["reason"]) == ("ahead", "near")
    assert (row["lead_id"], row["support_ids"], row["partner_ids"]) == ("X1", ["X2"], [])


def test_without_a_common_day_the_nearest_run_is_taken_and_of_equal_ones_the_earliest() -> None:
    # From 22 April to 25 April: a run on 22 is 3 days from the second, on 25 as many from the first, 23 is 1 + 2, …
    (row,) = found(plan(1, "PARTY", 22), plan(2, "GOV", 25))
    assert (row["window_from"], row["window_to"], row["moved_days"]) == (april(22), april(22), 3)


def test_a_weekend_is_no_day_of_the_run() -> None:
    # Friday 25 April and Monday 28 April: two working days.
    (row,) = found(plan(1, "PARTY", 25, 25, 2), plan(2, "GOV", 28, 28, 2))
    assert (row["window_from"], row["window_to"], row["moved_days"]) == (april(25), april(28), 0)


def test_where_nobody_works_within_the_days_they_span_they_are_taken_as_they_come() -> None:
    (row,) = found(plan(1, "PARTY", 19), plan(2, "GOV", 20))
    assert (row["window_from"], row["window_to"]) == (april(19), april(19))


def test_half_a_day_takes_a_day_of_the_calendar_and_half_a_day_of_the_unit() -> None:
    (row,) = found(plan(1, "PARTY", 22, days=0.5), plan(2, "GOV", 22, days=0.25))
    assert (row["window_from"], row["window_to"]) == (april(22), april(22))
    assert (row["days_now"], row["days_after"], row["days_saved"]) == (0.75, 0.5, 0.25)


def test_a_partner_keeps_its_own_days_and_the_others_come_to_it() -> None:
    (row,) = found(plan(1, "PARTY", 22), plan(2, "GOV", 22), plan(3, "CONGRESS", 24))
    assert (row["window_from"], row["moved_days"]) == (april(24), 4)
    assert (row["lead_id"], row["support_ids"], row["partner_ids"]) == ("X1", ["X2"], ["X3"])


@pytest.mark.parametrize("partner", ["CONGRESS", "CONSULT"])
def test_a_partner_never_leads_others_nor_supports_them(partner: str) -> None:
    (row,) = found(plan(1, partner, 22, days=9), plan(2, "GOV", 23, role="support"))
    assert (row["lead_id"], row["support_ids"], row["partner_ids"]) == ("X2", [], ["X1"])


@pytest.mark.parametrize("kind", ["law_inspection", "democratic"])
def test_a_partner_is_known_by_its_kind_of_inspection_too(kind: str) -> None:
    (row,) = found(plan(1, "PARTY", 22, inspection_kind=kind), plan(2, "GOV", 23))
    assert row["partner_ids"] == ["X1"]


def test_partners_among_themselves_have_no_lead() -> None:
    (row,) = found(plan(1, "CONGRESS", 22), plan(2, "CONSULT", 23))
    assert (row["lead_id"], row["support_ids"], row["partner_ids"]) == (None, [], ["X1", "X2"])


def test_the_lead_was_planned_as_lead_then_is_the_earliest_then_the_longest() -> None:
    assert found(plan(1, "PARTY", 21, role="support"), plan(2, "GOV", 23))[0]["lead_id"] == "X2"
    assert found(plan(1, "PARTY", 23), plan(2, "GOV", 21))[0]["lead_id"] == "X2"
    assert found(plan(1, "PARTY", 21), plan(2, "GOV", 21, days=3))[0]["lead_id"] == "X2"
    assert found(plan(1, "PARTY", 21), plan(2, "GOV", 21))[0]["lead_id"] == "X1"


def test_near_means_seven_days_from_every_other_one() -> None:
    assert found(plan(1, "PARTY", 14), plan(2, "GOV", 22)) == []
    # 14 to 21 is seven days, 21 to 28 as well, 14 to 28 is not: the third stays alone.
    (row,) = found(plan(1, "PARTY", 14), plan(2, "GOV", 21), plan(3, "OFFICE", 28))
    assert row["inspection_ids"] == ["X1", "X2"]


def test_what_is_left_over_goes_by_its_theme_within_thirty_days() -> None:
    one, other = plan(1, "PARTY", 14, theme_code="safety"), plan(2, "GOV", 29, theme_code="safety")
    (row,) = found(one, other)
    assert (row["reason"], row["inspection_ids"]) == ("theme", ["X1", "X2"])
    assert found(one, other | {"planned_from": date(2014, 5, 15), "planned_to": date(2014, 5, 15)}) == []
    assert found(one, other | {"theme_code": "finance"}) == []


def test_near_dates_go_before_the_same_theme() -> None:
    rows = found(
        plan(1, "PARTY", 14, theme_code="safety"),
        plan(2, "GOV", 29, theme_code="safety"),
        plan(3, "OFFICE", 30, theme_code="finance"),
    )
    assert [row["inspection_ids"] for row in rows] == [["X2", "X3"]]


def test_near_and_of_one_theme_says_both() -> None:
    (row,) = found(plan(1, "PARTY", 22, theme_code="safety"), plan(2, "GOV", 23, theme_code="safety"))
    assert row["reason"] == "near_theme"


def test_a_body_has_one_inspection_in_a_proposal() -> None:
    (row,) = found(plan(1, "PARTY", 21), plan(2, "GOV", 22), plan(3, "PARTY", 23))
    assert row["inspection_ids"] == ["X1", "X2"]


def test_two_units_are_never_merged_nor_is_one_body_with_itself() -> None:
    assert found(plan(1, "PARTY", 22), plan(2, "GOV", 22, unit_id="U2")) == []
    assert found(plan(1, "PARTY", 22), plan(2, "PARTY", 22)) == []


def test_merged_cancelled_and_withdrawn_ones_are_in_no_proposal() -> None:
    host = plan(1, "PARTY", 22)
    for gone in ({"plan_status": "merged", "merged_into": "X1"}, {"plan_status": "cancelled"}, {"is_void": True}):
        assert found(host, plan(2, "GOV", 22, **gone)) == []


def test_what_has_begun_is_apart_from_what_is_ahead() -> None:
    begun = [plan(1, "PARTY", 10, plan_status="held"), plan(2, "GOV", 11, plan_status="held")]
    ahead = [plan(3, "OFFICE", 14), plan(4, "CONGRESS", 15)]
    rows = found(*begun, *ahead)
    assert [(row["when"], row["inspection_ids"]) for row in rows] == [("ahead", ["X3", "X4"]), ("begun", ["X1", "X2"])]
    assert found(begun[0], ahead[0]) == []


def test_what_is_ahead_is_told_by_the_events_until_date() -> None:
    rows = found(plan(1, "PARTY", 10), plan(2, "GOV", 11), selection=Selection(events_until=april(9)))
    assert [row["when"] for row in rows] == ["ahead"]


def test_a_proposal_is_in_the_selection_when_one_of_its_inspections_is() -> None:
    plans = (plan(1, "PARTY", 6), plan(2, "GOV", 7))
    assert len(found(*plans, selection=Selection(period=(4, 4)))) == 1
    assert len(found(*plans, selection=Selection(period=(5, 5)))) == 1
    assert found(*plans, selection=Selection(period=(3, 3))) == []
    assert found(*plans, selection=Selection(unit_types=("township",)))


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(SelectionError):
        found(selection=Selection(groups=("T9",)))


def test_a_run_that_does_not_fit_into_their_days_goes_beyond_them() -> None:
    rows = [{"inspection_from": april(22), "inspection_to": april(22), "days": 3.0, "is_partner": False}]
    assert window(rows, frozenset()) == (april(22), april(24))


# the same by loops


def gap(one: dict[str, Any], other: dict[str, Any]) -> int:
    days = [
        abs((a - b).days)
        for a in (one["planned_from"] + n * DAY for n in range((one["planned_to"] - one["planned_from"]).days + 1))
        for b in (
            other["planned_from"] + n * DAY for n in range((other["planned_to"] - other["planned_from"]).days + 1)
        )
    ]
    return min(days)


def looped(plans: list[dict[str, Any]], off: set[date]) -> list[dict[str, Any]]:
    """Proposals once more: every set of plans that meets in all its pairs, taken greedily; every run of days tried."""
    free = sorted(plans, key=lambda row: (row["planned_from"], row["inspection_id"]))
    taken: list[list[dict[str, Any]]] = []
    for rule in ("near", "theme"):
        for head in list(free):
            if head not in free:
                continue
            team = [head]
            for row in free[free.index(head) + 1 :]:
                pairs = combinations([*team, row], 2)
                if all(a["body_id"] != b["body_id"] and meets(a, b, rule) for a, b in pairs):
                    team.append(row)
            if len(team) > 1:
                taken.append(team)
                free = [row for row in free if row not in team]
    return [judged(team, off) for team in taken]


def meets(one: dict[str, Any], other: dict[str, Any], rule: str) -> bool:
    return (
        gap(one, other) <= 7 if rule == "near" else gap(one, other) <= 30 and one["theme_code"] == other["theme_code"]
    )


def judged(team: list[dict[str, Any]], off: set[date]) -> dict[str, Any]:
    first, last = min(row["planned_from"] for row in team), max(row["planned_to"] for row in team)
    longest = max(row["days"] for row in team)
    needed = max(1, -int(-longest // 1))
    span = [first + n * DAY for n in range((last - first).days + 1)]
    starts = [day for day in span if day not in off] or span
    runs = []
    for start in starts:
        worked = [start]
        while len(worked) < needed:
            later = worked[-1] + DAY
            while later in off:
                later += DAY
            worked.append(later)
        run = {"planned_from": start, "planned_to": worked[-1]}
        partners = sum(
            gap(row, run) for row in team if KINDS[row["body_id"]] in ("peoples_congress", "consultative_conference")
        )
        runs.append((worked[-1] > last, partners, sum(gap(row, run) for row in team), start, worked[-1]))
    best = min(runs)
    return {
        "ids": [row["inspection_id"] for row in team],
        "window": best[3:],
        "moved": best[2],
        "days": (sum(row["days"] for row in team), longest),
    }


@pytest.mark.parametrize("seed", range(40))
def test_proposals_are_those_of_a_loop_over_every_run_of_days(seed: int) -> None:
    chance = Random(seed)
    plans = [
        plan(
            no,
            chance.choice(list(KINDS)),
            first := chance.randint(14, 28),
            first + chance.choice((0, 1, 2)),
            chance.choice((0.5, 1, 2, 3)),
            theme_code=chance.choice(("safety", "finance")),
        )
        for no in range(chance.randint(0, 8))
    ]
    off = {row["day"] for row in WEEKENDS if not row["is_workday"]}
    expected = {tuple(one["ids"]): one for one in looped(plans, off)}
    rows = found(*plans)
    assert {tuple(row["inspection_ids"]) for row in rows} == set(expected)
    for row in rows:
        one = expected[tuple(row["inspection_ids"])]
        assert (row["window_from"], row["window_to"]) == one["window"]
        assert row["moved_days"] == one["moved"]
        assert (row["days_now"], row["days_after"]) == one["days"]
        assert row["days_saved"] == one["days"][0] - one["days"][1]
        roles = [*([row["lead_id"]] if row["lead_id"] else []), *row["support_ids"], *row["partner_ids"]]
        assert sorted(roles) == sorted(row["inspection_ids"])
    named = [one for row in rows for one in row["inspection_ids"]]
    assert len(named) == len(set(named))


# the demonstration county


def test_of_the_county_two_merges_are_ahead_at_the_meeting_and_two_are_past(demo_data: Path) -> None:
    frame = proposals(open_source(demo_data, KNOWN_ON), Selection())
    told = frame.select("when", "inspection_ids", "lead_id", "days_now", "days_after", "days_saved").rows()
    assert told == [
        ("ahead", ["X005", "X006"], None, 3.0, 2.0, 1.0),
        ("ahead", ["X007", "X008", "X009"], "X008", 5.0, 2.0, 3.0),
        ("begun", ["X001", "X002"], "X002", 3.0, 2.0, 1.0),
        ("begun", ["X003", "X004"], "X003", 3.0, 2.0, 1.0),
    ]
    assert frame["window_from"].to_list() == [april(14), april(22), april(2), april(9)]


def test_at_the_end_all_four_are_past_and_would_have_spared_six_days(demo_data: Path) -> None:
    frame = proposals(open_source(demo_data), Selection())
    assert frame["when"].unique().to_list() == ["begun"]
    assert frame.select(pl.col("days_saved").sum(), pl.col("days_now").sum()).row(0) == (6.0, 14.0)
