"""Everything about one matter."""

from dashboards.views.matter.answer import MatterAnswer
from dashboards.views.matter.elements import MatterElements
from dashboards.views.matter.facts import MatterFacts
from dashboards.views.matter.history import MatterHistory
from dashboards.views.matter.hops import HopTimeline
from dashboards.views.matter.lateness import MatterLateness
from dashboards.views.matter.taken import MatterSteps

__all__ = [
    "HopTimeline",
    "MatterAnswer",
    "MatterElements",
    "MatterFacts",
    "MatterHistory",
    "MatterLateness",
    "MatterSteps",
]
