"""Which groups are behind, beyond luck."""

from dashboards.pages.base import Page
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


class LineUp(Page):
    """The groups in one share at a time: verdict, intervals, funnel, places, shrunk shares, movement, exposure."""

    name_key = "page.lineup"
    kinds = (
        LineUpVerdict,
        ShareButtons,
        GroupRates,
        GroupFunnel,
        GroupRanks,
        ShrunkRates,
        GroupMovement,
        GroupLoad,
        Standings,
    )
