"""The kinds of chart, without data: HoloViews draws each once, a view fills it with columns."""

from dashboards.charts.figure import FigureView
from dashboards.charts.heat import HeatCell, HeatChart
from dashboards.charts.plane import Line, PlaneChart, Point
from dashboards.charts.rows import Row, RowChart
from dashboards.charts.scales import Axis, days_axis, share_axis, week_ticks
from dashboards.charts.stacks import Piece, StackChart

__all__ = [
    "Axis",
    "FigureView",
    "HeatCell",
    "HeatChart",
    "Line",
    "Piece",
    "PlaneChart",
    "Point",
    "Row",
    "RowChart",
    "StackChart",
    "days_axis",
    "share_axis",
    "week_ticks",
]
