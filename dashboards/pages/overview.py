"""Where do we stand, what changed: the first page a leader sees."""

from dashboards.pages.base import Page
from dashboards.views.lineup import GroupRates
from dashboards.views.overview import Headline, Kpis
from dashboards.views.reporting import ReportingLag
from dashboards.views.units import Units
from dashboards.views.visits import Trend, VisitMap


class Overview(Page):
    """One sentence, five figures, groups with intervals, visits by week, the trend, the reporting lag, all units."""

    name_key = "page.overview"
    kinds = (Headline, Kpis, GroupRates, VisitMap, Trend, ReportingLag, Units)
