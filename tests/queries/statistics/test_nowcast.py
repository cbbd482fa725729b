"""Nowcast against a published triangle, Mack's formulas step by step, simulations and the county's own past."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import gamma

from data.snapshots import Snapshot
from queries import open_source
from queries.statistics.nowcast import nowcast, reporting_triangle

LAUNCH = date(2014, 3, 10)
CLAIMS = """
357848 766940 610542 482940 527326 574398 146342 139950 227229 67948
352118 884021 933894 1183289 445745 320996 527804 266172 425046
290507 1001799 926219 1016654 750816 146923 495992 280405
310608 1108250 776189 1562400 272482 352053 206286
443160 693190 991983 769488 504851 470639
396132 937085 847498 805037 705960
440832 847631 1131398 1063269
359480 1061648 1443370
376686 986608
344014
"""
HABITS = (0.63, 0.20, 0.10, 0.05, 0.02, 0.0)

ladders = st.lists(st.integers(0, 40), min_size=66, max_size=66).map(
    lambda values: [
        (week, delay, values.pop() // (1 + delay) ** 2) for week in range(1, 12) for delay in range(12 - week)
    ]
)


def cells(rows: list[tuple[int, int, int]]) -> pl.DataFrame:
    return pl.DataFrame(rows, {"event_week": pl.Int64, "delay_weeks": pl.Int64, "count": pl.Int64}, orient="row")


def fact(event: int, report: int) -> dict[str, object]:
    """A fact by the days after the launch on which it happened and was reported, reported at noon."""
    told = datetime.combine(LAUNCH + timedelta(report), datetime.min.time()) + timedelta(hours=12)
    return {"group_id": "T1", "occurred_on": LAUNCH + timedelta(event), "reported_at": told}


def simulated(
    runs: int, weeks: int, mean: float, concentration: float, seed: int
) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """Triangles of facts reported as HABITS say, more alike within a week the lower the concentration; their totals."""
    rng = np.random.default_rng(seed)
    totals = rng.poisson(rng.gamma(5, mean / 5, (runs, weeks)))
    habits = rng.dirichlet(np.array(HABITS) * concentration + 1e-9, (runs, weeks))
    counts = rng.multinomial(totals, habits)
    run, week, delay = np.nonzero(np.add.outer(np.zeros(runs), np.add.outer(np.arange(weeks), np.arange(6))) < weeks)
    values = {"run": run, "event_week": week + 1, "delay_weeks": delay, "count": counts[run, week, delay]}
    return pl.DataFrame(values), totals


def test_a_published_triangle_gives_the_published_totals() -> None:
    """Claims of G. C. Taylor & F. R. Ashe (1983); reserves in T. Mack, ASTIN Bulletin 23 (1993), p. 221."""
    lines = [line.split() for line in CLAIMS.strip().splitlines()]
    rows = [(year, delay, int(value)) for year, line in enumerate(lines) for delay, value in enumerate(line)]
    found = nowcast(cells(rows), settled_after=9, window=10, least_share=0)
    still_to_come = (found["expected_total"] - found["known"]).to_list()
    assert [round(value / 1000) for value in still_to_come] == [0, 95, 470, 710, 985, 1419, 2178, 3920, 4279, 4626]
    assert sum(still_to_come) == pytest.approx(18_680_856, abs=1)


@settings(deadline=None)
@given(rows=ladders)
def test_total_and_limits_follow_the_formulas_step_by_step(rows: list[tuple[int, int, int]]) -> None:
    newest, last = 11, 5
    count = {(week, delay): value for week, delay, value in rows}
    known = {(w, d): sum(count[w, j] for j in range(d + 1)) for w, d in count}
    taken = {d: [w for w in range(newest - d - 7, newest - d + 1) if (w, d) in count] for d in range(1, last + 1)}
    base = {d: sum(known[w, d - 1] for w in taken[d]) for d in taken}
    new = {d: sum(count[w, d] for w in taken[d]) for d in taken}
    if not all(base.values()):
        return
    errors, freedom = 0.0, 0
    for d in taken:
        used = [w for w in taken[d] if known[w, d - 1] and new[d]]
        for w in used:
            expected = known[w, d - 1] * new[d] / base[d]
            errors += (count[w, d] - expected) ** 2 / (expected * (1 + new[d] / base[d]))
        freedom += max(len(used) - 1, 0)
    dispersion = max(1.0, errors / freedom) if freedom else 1.0

    def limit(week: int, more: float, start: int, probability: float) -> float:
        at = newest - week
        reached = float(known[week, at] + start)
        total, factors = reached, {d: 1 + (new[d] + more) / base[d] for d in range(at + 1, last + 1)}
        variance = 0.0
        for d, factor in factors.items():
            step = dispersion * factor * (factor - 1)
            variance += step / factor**2 * ((1 / total if total else 0) + 1 / base[d])
            total *= factor
        mean, variance = total - reached, variance * total**2
        return float(np.floor(gamma.ppf(probability, mean**2 / variance, scale=variance / mean))) if mean > 0 else 0.0

    found = nowcast(cells(rows), least_share=0, least_history=0)
    for row in found.filter(pl.col("basis") == "nowcast").iter_rows(named=True):
        week, age = row["event_week"], newest - row["event_week"]
        growth = np.prod([1 + new[d] / base[d] for d in range(age + 1, last + 1)])
        assert row["expected_total"] == pytest.approx(row["known"] * growth)
        assert row["low"] == pytest.approx(row["known"] + limit(week, 0, 0, 0.025), abs=1e-6)
        assert row["high"] == pytest.approx(row["known"] + limit(week, 0.5, 1, 0.975), abs=1e-6)


def test_a_triangle_counts_each_fact_in_the_week_it_happened_and_the_week_it_was_told() -> None:
    facts = pl.DataFrame([fact(0, 0), fact(6, 7), fact(6, 20), fact(8, 9), fact(13, 20)])
    found = reporting_triangle(facts, LAUNCH + timedelta(20), LAUNCH)
    assert found.rows() == [(1, 0, 1), (1, 1, 1), (1, 2, 1), (2, 0, 1), (2, 1, 1), (3, 0, 0)]


def test_a_triangle_knows_nothing_that_was_told_later() -> None:
    facts = pl.DataFrame([fact(day, day + late) for day in range(40) for late in (0, 3, 11)])
    for known_on in (LAUNCH + timedelta(days) for days in (6, 13, 16, 27)):
        known = facts.filter(pl.col("reported_at").dt.date() <= known_on)
        found = reporting_triangle(facts, known_on, LAUNCH)
        assert found.equals(reporting_triangle(known, known_on, LAUNCH))
        assert found["count"].sum() < known.height or known_on.weekday() == 6


def test_facts_before_the_launch_and_days_of_an_unfinished_week_are_left_out() -> None:
    facts = pl.DataFrame([fact(-1, 3), fact(2, 3), fact(8, 9)])
    assert reporting_triangle(facts, LAUNCH + timedelta(12), LAUNCH).rows() == [(1, 0, 1)]
    assert reporting_triangle(facts, LAUNCH + timedelta(5), LAUNCH).rows() == []
    assert reporting_triangle(facts.head(1), LAUNCH + timedelta(12), LAUNCH, by="group_id").rows() == []
    assert reporting_triangle(facts.tail(1), LAUNCH + timedelta(6), LAUNCH, by="group_id").rows() == []
    assert reporting_triangle(facts.clear(), LAUNCH + timedelta(12), LAUNCH).rows() == []


def test_groups_are_counted_and_completed_each_for_itself() -> None:
    days = [(day, day + (day % 3) * 6) for day in range(90)]
    facts = pl.DataFrame([{**fact(*pair), "group_id": group} for pair in days for group in ("C1", "T1", "T1")])
    known_on = LAUNCH + timedelta(83)
    triangle = reporting_triangle(facts, known_on, LAUNCH, by="group_id")
    found = nowcast(triangle, by="group_id")
    assert found["group_id"].unique(maintain_order=True).to_list() == ["C1", "T1"]
    for group in ("C1", "T1"):
        own = facts.filter(pl.col("group_id") == group)
        alone = nowcast(reporting_triangle(own, known_on, LAUNCH))
        assert found.filter(pl.col("group_id") == group).drop("group_id").equals(alone)


def steady(weeks: int, *counts: int) -> pl.DataFrame:
    """The same reports after every week: counts[0] at once, counts[1] a week later …"""
    padded = [*counts, *[0] * weeks]
    return cells([(week, delay, padded[delay]) for week in range(1, weeks + 1) for delay in range(weeks - week + 1)])


def test_with_less_than_eight_weeks_of_history_only_a_share_is_told() -> None:
    young = nowcast(steady(8, 60, 20, 20))
    assert young["basis"].to_list() == ["settled"] * 3 + ["share_only"] * 5
    assert young["expected_total"].to_list() == [100.0] * 3 + [None] * 5
    assert young["low"].to_list() == young["high"].to_list() == young["expected_total"].to_list()
    assert young["share_expected"].to_list() == pytest.approx([1.0] * 6 + [0.8, 0.6])
    old = nowcast(steady(9, 60, 20, 20))
    assert old["basis"].to_list() == ["settled"] * 4 + ["nowcast"] * 5
    assert old["expected_total"].to_list() == pytest.approx([100.0] * 9)


def test_no_share_is_told_before_a_week_was_watched_to_the_end() -> None:
    found = nowcast(steady(5, 60, 20, 20))
    assert found["share_expected"].to_list() == [None] * 5
    assert found["basis"].to_list() == ["share_only"] * 5
    assert nowcast(steady(6, 60, 20, 20))["share_expected"].null_count() == 0


def test_a_week_of_which_little_is_known_yet_is_not_multiplied_up() -> None:
    found = nowcast(steady(12, 2, 8)).tail(2)
    assert found["basis"].to_list() == ["nowcast", "share_only"]
    assert found["share_expected"].to_list() == pytest.approx([1.0, 0.2])
    assert found["expected_total"].to_list() == [10.0, None]


def test_a_week_without_a_fact_yet_may_still_get_some() -> None:
    empty_newest = steady(12, 5, 3).with_columns(count=pl.when(pl.col("event_week") == 12).then(0).otherwise("count"))
    row = nowcast(empty_newest).row(-1, named=True)
    assert (row["known"], row["expected_total"], row["low"]) == (0, 0.0, 0.0)
    assert 1 <= row["high"] <= 5


def test_a_change_of_habits_is_followed_within_the_window() -> None:
    rows = [
        (w, d, ((50, 50) if w + d <= 20 else (90, 10))[d] if d < 2 else 0) for w in range(1, 31) for d in range(31 - w)
    ]
    assert nowcast(cells(rows))["share_expected"][-1] == pytest.approx(0.9)
    assert nowcast(cells(rows), window=30)["share_expected"][-1] < 0.7


def test_cells_without_a_row_count_as_zero_and_nothing_gives_nothing() -> None:
    full = steady(12, 6, 2)
    assert nowcast(full.filter(pl.col("count") > 0)).equals(nowcast(full))
    nothing = nowcast(full.clear())
    assert nothing.rows() == []
    assert nothing.schema == nowcast(full).schema


@settings(deadline=None)
@given(rows=ladders, level=st.floats(0.5, 0.99))
def test_limits_start_from_what_is_known_and_widen_with_the_level(
    rows: list[tuple[int, int, int]], level: float
) -> None:
    found, wide = (nowcast(cells(rows[::-1]), level=each, least_share=0).drop_nulls() for each in (level, 0.999))
    assert (found["known"] <= found["low"]).all()
    assert (found["low"] <= found["high"]).all()
    assert (wide["low"] <= found["low"]).all()
    assert (wide["high"] >= found["high"]).all()
    assert (found["expected_total"] * found["share_expected"] - found["known"]).abs().max() < 1e-9


@pytest.mark.parametrize(("mean", "concentration"), [(3, 1e9), (15, 30), (100, 1e9), (100, 30), (250, 100)])
def test_the_later_total_is_within_the_limits_as_often_as_they_say(mean: float, concentration: float) -> None:
    runs, weeks = 400, 12
    triangle, totals = simulated(runs, weeks, mean, concentration, seed=31)
    found = nowcast(triangle, by="run").with_columns(truth=pl.Series(totals.ravel()), age=weeks - pl.col("event_week"))
    judged = found.filter((pl.col("basis") == "nowcast") & (pl.col("age") <= 2))
    held = judged.group_by("age").agg(pl.col("truth").is_between("low", "high").mean()).sort("age")["truth"].to_list()
    assert judged.height > runs * 2.5
    assert all(0.9 <= share <= 1 for share in held), held


def test_the_newest_week_is_brought_from_two_thirds_of_its_facts_to_all() -> None:
    triangle, totals = simulated(400, 12, 150, 1e9, seed=37)
    newest = nowcast(triangle, by="run").filter(pl.col("event_week") == 12)
    ratio = (newest["expected_total"] / totals[:, -1]).to_numpy()
    assert newest["known"].sum() / totals[:, -1].sum() == pytest.approx(0.63, abs=0.01)
    assert ratio.mean() == pytest.approx(1.0, abs=0.01)
    assert ratio.std() < 0.1


def test_what_the_county_knew_each_week_foretells_what_it_knew_in_the_end(demo_data: Path) -> None:
    """Back-test: the county and its groups on each Sunday of weeks 9 to 25, against the newest snapshot."""
    judged: dict[str, list[pl.DataFrame]] = {"county": [], "group": []}
    with_all = open_source(demo_data)
    truth = with_all.table("unit_facts").rename({"week": "event_week"})
    for snapshot in Snapshot.list(demo_data)[8:25]:
        source = open_source(demo_data, snapshot.known_on)
        facts = source.table("unit_facts")
        source.close()
        for name, by in (("county", []), ("group", ["group_id"])):
            found = nowcast(reporting_triangle(facts, snapshot.known_on, with_all.launched_on, by=by), by=by)
            later = truth.group_by(*by, "event_week").agg(truth=pl.len())
            age = pl.col("event_week").max() - pl.col("event_week")
            judged[name].append(found.with_columns(age=age).join(later, on=[*by, "event_week"], how="left"))
    for name, least_held in (("county", 0.88), ("group", 0.96)):
        newest = pl.concat(judged[name]).with_columns(pl.col("truth").fill_null(0))
        settled = newest.filter(pl.col("basis") == "settled")
        assert settled["known"].to_list() == settled["truth"].to_list()
        estimated = newest.filter(pl.col("basis") == "nowcast")
        assert estimated.select(pl.col("truth").is_between("low", "high").mean()).item() >= least_held
        last = estimated.filter(pl.col("age") == 0)
        total = last["truth"].sum()
        assert last["expected_total"].sum() / total == pytest.approx(1.0, abs=0.04)
        assert last["known"].sum() / total < 0.96
