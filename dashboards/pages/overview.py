"""Where do we stand, what changed, what next: the first page a leader sees."""

from dashboards.pages.base import Page
from dashboards.views.lineup import GroupRates
from dashboards.views.overview import Changes, Drivers, Encourage, Forward, Headline, Kpis, Press
from dashboards.views.reporting import ReportingLag
from dashboards.views.units import Units
from dashboards.views.visits import Trend, VisitMap


class Overview(Page):
    """The six functions of the meeting, one section each: report, line-up, analyse, press, encourage, push forward."""

    name_key = "page.overview"
    kinds = (
        *(Headline, Kpis),
        *("overview.report", Changes),
        *("overview.lineup", GroupRates, VisitMap),
        *("overview.analyse", Drivers, Trend, ReportingLag),
        *(Press, Encourage, Forward),
        *("overview.units", Units),
    )
