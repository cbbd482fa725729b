"""Who is behind is said by one rule: pages and their cards never contradict one another."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.pages import Overview
from dashboards.standing import proven_below, said_below, standing
from dashboards.store import Store
from dashboards.views.lineup import GroupRates
from dashboards.views.overview import Encourage, Headline
from dashboards.views.standards import ActionMatrix, Boards, FourStandards
from dashboards.views.units import GroupShares
from queries import Selection, outcomes, rank_until, run
from queries.judging import JUDGED
from queries.statistics import funnel

DAYS = [date(2014, 4, 6), date(2014, 4, 13), date(2014, 4, 27), date(2014, 6, 29), date(2014, 9, 28)]
MEETING = DAYS[1]


@pytest.mark.parametrize("known_on", DAYS)
@pytest.mark.parametrize("share", JUDGED)
def test_proven_is_below_the_limits_up_to_the_day_all_reports_are_in(
    store_of: Callable[..., Store], known_on: date, share: str
) -> None:
    store = store_of(known_on=known_on)
    until = rank_until(store.source)
    if until is None:
        assert proven_below(store.answers, share) == []
        return
    frame = run(share, store.source, Selection(events_until=until), ["group"]).filter(
        pl.col("group_id").is_not_null(), pl.col("denominator") > 0
    )
    assert proven_below(store.answers, share) == sorted(funnel(frame).filter(pl.col("flag") == "below")["group_id"])


@pytest.mark.parametrize("known_on", DAYS)
@pytest.mark.parametrize("share", JUDGED)
def test_a_group_below_is_spoken_of_once_and_too_early_only_when_it_is_not_proven(
    store_of: Callable[..., Store], known_on: date, share: str
) -> None:
    store = store_of(known_on=known_on)
    frame, proven = standing(store.answers, share), proven_below(store.answers, share)
    said = {key: set(rows["group_id"]) for key, rows in said_below(frame).items()}
    assert sum(map(len, said.values())) == frame["below"].sum()
    assert said["early"].isdisjoint(proven)
    assert said["behind.until"] <= set(proven)


def test_the_overview_and_the_standards_name_the_same_groups_in_every_card(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    assert proven_below(store.answers, "on_time_rate") == ["C1", "T3"]
    assert "C1 and T3 are on time less often" in html(Headline(store))
    assert "C1 and T3 are below what chance allows (99.8 % limits), and already were up to 31 Mar" in html(
        GroupRates(store)
    )
    assert "too early" not in html(GroupRates(store))
    assert "delayed in C1 and T3" in html(FourStandards(store))


def test_a_mark_stands_with_the_share_it_was_given_for(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    settled = run("on_time_rate", store.source, Selection(events_until=date(2014, 3, 31)), ["group"])
    judged = dict(settled.select("group_id", "value").iter_rows())
    shown = html(Boards(store))
    assert f"59.0% \u25bc below</span><small>{judged['C1']:.1%} up to 31 Mar</small>" in shown
    assert f"61.1% \u25bc below</span><small>{judged['T3']:.1%} up to 31 Mar</small>" in shown


def test_a_group_that_is_ahead_in_everything_is_not_called_behind_in_anything(store_of: Callable[..., Store]) -> None:
    view = GroupShares(store_of(known_on=MEETING, groups=["C5"]))
    rows = view.answer()
    assert all(row["value"] >= row["county"] for row in rows)
    assert "Furthest below" not in html(view)
    assert "Furthest above all groups" in html(view)
    behind = html(GroupShares(store_of(known_on=MEETING, groups=["C1"])))
    assert "Furthest below all groups: Weekly coverage, \u221229.7 pp (21.5%, n 65)." in behind


def test_on_time_is_one_number_on_the_whole_page(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    counts = dict(outcomes(store.source, store.selection)["outcome"].value_counts().iter_rows())
    assert counts.get("on_time", 0) == run("on_time_rate", store.source, store.selection)["numerator"][0]
    if counts.get("ahead"):
        assert "done, not due yet" in html(ActionMatrix(store))


def test_late_news_is_no_gain(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    found = Encourage(store).answer()
    assert store.previous is not None
    assert found["gains"]
    for row in found["gains"]:
        now, was = (
            run(row["indicator"], source, Selection(events_until=rank_until(source)), ["group"])
            .filter(pl.col("group_id") == row["group_id"])["value"]
            .item()
            for source in (store.source, store.previous)
        )
        assert row["gain"] == pytest.approx(now - was)


def test_a_message_to_no_view_does_nothing(store: Store) -> None:
    surface = Overview(store).main()
    before = patch(GroupRates(store))
    for view in ([], {}, None, 3, "no such view"):
        surface._handle_msg({"view": view, "group": 1, "week": True})
    assert patch(GroupRates(store)) == before
