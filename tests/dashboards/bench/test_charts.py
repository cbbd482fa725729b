"""A chart carries exactly the numbers of the frame, as HoloViews and as the static picture."""

import re
from typing import Any

import holoviews as hv
import polars as pl
import pytest

from dashboards.bench import Figures, Snapshots
from dashboards.bench.marks import Marks
from dashboards.bench.scale import Scale
from dashboards.bench.static import MOST, svg
from dashboards.notebook import _shown

ASKED = [
    ("on_time_rate", ()),
    ("on_time_rate", ("group",)),
    ("on_time_rate", ("week",)),
    ("visits_per_unit", ("week",)),
    ("visits_per_unit", ("group",)),
    ("visits_per_unit", ("group", "week")),
    ("completion_rate", ("group", "unit_type")),
    ("completion_rate", ("action",)),
    ("action_delay", ("stage",)),
    ("quality_score_gap", ("group",)),
    ("stall_days", ("body",)),
    ("drift", ("level",)),
    ("longest_gap", ("week",)),
    ("on_time_rate", ("unit",)),
    ("completion_rate", ("group", "unit_type", "week")),
    ("group_balance", ()),
]
COUNTS = ("value", "numerator", "denominator", "n_missing", "maturity")
by_question = pytest.mark.parametrize(("name", "by"), ASKED)


def carried(chart: hv.Overlay) -> list[tuple[Any, ...]]:
    """What the marks of a chart carry: value and counts of each."""
    marks = next(each for each in chart.values() if "numerator" in [str(one) for one in each.dimensions()])
    columns = [marks.dimension_values(name, expanded=True, flat=True).tolist() for name in COUNTS]
    return sorted(zip(*columns, strict=True))


def known(figures: Figures) -> list[tuple[Any, ...]]:
    return sorted(figures.frame.filter(pl.col("value").is_not_null()).select(COUNTS).rows())


@by_question
def test_a_chart_carries_the_numbers_of_the_frame(opened: Snapshots, name: str, by: tuple[str, ...]) -> None:
    figures = opened.indicator(name, by)
    assert carried(figures.chart()) == known(figures)


@by_question
def test_the_picture_carries_the_numbers_of_the_frame(opened: Snapshots, name: str, by: tuple[str, ...]) -> None:
    figures = opened.indicator(name, by)
    marks = figures._marks
    kept = [row["value"] for row in marks.head(MOST).frame.to_dicts() if row["value"] is not None]
    drawn = [float(value) for value in re.findall(r'data-value="([^"]+)"', svg(marks))]
    assert sorted(drawn) == sorted(kept)
    if marks.height <= MOST or marks.kind == "weeks":
        assert sorted(drawn) == [row[0] for row in known(figures)]


@by_question
def test_every_chart_is_drawn_and_stands_on_zero(opened: Snapshots, name: str, by: tuple[str, ...]) -> None:
    figure = hv.render(opened.indicator(name, by).chart(), backend="bokeh")
    kind = opened.indicator(name, by)._marks.kind
    if kind != "grid":
        span = figure.y_range if kind == "weeks" else figure.x_range
        assert min(span.start, span.end) <= 0 <= max(span.start, span.end)
    assert figure.toolbar_location is None


def test_groups_stand_by_their_share_best_first_with_interval_and_n(opened: Snapshots) -> None:
    figures = opened.indicators.on_time_rate(by="group")
    frame = figures._marks.frame
    assert frame["value"].to_list() == sorted(figures["value"].to_list(), reverse=True)
    assert (frame["low"] <= frame["value"]).all()
    assert (frame["high"] >= frame["value"]).all()
    assert frame["label"][0].endswith(f"n={frame['denominator'][0]}")
    late = opened.indicators.late_arriving_share(by="group", known_on="2014-04-13")._marks.frame["value"].to_list()
    assert late == sorted(late)


def test_what_is_no_share_of_things_counted_has_no_interval(opened: Snapshots) -> None:
    assert not opened.indicators.visits_per_unit(by="group")._marks.has_interval
    assert not opened.indicators.drift(by="level")._marks.has_interval


def test_weeks_whose_data_are_not_in_are_hollow_and_dashed(opened: Snapshots) -> None:
    figures = opened.indicators.visits_per_unit(by="week")
    early = figures.frame.filter(pl.col("maturity") == "immature")["week"].to_list()
    assert early
    points = next(each for each in figures.chart().values() if isinstance(each, hv.Points))
    ground = svg(figures._marks)
    hollow = [
        week
        for week, fill in zip(points.dimension_values("week"), points.dimension_values("fill"), strict=True)
        if fill == "#ffffff"
    ]
    assert hollow == early
    assert ground.count("stroke-dasharray") >= len(early)
    assert ground.count('fill="#ffffff" stroke=') == len(early)


def test_a_line_does_not_cross_weeks_without_a_value(opened: Snapshots) -> None:
    marks = opened.indicators.on_time_rate(by="week")._marks
    empty = marks.frame.filter(pl.col("value").is_null())["week"].to_list()
    assert empty
    assert all(latter["week"] - former["week"] == 1 for former, latter in marks.joined)
    assert not {week for pair in marks.joined for week in (pair[0]["week"], pair[1]["week"])} & set(empty)


def test_a_chart_speaks_the_language_asked_for(opened: Snapshots) -> None:
    figures = opened.indicators.on_time_rate(by="unit_type")
    for language, word in (("en", "township"), ("zh", "乡镇")):
        chart = figures.chart(language)
        assert any(word in label for _, label in hv.Store.lookup_options("bokeh", chart, "plot").kwargs["yticks"])


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((0.2, 0.9), (0.0, 1.0)),
        ((-3.0, 12.0), (-5.0, 15.0)),
        ((0.0, None), (0.0, 1.0)),
        ((-4.0,), (-4.0, 0.0)),
        ((), (0.0, 1.0)),
    ],
)
def test_a_scale_holds_zero_and_every_value(values: tuple[float | None, ...], ends: tuple[float, float]) -> None:
    scale = Scale.over(values, "days")
    assert (scale.start, scale.end) == ends
    assert 0.0 in scale.ticks
    assert len(scale.ticks) == len(scale.labels) <= 9


def test_a_selection_without_data_is_drawn_too(opened: Snapshots) -> None:
    figures = opened.indicator("plan_progress", "aspect", unit_types="township")
    assert known(figures) == []
    assert isinstance(figures._marks, Marks)
    hv.render(figures.chart(), backend="bokeh")
    assert "<svg" in svg(figures._marks)
    assert figures._repr_html_()


def test_a_chart_in_a_cell_names_no_other_host(opened: Snapshots) -> None:
    shown, _ = _shown(opened.indicators.visits_per_unit(by=["group", "week"]).chart())
    assert "Quad" in shown["text/html"]
    assert not re.search(r"(src|href|from|import)\W{1,3}https?:|cdn|\.css", shown["text/html"])
    assert len(shown["text/html"]) < 128 * 1024
