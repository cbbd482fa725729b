"""The Reporting page tells late work from late news, and every number on it is that of its rows."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.store import Store
from dashboards.text import say
from dashboards.theme import STATES
from dashboards.views.reporting import (
    FiledReports,
    GroupLag,
    GroupLatency,
    KnownGrowth,
    LateVerdict,
    LearntLate,
    NewestWeeks,
    ReportingGroups,
    WorkOrNews,
)
from queries import late_facts, rows, run, work_and_news

MEETING = date(2014, 4, 13)


@pytest.fixture
def meeting(store_of: Callable[..., Store]) -> Store:
    return store_of(known_on=MEETING)


def answer_of(store: Store) -> str:
    return re.sub(r"<[^>]+>", " ", html(LateVerdict(store)))


# the sentence


def test_at_the_meeting_the_late_tellers_and_the_late_workers_are_told_apart(meeting: Store) -> None:
    said = answer_of(meeting)
    assert "What C2 and T4 did, they told late." in said
    assert "C1 and T3 are late in the work itself, proven for what was due by 31 Mar." in said


def test_late_news_is_never_called_late_work(store_of: Callable[..., Store]) -> None:
    for known_on in (MEETING, date(2014, 4, 27), date(2014, 9, 28)):
        verdict = LateVerdict(store_of(known_on=known_on))
        first, _ = verdict.said(verdict.answer())
        late_work = first.split("they told late.")[-1]
        assert "C2" not in late_work
        assert "T4" not in late_work


def test_the_sentence_in_chinese_names_the_same_groups(store_of: Callable[..., Store]) -> None:
    said = answer_of(store_of("zh", known_on=MEETING))
    assert "C2、T4已做的工作报得迟。C1、T3是工作本身迟" in said


def test_the_first_weeks_prove_nothing(store_of: Callable[..., Store]) -> None:
    assert "proven for" not in answer_of(store_of(known_on=date(2014, 3, 23)))


def test_one_group_alone_is_told_in_numbers_and_not_compared(store_of: Callable[..., Store]) -> None:
    said = answer_of(store_of(known_on=MEETING, groups=["T4"]))
    assert "T4, of 36 due actions: 0 done and told on time, 30 done on time but told late" in said
    assert say("en", "headline.few") in said


def test_the_second_line_adds_up_and_tells_the_reports(meeting: Store) -> None:
    said = answer_of(meeting)
    numbers = re.search(
        r"Of (\d+) due actions: (\d+) done and told on time, (\d+) .*?, (\d+) .*?, (\d+) .*?, (\d+) ", said
    )
    assert numbers is not None
    due, *parts = map(int, numbers.groups())
    assert due == sum(parts) == 927
    assert "Reports: 38 of 50 on time, 10 late, 2 not filed." in said


# the split


def test_the_bars_are_the_counts_of_the_groups(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    shown = patch(WorkOrNews(store))
    expected = work_and_news(store.source, store.selection)
    if expected.is_empty():
        assert shown["empty"]
        return
    bars = shown["figure"]["columns"]["bars"]
    by_row: dict[float, float] = {}
    for left, right, top in zip(bars["left"], bars["right"], bars["top"], strict=True):
        by_row[top] = by_row.get(top, 0) + right - left
    assert list(by_row.values()) == pytest.approx([1.0] * expected.height)
    told = [words for words in bars["words"] if f"· {say('en', 'worknews.told')}:" in words]
    counted = {row["group_id"]: row["told"] for row in expected.to_dicts() if row["told"]}
    assert {words.split()[0]: int(re.sub(r".*: ([\d,]+) of .*", r"\1", words)) for words in told} == counted


def test_no_report_and_known_not_done_are_two_parts(store_of: Callable[..., Store]) -> None:
    words = patch(WorkOrNews(store_of(known_on=MEETING, groups=["C1"])))["figure"]["columns"]["bars"]["words"]
    assert any("no report: 18 of 117" in each for each in words)
    assert any("known not done: 4 of 117" in each for each in words)


# the reports


def test_every_report_due_has_its_cell(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    view = FiledReports(store)
    due = rows("report_timeliness", store.source, store.selection).filter(pl.col("report_kind") == "weekly")
    if due.is_empty():
        assert patch(view)["empty"]
        return
    columns = patch(view)["figure"]["columns"]
    late = store.look.colours["late"]
    filed = due.filter(~pl.col("is_missing"))
    on_time = filed.filter(pl.col("numerator") == 1).height
    assert columns["cells"]["color"].count(late) == filed.height - on_time
    assert len(columns["cells"]["left"]) == filed.height
    assert len(columns["silent"]["left"]) == due["is_missing"].sum()


def test_at_the_meeting_ten_reports_are_late_and_two_not_filed(meeting: Store) -> None:
    view = FiledReports(meeting)
    assert "Of 50 weekly reports 38 came on time, 10 late, 2 not at all." in html(view)
    assert "Not one report of C2 and T4 came on time." in html(view)
    numbers = patch(view)["figure"]["columns"]["numbers"]["text"]
    assert numbers.count(STATES["not_reported"].glyph) == 2
    assert sorted(text for text in numbers if text.startswith("+")).count("+6") == 3


def test_a_report_whose_day_is_to_come_is_not_due_rather_than_not_filed(store_of: Callable[..., Store]) -> None:
    store = store_of(events_until=date(2014, 6, 25), period=(15, 16))
    columns = patch(FiledReports(store))["figure"]["columns"]
    assert len(columns["open"]["left"]) == 10
    assert all(say("en", "filed.not_due") in words for words in columns["open"]["words"])


def test_a_tapped_report_selects_its_group_and_week(meeting: Store) -> None:
    view = FiledReports(meeting)
    patch(view)
    view.heard({"tap": [2.0, 5.0]})
    assert (meeting.groups, meeting.period) == (["C2"], (3, 3))


# happened and known


def test_the_mobilisation_meetings_were_held_before_they_were_known(meeting: Store) -> None:
    view = KnownGrowth(meeting)
    said = html(view)
    assert "By 30 Mar 103 had happened and the office knew of 91. Missing then: C2 10, T4 2." in said
    assert "All 103 were known on 6 Apr." in said
    points = patch(view)["figure"]["columns"]["points"]
    hollow = [
        y for y, fill in zip(points["y"], points["fill_color"], strict=True) if fill == meeting.look.colours["card"]
    ]
    assert hollow == [0, 37, 91, 103]


def test_a_picked_action_is_the_one_shown_and_stays_picked(meeting: Store) -> None:
    view = KnownGrowth(meeting)
    view.heard({"pick": {"action": "A03"}})
    assert meeting.picks == {"action": "A03"}
    assert meeting.answers.names("actions", "en")["A03"] in html(view)
    view.heard({"pick": {"action": "A03"}})
    assert meeting.picks == {"action": "A03"}
    view.heard({"pick": {"action": "all"}})
    total = rows("event_to_report_latency", meeting.source, meeting.selection).height
    assert view.answer()["weeks"].filter(pl.col("week") == 5)["count_all"].sum() == total


def test_an_action_nobody_knows_gives_all_facts(store: Store) -> None:
    store.picks = {"action": "A99"}
    assert say("en", "growth.all") in html(KnownGrowth(store))


# the newest weeks


def test_with_little_history_there_is_no_estimate(meeting: Store) -> None:
    view = NewestWeeks(meeting)
    assert view.answer()["expected_total"].null_count() == 5
    assert "is provisional" in html(view)
    assert patch(view)["figure"]["columns"]["bars"]["x0"] == []


def test_the_newest_week_has_an_estimate_with_its_interval(store: Store) -> None:
    view = NewestWeeks(store)
    last = view.answer().row(-1, named=True)
    known = run("visits_per_unit", store.source, store.selection, ["week"]).row(-1, named=True)
    assert last["known"] == known["numerator"]
    assert last["low"] <= last["expected_total"] <= last["high"]
    assert "Week 29 is provisional" in html(view)
    weeks = run("visits_per_unit", store.source, store.selection, ["week"])
    immature = weeks.filter(pl.col("maturity") == "immature")["week"].to_list()
    assert patch(view)["figure"]["columns"]["hatch"]["left"] == [week - 0.5 for week in immature]
    assert immature[-1] == 29


def test_old_weeks_wait_for_no_report(store_of: Callable[..., Store]) -> None:
    assert say("en", "newest.settled") in html(NewestWeeks(store_of(period=(3, 9))))


# days and tables


def test_latency_goes_from_quick_to_slow_and_names_the_slow(store: Store) -> None:
    view = GroupLatency(store)
    expected = run("event_to_report_latency", store.source, store.selection, ["group"])
    points = patch(view)["figure"]["columns"]["points"]
    assert points["value"] == sorted(expected["value"].to_list())
    assert "more than 7 days from C2 (11) and T4 (8)" in html(view)


def test_the_bins_by_group_hold_every_fact(store: Store) -> None:
    assert (
        GroupLag(store).answer()["bins"]["facts"].sum()
        == run("event_to_report_latency", store.source, store.selection)["denominator"].item()
    )


def test_what_came_after_an_older_snapshot_is_listed(meeting: Store) -> None:
    late = late_facts(meeting.source, meeting.selection)
    said = html(LearntLate(meeting))
    assert f"{late.height} facts that had happened were not known on 13 Apr" in said
    assert said.count("<tr>") - 1 == min(late.height, 60)


def test_at_the_newest_snapshot_nothing_is_claimed_of_what_is_to_come(store: Store) -> None:
    said = html(LearntLate(store))
    assert "This is the newest snapshot" in said
    longest = rows("event_to_report_latency", store.source, store.selection)["latency_days"].max()
    assert f"The longest took {longest} days." in said


def test_the_table_has_every_group_with_the_numbers_of_the_indicators(meeting: Store) -> None:
    found = {row["group_id"]: row for row in ReportingGroups(meeting).answer()}
    assert list(found) == list(meeting.source.extent.groups)
    assert found["T4"]["told_late"] == 30
    for name, column in (("report_timeliness", "reports.numerator"), ("late_arriving_share", "arriving.numerator")):
        expected = run(name, meeting.source, meeting.selection, ["group"])
        assert [row[column] for row in found.values()] == expected["numerator"].to_list()
