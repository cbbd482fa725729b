"""The Standards page says what the queries say, and every count on it is the length of the list behind it."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards import address
from dashboards.store import Store
from dashboards.theme import STATES
from dashboards.view import View
from dashboards.views.standards import (
    ActionMatrix,
    Boards,
    ContentMap,
    FourStandards,
    MovedDates,
    OrderBroken,
    OwnMarks,
    Witnesses,
)
from dashboards.views.standards.matrix import LETTERS
from queries import outcomes, rows, run
from queries.outcomes import FAULTS

MEETING = {"known_on": date(2014, 4, 13)}


@pytest.fixture
def meeting(store_of: Callable[..., Store]) -> Store:
    return store_of(**MEETING)


def cells(matrix: str) -> str:
    return "".join(re.findall(r'data-cells="([^"]*)"', matrix)).replace(" ", "")


def legend(matrix: str) -> dict[str, int]:
    """By state the number on its button."""
    found = {}
    for tell, text in re.findall(r'data-do="([^"]*)" aria-pressed="\w+">.*?<b>([\d,]+)</b></button>', matrix):
        found[json.loads(unescape(tell))["pick"]["state"]] = int(text.replace(",", ""))
    return found


def lines(shown: str) -> int:
    return shown.count("<tr>") - 1


def whole(view: View) -> str:
    """All rows of a table that may show only the first."""
    return view.twin(view.answer())


def test_the_answer_names_the_groups_of_the_demonstration_county(meeting: Store) -> None:
    said = html(FourStandards(meeting))
    assert "Time was delayed in C1 and T3; content was omitted in C1" in said
    assert "In order of steps and marks no group stands out." in said
    assert "C1 marks itself 16.2 points above the spot checks (6 pairs)" in said


def test_no_group_is_named_before_anything_is_fully_reported_nor_when_it_is_alone(
    store_of: Callable[..., Store],
) -> None:
    first = html(FourStandards(store_of(known_on=date(2014, 3, 16))))
    assert "too early" in first
    alone = html(FourStandards(store_of(groups=["C1"])))
    assert "cannot be compared" in alone


def test_each_board_shows_its_indicator_and_every_group_of_it(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    answer = Boards(store).answer()
    names = {
        "time": "on_time_rate",
        "steps": "order_conformance",
        "content": "content_coverage",
        "quality": "quality_score",
    }
    for key, name in names.items():
        expected = run(name, store.source, store.selection).row(0, named=True)
        for part in ("value", "numerator", "denominator", "n_missing"):
            assert answer[key]["now"][part] == (pytest.approx(expected[part]) if expected[part] else expected[part]), (
                key
            )
        compared = "quality_pass_share" if key == "quality" else name
        groups = run(compared, store.source, store.selection, by=["group"]).filter(pl.col("denominator") > 0)
        shown = dict(answer[key]["groups"].select("group_id", "value").iter_rows())
        assert shown == pytest.approx(dict(groups.select("group_id", "value").iter_rows())), key
        assert answer[key]["groups"]["value"].is_sorted()
        if answer[key]["now"]["value"] is not None and answer[key]["now"]["low"] is not None:
            assert answer[key]["now"]["low"] - 1e-9 <= answer[key]["now"]["value"] <= answer[key]["now"]["high"] + 1e-9


def test_every_board_opens_its_reason_and_flags_in_words_only_what_is_fully_reported(
    store: Store, meeting: Store
) -> None:
    said = html(Boards(store))
    for name in ("on_time_rate", "order_conformance", "content_coverage", "quality_score"):
        assert f'data-indicator="{name}"' in said
        assert json.dumps({"why": name}) in unescape(said)
    assert said.count('class="flagged"') == said.count("\u25bc below</span>") > 0
    for one in (store, meeting):
        marked = [
            re.findall(r'data-group="(\w+)"[^>]*class="flagged"', card) for card in html(Boards(one)).split("<article")
        ]
        below = FourStandards(one).answer()["below"].values()
        assert [sorted(groups) for groups in marked[1:]] == [sorted(groups) for groups in below]


def test_the_counts_of_the_key_are_the_cells_and_the_cells_are_the_outcomes(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    known = outcomes(store.source, store.selection)
    matrix = html(ActionMatrix(store))
    laid = cells(matrix)
    assert len(laid) == known.height
    expected = dict(known["outcome"].value_counts().iter_rows())
    assert {state: laid.count(LETTERS[state]) for state in expected} == expected
    assert legend(matrix) == expected


def test_the_cells_that_are_due_are_the_denominator_of_the_on_time_rate(meeting: Store) -> None:
    counts = legend(html(ActionMatrix(meeting)))
    rate = run("on_time_rate", meeting.source, meeting.selection).row(0, named=True)
    assert (counts["on_time"], sum(counts.values()) - counts["not_due"]) == (rate["numerator"], rate["denominator"])
    assert rate["denominator"] == 927


def test_every_cell_has_its_words_and_a_glyph_of_its_own(meeting: Store) -> None:
    matrix = html(ActionMatrix(meeting))
    marks = json.loads(unescape(re.findall(r'data-marks="([^"]*)"', matrix)[0]))
    assert len({glyph for glyph, _, _ in marks.values()}) == len(marks) == len(STATES)
    assert all(words for _, _, words in marks.values())


def test_a_picked_cell_shows_exactly_its_row_below(meeting: Store) -> None:
    view, below = ActionMatrix(meeting), Witnesses(meeting)
    late = outcomes(meeting.source, meeting.selection).filter(pl.col("outcome") == "on_time").row(0, named=True)
    view.heard({"pick": {"place": late["unit_id"], "action": late["action_code"], "state": ""}})
    assert meeting.picks == {"place": late["unit_id"], "action": late["action_code"]}
    assert lines(html(below)) == 1
    assert late["unit_name_en"] in html(below)
    assert f'data-picked="[&quot;{late["unit_id"]}&quot;, &quot;{late["action_code"]}&quot;]"' in html(view)
    view.heard({"pick": {"place": late["unit_id"], "action": late["action_code"], "state": ""}})
    assert meeting.picks == {}


@pytest.mark.parametrize("state", ["late", "not_reported", "not_done", "on_time", "not_due"])
def test_a_picked_state_shows_as_many_rows_as_the_key_counts(meeting: Store, state: str) -> None:
    view, below = ActionMatrix(meeting), Witnesses(meeting)
    counts = legend(html(view))
    view.heard({"pick": {"place": "U001", "action": "A01", "state": ""}})
    view.heard({"pick": {"state": state, "place": "", "action": ""}})
    assert meeting.picks == {"state": state}
    assert lines(whole(below)) == counts[state]
    assert f'data-only="{LETTERS[state]}"' in html(view)
    assert 'aria-pressed="true"' in html(view)


def test_a_picked_action_shows_its_faults_in_every_unit(meeting: Store) -> None:
    below = Witnesses(meeting)
    meeting.hear({"pick": {"action": "A13", "place": ""}})
    found = outcomes(meeting.source, meeting.selection).filter(
        pl.col("is_due") & pl.col("outcome").is_in(FAULTS) & (pl.col("action_code") == "A13")
    )
    assert lines(whole(below)) == found.height > 0


def test_the_rows_behind_it_are_what_is_due_and_not_on_time(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    rate = run("on_time_rate", store.source, store.selection).row(0, named=True)
    assert Witnesses(store).answer().height == rate["denominator"] - rate["numerator"]


def test_picks_nobody_can_mean_show_everything_or_nothing_and_never_fail(meeting: Store) -> None:
    meeting.picks = {"state": "no_such_state", "action": "Z99", "place": "nobody"}
    for kind in (ActionMatrix, Witnesses):
        assert html(kind(meeting))
    assert Witnesses(meeting).answer().is_empty()
    meeting.picks = {"state": "no_such_state"}
    assert Witnesses(meeting).answer().height == 128


def test_a_pick_is_in_the_link_and_a_kind_named_without_a_code_is_let_go(meeting: Store) -> None:
    meeting.hear({"pick": {"state": "late"}})
    meeting.hear({"pick": {"place": "U001", "action": "A01", "state": ""}})
    assert "action=A01&place=U001" in meeting.query
    assert "state" not in meeting.query
    assert address.read(meeting.query).picks == {"place": "U001", "action": "A01"}


def test_a_shortened_table_offers_all_rows_for_the_file(store: Store) -> None:
    view = Witnesses(store)
    assert lines(html(view)) == 60
    view.heard({"do": "table"})
    assert lines(view.shown()["twin"]) == view.answer().height > 60


def test_the_six_order_violations_of_the_meeting_are_named_in_words(meeting: Store) -> None:
    said = html(OrderBroken(meeting))
    assert lines(said) == 6
    assert "6 pairs in 6 units (C1 3, C3 2 and T3 1)" in said
    assert '"Mobilisation meeting held" came before "Plan approved by the group"' in said
    broken = OrderBroken(meeting).answer()["rows"]
    assert (broken["before_done_on"] > broken["ahead"]).all()
    assert broken["days"].min() >= 1
    judged = run("order_conformance", meeting.source, meeting.selection).row(0, named=True)
    assert judged["denominator"] - judged["numerator"] == 6


def test_content_adds_up_to_the_coverage_and_tells_absent_from_not_checked(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    found = ContentMap(store).answer()
    expected = run("content_coverage", store.source, store.selection).row(0, named=True)
    assert (found["present"].sum(), found["n"].sum(), found["unchecked"].sum()) == (
        expected["numerator"],
        expected["denominator"],
        expected["n_missing"],
    )
    assert (found["present"] + found["absent"] + found["unchecked"] == found["n"]).all()


def test_c1_s_plans_lack_most_and_the_map_shows_both_marks(meeting: Store) -> None:
    said = html(ContentMap(meeting))
    assert ">\u25cb7</small>" in said
    assert ">?1</small>" in said
    plans = ContentMap(meeting).answer().filter(pl.col("action_code") == "A03")
    shares = plans.group_by("group_id").agg(share=pl.col("present").sum() / pl.col("n").sum()).sort("share")
    assert shares["group_id"][0] == "C1"


def test_moved_deadlines_are_those_of_the_rows_and_the_rates_those_of_the_queries(store: Store, meeting: Store) -> None:
    answer = MovedDates(store).answer()
    behind = rows("on_time_rate_original", store.source, store.selection)
    assert answer["groups"]["moved"].sum() == behind.filter(pl.col("due_on") != pl.col("due_on_original")).height == 7
    expected = run("on_time_rate_original", store.source, store.selection, by=["group"])
    assert dict(answer["groups"].select("group_id", "first_value").iter_rows()) == dict(
        expected.select("group_id", "value").iter_rows()
    )
    assert "No deadline was moved" in html(MovedDates(meeting))


def test_c1_marks_itself_sixteen_points_above_the_spot_checks(meeting: Store) -> None:
    answer = OwnMarks(meeting).answer()
    expected = run("quality_score_gap", meeting.source, meeting.selection, by=["group"]).filter(
        pl.col("denominator") > 0
    )
    assert dict(answer.select("group_id", "mean").iter_rows()) == pytest.approx(
        dict(expected.select("group_id", "value").iter_rows())
    )
    assert answer.filter("wide")["group_id"].to_list() == ["C1"]
    assert (answer["own"] - answer["checked"]).to_list() == pytest.approx(answer["mean"].to_list())
    labels = patch(OwnMarks(meeting))["figure"]["right_ticks"]["labels"]
    assert [("wide" in label) for label in labels] == [True] + [False] * (len(labels) - 1)
    assert sum("few" in label for label in labels) == answer.filter(pl.col("n") < 5).height
