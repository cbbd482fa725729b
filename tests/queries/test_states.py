"""The states of nothing: each is told from the others, and none of them is a zero."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from oracles.actions import asked_at, state_of
from oracles.base import Oracle

from queries import Selection, open_source, rows, run, states
from queries.states import NOTHING, STATES

KNOWN_ON = date(2014, 4, 13)
DUE = date(2014, 3, 25)
LATER = date(2014, 5, 15)
Rows = list[dict[str, Any]]


def county(**tables: Rows) -> dict[str, Rows]:
    return given.tables({"T1": {"U1": "township"}}, tables)


def state(due: dict[str, Any] | None, records: Rows, catalogue: dict[str, Any] | None = None) -> str:
    own = {"unit_id": "U1", "action_code": "A01"}
    source = given.source(
        county(
            action_catalogue=[{"action_code": "A01", **(catalogue or {})}],
            action_due=[] if due is None else [own | due],
            action_records=[own | record for record in records],
        ),
        KNOWN_ON,
    )
    (found,) = states(source, Selection(events_until=date(2014, 4, 6)))["state"]
    return str(found)


DONE = {"status": "done", "done_on": DUE}
DONE_LATER = {"status": "done", "started_on": date(2014, 4, 8), "done_on": date(2014, 4, 9)}
BEGUN = {"status": "in_progress", "started_on": DUE}
REFUTED = {"status": "not_done_confirmed"}
VOID = DONE | {"is_void": True}


@pytest.mark.parametrize(
    ("wanted", "due", "records"),
    [
        ("done", {"due_on": DUE}, [DONE]),
        ("done", {"due_on": LATER}, [DONE]),
        ("done", {"due_on": DUE}, [DONE, REFUTED | {"instance_no": 2}]),
        ("in_progress", {"due_on": DUE}, [BEGUN]),
        ("in_progress", {"due_on": DUE}, [DONE_LATER]),
        ("in_progress", {"due_on": LATER}, [BEGUN]),
        ("not_due", {"due_on": LATER}, []),
        ("not_due", {"due_on": None}, []),
        ("not_due", None, []),
        ("not_due", {"due_on": LATER}, [DONE_LATER]),
        ("not_due", {"due_on": LATER}, [REFUTED]),
        ("not_due", {"due_on": LATER}, [{"status": "planned"}]),
        ("not_applicable", {"due_on": DUE, "waived": True}, []),
        ("not_applicable", {"due_on": DUE, "waived": True}, [DONE]),
        ("not_reported", {"due_on": DUE}, []),
        ("not_done", {"due_on": DUE}, [REFUTED]),
        ("withheld", {"due_on": DUE}, [VOID]),
        ("withheld", {"due_on": LATER}, [VOID]),
        ("contradictory", {"due_on": DUE}, [{"status": "waived"}]),
        ("contradictory", {"due_on": LATER}, [{"status": "waived"}]),
        ("contradictory", {"due_on": DUE}, [{"status": "waived"}, REFUTED | {"instance_no": 2}]),
    ],
)
def test_every_state_is_told_from_the_others(wanted: str, due: dict[str, Any] | None, records: Rows) -> None:
    assert state(due, records) == wanted


def test_every_state_has_a_case() -> None:
    (mark,) = test_every_state_is_told_from_the_others.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in mark.args[1]} == set(STATES)


def test_what_is_not_asked_of_such_a_unit_is_not_applicable_unless_the_office_asks_for_it() -> None:
    elsewhere = {"applies_to": ["county_department"]}
    assert state(None, [], elsewhere) == "not_applicable"
    assert state(None, [], {"applies_to": ["county_department", "township"]}) == "not_due"
    assert state({"due_on": DUE}, [], elsewhere) == "not_reported"
    assert state(None, [], {"effective_to": date(2014, 4, 1)}) == "not_applicable"


def test_there_is_a_row_for_each_instance_and_none_for_optional_actions() -> None:
    own = {"unit_id": "U1", "action_code": "A01"}
    source = given.source(
        county(
            action_catalogue=[{"action_code": "A01"}, {"action_code": "B01", "mandatory": False}],
            action_due=[own | {"due_on": DUE}, own | {"instance_no": 2, "due_on": LATER}],
        ),
        KNOWN_ON,
    )
    found = states(source, Selection())
    assert found.select("action_code", "instance_no", "state").rows() == [
        ("A01", 1, "not_reported"),
        ("A01", 2, "not_due"),
    ]
    assert states(source, Selection(unit_types=("township",))).equals(found)
    assert found["is_immature"].to_list() == [False, True]


def numbers(name: str, tables: dict[str, Rows]) -> tuple[float, float, int, list[str]]:
    """Numerator, denominator, n_missing and the states of the rows."""
    source = given.source(county(**tables), KNOWN_ON)
    total = run(name, source, Selection()).row(0, named=True)
    listed = rows(name, source, Selection())["state"].to_list()
    return total["numerator"], total["denominator"], total["n_missing"], listed


def changed(tables: dict[str, Rows], table: str, row: dict[str, Any] | None) -> dict[str, Rows]:
    """The same with the only row of a table changed, or without it."""
    return {**tables, table: [] if row is None else [tables[table][0] | row]}


ACTION = {"unit_id": "U1", "action_code": "A03"}
WORK: dict[str, Rows] = {
    "stages": [{"stage": "S0", "window_from": given.LAUNCHED_ON, "window_to": DUE}],
    "action_catalogue": [{"action_code": "A03", "stage": "S0", "reviewed_by_group": True}],
    "action_content_items": [{"action_code": "A03", "item_no": 1}],
    "action_due": [ACTION | {"due_on": DUE}],
    "action_records": [ACTION | DONE],
    "action_content_checks": [ACTION | {"item_no": 1, "state": "present"}],
    "action_reviews": [ACTION | {"review_id": "R1", "reviewed_on": DUE, "score": 0.0}],
}
UNDONE = changed(WORK, "action_records", {"status": "not_done_confirmed", "done_on": None})
ABSENT = changed(WORK, "action_content_checks", {"state": "absent"})
ZERO, NO_MARK = WORK, changed(WORK, "action_reviews", {"score": None})


@pytest.mark.parametrize(
    ("name", "nothing", "zero", "unknown", "known"),
    [
        # the numbers stay where no report counts as not done, but what is missing and the state change
        ("completion_rate", "action_records", UNDONE, (0, 1, 1, "not_reported"), (0, 1, 0, "not_done")),
        ("stage_completion_rate", "action_records", UNDONE, (0, 1, 1, "not_reported"), (0, 1, 0, "not_done")),
        ("on_time_rate_original", "action_records", UNDONE, (0, 1, 1, "not_reported"), (0, 1, 0, "not_done")),
        ("action_delay", "action_records", UNDONE, (19, 1, 1, "not_reported"), (19, 1, 0, "not_done")),
        ("content_coverage", "action_content_checks", ABSENT, (0, 1, 1, "not_reported"), (0, 1, 0, "not_done")),
        ("content_checked_share", "action_content_checks", ABSENT, (0, 1, 1, "not_reported"), (1, 1, 0, "not_done")),
        # the denominator changes where the unknown leaves
        ("content_coverage_lenient", "action_content_checks", ABSENT, (0, 0, 1, "not_reported"), (0, 1, 0, "not_done")),
        ("quality_score", "action_reviews", ZERO, (0, 0, 1, "not_reported"), (0, 1, 0, "done")),
        ("quality_pass_share", "action_reviews", ZERO, (0, 0, 1, "not_reported"), (0, 1, 0, "done")),
        ("review_share", "action_reviews", ZERO, (0, 1, 1, "not_reported"), (1, 1, 0, "done")),
    ],
)
def test_nothing_known_is_not_a_zero_known(
    name: str, nothing: str, zero: dict[str, Rows], unknown: tuple[Any, ...], known: tuple[Any, ...]
) -> None:
    assert numbers(name, changed(WORK, nothing, None)) == (*unknown[:3], [unknown[3]])
    assert numbers(name, zero) == (*known[:3], [known[3]])


def test_a_mark_of_null_is_a_review_without_a_mark_and_a_mark_of_zero_is_one() -> None:
    assert numbers("quality_score", NO_MARK) == (0, 0, 1, ["not_reported"])
    assert numbers("quality_score", ZERO) == (0, 1, 0, ["done"])
    assert numbers("review_share", NO_MARK) == numbers("review_share", ZERO) == (1, 1, 0, ["done"])


@pytest.mark.parametrize("name", ["completion_rate", "content_coverage", "quality_score"])
def test_a_withdrawn_row_is_neither_absent_nor_a_zero(name: str) -> None:
    table = {
        "completion_rate": "action_records",
        "content_coverage": "action_content_checks",
        "quality_score": "action_reviews",
    }[name]
    numerator, _, missing, listed = numbers(name, changed(WORK, table, {"is_void": True}))
    assert (numerator, missing, listed) == (0, 1, ["withheld"])


@pytest.mark.parametrize("events_until", [KNOWN_ON, date(2014, 3, 30)])
def test_what_is_due_has_the_state_the_completion_rate_says(demo_data: Path, events_until: date) -> None:
    source = open_source(demo_data, known_on=KNOWN_ON)
    selection = Selection(events_until=events_until, groups=("C1", "T3"))
    found = states(source, selection)
    due = found.filter((pl.col("due_on") <= events_until) & (pl.col("state") != "not_applicable"))
    counted = run("completion_rate", source, selection, ["state"]).select("state", "denominator")
    assert dict(due["state"].value_counts().iter_rows()) == dict(counted.iter_rows())
    assert found.filter(pl.col("due_on") > events_until)["state"].is_in(["done", "in_progress", *NOTHING]).all()


@pytest.mark.parametrize("seed", range(12))
def test_the_matrix_is_the_one_a_loop_finds(seed: int) -> None:
    chance = Random(seed)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(0, campaigns.WEEKS * 7))
    then = campaigns.known(campaigns.county(chance), known_on)
    until = given.LAUNCHED_ON + timedelta(days=chance.randint(0, (known_on - given.LAUNCHED_ON).days))
    oracle = Oracle(then, known_on)
    wanted = []
    for row in asked_at(oracle, until):
        day = until if row.due_on is None else min(until, row.due_on)
        place = oracle.standing.get((row.unit_id, day))
        if row.version["mandatory"] and place is not None:
            wanted.append((row.unit_id, row.code, row.instance_no, place["group"], state_of(row, until)))
    found = states(given.source(then, known_on), Selection(events_until=until))
    key = ["unit_id", "action_code", "instance_no"]
    assert found.select(*key, "group_id", "state").rows() == sorted(wanted)
    assert not found.select(key).is_duplicated().any()
