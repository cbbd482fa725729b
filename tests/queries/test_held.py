"""Held rows are the rows themselves; outcomes are the states with what is done told apart."""

from datetime import date, timedelta
from pathlib import Path

import given
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries import Selection, Source, held_rows, indicators, open_source, outcomes, rows, run, states
from queries.kept import KEPT_PER_SOURCE, hold
from queries.outcomes import AHEAD_DAYS, FAULTS, OUTCOMES

SELECTIONS = {
    "everything": Selection(),
    "two groups": Selection(groups=("C1", "T3")),
    "one type": Selection(unit_types=("non_public_enterprise",)),
    "some weeks of a group": Selection(groups=("C3",), period=(3, 9)),
    "events until the middle of a week": Selection(events_until=date(2014, 6, 25)),
    "no unit": Selection(groups=("T1",), unit_types=("non_public_enterprise",)),
}


@pytest.fixture(scope="module")
def county(demo_data: Path) -> Source:
    return open_source(demo_data)


@pytest.fixture(params=SELECTIONS.values(), ids=list(SELECTIONS))
def chosen(request: pytest.FixtureRequest) -> Selection:
    found: Selection = request.param
    return found


def test_held_rows_are_those_asked_anew(county: Source, chosen: Selection) -> None:
    for name, defined in indicators().items():
        if not defined.over:
            assert_frame_equal(held_rows(name, county, chosen), rows(name, county, chosen))


def test_what_was_asked_is_not_asked_again_while_it_is_kept() -> None:
    source = given.source(given.tables({"T1": {"U1": "township"}}, {}), date(2014, 4, 13))
    asked: list[int] = []

    def ask(key: int) -> pl.DataFrame:
        return hold(source, key, lambda: asked.append(key) or pl.DataFrame({"key": [key]}))

    assert ask(0)["key"].item() == ask(0)["key"].item() == 0
    assert asked == [0]
    for key in range(1, KEPT_PER_SOURCE + 1):
        ask(key)
    ask(0)
    assert asked[-1] == 0


def test_outcomes_that_are_due_are_the_rows_of_the_on_time_rate(county: Source, chosen: Selection) -> None:
    found = outcomes(county, chosen)
    due = found.filter(pl.col("is_due"))
    rate = run("on_time_rate", county, chosen).row(0, named=True)
    assert due.height == rate["denominator"]
    assert due.filter(pl.col("outcome") == "on_time").height == rate["numerator"]
    assert "not_due" not in due["outcome"].to_list()
    assert "not_applicable" not in due["outcome"].to_list()
    assert set(found["outcome"]) <= set(OUTCOMES)
    assert set(FAULTS) < set(OUTCOMES)


def test_an_outcome_is_its_state_but_for_what_is_done(county: Source, chosen: Selection) -> None:
    known = states(county, chosen).select("unit_id", "action_code", "instance_no", now="state")
    found = outcomes(county, chosen).join(known, on=["unit_id", "action_code", "instance_no"])
    assert found.height == outcomes(county, chosen).height
    done = pl.col("outcome").is_in(["on_time", "late", "ahead"])
    assert found.filter(done)["now"].unique().to_list() in (["done"], [])
    rest = found.filter(~done)
    assert rest["outcome"].to_list() == rest["now"].to_list()


def test_what_is_to_come_is_listed_for_four_weeks_and_only_up_to_now(county: Source) -> None:
    until = date(2014, 4, 13)
    found = outcomes(county, Selection(events_until=until))
    ahead = found.filter(~pl.col("is_due") & (pl.col("outcome") != "not_applicable"))
    assert ahead["due_on"].min() > until
    assert ahead["due_on"].max() <= until + timedelta(days=AHEAD_DAYS)
    past = outcomes(county, Selection(events_until=until, period=(2, 3)))
    assert past["due_on"].max() <= date(2014, 3, 30)


def test_late_counts_the_days_of_grace_and_what_is_done_before_its_day_has_come_is_ahead() -> None:
    own = {"unit_id": "U1", "instance_no": 1}
    due = {"A01": date(2014, 3, 17), "A02": date(2014, 3, 17), "A03": date(2014, 4, 25)}
    source = given.source(
        given.tables(
            {"T1": {"U1": "township"}},
            {
                "action_catalogue": [{"action_code": code, "grace_days": 2} for code in due],
                "action_due": [own | {"action_code": code, "due_on": day} for code, day in due.items()],
                "action_records": [
                    own | {"action_code": "A01", "status": "done", "done_on": date(2014, 3, 19)},
                    own | {"action_code": "A02", "status": "done", "done_on": date(2014, 3, 20)},
                    own | {"action_code": "A03", "status": "done", "done_on": date(2014, 4, 1)},
                ],
            },
        ),
        date(2014, 4, 13),
    )
    found = outcomes(source, Selection())
    assert found.select("action_code", "outcome", "is_due", "days_late").rows() == [
        ("A01", "on_time", True, 2),
        ("A02", "late", True, 3),
        ("A03", "ahead", False, None),
    ]
