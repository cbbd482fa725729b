"""The coursework mark of every unit, what it rests on, and how ranks move with its weight."""

from dashboards.views.appraisal.appealed import AppealList
from dashboards.views.appraisal.classes import MarksByClass
from dashboards.views.appraisal.evidence import EvidenceRow
from dashboards.views.appraisal.listed import MarkTable
from dashboards.views.appraisal.points import PointList
from dashboards.views.appraisal.rules import RulesInForce
from dashboards.views.appraisal.terms import TermButtons
from dashboards.views.appraisal.verdict import MarksVerdict
from dashboards.views.appraisal.waterfall import MarkWaterfall
from dashboards.views.appraisal.weight import WeightSlider
from dashboards.views.appraisal.weights import RankByWeight

__all__ = [
    "AppealList",
    "EvidenceRow",
    "MarkTable",
    "MarkWaterfall",
    "MarksByClass",
    "MarksVerdict",
    "PointList",
    "RankByWeight",
    "RulesInForce",
    "TermButtons",
    "WeightSlider",
]
