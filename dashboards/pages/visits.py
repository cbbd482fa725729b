"""Deep and persistent, or a burst: the visits of the groups to their units."""

from dashboards.pages.base import Page
from dashboards.views.visits import (
    Burst,
    DeepOrBurst,
    Depth,
    Duties,
    Exposure,
    Silences,
    Trend,
    UnitWeeks,
    VisitGroups,
    VisitMap,
)


class Visits(Page):
    """Visits by week, by load, in a burst or not, their silences, depth and duties, every unit, every group."""

    name_key = "page.visits"
    kinds = (
        *(DeepOrBurst, VisitMap, Trend),
        *("visits.last", Exposure, Burst, Silences),
        *("visits.deep", Depth, Duties),
        *("visits.units", UnitWeeks, VisitGroups),
    )
