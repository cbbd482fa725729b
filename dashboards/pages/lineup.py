"""Which groups are behind, beyond luck."""

from dashboards.pages.base import Page
from dashboards.views.lineup import (
    Funnel,
    GroupRates,
    Load,
    Movement,
    Ranks,
    Shares,
    Shrunk,
    Standings,
    Verdict,
)


class LineUp(Page):
    """The groups in one share at a time: verdict, intervals, funnel, places, shrunk shares, movement, exposure."""

    name_key = "page.lineup"
    kinds = (Verdict, Shares, GroupRates, Funnel, Ranks, Shrunk, Movement, Load, Standings)
