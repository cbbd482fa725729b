"""The Matters page: light and slip apart, no level named by chance, and every number that of its rows."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from shown import html, patch, words

from dashboards.pages import Matters
from dashboards.store import Store, one
from dashboards.text import say
from dashboards.view import View
from dashboards.views.matters import (
    EscalationLadder,
    HoldersAtRisk,
    LevelCascade,
    MatterLights,
    MatterList,
    MatterShares,
    MattersVerdict,
    OpenShare,
    PassedOn,
    StallHolders,
    StallLevels,
)
from dashboards.views.overview import Forward
from queries import Selection, Source, rows, run
from queries.matters import bottleneck, lights
from queries.statistics import share_open
from queries.stuck import FEWEST_CLOSED, cascade, holders, pressure, standing_matters

MEETING = date(2014, 4, 13)


def of(store: Store) -> pl.DataFrame:
    return standing_matters(store.source, store.selection)


def listed(store: Store) -> pl.DataFrame:
    """The matters in the register below, by what is picked."""
    return MatterList(store).answer()


def text(view: View) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(view)))


# the sentence


def test_the_sentence_counts_the_open_and_overdue_and_names_the_level(store: Store) -> None:
    assert "4 matters are open, 2 of them overdue; 42% of the days of stall lie at one level: county." in html(
        MattersVerdict(store)
    )
    assert "Of 24 registered, 19 are closed (10 late) and 1 cancelled." in html(MattersVerdict(store))


def test_at_the_meeting_nearly_all_stall_lies_at_the_county(store_of: Callable[..., Store]) -> None:
    said = html(MattersVerdict(store_of(known_on=MEETING)))
    assert "13 matters are open, 1 of them overdue; 87% of the days of stall lie at one level: county." in said


def test_the_due_matters_are_those_of_the_indicators(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    answer = MattersVerdict(store).answer()
    for key, name in [("matter_on_time", "matter_on_time"), ("empty", "empty_shot_share")]:
        expected = one(run(name, store.source, store.selection))
        assert {column: answer[key][column] for column in expected} == expected
        counted = rows(name, store.source, store.selection)
        assert (counted["numerator"].sum(), counted.height) == (expected["numerator"], expected["denominator"])


def test_no_level_is_named_with_fewer_than_three_matters(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["T2"])
    assert bottleneck(store.source, store.selection)["matters"].max() == 1
    assert "is not named, it had fewer than 3 matters" in html(MattersVerdict(store))
    assert say("en", "stall.few", fewest=3) in html(StallLevels(store))
    assert say("en", "held.few", fewest=3) in html(StallHolders(store))
    assert "\u25bc" not in str(patch(StallLevels(store))["figure"]["right_ticks"])


def test_chosen_weeks_are_told_to_leave_the_lights_alone(store_of: Callable[..., Store]) -> None:
    whole, some = store_of(), store_of(period=(5, 8))
    said = html(MattersVerdict(some))
    assert "Weeks 5–8: stall and hand-overs that began then" in said
    assert "Weeks" not in html(MattersVerdict(whole))
    assert html(MatterLights(some)) == html(MatterLights(whole))
    assert html(StallLevels(some)) != html(StallLevels(whole))
    assert "no matter changed hands" in html(MattersVerdict(store_of(period=(29, 29))))


# lights and slips


def test_each_light_counts_the_matters_that_its_button_lists(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    lit = lights(store.source, store.selection)
    counted = dict(lit.group_by("light").len().iter_rows())
    for light in ("red", "amber", "blue", "green", "grey", "done_late"):
        store.picks = {"light": light}
        card = re.search(rf'data-light="{light}".*?class="value[^>]*>(\d+)<', html(MatterLights(store)))
        assert card is not None
        assert int(card[1]) == counted.get(light, 0) == listed(store).height


def test_lights_are_told_by_letter_word_and_shape(store: Store) -> None:
    said = text(MatterLights(store))
    for letter, glyph, word in [("R", "■", "Overdue"), ("A", "▲", "Behind"), ("B", "◆", "Near due")]:
        assert f"{glyph} {letter} {word}" in said
    marks = re.findall(r'class="mark"[^>]*>(\S+) (\S+)<', html(MatterLights(store)))
    assert len({glyph for glyph, _ in marks}) == len({letter for _, letter in marks}) == 6


def test_slips_are_those_really_issued_and_counted_apart(store: Store) -> None:
    events = store.source.table("matter_events").filter(pl.col("event_type") == "slip_issued")
    said = text(MatterLights(store))
    assert f"Slips really issued {events.height} on {events['matter_id'].n_unique()} matters" in said
    last = events.sort("matter_id", "event_no").group_by("matter_id").last()
    assert dict(last.group_by("slip_colour").len().iter_rows()) == {"red": 10, "amber": 1}
    store.hear({"pick": {"slip": "red"}})
    assert listed(store).height == 10
    assert set(listed(store)["light"].to_list()) == {"red", "done_late", None}


def test_the_overview_leads_to_the_matters_it_counts(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["C4", "C3"], known_on=date(2014, 9, 21))
    links = re.findall(r'href="(matters\?[^"]*light=(\w+)[^"]*)">(\d+)', html(Forward(store)))
    assert {light for _, light, _ in links} >= {"red"}
    for link, light, n in links:
        target = store_of()
        target.follow(link.partition("?")[2].replace("&amp;", "&"))
        assert (target.picks, set(target.groups)) == ({"light": light}, set(store.groups))
        assert target.known_on == store.known_on
        assert listed(target).height == int(n)


# where it is stuck


def test_levels_stand_with_the_stall_of_the_indicator(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    found = StallLevels(store).answer()
    stall = run("stall_days", store.source, store.selection, ["level"])
    returned = run("return_share", store.source, store.selection, ["level"])
    assert dict(found.select("level", "stall_days").rows()) == dict(stall.select("level", "numerator").rows())
    assert dict(found.select("level", "returns").rows()) == dict(returned.select("level", "numerator").rows())
    assert (found["rest"] >= 0).all()


def test_a_level_picks_the_matters_that_stalled_there(store: Store) -> None:
    view = StallLevels(store)
    patch(view)
    view.heard({"tap": [3.0, 3.0]})
    assert store.picks == {"level": "3"}
    stalled = rows("stall_days", store.source, store.selection).filter(pl.col("numerator") > 0, pl.col("level") == 3)
    assert set(listed(store)["matter_id"]) == set(stalled["matter_id"])
    assert "Stalled at level: grass roots \u2715" in html(MatterList(store))
    view.heard({"tap": [3.0, 3.0]})
    assert listed(store).height == of(store).height


def test_bodies_are_named_by_three_matters_and_pick_theirs(store: Store) -> None:
    said, found = html(StallHolders(store)), holders(store.source, store.selection)
    named = found.filter("is_named").row(0, named=True)
    assert f"Most with {named['body_name_en']}: 26% of all stall, {named['stall_days']} days" in said
    store.hear({"pick": {"holder": named["body_id"]}})
    assert listed(store).height == named["matters"] == 12


def test_partners_are_not_ranked(store: Store, store_over: Callable[[Source], Store]) -> None:
    frames = {name: store.source.table(name) for name in ("campaign", "supervision_groups", "units", "matters")}
    tables = ("unit_assignments", "bodies", "matter_events", "matter_due_rules", "work_calendar")
    frames |= {name: store.source.table(name) for name in tables}
    moved = pl.col("to_body_id").replace("B-GOV", "B-CONGRESS")
    frames["matter_events"] = frames["matter_events"].with_columns(moved)
    view = StallHolders(store_over(Source.from_frames(frames, store.source.known_on)))
    table = html(view).partition("<table>")[2]
    assert "congress office" not in table
    assert "people's congress and consultative conference are partners and not ranked: 12 matters, 305 days" in html(
        view
    ).replace("&#x27;", "'")


def test_the_curve_is_that_of_the_matters_and_the_ends_add_up_to_one(store: Store) -> None:
    answer, found = OpenShare(store).answer(), of(store)
    expected = share_open(found.with_columns(days="open_days"), ended="end")
    assert answer["open"].equals(expected)
    last = answer["ends"].group_by("end", maintain_order=True).last()
    assert last["share_ended"].sum() + answer["open"]["share_open"][-1] == pytest.approx(1)
    assert set(last["end"]) == {"closed", "cancelled"}
    line = patch(OpenShare(store))["figure"]["columns"]["lines"]
    assert line["ys"][0][0] == 1.0
    assert line["ys"][0] == sorted(line["ys"][0], reverse=True)


def test_labels_of_the_curve_never_cover_one_another(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    shown = patch(OpenShare(store_of(**chosen)))
    if "figure" in shown:
        heights = sorted(shown["figure"]["columns"]["texts"]["y"])
        assert all(after - before > 0.05 for before, after in pairwise(heights))


def test_before_any_end_the_curve_says_that_nothing_ended(store_of: Callable[..., Store]) -> None:
    assert "the oldest has been open for 34 days" in html(OpenShare(store_of(known_on=MEETING)))
    assert say("en", "risk.unjudged", fewest=FEWEST_CLOSED) in html(HoldersAtRisk(store_of(known_on=MEETING)))


def test_the_open_matters_stand_with_their_holder_the_longest_over_first(store: Store) -> None:
    found = HoldersAtRisk(store).answer()
    assert found["matter_id"].to_list() == ["M007", "M015", "M023", "M024"]
    assert found["stall_days"].to_list() == [143, 128, 9, 4]
    said = text(HoldersAtRisk(store))
    assert "4 are open; 4 have lain with their holder longer than allowed." in said
    assert said.count("older: took up to 92 days (ordinary, n 8)") == found["is_beyond_kind"].sum() == 2


def test_passed_on_is_the_indicator_and_every_witness_is_a_row(store: Store) -> None:
    said, share = html(PassedOn(store)), one(run("passed_on_only_share", store.source, store.selection))
    assert f"{share['numerator']} of {share['denominator']} hand-overs (65%)" in said
    assert said.count("<li>") == share["numerator"] == 30
    assert say("en", "passed.few", fewest=3) in said


# pressed, and down the levels


def test_the_ladder_counts_the_matters_on_each_rung_and_lists_them(store: Store) -> None:
    view, pressed = EscalationLadder(store), pressure(store.source, store.selection)
    rungs = view.answer()["rungs"]
    expected = dict(pressed.group_by("rung").agg(pl.col("matter_id").n_unique()).iter_rows())
    assert {rung: n for rung, n in rungs.select("rung", "matters").rows() if n} == expected
    assert (rungs["onward"] + rungs["ended"] + rungs["open"]).to_list() == rungs["matters"].to_list()
    for rung, n in expected.items():
        store.picks = {"rung": rung}
        assert listed(store).height == n
    assert "9 matters: urged → amber slip → red slip → escalated" in text(view)
    assert "Never used: blue slip." in text(view)


def test_the_order_of_pressing_is_that_of_the_days(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    assert EscalationLadder(store).answer()["ways"].rows()[0][:2] == (["urged", "red"], 1)
    assert "1 matter: urged → red slip" in text(EscalationLadder(store))


def test_the_cascade_counts_what_came_to_each_level(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    came, found = cascade(store.source, store.selection), of(store)
    for row in LevelCascade(store).answer()["rows"]:
        own = came.filter(pl.col("level") == row["level"])
        done = own if row["step"] == "arrived" else own.filter(pl.col(f"{row['step']}_on").is_not_null())
        assert row["done"] == done.height <= row["of"] <= found.height


def test_what_is_not_on_record_is_not_told_as_refused(store: Store) -> None:
    right = patch(LevelCascade(store))["figure"]["right_ticks"]["labels"]
    assert right.count("none on record") == 2
    assert "No receipt is on record at: unit, grass roots; not reported is not the same" in html(LevelCascade(store))
    assert "city 24 → county 24 → unit 24 → grass roots 16" in html(LevelCascade(store))


# the register


def test_the_register_holds_every_matter_with_deadlines_as_set_and_as_they_are(store: Store) -> None:
    said = html(MatterList(store))
    assert said.count("<tr>") - 1 == of(store).height == 24
    assert listed(store)["matter_id"].to_list()[:2] == ["M007", "M015"]
    assert "9 Sep → 29 Sep" in said
    assert said.count('href="matter?matter=') == 24


@pytest.mark.parametrize("kind", ["category", "mosts", "urgency", "source", "level", "body"])
def test_each_share_counts_the_matters_that_its_button_lists(store: Store, kind: str) -> None:
    counted = MatterShares(store).answer()[kind]
    for row in counted.to_dicts():
        store.picks = {kind: row["code"]}
        found = listed(store)
        assert found.height == row["matters"]
        assert found.filter(pl.col("end").is_null()).height == row["open"]
        assert found.filter(pl.col("light") == "red").height == row["overdue"]
    if kind not in ("level",):
        assert counted["matters"].sum() == of(store).height


def test_several_picks_narrow_together_and_each_can_be_taken_back(store: Store) -> None:
    store.hear({"pick": {"light": "done_late"}})
    store.hear({"pick": {"category": "livelihood"}})
    found = of(store).filter(pl.col("light") == "done_late", pl.col("matter_class") == "livelihood")
    assert listed(store).height == found.height == 5
    assert html(MatterList(store)).count("\u2715") == 2
    store.hear({"pick": {"light": "done_late"}})
    assert listed(store).height == 12


def test_a_picked_code_nobody_knows_narrows_nothing(store: Store) -> None:
    store.picks = {"light": "purple", "body": "elsewhere", "holder": "nobody", "level": "9", "rung": "kicked"}
    assert listed(store).height == 24
    store.picks = {"light": "grey"}
    assert say("en", "register.none") in html(MatterList(store))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("known_on", [MEETING, date(2014, 6, 29), date(2014, 9, 28)])
def test_every_code_on_the_page_is_said_in_words(store_of: Callable[..., Store], language: str, known_on: date) -> None:
    page = Matters(store_of(language, known_on=known_on))
    for view in page.own_views():
        assert not words(view.shown()["html"]) & {
            *("leader_instruction", "deputies_proposal", "supervision_finding", "mass_letter", "decision_meeting"),
            *("central_task", "done_late", "fed_back", "peoples_congress", "party_office", "slip_issued"),
        }, view.view


def test_no_person_is_on_the_page(store: Store) -> None:
    assert {name for name in of(store).columns if "person" in name or "leader" in name} == set()


def test_a_group_alone_is_answered_from_its_own_matters(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["C4"])
    ids = set(of(store)["matter_id"])
    assert set(cascade(store.source, store.selection)["matter_id"]) == ids
    assert set(listed(store)["group_id"]) == {"C4"}
    whole = standing_matters(store.source, Selection()).filter(pl.col("matter_id").is_in(list(ids)))
    assert of(store).select("matter_id", "kind_days").equals(whole.select("matter_id", "kind_days"))
