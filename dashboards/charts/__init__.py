"""The kinds of chart, without data: HoloViews draws each once, a view fills it with columns."""

from dashboards.charts.figure import FigureView
from dashboards.charts.heat import HeatCell, HeatChart
from dashboards.charts.plane import Line, PlaneChart, Point
from dashboards.charts.rows import Row, RowChart
from dashboards.charts.scales import Axis, dates_axis, days_axis, share_axis, week_ticks
from dashboards.charts.spans import Happening, SpanChart, Stretch, Track, Upright
from dashboards.charts.stacks import Piece, StackChart

__all__ = [
    "Axis",
    "FigureView",
    "Happening",
    "HeatCell",
    "HeatChart",
    "Line",
    "Piece",
    "PlaneChart",
    "Point",
    "Row",
    "RowChart",
    "SpanChart",
    "StackChart",
    "Stretch",
    "Track",
    "Upright",
    "dates_axis",
    "days_axis",
    "share_axis",
    "week_ticks",
]
