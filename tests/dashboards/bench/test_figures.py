"""Figures are those of `queries.run`, whatever is asked, and easy to take as Polars."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboards import open_data
from dashboards.bench import Snapshots
from dashboards.bench.definition import dimensions
from dashboards.settings import SettingsError
from data.exceptions import DataError
from queries import QueryError, Selection, indicator, indicators, open_source, rows, run

SOME = {"groups": ("T1", "C3"), "unit_types": ("township", "county_department"), "period": (3, 20)}
THEN = date(2014, 4, 13)


def grains(name: str) -> list[tuple[str, ...]]:
    """Over all, by every dimension the indicator has, and by some pairs of them."""
    known = dimensions(indicator(name))
    return [(), *((each,) for each in known), known[:2], (known[0], known[-1])]


@pytest.mark.parametrize("name", indicators())
def test_figures_are_those_of_run_by_every_dimension(opened: Snapshots, name: str) -> None:
    source = opened.newest.source
    for by in grains(name):
        assert_frame_equal(opened.indicator(name, by).frame, run(name, source, Selection(), by))
        chosen = opened.indicators[name](by, **SOME)
        assert_frame_equal(chosen.frame, run(name, source, Selection(**SOME), by))


@pytest.mark.parametrize("name", indicators())
def test_rows_add_up_to_the_figure(opened: Snapshots, name: str) -> None:
    found = opened.indicator(name, groups="C1")
    assert_frame_equal(found.rows(), rows(name, opened.newest.source, Selection(groups=("C1",))))


def test_a_comparison_of_groups_takes_the_share_it_compares(opened: Snapshots) -> None:
    source = opened.newest.source
    found = opened.indicator("group_balance", of="weekly_coverage")
    assert_frame_equal(found.frame, run("group_balance", source, Selection(), of="weekly_coverage"))
    assert_frame_equal(found.rows(), rows("group_balance", source, Selection(), "weekly_coverage"))
    assert "group_balance" in found.why().sql or found.why().indicator.over == "weekly_coverage"


def test_polars_takes_figures_as_they_are(opened: Snapshots) -> None:
    found = opened.indicators.on_time_rate(by="group")
    assert_frame_equal(pl.DataFrame(found), found.frame)
    assert found["value"].to_list() == found.frame["value"].to_list()
    assert len(found) == found.frame.height
    assert found.columns == found.frame.columns


def test_known_on_asks_what_was_known_then(opened: Snapshots, demo_data: Path) -> None:
    source = open_source(demo_data, known_on=THEN)
    wanted = run("completion_rate", source, Selection(), ["group"])
    now = run("completion_rate", opened.newest.source, Selection(events_until=THEN), ["group"])
    assert not wanted.equals(now)
    then = open_data(demo_data, known_on="2014-04-13")
    assert then.newest.known_on == THEN
    assert len(then) < len(opened)
    for found in (
        opened.indicator("completion_rate", "group", known_on=THEN),
        opened[THEN].indicator("completion_rate", "group"),
        opened[0].indicators.completion_rate("group", known_on="2014-04-15"),
        then.indicators.completion_rate("group"),
    ):
        assert_frame_equal(found.frame, wanted)
    assert_frame_equal(opened.indicator("completion_rate", "group", events_until=THEN).frame, now)


@pytest.mark.parametrize(
    ("period", "weeks"),
    [
        (5, (5, 5)),
        ((3, 8), (3, 8)),
        ([3, 8], (3, 8)),
        ("5", (5, 5)),
        (("2014-03-24", "2014-05-04"), (3, 8)),
        ((date(2014, 3, 24), datetime(2014, 5, 4, 12)), (3, 8)),
        ("2014-03-24", (3, 3)),
    ],
)
def test_a_period_is_weeks_or_days(opened: Snapshots, period: Any, weeks: tuple[int, int]) -> None:
    assert opened.indicator("on_time_rate", period=period).selection.period == weeks


def test_a_snapshot_is_found_by_place_day_and_name(opened: Snapshots) -> None:
    newest = opened[-1]
    assert newest.id == opened.newest.id == opened[len(opened) - 1].id == opened[newest.id].id
    assert opened["2014-04-15"].known_on == opened[datetime(2014, 4, 15, 8)].known_on == THEN
    assert [each.id for each in opened] == opened.frame["id"].to_list()
    assert [each.id for each in opened[-2:]] == opened.frame["id"].to_list()[-2:]
    assert opened.at().id == newest.id


MISTAKES = {
    "unknown indicator": (lambda data: data.indicator("on_time_rat"), "Did you mean 'on_time_rate'"),
    "unknown key": (lambda data: data.indicators["on_time_rat"], "Did you mean 'on_time_rate'"),
    "unknown by": (lambda data: data.indicator("on_time_rate", "grup"), "Did you mean 'group'"),
    "by of others": (lambda data: data.indicator("on_time_rate", "level"), "unknown dimension 'level' of on_time_rate"),
    "unknown group": (lambda data: data.indicator("on_time_rate", groups="T9"), "unknown group 'T9'. Known: C1, C2"),
    "unknown type": (lambda data: data.indicator("on_time_rate", unit_types="town"), "unknown unit type 'town'"),
    "period beyond": (lambda data: data.indicator("on_time_rate", period=(3, 80)), "choose weeks from 1 to 29"),
    "period turned round": (lambda data: data.indicator("on_time_rate", period=(8, 3)), "period 8-3 does not exist"),
    "period of three": (lambda data: data.indicator("on_time_rate", period=(1, 2, 3)), "give one week or two"),
    "period in words": (lambda data: data.indicator("on_time_rate", period="march"), "neither a campaign week nor"),
    "later known_on": (lambda data: data.indicator("on_time_rate", known_on="2030-01-01"), "lies after the newest"),
    "known_on before": (lambda data: data["2010-01-01"], "lies before the first"),
    "no day": (lambda data: data.at("yesterday"), "known_on 'yesterday' is not a day"),
    "later events": (lambda data: data.indicator("on_time_rate", events_until="2030-01-01"), "lies after known_on"),
    "of where none is": (lambda data: data.indicator("on_time_rate", of="drift"), "leave out 'drift'"),
    "no such name": (lambda data: data["2014-04-13-0005-ffff"], "there is no snapshot '2014-04-13-0005-ffff'"),
    "no such table": (lambda data: data.table("visit"), "Did you mean 'visits'"),
}


@pytest.mark.parametrize(("mistake", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_in_one_line_that_says_what_to_do(opened: Snapshots, mistake: Any, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        mistake(opened)
    shown = caught.value._render_traceback_()  # type: ignore[attr-defined]
    assert shown == [f"{type(caught.value).__name__}: {caught.value}"]
    assert len(shown[0].splitlines()) == 1


def test_a_place_that_is_not_there_names_the_last_one(opened: Snapshots) -> None:
    with pytest.raises(IndexError, match=r"from 0 to 28"):
        opened[29]


def test_a_folder_without_snapshots_and_an_unknown_language_are_told(tmp_path: Path, demo_data: Path) -> None:
    with pytest.raises(DataError, match="No intact snapshot") as caught:
        open_data(tmp_path)
    assert caught.value._render_traceback_()  # type: ignore[attr-defined]
    with pytest.raises(SettingsError, match="give 'en' or 'zh'"):
        open_data(demo_data, language="fr")  # type: ignore[arg-type]


def test_the_folder_and_language_are_those_that_are_set(demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    monkeypatch.setenv("CAMPAIGN_LANGUAGE", "zh")
    found = open_data()
    assert found.folder == demo_data
    assert found.language == "zh"
    assert open_data(language="en").language == "en"
