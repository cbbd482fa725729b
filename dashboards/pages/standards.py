"""Time not delayed, steps not altered, content not omitted, standards not lowered, each with its rows."""

from dashboards.pages.base import Page
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


class Standards(Page):
    """The four standards by group, units by actions, wrong orders, missing parts, moved days, own marks."""

    name_key = "page.standards"
    kinds = (
        *(FourStandards, Boards),
        *("standards.actions", ActionMatrix, Witnesses),
        *("standards.parts", OrderBroken, ContentMap),
        *("standards.trust", MovedDates, OwnMarks),
    )
