"""Time not delayed, steps not altered, content not omitted, standards not lowered."""

from dashboards.views.standards.answered import FourStandards
from dashboards.views.standards.boards import Boards
from dashboards.views.standards.content import ContentMap
from dashboards.views.standards.marks import OwnMarks
from dashboards.views.standards.matrix import ActionMatrix
from dashboards.views.standards.moved import MovedDates
from dashboards.views.standards.order import OrderBroken
from dashboards.views.standards.witnesses import Witnesses

__all__ = [
    "ActionMatrix",
    "Boards",
    "ContentMap",
    "FourStandards",
    "MovedDates",
    "OrderBroken",
    "OwnMarks",
    "Witnesses",
]
