"""The campaign on screen: pages over a store, views over a selection, served or in a notebook.

`from dashboards import Overview` gives the page itself; nothing is imported before it is asked for. In a notebook
every page and every view shows itself live when it is the last line of a cell.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.pages import LineUp, Overview, Plan, Problems, Reporting, Standards, Unit, Visits
    from dashboards.settings import Settings
    from dashboards.store import Store
    from dashboards.views.lineup import (
        GroupFunnel,
        GroupLoad,
        GroupMovement,
        GroupRanks,
        GroupRates,
        LineUpVerdict,
        ShareButtons,
        ShrunkRates,
        Standings,
    )
    from dashboards.views.overview import Headline, Kpis
    from dashboards.views.plan import (
        Carriers,
        OptionalActions,
        PlanAspects,
        PlanItems,
        PlansAdopted,
        PlanVerdict,
        Qingming,
    )
    from dashboards.views.problems import (
        ByCategory,
        OpenAges,
        ProblemFigures,
        ProblemFlow,
        ProblemList,
        ProblemStock,
        ProblemsVerdict,
        RectifiedGroups,
        Recurrence,
    )
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
    from dashboards.views.standards import (
        ActionMatrix,
        Boards,
        ContentMap,
        FourStandards,
        MovedDates,
        OrderBroken,
        OwnMarks,
        Witnesses,
    )
    from dashboards.views.units import Units
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

_HOMES = {
    "pages": (
        "LineUp",
        "Overview",
        "Plan",
        "Problems",
        "Reporting",
        "Standards",
        "Unit",
        "Visits",
    ),
    "settings": ("Settings",),
    "store": ("Store",),
    "views.lineup": (
        "GroupFunnel",
        "GroupLoad",
        "GroupMovement",
        "GroupRanks",
        "GroupRates",
        "LineUpVerdict",
        "ShareButtons",
        "ShrunkRates",
        "Standings",
    ),
    "views.overview": ("Headline", "Kpis"),
    "views.plan": (
        "Carriers",
        "OptionalActions",
        "PlanAspects",
        "PlanItems",
        "PlanVerdict",
        "PlansAdopted",
        "Qingming",
    ),
    "views.problems": (
        "ByCategory",
        "OpenAges",
        "ProblemFigures",
        "ProblemFlow",
        "ProblemList",
        "ProblemStock",
        "ProblemsVerdict",
        "RectifiedGroups",
        "Recurrence",
    ),
    "views.reporting": (
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
    ),
    "views.standards": (
        "ActionMatrix",
        "Boards",
        "ContentMap",
        "FourStandards",
        "MovedDates",
        "OrderBroken",
        "OwnMarks",
        "Witnesses",
    ),
    "views.units": ("Units",),
    "views.visits": (
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
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ActionMatrix",
    "Boards",
    "Burst",
    "ByCategory",
    "Carriers",
    "ContentMap",
    "DeepOrBurst",
    "Depth",
    "Duties",
    "Exposure",
    "FiledReports",
    "FourStandards",
    "GroupFunnel",
    "GroupLag",
    "GroupLatency",
    "GroupLoad",
    "GroupMovement",
    "GroupRanks",
    "GroupRates",
    "Headline",
    "KnownGrowth",
    "Kpis",
    "LateVerdict",
    "LearntLate",
    "LineUp",
    "LineUpVerdict",
    "MovedDates",
    "NewestWeeks",
    "OpenAges",
    "OptionalActions",
    "OrderBroken",
    "Overview",
    "OwnMarks",
    "Plan",
    "PlanAspects",
    "PlanItems",
    "PlanVerdict",
    "PlansAdopted",
    "ProblemFigures",
    "ProblemFlow",
    "ProblemList",
    "ProblemStock",
    "Problems",
    "ProblemsVerdict",
    "Qingming",
    "RectifiedGroups",
    "Recurrence",
    "Reporting",
    "ReportingGroups",
    "ReportingLag",
    "Settings",
    "ShareButtons",
    "ShrunkRates",
    "Silences",
    "Standards",
    "Standings",
    "Store",
    "Trend",
    "Unit",
    "UnitWeeks",
    "Units",
    "VisitGroups",
    "VisitMap",
    "Visits",
    "Witnesses",
    "WorkOrNews",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name != "Settings":
        import_module("dashboards.notebook").prepare()
    return getattr(import_module(f"dashboards.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
