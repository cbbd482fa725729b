"""One visual each, independent of one another; every view is shown alone in a notebook or composed on a page."""

from dashboards.views.banner import Banner
from dashboards.views.difference import Difference
from dashboards.views.dossier import Actions, Facts, Visited
from dashboards.views.filters import Filters
from dashboards.views.footer import Footer
from dashboards.views.gate import Gate
from dashboards.views.headline import Headline
from dashboards.views.inbox import Inbox
from dashboards.views.kpis import Kpis
from dashboards.views.lag import ReportingLag
from dashboards.views.ledger import Ledger
from dashboards.views.lineup import LineUp
from dashboards.views.moves import Moves
from dashboards.views.notices import Notices
from dashboards.views.stamp import Stamp
from dashboards.views.trend import Trend
from dashboards.views.units import Units
from dashboards.views.visits import VisitMap
from dashboards.views.week import Week
from dashboards.views.why import Why

__all__ = [
    "FIGURES",
    "Actions",
    "Banner",
    "Difference",
    "Facts",
    "Filters",
    "Footer",
    "Gate",
    "Headline",
    "Inbox",
    "Kpis",
    "Ledger",
    "LineUp",
    "Moves",
    "Notices",
    "ReportingLag",
    "Stamp",
    "Trend",
    "Units",
    "VisitMap",
    "Visited",
    "Week",
    "Why",
]

FIGURES = (LineUp, VisitMap, Trend, ReportingLag)
"""The views that draw a figure."""
