"""One visual each, independent of one another; every view is shown alone in a notebook or composed on a page."""

from dashboards.views.banner import Banner
from dashboards.views.dossier import Actions, Facts, Visited
from dashboards.views.filters import Filters
from dashboards.views.footer import Footer
from dashboards.views.headline import Headline
from dashboards.views.kpis import Kpis
from dashboards.views.lag import ReportingLag
from dashboards.views.lineup import LineUp
from dashboards.views.notices import Notices
from dashboards.views.stamp import Stamp
from dashboards.views.trend import Trend
from dashboards.views.units import Units
from dashboards.views.visits import VisitMap
from dashboards.views.why import Why

__all__ = [
    "FIGURES",
    "Actions",
    "Banner",
    "Facts",
    "Filters",
    "Footer",
    "Headline",
    "Kpis",
    "LineUp",
    "Notices",
    "ReportingLag",
    "Stamp",
    "Trend",
    "Units",
    "VisitMap",
    "Visited",
    "Why",
]

FIGURES = (LineUp, VisitMap, Trend, ReportingLag)
"""The views that draw a figure."""
