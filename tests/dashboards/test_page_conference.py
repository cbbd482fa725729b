"""The Joint conference page: the calendar is that of the queries, proposals add up, partners are not ranked."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.bodies import PARTNER
from dashboards.pages.conference import Conference
from dashboards.store import Store, one
from dashboards.text import say
from dashboards.views.conference import (
    BurdenMonths,
    BurdenUnits,
    ConferenceFigures,
    ConferenceVerdict,
    Decided,
    DecisionList,
    InspectionMonth,
    InspectionTimeline,
    MeetingPairs,
    MergeAhead,
    MergeBegun,
    OverlapBodies,
)
from queries import Source, rows, run
from queries.conferences import decisions
from queries.inspections import ASKERS, calls, inspections, meetings
from queries.merging import proposals

MEETING = date(2014, 4, 13)


@pytest.fixture
def meeting(store_of: Callable[..., Store]) -> Store:
    """A viewer on the day of the meeting of April."""
    return store_of(known_on=MEETING)


def text(markup: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)))


def listed(markup: str) -> int:
    return markup.count("<tr>") - 1


# the sentence and the figures


def test_the_sentence_counts_the_calendar_and_what_merging_spares(meeting: Store) -> None:
    said = text(html(ConferenceVerdict(meeting)))
    assert "36 inspections by 5 bodies, 17 begun, 19 still ahead; 9 come within 7 days" in said
    assert "Merging those still ahead would spare the units 4 of 8 days." in said
    assert "4 more were merged into others. Of those begun, merging would have spared 2 of 6 days." in said
    assert "Of 41 decisions of past conferences 22 are kept, 0 broken, 19 not yet to be told." in said


def test_when_all_is_over_the_sentence_looks_back(store: Store) -> None:
    said = text(html(ConferenceVerdict(store)))
    assert "95 inspections by 5 bodies, all of them begun; 9 come within 7 days" in said
    assert "Nothing ahead can be merged; looking back, merging would have spared 6 of 14 days." in said
    assert "104 are kept, 2 broken" in said


def test_the_sentence_is_that_of_its_listings(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    calendar = inspections(store.source, store.answers.selection).filter(pl.col("state") != "merged")
    said = text(html(ConferenceVerdict(store)))
    if calendar.is_empty():
        assert say("en", "joint.none") in said or "One more was merged" in said
        return
    n, near = calendar.height, calendar["is_near"].sum()
    assert (f"{n} inspections by" if n > 1 else "One inspection by") in said
    assert (f"{near} come within" if near > 1 else "one comes within" if near else "none comes within") in said


def test_each_figure_is_the_number_of_its_rows(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    for name, now in ConferenceFigures(store).answer().items():
        counted = rows(name, store.source, store.selection)
        assert float(counted["numerator"].sum() or 0) == pytest.approx(float(now["numerator"])), name
        expected = one(run(name, store.source, store.selection))
        assert {key: now[key] for key in expected} == expected


# the calendar


def cells(markup: str) -> dict[str, str]:
    """By day, the words of its button."""
    found = re.findall(r'<button aria-pressed="\w+" aria-label="([^"]*)" data-do="([^"]*)"', markup)
    return {json.loads(unescape(do))["pick"]["day"]: unescape(words) for words, do in found}


def test_a_day_counts_the_inspections_whose_working_days_it_is_one_of(meeting: Store) -> None:
    found = cells(html(InspectionMonth(meeting)))
    calendar = inspections(meeting.source, meeting.answers.selection).filter(pl.col("state") != "merged")
    off = meeting.source.table("work_calendar").filter(~pl.col("is_workday"))["day"].to_list()
    for n in range(1, 31):
        day = date(2014, 4, n)
        out = calendar.filter(pl.lit(day).is_between("inspection_from", "inspection_to")).height
        shown = found.get(day.isoformat())
        if day in off or not out:
            assert shown is None, day
        else:
            assert shown is not None
            assert (f"{out} inspections" if out > 1 else "one inspection") in shown, day


def test_the_day_that_is_chosen_lists_its_inspections_and_a_second_click_closes_it(meeting: Store) -> None:
    view = InspectionMonth(meeting)
    view.heard({"pick": {"day": "2014-04-22", "month": "2014-04"}})
    said = html(view)
    assert meeting.picks == {"day": "2014-04-22", "month": "2014-04"}
    assert said.count("<li>") == 9
    assert said.count('aria-pressed="true"') == 1
    assert f"{PARTNER}CC" in said
    view.heard({"pick": {"day": "2014-04-22", "month": "2014-04"}})
    assert html(view).count("<li>") == 0


def test_another_month_is_a_button_away_and_a_month_nobody_knows_shows_the_nearest(store: Store) -> None:
    view = InspectionMonth(store)
    assert "Sep 2014" in text(html(view))
    store.hear({"pick": {"month": "2014-04", "day": ""}})
    assert "Calendar of inspections, Apr 2014" in text(html(view))
    store.picks = {"month": "1999-01"}
    assert "Calendar of inspections, Sep 2014" in text(html(view))


def test_the_table_of_the_calendar_has_every_inspection(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    view = InspectionMonth(store)
    view.heard({"do": "table"})
    shown = view.shown()
    found = inspections(store.source, store.answers.selection)
    assert ("twin" in shown) == (not found.is_empty())
    if "twin" in shown:
        assert listed(shown["twin"]) == found.height


def test_the_timeline_has_a_bar_for_each_and_a_mark_where_bodies_meet(meeting: Store) -> None:
    figure = patch(InspectionTimeline(meeting))["figure"]
    assert len(figure["columns"]["bars"]["left"]) == 36
    assert set(figure["columns"]["glyphs"]["text"]) == {"\u2229"}
    assert all(left < right for left, right in zip(*map(figure["columns"]["bars"].get, ("left", "right")), strict=True))


def test_bars_of_one_body_that_share_a_day_do_not_cover_one_another(store: Store) -> None:
    bars = patch(InspectionTimeline(store))["figure"]["columns"]["bars"]
    boxes = list(zip(*(bars[side] for side in ("left", "right", "top", "bottom")), strict=True))
    for place, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = right <= other[0] or other[1] <= left or bottom <= other[2] + 1e-9 or other[3] <= top + 1e-9
            assert apart


@pytest.mark.parametrize("kind", [InspectionTimeline, OverlapBodies])
def test_bodies_stand_in_their_own_order_partners_last_and_marked(store: Store, kind: type[Any]) -> None:
    labels = [label.split()[0] for label in patch(kind(store))["figure"]["y_ticks"]["labels"]]
    assert labels == ["P", "G", "C", f"{PARTNER}PC", f"{PARTNER}CC"]


def test_partners_stay_last_however_many_they_have(store_of: Callable[..., Store]) -> None:
    for group in ("C1", "C2", "C3", "C6", "T4"):
        figure = patch(InspectionTimeline(store_of(groups=[group])))["figure"]
        marked = [PARTNER in label for label in figure["y_ticks"]["labels"]]
        assert marked == sorted(marked)


# overlaps


def test_overlap_by_body_is_that_of_the_indicators(store: Store) -> None:
    answer = OverlapBodies(store).answer()
    for name, column in (("inspection_overlap", "value"), ("inspection_overlap_theme", "theme")):
        expected = {
            row["body_id"]: row["value"] for row in run(name, store.source, store.selection, ["body"]).to_dicts()
        }
        assert {body.body_id: row[column] for body, row in answer["bodies"]} == expected


def test_every_pair_has_its_row(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    found = meetings(store.source, store.answers.selection)
    said = html(MeetingPairs(store))
    assert max(listed(said), 0) == found.height
    if found.is_empty():
        assert say("en", "meeting.none") in said


# proposals


def test_proposals_ahead_and_in_hindsight_stand_apart(meeting: Store) -> None:
    ahead, begun = html(MergeAhead(meeting)), html(MergeBegun(meeting))
    assert "2 joint inspections in the place of 5 would spare the units 4 of 8 days." in ahead
    assert "2 joint inspections in the place of 4 would have spared the units 2 of 6 days." in begun
    assert listed(ahead) == listed(begun) == 2
    assert "Gas Supply Office" in ahead
    assert "Gas Supply Office" not in begun


def test_a_proposal_shows_its_days_its_lead_and_its_partners(meeting: Store) -> None:
    line = text(html(MergeAhead(meeting)).split("Gas Supply Office")[1].split("</tr>")[0])
    assert "22–23 Apr" in line
    assert line.index("County campaign office") < line.index("County party supervision office")
    assert line.index("County party supervision office") < line.index("County consultative conference office")
    assert line.split()[-5:] == ["5", "2", "3", "near", "dates"]


def test_partners_alone_go_side_by_side(meeting: Store) -> None:
    assert "side by side, each by its own mandate" in html(MergeAhead(meeting))


def test_nothing_ahead_is_said(store: Store) -> None:
    assert say("en", "merge.ahead.none") in html(MergeAhead(store))


@pytest.mark.parametrize("kind", [MergeAhead, MergeBegun])
def test_the_sums_are_those_of_the_proposals(
    store_of: Callable[..., Store], chosen: dict[str, Any], kind: type[MergeAhead]
) -> None:
    store = store_of(**chosen)
    found = proposals(store.source, store.answers.selection).filter(pl.col("when") == kind.when)
    said = html(kind(store))
    assert max(listed(said), 0) == found.height
    if not found.is_empty():
        assert f"{found['days_saved'].sum():g} of {found['days_now'].sum():g} days" in said


# burden


def test_the_units_called_on_most_stand_first_below_the_median(store: Store) -> None:
    view = BurdenUnits(store)
    rates = view.answer()["units"]["rate"]
    assert rates.to_list() == sorted(rates, reverse=True)
    right = [float(label) for label in patch(view)["figure"]["right_ticks"]["labels"]]
    assert right[0] == pytest.approx(float(rates.median() or 0), abs=0.006)
    assert right[1:] == sorted(right[1:], reverse=True)


def test_every_call_is_counted_once_in_both_views(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    frame = calls(store.source, store.selection)
    units, months = BurdenUnits(store).answer()["units"], BurdenMonths(store).answer()
    of_units = set(units["unit_id"])
    counted = frame.filter(pl.col("unit_id").is_in(list(of_units)))
    for asker in ASKERS:
        n = counted.filter(asker=asker).height
        assert int(units[asker].sum()) == n, asker
        assert (0 if months.is_empty() else int(months[asker].sum())) == frame.filter(asker=asker).height, asker


def test_days_by_month_are_those_of_the_indicator(store: Store) -> None:
    months = BurdenMonths(store).answer()
    whole = run("inspection_burden", store.source, store.selection).row(0, named=True)
    assert months["days"].sum() == whole["numerator"]
    assert months["months"].sum() == whole["denominator"]


def test_before_a_week_is_over_no_burden_is_told(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=date(2014, 3, 16), events_until=date(2014, 3, 12))
    assert say("en", "burden.week") in html(BurdenUnits(store))
    assert say("en", "burden.week") in html(BurdenMonths(store))


def test_one_unit_is_not_compared_with_a_median(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["T1"])
    assert "median" in html(BurdenUnits(store))
    alone = store_of(groups=["C6"], unit_types=["non_public_enterprise"])
    n = BurdenUnits(alone).answer()["units"].height
    assert ("median" in html(BurdenUnits(alone)).split("legend")[0]) == (n > 1)


# past conferences


def test_every_decision_stands_in_one_part_of_its_session(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    found = decisions(store.source, store.answers.selection)
    assert Decided(store).answer()["n"].sum() == found.height
    bars = patch(Decided(store)).get("figure", {"columns": {"bars": {"left": [], "right": []}}})["columns"]["bars"]
    assert sum(right - left for left, right in zip(bars["left"], bars["right"], strict=True)) == found.height


def test_what_was_not_kept_stands_first_and_says_what_happened(store: Store) -> None:
    lines = html(DecisionList(store)).split("<tr>")[2:4]
    assert all("\u2717 broken" in line and "begun" in line for line in lines)
    assert {line.split("<td>")[2].split("</td>")[0] for line in lines} == {"reject", "postpone"}


def test_a_session_narrows_the_list_and_is_taken_back(store: Store) -> None:
    view, table = Decided(store), DecisionList(store)
    patch(view)
    view.heard({"tap": [1.0, 0.0]})
    assert store.picks == {"session": "J06"}
    assert listed(html(table)) == 13
    assert "28 Aug 2014 \u2715" in html(table)
    view.heard({"tap": [1.0, 0.0]})
    assert store.picks == {}


def test_the_whole_list_comes_as_a_file(store: Store) -> None:
    view = DecisionList(store)
    assert listed(html(view)) == 60
    assert "data-more" in html(view)
    view.heard({"do": "table"})
    assert listed(view.shown()["twin"]) == 106


# words


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("known_on", [MEETING, None])
def test_every_code_on_the_page_is_said_in_words(
    store_of: Callable[..., Store], language: str, known_on: date | None
) -> None:
    store = store_of(language, known_on=known_on) if known_on else store_of(language)
    store.picks = {"day": "2014-04-09", "month": "2014-04"}
    for view in Conference(store).own_views():
        view.heard({"do": "table"})
        shown = view.shown()
        said = text(shown["html"] + shown.get("twin", ""))
        codes = r"\b(near_theme|under_way|work_inspection|law_inspection|work_style|party_office|[XJM]0\d\d)\b"
        assert not re.search(codes, said), view.view


def test_other_bodies_have_a_letter_and_stand_last(
    frames: Mapping[str, pl.DataFrame], store_over: Callable[[Source], Store]
) -> None:
    kind = pl.when(pl.col("body_id") == "B-PARTY").then(pl.lit("township")).otherwise("body_kind")
    changed = dict(frames) | {"bodies": frames["bodies"].with_columns(body_kind=kind)}
    store = store_over(Source.from_frames(changed, MEETING))
    labels = patch(InspectionTimeline(store))["figure"]["y_ticks"]["labels"]
    assert labels == ["G", "C", f"{PARTNER}PC", f"{PARTNER}CC", "T"]
