"""The chart of figures as HoloViews elements in the house's light look, to be worked on like any other element."""

import sys
from typing import Any

import holoviews as hv
import holoviews.plotting.bokeh
import polars as pl

from dashboards.bench.marks import Marks
from dashboards.notebook import show_charts
from dashboards.theme import Look, dress

LOOK = Look()
WIDTH = 820
KEPT = ("numerator", "denominator", "n_missing", "maturity", "words")
HOVER = "@words"


def element(marks: Marks) -> hv.Overlay:
    """The marks as an overlay; every element carries the value, what it is made of and the words under the pointer."""
    hv.Store.set_current_backend("bokeh")
    if "IPython" in sys.modules:
        show_charts()
    layers = {"rows": _rows, "weeks": _weeks, "grid": _grid}[marks.kind](marks)
    return hv.Overlay(list(layers)).opts(
        title=marks.title, show_legend=False, shared_axes=False, toolbar="above", hooks=[_dress], backend="bokeh",
        **_frame(marks),
    )  # fmt: skip


def _rows(marks: Marks) -> list[Any]:
    known, inks = marks.frame.filter(pl.col("value").is_not_null()), LOOK.colours
    tones = _tones(known)
    if not marks.has_interval:
        ends = {"zero": [0.0] * known.height, "top": _shifted(known, -0.34), "bottom": _shifted(known, 0.34)}
        data = {**ends, "value": known["value"].to_list(), "fill": tones, **_carried(known)}
        dimensions = ["zero", "top", "value", "bottom"]
        bars = hv.Rectangles(data, dimensions, ["fill", *KEPT]).opts(
            color="fill", line_color=inks["accent"], tools=["hover"], hover_tooltips=HOVER
        )
        return [bars]
    return [_intervals(known, ["low", "place", "high", "place_to"]), _points(known, ["value", "place"], tones)]


def _weeks(marks: Marks) -> list[Any]:
    known, colour = marks.frame.filter(pl.col("value").is_not_null()), LOOK.colours["accent"]
    layers: list[Any] = [] if not marks.has_interval else [_intervals(known, ["place", "low", "place_to", "high"])]
    for dash, wanted in (("solid", False), ("dashed", True)):
        kept = [pair for pair in marks.joined if any(row["maturity"] == "immature" for row in pair) is wanted]
        lines = {
            "week": [former["week"] for former, _ in kept],
            "from": [former["value"] for former, _ in kept],
            "week_to": [latter["week"] for _, latter in kept],
            "to": [latter["value"] for _, latter in kept],
        }
        layers.append(hv.Segments(lines, list(lines)).opts(color=colour, line_width=2, line_dash=dash))
    return [*layers, _points(known, ["week", "value"], _tones(known))]


def _grid(marks: Marks) -> list[Any]:
    known, scale = marks.frame.filter(pl.col("value").is_not_null()), marks.scale
    shares = [scale.at(value, 1.0) for value in known["value"].to_list()]
    across, down = known["across"].to_list(), known["down"].to_list()
    lines = [LOOK.colours["accent"] if one == "immature" else None for one in known["maturity"].to_list()]
    data = {
        "left": [at - 0.46 for at in across],
        "top": [at - 0.44 for at in down],
        "right": [at + 0.46 for at in across],
        "bottom": [at + 0.44 for at in down],
        "value": known["value"].to_list(),
        "fill": [LOOK.step(share) for share in shares],
        "line": [line or LOOK.colours["card"] for line in lines],
        **_carried(known),
    }
    cells = hv.Rectangles(data, ["left", "top", "right", "bottom"], ["value", "fill", "line", *KEPT]).opts(
        color="fill", line_color="line", line_dash="dashed", tools=["hover"], hover_tooltips=HOVER
    )
    if len(marks.across) > 16:
        return [cells]
    texts = [marks.shown(value) for value in known["value"].to_list()]
    data = {"x": across, "y": down, "text": texts, "ink": [LOOK.ink_on(share) for share in shares]}
    return [cells, hv.Labels(data, ["x", "y"], ["text", "ink"]).opts(text_color="ink", text_font_size="11px")]


def _intervals(frame: pl.DataFrame, ends: list[str]) -> hv.Segments:
    data = {name: frame[name.removesuffix("_to")].cast(pl.Float64).to_list() for name in ends}
    return hv.Segments(data, ends).opts(color=LOOK.colours["band"], line_width=6)


def _points(frame: pl.DataFrame, ends: list[str], tones: list[str]) -> hv.Points:
    data = {name: frame[name].to_list() for name in ends} | {"fill": tones} | _carried(frame)
    return hv.Points(data, ends, ["fill", *KEPT]).opts(
        color="fill", line_color=LOOK.colours["accent"], line_width=2, size=9, tools=["hover"], hover_tooltips=HOVER
    )


def _carried(frame: pl.DataFrame) -> dict[str, list[Any]]:
    return {name: frame[name].to_list() for name in KEPT}


def _tones(frame: pl.DataFrame) -> list[str]:
    """Full where the data are in, hollow where they are not."""
    hollow, full = LOOK.colours["card"], LOOK.colours["accent"]
    return [hollow if one == "immature" else full for one in frame["maturity"].to_list()]


def _shifted(frame: pl.DataFrame, by: float) -> list[float]:
    return [at + by for at in frame["place"].to_list()]


def _frame(marks: Marks) -> dict[str, Any]:
    """Ranges, ticks and size: zero on the scale of values, the first row on top."""
    scale, height = marks.scale, 60 + 24 * max(marks.height, 1)
    pad = (scale.end - scale.start) * 0.02
    ticks, span = list(zip(scale.ticks, scale.labels, strict=True)), (scale.start - pad, scale.end + pad)
    if marks.kind == "weeks":
        weeks = marks.frame["week"].to_list()
        every = max(1, round(len(weeks) / 12))
        named = list(zip(weeks, marks.frame["label"].to_list(), strict=True))[::every]
        ends = (min(weeks, default=1) - 0.5, max(weeks, default=1) + 0.5)
        return {"xlim": ends, "ylim": span, "xticks": named, "yticks": ticks, "width": WIDTH, "height": 320}
    down = list(enumerate(marks.down if marks.kind == "grid" else marks.frame["label"].to_list())) or [(0, "–")]
    sides = {"ylim": (-0.6, len(down) - 0.4), "yticks": down, "invert_yaxis": True, "width": WIDTH, "height": height}
    if marks.kind == "rows":
        return {**sides, "xlim": span, "xticks": ticks}
    across = list(enumerate(marks.across))
    every = max(1, round(len(across) / 14))
    return {**sides, "xlim": (-0.5, len(across) - 0.5), "xticks": across[::every]}


def _dress(plot: Any, _element: Any) -> None:
    width, title = plot.state.width, plot.state.title
    dress(plot.state, LOOK)
    plot.state.update(width=width, sizing_mode=None, title=title, background_fill_color=LOOK.colours["card"])
