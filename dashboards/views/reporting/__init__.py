"""Who is late, and is it late work or late news."""

from dashboards.views.reporting.filed import FiledReports
from dashboards.views.reporting.groups import ReportingGroups
from dashboards.views.reporting.growth import KnownGrowth
from dashboards.views.reporting.lag import GroupLag, ReportingLag
from dashboards.views.reporting.latency import GroupLatency
from dashboards.views.reporting.learnt import LearntLate
from dashboards.views.reporting.newest import NewestWeeks
from dashboards.views.reporting.split import WorkOrNews
from dashboards.views.reporting.verdict import LateVerdict

__all__ = [
    "FiledReports",
    "GroupLag",
    "GroupLatency",
    "KnownGrowth",
    "LateVerdict",
    "LearntLate",
    "NewestWeeks",
    "ReportingGroups",
    "ReportingLag",
    "WorkOrNews",
]
