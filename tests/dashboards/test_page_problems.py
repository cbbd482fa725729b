"""The Problems page: claimed is not closed, what came back is drawn, and every number is that of its rows."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.pages import Problems
from dashboards.store import Store, one
from dashboards.text import say
from dashboards.views.problems import (
    ByCategory,
    OpenAges,
    ProblemFigures,
    ProblemFlow,
    ProblemList,
    ProblemStock,
    ProblemsVerdict,
    RectifiedGroups,
    Recurrence,
)
from queries import problems, rows, run

MEETING = date(2014, 4, 13)


def listed(store: Store) -> pl.DataFrame:
    return problems(store.source, store.selection)


# the sentence and the figures


def test_the_sentence_counts_the_problems(store: Store) -> None:
    found, said = listed(store), html(ProblemsVerdict(store))
    still_open = found.filter(pl.col("closed_on").is_null())
    assert f"{found.height} problems found: 272 verified and struck off, of which 18 came back" in said
    assert f"{still_open.height} open, {still_open['is_claimed'].sum()} of them only claimed" in said


def test_before_any_closing_nothing_is_said_to_have_come_back(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    assert "54 problems found, none struck off yet; 2 of them are claimed to be done." in html(ProblemsVerdict(store))
    assert say("en", "recurrence.never") in html(Recurrence(store))
    assert "Nothing has been struck off yet: 41 are open" in html(OpenAges(store))


def test_where_all_are_closed_nothing_is_said_to_be_open(store_of: Callable[..., Store]) -> None:
    assert "All 16 problems found are verified and struck off" in html(ProblemsVerdict(store_of(groups=["T2"])))


def test_each_figure_is_the_number_of_its_rows(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    for name, now in ProblemFigures(store).answer().items():
        counted = rows(name, store.source, store.selection)
        assert counted["numerator"].sum() == now["numerator"], name
        assert counted["denominator"].sum() == now["denominator"], name
        expected = one(run(name, store.source, store.selection))
        assert {key: now[key] for key in expected} == expected


def test_no_recurrence_is_told_with_the_rule_of_three(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["T2"])
    judged = run("recurrence_rate", store.source, store.selection)["denominator"].item()
    assert judged == 7
    assert "at most 43%, by the rule of three" in html(ProblemFigures(store))
    assert "Not one of 7 closings came back; at most 43% would" in html(Recurrence(store))


# the flow


def test_each_step_is_a_bar_of_its_problems_and_its_button_lists_them(store: Store) -> None:
    flow, table, found = ProblemFlow(store), ProblemList(store), listed(store)
    came_back = pl.col("reopened_on").is_not_null() | pl.col("recurred_on").is_not_null()
    expected = {
        "found": found.height,
        "claimed": found.filter(pl.col("claimed_on").is_not_null()).height,
        "closed": found.filter(pl.col("first_closed_on").is_not_null()).height,
        "returned": found.filter(came_back).height,
    }
    bars = patch(flow)["figure"]["columns"]["bars"]
    reach: dict[float, float] = {}
    for right, top in zip(bars["right"], bars["top"], strict=True):
        reach[top] = max(reach.get(top, 0), right)
    assert [reach[top] for top in sorted(reach)] == list(expected.values())
    for step, n in expected.items():
        store.hear({"pick": {"state": step}})
        assert table.answer().height == n
        assert f'aria-pressed="true" data-do="{{&quot;pick&quot;: {{&quot;state&quot;: &quot;{step}' in html(flow)
    store.hear({"pick": {"state": "returned"}})
    assert store.picks == {}
    assert table.answer().height == found.filter(pl.col("closed_on").is_null()).height


def test_claimed_is_said_not_to_be_closed(store: Store) -> None:
    share = run("claimed_unverified_share", store.source, store.selection)
    assert f"Claimed is not closed: of 283 claimed to be done, {share['numerator'].item()} wait" in html(
        ProblemFlow(store)
    )


# how long they stay open


def test_the_curve_counts_the_open_ones_and_falls_from_all(store: Store) -> None:
    view = OpenAges(store)
    answer = view.answer()
    ages = rows("rectification_age", store.source, store.selection)
    assert answer["found"].filter(~pl.col("ended")).height == ages.height
    line = patch(view)["figure"]["columns"]["lines"]
    assert line["ys"][0][0] == 1.0
    assert line["ys"][0] == sorted(line["ys"][0], reverse=True)
    assert "Half are struck off within 42 days of being found." in html(view)


def test_two_groups_are_drawn_beside_one_another_and_one_alone_is_not_compared(store_of: Callable[..., Store]) -> None:
    pair = patch(OpenAges(store_of(groups=["C3", "C4"])))["figure"]["columns"]
    assert [text.split()[0] for text in pair["texts"]["text"]] == ["C3", "C4"]
    assert say("en", "headline.few") in html(OpenAges(store_of(groups=["C3"])))


def test_no_group_is_drawn_apart_while_the_difference_may_be_chance(store: Store) -> None:
    answer = OpenAges(store).answer()
    assert (answer["tested"]["p_value"] < 0.01) == bool(answer["apart"])


def test_the_stock_ends_with_the_open_problems(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    found = listed(store)
    last = ProblemStock(store).answer().row(-1, named=True)
    assert (last["found"], last["open"]) == (found.height, found.filter(pl.col("closed_on").is_null()).height)


# by category and by group


def test_every_problem_stands_in_one_part_of_its_category(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    found, answer = listed(store), ByCategory(store).answer()
    parts = answer.filter(pl.col("category") != "three_mosts")
    counted = parts.select(pl.sum_horizontal("closed", "waiting", "open", "long_open")).to_series()
    assert counted.to_list() == parts["found"].to_list()
    assert parts["found"].sum() == found.height
    tagged = answer.filter(pl.col("category") == "three_mosts")["found"].sum()
    assert tagged == found["three_mosts"].sum()


def test_the_four_winds_stand_first(store: Store) -> None:
    labels = patch(ByCategory(store))["figure"]["y_ticks"]["labels"]
    assert [label.split()[0] for label in labels[:4]] == ["formalism", "bureaucracy", "hedonism", "extravagance"]


def test_recurrence_by_category_is_that_of_the_indicator(store: Store) -> None:
    expected = run("recurrence_rate", store.source, store.selection, ["category"])
    found = {
        row["category"]: (row["numerator"], row["denominator"]) for row in Recurrence(store).answer()["rows"].to_dicts()
    }
    assert found == {
        row["category"]: (row["numerator"], row["denominator"]) for row in expected.to_dicts() if row["denominator"]
    }


def test_groups_stand_with_what_they_closed_and_what_in_time(store: Store) -> None:
    frame = RectifiedGroups(store).answer()["groups"]
    closed = run("rectification_rate", store.source, store.selection, ["group"])
    in_time = run("rectification_on_time", store.source, store.selection, ["group"])
    assert frame["numerator"].sum() == closed["numerator"].sum() == 232
    assert dict(frame.select("group_id", "in_time").rows()) == dict(in_time.select("group_id", "value").rows())
    assert (frame["in_time"] <= frame["value"]).all()


# the list


def test_the_open_problems_are_listed_from_the_oldest_on(store: Store) -> None:
    days = [int(each) for each in re.findall(r'data-key="(\d+)">\d+</td><td class="number"', html(ProblemList(store)))]
    assert days == sorted(days, reverse=True)
    assert html(ProblemList(store)).count("<tr>") - 1 == 45


def test_a_picked_category_narrows_the_list_and_can_be_taken_back(store: Store) -> None:
    view = ByCategory(store)
    patch(view)
    view.heard({"tap": [3.0, 2.0]})
    assert store.picks == {"category": "hedonism"}
    table = ProblemList(store)
    assert table.answer()["category"].unique().to_list() == ["hedonism"]
    assert "hedonism \u2715" in html(table)
    view.heard({"tap": [3.0, 7.0]})
    assert store.picks == {"category": "hedonism"}


def test_a_picked_code_nobody_knows_narrows_nothing(store: Store) -> None:
    store.picks = {"category": "weather", "state": "elsewhere"}
    assert ProblemList(store).answer().height == 45


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_on_the_page_is_said_in_words(store_of: Callable[..., Store], language: str) -> None:
    store = store_of(language)
    page = Problems(store)
    for step in ("found", "claimed", "closed", "returned"):
        store.picks = {"state": step}
        for view in page.views:
            shown = re.sub(r"<[^>]+>", " ", view.shown()["html"])
            assert not re.search(r"\b(long_term|by_stage_end|in_progress|not_reported|claimed_done)\b", shown)
