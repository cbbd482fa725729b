"""Who is late, and is it late work or late news."""

from dashboards.pages.base import Page
from dashboards.views.reporting import (
    FiledReports,
    GroupLag,
    GroupLatency,
    KnownGrowth,
    LateVerdict,
    LearntLate,
    NewestWeeks,
    ReportingGroups,
    ReportingLag,
    WorkOrNews,
)


class Reporting(Page):
    """Work and news of every due action, the weekly reports, how long news takes, and what the office did not know."""

    name_key = "page.reporting"
    kinds = (
        LateVerdict,
        WorkOrNews,
        KnownGrowth,
        FiledReports,
        "reporting.lags",
        GroupLatency,
        GroupLag,
        ReportingLag,
        NewestWeeks,
        LearntLate,
        ReportingGroups,
    )
