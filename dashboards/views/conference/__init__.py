"""Who inspects whom when, what can be merged, what it costs the units, and what past conferences came to."""

from dashboards.views.conference.burden import BurdenUnits
from dashboards.views.conference.burdened import BurdenMonths
from dashboards.views.conference.decided import Decided
from dashboards.views.conference.figures import ConferenceFigures
from dashboards.views.conference.meeting import MeetingPairs
from dashboards.views.conference.merge import MergeAhead, MergeBegun
from dashboards.views.conference.month import InspectionMonth
from dashboards.views.conference.overlapped import OverlapBodies
from dashboards.views.conference.settled import DecisionList
from dashboards.views.conference.timeline import InspectionTimeline
from dashboards.views.conference.verdict import ConferenceVerdict

__all__ = [
    "BurdenMonths",
    "BurdenUnits",
    "ConferenceFigures",
    "ConferenceVerdict",
    "Decided",
    "DecisionList",
    "InspectionMonth",
    "InspectionTimeline",
    "MeetingPairs",
    "MergeAhead",
    "MergeBegun",
    "OverlapBodies",
]
