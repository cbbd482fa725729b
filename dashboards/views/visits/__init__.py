"""Deep and persistent, or a burst."""

from dashboards.views.visits.answered import DeepOrBurst
from dashboards.views.visits.burst import Burst
from dashboards.views.visits.depth import Depth
from dashboards.views.visits.duties import Duties
from dashboards.views.visits.exposure import Exposure
from dashboards.views.visits.groups import VisitGroups
from dashboards.views.visits.silences import Silences
from dashboards.views.visits.trend import Trend
from dashboards.views.visits.unit_weeks import UnitWeeks
from dashboards.views.visits.weeks import VisitMap

__all__ = [
    "Burst",
    "DeepOrBurst",
    "Depth",
    "Duties",
    "Exposure",
    "Silences",
    "Trend",
    "UnitWeeks",
    "VisitGroups",
    "VisitMap",
]
