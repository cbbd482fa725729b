"""Who inspects whom when, and what can be merged."""

from dashboards.pages.base import Page
from dashboards.views.conference import (
    BurdenMonths,
    BurdenUnits,
    ConferenceFigures,
    ConferenceVerdict,
    Decided,
    DecisionList,
    InspectionMonth,
    InspectionTimeline,
    MeetingPairs,
    MergeAhead,
    MergeBegun,
    OverlapBodies,
)


class Conference(Page):
    """The common calendar of inspections, overlaps and what to merge, the burden on units, past decisions."""

    name_key = "page.conference"
    kinds = (
        ConferenceVerdict,
        ConferenceFigures,
        MergeAhead,
        InspectionMonth,
        InspectionTimeline,
        "conference.overlap",
        MeetingPairs,
        OverlapBodies,
        MergeBegun,
        "conference.burden",
        BurdenUnits,
        BurdenMonths,
        "conference.past",
        Decided,
        DecisionList,
    )
