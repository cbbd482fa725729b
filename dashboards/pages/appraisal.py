"""The coursework mark, what it rests on, and how far a rank rests on its weight."""

from dashboards.pages.base import Page
from dashboards.views.appraisal import (
    AppealList,
    EvidenceRow,
    MarksByClass,
    MarksVerdict,
    MarkTable,
    MarkWaterfall,
    PointList,
    RankByWeight,
    RulesInForce,
    TermButtons,
    WeightSlider,
)


class Appraisal(Page):
    """Marks of a term by class of peers, ranks by weight, the points behind one unit's mark, appeals, rules."""

    name_key = "page.appraisal"
    of_weeks = False
    kinds = (
        *(MarksVerdict, TermButtons, MarksByClass),
        *("appraisal.ranks", WeightSlider, RankByWeight, MarkTable),
        *("appraisal.unit", MarkWaterfall, PointList, EvidenceRow),
        *("appraisal.basis", AppealList, RulesInForce),
    )
