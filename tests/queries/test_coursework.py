"""Marks added up event by event, against plain loops over the raw tables; appeals; what a further event may do."""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import campaigns
import given
import polars as pl
import pytest
from coursework_loops import Raw, exact, expected_mark
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from data.appraisal import shipped
from data.schemas import TABLES, columns
from data.snapshots import Snapshot
from queries import Selection, Source, open_source, rows
from queries.adding import STATES
from queries.appraisal import ranked, ranks
from queries.coursework import (
    appeals,
    evidence,
    evidences,
    points,
    reasonable_weights,
    rules_of,
    term_marks,
    term_named,
    terms,
)
from queries.exceptions import SelectionError
from queries.statistics.weights import weight_stability

MEETING = date(2014, 4, 13)

CASE = ("unit_id", "period_id", "scheme_id")


@pytest.fixture(scope="module")
def county(demo_data: Path) -> Source:
    return open_source(demo_data)


@cache
def tables_of(folder: Path, known_on: date | None = None) -> Raw:
    snapshot = Snapshot.newest(folder) if known_on is None else Snapshot.at(folder, known_on)
    return {table: snapshot.frame(table).to_dicts() for table in TABLES}


def check(raw: Raw, source: Source, selection: Selection) -> int:
    """Every mark, every sum of contributions and every appeal against the loops; how many were marked."""
    until = selection.events_until or source.known_on
    scores = {
        (row["unit_id"], row["period_id"], row["scheme_id"]): row
        for row in raw["appraisal_scores"]
        if not row["is_void"]
    }
    marks = {tuple(row[name] for name in CASE): row for row in term_marks(source, selection).to_dicts()}
    counted: dict[tuple[str, ...], Fraction] = {}
    for event in points(source, selection).to_dicts():
        case = tuple(event[name] for name in CASE)
        counted[case] = counted.get(case, Fraction(0)) + exact(event["counted"])
        assert event["state"] in STATES
        assert abs(event["counted"]) <= abs(event["points"] or 0)
    for case, row in marks.items():
        mark = expected_mark(raw, scores[case], until)
        assert row["coursework_mark"] == (None if mark is None else float(mark)), case
        if mark is not None:
            whole = exact(row["base"]) + counted.get(case, Fraction(0))
            assert max(Fraction(0), min(Fraction(100), whole)) == mark, case
            parts = row["bonus_points"] + row["deduction_points"] + row["cut_points"]
            assert row["base"] + parts == pytest.approx(float(mark), abs=1e-9), case
    for appeal in appeals(source, selection).to_dicts():
        score = scores[tuple(appeal[name] for name in CASE)]
        for name, verdict in (("mark_counted", "rejected"), ("mark_struck", "upheld")):
            mark = expected_mark(raw, score | {"rankable": True}, until, {appeal["event_id"]: verdict})
            assert appeal[name] == float(mark or 0), appeal
        stands = appeal["mark_struck"] if appeal["appealed"] == "upheld" else appeal["mark_counted"]
        assert appeal["coursework_mark"] == stands
    return sum(row["coursework_mark"] is not None for row in marks.values())


@pytest.mark.parametrize("known_on", [None, MEETING, date(2014, 7, 13)])
@pytest.mark.parametrize("days_back", [0, 40])
def test_marks_of_the_county_are_those_of_plain_loops(demo_data: Path, known_on: date | None, days_back: int) -> None:
    source = open_source(demo_data, known_on)
    until = max(source.known_on - timedelta(days=days_back), source.launched_on)
    assert check(tables_of(demo_data, known_on), source, Selection(events_until=until)) >= 98


@settings(max_examples=60, deadline=None)
@drawn(st.integers(0, 10_000))
def test_marks_of_random_campaigns_are_those_of_plain_loops(seed: int) -> None:
    raw = campaigns.county(Random(seed))
    known_on = given.LAUNCHED_ON + timedelta(days=70)
    source = given.source(raw, known_on)
    filled = {name: given.frame(name, raw.get(name, [])).to_dicts() for name in TABLES if name.startswith("appraisal_")}
    bodies = {name: given.frame(name, raw.get(name, [])).to_dicts() for name in ("bodies", "matter_bodies")}
    check(filled | bodies, source, Selection(events_until=known_on - timedelta(days=Random(seed).randint(0, 30))))


# against the indicators


