"""Drift: every number is that of its rows, no composite, and who moved the deadline and when it was known."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import given_matters
import polars as pl
import pytest
from shown import html, patch
from standing_in import standing_for

from dashboards.store import Store, one
from dashboards.views.drift import (
    Departed,
    Dilution,
    DriftNumbers,
    ElementFates,
    Retention,
    Rewritten,
    Shortfall,
    Slippage,
)
from queries import rows, run
from queries.departures import departures
from queries.matters import bottleneck, drift

MEETING = date(2014, 4, 13)


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)).strip()


def test_the_three_numbers_are_the_indicators_and_no_fourth_is_made(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    answer = DriftNumbers(store).answer()
    levels = run("retention_rate", store.source, store.selection, by=["level"]).filter(pl.col("level") > 0)
    assert [(row["level"], row["value"]) for row in answer["levels"]] == levels.select("level", "value").rows()
    assert answer["short"] == one(run("result_shortfall", store.source, store.selection))
    assert answer["moved"] == one(run("deadline_drift", store.source, store.selection))
    assert html(DriftNumbers(store)).count('class="kpi"') in (0, 3)


def test_the_three_numbers_stand_side_by_side(store: Store) -> None:
    said = plain(html(DriftNumbers(store)))
    assert "At the lowest level (grass roots) 35 of 64 elements restated there are as decided (55%)" in said
    assert "most are lost at one level: unit." in said
    for number in ("54.7% level: grass roots 35 of 64", "16.5% mean of 76 elements", "20 days past the original"):
        assert number in said
    assert "they are not added up to a mark" in said


def test_where_nothing_has_a_result_no_shortfall_is_told_as_zero(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    said = plain(html(DriftNumbers(store)))
    assert "Shortfall of results – nothing due has a verified result 12 more without" in said
    assert patch(Shortfall(store))["empty"]
    assert "Nothing due has a verified result yet." in html(Shortfall(store))


def test_early_results_are_a_drift_below_nothing(store_of: Callable[..., Store]) -> None:
    assert "−7 days past the original deadline: median of 4 elements" in plain(
        html(DriftNumbers(store_of(groups=["T2"])))
    )


def test_retention_and_drift_by_level_are_those_of_the_listing(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    expected = drift(store.source, store.selection).filter(pl.col("level") > 0, pl.col("elements") > 0)
    found = [
        (row["level"], row["denominator"], row["numerator"], row["value"], row["drift"], row["not_restated"])
        for row in Retention(store).answer()
    ]
    assert found == expected.rows()


def test_each_rate_has_its_count_and_its_interval(store: Store) -> None:
    figure = patch(Retention(store))["figure"]
    assert figure["right_ticks"]["labels"] == ["95%  n 96", "58%  n 96", "55%  n 64"]
    points, lines = figure["columns"]["points"]["value"], figure["columns"]["narrow"]
    assert all(low < at < high for low, at, high in zip(lines["low"], points, lines["high"], strict=True))


def test_the_bars_of_states_add_up_to_the_elements_and_a_button_lists_them(store: Store) -> None:
    told = rows("retention_rate", store.source, store.selection).filter(pl.col("level") > 0)
    bars = patch(ElementFates(store))["figure"]["columns"]["bars"]
    assert sum(right - left for left, right in zip(bars["left"], bars["right"], strict=True)) == told.height
    found = departures(store.source, store.selection)
    for state in ("kept", "altered", "dropped"):
        store.hear({"pick": {"aspect": state}})
        assert Departed(store).answer()["rows"].height == found.filter(pl.col("state") == state).height
        assert f'aria-pressed="true" data-do="{{&quot;pick&quot;: {{&quot;aspect&quot;: &quot;{state}' in html(
            ElementFates(store)
        )
    store.hear({"pick": {"aspect": "dropped"}})
    assert store.picks == {}


def test_the_targets_are_means_of_the_elements_behind_them(store: Store) -> None:
    found = departures(store.source, store.selection).filter(pl.col("ratio").is_not_null())
    for row in Dilution(store).answer():
        ratios = found.filter(pl.col("category") == row["category"])["ratio"]
        assert row["n"] == ratios.len()
        assert row["mean"] == pytest.approx(sum(ratios.to_list()) / ratios.len())
    weaker = int(found["is_weaker"].sum())
    assert f"{weaker} of {found.height} targets ask for less than was decided." in html(Dilution(store))


def test_the_days_lost_are_those_of_the_levels_and_of_the_extensions(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    levels = bottleneck(store.source, store.selection).filter(pl.col("level").is_not_null())
    found = Slippage(store).answer()
    expected = levels.select(pl.col("level").cast(pl.String), "stall_days", "hops", "matters").rows()
    assert [(row["name"], row["days"], row["n"], row["matters"]) for row in found][: len(expected)] == expected


def test_extensions_are_their_days_until_the_day_asked(store_of: Callable[..., Store]) -> None:
    assert "Extensions moved 9 deadlines by 185 days in all." in html(Slippage(store_of()))
    assert "Extensions moved 2 deadlines by 40 days in all." in html(Slippage(store_of(known_on=MEETING)))
    assert "No deadline was moved." in html(Slippage(store_of(events_until=date(2014, 3, 31))))


def test_the_shortfall_by_kind_is_that_of_the_indicator(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    expected = run("result_shortfall", store.source, store.selection, by=["category"])
    found = {row["category"]: (row["value"], row["denominator"], row["n_missing"]) for row in Shortfall(store).answer()}
    counted = expected.filter(pl.col("category").is_not_null())
    assert found == {
        row["category"]: (row["value"], row["denominator"], row["n_missing"]) for row in counted.to_dicts()
    }


def test_the_list_has_every_element_that_did_not_come_down_and_leads_to_its_matter(store: Store) -> None:
    found = departures(store.source, store.selection).filter(pl.col("state") != "kept")
    markup = html(Departed(store))
    assert markup.count("<tr>") - 1 == found.height == 41
    assert markup.count('href="matter?matter=') == found.height
    assert f"41 of 96 elements, in {found['matter_id'].n_unique()} matters" in markup


def test_a_dropped_target_is_not_said_to_be_as_decided(store_of: Callable[..., Store]) -> None:
    said = plain(html(Departed(store_of(groups=["T2"]))))
    assert "scope 12 村 – – ○ dropped" in said


# what was rewritten


def test_the_moved_deadlines_tell_who_when_and_since_when_it_is_known(store: Store) -> None:
    said = plain(html(Rewritten(store)))
    assert "9 changes between snapshots: 9 of deadlines, 0 of wordings and targets." in said
    assert "The meeting learnt of it up to 9 days later." in said
    first = (
        "旧城区排水整治 deadline in force 3 Apr 2014 23 Apr 2014 Fishery Station not on record 1 Apr 2014 6 Apr 2014 5"
    )
    assert first in said


def test_what_the_meeting_did_not_know_yet_is_not_told(store_of: Callable[..., Store]) -> None:
    assert html(Rewritten(store_of(known_on=MEETING))).count("<tr>") - 1 == 2
    assert html(Rewritten(store_of(groups=["C6"]))).count("<tr>") - 1 == 2


@pytest.mark.parametrize(("language", "dropped"), [("en", "target of the goal"), ("zh", "目标的目标值")])
def test_a_wording_and_a_target_that_were_changed_are_told(language: str, dropped: str) -> None:
    store = given_matters.store(language)
    said = plain(html(Rewritten(store)))
    assert dropped in said
    assert "120 户" in said
    assert "84 户" in said
    assert "修路 &lt;b&gt;" in said
    assert "修桥" in said


def test_silence_and_loss_are_told_apart() -> None:
    store = given_matters.store("en")
    assert "0 kept, 0 altered, 0 dropped, 1 not restated." in html(ElementFates(store))
    assert "? not restated" in plain(html(Departed(store)))
    assert standing_for(store.source).changes(store.source).is_empty()
