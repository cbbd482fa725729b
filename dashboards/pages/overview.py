"""Where do we stand, what changed: the first page a leader sees."""

from dashboards.pages.base import Page
from dashboards.views import Headline, Kpis, LineUp, ReportingLag, Trend, Units, VisitMap, Why


class Overview(Page):
    """One sentence, five figures, groups with intervals, visits by week, the trend, the reporting lag, all units."""

    name_key = "page.overview"
    kinds = (Headline, Kpis, LineUp, VisitMap, Trend, ReportingLag, Units, Why)
