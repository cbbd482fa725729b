"""Deep and persistent, or a burst."""

from dashboards.views.visits.trend import Trend
from dashboards.views.visits.weeks import VisitMap

__all__ = ["Trend", "VisitMap"]
