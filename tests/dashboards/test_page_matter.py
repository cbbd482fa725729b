"""One matter's page: who had it, by both deadlines, element by element, and what was read otherwise before."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import hostile
import polars as pl
import pytest
from shown import html, patch, sheet
from standing_in import standing_for

from dashboards import Matter
from dashboards.charts import Happening, SpanChart, Stretch, Track, Upright, dates_axis
from dashboards.store import Store
from dashboards.text import say
from dashboards.theme import ELEMENTS, LIGHTS
from dashboards.views.matter import (
    HopTimeline,
    MatterAnswer,
    MatterElements,
    MatterFacts,
    MatterHistory,
    MatterLateness,
    MatterSteps,
)
from queries import Selection, Source, rows
from queries.dossier import register, steps
from queries.matters import lights

MEETING = date(2014, 4, 13)
VIEWS = (MatterAnswer, MatterFacts, HopTimeline, MatterLateness, MatterElements, MatterHistory, MatterSteps)


@pytest.fixture
def of(store_of: Callable[..., Store]) -> Callable[..., Store]:
    """Makes a store that looks at a matter."""

    def make(matter: str, language: str = "en", **selection: Any) -> Store:
        store = store_of(language, **selection)
        store.matter = matter
        return store

    return make


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)).strip()


def mine(store: Store, name: str) -> pl.DataFrame:
    whole = Selection(events_until=store.events_until)
    return rows(name, store.source, whole).filter(pl.col("matter_id") == store.matter)


# the address


def test_the_matter_is_part_of_the_address_and_asks_past_every_filter(store: Store) -> None:
    store.follow("matter=M005&group=C1&from=3&to=5")
    assert (store.matter, store.notices) == ("M005", [])
    assert "matter=M005" in store.query
    assert "group=C1" in store.query
    assert (store.selection.groups, store.selection.period) == ((), None)


def test_a_link_to_a_matter_leads_to_it(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["C1"], period=(3, 5))
    link = store.link("matter", matter="M005")
    assert link == "matter?matter=M005&group=C1&from=3&to=5"
    store.follow(link.partition("?")[2])
    assert store.matter == "M005"


def test_a_matter_that_is_not_there_is_said(store: Store) -> None:
    store.follow("matter=M999")
    assert store.matter == ""
    assert [notice.key for notice in store.notices] == ["notice.matter"]


# every matter


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_shows_every_matter_without_codes(store_of: Callable[..., Store], language: str) -> None:
    page = Matter(store_of(language))
    surface = page.main()
    for row in register(page.store.source, Selection()).to_dicts():
        page.store.matter = row["matter_id"]
        shown = sheet(surface)["views"]
        said = plain(" ".join(view["html"] for view in shown.values()))
        assert row["title_zh"] in said
        assert row["matter_no"] in said
        assert not re.search(r"\b(nan|None|null|B-[A-Z]+|[a-z]+_[a-z]+)\b", said), said


def test_without_a_matter_its_page_offers_them_all(store: Store) -> None:
    page = Matter(store)
    assert html(MatterAnswer(store)).count("<li>") == 24
    assert all(patch(view).get("empty") for view in page.own_views()[1:])


def test_a_matter_that_is_not_registered_yet_is_said_to_be_later(of: Callable[..., Store]) -> None:
    store = of("M023", events_until=date(2014, 4, 1))
    assert say("en", "matter.later") in html(MatterAnswer(store))
    assert all(patch(kind(store)).get("empty") for kind in VIEWS[1:])


@pytest.mark.parametrize("kind", VIEWS)
def test_a_matter_is_shown_whole_whatever_is_selected(of: Callable[..., Store], kind: Any) -> None:
    assert html(kind(of("M005", groups=["T2"], period=(2, 2)))).replace("group=T2&amp;from=2&amp;to=2", "").count(
        "<"
    ) == html(kind(of("M005"))).count("<")


# where it is


def test_a_closed_matter_tells_how_late_it_is_and_light_and_slip_apart(of: Callable[..., Store]) -> None:
    said = plain(html(MatterAnswer(of("M005"))))
    assert (
        "“旧城区排水整治” is closed: it took 97 days from its registration, 57 days past the deadline in force." in said
    )
    assert "Light worked out for 28 Sep 2014: ◧ Closed late ." in said
    assert "Last slip really issued: ■ red slip , on 8 May 2014." in said


def test_an_open_matter_tells_who_has_it_and_how_far_beyond(of: Callable[..., Store]) -> None:
    store = of("M005", known_on=MEETING)
    last = mine(store, "stall_days").sort("hop_no").to_dicts()[-1]
    assert (last["level"], last["held_days"], last["stall_days"]) == (1, 26, 21)
    said = plain(html(MatterAnswer(store)))
    assert "lies with County government supervision office (county) since 18 Mar 2014: 26 days, 21 days more" in said
    assert "No slip was issued." in said


def test_claimed_is_not_closed(of: Callable[..., Store]) -> None:
    assert "Claimed done on 18 Sep 2014 and not verified" in html(MatterAnswer(of("M023")))
    assert "Claimed done" not in html(MatterAnswer(of("M005")))


def test_a_cancelled_matter_is_said_to_be_and_has_no_light(of: Callable[..., Store]) -> None:
    store = of("M017")
    assert "was cancelled; this is known since 30 Jun 2014." in html(MatterAnswer(store))
    assert "Light" not in html(MatterAnswer(store))
    assert plain(html(MatterLateness(store))).count("Cancelled: no deadline binds any more.") == 3


def test_every_light_and_slip_shown_is_that_of_the_listing(of: Callable[..., Store]) -> None:
    store = of("")
    for row in lights(store.source, store.selection).to_dicts():
        store.matter = row["matter_id"]
        said = html(MatterAnswer(store))
        assert f"{LIGHTS[row['light']].glyph} {say('en', 'light.' + row['light'])}" in said
        assert (say("en", "matter.slip.none") in said) == (row["slip_colour"] is None)


# who held it


def test_the_bars_are_the_days_held_within_and_beyond_what_was_allowed(of: Callable[..., Store]) -> None:
    store = of("")
    for matter in register(store.source, Selection())["matter_id"]:
        store.matter = matter
        expected = mine(store, "stall_days").sort("hop_no")
        figure = patch(HopTimeline(store))["figure"]
        bars, tones = figure["columns"]["bars"], store.look
        found = dict.fromkeys(range(expected.height), (0.0, 0.0))
        for left, right, top, colour in zip(bars["left"], bars["right"], bars["top"], bars["color"], strict=True):
            row, (held, over) = round(top + 0.1), found[round(top + 0.1)]
            beyond = colour == tones.colours["bad-soft"]
            found[row] = (held + right - left, over + (right - left if beyond else 0.0))
        for at, hop in enumerate(expected.to_dicts()):
            held, over = found[at]
            assert round(held - 0.001) == hop["held_days"]
            assert over == hop["stall_days"]  # the county allows calendar days only


def test_a_return_is_marked_on_the_row_of_who_got_it_back(of: Callable[..., Store]) -> None:
    store = of("M004")
    columns = patch(HopTimeline(store))["figure"]["columns"]
    returned = steps(store.source, Selection()).filter(
        pl.col("matter_id") == "M004", pl.col("event_type") == "returned"
    )
    at = columns["glyphs"]["text"].index("\u21a9")
    assert columns["glyphs"]["x"][at] == returned["happened_on"].item().toordinal()
    assert round(columns["glyphs"]["y"][at]) == returned["hop_no"].item() - 1
    assert "returned once" in html(HopTimeline(store))


def test_both_deadlines_and_the_day_looked_at_stand_across(of: Callable[..., Store]) -> None:
    open_one = patch(HopTimeline(of("M023")))["figure"]["columns"]
    assert sorted(open_one["limits"]["x0"]) == [day.toordinal() for day in (date(2014, 9, 9), date(2014, 9, 29))]
    assert open_one["today"]["x0"] == [date(2014, 9, 28).toordinal()]
    closed = patch(HopTimeline(of("M004")))["figure"]["columns"]
    assert (len(closed["limits"]["x0"]), closed["today"]["x0"]) == (1, [])


def test_a_deadline_moved_later_is_not_drawn_before_it_was(of: Callable[..., Store]) -> None:
    store = of("M005", events_until=date(2014, 3, 31))
    assert len(patch(HopTimeline(store))["figure"]["columns"]["limits"]["x0"]) == 1
    assert "The deadline was never moved: 3 days left." in html(MatterLateness(store))


def test_near_marks_become_one_that_says_all_and_shows_the_gravest(of: Callable[..., Store]) -> None:
    chart: Any = HopTimeline(of("M005"))
    axis = dates_axis(date(2014, 3, 10), date(2014, 6, 18), "en")
    first = float(date(2014, 4, 1).toordinal())
    marks = [Happening(0, first, "+", "one", "#111", 1), Happening(0, first + 1, "!", "two", "#222", 5)]
    drawn = SpanChart.figure(chart, [Track("a", "b", "c")], axis, [Stretch(0, first, first + 9, "", "#333")], marks)
    assert drawn["columns"]["rings"]["words"] == ["one<br>two"]
    assert drawn["columns"]["glyphs"]["text"] == ["!"]


def test_the_words_of_lines_never_stand_on_one_another_and_stay_inside(of: Callable[..., Store]) -> None:
    chart: Any = HopTimeline(of("M005"))
    axis = dates_axis(date(2014, 3, 10), date(2014, 6, 18), "en")
    days = [date(2014, 6, 16).toordinal(), date(2014, 6, 17).toordinal(), date(2014, 3, 11).toordinal()]
    lines = [Upright(float(at), str(at), "#111") for at in days]
    columns = SpanChart.figure(chart, [Track("a", "b", "c")], axis, [], (), lines)["columns"]
    heights = columns["after"]["y"] + columns["before"]["y"]
    assert len(set(heights)) == 3
    assert columns["after"]["text"] == [str(days[2])]


@pytest.mark.parametrize("reach", [0, 3, 30, 300, 3000])
def test_an_axis_of_days_names_few_mondays(reach: int) -> None:
    first = date(2014, 3, 12)
    axis = dates_axis(first, date.fromordinal(first.toordinal() + reach), "en")
    assert 1 <= len(axis.ticks) <= 4
    assert len(axis.ticks) == len(axis.labels)
    assert all(date.fromordinal(int(tick)).weekday() == 0 for tick in axis.ticks)
    assert axis.start < axis.ticks[0] <= axis.ticks[-1] < axis.end


def test_every_step_is_in_the_table_with_the_day_it_was_told(of: Callable[..., Store]) -> None:
    store = of("M005")
    taken = steps(store.source, Selection()).filter(pl.col("matter_id") == "M005")
    markup = html(MatterSteps(store))
    assert markup.count("<tr>") - 1 == taken.height == 16
    for step in taken.to_dicts():
        assert f'data-at="{step["reported_at"].date()}"' in markup
    assert "16 steps: urged 1 ×, 2 slips issued, returned 0 ×." in markup


# by which deadline


def test_lateness_is_told_by_both_deadlines_with_who_asked(of: Callable[..., Store]) -> None:
    said = plain(html(MatterLateness(of("M005"))))
    assert "By the original deadline closed 77 days late; by the one in force closed 57 days late." in said
    assert "The extension added 20 days." in said
    assert "31 Mar 2014 extension asked for Fishery Station no reason on record" in said
    assert "1 Apr 2014 extension granted not on record no reason on record +20" in said


def test_days_left_are_not_days_late(of: Callable[..., Store]) -> None:
    said = plain(html(MatterLateness(of("M023"))))
    assert "By the original deadline 19 days overdue and open; by the one in force 1 day left." in said


# element by element


def test_each_element_shows_what_each_level_made_of_it(of: Callable[..., Store]) -> None:
    store = of("M011")
    markup = html(MatterElements(store))
    told = mine(store, "retention_rate").filter(pl.col("level") > 0)
    for state, mark in ELEMENTS.items():
        shown = markup.count(f"{mark.glyph} {say('en', 'element.' + state)}</span>")
        assert shown == told.filter(pl.col("element_state") == state).height
    assert "Of 4 elements 2 are as decided at the lowest level they have reached; not so: goal and scope." in markup


def test_what_was_reached_and_by_how_much_it_falls_short_is_that_of_the_indicator(of: Callable[..., Store]) -> None:
    store = of("M005")
    short = mine(store, "result_shortfall").sort("element_no")
    shown = [float(one) for one in re.findall(r'data-key="([0-9.]+)">\d+%', html(MatterElements(store)))]
    assert shown == [float(one) for one in short["shortfall"]]


def test_a_result_reached_after_the_day_asked_is_not_shown(of: Callable[..., Store]) -> None:
    assert "112.8" in html(MatterElements(of("M005")))
    assert "112.8" not in html(MatterElements(of("M005", events_until=date(2014, 6, 17))))


# what was read otherwise


def test_the_moved_deadline_is_told_with_both_clocks(of: Callable[..., Store]) -> None:
    said = plain(html(MatterHistory(of("M005"))))
    expected = "deadline in force 3 Apr 2014 23 Apr 2014 1 Apr 2014 2 Apr 2014 30 Mar 2014 6 Apr 2014 5 Fishery Station"
    assert expected in said
    assert "Its standing moved on 4 times." in said


def test_an_earlier_snapshot_does_not_know_what_was_learnt_later(of: Callable[..., Store]) -> None:
    assert "23 Apr 2014" not in html(MatterHistory(of("M005", known_on=date(2014, 3, 30))))
    assert "23 Apr 2014" in html(MatterHistory(of("M005", known_on=date(2014, 4, 6))))


# hostile texts


@pytest.fixture(scope="module")
def hostile_matter(demo_data: Any) -> Source:
    frames = hostile.frames(demo_data)
    bad = pl.lit("<img src=x onerror=alert(1)>")
    frames = dict(frames) | {"matters": frames["matters"].with_columns(title_zh=bad, matter_no=bad)}
    return Source.from_frames(frames, date(2014, 9, 28))


def test_texts_of_matters_and_bodies_are_never_markup(hostile_matter: Source) -> None:
    page = Matter(Store(standing_for(hostile_matter)))
    for matter in ("", *hostile_matter.table("matters")["matter_id"].to_list()):
        page.store.matter = matter
        for view in page.own_views():
            shown = view.shown()
            assert "<img" not in shown["html"]
            if "figure" in shown:
                assert "<img" not in " ".join(shown["figure"]["columns"]["bars"]["words"])
                assert "<img" not in view.twin(view.answer())