def test_a_closed_terms_marks_are_those_the_office_entered_and_those_of_the_ranks(county: Source) -> None:
    marks = term_marks(county, Selection())
    assert marks.filter(pl.col("coursework_mark") != pl.col("published_mark")).is_empty()
    listed = ranks(county, Selection())
    same = ["unit_id", "coursework_mark", "exam_mark", "combined_mark", "rank", "count_ranked", "state"]
    for weight in (None, 0.0, 0.45, 1.0):
        own = ranked(term_named(marks, "2014Q2"), weight).sort("unit_id").select(same)
        theirs = ranks(county, Selection(), weight).sort("unit_id").select(same)
        public = theirs.filter(pl.col("state") != "not_applicable")
        assert own.filter(pl.col("state") != "not_applicable").equals(public), weight
    assert listed["period_id"].unique().to_list() == ["2014Q2"]


def test_the_running_terms_mark_is_the_indicators_for_its_weeks(demo_data: Path) -> None:
    source = open_source(demo_data, MEETING)
    own = term_named(term_marks(source, Selection()), "2014Q2")
    frames = {name: source.table(name) for name in TABLES}
    since = frames["appraisal_events"].filter(pl.col("occurred_on") >= date(2014, 4, 1))
    cut = Source.from_frames(frames | {"appraisal_events": since}, MEETING)
    theirs = rows("coursework_mark", cut, Selection()).select("unit_id", "coursework_mark").sort("unit_id")
    assert own.select("unit_id", "coursework_mark").sort("unit_id").equals(theirs)


def test_ranks_of_a_selection_are_among_all_peers(county: Source) -> None:
    whole = term_marks(county, Selection())
    part = term_marks(county, Selection(groups=("C1",)))
    own = whole.filter(pl.col("group_id") == "C1")
    assert part.sort("period_id", "unit_id").equals(own.sort("period_id", "unit_id"))


# terms, rules, evidence


def test_terms_are_the_latest_first_and_an_unknown_one_names_the_known(county: Source) -> None:
    marks = term_marks(county, Selection())
    assert terms(marks).select("period_id", "is_closed", "units").rows() == [
        ("2014Q3", False, 103),
        ("2014Q2", True, 103),
        ("2014Q1", True, 103),
    ]
    with pytest.raises(SelectionError, match="known are 2014Q1, 2014Q2, 2014Q3"):
        term_named(marks, "2014H9")
    with pytest.raises(SelectionError, match="none has begun yet"):
        term_named(marks.clear(), "2014Q1")


def test_the_rules_of_a_term_have_the_hash_of_the_file(county: Source) -> None:
    frozen, rules = rules_of(county, "2014Q2", "coursework-2014")
    assert frozen.sha256 == shipped().frozen("2014Q2").sha256
    assert rules.height == len(frozen.rules) == 11
    assert reasonable_weights("coursework-2014") == reasonable_weights("another") == (0.1, 0.5)


def test_every_point_of_the_county_opens_its_row(county: Source) -> None:
    wanted = points(county, Selection()).select("evidence_table", "evidence_key").unique().rows()
    assert evidences(county, wanted).keys() == set(wanted)
    table, key = wanted[0]
    row = evidence(county, table, key)
    keys = [column.name for column in columns(table) if column.key]
    assert "|".join(str(row[name]) for name in keys) == key
    assert evidence(county, table, "nothing") == {}
    assert evidence(county, "no_table", key) == {}


def test_stability_of_the_county_is_that_of_a_dense_try_of_weights(county: Source) -> None:
    marks = term_named(term_marks(county, Selection()), "2014Q2").filter("rankable")
    low, high = reasonable_weights("coursework-2014")
    told = weight_stability(marks, "coursework_mark", "exam_mark", low, high, "peer_class")
    tries = 400
    top = {unit: 0 for unit in told["unit_id"]}
    for nth in range(tries):
        placed = ranked(marks, round(low + (high - low) * (nth + 0.5) / tries, 4))
        for unit, rank, size in placed.select("unit_id", "rank", "count_ranked").rows():
            top[unit] += 3 * rank <= size
    shares = {unit: count / tries for unit, count in top.items()}
    assert told["p_top_third"].to_list() == pytest.approx([shares[unit] for unit in told["unit_id"]], abs=0.02)
    assert told.filter(pl.col("p_top_third").is_between(0.01, 0.99)).height > 5
